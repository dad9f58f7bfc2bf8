import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  distPath
} from "./chunk-RSWY53MK.js";

// src/config/shipped.ts
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
function shippedFolder(name) {
  const here = fileURLToPath(import.meta.url);
  return here.endsWith(".ts") ? join(dirname(here), "..", "..", name) : distPath(name);
}
function presetNames(folder = shippedFolder("brokers")) {
  return namesIn(folder);
}
function presetSummaries(folder = shippedFolder("brokers")) {
  return presetNames(folder).map((name) => {
    const first = readFileSync(join(folder, `${name}.yml`), "utf8").split("\n", 1)[0] ?? "";
    return { name, summary: first.startsWith("#") ? first.replace(/^#+\s*/, "") : "" };
  });
}
function plansFolder() {
  return join(shippedFolder("scenarios"), "plans");
}
function planNames(folder = plansFolder()) {
  return namesIn(folder);
}
function namesIn(folder) {
  return yamlFiles(folder).map((file) => basename(file).replace(/\.ya?ml$/, ""));
}
function yamlFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).filter((entry) => !entry.isDirectory() && /\.ya?ml$/.test(entry.name)).map((entry) => join(folder, entry.name)).sort();
}

export {
  shippedFolder,
  presetNames,
  presetSummaries,
  plansFolder,
  planNames,
  yamlFiles
};
