import { describe, expect, test } from '@jest/globals';
import { encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import type { PhaseName } from '../../src/model/record.ts';
import { leftTooLittle, measurePhase, possibleIn } from '../../src/run/measure.ts';
import { newHistogram, type WindowSummary } from '../../src/workload/windows.ts';

/** One second of a phase in which messages took these milliseconds. */
function second(
  phase: PhaseName,
  startMs: number,
  change: Partial<WindowSummary> = {},
  tookMs: readonly number[] = [],
): WindowSummary {
  const histogram = newHistogram();
  for (const ms of tookMs) histogram.recordValue(ms * 1_000);
  return {
    phase,
    startMs,
    endMs: startMs + 1_000,
    due: 100,
    judged: 100,
    possible: 100,
    done: 100,
    published: 50,
    acknowledged: 40,
    delivered: 60,
    reconnects: 0,
    count: tookMs.length,
    p50Ms: null,
    p99Ms: null,
    maxMs: null,
    latency: tookMs.length === 0 ? null : encodeIntoCompressedBase64(histogram),
    ...change,
  };
}

describe('a phase', () => {
  test('is the sum of its own windows', () => {
    const windows = [
      second('steady', 0),
      second('hold', 1_000, { done: 90, reconnects: 2 }),
      second('hold', 2_000, { done: 60, endMs: 2_500 }),
      second('recover', 2_500),
    ];
    expect(measurePhase('hold', windows, [])).toEqual({
      possible: 200,
      done: 150,
      availability: 0.75,
      acknowledged: 80,
      delivered: 120,
      deliveredPerSecond: 80,
      reconnects: 2,
      latency: null,
      nodes: [],
    });
  });

  test('that had no window was not measured', () => {
    expect(measurePhase('drain', [second('hold', 0)], [])).toBeNull();
  });

  test('in which nothing was possible has no availability, rather than none at all or all of it', () => {
    expect(measurePhase('hold', [second('hold', 0, { possible: 0, done: 0 })], [])?.availability).toBeNull();
  });

  test('of no length has no infinite rate', () => {
    expect(measurePhase('hold', [second('hold', 0, { endMs: 0, delivered: 0 })], [])?.deliveredPerSecond).toBe(0);
  });
});

test('percentiles are those of all messages together, not means of the windows’ own', () => {
  const fast = Array.from({ length: 99 }, () => 2);
  const measures = measurePhase('hold', [second('hold', 0, {}, fast), second('hold', 1_000, {}, [1_000])], []);
  expect(measures?.latency?.count).toBe(100);
  expect(measures?.latency?.p50Ms).toBeCloseTo(2, 1);
  expect(measures?.latency?.p99Ms).toBeCloseTo(2, 1);
  expect(measures?.latency?.p999Ms).toBeGreaterThanOrEqual(1_000);
  expect(measures?.latency?.maxMs).toBeGreaterThanOrEqual(1_000);
  expect(measures?.latency?.maxMs).toBeLessThan(1_010);
});

describe('what the nodes used', () => {
  const use = (node: string, cpuSeconds: number, residentBytes = 1_000) => ({
    node,
    cpuSeconds,
    residentBytes,
    waitedMs: 0,
  });
  const machine = { busyMs: 0, stealMs: 0, ownMs: 0, pressureMs: undefined };
  const phase = [second('hold', 10_000), second('hold', 11_000), second('hold', 12_000)];

  test('is CPU time over wall time, and the most memory', () => {
    const samples = [
      { atMs: 10_000, nodes: [use('node1', 5)], machine },
      { atMs: 11_000, nodes: [use('node1', 5.5, 9_000)], machine },
      { atMs: 12_000, nodes: [use('node1', 6.5, 2_000)], machine },
    ];
    expect(measurePhase('hold', phase, samples)?.nodes).toEqual([
      { name: 'node1', cpuCores: 0.75, memoryBytes: 9_000 },
    ]);
  });

  test('leaves other phases’ samples out', () => {
    const samples = [
      { atMs: 9_999, nodes: [use('node1', 0)], machine },
      { atMs: 10_000, nodes: [use('node1', 5)], machine },
      { atMs: 13_000, nodes: [use('node1', 5.3)], machine },
      { atMs: 13_001, nodes: [use('node1', 99, 9_000)], machine },
    ];
    const [node] = measurePhase('hold', phase, samples)?.nodes ?? [];
    expect(node?.cpuCores).toBeCloseTo(0.1, 9);
    expect(node?.memoryBytes).toBe(1_000);
  });

  test('a node that began anew does not have used less than nothing', () => {
    const samples = [
      { atMs: 10_000, nodes: [use('node1', 50)], machine },
      { atMs: 11_000, nodes: [use('node1', 51)], machine },
      { atMs: 12_000, nodes: [use('node1', 0.1)], machine },
      { atMs: 13_000, nodes: [use('node1', 0.6)], machine },
    ];
    expect(measurePhase('hold', phase, samples)?.nodes[0]?.cpuCores).toBeCloseTo(0.75, 9);
  });

  test('a node that was down when the phase began is there all the same', () => {
    const samples = [
      { atMs: 10_000, nodes: [use('node1', 1)], machine },
      { atMs: 11_000, nodes: [use('node1', 2), use('node2', 1)], machine },
      { atMs: 12_000, nodes: [use('node1', 3), use('node2', 1.5)], machine },
    ];
    expect(measurePhase('hold', phase, samples)?.nodes).toEqual([
      { name: 'node1', cpuCores: 1, memoryBytes: 1_000 },
      { name: 'node2', cpuCores: 0.5, memoryBytes: 1_000 },
    ]);
  });

  test('a node that was dead all the time has used nothing that was measured', () => {
    const dead = [10_000, 11_000, 12_000].map((atMs) => ({ atMs, nodes: [use('node1', 0, 0)], machine }));
    expect(measurePhase('hold', phase, dead)?.nodes).toEqual([{ name: 'node1', cpuCores: null, memoryBytes: null }]);
  });

  test('the time in which a node was dead is no time in which it did little', () => {
    const samples = [
      { atMs: 10_000, nodes: [use('node1', 1)], machine },
      { atMs: 11_000, nodes: [use('node1', 0, 0)], machine },
      { atMs: 12_000, nodes: [use('node1', 1.2)], machine },
      { atMs: 13_000, nodes: [use('node1', 1.7)], machine },
    ];
    expect(measurePhase('hold', phase, samples)?.nodes[0]?.cpuCores).toBeCloseTo(0.5, 9);
  });

  test('its growth is the last fifth of the phase less the first, whatever one look saw', () => {
    const memory = [10, 900, 10, 15, 15, 15, 15, 15, 15, 20, 20, 20, 20, 1, 20];
    const samples = memory.map((bytes, i) => ({ atMs: 10_000 + i * 100, nodes: [use('node1', i, bytes)], machine }));
    expect(measurePhase('hold', phase, samples)?.nodes[0]?.memoryGrowthBytes).toBe(10);
    expect(measurePhase('hold', phase, samples.slice(0, 9))?.nodes[0]).not.toHaveProperty('memoryGrowthBytes');
  });

  test('of one look only its memory is known', () => {
    expect(measurePhase('hold', phase, [{ atMs: 10_500, nodes: [use('node1', 5)], machine }])?.nodes).toEqual([
      { name: 'node1', cpuCores: null, memoryBytes: 1_000 },
    ]);
  });
});

describe('what the faults left possible', () => {
  const hold = (...judged: readonly number[]) =>
    possibleIn(
      'hold',
      judged.map((count, i) => second('hold', i * 1_000, { judged: count })),
    );

  test('is the sum of the windows of that phase', () => {
    const windows = [second('steady', 0), second('hold', 1_000, { judged: 30 }), second('hold', 2_000)];
    expect(possibleIn('hold', windows)).toEqual({ due: 200, judged: 130 });
  });

  test('is enough to judge by, or too little because of the faults', () => {
    expect(leftTooLittle(hold(0, 20))).toBeUndefined();
    expect(leftTooLittle(hold(0, 19))).toBe('the faults left only 19 operations possible in hold');
    expect(leftTooLittle(hold(0, 0))).toBe('the faults left no operation possible in hold');
  });

  test('is not blamed on faults where little was due at all', () => {
    expect(leftTooLittle({ due: 7, judged: 7 })).toBeUndefined();
    expect(leftTooLittle({ due: 0, judged: 0 })).toBeUndefined();
  });
});
