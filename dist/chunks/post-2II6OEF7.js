import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  abandonedRuns,
  replay
} from "./chunk-TVLNXVWO.js";
import "./chunk-ODIJ4CHI.js";
import "./chunk-CQ3ZUHQN.js";

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
    rmSync(state.worktree, { recursive: true, force: true });
    workflow.info(`removed the base's checkout ${state.worktree}`);
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
