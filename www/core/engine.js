// The loader of the simulator: loads it once for all elements of a page, and again after a panic. There are two modules: a
// light one that draws the first picture, and the full one with every view and every parameter.
//
//     idle -> loading -> running -> panicked -> loading ...

import { speak, spoken, t } from "./i18n.js";
import { FILES, instance } from "./simulator.js";

/** Modules that are loading or running, by name. @type {Map<string, Promise<object>>} */
const loading = new Map();
/** Names of those that run. */
const running = new Set();
let generation = 0;

/** Listeners to panics. */
const listeners = new Set();

/** The message of the panic of each instance that had one, for elements that were off the page at the time. */
const panics = new WeakMap();

/** Functions that stop a running instance, by name of the module. */
const stoppers = new Map();

/**
 * A trap that Rust could not announce, as when memory has run out, stops the simulator like a panic. Says whether the
 * error was a trap.
 */
export function trapped(error) {
  if (typeof WebAssembly !== "object" || !(error instanceof WebAssembly.RuntimeError)) return false;
  // After an announced panic there is nothing left to stop.
  const files = ([name]) => FILES[name].some((file) => error.stack.includes(file));
  [...stoppers].find(files)?.[1](t("it ran out of memory"));
  return true;
}
addEventListener("error", ({ error }) => trapped(error));
addEventListener("unhandledrejection", ({ reason }) => trapped(reason));

/** The message with which the instance with these exports panicked, if it did. */
export const panicOf = (exports) => panics.get(exports);

/**
 * The exports of a simulator, `full` or not; one that is there anyway serves both. Rejects with words for a
 * reader if it cannot be had.
 */
export function engine(full) {
  const name = full || running.has("full") ? "full" : "deleverage";
  if (!loading.has(name)) {
    const promise = load(name);
    loading.set(name, promise);
    // A failed load may be tried again: the network may be back.
    promise.catch(() => loading.delete(name));
  }
  return loading.get(name);
}

/** Calls `listener` with the message of each panic and the exports that had it. Returns a function that ends this. */
export function onPanic(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function load(name) {
  if (typeof WebAssembly !== "object") {
    throw new Error(t("This browser has no WebAssembly, or it is switched off."));
  }
  if (name === "full") {
    // The first picture goes first, in whatever order they were asked for.
    await new Promise((resolve) => setTimeout(resolve));
    await loading.get("deleverage")?.catch(() => {});
  }
  let exports;
  try {
    // After a panic the memory of the instance cannot be trusted.
    exports = await instance(name, generation);
    await speak();
    if (spoken) exports.speak(...spoken);
  } catch (cause) {
    generation += 1;
    throw new Error(t("The simulator could not be loaded ({reason}).", { reason: cause.message }), { cause });
  }
  running.add(name);
  const stop = (words) => {
    generation += 1;
    for (const known of [running, loading, stoppers]) known.delete(name);
    panics.set(exports, words);
    for (const listener of [...listeners]) listener(words, exports);
  };
  stoppers.set(name, stop);
  // Rust prints where it happened on the first line and what on the next.
  exports.onPanic((message) => stop(message.split("\n").slice(1).join(" ") || message));
  return exports;
}
