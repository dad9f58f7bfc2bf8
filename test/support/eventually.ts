import { pollUntil } from '../../src/base/clock.ts';

/** Generous: it is only waited out when a test fails. */
const withinMs = 20_000;

/** Resolves as soon as `probe` is true; rejects, saying what was waited for, when it never is. */
export async function eventually(what: string, probe: () => boolean | Promise<boolean>): Promise<void> {
  const seen = await pollUntil(async () => ((await probe()) ? true : undefined), { withinMs, everyMs: 20 });
  if (!seen) throw new Error(`waited ${withinMs / 1_000} s in vain: ${what}`);
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
