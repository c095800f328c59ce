// Makes the single file of a site whose scripts are not bundled yet: node single.mjs NODE_MODULES SITE OUT
//
// One script, the style sheets, and what the scripts would fetch or start: packed as text, which `carried.js` hands out.
// The pages other than the article lie in templates; `turning.js` shows one of them. Script and style are allowed
// by their hashes and by nothing else.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const [modules, site, out] = process.argv.slice(2).map((path) => resolve(path));
const { build, stop, transform } = createRequire(join(modules, "/"))("esbuild-wasm");

const own = (name) => join(dirname(fileURLToPath(import.meta.url)), name);
const text = (name) => readFileSync(join(site, name), "utf8");
const base64 = (data) => gzipSync(data, { level: 9 }).toString("base64");

/** How a script asks for what lies beside it, and how it does so here. */
const LOOKUPS = [
  [/new URL\(\s*['"]full_bg\.wasm['"],\s*import\.meta\.url\s*\)/g, "carried.simulator()"],
  [/const FILES = [^;]*;/, 'const FILES = { deleverage: ["wasm://"], full: ["wasm://"] };'],
  [/module_or_path: wasm\b/, "module_or_path: undefined"],
  [/import\(\/\* @vite-ignore \*\/[^;]*\);/, "anew();"],
  [/fetch\(\s*new URL\(([^;]*?),\s*import\.meta\.url\s*\),?\s*(\{ \w+ \})?\)/g, "carried.read($1)"],
  [/new URL\(\s*("[^"]*"),\s*import\.meta\.url\s*\)/g, "carried.address($1)"],
  // A worker is one script here.
  [/type: "module",\s*/g, ""],
];

/** What `trust.js` is here: workers have addresses that are made while the page lives, and there is no other script. */
const TRUST = `import { isCarried } from "carried";
globalThis.trustedTypes?.createPolicy("default", { createScriptURL: (address) => (isCarried(address) ? address : null) });`;

/** A callback for esbuild that fails in its own words: esbuild, as wasm, breaks down over what a callback throws. */
const told = (load) => async (what) => {
  try {
    return await load(what);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
};

const beside = {
  name: "beside",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^carried$/ }, () => ({ path: own("carried.js") }));
    onResolve({ filter: /^anew$/ }, () => ({ path: "anew", namespace: "anew" }));
    // Each call runs the script again, for an instance with a memory of its own.
    onLoad({ filter: /^anew$/, namespace: "anew" }, told(async () => {
      const glue = await bundle({ entryPoints: [join(site, "pkg/full.js")], globalName: "glue" });
      return { contents: `export default async () => { ${glue}\nreturn glue; };` };
    }));
    onLoad({ filter: /\.js$/ }, told(({ path }) => {
      const source = readFileSync(path, "utf8");
      if (!path.startsWith(site)) return undefined;
      if (path === join(site, "trust.js")) return { contents: TRUST };
      const contents = LOOKUPS.reduce((script, [lookup, here]) => script.replace(lookup, here), source);
      const left = /^(?!\s*(\/\/|\*)).*import\.meta.*$/m.exec(contents);
      if (left) throw new Error(`${path} finds something by its own address, in a way that single.mjs does not know: ${left[0]}`);
      const imports = ["carried", "anew"].filter((name) => contents.includes(name === "anew" ? "anew()" : "carried."));
      const lines = imports.map((name) => (name === "anew" ? 'import anew from "anew";' : 'import * as carried from "carried";'));
      return { contents: [...lines, contents].join("\n"), loader: "js" };
    }));
  },
};

/** One script of everything that the entry imports, now or later. */
async function bundle(options) {
  const { outputFiles } = await build({
    absWorkingDir: site,
    bundle: true,
    minify: true,
    format: "iife",
    target: "esnext",
    charset: "utf8",
    write: false,
    logLevel: "warning",
    plugins: [beside],
    ...options,
  });
  return outputFiles[0].text.trim();
}

const start = (lines) => bundle({ stdin: { contents: lines, resolveDir: site } });
const css = async (name) => (await transform(text(name), { loader: "css", minify: true, charset: "utf8" })).code.trim();

const files = {};
for (const name of readdirSync(site)) {
  if (name.endsWith("-worker.js")) files[name] = await bundle({ entryPoints: [join(site, name)] });
  else if (name.endsWith(".css") && !["style.css", "embed.css"].includes(name)) files[name] = await css(name);
  else if (name === "episodes.json") files[name] = text(name);
}
for (const folder of ["words", "lessons"]) {
  for (const name of readdirSync(join(site, folder)).filter((name) => !name.endsWith(".md"))) files[`${folder}/${name}`] = text(`${folder}/${name}`);
}

/** The pages, the article first. */
const pages = readdirSync(site)
  .filter((name) => name.endsWith(".html") && !name.startsWith("embed") && name !== "index.html")
  .sort();
const inline = (name) => {
  const svg = text(name).replace(/[%#"&\s]+/g, (all) => encodeURIComponent(all.replace(/\s+/g, " ")));
  return `data:image/svg+xml,${svg}`;
};
/** What a page consists of, with its pictures in it and its links to the others. */
function parts(name) {
  const page = text(name);
  const attribute = (pattern) => pattern.exec(page)?.[1] ?? "";
  const body = /<body>([\s\S]*)<\/body>/
    .exec(page)[1]
    // A page in a template is shown by a script: live pictures take the place of the still ones of its figures.
    .replace(name === "index.html" ? /$^/ : /<picture>(?:(?!<\/picture>).)*stills\/[^"]*fig-.*?<\/picture>/gs, "")
    .replace(/<script[^>]*><\/script>/g, "")
    .replace(/\b(src|srcset)="([^":]+\.svg)"/g, (_, kind, path) => `${kind}="${inline(path)}"`)
    .replace(/\bhref="([\w.-]+\.html)(\?[^"#]*)?(#[^"]*)?"/g, (all, target, query = "", place = "") => {
      if (target !== "index.html" && !pages.includes(target)) return all;
      return target === name && place && !query ? `href="${place}"` : `href="${query}#${target}${place}"`;
    })
    // The page of figures in frames needs a server.
    .replace(/<a href="embeds\.html">([^<]*)<\/a>/g, "$1")
    // Files that a page offers are carried in it.
    .replace(/\bhref="lessons\/([\w.-]+)"/g, (_, file) => {
      const content = encodeURIComponent(text(`lessons/${file}`));
      return `download="${file}" href="data:text/plain;charset=utf-8,${content}"`;
    })
    // As minify.rs does: pages have no <pre>.
    .replace(/[ \t\r\n]+/g, " ");
  return {
    body,
    lang: attribute(/<html lang="([^"]*)"/),
    dir: attribute(/<html [^>]*dir="([^"]*)"/) || "ltr",
    title: attribute(/<title>([^<]*)<\/title>/),
  };
}

const templates = pages.map((name) => {
  const { body, lang, dir, title } = parts(name);
  return `<template id="${name}" data-lang="${lang}" data-dir="${dir}" data-title="${title}">${body}</template>`;
});

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
const article = parts("index.html");
// What the script needs stands before it.
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
