import { Cron } from 'croner';
import type { Tier } from '../model/scenario.ts';

/** `runs` on this many days of a year at the least are daily, or weekly; fewer are monthly. */
const dailyFrom = 100;
const weeklyFrom = 18;

/**
 * The tier of `tier: auto`: a schedule by how many days of a year its cron line fires on, anything else basic.
 * `why` is a sentence for the log.
 */
export function autoTier(event: { readonly name: string; readonly schedule: string | undefined }): {
  readonly tier: Tier;
  readonly why: string;
} {
  if (event.name !== 'schedule') return { tier: 'basic', why: `the event is ${event.name}` };
  const line = event.schedule ?? '';
  const days = daysAYear(line);
  if (days === undefined)
    return { tier: 'fault', why: `the schedule "${line}" cannot be read, so it is taken as daily` };
  const why = `the schedule "${line}" fires on ${days} days of a year`;
  if (days >= dailyFrom) return { tier: 'fault', why };
  return { tier: days >= weeklyFrom ? 'stress' : 'extreme', why };
}

/** Counted over a year that is not a leap year, in UTC as GitHub does. */
function daysAYear(line: string): number | undefined {
  let cron: Cron;
  try {
    cron = new Cron(line, { timezone: 'UTC', mode: '5-part' });
  } catch {
    return undefined;
  }
  const end = Date.UTC(2027, 0, 1);
  let days = 0;
  for (let from = Date.UTC(2026, 0, 1) - 1_000; ; days++) {
    const next = cron.nextRun(new Date(from))?.getTime();
    if (next === undefined || next >= end) return days;
    from = Math.floor(next / 86_400_000) * 86_400_000 + 86_400_000 - 1_000;
  }
}
