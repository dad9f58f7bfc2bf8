import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chooseNames, isCounter, SeriesStore } from '../../src/metrics/series.ts';

describe('what is kept of the scrapes of a scenario', () => {
  test('is a series for each name and node, with the sum over all labels', () => {
    const store = new SeriesStore();
    store.add('node1', 1_000, { 'received_total{qos="0"}': 3, 'received_total{qos="1"}': 4, up: 1 });
    store.add('node2', 1_010, { up: 1 });
    store.add('node1', 2_000, { 'received_total{qos="0"}': 5, 'received_total{qos="1"}': 6, up: Number.NaN });
    expect(store.take()).toEqual([
      {
        name: 'received_total',
        node: 'node1',
        points: [
          [1_000, 7],
          [2_000, 11],
        ],
      },
      { name: 'up', node: 'node1', points: [[1_000, 1]] },
      { name: 'up', node: 'node2', points: [[1_010, 1]] },
    ]);
    expect(store.take()).toEqual([]);
  });

  test('does not grow with the time: it gets coarser, and stays in order from the first scrape to nearly the last', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), (scrapes) => {
        const store = new SeriesStore();
        for (let i = 0; i < scrapes; i++) store.add('node1', i * 1_000, { up: i });
        const [{ points } = { points: [] }] = store.take();
        const times = points.map(([wallMs]) => wallMs);
        expect(points.length).toBeLessThanOrEqual(241);
        expect(times[0]).toBe(0);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        const steps = new Set(times.slice(1).map((time, index) => time - (times[index] ?? 0)));
        expect(steps.size).toBeLessThanOrEqual(1);
        expect((scrapes - 1) * 1_000 - (times.at(-1) ?? 0)).toBeLessThan(Math.max(1_000, ...steps));
      }),
      { numRuns: 50 },
    );
  });

  test('has no more names than a report could show, however many a broker has', () => {
    const store = new SeriesStore();
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`name_${index}`, index]));
    store.add('node1', 0, many);
    store.add('node1', 1_000, many);
    expect(store.take()).toHaveLength(300);
  });
});

test('a report has the names that moved, first those of nodes, clients and messages, last those of the language', () => {
  const series = (name: string, ...values: number[]) => ({
    name,
    node: 'node1',
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

test('counters are told by the endings that Prometheus prescribes', () => {
  expect(['a_total', 'a_seconds_count', 'a_seconds_sum', 'a', 'total_a'].map(isCounter)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
