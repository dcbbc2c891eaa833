// Builds superviseme/static/built from node_modules and superviseme/static/src:
//   app.css       Tabler without the rules that no page can use, the font, then our own style, all of it
//   app.js        htmx, then our own script
//   *.svg, *.png  the pictures of static/src, as they are
//   icons.svg     one symbol for each name in static/src/icons.txt
//   licenses.txt  what the authors of all this ask us to pass on
// Fails when style and script together are heavier than LIMIT once compressed.
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { brotliCompressSync } from "node:zlib";

import { build } from "esbuild";

import { iconSprite } from "./icons.mjs";
import { BUILT, PACKAGES, ROOT, SOURCE, filesBelow } from "./paths.mjs";
import { darkFollowsSystem, usedTabler } from "./style.mjs";

const LIMIT = 130_000;
const PICTURES = [".svg", ".png", ".ico", ".webmanifest"];
// Packages without a file of their own; the words of the MIT licence stand below those that have one.
const NAMED_ONLY = { "@tabler/core": "Copyright 2018-2026 The Tabler Authors, codecalm.net Paweł Kuna. MIT licence.\n" };
const SHIPPED = ["@tabler/core", "@tabler/icons", "@fontsource-variable/inter", "htmx.org", "sortablejs"];

// Built beside and put in place at the end, so that a running site never misses its style.
const NEW = join(ROOT, `build/frontend-${process.pid}`);
mkdirSync(NEW, { recursive: true });
await Promise.all([bundleStyle(), bundleScript()]);
copyPictures();
writeFileSync(join(NEW, "icons.svg"), iconSprite());
writeFileSync(join(NEW, "licenses.txt"), SHIPPED.map(license).join("\n\n"));
weigh(["app.css", "app.js"]);
rmSync(BUILT, { recursive: true, force: true });
renameSync(NEW, BUILT);

async function bundleStyle() {
  const ours = filesBelow(join(SOURCE, "css"), ".css").map((file) => readFileSync(file, "utf8"));
  const parts = [await usedTabler(), readFileSync(join(ROOT, "frontend/font.css"), "utf8"), ...ours];
  await bundle("app.css", { contents: darkFollowsSystem(parts.join("\n")), loader: "css", resolveDir: join(SOURCE, "css") });
}

async function bundleScript() {
  const ours = existsSync(join(SOURCE, "js/app.js")) ? 'import "./superviseme/static/src/js/app.js";' : "";
  await bundle("app.js", { contents: `import "./frontend/vendor.js";\n${ours}`, loader: "js", resolveDir: ROOT });
}

function copyPictures() {
  for (const picture of PICTURES.flatMap((ending) => filesBelow(SOURCE, ending))) copyFileSync(picture, join(NEW, basename(picture)));
}

async function bundle(name, stdin) {
  await build({
    stdin,
    outfile: join(NEW, name),
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2021", "chrome109", "firefox115", "safari16"],
    loader: { ".woff2": "file" },
    assetNames: "[name]",
    legalComments: "none",
    nodePaths: [PACKAGES],
    logLevel: "warning",
  });
}

function license(name) {
  const folder = join(PACKAGES, name);
  const { version, license: kind, homepage } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const words = file ? readFileSync(join(folder, file), "utf8") : NAMED_ONLY[name];
  if (!words) throw new Error(`${name} brings no licence; say in build.mjs what it asks us to pass on.`);
  return `${name} ${version} (${kind}) ${homepage ?? ""}\n\n${words}`;
}

function weigh(names) {
  const weights = names.map((name) => brotliCompressSync(readFileSync(join(NEW, name))).length);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  console.log(names.map((name, index) => `${name} ${kilobytes(weights[index])}`).join(", ") + `, together ${kilobytes(total)} compressed`);
  if (total > LIMIT) throw new Error(`Style and script weigh ${kilobytes(total)} compressed; at most ${kilobytes(LIMIT)} are allowed.`);
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
