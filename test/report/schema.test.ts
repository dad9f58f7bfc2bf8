import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { reportJsonSchema, runRecordSchema } from '../../src/report/schema.ts';
import { failingRun, inconclusiveRun, knownIssueRun, partialRun, passingRun } from '../support/records.ts';

const file = new URL('../../schema/report.schema.json', import.meta.url);

describe('the schema of report.json', () => {
  test('accepts every record and keeps every field of it', () => {
    for (const record of [passingRun(), failingRun(), inconclusiveRun(), knownIssueRun(), partialRun()]) {
      expect(runRecordSchema.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
    }
  });

  test.each([
    ['another version', { schemaVersion: 2 }],
    ['a score above 10', { score: 10.5 }],
    ['a score below 0', { score: -0.1 }],
    ['a verdict it does not know', { verdict: 'ok' }],
    ['scenarios that are none', { scenarios: [{}] }],
    ['a missing field', { seed: undefined }],
  ])('refuses %s', (_, change) => {
    expect(runRecordSchema.safeParse({ ...passingRun(), ...change }).success).toBe(false);
  });

  test('reads a record of a newer minor version', () => {
    expect(runRecordSchema.safeParse({ ...passingRun(), addedLater: 1 }).success).toBe(true);
  });

  test('is published in schema/report.schema.json; UPDATE_SCHEMA=1 on this test writes it', () => {
    const text = `${JSON.stringify(reportJsonSchema(), null, 2)}\n`;
    if (process.env.UPDATE_SCHEMA === '1') writeFileSync(file, text);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('says nothing of zod: readonly arrays are not readOnly in JSON Schema, whose word means another thing', () => {
    expect(JSON.stringify(reportJsonSchema())).not.toContain('readOnly');
  });
});
