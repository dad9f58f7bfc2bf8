import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  formatCount,
  plural
} from "./chunk-72AKB4P6.js";
import {
  require_dist
} from "./chunk-4XSUANPV.js";
import {
  createRandom
} from "./chunk-GUM24SOH.js";
import {
  ChaosError
} from "./chunk-EV4V3EIO.js";
import {
  __toESM
} from "./chunk-6DG7BXTN.js";

// src/base/printable.ts
import { stripVTControlCharacters } from "node:util";
var notPrintable = /[^\P{Cc}\t]|[\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu;
function printable(outside) {
  return outside.split("\n").map((line2) => stripVTControlCharacters(line2).replaceAll(notPrintable, (one) => `\\x${hex(one)}`)).join("\n");
}
function hex(character) {
  return (character.codePointAt(0) ?? 0).toString(16).padStart(2, "0");
}

// src/config/problems.ts
import { styleText } from "node:util";
function throwProblems(found) {
  const problems = inFileOrder(found);
  const [first, ...others] = problems;
  if (first === void 0) return;
  const files = new Set(problems.map((problem) => problem.location?.file).filter((file) => file !== void 0));
  const message = others.length === 0 ? first.message : `${problems.length} problems in ${[...files].join(", ") || "the settings"}`;
  throw new ChaosError("config", message, {
    problems,
    ...others.length === 0 && first.hint !== void 0 ? { hint: first.hint } : {},
    ...others.length === 0 && first.location !== void 0 ? { location: first.location } : {}
  });
}
var mostShown = 50;
function formatProblems(problems, colour = false) {
  const dim = (text2) => colour ? styleText("dim", text2, { validateStream: false }) : text2;
  const lines2 = problems.slice(0, mostShown).flatMap((problem) => {
    const lines3 = [printable(problemLine(problem))];
    if (problem.hint !== void 0) lines3.push(dim(`    ${printable(problem.hint)}`));
    return lines3;
  });
  return problems.length > mostShown ? [...lines2, `and ${problems.length - mostShown} more problems`] : lines2;
}
function problemLine(problem) {
  return problem.location === void 0 ? problem.message : `${showLocation(problem.location)}  ${problem.message}`;
}
function showLocation(location) {
  return [location.file, location.line, location.column].filter((part) => part !== void 0).join(":");
}
function inFileOrder(problems) {
  const files = problems.map((problem) => problem.location?.file);
  const rank = ({ location }) => [
    location === void 0 ? files.length : files.indexOf(location.file),
    location?.line ?? 0,
    location?.column ?? 0
  ];
  return problems.toSorted((a, b) => {
    const [ofA, ofB] = [rank(a), rank(b)];
    return ofA.map((value, index) => value - (ofB[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
  });
}

// src/model/units.ts
var durationUnits = { us: 1e-3, ms: 1, s: 1e3, m: 6e4, h: 36e5 };
var mostDurationMs = 366 * 24 * 36e5;
var mostRatePerSecond = 1e6;
function parseDurationMs(text2) {
  if (text2.trim() === "0") return 0;
  const match = /^(\d+(?:\.\d+)?)\s*(us|ms|s|m|h)$/.exec(text2.trim());
  if (!match) return void 0;
  return Number(match[1]) * durationUnits[match[2]];
}
function parseRatePerSecond(text2) {
  const match = /^(\d+(?:\.\d+)?)\s*\/\s*(s|m)$/.exec(text2.trim());
  if (!match) return void 0;
  return Number(match[1]) / (match[2] === "m" ? 60 : 1);
}
function parseShare(text2) {
  const match = /^(\d+(?:\.\d+)?)\s*%$/.exec(text2.trim());
  if (!match) return void 0;
  const share2 = Number(`${match[1]}e-2`);
  return share2 <= 1 ? share2 : void 0;
}
var byteUnits = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };
function parseBytes(text2) {
  const match = /^(\d+(?:\.\d+)?)\s*(B|KB|MB|GB|KiB|MiB|GiB)$/.exec(text2.trim());
  if (!match) return void 0;
  return Number(match[1]) * byteUnits[match[2]];
}
function formatMs(ms) {
  if (ms < 10) return `${round(ms, 2)} ms`;
  if (ms < 1e3) return `${round(ms, 1)} ms`;
  if (ms < 12e4) return `${round(ms / 1e3, 1)} s`;
  return `${round(ms / 6e4, 1)} min`;
}
function formatMsBeside(ms, bound) {
  const rough = formatMs(ms);
  return ms !== bound && rough === formatMs(bound) ? `${round(ms, 1)} ms` : rough;
}
function formatShare(share2) {
  return `${round(share2 * 100, 2)}%`;
}
function formatBytes(bytes) {
  if (Math.abs(bytes) < 1024) return `${round(bytes, 0)} B`;
  if (Math.abs(bytes) < 1024 ** 2) return `${round(bytes / 1024, 1)} KiB`;
  if (Math.abs(bytes) < 1024 ** 3) return `${round(bytes / 1024 ** 2, 1)} MiB`;
  return `${round(bytes / 1024 ** 3, 1)} GiB`;
}
function round(value, digits2) {
  return Number(value.toFixed(digits2));
}

// src/model/scenario.ts
var tiers = ["basic", "fault", "stress", "extreme"];
var tierSchedule = {
  basic: "each commit",
  fault: "daily",
  stress: "weekly",
  extreme: "monthly"
};
var severities = ["none", "low", "medium", "high", "critical"];
var dimensions = [
  "latency-tolerance",
  "loss-recovery",
  "resource-pressure",
  "clock-tolerance",
  "fault-isolation",
  "auto-recovery"
];

// src/score/bootstrap.ts
var import_hdr_histogram_js = __toESM(require_dist(), 1);
var resamples = 1e3;
var fewestWindows = 5;
var mostGroups = 600;
function blockLength(windows) {
  return Math.max(1, Math.ceil(Math.cbrt(windows) - 1e-9));
}
function resampleHold(windows, random) {
  const hold = windows.filter((window) => window.phase === "hold");
  if (hold.length < fewestWindows) return void 0;
  const sample = decode(hold);
  const size = sample.possible.length;
  const length = blockLength(size);
  const times2 = new Uint32Array(size);
  return Array.from({ length: resamples }, () => {
    times2.fill(0);
    for (let drawn = 0; drawn < size; drawn += length) {
      const start = random.below(size);
      for (let offset = 0; offset < length && drawn + offset < size; offset++) {
        const window = (start + offset) % size;
        times2[window] = (times2[window] ?? 0) + 1;
      }
    }
    return measure(sample, times2);
  });
}
function intervalOf(draws, score) {
  const sorted = Float64Array.from(draws).sort();
  const at = (share2) => sorted[Math.round(share2 * (sorted.length - 1))] ?? score;
  return [Math.min(at(0.025), score), Math.max(at(0.975), score)];
}
function measure(sample, times2) {
  let possible = 0;
  let done = 0;
  let latencies = 0;
  for (let window = 0; window < times2.length; window++) {
    const count = times2[window] ?? 0;
    possible += count * (sample.possible[window] ?? 0);
    done += count * (sample.done[window] ?? 0);
    latencies += count * (sample.latencies[window] ?? 0);
  }
  return {
    availability: possible === 0 ? null : done / possible,
    p99Ms: latencies === 0 ? null : percentileFromTop(sample.bins, times2, latencies - Math.max(1, Math.ceil(latencies * 0.99 - 1e-6)))
  };
}
function percentileFromTop(bins, times2, above) {
  let seen = 0;
  for (const bin of bins) {
    seen += bin.count * (times2[bin.window] ?? 0);
    if (seen > above) return bin.highMs;
  }
  return null;
}
function decode(hold) {
  const groups = Math.min(hold.length, mostGroups);
  const possible = new Array(groups).fill(0);
  const done = new Array(groups).fill(0);
  const latencies = new Array(groups).fill(0);
  const counts = Array.from({ length: groups }, () => /* @__PURE__ */ new Map());
  for (const [index, window] of hold.entries()) {
    const group = Math.floor(index * groups / hold.length);
    possible[group] = (possible[group] ?? 0) + window.possible;
    done[group] = (done[group] ?? 0) + window.done;
    if (window.latency === null) continue;
    const histogram = (0, import_hdr_histogram_js.decodeFromCompressedBase64)(window.latency);
    if (!(histogram instanceof import_hdr_histogram_js.JsHistogram)) continue;
    latencies[group] = (latencies[group] ?? 0) + histogram.totalCount;
    const bins2 = counts[group] ?? /* @__PURE__ */ new Map();
    for (let i = 0; i < histogram.countsArrayLength; i++) {
      const count = histogram.getCountAtIndex(i);
      if (count === 0) continue;
      const highMs = histogram.highestEquivalentValue(histogram.valueFromIndex(i)) / 1e3;
      bins2.set(highMs, (bins2.get(highMs) ?? 0) + count);
    }
  }
  const bins = counts.flatMap((group, window) => [...group].map(([highMs, count]) => ({ highMs, window, count })));
  return { possible, done, latencies, bins: bins.sort((a, b) => b.highMs - a.highMs) };
}

// src/score/scenario.ts
var partWeights = { availability: 0.4, latency: 0.2, recovery: 0.4 };
var partNames = ["availability", "latency", "recovery"];
var limits = { availabilityShare: 0.25, latencyFactor: 10, recoveryFactor: 6 };
var violationCap = 2;
function scoreScenario(scenario, seed) {
  const drawn = drawScore(scenario, seed);
  if (!drawn) return { score: null, interval: null, parts: null };
  const score = round2(drawn.score);
  return {
    score,
    interval: drawn.draws === null || drawn.isFixed ? null : roundInterval(intervalOf(drawn.draws, score)),
    ...recordedParts(drawn.parts)
  };
}
function drawScore(scenario, seed) {
  const parts = scoreParts(scenario);
  if (!parts) return void 0;
  const cap = isUnexplained(scenario) ? violationCap : 10;
  const availability = expected(scenario, "availability") ?? 0;
  const latency = expected(scenario, "p99-latency") ?? 0;
  const random = createRandom(seed).fork(`score/${scenario.name}/${scenario.attempt}/${scenario.startMs}`);
  const score = Math.min(cap, weigh(parts));
  if (parts.availability === void 0 && parts.latency === void 0)
    return { score, parts, draws: new Array(resamples).fill(score), isFixed: true };
  const draws = resampleHold(scenario.windows, random)?.map(
    (resample) => Math.min(
      cap,
      weigh({
        ...parts,
        ...parts.availability === void 0 || resample.availability === null ? {} : { availability: availabilityPart(resample.availability, availability) },
        ...parts.latency === void 0 || resample.p99Ms === null ? {} : { latency: latencyPart(resample.p99Ms, latency) }
      })
    )
  );
  return { score, parts, draws: draws ?? null, isFixed: false };
}
function availabilityPart(measured, expected2) {
  return falling(expected2 - measured, 0, Math.min(limits.availabilityShare, expected2));
}
function latencyPart(measuredMs, expectedMs) {
  return falling(measuredMs, expectedMs, limits.latencyFactor * expectedMs);
}
function recoveryPart(measuredMs, expectedMs) {
  return measuredMs === null ? 0 : falling(measuredMs, expectedMs, limits.recoveryFactor * expectedMs);
}
function isUnexplained(scenario) {
  return scenario.crashes.length > 0 || scenario.violations.some((violation2) => violation2.count > 0 && violation2.known === null);
}
function isCapped(scenario) {
  const parts = partsOf(scenario);
  return isUnexplained(scenario) && parts !== null && weigh(parts) > violationCap;
}
function partsOf({
  parts,
  applicableParts
}) {
  return parts ?? applicableParts ?? null;
}
function isBroken({ met, notApplicable: notApplicable2 }) {
  return !met && notApplicable2 === void 0;
}
function recoveryWasWatched(scenario) {
  return scenario.phases.some((phase) => phase.name === "recover" && phase.endMs > phase.startMs);
}
function round2(score) {
  return Math.round(score * 100) / 100;
}
function roundInterval([low, high]) {
  return [round2(low), round2(high)];
}
function scoreParts(scenario) {
  if (scenario.verdict === "inconclusive" || scenario.verdict === "skipped") return void 0;
  const { availability, p99LatencyMs, recoveryMs } = scenario.measures;
  const parts = {
    availability: partOf(
      scenario,
      "availability",
      (expected2) => availability === null ? void 0 : availabilityPart(availability, expected2)
    ),
    latency: partOf(scenario, "p99-latency", (expected2) => {
      if (p99LatencyMs !== null) return latencyPart(p99LatencyMs, expected2);
      return availability === 0 ? 0 : void 0;
    }),
    recovery: partOf(
      scenario,
      "recovery",
      (expected2) => recoveryMs === null && !recoveryWasWatched(scenario) ? void 0 : recoveryPart(recoveryMs, expected2)
    )
  };
  const applicable = Object.entries(parts).filter(([, part]) => part !== "not applicable");
  if (applicable.length === 0 || applicable.some(([, part]) => part === void 0)) return void 0;
  return Object.fromEntries(applicable);
}
function partOf(scenario, name, points) {
  const expectation = scenario.expectations.find((one) => one.name === name);
  if (expectation?.notApplicable !== void 0) return "not applicable";
  return expectation && points(expectation.expected);
}
function recordedParts(parts) {
  const { availability, latency, recovery } = parts;
  if (availability !== void 0 && latency !== void 0 && recovery !== void 0)
    return { parts: { availability: round2(availability), latency: round2(latency), recovery: round2(recovery) } };
  const rounded = Object.entries(parts).flatMap(([name, part]) => part === void 0 ? [] : [[name, round2(part)]]);
  return { parts: null, applicableParts: Object.fromEntries(rounded) };
}
function expected(scenario, name) {
  return scenario.expectations.find((expectation) => expectation.name === name)?.expected;
}
function weigh(parts) {
  let sum = 0;
  let total = 0;
  for (const name of partNames) {
    const part = parts[name];
    if (part === void 0) continue;
    sum += partWeights[name] * part;
    total += partWeights[name];
  }
  return Math.min(10, Math.max(0, sum / total));
}
function falling(measured, inside, limit) {
  if (measured <= inside) return 10;
  if (measured >= limit) return 0;
  return 10 * (limit - measured) / (limit - inside);
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
  const score = total === void 0 ? null : round2(capped(total.score));
  const verdict = runVerdict(run);
  return {
    verdict,
    score,
    interval: score === null || !total?.draws || total.isFixed ? null : roundInterval(intervalOf(total.draws.map(capped), score)),
    // A word of praise for half a run would be the hollow report this tool is against.
    grade: score === null || verdict === "inconclusive" ? null : gradeOf(score),
    cap: total !== void 0 && total.score > runCap && unexplained !== void 0 ? `at most ${runCap}: ${unexplained}` : null,
    dimensions: scored.map(({ id, drawn, interval }) => ({ id, score: drawn ? round2(drawn.score) : null, interval }))
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
    for (const violation2 of scenario.violations) {
      if (violation2.known !== null || violation2.count === 0) continue;
      violations.set(violation2.invariant, (violations.get(violation2.invariant) ?? /* @__PURE__ */ new Set()).add(scenario.name));
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
var defaultBrokerNote = "no chaos.yml was found and no broker was named: this is the broker that comes with chaos-action";
var suspectsTitle = "What the faults had last sent it, the likeliest cause first:";
function formatScore(score) {
  return score === null ? notMeasured : score.toFixed(2);
}
function formatInterval(interval) {
  return interval === null ? "interval not measured" : `95% interval ${interval[0].toFixed(2)} to ${interval[1].toFixed(2)}`;
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
  emptySessions: "Sessions without subscriptions"
};
function featureRows(features2) {
  return Object.keys(featureNames).flatMap((name) => {
    const feature = features2[name];
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

// src/report/escape.ts
import { stripVTControlCharacters as stripVTControlCharacters2 } from "node:util";
var special = /[\\`*_{}[\]<>&|~#!$@]/g;
var invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu;
function plain(outside, mostCharacters = 500) {
  const looked = outside.slice(0, 20 * mostCharacters);
  const line2 = stripVTControlCharacters2(looked).replaceAll(/\s+/g, " ").replaceAll(invisible, "").trim();
  return line2.length > mostCharacters ? `${cut(line2, mostCharacters - 3)}...` : line2;
}
function escapeHtml(outside) {
  return entities(plain(outside));
}
function escapeHtmlCommand(command2) {
  return entities(plain(command2, Number.POSITIVE_INFINITY));
}
function escapeHtmlLines(lines2, mostLines = 20) {
  return entities(plainLines(lines2, mostLines).join("\n"));
}
function plainLines(lines2, mostLines = 20) {
  const shown = lines2.slice(0, mostLines).map(
    (line2) => cut(
      stripVTControlCharacters2(line2).replaceAll(/[\r\n\t]+/g, " ").replaceAll(invisible, ""),
      500
    )
  );
  return lines2.length > mostLines ? [...shown, `(${lines2.length - mostLines} more)`] : shown;
}
function text(outside) {
  return textOf(plain(outside));
}
function code(outside) {
  return codeOf(plain(outside));
}
function inlineCommand(command2) {
  return codeOf(plain(command2, Number.POSITIVE_INFINITY));
}
function fenced(lines2) {
  return fence(plainLines(lines2), "text");
}
function fencedCommand(command2) {
  return fence([plain(command2, Number.POSITIVE_INFINITY)], "sh");
}
function fence(shown, language) {
  const longest = Math.max(0, ...shown.flatMap((line2) => (line2.match(/`+/g) ?? []).map((run) => run.length)));
  const marks = "`".repeat(Math.max(3, longest + 1));
  return [`${marks}${language}`, ...shown, marks].join("\n");
}
function mermaidText(outside) {
  return plain(outside, 120).replaceAll(/[^\p{L}\p{N} .,:()%/+-]/gu, " ");
}
function textOf(line2) {
  return line2.replaceAll(
    special,
    (character) => character === "@" ? "@&#8203;" : `${entity(character)}${character === "#" ? "&#8203;" : ""}`
  ).replaceAll("://", ":&#8203;//").replaceAll(/\b(www|gh)([.-])/gi, "$1&#8203;$2").replace(/^[-+=]/, entity).replace(/^(\d+)([.)])/, (_, digits2, mark) => digits2 + entity(mark));
}
function codeOf(line2) {
  if (line2 === "") return "(empty)";
  return /^[\w .,:;=/%+()'"@#>-]+$/.test(line2) ? `\`${line2}\`` : `<code>${textOf(line2)}</code>`;
}
function entities(words) {
  return words.replaceAll(/[&<>"']/g, entity);
}
function cut(line2, mostCharacters) {
  return line2.slice(0, mostCharacters).replace(new RegExp("\\p{Cs}$", "u"), "");
}
function entity(character) {
  return `&#${character.charCodeAt(0)};`;
}

// src/report/chart.ts
var mostPoints = 45;
function latencyChart(scenario) {
  const windows = scenario.windows.filter(
    (window) => window.phase === "steady" || window.phase === "hold" || window.phase === "recover"
  );
  const first = windows[0];
  const pools = pool(windows);
  if (!first || scenario.faults.length === 0) return void 0;
  const measured = pools.flatMap((one) => one.p99Ms === null ? [] : [one.p99Ms]);
  const top = Math.max(...measured);
  if (measured.length < 2 || pools.length < 2) return void 0;
  const from = Math.min(...scenario.faults.map((fault) => fault.startMs));
  const to = Math.max(...scenario.faults.map((fault) => fault.endMs));
  const second = (ms) => Math.round((ms - first.startMs) / 100) / 10;
  const faults = [...new Set(scenario.faults.map((fault) => fault.kind))].join(", ");
  const shade = pools.map((one) => one.endMs > from && one.startMs < to ? digits(top) : 0);
  const chart = [
    "```mermaid",
    "---",
    "config:",
    "  xyChart:",
    "    height: 300",
    "    width: 900",
    "    titleFontSize: 16",
    "    xAxis:",
    "      labelFontSize: 11",
    "  themeVariables:",
    "    xyChart:",
    '      plotColorPalette: "#f6d5d0, #1f6feb"',
    "---",
    "xychart-beta",
    `  title "${mermaidText(`p99 latency, fault (${faults}) from ${second(from)} s to ${second(to)} s`)}"`,
    // Categories, not a range: on a range a bar is wider than its second.
    `  x-axis "seconds since the start of ${first.phase}" [${pools.map((one) => second(one.startMs)).join(", ")}]`,
    `  y-axis "p99 in ms" 0 --> ${digits(top)}`,
    `  bar [${shade.join(", ")}]`,
    `  line [${held(pools).join(", ")}]`,
    "```"
  ].join("\n");
  const silent = pools.filter((one) => one.p99Ms === null);
  const note = silent.length === 0 ? void 0 : `Nothing arrived at ${spans(silent, second)}: no latency was measured there and the line is held at the value before.`;
  return { chart, note };
}
function pool(windows) {
  const [first, last] = [windows[0], windows.at(-1)];
  if (!first || !last) return [];
  const spanMs = last.startMs + last.lengthMs - first.startMs;
  const lengthMs = 1e3 * Math.max(1, Math.ceil(spanMs / 1e3 / mostPoints));
  return Array.from({ length: Math.ceil(spanMs / lengthMs) }, (_, index) => {
    const startMs = first.startMs + index * lengthMs;
    const latencies = windows.filter((window) => window.startMs >= startMs && window.startMs < startMs + lengthMs).flatMap((window) => window.p99Ms === null ? [] : [window.p99Ms]);
    return { startMs, endMs: startMs + lengthMs, p99Ms: latencies.length === 0 ? null : Math.max(...latencies) };
  });
}
function held(pools) {
  let value = pools.find((one) => one.p99Ms !== null)?.p99Ms ?? 0;
  return pools.map((one) => {
    value = one.p99Ms ?? value;
    return digits(value);
  });
}
function spans(silent, second) {
  const joined2 = [];
  for (const one of silent) {
    const before = joined2[joined2.length - 1];
    if (before && one.startMs - before.endMs < 1) before.endMs = one.endMs;
    else joined2.push({ startMs: one.startMs, endMs: one.endMs });
  }
  return joined2.map((span) => `${second(span.startMs)} s to ${second(span.endMs)} s`).join(", ");
}
function digits(ms) {
  return Number(ms.toPrecision(3));
}

// src/report/comparison.ts
function renderComparison(comparison) {
  const { rounds, total, scenarios, appeared, stayed, gone, onlyInBase, onlyInHead, caveats } = comparison;
  const line2 = (violation2) => violationLine(violation2, rounds);
  const changed = scenarios.filter(
    (scenario) => scenario.call !== "same" || scenario.base.verdict !== scenario.head.verdict
  );
  return `${[
    `## Against the base: ${callText(total)}`,
    ...roundsText(rounds),
    ...caveats.length === 0 ? [] : [`> Not like for like: ${caveats.map(text).join("; ")}.`],
    ...appeared.length === 0 ? [] : [["**New violations**", ...appeared.map(line2)].join("\n")],
    ...stayed.length === 0 ? [] : [["**Violations that are already there in the base**", ...stayed.map(line2)].join("\n")],
    ...gone.length === 0 ? [] : [["**Violations that did not happen this time**", ...gone.map(line2)].join("\n")],
    [
      "| | base | head | difference | call |",
      "|---|---|---|---:|---|",
      row("total", total),
      ...changed.map((scenario) => row(code(scenario.name), scenario))
    ].join("\n"),
    ...changed.length === scenarios.length ? [] : [
      `In ${scenarios.length - changed.length} of ${scenarios.length} scenarios the 95% intervals overlap: no change that could be told from noise.`
    ],
    ...onlyInHead.length === 0 ? [] : [`Only in the head: ${onlyInHead.map(code).join(", ")}.`],
    ...onlyInBase.length === 0 ? [] : [`Only in the base: ${onlyInBase.map(code).join(", ")}.`]
  ].join("\n\n")}
`;
}
function callText({ call, difference }) {
  if (call === "same") return "no change outside the noise";
  if (call === "unknown") return "cannot be told";
  return `${call} by ${Math.abs(difference ?? 0).toFixed(2)}`;
}
function row(name, change) {
  return `| ${name} | ${sideText(change.base)} | ${sideText(change.head)} | ${differenceText(change)} | ${change.call} |`;
}
function differenceText({ difference }) {
  return difference === null ? notMeasured : `${difference > 0 ? "+" : ""}${difference.toFixed(2)}`;
}
function sideText({ verdict, score, interval }) {
  return score === null ? `${verdict}, ${notMeasured}` : `${verdict}, ${formatScore(score)}${range(interval)}`;
}
function range(interval) {
  return interval === null ? "" : ` (${interval[0].toFixed(2)} to ${interval[1].toFixed(2)})`;
}
function roundsText({ base, head }) {
  if (base === 1 && head === 1) return [];
  return [
    `The base was run ${times(base)}, the head ${times(head)}. Scores are means, an interval spans all runs of its side, and a violation in any run counts.`
  ];
}
function times(count) {
  return count === 1 ? "once" : plural(count, "time");
}
function violationLine(violation2, rounds) {
  const { scenario, invariant, baseCount, headCount, baseRounds, headRounds } = violation2;
  const seen = (count, inRounds, of) => `${formatCount(count)}${of > 1 && count > 0 ? ` (in ${inRounds} of ${of} runs)` : ""}`;
  const before = seen(baseCount, baseRounds, rounds.base);
  return `- ${code(invariant)} in ${code(scenario)}: ${before} before, ${seen(headCount, headRounds, rounds.head)} now`;
}

// src/report/document.ts
function say(pieces, ...values) {
  const parts = [];
  pieces.forEach((own2, index) => {
    if (own2 !== "") parts.push({ type: "own", text: own2 });
    const value = values[index];
    if (value !== void 0) parts.push(...partsOf2(value));
  });
  return { parts };
}
function own(text2) {
  return { parts: [{ type: "own", text: String(text2) }] };
}
function code2(text2) {
  return { parts: [{ type: "code", text: text2 }] };
}
var command = (text2) => ({ parts: [{ type: "command", text: text2 }] });
var strong = (of) => ({ parts: [{ type: "strong", of }] });
var muted = (of) => ({ parts: [{ type: "muted", of }] });
var verdictOf = ({ verdict }) => ({ parts: [{ type: "verdict", verdict }] });
var scenarioName = (scenario) => ({
  parts: [{ type: "scenario", scenario, full: false }]
});
var where = (scenario) => ({ parts: [{ type: "scenario", scenario, full: true }] });
var lineBreak = { parts: [{ type: "break" }] };
function bad(of) {
  return { parts: [{ type: "bad", of }] };
}
function joined(items, separator = ", ") {
  return {
    parts: items.flatMap(
      ({ parts }, index) => index === 0 ? parts : [{ type: "own", text: separator }, ...parts]
    )
  };
}
function partsOf2(value) {
  if (typeof value === "string") return [{ type: "outside", text: value }];
  if (typeof value === "number") return [{ type: "own", text: String(value) }];
  return "parts" in value ? value.parts : value.flatMap(({ parts }) => parts);
}
var heading = (text2) => ({ type: "heading", text: text2 });
var title = (text2) => ({ type: "title", text: text2 });
var paragraph = (text2, tone) => ({
  type: "paragraph",
  text: text2,
  ...tone === void 0 ? {} : { tone }
});
var list = (items) => ({ type: "list", items });
var table = (columns, rows) => ({
  type: "table",
  columns,
  rows
});

// src/report/sections/cells.ts
function orNotMeasured(outside) {
  return plain(outside) === "" ? own(notMeasured) : say`${outside}`;
}

// src/report/print-markdown.ts
function printMarkdown(blocks) {
  return blocks.flatMap(
    (block) => (
      // Several pieces, so that what is least needed of it can be left out alone.
      block.type === "finding" ? [`### ${line(block.head)}`, ...printMarkdown(block.blocks)] : [printBlock(block)]
    )
  );
}
function printBlock(block) {
  switch (block.type) {
    case "heading":
      return `## ${line(block.text)}`;
    case "title":
      return `**${line(block.text)}**`;
    case "paragraph":
      return line(block.text);
    case "list":
      return block.items.map((item) => `- ${line(item)}`).join("\n");
    case "table":
      return tableOf(block.columns, block.rows);
    case "command":
      return fencedCommand(block.command);
    case "fold":
      return details(line(block.summary), printMarkdown(block.blocks));
    case "facts":
      return tableOf(
        [{ head: "fact" }, { head: "value" }],
        block.facts.map(([name, value]) => [orNotMeasured(name), value])
      );
    case "output":
      return fenced(block.lines);
  }
}
function tableOf(columns, rows) {
  return [
    `| ${columns.map(({ head }) => head).join(" | ")} |`,
    `|${columns.map(({ kind }) => kind === "number" ? "---:|" : "---|").join("")}`,
    ...rows.map((row2) => `| ${("cells" in row2 ? row2.cells : row2).map(line).join(" | ")} |`)
  ].join("\n");
}
function line({ parts }) {
  return parts.map(printPart).join("");
}
function printPart(part) {
  switch (part.type) {
    case "own":
      return part.text;
    case "outside":
      return text(part.text);
    case "code":
      return code(part.text);
    case "command":
      return inlineCommand(part.text);
    case "strong":
    case "bad":
      return `**${line(part.of)}**`;
    case "muted":
      return line(part.of);
    case "verdict":
      return part.verdict === "fail" ? "**FAIL**" : part.verdict;
    case "scenario":
      return `${code(part.scenario.name)}${attempt(part.scenario)}`;
    case "break":
      return "<br>";
  }
}
function attempt({ attempt: attempt2 }) {
  return attempt2 > 1 ? ` (run ${attempt2})` : "";
}
function details(summary, blocks) {
  return ["<details>", `<summary>${summary}</summary>`, "", blocks.join("\n\n"), "", "</details>"].join("\n");
}

// src/report/repeat.ts
function repeatCommand({ broker, seed }, scenario) {
  const words = ["chaos-action", "run"];
  if (broker.config !== null) words.push("--config", broker.config);
  if (broker.preset !== null) words.push("--broker", broker.preset);
  if (broker.mutant !== null) words.push("--mutant", broker.mutant);
  words.push("--scenario", scenario.path ?? scenario.ownName);
  for (const [key, value] of Object.entries(scenario.parameters)) words.push("--set", `${key}=${value}`);
  words.push("--duration", `${scenario.holdMs / 1e3}s`);
  words.push("--nodes", String(broker.nodes), "--seed", seed);
  return commandLine(words);
}
function commandLine(words) {
  return words.map((word) => /^[\w.,:=/%+@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`).join(" ");
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
  return [...new Set(record.scenarios.flatMap(({ leftOut: leftOut2 }) => leftOut2 ?? []))];
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

// src/report/sections/repeat.ts
function repeatSection({ command: command2 }) {
  return [heading(say`How to repeat it`), { type: "command", command: command2 }];
}

// src/report/sections/abilities.ts
function abilitiesSection(record) {
  return [
    heading(say`What the broker can do`),
    features(record),
    ...checks(checkTitles.notApplicable, notApplicableOf(record)),
    ...checks(checkTitles.unknown, unknownOf(record)),
    ...leftOut(record)
  ];
}
function features({ broker: { features: features2 } }) {
  if (features2 === null) return paragraph(say`Not measured.`);
  return table(
    [{ head: "feature" }, { head: "available" }, { head: "seen" }],
    featureRows(features2).map(({ title: title2, available, seen }) => [
      own(title2),
      available ? say`yes` : say`no`,
      orNotMeasured(seen)
    ])
  );
}
function checks(head, found) {
  if (found.length === 0) return [];
  const lines2 = found.map(
    ({ invariant, why, scenarios, everywhere }) => everywhere ? say`${code2(invariant)}: ${sentence(why)}` : say`${code2(invariant)}: ${sentence(why)} (${joined(scenarios.map(code2))})`
  );
  return [title(own(head)), list(lines2)];
}
function leftOut(record) {
  const lines2 = leftOutOf(record).map((what) => say`${what}`);
  return lines2.length === 0 ? [] : [title(say`Left out of the workload, because it did not work before any fault`), list(lines2)];
}

// src/report/sections/broken.ts
function brokenSection(record, options) {
  const { violations, crashes, expectations, unhealed } = findingsOf(record);
  const blocks = [
    ...violations.map((one, index) => violation(record, one, `violation-${index + 1}`, options)),
    ...crashes.map(crash),
    ...lines("Broken expectations", expectations.map(expectationLine)),
    ...lines(
      "Faults left behind",
      unhealed.map(
        ({ scenario, found: { kind, target } }) => say`${code2(kind)} on ${code2(target)} in ${where(scenario)} was not healed`
      )
    )
  ];
  return blocks.length === 0 ? [] : [heading(say`What broke`), ...blocks];
}
function knownSection(record) {
  const { known, gone } = findingsOf(record);
  return [
    ...known.length === 0 ? [] : [heading(say`Known issues seen`), list(known.map(knownLine))],
    ...gone.length === 0 ? [] : [heading(say`Known issues not seen any more`), list(gone.map(goneLine))]
  ];
}
function undecidedSection(record) {
  const { undecided: undecided2 } = findingsOf(record);
  if (undecided2.length === 0) return [];
  return [
    heading(say`What could not be decided`),
    list(
      undecided2.map((scenario) => say`${code2(scenario.name)} ${own(scenario.verdict)}: ${sentence(scenario.reason)}`)
    )
  ];
}
function expectationLine({ scenario, found }) {
  const measured = own(measuredText(scenario, found));
  return say`${strong(own(expectationNames[found.name]))} ${measured}, expected ${own(expectedText(found))}, in ${where(scenario)}`;
}
function lines(head, items) {
  return items.length === 0 ? [] : [{ type: "finding", head: own(head), blocks: [list(items)] }];
}
function violation(record, { scenario, found }, id, { examples, commands }) {
  const { invariant, count, statement, clause } = found;
  const shown = found.examples.slice(0, examples);
  const [first] = shown;
  const promise = say`${sentence(capital(statement))}`;
  return {
    type: "finding",
    id,
    head: say`${invariant}: ${own(plural(count, "violation"))} in ${where(scenario)}`,
    blocks: [
      paragraph(clause === null ? promise : say`${promise} ${muted(say`(${clause})`)}`),
      ...first ? [paragraph(say`${strong(say`For example:`)} ${sentence(first.what)} ${moment(first)}`)] : [],
      ...first ? [evidence(shown, found)] : [],
      ...commands ? [paragraph(say`To repeat: ${command(repeatCommand(record, scenario))}`)] : []
    ]
  };
}
function evidence(shown, { count, examples }) {
  return {
    type: "fold",
    summary: say`Evidence: ${shown.length} of ${own(plural(count, "violation"))}`,
    blocks: [
      ...shown.flatMap((one, index) => exampleBlocks(one, index + 1)),
      ...examples.length > shown.length ? [paragraph(say`More examples are in report.json.`)] : []
    ]
  };
}
function exampleBlocks(one, number2) {
  const facts = Object.entries(one.facts).map(
    ([name, value]) => [name, value === null ? say`none` : code2(String(value))]
  );
  const what = number2 === 1 ? moment(one) : say`${sentence(one.what)} ${moment(one)}`;
  return [
    paragraph(say`${strong(say`${number2}.`)} ${what}`),
    ...facts.length === 0 ? [] : [{ type: "facts", facts }],
    ...one.logs.length === 0 ? [] : [{ type: "output", lines: one.logs }]
  ];
}
function moment({ atMs, faultsInForce }) {
  const faults = faultsInForce.length === 0 ? say`No fault was in force.` : say`In force: ${joined(faultsInForce.map(code2))}.`;
  return atMs === null ? faults : say`Seen at ${own(formatAt(atMs))}. ${faults}`;
}
function crash({ scenario, found }) {
  const { node, atMs, how, suspects = [], lastLines } = found;
  return {
    type: "finding",
    head: say`${node} ended by itself in ${where(scenario)}`,
    blocks: [
      paragraph(say`At ${own(formatAt(atMs))}: ${sentence(how)}`),
      ...suspects.length === 0 ? [] : [paragraph(own(suspectsTitle)), { type: "output", lines: suspects }],
      ...lastLines.length === 0 ? [] : [{ type: "fold", summary: say`Its last lines`, blocks: [{ type: "output", lines: lastLines }] }]
    ]
  };
}
function knownLine({ scenario, found }) {
  const { invariant, count, known, limitedTo } = found;
  return say`${code2(invariant)} in ${code2(scenario.name)}${limitedTo === void 0 ? own("") : say` (${limitedTo})`}: ${own(plural(count, "violation"))}. ${sentence(known ?? "")}`;
}
function goneLine({ invariant, scenario, why, limitedTo }) {
  const at = scenario === null ? own("") : say` in ${code2(scenario)}`;
  const of = limitedTo === void 0 ? own("") : say` (${limitedTo})`;
  return say`${code2(invariant)}${at}${of}: ${sentence(why)} If this holds, it can be taken out of chaos.yml.`;
}

// src/report/sections/environment.ts
function environmentSection({ environment, workload, tool, cutLogs = [] }) {
  const { os, kernel, node, cpuModel, cpus, memoryBytes, ci } = environment;
  const memory = `${(memoryBytes / 1024 ** 3).toFixed(1)} GiB`;
  return [
    heading(say`Environment`),
    list([
      ci === null ? say`${os}, kernel ${kernel}` : say`${os}, kernel ${kernel}, ${ci}`,
      say`${own(plural(cpus, "CPU"))} (${cpuModel}), ${own(memory)} of memory`,
      say`Node ${node}, ${tool.name} ${tool.version}`,
      say`Workload ${code2(workload.profile)}: ${own(formatCount(workload.ratePerSecond))} messages a second of ${own(formatCount(workload.payloadBytes))} bytes`,
      ...cutLogs.length === 0 ? [] : [say`${cutLogsText(cutLogs)}`]
    ])
  ];
}

// src/report/sections/scenario.ts
var number = (head) => ({ head, kind: "number" });
function faultsPart({ faults }) {
  if (faults.length === 0) return [paragraph(say`No fault was injected.`)];
  return [
    title(say`Injected against observed`),
    table(
      ["fault", "injected", "observed", "mechanism", "in force", "proven"].map((head) => ({ head })),
      faults.map(({ kind, target, injected, observed, mechanism, startMs, endMs, healed, proven }) => {
        const inForce = say`${own(formatAt(startMs))} to ${own(formatAt(endMs))}`;
        return [
          say`${code2(kind)} on ${code2(target)}`,
          orNotMeasured(injected),
          orNotMeasured(observed),
          orNotMeasured(mechanism),
          healed ? inForce : say`${inForce}, ${bad(say`not healed`)}`,
          proven ? say`yes` : bad(say`no`)
        ];
      })
    )
  ];
}
function expectationsPart(scenario) {
  if (scenario.expectations.length === 0) return [];
  return [
    title(say`Expectations`),
    table(
      [{ head: "measure" }, number("expected"), number("measured"), { head: "met" }],
      scenario.expectations.map((one) => {
        const met = metText(scenario, one);
        return [
          own(expectationNames[one.name]),
          own(expectedText(one)),
          own(measuredText(scenario, one)),
          met === "no" ? bad(own(met)) : own(met)
        ];
      })
    ),
    ...whyNotApplicable(scenario).map((why) => paragraph(say`${why}`, "muted"))
  ];
}
function phasesPart(scenario) {
  const { phases, harness } = scenario;
  if (phases.length === 0) return [];
  return [
    {
      type: "fold",
      summary: say`Phases, nodes and the harness`,
      blocks: [
        phaseTable(phases),
        nodeTable(phases),
        paragraph(own(scrapesText(scenario))),
        paragraph(own(harnessText(harness))),
        paragraph(own(machineText(scenario)))
      ]
    }
  ];
}
function phaseTable(phases) {
  const heads = ["from", "length", "availability", "p50", "p95", "p99", "p99.9", "max", "delivered", "reconnects"];
  return table(
    [{ head: "phase" }, ...heads.map(number)],
    phases.map(
      ({ name, startMs, endMs, measures }) => [
        name,
        formatAt(startMs),
        formatMs(endMs - startMs),
        formatAvailability(measures?.availability ?? null),
        ...["p50Ms", "p95Ms", "p99Ms", "p999Ms", "maxMs"].map(
          (key) => formatLatency(measures?.latency?.[key] ?? null)
        ),
        measures ? `${formatCount(Math.round(measures.deliveredPerSecond))}/s` : notMeasured,
        measures ? formatCount(measures.reconnects) : notMeasured
      ].map(own)
    )
  );
}
function nodeTable(phases) {
  const measured = phases.flatMap(
    ({ name, measures }) => measures === null || measures.nodes.length === 0 ? [] : [{ phase: name, nodes: measures.nodes }]
  );
  const names = [...new Set(measured.flatMap(({ nodes }) => nodes.map(({ name }) => name)))];
  if (names.length === 0) return paragraph(say`CPU and memory of the nodes: not measured.`);
  const usedBy = (name, nodes) => {
    const node = nodes.find((one) => one.name === name);
    if (!node) return own(notMeasured);
    const growth = node.memoryGrowthBytes === void 0 ? "" : ` (${formatGrowth(node.memoryGrowthBytes)})`;
    return own(`${formatCores(node.cpuCores)}, ${formatMebibytes(node.memoryBytes)}${growth}`);
  };
  return table(
    [
      { head: "node" },
      ...measured.map(({ phase }) => ({ head: `${phase}: mean CPU in cores, largest memory (growth)` }))
    ],
    names.map((name) => [code2(name), ...measured.map(({ nodes }) => usedBy(name, nodes))])
  );
}
function scrapesText({ scrapes, faultsSeenByBroker, faults }) {
  const answered = scrapes.attempted === 0 ? "The broker's own metrics were not scraped." : `The broker answered ${formatCount(scrapes.answered)} of ${plural(scrapes.attempted, "scrape")} of its own metrics; they are in the folder metrics beside this report.`;
  const seen = faultsSeenByBroker === null || faults.length === 0 ? "" : ` Its metrics or logs showed ${faultsSeenByBroker} of ${plural(faults.length, "fault")}.`;
  return `${answered}${seen}`;
}

// src/report/sections/scenarios.ts
var figures = [
  "score, 95% interval",
  "availability",
  "p99 latency",
  "recovery",
  "faults proven",
  "messages accounted"
];
function scenariosSection({ scenarios }) {
  if (scenarios.length === 0) return [heading(say`Scenarios`), paragraph(say`No scenario was run.`)];
  return [
    heading(say`Scenarios`),
    table(
      [{ head: "scenario" }, { head: "verdict" }, ...figures.map((head) => ({ head, kind: "number" }))],
      scenarios.map((scenario) => ({ verdict: scenario.verdict, cells: cellsOf(scenario) }))
    )
  ];
}
function cellsOf(scenario) {
  const { attempt: attempt2, score, interval, accounting } = scenario;
  const accounted = own(formatAccounted(scenario));
  return [
    scenarioName(scenario),
    attempt2 > 1 ? say`${verdictOf(scenario)} (run ${attempt2})` : verdictOf(scenario),
    interval === null ? own(formatScore(score)) : say`${own(formatScore(score))}${lineBreak}${muted(own(formatRange(interval)))}`,
    ...["availability", "p99-latency", "recovery"].map((name) => measure2(scenario, name)),
    own(formatFaultsProven(scenario)),
    accounting.lost > 0 ? bad(accounted) : accounted
  ];
}
function measure2(scenario, name) {
  const shown = own(formatMeasure(scenario, name));
  const broke = scenario.verdict === "fail" && scenario.expectations.some((one) => one.name === name && isBroken(one));
  return broke ? bad(shown) : shown;
}

// src/report/markdown.ts
var mostExamples = 3;
function renderMarkdown(record) {
  return `${[
    ...headline(record),
    ...broken(record),
    ...undecided(record),
    ...scenarioTable(record),
    ...dimensionTable(record),
    ...record.scenarios.flatMap((scenario) => scenarioSection(record, scenario)),
    ...printMarkdown([...abilitiesSection(record), ...environmentSection(record), ...repeatSection(record)])
  ].join("\n\n")}
`;
}
function headline(record) {
  const verdict = record.verdict.toUpperCase();
  const score = record.score === null ? "score not measured" : `${formatScore(record.score)} of 10, ${record.grade ?? "not graded"} (${formatInterval(record.interval)})`;
  const run = [
    `${text(record.broker.name)}${record.broker.mutant === null ? "" : `, mutant ${code(record.broker.mutant)}`}`,
    plural(record.broker.nodes, "node"),
    record.plan === null ? `tier ${record.tiers.join(", ")}` : `plan ${text(record.plan)}`,
    `${formatMs(record.durationMs)}`,
    `seed ${code(record.seed)}`,
    text(record.startedAt)
  ];
  return [
    `# ${verdict}: ${score}`,
    run.join(" \xB7 "),
    ...record.broker.isDefault ? [`> **Not your broker:** ${sentence(defaultBrokerNote)}`] : [],
    ...record.partial ? [`> **This run is not complete:** ${partialReason(record)} What follows covers only what was done until then.`] : [],
    ...record.error !== null && !record.partial ? [`> **Error:** ${errorText(record)}`] : [],
    ...record.cap === null ? [] : [`> The score is capped: ${text(record.cap)}.`]
  ];
}
function partialReason(record) {
  return record.error === null ? "it is still going on, or was cut off." : errorText(record);
}
function errorText(record) {
  if (record.error === null) return "";
  const hint = record.error.hint === null ? "" : ` ${sentence(text(record.error.hint))}`;
  return `${sentence(text(record.error.message))} (${code(record.error.code)})${hint}`;
}
function broken(record, { commands = true } = {}) {
  return printMarkdown([...brokenSection(record, { examples: mostExamples, commands }), ...knownSection(record)]);
}
function undecided(record) {
  return printMarkdown(undecidedSection(record));
}
function scenarioTable(record) {
  const note = "Times below are counted from the start of the run, those of a chart from the start of its first phase.";
  return [...printMarkdown(scenariosSection(record)), ...record.scenarios.length === 0 ? [] : [note]];
}
function dimensionTable(record) {
  const measured = record.dimensions.filter((dimension) => dimension.score !== null);
  const rest = record.dimensions.filter((dimension) => dimension.score === null).map((dimension) => dimension.id);
  if (measured.length === 0) return [];
  return [
    "## Dimensions",
    [
      "| dimension | score | 95% interval |",
      "|---|---:|---|",
      ...measured.map(
        (dimension) => `| ${dimension.id} | ${formatScore(dimension.score)} | ${formatDimensionInterval(dimension)} |`
      )
    ].join("\n"),
    ...rest.length === 0 ? [] : [`Not measured: ${rest.join(", ")}.`]
  ];
}
function scenarioSection(record, scenario) {
  const parameters = Object.entries(scenario.parameters).map(([key, value]) => code(`${key}=${value}`));
  const about = [
    `${scenario.verdict === "fail" ? verdictText(scenario) : `**${scenario.verdict}**`}${attemptText(scenario)}: ${sentence(text(scenario.reason))}`,
    `Tier ${scenario.tier}, severity ${scenario.severity}, ${scenario.dimension}; ${scenario.cluster.fresh ? "fresh" : "shared"} cluster: ${sentence(text(scenario.cluster.why))}`,
    partsText(scenario),
    ...parameters.length === 0 ? [] : [`Parameters: ${parameters.join(", ")}.`]
  ];
  if (scenario.verdict === "skipped")
    return [`## ${text(scenario.name)}: ${text(scenario.title)}`, about.slice(0, 2).join("\n")];
  const drawn = latencyChart(scenario);
  return [
    `## ${text(scenario.name)}: ${text(scenario.title)}`,
    about.join("  \n"),
    ...printMarkdown([...faultsPart(scenario), ...expectationsPart(scenario)]),
    ...drawn ? [drawn.chart] : [],
    ...drawn?.note ? [drawn.note] : [],
    ...accountingLines(scenario.accounting),
    ...printMarkdown(phasesPart(scenario)),
    ...otherRuns(scenario).map((run) => `Run ${run.attempt} was ${run.verdict}: ${sentence(text(run.reason))}`),
    `To repeat this scenario: ${inlineCommand(repeatCommand(record, scenario))}`
  ];
}
function accountingLines(accounting) {
  if (accounting.published === 0 && accounting.owed === 0) return ["**Messages:** not measured."];
  const { legal, publishedGap, owedGap } = balance(accounting);
  const n = formatCount;
  const rules = Object.entries(accounting.legallyUndelivered).filter(([, count]) => count > 0).map(([rule, count]) => `${text(rule)}: ${n(count)}`);
  const duplicates = Object.entries(accounting.legalDuplicates).filter(([, count]) => count > 0).map(([rule, count]) => `${text(rule)}: ${n(count)}`);
  const gap = (missing) => missing === 0 ? "" : ` **Does not add up: ${n(Math.abs(missing))} ${missing > 0 ? "missing" : "too many"}.**`;
  return [
    "**Messages**",
    [
      `- published ${n(accounting.published)} = acknowledged ${n(accounting.acknowledged)} + unknown ${n(accounting.unknown)} + not sent ${n(accounting.notSent)} + QoS 0 ${n(accounting.unacknowledgeable)}.${gap(publishedGap)}`,
      `- owed ${n(accounting.owed)} = delivered ${n(accounting.delivered)} + legally undelivered ${n(legal)}${rules.length === 0 ? "" : ` (${rules.join("; ")})`} + lost ${accounting.lost === 0 ? "0" : `**${n(accounting.lost)}**`}.${gap(owedGap)}`,
      ...duplicates.length === 0 ? [] : [`- received more than once where that is allowed: ${duplicates.join("; ")}.`]
    ].join("\n")
  ];
}
function verdictText(scenario) {
  return scenario.verdict === "fail" ? "**FAIL**" : scenario.verdict;
}
function attemptText(scenario) {
  return scenario.attempt > 1 ? ` (run ${scenario.attempt})` : "";
}

export {
  printable,
  throwProblems,
  formatProblems,
  showLocation,
  plain,
  escapeHtml,
  escapeHtmlCommand,
  escapeHtmlLines,
  text,
  code,
  latencyChart,
  mostDurationMs,
  mostRatePerSecond,
  parseDurationMs,
  parseRatePerSecond,
  parseShare,
  parseBytes,
  formatMs,
  formatMsBeside,
  formatShare,
  formatBytes,
  tiers,
  tierSchedule,
  severities,
  dimensions,
  scoreScenario,
  isUnexplained,
  isBroken,
  round2 as round,
  scoreRun,
  gradeOf,
  attempts,
  notMeasured,
  notApplicable,
  defaultBrokerNote,
  suspectsTitle,
  formatScore,
  formatInterval,
  formatDimensionInterval,
  formatAt,
  formatFaultsProven,
  balance,
  formatAccounted,
  expectedText,
  measuredText,
  formatMeasure,
  partsText,
  whyNotApplicable,
  expectationNames,
  ofClients,
  sentence,
  capital,
  otherRuns,
  renderComparison,
  callText,
  differenceText,
  sideText,
  where,
  printMarkdown,
  details,
  repeatCommand,
  commandLine,
  findingsOf,
  abilitiesSection,
  brokenSection,
  knownSection,
  expectationLine,
  environmentSection,
  repeatSection,
  faultsPart,
  expectationsPart,
  phasesPart,
  scenariosSection,
  renderMarkdown,
  headline,
  broken,
  undecided,
  scenarioTable
};
