// Replaces the server in the single file: what scripts would fetch is embedded in the page as `carried.files`, text by
// name, and the simulator as `carried.wasm`, gzip in base64. esbuild replaces the browser's `fetch`, `URL` and `Worker`
// by these exports (`inject`), and every `import.meta.url` by SITE (`define`).

/* global SITE */

const { wasm, files } = self.carried;
const browser = { fetch: self.fetch.bind(self), URL: self.URL, Worker: self.Worker };

const bytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** The simulator as a server would send it. */
function simulator() {
  const stream = new Blob([bytes(wasm)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream, { headers: { "content-type": "application/wasm" } });
}

/** The name of a file of the site; undefined for other addresses. */
function nameOf(address) {
  const { href } = new browser.URL(address, self.location.href);
  return href.startsWith(SITE) ? href.slice(SITE.length) : undefined;
}

/** As the browser's `fetch`, with embedded files. */
export async function fetch(address, options) {
  const name = nameOf(address);
  if (name === undefined) return browser.fetch(address, options);
  if (name.endsWith(".wasm")) return simulator();
  return Object.hasOwn(files, name) ? new Response(files[name]) : new Response("", { status: 404 });
}

const addresses = new Map();

/** The address of a style sheet or worker, the same each time. A worker contains the files that it needs. */
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

/** As the browser's `URL`, with addresses for embedded style sheets and workers. */
export class URL extends browser.URL {
  constructor(address, base) {
    super(address, base);
    const name = nameOf(this);
    if (/\.(css|js)$/.test(name) && Object.hasOwn(files, name)) this.href = addressOf(name);
  }
}

/** As the browser's `Worker`. A worker is one script here, and no module. */
export class Worker extends (browser.Worker ?? Object) {
  constructor(address, { name }) {
    super(address, { name });
  }
}

/** Whether an address is that of an embedded file. */
export const isCarried = (address) => [...addresses.values()].includes(address);
