import { formatCount, plural } from '../base/count.ts';
import type { Interval } from '../model/record.ts';
import type { Change, Comparison, ViolationChange } from '../score/compare.ts';
import { code, text } from './escape.ts';
import { formatScore, notMeasured } from './format.ts';

/** What the head changed against the base, as a section of Markdown; only differences outside both intervals are called changes. */
export function renderComparison(comparison: Comparison): string {
  const { rounds, total, scenarios, appeared, stayed, gone, onlyInBase, onlyInHead, caveats } = comparison;
  const line = (violation: ViolationChange): string => violationLine(violation, rounds);
  const changed = scenarios.filter(
    (scenario) => scenario.call !== 'same' || scenario.base.verdict !== scenario.head.verdict,
  );
  return `${[
    `## Against the base: ${callText(total)}`,
    ...roundsText(rounds),
    ...(caveats.length === 0 ? [] : [`> Not like for like: ${caveats.map(text).join('; ')}.`]),
    ...(appeared.length === 0 ? [] : [['**New violations**', ...appeared.map(line)].join('\n')]),
    ...(stayed.length === 0
      ? []
      : [['**Violations that are already there in the base**', ...stayed.map(line)].join('\n')]),
    ...(gone.length === 0 ? [] : [['**Violations that did not happen this time**', ...gone.map(line)].join('\n')]),
    [
      '| | base | head | difference | call |',
      '|---|---|---|---:|---|',
      row('total', total),
      ...changed.map((scenario) => row(code(scenario.name), scenario)),
    ].join('\n'),
    ...(changed.length === scenarios.length
      ? []
      : [
          `In ${scenarios.length - changed.length} of ${scenarios.length} scenarios the 95% intervals overlap: no change that could be told from noise.`,
        ]),
    ...(onlyInHead.length === 0 ? [] : [`Only in the head: ${onlyInHead.map(code).join(', ')}.`]),
    ...(onlyInBase.length === 0 ? [] : [`Only in the base: ${onlyInBase.map(code).join(', ')}.`]),
  ].join('\n\n')}\n`;
}

export function callText({ call, difference }: Change): string {
  if (call === 'same') return 'no change outside the noise';
  if (call === 'unknown') return 'cannot be told';
  return `${call} by ${Math.abs(difference ?? 0).toFixed(2)}`;
}

function row(name: string, change: Change): string {
  return `| ${name} | ${sideText(change.base)} | ${sideText(change.head)} | ${differenceText(change)} | ${change.call} |`;
}

export function differenceText({ difference }: Change): string {
  return difference === null ? notMeasured : `${difference > 0 ? '+' : ''}${difference.toFixed(2)}`;
}

export function sideText({ verdict, score, interval }: Change['base']): string {
  return score === null ? `${verdict}, ${notMeasured}` : `${verdict}, ${formatScore(score)}${range(interval)}`;
}

function range(interval: Interval | null): string {
  return interval === null ? '' : ` (${interval[0].toFixed(2)} to ${interval[1].toFixed(2)})`;
}

function roundsText({ base, head }: Comparison['rounds']): string[] {
  if (base === 1 && head === 1) return [];
  return [
    `The base was run ${times(base)}, the head ${times(head)}. Scores are means, an interval spans all runs of its side, and a violation in any run counts.`,
  ];
}

function times(count: number): string {
  return count === 1 ? 'once' : plural(count, 'time');
}

function violationLine(violation: ViolationChange, rounds: Comparison['rounds']): string {
  const { scenario, invariant, baseCount, headCount, baseRounds, headRounds } = violation;
  const seen = (count: number, inRounds: number, of: number): string =>
    `${formatCount(count)}${of > 1 && count > 0 ? ` (in ${inRounds} of ${of} runs)` : ''}`;
  const before = seen(baseCount, baseRounds, rounds.base);
  return `- ${code(invariant)} in ${code(scenario)}: ${before} before, ${seen(headCount, headRounds, rounds.head)} now`;
}
