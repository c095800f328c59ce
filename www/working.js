// What every worker begins with: the full simulator, and word of a panic in it.

import init, { onPanic } from "./pkg/full.js";

/** The simulator is there; rejects if it cannot be had, which is said as soon as something is asked. */
export const ready = init();

ready.then(
  () => onPanic((message) => postMessage({ error: message.split("\n").slice(1).join(" ") || message })),
  () => {},
);
