import { styleText } from 'node:util';
import Table from 'cli-table3';
import type { Column, Inline, Part, PlainBlock, Row } from './document.ts';
import { plain } from './escape.ts';
import { attemptText } from './format.ts';
import { trendTable } from './sections/trend.ts';
import { noLines } from './table.ts';

export type TextOptions = {
  /** ANSI colours; without them the text is plain. */
  readonly colour: boolean;
  /** Columns of the terminal: a table is folded to fit into them. */
  readonly width: number;
};

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, words: string) => string;

/** A column is not folded to less. */
const narrowest = 10;

/** Blocks as text for a terminal, with an empty line between parts. Nothing in outside text is obeyed by the terminal. Pure. */
export function printText(blocks: readonly PlainBlock[], options: TextOptions): string {
  const paint: Paint = (style, words) => (options.colour ? styleText(style, words, { validateStream: false }) : words);
  const text = blocks.map((block) => printBlock(block, paint, options.width)).join('\n');
  return text.replace(/^\n+/, '');
}

function printBlock(block: PlainBlock, paint: Paint, width: number): string {
  switch (block.type) {
    case 'heading':
      return `\n${paint('bold', line(block.text, paint))}`;
    case 'title':
      return `\n${paint(block.tone === 'bad' ? 'red' : 'bold', line(block.text, paint))}`;
    case 'paragraph':
      return block.tone === undefined ? `\n${line(block.text, paint)}` : paint('dim', line(block.text, paint));
    case 'note':
      return paint('yellow', line(block.text, paint));
    case 'list':
      return block.items.map((item) => `  ${line(item, paint)}`).join('\n');
    case 'table':
      return `\n${tableOf(block.columns, block.rows, paint, width)}`;
    case 'trend':
      return printBlock(trendTable(block.runs, block.lines), paint, width);
  }
}

function tableOf(columns: readonly Column[], rows: readonly Row[], paint: Paint, width: number): string {
  const cells = rows.map((row) => row.cells.map((cell) => line(cell, (_, words) => words)));
  const gap = 2;
  const widths = fitted(
    columns.map(({ head }, index) => Math.max(head.length, ...cells.map((row) => row[index]?.length ?? 0)) + gap),
    width,
  );
  const table = new Table({
    head: columns.map(({ head }) => head),
    colWidths: widths,
    colAligns: columns.map(({ kind }) => (kind === 'number' ? 'right' : 'left')),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': gap, compact: true },
    chars: noLines,
    wordWrap: true,
  });
  for (const [index, row] of cells.entries())
    table.push(rows[index]?.isBad ? row.map((cell) => paint('red', cell)) : row);
  return table
    .toString()
    .split('\n')
    .map((one) => one.trimEnd())
    .join('\n');
}

/** The widest column is folded first. */
function fitted(widths: readonly number[], width: number): number[] {
  const fit = [...widths];
  for (let over = fit.reduce((sum, one) => sum + one, 0) - width; over > 0; over--) {
    const widest = fit.indexOf(Math.max(...fit));
    if ((fit[widest] ?? 0) <= narrowest) break;
    fit[widest] = (fit[widest] ?? 0) - 1;
  }
  return fit;
}

function line({ parts }: Inline, paint: Paint): string {
  return parts.map((part) => printPart(part, paint)).join('');
}

function printPart(part: Part, paint: Paint): string {
  switch (part.type) {
    case 'own':
      return part.text;
    case 'outside':
    case 'code':
      return plain(part.text);
    case 'command':
      return plain(part.text, Number.POSITIVE_INFINITY);
    case 'strong':
      return paint('bold', line(part.of, paint));
    case 'bad':
      return paint('red', line(part.of, paint));
    case 'muted':
      return paint('dim', line(part.of, paint));
    case 'jump':
      return line(part.of, paint);
    case 'verdict':
      return part.verdict === 'fail' ? 'FAIL' : part.verdict;
    case 'scenario':
      return `${plain(part.scenario.name)}${attemptText(part.scenario)}`;
    case 'link':
      return `${plain(part.text)} (${part.address})`;
    case 'break':
      return ' ';
  }
}
