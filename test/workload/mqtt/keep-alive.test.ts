import { expect, test } from '@jest/globals';
import { KeepAlive } from '../../../src/workload/mqtt/keep-alive.ts';

const intervalMs = 4_000;

/** Looks every second; says what was done when. `heard` and `sent` have the times at which there was something. */
function run(options: {
  heard?: readonly number[];
  sent?: readonly number[];
  looks?: readonly number[];
}): [number, string][] {
  const keepAlive = new KeepAlive(intervalMs, 0);
  const last = (times: readonly number[] = [], nowMs: number): number =>
    Math.max(0, ...times.filter((ms) => ms <= nowMs));
  const done: [number, string][] = [];
  const pings: number[] = [];
  for (const nowMs of options.looks ?? Array.from({ length: 12 }, (_, i) => (i + 1) * 1_000)) {
    const sentMs = Math.max(last(options.sent, nowMs), last(pings, nowMs));
    const care = keepAlive.look(nowMs, { sentMs, heardMs: last(options.heard, nowMs) });
    if (care === 'ping') pings.push(nowMs);
    if (care !== 'nothing') done.push([nowMs, care]);
    if (care === 'give up') break;
  }
  return done;
}

test('a busy connection needs no PINGREQ', () => {
  const each = Array.from({ length: 13 }, (_, i) => i * 1_000);
  expect(run({ heard: each, sent: each })).toEqual([]);
});

test('a quiet one gets a PINGREQ within the interval, and lives while it is answered', () => {
  expect(run({ heard: [2_001, 4_001, 6_001, 8_001, 10_001, 12_001] }).filter(([, care]) => care === 'give up')).toEqual(
    [],
  );
  expect(run({ heard: [2_001, 4_001, 6_001, 8_001] })[0]).toEqual([2_000, 'ping']);
});

test('one that says nothing for one and a half times the interval is given up, however much is sent on it', () => {
  expect(run({}).at(-1)).toEqual([6_000, 'give up']);
  expect(run({ sent: Array.from({ length: 120 }, (_, i) => i * 100) })).toEqual([
    [2_000, 'ping'],
    [6_000, 'give up'],
  ]);
});

test('but not by a process that did not run meanwhile', () => {
  expect(run({ looks: [1_000, 2_000, 9_000], heard: [] })).not.toContainEqual([9_000, 'give up']);
});

test('an interval of 0 is none', () => {
  expect(new KeepAlive(0, 0).look(1e9, { sentMs: 0, heardMs: 0 })).toBe('nothing');
});
