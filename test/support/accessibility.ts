import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { BrowserPage } from './browser.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** How a reader may look at a page. */
export const looks = [
  { width: 1280, colours: 'light' },
  { width: 400, colours: 'dark' },
] as const;

/** What axe-core (the rules of WCAG 2.2 A and AA, and its best practices) finds in the page as it is shown: each fault of serious or critical impact, with the first element that has it. */
export async function seriousFaults(page: BrowserPage): Promise<string[]> {
  await page.evaluate(`${axe};0`);
  const { violations } = await page.evaluate<Pick<AxeResults, 'violations'>>(
    "axe.run(document, { resultTypes: ['violations'] })",
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary ?? ''}`);
}
