// Fetches an instance of a simulator. A file of its own, because the single file has another in its place.

// Written out, so that tools that put a page together see which files it needs. The script is a file by itself for them,
// too, and not a part of theirs: a new instance can be had only from another address.
/** The script and the wasm of each simulator, by its name. */
export const FILES = {
  deleverage: [new URL("../pkg/deleverage.js", import.meta.url), new URL("../pkg/deleverage_bg.wasm", import.meta.url)],
  full: [new URL("../pkg/full.js", import.meta.url), new URL("../pkg/full_bg.wasm", import.meta.url)],
};

/** The exports of an instance of that simulator, another for each generation. */
export async function instance(name, generation) {
  const [script, wasm] = FILES[name];
  const exports = await import(/* @vite-ignore */ generation > 0 ? `${script}?again=${generation}` : script);
  await exports.default({ module_or_path: wasm });
  return exports;
}
