import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { ChaosError } from '../../src/base/error.ts';
import { type CompareOptions, compareCommand } from '../../src/cli/compare.ts';
import type { RunRecord } from '../../src/model/record.ts';
import { rejection } from '../support/eventually.ts';
import { hostile, recordFullOf } from '../support/hostile.ts';
import { failingRun, inconclusiveRun, partialRun, passingRun, runRecord } from '../support/records.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const temporary = temporaryFolders();
let cwd: string;
beforeEach(() => {
  cwd = temporary();
});

/** The failing run, of the broker of the passing one. */
const worse = (): RunRecord => ({ ...failingRun(), broker: passingRun().broker });

function write(name: string, record: unknown): string {
  const file = join(cwd, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(record));
  return name;
}

async function compare(sides: readonly string[], given: Partial<CompareOptions> = {}) {
  const lines: string[] = [];
  const options = { json: false, markdown: false, colour: false, width: 120, base: undefined, head: undefined };
  const code = await compareCommand({ cwd, sides, ...options, ...given }, (line) => lines.push(line));
  return { code, text: lines.join('\n') };
}

const refusal = async (sides: readonly string[], given: Partial<CompareOptions> = {}): Promise<ChaosError> =>
  (await rejection(compare(sides, given))) as ChaosError;

describe('compare', () => {
  test('exits with 1 on a regression, and says where it is', async () => {
    write('base/report.json', passingRun());
    write('head/report.json', worse());
    const { code, text } = await compare(['base', 'head']);
    expect(code).toBe(1);
    const lines = text.split('\n');
    expect(lines[0]).toBe('  base: base/report.json (2026-11-03T09:15:00.000Z, seed a-seed)');
    expect(lines).toContain('Against the base: worse by 5.80');
    expect(lines).toContain('New violations and crashes');
    expect(lines).toContain('  no-acknowledged-loss in node-kill: 0 before, 12 now');
    expect(lines).toContain('  a node that ended by itself in node-restart: 0 before, 1 now');
    expect(text).toMatch(/^fault-isolation +10\.00 \(\S+ to 10\.00\) +5\.64 \(\S+ to \S+\) +-4\.36 +worse$/m);
    expect(text).toMatch(/^node-pause +pass, 10\.00 .* 0\.00 +within noise$/m);
    expect(lines.at(-1)).toBe(
      'REGRESSION: new violations and crashes: 3; worse: total, fault-isolation, auto-recovery, node-kill, node-restart',
    );
  });

  test('exits with 0 where nothing is worse: the same run, and one that became better', async () => {
    write('a.json', passingRun());
    write('b.json', worse());
    expect((await compare(['a.json', 'a.json'])).text.split('\n').at(-1)).toBe('NO REGRESSION');
    const { code, text } = await compare(['b.json', 'a.json']);
    expect(code).toBe(0);
    expect(text).toContain('Violations and crashes of the base that were not seen again');
    expect(text).toContain('NO REGRESSION: better: total, fault-isolation');
  });

  test('exits with 2 where what the base showed is not known of the head', async () => {
    write('a.json', passingRun());
    write('b.json', inconclusiveRun());
    const { code, text } = await compare(['a.json', 'b.json']);
    expect(code).toBe(2);
    expect(text.split('\n').at(-1)).toMatch(/^UNDECIDED: not decided: total, .*node-kill, node-pause$/);
    expect(text).toContain('Not fully comparable: not every run has a score of node-kill, node-pause.');
    write('c.json', runRecord(passingRun().scenarios.slice(0, 3)));
    expect((await compare(['a.json', 'c.json'])).text).toContain('not run in the head: node-pause');
  });

  test('takes several runs a side: with commas, one by one, or a folder of them', async () => {
    const seed = (name: string): RunRecord => ({ ...passingRun(), seed: name });
    for (const name of ['1', '2', '10']) {
      write(`base/${name}/report.json`, seed(name));
      write(`head/${name}/report.json`, seed(name));
    }
    const names = (side: string): string[] => ['1', '2', '10'].map((name) => `${side}/${name}/report.json`);
    const sides = [names('base').join(','), 'head'];
    const { code, text } = await compare(sides, { json: true });
    const record = JSON.parse(text);
    expect(code).toBe(0);
    expect(record).toMatchObject({ result: 'no regression', rounds: { base: 3, head: 3 }, total: { call: 'same' } });
    expect(record.base.map(({ report }: { report: string }) => report)).toEqual(names('base'));
    expect(record.head.map(({ report }: { report: string }) => report)).toEqual(names('head'));
    const one = await compare([], { json: true, base: names('base'), head: ['head/1', 'head/2', 'head/10'] });
    expect(JSON.parse(one.text)).toEqual(record);
  });

  test('as Markdown has the tables of the job summary', async () => {
    write('a.json', passingRun());
    const { text } = await compare(['a.json', 'a.json'], { markdown: true });
    expect(text).toContain('## Against the base: no change outside the noise');
    expect(text).toContain('| dimension | base | head | difference | call |');
    expect(text).toContain('**NO REGRESSION**');
  });

  test('folds its tables to the width of the terminal', async () => {
    write('a.json', passingRun());
    const { text } = await compare(['a.json', 'a.json'], { width: 70 });
    const rows = text.split('\n').filter((line) => /^(node|total|pause|baseline)/.test(line));
    expect(rows.length).toBeGreaterThan(4);
    for (const row of rows) expect(row.length).toBeLessThanOrEqual(70);
  });

  test('prints nothing of a hostile report that a terminal obeys', async () => {
    for (const outside of hostile) {
      const record = { ...recordFullOf(outside), partial: false, error: null };
      write('hostile.json', record);
      expect((await compare(['hostile.json', 'hostile.json'])).text).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
    }
  });
});

describe('compare refuses', () => {
  const other = (given: Partial<RunRecord>): RunRecord => ({ ...passingRun(), ...given });
  const { broker, workload } = passingRun();

  test.each<[string, RunRecord, string]>([
    [
      'another broker',
      other({ broker: { ...broker, name: 'nats' } }),
      'of the broker nats, and a.json of the broker embedded',
    ],
    ['another chaos.yml', other({ broker: { ...broker, config: 'x.yml' } }), 'of x.yml, and a.json of no chaos.yml'],
    [
      'a mutant',
      other({ broker: { ...broker, mutant: 'will-twice' } }),
      'of the mutant will-twice, and a.json of no mutant',
    ],
    [
      'a sabotaged run',
      other({ sabotage: { name: 'swallow', breaks: 'x', invariant: 'integrity', changes: 1 }, score: null }),
      'of the sabotage swallow, and a.json of no sabotage',
    ],
    ['another workload', other({ workload: { ...workload, ratePerSecond: 9 } }), 'of 9 messages a second'],
    ['other scenarios', other({ plan: 'week-1' }), 'of plan week-1, and a.json of tier basic'],
    ['a partial run', partialRun(), 'the report is partial'],
    [
      'a run that broke off',
      other({ error: { code: 'boot', message: 'no port', hint: null } }),
      'the run was interrupted',
    ],
  ])('%s, on either side, and says why', async (_, record, message) => {
    write('a.json', passingRun());
    write('b.json', record);
    const { exitCode, problems } = await refusal(['a.json', 'b.json']);
    expect(exitCode).toBe(3);
    expect(problems).toMatchObject([{ message: expect.stringContaining(message), location: { file: 'b.json' } }]);
    expect((await refusal(['b.json', 'a.json'])).problems).toHaveLength(1);
    expect((await refusal(['a.json,b.json', 'a.json'])).problems).toHaveLength(1);
  });

  test('but not two runs of the same mutant', async () => {
    write('a.json', other({ broker: { ...broker, mutant: 'will-twice' } }));
    expect((await compare(['a.json', 'a.json'])).code).toBe(0);
  });

  test('a report of another schema version, and one that is not there', async () => {
    write('a.json', passingRun());
    write('b.json', { ...passingRun(), schemaVersion: 2 });
    expect(await refusal(['a.json', 'b.json'])).toMatchObject({
      exitCode: 3,
      message: 'report.json has schema version 2; this is a reader of version 1',
    });
    expect(await refusal(['a.json', 'c.json'])).toMatchObject({ message: 'there is no c.json' });
  });

  test('a run that is named twice on one side: it would count as two', async () => {
    write('a/report.json', passingRun());
    expect(await refusal(['a,a/report.json', 'a'])).toMatchObject({
      message: 'a/report.json is named twice on one side',
    });
  });

  test('one side, and arguments beside options', async () => {
    write('a.json', passingRun());
    const a = 'a.json';
    expect(await refusal([a])).toMatchObject({ message: 'a comparison has two sides' });
    expect(await refusal([], { base: [a] })).toMatchObject({ message: 'a comparison has two sides' });
    expect(await refusal([a], { base: [a], head: [a] })).toMatchObject({ message: 'a comparison has two sides' });
  });
});
