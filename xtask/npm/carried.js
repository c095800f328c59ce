// Stands, in the single file, for the server that the site has: what its scripts would fetch is carried in the page as
// `carried.files`, text by name, and the simulator as `carried.wasm`, in base64 of gzip. esbuild puts what is exported here
// in the place of the browser's own `fetch`, `URL` and `Worker` (`inject`), and SITE in that of every `import.meta.url`
// (`define`).

/* global SITE */

const { wasm, files } = self.carried;
const browser = { fetch: self.fetch.bind(self), URL: self.URL, Worker: self.Worker };

const bytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** The simulator, as a server would send it. */
function simulator() {
  const stream = new Blob([bytes(wasm)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream, { headers: { "content-type": "application/wasm" } });
}

/** The name of a file of the site; nothing for an address elsewhere. */
function nameOf(address) {
  const { href } = new browser.URL(address, self.location.href);
  return href.startsWith(SITE) ? href.slice(SITE.length) : undefined;
}

/** As the browser's, and finds what is carried. */
export async function fetch(address, options) {
  const name = nameOf(address);
  if (name === undefined) return browser.fetch(address, options);
  if (name.endsWith(".wasm")) return simulator();
  return Object.hasOwn(files, name) ? new Response(files[name]) : new Response("", { status: 404 });
}

const addresses = new Map();

/** An address that a style sheet or a worker can be loaded from, the same each time. A worker carries what it needs. */
function addressOf(name) {
  if (!addresses.has(name)) {
    const script = name.endsWith(".js");
    const words = Object.fromEntries(Object.entries(files).filter(([file]) => file.startsWith("words/")));
    const before = script ? `self.carried = ${JSON.stringify({ wasm, files: words })};\n` : "";
    const blob = new Blob([before, files[name]], { type: script ? "text/javascript" : "text/css" });
    addresses.set(name, browser.URL.createObjectURL(blob));
  }
  return addresses.get(name);
}

/** As the browser's, and gives style sheets and workers that are carried an address. */
export class URL extends browser.URL {
  constructor(address, base) {
    super(address, base);
    const name = nameOf(this);
    if (/\.(css|js)$/.test(name) && Object.hasOwn(files, name)) this.href = addressOf(name);
  }
}

/** As the browser's. A worker is one script here, and no module. */
export class Worker extends (browser.Worker ?? Object) {
  constructor(address, { name }) {
    super(address, { name });
  }
}

/** Whether an address is one of a file that is carried. */
export const isCarried = (address) => [...addresses.values()].includes(address);
