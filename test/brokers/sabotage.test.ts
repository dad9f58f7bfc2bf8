import { describe, expect, test } from '@jest/globals';
import { findSabotage } from '../../src/sabotage/registry.ts';
import { violated } from '../support/measured-run.ts';
import { mutantRuns } from '../support/mutant-run.ts';

/** Sabotages that show in the shortest scenario without a fault, by the invariant that must name them. */
const caught = {
  integrity: ['corrupt-payload', 'mix-payloads', 'invent-message', 'deliver-unsubscribed'],
  'no-acknowledged-loss': ['swallow-delivery', 'acknowledge-early'],
  'at-most-once': ['duplicate-qos0'],
  'exactly-once': ['duplicate-qos2'],
  ordering: ['reorder-deliveries'],
  'session-state': ['deny-session', 'invent-session', 'forget-subscription', 'silence-after-return'],
  liveness: ['hold-until-reconnect', 'withhold-acknowledgement'],
};

const all = Object.entries(caught).flatMap(([invariant, names]) => names.map((name) => ({ name, invariant })));
/** Two at a time: such a run mostly waits. */
const pairs = all.flatMap((_, i) => (i % 2 === 0 ? [all.slice(i, i + 2)] : []));

const runOf = mutantRuns();

describe('a sound broker behind a sabotage fails, by the invariant that must name it', () => {
  test.each(pairs.map((pair) => [pair.map(({ name }) => name).join(' and '), pair] as const))('%s', async (_, pair) => {
    await Promise.all(pair.map(fails));
  });
});

async function fails({ name, invariant }: { readonly name: string; readonly invariant: string }): Promise<void> {
  // An event loop that stands still for a quarter of it leaves liveness undecided.
  const redeliverWithin = invariant === 'liveness' ? '4s' : '1s';
  const { code, record, stdout } = await runOf(['short-quiet'], redeliverWithin, '--nodes', '1', '--sabotage', name);
  expect(record).toMatchObject({
    verdict: 'fail',
    score: null,
    grade: null,
    sabotage: { name, invariant, breaks: findSabotage(name)?.breaks },
  });
  expect(record?.sabotage?.changes).toBeGreaterThan(0);
  expect({ name, violated: Object.keys(violated(record)) }).toEqual({
    name,
    violated: expect.arrayContaining([invariant]),
  });
  expect({ name, code }).toEqual({ name, code: 1 });
  expect(stdout).toContain(`FAIL: sabotaged: ${name}, no score, embedded`);
  expect(record?.command).toContain(` --sabotage ${name} `);
}
