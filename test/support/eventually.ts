import { setTimeout } from 'node:timers/promises';

/** How long a test waits for what must come: only waited out when it fails, and enough for a machine that does ten other things. */
export const patienceMs = 120_000;

/**
 * Resolves as soon as `probe` is true; rejects, saying what was waited for, when it never is. A probe that takes long (a look at every
 * process, a program that is started) is made less often, so that what is waited for has the CPU.
 */
export async function eventually(what: string, probe: () => boolean | Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + patienceMs;
  for (;;) {
    const lookedMs = performance.now();
    if (await probe()) return;
    const tookMs = performance.now() - lookedMs;
    if (performance.now() > deadlineMs) throw new Error(`waited ${patienceMs / 1_000} s in vain: ${what}`);
    await setTimeout(Math.max(20, 5 * tookMs));
  }
}

/** Measures until it is below the bound: a single measurement on a busy machine can be anything above what is measured. */
export async function eventuallyBelow(
  bound: number,
  what: string,
  measure: () => number | Promise<number>,
): Promise<void> {
  await eventually(`${what} below ${bound}`, async () => (await measure()) < bound);
}

/** What an action is rejected with; fails when it is not. */
export async function rejection(action: Promise<unknown>): Promise<unknown> {
  try {
    await action;
  } catch (error) {
    return error;
  }
  throw new Error('it was not rejected');
}
