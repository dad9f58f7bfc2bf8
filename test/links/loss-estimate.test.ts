import { describe, expect, test } from '@jest/globals';
import { createRandom, type Random } from '../../src/base/random.ts';
import { createFlowState, releaseTime } from '../../src/engines/local/links/behaviours/behaviour.ts';
import { estimateLoss, type ProbeSample } from '../../src/engines/local/links/loss-estimate.ts';
import { type Conditions, cleanConditions } from '../../src/engines/local/links/types.ts';

/** What a probe's lane would record: one segment at a time, the next when the last has arrived. */
function stopAndWait(options: {
  conditions: Partial<Conditions>;
  windowMs: number;
  intervalMs: number;
  random: Random;
}): ProbeSample[] {
  const conditions = { ...cleanConditions, ...options.conditions };
  const state = createFlowState();
  const samples: ProbeSample[] = [];
  for (let sentMs = 0; sentMs < options.windowMs; ) {
    const arrivedMs = releaseTime(sentMs, 16, conditions, state, options.random);
    // What has not arrived when the window is read is not known to the probe.
    samples.push(arrivedMs <= options.windowMs ? { sentMs, arrivedMs } : { sentMs });
    sentMs = Math.max(sentMs + options.intervalMs, arrivedMs);
  }
  return samples;
}

function estimateOverLanes(conditions: Partial<Conditions>, windowMs: number, lanes: number, seed: string): number {
  const samples = Array.from({ length: lanes }, (_, lane) =>
    stopAndWait({ conditions, windowMs, intervalMs: 20, random: createRandom(`${seed}/${lane}`) }),
  ).flat();
  return estimateLoss(samples, { baseDelayMs: conditions.delayMs ?? 0, endMs: windowMs }).lossShare;
}

describe('over 30 s and 16 lanes', () => {
  test.each([
    { lossShare: 0.1 },
    { lossShare: 0.3 },
    { lossShare: 0.1, delayMs: 100 },
    { lossShare: 0.3, delayMs: 100, jitterMs: 60 },
  ])('the share of lost transmissions is found within two points: %o', (conditions) => {
    const errors = Array.from({ length: 40 }, (_, run) => {
      return Math.abs(estimateOverLanes(conditions, 30_000, 16, `run-${run}`) - conditions.lossShare);
    });
    expect(Math.max(...errors)).toBeLessThan(0.02);
    const inTheMiddle = errors.sort((a, b) => a - b)[20];
    expect(inTheMiddle).toBeLessThan(0.008);
  });
});

test('segments cut off by the end of the window do not bend the estimate, however short it is', () => {
  // Windows so short that many lanes end within a stall: leaving pending segments out would find far too little.
  const totals = { transmissions: 0, lostTransmissions: 0 };
  for (let run = 0; run < 20_000; run++) {
    const samples = stopAndWait({
      conditions: { lossShare: 0.3 },
      windowMs: 700,
      intervalMs: 50,
      random: createRandom(`${run}`),
    });
    const { transmissions, lostTransmissions } = estimateLoss(samples, { baseDelayMs: 0, endMs: 700 });
    totals.transmissions += transmissions;
    totals.lostTransmissions += lostTransmissions;
  }
  expect(totals.lostTransmissions / totals.transmissions).toBeCloseTo(0.3, 2);
});

test('a clean link has no losses', () => {
  expect(estimateOverLanes({}, 5_000, 4, 'clean')).toBe(0);
});

describe('one segment', () => {
  const fate = (sample: ProbeSample, endMs: number): { transmissions: number; lostTransmissions: number } => {
    const { transmissions, lostTransmissions } = estimateLoss([sample], { baseDelayMs: 10, endMs });
    return { transmissions, lostTransmissions };
  };

  test.each([
    { arrivedMs: 10, lost: 0 },
    { arrivedMs: 90, lost: 0 },
    { arrivedMs: 210, lost: 1 },
    { arrivedMs: 290, lost: 1 },
    { arrivedMs: 610, lost: 2 },
    { arrivedMs: 1_410, lost: 3 },
    { arrivedMs: 6_210, lost: 5 },
    { arrivedMs: 9_410, lost: 6 },
  ])('that arrives after $arrivedMs ms was lost $lost times', ({ arrivedMs, lost }) => {
    expect(fate({ sentMs: 0, arrivedMs }, 60_000)).toEqual({ transmissions: lost + 1, lostTransmissions: lost });
  });

  test('that is still under way says nothing until its fate is decided', () => {
    expect(fate({ sentMs: 0 }, 50)).toEqual({ transmissions: 0, lostTransmissions: 0 });
  });

  test('that is still under way after a timeout has been lost at least once', () => {
    expect(fate({ sentMs: 0 }, 150)).toEqual({ transmissions: 1, lostTransmissions: 1 });
  });

  test('of a connection that was reset counts up to then', () => {
    expect(fate({ sentMs: 0, watchedUntilMs: 150 }, 60_000)).toEqual({ transmissions: 1, lostTransmissions: 1 });
  });
});
