import { formatCount, plural } from '../../base/count.ts';
import type { RunRecord } from '../../model/record.ts';
import {
  type Call,
  type Change,
  type Comparison,
  crashed,
  isUndecided,
  type Measured,
  resultOf,
  type Scored,
  type ViolationChange,
} from '../../score/compare.ts';
import {
  type Column,
  code,
  heading,
  type Inline,
  joined,
  list,
  note,
  own,
  type PlainBlock,
  paragraph,
  type Row,
  say,
  strong,
  table,
  title,
} from '../document.ts';
import { capital, formatRange, formatScore, notMeasured } from '../format.ts';

export type ComparisonOptions = {
  /** The scenarios and dimensions of the tables: all of them, or those that changed. */
  readonly scenarios: 'all' | 'changed';
};

/** Two intervals that overlap show no change, nor that there was none. */
export const callWords: Readonly<Record<Call, string>> = {
  better: 'better',
  worse: 'worse',
  same: 'within noise',
  unknown: 'unknown',
};

/** A run of one side, as its reader named it. */
export type Side = { readonly name: string; readonly record: Pick<RunRecord, 'startedAt' | 'seed' | 'verdict'> };

/** Which runs are compared. */
export function sidesPart(bases: readonly Side[], heads: readonly Side[]): PlainBlock[] {
  const run = ({ name, record: { startedAt, seed } }: Side): Inline =>
    say`${code(name)} (${startedAt}, seed ${code(seed)})`;
  return [list([say`base: ${joined(bases.map(run))}`, say`head: ${joined(heads.map(run))}`])];
}

/** The outcome in one line, with what it rests on. */
export function resultPart(comparison: Comparison): PlainBlock[] {
  const { total, dimensions, scenarios, appeared, onlyInBase } = comparison;
  const whole = { what: own('total'), ...total };
  const others = [
    ...dimensions.map((one) => ({ what: own(one.id), ...one })),
    ...scenarios.map((one) => ({ what: code(one.name), ...one })),
  ];
  const named = (words: string, which: readonly { readonly what: Inline }[]): Inline[] =>
    which.length === 0 ? [] : [say`${own(words)}: ${joined(which.map(({ what }) => what))}`];
  const called = (call: Call, which: readonly (Change<Measured> & { readonly what: Inline })[]) =>
    which.filter((one) => one.call === call);
  const reasons = [
    ...(appeared.length === 0 ? [] : [own(`new ${nameOf(appeared)}: ${formatCount(appeared.length)}`)]),
    ...named('worse', called('worse', [whole, ...others])),
    ...named('better', called('better', [whole, ...others])),
    ...named('not decided', [...called('unknown', [whole]), ...others.filter(isUndecided)]),
    ...(onlyInBase.length === 0 ? [] : [say`not run in the head: ${joined(onlyInBase.map(code))}`]),
  ];
  const result = own(resultOf(comparison).toUpperCase());
  const text = reasons.length === 0 ? strong(result) : say`${strong(result)}: ${joined(reasons, '; ')}`;
  return [paragraph(text)];
}

/** What the head changed against the base; only differences outside both intervals are called changes. */
export function comparisonSection(comparison: Comparison, options: ComparisonOptions): PlainBlock[] {
  const { rounds, total, scenarios, appeared, stayed, gone, onlyInBase, onlyInHead, caveats } = comparison;
  const shown = options.scenarios === 'all' ? scenarios : scenarios.filter(isChanged);
  const lines = (violations: readonly ViolationChange[]): Inline[] =>
    violations.map((one) => violationLine(one, rounds));
  return [
    heading(own(`Against the base: ${callText(total)}`)),
    ...roundsText(rounds),
    ...(caveats.length === 0 ? [] : [note(say`Not fully comparable: ${caveats.join('; ')}.`)]),
    ...titled(`New ${nameOf(appeared)}`, lines(appeared), 'bad'),
    ...titled(`${capital(nameOf(stayed))} that the base has too`, lines(stayed)),
    ...titled(`${capital(nameOf(gone))} of the base that were not seen again`, lines(gone)),
    ...dimensionsTable(comparison, options),
    table(columnsOf('scenario'), [
      row(own('total'), total, verdictAndScore),
      ...shown.map((scenario) => row(code(scenario.name), scenario, verdictAndScore)),
    ]),
    ...sameText(comparison),
    ...onlyIn('head', onlyInHead),
    ...onlyIn('base', onlyInBase),
  ];
}

function columnsOf(what: string): Column[] {
  return [{ head: what }, { head: 'base' }, { head: 'head' }, { head: 'difference', kind: 'number' }, { head: 'call' }];
}

function dimensionsTable({ dimensions }: Comparison, { scenarios: which }: ComparisonOptions): PlainBlock[] {
  const shown = which === 'all' ? dimensions : dimensions.filter(({ call }) => call === 'better' || call === 'worse');
  if (shown.length === 0) return [];
  return [
    table(
      columnsOf('dimension'),
      shown.map((dimension) => row(own(dimension.id), dimension, scoreText)),
    ),
  ];
}

function isChanged({ call, base, head }: Change): boolean {
  return call !== 'same' || base.verdict !== head.verdict;
}

function nameOf(violations: readonly ViolationChange[]): string {
  const crashes = violations.filter(({ invariant }) => invariant === crashed).length;
  if (crashes === 0) return 'violations';
  return crashes === violations.length ? 'crashes' : 'violations and crashes';
}

function titled(head: string, items: readonly Inline[], tone?: 'bad'): PlainBlock[] {
  return items.length === 0 ? [] : [title(own(head), tone), list(items)];
}

function sameText({ scenarios }: Comparison): PlainBlock[] {
  const same = scenarios.filter(({ call }) => call === 'same').length;
  if (same === 0) return [];
  return [
    paragraph(
      own(
        `In ${same} of ${plural(scenarios.length, 'scenario')} the 95% intervals overlap, or nearly: no change that can be distinguished from noise.`,
      ),
      'muted',
    ),
  ];
}

function onlyIn(side: 'head' | 'base', names: readonly string[]): PlainBlock[] {
  return names.length === 0 ? [] : [paragraph(say`Only in the ${own(side)}: ${joined(names.map(code))}.`)];
}

function callText({ call, difference }: Change): string {
  if (call === 'same') return 'no change outside the noise';
  if (call === 'unknown') return 'unknown';
  return `${call} by ${Math.abs(difference ?? 0).toFixed(2)}`;
}

function row<Side extends Measured>(
  name: Inline,
  { base, head, difference, call }: Change<Side>,
  textOf: (side: Side) => string,
): Row {
  const changed = difference === null ? notMeasured : `${difference > 0 ? '+' : ''}${difference.toFixed(2)}`;
  return {
    cells: [name, own(textOf(base)), own(textOf(head)), own(changed), own(callWords[call])],
    isBad: call === 'worse',
  };
}

function verdictAndScore(side: Scored): string {
  return `${side.verdict}, ${scoreText(side)}`;
}

/** A score with its interval. */
export function scoreText({ score, interval }: Measured): string {
  if (score === null) return notMeasured;
  return `${formatScore(score)}${interval === null ? '' : ` (${formatRange(interval)})`}`;
}

function roundsText({ base, head }: Comparison['rounds']): PlainBlock[] {
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
  const what = invariant === crashed ? own('a node that ended by itself') : code(invariant);
  return say`${what} in ${code(scenario)}: ${own(before)} before, ${own(seen(headCount, headRounds, rounds.head))} now`;
}
