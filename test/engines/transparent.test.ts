import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import { connectAsync } from 'mqtt';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { loadAll } from '../../src/config/load-all.ts';
import type { PreparedFault } from '../../src/engines/injection.ts';
import { type FaultEnvironment, requireLinks } from '../../src/engines/local/environment.ts';
import { LinkWatch } from '../../src/engines/local/lanes/link-watch.ts';
import { Ledger } from '../../src/engines/local/ledger.ts';
import { LocalEngine } from '../../src/engines/local/local-engine.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import type { Target } from '../../src/model/scenario.ts';
import { eventually, rejection } from '../support/eventually.ts';
import { type InForce, injected, names, observed, planned, standing } from '../support/faults.ts';
import { packetsCounted } from '../support/kernel.ts';
import { needing } from '../support/needs.ts';

const test = needing('nats-server', 'nft and root');

/**
 * NATS as its own manual would have it: each node's routes are the others' own addresses, and nothing is said about advertising, so that
 * nodes tell one another every address of this machine. No line of it knows of a proxy.
 */
const chaosYml = `
broker:
  name: nats-plain
  links: transparent
  start: nats-server -c "{{ node.folder }}/nats.conf"
  files:
    nats.conf: |
      server_name: {{ node.name }}
      listen: 127.0.0.1:{{ node.ports.client }}
      http: 127.0.0.1:{{ node.ports.http }}
      ping_interval: "200ms"
      ping_max: 10
      jetstream { store_dir: "{{ node.folder }}/jetstream" }
      mqtt {
        listen: 127.0.0.1:{{ node.ports.mqtt }}
      }
      cluster {
        name: {{ cluster.name }}
        listen: 0.0.0.0:{{ node.ports.cluster }}
        routes: [
        {% for peer in peers %}
          nats-route://{{ peer.cluster }}
        {% endfor %}
        ]
      }
  ports: [mqtt, client, cluster, http]
  ready: { mqtt: true, http: "http://127.0.0.1:{{ node.ports.http }}/healthz?js-server-only=true", within: 60s }
  metrics: "http://127.0.0.1:{{ node.ports.http }}"
`;

const nodes = names(3);
const runOf = (privileged: string): string => `transparent-test-${process.pid}-${privileged}`;
const oneToTwo: Target = { type: 'path', from: 'node1', to: 'node2' };

describe('links: transparent', () => {
  let folder: string;
  let engine: LocalEngine;
  let environment: FaultEnvironment;
  const prepared: PreparedFault[] = [];
  const active: InForce[] = [];
  const watches: LinkWatch[] = [];

  const engineWith = (privileged: 'auto' | 'never'): LocalEngine => {
    const run = runOf(privileged);
    const { config } = loadAll({ cwd: folder, env: {}, faultKinds, names: [] });
    return new LocalEngine({
      config,
      mutant: undefined,
      run,
      seed: 'seed',
      workFolder: join(folder, 'work'),
      logFolder: join(folder, 'logs'),
      ledger: Ledger.begin(run, join(folder, 'states')),
      privileged,
      clock: systemClock,
      logger: silentLogger,
    });
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chaos-test-'));
    writeFileSync(join(folder, 'chaos.yml'), chaosYml);
    engine = engineWith('auto');
    await engine.boot(new AbortController().signal);
    environment = standing(engine);
  });
  afterEach(async () => {
    for (const fault of active.splice(0)) await fault.heal();
    for (const fault of prepared.splice(0)) await fault.release();
    for (const watch of watches.splice(0)) await watch.stop();
    await eventually('every route is there again', async () => (await routes()).size === 6);
  });
  afterAll(async () => {
    await engine.stop();
    rmSync(folder, { recursive: true });
  });

  const httpOf = async (node: string, path: string): Promise<Record<string, unknown>> => {
    const url = engine.metricsUrls.find((each) => each.node === node)?.url;
    return (await (await fetch(`${url}/${path}`)).json()) as Record<string, unknown>;
  };

  /** The routes that the nodes themselves say they have, as `from>to`. */
  const routes = async (): Promise<Set<string>> => {
    const ids = new Map<unknown, string>();
    for (const node of nodes) ids.set((await httpOf(node, 'varz')).server_id, node);
    const found = new Set<string>();
    for (const node of nodes) {
      const { routes: list } = (await httpOf(node, 'routez')) as { routes?: { remote_id: string }[] };
      for (const { remote_id } of list ?? []) {
        const to = ids.get(remote_id);
        if (to !== undefined) found.add(`${node}>${to}`);
      }
    }
    return found;
  };

  /** The fastest of five messages that a client of one node publishes to a client of another. */
  const crossingMs = async (from: string, to: string): Promise<number> => {
    const clientOf = (node: string) => {
      const { host, port } = environment.nodes.address(node);
      return connectAsync({ host, port, reconnectPeriod: 0 });
    };
    const [publisher, subscriber] = await Promise.all([clientOf(from), clientOf(to)]);
    const tookMs: number[] = [];
    let publishing: NodeJS.Timeout | undefined;
    try {
      const topic = `crossing/${from}/${to}`;
      subscriber.on('message', (_, payload) => tookMs.push(performance.now() - Number(payload)));
      await subscriber.subscribeAsync(topic);
      // The first ones go nowhere: word of the subscription has to cross too.
      publishing = setInterval(() => publisher.publish(topic, String(performance.now())), 50);
      await eventually(`five messages go from ${from} to ${to}`, () => tookMs.length >= 5);
    } finally {
      clearInterval(publishing);
      await Promise.all([publisher.endAsync(true), subscriber.endAsync(true)]);
    }
    return Math.min(...tookMs);
  };

  const inject = async (kind: string, parameters: Record<string, unknown>, target: Target): Promise<InForce> => {
    const ready = await observed(planned(kind, target, { nodes, parameters }), environment);
    prepared.push(ready);
    await environment.clock.sleep(500);
    const fault = await injected(ready);
    active.push(fault);
    return fault;
  };

  const proven = (fault: InForce): Promise<void> =>
    eventually('it is proven', async () => (await fault.prove()).proven);

  const between = (one: string, two: string): string[] => [`${one}>${two}`, `${two}>${one}`];
  const ordered = nodes.flatMap((from) => nodes.filter((to) => to !== from).map((to) => [from, to] as const));

  test('all that nodes say to one another goes through the proxies, and the nodes know nothing of them', async () => {
    const links = requireLinks(environment);
    for (const to of nodes) {
      const lanes = nodes.filter((from) => from !== to).flatMap((from) => environment.network.path(from, to));
      const bytes = () =>
        lanes.reduce((sum, lane) => sum + links.counters(lane.linkId)[lane.direction].bytesOffered, 0);
      const before = bytes();
      await eventually(`${to} is spoken to`, () => bytes() > before);
    }
    const counted = packetsCounted(runOf('auto'));
    expect(counted.get('past')).toBe(0);
    expect(counted.get('redirected')).toBeGreaterThan(0);
  });

  test('a delay from one node to another is felt by messages of that direction alone', async () => {
    const fault = await inject('network-delay', { delay: '150ms' }, oneToTwo);
    await proven(fault);
    const struckMs = await crossingMs('node1', 'node2');
    expect(struckMs).toBeGreaterThanOrEqual(150);
    expect(struckMs).toBeLessThan(300);
    for (const [from, to] of ordered.filter(([from, to]) => from !== 'node1' || to !== 'node2'))
      expect(await crossingMs(from, to)).toBeLessThan(150);
  });

  test('loss of one direction drops packets of that direction alone', async () => {
    const watch = await LinkWatch.start(environment, environment.network.path('node1', 'node3'), {
      lanes: 2,
      intervalMs: 25,
    });
    watches.push(watch);
    const fault = await inject('packet-loss', { loss: '30%' }, oneToTwo);
    watch.mark();
    expect(fault.mechanism).toBe('nft drop of real packets');
    await proven(fault);
    const seen = () => watch.read().map(({ probe }) => probe.firstLoss);
    await eventually('enough is seen of the other pair', () =>
      seen().every((loss) => (loss?.transmissions ?? 0) > 100),
    );
    for (const loss of seen()) expect(loss?.lossShare).toBeLessThan(0.1);
  });

  test.each<[string, Record<string, unknown>, Target, readonly [string, string], string]>([
    // Of three nodes a ring is opened between the first and the last.
    ['both directions', { shape: 'ring' }, { type: 'links', which: 'cluster' }, ['node1', 'node3'], 'node2'],
    ['one direction alone', {}, oneToTwo, ['node1', 'node2'], 'node3'],
  ])('a cut of %s of one pair ends its route and no other', async (_, parameters, target, [one, two], third) => {
    const fault = await inject('partition', parameters, target);
    await proven(fault);
    await eventually('the nodes have given the route up', async () => {
      const now = await routes();
      return between(one, two).every((route) => !now.has(route));
    });
    const now = await routes();
    for (const route of [...between(one, third), ...between(two, third)]) expect(now.has(route)).toBe(true);
  });

  test('without privileges it is refused before anything is started, with what would do instead', async () => {
    const refused = engineWith('never');
    expect(await rejection(refused.build(new AbortController().signal))).toMatchObject({
      message: 'links: transparent needs root or passwordless sudo: privileges are not to be used (privileged: never)',
      hint: 'leave --privileged away, or say auto; or use links: proxy, which needs nothing',
    });
  });
});
