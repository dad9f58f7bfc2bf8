import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js';
import { createRandom } from '../../src/base/random.ts';
import type {
  Accounting,
  EpisodeRecord,
  ExpectationRecord,
  FaultRecord,
  PhaseMeasures,
  PhaseName,
  PhaseRecord,
  RunRecord,
  ScenarioRecord,
  ViolationRecord,
  WindowRecord,
} from '../../src/model/record.ts';
import { scoreRun } from '../../src/score/run.ts';
import { scoreScenario } from '../../src/score/scenario.ts';

export const basicTier = ['baseline', 'node-kill', 'node-restart', 'node-pause'];

/** What one second of the workload is to look like. `medianMs` undefined: nothing arrives. */
export type Second = { readonly medianMs: number | undefined; readonly doneShare: number };

export type ScenarioShape = Partial<Omit<ScenarioRecord, 'windows' | 'phases' | 'measures' | 'expectations'>> & {
  readonly name: string;
  readonly steadyS?: number;
  readonly holdS?: number;
  readonly recoverS?: number;
  readonly second?: (phase: PhaseName, second: number) => Second;
  readonly recoveryMs?: number | null;
  readonly expect?: { readonly availability: number; readonly p99Ms: number; readonly recoveryMs: number };
};

const seed = 'a-seed';
const perSecond = 300;

export const noMessages: Accounting = {
  published: 0,
  acknowledged: 0,
  unknown: 0,
  notSent: 0,
  unacknowledgeable: 0,
  owed: 0,
  delivered: 0,
  legallyUndelivered: {},
  lost: 0,
  legalDuplicates: {},
};

/** Microseconds to two significant digits, as the workload keeps them. */
export function histogram(latenciesMs: readonly number[]): Histogram {
  const made = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 600_000_000,
    numberOfSignificantValueDigits: 2,
  });
  for (const ms of latenciesMs) made.recordValue(Math.max(1, Math.round(ms * 1_000)));
  return made;
}

export function windowRecord(
  phase: PhaseName,
  startMs: number,
  latenciesMs: readonly number[],
  counts: { readonly possible: number; readonly done: number },
): WindowRecord {
  const made = histogram(latenciesMs);
  const at = (percentile: number): number | null =>
    latenciesMs.length === 0 ? null : made.getValueAtPercentile(percentile) / 1_000;
  return {
    phase,
    startMs,
    lengthMs: 1_000,
    possible: counts.possible,
    done: counts.done,
    published: counts.possible,
    delivered: latenciesMs.length,
    p50Ms: at(50),
    p99Ms: at(99),
    maxMs: at(100),
    latency: latenciesMs.length === 0 ? null : encodeIntoCompressedBase64(made),
  };
}

/** A scenario as the conductor would record it: windows drawn from `second`, all measures computed from them, then scored. */
export function scenarioRecord(shape: ScenarioShape): ScenarioRecord {
  const { steadyS = 10, holdS = 20, recoverS = 10, second = quiet, recoveryMs = 400, expect, ...given } = shape;
  const startMs = given.startMs ?? 3_000;
  const spans: [PhaseName, number][] = [
    ['steady', steadyS],
    ['hold', holdS],
    ['recover', recoverS],
  ];
  const windows: WindowRecord[] = [];
  const phases: PhaseRecord[] = [];
  const skipped = given.verdict === 'skipped';
  let atMs = startMs;
  for (const [name, lengthS] of skipped ? [] : spans) {
    const ofPhase = Array.from({ length: lengthS }, (_, index) =>
      drawSecond(shape.name, name, index, atMs + index * 1_000, second(name, index)),
    );
    windows.push(...ofPhase);
    phases.push({ name, startMs: atMs, endMs: atMs + lengthS * 1_000, measures: phaseMeasures(ofPhase) });
    atMs += lengthS * 1_000;
  }
  const hold = phases.find((phase) => phase.name === 'hold')?.measures ?? null;
  const measures = {
    availability: hold?.availability ?? null,
    p99LatencyMs: hold?.latency?.p99Ms ?? null,
    recoveryMs: skipped ? null : recoveryMs,
    operationsInHold: hold?.acknowledged ?? 0,
  };
  const {
    availability,
    p99Ms,
    recoveryMs: expectedRecoveryMs,
  } = expect ?? { availability: 0.99, p99Ms: 1_000, recoveryMs: 5_000 };
  const expectation = (
    name: ExpectationRecord['name'],
    expected: number,
    unit: ExpectationRecord['unit'],
    measured: number | null,
  ): ExpectationRecord => {
    const isMet = measured !== null && (unit === 'share' ? measured >= expected : measured <= expected);
    return { name, expected, unit, measured, met: isMet };
  };
  const unscored: ScenarioRecord = {
    ownName: shape.name,
    path: null,
    title: `The scenario ${shape.name}`,
    tier: 'basic',
    severity: 'medium',
    dimension: 'auto-recovery',
    parameters: {},
    holdMs: holdS * 1_000,
    verdict: 'pass',
    reason: 'every expectation was met and every message is accounted for',
    attempt: 1,
    earlier: null,
    cluster: { fresh: false, why: 'the one before left it healthy' },
    startMs,
    endMs: atMs,
    score: null,
    interval: null,
    parts: null,
    faults: [],
    violations: [],
    notApplicable: skipped ? [] : [{ invariant: 'expiry', why: 'needs MQTT 5, which the broker does not speak' }],
    accounting: skipped ? noMessages : accountingOf(windows),
    crashes: [],
    harness: { conductorLagP99Ms: 12, workloadLagP99Ms: 9, linksLagP99Ms: 4 },
    scrapes: skipped ? { attempted: 0, answered: 0 } : { attempted: 40, answered: 39 },
    faultsSeenByBroker: null,
    ...given,
    phases,
    expectations: skipped
      ? []
      : [
          expectation('availability', availability, 'share', measures.availability),
          expectation('p99-latency', p99Ms, 'ms', measures.p99LatencyMs),
          expectation('recovery', expectedRecoveryMs, 'ms', measures.recoveryMs),
        ],
    measures,
    windows,
  };
  return { ...unscored, ...scoreScenario(unscored, seed) };
}

/** A run of the given scenarios, scored. */
export function runRecord(
  scenarios: readonly ScenarioRecord[],
  given: Partial<RunRecord> & { readonly catalogue?: readonly string[] } = {},
): RunRecord {
  const { catalogue = basicTier, ...fields } = given;
  const unscored: Omit<RunRecord, keyof ReturnType<typeof scoreRun>> = {
    schemaVersion: 1,
    tool: { name: 'chaos-action', version: '0.1.0' },
    startedAt: '2026-11-03T09:15:00.000Z',
    durationMs: 94_210,
    seed,
    command: `chaos-action run --broker embedded --tier basic --nodes 3 --seed ${seed}`,
    tiers: ['basic'],
    plan: null,
    partial: false,
    error: null,
    broker: {
      name: 'embedded',
      preset: 'embedded',
      config: null,
      nodes: 3,
      mutant: null,
      features: {
        qos2: { available: true, seen: 'a QoS 2 message came exactly once' },
        mqtt5: { available: false, seen: 'CONNACK with return code 1 to protocol level 5' },
        retained: { available: true, seen: 'a fresh subscriber at node3 saw the retained value' },
        wills: { available: true, seen: 'a will came after an abnormal close' },
        sharedSubscriptions: { available: false, seen: 'nothing came on $share/g/t' },
        persistentSessions: { available: true, seen: 'session present 1 on return' },
      },
    },
    environment: {
      os: 'Ubuntu 24.04.1 LTS',
      kernel: '6.8.0-1021-azure',
      node: 'v24.1.0',
      cpuModel: 'AMD EPYC 7763 64-Core Processor',
      cpus: 4,
      memoryBytes: 16_770_000_000,
      ci: 'GitHub Actions',
    },
    workload: { profile: 'mixed', ratePerSecond: perSecond, payloadBytes: 128 },
    knownIssues: [],
    scenarios,
  };
  const base = { ...unscored, ...fields };
  return { ...base, ...scoreRun({ scenarios, seed: base.seed, partial: base.partial, catalogue }), ...fields };
}

/** A scenario of one node, killed for all of hold: its recovery is all that it can show. */
export function aloneScenario(given: Partial<ScenarioShape> = {}): ScenarioRecord {
  const scenario = scenarioRecord({
    name: 'node-kill',
    faults: [faultRecord({ target: 'node1' })],
    second: (phase) => (phase === 'hold' ? { medianMs: undefined, doneShare: 0 } : quiet()),
    ...given,
  });
  return rescored({
    ...scenario,
    measures: { ...scenario.measures, availability: null, p99LatencyMs: null },
    expectations: scenario.expectations.map((one) =>
      one.name === 'recovery'
        ? one
        : { ...one, measured: null, met: false, notApplicable: 'the faults left no operation possible in hold' },
    ),
  });
}

export function faultRecord(given: Partial<FaultRecord> = {}): FaultRecord {
  return {
    kind: 'kill',
    target: 'node2',
    mechanism: 'signal',
    injected: 'SIGKILL to pid 4711',
    observed: 'pid 4711 gone from /proc after 3 ms; the MQTT port refuses connections',
    proven: true,
    figures: { goneAfterMs: 3 },
    startMs: 13_000,
    endMs: 33_000,
    healed: true,
    ...given,
  };
}

export function violationRecord(given: Partial<ViolationRecord> = {}): ViolationRecord {
  return {
    invariant: 'no-acknowledged-loss',
    statement: 'every acknowledged message of QoS 1 and 2 reaches every subscription it is owed to',
    clause: 'MQTT-4.3.2-2',
    count: 12,
    known: null,
    examples: [
      {
        what: 'message 1041 of flow q1-n1-n3, acknowledged by node2 at 14.2 s, never came to s-n3-1',
        atMs: 14_210,
        facts: {
          flow: 'q1-n1-n3',
          sequence: 1_041,
          qos: 1,
          publisher: 'p-n2-1',
          acknowledgedAtMs: 14_203,
          's-n3-1': null,
        },
        faultsInForce: ['kill node2'],
        logs: ['node1 | peer node2 closed: ECONNRESET', 'node3 | peer node2 closed: ECONNRESET'],
      },
    ],
    ...given,
  };
}

/** Messages 78 to 82 were acknowledged just before node2 was killed, and never came to a subscriber at node3. */
export function episodeRecord(given: Partial<EpisodeRecord> = {}): EpisodeRecord {
  return {
    flow: 'commands from node2',
    qos: 1,
    publisher: {
      client: 'chaos-2f-publisher-3',
      node: 'node2',
      connections: [
        { fromMs: 3_010, toMs: 13_050, sessionPresent: false },
        { fromMs: 33_400, toMs: null, sessionPresent: true },
      ],
      connectionsLeftOut: 0,
    },
    subscriber: {
      client: 'chaos-2f-durable-node3',
      node: 'node3',
      connections: [{ fromMs: 3_000, toMs: null, sessionPresent: false }],
      connectionsLeftOut: 0,
    },
    first: 78,
    last: 82,
    messages: 5,
    fromMs: 12_700,
    toMs: 12_900,
    acknowledgedMs: [12_710, 12_912],
    seenMs: null,
    logs: [{ moment: 'message 78 was acknowledged by node2', atMs: 12_710, lines: ['node1 | peer node2 lost'] }],
    ...given,
  };
}

let passing: RunRecord | undefined;

/** The basic tier, all of it good. Built once: it is never changed. */
export function passingRun(): RunRecord {
  passing ??= buildPassingRun();
  return passing;
}

function buildPassingRun(): RunRecord {
  return runRecord([
    scenarioRecord({ name: 'baseline', title: 'No fault at all', severity: 'none', dimension: 'fault-isolation' }),
    killScenario(),
    scenarioRecord({
      name: 'node-restart',
      title: 'A node is stopped and started again',
      severity: 'medium',
      startMs: 88_000,
      faults: [
        faultRecord({
          kind: 'restart',
          target: 'node3',
          injected: 'SIGTERM to pid 4720, started again after 5 s',
          observed: 'pid 4720 gone, new pid 4802; an MQTT ping was answered after 6.1 s',
          startMs: 98_000,
          endMs: 118_000,
        }),
      ],
      faultsSeenByBroker: 1,
      recoveryMs: 1_900,
      second: (phase, at) => (phase === 'hold' && at < 6 ? { medianMs: 40, doneShare: 0.97 } : quiet()),
      expect: { availability: 0.9, p99Ms: 1_000, recoveryMs: 5_000 },
    }),
    scenarioRecord({
      name: 'node-pause',
      title: 'A node stands still',
      severity: 'medium',
      dimension: 'fault-isolation',
      startMs: 130_000,
      faults: [
        faultRecord({
          kind: 'pause',
          target: 'node1',
          injected: 'SIGSTOP to pid 4699',
          observed: 'state T in /proc/4699/stat; an MQTT ping got no answer within 1 s',
          startMs: 140_000,
          endMs: 160_000,
        }),
      ],
      faultsSeenByBroker: 0,
      recoveryMs: 2_600,
      second: (phase, at) => (phase === 'hold' && at > 2 && at < 6 ? { medianMs: undefined, doneShare: 0.6 } : quiet()),
      expect: { availability: 0.85, p99Ms: 1_000, recoveryMs: 5_000 },
    }),
  ]);
}

/** Loses acknowledged messages when a node is killed, is too slow to come back, and one node dies of itself. */
export function failingRun(): RunRecord {
  const [baseline, , restart, pause] = passingRun().scenarios;
  if (!baseline || !restart || !pause) throw new Error('the passing run has four scenarios');
  const kill = killScenario();
  return runRecord(
    [
      baseline,
      rescored({
        ...kill,
        verdict: 'fail',
        reason: '12 acknowledged messages were lost',
        violations: [
          violationRecord(),
          violationRecord({ invariant: 'ordering', count: 3, clause: 'MQTT-4.6.0-6', examples: [] }),
        ],
        accounting: { ...kill.accounting, delivered: kill.accounting.delivered - 12, lost: 12 },
      }),
      scenarioRecord({
        ...shapeOf(restart),
        verdict: 'fail',
        reason: 'the cluster did not recover within 10 s',
        recoveryMs: null,
        second: (phase) => (phase === 'steady' ? quiet() : { medianMs: 700, doneShare: 0.71 }),
        crashes: [
          {
            node: 'node1',
            atMs: 101_400,
            how: 'exit code 2 after SIGSEGV',
            lastLines: ['panic: runtime error: index out of range [3] with length 3', 'goroutine 88 [running]:'],
          },
        ],
      }),
      pause,
    ],
    {
      broker: { ...passingRun().broker, name: 'emqx-go', preset: 'emqx-go' },
      command: 'chaos-action run --broker emqx-go --tier basic --nodes 3 --seed a-seed',
    },
  );
}

/** A fault that could not be proven twice, and a scenario that has no mechanism here. */
export function inconclusiveRun(): RunRecord {
  const [baseline, kill, restart] = passingRun().scenarios;
  if (!baseline || !kill || !restart) throw new Error('the passing run has four scenarios');
  const unproven = rescored({
    ...kill,
    verdict: 'inconclusive',
    reason: 'the effect of kill on node2 was not observed',
    faults: kill.faults.map((fault) => ({ ...fault, proven: false, observed: 'nothing: pid 4711 still answers' })),
  });
  return runRecord([
    baseline,
    { ...unproven, attempt: 2, earlier: unproven },
    restart,
    scenarioRecord({ name: 'node-pause', verdict: 'skipped', reason: 'SIGSTOP is not available here' }),
  ]);
}

/** A violation that chaos.yml knows of: reported, never failing. */
export function knownIssueRun(): RunRecord {
  const scenarios = passingRun().scenarios.map((scenario) =>
    scenario.name === 'node-pause'
      ? rescored({
          ...scenario,
          violations: [
            violationRecord({
              invariant: 'ordering',
              count: 100,
              known: 'https://example.org/issues/7: the prefetch reorders',
            }),
          ],
        })
      : scenario,
  );
  return runRecord(scenarios);
}

/** Cancelled after two scenarios. */
export function partialRun(): RunRecord {
  return runRecord(passingRun().scenarios.slice(0, 2), {
    partial: true,
    error: { code: 'cancelled', message: 'SIGINT during node-restart', hint: 'everything injected was healed' },
  });
}

export function rescored(scenario: ScenarioRecord): ScenarioRecord {
  return { ...scenario, ...scoreScenario(scenario, seed) };
}

/** 20 ms at the median, everything done. */
export function quiet(): Second {
  return { medianMs: 20, doneShare: 1 };
}

function killScenario(): ScenarioRecord {
  return scenarioRecord({
    name: 'node-kill',
    title: 'A node dies and stays away',
    severity: 'high',
    dimension: 'fault-isolation',
    parameters: { node: 'any', away: '20s' },
    startMs: 46_000,
    faults: [faultRecord({ startMs: 56_000, endMs: 76_000 })],
    faultsSeenByBroker: 1,
    recoveryMs: 3_100,
    second: (phase, at) => (phase === 'hold' && at < 3 ? { medianMs: 240, doneShare: 0.7 } : quiet()),
    expect: { availability: 0.9, p99Ms: 1_000, recoveryMs: 5_000 },
  });
}

function shapeOf(scenario: ScenarioRecord): ScenarioShape {
  const { windows: _windows, phases: _phases, measures: _measures, expectations: _expectations, ...shape } = scenario;
  return shape;
}

function drawSecond(name: string, phase: PhaseName, index: number, startMs: number, second: Second): WindowRecord {
  const random = createRandom(`${name}/${phase}/${index}`);
  const done = Math.round(perSecond * second.doneShare);
  const { medianMs } = second;
  const latencies =
    medianMs === undefined
      ? []
      : Array.from(
          { length: done },
          () => medianMs * Math.exp((random.next() + random.next() + random.next() - 1.5) * 1.2),
        );
  return windowRecord(phase, startMs, latencies, { possible: perSecond, done });
}

function phaseMeasures(windows: readonly WindowRecord[]): PhaseMeasures {
  const sum = (of: (window: WindowRecord) => number): number =>
    windows.reduce((total, window) => total + of(window), 0);
  const possible = sum((window) => window.possible);
  const done = sum((window) => window.done);
  const merged = merge(windows);
  const at = (percentile: number): number => merged.getValueAtPercentile(percentile) / 1_000;
  return {
    possible,
    done,
    availability: possible === 0 ? null : done / possible,
    acknowledged: done,
    delivered: sum((window) => window.delivered),
    deliveredPerSecond: sum((window) => window.delivered) / Math.max(1, windows.length),
    reconnects: 0,
    latency:
      merged.totalCount === 0
        ? null
        : { count: merged.totalCount, p50Ms: at(50), p95Ms: at(95), p99Ms: at(99), p999Ms: at(99.9), maxMs: at(100) },
    nodes: ['node1', 'node2', 'node3'].map((name) => ({
      name,
      cpuCores: name === 'node2' ? null : 0.31,
      memoryBytes: 84_000_000,
    })),
  };
}

/** By hdr-histogram-js itself, against which the bootstrap's own merging is held. */
export function merge(windows: readonly WindowRecord[]): Histogram {
  const merged = histogram([]);
  for (const { latency } of windows) if (latency !== null) merged.add(decodeFromCompressedBase64(latency));
  return merged;
}

function accountingOf(windows: readonly WindowRecord[]): Accounting {
  const published = windows.reduce((sum, window) => sum + window.published, 0);
  const acknowledged = windows.reduce((sum, window) => sum + window.done, 0);
  const notSent = published - acknowledged;
  return {
    published: published + 4_000,
    acknowledged,
    unknown: 0,
    notSent,
    unacknowledgeable: 4_000,
    owed: acknowledged + 4_000,
    delivered: acknowledged + 3_990,
    legallyUndelivered: { 'QoS 0 while a link was down': 10 },
    lost: 0,
    legalDuplicates: { 'QoS 1 sent again after a reconnect': 5 },
  };
}
