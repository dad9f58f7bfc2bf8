import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PreparedFault } from '../../src/engines/injection.ts';
import { findController, ourCgroups } from '../../src/engines/local/machine/cgroups.ts';
import { probeMachine } from '../../src/engines/local/machine/machine.ts';
import { eventually } from '../support/eventually.ts';
import { type InForce, injected, names, observed, planned } from '../support/faults.ts';
import { bootCluster, type SmallCluster } from '../support/small-cluster.ts';

// Real nodes in real cgroups; what this machine's kernel has not is skipped by name, with doctor's reason.

const { offers } = await probeMachine('auto');
const nodes = names(2);
let cluster: SmallCluster;
beforeAll(async () => {
  cluster = await bootCluster(nodes, ['cpu-quota', 'memory-limit']);
});
afterAll(() => cluster.close());

async function strike(
  kind: string,
  parameters: Record<string, unknown>,
  use: (active: InForce) => Promise<void>,
): Promise<void> {
  const fault = planned(kind, { type: 'nodes', nodes: ['node1'] }, { nodes, parameters });
  const prepared: PreparedFault = await observed(fault, cluster.environment);
  const active = await injected(prepared);
  try {
    await use(active);
  } finally {
    await active.heal();
    await active.heal();
    await prepared.release();
  }
}

/** Gives a node something to do: connections that it must answer. */
async function busy(until: () => Promise<boolean>): Promise<void> {
  await eventually('the node was struck', async () => {
    await Promise.all(Array.from({ length: 20 }, () => cluster.environment.nodes.ping('node1', 5_000)));
    return until();
  });
}

const given = (offer: (typeof offers)['cpuQuota']) => (offer.available ? '' : `: ${offer.reason}`);

(offers.cpuQuota.available ? describe : describe.skip)(`cpu-quota${given(offers.cpuQuota)}`, () => {
  test('throttles the node that it strikes and no other, is proven by the kernel’s count, and is lifted', async () => {
    const { limits } = cluster.environment;
    const other = limits?.cpu.read('node2').throttled;
    await strike('cpu-quota', { quota: '2%' }, async (active) => {
      expect(active.mechanism).toBe('cgroup CPU quota');
      await busy(async () => (await active.prove()).proven);
      const { observed, figures } = await active.prove();
      expect(observed).toMatch(
        /^node1: throttled in \d+ of \d+ periods, .* in all; used [\d.]+% of a CPU \([\d.]+% before\)$/,
      );
      expect(figures.periodsThrottled).toBeGreaterThan(0);
    });
    expect(limits?.cpu.read('node2').throttled).toBe(other);
    const lifted = limits?.cpu.read('node1').throttled;
    await Promise.all(Array.from({ length: 20 }, () => cluster.environment.nodes.ping('node1', 5_000)));
    expect(limits?.cpu.read('node1').throttled).toBe(lifted);
  });

  test('of which two are on one node leaves the lower in force, whichever ends first', async () => {
    const { limits } = cluster.environment;
    await strike('cpu-quota', { quota: '50%' }, async () => {
      await strike('cpu-quota', { quota: '20%' }, async () => {
        expect(limits?.cpu.read('node1').share).toBe(0.2);
      });
      expect(limits?.cpu.read('node1').share).toBe(0.5);
    });
    expect(limits?.cpu.read('node1').share).toBeUndefined();
  });

  test('that is wider than what the node wants is not proven', async () => {
    await strike('cpu-quota', { quota: '100%' }, async (active) => {
      await cluster.environment.clock.sleep(500);
      expect(await active.prove()).toMatchObject({ proven: false, figures: { periodsThrottled: 0 } });
    });
  });

  test('has the node in a cgroup of the run that the controller acts upon', () => {
    const root = findController('cpu')?.root ?? '';
    const own = ourCgroups().filter((folder) => folder.startsWith(root));
    expect(own.some((folder) => existsSync(join(folder, 'node1', 'cpu.stat')))).toBe(true);
  });
});

test('only where a fault asks for it: what is a party of its own to the scheduler is noticed by all others', () => {
  const { engine } = cluster;
  expect(engine.unfit(['cpu-quota'])).toBeUndefined();
  expect(engine.unfit(['pause'])).toBe('the nodes had cgroups with controllers for the scenario before');
});

(offers.memoryLimit.available ? describe : describe.skip)(`memory-limit${given(offers.memoryLimit)}`, () => {
  test('holds the node up at what it has, is proven by the kernel’s count, and is lifted', async () => {
    await strike('memory-limit', {}, async (active) => {
      expect(active.mechanism).toBe('cgroup memory limit');
      await busy(async () => (await active.prove()).proven);
      expect((await active.prove()).observed).toMatch(/^node1: held up \d+ times at .*, has /);
    });
    expect(await cluster.environment.nodes.ping('node1', 5_000)).toBeUndefined();
  });

  test('that is wider than what the node wants is not proven', async () => {
    await strike('memory-limit', { headroom: '1GiB' }, async (active) => {
      await cluster.environment.clock.sleep(500);
      expect(await active.prove()).toMatchObject({ proven: false, figures: { heldUp: 0 } });
    });
  });
});
