// Prints the imports of all scripts below a folder as JSON: node imports.mjs NODE_MODULES ROOT FOLDER
//
//     { "www/a.js": [{ "path": "www/b.js", "name": "./b.js" }], … }, paths from ROOT
//
// The simulator's scripts in pkg/ are generated and import no script of the site.

import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [modules, root, folder] = process.argv.slice(2);
const { build } = createRequire(join(resolve(modules), "/"))("esbuild-wasm");

const { metafile } = await build({
  absWorkingDir: resolve(root),
  entryPoints: readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.endsWith(".js"))
    .map((name) => join(folder, name)),
  outdir: "nowhere",
  write: false,
  bundle: true,
  format: "esm",
  target: "esnext",
  plugins: [
    {
      name: "generated",
      setup: ({ onResolve }) => onResolve({ filter: /\/pkg\// }, ({ path }) => ({ path, external: true })),
    },
  ],
  metafile: true,
  logLevel: "warning",
  // esbuild has printed the error.
}).catch(() => process.exit(1));

const own = ({ external }) => !external;
const files = Object.entries(metafile.inputs).map(([name, { imports }]) => [
  name,
  imports.filter(own).map(({ path, original }) => ({ path, name: original ?? path })),
]);
console.log(JSON.stringify(Object.fromEntries(files)));
