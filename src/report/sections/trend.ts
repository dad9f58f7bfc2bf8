import { formatCount, plural } from '../../base/count.ts';
import { attempts } from '../../score/run.ts';
import type { Dated, Trend } from '../../score/trend.ts';
import {
  type Block,
  code,
  fold,
  heading,
  type Inline,
  joined,
  lineBreak,
  muted,
  note,
  own,
  type PlainBlock,
  paragraph,
  say,
  type TrendLine,
  type TrendRun,
  table,
} from '../document.ts';
import { formatRange, formatScore, scopeText } from '../format.ts';
import { sparkline } from '../sparkline.ts';
import { brokerName } from './card.ts';
import { callWords, resultPart, scoreText } from './comparison.ts';

/** A run with the name of its report. */
export type NamedRun = Dated & { readonly name: string };

/** The history of one thing that was run: by dimension, and what the newest run changed against the one before. */
export function trendSection(trend: Trend<NamedRun>): PlainBlock[] {
  const { runs, older, newest } = trend;
  const last = runs.at(-1);
  if (last === undefined) return [];
  const { broker, verdict } = last.record;
  const shown = runs.map(runOf);
  const about = [brokerName(broker), say`${scopeText(last.record)}`, own(plural(broker.nodes, 'node'))];
  return [
    heading(joined(about)),
    paragraph(
      say`${own(plural(runs.length, 'run'))}${own(older === 0 ? '' : `, and ${formatCount(older)} older`)}, ${spanOf(shown)}. The newest is ${own(verdict)}, ${own(scoreText(last.record))}: ${code(last.name)}.`,
    ),
    { type: 'trend', runs: shown, lines: trend.series.map(lineOf) },
    ...(newest === undefined ? [] : [paragraph(say`The newest run against the one before it:`), ...resultPart(newest)]),
  ];
}

/** Reports that are in no trend, and why. */
export function leftOutPart(leftOut: readonly { readonly name: string; readonly why: string }[]): PlainBlock[] {
  return leftOut.map(({ name, why }) => note(say`left out: ${code(name)}: ${why}`));
}

/** All runs, a row each: what the charts show, as text. */
export function runsPart({ runs, series }: Trend<NamedRun>): Block[] {
  const heads = ['started', 'verdict', ...series.map(({ id }) => id), 'violations and crashes', 'tool', 'report'];
  const rows = runs.map((run, index) => {
    const { startedAt, verdict, tool } = run.record;
    return [
      own(`${new Date(startedAt).toISOString().slice(0, 16)}Z`),
      own(verdict),
      ...series.map(({ values }) => scoreCell(values[index])),
      own(formatCount(unexplained(run))),
      say`${tool.version}`,
      code(run.name),
    ];
  });
  return [
    fold(own('The figures of each run'), [
      table(
        heads.map((head) => ({ head })),
        rows,
      ),
    ]),
  ];
}

/** As in the table of scenarios. */
function scoreCell(value: TrendLine['values'][number] | undefined): Inline {
  const { score = null, interval = null } = value ?? {};
  const shown = own(formatScore(score));
  return interval === null ? shown : say`${shown}${lineBreak}${muted(own(formatRange(interval)))}`;
}

/** A trend in text: a character for each run, and the figures that matter. */
export function trendTable(runs: readonly TrendRun[], lines: readonly TrendLine[]) {
  const number = (head: string) => ({ head, kind: 'number' }) as const;
  return table(
    [
      { head: 'score' },
      { head: 'oldest to newest' },
      ...['first', 'last', 'lowest'].map(number),
      { head: 'newest against the one before' },
    ],
    lines.map((line) => {
      const { first, last, lowest } = summaryOf(runs, line);
      const shown = (one: { readonly score: number } | undefined) => own(formatScore(one?.score ?? null));
      return [own(line.name), own(sparkline(line.values)), shown(first), shown(last), shown(lowest), own(line.call)];
    }),
  );
}

/** In a few words what a line shows, for who cannot see it. */
export function trendText(runs: readonly TrendRun[], line: TrendLine): string {
  const { name, values } = line;
  const { first, last, lowest, gaps } = summaryOf(runs, line);
  const over = plural(values.length, 'run');
  if (first === undefined || last === undefined || lowest === undefined) return `${name}: not measured in ${over}`;
  return [
    `${name} over ${over}: first ${formatScore(first.score)}`,
    `last ${formatScore(last.score)}`,
    `lowest ${formatScore(lowest.score)}${lowest.run === undefined ? '' : ` on ${dateOf(lowest.run)}`}`,
    ...(gaps === 0 ? [] : [`${formatCount(gaps)} not measured`]),
  ].join(', ');
}

type Measured = { readonly score: number; readonly run: TrendRun | undefined };

/** The first, the last and the lowest score that was measured, and in how many runs none was. */
function summaryOf(runs: readonly TrendRun[], { values }: TrendLine) {
  const measured = values.flatMap(({ score }, index): Measured[] =>
    score === null ? [] : [{ score, run: runs[index] }],
  );
  const lowest = measured.reduce<Measured | undefined>(
    (least, one) => (least === undefined || one.score < least.score ? one : least),
    undefined,
  );
  return { first: measured[0], last: measured.at(-1), lowest, gaps: values.length - measured.length };
}

/** The day of a run. */
export function dateOf({ startedAt }: TrendRun): string {
  return new Date(startedAt).toISOString().slice(0, 10);
}

function runOf({ record: { startedAt, verdict } }: NamedRun): TrendRun {
  return { startedAt, verdict };
}

function lineOf({ id, values, call }: Trend<NamedRun>['series'][number]): TrendLine {
  return { name: id, values, call: call === undefined ? 'only one run' : callWords[call] };
}

function spanOf(runs: readonly TrendRun[]): Inline {
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === undefined || last === undefined) return own('');
  return own(dateOf(first) === dateOf(last) ? `on ${dateOf(first)}` : `from ${dateOf(first)} to ${dateOf(last)}`);
}

/** Violations that no known issue explains, and crashes. */
function unexplained({ record }: Dated): number {
  return attempts(record.scenarios).reduce(
    (sum, { violations, crashes }) =>
      sum + crashes.length + violations.reduce((of, { count, known }) => of + (known === null ? count : 0), 0),
    0,
  );
}
