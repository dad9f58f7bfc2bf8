import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  replay,
  stateFolder
} from "./chunks/chunk-4H32EOD5.js";
import "./chunks/chunk-ODIJ4CHI.js";
import "./chunks/chunk-CQ3ZUHQN.js";

// src/faults/reaper.ts
import { existsSync } from "node:fs";
import { join } from "node:path";
var run = process.argv[2];
if (run === void 0) process.exit(3);
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => {
});
process.stdin.resume();
process.stdin.on("error", () => {
});
process.stdin.on("close", async () => {
  if (existsSync(join(stateFolder(), run))) await replay(run);
  process.exit(0);
});
