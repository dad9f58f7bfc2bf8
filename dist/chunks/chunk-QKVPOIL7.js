import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  renderComment,
  renderStepSummary
} from "./chunk-EEKSX2WS.js";
import {
  lines,
  markup,
  nothing,
  renderHtml,
  reportSections,
  wholeCommand
} from "./chunk-FW7H7RDL.js";
import {
  printMarkdown
} from "./chunk-HZ722BGO.js";
import {
  meanwhileText,
  momentOf
} from "./chunk-WV6MXPV7.js";
import {
  renderSummary
} from "./chunk-QVH2ITTI.js";
import {
  attempts,
  expectationNames,
  expectedText,
  formatAt,
  formatScore,
  measuredText,
  ofClients,
  sentence,
  suspectsTitle,
  whyNotApplicable
} from "./chunk-AU4Z6BYV.js";
import {
  repeatCommand
} from "./chunk-2OZVQ7HJ.js";
import {
  plural
} from "./chunk-72AKB4P6.js";
import {
  isBroken,
  isUnexplained
} from "./chunk-3XBQVNRE.js";
import {
  ChaosError,
  messageOf
} from "./chunk-EV4V3EIO.js";

// src/report/badge.ts
function renderBadge(record) {
  return `${JSON.stringify({ schemaVersion: 1, label: "resilience", ...face(record) })}
`;
}
var gradeColours = {
  Excellent: "brightgreen",
  Good: "green",
  Fair: "yellow",
  "Needs Improvement": "orange"
};
function face({ sabotage, verdict, score, grade }) {
  if (sabotage) return { message: "sabotaged", color: "lightgrey" };
  if (verdict === "fail") return { message: score === null ? "fail" : `fail, ${oneDigit(score)}`, color: "red" };
  if (verdict === "pass" && score !== null && grade !== null)
    return { message: `${oneDigit(score)} ${grade}`, color: gradeColours[grade] };
  return { message: verdict === "pass" ? "pass, not measured" : verdict, color: "lightgrey" };
}
function oneDigit(score) {
  return (Math.floor(score * 10 + 1e-6) / 10).toFixed(1);
}

// src/report/junit.ts
var mostExamples = 3;
function renderJunit(record) {
  const tiers = [.../* @__PURE__ */ new Set([...record.tiers, ...record.scenarios.map(({ tier }) => tier)])];
  const suites = [
    ...tiers.map((tier) => suiteOf(record, tier)).filter(({ cases }) => cases.length > 0),
    ...record.partial || record.error !== null || record.scenarios.length === 0 ? [{ name: "run", cases: [brokenOff(record)] }] : []
  ];
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="chaos-action: ${record.broker.name}" ${counts(suites.flatMap(({ cases }) => cases))} time="${seconds(record.durationMs)}">
${suites.map(({ name, cases }) => suiteElement(record, name, cases))}</testsuites>
`.text;
}
function suiteOf(record, tier) {
  const scenarios = record.scenarios.filter((scenario) => scenario.tier === tier);
  return { name: tier, cases: scenarios.map((scenario) => caseOf(record, scenario)) };
}
function suiteElement(record, name, cases) {
  const timeMs = cases.reduce((sum, one) => sum + one.timeMs, 0);
  return markup`<testsuite name="${name}" ${counts(cases)} time="${seconds(timeMs)}" timestamp="${record.startedAt.slice(0, 19)}">
<properties>
${properties({
    verdict: record.verdict,
    score: formatScore(record.score),
    grade: record.grade ?? "not graded",
    seed: record.seed,
    broker: record.broker.name,
    ...record.sabotage ? { sabotage: record.sabotage.name } : {},
    nodes: String(record.broker.nodes),
    command: wholeCommand(record.command)
  })}</properties>
${cases.map(({ element }) => element)}</testsuite>
`;
}
function counts(cases) {
  const count = (outcome) => cases.filter((one) => one.outcome === outcome).length;
  return markup`tests="${cases.length}" failures="${count("failure")}" errors="${count("error")}" skipped="${count("skipped")}"`;
}
function caseOf(record, scenario) {
  const all = attempts([scenario]);
  const outcome = outcomeOf(scenario);
  const timeMs = all.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  return {
    outcome,
    timeMs,
    element: markup`<testcase classname="${record.broker.name}.${scenario.tier}" name="${scenario.name}" time="${seconds(timeMs)}">
<properties>
${properties({ ...scenario.parameters, score: formatScore(scenario.score) })}</properties>
${outcome === "failure" ? failure(record, scenario) : outcome === "skipped" ? markup`<skipped message="${scenario.verdict}: ${scenario.reason}"/>\n` : nothing}<system-out>${observed(scenario)}</system-out>
</testcase>
`
  };
}
function outcomeOf(scenario) {
  if (scenario.verdict === "fail" || attempts([scenario]).some(isUnexplained)) return "failure";
  return scenario.verdict === "pass" ? "passed" : "skipped";
}
function failure(record, scenario) {
  const all = attempts([scenario]);
  const violations = all.flatMap(({ violations: violations2, faults }) => violations2.map((one) => ({ ...one, faults }))).filter(({ count, known }) => count > 0 && known === null);
  const crashes = all.flatMap((attempt) => attempt.crashes);
  const expectations = scenario.expectations.filter(isBroken);
  const headlines = [
    ...violations.map(({ invariant, count }) => `${invariant}: ${plural(count, "violation")}`),
    ...crashes.map(({ node }) => `${node} ended by itself`),
    ...expectations.map(
      (one) => `${expectationNames[one.name]} ${measuredText(scenario, one)}, expected ${expectedText(one)}`
    )
  ];
  const text = [
    ...violations.flatMap(({ invariant, count, statement, clause, examples, faults }) => [
      `${invariant}: ${plural(count, "violation")}. ${sentence(statement)}${clause === null ? "" : ` (${clause})`}`,
      ...examples.slice(0, mostExamples).flatMap((one) => evidence(faults, one))
    ]),
    ...crashes.flatMap(({ node, atMs, how, lastLines, suspects = [] }) => [
      `${node} ended by itself at ${formatAt(atMs)}: ${sentence(how)}`,
      ...suspects.length === 0 ? [] : [suspectsTitle, ...suspects.map((line) => `    ${line}`)],
      ...lastLines.map((line) => `    ${line}`)
    ]),
    ...expectations.map(
      (one) => `${expectationNames[one.name]}: ${measuredText(scenario, one)}, expected ${expectedText(one)}.`
    )
  ];
  const type = violations.length > 0 ? "violation" : crashes.length > 0 ? "crash" : "expectation";
  return markup`<failure type="${type}" message="${headlines.length === 0 ? scenario.reason : headlines.join("; ")}">${lines(text, text.length)}
To repeat: ${wholeCommand(repeatCommand(record, scenario))}
</failure>
`;
}
function evidence(faults, one) {
  const { what, atMs, logs } = one;
  const when = atMs === null ? "" : ` ${momentOf(one)} ${meanwhileText(faults, atMs, "that")}`;
  return [`  - ${sentence(what)}${when}`, ...logs.map((line) => `    ${line}`)];
}
function observed(scenario) {
  const text = [
    `${scenario.verdict}: ${sentence(scenario.reason)}`,
    ...scenario.faults.map(
      ({ kind, target, injected, observed: observed2, proven }) => `${kind} on ${target}: injected ${injected}; observed ${observed2}; ${proven ? "proven" : "not proven"}`
    ),
    ...whyNotApplicable(scenario),
    ...attempts([scenario]).flatMap(({ violations }) => violations).flatMap(
      ({ invariant, count, known, limitedTo }) => count === 0 || known === null ? [] : [`known issue: ${invariant}${ofClients({ limitedTo })}, ${plural(count, "violation")}. ${sentence(known)}`]
    )
  ];
  return lines(text, text.length);
}
function brokenOff({ partial, error, durationMs }) {
  const why = error !== null ? `${sentence(error.message)} ${sentence(error.hint ?? "")}` : partial ? "this run is still going on, or was cut off." : "no scenario was run.";
  return {
    outcome: "error",
    timeMs: durationMs,
    element: markup`<testcase classname="chaos-action" name="the run came to its end" time="${seconds(durationMs)}">
<error type="${error?.code ?? "partial"}" message="${why}"/>
</testcase>
`
  };
}
function properties(values) {
  return Object.entries(values).map(([name, value]) => markup`<property name="${name}" value="${value}"/>\n`);
}
function seconds(ms) {
  return (ms / 1e3).toFixed(3);
}

// src/report/markdown.ts
function renderMarkdown(record) {
  const blocks = reportSections(record, { examples: 3, lifelines: 3 }).flatMap((section) => section.blocks);
  return `${printMarkdown(blocks).join("\n\n")}
`;
}

// src/report/formats.ts
var runFormats = {
  json: { file: "report.json", render: renderJson },
  md: { file: "report.md", render: (record) => renderMarkdown(record) },
  html: { file: "report.html", render: renderHtml },
  junit: { file: "junit.xml", render: (record) => renderJunit(record) },
  badge: { file: "badge.json", render: (record) => renderBadge(record) }
};
var reportFormats = {
  ...runFormats,
  comment: { file: "comment.md", render: (record) => renderComment(record) },
  summary: { file: "summary.md", render: (record) => renderStepSummary(record) },
  text: { file: "report.txt", render: (record) => `${renderSummary(record, { colour: false, width: 120 })}
` }
};
var number = String.raw`-?[\d.]+(?:[eE][-+]?\d+)?`;
var pairOfNumbers = new RegExp(String.raw`\[\n\s+(${number}),\n\s+(${number})\n\s+\]`, "g");
function renderJson(record) {
  return `${JSON.stringify(record, null, 2).replace(pairOfNumbers, "[$1, $2]")}
`;
}
var formatNames = Object.keys(reportFormats);

// src/run/write-reports.ts
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
function writeReports(record, folder, comparison) {
  try {
    mkdirSync(folder, { recursive: true });
    for (const { file, render } of Object.values(runFormats))
      writeWhole(join(folder, file), render(record, comparison));
  } catch (error) {
    throw unwritable(folder, error);
  }
}
function prepareReports(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    writeWhole(join(folder, ".writable"), "the reports of chaos-action go here\n");
    rmSync(join(folder, ".writable"));
  } catch (error) {
    throw unwritable(folder, error);
  }
}
function rescueReports(record) {
  try {
    const folder = mkdtempSync(join(tmpdir(), "chaos-report-"));
    writeReports(record, folder);
    return folder;
  } catch {
    return void 0;
  }
}
function writeWhole(file, text) {
  try {
    writeFileSync(`${file}.part`, text);
    renameSync(`${file}.part`, file);
  } catch (error) {
    rmSync(`${file}.part`, { force: true });
    throw error;
  }
}
function unwritable(folder, error) {
  return new ChaosError("report", `the reports could not be written to ${folder}: ${reason(error)}`, {
    hint: "make room or choose another folder with --out",
    cause: error
  });
}
function reason(error) {
  const code = error.code;
  if (code === "ENOSPC") return "no space left on the device";
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  if (code === "EROFS") return "the file system is read-only";
  if (code === "ENOTDIR" || code === "EEXIST") return "a part of that path is a file";
  return messageOf(error);
}

export {
  runFormats,
  reportFormats,
  formatNames,
  writeReports,
  prepareReports,
  rescueReports,
  writeWhole,
  unwritable
};
