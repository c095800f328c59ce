// The loader of the simulator: loads it once for all elements of a page, and again after a panic. There are two
// modules: a light one that draws the first picture, and the full one with every view and parameter.
//
//     idle -> loading -> running -> panicked -> loading ...

import { speak, spoken, t } from "./i18n.js";
import { FILES, instance } from "./simulator.js";

/** @import { Exports, Name } from "./simulator.js" */

/**
 * Modules that are loading or running, by name.
 * @type {Map<string, Promise<Exports>>}
 */
const loading = new Map();
/**
 * Names of running modules.
 * @type {Set<string>}
 */
const running = new Set();
let generation = 0;

/**
 * Listeners for panics.
 * @type {Set<(words: string, exports: Exports) => void>}
 */
const listeners = new Set();

/**
 * The message of the panic of an instance, for elements that were off the page at the time.
 * @type {WeakMap<Exports, string>}
 */
const panics = new WeakMap();

/**
 * Functions that stop a running instance, by name of the module.
 * @type {Map<Name, (words: string) => void>}
 */
const stoppers = new Map();

/**
 * Reports a trap that Rust could not announce, such as exhausted memory, like a panic. Returns whether the error was a
 * trap.
 * @param {unknown} error
 * @returns {boolean}
 */
export function trapped(error) {
  if (typeof WebAssembly !== "object" || !(error instanceof WebAssembly.RuntimeError)) return false;
  // An announced panic has already removed the instance.
  /** @param {[Name, unknown]} stopper */
  const files = ([name]) => FILES[name].some((file) => error.stack?.includes(`${file}`));
  [...stoppers].find(files)?.[1](t("it ran out of memory"));
  return true;
}
addEventListener("error", ({ error }) => trapped(error));
addEventListener("unhandledrejection", ({ reason }) => trapped(reason));

/**
 * The panic message of the instance with these exports, if it has panicked.
 * @param {Exports} exports
 */
export const panicOf = (exports) => panics.get(exports);

/**
 * The exports of a simulator, `full` or light. A full one that already runs serves both. Rejects with a message for the
 * reader if it cannot be loaded.
 * @param {boolean} full
 * @returns {Promise<Exports>}
 */
export function engine(full) {
  const name = full || running.has("full") ? "full" : "deleverage";
  if (!loading.has(name)) {
    const promise = load(name);
    loading.set(name, promise);
    // A failed load may be tried again: the network may be back.
    promise.catch(() => loading.delete(name));
  }
  return /** @type {Promise<Exports>} */ (loading.get(name));
}

/**
 * Calls `listener` with the message of each panic and the exports of its instance. Returns a function that ends this.
 * @param {(words: string, exports: Exports) => void} listener
 */
export function onPanic(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** @param {Name} name */
async function load(name) {
  if (typeof WebAssembly !== "object") {
    throw new Error(t("This browser has no WebAssembly, or it is switched off."));
  }
  if (name === "full") {
    // The light module loads first, in whichever order they are requested.
    await new Promise((resolve) => setTimeout(resolve));
    await loading.get("deleverage")?.catch(() => {});
  }
  /** @type {Exports} */
  let exports;
  try {
    // A new instance, because the memory of a panicked one cannot be trusted.
    exports = await instance(name, generation);
    await speak();
    if (spoken) exports.speak(...spoken);
  } catch (cause) {
    generation += 1;
    throw new Error(
      t("The simulator could not be loaded ({reason}).", { reason: /** @type {Error} */ (cause).message }),
      { cause },
    );
  }
  running.add(name);
  /** @param {string} words */
  const stop = (words) => {
    generation += 1;
    for (const known of [running, loading, stoppers]) known.delete(name);
    panics.set(exports, words);
    for (const listener of [...listeners]) listener(words, exports);
  };
  stoppers.set(name, stop);
  // Rust prints the location on the first line and the message on the next.
  exports.onPanic((message) => stop(message.split("\n").slice(1).join(" ") || message));
  return exports;
}
