import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { descriptorLimit, requireDescriptors } from '../../src/engines/local/clients/descriptors.ts';
import { heldConnections, readTcpTable } from '../../src/engines/local/cluster/tcp-table.ts';
import type { FaultEnvironment } from '../../src/engines/local/environment.ts';
import { eventually } from '../support/eventually.ts';
import { type InForce, injected as inForce, names, observed, planned } from '../support/faults.ts';
import { openSink, type Sink } from '../support/sink.ts';
import { bootCluster, type SmallCluster } from '../support/small-cluster.ts';

const nodes = names(2);
let cluster: SmallCluster;
let sink: Sink;
beforeAll(async () => {
  cluster = await bootCluster(nodes);
  sink = await openSink();
});
afterAll(async () => {
  await sink.close();
  await cluster.close();
});

/** The same cluster, whose clients are all led astray: whatever the injector does, nothing of it reaches a node. */
function astray(): FaultEnvironment {
  const { environment } = cluster;
  return { ...environment, network: { ...environment.network, entry: () => sink.address } };
}

async function injected(
  kind: string,
  parameters: Record<string, unknown>,
  use: (active: InForce) => Promise<void>,
  environment: FaultEnvironment = cluster.environment,
): Promise<void> {
  const prepared = await observed(
    planned(kind, { type: 'nodes', nodes: ['node1'] }, { nodes, parameters }),
    environment,
  );
  try {
    const active = await inForce(prepared);
    await use(active);
    await active.heal();
    await active.heal();
  } finally {
    await prepared.release();
  }
}

const openAt = (node: string): number => cluster.environment.links.counters(`clients>${node}`).connectionsOpen;
const isProven = async (active: InForce): Promise<boolean> => (await active.prove()).proven;
/** Also the look that is taken whether a node answers; that, too, is a connection while it closes. */
async function gone(): Promise<void> {
  await eventually('nobody is left', async () => {
    const table = await readTcpTable();
    const held = nodes.flatMap((node) => heldConnections(cluster.environment.nodes.address(node).port, table));
    return openAt('node1') === 0 && openAt('node2') === 0 && held.length === 0;
  });
}
beforeEach(gone);

describe('connection-storm', () => {
  test('is proven by the connections that the kernel counts at the node, which goes on answering, and leaves none', async () => {
    await injected('connection-storm', { connections: 100, rate: '500/s' }, async (active) => {
      // Proven by nine tenths of them, and by the kernel before the last CONNACK is here.
      await eventually('all are there', async () => (await active.prove()).figures.accepted === 100);
      const proof = await active.prove();
      expect(proof).toMatchObject({
        proven: true,
        figures: { connectionsAsked: 100, connectionsBefore: 0, accepted: 100, refused: 0, lost: 0 },
      });
      // The kernel counts the looks of the proofs before as well, for as long as they take to close.
      expect(proof.figures.connectionsMore).toBeGreaterThanOrEqual(100);
      expect(openAt('node1')).toBe(100);
      expect(openAt('node2')).toBe(0);
      expect(await cluster.environment.nodes.ping('node1', 2_000)).toBeUndefined();
    });
    await gone();
  });

  test('is not proven when the clients are not at the node', async () => {
    await injected(
      'connection-storm',
      { connections: 20, rate: '500/s' },
      async (active) => {
        expect(await active.prove()).toMatchObject({ proven: false, figures: { connectionsTried: 20, accepted: 0 } });
      },
      astray(),
    );
  });

  test('is refused when this process may not open so many files', () => {
    expect(descriptorLimit('Max open files            1024                 4096                 files')).toBe(1_024);
    expect(() => requireDescriptors(1_000_000_000, 'a storm')).toThrow(
      /^a storm needs 1000000000 file descriptors of this process, which has \d+ open and may have \d+$/,
    );
    requireDescriptors(1, 'a client');
  });
});

describe('slow-consumer', () => {
  test('is proven by bytes that the broker cannot send, while the node goes on answering', async () => {
    await injected('slow-consumer', { connections: 2, rate: '30MB/s', payload: '64KiB' }, async (active) => {
      await eventually('both stand still', async () => (await active.prove()).figures.connectionsStuck === 2);
      const proof = await active.prove();
      expect(proof.proven).toBe(true);
      expect(proof.figures).toMatchObject({ consumers: 2, subscribed: 2, connectionsStuck: 2 });
      expect(proof.figures.stuckBytes).toBeGreaterThan(10_000);
      expect(await cluster.environment.nodes.ping('node1', 5_000)).toBeUndefined();
    });
    await gone();
  });

  test('is not proven when they read: nothing of it stays with the broker', async () => {
    // So little that all of it has room with the one who does not read.
    await injected('slow-consumer', { connections: 2, rate: '1KB/s', payload: '100B' }, async (active) => {
      expect(await active.prove()).toMatchObject({ proven: false, figures: { subscribed: 2, connectionsStuck: 0 } });
    });
    await gone();
  });
});

describe('load', () => {
  test('is proven by what the broker acknowledged and delivered at the next node', async () => {
    await injected('load', { rate: '200/s', payload: '256B' }, async (active) => {
      await eventually('it is there', () => isProven(active));
      const { figures } = await active.prove();
      expect(figures.askedPerSecond).toBe(200);
      expect(figures.acknowledgedPerSecond).toBeGreaterThan(0);
      expect(openAt('node1')).toBe(1);
      expect(openAt('node2')).toBe(1);
    });
    await gone();
  });

  test('is not proven when nobody takes the messages', async () => {
    await injected(
      'load',
      { rate: '200/s' },
      async (active) => {
        expect(await active.prove()).toMatchObject({ proven: false, figures: { acknowledgedPerSecond: 0 } });
      },
      astray(),
    );
  });
});
