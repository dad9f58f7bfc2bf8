import { randomBytes } from 'node:crypto';
import { systemClock } from '../base/clock.ts';
import { ChaosError, messageOf } from '../base/error.ts';
import type { Against } from '../report/step-summary.ts';
import type { Choice, LoadedChoice } from '../run/choice.ts';
import type { RunSession, SessionResult } from '../run/session.ts';
import { compareRounds } from '../score/compare.ts';
import { compareWithBranch } from './against.ts';
import { artifactSource } from './artifact-source.ts';
import type { Deadlines } from './deadlines.ts';
import type { Inputs } from './inputs.ts';
import { groupedLog } from './log-view.ts';
import type { Octokit } from './octokit.ts';
import { type Outcome, type Thresholds, worstOf } from './outcome.ts';
import { runRounds } from './rounds.ts';
import type { Trigger } from './trigger.ts';
import type { Workflow } from './workflow.ts';

export type Measuring = {
  readonly inputs: Inputs;
  readonly trigger: Trigger;
  readonly choice: Choice;
  readonly loaded: LoadedChoice;
  readonly thresholds: Thresholds;
  readonly out: string;
  readonly artifactName: string;
  readonly octokit: Octokit | undefined;
  readonly deadlines: Deadlines;
  readonly workflow: Workflow;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onSecrets: (secrets: readonly string[]) => void;
  readonly runSession: RunSession;
};

export type Measured = {
  /** The run that is reported; of two rounds the one that counts. */
  readonly shown: SessionResult;
  readonly outcome: Outcome;
  /** Every round of the head. */
  readonly heads: readonly SessionResult[];
  /** What it is compared with. Called after the outcome was printed. Never rejects. */
  readonly against: () => Promise<Against | undefined>;
};

/** Finding a base among GitHub's artifacts takes seconds. */
const compareLimits = { ms: 60_000, cancelledMs: 500 };

/** Runs the scenarios on the head, and on the base too if `compare` asks for it. */
export async function measure(measuring: Measuring): Promise<Measured> {
  const { inputs, choice, loaded, out, trigger, env, workflow, deadlines, thresholds, runSession } = measuring;
  const seed = inputs.seed ?? randomBytes(4).toString('hex');
  const log = groupedLog(workflow, systemClock);
  const begun: string[] = [];
  const session = {
    view: log.view,
    logger: log.logger,
    signal: deadlines.signal,
    onBegin(id: string) {
      begun.push(id);
      workflow.saveState('runs', JSON.stringify(begun));
    },
  };
  try {
    if (inputs.compare !== 'merge-base') {
      const result = await runSession({ choice, loaded, seed, out, env }, session);
      return { ...counting([result], thresholds), against: () => compareWithArtifact(measuring, result) };
    }
    const { heads, bases, label, none } = await runRounds(
      { choice, loaded, seed, out, trigger, env },
      {
        ...session,
        onWorktree: (folder) => workflow.saveState('worktree', folder),
        onSecrets: measuring.onSecrets,
        runSession,
      },
    );
    const records = heads.map(({ record }) => record);
    const whole = none === undefined && !deadlines.signal.aborted;
    const against: Against = whole
      ? { kind: 'base', label, comparison: compareRounds(bases, records) }
      : { kind: 'none', why: none ?? 'the run was cancelled' };
    return { ...counting(heads, thresholds), against: async () => against };
  } finally {
    log.end();
  }
}

function counting(heads: readonly SessionResult[], thresholds: Thresholds): Omit<Measured, 'against'> {
  const worst = worstOf(heads, thresholds);
  if (!worst) throw new ChaosError('internal', 'the head was not run');
  return { shown: worst.round, outcome: worst.outcome, heads };
}

async function compareWithArtifact(
  { inputs, trigger, octokit, artifactName: name, deadlines }: Measuring,
  { record }: SessionResult,
): Promise<Against | undefined> {
  if (inputs.compare === 'none') return undefined;
  const branch = trigger.pullRequest?.baseRef ?? trigger.branch;
  if (deadlines.signal.aborted) return { kind: 'none', why: 'the run was cancelled' };
  if (branch === undefined) return { kind: 'none', why: 'this run is of no branch' };
  if (octokit === undefined) return { kind: 'none', why: 'there is no github-token to look for the base report with' };
  const comparing = compareWithBranch(artifactSource(octokit, trigger), record, {
    ...{ name, branch, runId: trigger.runId },
    wallMs: systemClock.wallMs(),
  });
  try {
    return await deadlines.within(comparing, compareLimits);
  } catch (error) {
    return { kind: 'none', why: `the reports of ${branch} could not be looked at: ${messageOf(error)}` };
  }
}
