import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { findSabotage } from '../../src/sabotage/registry.ts';
import { measuredRun, violated } from '../support/measured-run.ts';
import { writeScenario } from '../support/short-scenario.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

/** Sabotages that show in a short run without a fault, with the invariant that must name them; several of one invariant where they are unlike. */
const caught = {
  integrity: ['corrupt-payload', 'mix-payloads', 'invent-message', 'deliver-unsubscribed', 'ignore-unsubscribe'],
  'no-acknowledged-loss': ['swallow-delivery', 'acknowledge-early'],
  'at-most-once': ['duplicate-qos0'],
  'exactly-once': ['duplicate-qos2'],
  ordering: ['reorder-deliveries'],
  'session-state': ['deny-session', 'invent-session', 'forget-subscription', 'silence-after-return'],
  'single-session': ['survive-takeover'],
  'retained-convergence': ['stale-retained'],
  'will-once': ['will-after-disconnect'],
  'shared-delivery': ['share-with-two'],
  resend: ['resend-under-new-id'],
  expiry: ['freeze-expiry'],
  liveness: ['hold-until-reconnect', 'withhold-acknowledgement'],
};

const all = Object.entries(caught).flatMap(([invariant, names]) => names.map((name) => ({ name, invariant })));
/** Two at a time: such a run mostly waits. */
const pairs = all.flatMap((_, i) => (i % 2 === 0 ? [all.slice(i, i + 2)] : []));

const temporary = temporaryFolders();

describe('a sound broker behind a sabotage fails, by the invariant that must name it', () => {
  test.each(pairs.map((pair) => [pair.map(({ name }) => name).join(' and '), pair] as const))('%s', async (_, pair) => {
    await Promise.all(pair.map(fails));
  });
});

async function fails({ name, invariant }: { readonly name: string; readonly invariant: string }): Promise<void> {
  const { code, record, stdout } = await sabotagedRun(name, invariant);
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

/** A few seconds of the kind of traffic that the sabotage strikes, in the oldest version of MQTT that it is for. */
function sabotagedRun(name: string, invariant: string): ReturnType<typeof measuredRun> {
  const { flow = 'stream', versions: [version = 4] = [] } = findSabotage(name) ?? {};
  const folder = temporary();
  const phases = '{ steady: 1s, hold: 4s, recover: 5s }';
  writeScenario(folder, { name: 'short-quiet', title: 'No fault', phases, faults: '[]' });
  // An event loop that stands still for a quarter of it leaves liveness undecided.
  const redeliverWithin = invariant === 'liveness' ? '4s' : '1s';
  const config = join(folder, 'chaos.yml');
  writeFileSync(
    config,
    `broker: { preset: embedded, redeliver-within: ${redeliverWithin}, mqtt: { version: ${version} } }\n`,
  );
  return measuredRun(
    ...['--config', config, '--scenario', join(folder, 'short-quiet.yml'), '--profile', flow],
    ...['--nodes', flow === 'stream' ? '1' : '2', '--rate', '150/s', '--seed', 'sabotage', '--sabotage', name],
  );
}
