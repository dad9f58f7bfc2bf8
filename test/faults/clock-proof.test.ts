import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judgeShift } from '../../src/engines/local/clock/clock-proof.ts';
import type { ClockSample } from '../../src/engines/local/clock/clock-watch.ts';
import { faultKinds } from '../../src/faults/registry.ts';

/** A Date header that is looked at every 618 ms for so long: whole seconds of a clock that is so far ahead. */
function dates(aheadMs: (atMs: number) => number, toMs = 20_000, fromMs = 0): ClockSample[] {
  const samples: ClockSample[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs += 618) {
    const shownMs = Math.floor((atMs + aheadMs(atMs)) / 1_000) * 1_000 + 500;
    samples.push({ source: 'Date header', atMs, aheadMs: shownMs - atMs, resolutionMs: 1_000 });
  }
  return samples;
}

const lines = (aheadMs: readonly number[], fromMs: number): ClockSample[] =>
  aheadMs.map((ahead, i) => ({ source: 'log time stamps', atMs: fromMs + i * 500, aheadMs: ahead, resolutionMs: 1 }));

const asked = { offsetMs: 5_000, fromMs: 10_000, strobe: false };

describe('whole seconds', () => {
  test('prove any offset of two seconds and more, of either sign, on a clock that was off by something before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2_000, max: 4_000_000 }),
        fc.boolean(),
        fc.integer({ min: -100_000, max: 100_000 }),
        (size, behind, usualMs) => {
          const offsetMs = behind ? -size : size;
          const samples = dates((atMs) => usualMs + (atMs < 10_000 ? 0 : offsetMs));
          const seen = judgeShift(samples, { ...asked, offsetMs });
          expect(seen.proven).toBe(true);
          expect(Math.abs(seen.shiftMs - offsetMs)).toBeLessThan(150);
        },
      ),
    );
  });

  test('do not prove it of a clock that did not move, nor of one that went elsewhere', () => {
    const still = judgeShift(
      dates(() => 0),
      asked,
    );
    expect(still).toMatchObject({ proven: false, samplesShifted: 0, shiftMs: 0 });
    expect(still.conditions).toMatchObject([
      { what: expect.stringMatching(/^answers of \d+ with Date header 5\.0 s ahead$/), measured: '0', met: false },
    ]);
    expect(still.observed).toMatch(/^Date header as before in (\d+) of \1 answers$/);
    const elsewhere = judgeShift(
      dates((atMs) => (atMs < 10_000 ? 0 : -5_000)),
      asked,
    );
    expect(elsewhere).toMatchObject({ proven: false, samplesShifted: 0 });
    expect(elsewhere.observed).toMatch(/^Date header [45]\.\d s behind, which was not asked, in all of \d+ answers$/);
  });

  test('do not prove it of a clock that was so all along: a shift is asked for', () => {
    expect(
      judgeShift(
        dates(() => 5_000),
        asked,
      ).proven,
    ).toBe(false);
  });

  test('do not prove what was in force for half of the time', () => {
    const samples = dates((atMs) => (atMs < 10_000 || atMs > 16_000 ? 0 : 5_000));
    expect(judgeShift(samples, asked).proven).toBe(false);
    expect(judgeShift(samples, { ...asked, strobe: true }).proven).toBe(true);
  });

  test('do not prove a strobe that stands still', () => {
    const samples = dates((atMs) => (atMs < 10_000 ? 0 : 5_000));
    expect(judgeShift(samples, { ...asked, strobe: true }).proven).toBe(false);
  });

  test('are not asked about less than they can tell', () => {
    const seen = judgeShift(
      dates((atMs) => (atMs < 10_000 ? 0 : 1_000)),
      { ...asked, offsetMs: 1_000 },
    );
    expect(seen.observed).toContain('Date header too coarse for this offset');
  });

  test('of which one was late before are taken for what most of them say', () => {
    const samples = dates((atMs) => (atMs < 10_000 ? 0 : 5_000));
    const late = samples.map((sample, i) => (i === 0 ? { ...sample, aheadMs: sample.aheadMs - 4_000 } : sample));
    expect(judgeShift(late, asked).proven).toBe(true);
  });
});

describe('log lines', () => {
  test('prove what whole seconds cannot', () => {
    const samples = [...dates(() => 0), ...lines([0, -3, 1], 8_000), ...lines([250, 248, 251], 11_000)];
    expect(judgeShift(samples, { ...asked, offsetMs: 250 })).toEqual({
      proven: true,
      conditions: [
        {
          what: 'lines of 3 with log time stamps 250 ms ahead',
          measured: '3',
          needed: 'at least 3',
          met: true,
        },
      ],
      observed: 'log time stamps 250 ms ahead in 3 of 3 lines',
      samples: 3,
      samplesShifted: 3,
      shiftMs: 250,
    });
  });

  test('must be there before and after', () => {
    expect(judgeShift(lines([0, 0], 8_000), asked).observed).toContain('too few log time stamps: 2 before and 0 after');
    expect(judgeShift(lines([5_000], 12_000), asked).observed).toContain('0 before and 1 after');
    expect(judgeShift([], asked).observed).toMatch(/^the node shows its wall clock nowhere/);
  });
});

describe('the parameters', () => {
  const parse = (given: Record<string, unknown>) => faultKinds.get('clock-skew')?.parameters.safeParse(given);
  const messages = (given: Record<string, unknown>) => parse(given)?.error?.issues.map(({ message }) => message);

  test.each([
    ['+5s', 5_000],
    ['5s', 5_000],
    ['-5s', -5_000],
    ['- 250ms', -250],
    ['+1.5m', 90_000],
  ])('an offset of %s is %d ms', (offset, offsetMs) => {
    expect(parse({ offset })?.data).toEqual({ offset: offsetMs });
  });

  test.each([
    [{ offset: '+5' }, '5 has no unit'],
    [{ offset: 5 }, '5 has no unit'],
    [{ offset: '-0s' }, 'an offset of 0 changes nothing'],
    [{ offset: 'soon' }, '"soon" is not a duration'],
    [{ offset: '+99999999h' }, '+99999999h is more than 5256000 min'],
    [{ offset: ['+5s'] }, 'a list is not an offset'],
    [{}, 'is missing'],
    [{ offset: '+5s', strobe: '1ms' }, 'a strobe is at least 10 ms'],
  ])('%j: %s', (given, message) => {
    expect(messages(given)).toEqual([message]);
  });
});
