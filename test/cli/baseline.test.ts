import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { ChaosError } from '../../src/base/error.ts';
import { compareWithBaseline, listBaselines, saveBaseline } from '../../src/cli/baseline.ts';
import { compareCommand } from '../../src/cli/compare.ts';
import type { RunRecord } from '../../src/model/record.ts';
import { rejection } from '../support/eventually.ts';
import { failingRun, partialRun, passingRun } from '../support/records.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const temporary = temporaryFolders();
let cwd: string;
beforeEach(() => {
  cwd = temporary();
  write('good/report.json', passingRun());
  write('again/report.json', { ...passingRun(), seed: 'b' });
  write('bad/report.json', { ...failingRun(), broker: passingRun().broker });
});

function write(name: string, record: unknown): void {
  const file = join(cwd, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof record === 'string' ? record : JSON.stringify(record));
}

const folder = 'kept';
const view = { json: false, markdown: false, colour: false, width: 120 };

async function printed(run: (out: (line: string) => void) => Promise<number>): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  return { code: await run((line) => lines.push(line)), text: lines.join('\n') };
}

const save = (name: string, reports: readonly string[], force = false) =>
  printed((out) => saveBaseline({ cwd, folder, name, reports, force }, out));
const list = (given: { json?: boolean } = {}) =>
  printed((out) => listBaselines({ cwd, folder, ...view, ...given }, out));
const compare = (name: string, reports: readonly string[]) =>
  printed((out) => compareWithBaseline({ cwd, folder, name, reports, ...view }, out));
const kept = (): string[] => readdirSync(join(cwd, folder)).sort();
const refusal = async (done: Promise<unknown>): Promise<ChaosError> => (await rejection(done)) as ChaosError;

describe('baseline save', () => {
  test('keeps a run as a plain file that any command reads', async () => {
    expect(await save('main', ['good'])).toEqual({ code: 0, text: 'saved kept/main.json' });
    expect(JSON.parse(readFileSync(join(cwd, 'kept/main.json'), 'utf8'))).toEqual(passingRun());
  });

  test('keeps several runs as several files', async () => {
    expect((await save('v1.2', ['good', 'again'])).text).toBe('saved kept/v1.2@1.json, kept/v1.2@2.json');
  });

  test('overwrites nothing unless it is told to, and then leaves nothing of the earlier one', async () => {
    await save('main', ['good', 'again']);
    expect(await refusal(save('main', ['bad']))).toMatchObject({
      exitCode: 3,
      message: 'there is a baseline main already',
      hint: '--force replaces it',
    });
    expect(kept()).toEqual(['main@1.json', 'main@2.json']);
    await save('main', ['bad'], true);
    expect(kept()).toEqual(['main.json']);
    await save('main', ['good', 'again'], true);
    expect(kept()).toEqual(['main@1.json', 'main@2.json']);
  });

  test('never replaces a file that is no report, nor what a link leads to', async () => {
    write('kept/package.json', '{"name":"x"}');
    expect((await refusal(save('package', ['good'], true))).message).toMatch(
      /^kept\/package\.json is not a report, and is/,
    );
    symlinkSync(join(cwd, 'good/report.json'), join(cwd, 'kept/link.json'));
    expect((await refusal(save('link', ['bad'], true))).message).toMatch(
      /^kept\/link\.json is not a plain file, and is/,
    );
    expect(readFileSync(join(cwd, 'kept/package.json'), 'utf8')).toBe('{"name":"x"}');
    expect(JSON.parse(readFileSync(join(cwd, 'good/report.json'), 'utf8'))).toMatchObject({ verdict: 'pass' });
  });

  test.each(['../main', 'a/b', '.hidden', '', ' ', '-x', 'main@1', 'a\nb', 'x'.repeat(65), '..'])(
    'refuses the name %j',
    async (name) => {
      expect(await refusal(save(name, ['good']))).toMatchObject({
        exitCode: 3,
        message: expect.stringContaining('cannot be'),
      });
      expect(existsSync(join(cwd, folder))).toBe(false);
    },
  );

  test('refuses what no later run could be compared with: a partial run, runs of different things', async () => {
    write('part/report.json', partialRun());
    write('nats/report.json', {
      ...passingRun(),
      broker: { ...passingRun().broker, name: 'nats' },
    } satisfies RunRecord);
    expect((await refusal(save('main', ['part']))).problems).toMatchObject([{ message: 'the report is partial' }]);
    expect((await refusal(save('main', ['good', 'nats']))).problems).toHaveLength(1);
    expect(existsSync(join(cwd, folder))).toBe(false);
  });
});

describe('baseline list', () => {
  test('has a line for each, and says which cannot be read', async () => {
    expect((await list()).text).toBe('there is no baseline in kept');
    await save('v10', ['bad']);
    await save('v9', ['good', 'again']);
    write('kept/broken.json', '{');
    write('kept/notes.txt', 'not a baseline');
    const { code, text } = await list();
    expect(code).toBe(0);
    const lines = text.split('\n');
    expect(lines[0]).toMatch(/^baseline +runs +broker +tier or plan +started +verdict +score$/);
    expect(lines.at(-1)).toMatch(/^broken cannot be read: report\.json is not JSON/);
    expect(text).toMatch(
      /^v9 +2 +embedded +tier basic +2026-11-03T09:15:00\.000Z +pass +9\.70 \(9\.\d\d to 9\.\d\d\)$/m,
    );
    expect(text).toMatch(/^v10 +1 +embedded .* fail +3\.90 \(3\.90 to 3\.90\)$/m);
    expect(text.indexOf('v9')).toBeLessThan(text.indexOf('v10'));
    expect(JSON.parse((await list({ json: true })).text).baselines).toMatchObject([
      { name: 'broken', error: expect.any(String) },
      { name: 'v9', files: ['kept/v9@1.json', 'kept/v9@2.json'], verdict: 'pass' },
      { name: 'v10', verdict: 'fail', score: 3.9 },
    ]);
  });
});

describe('baseline compare', () => {
  test('says what compare says of the same runs, with the same exit code', async () => {
    await save('main', ['good', 'again']);
    for (const [head, code] of [
      ['good', 0],
      ['bad', 1],
    ] as const) {
      const one = await compare('main', [head]);
      const sides = ['kept/main@1.json,kept/main@2.json', head];
      const options = { cwd, sides, base: undefined, head: undefined, ...view };
      expect(one).toEqual(await printed((out) => compareCommand(options, out)));
      expect(one.code).toBe(code);
    }
  });

  test('names the baselines that there are if there is none of this name', async () => {
    await save('main', ['good']);
    await save('main.2', ['good']);
    expect(await refusal(compare('mian', ['good']))).toMatchObject({
      message: 'there is no baseline mian in kept',
      hint: 'did you mean "main"?',
    });
  });

  test('does not take a version for a run of another name', async () => {
    await save('v1', ['good']);
    await save('v1.2', ['bad']);
    expect((await compare('v1', ['good'])).text).not.toContain('v1.2');
  });
});
