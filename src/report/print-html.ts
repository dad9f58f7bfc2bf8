import { formatCount } from '../base/count.ts';
import type { Interval, ScenarioRecord } from '../model/record.ts';
import { gradeOf } from '../score/run.ts';
import type { Block, Inline, Part, ScoreLine, Sum, SumPart } from './document.ts';
import { entities } from './escape.ts';
import { formatScore, gapText } from './format.ts';
import { attemptText, code, fold, list, said, table, verdictMark } from './html-parts.ts';
import { lines, Markup, markup, nothing, wholeCommand } from './markup.ts';

/** Where the section of a scenario is; names do not tell them apart, for a plan may run one twice. */
export type Ids = ReadonlyMap<ScenarioRecord, string>;

/** Blocks as HTML. Pure. */
export function printHtml(blocks: readonly Block[], ids: Ids = new Map()): Markup {
  return markup`${blocks.map((block) => printBlock(block, ids))}`;
}

function printBlock(block: Block, ids: Ids): Markup {
  const line = (text: Inline): Markup => printLine(text, ids);
  switch (block.type) {
    case 'heading':
      return markup`<h2>${line(block.text)}</h2>\n`;
    case 'title':
      return markup`<h3>${line(block.text)}</h3>\n`;
    case 'paragraph':
      return markup`<p${block.tone === undefined ? nothing : markup` class="${block.tone}"`}>${line(block.text)}</p>\n`;
    case 'list':
      return list(block.items.map(line));
    case 'table':
      return table(
        block.columns,
        block.rows.map((row) =>
          'cells' in row ? { style: row.verdict, cells: row.cells.map(line) } : { cells: row.map(line) },
        ),
      );
    case 'command':
      return markup`<pre class="command">${wholeCommand(block.command)}</pre>\n`;
    case 'fold':
      return fold(line(block.summary), printHtml(block.blocks, ids));
    case 'finding':
      return markup`<div class="broke"${block.id === undefined ? nothing : markup` id="${block.id}"`}>\n<h3>${line(block.head)}</h3>\n${printHtml(block.blocks, ids)}</div>\n`;
    case 'facts':
      return markup`<dl class="facts">\n${block.facts.map(([name, value]) => markup`<div><dt>${said(name)}</dt><dd>${line(value)}</dd></div>\n`)}</dl>\n`;
    case 'output':
      return markup`<pre>${lines(block.lines)}</pre>\n`;
    case 'scores':
      return markup`<table class="bars">\n<tbody>\n${block.scores.map(scoreRow)}</tbody>\n</table>\n`;
    case 'sums':
      return markup`<div class="beside">\n${block.sums.map(sumTable)}</div>\n<p>${block.sums.every(({ gap }) => gap === 0) ? 'Every message is accounted for.' : nothing}${block.sums.map(({ gap }) => (gap === 0 ? nothing : markup` <span class="bad">${gapText(gap)}</span>`))}</p>\n`;
  }
}

/** A line within HTML of another making. */
export function printLine({ parts }: Inline, ids: Ids): Markup {
  return markup`${parts.map((part) => printPart(part, ids))}`;
}

/** Outside text loses the blanks at its ends where it is escaped; the tool's own words keep those that part them from it. */
function printPart(part: Part, ids: Ids): Markup {
  switch (part.type) {
    case 'own':
      return new Markup(entities(part.text));
    case 'outside':
      return markup`${part.text}`;
    case 'code':
      return code(part.text);
    case 'command':
      return markup`<code class="command">${wholeCommand(part.text)}</code>`;
    case 'strong':
      return markup`<strong>${printLine(part.of, ids)}</strong>`;
    case 'muted':
      return markup`<span class="muted">${printLine(part.of, ids)}</span>`;
    case 'bad':
      return markup`<span class="bad">${printLine(part.of, ids)}</span>`;
    case 'verdict':
      return verdictMark(part.verdict);
    case 'scenario':
      return scenario(part.scenario, part.full, ids);
    case 'break':
      return markup`<br>`;
  }
}

function scenario(one: ScenarioRecord, full: boolean, ids: Ids): Markup {
  const link = markup`<a href="#${ids.get(one) ?? ''}">${one.name}</a>`;
  if (!full) return link;
  const faults = [...new Set(one.faults.map(({ kind, target }) => `${kind} on ${target}`))];
  const done = faults.length === 0 ? ', without a fault' : markup` (${faults.join(', ')})`;
  return markup`${link}${attemptText(one)}${done}`;
}

function scoreRow({ name, score, interval, intervalText }: ScoreLine): Markup {
  return markup`<tr><th scope="row">${name}</th><td>${bar(score, interval)}</td><td class="number" title="95% interval: ${intervalText}">${formatScore(score)}</td></tr>\n`;
}

/** A score of 0 to 10 as a bar, its interval as a line across. */
function bar(score: number, interval: Interval | null): Markup {
  const tone = gradeOf(score).toLowerCase().replaceAll(' ', '-');
  const line =
    interval === null
      ? nothing
      : markup`<rect class="bar-interval" x="${interval[0] * 10}" y="4" width="${Math.max(0.5, (interval[1] - interval[0]) * 10)}" height="2"/>`;
  return markup`<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="bar-all" width="100" height="10"/><rect class="bar-${tone}" width="${score * 10}" height="10"/>${line}</svg>`;
}

function sumTable({ what, note, total, parts, beside }: Sum): Markup {
  return markup`<table>
<tbody>
<tr><th scope="row">${noted(what, note)}</th><th class="number">${formatCount(total)}</th></tr>
${[...parts, ...(beside ? [beside] : [])].flatMap(partRows)}</tbody>
</table>
`;
}

/** A row for each rule where rules say so. */
function partRows({ what, note, count, rules, isBad = false }: SumPart): Markup[] {
  const row = (text: string, shown: number): Markup =>
    markup`<tr><td>${text}</td><td class="number${isBad ? ' bad' : ''}">${formatCount(shown)}</td></tr>\n`;
  return rules === undefined ? [row(noted(what, note), count)] : rules.map(([rule, of]) => row(noted(what, rule), of));
}

function noted(what: string, note: string | undefined): string {
  return note === undefined ? what : `${what}: ${note}`;
}
