import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../src/base/logger.ts';
import { loadAll } from '../../src/config/load-all.ts';
import type { Crash, Engine } from '../../src/engines/engine.ts';
import type { ActiveFault, PreparedFault } from '../../src/engines/injection.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import type { Effect } from '../../src/model/effects.ts';
import type { PhaseName, RunRecord } from '../../src/model/record.ts';
import type { Plan, Scenario } from '../../src/model/scenario.ts';
import type { Repeat } from '../../src/run/decide.ts';
import { run } from '../../src/run/run.ts';
import type { StreamFacts } from '../../src/workload/flows/stream/facts.ts';
import type { PathReport } from '../../src/workload/path-report.ts';
import type { WindowSummary } from '../../src/workload/windows.ts';
import type { WorkloadMethods } from '../../src/workload/worker.ts';
import type { Workload } from '../../src/workload/workload.ts';
import { names } from '../support/faults.ts';
import { features, ofStream, oneWay } from '../support/histories.ts';
import { windowRecord } from '../support/records.ts';
import { virtualClock } from '../support/virtual-clock.ts';

/** What one run of a scenario comes to. What is left out is as with a sound broker. */
export type Outcome = {
  readonly availability?: number;
  readonly p99Ms?: number;
  readonly history?: StreamFacts;
  /** Rejects the start of the workload: no message gets through. */
  readonly noSteadyState?: string;
  /** The thread of the workload ends when this phase begins. */
  readonly threadEndsIn?: PhaseName;
};

/** What happens instead of what goes well. */
export type Troubles = {
  /** In the order of the scenarios' runs; the last one holds for all that follow. */
  readonly outcomes?: readonly Outcome[];
  /** Why an effect is not offered. */
  readonly refuses?: (effect: Effect, to: 'any cluster' | 'this cluster') => string | undefined;
  readonly unfit?: (effects: readonly string[]) => string | undefined;
  /** The cluster does not pass messages on when it is looked at between two scenarios. */
  readonly isUnhealthy?: () => boolean;
  readonly boot?: (number: number) => void;
  readonly observe?: (effect: Effect) => void;
  readonly inject?: () => void;
  readonly prove?: () => { readonly proven: boolean };
  readonly heal?: () => void;
  /** Called once the clients of a run have left. */
  readonly afterRun?: (cluster: { crash(node: string): void }) => void;
  /** Called as a phase begins. */
  readonly onPhase?: (phase: PhaseName, cluster: { crash(node: string): void; abort(reason: Error): void }) => unknown;
};

export type FakeRun = {
  readonly record: RunRecord;
  /** What was done to the cluster, its clients and its faults, in order. */
  readonly events: readonly string[];
  /** Each phase as it began, `scenario/phase`. */
  readonly phases: readonly string[];
};

/** Scenarios of a single pause of one node, by these names. */
export function scenarios(...wanted: readonly string[]): Scenario[] {
  const { scenarios: loaded } = loadAll({
    cwd: tmpdir(),
    env: {},
    preset: 'embedded',
    faultKinds,
    names: ['node-pause'],
  });
  const [pause] = loaded;
  if (!pause) throw new Error('there is no node-pause');
  return wanted.map((name) => ({ ...pause, name, ownName: name }));
}

/** The conductor on a cluster, a workload and a clock that are all made up. */
export async function fakeRun(
  wanted: readonly Scenario[],
  troubles: Troubles = {},
  { plan, repeat = 3 }: { readonly plan?: Plan; readonly repeat?: Repeat } = {},
): Promise<FakeRun> {
  const clock = virtualClock();
  const folder = mkdtempSync(join(tmpdir(), 'chaos-test-'));
  const { config } = loadAll({ cwd: folder, env: {}, preset: 'embedded', faultKinds, names: [] });
  const abort = new AbortController();
  const threadEnded = new AbortController();
  const events: string[] = [];
  const phases: string[] = [];
  let crashes: Crash[] = [];
  let boots = 0;
  let runs = 0;
  const crash = (node: string): void => {
    crashes.push({ node, atMs: clock.nowMs(), how: 'ended with exit code 1', lastLines: [] });
  };

  const active = (): ActiveFault => ({
    mechanism: 'made up',
    async prove() {
      const { proven } = troubles.prove?.() ?? { proven: true };
      return { proven, failed: [], observed: proven ? 'it was in force' : 'it was not in force', figures: {} };
    },
  });
  const observe = (effect: Effect): PreparedFault => {
    troubles.observe?.(effect);
    let isHealed = false;
    return {
      steadyIsOver() {
        events.push(`steady is over for ${effect.type}`);
      },
      async inject() {
        events.push(`inject ${effect.type}`);
        troubles.inject?.();
        return active();
      },
      async heal() {
        if (isHealed) return;
        troubles.heal?.();
        isHealed = true;
        events.push(`heal ${effect.type}`);
      },
      async release() {
        events.push(`release ${effect.type}`);
      },
    };
  };
  const nodes = names(config.nodes);
  const engine: Engine = {
    shape: { nodes },
    broken: new AbortController().signal,
    endpoints: nodes.map((node) => ({ node, host: '127.0.0.1', port: 1, ...config.broker.mqtt })),
    metricsUrls: [],
    async build() {
      events.push('build');
    },
    async boot(_, effects = []) {
      boots++;
      events.push(`boot for ${effects.join(' and ') || 'nothing'}`);
      troubles.boot?.(boots);
      crashes = [];
      await clock.sleep(1_000);
    },
    unfit: (effects) => troubles.unfit?.(effects),
    async stop(withinMs) {
      events.push(withinMs === undefined ? 'stop' : `stop within ${withinMs} ms`);
    },
    offers(effect, to) {
      const reason = troubles.refuses?.(effect, to);
      return reason === undefined ? { mechanism: 'made up' } : { reason };
    },
    observe: async ({ effect }) => observe(effect),
    usage: () => [],
    linksLag: async () => quickLoop,
    takeCrashes: () => crashes.splice(0),
    logsAround: () => [],
    logsDuring: () => [],
    cutLogs: () => [],
    logsBetween: () => 0,
  };

  const outcomeOf = (number: number): Outcome =>
    troubles.outcomes?.[Math.min(number, troubles.outcomes.length - 1)] ?? {};
  let outcome: Outcome = {};
  let begun: { readonly phase: PhaseName; readonly startMs: number }[] = [];
  const windows = (): WindowSummary[] =>
    begun.map(({ phase, startMs }, i) => window(phase, startMs, begun[i + 1]?.startMs ?? clock.nowMs(), outcome));
  const methods: { [K in keyof WorkloadMethods]: (argument: never) => unknown } = {
    probeFeatures: () => features(),
    checkPaths: (): PathReport => ({
      startedMs: clock.nowMs(),
      endedMs: clock.nowMs(),
      accepted: nodes.map((node) => ({ node, atMs: runs > 0 && troubles.isUnhealthy?.() ? null : clock.nowMs() })),
      paths: [],
    }),
    async begin() {
      outcome = outcomeOf(runs++);
      begun = [];
      events.push('clients connect');
      if (outcome.noSteadyState !== undefined) throw new Error(outcome.noSteadyState);
      return { unserved: [], subscriptions: 1 };
    },
    start: () => begun.push({ phase: 'steady', startMs: clock.nowMs() }),
    mark({ phase }: { phase: PhaseName }) {
      begun.push({ phase, startMs: clock.nowMs() });
      return clock.nowMs();
    },
    impactBegins: () => {},
    impactEnds: () => {},
    progress: () => ({ published: 0, acknowledged: 0, delivered: 0 }),
    recovery: () => 500,
    silent: () => 0,
    stop: () => {},
    async drain() {
      await clock.sleep(1_000);
      return { outstanding: 0, unsettled: 0, absent: 0, tookMs: 1_000, reconnected: 0, unfinished: false };
    },
    finish: () => ({ history: ofStream(outcome.history ?? oneWay({ offered: 300 })), windows: windows() }),
    end() {
      events.push('clients leave');
      troubles.afterRun?.({ crash });
    },
    lag: () => quickLoop,
  };
  const workload: Workload = {
    ended: threadEnded.signal,
    async call(method, ...argument) {
      threadEnded.signal.throwIfAborted();
      return (await methods[method]?.(argument[0] as never)) as never;
    },
    async terminate() {},
  };

  try {
    const record = await run(
      {
        ...{ config, scenarios: wanted, catalogue: wanted.map(({ name }) => name), tiers: ['basic'], plan, repeat },
        ...{
          seed: 'seed',
          mutant: undefined,
          version: '0',
          command: '',
          metricsFolder: join(folder, 'metrics'),
          ci: null,
        },
      },
      {
        ...{ engine, workload, clock, logger: silentLogger, signal: abort.signal },
        lag: { reset() {}, read: () => quickLoop, stop() {} },
        events: {
          onStage() {},
          onScenario() {},
          onRecord() {},
          onProgress({ scenario, phase }) {
            const begins = `${scenario.name}/${phase}`;
            if (phases.at(-1) === begins) return;
            phases.push(begins);
            // The warm-up is entered before the clients are asked for.
            const { threadEndsIn } = phase === 'warm-up' ? outcomeOf(runs) : outcome;
            if (threadEndsIn === phase) threadEnded.abort(new Error('the workload thread ended'));
            troubles.onPhase?.(phase, { crash, abort: (reason) => abort.abort(reason) });
          },
        },
      },
    );
    return { record, events, phases };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const quickLoop = { p50Ms: 0, p99Ms: 1, maxMs: 1 };

function window(phase: PhaseName, startMs: number, endMs: number, outcome: Outcome): WindowSummary {
  const possible = 1_000;
  const inHold = phase === 'hold';
  const done = Math.round(possible * (inHold ? (outcome.availability ?? 1) : 1));
  const latencyMs = inHold ? (outcome.p99Ms ?? 5) : 5;
  return {
    ...{ phase, startMs, endMs, due: possible, judged: possible, possible, done, published: possible },
    ...{ acknowledged: done, delivered: done, reconnects: 0, count: done },
    ...{ p50Ms: latencyMs, p99Ms: latencyMs, maxMs: latencyMs },
    latency: windowRecord(phase, startMs, Array(100).fill(latencyMs), { possible, done }).latency,
  };
}
