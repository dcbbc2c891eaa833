import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { PACKAGES, SOURCE } from "./paths.mjs";

const INVISIBLE_FRAME = /<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/;
const LOOK = {
  outline: 'fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"',
  filled: 'fill="currentColor"',
};

/** One file with a symbol per line of icons.txt; `filled/star` is drawn filled, everything else in outline. */
export function iconSprite() {
  const symbols = names().map(symbol);
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

function names() {
  const list = join(SOURCE, "icons.txt");
  if (!existsSync(list)) return [];
  const lines = readFileSync(list, "utf8").split("\n").map((line) => line.trim());
  return [...new Set(lines.filter((line) => line && !line.startsWith("#")))].sort();
}

function symbol(name) {
  const style = name.startsWith("filled/") ? "filled" : "outline";
  const file = join(PACKAGES, "@tabler/icons/icons", style, `${name.replace("filled/", "")}.svg`);
  if (!existsSync(file)) throw new Error(`static/src/icons.txt names "${name}", which Tabler does not have (${style}).`);
  const drawing = readFileSync(file, "utf8").replace(INVISIBLE_FRAME, "");
  const inside = drawing.slice(drawing.indexOf(">", drawing.indexOf("<svg")) + 1, drawing.lastIndexOf("</svg>"));
  return `<symbol id="${name}" viewBox="0 0 24 24" ${LOOK[style]}>${inside.replace(/\s*\n\s*/g, "")}</symbol>`;
}
