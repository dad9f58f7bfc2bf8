import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { findSabotage } from '../../src/sabotage/registry.ts';
import { measuredRun, violated } from '../support/measured-run.ts';
import { writeScenario } from '../support/short-scenario.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

/**
 * One sabotage of each way to strike: a payload, a delivery, a session, a will, an exchange, a reply, a connection. `chaos-action selftest`
 * runs them all.
 */
const caught = {
  integrity: ['corrupt-payload'],
  'exactly-once': ['duplicate-qos2'],
  'session-state': ['deny-session'],
  'will-once': ['will-after-disconnect'],
  resend: ['resend-under-new-id'],
  'shared-delivery': ['share-with-two'],
  protocol: ['short-suback'],
  'no-unprovoked-disconnect': ['throw-out'],
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
