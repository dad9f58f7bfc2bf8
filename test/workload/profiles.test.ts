import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { flowKindNames, profileNames } from '../../src/model/flow-kinds.ts';
import { kindsOf, sharesOf } from '../../src/workload/profiles.ts';

describe.each(profileNames)('the profile %s', (profile) => {
  const kinds = kindsOf(sharesOf(profile));

  test('shares out the whole rate', () => {
    expect(kinds.reduce((sum, [, share]) => sum + share, 0)).toBeCloseTo(1, 10);
  });

  test('has streams enough: availability, latency and recovery are measured on them', () => {
    expect(Object.fromEntries(kinds).stream).toBeGreaterThanOrEqual(0.3);
  });

  test('has its kinds in the order of the reports', () => {
    const names = kinds.map(([name]) => name);
    const own = flowKindNames.filter((name) => name === 'stream' || name === profile);
    expect(names).toEqual(profile === 'mixed' ? flowKindNames : own);
  });
});

test('a kind with a share of 0 is left out', () => {
  expect(kindsOf({ will: 0, retained: 0.4, stream: 0.6 })).toEqual([
    ['stream', 0.6],
    ['retained', 0.4],
  ]);
});

test('docs/workload.md says which share of the rate the streams have in the profile mixed', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'workload.md'), 'utf8');
  const [, percent] = /The streams get (\d+)% of the rate/.exec(page) ?? [];
  expect(Number(percent) / 100).toBe(sharesOf('mixed').stream);
});
