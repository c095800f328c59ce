// Bundles and minifies the scripts and style sheets of a site, in place: node minify.mjs NODE_MODULES SITE
//
// Files that are requested by name keep it: a page names lab.js, a script imports study.js on demand, and the glue of a
// wasm is beside it. Other imports are bundled into the script that imports them. Modules that lab.js contains are
// imported from there, because a page must have one simulator and one language; a worker, which has no lab.js, gets its
// own copy.

import { readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";

const [modules, site] = process.argv.slice(2).map((path) => resolve(path));
const { build } = createRequire(join(modules, "/"))("esbuild-wasm");

const ELEMENT = "lab.js";

const names = readdirSync(site, { recursive: true }).filter((name) => /\.(js|css)$/.test(name));
const options = {
  absWorkingDir: site,
  entryPoints: names.map((name) => join(site, name)),
  outdir: site,
  allowOverwrite: true,
  bundle: true,
  minify: true,
  format: "esm",
  // No transpiling: the sources decide which browsers are supported.
  target: "esnext",
  charset: "utf8",
  metafile: true,
  logLevel: "warning",
};

const byName = ({ kind, path }) => kind === "dynamic-import" || path.startsWith("./pkg/");

/** Leaves imports by name as they are, and takes the modules in `shared` from lab.js. */
const imports = (shared) => ({
  name: "imports",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^\./ }, (what) => {
      if (byName(what)) return { path: what.path, external: true };
      if (shared?.takes(basename(what.importer), basename(what.path))) return { path: `./${ELEMENT}`, external: true };
      return undefined;
    });
    if (!shared) return;
    onLoad({ filter: /\/lab\.js$/ }, ({ path }) => ({
      contents: [readFileSync(path, "utf8"), ...shared.exports].join("\n"),
    }));
  },
});

/** Which scripts import what from lab.js, and what lab.js exports for them. */
function sharing({ inputs, outputs }) {
  const named = (name) => inputs[name].imports.filter(({ external }) => !external).map(({ path }) => path);
  const whole = (entries) => {
    const found = new Set(entries);
    for (const name of found) for (const path of named(name)) found.add(path);
    return found;
  };
  const element = whole([ELEMENT]);
  const workers = whole(Object.keys(inputs).filter((name) => name.endsWith("-worker.js")));
  const takes = (importer, name) => !element.has(importer) && !workers.has(importer) && element.has(name);
  const taken = new Set(
    Object.keys(inputs).flatMap((importer) => named(importer).filter((name) => takes(importer, name))),
  );
  taken.delete(ELEMENT);
  const all = [...taken].flatMap((name) => outputs[name].exports);
  const twice = all.find((name, i) => all.indexOf(name) < i);
  if (twice) throw new Error(`two scripts that lab.js shares export "${twice}"`);
  return { takes, exports: [...taken].map((name) => `export * from "./${name}";`) };
}

const apart = await build({ ...options, write: false, plugins: [imports()] });
const { metafile } = await build({ ...options, plugins: [imports(sharing(apart.metafile))] });

for (const { imports } of Object.values(metafile.inputs)) {
  for (const { path, external } of imports) if (!external) rmSync(join(site, path), { force: true });
}
