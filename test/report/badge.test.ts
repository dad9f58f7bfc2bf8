import { expect, test } from '@jest/globals';
import type { RunRecord } from '../../src/model/record.ts';
import { renderBadge } from '../../src/report/badge.ts';
import { failingRun, inconclusiveRun, knownIssueRun, partialRun, passingRun, runRecord } from '../support/records.ts';

const badge = (record: RunRecord): unknown => JSON.parse(renderBadge(record));
const graded = (score: number, grade: RunRecord['grade']): unknown => badge({ ...passingRun(), score, grade });

test('is of the form that shields.io reads', () => {
  expect(badge(passingRun())).toEqual({
    schemaVersion: 1,
    label: 'resilience',
    message: expect.stringMatching(/^9\.\d Excellent$/),
    color: 'brightgreen',
  });
});

test('has the colour of the grade', () => {
  expect(graded(8.1, 'Good')).toMatchObject({ message: '8.1 Good', color: 'green' });
  expect(graded(6, 'Fair')).toMatchObject({ message: '6.0 Fair', color: 'yellow' });
  expect(graded(4.2, 'Needs Improvement')).toMatchObject({ message: '4.2 Needs Improvement', color: 'orange' });
});

test('rounds down, so that no grade stands beside the score of a better one', () => {
  expect(graded(8.99, 'Good')).toMatchObject({ message: '8.9 Good' });
  expect(graded(9.8, 'Excellent')).toMatchObject({ message: '9.8 Excellent' });
  expect(graded(10, 'Excellent')).toMatchObject({ message: '10.0 Excellent' });
});

test('is red for a fail, however good the score', () => {
  expect(badge(failingRun())).toMatchObject({ message: 'fail, 3.9', color: 'red' });
  expect(badge({ ...passingRun(), verdict: 'fail', score: 9.6, grade: 'Excellent' })).toMatchObject({
    message: 'fail, 9.6',
    color: 'red',
  });
  expect(badge({ ...passingRun(), verdict: 'fail', score: null, grade: null })).toMatchObject({ message: 'fail' });
});

test('claims nothing of a run that was not decided', () => {
  for (const record of [inconclusiveRun(), partialRun(), runRecord([])])
    expect(badge(record)).toMatchObject({ message: 'inconclusive', color: 'lightgrey' });
  expect(badge({ ...passingRun(), score: null, grade: null })).toMatchObject({
    message: 'pass, not measured',
    color: 'lightgrey',
  });
});

test('a known issue fails nothing here either', () => {
  expect(badge(knownIssueRun())).toMatchObject({ message: expect.stringMatching(/ Excellent$/) });
});
