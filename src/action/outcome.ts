import { type ExitCode, exitCodes } from '../base/error.ts';
import type { RunRecord, Verdict } from '../model/record.ts';
import { formatScore } from '../report/format.ts';

/** The output `verdict`: what the run showed, or that no run was possible. */
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

/** The outcome of the step for a record. */
export function judge(record: RunRecord, { failBelow, warnBelow, failOnInconclusive }: Thresholds): Outcome {
  const { verdict, score, error } = record;
  const failing = (exitCode: ExitCode, failure: string): Outcome => ({
    verdict,
    exitCode,
    failure,
    warning: undefined,
  });
  const passing = (warning?: string): Outcome => ({ verdict, exitCode: exitCodes.pass, failure: undefined, warning });
  if (error?.code === 'cancelled') return { ...failing(exitCodes.cancelled, error.message), verdict: 'cancelled' };
  if (error) return { ...failing(exitCodes.infrastructure, error.message), verdict: 'error' };
  const named = record.scenarios.filter((scenario) => scenario.verdict === verdict).map(({ name }) => name);
  const why = `${verdict}: ${named.join(', ')}`;
  if (verdict === 'fail') return failing(exitCodes.fail, why);
  if (failBelow !== undefined && score !== null && score < failBelow)
    return failing(exitCodes.fail, `the score ${formatScore(score)} is below fail-below ${failBelow}`);
  if (verdict !== 'pass') return failOnInconclusive ? failing(exitCodes.inconclusive, why) : passing(why);
  const isLow = warnBelow !== undefined && score !== null && score < warnBelow;
  return passing(isLow ? `the score ${formatScore(score)} is below warn-below ${warnBelow}` : undefined);
}

/** The round that counts: the one with the worst outcome; of equal outcomes the one with the lowest score. */
export function worstOf<Round extends { readonly record: RunRecord }>(
  rounds: readonly Round[],
  thresholds: Thresholds,
): { readonly round: Round; readonly outcome: Outcome } | undefined {
  const rank = ({ exitCode, failure, warning }: Outcome): number =>
    exitCode === exitCodes.cancelled ? 4 : failure !== undefined ? 3 : warning !== undefined ? 2 : 1;
  const [worst] = rounds
    .map((round) => ({ round, outcome: judge(round.record, thresholds) }))
    .toSorted((a, b) => rank(b.outcome) - rank(a.outcome) || (a.round.record.score ?? 0) - (b.round.record.score ?? 0));
  return worst;
}
