import type { RunRecord, ScenarioRecord } from '../model/record.ts';
import type { Comparison } from '../score/compare.ts';
import { latencyChart } from './chart.ts';
import { renderComparison } from './comparison.ts';
import { text } from './escape.ts';
import { type Block, joinWithin } from './join-within.ts';
import { broken, headline, scenarioTable, undecided } from './markdown.ts';
import { details, printMarkdown } from './print-markdown.ts';
import { repeatSection } from './sections/repeat.ts';

/** Where a reader goes on from a summary or a comment; what is not there was not made. */
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
      /** What makes the base a poor one, such as its age. */
      readonly warning?: string | undefined;
    }
  | { readonly kind: 'none'; readonly why: string };

/** GitHub refuses more than 1 MiB a step as a whole; what other steps of the job say counts for themselves. */
const mostBytes = 1_000_000;
/** Charts that stand open; the others are folded. */
const openCharts = 2;

/** The job summary of one run: what broke first, then what changed, the scenarios, the latency over time. */
export function renderStepSummary(
  record: RunRecord,
  { against, links = {} }: { readonly against?: Against | undefined; readonly links?: Links } = {},
): string {
  const charts = record.scenarios
    .flatMap((scenario) => {
      const drawn = latencyChart(scenario);
      return drawn ? [{ scenario, drawn }] : [];
    })
    .toSorted((a, b) => urgency(a.scenario) - urgency(b.scenario));
  const blocks: Block[] = [
    ...headline(record).map((text) => ({ text, rank: 0 })),
    ...linkLine(links).map((text) => ({ text, rank: 0 })),
    // The evidence of the last violation goes before that of the first.
    ...broken(record).map((text) => ({ text, rank: 3 })),
    ...undecided(record).map((text) => ({ text, rank: 2 })),
    ...againstBlocks(against),
    ...scenarioTable(record).map((text) => ({ text, rank: 1 })),
    ...(charts.length === 0 ? [] : [{ text: '## Latency over time', rank: 4 }]),
    ...charts.map(({ scenario, drawn: { chart, note } }, index) => {
      const lines = note === undefined ? [chart] : [chart, note];
      const title = `${text(scenario.name)}: ${text(scenario.title)}`;
      return {
        text: index < openCharts ? [`**${title}**`, ...lines].join('\n\n') : details(title, lines),
        rank: 4,
      };
    }),
    ...printMarkdown(repeatSection(record)).map((text) => ({ text, rank: 2 })),
  ];
  return joinWithin(blocks, mostBytes);
}

/** The job summary where no run could be made at all. */
export function renderFailure(what: string, problems: readonly string[]): string {
  return `# ERROR: the run could not be made\n\n${text(what)}\n\n${problems.map((line) => `- ${text(line)}`).join('\n')}\n`;
}

export function linkLine({ artifact, html, run }: Links): string[] {
  const links = [
    ...(html === undefined ? [] : [`[Report with charts](${html})`]),
    ...(artifact === undefined ? [] : [`[All reports, logs and metrics](${artifact})`]),
    ...(run === undefined ? [] : [`[Workflow run](${run})`]),
  ];
  return links.length === 0 ? [] : [links.join(' · ')];
}

export function againstBlocks(against: Against | undefined): Block[] {
  if (against === undefined) return [];
  if (against.kind === 'none') return [{ text: `Not compared with a base: ${text(against.why)}.`, rank: 1 }];
  return [
    { text: `${renderComparison(against.comparison).trimEnd()}\n\nThe base is ${text(against.label)}.`, rank: 1 },
  ];
}

function urgency({ verdict }: ScenarioRecord): number {
  return { fail: 0, inconclusive: 1, pass: 2, skipped: 3 }[verdict];
}
