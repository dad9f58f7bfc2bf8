import { formatCount } from '../base/count.ts';
import type { ScenarioRecord } from '../model/record.ts';
import { type Block, type Column, type Inline, own, type Part, type Row, type Sum, type SumPart } from './document.ts';
import { code, fenced, fencedCommand, inlineCommand, text } from './escape.ts';
import { formatScore, gapText } from './format.ts';
import { orNotMeasured } from './sections/cells.ts';

/** Blocks as GitHub's Markdown, each to be parted from the next by an empty line. Pure. */
export function printMarkdown(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) =>
    // Several pieces, so that what is least needed of it can be left out alone.
    block.type === 'finding' ? [`### ${line(block.head)}`, ...printMarkdown(block.blocks)] : [printBlock(block)],
  );
}

function printBlock(block: Exclude<Block, { type: 'finding' }>): string {
  switch (block.type) {
    case 'heading':
      return `## ${line(block.text)}`;
    case 'title':
      return `**${line(block.text)}**`;
    case 'paragraph':
      return line(block.text);
    case 'list':
      return block.items.map((item) => `- ${line(item)}`).join('\n');
    case 'table':
      return tableOf(block.columns, block.rows);
    case 'command':
      return fencedCommand(block.command);
    case 'fold':
      return details(line(block.summary), printMarkdown(block.blocks));
    case 'facts':
      return tableOf(
        [{ head: 'fact' }, { head: 'value' }],
        block.facts.map(([name, value]) => [orNotMeasured(name), value]),
      );
    case 'output':
      return fenced(block.lines);
    case 'scores':
      return tableOf(
        [{ head: block.what }, { head: 'score', kind: 'number' }, { head: '95% interval' }],
        block.scores.map(({ name, score, intervalText }) => [own(name), own(formatScore(score)), own(intervalText)]),
      );
    case 'sums':
      return block.sums.flatMap(sumLines).join('\n');
  }
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
    ...rows.map((row) => `| ${('cells' in row ? row.cells : row).map(line).join(' | ')} |`),
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
      return line(part.of);
    case 'verdict':
      return part.verdict === 'fail' ? '**FAIL**' : part.verdict;
    case 'scenario':
      return `${code(part.scenario.name)}${attempt(part.scenario)}`;
    case 'break':
      return '<br>';
  }
}

/** ` (run 2)` of a scenario that was run again. */
function attempt({ attempt }: ScenarioRecord): string {
  return attempt > 1 ? ` (run ${attempt})` : '';
}

export function details(summary: string, blocks: readonly string[]): string {
  return ['<details>', `<summary>${summary}</summary>`, '', blocks.join('\n\n'), '', '</details>'].join('\n');
}
