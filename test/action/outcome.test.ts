import { describe, expect, test } from '@jest/globals';
import { judge, type Thresholds, worstOf } from '../../src/action/outcome.ts';
import type { RunRecord } from '../../src/model/record.ts';
import { failingRun, inconclusiveRun, partialRun, passingRun, runRecord } from '../support/records.ts';

const none: Thresholds = { failBelow: undefined, warnBelow: undefined, failOnInconclusive: false };

describe('the outcome of the step', () => {
  test('a pass passes without a word', () => {
    expect(judge(passingRun(), none)).toEqual({
      verdict: 'pass',
      exitCode: 0,
      failure: undefined,
      warning: undefined,
    });
  });

  test('a violation fails it whatever the score', () => {
    expect(judge(failingRun(), { ...none, failBelow: 0 })).toMatchObject({
      verdict: 'fail',
      exitCode: 1,
      failure: 'fail: node-kill, node-restart',
    });
  });

  test('a score below fail-below fails it; the verdict stays what was seen', () => {
    const score = passingRun().score ?? 0;
    expect(judge(passingRun(), { ...none, failBelow: score + 0.01 })).toMatchObject({ verdict: 'pass', exitCode: 1 });
    expect(judge(passingRun(), { ...none, failBelow: score })).toMatchObject({ exitCode: 0, failure: undefined });
  });

  test('a score below warn-below warns', () => {
    expect(judge(passingRun(), { ...none, warnBelow: 10 })).toMatchObject({
      exitCode: 0,
      failure: undefined,
      warning: expect.stringMatching(/^the score 9\.\d\d is below warn-below 10$/),
    });
  });

  test('what could not be decided warns, or fails if that was asked for', () => {
    expect(judge(inconclusiveRun(), none)).toMatchObject({
      verdict: 'inconclusive',
      exitCode: 0,
      warning: 'inconclusive: node-kill',
    });
    expect(judge(inconclusiveRun(), { ...none, failOnInconclusive: true })).toMatchObject({
      exitCode: 2,
      failure: 'inconclusive: node-kill',
    });
  });

  test('a low score of a run without a decision still fails: what was measured is bad enough', () => {
    expect(judge(inconclusiveRun(), { ...none, failBelow: 10 })).toMatchObject({ exitCode: 1 });
  });

  test('a run that broke off is an error, a cancelled one is cancelled', () => {
    const broken = runRecord([], { partial: true, error: { code: 'build', message: 'go build failed', hint: null } });
    expect(judge(broken, none)).toMatchObject({ verdict: 'error', exitCode: 4, failure: 'go build failed' });
    expect(judge(partialRun(), none)).toMatchObject({ verdict: 'cancelled', exitCode: 130 });
  });

  describe('of two rounds', () => {
    const worst = (...records: RunRecord[]) =>
      worstOf(
        records.map((record) => ({ record })),
        none,
      );

    test('the worse outcome counts, in either order', () => {
      for (const records of [
        [passingRun(), failingRun()],
        [failingRun(), passingRun()],
      ])
        expect(worst(...records)).toMatchObject({ round: { record: failingRun() }, outcome: { exitCode: 1 } });
      expect(worst(passingRun(), inconclusiveRun())?.outcome).toMatchObject({ verdict: 'inconclusive', exitCode: 0 });
      expect(worst(failingRun(), partialRun())?.outcome.verdict).toBe('cancelled');
    });

    test('the round that is shown is the one that the outcome is of', () => {
      const low = { ...passingRun(), score: 5 };
      const undecided = { ...inconclusiveRun(), score: null };
      expect(worstOf([{ record: undecided }, { record: low }], { ...none, failBelow: 7 })).toEqual({
        round: { record: low },
        outcome: expect.objectContaining({ verdict: 'pass', exitCode: 1 }),
      });
    });

    test('of two of the same outcome the lower score counts', () => {
      const [low, high] = [{ ...passingRun(), score: 8 }, passingRun()];
      expect(worst(high, low)?.round.record).toBe(low);
    });
  });
});
