import { describe, expect, test } from '@jest/globals';
import { type Clock, pollUntil, systemClock } from '../../src/base/clock.ts';

/** Time that passes only by sleeping. */
function fakeClock(): Clock & { readonly slept: number[] } {
  let nowMs = 1_000;
  const slept: number[] = [];
  return {
    slept,
    nowMs: () => nowMs,
    wallMs: () => nowMs,
    async sleep(delayMs, signal) {
      signal?.throwIfAborted();
      slept.push(delayMs);
      nowMs += delayMs;
    },
  };
}

describe('the system clock', () => {
  test('goes forward, and sleeps no less than it is told', async () => {
    const before = systemClock.nowMs();
    await systemClock.sleep(20);
    expect(systemClock.nowMs() - before).toBeGreaterThanOrEqual(19);
  });

  test('is the clock of process.hrtime, which all threads share', () => {
    expect(Math.abs(systemClock.nowMs() - Number(process.hrtime.bigint()) / 1e6)).toBeLessThan(1_000);
  });

  test('sleeps longer than a timer of Node can be', async () => {
    const abort = new AbortController();
    let isOver = false;
    const sleeping = systemClock.sleep(2 ** 31 + 10, abort.signal).then(
      () => {
        isOver = true;
      },
      () => {},
    );
    await systemClock.sleep(50);
    expect(isOver).toBe(false);
    abort.abort();
    await sleeping;
  });

  test('wakes up when it is aborted, with the reason that was given', async () => {
    const abort = new AbortController();
    const sleeping = systemClock.sleep(60_000, abort.signal);
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
    await expect(systemClock.sleep(60_000, abort.signal)).rejects.toBe(reason);
  });
});

describe('polling', () => {
  test('asks at once, and then again after each pause until there is an answer', async () => {
    const clock = fakeClock();
    let asked = 0;
    const answer = await pollUntil(() => (++asked === 3 ? 'yes' : undefined), { withinMs: 1_000, everyMs: 100, clock });
    expect([answer, asked, clock.slept]).toEqual(['yes', 3, [100, 100]]);
  });

  test('takes false and null for answers', async () => {
    expect(await pollUntil(() => false, { withinMs: 0, everyMs: 1 })).toBe(false);
    expect(await pollUntil(async () => null, { withinMs: 0, everyMs: 1 })).toBeNull();
  });

  test('gives up when the time has passed, not before it has asked once', async () => {
    const clock = fakeClock();
    let asked = 0;
    const probe = (): undefined => void asked++;
    expect(await pollUntil(probe, { withinMs: 250, everyMs: 100, clock })).toBeUndefined();
    expect(asked).toBe(4);
    expect(await pollUntil(probe, { withinMs: 0, everyMs: 100, clock })).toBeUndefined();
    expect(asked).toBe(5);
  });

  test('ends with the reason when it is aborted', async () => {
    const abort = new AbortController();
    const polling = pollUntil(() => undefined, { withinMs: 60_000, everyMs: 10, signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(polling).rejects.toThrow('enough');
  });
});
