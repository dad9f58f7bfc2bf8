import { expect, test } from '@jest/globals';
import { compareWithBranch } from '../../src/action/against.ts';
import type { ArtifactSource } from '../../src/action/base-report.ts';
import type { RunRecord } from '../../src/model/record.ts';
import { printMarkdown } from '../../src/report/print-markdown.ts';
import { comparisonSection } from '../../src/report/sections/comparison.ts';
import type { Against } from '../../src/report/step-summary.ts';
import { failingRun, passingRun } from '../support/records.ts';
import { zip } from '../support/zip.ts';

const nowMs = Date.parse('2026-11-26T08:00:00Z');

/** The comparison of a run with a report of main that is so old. */
async function compared(base: RunRecord, head: RunRecord, daysOld: number): Promise<Against & { kind: 'base' }> {
  const createdAt = new Date(nowMs - daysOld * 86_400_000).toISOString();
  const artifact = { id: 1, name: 'chaos-report', sizeInBytes: 10_000, expired: false, createdAt, runId: 9 };
  const source: ArtifactSource = {
    list: async () => [
      { ...artifact, headBranch: 'main', headSha: 'abcdef0123', repositoryId: 7, headRepositoryId: 7 },
    ],
    download: async () => zip([{ name: 'report.json', content: JSON.stringify(base) }]),
  };
  const of = { name: 'chaos-report', branch: 'main', runId: 10, wallMs: nowMs };
  const against = await compareWithBranch(source, head, of);
  if (against.kind === 'none') throw new Error(against.why);
  return against;
}

test('a base is named with its commit and its run', async () => {
  const { label, warning } = await compared(passingRun(), passingRun(), 29);
  expect(label).toBe('main at abcdef0, run 9');
  expect(warning).toBeUndefined();
});

test('from a month on the age of a base is a warning', async () => {
  const { label, warning } = await compared(passingRun(), passingRun(), 30);
  expect(label).toBe('main at abcdef0, run 9, 30 days ago');
  expect(warning).toMatch(/^the newest report of main that can be compared with is 30 days old \(run 9\): /);
});

test('a base that failed is named so, and what it violated too is already there', async () => {
  const { label, comparison } = await compared(failingRun(), failingRun(), 1);
  expect(label).toBe('main at abcdef0, run 9, which failed');
  expect(comparison.appeared).toEqual([]);
  expect(comparison.stayed.length).toBeGreaterThan(0);
  expect(printMarkdown(comparisonSection(comparison, { scenarios: 'changed' })).join('\n\n')).toContain(
    '**Violations and crashes that the base has too**\n\n- `no-acknowledged-loss` in `node-kill`: 12 before, 12 now',
  );
  // Beside a sound base they are new.
  const { label: sound, comparison: fresh } = await compared(
    { ...passingRun(), broker: failingRun().broker },
    failingRun(),
    1,
  );
  expect(sound).not.toContain('failed');
  expect([fresh.stayed, fresh.appeared.length > 0]).toEqual([[], true]);
});
