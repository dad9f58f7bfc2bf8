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
    expect(seriesOf({ usage: looks, broker: [], proofs: [] }, relative)).toEqual([
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

  test('know nothing of a node that was dead, nor of the time in which it was started again', () => {
    const looks = [look(1_000, ['node1', 5]), look(2_000), look(3_000, ['node1', 0.1]), look(4_000, ['node1', 0.3])];
    expect(seriesOf({ usage: looks, broker: [], proofs: [] }, relative)[0]?.points).toEqual([[3_000, 0.2]]);
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
    expect(seriesOf({ usage: [], broker, proofs: [] }, relative)).toEqual([
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
    expect(seriesOf({ usage: [], broker: [], proofs }, relative)).toEqual([
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

  test('of a soak are no longer than can be drawn', () => {
    const looks = Array.from({ length: 7_200 }, (_, index) => look(index * 500, ['node1', index / 10]));
    for (const { points } of seriesOf({ usage: looks, broker: [], proofs: [] }, relative))
      expect(points.length).toBeLessThanOrEqual(240);
  });
});
