import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readStat } from '../../src/engines/local/cluster/proc.ts';
import { claimFolder } from '../../src/run/claim-folder.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const temporary = temporaryFolders();

test('a folder is one run’s at a time, and free again afterwards', () => {
  const folder = temporary();
  const release = claimFolder(folder);
  expect(() => claimFolder(folder)).toThrow(`another run, process ${process.pid}, writes its reports into ${folder}`);
  release();
  claimFolder(folder)();
  expect(existsSync(join(folder, '.run'))).toBe(false);
});

test('the other run is named by its process, and refuses with the exit code of a wrong command', async () => {
  const folder = temporary();
  const other = spawn('sleep', ['60']);
  const stat = readStat(other.pid ?? 0);
  writeFileSync(join(folder, '.run'), JSON.stringify({ pid: stat?.pid, startTicks: stat?.startTicks }));
  expect(() => claimFolder(folder)).toThrow(expect.objectContaining({ code: 'usage', exitCode: 3 }));
  other.kill();
  await once(other, 'exit');
  claimFolder(folder)();
});

test.each([
  ['a run that was killed', JSON.stringify({ pid: process.pid, startTicks: 1 })],
  ['a run that was killed while it wrote', '{"pid":'],
])('what %s has left does not keep the next one out', (_, text) => {
  const folder = temporary();
  writeFileSync(join(folder, '.run'), text);
  claimFolder(folder)();
});
