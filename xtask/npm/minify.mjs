// Bundles and minifies the scripts and style sheets of a site, in place: node minify.mjs NODE_MODULES SITE
//
// What is asked for by name stays a file of that name: a page names lab.js, a script imports study.js when somebody
// wants it, and the glue of a wasm lies beside it. What other scripts only begin with becomes a part of them; what there
// must be one of for the page, such as the simulator, they import from lab.js.

import { readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [modules, site] = process.argv.slice(2).map((path) => resolve(path));
const { build } = createRequire(join(modules, "/"))("esbuild-wasm");

const byName = ({ kind, path }) => kind === "dynamic-import" || path.startsWith("./pkg/") || path === "./lab.js";

const { metafile } = await build({
  absWorkingDir: site,
  entryPoints: readdirSync(site, { recursive: true })
    .filter((name) => /\.(js|css)$/.test(name))
    .map((name) => join(site, name)),
  outdir: site,
  allowOverwrite: true,
  bundle: true,
  minify: true,
  format: "esm",
  // As it is written: what browsers it is for is decided in the sources.
  target: "esnext",
  charset: "utf8",
  metafile: true,
  logLevel: "warning",
  plugins: [
    {
      name: "by-name",
      setup: ({ onResolve }) =>
        onResolve({ filter: /^\./ }, (what) => (byName(what) ? { path: what.path, external: true } : undefined)),
    },
  ],
});

for (const { imports } of Object.values(metafile.inputs)) {
  for (const { path, external } of imports) if (!external) rmSync(join(site, path), { force: true });
}
