import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  formatCount,
  plural
} from "./chunk-72AKB4P6.js";
import {
  drawScore,
  intervalOf,
  isBroken,
  isCapped,
  isUnexplained,
  partNames,
  partsOf,
  recoveryWasWatched,
  resamples,
  round,
  roundInterval,
  violationCap
} from "./chunk-3XBQVNRE.js";
import {
  dimensions
} from "./chunk-C2BOSRP4.js";
import {
  formatBytes,
  formatMs,
  formatMsBeside,
  formatShare
} from "./chunk-VDOZDET2.js";

// src/report/escape.ts
import { stripVTControlCharacters } from "node:util";
var special = /[\\`*_{}[\]<>&|~#!$@]/g;
var invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu;
function plain(outside, mostCharacters = 500) {
  const looked = outside.slice(0, 20 * mostCharacters);
  const line = stripVTControlCharacters(looked).replaceAll(/\s+/g, " ").replaceAll(invisible, "").trim();
  return line.length > mostCharacters ? `${cut(line, mostCharacters - 3)}...` : line;
}
function escapeHtml(outside) {
  return entities(plain(outside));
}
function escapeHtmlCommand(command) {
  return entities(plain(command, Number.POSITIVE_INFINITY));
}
function escapeHtmlLines(lines, mostLines = 20) {
  return entities(plainLines(lines, mostLines).join("\n"));
}
function plainLines(lines, mostLines = 20) {
  const shown = lines.slice(0, mostLines).map(
    (line) => cut(
      stripVTControlCharacters(line).replaceAll(/[\r\n\t]+/g, " ").replaceAll(invisible, ""),
      500
    )
  );
  return lines.length > mostLines ? [...shown, `(${lines.length - mostLines} more)`] : shown;
}
function text(outside) {
  return textOf(plain(outside));
}
function code(outside) {
  return codeOf(plain(outside));
}
function inlineCommand(command) {
  return codeOf(plain(command, Number.POSITIVE_INFINITY));
}
function fenced(lines) {
  return fence(plainLines(lines), "text");
}
function fencedCommand(command) {
  return fence([plain(command, Number.POSITIVE_INFINITY)], "sh");
}
function fence(shown, language) {
  const longest = Math.max(0, ...shown.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)));
  const marks = "`".repeat(Math.max(3, longest + 1));
  return [`${marks}${language}`, ...shown, marks].join("\n");
}
function mermaidText(outside) {
  return plain(outside, 120).replaceAll(/[^\p{L}\p{N} .,:()%/+-]/gu, " ");
}
function textOf(line) {
  return line.replaceAll(
    special,
    (character) => character === "@" ? "@&#8203;" : `${entity(character)}${character === "#" ? "&#8203;" : ""}`
  ).replaceAll("://", ":&#8203;//").replaceAll(/\b(www|gh)([.-])/gi, "$1&#8203;$2").replace(/^[-+=]/, entity).replace(/^(\d+)([.)])/, (_, digits, mark) => digits + entity(mark));
}
function codeOf(line) {
  if (line === "") return "(empty)";
  return /^[\w .,:;=/%+()'"@#>-]+$/.test(line) ? `\`${line}\`` : `<code>${textOf(line)}</code>`;
}
function entities(words) {
  return words.replaceAll(/[&<>"']/g, entity);
}
function cut(line, mostCharacters) {
  return line.slice(0, mostCharacters).replace(new RegExp("\\p{Cs}$", "u"), "");
}
function entity(character) {
  return `&#${character.charCodeAt(0)};`;
}

// src/score/run.ts
var severityWeights = {
  none: 0.5,
  low: 1,
  medium: 2,
  high: 3,
  critical: 4
};
var dimensionWeights = {
  "latency-tolerance": 1,
  "loss-recovery": 1,
  "resource-pressure": 1,
  "clock-tolerance": 1,
  "fault-isolation": 1,
  "auto-recovery": 1,
  observability: 0.5,
  coverage: 0.5
};
var runCap = 3.9;
var gradeThresholds = [
  [9, "Excellent"],
  [7.5, "Good"],
  [6, "Fair"],
  [0, "Needs Improvement"]
];
function scoreRun(run) {
  const scored = scoreDimensions(run);
  const measured = scored.flatMap(({ id, drawn }) => drawn ? [{ id, drawn, weight: dimensionWeights[id] }] : []);
  const total = measured.some(({ id }) => isScenarioDimension(id)) ? weightedMean(measured) : void 0;
  const unexplained = describeUnexplained(run.scenarios);
  const capped = (score2) => unexplained === void 0 ? score2 : Math.min(runCap, score2);
  const score = total === void 0 ? null : round(capped(total.score));
  const verdict = runVerdict(run);
  return {
    verdict,
    score,
    interval: score === null || !total?.draws || total.isFixed ? null : roundInterval(intervalOf(total.draws.map(capped), score)),
    // A partial run has no grade: `Excellent` for half a run would mislead.
    grade: score === null || verdict === "inconclusive" ? null : gradeOf(score),
    cap: total !== void 0 && total.score > runCap && unexplained !== void 0 ? `at most ${runCap}: ${unexplained}` : null,
    dimensions: scored.map(({ id, drawn, interval }) => ({ id, score: drawn ? round(drawn.score) : null, interval }))
  };
}
function runVerdict(run) {
  const verdicts = run.scenarios.map((scenario) => scenario.verdict);
  if (verdicts.includes("fail") || attempts(run.scenarios).some(isUnexplained)) return "fail";
  if (run.partial || verdicts.includes("inconclusive") || !verdicts.includes("pass")) return "inconclusive";
  return "pass";
}
function gradeOf(score) {
  return gradeThresholds.find(([from]) => score >= from)?.[1] ?? "Needs Improvement";
}
function observability(scenarios) {
  let attempted = 0;
  let answered = 0;
  let faults = 0;
  let seen = 0;
  for (const scenario of scenarios) {
    attempted += scenario.scrapes.attempted;
    answered += Math.min(scenario.scrapes.answered, scenario.scrapes.attempted);
    if (scenario.faultsSeenByBroker === null) continue;
    const proven = scenario.faults.filter((fault) => fault.proven).length;
    faults += proven;
    seen += Math.min(scenario.faultsSeenByBroker, proven);
  }
  const shares = [share(answered, attempted), share(seen, faults)].filter((value) => value !== null);
  return shares.length === 0 ? null : 10 * shares.reduce((sum, value) => sum + value, 0) / shares.length;
}
function coverage(scenarios, catalogue) {
  const decided = (scenario) => scenario.verdict === "pass" || scenario.verdict === "fail";
  const names = new Set(
    scenarios.filter((scenario) => decided(scenario) && scenario.faults.every((fault) => fault.proven)).map(({ name }) => name)
  );
  const wanted = [...new Set(catalogue)];
  const covered = share(wanted.filter((name) => names.has(name)).length, wanted.length);
  return covered === null ? null : 10 * covered;
}
function describeUnexplained(scenarios) {
  const violations = /* @__PURE__ */ new Map();
  const crashed = /* @__PURE__ */ new Set();
  for (const scenario of attempts(scenarios)) {
    for (const violation of scenario.violations) {
      if (violation.known !== null || violation.count === 0) continue;
      violations.set(violation.invariant, (violations.get(violation.invariant) ?? /* @__PURE__ */ new Set()).add(scenario.name));
    }
    if (scenario.crashes.length > 0) crashed.add(scenario.name);
  }
  const parts = [...violations].map(([invariant, names]) => `${invariant} violated in ${[...names].join(", ")}`);
  if (crashed.size > 0) parts.push(`a node ended by itself in ${[...crashed].join(", ")}`);
  return parts.length === 0 ? void 0 : parts.join("; ");
}
function attempts(scenarios) {
  return scenarios.flatMap(
    (scenario) => scenario.earlier === null ? [scenario] : [...attempts([scenario.earlier]), scenario]
  );
}
function scoreDimensions(run) {
  const byDimension = /* @__PURE__ */ new Map();
  for (const scenario of run.scenarios) {
    const drawn = drawScore(scenario, run.seed);
    if (!drawn) continue;
    const members = byDimension.get(scenario.dimension) ?? [];
    byDimension.set(scenario.dimension, [...members, { drawn, weight: severityWeights[scenario.severity] }]);
  }
  const fromScenarios = dimensions.map((id) => {
    const drawn = weightedMean(byDimension.get(id) ?? []);
    return {
      id,
      drawn,
      interval: drawn?.draws && !drawn.isFixed ? roundInterval(intervalOf(drawn.draws, drawn.score)) : null
    };
  });
  return [
    ...fromScenarios,
    counted("observability", observability(run.scenarios)),
    counted("coverage", coverage(run.scenarios, run.catalogue))
  ];
}
function counted(id, score) {
  const drawn = score === null ? void 0 : { score, draws: new Array(resamples).fill(score), isFixed: true };
  return { id, drawn, interval: null };
}
function weightedMean(members) {
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return void 0;
  const mean = (of) => Math.min(10, Math.max(0, members.reduce((sum, { drawn, weight }) => sum + weight * of(drawn), 0) / total));
  return {
    score: mean((drawn) => drawn.score),
    isFixed: members.every(({ drawn }) => drawn.isFixed),
    draws: members.some(({ drawn }) => drawn.draws === null) ? null : Array.from({ length: resamples }, (_, draw) => mean((drawn) => drawn.draws?.[draw] ?? 0))
  };
}
function isScenarioDimension(id) {
  return dimensions.some((dimension) => dimension === id);
}
function share(part, whole) {
  return whole === 0 ? null : part / whole;
}

// src/report/format.ts
var notMeasured = "not measured";
var notApplicable = "not applicable";
var defaultBrokerNote = "no chaos.yml and no broker named: this is the broker that comes with the tool, and says nothing about yours";
function sabotageNote({ breaks, invariant, changes }) {
  const done = changes === 0 ? "it has not struck in this run" : `it has struck ${plural(changes, "time")}`;
  return `a man in the middle of the client links broke this on purpose: ${breaks} (${done}). ${invariant} must name it. Nothing in this report is about the broker`;
}
var suspectsTitle = "What the faults had last sent it, the likeliest cause first:";
function formatScore(score) {
  return score === null ? notMeasured : score.toFixed(2);
}
function formatInterval(interval) {
  return interval === null ? "interval not measured" : `95% interval ${interval[0].toFixed(2)} to ${interval[1].toFixed(2)}`;
}
function behindScore({ interval, cap }) {
  return cap === null ? formatInterval(interval) : "capped";
}
function scoreText(record) {
  const points = `${formatScore(record.score)} of 10`;
  if (record.grade === null) return `not graded (${points} for what was measured)`;
  return `${points}, ${record.grade} (${behindScore(record)})`;
}
function formatRange([low, high]) {
  return `${low.toFixed(2)} to ${high.toFixed(2)}`;
}
function formatDimensionInterval({ id, interval }) {
  if (interval !== null) return formatRange(interval);
  return id === "observability" || id === "coverage" ? "none: a count" : notMeasured;
}
function formatAt(ms) {
  return `${(ms / 1e3).toFixed(1)} s`;
}
function formatMebibytes(bytes) {
  return bytes === null ? notMeasured : `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}
function formatGrowth(bytes) {
  return bytes === void 0 ? notMeasured : `${bytes < 0 ? "-" : "+"}${formatMebibytes(Math.abs(bytes))}`;
}
function formatCores(cores) {
  return cores === null ? notMeasured : cores.toFixed(2);
}
function scopeText({ plan, tiers }) {
  return plan === null ? `tier ${tiers.join(", ")}` : `plan ${plan}`;
}
function formatAvailability(share2) {
  return share2 === null ? notMeasured : `${Math.floor(share2 * 1e4 + 1e-6) / 100}%`;
}
function formatLatency(ms) {
  return ms === null ? notMeasured : formatMs(ms);
}
function formatRecovery(scenario) {
  if (scenario.measures.recoveryMs !== null) return formatMs(scenario.measures.recoveryMs);
  return scenario.verdict !== "skipped" && recoveryWasWatched(scenario) ? "never" : notMeasured;
}
function formatFaultsProven(scenario) {
  if (scenario.faults.length === 0) return scenario.verdict === "skipped" ? notMeasured : "no fault";
  return `${scenario.faults.filter((fault) => fault.proven).length} of ${scenario.faults.length}`;
}
function balance(accounting) {
  const legal = Object.values(accounting.legallyUndelivered).reduce((sum, count) => sum + count, 0);
  const { published, acknowledged, unknown, notSent, unacknowledgeable, owed, delivered, lost } = accounting;
  return {
    legal,
    publishedGap: published - (acknowledged + unknown + notSent + unacknowledgeable),
    owedGap: owed - (delivered + legal + lost)
  };
}
function gapText(gap) {
  return `Does not add up: ${formatCount(Math.abs(gap))} ${gap > 0 ? "missing" : "too many"}.`;
}
function formatAccounted({ accounting }, length = "long") {
  if (accounting.published === 0 && accounting.owed === 0) return notMeasured;
  const { publishedGap, owedGap } = balance(accounting);
  const gap = Math.max(Math.abs(publishedGap), Math.abs(owedGap));
  const of = (words) => length === "short" ? "" : ` ${words}${formatCount(accounting.owed)}`;
  const lost = accounting.lost > 0 ? `, ${formatCount(accounting.lost)} lost` : "";
  return `${gap === 0 ? `all${of("")}` : `${formatCount(gap)}${of("of ")} missing`}${lost}`;
}
function expectedText(one) {
  return one.unit === "share" ? `at least ${formatAvailability(one.expected)}` : `at most ${formatMs(one.expected)}`;
}
function measuredText(scenario, one) {
  if (one.notApplicable !== void 0) return notApplicable;
  if (one.name === "recovery" && one.measured === null) return formatRecovery(scenario);
  if (one.unit === "share") return formatAvailability(one.measured);
  return one.measured === null ? formatLatency(null) : formatMsBeside(one.measured, one.expected);
}
function metText(scenario, one) {
  if (one.notApplicable !== void 0) return notApplicable;
  if (one.met) return "yes";
  return measuredText(scenario, one) === notMeasured ? notMeasured : "no";
}
function formatMeasure(scenario, name) {
  const one = scenario.expectations.find((expectation) => expectation.name === name);
  if (one?.notApplicable !== void 0) return notApplicable;
  switch (name) {
    case "availability":
      return formatAvailability(scenario.measures.availability);
    case "p99-latency":
      return formatLatency(scenario.measures.p99LatencyMs);
    case "recovery":
      return formatRecovery(scenario);
  }
}
function partsText(scenario) {
  const parts = partsOf(scenario);
  if (parts === null) return "Score not measured.";
  const shown = partNames.map((name) => {
    const part = parts[name];
    return `${name} ${part === void 0 ? notApplicable : formatScore(part)}`;
  });
  return `Score ${formatScore(scenario.score)}: ${shown.join(", ")}.${isCapped(scenario) ? ` Capped at ${violationCap} by what broke.` : ""}`;
}
function whyNotApplicable({ expectations }) {
  const reasons = new Set(expectations.flatMap(({ notApplicable: why }) => why === void 0 ? [] : [why]));
  return [...reasons].map((why) => {
    const names = expectations.filter((one) => one.notApplicable === why).map(({ name }) => expectationNames[name]);
    return sentence(`${capital(names.join(" and "))} not applicable: ${why}`);
  });
}
var expectationNames = {
  availability: "availability",
  "p99-latency": "p99 latency",
  recovery: "recovery"
};
var featureNames = {
  qos2: "QoS 2",
  mqtt5: "MQTT 5",
  retained: "Retained messages",
  wills: "Wills",
  sharedSubscriptions: "Shared subscriptions",
  persistentSessions: "Persistent sessions",
  emptySessions: "Sessions without subscriptions",
  sessionsMove: "Sessions found at another node",
  groupsSpan: "Shared groups over several nodes"
};
function featureRows(features) {
  return Object.keys(featureNames).flatMap((name) => {
    const feature = features[name];
    return feature ? [{ title: featureNames[name], ...feature }] : [];
  });
}
function ofClients({ limitedTo }) {
  return limitedTo === void 0 ? "" : ` (${limitedTo})`;
}
function sentence(words) {
  return words === "" || /[.!?]$/.test(words) ? words : `${words}.`;
}
function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
function harnessText(harness) {
  if (harness === null) return "Event loop delay of the harness: not measured.";
  const { conductorLagP99Ms, workloadLagP99Ms, linksLagP99Ms } = harness;
  return `Event loop delay of the harness in hold, p99: conductor ${formatMs(conductorLagP99Ms)}, workload ${formatMs(workloadLagP99Ms)}, links ${linksLagP99Ms === null ? "none" : formatMs(linksLagP99Ms)}.`;
}
function cutLogsText(cutLogs) {
  const cut2 = cutLogs.map(
    ({ name, writtenBytes, keptBytes }) => `${formatBytes(writtenBytes - keptBytes)} of ${formatBytes(writtenBytes)} in the log of ${name}`
  );
  return `Left out, since logs.keep allows no more: ${cut2.join(", ")}; the beginning and the end were kept`;
}
function otherRuns({ earlier }) {
  return earlier === null ? [] : attempts([earlier]);
}
function attemptText({ attempt }) {
  return attempt > 1 ? ` (run ${attempt})` : "";
}
function shortClient(clientId) {
  return clientId.replace(/^chaos-[0-9a-f]+-(?=.)/, "");
}
function machineText({ phases }) {
  const of = (name) => {
    const host = phases.find((phase) => phase.name === name)?.measures?.host;
    if (host === void 0) return void 0;
    const { othersCores, stealCores, pressureShare, nodesWaiting } = host;
    const pressure = pressureShare === null ? "" : `, some task waited for a CPU ${formatShare(pressureShare)} of the time`;
    const steal = stealCores >= 0.01 ? `, the hypervisor ${formatCores(stealCores)}` : "";
    return `in ${name} others used ${formatCores(othersCores)} CPUs${steal}, ${nodesWaiting.toFixed(2)} threads of the nodes waited for one${pressure}`;
  };
  const told = [of("steady"), of("hold")].filter((text2) => text2 !== void 0);
  return told.length === 0 ? "The machine beside the run: not measured." : `The machine beside the run: ${told.join("; ")}.`;
}

// src/report/findings.ts
function findingsOf(record) {
  const all = attempts(record.scenarios);
  const violations = all.flatMap((scenario) => scenario.violations.map((found) => ({ scenario, found }))).filter(({ found }) => found.count > 0);
  return {
    violations: violations.filter(({ found }) => found.known === null),
    crashes: all.flatMap((scenario) => scenario.crashes.map((found) => ({ scenario, found }))),
    expectations: record.scenarios.filter(({ verdict }) => verdict === "fail").flatMap((scenario) => scenario.expectations.map((found) => ({ scenario, found }))).filter(({ found }) => isBroken(found)),
    unhealed: all.flatMap((scenario) => scenario.faults.map((found) => ({ scenario, found }))).filter(({ found }) => !found.healed),
    known: violations.filter(({ found }) => found.known !== null),
    gone: record.knownIssues.filter(({ seen }) => !seen),
    undecided: record.scenarios.filter(({ verdict }) => verdict === "inconclusive" || verdict === "skipped")
  };
}
function leftOutOf(record) {
  return [...new Set(record.scenarios.flatMap(({ leftOut }) => leftOut ?? []))];
}
var checkTitles = {
  notApplicable: "Checks that were not applicable",
  unknown: "Checks that failed themselves, by a defect of this tool"
};
function notApplicableOf(record) {
  return byReason(record, ({ notApplicable: notApplicable2 }) => notApplicable2);
}
function unknownOf(record) {
  return byReason(record, ({ unknown }) => unknown ?? []);
}
function byReason(record, checksOf) {
  const ran = record.scenarios.filter(({ verdict }) => verdict !== "skipped").length;
  const found = /* @__PURE__ */ new Map();
  for (const scenario of record.scenarios) {
    for (const { invariant, why } of checksOf(scenario)) {
      const key = JSON.stringify([invariant, why]);
      const same = found.get(key) ?? { invariant, why, scenarios: [] };
      same.scenarios.push(scenario.name);
      found.set(key, same);
    }
  }
  return [...found.values()].map((one) => ({ ...one, everywhere: one.scenarios.length === ran }));
}

export {
  plain,
  escapeHtml,
  escapeHtmlCommand,
  escapeHtmlLines,
  text,
  code,
  inlineCommand,
  fenced,
  fencedCommand,
  mermaidText,
  entities,
  scoreRun,
  gradeOf,
  attempts,
  notMeasured,
  notApplicable,
  defaultBrokerNote,
  sabotageNote,
  suspectsTitle,
  formatScore,
  formatInterval,
  behindScore,
  scoreText,
  formatRange,
  formatDimensionInterval,
  formatAt,
  formatMebibytes,
  formatGrowth,
  formatCores,
  scopeText,
  formatAvailability,
  formatLatency,
  formatRecovery,
  formatFaultsProven,
  balance,
  gapText,
  formatAccounted,
  expectedText,
  measuredText,
  metText,
  formatMeasure,
  partsText,
  whyNotApplicable,
  expectationNames,
  featureRows,
  ofClients,
  sentence,
  capital,
  harnessText,
  cutLogsText,
  otherRuns,
  attemptText,
  shortClient,
  machineText,
  findingsOf,
  leftOutOf,
  checkTitles,
  notApplicableOf,
  unknownOf
};
