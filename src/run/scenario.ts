import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { ChaosError, messageOf } from '../base/error.ts';
import type { Crash } from '../engines/engine.ts';
import { planFaults } from '../faults/plan.ts';
import { faultKinds } from '../faults/registry.ts';
import type {
  FaultRecord,
  HarnessRecord,
  PhaseMeasures,
  PhaseName,
  PhaseRecord,
  ScenarioMeasures,
  ScenarioRecord,
  WindowRecord,
} from '../model/record.ts';
import type { Scenario } from '../model/scenario.ts';
import { formatMs } from '../model/units.ts';
import { sameUnserved, type Unserved } from '../workload/flows/stream/unserved.ts';
import type { History } from '../workload/history.ts';
import type { Path, PathReport } from '../workload/path-report.ts';
import type { WindowSummary } from '../workload/windows.ts';
import { accountFor, notAccounted, runChecks } from './evidence.ts';
import { expectationsOf, expectationsOfSteady } from './expectations.ts';
import { disturbed } from './machine-use.ts';
import { leftTooLittle, measurePhase, possibleIn } from './measure.ts';
import { seenByBroker } from './observability.ts';
import { PhaseWatch } from './phase-watch.ts';
import type { Reach, ScenarioContext, UnscoredScenario } from './scenario-context.ts';
import { ScenarioFaults } from './scenario-faults.ts';
import { seriesOf } from './series.ts';
import { SkipScenario } from './skip.ts';
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
/** Of each node; the file of its log has all of them. */
const mostLogLines = 60;
const windowMs = 1_000;
/** Finer, since recovery time is read from these. */
const recoverWindowMs = 250;

/**
 * Runs one scenario once: warm-up, steady, inject, hold, heal, recover, drain, check. Whatever happens, an abort included, every
 * fault is healed and every client gone when it returns or throws.
 */
export async function runScenario(scenario: Scenario, context: ScenarioContext): Promise<UnscoredScenario> {
  const { engine, workload, clock, logger } = context;
  const faults = new ScenarioFaults(planFaults(scenario, engine.shape, context.seed), context);
  const watch = new PhaseWatch(scenario, context, () => faults.inForce);
  const beganMs = clock.nowMs();
  const id = runNumber(context.seed, scenario.name, context.attempt, context.startedMs);
  const prefix = `chaos-${id.toString(16)}`;
  try {
    watch.enter('warm-up');
    const unserved = await warmUp(scenario, context, { prefix, run: id });
    await faults.prepare();
    watch.enter('steady');
    await workload.call('start', windowMs);
    await clock.sleep(scenario.phases.steadyMs, context.signal);
    watch.enter('hold');
    const harness = await hold(scenario, faults, context);
    watch.enter('recover');
    const recovered = await recover(scenario, faults, prefix, context);
    watch.enter('drain');
    const drained = await drain(scenario, context);
    watch.end();
    return await recordOf(scenario, context, { beganMs, faults, watch, unserved, harness, ...recovered, ...drained });
  } finally {
    watch.end();
    await faults.heal();
    await faults.release();
    await workload.call('end').catch((error) => logger.debug(`ending the clients: ${messageOf(error)}`));
  }
}

/**
 * Connects the clients and waits until messages get through; answers with what is to be reported as never served.
 * @throws NoSteadyState where none get through.
 */
async function warmUp(
  scenario: Scenario,
  context: ScenarioContext,
  identity: { readonly prefix: string; readonly run: number },
): Promise<readonly Unserved[]> {
  const { engine, workload, config, signal, features, reach, cluster } = context;
  const { profile, ratePerSecond, payloadBytes } = config.workload;
  const beginning = workload.call('begin', {
    ...{ endpoints: engine.endpoints, features, profile, ratePerSecond, payloadBytes },
    ...{
      deadlineMs: operationDeadlineMs,
      redeliverWithinMs: config.broker.redeliverWithinMs,
      ...identity,
      warmUpWithinMs,
      unserved: reach.known,
    },
    seed: `${context.seed}/${scenario.name}`,
  });
  const begun = await abortable(beginning, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new NoSteadyState(scenario, error, engine.takeCrashes());
  });
  const broken = begun.unserved.filter(({ why }) => why !== 'refused');
  // Only on a cluster that no fault has struck yet does it show what the broker does not serve at all.
  if (!cluster.fresh && broken.length > 0)
    throw new NoSteadyState(scenario, new Error(leftOut(broken).leftOut?.join('; ')), engine.takeCrashes());
  return takeUnserved(context, begun.unserved, begun.watched);
}

/** The faults strike and are proven; answers with how late this tool itself was meanwhile. */
async function hold(scenario: Scenario, faults: ScenarioFaults, context: ScenarioContext): Promise<HarnessRecord> {
  const { engine, workload, lag } = context;
  const { holdMs } = scenario.phases;
  lag.reset();
  await engine.linksLag();
  await workload.call('mark', { phase: 'hold', windowMs: holdWindowMs(holdMs) });
  await faults.hold(holdMs);
  return await readLags(context);
}

/** Every message that still can arrive does, or the wait for it is over; then the books are closed. */
async function drain(scenario: Scenario, context: ScenarioContext): Promise<Drained> {
  const { workload, config, signal, logger } = context;
  const quietMs = config.broker.redeliverWithinMs;
  await workload.call('mark', { phase: 'drain', windowMs });
  await workload.call('stop');
  const draining = workload.call('drain', { quietMs, returnMs, withinMs: drainWithinMs });
  const { reconnected, outstanding, tookMs, unfinished } = await abortable(draining, signal);
  const stalls = await readStalls(context);
  if (reconnected > 0) logger.debug(`${scenario.name}: ${reconnected} subscribers missed something and reconnected`);
  if (outstanding > 0)
    logger.debug(`${scenario.name}: ${outstanding} messages still owed after draining for ${Math.round(tookMs)} ms`);
  return { ...(await workload.call('finish')), stalls, unfinished };
}

type Drained = {
  readonly history: History;
  readonly windows: readonly WindowSummary[];
  /** How long each event loop of this tool stood still at the longest since the heal. */
  readonly stalls: Readonly<Record<string, number>>;
  /** Messages were still arriving, or clients still coming back, when the wait for them was given up. */
  readonly unfinished: boolean;
};

/** What one run of a scenario has shown. */
type Seen = Drained & {
  readonly beganMs: number;
  readonly faults: ScenarioFaults;
  readonly watch: PhaseWatch;
  readonly unserved: readonly Unserved[];
  readonly harness: HarnessRecord;
  readonly recoveryMs: number | null;
  readonly paths: PathReport;
};

/** Judges what was seen, and writes it down. */
async function recordOf(scenario: Scenario, context: ScenarioContext, seen: Seen): Promise<UnscoredScenario> {
  const { engine, clock, startedMs, reach } = context;
  const { faults, watch, windows, harness, unfinished } = seen;
  const relative = (ms: number): number => Math.round(ms - startedMs);
  const faultRecords = faults.records(relative);
  const crashes = await Promise.all(engine.takeCrashes().map((crash) => faults.recordCrash(crash, relative)));
  const { violations, notApplicable, undecided, ...checked } = check(scenario, context, seen, faultRecords, relative);
  const { accounting, why } = accountFor(seen.history, unfinished);
  const unknown = [...checked.unknown, ...(why === undefined ? [] : [{ invariant: 'accounting', why }])];
  const { measured, measures, expectations, operations } = measure(scenario, seen);
  const verdict = judge({
    ...{ violations, unknown, undecided, crashes, faults: faultRecords, expectations, harness, operations },
    stillArriving: unfinished,
    unsteady: missed(expectationsOfSteady(scenario, measured('steady'))),
    disturbed: usesMachine(scenario)
      ? undefined
      : disturbed(measured('steady')?.host, measured('hold')?.host, availableParallelism()),
  });
  return {
    ...headline(scenario, context),
    ...verdict,
    startMs: relative(seen.beganMs),
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
    ...{ expectations, violations, notApplicable, ...leftOut(reach.known) },
    ...(unknown.length === 0 ? {} : { unknown }),
    ...{ accounting, measures, crashes, harness },
    windows: windows.map((window) => recordWindow(window, relative)),
    ...watched(context, seen, faultRecords),
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
}

/** What was seen of the nodes beside the messages: what they used, what they said of themselves, what they logged. */
function watched(
  { engine, scraper, startedMs, startedWallMs }: ScenarioContext,
  { watch, faults: struck }: Seen,
  faults: readonly FaultRecord[],
): Pick<ScenarioRecord, 'scrapes' | 'series' | 'logs'> {
  const relativeMs = (ms: number): number => Math.round(ms - startedMs);
  const { counts, series } = scraper.take();
  const [first, last] = [watch.phases.at(0), watch.phases.at(-1)];
  const wallOf = (ms: number): number => startedWallMs + (ms - startedMs);
  const logs =
    first && last
      ? engine.logsDuring(wallOf(first.startMs), wallOf(last.endMs), {
          most: mostLogLines,
          // One that never began has no time.
          near: faults
            .filter(({ startMs, endMs }) => endMs > startMs)
            .flatMap(({ startMs, endMs }) => [startedWallMs + startMs, startedWallMs + endMs]),
        })
      : [];
  return {
    scrapes: counts,
    series: seriesOf({ usage: watch.usage, broker: series, proofs: struck.series() }, relativeMs),
    logs: logs.map(({ node, lines, leftOut }) => ({
      ...{ node, leftOut },
      lines: lines.map(({ wallMs, withinMs, text }) => ({ atMs: Math.round(wallMs - startedWallMs), withinMs, text })),
    })),
  };
}

/** What the invariants say of it. */
function check(
  scenario: Scenario,
  context: ScenarioContext,
  { history, paths, stalls, unserved, unfinished }: Seen,
  faults: readonly FaultRecord[],
  relativeMs: (ms: number) => number,
): ReturnType<typeof runChecks> {
  const { config, features, engine, startedMs, startedWallMs } = context;
  const quietMs = config.broker.redeliverWithinMs;
  return runChecks(
    {
      ...{ mqttVersion: config.broker.mqtt.version, history, features, paths, returnMs, unserved, quietMs },
      livenessBoundMs: livenessMs(scenario, context),
      isFreshCluster: context.cluster.fresh,
      starved: stalledFor(stalls, quietMs / 4),
      unhealed: faults.filter(({ healed }) => !healed).map(({ kind, target }) => `${kind} on ${target}`),
      stillArriving: unfinished,
    },
    {
      ...{ scenario: scenario.ownName, knownIssues: config.broker.knownIssues, faults, relativeMs },
      logsAt: (ms, naming) => engine.logsAround(startedWallMs + (ms - startedMs), { lines: 4, naming }),
    },
  );
}

/** Its figures, and the expectations beside them. */
function measure(scenario: Scenario, { windows, watch, recoveryMs }: Seen) {
  const tooLittle = leftTooLittle(possibleIn('hold', windows));
  const measured = (phase: PhaseName): PhaseMeasures | null => {
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
  const expectations = expectationsOf(scenario, measures).map((one) =>
    tooLittle === undefined || one.name === 'recovery' ? one : { ...one, notApplicable: tooLittle },
  );
  const judgedIn = tooLittle === undefined ? ('hold' as const) : ('recover' as const);
  const operations = { phase: judgedIn, possible: possibleIn(judgedIn, windows).judged };
  return { measured, measures, expectations, operations };
}

/** Whether one of its faults is meant to take CPU, memory or disk away: what it does is not somebody else's doing. */
function usesMachine({ faults }: Scenario): boolean {
  return faults.some(({ kind }) => faultKinds.get(kind)?.usesMachine === true);
}

/** What is to be reported in this scenario. Throws when nothing is left that the workload could do. */
function takeUnserved({ reach }: ScenarioContext, found: readonly Unserved[], watched: number): readonly Unserved[] {
  reach.unreported = [...reach.unreported, ...found];
  reach.known = [...reach.known, ...found.filter((one) => !reach.known.some(sameUnserved(one)))];
  if (watched === 0 && reach.unreported.length === 0)
    throw new SkipScenario('the broker delivers nothing that the workload asks for; an earlier scenario reports it');
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

/** Heals, and waits until the cluster is steady by the scenario's own expectations and every path delivers, but no longer than each may take. */
async function recover(
  scenario: Scenario,
  faults: ScenarioFaults,
  prefix: string,
  context: ScenarioContext,
): Promise<{ recoveryMs: number | null; paths: PathReport }> {
  const { workload, engine, clock, signal, lag } = context;
  lag.reset();
  const healMs = await workload.call('mark', { phase: 'recover', windowMs: recoverWindowMs });
  await faults.heal();
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
