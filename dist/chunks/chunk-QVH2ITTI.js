import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  require_cli_table3
} from "./chunk-EKUSH7OR.js";
import {
  defaultBrokerNote,
  expectedText,
  findingsOf,
  formatAccounted,
  formatFaultsProven,
  formatMeasure,
  formatScore,
  measuredText,
  notApplicable,
  notMeasured,
  ofClients,
  otherRuns,
  plain,
  sabotageNote,
  scoreText
} from "./chunk-AU4Z6BYV.js";
import {
  formatCount
} from "./chunk-72AKB4P6.js";
import {
  __toESM
} from "./chunk-6DG7BXTN.js";

// src/report/table.ts
var import_cli_table3 = __toESM(require_cli_table3(), 1);
import { styleText } from "node:util";
var mostFindings = 8;
function renderSummary(record, options) {
  const paint = (style, words) => options.colour ? styleText(style, words, { validateStream: false }) : words;
  const cut = (line) => line.length > options.width ? `${line.slice(0, Math.max(0, options.width - 3))}...` : line;
  const found = findings(record);
  const shown = found.slice(0, found.length > mostFindings ? mostFindings - 1 : mostFindings);
  return [
    ...scenarioTable(record, options.width, paint),
    ...shown.map((finding) => paint(finding.style, cut(finding.line))),
    ...found.length > shown.length ? [`and ${formatCount(found.length - shown.length)} more in the report`] : [],
    "",
    paint("bold", paint(verdictStyle[record.verdict], cut(total(record)))),
    ...record.sabotage ? [paint("yellow", plain(sabotageNote(record.sabotage), 1e3))] : [],
    ...record.broker.isDefault ? [paint("yellow", cut(defaultBrokerNote))] : [],
    ...record.cap === null ? [] : [cut(`score capped: ${plain(record.cap)}`)],
    ...record.partial ? [paint("yellow", cut(`not complete: ${plain(record.error?.message ?? "the run goes on, or was cut off")}`))] : [],
    ...options.reportPath === void 0 ? [] : [`report: ${plain(options.reportPath)}`],
    // Never cut: a cut command would repeat something else.
    `repeat: ${plain(record.command, 1e4)}`
  ].join("\n");
}
var verdictStyle = { pass: "green", fail: "red", inconclusive: "yellow", skipped: "gray" };
var head = ["scenario", "verdict", "score", "avail.", "p99", "recovery", "proven", "accounted"];
var shortened = /* @__PURE__ */ new Map([
  [notMeasured, "n/m"],
  [notApplicable, "n/a"]
]);
function scenarioTable(record, width, paint) {
  if (record.scenarios.length === 0) return ["No scenario was run."];
  const rows = record.scenarios.map((scenario) => cells(scenario));
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const words = widths.reduce((sum, one) => sum + one, 0);
  const gap = words + 2 * (widths.length - 1) <= width ? 2 : 1;
  const tooWide = Math.max(0, words + gap * (widths.length - 1) - width);
  const table = new import_cli_table3.default({
    head: [...head],
    colWidths: widths.map((one, column) => (column === 0 ? Math.max(8, one - tooWide) : one) + gap),
    colAligns: ["left", "left", "right", "right", "right", "right", "right", "left"],
    style: { head: [], border: [], "padding-left": 0, "padding-right": gap, compact: true },
    chars: noLines,
    truncate: "~"
  });
  for (const [index, row] of rows.entries()) {
    const style = verdictStyle[record.scenarios[index]?.verdict ?? "skipped"];
    table.push(row.map((cell, column) => column === 1 ? paint(style, cell) : cell));
  }
  const lines = table.toString().split("\n");
  return [
    ...lines.map((line) => line.trimEnd()),
    ...[...shortened].flatMap(([words2, cell]) => rows.some((row) => row.includes(cell)) ? [`${cell}: ${words2}`] : [])
  ];
}
function cells(scenario) {
  return [
    plain(scenario.name),
    scenario.verdict,
    formatScore(scenario.score),
    formatMeasure(scenario, "availability"),
    formatMeasure(scenario, "p99-latency"),
    formatMeasure(scenario, "recovery"),
    formatFaultsProven(scenario),
    formatAccounted(scenario, "short")
  ].map((cell) => shortened.get(cell) ?? cell);
}
var noLines = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: ""
};
function findings(record) {
  const { crashes, violations, unhealed, expectations, known, undecided } = findingsOf(record);
  const red = (line) => ({ line, style: "red" });
  const yellow = (line) => ({ line, style: "yellow" });
  return [
    ...crashes.map(
      ({ scenario, found }) => red(`crash: ${plain(found.node)} ended by itself in ${plain(scenario.name)}: ${plain(found.how)}`)
    ),
    ...violations.map(
      ({ scenario, found }) => red(`violation: ${plain(found.invariant)} x ${formatCount(found.count)} in ${plain(scenario.name)}`)
    ),
    ...unhealed.map(
      ({ scenario, found }) => red(`left behind: ${plain(found.kind)} on ${plain(found.target)} in ${plain(scenario.name)} was not healed`)
    ),
    ...expectations.map(
      ({ scenario, found }) => red(
        `expectation: ${found.name} ${measuredText(scenario, found)} in ${plain(scenario.name)}, expected ${expectedText(found)}`
      )
    ),
    ...known.map(
      ({ scenario, found }) => yellow(
        `known issue: ${plain(found.invariant)} x ${formatCount(found.count)} in ${plain(scenario.name)}${plain(ofClients(found))}`
      )
    ),
    ...record.scenarios.filter((scenario) => scenario.earlier !== null).map(
      (scenario) => yellow(
        `${plain(scenario.name)}: run ${scenario.attempt} counts; ${otherRuns(scenario).map(({ attempt, verdict }) => `run ${attempt} was ${verdict}`).join(", ")}`
      )
    ),
    ...undecided.map((scenario) => yellow(`${scenario.verdict}: ${plain(scenario.name)}: ${plain(scenario.reason)}`))
  ];
}
function total(record) {
  const score = record.sabotage ? `sabotaged: ${plain(record.sabotage.name)}, no score` : record.score === null ? `score ${notMeasured}` : scoreText(record);
  const plan = record.plan === null ? "" : `, plan ${plain(record.plan)}`;
  return `${record.verdict.toUpperCase()}: ${score}, ${plain(record.broker.name)}${plan}`;
}
function scenarioLine({ name, verdict, reason, score }) {
  return `${name}: ${verdict}${score === null ? "" : ` (${score.toFixed(1)} of 10)`}: ${reason}`;
}

export {
  renderSummary,
  noLines,
  scenarioLine
};
