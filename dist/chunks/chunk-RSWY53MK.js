import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/base/entries.ts
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
var here = dirname(fileURLToPath(import.meta.url));
var distFolder = [here, join(here, ".."), join(here, "..", "..", "dist")].find(
  (folder) => existsSync(join(folder, "cli.js"))
);
function distPath(name) {
  return join(distFolder ?? join(here, "..", "..", "dist"), name);
}

export {
  distPath
};
