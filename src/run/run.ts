import { cpus, release, totalmem, type } from 'node:os';
import type { Clock } from '../base/clock.ts';
import { plural } from '../base/count.ts';
import { ChaosError, messageOf } from '../base/error.ts';
import type { Logger } from '../base/logger.ts';
import type { Engine } from '../engines/engine.ts';
import { NotAvailable } from '../faults/fault.ts';
import type { LoopLag } from '../metrics/loop-lag.ts';
import { startScraper } from '../metrics/scrape.ts';
import type { Config } from '../model/config.ts';
import type { FeatureRecord, RunRecord, ScenarioRecord, ViolationRecord } from '../model/record.ts';
import type { Plan, Scenario, Tier } from '../model/scenario.ts';
import { scoreRun } from '../score/run.ts';
import { scoreScenario } from '../score/scenario.ts';
import { allPathsDeliver } from '../workload/path-report.ts';
import { unservedByPaths } from '../workload/unserved.ts';
import type { Workload } from '../workload/workload.ts';
import { decide, type Repeat, unexplainedRun } from './decide.ts';
import { limitedTo } from './known-issues.ts';
import {
  abortable,
  NoSteadyState,
  notMeasured,
  type Reach,
  runScenario,
  type ScenarioProgress,
  type UnscoredScenario,
  unservedPathsOf,
  warmUpWithinMs,
} from './scenario.ts';
import { planStops } from './verdict.ts';

export type RunOptions = {
  readonly config: Config;
  readonly scenarios: readonly Scenario[];
  /** Names of all scenarios that were asked for, by tier, by name or by plan: what coverage is a share of. */
  readonly catalogue: readonly string[];
  readonly tiers: readonly Tier[];
  readonly plan?: Plan | undefined;
  readonly seed: string;
  /** How often a scenario that misses an expectation is run. */
  readonly repeat: Repeat;
  readonly mutant: string | undefined;
  readonly version: string;
  /** What the user types to repeat this run. */
  readonly command: string;
  readonly metricsFolder: string;
  readonly ci: string | null;
};

export type RunDependencies = {
  readonly engine: Engine;
  readonly workload: Workload;
  readonly lag: LoopLag;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly events: RunEvents;
};

export type RunEvents = {
  onStage(text: string): void;
  onProgress(progress: ScenarioProgress): void;
  onScenario(record: ScenarioRecord): void;
  /** The record so far: after each scenario, and at the end. */
  onRecord(record: RunRecord): void;
};

/** A scenario on a cluster that works is preceded by a look at its paths, which takes no longer than this. */
const healthWithinMs = 10_000;
/** What a node has to end by itself when the run was cancelled: a GitHub runner waits 7.5 s in all. */
const hurriedStopMs = 2_000;

/**
 * Runs the scenarios one after the other and returns the record. Never rejects for what a broker does or for an abort: such a record is
 * partial and says why it broke off.
 */
export async function run(options: RunOptions, dependencies: RunDependencies): Promise<RunRecord> {
  const { engine, workload, clock, logger, events, lag } = dependencies;
  const broken = AbortSignal.any([workload.ended, engine.broken]);
  const signal = AbortSignal.any([dependencies.signal, broken]);
  const { config, seed } = options;
  const startedMs = clock.nowMs();
  const startedWallMs = clock.wallMs();
  const done: ScenarioRecord[] = [];
  /** Of the scenario that goes on, its runs so far. */
  let runs: ScenarioRecord[] = [];
  /** How far the run has come, for the case that it breaks off there. */
  let where = 'before the first scenario';
  /** The last attempt, decided or not: it left the cluster as it is. */
  let lastRun: ScenarioRecord | undefined;
  let features: FeatureRecord | null = null;
  let bootMs = 0;
  const reach: Reach = { known: [], unreported: [] };
  const scraper = startScraper({
    targets: () => engine.metricsUrls,
    folder: options.metricsFolder,
    secrets: config.broker.secrets,
    clock,
  });

  const record = (partial: boolean, error: RunRecord['error']): RunRecord => ({
    schemaVersion: 1,
    tool: { name: 'chaos-action', version: options.version },
    startedAt: new Date(startedWallMs).toISOString(),
    durationMs: Math.round(clock.nowMs() - startedMs),
    seed,
    command: options.command,
    tiers: options.tiers,
    plan: options.plan?.name ?? null,
    partial,
    error,
    broker: {
      name: config.broker.name,
      preset: config.preset ?? null,
      config: config.file ?? null,
      ...(config.isDefault ? { isDefault: true } : {}),
      nodes: config.nodes,
      mutant: options.mutant ?? null,
      features,
    },
    environment: environment(options.ci),
    workload: config.workload,
    ...scoreRun({ scenarios: done, seed, partial, catalogue: options.catalogue }),
    knownIssues: knownIssues(config, done),
    ...cutLogs(engine),
    scenarios: done,
  });

  const boot = async (kinds: readonly string[], why: string): Promise<{ fresh: true; why: string }> => {
    events.onStage(`booting ${plural(config.nodes, 'node')} of ${config.broker.name}`);
    keepCrashes();
    const beganMs = clock.nowMs();
    await engine.boot(signal, kinds);
    bootMs = clock.nowMs() - beganMs;
    if (features === null) {
      features = await abortable(workload.call('probeFeatures', firstEndpoint(engine)), signal);
      await probeReach();
    }
    return { fresh: true, why };
  };

  /** Before any fault: by which filters, and between which nodes, messages get through at all. */
  const probeReach = async (): Promise<void> => {
    const trying = workload.call('checkPaths', {
      endpoints: engine.endpoints,
      prefix: `chaos-reach-${Math.round(clock.nowMs())}`,
      withinMs: warmUpWithinMs,
      refusalsDecide: true,
    });
    const unserved = unservedByPaths(await abortable(trying, signal));
    reach.known = unserved;
    reach.unreported = unserved;
  };

  /** A node that ended by itself between two runs is held against the one before. */
  const keepCrashes = (): void => {
    const before = runs.length > 0 ? runs : done;
    const last = before.pop();
    if (!last) return;
    const late = engine.takeCrashes().map((crash) => ({ ...crash, atMs: Math.round(crash.atMs - startedMs) }));
    if (late.length === 0) {
      before.push(last);
      return;
    }
    const reason = `${last.reason}; ${late.map(({ node, how }) => `${node} ${how} by itself afterwards`).join('; ')}`;
    const failed = { ...last, verdict: 'fail' as const, reason, crashes: [...last.crashes, ...late] };
    before.push({ ...failed, ...scoreScenario(failed, seed) });
  };

  /** The cluster as it stands, or a new one if there is none, it is not well or not meant for these kinds of faults. */
  const cluster = async (kinds: readonly string[]): Promise<{ fresh: boolean; why: string }> => {
    const previous = lastRun;
    if (!previous) return boot(kinds, 'first scenario');
    keepCrashes();
    if (previous.crashes.length > 0 || (runs.at(-1) ?? done.at(-1))?.crashes.length)
      return boot(kinds, `${previous.name} left a node dead`);
    if (previous.faults.some(({ healed }) => !healed))
      return boot(kinds, `${previous.name} left a fault that could not be healed`);
    const unfit = engine.unfit(kinds);
    if (unfit !== undefined) return boot(kinds, unfit);
    const checking = workload.call('checkPaths', {
      endpoints: engine.endpoints,
      prefix: `chaos-health-${Math.round(clock.nowMs())}`,
      withinMs: healthWithinMs,
      except: unservedPathsOf(reach),
    });
    const paths = await abortable(checking, signal);
    if (allPathsDeliver(paths)) return { fresh: false, why: `healthy after ${previous.name}` };
    return boot(kinds, `not healthy after ${previous.name}`);
  };

  const attempt = async (scenario: Scenario, number: number): Promise<UnscoredScenario> => {
    const kinds = scenario.faults.map(({ kind }) => kind);
    let on = await cluster(kinds);
    for (;;) {
      if (!features) throw new ChaosError('internal', 'the features of the broker were not probed');
      scraper.take();
      const context = {
        ...{ engine, workload, scraper, config, features, clock, logger, lag, seed, startedMs, startedWallMs, signal },
        attempt: number,
        cluster: on,
        bootMs,
        reach,
        onProgress(progress: ScenarioProgress) {
          where = `in ${progress.phase} of ${scenario.name}`;
          events.onProgress(progress);
        },
      };
      try {
        const record = await runScenario(scenario, context);
        // It has them now. A scenario that was skipped or broke off leaves them to the next.
        reach.unreported = [];
        return record;
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof NotAvailable)
          return notMeasured(scenario, context, {
            verdict: 'skipped',
            reason: error.message,
            crashes: engine.takeCrashes(),
          });
        if (!(error instanceof NoSteadyState)) throw error;
        logger.info(error.message);
        // A node that ended by itself is a finding wherever it happens; without one, the cluster may be what the scenario before left.
        if (!on.fresh && error.crashes.length === 0) {
          on = await boot(kinds, 'no steady state on the cluster of the scenario before');
          continue;
        }
        // A cluster that works for no scenario at all is no broker's verdict; one that has worked before may work for the next.
        if (done.length === 0 && error.crashes.length === 0) throw error;
        return notMeasured(scenario, context, {
          verdict: 'inconclusive',
          reason: error.message,
          crashes: error.crashes,
        });
      }
    }
  };

  const skipped = (scenario: Scenario, reason: string): UnscoredScenario =>
    notMeasured(
      scenario,
      { clock, startedMs, attempt: 1, cluster: { fresh: false, why: 'not needed' } },
      { verdict: 'skipped', reason, crashes: [] },
    );

  const score = (scenario: UnscoredScenario): ScenarioRecord => ({
    ...scenario,
    earlier: null,
    ...scoreScenario(scenario, seed),
  });

  /** Runs a scenario until its runs decide it. */
  const decided = async (scenario: Scenario): Promise<ScenarioRecord> => {
    for (;;) {
      lastRun = score(await attempt(scenario, runs.length + 1));
      runs.push(lastRun);
      const result = decide(runs, options.repeat);
      if (result !== undefined) {
        runs = [];
        return result;
      }
      events.onScenario(lastRun);
    }
  };

  let failure: RunRecord['error'] = null;
  try {
    await engine.build(signal);
    for (const scenario of options.scenarios) {
      // A node that has ended since makes the scenario before a failure, at which a plan may stop.
      if (options.plan?.abortOn) keepCrashes();
      const refusal =
        planStops(options.plan, done) ??
        scenario.faults.map((spec) => engine.refuses(spec)).find((why) => why !== undefined);
      const result = refusal === undefined ? await decided(scenario) : score(skipped(scenario, refusal));
      done.push(result);
      events.onScenario(result);
      events.onRecord(record(true, null));
    }
  } catch (error) {
    failure = describe(signal.aborted ? signal.reason : error);
    if (failure.code === 'cancelled') failure = { ...failure, message: `${failure.message} ${where}` };
    if (!(error instanceof ChaosError) && !signal.aborted)
      logger.debug(error instanceof Error ? (error.stack ?? error.message) : String(error));
    if (error instanceof ChaosError) for (const line of error.output) logger.warn(`  | ${line}`);
  } finally {
    events.onStage('stopping the cluster');
    // Nodes whose links or clients went with a thread of the tool may have ended because of that.
    if (!broken.aborted) keepCrashes();
    // A scenario that was broken off before it was decided is left out, but not what was found in it.
    const found = unexplainedRun(runs);
    if (found) done.push(found);
    await engine.stop(signal.aborted ? hurriedStopMs : undefined);
    await scraper.stop();
  }
  const final = record(failure !== null, failure);
  events.onRecord(final);
  return final;
}

function cutLogs(engine: Engine): Pick<RunRecord, 'cutLogs'> {
  const cut = engine.cutLogs();
  return cut.length === 0 ? {} : { cutLogs: cut };
}

/** Those that concern a scenario that ran. */
function knownIssues({ broker }: Config, done: readonly ScenarioRecord[]): RunRecord['knownIssues'] {
  return broker.knownIssues.flatMap((issue) => {
    const { invariant, scenario, why } = issue;
    const limits = limitedTo(issue);
    const concerned = done.filter(
      ({ ownName, verdict }) => verdict !== 'skipped' && (scenario === undefined || scenario === ownName),
    );
    const isOfIt = (violation: ViolationRecord): boolean =>
      violation.invariant === invariant &&
      (limits === undefined || (violation.known === why && violation.limitedTo === limits));
    const seen = concerned.some(({ violations }) => violations.some(isOfIt));
    const limited = limits === undefined ? {} : { limitedTo: limits };
    return concerned.length === 0 ? [] : [{ invariant, scenario: scenario ?? null, ...limited, why, seen }];
  });
}

function describe(error: unknown): NonNullable<RunRecord['error']> {
  if (error instanceof ChaosError) return { code: error.code, message: error.message, hint: error.hint ?? null };
  return { code: 'internal', message: messageOf(error), hint: null };
}

function firstEndpoint(engine: Engine) {
  const [first] = engine.endpoints;
  if (!first) throw new ChaosError('internal', 'the cluster has no node');
  return first;
}

function environment(ci: string | null): RunRecord['environment'] {
  const [cpu] = cpus();
  return {
    os: type(),
    kernel: release(),
    node: process.version,
    cpuModel: cpu?.model.trim() ?? 'unknown',
    cpus: cpus().length,
    memoryBytes: totalmem(),
    ci,
  };
}
