import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { renderHtml } from '../../src/report/html.ts';
import { writeReports } from '../../src/run/write-reports.ts';
import { failingRun, passingRun } from '../support/records.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { runTool } from '../support/tool.ts';

// As a user types them: arguments, options and exit codes. What they print is tested by the suites of the commands.

const temporary = temporaryFolders();
let folder: string;
beforeEach(() => {
  folder = temporary();
  writeReports(passingRun(), join(folder, 'before'));
  writeReports({ ...failingRun(), broker: passingRun().broker }, join(folder, 'chaos-report'));
  writeReports(failingRun(), join(folder, 'other'));
});

const run = async (...args: readonly string[]) => {
  const { code, stdout, stderr } = await runTool(folder, ...args);
  return { code, stdout, stderr };
};

test('report prints a whole page, and writes into a folder', async () => {
  expect(await run('report', 'before', '--format', 'html')).toEqual({
    ...{ code: 0, stderr: '' },
    stdout: renderHtml(passingRun()),
  });
  expect((await run('report', 'before/report.json', '-f', 'md, junit', '-o', 'again')).code).toBe(0);
  expect(readdirSync(join(folder, 'again')).sort()).toEqual(['junit.xml', 'report.md']);
  expect((await run('report', 'nowhere')).code).toBe(3);
});

test('compare takes its sides in either way, and its exit code is the result', async () => {
  expect((await run('compare', 'before', 'chaos-report')).code).toBe(1);
  const one = await run('compare', '--base', 'chaos-report', '--head', 'before', '--json');
  expect(one.code).toBe(0);
  expect(JSON.parse(one.stdout)).toMatchObject({ result: 'no regression' });
  const refused = await run('compare', 'before', 'other');
  expect(refused).toMatchObject({ code: 3, stdout: '' });
  expect(refused.stderr).toContain('this run is of the broker emqx-go, and before/report.json of the broker embedded');
});

test('baseline keeps, lists and compares, with chaos-report where no report is named', async () => {
  expect((await run('baseline', 'save', 'main', 'before')).code).toBe(0);
  expect((await run('baseline', 'save', 'main')).code).toBe(3);
  expect(existsSync(join(folder, 'chaos-baselines', 'main.json'))).toBe(true);
  expect((await run('baseline', 'list')).stdout).toMatch(/^main +1 +embedded/m);
  expect((await run('baseline', 'compare', 'main', 'before', '--markdown')).stdout).toContain('**NO REGRESSION**');
});

test('trend draws what is in a folder, in one way at a time', async () => {
  expect((await run('trend', '.', '--html')).stdout).toMatch(/^<!doctype html>[\s\S]*<svg class="trend"/);
  expect((await run('trend', '.', '--html', '--json')).code).toBe(3);
});
