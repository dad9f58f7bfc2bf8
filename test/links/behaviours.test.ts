import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createRandom } from '../../src/base/random.ts';
import { createFlowState, releaseTime } from '../../src/engines/local/links/behaviours/behaviour.ts';
import { cutAllowance, initialWindowBytes } from '../../src/engines/local/links/behaviours/cut.ts';
import { maxLosses, retransmittedAfterMs, timeoutMs } from '../../src/engines/local/links/behaviours/loss.ts';
import { type Conditions, cleanConditions } from '../../src/engines/local/links/types.ts';

/** When segments of `bytes` that enter at `atMs` come out, on one connection. */
function releases(
  segments: readonly { atMs: number; bytes: number }[],
  conditions: Partial<Conditions>,
  seed = 'seed',
): number[] {
  const state = createFlowState();
  const random = createRandom(seed);
  return segments.map(({ atMs, bytes }) =>
    releaseTime(atMs, bytes, { ...cleanConditions, ...conditions }, state, random),
  );
}

const anyConditions = fc.record({
  delayMs: fc.double({ min: 0, max: 500, noNaN: true }),
  jitterMs: fc.double({ min: 0, max: 500, noNaN: true }),
  bytesPerSecond: fc.option(fc.integer({ min: 1_000, max: 100_000_000 }), { nil: undefined }),
  lossShare: fc.double({ min: 0, max: 1, noNaN: true }),
});

const anySegments = fc
  .array(
    fc.record({ afterMs: fc.double({ min: 0, max: 50, noNaN: true }), bytes: fc.integer({ min: 0, max: 1448 }) }),
    { maxLength: 60 },
  )
  .map((steps) => {
    let atMs = 0;
    return steps.map(({ afterMs, bytes }) => {
      atMs += afterMs;
      return { atMs, bytes };
    });
  });

describe('whatever is injected', () => {
  test('a segment never overtakes the one before it', () => {
    fc.assert(
      fc.property(anySegments, anyConditions, fc.string(), (segments, conditions, seed) => {
        const out = releases(segments, conditions, seed);
        expect(out).toEqual([...out].sort((a, b) => a - b));
      }),
    );
  });

  test('a segment never comes out before it went in and had its delay', () => {
    fc.assert(
      fc.property(anySegments, anyConditions, fc.string(), (segments, conditions, seed) => {
        const leastMs = Math.max(0, conditions.delayMs - conditions.jitterMs);
        for (const [index, outMs] of releases(segments, conditions, seed).entries()) {
          expect(outMs).toBeGreaterThanOrEqual((segments[index]?.atMs ?? 0) + leastMs - 1e-6);
        }
      }),
    );
  });

  test('the same seed gives the same times', () => {
    fc.assert(
      fc.property(anySegments, anyConditions, fc.string(), (segments, conditions, seed) => {
        expect(releases(segments, conditions, seed)).toEqual(releases(segments, conditions, seed));
      }),
    );
  });
});

test('nothing injected adds nothing', () => {
  expect(
    releases(
      [
        { atMs: 3, bytes: 10 },
        { atMs: 7, bytes: 1448 },
      ],
      {},
    ),
  ).toEqual([3, 7]);
});

test('a delay is added to each segment', () => {
  expect(
    releases(
      [
        { atMs: 0, bytes: 10 },
        { atMs: 40, bytes: 10 },
      ],
      { delayMs: 100 },
    ),
  ).toEqual([100, 140]);
});

test('jitter spreads the delay evenly over its whole width', () => {
  const far = Array.from({ length: 5_000 }, (_, index) => ({ atMs: index * 1_000, bytes: 10 }));
  const delays = releases(far, { delayMs: 100, jitterMs: 20 }).map((outMs, index) => outMs - index * 1_000);
  const mean = delays.reduce((sum, ms) => sum + ms, 0) / delays.length;
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(80);
  expect(Math.min(...delays)).toBeLessThan(81);
  expect(Math.max(...delays)).toBeLessThanOrEqual(120);
  expect(Math.max(...delays)).toBeGreaterThan(119);
  expect(mean).toBeCloseTo(100, 0);
});

test('a bandwidth makes segments that come together leave one after the other', () => {
  const together = [1_000, 1_000, 500].map((bytes) => ({ atMs: 0, bytes }));
  expect(releases(together, { bytesPerSecond: 10_000 })).toEqual([100, 200, 250]);
});

test('the connections of a link share its bandwidth', () => {
  const wire = { freeAtMs: 0 };
  const conditions = { ...cleanConditions, bytesPerSecond: 10_000 };
  const [one, other] = [createFlowState(wire), createFlowState(wire)];
  expect(releaseTime(0, 1_000, conditions, one, createRandom(''))).toBe(100);
  expect(releaseTime(0, 1_000, conditions, other, createRandom(''))).toBe(200);
});

describe('loss', () => {
  test('the waits between transmissions double from 200 ms to a ceiling', () => {
    expect([0, 1, 2, 3, 4, 5, 6].map(timeoutMs)).toEqual([200, 400, 800, 1_600, 3_200, 3_200, 3_200]);
    expect([0, 1, 2, 3, 4, 5, 6].map(retransmittedAfterMs)).toEqual([0, 200, 600, 1_400, 3_000, 6_200, 9_400]);
  });

  test('each transmission is lost with the given probability', () => {
    const state = createFlowState();
    const random = createRandom('loss');
    const segments = 20_000;
    for (let i = 0; i < segments; i++) releaseTime(i * 1e6, 64, { ...cleanConditions, lossShare: 0.3 }, state, random);
    expect(state.transmissionsLost / (segments + state.transmissionsLost)).toBeCloseTo(0.3, 2);
  });

  test('a lost segment holds up those behind it', () => {
    const burst = Array.from({ length: 50 }, () => ({ atMs: 0, bytes: 64 }));
    const out = releases(burst, { lossShare: 0.2 });
    const firstLoss = out.findIndex((ms) => ms > 0);
    expect(firstLoss).toBeGreaterThan(0);
    expect(out.slice(firstLoss).every((ms) => ms >= 200)).toBe(true);
  });

  test('what is handed over while a lost segment is awaited leaves in full segments when it is there', () => {
    const state = createFlowState();
    const random = createRandom('gather');
    const lossy = { ...cleanConditions, lossShare: 1 };
    const nearlyClean = { ...cleanConditions, lossShare: 1e-9 };
    const awaitedMs = releaseTime(0, 64, lossy, state, random);
    // 22 writes of 64 bytes fill one segment of 1,448: they share one fate, and the 23rd begins the next.
    const behind = Array.from({ length: 22 }, (_, i) =>
      releaseTime(i + 1, 64, i === 0 ? lossy : nearlyClean, state, random),
    );
    expect(new Set(behind)).toEqual(new Set([awaitedMs + retransmittedAfterMs(maxLosses)]));
    expect(state.transmissionsLost).toBe(2 * maxLosses);
    expect(releaseTime(23, 64, nearlyClean, state, random)).toBe(behind[0]);
  });

  test('jitter alone gathers nothing: every segment has a draw of its own', () => {
    const state = createFlowState();
    const random = createRandom('jitter and loss');
    const conditions = { ...cleanConditions, delayMs: 100, jitterMs: 50, lossShare: 1e-9 };
    for (let i = 0; i < 100; i++) releaseTime(i, 64, conditions, state, random);
    expect(state).toMatchObject({ awaitedMs: 0, gatheredRoom: 0 });
  });

  test('even a share of 1 lets a segment through in the end', () => {
    expect(releases([{ atMs: 0, bytes: 64 }], { lossShare: 1 })).toEqual([retransmittedAfterMs(maxLosses)]);
  });
});

describe('a cut', () => {
  test('lets nothing through where it is', () => {
    expect(cutAllowance(true, false)).toBe(0);
    expect(cutAllowance(true, true)).toBe(0);
  });

  test('starves the other direction of acknowledgements: an initial window, no more', () => {
    expect(cutAllowance(false, true)).toBe(initialWindowBytes);
    expect(initialWindowBytes).toBe(14_480);
  });

  test('that is not there limits nothing', () => {
    expect(cutAllowance(false, false)).toBe(Number.POSITIVE_INFINITY);
  });
});
