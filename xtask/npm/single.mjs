// Makes the single file of a site whose scripts are not bundled yet: node single.mjs NODE_MODULES SITE PAGES OUT
//
// It has one script, the style sheets, and the files that scripts would fetch or start, packed as text and served by
// `carried.js`. PAGES are the parsed pages from single.rs, the article first; the others are in templates, and
// `turning.js` shows one of them. The policy allows script and style by their hashes only.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const [modules, site, pages, out] = process.argv.slice(2).map((path) => resolve(path));
const { build, stop, transform } = createRequire(join(modules, "/"))("esbuild-wasm");

const own = (name) => join(dirname(fileURLToPath(import.meta.url)), name);
const text = (name) => readFileSync(join(site, name), "utf8");
const base64 = (data) => gzipSync(data, { level: 9 }).toString("base64");

/** The base address of all scripts; there is no such host. */
const SITE = JSON.stringify("https://carried.invalid/");

/** Replaced files, by the end of their path. */
const REPLACED = { "/trust.js": "carried-trust.js", "/simulator.js": "carried-simulator.js" };

const replaced = {
  name: "replaced",
  setup({ onResolve, onLoad }) {
    for (const [path, name] of Object.entries(REPLACED)) {
      onResolve({ filter: new RegExp(`${path}$`) }, () => ({ path: own(name) }));
    }
    onResolve({ filter: /^glue$/ }, () => ({ path: "glue", namespace: "glue" }));
    onLoad({ filter: /^/, namespace: "glue" }, async () => {
      const glue = await bundle({ entryPoints: [join(site, "pkg/full.js")], globalName: "glue", inject: [] });
      return { contents: `export default () => { ${glue}\nreturn glue; };`, resolveDir: site };
    });
  },
};

/** Prints messages of esbuild. As wasm, its own output breaks down if it goes to a file. */
function tell(messages) {
  for (const { location, text } of messages) {
    console.error(location ? `${location.file}:${location.line}: ${text}: ${location.lineText}` : text);
  }
}

/** One script of everything that the entry imports, statically or dynamically. */
async function bundle(options) {
  const { outputFiles, warnings } = await build({
    absWorkingDir: site,
    bundle: true,
    minify: true,
    format: "iife",
    target: "esnext",
    charset: "utf8",
    write: false,
    logLevel: "silent",
    // Files that a script does not locate relative to itself are not embedded.
    logOverride: { "empty-import-meta": "error", "unsupported-dynamic-import": "error" },
    define: { "import.meta.url": SITE, SITE },
    inject: [own("carried.js")],
    plugins: [replaced],
    ...options,
  }).catch(({ errors, message }) => {
    tell(errors ?? [{ text: message }]);
    process.exit(1);
  });
  tell(warnings);
  return outputFiles[0].text.trim();
}

const start = (lines) => bundle({ stdin: { contents: lines, resolveDir: site } });
const css = async (name) => (await transform(text(name), { loader: "css", minify: true, charset: "utf8" })).code.trim();

const files = {};
for (const path of readdirSync(site, { recursive: true })) {
  const name = path.replaceAll("\\", "/");
  if (name.endsWith("-worker.js")) files[name] = await bundle({ entryPoints: [join(site, name)] });
  else if (name.endsWith(".css") && !["style.css", "embed.css"].includes(basename(name))) files[name] = await css(name);
  else if (name === "episodes.json" || /^(words|lessons)\/.*\.(txt|toml)$/.test(name)) files[name] = text(name);
}

const [article, ...others] = JSON.parse(readFileSync(pages, "utf8"));
const templates = others.map(
  ({ name, body, lang, dir, title }) =>
    `<template id="${name}" data-lang="${lang}" data-dir="${dir}" data-title="${title}">${body}</template>`,
);

const wasm = base64(readFileSync(join(site, "pkg/full_bg.wasm")));
const packed = base64(JSON.stringify(files));
const turning = (await transform(readFileSync(own("turning.js"), "utf8"), { minify: true })).code.trim();
const program = await start('import "./lab.js"; import "./article.js"; import "./lesson.js";');
const script = `{${turning}}(async()=>{const part=(id)=>document.getElementById(id).textContent;\
const wasm=part("wasm");\
const packed=Uint8Array.from(atob(part("files")),(c)=>c.charCodeAt(0));\
const stream=new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));\
self.carried={wasm,files:await new Response(stream).json()};\
${program}})();`.replaceAll("</script", "<\\/script");
const style = await css("style.css");

const hash = (what) => `'sha256-${createHash("sha256").update(what).digest("base64")}'`;
const policy = [
  "default-src 'none'",
  `script-src ${hash(script)} 'wasm-unsafe-eval'`,
  `style-src ${hash(style)} blob:`,
  "img-src data: blob:",
  "connect-src blob:",
  "worker-src blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types default",
].join("; ");
// Everything that the script needs comes before it.
const file = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">\
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${article.title}</title><link rel="icon" href="data:,">\
<style>${style}</style>\
${templates.join("\n")}<script type="text/plain" id="files">${packed}</script>
<script type="text/plain" id="wasm">${wasm}</script>\
</head><body>${article.body}<script>${script}</script></body></html>\n`;
writeFileSync(out, file);
const sizes = { script, styles: style, wasm, files: packed, pages: templates.join(""), article: article.body };
const share = Object.entries(sizes).map(([name, part]) => `${name} ${Math.round(Buffer.byteLength(part) / 1000)} kB`);
console.log(`single file: ${Math.round(Buffer.byteLength(file) / 1000)} kB (${share.join(", ")})`);
await stop();
