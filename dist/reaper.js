import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  replay
} from "./chunks/chunk-EZ66WP4Y.js";
import "./chunks/chunk-E4KWL3L5.js";
import "./chunks/chunk-C7D3GCA6.js";
import "./chunks/chunk-N33DJXRZ.js";
import "./chunks/chunk-72AKB4P6.js";
import "./chunks/chunk-4VURHDWC.js";
import "./chunks/chunk-REAO3S7U.js";
import "./chunks/chunk-EV4V3EIO.js";
import "./chunks/chunk-6DG7BXTN.js";

// src/engines/local/reaper.ts
var run = process.argv[2];
if (run === void 0) process.exit(3);
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => {
});
var said = "";
process.stdin.setEncoding("utf8").on("data", (text) => {
  said += text;
});
process.stdin.on("error", () => {
});
process.stdin.on("close", async () => {
  if (said !== "ended") await replay(run);
  process.exit(0);
});
