import type { Change, Comparison, ViolationChange } from '../score/compare.ts';
import { code, text } from './escape.ts';
import { formatCount, formatScore, notMeasured } from './format.ts';
import type { Interval } from './record.ts';

/** What the head changed against the base, as a section of Markdown; only differences outside both intervals are called changes. */
export function renderComparison(comparison: Comparison): string {
  const { total, scenarios, appeared, gone, onlyInBase, onlyInHead, caveats } = comparison;
  const changed = scenarios.filter(
    (scenario) => scenario.call !== 'same' || scenario.base.verdict !== scenario.head.verdict,
  );
  return `${[
    `## Against the base: ${callText(total)}`,
    ...(caveats.length === 0 ? [] : [`> Not like for like: ${caveats.map(text).join('; ')}.`]),
    ...(appeared.length === 0 ? [] : [['**New violations**', ...appeared.map(violationLine)].join('\n')]),
    ...(gone.length === 0
      ? []
      : [['**Violations that did not happen this time**', ...gone.map(violationLine)].join('\n')]),
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

function callText({ call, difference }: Change): string {
  if (call === 'same') return 'no change outside the noise';
  if (call === 'unknown') return 'cannot be told';
  return `${call} by ${Math.abs(difference ?? 0).toFixed(2)}`;
}

function row(name: string, change: Change): string {
  const difference =
    change.difference === null ? notMeasured : `${change.difference > 0 ? '+' : ''}${change.difference.toFixed(2)}`;
  return `| ${name} | ${side(change.base)} | ${side(change.head)} | ${difference} | ${change.call} |`;
}

function side({ verdict, score, interval }: Change['base']): string {
  return score === null ? `${verdict}, ${notMeasured}` : `${verdict}, ${formatScore(score)}${range(interval)}`;
}

function range(interval: Interval | null): string {
  return interval === null ? '' : ` (${interval[0].toFixed(2)} to ${interval[1].toFixed(2)})`;
}

function violationLine({ scenario, invariant, baseCount, headCount }: ViolationChange): string {
  return `- ${code(invariant)} in ${code(scenario)}: ${formatCount(baseCount)} before, ${formatCount(headCount)} now`;
}
