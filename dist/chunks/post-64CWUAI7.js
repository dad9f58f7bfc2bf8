import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  git
} from "./chunk-5FLVMB2F.js";
import "./chunk-AIBQXCUF.js";
import {
  abandonedRuns,
  replay
} from "./chunk-EZ66WP4Y.js";
import "./chunk-E4KWL3L5.js";
import "./chunk-C7D3GCA6.js";
import "./chunk-N33DJXRZ.js";
import "./chunk-72AKB4P6.js";
import "./chunk-4VURHDWC.js";
import "./chunk-QWFIUWZU.js";
import "./chunk-DSQIK4KK.js";
import "./chunk-EOJIUADP.js";
import "./chunk-SSPUT3OG.js";
import "./chunk-RSWY53MK.js";
import "./chunk-REAO3S7U.js";
import "./chunk-WFQI7BEC.js";
import {
  messageOf
} from "./chunk-EV4V3EIO.js";
import "./chunk-6DG7BXTN.js";

// src/action/post.ts
import { existsSync, rmSync } from "node:fs";
async function runPost(state, workflow) {
  const mine = runIds(state.runs);
  const abandoned = abandonedRuns().filter((run) => mine.includes(run));
  for (const run of abandoned) {
    workflow.info(`run ${run} was cut off before it could clean up:`);
    const did = await replay(run);
    for (const line of did.length === 0 ? ["nothing was left to undo"] : did) workflow.info(`  ${line}`);
  }
  if (state.worktree !== "" && existsSync(state.worktree)) {
    try {
      rmSync(state.worktree, { recursive: true, force: true });
      await git(state.workspace, ["worktree", "prune"], { signal: AbortSignal.timeout(3e4) });
      workflow.info(`removed the base's checkout ${state.worktree}`);
    } catch (error) {
      workflow.info(`the base's checkout ${state.worktree} could not be removed: ${messageOf(error)}`);
    }
  }
  if (abandoned.length === 0) workflow.info("nothing to undo: every fault was healed and every process ended");
}
function runIds(json) {
  try {
    const value = JSON.parse(json === "" ? "[]" : json);
    return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}
export {
  runPost
};
