import { createHash } from 'node:crypto';
import uplot from 'uplot/dist/uPlot.iife.min.js' with { type: 'text' };
import uplotStyle from 'uplot/dist/uPlot.min.css' with { type: 'text' };
import uplotLicence from 'uplot/LICENSE' with { type: 'text' };
import { formatCount, plural } from '../base/count.ts';
import type {
  CrashRecord,
  Evidence,
  ExpectationRecord,
  RunRecord,
  ScenarioRecord,
  ViolationRecord,
} from '../model/record.ts';
import { formatMs } from '../model/units.ts';
import type { Change, Comparison, ViolationChange } from '../score/compare.ts';
import { attempts, gradeOf } from '../score/run.ts';
import { isBroken } from '../score/scenario.ts';
import { callText, differenceText, sideText } from './comparison.ts';
import {
  type ChecksOfReason,
  checkTitles,
  type Findings,
  type Found,
  findingsOf,
  leftOutOf,
  notApplicableOf,
  unknownOf,
} from './findings.ts';
import {
  capital,
  cutLogsText,
  defaultBrokerNote,
  expectationNames,
  expectedText,
  featureRows,
  formatAccounted,
  formatAt,
  formatDimensionInterval,
  formatFaultsProven,
  formatInterval,
  formatMeasure,
  formatRange,
  formatScore,
  measuredText,
  ofClients,
  sentence,
  suspectsTitle,
} from './format.ts';
import { attemptText, code, fold, joined, list, said, table, tones, verdictMark } from './html-parts.ts';
import { scenarioSection } from './html-scenario.ts';
import { lines, Markup, markup, nothing, wholeCommand } from './markup.ts';
import chartsScript from './page/charts.js' with { type: 'text' };
import pageStyle from './page/page.css' with { type: 'text' };
import { repeatCommand } from './repeat.ts';
import type { Timeline } from './timeline.ts';

/** Examples of one violation that are shown; report.json holds the rest. */
const mostExamples = 5;
/** Findings in the score card; all of them stand below it. */
const mostFindings = 8;

const style = `${uplotStyle}\n${pageStyle}`;
const script = `/*\nuPlot:\n\n${uplotLicence}*/\n${uplot}\n${chartsScript}`;

/**
 * report.html: one file that asks the network for nothing, which its content security policy enforces. The score card and what
 * broke come first; without JavaScript only the charts are missing. Outside text is escaped. Pure: the same record, the same bytes.
 */
export function renderHtml(record: RunRecord, comparison?: Comparison): string {
  const timelines: Timeline[] = [];
  const found = findingsOf(record);
  const ids: Ids = new Map(
    record.scenarios.flatMap((scenario, index) =>
      attempts([scenario]).map((attempt) => [attempt, `scenario-${index + 1}`] as const),
    ),
  );
  const sections = [
    scoreCard(record, found, ids),
    broken(record, found, ids),
    known(found),
    ...(comparison ? [compared(comparison)] : []),
    scenarioTable(record, ids),
    ...record.scenarios.map((scenario) => scenarioSection(record, scenario, ids.get(scenario) ?? '', timelines)),
    abilities(record),
    environment(record),
    repeating(record),
  ];
  const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${record.verdict.toUpperCase()} ${formatScore(record.score)}: ${record.broker.name}</title>
<style>${new Markup(style)}</style>
</head>
<body>
${sections}
<footer>${record.tool.name} ${record.tool.version}. Rendered from report.json, which holds every figure.</footer>
<script type="application/json" id="timelines">${new Markup(jsonInHtml(timelines))}</script>
<script>${new Markup(script)}</script>
</body>
</html>
`.text;
}

function hashOf(inline: string): string {
  return `'sha256-${createHash('sha256').update(inline).digest('base64')}'`;
}

/** No tag can begin in it, the end of its own element included. */
function jsonInHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/** The section of each scenario; names do not tell them apart, for a plan may run one twice. */
type Ids = ReadonlyMap<ScenarioRecord, string>;

function scoreCard(record: RunRecord, found: Findings, ids: Ids): Markup {
  const { broker } = record;
  const about = [
    markup`${broker.name}${broker.mutant === null ? '' : markup`, mutant ${code(broker.mutant)}`}`,
    markup`${plural(broker.nodes, 'node')}`,
    markup`tier ${record.tiers.join(', ')}`,
    markup`${formatMs(record.durationMs)}`,
    markup`seed ${code(record.seed)}`,
    markup`<time>${record.startedAt}</time>`,
  ];
  const score =
    record.score === null
      ? markup`<p class="score">Score not measured.</p>`
      : markup`<p class="score"><strong>${formatScore(record.score)}</strong> of 10, <strong>${record.grade ?? 'not graded'}</strong> <span class="muted">(${formatInterval(record.interval)})</span></p>`;
  return markup`<header class="card score-card ${record.verdict}">
<div>
<h1><span class="${tones[record.verdict]}">${record.verdict.toUpperCase()}</span></h1>
${score}
${record.broker.isDefault ? markup`<p class="note"><strong>Not your broker:</strong> ${sentence(defaultBrokerNote)}</p>\n` : nothing}${incomplete(record)}${headlines(record, found, ids)}${record.cap === null ? nothing : markup`<p>The score is capped: ${sentence(record.cap)}</p>\n`}<p class="muted">${joined(about, markup` · `)}</p>
</div>
<div>
${dimensions(record)}</div>
</header>
`;
}

function incomplete({ error, partial }: RunRecord): Markup {
  const why =
    error === null
      ? markup`it is still going on, or was cut off.`
      : markup`${sentence(error.message)} (${code(error.code)}) ${sentence(error.hint ?? '')}`;
  if (partial)
    return markup`<p class="note"><strong>This run is not complete:</strong> ${why} What follows covers only what was done until then.</p>\n`;
  return error === null ? nothing : markup`<p class="note"><strong>Error:</strong> ${why}</p>\n`;
}

/** What broke and where, a line each, for a reader who has five seconds. */
function headlines(record: RunRecord, found: Findings, ids: Ids): Markup {
  const item = (tone: '' | 'doubt' | 'good', line: Markup): Markup =>
    markup`<li${tone === '' ? nothing : markup` class="${tone}"`}>${line}</li>\n`;
  const items = [
    ...found.violations.map(({ scenario, found: { invariant, count } }, index) =>
      item(
        '',
        markup`<a href="#violation-${index + 1}"><strong>${invariant}</strong></a>: ${plural(count, 'violation')} in ${where(scenario, ids)}`,
      ),
    ),
    ...found.crashes.map(({ scenario, found: { node, how } }) =>
      item('', markup`<strong>${node} ended by itself</strong> in ${where(scenario, ids)}: ${how}`),
    ),
    ...found.expectations.map((one) => item('', expectationLine(one, ids))),
    ...found.unhealed.map(({ scenario, found: { kind, target } }) =>
      item('', markup`<strong>left behind</strong>: ${kind} on ${target} in ${where(scenario, ids)}`),
    ),
    ...found.undecided.map((scenario) =>
      item(
        'doubt',
        markup`<a href="#${ids.get(scenario) ?? ''}">${scenario.name}</a> ${scenario.verdict}: ${sentence(scenario.reason)}`,
      ),
    ),
    ...found.known.map(({ scenario, found: { invariant, count, limitedTo } }) =>
      item(
        'doubt',
        markup`known issue: ${invariant}${ofClients({ limitedTo })}, ${plural(count, 'violation')} in ${where(scenario, ids)}`,
      ),
    ),
  ];
  if (items.length === 0)
    return record.verdict === 'pass'
      ? markup`<ul class="found">${item('good', markup`Nothing broke in ${plural(record.scenarios.length, 'scenario')}.`)}</ul>\n`
      : nothing;
  const shown = items.slice(0, items.length > mostFindings ? mostFindings - 1 : mostFindings);
  const rest = items.length - shown.length;
  return markup`<ul class="found">\n${shown}${rest === 0 ? nothing : item('doubt', markup`and ${formatCount(rest)} more below`)}</ul>\n`;
}

/** The scenario, with what was done to the cluster in it. */
function where(scenario: ScenarioRecord, ids: Ids): Markup {
  const faults = [...new Set(scenario.faults.map(({ kind, target }) => `${kind} on ${target}`))];
  return markup`<a href="#${ids.get(scenario) ?? ''}">${scenario.name}</a>${attemptText(scenario)}${
    faults.length === 0 ? ', without a fault' : markup` (${faults.join(', ')})`
  }`;
}

function expectationLine({ scenario, found }: Found<ExpectationRecord>, ids: Ids): Markup {
  return markup`<strong>${expectationNames[found.name]}</strong> ${measuredText(scenario, found)}, expected ${expectedText(found)}, in ${where(scenario, ids)}`;
}

function dimensions(record: RunRecord): Markup {
  const measured = record.dimensions.flatMap((one) => (one.score === null ? [] : [{ ...one, score: one.score }]));
  const rest = record.dimensions.filter(({ score }) => score === null).map(({ id }) => id);
  const rows = measured.map(
    (one) =>
      markup`<tr><th scope="row">${one.id}</th><td>${bar(one.score, one.interval)}</td><td class="number" title="95% interval: ${formatDimensionInterval(one)}">${formatScore(one.score)}</td></tr>\n`,
  );
  return markup`${rows.length === 0 ? nothing : markup`<table class="bars">\n<tbody>\n${rows}</tbody>\n</table>\n`}${
    rest.length === 0 ? nothing : markup`<p class="muted">Not measured: ${rest.join(', ')}.</p>\n`
  }`;
}

/** A score of 0 to 10 as a bar, its interval as a line across. */
function bar(score: number, interval: readonly [low: number, high: number] | null): Markup {
  const tone = gradeOf(score).toLowerCase().replaceAll(' ', '-');
  const line =
    interval === null
      ? nothing
      : markup`<rect class="bar-interval" x="${interval[0] * 10}" y="4" width="${Math.max(0.5, (interval[1] - interval[0]) * 10)}" height="2"/>`;
  return markup`<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="bar-all" width="100" height="10"/><rect class="bar-${tone}" width="${score * 10}" height="10"/>${line}</svg>`;
}

function broken(record: RunRecord, found: Findings, ids: Ids): Markup {
  const { violations, crashes, expectations, unhealed } = found;
  const blocks = [
    ...violations.map((one, index) => violationBlock(record, one, `violation-${index + 1}`, ids)),
    ...crashes.map((one) => crashBlock(one, ids)),
    ...(expectations.length === 0
      ? []
      : [
          markup`<div class="broke">\n<h3>Broken expectations</h3>\n${list(expectations.map((one) => expectationLine(one, ids)))}</div>\n`,
        ]),
    ...(unhealed.length === 0
      ? []
      : [
          markup`<div class="broke">\n<h3>Faults left behind</h3>\n${list(
            unhealed.map(
              ({ scenario, found: { kind, target } }) =>
                markup`${code(kind)} on ${code(target)} in ${where(scenario, ids)} was not healed`,
            ),
          )}</div>\n`,
        ]),
  ];
  return blocks.length === 0 ? nothing : markup`<section id="broke">\n<h2>What broke</h2>\n${blocks}</section>\n`;
}

function violationBlock(record: RunRecord, { scenario, found }: Found<ViolationRecord>, id: string, ids: Ids): Markup {
  const shown = found.examples.slice(0, mostExamples);
  const first = shown[0];
  return markup`<div class="broke" id="${id}">
<h3>${found.invariant}: ${plural(found.count, 'violation')} in ${where(scenario, ids)}</h3>
<p>${sentence(capital(found.statement))}${found.clause === null ? '' : markup` <span class="muted">(${found.clause})</span>`}</p>
${first ? markup`<p><strong>For example:</strong> ${sentence(first.what)} ${momentText(first)}</p>\n` : nothing}${
  shown.length === 0
    ? nothing
    : fold(
        `Evidence: ${shown.length} of ${plural(found.count, 'violation')}`,
        markup`${shown.map((evidence, index) => evidenceBlock(evidence, index + 1))}${
          found.examples.length > shown.length ? markup`<p>More examples are in report.json.</p>\n` : nothing
        }`,
      )
}<p>To repeat: <code class="command">${wholeCommand(repeatCommand(record, scenario))}</code></p>
</div>
`;
}

function momentText({ atMs, faultsInForce }: Evidence): Markup {
  const when = atMs === null ? nothing : markup`Seen at ${formatAt(atMs)}. `;
  const faults =
    faultsInForce.length === 0 ? 'No fault was in force' : markup`In force: ${joined(faultsInForce.map(code))}`;
  return markup`${when}${faults}.`;
}

function evidenceBlock(evidence: Evidence, number: number): Markup {
  const facts = Object.entries(evidence.facts);
  return markup`<div class="evidence">
<p><strong>${number}.</strong> ${sentence(evidence.what)} ${momentText(evidence)}</p>
${
  facts.length === 0
    ? nothing
    : markup`<dl class="facts">\n${facts.map(([name, value]) => markup`<div><dt>${said(name)}</dt><dd>${value === null ? 'none' : code(String(value))}</dd></div>\n`)}</dl>\n`
}${evidence.logs.length === 0 ? nothing : markup`<pre>${lines(evidence.logs)}</pre>\n`}</div>
`;
}

function crashBlock({ scenario, found }: Found<CrashRecord>, ids: Ids): Markup {
  return markup`<div class="broke">
<h3>${found.node} ended by itself in ${where(scenario, ids)}</h3>
<p>At ${formatAt(found.atMs)}: ${sentence(found.how)}</p>
${found.suspects?.length ? markup`<p>${suspectsTitle}</p>\n<pre>${lines(found.suspects)}</pre>\n` : nothing}${found.lastLines.length === 0 ? nothing : fold('Its last lines', markup`<pre>${lines(found.lastLines)}</pre>\n`)}</div>
`;
}

function known({ known: seen, gone }: Findings): Markup {
  const seenItems = seen.map(
    ({ scenario, found }) =>
      markup`${code(found.invariant)} in ${code(scenario.name)}${ofClients(found)}: ${plural(found.count, 'violation')}. ${sentence(found.known ?? '')}`,
  );
  const goneItems = gone.map(
    ({ invariant, scenario, why }) =>
      markup`${code(invariant)}${scenario === null ? '' : markup` in ${code(scenario)}`}: ${sentence(why)} If this holds, it can be taken out of chaos.yml.`,
  );
  return markup`${seenItems.length === 0 ? nothing : markup`<h2>Known issues seen</h2>\n${list(seenItems)}`}${
    goneItems.length === 0 ? nothing : markup`<h2>Known issues not seen any more</h2>\n${list(goneItems)}`
  }`;
}

function compared({ total, scenarios, appeared, stayed, gone, onlyInBase, onlyInHead, caveats }: Comparison): Markup {
  const row = (name: string | Markup, change: Change) => ({
    cells: [name, sideText(change.base), sideText(change.head), differenceText(change), change.call],
    ...(change.call === 'worse' ? { style: 'fail' } : {}),
  });
  const change = ({ scenario, invariant, baseCount, headCount }: ViolationChange): Markup =>
    markup`${code(invariant)} in ${code(scenario)}: ${formatCount(baseCount)} before, ${formatCount(headCount)} now`;
  const only = (where: string, names: readonly string[]): Markup =>
    names.length === 0 ? nothing : markup`<p>Only in the ${where}: ${joined(names.map(code))}.</p>\n`;
  return markup`<section>
<h2>Against the base: ${callText(total)}</h2>
${caveats.length === 0 ? nothing : markup`<p class="note">Not like for like: ${sentence(caveats.join('; '))}</p>\n`}${
  appeared.length === 0 ? nothing : markup`<h3 class="bad">New violations</h3>\n${list(appeared.map(change))}`
}${
  stayed.length === 0
    ? nothing
    : markup`<h3>Violations that are already there in the base</h3>\n${list(stayed.map(change))}`
}${
  gone.length === 0 ? nothing : markup`<h3>Violations that did not happen this time</h3>\n${list(gone.map(change))}`
}${table(
  [{ head: '' }, { head: 'base' }, { head: 'head' }, { head: 'difference', kind: 'number' }, { head: 'call' }],
  [row('total', total), ...scenarios.map((scenario) => row(code(scenario.name), scenario))],
)}<p class="muted">Same: the 95% intervals overlap, no change that could be told from noise.</p>
${only('head', onlyInHead)}${only('base', onlyInBase)}</section>
`;
}

function scenarioTable(record: RunRecord, ids: Ids): Markup {
  if (record.scenarios.length === 0)
    return markup`<section>\n<h2>Scenarios</h2>\n<p>No scenario was run.</p>\n</section>\n`;
  return markup`<section>
<h2>Scenarios</h2>
${table(
  [
    { head: 'scenario' },
    { head: 'verdict' },
    { head: 'score, 95% interval', kind: 'number' },
    { head: 'availability', kind: 'number' },
    { head: 'p99 latency', kind: 'number' },
    { head: 'recovery', kind: 'number' },
    { head: 'faults proven', kind: 'number' },
    { head: 'messages accounted', kind: 'number' },
  ],
  record.scenarios.map((scenario) => ({
    style: scenario.verdict,
    cells: [
      markup`<a href="#${ids.get(scenario) ?? ''}">${scenario.name}</a>`,
      markup`${verdictMark(scenario.verdict)}${attemptText(scenario)}`,
      markup`${formatScore(scenario.score)}${scenario.interval === null ? '' : markup`<br><span class="muted">${formatRange(scenario.interval)}</span>`}`,
      marked(scenario, 'availability'),
      marked(scenario, 'p99-latency'),
      marked(scenario, 'recovery'),
      formatFaultsProven(scenario),
      scenario.accounting.lost > 0
        ? markup`<span class="bad">${formatAccounted(scenario)}</span>`
        : formatAccounted(scenario),
    ],
  })),
)}<p class="muted">All times below are counted from the start of the run. In the charts a fault was in force where they are shaded, and a phase began at each
dotted line. An operation counts at the time it was due, however late it was done; a gap means that nothing was measured. Drag to zoom, double-click
to go back.</p>
<noscript><p class="note">The charts need JavaScript; the tables have the figures of each phase without it.</p></noscript>
</section>
`;
}

/** Red where the expectation was broken, so that the column that failed is seen at once. */
function marked(scenario: ScenarioRecord, name: ExpectationRecord['name']): string | Markup {
  const shown = formatMeasure(scenario, name);
  const broke = scenario.verdict === 'fail' && scenario.expectations.some((one) => one.name === name && isBroken(one));
  return broke ? markup`<span class="bad">${shown}</span>` : shown;
}

function abilities(record: RunRecord): Markup {
  const { features } = record.broker;
  const leftOut = leftOutOf(record);
  return markup`<section>
<h2>What the broker can do</h2>
${
  features === null
    ? markup`<p>Not measured.</p>\n`
    : table(
        [{ head: 'feature' }, { head: 'available' }, { head: 'seen' }],
        featureRows(features).map(({ title, available, seen }) => ({
          cells: [title, available ? 'yes' : 'no', said(seen)],
        })),
      )
}${checks(checkTitles.notApplicable, notApplicableOf(record))}${checks(checkTitles.unknown, unknownOf(record))}${leftOut.length === 0 ? nothing : markup`<h3>Left out of the workload, because it did not work before any fault</h3>\n${list(leftOut.map((what) => markup`${what}`))}`}</section>
`;
}

function checks(title: string, checks: readonly ChecksOfReason[]): Markup {
  if (checks.length === 0) return nothing;
  const lines = checks.map(
    ({ invariant, why, scenarios, everywhere }) =>
      markup`${code(invariant)}: ${sentence(why)}${everywhere ? '' : markup` (${joined(scenarios.map(code))})`}`,
  );
  return markup`<h3>${title}</h3>\n${list(lines)}`;
}

function environment({ environment, workload, tool, cutLogs = [] }: RunRecord): Markup {
  const { os, kernel, node, cpuModel, cpus, memoryBytes, ci } = environment;
  return markup`<section>
<h2>Environment</h2>
${list([
  markup`${os}, kernel ${kernel}${ci === null ? '' : `, ${ci}`}`,
  markup`${plural(cpus, 'CPU')} (${cpuModel}), ${(memoryBytes / 1024 ** 3).toFixed(1)} GiB of memory`,
  markup`Node ${node}, ${tool.name} ${tool.version}`,
  markup`Workload ${code(workload.profile)}: ${formatCount(workload.ratePerSecond)} messages a second of ${formatCount(workload.payloadBytes)} bytes`,
  ...(cutLogs.length === 0 ? [] : [markup`${cutLogsText(cutLogs)}`]),
])}</section>
`;
}

function repeating(record: RunRecord): Markup {
  return markup`<section>
<h2>How to repeat it</h2>
<pre class="command">${wholeCommand(record.command)}</pre>
</section>
`;
}
