import { formatCount, plural } from '../base/count.ts';
import type { Accounting, PhaseRecord, RunRecord, ScenarioRecord } from '../model/record.ts';
import { formatMs } from '../model/units.ts';
import {
  balance,
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
} from './format.ts';
import { attemptText, code, fold, joined, said, table, tones, verdictMark } from './html-parts.ts';
import { type Markup, markup, nothing, wholeCommand } from './markup.ts';
import { repeatCommand } from './repeat.ts';
import { type Timeline, timelineOf } from './timeline.ts';

/** One scenario in report.html. What its charts show is added to `timelines`, to which they refer by index. */
export function scenarioSection(
  record: RunRecord,
  scenario: ScenarioRecord,
  id: string,
  timelines: Timeline[],
): Markup {
  return markup`<section id="${id}">
<h2>${scenario.name} ${verdictMark(scenario.verdict)}${attemptText(scenario)}</h2>
<p>${sentence(scenario.title)}</p>
<p><strong class="${tones[scenario.verdict]}">${scenario.verdict}:</strong> ${sentence(scenario.reason)}</p>
${content(scenario, timelines)}
${otherRuns(scenario).map((run) => fold(`Run ${run.attempt} was ${run.verdict}: ${run.reason}`, content(run, timelines)))}<p>To repeat this scenario: <code class="command">${wholeCommand(repeatCommand(record, scenario))}</code></p>
</section>
`;
}

function content(scenario: ScenarioRecord, timelines: Timeline[]): Markup {
  const { cluster, tier, severity, dimension } = scenario;
  const parameters = Object.entries(scenario.parameters).map(([key, value]) => code(`${key}=${value}`));
  const about = markup`<p class="muted">Tier ${tier}, severity ${severity}, ${dimension}; ${cluster.fresh ? 'fresh' : 'shared'} cluster: ${sentence(cluster.why)}${
    parameters.length === 0 ? nothing : markup` Parameters: ${joined(parameters)}.`
  }</p>
`;
  if (scenario.verdict === 'skipped') return about;
  return markup`${about}<p>${partsText(scenario)}</p>
${charts(scenario, timelines)}${faults(scenario)}<div class="beside">
${expectations(scenario)}${messages(scenario.accounting)}</div>
${phases(scenario)}`;
}

function charts(scenario: ScenarioRecord, timelines: Timeline[]): Markup {
  const timeline = timelineOf(scenario);
  if (!timeline) return markup`<p>Timeline: not measured.</p>\n`;
  const index = timelines.push(timeline) - 1;
  const chart = (kind: string, title: string): Markup =>
    markup`<h4>${title}</h4>\n<div class="chart" role="img" aria-label="${title} of ${scenario.name} over time" data-chart="${kind}" data-timeline="${index}"></div>\n`;
  const pooled =
    timeline.pooled === undefined
      ? nothing
      : markup`<p class="muted">Each point pools up to ${formatMs(timeline.pooled)}: the mean of the rates, and the worst of latency and availability.</p>\n`;
  return markup`<div class="charts">
${chart('latency', 'Latency from publish to receipt, p50 and p99 (logarithmic)')}${chart('throughput', 'Throughput, messages a second')}${chart('availability', 'Availability, operations done in time of those possible')}
${pooled}</div>
`;
}

function faults({ faults }: ScenarioRecord): Markup {
  if (faults.length === 0) return markup`<p>No fault was injected.</p>\n`;
  return markup`<h3>Injected against observed</h3>
${table(
  [
    { head: 'fault' },
    { head: 'injected' },
    { head: 'observed' },
    { head: 'mechanism' },
    { head: 'in force' },
    { head: 'proven' },
  ],
  faults.map((fault) => ({
    cells: [
      markup`${code(fault.kind)} on ${code(fault.target)}`,
      said(fault.injected),
      said(fault.observed),
      said(fault.mechanism),
      markup`${formatAt(fault.startMs)} to ${formatAt(fault.endMs)}${fault.healed ? '' : markup`, <span class="bad">not healed</span>`}`,
      fault.proven ? 'yes' : markup`<span class="bad">no</span>`,
    ],
  })),
)}`;
}

function expectations(scenario: ScenarioRecord): Markup {
  if (scenario.expectations.length === 0) return nothing;
  return markup`<div>
<h3>Expectations</h3>
${table(
  [{ head: 'measure' }, { head: 'expected', kind: 'number' }, { head: 'measured', kind: 'number' }, { head: 'met' }],
  scenario.expectations.map((one) => {
    const met = metText(scenario, one);
    return {
      cells: [
        expectationNames[one.name],
        expectedText(one),
        measuredText(scenario, one),
        met === 'no' ? markup`<span class="bad">no</span>` : met,
      ],
    };
  }),
)}${whyNotApplicable(scenario).map((why) => markup`<p class="muted">${why}</p>\n`)}</div>
`;
}

function messages(accounting: Accounting): Markup {
  const { published, acknowledged, unknown, notSent, unacknowledgeable, owed, delivered, lost } = accounting;
  if (published === 0 && owed === 0) return markup`<div>\n<h3>Messages</h3>\n<p>Not measured.</p>\n</div>\n`;
  const n = formatCount;
  const { publishedGap, owedGap } = balance(accounting);
  const gap = (missing: number): Markup =>
    missing === 0
      ? nothing
      : markup` <span class="bad">Does not add up: ${n(Math.abs(missing))} ${missing > 0 ? 'missing' : 'too many'}.</span>`;
  const rules = (counts: Readonly<Record<string, number>>, of: string): Markup[] =>
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([rule, count]) => markup`<tr><td>${of}: ${rule}</td><td class="number">${n(count)}</td></tr>\n`);
  const row = (what: string, count: number, style = ''): Markup =>
    markup`<tr><td>${what}</td><td class="number ${style}">${n(count)}</td></tr>\n`;
  return markup`<div>
<h3>Messages</h3>
<div class="beside">
<table>
<tbody>
<tr><th scope="row">published</th><th class="number">${n(published)}</th></tr>
${row('acknowledged', acknowledged)}${row('unknown: written, never acknowledged', unknown)}${row('not sent', notSent)}${row('QoS 0: nothing to acknowledge', unacknowledgeable)}</tbody>
</table>
<table>
<tbody>
<tr><th scope="row">owed: one for each message and subscription</th><th class="number">${n(owed)}</th></tr>
${row('delivered', delivered)}${rules(accounting.legallyUndelivered, 'legally undelivered')}${row('lost', lost, lost > 0 ? 'bad' : '')}${rules(accounting.legalDuplicates, 'more than once, where that is allowed')}</tbody>
</table>
</div>
<p>${publishedGap === 0 && owedGap === 0 ? 'Every message is accounted for.' : nothing}${gap(publishedGap)}${gap(owedGap)}</p>
</div>
`;
}

function phases(scenario: ScenarioRecord): Markup {
  if (scenario.phases.length === 0) return nothing;
  return fold(
    'Phases, nodes and the harness',
    markup`${phaseTable(scenario.phases)}${nodeTable(scenario.phases)}<p>${scrapesText(scenario)}</p>
<p>${harnessText(scenario.harness)}</p>
<p>${machineText(scenario)}</p>
`,
  );
}

function phaseTable(phases: readonly PhaseRecord[]): Markup {
  const number = (head: string) => ({ head, kind: 'number' }) as const;
  return table(
    [
      { head: 'phase' },
      number('from'),
      number('length'),
      number('availability'),
      number('p50'),
      number('p95'),
      number('p99'),
      number('p99.9'),
      number('max'),
      number('delivered'),
      number('reconnects'),
    ],
    phases.map(({ name, startMs, endMs, measures }) => ({
      cells: [
        name,
        formatAt(startMs),
        formatMs(endMs - startMs),
        formatAvailability(measures?.availability ?? null),
        formatLatency(measures?.latency?.p50Ms ?? null),
        formatLatency(measures?.latency?.p95Ms ?? null),
        formatLatency(measures?.latency?.p99Ms ?? null),
        formatLatency(measures?.latency?.p999Ms ?? null),
        formatLatency(measures?.latency?.maxMs ?? null),
        measures ? `${formatCount(Math.round(measures.deliveredPerSecond))}/s` : notMeasured,
        measures ? formatCount(measures.reconnects) : notMeasured,
      ],
    })),
  );
}

/** What each node used, a column a phase. */
function nodeTable(phases: readonly PhaseRecord[]): Markup {
  const measured = phases.flatMap(({ name, measures }) =>
    measures === null || measures.nodes.length === 0 ? [] : [{ phase: name, nodes: measures.nodes }],
  );
  const names = [...new Set(measured.flatMap(({ nodes }) => nodes.map(({ name }) => name)))];
  if (names.length === 0) return markup`<p>CPU and memory of the nodes: not measured.</p>\n`;
  return table(
    [
      { head: 'node' },
      ...measured.map(({ phase }) => ({ head: `${phase}: mean CPU in cores, largest memory (growth)` })),
    ],
    names.map((name) => ({
      cells: [
        code(name),
        ...measured.map(({ nodes }) => {
          const node = nodes.find((one) => one.name === name);
          const growth = node?.memoryGrowthBytes === undefined ? '' : ` (${formatGrowth(node.memoryGrowthBytes)})`;
          return node ? `${formatCores(node.cpuCores)}, ${formatMebibytes(node.memoryBytes)}${growth}` : notMeasured;
        }),
      ],
    })),
  );
}

function scrapesText({ scrapes, faultsSeenByBroker, faults }: ScenarioRecord): string {
  const answered =
    scrapes.attempted === 0
      ? "The broker's own metrics were not scraped."
      : `The broker answered ${formatCount(scrapes.answered)} of ${plural(scrapes.attempted, 'scrape')} of its own metrics; what it said is in the folder metrics beside this report.`;
  const seen =
    faultsSeenByBroker === null || faults.length === 0
      ? ''
      : ` Its metrics or logs showed ${faultsSeenByBroker} of ${plural(faults.length, 'fault')}.`;
  return `${answered}${seen}`;
}
