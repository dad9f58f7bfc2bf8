import { describe, expect, test } from '@jest/globals';
import { openDeadlines } from '../../src/action/deadlines.ts';
import { systemClock } from '../../src/base/clock.ts';

const never = new Promise<never>(() => {});
const soon = <T>(value: T): Promise<T> => new Promise((resolve) => setTimeout(resolve, 5, value));

describe('deadlines', () => {
  test('passes on what comes in time, good or bad', async () => {
    const { within } = openDeadlines(new AbortController().signal, systemClock);
    expect(await within(soon('done'), { ms: 10_000, cancelledMs: 0 })).toBe('done');
    await expect(within(Promise.reject(new Error('refused')), { ms: 10_000, cancelledMs: 0 })).rejects.toThrow(
      'refused',
    );
  });

  test('ends when something takes too long', async () => {
    const { within } = openDeadlines(new AbortController().signal, systemClock);
    await expect(within(never, { ms: 20, cancelledMs: 0 })).rejects.toThrow('it took longer than 0.02 s');
  });

  test('ends soon after a cancel, also one that came before', async () => {
    const abort = new AbortController();
    const { within } = openDeadlines(abort.signal, systemClock);
    const waiting = within(never, { ms: 60_000, cancelledMs: 20 });
    abort.abort();
    await expect(waiting).rejects.toThrow('the step was cancelled');
    await expect(within(never, { ms: 60_000, cancelledMs: 20 })).rejects.toThrow('the step was cancelled');
    // What is there in the time that is left is taken.
    expect(await within(soon('done'), { ms: 60_000, cancelledMs: 5_000 })).toBe('done');
  });
});
