import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { findSabotage } from '../../src/sabotage/registry.ts';
import { measuredRun, violated } from '../support/measured-run.ts';
import { writeScenario } from '../support/short-scenario.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const temporary = temporaryFolders();

// That each invariant names its sabotage is shown by the self-test (test/selftest/quick.test.ts).
test('a run with a sabotage fails by the invariant that must name it, and says everywhere that it was sabotaged', async () => {
  const folder = temporary();
  const phases = '{ steady: 1s, hold: 3s, recover: 5s }';
  writeScenario(folder, { name: 'short-quiet', title: 'No fault', phases, faults: '[]' });
  const config = join(folder, 'chaos.yml');
  writeFileSync(config, 'broker: { preset: embedded, redeliver-within: 1s }\n');
  const { code, record, stdout } = await measuredRun(
    ...['--config', config, '--scenario', join(folder, 'short-quiet.yml'), '--profile', 'stream', '--nodes', '1'],
    ...['--rate', '150/s', '--seed', 'sabotage', '--sabotage', 'corrupt-payload'],
  );
  const { invariant = '', breaks } = findSabotage('corrupt-payload') ?? {};
  expect(record).toMatchObject({
    verdict: 'fail',
    score: null,
    grade: null,
    sabotage: { name: 'corrupt-payload', invariant, breaks },
  });
  expect(record?.sabotage?.changes).toBeGreaterThan(0);
  expect(violated(record)[invariant]).toBeGreaterThan(0);
  expect(code).toBe(1);
  expect(stdout).toContain('FAIL: sabotaged: corrupt-payload, no score, embedded');
  expect(record?.command).toContain(' --sabotage corrupt-payload ');
});
