import { describe, expect, test } from '@jest/globals';
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { summarise, Windows } from '../../src/workload/windows.ts';

const spans = (windows: Windows) => windows.all.map(({ phase, startMs, endMs }) => [phase, startMs, endMs]);

describe('windows', () => {
  test('follow one another from phase to phase, the last of each cut short', () => {
    const windows = new Windows(1);
    windows.mark('steady', 100, 1_000);
    windows.at(1_500);
    windows.mark('hold', 1_600, 500);
    windows.at(2_200);
    expect(spans(windows)).toEqual([
      ['steady', 100, 1_100],
      ['steady', 1_100, 1_600],
      ['hold', 1_600, 2_100],
      ['hold', 2_100, 2_600],
    ]);
  });

  test('are opened for a time in which nothing happened too', () => {
    const windows = new Windows(1);
    windows.mark('recover', 0, 1_000);
    windows.mark('drain', 2_500, 1_000);
    expect(spans(windows)).toEqual([
      ['recover', 0, 1_000],
      ['recover', 1_000, 2_000],
      ['recover', 2_000, 2_500],
      ['drain', 2_500, 3_500],
    ]);
  });

  test('a moment belongs to the window that it is in, its start included and its end not', () => {
    const windows = new Windows(1);
    windows.mark('steady', 0, 1_000);
    windows.mark('hold', 1_500, 1_000);
    windows.at(5_000);
    expect([0, 999, 1_000, 1_499, 1_500, 2_500, 5_000].map((ms) => windows.at(ms)?.startMs)).toEqual([
      0, 0, 1_000, 1_000, 1_500, 2_500, 4_500,
    ]);
  });

  test('there is none before the first phase', () => {
    const windows = new Windows(1);
    expect(windows.at(5)).toBeUndefined();
    windows.mark('steady', 10, 1_000);
    expect(windows.at(5)).toBeUndefined();
  });
});

describe('a summary', () => {
  function window(streams: readonly (readonly [expected: number, done: number])[]) {
    const windows = new Windows(streams.length);
    windows.mark('hold', 0, 1_000);
    const [made] = windows.all;
    if (!made) throw new Error('a phase begins with a window');
    streams.forEach(([expected, done], i) => {
      made.expected[i] = expected;
      made.done[i] = done;
    });
    return made;
  }
  const nobody = () => false;

  test('sums the operations of all streams', () => {
    const made = window([
      [10, 10],
      [10, 4],
      [0, 0],
    ]);
    expect(summarise(made, nobody, { histograms: true })).toMatchObject({ possible: 20, done: 14 });
  });

  test('leaves out of an excused stream what was not done', () => {
    const made = window([
      [10, 9],
      [10, 4],
    ]);
    expect(summarise(made, (stream) => stream === 1, { histograms: true })).toMatchObject({
      due: 20,
      judged: 10,
      possible: 14,
      done: 13,
    });
  });

  test('never has more done than was possible', () => {
    expect(summarise(window([[10, 12]]), nobody, { histograms: true })).toMatchObject({ possible: 10, done: 10 });
  });

  test('has no latency where nothing arrived', () => {
    expect(summarise(window([]), nobody, { histograms: true })).toMatchObject({
      count: 0,
      p50Ms: null,
      p99Ms: null,
      maxMs: null,
      latency: null,
    });
  });

  test('carries its histogram only where it is asked for', () => {
    const made = window([]);
    for (let i = 0; i < 98; i++) made.latency.recordValue(2_000);
    made.latency.recordValue(50_000);
    made.latency.recordValue(50_000);
    const summary = summarise(made, nobody, { histograms: true });
    expect(summary.p50Ms).toBeCloseTo(2, 1);
    expect(summary.p99Ms).toBeGreaterThanOrEqual(50);
    expect(decodeFromCompressedBase64(summary.latency ?? '').totalCount).toBe(100);
    expect(summarise(made, nobody, { histograms: false }).latency).toBeNull();
  });
});
