import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { ChaosError } from '../../src/base/error.ts';
import { type TrendOptions, trendCommand } from '../../src/cli/trend.ts';
import type { RunRecord } from '../../src/model/record.ts';
import { rejection } from '../support/eventually.ts';
import { hostile, recordFullOf } from '../support/hostile.ts';
import { failingRun, partialRun, passingRun } from '../support/records.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { zip } from '../support/zip.ts';

const temporary = temporaryFolders();
let cwd: string;
beforeEach(() => {
  cwd = temporary();
  mkdirSync(join(cwd, 'nightly'));
});

function write(name: string, content: unknown): void {
  const file = join(cwd, 'nightly', name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content));
}

const day = (nth: number, record: RunRecord = passingRun()): RunRecord => ({
  ...record,
  broker: passingRun().broker,
  startedAt: `2026-10-0${nth}T03:00:00.000Z`,
  seed: `night-${nth}`,
});

async function trend(format: TrendOptions['format'] = 'text', given: Partial<TrendOptions> = {}): Promise<string> {
  const printed: string[] = [];
  const options = { cwd, folder: 'nightly', format, colour: false, width: 120 };
  expect(await trendCommand({ ...options, ...given }, (text) => printed.push(text))).toBe(0);
  return printed.join('\n');
}

describe('trend', () => {
  test('reads reports, zips, and a report in each folder; a run that is there twice counts once', async () => {
    write('1.json', day(1));
    write('2/report.json', day(2));
    write('3.zip', zip([{ name: 'report.json', content: JSON.stringify(day(3, failingRun())) }]));
    write('baselines-main.json', day(1));
    write('badge.json', { schemaVersion: 1, label: 'resilience' });
    write('2/logs/node1.log', 'not a report');
    const lines = (await trend()).split('\n');
    expect(lines[0]).toBe('embedded, tier basic, 3 nodes');
    expect(lines[2]).toBe(
      '3 runs, from 2026-10-01 to 2026-10-03. The newest is fail, 3.90 (3.90 to 3.90): nightly/3.zip.',
    );
    expect(lines.find((line) => line.startsWith('fault-isolation'))).toMatch(/██▅ +10\.00 +5\.64 +5\.64 +worse$/);
    expect(lines.at(-1)).toMatch(/^REGRESSION: new violations and crashes: 3; worse: total, /);
  });

  test('names the reports that it leaves out, and why', async () => {
    write('1.json', day(1));
    write('cut.json', partialRun());
    write('broken.json', '{');
    write('undated.json', { ...passingRun(), startedAt: 'yesterday' });
    write('sabotaged.json', {
      ...passingRun(),
      sabotage: { name: 'swallow', breaks: 'x', invariant: 'integrity', changes: 1 },
    });
    const text = await trend();
    expect(text).toContain('1 run, on 2026-10-01.');
    expect(text).toMatch(/^left out: nightly\/broken\.json: report\.json is not JSON/m);
    expect(text).toMatch(/^left out: nightly\/cut\.json: the report is partial$/m);
    expect(text).toMatch(/^left out: nightly\/sabotaged\.json: the run was sabotaged, and has no score$/m);
    expect(text).toMatch(/^left out: nightly\/undated\.json: its start is not a date$/m);
  });

  test('as a page has a chart for each dimension, every figure as text, and nothing that is loaded or run', async () => {
    write('1.json', day(1));
    write('2.json', day(2, failingRun()));
    const html = await trend('html');
    expect(html.match(/<svg class="trend"/g)).toHaveLength(5);
    expect(html).toContain('<summary>The figures of each run</summary>');
    expect(html).toContain('data-head="fault-isolation">5.64<br><span class="muted">5.58 to 5.64</span></td>');
    expect(html).toMatch(/content="default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'"/);
    expect(html).not.toMatch(/<script|https?:|<img|<link| style="/);
  });

  test('as Markdown and as JSON has the same figures', async () => {
    write('1.json', day(1));
    write('2.json', day(2, failingRun()));
    expect(await trend('markdown')).toContain('| fault-isolation | █▅ | 10.00 | 5.64 | 5.64 | worse |');
    expect(JSON.parse(await trend('json'))).toMatchObject({
      trends: [
        {
          broker: 'embedded',
          tiers: ['basic'],
          runs: [
            { report: 'nightly/1.json', verdict: 'pass' },
            { seed: 'night-2', score: 3.9, interval: [3.9, 3.9] },
          ],
          newestAgainstTheOneBefore: { total: 'worse', coverage: 'same' },
        },
      ],
      leftOut: [],
    });
  });

  test('escapes hostile reports as the report does', async () => {
    for (const outside of hostile) {
      write('1.json', { ...recordFullOf(outside), partial: false, error: null });
      const html = await trend('html');
      expect(html).not.toMatch(/<script|<img/);
      expect(await trend('text')).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
    }
  });

  test('refuses a folder without any report, and what is no folder', async () => {
    const refusal = async (folder: string) =>
      (await rejection(
        trendCommand({ cwd, folder, format: 'text', colour: false, width: 80 }, () => {}),
      )) as ChaosError;
    expect(await refusal('nightly')).toMatchObject({ exitCode: 3, message: 'no report in nightly can be drawn' });
    expect(await refusal('nowhere')).toMatchObject({ exitCode: 3, message: 'there is no nowhere' });
    write('1.json', partialRun());
    expect(await refusal('nightly/1.json')).toMatchObject({ message: 'nightly/1.json is a file' });
    expect((await refusal('nightly')).problems).toMatchObject([
      { message: 'the report is partial', location: { file: 'nightly/1.json' } },
    ]);
  });
});
