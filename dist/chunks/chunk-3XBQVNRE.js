import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  createRandom
} from "./chunk-GUM24SOH.js";
import {
  require_dist
} from "./chunk-4XSUANPV.js";
import {
  __toESM
} from "./chunk-6DG7BXTN.js";

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
  const times = new Uint32Array(size);
  return Array.from({ length: resamples }, () => {
    times.fill(0);
    for (let drawn = 0; drawn < size; drawn += length) {
      const start = random.below(size);
      for (let offset = 0; offset < length && drawn + offset < size; offset++) {
        const window = (start + offset) % size;
        times[window] = (times[window] ?? 0) + 1;
      }
    }
    return measure(sample, times);
  });
}
function intervalOf(draws, score) {
  const sorted = Float64Array.from(draws).sort();
  const at = (share) => sorted[Math.round(share * (sorted.length - 1))] ?? score;
  return [Math.min(at(0.025), score), Math.max(at(0.975), score)];
}
function measure(sample, times) {
  let possible = 0;
  let done = 0;
  let latencies = 0;
  for (let window = 0; window < times.length; window++) {
    const count = times[window] ?? 0;
    possible += count * (sample.possible[window] ?? 0);
    done += count * (sample.done[window] ?? 0);
    latencies += count * (sample.latencies[window] ?? 0);
  }
  return {
    availability: possible === 0 ? null : done / possible,
    p99Ms: latencies === 0 ? null : percentileFromTop(sample.bins, times, latencies - Math.max(1, Math.ceil(latencies * 0.99 - 1e-6)))
  };
}
function percentileFromTop(bins, times, above) {
  let seen = 0;
  for (const bin of bins) {
    seen += bin.count * (times[bin.window] ?? 0);
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
  const score = round(drawn.score);
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
  return scenario.crashes.length > 0 || scenario.violations.some((violation) => violation.count > 0 && violation.known === null);
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
function isBroken({ met, notApplicable }) {
  return !met && notApplicable === void 0;
}
function recoveryWasWatched(scenario) {
  return scenario.phases.some((phase) => phase.name === "recover" && phase.endMs > phase.startMs);
}
function round(score) {
  return Math.round(score * 100) / 100;
}
function roundInterval([low, high]) {
  return [round(low), round(high)];
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
    return { parts: { availability: round(availability), latency: round(latency), recovery: round(recovery) } };
  const rounded = Object.entries(parts).flatMap(([name, part]) => part === void 0 ? [] : [[name, round(part)]]);
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

export {
  resamples,
  intervalOf,
  partNames,
  violationCap,
  scoreScenario,
  drawScore,
  isUnexplained,
  isCapped,
  partsOf,
  isBroken,
  recoveryWasWatched,
  round,
  roundInterval
};
