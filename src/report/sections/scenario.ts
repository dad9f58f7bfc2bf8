import { formatCount, plural } from '../../base/count.ts';
import type { PhaseRecord, RunRecord, ScenarioRecord } from '../../model/record.ts';
import { formatMs } from '../../model/units.ts';
import {
  type Block,
  bad,
  code,
  columns,
  command,
  fold,
  heading,
  type Inline,
  joined,
  own,
  paragraph,
  say,
  table,
  title,
  verdictOf,
} from '../document.ts';
import {
  attemptText,
  expectationNames,
  expectedText,
  formatAt,
  formatAvailability,
  formatCores,
  formatGrowth,
  formatLatency,
  formatMebibytes,
  harnessText,
  machineText,
  measuredText,
  metText,
  notMeasured,
  otherRuns,
  partsText,
  sentence,
  whyNotApplicable,
} from '../format.ts';
import { repeatCommand } from '../repeat.ts';
import { orNotMeasured } from './cells.ts';
import { messagesPart } from './messages.ts';

const number = (head: string) => ({ head, kind: 'number' }) as const;

/** One scenario: its verdict, what was done to the cluster, what was measured, and how to repeat it. */
export function scenarioSection(record: RunRecord, scenario: ScenarioRecord): Block[] {
  return [
    heading(say`${scenario.name}: ${scenario.title}`),
    ...resultPart(scenario),
    ...otherRuns(scenario).map((run) =>
      fold(say`Run ${run.attempt} was ${own(run.verdict)}: ${run.reason}`, resultPart(run)),
    ),
    paragraph(say`To repeat this scenario: ${command(repeatCommand(record, scenario))}`),
  ];
}

function resultPart(scenario: ScenarioRecord): Block[] {
  const about = [
    paragraph(say`${verdictOf(scenario)}${own(attemptText(scenario))}: ${sentence(scenario.reason)}`),
    paragraph(aboutScenario(scenario), 'muted'),
  ];
  if (scenario.verdict === 'skipped') return about;
  return [
    ...about,
    paragraph(own(partsText(scenario))),
    ...faultsPart(scenario),
    { type: 'charts', scenario },
    columns(expectationsPart(scenario), messagesPart(scenario.accounting)),
    ...phasesPart(scenario),
  ];
}

function aboutScenario({ tier, severity, dimension, cluster, parameters }: ScenarioRecord): Inline {
  const given = Object.entries(parameters).map(([key, value]) => code(`${key}=${value}`));
  const about = say`Tier ${own(tier)}, severity ${own(severity)}, ${own(dimension)}; ${own(cluster.fresh ? 'fresh' : 'shared')} cluster: ${sentence(cluster.why)}`;
  return given.length === 0 ? about : say`${about} Parameters: ${joined(given)}.`;
}

/** What was done to the cluster, and what of it was seen. */
function faultsPart({ faults }: ScenarioRecord): Block[] {
  if (faults.length === 0) return [paragraph(say`No fault was injected.`)];
  return [
    title(say`Injected against observed`),
    table(
      ['fault', 'injected', 'observed', 'mechanism', 'in force', 'proven'].map((head) => ({ head })),
      faults.map(({ kind, target, injected, observed, mechanism, startMs, endMs, healed, proven }) => {
        const inForce = say`${own(formatAt(startMs))} to ${own(formatAt(endMs))}`;
        return [
          say`${code(kind)} on ${code(target)}`,
          orNotMeasured(injected),
          orNotMeasured(observed),
          orNotMeasured(mechanism),
          healed ? inForce : say`${inForce}, ${bad(say`not healed`)}`,
          proven ? say`yes` : bad(say`no`),
        ];
      }),
    ),
  ];
}

/** The hypothesis, and whether it held. */
function expectationsPart(scenario: ScenarioRecord): Block[] {
  if (scenario.expectations.length === 0) return [];
  return [
    title(say`Expectations`),
    table(
      [{ head: 'measure' }, number('expected'), number('measured'), { head: 'met' }],
      scenario.expectations.map((one) => {
        const met = metText(scenario, one);
        return [
          own(expectationNames[one.name]),
          own(expectedText(one)),
          own(measuredText(scenario, one)),
          met === 'no' ? bad(own(met)) : own(met),
        ];
      }),
    ),
    ...whyNotApplicable(scenario).map((why) => paragraph(say`${why}`, 'muted')),
  ];
}

/** Figures of each phase, each node and the harness. */
function phasesPart(scenario: ScenarioRecord): Block[] {
  const { phases, harness } = scenario;
  if (phases.length === 0) return [];
  return [
    fold(say`Phases, nodes and the harness`, [
      phaseTable(phases),
      nodeTable(phases),
      paragraph(own(scrapesText(scenario))),
      paragraph(own(harnessText(harness))),
      paragraph(own(machineText(scenario))),
    ]),
  ];
}

function phaseTable(phases: readonly PhaseRecord[]): Block {
  const heads = ['from', 'length', 'availability', 'p50', 'p95', 'p99', 'p99.9', 'max', 'delivered', 'reconnects'];
  return table(
    [{ head: 'phase' }, ...heads.map(number)],
    phases.map(({ name, startMs, endMs, measures }) =>
      [
        name,
        formatAt(startMs),
        formatMs(endMs - startMs),
        formatAvailability(measures?.availability ?? null),
        ...(['p50Ms', 'p95Ms', 'p99Ms', 'p999Ms', 'maxMs'] as const).map((key) =>
          formatLatency(measures?.latency?.[key] ?? null),
        ),
        measures ? `${formatCount(Math.round(measures.deliveredPerSecond))}/s` : notMeasured,
        measures ? formatCount(measures.reconnects) : notMeasured,
      ].map(own),
    ),
  );
}

/** What each node used, a column for each phase. */
function nodeTable(phases: readonly PhaseRecord[]): Block {
  const measured = phases.flatMap(({ name, measures }) =>
    measures === null || measures.nodes.length === 0 ? [] : [{ phase: name, nodes: measures.nodes }],
  );
  const names = [...new Set(measured.flatMap(({ nodes }) => nodes.map(({ name }) => name)))];
  if (names.length === 0) return paragraph(say`CPU and memory of the nodes: not measured.`);
  const usedBy = (name: string, nodes: (typeof measured)[number]['nodes']): Inline => {
    const node = nodes.find((one) => one.name === name);
    if (!node) return own(notMeasured);
    const growth = node.memoryGrowthBytes === undefined ? '' : ` (${formatGrowth(node.memoryGrowthBytes)})`;
    return own(`${formatCores(node.cpuCores)}, ${formatMebibytes(node.memoryBytes)}${growth}`);
  };
  return table(
    [
      { head: 'node' },
      ...measured.map(({ phase }) => ({ head: `${phase}: mean CPU in cores, largest memory (growth)` })),
    ],
    names.map((name) => [code(name), ...measured.map(({ nodes }) => usedBy(name, nodes))]),
  );
}

function scrapesText({ scrapes, faultsSeenByBroker, faults }: ScenarioRecord): string {
  const answered =
    scrapes.attempted === 0
      ? "The broker's own metrics were not scraped."
      : `The broker answered ${formatCount(scrapes.answered)} of ${plural(scrapes.attempted, 'scrape')} of its own metrics; they are in the folder metrics beside this report.`;
  const seen =
    faultsSeenByBroker === null || faults.length === 0
      ? ''
      : ` Its metrics or logs showed ${faultsSeenByBroker} of ${plural(faults.length, 'fault')}.`;
  return `${answered}${seen}`;
}
