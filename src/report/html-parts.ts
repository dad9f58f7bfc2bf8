import type { ScenarioRecord, Verdict } from '../model/record.ts';
import { plain } from './escape.ts';
import { notMeasured } from './format.ts';
import { type Markup, type MarkupPart, markup, nothing } from './markup.ts';

export type Column = { readonly head: string; readonly kind?: 'number' };

export type Row = { readonly cells: readonly MarkupPart[]; readonly style?: string };

/** Each cell carries the head of its column: on a phone a row is shown as a list of them. */
export function table(columns: readonly Column[], rows: readonly Row[]): Markup {
  const classOf = (column: Column | undefined): Markup =>
    column?.kind === 'number' ? markup` class="number"` : nothing;
  const body = rows.map(
    ({ cells, style }) =>
      markup`<tr${style === undefined ? nothing : markup` class="${style}"`}>${cells.map(
        (cell, index) => markup`<td${classOf(columns[index])} data-head="${columns[index]?.head ?? ''}">${cell}</td>`,
      )}</tr>\n`,
  );
  return markup`<div class="scroll"><table class="stacked">
<thead><tr>${columns.map((column) => markup`<th${classOf(column)} scope="col">${column.head}</th>`)}</tr></thead>
<tbody>
${body}</tbody>
</table></div>
`;
}

export function list(items: readonly Markup[]): Markup {
  return markup`<ul>\n${items.map((item) => markup`<li>${item}</li>\n`)}</ul>\n`;
}

export function fold(summary: MarkupPart, content: MarkupPart): Markup {
  return markup`<details><summary>${summary}</summary>\n${content}</details>\n`;
}

/** Classes of the style sheet. */
export const tones = {
  pass: 'good',
  fail: 'bad',
  inconclusive: 'doubt',
  skipped: 'doubt',
} as const satisfies Record<Verdict, string>;

export function verdictMark(verdict: Verdict): Markup {
  return markup`<span class="verdict ${verdict}">${verdict === 'fail' ? 'FAIL' : verdict}</span>`;
}

/** ` (run 2)` of a scenario that was run again. */
export function attemptText({ attempt }: ScenarioRecord): Markup {
  return attempt > 1 ? markup` (run ${attempt})` : nothing;
}

export function code(outside: string): Markup {
  return markup`<code>${plain(outside) === '' ? '(empty)' : outside}</code>`;
}

/** Outside text where a blank would read as nothing to say. */
export function said(outside: string): string {
  return plain(outside) === '' ? notMeasured : outside;
}

export function joined(parts: readonly Markup[], by = markup`, `): Markup {
  return markup`${parts.map((part, index) => (index === 0 ? part : markup`${by}${part}`))}`;
}
