import { join } from 'node:path';
import { systemClock } from '../base/clock.ts';
import { ChaosError } from '../base/error.ts';
import type { Logger } from '../base/logger.ts';
import { version } from '../base/version.ts';
import type { Engine, OpenEngine } from '../engines/engine.ts';
import { openLocalEngine } from '../engines/local/open.ts';
import { type Exposition, openExposition } from '../metrics/exposition.ts';
import { watchLoopLag } from '../metrics/loop-lag.ts';
import type { Config } from '../model/config.ts';
import type { RunRecord, ScenarioRecord } from '../model/record.ts';
import type { Scenario } from '../model/scenario.ts';
import { formatMs } from '../model/units.ts';
import { findSabotage } from '../sabotage/registry.ts';
import { SabotagedEngine } from '../sabotage/sabotaged-engine.ts';
import { openWorkload } from '../workload/workload.ts';
import { type Choice, type LoadedChoice, repeatingCommand } from './choice.ts';
import { claimFolder } from './claim-folder.ts';
import { defaultRepeat, type Repeat } from './decide.ts';
import { type RunOptions, run } from './run.ts';
import type { ScenarioProgress } from './scenario-context.ts';
import { prepareReports, rescueReports, writeReports } from './write-reports.ts';

export type SessionOptions = {
  readonly choice: Choice;
  readonly loaded: LoadedChoice;
  readonly seed: string;
  /** Where reports, logs and metrics go; an absolute path. */
  readonly out: string;
  readonly metricsPort?: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
};

export type SessionDependencies = {
  readonly view: RunView;
  readonly logger: Logger;
  /** Aborting it heals, stops the cluster and ends the session with a partial record. */
  readonly signal: AbortSignal;
  /** Called with the id of the run, under which its undo ledger is found, before anything is started. */
  readonly onBegin?: (id: string) => void;
  /** Where the cluster lives; this machine where nothing is said. */
  readonly openEngine?: OpenEngine;
};

/** What a user sees while a run goes on. */
export type RunView = {
  stage(text: string): void;
  progress(progress: ScenarioProgress): void;
  scenario(record: ScenarioRecord): void;
  /** Before a scenario that is not skipped; it begins when this resolves. */
  before?(scenario: Scenario): Promise<void>;
};

export type SessionResult = {
  readonly record: RunRecord;
  /** Why the reports could not be written, if they could not. */
  readonly unwritten: ChaosError | undefined;
  /** Where they were put instead. */
  readonly rescued: string | undefined;
};

export type RunSession = typeof runSession;

/**
 * One run with all that guards it: an engine that takes back what it did, a deadline, reports on disk after each scenario. Nothing it
 * started outlives it.
 * Rejects with a ChaosError only for what is wrong before the run begins.
 */
export async function runSession(options: SessionOptions, dependencies: SessionDependencies): Promise<SessionResult> {
  prepareReports(options.out);
  const release = claimFolder(options.out);
  try {
    return await runClaimed(options, dependencies);
  } finally {
    release();
  }
}

async function runClaimed(options: SessionOptions, dependencies: SessionDependencies): Promise<SessionResult> {
  const { choice, seed, out, metricsPort } = options;
  const { logger, openEngine = openLocalEngine } = dependencies;
  const { config } = options.loaded;
  const exposition = await openExposition(metricsPort);
  const id = `${new Date(systemClock.wallMs()).toISOString().replace(/\D/g, '').slice(0, 14)}-${process.pid}`;
  dependencies.onBegin?.(id);
  const guarded = await openEngine({
    ...{ config, mutant: choice.mutant, run: id, seed, logFolder: join(out, 'logs') },
    ...{ privileged: choice.privileged, clock: systemClock, logger },
  }).catch(async (error: unknown) => {
    // It listens already, and would keep a tool alive that cannot go on.
    await exposition.close();
    throw error;
  });
  const reports = reportsIn(out);
  let left: readonly string[] = [];
  let record: RunRecord;
  try {
    if (exposition.url) logger.info(`own metrics at ${exposition.url}`);
    const { engine, sabotage } = sabotaged(guarded.engine, choice.sabotage, seed);
    record = await conduct(options, dependencies, { engine, sabotage, exposition, onRecord: reports.write });
  } finally {
    await exposition.close();
    left = await guarded.residue();
  }
  if (left.length > 0) {
    record = failedByResidue(record, left);
    reports.write(record);
  }
  const unwritten = reports.unwritten();
  return { record, unwritten, rescued: unwritten ? rescueReports(record) : undefined };
}

/** The run itself, with a workload and a deadline of its own. */
async function conduct(
  { choice, loaded, seed, out, env }: SessionOptions,
  { view, logger, signal }: SessionDependencies,
  {
    engine,
    sabotage,
    exposition,
    onRecord,
  }: SabotagedRun & {
    readonly exposition: Exposition;
    readonly onRecord: (record: RunRecord) => void;
  },
): Promise<RunRecord> {
  const { config, scenarios, plan, tiers, catalogue } = loaded;
  const repeat = choice.repeat ?? defaultRepeat;
  const deadline = startDeadline(runDeadlineMs(scenarios, config, repeat));
  const workload = openWorkload();
  const lag = watchLoopLag();
  try {
    return await run(
      {
        ...{ config, scenarios, catalogue, tiers, plan, seed, repeat, mutant: choice.mutant, version },
        ...(sabotage ? { sabotage } : {}),
        command: repeatingCommand(choice, seed),
        metricsFolder: join(out, 'metrics'),
        ci: env.GITHUB_ACTIONS === 'true' ? 'GitHub Actions' : env.CI ? 'CI' : null,
      },
      {
        ...{ engine, workload, lag, clock: systemClock, logger },
        signal: AbortSignal.any([signal, deadline.signal]),
        events: {
          onStage: (text) => view.stage(text),
          beforeScenario: async (scenario) => await view.before?.(scenario),
          onProgress(progress) {
            view.progress(progress);
            exposition.phase(progress.scenario.name, progress.phase);
            exposition.messages(progress.messages);
            exposition.faults(progress.faults.length);
          },
          onScenario(scenario) {
            view.scenario(scenario);
            exposition.verdict(scenario.name, scenario.verdict, scenario.score);
          },
          onRecord,
        },
      },
    );
  } finally {
    deadline.stop();
    lag.stop();
    await workload.terminate();
  }
}

type SabotagedRun = { readonly engine: Engine; readonly sabotage: RunOptions['sabotage'] | undefined };

/** The engine with a man in the middle of its client links, where one is asked for. */
function sabotaged(engine: Engine, name: string | undefined, seed: string): SabotagedRun {
  const chosen = name === undefined ? undefined : findSabotage(name);
  if (chosen === undefined) return { engine, sabotage: undefined };
  const wrapped = new SabotagedEngine(engine, { sabotage: chosen.name, seed });
  const { breaks, invariant } = chosen;
  return { engine: wrapped, sabotage: { name: chosen.name, breaks, invariant, changes: () => wrapped.changes } };
}

/** Aborts after `withinMs`, with the reason, unless it is stopped before. */
function startDeadline(withinMs: number): { readonly signal: AbortSignal; stop(): void } {
  const overdue = new AbortController();
  const over = new AbortController();
  systemClock.sleep(withinMs, over.signal).then(
    () => overdue.abort(new ChaosError('cluster', `the run took longer than its deadline of ${formatMs(withinMs)}`)),
    () => {},
  );
  return { signal: overdue.signal, stop: () => over.abort() };
}

/** Writes a record's reports again and again; why the last ones could not be written, if they could not. */
function reportsIn(out: string): { write(record: RunRecord): void; unwritten(): ChaosError | undefined } {
  let unwritten: ChaosError | undefined;
  return {
    write(record) {
      try {
        writeReports(record, out);
        unwritten = undefined;
      } catch (error) {
        unwritten = error instanceof ChaosError ? error : new ChaosError('report', String(error));
      }
    },
    unwritten: () => unwritten,
  };
}

/** What a run changes on the machine and does not take back is a failure of the run, however the broker did. */
function failedByResidue(record: RunRecord, left: readonly string[]): RunRecord {
  return {
    ...record,
    verdict: 'fail',
    error: record.error ?? {
      code: 'residue',
      message: `the run left behind: ${left.join(', ')}`,
      hint: 'this is a defect of chaos-action; chaos-action clean takes back what it can',
    },
  };
}

/** Every phase of every run of a scenario (one may be inconclusive), what draining and booting may take, and as much again as a scenario's worth. */
function runDeadlineMs(scenarios: readonly Scenario[], { broker }: Config, repeat: Repeat): number {
  const scenarioMs = ({ phases }: Scenario): number =>
    phases.steadyMs + phases.holdMs + Math.max(30_000, phases.recoverMs) + 300_000 + 3 * broker.ready.withinMs;
  return (
    broker.buildWithinMs + 60_000 + (repeat + 1) * scenarios.reduce((sum, scenario) => sum + scenarioMs(scenario), 0)
  );
}
