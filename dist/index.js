import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  version
} from "./chunks/chunk-GAWAXV74.js";
import {
  ChaosError,
  exitCodes
} from "./chunks/chunk-EV4V3EIO.js";
import "./chunks/chunk-6DG7BXTN.js";

// src/action/run-step.ts
import { resolve } from "node:path";
async function runStep(given = {}) {
  const isPost = (process.env.STATE_started ?? "") !== "";
  if (isPost) return await post();
  process.stdout.write(`chaos-action ${version} on Node ${process.version}
`);
  return await main(given);
}
async function loadWorkflow() {
  const core = await import("#vendor/core.js");
  const { githubWorkflow: workflow } = await import("./chunks/github-workflow-JZUUJJDE.js");
  return { core, workflow };
}
async function main(given) {
  const { core, workflow } = await loadWorkflow();
  core.saveState("started", "true");
  const abort = new AbortController();
  const onSignal = (name) => {
    if (abort.signal.aborted) process.exit(exitCodes.cancelled);
    core.info(`${name}: healing all faults, then reporting what was measured so far`);
    abort.abort(new ChaosError("cancelled", `cancelled by ${name}`));
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  const { explainFailure, loadInputs, readTrigger, runAction } = await import("./chunks/step-PH7AIZUL.js");
  const trigger = readTrigger(process.env);
  const { workspace } = trigger;
  let inputs;
  try {
    inputs = loadInputs((name) => core.getInput(name));
    if (inputs.token !== void 0) core.setSecret(inputs.token);
    return await runAction(inputs, trigger, { workflow, env: process.env, signal: abort.signal, ...given });
  } catch (error) {
    workflow.setOutput("verdict", abort.signal.aborted ? "cancelled" : "error");
    return await explainFailure(
      error,
      { cwd: resolve(workspace, inputs?.workingDirectory ?? "."), workspace },
      workflow
    );
  }
}
async function post() {
  const { core, workflow } = await loadWorkflow();
  const { runPost } = await import("./chunks/post-64CWUAI7.js");
  const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
  await runPost({ runs: core.getState("runs"), worktree: core.getState("worktree"), workspace }, workflow);
  return exitCodes.pass;
}

// src/action/main.ts
process.exit(await runStep());
