import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Clock } from '../base/clock.ts';
import { ChaosError, messageOf } from '../base/error.ts';
import type { Logger } from '../base/logger.ts';
import type { Crash } from '../cluster/node.ts';
import type { Engine } from '../engines/engine.ts';
import { type ActiveFault, NotAvailable, type PlannedFault, type PreparedFault, type Proof } from '../faults/fault.ts';
import { planFaults } from '../faults/plan.ts';
import { faultKinds } from '../faults/registry.ts';
import { NotRolledBack } from '../faults/scope.ts';
import type { LoopLag } from '../metrics/loop-lag.ts';
import type { Scraper } from '../metrics/scrape.ts';
import type { Config } from '../model/config.ts';
import type {
  ExpectationRecord,
  FaultRecord,
  FeatureRecord,
  HarnessRecord,
  PhaseMeasures,
  PhaseName,
  PhaseRecord,
  ScenarioMeasures,
  ScenarioRecord,
  WindowRecord,
} from '../model/record.ts';
import type { FaultSpec, Scenario } from '../model/scenario.ts';
import { formatMs } from '../model/units.ts';
import type { Progress } from '../workload/generator.ts';
import type { Path, PathReport } from '../workload/path-report.ts';
import { sameUnserved, type Unserved } from '../workload/unserved.ts';
import type { WindowSummary } from '../workload/windows.ts';
import type { Workload } from '../workload/workload.ts';
import { accountFor, notAccounted, runChecks } from './evidence.ts';
import { disturbed, sampleMachine } from './machine-use.ts';
import { leftTooLittle, measurePhase, possibleIn, type UsageSample } from './measure.ts';
import { type Observables, seenByBroker } from './observability.ts';
import { judge, missed } from './verdict.ts';

/** An operation that takes longer counts as unavailable, whatever a scenario expects of the 99th percentile. */
export const operationDeadlineMs = 5_000;
/** The cluster has this long after the heal, at the least, before silence is called a violation of liveness. */
const livenessBoundMs = 30_000;
/** Steady again means steady for this long. */
const sustainMs = 2_000;
/** A client tries again every 3.25 s at the longest: four attempts. */
const returnMs = 15_000;
const drainWithinMs = 90_000;
/** Longer than a cluster whose nodes dial one another every 30 s takes to join. */
export const warmUpWithinMs = 45_000;
const windowMs = 1_000;
/** Finer, since recovery time is read from these. */
const recoverWindowMs = 250;
/** How long before the heal the proofs are taken. */
const proofLeadMs = 700;

export type ScenarioContext = {
  readonly engine: Engine;
  readonly workload: Workload;
  readonly scraper: Scraper;
  readonly config: Config;
  readonly features: FeatureRecord;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly lag: LoopLag;
  readonly seed: string;
  readonly attempt: number;
  readonly cluster: { readonly fresh: boolean; readonly why: string };
  /** How long the cluster took to boot when it was booted last. */
  readonly bootMs: number;
  /** What the broker does not serve, before any fault. The scenario adds what it finds. */
  readonly reach: Reach;
  /** The run's own start on the monotonic clock and on the wall. */
  readonly startedMs: number;
  readonly startedWallMs: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ScenarioProgress) => void;
};

/** What the broker does not serve at all: each is a finding of the scenario that comes next, and left out of every workload. */
export type Reach = { known: readonly Unserved[]; unreported: readonly Unserved[] };

export type ScenarioProgress = {
  readonly scenario: Scenario;
  readonly phase: PhaseName;
  readonly elapsedMs: number;
  readonly messages: Progress;
  readonly faults: readonly string[];
};

/** A scenario's record before it is scored. */
export type UnscoredScenario = Omit<ScenarioRecord, 'score' | 'interval' | 'parts' | 'applicableParts' | 'earlier'>;

type RunningFault = {
  readonly spec: FaultSpec;
  readonly planned: PlannedFault;
  prepared?: PreparedFault;
  active?: ActiveFault | undefined;
  proof?: Proof | undefined;
  startMs?: number;
  endMs?: number;
  healed: boolean;
  failure?: string;
};

/**
 * Runs one scenario once: warm-up, steady, inject, hold, heal, recover, drain, check. Whatever happens, an abort included, every
 * fault is healed and every client gone when it returns or throws.
 */
export async function runScenario(scenario: Scenario, context: ScenarioContext): Promise<UnscoredScenario> {
  const { engine, workload, config, clock, signal, startedMs, attempt } = context;
  const relative = (ms: number): number => Math.round(ms - startedMs);
  const faults: RunningFault[] = planFaults(scenario, engine.shape, context.seed).map((fault) => ({
    ...fault,
    healed: false,
  }));
  const watch = new Watch(scenario, context, () =>
    faults
      .filter(({ active, healed }) => active && !healed)
      .map(({ planned }) => `${planned.kind} on ${planned.target}`),
  );
  const beganMs = clock.nowMs();
  const quietMs = config.broker.redeliverWithinMs;
  const prefix = `chaos-${runNumber(context.seed, scenario.name, attempt, startedMs).toString(16)}`;

  try {
    watch.enter('warm-up');
    const begun = await abortable(
      workload.call('begin', {
        endpoints: engine.endpoints,
        features: context.features,
        profile: config.workload.profile,
        ratePerSecond: config.workload.ratePerSecond,
        payloadBytes: config.workload.payloadBytes,
        deadlineMs: operationDeadlineMs,
        prefix,
        run: runNumber(context.seed, scenario.name, attempt, startedMs),
        warmUpWithinMs,
        unserved: context.reach.known,
      }),
      signal,
    ).catch((error: unknown) => {
      signal.throwIfAborted();
      throw new NoSteadyState(scenario, error, engine.takeCrashes());
    });
    const broken = begun.unserved.filter(({ why }) => why !== 'refused');
    // Only on a cluster that no fault has struck yet does it show what the broker does not serve at all.
    if (!context.cluster.fresh && broken.length > 0)
      throw new NoSteadyState(scenario, new Error(leftOut(broken).leftOut?.join('; ')), engine.takeCrashes());
    const unserved = takeUnserved(context, begun.unserved, begun.subscriptions);
    for (const fault of faults) {
      signal.throwIfAborted();
      fault.prepared = await engine.prepare(fault.planned);
    }

    watch.enter('steady');
    await workload.call('start', windowMs);
    await clock.sleep(scenario.phases.steadyMs, signal);

    watch.enter('hold');
    context.lag.reset();
    await engine.linksLag();
    await workload.call('mark', { phase: 'hold', windowMs: holdWindowMs(scenario.phases.holdMs) });
    await hold(scenario, faults, context);
    const harness = await readLags(context);

    watch.enter('recover');
    context.lag.reset();
    const healMs = await workload.call('mark', { phase: 'recover', windowMs: recoverWindowMs });
    await heal(faults, context);
    const { recoveryMs, paths } = await recover(scenario, healMs, prefix, context);

    watch.enter('drain');
    await workload.call('mark', { phase: 'drain', windowMs });
    await workload.call('stop');
    const drain = await abortable(workload.call('drain', { quietMs, returnMs, withinMs: drainWithinMs }), signal);
    const stalls = await readStalls(context);
    if (drain.reconnected > 0)
      context.logger.debug(`${scenario.name}: ${drain.reconnected} subscribers missed something and reconnected`);
    if (drain.outstanding > 0)
      context.logger.debug(
        `${scenario.name}: ${drain.outstanding} messages still owed after draining for ${Math.round(drain.tookMs)} ms`,
      );
    const { history, windows } = await workload.call('finish');
    watch.end();

    const faultRecords = faults.map((fault) => recordFault(fault, relative));
    const crashes = await Promise.all(engine.takeCrashes().map((crash) => recordCrash(crash, faults, relative)));
    const { violations, notApplicable, ...checked } = runChecks(
      {
        mqttVersion: config.broker.mqtt.version,
        history,
        features: context.features,
        paths,
        livenessBoundMs: livenessMs(scenario, context),
        returnMs,
        starved: stalledFor(stalls, quietMs / 4),
        unserved,
        quietMs,
        unhealed: faultRecords.filter(({ healed }) => !healed).map(({ kind, target }) => `${kind} on ${target}`),
        stillArriving: drain.unfinished,
      },
      {
        scenario: scenario.ownName,
        knownIssues: config.broker.knownIssues,
        faults: faultRecords,
        relativeMs: relative,
        logsAt: (ms, naming) => engine.logsAround(context.startedWallMs + (ms - startedMs), { lines: 4, naming }),
      },
    );
    const { accounting, why } = accountFor(history, drain.unfinished);
    const unknown = [...checked.unknown, ...(why === undefined ? [] : [{ invariant: 'accounting', why }])];
    const tooLittle = leftTooLittle(possibleIn('hold', windows));
    const measured = (phase: PhaseName) => {
      const measures = measurePhase(phase, windows, watch.usage);
      // What was done just before the faults struck says nothing of hold.
      return phase === 'hold' && measures && tooLittle ? { ...measures, availability: null, latency: null } : measures;
    };
    const held = measured('hold');
    const measures: ScenarioMeasures = {
      availability: held?.availability ?? null,
      p99LatencyMs: held?.latency?.p99Ms ?? null,
      recoveryMs,
      operationsInHold: held?.acknowledged ?? 0,
    };
    const expectations = expected(scenario, measures).map((one) =>
      tooLittle === undefined || one.name === 'recovery' ? one : { ...one, notApplicable: tooLittle },
    );
    const judgedIn = tooLittle === undefined ? 'hold' : 'recover';
    const verdict = judge({
      violations,
      unknown,
      undecided: checked.undecided,
      crashes,
      faults: faultRecords,
      expectations,
      harness,
      operations: { phase: judgedIn, possible: possibleIn(judgedIn, windows).judged },
      stillArriving: drain.unfinished,
      unsteady: missed(expectedOfSteady(scenario, measured('steady'))),
      disturbed: usesMachine(scenario)
        ? undefined
        : disturbed(measured('steady')?.host, held?.host, availableParallelism()),
    });
    return {
      ...headline(scenario, context),
      ...verdict,
      startMs: relative(beganMs),
      endMs: relative(clock.nowMs()),
      faults: faultRecords,
      phases: watch.phases.map(
        (phase): PhaseRecord => ({
          name: phase.name,
          startMs: relative(phase.startMs),
          endMs: relative(phase.endMs),
          measures: measured(phase.name),
        }),
      ),
      expectations,
      violations,
      notApplicable,
      ...leftOut(context.reach.known),
      ...(unknown.length === 0 ? {} : { unknown }),
      accounting,
      measures,
      crashes,
      harness,
      windows: windows.map((window) => recordWindow(window, relative)),
      scrapes: context.scraper.take(),
      faultsSeenByBroker:
        faultRecords.length === 0
          ? null
          : seenByBroker(
              watch.observables('warm-up'),
              watch.observables('steady'),
              watch.observables('hold'),
              faultRecords.length,
            ),
    };
  } finally {
    watch.end();
    await heal(faults, context);
    for (const { prepared } of faults)
      await prepared?.release().catch((error) => context.logger.warn(`releasing a probe: ${messageOf(error)}`));
    await workload.call('end').catch((error) => context.logger.debug(`ending the clients: ${messageOf(error)}`));
  }
}

/** Whether one of its faults is meant to take CPU, memory or disk away: what it does is not somebody else's doing. */
function usesMachine({ faults }: Scenario): boolean {
  return faults.some(({ kind }) => faultKinds.get(kind)?.usesMachine === true);
}

/** What is to be reported in this scenario. Throws when nothing is left that the workload could do. */
function takeUnserved(
  { reach }: ScenarioContext,
  found: readonly Unserved[],
  subscriptions: number,
): readonly Unserved[] {
  reach.unreported = [...reach.unreported, ...found];
  reach.known = [...reach.known, ...found.filter((one) => !reach.known.some(sameUnserved(one)))];
  if (subscriptions === 0 && reach.unreported.length === 0)
    throw new NotAvailable('the broker delivers nothing that the workload asks for; an earlier scenario reports it');
  return reach.unreported;
}

/** What of the workload was left out, in words. */
function leftOut(known: readonly Unserved[]): Pick<ScenarioRecord, 'leftOut'> {
  if (known.length === 0) return {};
  const why = {
    'not-delivered': 'nothing is delivered',
    'not-granted': 'no SUBACK comes',
    refused: 'the broker refuses the filter',
    'not-acknowledged': 'nothing is acknowledged',
  };
  return {
    leftOut: known.map(
      (one) => `${one.filter} filter ${one.filterText} at ${one.to}, published at ${one.from}: ${why[one.why]}`,
    ),
  };
}

/** Each fault is injected at its time, proven shortly before its end, and healed there, or with all others when hold ends. */
async function hold(scenario: Scenario, faults: readonly RunningFault[], context: ScenarioContext): Promise<void> {
  const { clock, signal } = context;
  const startMs = clock.nowMs();
  const until = (offsetMs: number) => clock.sleep(Math.max(0, startMs + offsetMs - clock.nowMs()), signal);
  await Promise.all(
    faults.map(async (fault, id) => {
      const { atMs, forMs } = fault.spec;
      const endMs = Math.min(scenario.phases.holdMs, atMs + (forMs ?? scenario.phases.holdMs));
      await until(atMs);
      await inject(fault, id, context);
      if (!fault.active) return;
      await until(Math.max(atMs, endMs - proofLeadMs));
      await prove(fault, context);
      if (endMs < scenario.phases.holdMs) {
        await until(endMs);
        await healOne(fault, id, context);
      }
    }),
  );
  await until(scenario.phases.holdMs);
}

async function inject(fault: RunningFault, id: number, context: ScenarioContext): Promise<void> {
  const { workload, clock, logger } = context;
  fault.startMs = clock.nowMs();
  await workload.call('impactBegins', { id, impact: fault.planned.impact });
  try {
    fault.active = await fault.prepared?.inject();
  } catch (error) {
    // It is not proven then; the scenario goes on and ends inconclusive, with the reason.
    fault.failure = `not injected${error instanceof NotRolledBack ? '' : ', rolled back'}: ${messageOf(error)}`;
    logger.warn(`${fault.planned.kind} on ${fault.planned.target}: ${fault.failure}`);
    await healOne(fault, id, context);
    return;
  }
  fault.active?.impactOver?.then(() => workload.call('impactEnds', id)).catch(() => {});
}

/** A proof that cannot be taken proves nothing, and ends no run. */
async function prove(fault: RunningFault, { logger }: ScenarioContext): Promise<void> {
  try {
    fault.proof = await fault.active?.prove();
  } catch (error) {
    fault.failure = `the proof failed: ${messageOf(error)}`;
    logger.warn(`${fault.planned.kind} on ${fault.planned.target}: ${fault.failure}`);
  }
}

async function heal(faults: readonly RunningFault[], context: ScenarioContext): Promise<void> {
  await Promise.all(faults.map((fault, id) => healOne(fault, id, context)));
}

async function healOne(fault: RunningFault, id: number, { workload, clock, logger }: ScenarioContext): Promise<void> {
  if (fault.healed) return;
  try {
    // Also where nothing is in force: an injection may have failed half-way, or still go on.
    await fault.prepared?.heal();
    fault.healed = true;
  } catch (error) {
    const failure = `the heal failed: ${messageOf(error)}`;
    // Of an injection that failed, what went wrong first says more.
    if (fault.active) fault.failure = failure;
    else fault.failure ??= failure;
    logger.warn(`${fault.planned.kind} on ${fault.planned.target}: ${failure}`);
  }
  if (fault.startMs === undefined) return;
  fault.endMs = clock.nowMs();
  await workload.call('impactEnds', id).catch(() => {});
}

/** Waits until the cluster is steady by the scenario's own expectations and every path delivers, but no longer than each may take. */
async function recover(
  scenario: Scenario,
  healMs: number,
  prefix: string,
  context: ScenarioContext,
): Promise<{ recoveryMs: number | null; paths: PathReport }> {
  const { workload, engine, clock, signal } = context;
  const bar = {
    fromMs: healMs,
    availability: scenario.expect.availability,
    p99LatencyMs: scenario.expect.p99LatencyMs,
    sustainMs,
  };
  const boundMs = livenessMs(scenario, context);
  const trying = abortable(
    workload.call('checkPaths', {
      endpoints: engine.endpoints,
      prefix: `${prefix}-paths`,
      withinMs: boundMs,
      except: unservedPathsOf(context.reach),
    }),
    signal,
  );
  // Awaited below; an abort meanwhile must not become an unhandled rejection.
  trying.catch(() => {});
  let recoveryMs: number | null = null;
  while (clock.nowMs() < healMs + scenario.phases.recoverMs) {
    await clock.sleep(recoverWindowMs, signal);
    recoveryMs = await workload.call('recovery', bar);
    if (recoveryMs !== null) break;
  }
  const paths = await trying;
  // Whoever hears nothing at QoS 0 gets the same time as everything else.
  while (clock.nowMs() < healMs + boundMs && (await workload.call('silent')) > 0)
    await clock.sleep(recoverWindowMs, signal);
  return { recoveryMs: recoveryMs ?? (await workload.call('recovery', bar)), paths };
}

/** How long the cluster has after the heal: a node that was ended has to boot first, and may have data to read. */
function livenessMs({ phases }: Scenario, { bootMs }: ScenarioContext): number {
  return Math.max(livenessBoundMs, phases.recoverMs, 2 * bootMs);
}

/** How long each event loop of this tool stood still at the longest since the heal. */
async function readStalls({ lag, workload, engine }: ScenarioContext): Promise<Readonly<Record<string, number>>> {
  return {
    conductor: lag.read().maxMs,
    workload: (await workload.call('lag')).maxMs,
    links: (await engine.linksLag())?.maxMs ?? 0,
  };
}

/** The event loops that stood still for so long that they may have made late what was late, in words. */
function stalledFor(stalls: Readonly<Record<string, number>>, leastMs: number): string[] {
  return Object.entries(stalls)
    .filter(([, stallMs]) => stallMs >= leastMs)
    .map(([name, stallMs]) => `the ${name} event loop of this tool stood still for ${formatMs(stallMs)}`);
}

/** How late each event loop of this tool was since the phase began. */
async function readLags({ lag, workload, engine }: ScenarioContext): Promise<HarnessRecord> {
  return {
    conductorLagP99Ms: lag.read().p99Ms,
    workloadLagP99Ms: (await workload.call('lag')).p99Ms,
    linksLagP99Ms: (await engine.linksLag())?.p99Ms ?? null,
  };
}

/** The paths that fresh clients need not try: they did not work before any fault. */
export function unservedPathsOf({ known }: Reach): Path[] {
  return known.filter(({ client }) => client === null).map(({ from, to, filter }) => ({ from, to, filter }));
}

/** Rejects at once when the run is aborted, whatever becomes of the call. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Long holds have wider windows, so that their number stays bounded. */
function holdWindowMs(holdMs: number): number {
  return Math.max(windowMs, holdMs / 3_600);
}

/** What identifies a scenario's messages: 32 bits that differ between scenarios, attempts and runs. */
function runNumber(seed: string, scenario: string, attempt: number, startedMs: number): number {
  return createHash('sha256').update(`${seed}/${scenario}/${attempt}/${startedMs}`).digest().readUInt32LE(0);
}

function expected({ expect }: Scenario, measures: ScenarioMeasures): ExpectationRecord[] {
  const { availability, p99LatencyMs, recoveryMs } = measures;
  return [
    {
      name: 'availability',
      expected: expect.availability,
      unit: 'share',
      measured: availability,
      met: availability !== null && availability >= expect.availability,
    },
    {
      name: 'p99-latency',
      expected: expect.p99LatencyMs,
      unit: 'ms',
      measured: p99LatencyMs,
      met: p99LatencyMs !== null && p99LatencyMs <= expect.p99LatencyMs,
    },
    {
      name: 'recovery',
      expected: expect.recoveryMs,
      unit: 'ms',
      measured: recoveryMs,
      met: recoveryMs !== null && recoveryMs <= expect.recoveryMs,
    },
  ];
}

/** The hypothesis as the steady phase had it: a cluster that is outside of it already shows nothing about a fault. */
function expectedOfSteady(scenario: Scenario, steady: PhaseMeasures | null): ExpectationRecord[] {
  const measures = {
    availability: steady?.availability ?? null,
    p99LatencyMs: steady?.latency?.p99Ms ?? null,
    recoveryMs: 0,
    operationsInHold: 0,
  };
  return expected(scenario, measures);
}

function recordFault(fault: RunningFault, relative: (ms: number) => number): FaultRecord {
  const { planned, active, proof, healed, failure } = fault;
  return {
    kind: planned.kind,
    target: planned.target,
    mechanism: active?.mechanism ?? 'none',
    injected: planned.injected,
    observed: failure ?? proof?.observed ?? 'nothing was observed',
    proven: failure === undefined && proof?.proven === true,
    figures: proof?.figures ?? {},
    startMs: relative(fault.startMs ?? 0),
    endMs: relative(fault.endMs ?? fault.startMs ?? 0),
    healed,
  };
}

/** With what the faults in force had sent the node, so that a crash can be had again. */
async function recordCrash(
  crash: Crash,
  faults: readonly RunningFault[],
  relative: (ms: number) => number,
): Promise<ScenarioRecord['crashes'][number]> {
  const named = faults.map(async ({ active }) => (await active?.suspects?.(crash.node, crash.atMs)) ?? []);
  const suspects = (await Promise.all(named)).flat();
  return { ...crash, atMs: relative(crash.atMs), ...(suspects.length === 0 ? {} : { suspects }) };
}

function recordWindow(window: WindowSummary, relative: (ms: number) => number): WindowRecord {
  const { phase, possible, done, published, delivered, p50Ms, p99Ms, maxMs, latency } = window;
  return {
    phase,
    startMs: relative(window.startMs),
    lengthMs: Math.round(window.endMs - window.startMs),
    possible,
    done,
    published,
    delivered,
    p50Ms,
    p99Ms,
    maxMs,
    latency,
  };
}

/** Looks at the nodes and tells of progress, twice a second, while a scenario runs; remembers when each phase began. */
class Watch {
  readonly usage: UsageSample[] = [];
  readonly phases: { name: PhaseName; startMs: number; endMs: number }[] = [];
  readonly #scenario: Scenario;
  readonly #context: ScenarioContext;
  readonly #faultsInForce: () => string[];
  readonly #timer: NodeJS.Timeout;
  readonly #metrics = new Map<PhaseName, Observables['metrics']>();
  #ticks = 0;
  #ended = false;

  constructor(scenario: Scenario, context: ScenarioContext, faultsInForce: () => string[]) {
    this.#scenario = scenario;
    this.#context = context;
    this.#faultsInForce = faultsInForce;
    this.#timer = setInterval(() => void this.#look(), 500);
  }

  enter(name: PhaseName): void {
    const nowMs = this.#context.clock.nowMs();
    this.#close(nowMs);
    this.phases.push({ name, startMs: nowMs, endMs: nowMs });
    this.#context.signal.throwIfAborted();
    void this.#look();
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearInterval(this.#timer);
    this.#close(this.#context.clock.nowMs());
  }

  /** Counts log lines, which takes a while with large logs: not to be asked for while faults are in force. */
  observables(name: PhaseName): Observables | undefined {
    const phase = this.phases.find((one) => one.name === name);
    const metrics = this.#metrics.get(name);
    if (!phase || !metrics) return undefined;
    const { engine, startedMs, startedWallMs } = this.#context;
    const wall = (ms: number): number => startedWallMs + (ms - startedMs);
    return {
      seconds: (phase.endMs - phase.startMs) / 1_000,
      logLines: engine.logsBetween(wall(phase.startMs), wall(phase.endMs)),
      metrics,
    };
  }

  #close(nowMs: number): void {
    const open = this.phases[this.phases.length - 1];
    if (!open) return;
    open.endMs = nowMs;
    this.#metrics.set(open.name, this.#context.scraper.latest());
  }

  async #look(): Promise<void> {
    const { engine, clock, startedMs, workload, onProgress } = this.#context;
    if (this.#ticks++ % 2 === 0)
      this.usage.push({ atMs: clock.nowMs(), nodes: engine.usage(), machine: sampleMachine() });
    const phase = this.phases[this.phases.length - 1];
    if (!phase) return;
    const messages =
      phase.name === 'warm-up'
        ? { published: 0, acknowledged: 0, delivered: 0 }
        : await workload.call('progress').catch(() => undefined);
    if (messages && !this.#ended)
      onProgress({
        scenario: this.#scenario,
        phase: phase.name,
        elapsedMs: clock.nowMs() - startedMs,
        messages,
        faults: this.#faultsInForce(),
      });
  }
}

/** The steady state that everything is compared with was never there: the cluster booted, but messages did not get through. */
export class NoSteadyState extends ChaosError {
  readonly crashes: readonly Crash[];

  constructor(scenario: Scenario, error: unknown, crashes: readonly Crash[]) {
    const why =
      crashes.length > 0 ? crashes.map(({ node, how }) => `${node} ${how} by itself`).join('; ') : messageOf(error);
    super('cluster', `${scenario.name}: the cluster booted but never reached a steady state: ${why}`, {
      hint: "does each node pass messages on to clients of the others? Try --scenario baseline, and look at the nodes' logs",
      output: crashes[0]?.lastLines ?? [],
      cause: error,
    });
    this.crashes = crashes;
  }
}

/** The record of a scenario that was not measured. A node that ended by itself makes it a failure all the same. */
export function notMeasured(
  scenario: Scenario,
  context: Pick<ScenarioContext, 'clock' | 'startedMs' | 'attempt' | 'cluster'>,
  outcome: {
    readonly verdict: 'inconclusive' | 'skipped';
    readonly reason: string;
    readonly crashes: readonly Crash[];
  },
): UnscoredScenario {
  const nowMs = Math.round(context.clock.nowMs() - context.startedMs);
  const { crashes, reason } = outcome;
  return {
    ...headline(scenario, context),
    verdict: crashes.length > 0 ? 'fail' : outcome.verdict,
    reason,
    startMs: nowMs,
    endMs: nowMs,
    faults: [],
    phases: [],
    expectations: [],
    violations: [],
    notApplicable: [],
    accounting: notAccounted,
    measures: { availability: null, p99LatencyMs: null, recoveryMs: null, operationsInHold: 0 },
    crashes: crashes.map((crash) => ({ ...crash, atMs: Math.round(crash.atMs - context.startedMs) })),
    harness: null,
    windows: [],
    scrapes: { attempted: 0, answered: 0 },
    faultsSeenByBroker: null,
  };
}

function headline(scenario: Scenario, { attempt, cluster }: Pick<ScenarioContext, 'attempt' | 'cluster'>) {
  const { name, ownName, path = null, title, tier, severity, dimension, parameters } = scenario;
  const { holdMs } = scenario.phases;
  return { name, ownName, path, title, tier, severity, dimension, parameters, holdMs, attempt, cluster };
}
