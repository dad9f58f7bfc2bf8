import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { constants, deflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ChaosError } from '../../src/base/error.ts';
import type { RunRecord, ScenarioRecord } from '../../src/model/record.ts';
import { runFormats } from '../../src/report/formats.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { readReport, readReportZip } from '../../src/report/read.ts';
import { rejection } from '../support/eventually.ts';
import { needing } from '../support/needs.ts';
import { failingRun, inconclusiveRun, partialRun, passingRun, violationRecord } from '../support/records.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { type ZipEntry, zip } from '../support/zip.ts';

const mebibyte = 1_024 ** 2;
const temporary = temporaryFolders();

/** report.json as it is written. */
const json = (record: unknown): string => `${JSON.stringify(record, null, 2)}\n`;
const zipped = (content: string | Uint8Array, given: Partial<ZipEntry> = {}): Buffer =>
  zip([{ name: 'report.json', content, ...given }]);

/** What a zip is refused with. */
async function refusal(bytes: Uint8Array): Promise<string> {
  return messageOf(await rejection(readReportZip(bytes)));
}

function refusalOf(text: string | Uint8Array): string {
  try {
    readReport(Buffer.from(text));
  } catch (error) {
    return messageOf(error);
  }
  throw new Error('it was not refused');
}

function messageOf(error: unknown): string {
  if (!(error instanceof ChaosError)) throw error;
  expect(error.code).toBe('report');
  return error.message;
}

describe('a report in an artifact', () => {
  test('is the record that was written', async () => {
    for (const record of [passingRun(), failingRun(), inconclusiveRun(), partialRun()])
      expect(await readReportZip(zipped(json(record)))).toEqual(record);
  });

  test('of a run of every scenario on ten nodes is small enough to be read again', () => {
    const points = Array.from({ length: 30 }, (_, index) => [1_000_000 + index * 1_234, 1_234.5] as const);
    const series = Array.from({ length: 144 }, (_, index) => ({
      ...{ name: 'x'.repeat(150), line: `node${index}`, kind: 'gauge' as const },
      points,
    }));
    const lines = Array.from({ length: 60 }, () => ({ atMs: 1_000_000, withinMs: 500, text: 'x'.repeat(300) }));
    const logs = Array.from({ length: 10 }, (_, index) => ({ node: `node${index}`, lines, leftOut: null }));
    const { scenarios, ...run } = failingRun();
    const watched = Array.from({ length: 30 }, (_, index) => ({
      ...scenarios[index % scenarios.length],
      ...{ name: `scenario-${index}`, series, logs },
    })) as ScenarioRecord[];
    const record: RunRecord = { ...run, scenarios: watched };
    // Too much for a comparison that could show what differs.
    expect(isDeepStrictEqual(readReport(Buffer.from(runFormats.json.render(record))), record)).toBe(true);
  });

  test('is found among the other files, packed or not', async () => {
    const others = [
      'chaos-report/report.json',
      'Report.json',
      'report.json.part',
      'logs/report.json',
      'logs/node1.log',
    ];
    for (const isStored of [true, false]) {
      const entries = [...others, 'report.json', 'report.html'].map((name) => ({
        name,
        isStored,
        content: name === 'report.json' ? json(passingRun()) : 'another file',
      }));
      expect(await readReportZip(zip(entries))).toEqual(passingRun());
    }
  });

  needing('python3')('may come from any program that makes zips', async () => {
    const folder = temporary();
    writeFileSync(join(folder, 'report.json'), json(passingRun()));
    execFileSync('python3', ['-m', 'zipfile', '-c', 'made.zip', 'report.json'], { cwd: folder });
    expect(await readReportZip(readFileSync(join(folder, 'made.zip')))).toEqual(passingRun());
  });

  test('may be a part of a larger buffer', async () => {
    const bytes = zipped(json(passingRun()));
    const larger = new Uint8Array(bytes.length + 200).fill(0x50);
    larger.set(bytes, 100);
    expect(await readReportZip(larger.subarray(100, 100 + bytes.length))).toEqual(passingRun());
  });

  test('of a newer minor version is read without what is new in it', async () => {
    expect(await readReportZip(zipped(json({ ...passingRun(), addedLater: { deep: [1] } })))).toEqual(passingRun());
  });
});

describe('a zip that is none, or a hostile one', () => {
  const good = zipped(json(passingRun()));

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('<html>Not Found</html>')],
    ['a cut-off zip', good.subarray(0, good.length - 30)],
    ['a zip without its beginning', good.subarray(500)],
    ['one with a hole', Buffer.concat([good.subarray(0, 60), Buffer.alloc(40), good.subarray(100)])],
    ['names that lead out of it', zip([{ name: '../../report.json', content: '{}' }])],
  ])('%s', async (_, bytes) => {
    expect(await refusal(bytes)).toMatch(/^the zip cannot be read: ./);
  });

  test('one without a report', async () => {
    expect(await refusal(zip([]))).toBe('the zip has no report.json');
    expect(await refusal(zip([{ name: 'logs/report.json', content: '{}' }]))).toBe('the zip has no report.json');
  });

  test('one that is too large is not even opened', async () => {
    expect(await refusal(new Uint8Array(64 * mebibyte + 1))).toBe('the zip is larger than 64 MiB');
  });

  test('a report that is too large, packed or not', async () => {
    const spaces = Buffer.alloc(32 * mebibyte + 1, ' ');
    expect(await refusal(zipped(spaces))).toBe('report.json is larger than 32 MiB');
    expect(await refusal(zipped(spaces, { isStored: true }))).toBe('report.json is larger than 32 MiB');
  });

  test('a bomb ends as soon as too much has come out, whatever it claims', async () => {
    // What follows the first 40 MiB cannot be unpacked: nothing has come so far.
    const begun = deflateRawSync(Buffer.alloc(40 * mebibyte), { finishFlush: constants.Z_SYNC_FLUSH });
    const bomb = zipped(Buffer.concat([begun, Buffer.alloc(1_000, 0xff)]), {
      isStored: true,
      claims: { method: 8, bytes: 2 },
    });
    expect(bomb.length).toBeLessThan(mebibyte);
    expect(await refusal(bomb)).toBe('report.json is larger than 32 MiB');
  });

  test('more entries than an artifact has, claimed or there', async () => {
    const many = Array.from({ length: 10_001 }, (_, index) => ({ name: `${index}`, content: '', isStored: true }));
    expect(await refusal(zip(many))).toBe('the zip has more than 10,000 entries');
    expect(await refusal(zip([{ name: 'report.json', content: '{}' }], { entryCount: 60_000 }))).toBe(
      'the zip has more than 10,000 entries',
    );
  });

  test.each<[string, ZipEntry['claims']]>([
    ['encrypted', { flags: 0x801 }],
    ['packed in another way', { method: 12 }],
  ])('a report that is %s', async (_, claims = {}) => {
    expect(await refusal(zipped('{}', { claims }))).toBe('report.json is packed in a way that is not understood');
  });

  test.each<[string, ZipEntry['claims']]>([
    ['strongly encrypted', { flags: 0x841 }],
    ['outside of the zip', { offset: 0x7fff_ffff }],
    ['where there is none', { offset: 1 }],
    ['longer than the zip', { packedBytes: 0x7fff_ffff }],
    ['cut off', { packedBytes: 100 }],
    ['not packed at all', { method: 0 }],
  ])('a report that is %s', async (_, claims = {}) => {
    expect(await refusal(zipped(json(passingRun()), { claims }))).toMatch(/^the zip cannot be read: ./);
  });

  test('a report of which a byte has changed', async () => {
    const bytes = zipped(json(passingRun()), { isStored: true });
    bytes.write('X', bytes.indexOf('a-seed'));
    expect(await refusal(bytes)).toBe('report.json is damaged');
  });

  test('whatever bytes are changed, it is refused or says the same record', async () => {
    const small = zipped(JSON.stringify(partialRun()));
    const change = fc.record({ at: fc.nat(small.length - 1), byte: fc.nat(255) });
    // Half of the changes are made where the headers are.
    const inHeaders = fc.record({
      at: fc.integer({ min: small.length - 79, max: small.length - 1 }),
      byte: fc.nat(255),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(change, inHeaders), { minLength: 1, maxLength: 4 }), async (changes) => {
        const bytes = Buffer.from(small);
        for (const { at, byte } of changes) bytes[at] = byte;
        const read = await readReportZip(bytes).catch((error: unknown) => error);
        if (read instanceof Error) messageOf(read);
        else expect(read).toEqual(partialRun());
      }),
      { numRuns: 300 },
    );
  });
});

describe('a report.json that is none, or a hostile one', () => {
  test.each<[string, string | Uint8Array]>([
    ['empty', ''],
    ['a page', '<html>Not Found</html>'],
    ['cut off', json(passingRun()).slice(0, -10)],
    ['two in one', `${json(passingRun())}{}`],
    ['with a number that is none', '{"schemaVersion": NaN}'],
    ['not in UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22])],
  ])('%s', (_, text) => {
    expect(refusalOf(text)).toMatch(/^report\.json is not JSON: ./);
  });

  test('what is wrong with it is told on one line, without anything that a terminal or GitHub obeys', () => {
    const told = refusalOf('{"a": \u001b[31m\n::error::x');
    expect(told).not.toMatch(/[\p{Cc}]/u);
    const key = '\u001b[2J\n::error::x';
    expect(refusalOf(json({ ...passingRun(), workload: { [key]: 1 } }))).not.toMatch(/\p{Cc}/u);
    const { scenarios } = withScenario({ parameters: { [key]: 1 as unknown as string } });
    expect(refusalOf(json({ ...passingRun(), scenarios }))).not.toMatch(/\p{Cc}/u);
  });

  /** The passing run with its first scenario changed. */
  function withScenario(given: Partial<ScenarioRecord>): RunRecord {
    const [first, ...others] = passingRun().scenarios;
    if (!first) throw new Error('the passing run has scenarios');
    return { ...passingRun(), scenarios: [{ ...first, ...given }, ...others] };
  }

  test.each<[string, unknown, string]>([
    ['no object', 7, 'report.json does not follow its schema: Invalid input'],
    [
      'another version',
      { ...passingRun(), schemaVersion: 2 },
      'report.json has schema version 2; this is a reader of version 1',
    ],
    ['a missing field', { ...passingRun(), seed: undefined }, 'seed: '],
    ['a score above 10', { ...passingRun(), score: 11 }, 'score: '],
    [
      'a wrong type deep inside',
      withScenario({ crashes: [{ node: 'n', atMs: 1, how: 'h', lastLines: 'x' as never }] }),
      'scenarios[0].crashes[0].lastLines: ',
    ],
  ])('%s', (_, record, message) => {
    expect(refusalOf(json(record))).toContain(message);
  });

  test('of many mistakes the first are named', () => {
    expect(refusalOf('{}')).toMatch(
      /^report\.json does not follow its schema: schemaVersion: [^;]+; tool: [^;]+; startedAt: [^;]+; and more$/,
    );
  });

  test('numbers that JSON has no word for, and those that are too large to be one', () => {
    for (const figure of ['1e999', '-1e999']) {
      const text = json(passingRun()).replace(/"durationMs": \d+/, `"durationMs": ${figure}`);
      expect(refusalOf(text)).toContain('durationMs: ');
    }
  });

  test.each([
    ['lists', '['.repeat(32 * mebibyte)],
    ['objects', '{"a":'.repeat(6 * mebibyte)],
    ['lists that end', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  ])('%s in one another without end', (_, text) => {
    expect(refusalOf(text)).toBe('report.json is nested more than 32 levels deep');
  });

  test('scenarios in one another without end', () => {
    const [scenario] = passingRun().scenarios;
    let nested = scenario ?? null;
    for (let level = 0; level < 40 && scenario; level++) nested = { ...scenario, windows: [], earlier: nested };
    expect(refusalOf(json({ ...passingRun(), scenarios: [nested] }))).toBe(
      'report.json is nested more than 32 levels deep',
    );
  });

  test('brackets in texts are no nesting', () => {
    const reason = `${'[{'.repeat(500)} \\" ${'"['.repeat(500)} \\`;
    const record = withScenario({ reason });
    expect(readReport(Buffer.from(json(record)))).toEqual(record);
  });

  test.each([
    ['mistakes', `{"scenarios":[${'{},'.repeat(10 * mebibyte)}{}]}`],
    ['numbers', `{"scenarios":[${'0,'.repeat(16 * mebibyte - 10)}0]}`],
    ['keys', `{${'"a":0,'.repeat(5 * mebibyte)}"b":0}`],
  ])('millions of %s', (_, text) => {
    expect(refusalOf(text)).toBe('report.json has more than 1,000,000 values');
  });

  test('hundreds of thousands of mistakes are one refusal', () => {
    const windows = Array.from({ length: 400_000 }, () => ({}) as never);
    expect(refusalOf(JSON.stringify(withScenario({ windows })))).toMatch(
      /^report\.json does not follow its schema: scenarios\[0\]\.windows\[0\]\.phase: .*; and more$/,
    );
    const late = { ...passingRun(), scenarios: [...Array.from({ length: 20 }, () => passingRun().scenarios[0]), {}] };
    expect(refusalOf(json(late))).toBe(
      'report.json does not follow its schema, in what follows the first items of a list',
    );
  });

  const manyKeys = (count: number): Record<string, string> =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, '']));

  test.each<[string, () => RunRecord]>([
    [
      'scenarios in report.json has more than 200 items',
      () => ({
        ...passingRun(),
        scenarios: Array.from({ length: 201 }, () => withScenario({ windows: [] }).scenarios).flatMap((all) =>
          all.slice(0, 1),
        ),
      }),
    ],
    [
      'scenarios.0.violations in report.json has more than 100 items',
      () => withScenario({ violations: Array.from({ length: 101 }, () => violationRecord()) }),
    ],
    [
      'scenarios.0.notApplicable in report.json has more than 1,000 items',
      () => withScenario({ notApplicable: Array.from({ length: 1_001 }, () => ({ invariant: 'ordering', why: 'x' })) }),
    ],
    [
      'scenarios.0.parameters in report.json has more than 200 entries',
      () => withScenario({ parameters: manyKeys(300_000) }),
    ],
    ['report.json has more than 200 entries', () => ({ ...passingRun(), ...manyKeys(201) })],
    [
      'scenarios.0.reason in report.json has more than 100,000 characters',
      () => withScenario({ reason: 'x'.repeat(100_001) }),
    ],
    [
      'scenarios.0.parameters in report.json has more than 100,000 characters in a name',
      () => withScenario({ parameters: { ['x'.repeat(100_001)]: '' } }),
    ],
  ])('%s', (message, record) => {
    expect(refusalOf(json(record()))).toBe(message);
  });

  test('windows are as many as there may be values: 22 hours of them are read', () => {
    const [window] = passingRun().scenarios[0]?.windows ?? [];
    if (!window) throw new Error('the passing run has windows');
    const windows = Array.from({ length: 80_000 }, () => ({ ...window, latency: null }));
    expect(readReport(Buffer.from(JSON.stringify(withScenario({ windows })))).scenarios[0]?.windows).toHaveLength(
      80_000,
    );
  });

  test('names that objects have by nature are names like others', () => {
    const text = json(passingRun()).replaceAll(
      '"parameters": {}',
      '"parameters": {"__proto__": "x", "constructor": "y"}',
    );
    const [first] = readReport(Buffer.from(text)).scenarios;
    expect(first?.parameters.constructor).toBe('y');
    expect(Object.getPrototypeOf(first?.parameters)).toBe(Object.prototype);
    expect(readReport(Buffer.from(json({ ...passingRun(), __proto__: null, toString: 1 })))).toEqual(passingRun());
  });

  test('texts may hold anything: they are escaped where they are shown', () => {
    const hostile = '</details><script>alert(1)</script> @octocat \u0000\u202e';
    const record = withScenario({ title: hostile, reason: hostile });
    expect(readReport(Buffer.from(json(record)))).toEqual(record);
    expect(renderMarkdown(readReport(Buffer.from(json(record))))).not.toMatch(
      /<script|@octocat|(?!\n)[\p{Cc}\p{Bidi_Control}]/u,
    );
  });
});
