import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  abandonedRuns,
  replay
} from "./chunk-EZ66WP4Y.js";
import "./chunk-E4KWL3L5.js";
import "./chunk-C7D3GCA6.js";
import "./chunk-N33DJXRZ.js";
import "./chunk-72AKB4P6.js";
import "./chunk-4VURHDWC.js";
import "./chunk-REAO3S7U.js";
import "./chunk-EV4V3EIO.js";
import "./chunk-6DG7BXTN.js";

// src/cli/clean.ts
async function cleanCommand(out) {
  const runs = abandonedRuns();
  if (runs.length === 0) out("nothing to do: no run has left anything behind");
  for (const run of runs) {
    out(`run ${run}:`);
    for (const did of await replay(run)) out(`  ${did}`);
  }
  return 0;
}
export {
  cleanCommand
};
