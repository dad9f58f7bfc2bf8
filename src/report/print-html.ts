import { formatCount, plural } from '../base/count.ts';
import type { Interval, NodeLogRecord, ScenarioRecord, Verdict } from '../model/record.ts';
import { formatMs } from '../model/units.ts';
import { gradeOf } from '../score/run.ts';
import type {
  Block,
  Card,
  Column,
  FoundLine,
  Inline,
  Part,
  Row,
  ScoreLine,
  Section,
  Sum,
  SumPart,
} from './document.ts';
import { entities, plain } from './escape.ts';
import { attemptText, behindScore, capital, formatAt, formatScore, gapText, notMeasured } from './format.ts';
import { clock, type Lifeline } from './lifeline.ts';
import { drawLifeline } from './lifeline-svg.ts';
import { lines, Markup, markup, nothing, wholeCommand } from './markup.ts';
import { type Timeline, timelineOf } from './timeline.ts';
import { drawTrends } from './trend-svg.ts';

/** Where the section of a scenario is; names do not tell them apart, for a plan may run one twice. */
export type Ids = ReadonlyMap<ScenarioRecord, string>;

/** Sections as HTML, each an element of its own. Pure. */
export function printSections(sections: readonly Section[], ids: Ids): Markup {
  return markup`${sections
    .filter(({ blocks }) => blocks.length > 0)
    .map(
      ({ id, blocks, facets }) => markup`<section${idOf(id)}${dataOf(facets)}>\n${printHtml(blocks, ids)}</section>\n`,
    )}`;
}

function dataOf(facets: Section['facets']): Markup {
  return facets === undefined
    ? nothing
    : markup` data-verdict="${facets.verdict}" data-violated="${[...new Set(facets.violated)].join(' ')}" data-dimension="${facets.dimension}"`;
}

/** Blocks as HTML. Pure. */
export function printHtml(blocks: readonly Block[], ids: Ids = new Map()): Markup {
  return markup`${blocks.map((block) => printBlock(block, ids))}`;
}

function printBlock(block: Block, ids: Ids): Markup {
  const line = (text: Inline): Markup => printLine(text, ids);
  switch (block.type) {
    case 'card':
      return card(block, ids);
    case 'heading':
      return markup`<h2>${line(block.text)}</h2>\n`;
    case 'title':
      return markup`<h3${classOf(block.tone)}>${line(block.text)}</h3>\n`;
    case 'paragraph':
      return markup`<p${classOf(block.tone)}>${line(block.text)}</p>\n`;
    case 'note':
      return markup`<p class="note">${line(block.text)}</p>\n`;
    case 'list':
      return markup`<ul>\n${block.items.map((item) => markup`<li>${line(item)}</li>\n`)}</ul>\n`;
    case 'table':
      return table(block.columns, block.rows, line);
    case 'command':
      return markup`<pre class="command">${wholeCommand(block.command)}</pre>\n`;
    case 'fold':
      return markup`<details><summary>${line(block.summary)}</summary>\n${printHtml(block.blocks, ids)}</details>\n`;
    case 'finding':
      return markup`<div class="broke"${idOf(block.id)}>\n<h3>${line(block.head)}</h3>\n${printHtml(block.blocks, ids)}</div>\n`;
    case 'facts':
      return markup`<dl class="facts">\n${block.facts.map(([name, value]) => markup`<div><dt>${said(name)}</dt><dd>${line(value)}</dd></div>\n`)}</dl>\n`;
    case 'output':
      return markup`<pre>${lines(block.lines)}</pre>\n`;
    case 'scores':
      return markup`<table class="bars">\n<tbody>\n${block.scores.map(scoreRow)}</tbody>\n</table>\n`;
    case 'sums':
      return markup`<div class="beside">\n${block.sums.map(sumTable)}</div>\n<p>${block.sums.every(({ gap }) => gap === 0) ? 'Every message is accounted for.' : nothing}${block.sums.map(({ gap }) => (gap === 0 ? nothing : markup` <span class="bad">${gapText(gap)}</span>`))}</p>\n`;
    case 'charts':
      return charts(block.scenario);
    case 'lifeline':
      return lifeline(block.lifeline, line);
    case 'trend':
      return drawTrends(block.runs, block.lines);
    case 'columns':
      return markup`<div class="beside">\n${block.columns.map((column) => markup`<div>\n${printHtml(column, ids)}</div>\n`)}</div>\n`;
    case 'only':
      return block.medium === 'page' ? printHtml(block.blocks, ids) : nothing;
  }
}

/** Outside text loses the blanks at its ends where it is escaped; the tool's own words keep those that part them from it. */
function printLine({ parts }: Inline, ids: Ids): Markup {
  return markup`${parts.map((part) => printPart(part, ids))}`;
}

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
    case 'jump':
      return markup`<a href="#${part.id}">${printLine(part.of, ids)}</a>`;
    case 'link':
      return markup`<a href="${part.address}">${part.text}</a>`;
    case 'break':
      return markup`<br>`;
  }
}

function classOf(name: string | undefined): Markup {
  return name === undefined ? nothing : markup` class="${name}"`;
}

function idOf(id: string | undefined): Markup {
  return id === undefined ? nothing : markup` id="${id}"`;
}

/** Classes of the style sheet. */
const tones = {
  pass: 'good',
  fail: 'bad',
  inconclusive: 'doubt',
  skipped: 'doubt',
} as const satisfies Record<Verdict, string>;

function card({ about, notes, found, remarks, beside, ...result }: Card, ids: Ids): Markup {
  const { verdict } = result;
  const line = (text: Inline): Markup => printLine(text, ids);
  return markup`<header class="card score-card ${verdict}">
<div>
<h1><span class="${tones[verdict]}">${verdict.toUpperCase()}</span></h1>
${scoreText(result, line)}${notes.map((text) => markup`<p class="note">${line(text)}</p>\n`)}${
  found.length === 0 ? nothing : markup`<ul class="found">\n${found.map((one) => foundItem(one, ids))}</ul>\n`
}${remarks.map((text) => markup`<p>${line(text)}</p>\n`)}<p class="muted">${about.map((one, index) => markup`${index === 0 ? nothing : markup` · `}${line(one)}`)}</p>
</div>
<div>
${printHtml(beside, ids)}</div>
</header>
`;
}

function scoreText(
  { score, grade, interval, cap, unscored }: Pick<Card, 'score' | 'grade' | 'interval' | 'cap' | 'unscored'>,
  line: (text: Inline) => Markup,
): Markup {
  if (unscored !== undefined) return markup`<p class="score">${line(unscored)}</p>\n`;
  if (score === null) return markup`<p class="score">${capital(`score ${notMeasured}`)}.</p>\n`;
  const points = `${formatScore(score)} of 10`;
  if (grade === null)
    return markup`<p class="score"><strong>not graded</strong> <span class="muted">(${points} for what was measured)</span></p>\n`;
  return markup`<p class="score"><strong>${formatScore(score)}</strong> of 10, <strong>${grade}</strong> <span class="muted">(${behindScore({ interval, cap })})</span></p>\n`;
}

function foundItem({ tone, text }: FoundLine, ids: Ids): Markup {
  return markup`<li${classOf(tone === 'bad' ? undefined : tone)}>${printLine(text, ids)}</li>\n`;
}

/** Each cell carries the head of its column: on a phone a row is shown as a list of them. */
function table(columns: readonly Column[], rows: readonly Row[], line: (text: Inline) => Markup): Markup {
  const kind = (column: Column | undefined): Markup => classOf(column?.kind);
  return markup`<div class="scroll"><table class="stacked">
<thead><tr>${columns.map((column) => markup`<th${kind(column)} scope="col">${column.head}</th>`)}</tr></thead>
<tbody>
${rows.map(
  ({ cells, isBad = false }) =>
    markup`<tr${classOf(isBad ? 'fail' : undefined)}>${cells.map((cell, index) => markup`<td${kind(columns[index])} data-head="${columns[index]?.head ?? ''}">${line(cell)}</td>`)}</tr>\n`,
)}</tbody>
</table></div>
`;
}

function verdictMark(verdict: Verdict): Markup {
  return markup`<span class="verdict ${verdict}">${verdict === 'fail' ? 'FAIL' : verdict}</span>`;
}

function code(outside: string): Markup {
  return markup`<code>${plain(outside) === '' ? '(empty)' : outside}</code>`;
}

/** Outside text where a blank would read as nothing to say. */
function said(outside: string): string {
  return plain(outside) === '' ? notMeasured : outside;
}

function scenario(one: ScenarioRecord, full: boolean, ids: Ids): Markup {
  const link = markup`<a href="#${ids.get(one) ?? ''}">${one.name}</a>`;
  if (!full) return link;
  const faults = [...new Set(one.faults.map(({ kind, target }) => `${kind} on ${target}`))];
  const done = faults.length === 0 ? ', without a fault' : markup` (${faults.join(', ')})`;
  return markup`${link}${attemptText(one)}${done}`;
}

function scoreRow({ name, fragment, score, interval, intervalText }: ScoreLine): Markup {
  const shown =
    fragment === undefined ? markup`${name}` : markup`<a href="#scenarios" data-show="${fragment}">${name}</a>`;
  return markup`<tr><th scope="row">${shown}</th><td>${bar(score, interval)}</td><td class="number" title="95% interval: ${intervalText}">${formatScore(score)}</td></tr>\n`;
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
    markup`<tr><td>${text}</td><td${classOf(isBad ? 'number bad' : 'number')}>${formatCount(shown)}</td></tr>\n`;
  return rules === undefined ? [row(noted(what, note), count)] : rules.map(([rule, of]) => row(noted(what, rule), of));
}

function noted(what: string, note: string | undefined): string {
  return note === undefined ? what : `${what}: ${note}`;
}

/** Places for the charts that page/charts.js draws, with what they show. */
function charts(scenario: ScenarioRecord): Markup {
  const timeline = timelineOf(scenario);
  if (!timeline) return markup`<p>Timeline: not measured.</p>\n`;
  const chart = (kind: string, title: string): Markup =>
    markup`<h4>${title}</h4>\n<div class="chart" role="img" aria-label="${title} of ${scenario.name} over time" data-chart="${kind}"></div>\n`;
  const pooled =
    timeline.pooled === undefined
      ? nothing
      : markup`<p class="muted">Each point pools up to ${formatMs(timeline.pooled)}: the mean of the rates, and the worst of latency and availability.</p>\n`;
  return markup`<div class="charts">
<noscript><p class="note">The charts need JavaScript. The tables have the figures of each phase.</p></noscript>
${chart('latency', 'Latency from publish to receipt, p50 and p99 (logarithmic)')}${chart('throughput', 'Throughput, messages a second')}${chart('availability', 'Availability, operations done in time of those possible')}
${pooled}${seriesChart(scenario, timeline)}${nodeLogs(scenario)}<script type="application/json">${new Markup(jsonInHtml(timeline))}</script>
</div>
`;
}

/** One measure at a time; the reader chooses which. */
function seriesChart(scenario: ScenarioRecord, { series }: Timeline): Markup {
  if (series.length === 0) return nothing;
  const options = series.map(({ name }, index) => markup`<option value="${String(index)}">${name}</option>`);
  return markup`<h4><label>Beside it: <select>${options}</select></label></h4>
<div class="chart" role="img" aria-label="One measure of ${scenario.name} over time, chosen above" data-chart="series"></div>
`;
}

/** The charts' zoom chooses those of its time. */
function nodeLogs({ logs = [], faults }: ScenarioRecord): Markup {
  const lines = logs
    .flatMap(({ node, lines: own }) => own.map((line) => ({ node, ...line })))
    .toSorted((a, b) => a.atMs - b.atMs);
  if (lines.length === 0) return nothing;
  return markup`<details class="logs"><summary>Logs of the nodes: ${shownOf(logs)}${faults.length === 0 || logs.every(({ leftOut }) => leftOut === 0) ? '' : ', those nearest to the faults'}<span role="status"></span></summary>
<ol class="events" tabindex="0">
${lines.map(({ node, atMs, withinMs, text }) => markup`<li data-at="${(atMs / 1_000).toFixed(3)}"><time>${withinMs < 10 ? clock(atMs) : `~ ${formatAt(atMs)}`}</time> <span>${node}: ${text}</span></li>\n`)}</ol>
</details>
`;
}

/** `180 lines`, or how many of how many. */
function shownOf(logs: readonly NodeLogRecord[]): string {
  const shown = logs.reduce((sum, { lines }) => sum + lines.length, 0);
  const leftOut = logs.map((one) => one.leftOut);
  if (leftOut.includes(null)) return `${formatCount(shown)} of very many lines`;
  const all = leftOut.reduce<number>((sum, count) => sum + (count ?? 0), shown);
  return all === shown ? plural(shown, 'line') : `${formatCount(shown)} of ${plural(all, 'line')}`;
}

function lifeline(one: Lifeline, line: (text: Inline) => Markup): Markup {
  return markup`${drawLifeline(one)}<p class="muted legend">Red: due. Stroke: acknowledged or received. Blue: connected, filled where the CONNACK had session present = 1. Shaded: fault in force.</p>
<details><summary>Moment by moment</summary>
<ol class="events">
${one.events.map(({ atMs, text }) => markup`<li><time>${clock(atMs)}</time> <span>${line(text)}</span></li>\n`)}</ol>
</details>
`;
}

/** No tag can begin in it, the end of its own element included. */
function jsonInHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
