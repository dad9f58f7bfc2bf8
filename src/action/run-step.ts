import { resolve } from 'node:path';
import { ChaosError, exitCodes } from '../base/error.ts';
import { version } from '../base/version.ts';
import type { Inputs } from './inputs.ts';
import type { ActionDependencies } from './run-action.ts';

type Given = Pick<ActionDependencies, 'runSession'>;

/** Runs the step for which this process was started, the main step or the post step. Resolves with the exit code of the process. */
export async function runStep(given: Given = {}): Promise<number> {
  const isPost = (process.env.STATE_started ?? '') !== '';
  if (isPost) return await post();
  process.stdout.write(`chaos-action ${version} on Node ${process.version}\n`);
  return await main(given);
}

/** The first line is printed before anything large is loaded, such as @actions/core, which brings an HTTP client. */
async function loadWorkflow() {
  const core = await import('@actions/core');
  const { githubWorkflow: workflow } = await import('./github-workflow.ts');
  return { core, workflow };
}

async function main(given: Given): Promise<number> {
  const { core, workflow } = await loadWorkflow();
  core.saveState('started', 'true');
  const abort = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    // The runner sends SIGTERM 7.5 s after SIGINT. What is not done by then is left to the reaper and to the post step.
    if (abort.signal.aborted) process.exit(exitCodes.cancelled);
    core.info(`${name}: healing all faults, then reporting what was measured so far`);
    abort.abort(new ChaosError('cancelled', `cancelled by ${name}`));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);

  const { explainFailure, loadInputs, readTrigger, runAction } = await import('./step.ts');
  const trigger = readTrigger(process.env);
  const { workspace } = trigger;
  let inputs: Inputs | undefined;
  try {
    inputs = loadInputs((name) => core.getInput(name));
    if (inputs.token !== undefined) core.setSecret(inputs.token);
    return await runAction(inputs, trigger, { workflow, env: process.env, signal: abort.signal, ...given });
  } catch (error) {
    workflow.setOutput('verdict', abort.signal.aborted ? 'cancelled' : 'error');
    return await explainFailure(
      error,
      { cwd: resolve(workspace, inputs?.workingDirectory ?? '.'), workspace },
      workflow,
    );
  }
}

async function post(): Promise<number> {
  const { core, workflow } = await loadWorkflow();
  const { runPost } = await import('./post.ts');
  const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
  await runPost({ runs: core.getState('runs'), worktree: core.getState('worktree'), workspace }, workflow);
  return exitCodes.pass;
}
