// Replaces `simulator.js` in the single file, which contains only the full simulator and its script.

import glue from "glue";

/** The name in stack traces: the simulator has no file. */
export const FILES = { deleverage: ["wasm://"], full: ["wasm://"] };

/** Each call runs the script again, for an instance with separate memory. */
export async function instance() {
  const exports = glue();
  await exports.default();
  return exports;
}
