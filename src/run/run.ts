import { cpus, release, totalmem, type } from 'node:os';
import type { Clock } from '../base/clock.ts';
import { plural } from '../base/count.ts';
import { ChaosError, messageOf } from '../base/error.ts';
import type { Logger } from '../base/logger.ts';
import type { Engine } from '../engines/engine.ts';
import { effectTypesOf } from '../faults/plan.ts';
import { whySkipped } from '../faults/possible.ts';
import type { LoopLag } from '../metrics/loop-lag.ts';
import { type Scraper, startScraper } from '../metrics/scrape.ts';
import type { Config } from '../model/config.ts';
import type { EffectType } from '../model/effects.ts';
import type { FeatureRecord, RunRecord, SabotageRecord, ScenarioRecord, ViolationRecord } from '../model/record.ts';
import type { Plan, Scenario, Tier } from '../model/scenario.ts';
import { type RunScore, scoreRun } from '../score/run.ts';
import { scoreScenario } from '../score/scenario.ts';
import { unservedByPaths } from '../workload/flows/stream/unserved.ts';
import { allPathsDeliver } from '../workload/path-report.ts';
import type { Workload } from '../workload/workload.ts';
import { decide, type Repeat, unexplainedRun } from './decide.ts';
import { limitedTo } from './known-issues.ts';
import { abortable, NoSteadyState, notMeasured, runScenario, unservedPathsOf, warmUpWithinMs } from './scenario.ts';
import type { Reach, ScenarioContext, ScenarioProgress, UnscoredScenario } from './scenario-context.ts';
import { SkipScenario } from './skip.ts';
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
  /** What a man in the middle breaks on the client links, and how often he has struck so far. */
  readonly sabotage?: Omit<SabotageRecord, 'changes'> & { readonly changes: () => number };
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
  /** Before a scenario that is not skipped; it begins when this resolves. */
  beforeScenario?(scenario: Scenario): Promise<void>;
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
  return await new Conductor(options, dependencies).run();
}

type ClusterUsed = { readonly fresh: boolean; readonly why: string };

/** One run: which cluster each scenario gets, how often it is run, and what becomes of what breaks. */
class Conductor {
  readonly #options: RunOptions;
  readonly #use: RunDependencies;
  /** A thread of this tool has ended: whatever is seen after that says nothing about the broker. */
  readonly #broken: AbortSignal;
  readonly #signal: AbortSignal;
  readonly #startedMs: number;
  readonly #startedWallMs: number;
  readonly #scraper: Scraper;
  readonly #done: ScenarioRecord[] = [];
  /** Of the scenario that goes on, its runs so far. */
  #runs: ScenarioRecord[] = [];
  /** How far the run has come, for the case that it breaks off there. */
  #where = 'before the first scenario';
  /** The last attempt, decided or not: it left the cluster as it is. */
  #lastRun: ScenarioRecord | undefined;
  #features: FeatureRecord | null = null;
  #bootMs = 0;
  readonly #reach: Reach = { known: [], unreported: [] };

  constructor(options: RunOptions, dependencies: RunDependencies) {
    const { engine, workload, clock, signal } = dependencies;
    this.#options = options;
    this.#use = dependencies;
    this.#broken = AbortSignal.any([workload.ended, engine.broken]);
    this.#signal = AbortSignal.any([signal, this.#broken]);
    this.#startedMs = clock.nowMs();
    this.#startedWallMs = clock.wallMs();
    this.#scraper = startScraper({
      targets: () => engine.metricsUrls,
      folder: options.metricsFolder,
      secrets: options.config.broker.secrets,
      clock,
    });
  }

  async run(): Promise<RunRecord> {
    const { engine, events } = this.#use;
    let failure: RunRecord['error'] = null;
    try {
      await engine.build(this.#signal);
      for (const scenario of this.#options.scenarios) await this.#take(scenario);
    } catch (error) {
      failure = this.#failureOf(error);
    } finally {
      await this.#end();
    }
    const final = this.#record(failure !== null, failure);
    events.onRecord(final);
    return final;
  }

  /** Runs a scenario, or skips it where the plan or the engine says so. */
  async #take(scenario: Scenario): Promise<void> {
    const { engine, events } = this.#use;
    const { plan } = this.#options;
    // A node that has ended since makes the scenario before a failure, at which a plan may stop.
    if (plan?.abortOn) this.#keepCrashes();
    const refusal =
      planStops(plan, this.#done) ??
      whySkipped(scenario.faults, engine.shape, (effect) => engine.offers(effect, 'any cluster'));
    if (refusal === undefined) await abortable(Promise.resolve(events.beforeScenario?.(scenario)), this.#signal);
    const result = refusal === undefined ? await this.#decided(scenario) : this.#skipped(scenario, refusal);
    this.#done.push(result);
    events.onScenario(result);
    events.onRecord(this.#record(true, null));
  }

  /** Runs a scenario until its runs decide it. */
  async #decided(scenario: Scenario): Promise<ScenarioRecord> {
    for (;;) {
      const last = this.#score(await this.#attempt(scenario, this.#runs.length + 1));
      this.#lastRun = last;
      this.#runs.push(last);
      const result = decide(this.#runs, this.#options.repeat);
      if (result !== undefined) {
        this.#runs = [];
        return result;
      }
      this.#use.events.onScenario(last);
    }
  }

  async #attempt(scenario: Scenario, number: number): Promise<UnscoredScenario> {
    const effects = effectTypesOf(scenario.faults);
    let on = await this.#clusterFor(effects);
    for (;;) {
      const context = this.#contextOf(on, number);
      try {
        const record = await runScenario(scenario, context);
        // It has them now. A scenario that was skipped or broke off leaves them to the next.
        this.#reach.unreported = [];
        return record;
      } catch (error) {
        this.#signal.throwIfAborted();
        if (error instanceof SkipScenario)
          return notMeasured(scenario, context, {
            verdict: 'skipped',
            reason: error.message,
            crashes: this.#use.engine.takeCrashes(),
          });
        if (!(error instanceof NoSteadyState)) throw error;
        this.#use.logger.info(error.message);
        const hasCrash = error.crashes.length > 0;
        // A node that ended by itself is a finding wherever it happens; without one, the cluster may be what the scenario before left.
        if (!on.fresh && !hasCrash) {
          on = await this.#boot(effects, 'no steady state on the cluster of the scenario before');
          continue;
        }
        // A cluster that works for no scenario at all is not a broker's verdict; one that has worked before may work for the next.
        if (this.#done.length === 0 && !hasCrash) throw error;
        return notMeasured(scenario, context, {
          verdict: 'inconclusive',
          reason: error.message,
          crashes: error.crashes,
        });
      }
    }
  }

  #contextOf(cluster: ClusterUsed, attempt: number): ScenarioContext {
    const { engine, workload, clock, logger, lag, events } = this.#use;
    const { config, seed } = this.#options;
    if (!this.#features) throw new ChaosError('internal', 'the features of the broker were not probed');
    // What was scraped before belongs to the scenario before.
    this.#scraper.take();
    return {
      ...{ engine, workload, scraper: this.#scraper, config, features: this.#features, clock, logger, lag, seed },
      ...{ startedMs: this.#startedMs, startedWallMs: this.#startedWallMs, signal: this.#signal },
      ...{ attempt, cluster, bootMs: this.#bootMs, reach: this.#reach },
      onProgress: (progress) => {
        this.#where = `in ${progress.phase} of ${progress.scenario.name}`;
        events.onProgress(progress);
      },
    };
  }

  /** The cluster as it stands, or a new one if there is none, it is not well or not meant for these effects. */
  async #clusterFor(effects: readonly EffectType[]): Promise<ClusterUsed> {
    const previous = this.#lastRun;
    if (!previous) return this.#boot(effects, 'first scenario');
    this.#keepCrashes();
    const why = this.#whyNotAgain(previous, effects) ?? (await this.#whyNotHealthy(previous));
    return why === undefined ? { fresh: false, why: `healthy after ${previous.name}` } : this.#boot(effects, why);
  }

  #whyNotAgain(previous: ScenarioRecord, effects: readonly EffectType[]): string | undefined {
    if (previous.crashes.length > 0 || (this.#runs.at(-1) ?? this.#done.at(-1))?.crashes.length)
      return `${previous.name} left a node dead`;
    if (previous.faults.some(({ healed }) => !healed)) return `${previous.name} left a fault that could not be healed`;
    return this.#use.engine.unfit(effects);
  }

  async #whyNotHealthy(previous: ScenarioRecord): Promise<string | undefined> {
    const { engine, workload, clock } = this.#use;
    const checking = workload.call('checkPaths', {
      endpoints: engine.endpoints,
      prefix: `chaos-health-${Math.round(clock.nowMs())}`,
      withinMs: healthWithinMs,
      except: unservedPathsOf(this.#reach),
    });
    const paths = await abortable(checking, this.#signal);
    return allPathsDeliver(paths) ? undefined : `not healthy after ${previous.name}`;
  }

  async #boot(effects: readonly EffectType[], why: string): Promise<ClusterUsed> {
    const { engine, workload, clock, events } = this.#use;
    const { config } = this.#options;
    events.onStage(`booting ${plural(config.nodes, 'node')} of ${config.broker.name}`);
    this.#keepCrashes();
    const beganMs = clock.nowMs();
    await engine.boot(this.#signal, effects);
    this.#bootMs = clock.nowMs() - beganMs;
    if (this.#features === null) {
      this.#features = await abortable(
        workload.call('probeFeatures', { endpoint: firstEndpoint(engine), another: engine.endpoints[1] }),
        this.#signal,
      );
      await this.#probeReach();
    }
    return { fresh: true, why };
  }

  /** Before any fault: by which filters, and between which nodes, messages get through at all. */
  async #probeReach(): Promise<void> {
    const { engine, workload, clock } = this.#use;
    const trying = workload.call('checkPaths', {
      endpoints: engine.endpoints,
      prefix: `chaos-reach-${Math.round(clock.nowMs())}`,
      withinMs: warmUpWithinMs,
      refusalsDecide: true,
    });
    const unserved = unservedByPaths(await abortable(trying, this.#signal));
    this.#reach.known = unserved;
    this.#reach.unreported = unserved;
  }

  /** A node that ended by itself between two runs is held against the one before. */
  #keepCrashes(): void {
    const before = this.#runs.length > 0 ? this.#runs : this.#done;
    const last = before.at(-1);
    if (!last) return;
    const late = this.#use.engine
      .takeCrashes()
      .map((crash) => ({ ...crash, atMs: Math.round(crash.atMs - this.#startedMs) }));
    if (late.length === 0) return;
    const reason = `${last.reason}; ${late.map(({ node, how }) => `${node} ${how} by itself afterwards`).join('; ')}`;
    const failed = { ...last, verdict: 'fail' as const, reason, crashes: [...last.crashes, ...late] };
    before[before.length - 1] = { ...failed, ...scoreScenario(failed, this.#options.seed) };
  }

  #skipped(scenario: Scenario, reason: string): ScenarioRecord {
    const { clock } = this.#use;
    const cluster = { fresh: false, why: 'not needed' };
    const context = { clock, startedMs: this.#startedMs, attempt: 1, cluster };
    return this.#score(notMeasured(scenario, context, { verdict: 'skipped', reason, crashes: [] }));
  }

  #score(scenario: UnscoredScenario): ScenarioRecord {
    return { ...scenario, earlier: null, ...scoreScenario(scenario, this.#options.seed) };
  }

  /** Why the run broke off. */
  #failureOf(error: unknown): NonNullable<RunRecord['error']> {
    const { logger } = this.#use;
    const failure = describe(this.#signal.aborted ? this.#signal.reason : error);
    if (error instanceof ChaosError) for (const line of error.output) logger.warn(`  | ${line}`);
    else if (!this.#signal.aborted)
      logger.debug(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return failure.code === 'cancelled' ? { ...failure, message: `${failure.message} ${this.#where}` } : failure;
  }

  async #end(): Promise<void> {
    const { engine, events } = this.#use;
    events.onStage('stopping the cluster');
    // Nodes whose links or clients went with a thread of the tool may have ended because of that.
    if (!this.#broken.aborted) this.#keepCrashes();
    // A scenario that was broken off before it was decided is left out, but not what was found in it.
    const found = unexplainedRun(this.#runs);
    if (found) this.#done.push(found);
    await engine.stop(this.#signal.aborted ? hurriedStopMs : undefined);
    await this.#scraper.stop();
  }

  #record(partial: boolean, error: RunRecord['error']): RunRecord {
    const { version, seed, command, tiers, plan, config, mutant, ci, catalogue, sabotage } = this.#options;
    const scenarios = this.#done;
    const scored = scoreRun({ scenarios, seed, partial, catalogue });
    return {
      schemaVersion: 1,
      tool: { name: 'chaos-action', version },
      startedAt: new Date(this.#startedWallMs).toISOString(),
      durationMs: Math.round(this.#use.clock.nowMs() - this.#startedMs),
      ...{ seed, command, tiers, plan: plan?.name ?? null, partial, error },
      broker: {
        name: config.broker.name,
        preset: config.preset ?? null,
        config: config.file ?? null,
        ...(config.isDefault ? { isDefault: true } : {}),
        nodes: config.nodes,
        mutant: mutant ?? null,
        features: this.#features,
      },
      ...(sabotage ? { sabotage: { ...sabotage, changes: sabotage.changes() } } : {}),
      environment: environment(ci),
      workload: config.workload,
      ...(sabotage ? unscored(scored) : scored),
      knownIssues: knownIssues(config, scenarios),
      ...cutLogs(this.#use.engine),
      scenarios,
    };
  }
}

/** What a sabotaged run measures is no figure of the broker. Its verdict stays: it says whether the sabotage was noticed. */
function unscored({ verdict, dimensions }: RunScore): RunScore {
  const none = { score: null, interval: null };
  return { verdict, ...none, grade: null, cap: null, dimensions: dimensions.map(({ id }) => ({ id, ...none })) };
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
