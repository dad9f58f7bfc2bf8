import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Samples } from '../../src/metrics/scrape.ts';
import { chooseNames, SeriesStore } from '../../src/metrics/series.ts';

const scrape = (samples: Samples, ...counters: readonly string[]) => ({ samples, counters: new Set(counters) });

describe('what is kept of the scrapes of a scenario', () => {
  test('is a series for each name and node; with labels the sum over all of them, which the name tells', () => {
    const store = new SeriesStore();
    const received = (qos0: number, qos1: number) => ({
      'received_total{qos="0"}': qos0,
      'received_total{qos="1"}': qos1,
    });
    store.add('node1', 1_000, scrape({ ...received(3, 4), up: 1 }, 'received_total'));
    store.add('node2', 1_010, scrape({ up: 1 }));
    store.add('node1', 2_000, scrape({ ...received(5, 6), up: Number.NaN }, 'received_total'));
    expect(store.take()).toEqual([
      {
        name: 'received_total{*}',
        kind: 'counter',
        node: 'node1',
        points: [
          [1_000, 7],
          [2_000, 11],
        ],
      },
      { name: 'up', kind: 'gauge', node: 'node1', points: [[1_000, 1]] },
      { name: 'up', kind: 'gauge', node: 'node2', points: [[1_010, 1]] },
    ]);
    expect(store.take()).toEqual([]);
  });

  test('has no sum that is no number, and no name that nobody could read', () => {
    const store = new SeriesStore();
    store.add('node1', 0, scrape({ 'huge{a="1"}': 1e308, 'huge{a="2"}': 1e308, ['x'.repeat(200)]: 1, __proto__x: 2 }));
    expect(store.take().map(({ name }) => name)).toEqual(['__proto__x']);
  });

  test('does not grow with the time: it gets coarser, and stays in order from the first scrape to nearly the last', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), (scrapes) => {
        const store = new SeriesStore();
        for (let i = 0; i < scrapes; i++) store.add('node1', i * 1_000, scrape({ up: i }));
        const [{ points } = { points: [] }] = store.take();
        const times = points.map(([ms]) => ms);
        expect(points.length).toBeLessThanOrEqual(240);
        expect(times[0]).toBe(0);
        const steps = new Set(times.slice(1).map((time, index) => time - (times[index] ?? 0)));
        expect(steps.size).toBeLessThanOrEqual(1);
        for (const step of steps) expect(step).toBeGreaterThan(0);
        expect((scrapes - 1) * 1_000 - (times.at(-1) ?? 0)).toBeLessThan(Math.max(1_000, ...steps));
      }),
      { numRuns: 30 },
    );
  });

  test('of a broker with thousands of names are those that tell most of it, wherever they stand', () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`erlang_${index}`, index]));
    const store = new SeriesStore();
    for (const ms of [0, 1_000]) store.add('node1', ms, scrape({ ...many, queue_length: ms, uptime: ms }));
    const kept = store.take();
    expect(kept).toHaveLength(300);
    expect(kept.slice(0, 2).map(({ name }) => name)).toEqual(['queue_length', 'uptime']);
  });
});

test('a report has the names that moved, first those of nodes, clients and messages, last those of the language', () => {
  const series = (name: string, ...values: number[]) => ({
    ...{ name, node: 'node1', kind: 'gauge' as const },
    points: values.map((value, index) => [index, value] as const),
  });
  const all = [
    series('go_goroutines', 1, 2),
    series('uptime', 1, 2),
    series('peer_connections', 2, 1),
    series('clients', 4, 4),
    series('messages_dropped_total', 0, 3),
  ];
  expect(chooseNames(all, 10)).toEqual(['messages_dropped_total', 'peer_connections', 'uptime', 'go_goroutines']);
  expect(chooseNames(all, 1)).toEqual(['messages_dropped_total']);
});
