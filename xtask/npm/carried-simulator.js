// Stands, in the single file, for `simulator.js`. There is only the full simulator, and its script is within this one.

import glue from "glue";

/** What stack traces name: the simulator has no file. */
export const FILES = { deleverage: ["wasm://"], full: ["wasm://"] };

/** Each call runs the script again, for an instance with a memory of its own. */
export async function instance() {
  const exports = glue();
  await exports.default();
  return exports;
}
