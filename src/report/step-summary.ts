import type { RunRecord, ScenarioRecord } from '../model/record.ts';
import type { Comparison } from '../score/compare.ts';
import { latencyChart } from './chart.ts';
import { type Block, fold, heading, joined, link, list, paragraph, say, title } from './document.ts';
import { joinWithin } from './join-within.ts';
import { printMarkdown } from './print-markdown.ts';
import { brokenSection, knownSection, undecidedSection } from './sections/broken.ts';
import { cardSection } from './sections/card.ts';
import { comparisonSection } from './sections/comparison.ts';
import { repeatSection } from './sections/repeat.ts';
import { scenariosSection } from './sections/scenarios.ts';

/** Where a summary or a comment links to; absent for what does not exist. */
export type Links = {
  /** The artifact with all reports, logs and metrics. */
  readonly artifact?: string | undefined;
  /** report.html alone, shown by the browser. */
  readonly html?: string | undefined;
  readonly run?: string | undefined;
};

/** What the head is compared with, or why it is not. */
export type Against =
  | {
      readonly kind: 'base';
      readonly label: string;
      readonly comparison: Comparison;
      /** Why the base may not be comparable, such as its age. */
      readonly warning?: string | undefined;
    }
  | { readonly kind: 'none'; readonly why: string };

/** GitHub refuses the summary of a step if it has more than 1 MiB. Each step of a job has its own limit. */
const mostBytes = 1_000_000;
/** Charts that stand open; the others are folded. */
const openCharts = 2;

/** The job summary of one run: what broke first, then what changed, the scenarios, the latency over time. */
export function renderStepSummary(
  record: RunRecord,
  { against, links = {} }: { readonly against?: Against | undefined; readonly links?: Links } = {},
): string {
  const ranked: readonly (readonly [rank: number, blocks: readonly Block[]])[] = [
    [0, cardSection(record)],
    [0, linksPart(links)],
    // The evidence of the last violation goes before that of the first.
    [3, [...brokenSection(record, { examples: 3, lifelines: 3, commands: true }), ...knownSection(record)]],
    [2, undecidedSection(record)],
    [1, againstPart(against)],
    [1, scenariosSection(record)],
    [4, latencySection(record)],
    [2, repeatSection(record)],
  ];
  const pieces = ranked.flatMap(([rank, blocks]) => printMarkdown(blocks).map((text) => ({ text, rank })));
  return joinWithin(pieces, mostBytes);
}

/** The chart of each scenario that has one, what failed first. */
function latencySection({ scenarios }: RunRecord): Block[] {
  const drawn = scenarios
    .filter((scenario) => latencyChart(scenario) !== undefined)
    .toSorted((a, b) => urgency(a) - urgency(b));
  if (drawn.length === 0) return [];
  return [
    heading(say`Latency over time`),
    ...drawn.flatMap((scenario, index) => {
      const name = say`${scenario.name}: ${scenario.title}`;
      const chart: Block = { type: 'charts', scenario };
      return index < openCharts ? [title(name), chart] : [fold(name, [chart])];
    }),
  ];
}

/** The job summary where no run could be made at all. */
export function renderFailure(what: string, problems: readonly string[]): string {
  const blocks = [paragraph(say`${what}`), list(problems.map((problem) => say`${problem}`))];
  return `${['# ERROR: the run could not be made', ...printMarkdown(blocks)].join('\n\n')}\n`;
}

export function linksPart({ artifact, html, run }: Links): Block[] {
  const links = [
    ...(html === undefined ? [] : [link(html, 'Report with charts')]),
    ...(artifact === undefined ? [] : [link(artifact, 'All reports, logs and metrics')]),
    ...(run === undefined ? [] : [link(run, 'Workflow run')]),
  ];
  return links.length === 0 ? [] : [paragraph(joined(links, ' · '))];
}

export function againstPart(against: Against | undefined): Block[] {
  if (against === undefined) return [];
  if (against.kind === 'none') return [paragraph(say`Not compared with a base: ${against.why}.`)];
  return [
    ...comparisonSection(against.comparison, { scenarios: 'changed' }),
    paragraph(say`The base is ${against.label}.`),
  ];
}

function urgency({ verdict }: ScenarioRecord): number {
  return { fail: 0, inconclusive: 1, pass: 2, skipped: 3 }[verdict];
}
