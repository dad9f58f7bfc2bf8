import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { RunRecord } from '../../src/model/record.ts';
import { needing } from '../support/needs.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { leftAtLast, runTool } from '../support/tool.ts';
import { asRoot } from '../support/users.ts';

const test = needing('nft and root');

const temporary = temporaryFolders();

test('a run after which something of its name is left in the kernel has failed, however well the broker did', async () => {
  const folder = temporary();
  // The build stands in for a defect of the tool: it makes what the tool would make, and the ledger knows nothing of it.
  const sudo = process.geteuid?.() === 0 ? '' : 'sudo -n ';
  writeFileSync(
    join(folder, 'chaos.yml'),
    `broker:
  preset: embedded
  build: PATH=$PATH:/usr/sbin; ${sudo}nft add table inet chaos_action_$(echo $CHAOS_ACTION_RUN | tr - _)
`,
  );
  const { code, stdout, stderr, pid } = await runTool(
    folder,
    ...['run', '--scenario', 'baseline', '--duration', '2s', '--json'],
  );
  const record = JSON.parse(stdout) as RunRecord;
  const table = /chaos_action_\d+_\d+/.exec(record.error?.message ?? '')?.[0] ?? 'none';
  asRoot('nft', ['delete', 'table', 'inet', table]);
  expect(table).toBe(`chaos_action_${/\d{14}/.exec(table)}_${pid}`);
  expect(record).toMatchObject({
    verdict: 'fail',
    error: { code: 'residue', message: `the run left behind: nft table ${table}` },
    scenarios: [{ name: 'baseline', violations: [] }],
  });
  expect(stderr).toContain(`residue: the run left behind: nft table ${table}`);
  expect(code).toBe(4);
  expect(await leftAtLast(folder, pid)).toEqual([]);
});
