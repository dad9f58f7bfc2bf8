import type { RunRecord } from '../model/record.ts';
import type { Comparison } from '../score/compare.ts';
import { renderBadge } from './badge.ts';
import { renderComment } from './comment.ts';
import { renderHtml } from './html.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { renderStepSummary } from './step-summary.ts';
import { renderSummary } from './table.ts';

export type ReportFormat = {
  /** Its name in a folder of reports. */
  readonly file: string;
  readonly render: (record: RunRecord, comparison?: Comparison) => string;
};

/** What a run writes, in the order in which it is written: what holds all of it first. */
export const runFormats = {
  json: { file: 'report.json', render: renderJson },
  md: { file: 'report.md', render: (record) => renderMarkdown(record) },
  html: { file: 'report.html', render: renderHtml },
  junit: { file: 'junit.xml', render: (record) => renderJunit(record) },
  badge: { file: 'badge.json', render: (record) => renderBadge(record) },
} as const satisfies Readonly<Record<string, ReportFormat>>;

/** Every format of a report. What the Action sends to GitHub and what the terminal shows are files in none of its folders. */
export const reportFormats = {
  ...runFormats,
  comment: { file: 'comment.md', render: (record) => renderComment(record) },
  summary: { file: 'summary.md', render: (record) => renderStepSummary(record) },
  text: { file: 'report.txt', render: (record) => `${renderSummary(record, { colour: false, width: 120 })}\n` },
} as const satisfies Readonly<Record<string, ReportFormat>>;

const number = String.raw`-?[\d.]+(?:[eE][-+]?\d+)?`;
const pairOfNumbers = new RegExp(String.raw`\[\n\s+(${number}),\n\s+(${number})\n\s+\]`, 'g');

/** Indented, but for pairs of numbers, of which there are thousands. There is no line break within a JSON string, so no string is touched. */
function renderJson(record: RunRecord): string {
  return `${JSON.stringify(record, null, 2).replace(pairOfNumbers, '[$1, $2]')}\n`;
}

export type FormatName = keyof typeof reportFormats;

export const formatNames = Object.keys(reportFormats) as readonly FormatName[];
