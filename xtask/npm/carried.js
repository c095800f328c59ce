// Stands, in the single file, for the server that the site has: what its scripts would fetch is carried in the page as
// `carried.files`, text by name, and the simulator as `carried.wasm`, in base64 of gzip. `single.mjs` makes the scripts ask
// here.

const { wasm, files } = self.carried;

const bytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** The bytes of the simulator. */
export function simulator() {
  const stream = new Blob([bytes(wasm)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

/** The name of a file as it is carried, without the directory that everything lies in. */
const bare = (path) => path.replace(/^\.\//, "");

/** As `fetch`. */
export async function read(path) {
  const file = files[bare(path)];
  return file === undefined ? new Response("", { status: 404 }) : new Response(file);
}

const addresses = new Map();

/** An address for a style sheet or a worker, the same each time. A worker carries what it needs. */
export function address(path) {
  const name = bare(path);
  if (!addresses.has(name)) {
    const script = name.endsWith(".js");
    const words = Object.fromEntries(Object.entries(files).filter(([file]) => file.startsWith("words/")));
    const before = script ? `self.carried = ${JSON.stringify({ wasm, files: words })};\n` : "";
    const blob = new Blob([before, files[name]], { type: script ? "text/javascript" : "text/css" });
    addresses.set(name, new URL(URL.createObjectURL(blob)));
  }
  return addresses.get(name);
}

/** Whether an address is one of these. */
export const isCarried = (address) => [...addresses.values()].some(({ href }) => href === address);
