import { pollUntil } from '../../src/base/clock.ts';

/** How long a test waits for what must come: only waited out when it fails, and enough for a machine that does ten other things. */
export const patienceMs = 120_000;

/** Resolves as soon as `probe` is true; rejects, saying what was waited for, when it never is. */
export async function eventually(what: string, probe: () => boolean | Promise<boolean>): Promise<void> {
  const seen = await pollUntil(async () => ((await probe()) ? true : undefined), { withinMs: patienceMs, everyMs: 20 });
  if (!seen) throw new Error(`waited ${patienceMs / 1_000} s in vain: ${what}`);
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
