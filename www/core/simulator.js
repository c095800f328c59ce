// Fetches an instance of a simulator. The single-file build replaces this module.

/**
 * @typedef {typeof import("../pkg/full.js")} Exports The exports of a simulator. The light one lacks some.
 * @typedef {keyof typeof FILES} Name The name of a simulator.
 */

// Addresses are literals, so that bundlers find the files. The script stays a separate file for them, because only a
// new address gives a new instance.
/** The script and the wasm of each simulator, by its name. */
export const FILES = {
  deleverage: [new URL("../pkg/deleverage.js", import.meta.url), new URL("../pkg/deleverage_bg.wasm", import.meta.url)],
  full: [new URL("../pkg/full.js", import.meta.url), new URL("../pkg/full_bg.wasm", import.meta.url)],
};

/**
 * The exports of an instance of that simulator; each generation is a new instance.
 * @param {Name} name
 * @param {number} generation
 * @returns {Promise<Exports>}
 */
export async function instance(name, generation) {
  const [script, wasm] = FILES[name];
  const exports = await import(/* @vite-ignore */ generation > 0 ? `${script}?again=${generation}` : script.href);
  await exports.default({ module_or_path: wasm });
  return exports;
}
