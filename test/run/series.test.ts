import { describe, expect, test } from '@jest/globals';
import type { UsageSample } from '../../src/run/measure.ts';
import { seriesOf } from '../../src/run/series.ts';

const relativeMs = (ms: number): number => ms - 1_000;
const machine = {} as UsageSample['machine'];
const look = (atMs: number, ...nodes: readonly (readonly [node: string, cpuSeconds: number])[]): UsageSample => ({
  ...{ atMs, machine },
  nodes: nodes.map(([node, cpuSeconds]) => ({ node, cpuSeconds, residentBytes: 64 * 1024 ** 2, waitedMs: 0 })),
});
/** A look at a node that has no process. */
const dead = (atMs: number, node: string): UsageSample => ({
  ...{ atMs, machine },
  nodes: [{ node, cpuSeconds: 0, residentBytes: 0, waitedMs: 0 }],
});
const ofUsage = (...usage: readonly UsageSample[]) => seriesOf({ usage, broker: [], proofs: [] }, relativeMs);

describe('the series of a scenario', () => {
  test('have the CPU of each node as the mean between two looks, and its memory', () => {
    expect(ofUsage(look(1_000, ['node1', 5]), look(3_000, ['node1', 6]), look(4_000, ['node1', 6]))).toEqual([
      {
        name: 'CPU, cores',
        line: 'node1',
        kind: 'gauge',
        points: [
          [2_000, 0.5],
          [3_000, 0],
        ],
      },
      {
        name: 'memory, MiB',
        line: 'node1',
        kind: 'gauge',
        points: [
          [0, 64],
          [2_000, 64],
          [3_000, 64],
        ],
      },
    ]);
  });

  test('know nothing of a node while it was dead, nor of its CPU before it was looked at twice again', () => {
    const [cpu, memory] = ofUsage(
      look(1_000, ['node1', 5]),
      dead(2_000, 'node1'),
      look(3_000, ['node1', 5.1]),
      look(4_000, ['node1', 5.3]),
    );
    expect(cpu?.points).toEqual([[3_000, 0.2]]);
    expect(memory?.points.map(([ms]) => ms)).toEqual([0, 2_000, 3_000]);
  });

  test('have the broker’s own metrics that moved', () => {
    const of = { node: 'node1', kind: 'counter' as const };
    const broker = [
      {
        ...of,
        name: 'sent_total',
        points: [
          [2_000, 1],
          [3_000, 4],
        ] as const,
      },
      {
        ...of,
        name: 'up',
        points: [
          [2_000, 1],
          [3_000, 1],
        ] as const,
      },
    ];
    expect(seriesOf({ usage: [], broker, proofs: [] }, relativeMs)).toEqual([
      {
        name: 'sent_total',
        line: 'node1',
        kind: 'counter',
        points: [
          [1_000, 1],
          [2_000, 4],
        ],
      },
    ]);
  });

  test('have what was injected beside what was observed of it', () => {
    const name = 'one-way delay, ms';
    const proofs = [
      {
        name,
        line: 'injected',
        points: [
          [9_000, 100],
          [19_000, 100],
        ] as const,
      },
      {
        name,
        line: 'observed, median of the directions',
        points: [
          [8_000, 0.1],
          [10_000, 100.23456],
        ] as const,
      },
    ];
    expect(seriesOf({ usage: [], broker: [], proofs }, relativeMs)).toEqual([
      {
        name,
        line: 'injected',
        kind: 'gauge',
        points: [
          [8_000, 100],
          [18_000, 100],
        ],
      },
      {
        name,
        line: 'observed, median of the directions',
        kind: 'gauge',
        points: [
          [7_000, 0.1],
          [9_000, 100.2],
        ],
      },
    ]);
  });

  test('are together no more points than a report can have, however long the scenario and however many nodes', () => {
    const nodes = Array.from({ length: 10 }, (_, index) => `node${index}`);
    const looks = Array.from({ length: 7_200 }, (_, index) =>
      look(index * 500, ...nodes.map((node) => [node, index / 10] as const)),
    );
    const all = ofUsage(...looks);
    expect(all).toHaveLength(20);
    expect(all.reduce((sum, { points }) => sum + points.length, 0)).toBeLessThanOrEqual(3_000);
    for (const { points } of all) expect(points.length).toBeGreaterThan(100);
  });
});
