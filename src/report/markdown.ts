import type { RunRecord } from '../model/record.ts';
import { printMarkdown } from './print-markdown.ts';
import { reportSections } from './sections/report.ts';

/** report.md: what broke first, then the scenarios, then how to repeat it. GitHub's Markdown; outside text is escaped. Pure. */
export function renderMarkdown(record: RunRecord): string {
  const blocks = reportSections(record, { examples: 3, lifelines: 3 }).flatMap((section) => section.blocks);
  return `${printMarkdown(blocks).join('\n\n')}\n`;
}
