import { describe, expect, test } from '@jest/globals';
import { autoTier } from '../../src/action/tier.ts';

describe('tier: auto', () => {
  test.each(['pull_request', 'push', 'workflow_dispatch', 'merge_group'])('%s runs basic', (name) => {
    expect(autoTier({ name, schedule: undefined }).tier).toBe('basic');
  });

  test.each([
    ['17 3 * * *', 'fault', 'every night'],
    ['0 */6 * * *', 'fault', 'four times a day'],
    ['0 3 * * 1-5', 'fault', 'on working days'],
    ['0 3 */2 * *', 'fault', 'every other day'],
    ['17 4 * * 0', 'stress', 'on Sundays'],
    ['0 4 * * 1,4', 'fault', 'twice a week: 104 days a year are nearer to daily'],
    ['0 4 1,15 * *', 'stress', 'twice a month'],
    ['17 5 1 * *', 'extreme', 'on the first of the month'],
    ['0 5 1 */3 *', 'extreme', 'every quarter'],
    ['0 5 29 2 *', 'extreme', 'hardly ever'],
  ])('the schedule "%s" runs %s: %s', (schedule, tier) => {
    expect(autoTier({ name: 'schedule', schedule }).tier).toBe(tier);
  });

  test('says what it took the tier from', () => {
    expect(autoTier({ name: 'schedule', schedule: '17 4 * * 0' }).why).toBe(
      'the schedule "17 4 * * 0" fires on 52 days of a year',
    );
    expect(autoTier({ name: 'push', schedule: undefined }).why).toBe('the event is push');
  });

  test('a cron line that cannot be read is taken as daily, and said so', () => {
    expect(autoTier({ name: 'schedule', schedule: 'often' })).toEqual({
      tier: 'fault',
      why: 'the schedule "often" cannot be read, so it is taken as daily',
    });
  });
});
