import { describe, expect, test } from '@jest/globals';
import type { RunRecord } from '../../src/model/record.ts';
import type { Case } from '../../src/selftest/cases.ts';
import { matrixMarkdown, matrixOf, summaryOf } from '../../src/selftest/matrix.ts';
import { isGood, outcomeOf } from '../../src/selftest/outcome.ts';
import { failingRun, inconclusiveRun, passingRun } from '../support/records.ts';

const around = { mqttVersion: 5, scenario: 'quiet', profile: 'stream', nodes: 1, seed: 's', mayLack: false } as const;
const sound: Case = { ...around, defect: { kind: 'none' }, invariant: null };
const sabotage = (invariant: string, more: Partial<Case> = {}): Case => ({
  ...{ ...around, defect: { kind: 'sabotage', name: 'duplicate-qos0' }, invariant },
  ...more,
});

/** What the failing run violates. */
const [violated, ...others] = [
  ...new Set(failingRun().scenarios.flatMap(({ violations }) => violations.map(({ invariant }) => invariant))),
];
if (violated === undefined) throw new Error('the failing run violates nothing');

const struck = (record: RunRecord, changes = 3): RunRecord => ({
  ...record,
  sabotage: { name: 'duplicate-qos0', breaks: 'x', invariant: 'at-most-once', changes },
});
const lacking = (record: RunRecord, invariant: string): RunRecord => ({
  ...record,
  scenarios: record.scenarios.map((one) => ({ ...one, notApplicable: [{ invariant, why: 'it has none' }] })),
});

describe('a defect', () => {
  test('that the invariant which must name it names is caught', () => {
    const outcome = outcomeOf(sabotage(violated), struck(failingRun()));
    expect(outcome).toMatchObject({ kind: 'caught', afterMs: expect.any(Number) });
    expect(isGood(outcome)).toBe(true);
  });

  test('that only something else shows is caught by a side effect, which is not good', () => {
    const outcome = outcomeOf(sabotage('single-session'), struck(failingRun()));
    expect(outcome).toEqual({ kind: 'side effect', by: expect.arrayContaining([violated, ...others]) });
    expect(isGood(outcome)).toBe(false);
  });

  test('that nothing shows has escaped', () => {
    expect(outcomeOf(sabotage('at-most-once'), struck(passingRun()))).toEqual({ kind: 'escaped' });
  });

  test('that found nothing to strike shows nothing of the checks, which is not good', () => {
    const outcome = outcomeOf(sabotage('at-most-once'), struck(passingRun(), 0));
    expect(outcome).toEqual({ kind: 'not struck' });
    expect(isGood(outcome)).toBe(false);
  });

  test('of something that the broker lacks is not applicable; the embedded broker lacks nothing, and there it has escaped', () => {
    const record = lacking(struck(passingRun()), 'expiry');
    expect(outcomeOf(sabotage('expiry', { mayLack: true }), record)).toEqual({
      kind: 'not applicable',
      why: 'it has none',
    });
    expect(outcomeOf(sabotage('expiry'), record)).toEqual({ kind: 'escaped' });
  });
});

describe('a sound broker', () => {
  test.each([
    ['that violates nothing is clean', passingRun(), { kind: 'clean' }, true],
    ['that violates something is not', failingRun(), { kind: 'not clean' }, false],
    ['whose run decides nothing is undecided', inconclusiveRun(), { kind: 'undecided' }, false],
  ])('%s', (_, record, expected, good) => {
    const outcome = outcomeOf(sound, record);
    expect(outcome).toMatchObject(expected);
    expect(isGood(outcome)).toBe(good);
  });
});

test.each([
  ['no report', undefined],
  ['a report of a run that broke off', { ...passingRun(), error: { code: 'boot', message: 'no port', hint: null } }],
])('a run with %s decides nothing', (_, record) => {
  expect(outcomeOf(sabotage('at-most-once'), record)).toMatchObject({ kind: 'undecided' });
});

test('the matrix has a row for each case, and the summary counts what was caught', () => {
  const run = { command: 'chaos-action run', tookMs: 1 };
  const results = [
    { ...run, of: sound, outcome: { kind: 'clean' } as const },
    {
      ...run,
      of: sabotage('at-most-once'),
      outcome: { kind: 'caught', afterMs: 1_500, others: ['ordering'] } as const,
    },
    { ...run, of: sabotage('expiry'), outcome: { kind: 'escaped' } as const },
  ];
  expect(matrixMarkdown(matrixOf(results)).split('\n')).toEqual([
    '| defect | must be named by | scenario | MQTT 3.1.1 | MQTT 5 |',
    '| --- | --- | --- | --- | --- |',
    '| none | nothing | quiet | not run | 1 of 1 clean |',
    '| sabotage duplicate-qos0 | at-most-once | quiet | not of this version | caught, also by ordering, 1.5 s |',
    '| sabotage duplicate-qos0 | expiry | quiet | not of this version | escaped |',
  ]);
  expect(summaryOf(results)).toBe(
    '1 of 2 defects caught by the invariant that names them, 1 escaped, 1 of 1 sound runs clean',
  );
});
