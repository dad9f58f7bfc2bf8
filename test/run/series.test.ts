import { describe, expect, test } from '@jest/globals';
import type { UsageSample } from '../../src/run/measure.ts';
import { seriesOf } from '../../src/run/series.ts';

const relative = { monotonic: (ms: number) => ms - 1_000, wall: (ms: number) => ms - 50_000 };
const machine = {} as UsageSample['machine'];
const look = (atMs: number, ...nodes: readonly (readonly [node: string, cpuSeconds: number])[]): UsageSample => ({
  ...{ atMs, machine },
  nodes: nodes.map(([node, cpuSeconds]) => ({ node, cpuSeconds, residentBytes: 64 * 1024 ** 2, waitedMs: 0 })),
});

describe('the series of a scenario', () => {
  test('have the CPU of each node as the mean between two looks, and its memory', () => {
    const looks = [look(1_000, ['node1', 5]), look(3_000, ['node1', 6]), look(4_000, ['node1', 6])];
    expect(seriesOf(looks, [], relative)).toEqual([
      {
        name: 'CPU, cores',
        node: 'node1',
        kind: 'gauge',
        points: [
          [2_000, 0.5],
          [3_000, 0],
        ],
      },
      {
        name: 'memory, MiB',
        node: 'node1',
        kind: 'gauge',
        points: [
          [0, 64],
          [2_000, 64],
          [3_000, 64],
        ],
      },
    ]);
  });

  test('know nothing of a node that was dead, nor of the time in which it was started again', () => {
    const looks = [look(1_000, ['node1', 5]), look(2_000), look(3_000, ['node1', 0.1]), look(4_000, ['node1', 0.3])];
    expect(seriesOf(looks, [], relative)[0]?.points).toEqual([[3_000, 0.2]]);
  });

  test('have the broker’s own metrics that moved, at their times since the start of the run', () => {
    const broker = [
      {
        name: 'sent_total',
        node: 'node1',
        points: [
          [51_000, 1],
          [52_000, 4],
        ] as const,
      },
      {
        name: 'up',
        node: 'node1',
        points: [
          [51_000, 1],
          [52_000, 1],
        ] as const,
      },
    ];
    expect(seriesOf([], broker, relative)).toEqual([
      {
        name: 'sent_total',
        node: 'node1',
        kind: 'counter',
        points: [
          [1_000, 1],
          [2_000, 4],
        ],
      },
    ]);
  });

  test('of a soak are no longer than can be drawn', () => {
    const looks = Array.from({ length: 7_200 }, (_, index) => look(index * 500, ['node1', index / 10]));
    for (const { points } of seriesOf(looks, [], relative)) expect(points.length).toBeLessThanOrEqual(240);
  });
});
