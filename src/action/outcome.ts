import { type ExitCode, exitCodes } from '../base/error.ts';
import { formatScore } from '../report/format.ts';
import type { RunRecord, Verdict } from '../report/record.ts';

/** The output `verdict`: what the run showed, or that it could not be made. */
export type Outcome = {
  readonly verdict: Verdict | 'error' | 'cancelled';
  readonly exitCode: ExitCode;
  /** Why the step fails; undefined when it does not. */
  readonly failure: string | undefined;
  /** Why the step warns though it does not fail; undefined when there is no reason. */
  readonly warning: string | undefined;
};

export type Thresholds = {
  readonly failBelow: number | undefined;
  readonly warnBelow: number | undefined;
  readonly failOnInconclusive: boolean;
};

/** What the step makes of the records of one side: one, or one a round, of which the worst counts. */
export function judge(records: readonly RunRecord[], thresholds: Thresholds): Outcome {
  const outcomes = records.map((record) => judgeOne(record, thresholds));
  const rank = (one: Outcome): number =>
    one.exitCode === exitCodes.cancelled ? 4 : one.failure !== undefined ? 3 : one.warning !== undefined ? 2 : 1;
  const worst = outcomes.reduce((a, b) => (rank(b) > rank(a) ? b : a));
  return worst;
}

function judgeOne(record: RunRecord, { failBelow, warnBelow, failOnInconclusive }: Thresholds): Outcome {
  const { verdict, score, error } = record;
  if (error?.code === 'cancelled')
    return { verdict: 'cancelled', exitCode: exitCodes.cancelled, failure: error.message, warning: undefined };
  if (error)
    return { verdict: 'error', exitCode: exitCodes.infrastructure, failure: error.message, warning: undefined };
  if (verdict === 'fail') {
    const failed = record.scenarios.filter((scenario) => scenario.verdict === 'fail').map(({ name }) => name);
    return { verdict, exitCode: exitCodes.fail, failure: `failed: ${failed.join(', ')}`, warning: undefined };
  }
  if (failBelow !== undefined && score !== null && score < failBelow) {
    const failure = `the score ${formatScore(score)} is below fail-below ${failBelow}`;
    return { verdict, exitCode: exitCodes.fail, failure, warning: undefined };
  }
  if (verdict !== 'pass') {
    const names = record.scenarios.filter((scenario) => scenario.verdict === verdict).map(({ name }) => name);
    const why = `${verdict}: ${names.join(', ')}`;
    return failOnInconclusive
      ? { verdict, exitCode: exitCodes.inconclusive, failure: why, warning: undefined }
      : { verdict, exitCode: exitCodes.pass, failure: undefined, warning: why };
  }
  const low = warnBelow !== undefined && score !== null && score < warnBelow;
  const warning = low ? `the score ${formatScore(score)} is below warn-below ${warnBelow}` : undefined;
  return { verdict, exitCode: exitCodes.pass, failure: undefined, warning };
}
