import { formatCount, plural } from '../../base/count.ts';
import type { Change, Comparison, ViolationChange } from '../../score/compare.ts';
import {
  type Block,
  code,
  heading,
  type Inline,
  joined,
  list,
  note,
  own,
  paragraph,
  say,
  table,
  title,
} from '../document.ts';
import { formatRange, formatScore, notMeasured } from '../format.ts';

export type ComparisonOptions = {
  /** The scenarios of the table: all of them, or those that changed. */
  readonly scenarios: 'all' | 'changed';
};

/** What the head changed against the base; only differences outside both intervals are called changes. */
export function comparisonSection(comparison: Comparison, options: ComparisonOptions): Block[] {
  const { rounds, total, scenarios, appeared, stayed, gone, onlyInBase, onlyInHead, caveats } = comparison;
  const shown = options.scenarios === 'all' ? scenarios : scenarios.filter(isChanged);
  const lines = (violations: readonly ViolationChange[]): Inline[] =>
    violations.map((one) => violationLine(one, rounds));
  return [
    heading(own(`Against the base: ${callText(total)}`)),
    ...roundsText(rounds),
    ...(caveats.length === 0 ? [] : [note(say`Not fully comparable: ${caveats.join('; ')}.`)]),
    ...titled('New violations', lines(appeared), 'bad'),
    ...titled('Violations that the base has too', lines(stayed)),
    ...titled('Violations of the base that were not seen again', lines(gone)),
    table(
      [
        { head: 'scenario' },
        { head: 'base' },
        { head: 'head' },
        { head: 'difference', kind: 'number' },
        { head: 'call' },
      ],
      [row(own('total'), total), ...shown.map((scenario) => row(code(scenario.name), scenario))],
    ),
    ...sameText(comparison),
    ...onlyIn('head', onlyInHead),
    ...onlyIn('base', onlyInBase),
  ];
}

function isChanged({ call, base, head }: Change): boolean {
  return call !== 'same' || base.verdict !== head.verdict;
}

function titled(head: string, items: readonly Inline[], tone?: 'bad'): Block[] {
  return items.length === 0 ? [] : [title(own(head), tone), list(items)];
}

function sameText({ scenarios }: Comparison): Block[] {
  const same = scenarios.filter(({ call }) => call === 'same').length;
  if (same === 0) return [];
  return [
    paragraph(
      own(
        `In ${same} of ${plural(scenarios.length, 'scenario')} the 95% intervals overlap: no change that can be distinguished from noise.`,
      ),
      'muted',
    ),
  ];
}

function onlyIn(side: 'head' | 'base', names: readonly string[]): Block[] {
  return names.length === 0 ? [] : [paragraph(say`Only in the ${own(side)}: ${joined(names.map(code))}.`)];
}

function callText({ call, difference }: Change): string {
  if (call === 'same') return 'no change outside the noise';
  if (call === 'unknown') return 'unknown';
  return `${call} by ${Math.abs(difference ?? 0).toFixed(2)}`;
}

function row(name: Inline, { base, head, difference, call }: Change) {
  const changed = difference === null ? notMeasured : `${difference > 0 ? '+' : ''}${difference.toFixed(2)}`;
  return {
    cells: [name, own(sideText(base)), own(sideText(head)), own(changed), own(call)],
    isBad: call === 'worse',
  };
}

function sideText({ verdict, score, interval }: Change['base']): string {
  if (score === null) return `${verdict}, ${notMeasured}`;
  return `${verdict}, ${formatScore(score)}${interval === null ? '' : ` (${formatRange(interval)})`}`;
}

function roundsText({ base, head }: Comparison['rounds']): Block[] {
  if (base === 1 && head === 1) return [];
  return [
    paragraph(
      own(
        `The base was run ${times(base)}, the head ${times(head)}. Scores are means, an interval spans all runs of its side, and a violation in any run counts.`,
      ),
    ),
  ];
}

function times(count: number): string {
  return count === 1 ? 'once' : plural(count, 'time');
}

function violationLine(violation: ViolationChange, rounds: Comparison['rounds']): Inline {
  const { scenario, invariant, baseCount, headCount, baseRounds, headRounds } = violation;
  const seen = (count: number, inRounds: number, of: number): string =>
    `${formatCount(count)}${of > 1 && count > 0 ? ` (in ${inRounds} of ${of} runs)` : ''}`;
  const before = seen(baseCount, baseRounds, rounds.base);
  return say`${code(invariant)} in ${code(scenario)}: ${own(before)} before, ${own(seen(headCount, headRounds, rounds.head))} now`;
}
