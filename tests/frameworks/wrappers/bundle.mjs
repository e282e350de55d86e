// Makes the pages of the wrappers: `node bundle.mjs ESBUILD PACKAGE OUT`, where PACKAGE is a folder in which the package is installed.

import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { compile } from "svelte/compiler";

const [esbuild, installed, out] = process.argv.slice(2);
const here = import.meta.dirname;
const require = createRequire(import.meta.url);

// The page of Svelte is compiled first.
const { js } = compile(readFileSync(join(here, "Shop.svelte"), "utf8"), { generate: "client" });
writeFileSync(join(installed, "Shop.js"), js.code);
for (const name of ["react", "vue", "svelte"]) {
  const page = join(installed, name + ".js");
  writeFileSync(page, readFileSync(join(here, name + ".js"), "utf8").replace("./Shop.svelte", "./Shop.js"));
  const arguments_ = [page, "--bundle", "--format=iife", "--conditions=browser,production", "--log-level=warning"];
  // The other builds write to the console.
  const defined = ['--define:process.env.NODE_ENV="production"', "--define:__VUE_OPTIONS_API__=true", "--define:__VUE_PROD_DEVTOOLS__=false",
    "--define:__VUE_PROD_HYDRATION_MISMATCH_DETAILS__=false"];
  const env = { ...process.env, NODE_PATH: join(here, "node_modules") };
  execFileSync(esbuild, [...arguments_, ...defined, `--outfile=${join(out, name)}.js`], { env, stdio: "inherit" });
}

// The types are those that a program in TypeScript needs.
const types = join(installed, "types.ts");
cpSync(join(here, "types.ts"), types);
const modules = join(here, "node_modules");
const paths = { "beforehand-widget": [join(installed, "node_modules/beforehand-widget")], "*": [join(modules, "*"), join(modules, "@types/*")] };
const options = { strict: true, noEmit: true, module: "esnext", moduleResolution: "bundler", target: "es2022", lib: ["es2022", "dom"], skipLibCheck: false, types: [], paths };
writeFileSync(join(installed, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: [types] }));
execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", installed], { stdio: "inherit" });

// A server that renders a page with it has no window.
const load = async (path) => import(pathToFileURL(path).href);
const { default: api, load: loadWidget } = await load(join(installed, "node_modules/beforehand-widget/index.js"));
loadWidget({ workspace: "demo", edge: "https://help.example" }).show();
api.on("open", () => {})();
if (api.state().open !== false) throw new Error("without a page it is closed");
