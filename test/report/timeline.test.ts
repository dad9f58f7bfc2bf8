import { describe, expect, test } from '@jest/globals';
import type { ScenarioRecord, WindowRecord } from '../../src/model/record.ts';
import { type Timeline, timelineOf } from '../../src/report/timeline.ts';
import { faultRecord, scenarioRecord, violationRecord } from '../support/records.ts';

function timeline(scenario: ScenarioRecord): Timeline {
  const made = timelineOf(scenario);
  if (!made) throw new Error('nothing to draw');
  return made;
}

/** 3 s to 43 s: 10 s steady, 20 s hold, 10 s recover. */
const kill = scenarioRecord({
  name: 'node-kill',
  faults: [faultRecord({ startMs: 13_000, endMs: 33_000 })],
  second: (phase, at) =>
    phase === 'hold' && at < 3 ? { medianMs: undefined, doneShare: 0.7 } : { medianMs: 20, doneShare: 1 },
  recoveryMs: 1_500,
});

describe('the series of the nodes', () => {
  const series = (name: string, kind: 'gauge' | 'counter', ...points: readonly (readonly [number, number])[]) =>
    timeline({ ...kill, series: [{ name, kind, line: 'node1', points }] }).series;

  test('are shown within the time that is charted', () => {
    expect(series('CPU, cores', 'gauge', [1_000, 9], [4_000, 0.51239], [43_500, 9])).toEqual([
      { name: 'CPU, cores', lines: [{ line: 'node1', at: [4], value: [0.5124] }] },
    ]);
  });

  test('have of a counter what it grew by a second, and nothing of the time in which it began anew', () => {
    expect(series('sent_total', 'counter', [4_000, 10], [6_000, 30], [7_000, 2], [8_000, 5])).toEqual([
      { name: 'sent_total, per second', lines: [{ line: 'node1', at: [6, 8], value: [10, 3] }] },
    ]);
  });

  test('have a gap where nothing was measured for long, as of a node that was dead', () => {
    const points = [4_000, 5_000, 6_000, 12_000, 13_000].map((ms) => [ms, ms / 1_000] as const);
    expect(series('CPU, cores', 'gauge', ...points)[0]?.lines[0]).toEqual({
      line: 'node1',
      at: [4, 5, 6, 6.5, 12, 13],
      value: [4, 5, 6, null, 12, 13],
    });
  });

  test('are none in a report of an earlier version', () => {
    expect(timeline(kill).series).toEqual([]);
  });
});

describe('the curves', () => {
  test('have a point a second, at its time since the start of the run', () => {
    const { from, to, pooled } = timeline(kill);
    expect(from).toHaveLength(40);
    expect([from[0], to[0], from[39], to[39]]).toEqual([3, 4, 42, 43]);
    expect(pooled).toBeUndefined();
  });

  test('have no latency where nothing arrived, which is not a latency of 0', () => {
    const { p50, p99 } = timeline(kill);
    expect(p50.slice(10, 13)).toEqual([null, null, null]);
    expect(p99.slice(10, 13)).toEqual([null, null, null]);
    expect(p99[9]).toBeGreaterThan(20);
    expect(p99[13]).toBeGreaterThan(20);
  });

  test('have no availability where nothing was possible', () => {
    const windows = kill.windows.map((window) => ({ ...window, possible: 0, done: 0 }));
    expect(new Set(timeline({ ...kill, windows }).availability)).toEqual(new Set([null]));
  });

  test('show less than 100% wherever something was not done in time', () => {
    const windows = kill.windows.map((window) => ({ ...window, possible: 100_000, done: 99_999 }));
    expect(timeline({ ...kill, windows }).availability[0]).toBe(99.99);
  });

  test('leave out warm-up and drain, which are not under load', () => {
    const [first] = kill.windows;
    if (!first) throw new Error('there are windows');
    const idle = (phase: WindowRecord['phase'], startMs: number): WindowRecord => ({ ...first, phase, startMs });
    const windows = [idle('warm-up', 2_000), ...kill.windows, idle('drain', 43_000)];
    expect(timeline({ ...kill, windows })).toEqual(timeline(kill));
  });

  test('are not there when nothing was measured', () => {
    expect(timelineOf({ ...kill, windows: [] })).toBeUndefined();
  });
});

test('the rest of a window that a change of phase leaves has no rate of its own: 2 messages in 9 ms are not 222 a second', () => {
  const [first] = kill.windows;
  if (!first) throw new Error('there are windows');
  const windows: WindowRecord[] = [
    { ...first, phase: 'hold', startMs: 8_000, lengthMs: 1_000, published: 300, possible: 600, done: 600, p99Ms: 30 },
    { ...first, phase: 'hold', startMs: 9_000, lengthMs: 9, published: 2, possible: 4, done: 1, p99Ms: 40 },
    { ...first, phase: 'recover', startMs: 9_009, lengthMs: 250, published: 75 },
  ];
  expect(timeline({ ...kill, windows })).toMatchObject({
    from: [8, 9.009],
    to: [9.009, 9.259],
    published: [299, 300],
    availability: [99.5, 100],
    p99: [40, expect.any(Number)],
  });
});

describe('a long run', () => {
  const soak = scenarioRecord({
    name: 'soak',
    holdS: 3_000,
    second: (phase, at) =>
      phase === 'hold' && at === 1_700 ? { medianMs: 900, doneShare: 0.1 } : { medianMs: 20, doneShare: 1 },
  });
  const { from, to, availability, p99, published, pooled } = timeline(soak);

  test('is pooled to about 600 points, and says so', () => {
    expect(from.length).toBeGreaterThan(500);
    expect(from.length).toBeLessThan(610);
    expect(pooled).toBe(6_000);
    expect(from.slice(1)).toEqual(to.slice(0, -1));
  });

  test('still shows the one bad second', () => {
    expect(Math.min(...availability.flatMap((share) => share ?? []))).toBe(10);
    expect(Math.max(...p99.flatMap((ms) => ms ?? []))).toBeGreaterThan(900);
    expect(new Set(published)).toEqual(new Set([300]));
  });
});

describe('the bands', () => {
  const bands = (...faults: Parameters<typeof faultRecord>[0][]) =>
    timeline({ ...kill, faults: faults.map((fault) => faultRecord({ startMs: 13_000, endMs: 33_000, ...fault })) })
      .bands;

  test('are the times in which faults were in force, those of the same time together', () => {
    expect(bands({}, { kind: 'network-delay', target: 'links.cluster' }, { startMs: 20_000 })).toEqual([
      { from: 13, to: 33, label: 'kill on node2, network-delay on links.cluster', proven: true },
      { from: 20, to: 33, label: 'kill on node2', proven: true },
    ]);
  });

  test('tell a fault that was not proven from one that was', () => {
    expect(bands({ proven: false })).toEqual([
      { from: 13, to: 33, label: 'kill on node2 (not proven)', proven: false },
    ]);
  });

  test('end with the chart, and a fault that never began has none', () => {
    expect(bands({ endMs: 99_000 })).toMatchObject([{ from: 13, to: 43 }]);
    expect(bands({ startMs: -86_400_000, endMs: -86_400_000 })).toEqual([]);
  });
});

describe('the marks', () => {
  test('are when something broke and when the cluster was steady again', () => {
    const crash = { node: 'node1', atMs: 14_040, how: 'exit code 2', lastLines: [] };
    const [example] = violationRecord().examples;
    if (!example) throw new Error('there is an example');
    const violation = violationRecord({
      examples: [
        { ...example, atMs: 15_010 },
        { ...example, atMs: 15_020 },
        { ...example, atMs: null },
      ],
    });
    expect(timeline({ ...kill, crashes: [crash], violations: [violation] }).marks).toEqual([
      { at: 14, label: 'node1 ended', kind: 'broke' },
      { at: 15, label: 'no-acknowledged-loss', kind: 'broke' },
      { at: 34.5, label: 'recovered', kind: 'recovered' },
    ]);
  });

  test('call nothing recovered that did not recover, or had nothing to recover from', () => {
    expect(timeline({ ...kill, measures: { ...kill.measures, recoveryMs: null } }).marks).toEqual([]);
    expect(timeline({ ...kill, faults: [] }).marks).toEqual([]);
  });
});
