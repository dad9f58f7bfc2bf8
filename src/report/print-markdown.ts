import { formatCount } from '../base/count.ts';
import type { ScenarioRecord } from '../model/record.ts';
import { latencyChart } from './chart.ts';
import {
  type Block,
  type Card,
  type Column,
  type Inline,
  joined,
  own,
  type Part,
  type Row,
  type Sum,
  type SumPart,
} from './document.ts';
import { code, fenced, fencedCommand, inlineCommand, text } from './escape.ts';
import { attemptText, formatScore, gapText, notMeasured, scoreText } from './format.ts';
import { clock, type Lifeline } from './lifeline.ts';
import { orNotMeasured } from './sections/cells.ts';
import { trendTable } from './sections/trend.ts';

export type MarkdownOptions = {
  /** How deep the head of a section is: 2 on a page of its own, more within another's. */
  readonly level?: 2 | 3;
};

/**
 * Blocks as GitHub's Markdown: pieces, to be joined by empty lines. A block may be several pieces, so that a part of it can be left
 * out. Pure.
 */
export function printMarkdown(blocks: readonly Block[], options: MarkdownOptions = {}): string[] {
  return blocks.flatMap((block) => printBlock(block, options));
}

function printBlock(block: Block, options: MarkdownOptions): string[] {
  const { level = 2 } = options;
  const inner = (blocks: readonly Block[]): string[] => printMarkdown(blocks, options);
  switch (block.type) {
    case 'card':
      return card(block);
    case 'heading':
      return [`${'#'.repeat(level)} ${line(block.text)}`];
    case 'title':
      return [`**${line(block.text)}**`];
    case 'paragraph':
      return [block.tone === 'small' ? `<sub>${line(block.text)}</sub>` : line(block.text)];
    case 'note':
      return [`> ${line(block.text)}`];
    case 'list':
      return [block.items.map((item) => `- ${line(item)}`).join('\n')];
    case 'table':
      return [tableOf(block.columns, block.rows)];
    case 'command':
      return [fencedCommand(block.command)];
    case 'fold':
      return [details(line(block.summary), inner(block.blocks))];
    case 'finding':
      return [`${'#'.repeat(level + 1)} ${line(block.head)}`, ...inner(block.blocks)];
    case 'facts':
      return [
        tableOf(
          [{ head: 'fact' }, { head: 'value' }],
          block.facts.map(([name, value]) => ({ cells: [orNotMeasured(name), value] })),
        ),
      ];
    case 'output':
      return [fenced(block.lines)];
    case 'scores':
      return [
        tableOf(
          [{ head: block.what }, { head: 'score', kind: 'number' }, { head: '95% interval' }],
          block.scores.map(({ name, score, intervalText }) => ({
            cells: [own(name), own(formatScore(score)), own(intervalText)],
          })),
        ),
      ];
    case 'sums':
      return [block.sums.flatMap(sumLines).join('\n')];
    case 'charts':
      return chart(block.scenario);
    case 'lifeline':
      return [details('Moment by moment', [eventLines(block.lifeline)])];
    case 'trend':
      return inner([trendTable(block.runs, block.lines)]);
    case 'columns':
      return inner(block.columns.flat());
    case 'only':
      return block.medium === 'text' ? inner(block.blocks) : [];
  }
}

function card({ verdict, unscored, about, notes, remarks, ...result }: Card): string[] {
  const scored =
    result.score === null ? (unscored === undefined ? `score ${notMeasured}` : line(unscored)) : scoreText(result);
  return [
    `# ${verdict.toUpperCase()}: ${scored}`,
    line(joined(about, ' · ')),
    ...[...notes, ...remarks].map((note) => `> ${line(note)}`),
  ];
}

/** The latency alone; nothing where there is nothing to draw. */
function chart(scenario: ScenarioRecord): string[] {
  const drawn = latencyChart(scenario);
  if (!drawn) return [];
  return drawn.note === undefined ? [drawn.chart] : [drawn.chart, drawn.note];
}

function eventLines({ events }: Lifeline): string {
  return events.map(({ atMs, text }) => `- \`${clock(atMs)}\` ${line(text)}`).join('\n');
}

/** A sum as an equation, and what is counted beside it. */
function sumLines({ what, total, parts, gap, beside }: Sum): string[] {
  const equation = `- ${what} ${formatCount(total)} = ${parts.map(partText).join(' + ')}.`;
  const broken = gap === 0 ? '' : ` **${gapText(gap)}**`;
  const further = beside?.rules === undefined ? [] : [`- ${beside.what}: ${ruleTexts(beside.rules)}.`];
  return [`${equation}${broken}`, ...further];
}

function partText({ what, count, rules = [], isBad = false }: SumPart): string {
  const shown = isBad ? `**${formatCount(count)}**` : formatCount(count);
  return `${what} ${shown}${rules.length === 0 ? '' : ` (${ruleTexts(rules)})`}`;
}

function ruleTexts(rules: NonNullable<SumPart['rules']>): string {
  return rules.map(([rule, count]) => `${text(rule)}: ${formatCount(count)}`).join('; ');
}

function tableOf(columns: readonly Column[], rows: readonly Row[]): string {
  return [
    `| ${columns.map(({ head }) => head).join(' | ')} |`,
    `|${columns.map(({ kind }) => (kind === 'number' ? '---:|' : '---|')).join('')}`,
    ...rows.map(({ cells }) => `| ${cells.map(line).join(' | ')} |`),
  ].join('\n');
}

function line({ parts }: Inline): string {
  return parts.map(printPart).join('');
}

/** Words of this tool are Markdown as they are. */
function printPart(part: Part): string {
  switch (part.type) {
    case 'own':
      return part.text;
    case 'outside':
      return text(part.text);
    case 'code':
      return code(part.text);
    case 'command':
      return inlineCommand(part.text);
    case 'strong':
    case 'bad':
      return `**${line(part.of)}**`;
    case 'muted':
    case 'jump':
      return line(part.of);
    case 'link':
      return `[${text(part.text)}](${part.address})`;
    case 'verdict':
      return part.verdict === 'fail' ? '**FAIL**' : part.verdict;
    case 'scenario':
      return `${code(part.scenario.name)}${attemptText(part.scenario)}`;
    case 'break':
      return '<br>';
  }
}

function details(summary: string, blocks: readonly string[]): string {
  return ['<details>', `<summary>${summary}</summary>`, '', blocks.join('\n\n'), '', '</details>'].join('\n');
}
