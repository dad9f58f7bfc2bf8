import { join } from 'node:path';
import { systemClock } from '../base/clock.ts';
import { plural } from '../base/count.ts';
import { ChaosError } from '../base/error.ts';
import type { Logger } from '../base/logger.ts';
import { version } from '../base/version.ts';
import { findMarked, isAlive, killAll, readStat } from '../cluster/proc.ts';
import { localEngine } from '../engines/local/local-engine.ts';
import { Ledger, replay } from '../faults/ledger.ts';
import { type Exposition, openExposition } from '../metrics/exposition.ts';
import { watchLoopLag } from '../metrics/loop-lag.ts';
import type { Config } from '../model/config.ts';
import type { RunRecord, ScenarioRecord } from '../model/record.ts';
import type { Scenario } from '../model/scenario.ts';
import { formatMs } from '../model/units.ts';
import { openWorkload } from '../workload/workload.ts';
import { type Choice, type LoadedChoice, repeatingCommand } from './choice.ts';
import { claimFolder } from './claim-folder.ts';
import { defaultRepeat, type Repeat } from './decide.ts';
import { startReaper } from './guard.ts';
import { residue, takeInventory } from './residue.ts';
import { run } from './run.ts';
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
};

/** What a user sees while a run goes on. */
export type RunView = {
  stage(text: string): void;
  progress(progress: ScenarioProgress): void;
  scenario(record: ScenarioRecord): void;
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
 * One run with all that guards it: undo ledger, reaper, deadline, reports on disk after each scenario. Nothing it started outlives it.
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
  const { choice, loaded, seed, out, env } = options;
  const { config, scenarios, plan, tiers, catalogue } = loaded;
  const { view, logger } = dependencies;
  const exposition = await openExposition(options.metricsPort);
  const id = `${new Date(systemClock.wallMs()).toISOString().replace(/\D/g, '').slice(0, 14)}-${process.pid}`;
  const ledger = await begin(id, exposition);
  dependencies.onBegin?.(id);
  const overdue = new AbortController();
  const deadlineMs = runDeadlineMs(scenarios, config, choice.repeat ?? defaultRepeat);
  const over = new AbortController();
  systemClock.sleep(deadlineMs, over.signal).then(
    () => overdue.abort(new ChaosError('cluster', `the run took longer than its deadline of ${formatMs(deadlineMs)}`)),
    () => {},
  );
  const reaper = startReaper(id, logger.warn);
  const workload = openWorkload();
  const lag = watchLoopLag();
  const inventory = () => takeInventory({ run: id, ledger, privileged: choice.privileged });
  const before = await inventory();
  let left: readonly string[] = [];
  let record: RunRecord;
  let unwritten: ChaosError | undefined;
  const write = (record: RunRecord): void => {
    try {
      writeReports(record, out);
      unwritten = undefined;
    } catch (error) {
      unwritten = error instanceof ChaosError ? error : new ChaosError('report', String(error));
    }
  };

  try {
    if (exposition.url) logger.info(`own metrics at ${exposition.url}`);
    record = await run(
      {
        config,
        scenarios,
        catalogue,
        tiers,
        plan,
        seed,
        repeat: choice.repeat ?? defaultRepeat,
        mutant: choice.mutant,
        version,
        command: repeatingCommand(choice, seed),
        metricsFolder: join(out, 'metrics'),
        ci: env.GITHUB_ACTIONS === 'true' ? 'GitHub Actions' : env.CI ? 'CI' : null,
      },
      {
        engine: localEngine({
          config,
          mutant: choice.mutant,
          run: id,
          seed,
          workFolder: join(ledger.folder, 'work'),
          logFolder: join(out, 'logs'),
          ledger,
          privileged: choice.privileged,
          clock: systemClock,
          logger,
        }),
        workload,
        lag,
        clock: systemClock,
        logger,
        signal: AbortSignal.any([dependencies.signal, overdue.signal]),
        events: {
          onStage: (text) => view.stage(text),
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
          onRecord: write,
        },
      },
    );
  } finally {
    over.abort();
    lag.stop();
    await workload.terminate();
    await exposition.close();
    // Whatever stopping the cluster has overlooked, such as a daemon that the build left running.
    const ended = await killAll(
      () => [
        ...findMarked(id),
        ...ledger
          .processes()
          .filter(isAlive)
          .flatMap(({ pid }) => readStat(pid) ?? []),
      ],
      () => systemClock.sleep(10),
    );
    if (ended > 0) logger.warn(`ended ${plural(ended, 'process', 'processes')} that this run had left`);
    left = residue(before, await inventory(), id);
    // Where something is left the ledger is still good for taking it back, now or by a later clean.
    if (left.length === 0) ledger.end();
    else for (const did of await replay(id)) logger.warn(`taking back: ${did}`);
    reaper.release();
  }
  if (left.length > 0) {
    record = failedByResidue(record, left);
    write(record);
  }
  return { record, unwritten, rescued: unwritten ? rescueReports(record) : undefined };
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

/** The exposition listens already, and would keep a tool alive that cannot go on. */
async function begin(id: string, exposition: Exposition): Promise<Ledger> {
  try {
    return Ledger.begin(id);
  } catch (error) {
    await exposition.close();
    throw error;
  }
}

/** Every phase of every run of a scenario (one may be inconclusive), what draining and booting may take, and as much again as a scenario's worth. */
function runDeadlineMs(scenarios: readonly Scenario[], { broker }: Config, repeat: Repeat): number {
  const scenarioMs = ({ phases }: Scenario): number =>
    phases.steadyMs + phases.holdMs + Math.max(30_000, phases.recoverMs) + 300_000 + 3 * broker.ready.withinMs;
  return (
    broker.buildWithinMs + 60_000 + (repeat + 1) * scenarios.reduce((sum, scenario) => sum + scenarioMs(scenario), 0)
  );
}
