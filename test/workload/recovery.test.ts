import { describe, expect, test } from '@jest/globals';
import { recoveryMs, steadyBarMs } from '../../src/workload/recovery.ts';

const bar = { fromMs: 10_000, availability: 0.99, p99LatencyMs: 100, sustainMs: 1_000 };
const good = { possible: 100, done: 100, p99Ms: 20 };

/** Quarter-second windows from the heal on. */
type State = { readonly possible: number; readonly done: number; readonly p99Ms: number | null };
function windows(...states: readonly Partial<State>[]) {
  return states.map((state, i) => ({ ...good, startMs: 10_000 + i * 250, endMs: 10_250 + i * 250, ...state }));
}
const long = 60_000;
const judge = (made: ReturnType<typeof windows>, nowMs = long) => recoveryMs(made, bar, nowMs, 5_000);

describe('recovery', () => {
  test('is at once when the first windows are steady for long enough', () => {
    expect(judge(windows({}, {}, {}, {}))).toBe(0);
  });

  test('begins with the first of the windows that stayed steady', () => {
    expect(judge(windows({ done: 0 }, {}, {}, { p99Ms: 400 }, {}, {}, {}, {}, { done: 0 }))).toBe(1_000);
  });

  test('is not there before it has lasted', () => {
    expect(judge(windows({}, {}, {}))).toBeNull();
    expect(judge(windows({}, {}, {}, {}), 10_999)).toBeNull();
  });

  test('needs availability', () => {
    expect(judge(windows({ done: 98 }, {}, {}, {}))).toBeNull();
    expect(judge(windows({ done: 99 }, {}, {}, {}))).toBe(0);
  });

  test('needs latency', () => {
    expect(judge(windows({ p99Ms: 101 }, {}, {}, {}))).toBeNull();
    expect(judge(windows({ p99Ms: 100 }, {}, {}, {}))).toBe(0);
  });

  test('is not shown by windows in which nothing was possible, or nothing arrived', () => {
    expect(judge(windows({}, {}, { possible: 0, done: 0 }, {}))).toBeNull();
    expect(judge(windows({}, {}, { p99Ms: null }, {}))).toBeNull();
  });

  test('waits for operations that may still be done in time', () => {
    const one = windows({ done: 99 }, {}, {}, {});
    expect(judge(one, 12_000)).toBeNull();
    expect(judge(one, 15_250)).toBe(0);
  });

  test('does not count what was steady before the heal', () => {
    const earlier = { ...good, startMs: 9_000, endMs: 10_000 };
    expect(judge([earlier, ...windows({ done: 0 })])).toBeNull();
  });

  test('of no windows at all is none', () => {
    expect(judge([])).toBeNull();
  });
});

test('the bar is twice the worst steady window, and never below 150 ms', () => {
  expect([0, 10, 75, 76, 500].map(steadyBarMs)).toEqual([150, 150, 150, 152, 1_000]);
});
