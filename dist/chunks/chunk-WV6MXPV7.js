import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  attempts,
  capital,
  defaultBrokerNote,
  expectationNames,
  expectedText,
  findingsOf,
  formatAt,
  formatDimensionInterval,
  formatRange,
  formatScore,
  measuredText,
  notMeasured,
  ofClients,
  plain,
  sabotageNote,
  scopeText,
  sentence,
  shortClient,
  suspectsTitle
} from "./chunk-AU4Z6BYV.js";
import {
  repeatCommand
} from "./chunk-2OZVQ7HJ.js";
import {
  formatCount,
  plural
} from "./chunk-72AKB4P6.js";
import {
  round
} from "./chunk-3XBQVNRE.js";
import {
  formatMs
} from "./chunk-VDOZDET2.js";
import {
  ChaosError
} from "./chunk-EV4V3EIO.js";

// src/report/document.ts
function say(pieces, ...values) {
  const parts = [];
  pieces.forEach((own2, index) => {
    if (own2 !== "") parts.push({ type: "own", text: own2 });
    const value = values[index];
    if (value !== void 0) parts.push(...partsOf(value));
  });
  return { parts };
}
function own(text) {
  return { parts: [{ type: "own", text: String(text) }] };
}
function code(text) {
  return { parts: [{ type: "code", text }] };
}
var command = (text) => ({ parts: [{ type: "command", text }] });
var strong = (of) => ({ parts: [{ type: "strong", of }] });
var muted = (of) => ({ parts: [{ type: "muted", of }] });
var verdictOf = ({ verdict }) => ({ parts: [{ type: "verdict", verdict }] });
var scenarioName = (scenario) => ({
  parts: [{ type: "scenario", scenario, full: false }]
});
var where = (scenario) => ({ parts: [{ type: "scenario", scenario, full: true }] });
function namer() {
  const named = /* @__PURE__ */ new Set();
  return (scenario) => {
    if (named.has(scenario)) return scenarioName(scenario);
    named.add(scenario);
    return where(scenario);
  };
}
var jump = (id, of) => ({ parts: [{ type: "jump", id, of }] });
var link = (address, text) => ({ parts: [{ type: "link", address, text }] });
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
var nothing = { parts: [] };
function partsOf(value) {
  if (typeof value === "string") return [{ type: "outside", text: value }];
  if (typeof value === "number") return [{ type: "own", text: String(value) }];
  return "parts" in value ? value.parts : value.flatMap(({ parts }) => parts);
}
var heading = (text) => ({ type: "heading", text });
var title = (text, tone) => ({
  type: "title",
  text,
  ...tone === void 0 ? {} : { tone }
});
var paragraph = (text, tone) => ({
  type: "paragraph",
  text,
  ...tone === void 0 ? {} : { tone }
});
var note = (text) => ({ type: "note", text });
var list = (items) => ({ type: "list", items });
var fold = (summary2, blocks) => ({ type: "fold", summary: summary2, blocks });
var output = (lines2) => ({ type: "output", lines: lines2 });
var columns = (...parts) => ({
  type: "columns",
  columns: parts.filter((blocks) => blocks.length > 0)
});
var only = (medium, ...blocks) => ({ type: "only", medium, blocks });
var table = (heads, rows) => ({
  type: "table",
  columns: heads,
  rows: rows.map((row2) => "cells" in row2 ? row2 : { cells: row2 })
});

// src/score/compare.ts
var leastDistance = 0.05;
var crashed = "crash";
function compareRecords(base, head) {
  return compareRounds([base], [head]);
}
function compareRounds(bases, heads) {
  if (bases.length === 0 || heads.length === 0)
    throw new ChaosError("internal", "a comparison needs at least one run on either side");
  const inBases = bases.map(byName);
  const inHeads = heads.map(byName);
  const baseNames = namesIn(inBases);
  const headNames = namesIn(inHeads);
  const pairs = headNames.filter((name) => baseNames.includes(name)).map((name) => ({
    name,
    bases: inBases.map((scenarios) => scenarios.get(name)),
    heads: inHeads.map((scenarios) => scenarios.get(name))
  }));
  const violations = pairs.flatMap(violationChanges);
  return {
    rounds: { base: bases.length, head: heads.length },
    total: sameScored(bases, heads) ? change(bases, heads) : uncalled(change(bases, heads)),
    dimensions: dimensionChanges(bases, heads),
    scenarios: pairs.map((pair) => ({ name: pair.name, ...change(pair.bases, pair.heads) })),
    onlyInBase: baseNames.filter((name) => !headNames.includes(name)),
    onlyInHead: headNames.filter((name) => !baseNames.includes(name)),
    appeared: violations.filter((one) => one.baseCount === 0),
    gone: violations.filter((one) => one.headCount === 0),
    stayed: violations.filter((one) => one.baseCount > 0 && one.headCount > 0),
    caveats: [
      ...partialRounds("base", bases),
      ...partialRounds("head", heads),
      ...differences(bases, heads),
      ...scoredInPart(bases, heads),
      ...pairs.flatMap(parameterDifference)
    ]
  };
}
function resultOf({ total, dimensions, scenarios, appeared, onlyInBase }) {
  const changes = [total, ...dimensions, ...scenarios];
  if (appeared.length > 0 || changes.some(({ call }) => call === "worse")) return "regression";
  const isKnown = total.call !== "unknown" && !changes.some(isUndecided) && onlyInBase.length === 0;
  return isKnown ? "no regression" : "undecided";
}
function isUndecided({ call, base }) {
  return call === "unknown" && base.interval !== null;
}
function byName({ scenarios }) {
  const found = /* @__PURE__ */ new Map();
  for (const scenario of scenarios) {
    let name = scenario.name;
    for (let nth = 2; found.has(name); nth++) name = `${scenario.name} (${nth})`;
    found.set(name, scenario);
  }
  return found;
}
function namesIn(rounds) {
  return [...new Set(rounds.flatMap((scenarios) => [...scenarios.keys()]))];
}
function change(bases, heads) {
  return changeOf(judgedSide(bases), judgedSide(heads));
}
function changeOf(base, head) {
  return {
    call: callOf(base, head),
    base,
    head,
    difference: base.score === null || head.score === null ? null : round(head.score - base.score)
  };
}
function dimensionChanges(bases, heads) {
  const ids = new Set([...heads, ...bases].flatMap(({ dimensions }) => dimensions.map(({ id }) => id)));
  return [...ids].flatMap((id) => {
    const side = (rounds) => sideOf(rounds.map(({ dimensions }) => dimensions.find((one) => one.id === id)));
    const [base, head] = [side(bases), side(heads)];
    if (base.score === null && head.score === null) return [];
    const change2 = dimensionChange(id, base, head);
    return [{ id, ...sameScored(bases, heads, id) ? change2 : uncalled(change2) }];
  });
}
function sameScored(bases, heads, dimension) {
  const scored = [...bases, ...heads].map(
    (record) => [...byName(record)].filter(([, { score, dimension: own2 }]) => score !== null && (dimension === void 0 || own2 === dimension)).map(([name]) => name).sort().join("\n")
  );
  return new Set(scored).size === 1;
}
function uncalled(change2) {
  return { ...change2, call: "unknown" };
}
function dimensionChange(id, base, head) {
  const change2 = changeOf(base, head);
  const isCount = id === "observability" || id === "coverage";
  return isCount && change2.difference === 0 ? { ...change2, call: "same" } : change2;
}
function judgedSide(rounds) {
  return { verdict: worst(present(rounds.map((one) => one?.verdict))), ...sideOf(rounds) };
}
function sideOf(rounds) {
  const scores = present(rounds.map((one) => one?.score));
  const intervals = present(rounds.map((one) => one?.interval));
  return {
    score: scores.length === 0 ? null : mean(scores),
    // The score of a round that was not measured could be anything.
    interval: intervals.length < rounds.length ? null : [Math.min(...intervals.map(([low]) => low)), Math.max(...intervals.map(([, high]) => high))]
  };
}
function mean(scores) {
  const hundredths = scores.reduce((sum, score) => sum + Math.round(score * 100), 0);
  return Math.round(hundredths / scores.length) / 100;
}
function worst(verdicts) {
  const fromWorst = ["fail", "inconclusive", "pass"];
  return fromWorst.find((verdict) => verdicts.includes(verdict)) ?? "skipped";
}
function callOf(base, head) {
  if (base.score === null || head.score === null || base.interval === null || head.interval === null) return "unknown";
  if (areApart(base.interval[1], head.interval[0])) return "better";
  if (areApart(head.interval[1], base.interval[0])) return "worse";
  return "same";
}
function areApart(highest, lowest) {
  return Math.round((lowest - highest) * 100) >= Math.round(leastDistance * 100);
}
function violationChanges({ name, bases, heads }) {
  const unexplained2 = (rounds) => rounds.map(unexplainedCounts);
  const [inBases, inHeads] = [unexplained2(bases), unexplained2(heads)];
  const count = (rounds, invariant) => rounds.reduce((sum, counts) => sum + (counts.get(invariant) ?? 0), 0);
  const seen = (rounds, invariant) => rounds.filter((counts) => counts.has(invariant)).length;
  const invariants = new Set([...inBases, ...inHeads].flatMap((counts) => [...counts.keys()]));
  return [...invariants].map((invariant) => ({
    scenario: name,
    invariant,
    baseCount: count(inBases, invariant),
    headCount: count(inHeads, invariant),
    baseRounds: seen(inBases, invariant),
    headRounds: seen(inHeads, invariant)
  }));
}
function unexplainedCounts(scenario) {
  const counts = /* @__PURE__ */ new Map();
  const add = (what, count) => {
    if (count > 0) counts.set(what, (counts.get(what) ?? 0) + count);
  };
  for (const { violations, crashes } of attempts(scenario ? [scenario] : [])) {
    for (const { invariant, count, known } of violations) if (known === null) add(invariant, count);
    add(crashed, crashes.length);
  }
  return counts;
}
function partialRounds(side, rounds) {
  const partial = rounds.filter((record) => record.partial).length;
  if (partial === 0) return [];
  if (rounds.length === 1) return [`the ${side} run is partial`];
  return [`${partial} of ${rounds.length} ${side} runs ${partial === 1 ? "is" : "are"} partial`];
}
function scoredInPart(bases, heads) {
  if (sameScored(bases, heads)) return [];
  const rounds = [...bases, ...heads].map(byName);
  const names = namesIn(rounds).filter((name) => {
    const scores = rounds.map((scenarios) => scenarios.get(name)?.score ?? null);
    return scores.some((score) => score === null) && scores.some((score) => score !== null);
  });
  return [`not every run has a score of ${names.join(", ")}`];
}
function differences(bases, heads) {
  const figures = [
    ["broker", (record) => record.broker.name],
    ["nodes", (record) => record.broker.nodes],
    ["workload", ({ workload }) => `${workload.profile} at ${workload.ratePerSecond}/s of ${workload.payloadBytes} B`],
    ["seed", (record) => record.seed],
    ["CPU model", (record) => record.environment.cpuModel],
    ["CPUs", (record) => record.environment.cpus],
    ["tool version", (record) => record.tool.version]
  ];
  return figures.flatMap(([name, of]) => {
    const [inBase, inHead] = [valuesOf(bases, of), valuesOf(heads, of)];
    return inBase === inHead ? [] : [`${name}: ${inBase} in the base, ${inHead} in the head`];
  });
}
function parameterDifference({ name, bases, heads }) {
  const of = (rounds) => valuesOf(present(rounds), ({ parameters }) => canonical(parameters));
  return of(bases) === of(heads) ? [] : [`parameters of ${name} differ`];
}
function valuesOf(rounds, of) {
  return [...new Set(rounds.map((one) => String(of(one) ?? "none")))].sort().join(", ");
}
function canonical(parameters) {
  return JSON.stringify(Object.entries(parameters).sort(([a], [b]) => a < b ? -1 : 1));
}
function present(values) {
  return values.filter((value) => value !== null && value !== void 0);
}

// src/report/sections/comparison.ts
var callWords = {
  better: "better",
  worse: "worse",
  same: "within noise",
  unknown: "unknown"
};
function sidesPart(bases, heads) {
  const run = ({ name, record: { startedAt, seed } }) => say`${code(name)} (${startedAt}, seed ${code(seed)})`;
  return [list([say`base: ${joined(bases.map(run))}`, say`head: ${joined(heads.map(run))}`])];
}
function resultPart(comparison) {
  const { total, dimensions, scenarios, appeared, onlyInBase } = comparison;
  const whole = { what: own("total"), ...total };
  const others = [
    ...dimensions.map((one) => ({ what: own(one.id), ...one })),
    ...scenarios.map((one) => ({ what: code(one.name), ...one }))
  ];
  const named = (words, which) => which.length === 0 ? [] : [say`${own(words)}: ${joined(which.map(({ what }) => what))}`];
  const called = (call, which) => which.filter((one) => one.call === call);
  const reasons = [
    ...appeared.length === 0 ? [] : [own(`new ${nameOf(appeared)}: ${formatCount(appeared.length)}`)],
    ...named("worse", called("worse", [whole, ...others])),
    ...named("better", called("better", [whole, ...others])),
    ...named("not decided", [...called("unknown", [whole]), ...others.filter(isUndecided)]),
    ...onlyInBase.length === 0 ? [] : [say`not run in the head: ${joined(onlyInBase.map(code))}`]
  ];
  const result = own(resultOf(comparison).toUpperCase());
  const text = reasons.length === 0 ? strong(result) : say`${strong(result)}: ${joined(reasons, "; ")}`;
  return [paragraph(text)];
}
function comparisonSection(comparison, options) {
  const { rounds, total, scenarios, appeared, stayed, gone, onlyInBase, onlyInHead, caveats } = comparison;
  const shown = options.scenarios === "all" ? scenarios : scenarios.filter(isChanged);
  const lines2 = (violations) => violations.map((one) => violationLine(one, rounds));
  return [
    heading(own(`Against the base: ${callText(total)}`)),
    ...roundsText(rounds),
    ...caveats.length === 0 ? [] : [note(say`Not fully comparable: ${caveats.join("; ")}.`)],
    ...titled(`New ${nameOf(appeared)}`, lines2(appeared), "bad"),
    ...titled(`${capital(nameOf(stayed))} that the base has too`, lines2(stayed)),
    ...titled(`${capital(nameOf(gone))} of the base that were not seen again`, lines2(gone)),
    ...dimensionsTable(comparison, options),
    table(columnsOf("scenario"), [
      row(own("total"), total, verdictAndScore),
      ...shown.map((scenario) => row(code(scenario.name), scenario, verdictAndScore))
    ]),
    ...sameText(comparison),
    ...onlyIn("head", onlyInHead),
    ...onlyIn("base", onlyInBase)
  ];
}
function columnsOf(what) {
  return [{ head: what }, { head: "base" }, { head: "head" }, { head: "difference", kind: "number" }, { head: "call" }];
}
function dimensionsTable({ dimensions }, { scenarios: which }) {
  const shown = which === "all" ? dimensions : dimensions.filter(({ call }) => call === "better" || call === "worse");
  if (shown.length === 0) return [];
  return [
    table(
      columnsOf("dimension"),
      shown.map((dimension) => row(own(dimension.id), dimension, scoreText))
    )
  ];
}
function isChanged({ call, base, head }) {
  return call !== "same" || base.verdict !== head.verdict;
}
function nameOf(violations) {
  const crashes = violations.filter(({ invariant }) => invariant === crashed).length;
  if (crashes === 0) return "violations";
  return crashes === violations.length ? "crashes" : "violations and crashes";
}
function titled(head, items, tone) {
  return items.length === 0 ? [] : [title(own(head), tone), list(items)];
}
function sameText({ scenarios }) {
  const same = scenarios.filter(({ call }) => call === "same").length;
  if (same === 0) return [];
  return [
    paragraph(
      own(
        `In ${same} of ${plural(scenarios.length, "scenario")} the 95% intervals overlap, or nearly: no change that can be distinguished from noise.`
      ),
      "muted"
    )
  ];
}
function onlyIn(side, names) {
  return names.length === 0 ? [] : [paragraph(say`Only in the ${own(side)}: ${joined(names.map(code))}.`)];
}
function callText({ call, difference }) {
  if (call === "same") return "no change outside the noise";
  if (call === "unknown") return "unknown";
  return `${call} by ${Math.abs(difference ?? 0).toFixed(2)}`;
}
function row(name, { base, head, difference, call }, textOf) {
  const changed = difference === null ? notMeasured : `${difference > 0 ? "+" : ""}${difference.toFixed(2)}`;
  return {
    cells: [name, own(textOf(base)), own(textOf(head)), own(changed), own(callWords[call])],
    isBad: call === "worse"
  };
}
function verdictAndScore(side) {
  return `${side.verdict}, ${scoreText(side)}`;
}
function scoreText({ score, interval }) {
  if (score === null) return notMeasured;
  return `${formatScore(score)}${interval === null ? "" : ` (${formatRange(interval)})`}`;
}
function roundsText({ base, head }) {
  if (base === 1 && head === 1) return [];
  return [
    paragraph(
      own(
        `The base was run ${times(base)}, the head ${times(head)}. Scores are means, an interval spans all runs of its side, and a violation in any run counts.`
      )
    )
  ];
}
function times(count) {
  return count === 1 ? "once" : plural(count, "time");
}
function violationLine(violation2, rounds) {
  const { scenario, invariant, baseCount, headCount, baseRounds, headRounds } = violation2;
  const seen = (count, inRounds, of) => `${formatCount(count)}${of > 1 && count > 0 ? ` (in ${inRounds} of ${of} runs)` : ""}`;
  const before = seen(baseCount, baseRounds, rounds.base);
  const what = invariant === crashed ? own("a node that ended by itself") : code(invariant);
  return say`${what} in ${code(scenario)}: ${own(before)} before, ${own(seen(headCount, headRounds, rounds.head))} now`;
}

// src/report/sparkline.ts
var levels = ["\u2581", "\u2582", "\u2583", "\u2584", "\u2585", "\u2586", "\u2587", "\u2588"];
var gap = "\xB7";
function sparkline(values) {
  return values.map(
    ({ score }) => score === null ? gap : levels[Math.min(levels.length - 1, Math.floor(score / 10 * levels.length))] ?? gap
  ).join("");
}

// src/report/lifeline.ts
var marginShare = 0.04;
var mostAfterMs = 12e4;
var soonMs = 5e3;
function lifelineOf(scenario, episode) {
  const drain = scenario.phases.find(({ name }) => name === "drain");
  const faults = scenario.faults.filter((fault) => concerns(fault, episode));
  const rows = [
    messagesRow(episode),
    clientRow("from", episode.publisher),
    clientRow("to", episode.subscriber),
    ...faultRows(faults),
    ...drain ? [drainRow(drain)] : []
  ].filter(({ bars, marks }) => bars.length + marks.length > 0);
  const edges = rows.flatMap(({ bars, marks }) => [
    ...bars.flatMap(({ fromMs: fromMs2, toMs: toMs2 }) => [fromMs2, toMs2 ?? fromMs2]),
    ...marks.map(({ atMs }) => atMs)
  ]).filter((ms) => ms >= episode.fromMs);
  const lastMs = Math.min(Math.max(episode.toMs + 100, ...edges), episode.toMs + mostAfterMs);
  const marginMs = (lastMs - episode.fromMs) * marginShare;
  const [fromMs, toMs] = [Math.floor(episode.fromMs - marginMs), Math.ceil(lastMs + marginMs)];
  return {
    fromMs,
    toMs,
    rows: rows.filter((row2) => isWithin(row2, fromMs, toMs)),
    events: [
      ...messageEvents(episode),
      ...clientEvents(episode.publisher, episode),
      ...clientEvents(episode.subscriber, episode),
      ...faultEvents(faults),
      ...drain ? [{ atMs: drain.endMs, text: drainedText(episode) }] : []
    ].toSorted((a, b) => a.atMs - b.atMs)
  };
}
function messagesText({ first, last, messages }) {
  if (first === last) return `message ${first}`;
  const range = `messages ${first} to ${last}`;
  return messages === last - first + 1 ? range : `${messages} of the ${range}`;
}
function concerns({ startMs, endMs }, { fromMs }) {
  return endMs > startMs && endMs >= fromMs - 1e4;
}
function messagesRow(episode) {
  const { fromMs, toMs, first, acknowledgedMs, seenMs } = episode;
  const [acknowledged] = acknowledgedMs;
  return {
    name: messagesText(episode),
    bars: [{ fromMs, toMs, kind: "due", what: `due from ${clock(fromMs)} to ${clock(toMs)}` }],
    marks: [
      ...acknowledged === null ? [] : [{ atMs: acknowledged, what: `message ${first} acknowledged at ${clock(acknowledged)}` }],
      ...seenMs === null ? [] : [{ atMs: seenMs, what: `message ${first} received late or again at ${clock(seenMs)}` }]
    ]
  };
}
function clientRow(way, episodeClient) {
  const { client, node, connections, connectionsLeftOut } = episodeClient;
  const leftOut = connectionsLeftOut === 0 ? "" : `, ${plural(connectionsLeftOut, "later connection")} not shown`;
  return {
    name: `${way} ${shortClient(client)} at ${node}${leftOut}`,
    bars: connections.map(({ fromMs, toMs, sessionPresent }) => ({
      fromMs,
      toMs,
      kind: sessionPresent ? "connection" : "connection-without-session",
      what: `connected at ${clock(fromMs)}, session present = ${sessionPresent ? 1 : 0}${toMs === null ? "" : `, until ${clock(toMs)}`}`
    })),
    marks: []
  };
}
function faultRows(faults) {
  const name = ({ kind, target }) => faults.length <= 3 ? `${kind} on ${target}` : kind;
  return [...new Set(faults.map(name))].map((row2) => ({
    name: row2,
    bars: faults.filter((fault) => name(fault) === row2).map(({ kind, target, startMs, endMs, proven }) => ({
      fromMs: startMs,
      toMs: endMs,
      kind: proven ? "fault" : "unproven-fault",
      what: `${kind} on ${target} from ${clock(startMs)} to ${clock(endMs)}${proven ? "" : ", not proven"}`
    })),
    marks: []
  }));
}
function drainRow({ startMs, endMs }) {
  return {
    name: "drain: waiting for what is still owed",
    bars: [{ fromMs: startMs, toMs: endMs, kind: "drain", what: `from ${clock(startMs)} to ${clock(endMs)}` }],
    marks: []
  };
}
function isWithin({ bars, marks }, fromMs, toMs) {
  return bars.some((bar) => bar.fromMs <= toMs && (bar.toMs ?? toMs) >= fromMs) || marks.some(({ atMs }) => atMs >= fromMs && atMs <= toMs);
}
function messageEvents(episode) {
  const { first, last, fromMs, toMs, acknowledgedMs, seenMs, publisher, subscriber } = episode;
  const [acknowledged, lastAcknowledged] = acknowledgedMs;
  const by = say`by ${publisher.node}`;
  return [
    { atMs: fromMs, text: own(`message ${first} due`) },
    ...acknowledged === null ? [] : [{ atMs: acknowledged, text: say`message ${first} acknowledged ${by}` }],
    ...first === last ? [] : [{ atMs: toMs, text: own(`message ${last} due, the last`) }],
    ...first === last || lastAcknowledged === null ? [] : [{ atMs: lastAcknowledged, text: say`message ${last} acknowledged ${by}` }],
    ...seenMs === null ? [] : [{ atMs: seenMs, text: say`message ${first} received late or again by ${shortClient(subscriber.client)}` }]
  ];
}
function clientEvents({ client, node, connections, connectionsLeftOut }, episode) {
  const name = say`${shortClient(client)}`;
  const further = connectionsLeftOut === 0 ? "" : `; ${plural(connectionsLeftOut, "further connection")} followed`;
  return connections.flatMap(({ fromMs, toMs, sessionPresent }, index) => [
    {
      atMs: fromMs,
      text: say`${name} connected to ${node}, session present = ${sessionPresent ? 1 : 0}${own(index === connections.length - 1 ? further : "")}`
    },
    // The end of a connection that began after the episode is not part of it.
    ...toMs === null || fromMs > episode.toMs ? [] : [{ atMs: toMs, text: say`connection of ${name} ended` }]
  ]);
}
function faultEvents(faults) {
  return faults.flatMap(({ kind, target, startMs, endMs }) => [
    { atMs: startMs, text: say`fault begins: ${kind} on ${target}` },
    { atMs: endMs, text: say`fault ends: ${kind} on ${target}` }
  ]);
}
function drainedText({ seenMs, examplesOnly }) {
  return seenMs === null && examplesOnly === void 0 ? say`drained: these messages had not arrived` : say`drained`;
}
function clock(ms) {
  return `${(ms / 1e3).toFixed(2)} s`;
}
function meanwhile(faults, atMs, moment2) {
  const { lead, faults: named, rest } = meanwhileOf(faults, atMs, moment2);
  const names = joined(
    faultNames(named).map(({ name, proof }) => say`${code(name)} ${own(proof)}`),
    " and "
  );
  return say`${own(lead)}${names}${own(rest)}`;
}
function meanwhileText(faults, atMs, moment2) {
  const { lead, faults: named, rest } = meanwhileOf(faults, atMs, moment2);
  const names = faultNames(named).map(({ name, proof }) => `${name} ${proof}`);
  return `${lead}${names.join(" and ")}${rest}`;
}
function meanwhileOf(faults, atMs, moment2) {
  const struck = faults.filter(({ startMs, endMs }) => endMs > startMs);
  const inForce = struck.filter(({ startMs, endMs }) => startMs <= atMs && endMs >= atMs);
  if (inForce.length > 0) return { lead: "In force then: ", faults: inForce, rest: "." };
  const next = struck.filter(({ startMs }) => startMs > atMs).toSorted((a, b) => a.startMs - b.startMs)[0];
  if (next && next.startMs - atMs <= soonMs)
    return { lead: "", faults: [next], rest: ` began ${formatMs(next.startMs - atMs)} after ${moment2}.` };
  const last = struck.filter(({ endMs }) => endMs < atMs).toSorted((a, b) => b.endMs - a.endMs)[0];
  if (last) return { lead: "", faults: [last], rest: ` had ended ${formatMs(atMs - last.endMs)} before ${moment2}.` };
  return { lead: next ? "No fault had begun yet." : "No fault was injected.", faults: [], rest: "" };
}
function faultNames(faults) {
  const nameOf2 = ({ kind, target }) => `${kind} on ${target}`;
  return [...new Set(faults.map(nameOf2))].map((name) => ({
    name,
    proof: faults.every((fault) => nameOf2(fault) !== name || fault.proven) ? "(proven)" : "(not proven)"
  }));
}
function momentOf({ atMs, facts }) {
  if (atMs === null) return void 0;
  const how = facts.dueAtMs === atMs ? "Due" : facts.writtenAtMs === atMs ? "Written" : "Seen";
  return `${how} at ${clock(atMs)}.`;
}

// src/report/sections/episodes.ts
function episodesPart(scenario, violation2, most) {
  const { episodes = [], episodesLeftOut = 0 } = violation2;
  const [first, ...others] = episodes;
  if (!first || most === 0) return [];
  const notListed = episodesLeftOut === 0 ? [] : [paragraph(own(`${formatCount(episodesLeftOut)} more are not listed.`))];
  const drawn = others.slice(0, most - 1).flatMap((episode) => episodePart(scenario, episode));
  return [
    paragraph(summary(scenario, violation2, first)),
    ...episodePart(scenario, first),
    ...others.length === 0 ? [] : [
      fold(own(plural(others.length + episodesLeftOut, "more episode")), [
        episodeTable(others),
        ...notListed,
        ...drawn
      ])
    ]
  ];
}
function episodePart(scenario, episode) {
  return [title(heading2(episode)), { type: "lifeline", lifeline: lifelineOf(scenario, episode) }, ...logsFold(episode)];
}
function summary(scenario, { count, episodes = [] }, first) {
  const listed = episodes.reduce((sum, { messages }) => sum + messages, 0);
  const several = listed === count ? deliveriesText(episodes, count) : `${formatCount(listed)} of ${plural(count, "delivery", "deliveries")}`;
  const isShown = listed === count ? "" : " are shown,";
  const lastMs = Math.max(...episodes.map(({ toMs }) => toMs));
  const span = own(`${clock(first.fromMs)} to ${clock(lastMs)}`);
  return say`${strong(own(`${several}${isShown} in ${plural(episodes.length, "episode")}`))}, due from ${span}. ${meanwhile(scenario.faults, first.fromMs, "the first was due")}`;
}
function deliveriesText(episodes, count) {
  const hasGaps = episodes.some(({ first, last, messages }) => messages !== last - first + 1);
  const deliveries = plural(count, "delivery", "deliveries");
  if (hasGaps) return deliveries;
  const flows = [...new Set(episodes.map(({ flow }) => flow))];
  const distinct = flows.reduce((sum, of) => sum + lengthOf(episodes.filter(({ flow }) => flow === of)), 0);
  return distinct === count ? plural(count, "message") : `${deliveries} of ${plural(distinct, "message")}`;
}
function lengthOf(ranges) {
  let length = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const { first, last } of ranges.toSorted((one, other) => one.first - other.first)) {
    length += Math.max(0, last - Math.max(first, end + 1) + 1);
    end = Math.max(end, last);
  }
  return length;
}
function heading2(episode) {
  const { flow, qos, publisher, subscriber } = episode;
  return say`${own(capital(messagesText(episode)))} of ${flow} (QoS ${qos}): ${shortClient(publisher.client)} at ${publisher.node} to ${shortClient(subscriber.client)} at ${subscriber.node}`;
}
function logsFold({ logs }) {
  if (logs.length === 0) return [];
  return [
    fold(
      say`What the nodes logged then`,
      logs.flatMap(({ moment: moment2, atMs, lines: lines2 }) => [
        paragraph(say`Within a second of ${own(clock(atMs))}, when ${moment2}:`),
        output(lines2)
      ])
    )
  ];
}
function episodeTable(episodes) {
  return table(
    [{ head: "messages" }, { head: "flow" }, { head: "from" }, { head: "to" }, { head: "due" }],
    episodes.map((episode) => [
      own(messagesText(episode)),
      say`${episode.flow} (QoS ${episode.qos})`,
      say`${code(shortClient(episode.publisher.client))} at ${episode.publisher.node}`,
      say`${code(shortClient(episode.subscriber.client))} at ${episode.subscriber.node}`,
      own(`${clock(episode.fromMs)} to ${clock(episode.toMs)}`)
    ])
  );
}
function linesShown({ episodes = [] }) {
  return new Set(episodes.flatMap(({ logs }) => logs.flatMap(({ lines: lines2 }) => lines2)));
}

// src/report/sections/broken.ts
function brokenSection(record, options) {
  const { violations, crashes, expectations, unhealed } = findingsOf(record);
  const name = namer();
  const blocks = [
    ...violations.map((one, index) => violation(record, one, violationId(index), options)),
    ...crashes.map(crash),
    ...lines(
      "Broken expectations",
      expectations.map((one) => expectationLine(one, name(one.scenario)))
    ),
    ...lines(
      "Faults left behind",
      unhealed.map(
        ({ scenario, found: { kind, target } }) => say`${code(kind)} on ${code(target)} in ${scenarioName(scenario)} was not healed`
      )
    )
  ];
  return blocks.length === 0 ? [] : [heading(say`What broke`), ...blocks];
}
function violationId(index) {
  return `violation-${index + 1}`;
}
function knownSection(record) {
  const { known, gone } = findingsOf(record);
  return [
    ...known.length === 0 ? [] : [heading(say`Known issues seen`), list(known.map(knownLine))],
    ...gone.length === 0 ? [] : [heading(say`Known issues not seen any more`), list(gone.map(goneLine))]
  ];
}
function undecidedSection(record) {
  const { undecided } = findingsOf(record);
  const skipped = undecided.filter(({ verdict }) => verdict === "skipped");
  const open = undecided.filter(({ verdict }) => verdict !== "skipped");
  return [
    ...open.length === 0 ? [] : [
      heading(say`What could not be decided`),
      list(
        open.map(
          (scenario) => say`${code(scenario.name)}: ${sentence(scenario.reason)} To try it again: ${command(repeatCommand(record, scenario))}`
        )
      )
    ],
    ...skipped.length === 0 ? [] : [
      heading(say`What was not run`),
      list(skipped.map((scenario) => say`${code(scenario.name)}: ${sentence(scenario.reason)}`))
    ]
  ];
}
function expectationLine({ scenario, found }, name) {
  const measured = own(measuredText(scenario, found));
  return say`${strong(own(expectationNames[found.name]))} ${measured}, expected ${own(expectedText(found))}, in ${name}`;
}
function lines(head, items) {
  return items.length === 0 ? [] : [{ type: "finding", head: own(head), blocks: [list(items)] }];
}
function violation(record, { scenario, found }, id, { examples, lifelines, commands }) {
  const { invariant, count, statement, clause } = found;
  const shown = found.examples.slice(0, examples);
  const [first] = shown;
  const episodes = episodesPart(scenario, found, lifelines);
  const promise = say`${sentence(capital(statement))}`;
  return {
    type: "finding",
    id,
    head: say`${invariant}: ${own(plural(count, "violation"))} in ${where(scenario)}`,
    blocks: [
      paragraph(clause === null ? promise : say`${promise} ${muted(say`(${clause})`)}`),
      ...first ? [
        paragraph(
          say`${strong(say`For example:`)} ${sentence(first.what)}${episodes.length === 0 ? say` ${moment(scenario, first)}` : nothing}`
        )
      ] : [],
      ...episodes,
      ...first ? [evidence(scenario, shown, found)] : [],
      ...commands ? [paragraph(say`To repeat: ${command(repeatCommand(record, scenario))}`)] : []
    ]
  };
}
function evidence(scenario, shown, violation2) {
  const { count, examples } = violation2;
  const told = new Set(linesShown(violation2));
  return fold(say`Evidence: ${shown.length} of ${own(plural(count, "violation"))}`, [
    ...shown.flatMap((one, index) => exampleBlocks(scenario, one, index + 1, newLines(one.logs, told))),
    ...examples.length > shown.length ? [paragraph(say`More examples are in report.json.`)] : []
  ]);
}
function newLines(lines2, told) {
  const fresh = lines2.filter((line) => !told.has(line));
  for (const line of fresh) told.add(line);
  return fresh;
}
function exampleBlocks(scenario, one, number, logs) {
  const facts = Object.entries(one.facts).map(
    ([name, value]) => [name, value === null ? say`none` : code(String(value))]
  );
  const what = number === 1 ? moment(scenario, one) : say`${sentence(one.what)} ${moment(scenario, one)}`;
  return [
    paragraph(say`${strong(say`${number}.`)} ${what}`),
    ...facts.length === 0 ? [] : [{ type: "facts", facts }],
    ...logs.length === 0 ? [] : [output(logs)]
  ];
}
function moment({ faults }, one) {
  const when = momentOf(one);
  return when === void 0 || one.atMs === null ? nothing : say`${own(when)} ${meanwhile(faults, one.atMs, "that")}`;
}
function crash({ scenario, found }) {
  const { node, atMs, how, suspects = [], lastLines } = found;
  return {
    type: "finding",
    head: say`${node} ended by itself in ${where(scenario)}`,
    blocks: [
      paragraph(say`At ${own(formatAt(atMs))}: ${sentence(how)}`),
      ...suspects.length === 0 ? [] : [paragraph(own(suspectsTitle)), output(suspects)],
      ...lastLines.length === 0 ? [] : [fold(say`Its last lines`, [output(lastLines)])]
    ]
  };
}
function knownLine({ scenario, found }) {
  const { invariant, count, known, limitedTo } = found;
  return say`${code(invariant)} in ${code(scenario.name)}${limitedTo === void 0 ? own("") : say` (${limitedTo})`}: ${own(plural(count, "violation"))}. ${sentence(known ?? "")}`;
}
function goneLine({ invariant, scenario, why, limitedTo }) {
  const at = scenario === null ? own("") : say` in ${code(scenario)}`;
  const of = limitedTo === void 0 ? own("") : say` (${limitedTo})`;
  return say`${code(invariant)}${at}${of}: ${sentence(why)} If this stays so, remove it from chaos.yml.`;
}

// src/report/sections/dimensions.ts
function dimensionsPart({ dimensions, scenarios }) {
  const shown = new Set(scenarios.map(({ dimension }) => dimension));
  const scores = dimensions.flatMap((one) => {
    const { id: name, score, interval } = one;
    if (score === null) return [];
    const line = { name, score, interval, intervalText: formatDimensionInterval(one) };
    return [shown.has(name) && scenarios.length > 1 ? { ...line, fragment: `dimension=${name}` } : line];
  });
  const rest = dimensions.filter(({ score }) => score === null).map(({ id }) => id);
  return [
    ...scores.length === 0 ? [] : [{ type: "scores", what: "dimension", scores }],
    ...rest.length === 0 ? [] : [paragraph(own(`Not measured: ${rest.join(", ")}.`), "muted")]
  ];
}

// src/report/sections/card.ts
var mostFindings = 8;
function cardSection(record) {
  const { verdict, score, grade, interval, cap } = record;
  return [
    {
      ...{ type: "card", verdict, score, grade, interval, cap },
      ...record.sabotage && { unscored: sabotageScore(record.sabotage) },
      about: aboutRun(record),
      notes: notes(record),
      found: foundLines(record),
      remarks: capLine(record.cap),
      beside: dimensionsPart(record)
    }
  ];
}
function aboutRun({ broker, plan, tiers, durationMs, seed, startedAt }) {
  return [
    brokerName(broker),
    own(plural(broker.nodes, "node")),
    plan === null ? own(`tier ${tiers.join(", ")}`) : say`plan ${plan}`,
    own(formatMs(durationMs)),
    say`seed ${code(seed)}`,
    say`${startedAt}`
  ];
}
function brokerName({ name, mutant }) {
  return mutant === null ? say`${name}` : say`${name} with a defect put in on purpose, the mutant ${code(mutant)}`;
}
function notes(record) {
  const { broker, error, partial } = record;
  const incomplete = partial ? [
    say`${strong(say`This run is not complete:`)} ${error === null ? own("it is still going on, or was cut off.") : errorLine(error)} What follows covers only what was done until then.`
  ] : [];
  return [
    ...sabotageLine(record.sabotage),
    ...defaultBrokerLine(broker),
    ...incomplete,
    ...error !== null && !partial ? [say`${strong(say`Error:`)} ${errorLine(error)}`] : []
  ];
}
function defaultBrokerLine({ isDefault }) {
  return isDefault ? [say`${strong(say`Not your broker:`)} ${own(sentence(defaultBrokerNote))}`] : [];
}
function sabotageScore({ name }) {
  return say`sabotaged: ${name}, no score`;
}
function sabotageLine(sabotage) {
  return sabotage ? [say`${strong(say`Sabotaged:`)} ${sentence(sabotageNote(sabotage))}`] : [];
}
function capLine(cap) {
  return cap === null ? [] : [say`The score is capped: ${cap}.`];
}
function errorLine({ message, code: kind, hint }) {
  const what = say`${sentence(message)} (${code(kind)})`;
  return hint === null ? what : say`${what} ${sentence(hint)}`;
}
function foundLines(record) {
  const { violations, crashes, expectations, unhealed, undecided, known } = findingsOf(record);
  const line = (tone, text) => ({ tone, text });
  const name = namer();
  const all = [
    ...violations.map(
      ({ scenario, found: { invariant, count } }, index) => line(
        "bad",
        say`${jump(violationId(index), strong(say`${invariant}`))}: ${own(plural(count, "violation"))} in ${name(scenario)}`
      )
    ),
    ...crashes.map(
      ({ scenario, found: { node, how } }) => line("bad", say`${strong(say`${node} ended by itself`)} in ${name(scenario)}: ${how}`)
    ),
    ...expectations.map((one) => line("bad", expectationLine(one, name(one.scenario)))),
    ...unhealed.map(
      ({ scenario, found: { kind, target } }) => line("bad", say`${strong(say`left behind`)}: ${kind} on ${target} in ${scenarioName(scenario)}`)
    ),
    ...undecided.map(
      (scenario) => line("doubt", say`${scenarioName(scenario)} ${own(scenario.verdict)}: ${sentence(scenario.reason)}`)
    ),
    ...known.map(
      ({ scenario, found: { invariant, count, limitedTo } }) => line(
        "doubt",
        say`known issue: ${invariant}${ofClients({ limitedTo })}, ${own(plural(count, "violation"))} in ${name(scenario)}`
      )
    )
  ];
  if (all.length === 0)
    return record.verdict === "pass" ? [line("good", own(`Nothing broke in ${plural(record.scenarios.length, "scenario")}.`))] : [];
  if (all.length <= mostFindings) return all;
  const shown = all.slice(0, mostFindings - 1);
  return [...shown, line("doubt", own(`and ${formatCount(all.length - shown.length)} more below`))];
}

// src/report/sections/trend.ts
function trendSection(trend) {
  const { runs, older, newest } = trend;
  const last = runs.at(-1);
  if (last === void 0) return [];
  const { broker, verdict } = last.record;
  const shown = runs.map(runOf);
  const about = [brokerName(broker), say`${scopeText(last.record)}`, own(plural(broker.nodes, "node"))];
  return [
    heading(joined(about)),
    paragraph(
      say`${own(plural(runs.length, "run"))}${own(older === 0 ? "" : `, and ${formatCount(older)} older`)}, ${spanOf(shown)}. The newest is ${own(verdict)}, ${own(scoreText(last.record))}: ${code(last.name)}.`
    ),
    { type: "trend", runs: shown, lines: trend.series.map(lineOf) },
    ...newest === void 0 ? [] : [paragraph(say`The newest run against the one before it:`), ...resultPart(newest)]
  ];
}
function leftOutPart(leftOut) {
  return leftOut.map(({ name, why }) => note(say`left out: ${code(name)}: ${why}`));
}
function runsPart({ runs, series }) {
  const heads = ["started", "verdict", ...series.map(({ id }) => id), "violations and crashes", "tool", "report"];
  const rows = runs.map((run, index) => {
    const { startedAt, verdict, tool } = run.record;
    return [
      own(`${new Date(startedAt).toISOString().slice(0, 16)}Z`),
      own(verdict),
      ...series.map(({ values }) => scoreCell(values[index])),
      own(formatCount(unexplained(run))),
      say`${tool.version}`,
      code(run.name)
    ];
  });
  return [
    fold(own("The figures of each run"), [
      table(
        heads.map((head) => ({ head })),
        rows
      )
    ])
  ];
}
function scoreCell(value) {
  const { score = null, interval = null } = value ?? {};
  const shown = own(formatScore(score));
  return interval === null ? shown : say`${shown}${lineBreak}${muted(own(formatRange(interval)))}`;
}
function trendTable(runs, lines2) {
  const number = (head) => ({ head, kind: "number" });
  return table(
    [
      { head: "score" },
      { head: "oldest to newest" },
      ...["first", "last", "lowest"].map(number),
      { head: "newest against the one before" }
    ],
    lines2.map((line) => {
      const { first, last, lowest } = summaryOf(runs, line);
      const shown = (one) => own(formatScore(one?.score ?? null));
      return [own(line.name), own(sparkline(line.values)), shown(first), shown(last), shown(lowest), own(line.call)];
    })
  );
}
function trendText(runs, line) {
  const { name, values } = line;
  const { first, last, lowest, gaps } = summaryOf(runs, line);
  const over = plural(values.length, "run");
  if (first === void 0 || last === void 0 || lowest === void 0) return `${name}: not measured in ${over}`;
  return [
    `${name} over ${over}: first ${formatScore(first.score)}`,
    `last ${formatScore(last.score)}`,
    `lowest ${formatScore(lowest.score)}${lowest.run === void 0 ? "" : ` on ${dateOf(lowest.run)}`}`,
    ...gaps === 0 ? [] : [`${formatCount(gaps)} not measured`]
  ].join(", ");
}
function summaryOf(runs, { values }) {
  const measured = values.flatMap(
    ({ score }, index) => score === null ? [] : [{ score, run: runs[index] }]
  );
  const lowest = measured.reduce(
    (least, one) => least === void 0 || one.score < least.score ? one : least,
    void 0
  );
  return { first: measured[0], last: measured.at(-1), lowest, gaps: values.length - measured.length };
}
function dateOf({ startedAt }) {
  return new Date(startedAt).toISOString().slice(0, 10);
}
function runOf({ record: { startedAt, verdict } }) {
  return { startedAt, verdict };
}
function lineOf({ id, values, call }) {
  return { name: id, values, call: call === void 0 ? "only one run" : callWords[call] };
}
function spanOf(runs) {
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === void 0 || last === void 0) return own("");
  return own(dateOf(first) === dateOf(last) ? `on ${dateOf(first)}` : `from ${dateOf(first)} to ${dateOf(last)}`);
}
function unexplained({ record }) {
  return attempts(record.scenarios).reduce(
    (sum, { violations, crashes }) => sum + crashes.length + violations.reduce((of, { count, known }) => of + (known === null ? count : 0), 0),
    0
  );
}

// src/report/sections/cells.ts
function orNotMeasured(outside) {
  return plain(outside) === "" ? own(notMeasured) : say`${outside}`;
}

export {
  say,
  own,
  code,
  command,
  strong,
  muted,
  verdictOf,
  scenarioName,
  link,
  lineBreak,
  bad,
  joined,
  heading,
  title,
  paragraph,
  note,
  list,
  fold,
  columns,
  only,
  table,
  clock,
  meanwhileText,
  momentOf,
  orNotMeasured,
  brokenSection,
  knownSection,
  undecidedSection,
  dimensionsPart,
  cardSection,
  brokerName,
  defaultBrokerLine,
  sabotageLine,
  capLine,
  compareRecords,
  compareRounds,
  resultOf,
  sidesPart,
  resultPart,
  comparisonSection,
  scoreText,
  trendSection,
  leftOutPart,
  runsPart,
  trendTable,
  trendText,
  dateOf
};
