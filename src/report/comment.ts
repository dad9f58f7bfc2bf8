import { plural } from '../base/count.ts';
import type { ExpectationRecord, RunRecord, ScenarioRecord, Verdict } from '../model/record.ts';
import { formatMs } from '../model/units.ts';
import type { Comparison } from '../score/compare.ts';
import { attempts } from '../score/run.ts';
import { isBroken } from '../score/scenario.ts';
import { code, text } from './escape.ts';
import { defaultBrokerNote, formatInterval, formatMeasure, formatScore, sentence } from './format.ts';
import { type Block, joinWithin } from './join-within.ts';
import { broken, undecided } from './markdown.ts';
import { details, printMarkdown } from './print-markdown.ts';
import { repeatSection } from './sections/repeat.ts';
import { type Against, againstBlocks, type Links, linkLine } from './step-summary.ts';

/** GitHub takes 65,536 characters; a character may be several bytes, so this is safe for every text. */
const mostBytes = 60_000;

const marks: Readonly<Record<Verdict, string>> = { pass: '✅', fail: '❌', inconclusive: '⚠️', skipped: '⚠️' };

export type CommentOptions = {
  /** Hidden first line by which the comment is found again. */
  readonly marker: string;
  readonly against?: Against | undefined;
  readonly links?: Links;
  /** Why the step failed or warned for another reason than the verdict, such as the threshold. */
  readonly remark?: string | undefined;
  /** The commit that was tested. */
  readonly sha?: string | undefined;
  /** What this leg of a matrix is called; undefined for the only one. */
  readonly leg?: string | undefined;
  /** The record was written by a stranger, who must not put commands into our mouth. */
  readonly foreign?: boolean;
};

/** The comment on a pull request: in five seconds what broke, what changed, and where to look. Outside text is escaped. */
export function renderComment(record: RunRecord, options: CommentOptions): string {
  const { marker, against, links = {}, remark, sha, leg, foreign = false } = options;
  const { broker } = record;
  const facts = [
    `${text(broker.name)}${broker.mutant === null ? '' : `, mutant ${code(broker.mutant)}`}`,
    plural(broker.nodes, 'node'),
    `tier ${record.tiers.join(', ')}`,
    formatMs(record.durationMs),
    ...(sha === undefined ? [] : [`commit ${text(sha.slice(0, 7))}`]),
  ];
  const blocks: Block[] = [
    { text: `${marker}\n## ${title(record, leg)}`, rank: 0 },
    { text: [...intervalAndChange(record, against), ...faultsProven(record)].join(' '), rank: 0 },
    ...(broker.isDefault ? [{ text: `> **Not your broker:** ${sentence(defaultBrokerNote)}`, rank: 0 }] : []),
    ...(remark === undefined ? [] : [{ text: `> ${text(remark)}.`, rank: 0 }]),
    ...(record.error === null
      ? []
      : [
          {
            text: `> **The run broke off:** ${text(record.error.message)}. What follows covers only what was done until then.`,
            rank: 0,
          },
        ]),
    ...(record.cap === null ? [] : [{ text: `> The score is capped: ${text(record.cap)}.`, rank: 1 }]),
    ...broken(record, { commands: !foreign }).map((text) => ({ text: smallerHeading(text), rank: 3 })),
    ...undecided(record).map((text) => ({ text: smallerHeading(text), rank: 2 })),
    ...(isUnchanged(against) ? [] : againstBlocks(against)).map((block) => ({
      ...block,
      text: smallerHeading(block.text),
    })),
    ...(record.scenarios.length === 0 ? [] : [{ text: scenarioRows(record), rank: 1 }]),
    ...linkLine(links).map((text) => ({ text, rank: 0 })),
    { text: `<sub>${facts.join(' · ')}</sub>`, rank: 0 },
    ...(foreign ? [] : [{ text: details('How to repeat it', printMarkdown(repeatSection(record).slice(1))), rank: 4 }]),
  ];
  return joinWithin(blocks, mostBytes);
}

/** Whether the sentence at the top has said all there is to say of the base. */
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
  const score =
    record.score === null
      ? 'score not measured'
      : `${formatScore(record.score)} of 10${record.grade === null ? '' : `, ${record.grade}`}`;
  return `${mark} Chaos${leg === undefined ? '' : ` (${text(leg)})`}: ${verdict}, ${score}`;
}

function intervalAndChange(record: RunRecord, against: Against | undefined): string[] {
  const interval = record.interval === null ? [] : [`${capital(formatInterval(record.interval))}.`];
  if (against?.kind !== 'base') return interval;
  return [...interval, `${changeSentence(against.comparison)} (${text(against.label)}).`];
}

function changeSentence({ total: { call, difference, base } }: Comparison): string {
  if (call === 'unknown') return 'Whether that is a change cannot be told';
  if (call === 'same') return `No change outside the noise against the base, ${formatScore(base.score)}`;
  return `**${call === 'better' ? '▲ Better' : '▼ Worse'} than the base by ${Math.abs(difference ?? 0).toFixed(2)}**`;
}

function faultsProven(record: RunRecord): string[] {
  const faults = record.scenarios.flatMap((scenario) => scenario.faults);
  const owed = record.scenarios.reduce((sum, { accounting }) => sum + accounting.owed, 0);
  const lost = record.scenarios.reduce((sum, { accounting }) => sum + accounting.lost, 0);
  if (record.scenarios.length === 0) return [];
  return [
    `${faults.filter(({ proven }) => proven).length} of ${plural(faults.length, 'fault')} proven, ${plural(owed, 'delivery', 'deliveries')} owed, ${lost === 0 ? 'none' : `**${plural(lost, 'delivery', 'deliveries')}**`} lost.`,
  ];
}

function scenarioRows(record: RunRecord): string {
  const rows = record.scenarios.map((scenario) =>
    [
      `${marks[scenario.verdict]} ${code(scenario.name)}`,
      `${scenario.verdict}${attempts([scenario]).length > 1 ? ` (${attempts([scenario]).length} runs)` : ''}`,
      formatScore(scenario.score),
      bold(scenario, 'availability'),
      bold(scenario, 'p99-latency'),
      bold(scenario, 'recovery'),
    ].join(' | '),
  );
  return [
    '| scenario | verdict | score | availability | p99 latency | recovery |',
    '|---|---|---:|---:|---:|---:|',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}

function bold(scenario: ScenarioRecord, name: ExpectationRecord['name']): string {
  const shown = formatMeasure(scenario, name);
  return scenario.verdict === 'fail' && scenario.expectations.some((one) => one.name === name && isBroken(one))
    ? `**${shown}**`
    : shown;
}

/** A comment's headings are one size below a page's. */
function smallerHeading(block: string): string {
  return block.replace(/^(#{2,3}) /, '#$1 ');
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
