// Loads the simulator, once for all elements of a page, and again after a panic. There are two: a light one that
// draws the first picture, and the full one, which knows every view and every parameter.
//
//     idle -> loading -> running -> panicked -> loading ...

import { speak, spoken, t } from "./language.js";
import { FILES, instance } from "./simulator.js";

/** What is loading or running, by name of the module. @type {Map<string, Promise<object>>} */
const loading = new Map();
/** Names of those that run. */
const running = new Set();
let generation = 0;

/** Elements that want to know when a simulator has stopped. */
const listeners = new Set();

/** Words of the panic of each instance that had one: for elements that were away at the time. */
const panics = new WeakMap();

/** What stops the instance of a module that runs, by name. */
const stoppers = new Map();

/**
 * A trap that Rust could not announce, as when memory has run out, stops the simulator like a panic. Says whether the
 * error was a trap.
 */
export function trapped(error) {
  if (typeof WebAssembly !== "object" || !(error instanceof WebAssembly.RuntimeError)) return false;
  // After a panic that was announced nobody is left to stop.
  const files = ([name]) => FILES[name].some((file) => error.stack.includes(file));
  [...stoppers].find(files)?.[1](t("it ran out of memory"));
  return true;
}
addEventListener("error", ({ error }) => trapped(error));
addEventListener("unhandledrejection", ({ reason }) => trapped(reason));

/** What the instance with these exports panicked with, if it did. */
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

/** Calls `listener` with the message of a panic and the exports that had it. Gives the function that ends it. */
export function onPanic(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function load(name) {
  if (typeof WebAssembly !== "object") {
    throw new Error(t("This browser has no WebAssembly, or it is switched off."));
  }
  if (name === "full") {
    // The first picture goes first, whoever asked first.
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
