import { describe, expect, test } from '@jest/globals';
import { judge, type Thresholds } from '../../src/action/outcome.ts';
import { failingRun, inconclusiveRun, partialRun, passingRun, runRecord } from '../support/records.ts';

const none: Thresholds = { failBelow: undefined, warnBelow: undefined, failOnInconclusive: false };

describe('the outcome of the step', () => {
  test('a pass passes without a word', () => {
    expect(judge([passingRun()], none)).toEqual({
      verdict: 'pass',
      exitCode: 0,
      failure: undefined,
      warning: undefined,
    });
  });

  test('a violation fails it whatever the score', () => {
    expect(judge([failingRun()], { ...none, failBelow: 0 })).toMatchObject({
      verdict: 'fail',
      exitCode: 1,
      failure: 'failed: node-kill, node-restart',
    });
  });

  test('a score below fail-below fails it; the verdict stays what was seen', () => {
    const score = passingRun().score ?? 0;
    expect(judge([passingRun()], { ...none, failBelow: score + 0.01 })).toMatchObject({ verdict: 'pass', exitCode: 1 });
    expect(judge([passingRun()], { ...none, failBelow: score })).toMatchObject({ exitCode: 0, failure: undefined });
  });

  test('a score below warn-below warns', () => {
    expect(judge([passingRun()], { ...none, warnBelow: 10 })).toMatchObject({
      exitCode: 0,
      failure: undefined,
      warning: expect.stringMatching(/^the score 9\.\d\d is below warn-below 10$/),
    });
  });

  test('what could not be decided warns, or fails if that was asked for', () => {
    expect(judge([inconclusiveRun()], none)).toMatchObject({
      verdict: 'inconclusive',
      exitCode: 0,
      warning: 'inconclusive: node-kill',
    });
    expect(judge([inconclusiveRun()], { ...none, failOnInconclusive: true })).toMatchObject({
      exitCode: 2,
      failure: 'inconclusive: node-kill',
    });
  });

  test('a low score of a run without a decision still fails: what was measured is bad enough', () => {
    expect(judge([inconclusiveRun()], { ...none, failBelow: 10 })).toMatchObject({ exitCode: 1 });
  });

  test('a run that broke off is an error, a cancelled one is cancelled', () => {
    const broken = runRecord([], { partial: true, error: { code: 'build', message: 'go build failed', hint: null } });
    expect(judge([broken], none)).toMatchObject({ verdict: 'error', exitCode: 4, failure: 'go build failed' });
    expect(judge([partialRun()], none)).toMatchObject({ verdict: 'cancelled', exitCode: 130 });
  });

  test('of two rounds the worse counts, in either order', () => {
    expect(judge([passingRun(), failingRun()], none)).toMatchObject({ verdict: 'fail', exitCode: 1 });
    expect(judge([failingRun(), passingRun()], none)).toMatchObject({ verdict: 'fail', exitCode: 1 });
    expect(judge([passingRun(), inconclusiveRun()], none)).toMatchObject({ verdict: 'inconclusive', exitCode: 0 });
  });
});
