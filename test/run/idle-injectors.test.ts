import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { loadAll } from '../../src/config/load-all.ts';
import { shapeOf } from '../../src/config/template.ts';
import type { ObservableFault } from '../../src/engines/engine.ts';
import type { PreparedFault } from '../../src/engines/injection.ts';
import { observe } from '../../src/engines/local/effects/registry.ts';
import { type FaultEnvironment, requireLinks } from '../../src/engines/local/environment.ts';
import type { Packets } from '../../src/engines/local/lanes/packets.ts';
import { Ledger } from '../../src/engines/local/ledger.ts';
import { LocalEngine } from '../../src/engines/local/local-engine.ts';
import { whySkipped } from '../../src/faults/possible.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import { watchLoopLag } from '../../src/metrics/loop-lag.ts';
import { startScraper } from '../../src/metrics/scrape.ts';
import { runScenario } from '../../src/run/scenario.ts';
import type { UnscoredScenario } from '../../src/run/scenario-context.ts';
import { openWorkload } from '../../src/workload/workload.ts';
import { idle } from '../support/echo-network.ts';
import { standing } from '../support/faults.ts';
import { idleHost } from '../support/hosts.ts';
import { identityOf, processes } from '../support/processes.ts';
import { writeScenario } from '../support/short-scenario.ts';
import { openSink, type Sink } from '../support/sink.ts';

// Each kind of fault in a scenario of a real cluster under a real workload, with the real proof and with an injector that does nothing:
// the run must say "not proven" of each and decide nothing. Those of one broker share a scenario: none of them does anything. The proofs' own tests,
// which show them true as well, are in test/faults.

const startProcess = processes();
let sink: Sink;
let closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  sink = await openSink();
  closing = [() => sink.close()];
});
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

type Ways = { readonly [way: string]: (environment: FaultEnvironment) => FaultEnvironment };

/** How an injector is made to do nothing: what it orders is taken, and not done. */
const ways = {
  /** The links, and the kernel below them. */
  links: (environment) => ({
    ...environment,
    links: idle(requireLinks(environment)),
    packets: environment.packets && nothingDone(environment.packets),
  }),
  nodes: (environment) => ({
    ...environment,
    nodes: { ...environment.nodes, kill: async () => {}, start: () => {}, signal: () => [] },
  }),
  host: (environment) => ({ ...environment, host: idleHost(environment.host) }),
  limits: (environment) => {
    const { limits } = environment;
    if (!limits) throw new Error('the nodes have no cgroups');
    const nothing = { async set() {} };
    return { ...environment, limits: { cpu: { ...limits.cpu, ...nothing }, memory: { ...limits.memory, ...nothing } } };
  },
  /** Clients that end up somewhere else. */
  clients: (environment) => ({ ...environment, network: { ...environment.network, entry: () => sink.address } }),
  /** A process that is none of the node's. */
  processes: (environment) => {
    const decoy = startProcess('exec sleep 60');
    const own = (node: string) => ({ ...environment.nodes.processes(node)[0], ...identityOf(decoy.pid) }) as never;
    return { ...environment, nodes: { ...environment.nodes, processes: (node) => [own(node)] } };
  },
} satisfies Ways;

const nothingDone = (packets: Packets): Packets => ({
  drop: (lanes, _share, scope) => packets.drop(lanes, 0, scope),
  shape: packets.shape && (async () => ({ packets: async () => 1_000 })),
});

type Way = keyof typeof ways;
type Case = {
  readonly fault: string;
  readonly way: Way;
  readonly broker?: string;
};

const cases: Readonly<Record<string, Case>> = {
  'network-delay': { fault: 'on: links.cluster, delay: 100ms', way: 'links' },
  'packet-loss': { fault: 'on: links.cluster, loss: 10%', way: 'links' },
  bandwidth: { fault: 'on: links.cluster, rate: 50KB/s', way: 'links' },
  partition: { fault: 'on: links.cluster, groups: minority', way: 'links' },
  'connection-reset': { fault: 'on: links.cluster', way: 'links' },
  'rpc-fault': {
    fault: 'on: links.cluster, method: "*", action: status, status: UNAVAILABLE, share: 30%',
    way: 'links',
    broker: 'grpc',
  },
  kill: { fault: 'on: any', way: 'nodes' },
  restart: { fault: 'on: any, downtime: 1s', way: 'nodes' },
  pause: { fault: 'on: any', way: 'nodes' },
  'clock-skew': { fault: 'on: any, offset: +5s', way: 'processes' },
  'cpu-stress': { fault: 'on: all, load: 50%', way: 'host' },
  'cpu-quota': { fault: 'on: any, quota: 20%', way: 'limits' },
  'memory-stress': { fault: 'on: all, size: 128MiB', way: 'host' },
  'memory-limit': { fault: 'on: any', way: 'limits' },
  'io-stress': { fault: 'on: all, writers: 4', way: 'host' },
  'disk-full': { fault: 'on: any', way: 'host' },
  'fd-exhaustion': { fault: 'on: any', way: 'host' },
  'malformed-input': { fault: 'on: any, rate: 100/s', way: 'clients' },
  'connection-storm': { fault: 'on: any, connections: 50, rate: 100/s', way: 'clients' },
  'slow-consumer': { fault: 'on: any, connections: 2, rate: 1MB/s', way: 'clients' },
  load: { fault: 'on: all, rate: 100/s', way: 'clients' },
};

const brokers: Readonly<Record<string, string>> = {
  embedded: 'broker: { preset: embedded }',
  grpc: `broker:
  name: grpc-broker
  ports: [mqtt, cluster]
  start: 'exec "{{ tool.node }}" "${join(import.meta.dirname, '..', 'support', 'grpc-js', 'broker.mjs')}" {{ node.ports.mqtt }} {{ node.ports.cluster }} {{ peers | map: "cluster" | join: " " }}'`,
};

type Scene = {
  readonly refuses: (kind: string) => string | undefined;
  /** A scenario of all the kinds of this broker, run once. */
  readonly run: () => Promise<UnscoredScenario>;
};
const scenes = new Map<string, Promise<Scene>>();

/** Its injectors do nothing, and it shows nothing that the broker says of itself. */
class IdleEngine extends LocalEngine {
  override get metricsUrls() {
    return [];
  }

  override async observe(fault: ObservableFault): Promise<PreparedFault> {
    const own = cases[fault.kind];
    if (!own) throw new Error(`no case of ${fault.kind}`);
    return observe(fault, ways[own.way](standing(this)));
  }
}

/** A booted cluster of a broker, and what runs a scenario of one kind of fault on it. */
async function scene(broker: string): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'chaos-test-'));
  closing.push(async () => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'chaos.yml'), brokers[broker] ?? '');
  const load = (...names: readonly string[]) => loadAll({ cwd: folder, env: {}, faultKinds, names });
  const { config } = load();
  const run = `idle-${broker}-${process.pid}`;
  const ledger = Ledger.begin(run, join(folder, 'states'));
  const engine = new IdleEngine({
    config,
    mutant: undefined,
    run,
    seed: 'seed',
    workFolder: join(folder, 'work'),
    logFolder: join(folder, 'logs'),
    ledger,
    clock: systemClock,
    logger: silentLogger,
  });
  const workload = openWorkload();
  const lag = watchLoopLag();
  const scraper = startScraper({ targets: () => [], folder: join(folder, 'metrics'), secrets: [], clock: systemClock });
  closing.push(async () => {
    lag.stop();
    await scraper.stop();
    await workload.terminate();
    await engine.stop();
  });
  const { signal } = new AbortController();
  // With what the limits of a node need; a run boots anew for them.
  await engine.boot(signal, ['cpu-quota', 'memory-limit']);
  const [endpoint] = engine.endpoints;
  if (!endpoint) throw new Error('a cluster without an endpoint');
  const features = await workload.call('probeFeatures', { endpoint });
  const refusalOf = (kind: string): string | undefined => {
    const name = writeScenario(folder, {
      name: `offered-${kind}`,
      title: 'One kind of fault',
      phases: '{ steady: 1s, hold: 5s, recover: 5s }',
      faults: `[{ kind: ${kind}, ${cases[kind]?.fault} }]`,
    });
    const [spec] = load(name).scenarios[0]?.faults ?? [];
    if (!spec) throw new Error(`no fault in ${name}`);
    return whySkipped([spec], shapeOf(config), (effect) => engine.offers(effect, 'this cluster'));
  };
  const offered = Object.entries(cases).filter(
    ([kind, { broker: wanted = 'embedded' }]) => wanted === broker && refusalOf(kind) === undefined,
  );
  let running: Promise<UnscoredScenario> | undefined;
  return {
    refuses: refusalOf,
    run() {
      running ??= runIdle();
      return running;
    },
  };

  function runIdle(): Promise<UnscoredScenario> {
    const faults = offered.map(([kind, { fault }]) => `{ kind: ${kind}, ${fault} }`);
    const name = writeScenario(folder, {
      name: `idle-${broker}`,
      title: 'Injectors that do nothing',
      // A Date header is believed after a second and a half.
      phases: '{ steady: 1500ms, hold: 5s, recover: 5s }',
      faults: `[${faults.join(', ')}]`,
    });
    const [scenario] = load(name).scenarios;
    if (!scenario) throw new Error(`no scenario of ${broker}`);
    return runScenario(scenario, {
      ...{ engine, workload, scraper, config, features, lag, signal },
      ...{ clock: systemClock, logger: silentLogger, seed: 'seed', attempt: 1 },
      reach: { known: [], unreported: [] },
      bootMs: 0,
      cluster: { fresh: true, why: 'first scenario' },
      startedMs: systemClock.nowMs(),
      startedWallMs: systemClock.wallMs(),
      onProgress() {},
    });
  }
}

describe('an injector that does nothing is found out, and its scenario decides nothing:', () => {
  test('every kind has its case', () => {
    expect(Object.keys(cases).sort()).toEqual([...faultKinds.keys()].sort());
  });

  test.each(Object.keys(cases))('%s', async (kind) => {
    const { broker = 'embedded' } = cases[kind] ?? {};
    const made = scenes.get(broker) ?? scene(broker);
    scenes.set(broker, made);
    const refused = (await made).refuses(kind);
    if (refused !== undefined) {
      // A run skips it, for a reason that doctor gives too.
      expect(refused).toContain(`${kind} cannot be done here: `);
      return;
    }
    const { verdict, reason, faults, violations, measures } = await (await made).run();
    expect({ verdict, reason, violations }).toEqual({
      verdict: 'inconclusive',
      // With the condition that failed, what was measured, and its bound.
      reason: expect.stringMatching(`(^|; )${kind} was not proven: [^;]+: [^;]+, needed [^;]+; `),
      violations: [],
    });
    expect(faults.filter((fault) => fault.kind === kind)).toEqual([
      expect.objectContaining({ proven: false, healed: true }),
    ]);
    // It was not for want of a workload.
    expect(measures.operationsInHold).toBeGreaterThan(20);
  });
});
