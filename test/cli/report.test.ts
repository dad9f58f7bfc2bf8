import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { type ReportOptions, reportCommand } from '../../src/cli/report.ts';
import { formatNames } from '../../src/report/formats.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderSummary } from '../../src/report/table.ts';
import { writeReports } from '../../src/run/write-reports.ts';
import { rejection } from '../support/eventually.ts';
import { hostile, recordFullOf } from '../support/hostile.ts';
import { failingRun, passingRun } from '../support/records.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { zip } from '../support/zip.ts';

const temporary = temporaryFolders();
let cwd: string;
beforeEach(() => {
  cwd = temporary();
  writeReports(failingRun(), join(cwd, 'chaos-report'));
});

/** What is printed; `formats` as on the command line. */
async function report(given: Partial<ReportOptions> = {}): Promise<{ code: number; text: string }> {
  const printed: string[] = [];
  const options = { report: 'chaos-report', formats: undefined, out: undefined, colour: false, width: 120 };
  const code = await reportCommand({ cwd, ...options, ...given }, (text) => printed.push(text));
  return { code, text: printed.join('\n') };
}

const of = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(cwd, folder)).map((name) => [name, readFileSync(join(cwd, folder, name), 'utf8')]),
  );

describe('report', () => {
  test('prints what the run has printed, in the columns of the terminal', async () => {
    expect(await report({ width: 90 })).toEqual({
      code: 0,
      text: renderSummary(failingRun(), { colour: false, width: 90 }),
    });
  });

  test('writes what the run has written, from report.json alone', async () => {
    const { code, text } = await report({ report: 'chaos-report/report.json', out: 'again' });
    expect(code).toBe(0);
    expect(text.split('\n')).toEqual(
      ['report.json', 'report.md', 'report.html', 'junit.xml', 'badge.json'].map((name) => `wrote again/${name}`),
    );
    // The keys of the record have the order of the schema now.
    const [again, first] = [of('again'), of('chaos-report')].map(({ 'report.json': record = '', ...others }) => ({
      record: JSON.parse(record),
      others,
    }));
    expect(again).toEqual(first);
  });

  test.each(formatNames.filter((name) => name !== 'text'))('prints %s as it writes it', async (format) => {
    const { text } = await report({ formats: [format] });
    const [line = ''] = (await report({ formats: [format], out: 'one' })).text.split('\n');
    expect(readFileSync(join(cwd, line.replace('wrote ', '')), 'utf8')).toBe(`${text}\n`);
    expect(text.length).toBeGreaterThan(50);
  });

  test('has no hidden marker in a comment, which the Action would take for its own', async () => {
    expect((await report({ formats: ['comment'] })).text).toMatch(/^## ❌ Chaos: FAIL, 3\.90 of 10/);
  });

  test('reads the zip of an artifact', async () => {
    writeFileSync(join(cwd, 'a.zip'), zip([{ name: 'report.json', content: JSON.stringify(failingRun()) }]));
    expect((await report({ report: 'a.zip', formats: ['html'] })).text).toBe(renderHtml(failingRun()).trimEnd());
  });

  test('never writes over its source, which may have fields that it does not know', async () => {
    const file = join(cwd, 'chaos-report', 'report.json');
    writeFileSync(file, JSON.stringify({ ...passingRun(), later: true }));
    const { text } = await report({ out: 'chaos-report' });
    expect(text).toContain('chaos-report/report.json is the source, and stays as it is');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveProperty('later', true);
    expect(of('chaos-report')['report.md']).toMatch(/^# PASS/);
  });

  test('of a report full of hostile text is what the run would have written', async () => {
    for (const outside of hostile) {
      const record = recordFullOf(outside);
      writeFileSync(join(cwd, 'hostile.json'), JSON.stringify(record));
      expect((await report({ report: 'hostile.json' })).text).toBe(
        renderSummary(record, { colour: false, width: 120 }),
      );
    }
  });
});

describe('what cannot be rendered is refused, with the reason', () => {
  const refusal = async (given: Partial<ReportOptions>) => rejection(report(given));

  test.each<[string, (file: string) => void, string]>([
    ['not JSON', (file) => writeFileSync(file, 'hello'), 'report.json is not JSON'],
    ['empty', (file) => writeFileSync(file, ''), 'report.json is not JSON'],
    ['of another kind', (file) => writeFileSync(file, '{"schemaVersion":1}'), 'report.json does not follow its schema'],
    [
      'of a later schema',
      (file) => writeFileSync(file, JSON.stringify({ ...passingRun(), schemaVersion: 2 })),
      'report.json has schema version 2; this is a reader of version 1',
    ],
    ['nested without end', (file) => writeFileSync(file, '['.repeat(100_000)), 'nested more than 32 levels'],
    ['too large', (file) => writeFileSync(file, Buffer.alloc(33 * 1024 ** 2)), 'the file is larger than 32 MiB'],
  ])('a file that is %s', async (_, write, message) => {
    write(join(cwd, 'x.json'));
    expect(await refusal({ report: 'x.json' })).toMatchObject({
      ...{ code: 'usage', exitCode: 3, location: { file: 'x.json' } },
      message: expect.stringContaining(message),
    });
  });

  test('a file that is not there, a folder without a report, a pipe', async () => {
    mkdirSync(join(cwd, 'empty'));
    execFileSync('mkfifo', [join(cwd, 'pipe')]);
    for (const [name, message] of [
      ['nowhere', 'there is no nowhere'],
      ['empty', 'there is no report.json in empty'],
      ['pipe', 'pipe is neither a file nor a folder'],
    ] as const)
      expect(await refusal({ report: name })).toMatchObject({ code: 'usage', message });
  });

  test('several formats without a folder, and a format that there is not', async () => {
    expect(await refusal({ formats: ['md', 'html'] })).toMatchObject({
      message: 'only one format can be printed on stdout',
    });
    expect(await refusal({ formats: ['htlm'] })).toMatchObject({
      message: 'there is no format "htlm"',
      hint: 'did you mean "html"?',
    });
  });

  test('a folder that a run writes to', async () => {
    mkdirSync(join(cwd, 'busy'));
    const start = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ')[19];
    writeFileSync(join(cwd, 'busy', '.run'), JSON.stringify({ pid: process.pid, startTicks: Number(start) }));
    expect(await refusal({ out: 'busy' })).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('another run'),
    });
  });
});
