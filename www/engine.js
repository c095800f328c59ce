// Loads the simulator, once for all elements of a page, and again after a panic.
//
//     idle -> loading -> running -> panicked -> loading ...

/** @type {Promise<object> | undefined} */
let loading;
let generation = 0;

/** Elements that want to know when the simulator has stopped. */
const listeners = new Set();

/** Words of the panic of each instance that had one: for elements that were away at the time. */
const panics = new WeakMap();

/** What the instance with these exports panicked with, if it did. */
export const panicOf = (exports) => panics.get(exports);

/**
 * The exports of the simulator. Rejects with words for a reader if it cannot be had.
 */
export function engine() {
  loading ??= load();
  // A failed load may be tried again: the network may be back.
  loading.catch(() => (loading = undefined));
  return loading;
}

/** Calls `listener` with the message of a panic. Gives the function that ends it. */
export function onPanic(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function load() {
  if (typeof WebAssembly !== "object") {
    throw new Error("This browser has no WebAssembly, or it is switched off.");
  }
  // After a panic the memory of the instance cannot be trusted. Another address gives a new instance.
  const again = generation > 0 ? `?again=${generation}` : "";
  generation += 1;
  let exports;
  try {
    exports = await import(new URL(`pkg/deleverage.js${again}`, import.meta.url));
    await exports.default();
  } catch (cause) {
    throw new Error(`The simulator could not be loaded (${cause.message}).`, { cause });
  }
  exports.onPanic((message) => {
    loading = undefined;
    // Rust prints where it happened on the first line and what on the next.
    const words = message.split("\n").slice(1).join(" ") || message;
    panics.set(exports, words);
    for (const listener of [...listeners]) listener(words);
  });
  return exports;
}
