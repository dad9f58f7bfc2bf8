import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  repeatSection
} from "./chunk-WR6MWXGD.js";
import {
  measureCell,
  scenariosSection
} from "./chunk-24CB5SRQ.js";
import {
  latencyChart,
  printMarkdown
} from "./chunk-HZ722BGO.js";
import {
  bad,
  brokenSection,
  brokerName,
  capLine,
  cardSection,
  code,
  comparisonSection,
  defaultBrokerLine,
  fold,
  heading,
  joined,
  knownSection,
  link,
  list,
  note,
  own,
  paragraph,
  sabotageLine,
  say,
  strong,
  table,
  title,
  undecidedSection
} from "./chunk-WV6MXPV7.js";
import {
  attempts,
  capital,
  formatInterval,
  formatScore,
  text
} from "./chunk-AU4Z6BYV.js";
import {
  plural
} from "./chunk-72AKB4P6.js";
import {
  formatMs
} from "./chunk-VDOZDET2.js";

// src/report/join-within.ts
var gap = "\n\n";
function joinWithin(pieces, mostBytes3) {
  const sizes = pieces.map(({ text: text2 }) => Buffer.byteLength(text2) + gap.length);
  let size = sizes.reduce((sum, one) => sum + one, 0);
  const order = pieces.map(({ rank }, index) => ({ rank, index })).toSorted((a, b) => b.rank - a.rank || b.index - a.index);
  const dropped = /* @__PURE__ */ new Set();
  for (const { index } of order) {
    if (size + Buffer.byteLength(note2(dropped.size)) < mostBytes3) break;
    dropped.add(index);
    size -= sizes[index] ?? 0;
  }
  const kept = pieces.filter((_, index) => !dropped.has(index)).map(({ text: text2 }) => text2);
  if (kept.length > 0 || pieces.length === 0)
    return `${[...kept, ...dropped.size === 0 ? [] : [note2(dropped.size)]].join(gap)}
`;
  const first = Buffer.from(pieces[0]?.text ?? "");
  return `${new TextDecoder().decode(first.subarray(0, mostBytes3 - 8), { stream: true })}
`;
}
function note2(dropped) {
  if (dropped === 0) return "";
  return `*${dropped === 1 ? "One section is" : `${dropped} sections are`} left out here because there is no space; the report has all.*`;
}

// src/report/step-summary.ts
var mostBytes = 1e6;
var openCharts = 2;
function renderStepSummary(record, { against, links = {} } = {}) {
  const ranked = [
    [0, cardSection(record)],
    [0, linksPart(links)],
    // The evidence of the last violation goes before that of the first.
    [3, [...brokenSection(record, { examples: 3, lifelines: 3, commands: true }), ...knownSection(record)]],
    [2, undecidedSection(record)],
    [1, againstPart(against)],
    [1, scenariosSection(record)],
    [4, latencySection(record)],
    [2, repeatSection(record)]
  ];
  const pieces = ranked.flatMap(([rank, blocks]) => printMarkdown(blocks).map((text2) => ({ text: text2, rank })));
  return joinWithin(pieces, mostBytes);
}
function latencySection({ scenarios }) {
  const drawn = scenarios.filter((scenario) => latencyChart(scenario) !== void 0).toSorted((a, b) => urgency(a) - urgency(b));
  if (drawn.length === 0) return [];
  return [
    heading(say`Latency over time`),
    ...drawn.flatMap((scenario, index) => {
      const name = say`${scenario.name}: ${scenario.title}`;
      const chart = { type: "charts", scenario };
      return index < openCharts ? [title(name), chart] : [fold(name, [chart])];
    })
  ];
}
function renderFailure(what, problems) {
  const blocks = [paragraph(say`${what}`), list(problems.map((problem) => say`${problem}`))];
  return `${["# ERROR: the run could not be made", ...printMarkdown(blocks)].join("\n\n")}
`;
}
function linksPart({ artifact, html, run }) {
  const links = [
    ...html === void 0 ? [] : [link(html, "Report with charts")],
    ...artifact === void 0 ? [] : [link(artifact, "All reports, logs and metrics")],
    ...run === void 0 ? [] : [link(run, "Workflow run")]
  ];
  return links.length === 0 ? [] : [paragraph(joined(links, " \xB7 "))];
}
function againstPart(against) {
  if (against === void 0) return [];
  if (against.kind === "none") return [paragraph(say`Not compared with a base: ${against.why}.`)];
  return [
    ...comparisonSection(against.comparison, { scenarios: "changed" }),
    paragraph(say`The base is ${against.label}.`)
  ];
}
function urgency({ verdict }) {
  return { fail: 0, inconclusive: 1, pass: 2, skipped: 3 }[verdict];
}

// src/report/comment.ts
var mostBytes2 = 6e4;
var marks = { pass: "\u2705", fail: "\u274C", inconclusive: "\u26A0\uFE0F", skipped: "\u26A0\uFE0F" };
function renderComment(record, options = {}) {
  const { marker, against, links = {}, foreign = false } = options;
  const ranked = [
    [0, resultPart(record, options)],
    [1, capLine(record.cap).map(note)],
    [3, [...brokenSection(record, { examples: 3, lifelines: 1, commands: !foreign }), ...knownSection(record)]],
    [2, undecidedSection(record)],
    [1, isUnchanged(against) ? [] : againstPart(against)],
    [1, scenariosPart(record)],
    [0, linksPart(links)],
    [0, [paragraph(joined(aboutRun(record, options), " \xB7 "), "small")]],
    [4, foreign ? [] : [fold(say`How to repeat it`, [{ type: "command", command: record.command }])]]
  ];
  const pieces = ranked.flatMap(
    ([rank, blocks]) => printMarkdown(blocks, { level: 3 }).map((text2) => ({ text: text2, rank }))
  );
  const head = `${marker === void 0 ? "" : `${marker}
`}## ${title2(record, options.leg)}`;
  return joinWithin([{ text: head, rank: 0 }, ...pieces], mostBytes2);
}
function resultPart(record, { against, remark }) {
  const { broker, error } = record;
  return [
    paragraph(joined([...intervalAndChange(record, against), ...faultsProven(record)], " ")),
    ...sabotageLine(record.sabotage).map(note),
    ...defaultBrokerLine(broker).map(note),
    ...remark === void 0 ? [] : [note(say`${remark}.`)],
    ...error === null ? [] : [
      note(
        say`${strong(say`The run was interrupted:`)} ${error.message}. What follows covers only what was done until then.`
      )
    ]
  ];
}
function aboutRun({ broker, tiers, durationMs }, { sha }) {
  return [
    brokerName(broker),
    own(plural(broker.nodes, "node")),
    own(`tier ${tiers.join(", ")}`),
    own(formatMs(durationMs)),
    ...sha === void 0 ? [] : [say`commit ${sha.slice(0, 7)}`]
  ];
}
function isUnchanged(against) {
  if (against?.kind !== "base") return false;
  const { total, scenarios, appeared, stayed, gone, onlyInBase, onlyInHead, caveats } = against.comparison;
  const lists = [appeared, stayed, gone, onlyInBase, onlyInHead, caveats];
  return [total, ...scenarios].every(({ call }) => call === "same") && lists.every((list2) => list2.length === 0);
}
function title2(record, leg) {
  const mark = record.error === null ? marks[record.verdict] : "\u274C";
  const verdict = record.error === null ? record.verdict.toUpperCase() : record.error.code === "cancelled" ? "CANCELLED" : "ERROR";
  const score = record.sabotage ? `sabotaged: ${text(record.sabotage.name)}, no score` : record.score === null ? "score not measured" : `${formatScore(record.score)} of 10${record.grade === null ? "" : `, ${record.grade}`}`;
  return `${mark} Chaos${leg === void 0 ? "" : ` (${text(leg)})`}: ${verdict}, ${score}`;
}
function intervalAndChange(record, against) {
  const { grade, cap } = record;
  const saysSomething = grade !== null && cap === null && record.interval !== null;
  const interval = saysSomething ? [own(`${capital(formatInterval(record.interval))}.`)] : [];
  if (against?.kind !== "base") return interval;
  return [...interval, say`${changeLine(against.comparison)} (${against.label}).`];
}
function changeLine({ total: { call, difference, base } }) {
  if (call === "unknown") return say`It is unknown whether this is a change`;
  if (call === "same") return own(`No change outside the noise against the base, ${formatScore(base.score)}`);
  const change = `${call === "better" ? "\u25B2 Better" : "\u25BC Worse"} than the base by ${Math.abs(difference ?? 0).toFixed(2)}`;
  return strong(own(change));
}
function faultsProven({ scenarios }) {
  if (scenarios.length === 0) return [];
  const faults = scenarios.flatMap((scenario) => scenario.faults);
  const proven = faults.filter((fault) => fault.proven).length;
  const owed = scenarios.reduce((sum, { accounting }) => sum + accounting.owed, 0);
  const lost = scenarios.reduce((sum, { accounting }) => sum + accounting.lost, 0);
  const deliveries = (count) => own(plural(count, "delivery", "deliveries"));
  return [
    say`${proven} of ${own(plural(faults.length, "fault"))} proven, ${deliveries(owed)} owed, ${lost === 0 ? own("none") : bad(deliveries(lost))} lost.`
  ];
}
function scenariosPart({ scenarios }) {
  if (scenarios.length === 0) return [];
  const figures = ["score", "availability", "p99 latency", "recovery"];
  return [
    table(
      [{ head: "scenario" }, { head: "verdict" }, ...figures.map((head) => ({ head, kind: "number" }))],
      scenarios.map((scenario) => [
        say`${own(marks[scenario.verdict])} ${code(scenario.name)}`,
        own(`${scenario.verdict}${runsText(scenario)}`),
        own(formatScore(scenario.score)),
        ...["availability", "p99-latency", "recovery"].map((name) => measureCell(scenario, name))
      ])
    )
  ];
}
function runsText(scenario) {
  const runs = attempts([scenario]).length;
  return runs > 1 ? ` (${runs} runs)` : "";
}

export {
  renderStepSummary,
  renderFailure,
  renderComment
};
