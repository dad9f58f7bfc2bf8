import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Clock } from '../../src/base/clock.ts';
import { atMost, choose, NodeLog } from '../../src/engines/local/cluster/node-log.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const folder = temporaryFolders();
const startMs = Date.parse('2026-11-23T03:21:00.000Z');

/** A log whose file is looked at once a second, as it is during a run. */
function aLog() {
  const file = join(folder(), 'node1.log');
  writeFileSync(file, '');
  const clock = { wallMs: () => startMs + nowMs } as Clock;
  let nowMs = 0;
  const log = new NodeLog(file, clock);
  log.note();
  return {
    log,
    /** The node writes these lines, and a second passes. */
    second(...lines: string[]): void {
      appendFileSync(file, lines.map((line) => `${line}\n`).join(''));
      nowMs += 1_000;
      log.note();
    },
    stamp: (ofMs: number): string => new Date(startMs + ofMs).toISOString(),
    around: (atMs: number, naming: readonly string[] = [], lines = 4) => log.around(startMs + atMs, { lines, naming }),
    count: (fromMs: number, toMs: number): number => log.count(startMs + fromMs, startMs + toMs),
  };
}

const filler = Array.from({ length: 12_000 }, (_, i) => `${i} ${'x'.repeat(100)}`);

describe('the lines of a scenario', () => {
  const during = (s: ReturnType<typeof aLog>, fromMs: number, toMs: number, most: number, ...near: number[]) => {
    const limits = { most, near: near.map((ms) => startMs + ms) };
    const { lines, leftOut } = s.log.during(startMs + fromMs, startMs + toMs, limits);
    return { leftOut, lines: lines.map(({ wallMs, withinMs, text }) => [wallMs - startMs, withinMs, text]) };
  };

  test('are all that the node wrote meanwhile, each at its time and as exactly as it is known', () => {
    const s = aLog();
    s.second('before');
    s.second(`${s.stamp(1_250)} stamped`, '  at a stack trace');
    for (let i = 0; i < 5; i++) s.second();
    s.second('without a stamp', '');
    expect(during(s, 1_000, 8_000, 10)).toEqual({
      lines: [
        [1_000, 0, 'before'],
        [1_250, 0, `${s.stamp(1_250)} stamped`],
        [1_250, 0, '  at a stack trace'],
        [7_500, 500, 'without a stamp'],
      ],
      leftOut: 0,
    });
  });

  test('are those nearest to the faults where there are many, in their order, and the others are counted', () => {
    const s = aLog();
    for (let i = 0; i < 9; i++) s.second(`${s.stamp(i * 1_000 + 500)} line ${i}`);
    const texts = (...of: readonly number[]) =>
      of.map((i) => [i * 1_000 + 500, 0, `${s.stamp(i * 1_000 + 500)} line ${i}`]);
    expect(during(s, 0, 9_000, 3, 2_600, 7_600)).toEqual({ lines: texts(2, 3, 7), leftOut: 6 });
    expect(during(s, 0, 9_000, 3)).toEqual({ lines: texts(0, 1, 2), leftOut: 6 });
  });

  test('of a log that is too large to be read whole are those around each fault, and the others are not counted', () => {
    const s = aLog();
    const much = (): void => s.second(...Array.from({ length: 4 }, () => filler).flat());
    s.second('the kill');
    for (let i = 0; i < 8; i++) much();
    s.second('the heal');
    const { lines, leftOut } = during(s, 0, 11_000, 4, 500, 9_500);
    expect(lines.map(([, , text]) => text)).toEqual(expect.arrayContaining(['the kill', 'the heal']));
    expect(leftOut).toBeNull();
  });
});

describe('the lines around a moment', () => {
  test('are found by when the file grew, in a log without any time stamps', () => {
    const s = aLog();
    s.second('the first second');
    s.second('the second second');
    s.second();
    s.second('the fourth second');
    expect(s.around(1_500)).toEqual({ named: [], others: ['the first second', 'the second second'] });
    expect(s.around(5_500)).toEqual({ named: [], others: [] });
  });

  test('are found in a log with far more than 4 MiB since, and with more than that around them', () => {
    const s = aLog();
    s.second('at the moment: client-1 was thrown out');
    for (let i = 0; i < 5; i++) s.second(...filler);
    expect(s.around(500, ['client-1'], 1).named).toEqual(['at the moment: client-1 was thrown out']);
    expect(s.around(500, [], 1).others).toEqual(['at the moment: client-1 was thrown out']);

    const busy = aLog();
    busy.second(...filler, ...filler, ...filler, 'client-1 was thrown out', ...filler, ...filler, ...filler);
    expect(busy.around(500, ['client-1'])).toEqual({
      named: ['client-1 was thrown out'],
      others: filler.slice(0, 3),
    });
  });

  test('that hold a name come first, and the name stands by itself', () => {
    const s = aLog();
    s.second('a', 'b', 'c', 'd', 'took over client-1x', 'queue of my-client-1', 'closing "client-1": timeout', 'e');
    expect(s.around(500, ['client-1'])).toEqual({ named: ['closing "client-1": timeout'], others: ['a', 'b', 'c'] });
    expect(s.around(500, ['nobody', '']).others).toEqual(['a', 'b', 'c', 'd']);
  });

  test('are those nearest to it by their own stamps, where they have such', () => {
    const s = aLog();
    s.second(...[100, 300, 500, 700, 900].map((ms) => `${s.stamp(ms)} at ${ms}`));
    expect(s.around(620, [], 2).others.map((line) => line.split(' at ')[1])).toEqual(['500', '700']);
    s.second();
    expect(s.around(1_850, [], 9).others.map((line) => line.split(' at ')[1])).toEqual(['900']);
  });

  test('without a stamp belong to the stamped line before', () => {
    const s = aLog();
    s.second(`${s.stamp(100)} hello`, `${s.stamp(900)} panic`, '  at one', '  at two');
    s.second(`${s.stamp(1_950)} later`);
    expect(s.around(1_800, [], 9).others).toEqual([
      `${s.stamp(900)} panic`,
      '  at one',
      '  at two',
      `${s.stamp(1_950)} later`,
    ]);
    expect(s.around(1_800, [], 9).others).not.toContain(`${s.stamp(100)} hello`);
  });

  test('of a node whose clock is shifted are found by when they were written', () => {
    const s = aLog();
    s.second(`${s.stamp(60_500)} a minute ahead`);
    expect(s.around(500).others).toEqual([`${s.stamp(60_500)} a minute ahead`]);
  });

  test('are no lines that the tool wrote itself', () => {
    const s = aLog();
    s.second(`--- ${s.stamp(100)} chaos-action starts node1: ./broker`, '', 'hello');
    expect(s.around(500).others).toEqual(['hello']);
  });

  test('are none of a log that is not there', () => {
    const log = new NodeLog(join(folder(), 'none.log'), { wallMs: () => startMs } as Clock);
    log.note();
    expect(log.around(startMs, { lines: 4, naming: [] })).toEqual({ named: [], others: [] });
    expect(log.count(startMs - 1_000, startMs)).toBe(0);
  });
});

test('as many lines are chosen as are wanted, named ones first, whatever the log', () => {
  const lines = fc.array(fc.constantFrom('client-1 came', 'client-12 came', 'hello', ''), { maxLength: 40 });
  fc.assert(
    fc.property(lines, fc.integer({ min: 1, max: 8 }), (texts, most) => {
      const written = () => ({ fromWallMs: 0, toWallMs: 1_000 });
      const all = texts.map((text, offset) => ({ text, offset }));
      const { named, others } = choose(all, written, 500, { lines: most, naming: ['client-1'] });
      const wanted = texts.filter((text) => text === 'client-1 came');
      const rest = texts.filter((text) => text !== '' && text !== 'client-1 came');
      expect(named).toEqual(wanted.slice(0, most));
      expect(others).toEqual(rest.slice(0, most - named.length));
    }),
  );
});

describe('the number of lines between two times', () => {
  test('is that of a log without stamps, by when the file grew', () => {
    const s = aLog();
    s.second('a');
    s.second('b', 'c', `--- ${s.stamp(1_100)} chaos-action starts node1: ./broker`);
    s.second('d');
    expect(s.count(0, 3_000)).toBe(4);
    expect(s.count(1_000, 2_000)).toBeGreaterThanOrEqual(2);
  });

  test('is exact by their stamps at the ends', () => {
    const s = aLog();
    s.second(`${s.stamp(200)} a`, `${s.stamp(800)} b`);
    s.second(`${s.stamp(1_200)} c`, `${s.stamp(1_800)} d`);
    expect(s.count(500, 1_500)).toBe(2);
    expect(s.count(200, 1_800)).toBe(4);
  });

  test('is that of all of them in a log of any size', () => {
    const s = aLog();
    for (let i = 0; i < 5; i++) s.second(...filler);
    expect(s.count(-1, 6_000)).toBe(60_000);
  });
});

describe('what is read of a log that grows fast', () => {
  test('is within the range, no more than may be read, and holds the inner part as far as it fits', () => {
    const range = fc.tuple(fc.nat(1_000), fc.nat(1_000), fc.nat(1_000), fc.integer({ min: 1, max: 500 }));
    fc.assert(
      fc.property(range, ([before, within, after, most]) => {
        const whole = { start: 10, end: 10 + before + within + after };
        const inner = { start: 10 + before, end: 10 + before + within };
        const read = atMost(most, whole, inner);
        expect(read.start).toBeGreaterThanOrEqual(whole.start);
        expect(read.end).toBeLessThanOrEqual(whole.end);
        expect(read.end - read.start).toBeLessThanOrEqual(Math.max(most, 0));
        if (within <= most) {
          expect(read.start).toBeLessThanOrEqual(inner.start);
          expect(read.end).toBeGreaterThanOrEqual(inner.end);
        } else expect(read.start).toBe(inner.start);
      }),
    );
  });
});
