import { plural } from '../base/count.ts';
import type { RunRecord, ScenarioRecord, Verdict } from '../model/record.ts';
import { formatMs } from '../model/units.ts';
import type { Comparison } from '../score/compare.ts';
import { attempts } from '../score/run.ts';
import {
  type Block,
  bad,
  code,
  fold,
  type Inline,
  joined,
  note,
  own,
  paragraph,
  say,
  strong,
  table,
} from './document.ts';
import { text } from './escape.ts';
import { capital, formatInterval, formatScore } from './format.ts';
import { joinWithin } from './join-within.ts';
import { printMarkdown } from './print-markdown.ts';
import { brokenSection, knownSection, undecidedSection } from './sections/broken.ts';
import { brokerName, capLine, defaultBrokerLine, sabotageLine } from './sections/card.ts';
import { measureCell } from './sections/scenarios.ts';
import { type Against, againstPart, type Links, linksPart } from './step-summary.ts';

/** GitHub takes 65,536 characters; a character may be several bytes, so this is safe for every text. */
const mostBytes = 60_000;

const marks: Readonly<Record<Verdict, string>> = { pass: '✅', fail: '❌', inconclusive: '⚠️', skipped: '⚠️' };

export type CommentOptions = {
  /** The hidden first line, by which a later run finds the comment; none for a comment that somebody posts by hand. */
  readonly marker?: string | undefined;
  readonly against?: Against | undefined;
  readonly links?: Links;
  /** Why the step failed or warned for another reason than the verdict, such as the threshold. */
  readonly remark?: string | undefined;
  /** The commit that was tested. */
  readonly sha?: string | undefined;
  /** The name of this job of a matrix; undefined without a matrix. */
  readonly leg?: string | undefined;
  /** The record was written by a stranger, whose commands must not be shown as ours. */
  readonly foreign?: boolean;
};

/** The comment on a pull request: in five seconds what broke, what changed, and where to look. Outside text is escaped. */
export function renderComment(record: RunRecord, options: CommentOptions = {}): string {
  const { marker, against, links = {}, foreign = false } = options;
  const ranked: readonly (readonly [rank: number, blocks: readonly Block[]])[] = [
    [0, resultPart(record, options)],
    [1, capLine(record.cap).map(note)],
    [3, [...brokenSection(record, { examples: 3, lifelines: 1, commands: !foreign }), ...knownSection(record)]],
    [2, undecidedSection(record)],
    [1, isUnchanged(against) ? [] : againstPart(against)],
    [1, scenariosPart(record)],
    [0, linksPart(links)],
    [0, [paragraph(joined(aboutRun(record, options), ' · '), 'small')]],
    [4, foreign ? [] : [fold(say`How to repeat it`, [{ type: 'command', command: record.command }])]],
  ];
  const pieces = ranked.flatMap(([rank, blocks]) =>
    printMarkdown(blocks, { level: 3 }).map((text) => ({ text, rank })),
  );
  const head = `${marker === undefined ? '' : `${marker}\n`}## ${title(record, options.leg)}`;
  return joinWithin([{ text: head, rank: 0 }, ...pieces], mostBytes);
}

function resultPart(record: RunRecord, { against, remark }: CommentOptions): Block[] {
  const { broker, error } = record;
  return [
    paragraph(joined([...intervalAndChange(record, against), ...faultsProven(record)], ' ')),
    ...sabotageLine(record.sabotage).map(note),
    ...defaultBrokerLine(broker).map(note),
    ...(remark === undefined ? [] : [note(say`${remark}.`)]),
    ...(error === null
      ? []
      : [
          note(
            say`${strong(say`The run was interrupted:`)} ${error.message}. What follows covers only what was done until then.`,
          ),
        ]),
  ];
}

function aboutRun({ broker, tiers, durationMs }: RunRecord, { sha }: CommentOptions): Inline[] {
  return [
    brokerName(broker),
    own(plural(broker.nodes, 'node')),
    own(`tier ${tiers.join(', ')}`),
    own(formatMs(durationMs)),
    ...(sha === undefined ? [] : [say`commit ${sha.slice(0, 7)}`]),
  ];
}

/** Whether the sentence at the top says all about the base. */
function isUnchanged(against: Against | undefined): boolean {
  if (against?.kind !== 'base') return false;
  const { total, scenarios, appeared, stayed, gone, onlyInBase, onlyInHead, caveats } = against.comparison;
  const lists = [appeared, stayed, gone, onlyInBase, onlyInHead, caveats];
  return [total, ...scenarios].every(({ call }) => call === 'same') && lists.every((list) => list.length === 0);
}

function title(record: RunRecord, leg: string | undefined): string {
  const mark = record.error === null ? marks[record.verdict] : '❌';
  const verdict =
    record.error === null ? record.verdict.toUpperCase() : record.error.code === 'cancelled' ? 'CANCELLED' : 'ERROR';
  const score = record.sabotage
    ? `sabotaged: ${text(record.sabotage.name)}, no score`
    : record.score === null
      ? 'score not measured'
      : `${formatScore(record.score)} of 10${record.grade === null ? '' : `, ${record.grade}`}`;
  return `${mark} Chaos${leg === undefined ? '' : ` (${text(leg)})`}: ${verdict}, ${score}`;
}

function intervalAndChange(record: RunRecord, against: Against | undefined): Inline[] {
  const { grade, cap } = record;
  const saysSomething = grade !== null && cap === null && record.interval !== null;
  const interval = saysSomething ? [own(`${capital(formatInterval(record.interval))}.`)] : [];
  if (against?.kind !== 'base') return interval;
  return [...interval, say`${changeLine(against.comparison)} (${against.label}).`];
}

function changeLine({ total: { call, difference, base } }: Comparison): Inline {
  if (call === 'unknown') return say`It is unknown whether this is a change`;
  if (call === 'same') return own(`No change outside the noise against the base, ${formatScore(base.score)}`);
  const change = `${call === 'better' ? '▲ Better' : '▼ Worse'} than the base by ${Math.abs(difference ?? 0).toFixed(2)}`;
  return strong(own(change));
}

function faultsProven({ scenarios }: RunRecord): Inline[] {
  if (scenarios.length === 0) return [];
  const faults = scenarios.flatMap((scenario) => scenario.faults);
  const proven = faults.filter((fault) => fault.proven).length;
  const owed = scenarios.reduce((sum, { accounting }) => sum + accounting.owed, 0);
  const lost = scenarios.reduce((sum, { accounting }) => sum + accounting.lost, 0);
  const deliveries = (count: number): Inline => own(plural(count, 'delivery', 'deliveries'));
  return [
    say`${proven} of ${own(plural(faults.length, 'fault'))} proven, ${deliveries(owed)} owed, ${lost === 0 ? own('none') : bad(deliveries(lost))} lost.`,
  ];
}

function scenariosPart({ scenarios }: RunRecord): Block[] {
  if (scenarios.length === 0) return [];
  const figures = ['score', 'availability', 'p99 latency', 'recovery'];
  return [
    table(
      [{ head: 'scenario' }, { head: 'verdict' }, ...figures.map((head) => ({ head, kind: 'number' as const }))],
      scenarios.map((scenario) => [
        say`${own(marks[scenario.verdict])} ${code(scenario.name)}`,
        own(`${scenario.verdict}${runsText(scenario)}`),
        own(formatScore(scenario.score)),
        ...(['availability', 'p99-latency', 'recovery'] as const).map((name) => measureCell(scenario, name)),
      ]),
    ),
  ];
}

function runsText(scenario: ScenarioRecord): string {
  const runs = attempts([scenario]).length;
  return runs > 1 ? ` (${runs} runs)` : '';
}
