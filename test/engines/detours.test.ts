import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { loadAll } from '../../src/config/load-all.ts';
import { requireLinks } from '../../src/engines/local/environment.ts';
import { Ledger } from '../../src/engines/local/ledger.ts';
import { LocalEngine } from '../../src/engines/local/local-engine.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import { linkedPaths } from '../../src/model/topology.ts';
import { eventually } from '../support/eventually.ts';
import { names, observed, planned, standing } from '../support/faults.ts';
import { needing } from '../support/needs.ts';

// Nodes that do not go through the link proxies: those that join late, and those that dial one another past them.

const nodes = names(2);
const joiner = join(import.meta.dirname, '..', 'support', 'joiner.mjs');
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
}, 60_000);

type Cluster = { readonly engine: LocalEngine; readonly warnings: readonly string[]; boot(): Promise<void> };

/** A cluster of two nodes that join in this manner so long after their start. */
function cluster(options: {
  readonly links: 'proxy' | 'transparent';
  readonly manner: 'dial' | 'dial-back' | 'meet';
  readonly afterMs: number;
  readonly peerPorts?: string;
  readonly joinWithinMs?: number;
}): Cluster {
  const { links, manner, afterMs, peerPorts = 'cluster' } = options;
  const folder = mkdtempSync(join(tmpdir(), 'chaos-test-'));
  writeFileSync(
    join(folder, 'chaos.yml'),
    `broker:
  name: joiner
  links: ${links}
  ports: [mqtt, cluster, other]
  peer-ports: [${peerPorts}]
  start: 'exec "{{ tool.node }}" "${joiner}" {{ node.ports.mqtt }} {{ node.ports.cluster }} ${manner} ${afterMs} {{ peers | map: "${peerPorts}" | join: " " }}'
cluster: { nodes: ${nodes.length} }
`,
  );
  const { config } = loadAll({ cwd: folder, env: {}, faultKinds, names: [] });
  const run = `detours-${process.pid}-${links}-${manner}`;
  const warnings: string[] = [];
  const engine = new LocalEngine({
    ...{ config, mutant: undefined, run, seed: 'seed' },
    workFolder: join(folder, 'work'),
    logFolder: join(folder, 'logs'),
    ledger: Ledger.begin(run, join(folder, 'states')),
    joinWithinMs: options.joinWithinMs,
    clock: systemClock,
    logger: { debug() {}, info() {}, warn: (message) => warnings.push(message) },
  });
  closing.push(async () => {
    await engine.stop();
    rmSync(folder, { recursive: true });
  });
  return { engine, warnings, boot: () => engine.boot(new AbortController().signal) };
}

describe('links: proxy', () => {
  test('nodes that dial one another at addresses of their own are noticed, with what to do', async () => {
    const { engine, warnings, boot } = cluster({ links: 'proxy', manner: 'dial-back', afterMs: 500 });
    await boot();
    await eventually('it is noticed', () => warnings.length > 0);
    expect(warnings).toEqual([
      expect.stringMatching(
        /^node\d is connected to node\d at its own cluster port \d+, past the link proxies.*: faults of links between nodes cannot be proven; .* use broker\.links: transparent/,
      ),
    ]);
    const { network } = standing(engine);
    await eventually('both ways', async () => (await network.past(linkedPaths(nodes))) === 2);
    expect(await network.past([])).toBe(0);
  });

  test('and no fault of those links is proven', async () => {
    const { engine, warnings, boot } = cluster({ links: 'proxy', manner: 'dial-back', afterMs: 0 });
    await boot();
    await eventually('it is noticed', () => warnings.length > 0);
    const fault = await observed(
      planned('connection-reset', { type: 'links', which: 'cluster' }, { nodes }),
      standing(engine),
    );
    const active = await fault.inject();
    const { proven, observed: seen } = await active.prove();
    await fault.heal();
    await fault.release();
    expect(proven).toBe(false);
    expect(seen).toContain('connections between the nodes past the link proxies: ');
    expect(seen).toContain('use broker.links: transparent');
  });

  test('nodes that go through the proxies have no detour, however late they join', async () => {
    const { engine, warnings, boot } = cluster({ links: 'proxy', manner: 'dial', afterMs: 300 });
    await boot();
    const environment = standing(engine);
    const { network } = environment;
    const links = requireLinks(environment);
    await eventually('they have joined', () => links.counters('node1>node2:cluster').connectionsOpened > 0);
    expect(await network.past(linkedPaths(nodes))).toBe(0);
    expect(warnings).toEqual([]);
  });
});

describe('links: transparent', () => {
  const test = needing('nft and root');

  test('nodes that join after they are ready are waited for', async () => {
    const { engine, boot } = cluster({ links: 'transparent', manner: 'dial', afterMs: 3_000 });
    await boot();
    const environment = standing(engine);
    const { network } = environment;
    const links = requireLinks(environment);
    // The kernel has redirected the connection already; the proxy takes it a moment later.
    await eventually('the proxies have it', () => links.counters('node1>node2:cluster').connectionsOpened > 0);
    expect(await network.past(linkedPaths(nodes))).toBe(0);
  }, 60_000);

  test('nodes that use another port than was said are refused with the port and what to do', async () => {
    const { boot } = cluster({
      links: 'transparent',
      manner: 'meet',
      afterMs: 1_000,
      peerPorts: 'other',
      joinWithinMs: 4_000,
    });
    const error = await boot().then(
      () => undefined,
      (refused: unknown) => refused,
    );
    expect(error).toMatchObject({
      message: expect.stringMatching(
        /^links: transparent: within 4 s of being ready no node dialled a peer at .*\(other\)$/,
      ),
      hint: expect.stringMatching(
        /^the nodes are connected at cluster; broker\.peer-ports must name .*; if the nodes join later/,
      ),
    });
  }, 60_000);
});
