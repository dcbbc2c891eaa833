import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
export const SOURCE = join(ROOT, "superviseme/static/src");
export const BUILT = join(ROOT, "superviseme/static/built");
export const PACKAGES = join(ROOT, "node_modules");

export function filesBelow(folder, ending) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name));
}
