import { describe, expect, test } from '@jest/globals';
import { readMachineCpu } from '../../src/engines/local/machine/host.ts';
import type { HostMeasures } from '../../src/model/record.ts';
import { disturbed, machineUse } from '../../src/run/machine-use.ts';

const quiet: HostMeasures = { othersCores: 0.05, stealCores: 0, pressureShare: 0.1, nodesWaiting: 0.02 };

/** Two looks ten seconds apart, between which this was used. */
function looks(used: { busyMs: number; ownMs: number; nodesMs: number; stealMs?: number; waitedMs?: number }) {
  const look = (atMs: number, share: number) => ({
    atMs,
    nodes: [
      {
        node: 'node1',
        cpuSeconds: 7 + (share * used.nodesMs) / 1_000,
        residentBytes: 1,
        waitedMs: 50 + share * (used.waitedMs ?? 0),
      },
    ],
    machine: {
      busyMs: 90_000 + share * used.busyMs,
      stealMs: 100 + share * (used.stealMs ?? 0),
      ownMs: 3_000 + share * used.ownMs,
      pressureMs: 400 + share * 2_500,
    },
  });
  return [look(1_000, 0), look(11_000, 1)];
}

describe('what the machine did beside the run', () => {
  test('is what was busy, less the nodes and this tool', () => {
    expect(machineUse(looks({ busyMs: 12_000, ownMs: 4_000, nodesMs: 5_000, stealMs: 1_000, waitedMs: 700 }))).toEqual({
      othersCores: 0.3,
      stealCores: 0.1,
      pressureShare: 0.25,
      nodesWaiting: 0.07,
    });
  });

  test('is not negative where clocks tick apart, and not known from one look', () => {
    expect(machineUse(looks({ busyMs: 100, ownMs: 80, nodesMs: 40 }))?.othersCores).toBe(0);
    expect(machineUse(looks({ busyMs: 1, ownMs: 1, nodesMs: 1 }).slice(1))).toBeUndefined();
  });

  test('a node that was restarted counts anew', () => {
    const [first, last] = looks({ busyMs: 5_000, ownMs: 1_000, nodesMs: -6_000 });
    expect(first && last && machineUse([first, last])?.othersCores).toBe(0.4);
  });

  test('is read of all CPUs', () => {
    const text = 'cpu  9 9 9 9\ncpu0 100 20 30 4000 50 6 7 80 0 0\ncpu1 1 1 1 1 1 1 1 1 0 0\n';
    expect(readMachineCpu(text)).toEqual({ busyMs: 1_680, stealMs: 810 });
  });
});

describe('figures of hold', () => {
  test('are the broker’s own where the machine was as in steady', () => {
    expect(disturbed(quiet, { ...quiet, nodesWaiting: 0.4 }, 2)).toBeUndefined();
    expect(disturbed(quiet, { ...quiet, othersCores: 0.4 }, 2)).toBeUndefined();
  });

  test('are not where others used it more and the nodes waited', () => {
    expect(disturbed(quiet, { ...quiet, othersCores: 1.05, nodesWaiting: 0.3 }, 2)).toBe(
      'others used 1.0 of 2 CPUs more in hold than in steady, and the nodes waited for a CPU',
    );
    expect(disturbed(quiet, { ...quiet, stealCores: 0.5, nodesWaiting: 0.3 }, 2)).toContain('0.5 of 2 CPUs');
  });

  test('are where others used it just as much in steady, and where nothing is known', () => {
    const busy = { ...quiet, othersCores: 1.5, nodesWaiting: 0.6 };
    expect(disturbed(busy, busy, 2)).toBeUndefined();
    expect(disturbed(undefined, busy, 2)).toBeUndefined();
  });
});
