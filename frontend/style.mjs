import { readFileSync } from "node:fs";
import { join } from "node:path";

import postcss from "postcss";
import { PurgeCSS } from "purgecss";

import { PACKAGES, ROOT, SOURCE, filesBelow } from "./paths.mjs";

const TABLER = join(PACKAGES, "@tabler/core/dist/css/tabler.css");
const DARK = /^(:root)?\[data-bs-theme=["']?dark["']?\]/;
const UNNAMED = ":root:where(:not([data-bs-theme]))";
const OTHER_THEMES = /\[data-theme|navbar-theme|\.theme-dark|body\[data-bs-theme/;

/** Tabler's rules that some page, script or form of ours could use. */
export async function usedTabler() {
  const house = join(ROOT, "superviseme");
  const content = [
    ...filesBelow(join(house, "templates"), ".html"),
    ...filesBelow(house, ".py").filter((file) => !file.includes("migrations")),
    ...filesBelow(join(SOURCE, "js"), ".js"),
  ];
  const [result] = await new PurgeCSS().purge({
    content,
    css: [{ raw: withoutOtherThemes(readFileSync(TABLER, "utf8")) }],
    variables: true,
    keyframes: true,
    safelist: { greedy: [/data-bs-theme/], variables: variablesOfOurOwn() },
  });
  return result.css;
}

/** A page that names no theme is dark when the reader's system is, also where no script runs. */
export function darkFollowsSystem(css) {
  const root = postcss.parse(css);
  root.walkRules((rule) => {
    const selectors = rule.selectors.filter((part) => DARK.test(part));
    if (!selectors.length) return;
    const copy = rule.clone({ selectors: selectors.map((part) => part.replace(DARK, UNNAMED)) });
    rule.after(postcss.atRule({ name: "media", params: "(prefers-color-scheme: dark)" }).append(copy));
  });
  return root.toString();
}

/** Tabler knows four more ways to say dark; ours is data-bs-theme on the root. */
function withoutOtherThemes(css) {
  const root = postcss.parse(css);
  root.walkRules(OTHER_THEMES, (rule) => {
    const kept = rule.selectors.filter((part) => !OTHER_THEMES.test(part));
    if (kept.length) rule.selectors = kept;
    else rule.remove();
  });
  return root.toString();
}

function variablesOfOurOwn() {
  const style = filesBelow(join(SOURCE, "css"), ".css").map((file) => readFileSync(file, "utf8")).join("\n");
  return [...new Set(style.match(/--[a-z0-9-]+/g) ?? [])];
}
