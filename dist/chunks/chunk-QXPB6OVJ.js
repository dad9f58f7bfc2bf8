import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  balance,
  capital,
  checkTitles,
  code,
  cutLogsText,
  defaultBrokerNote,
  expectationNames,
  expectedText,
  featureRows,
  fenced,
  fencedCommand,
  findingsOf,
  formatAccounted,
  formatAt,
  formatAvailability,
  formatCores,
  formatDimensionInterval,
  formatFaultsProven,
  formatGrowth,
  formatInterval,
  formatLatency,
  formatMeasure,
  formatMebibytes,
  formatRange,
  formatScore,
  gapText,
  harnessText,
  inlineCommand,
  leftOutOf,
  machineText,
  measuredText,
  mermaidText,
  metText,
  notApplicableOf,
  notMeasured,
  otherRuns,
  partsText,
  plain,
  repeatCommand,
  sentence,
  suspectsTitle,
  text,
  unknownOf,
  whyNotApplicable
} from "./chunk-LM6SR54X.js";
import {
  formatCount,
  plural
} from "./chunk-72AKB4P6.js";
import {
  isBroken
} from "./chunk-ZWRR66DW.js";
import {
  formatMs
} from "./chunk-VDOZDET2.js";

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
function partsOf(value) {
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
    case "scores":
      return tableOf(
        [{ head: block.what }, { head: "score", kind: "number" }, { head: "95% interval" }],
        block.scores.map(({ name, score, intervalText }) => [own(name), own(formatScore(score)), own(intervalText)])
      );
    case "sums":
      return block.sums.flatMap(sumLines).join("\n");
  }
}
function sumLines({ what, total, parts, gap, beside }) {
  const equation = `- ${what} ${formatCount(total)} = ${parts.map(partText).join(" + ")}.`;
  const broken2 = gap === 0 ? "" : ` **${gapText(gap)}**`;
  const further = beside?.rules === void 0 ? [] : [`- ${beside.what}: ${ruleTexts(beside.rules)}.`];
  return [`${equation}${broken2}`, ...further];
}
function partText({ what, count, rules = [], isBad = false }) {
  const shown = isBad ? `**${formatCount(count)}**` : formatCount(count);
  return `${what} ${shown}${rules.length === 0 ? "" : ` (${ruleTexts(rules)})`}`;
}
function ruleTexts(rules) {
  return rules.map(([rule, count]) => `${text(rule)}: ${formatCount(count)}`).join("; ");
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

// src/report/sections/dimensions.ts
function dimensionsPart({ dimensions: dimensions2 }) {
  const scores = dimensions2.flatMap(
    (one) => one.score === null ? [] : [{ name: one.id, score: one.score, interval: one.interval, intervalText: formatDimensionInterval(one) }]
  );
  const rest = dimensions2.filter(({ score }) => score === null).map(({ id }) => id);
  return [
    ...scores.length === 0 ? [] : [{ type: "scores", what: "dimension", scores }],
    ...rest.length === 0 ? [] : [paragraph(own(`Not measured: ${rest.join(", ")}.`), "muted")]
  ];
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

// src/report/sections/messages.ts
function messagesPart(accounting) {
  const { published, acknowledged, unknown, notSent, unacknowledgeable, owed, delivered, lost } = accounting;
  if (published === 0 && owed === 0) return [title(say`Messages`), paragraph(say`Not measured.`)];
  const { legal, publishedGap, owedGap } = balance(accounting);
  const duplicates = rulesOf(accounting.legalDuplicates);
  const more = {
    what: "received more than once where that is allowed",
    count: duplicates.reduce((sum, [, count]) => sum + count, 0),
    rules: duplicates
  };
  return [
    title(say`Messages`),
    {
      type: "sums",
      sums: [
        {
          what: "published",
          total: published,
          parts: [
            { what: "acknowledged", count: acknowledged },
            { what: "unknown", note: "written, never acknowledged", count: unknown },
            { what: "not sent", count: notSent },
            { what: "QoS 0", note: "nothing to acknowledge", count: unacknowledgeable }
          ],
          gap: publishedGap
        },
        {
          what: "owed",
          note: "one for each message and subscription",
          total: owed,
          parts: [
            { what: "delivered", count: delivered },
            { what: "legally undelivered", count: legal, rules: rulesOf(accounting.legallyUndelivered) },
            { what: "lost", count: lost, isBad: lost > 0 }
          ],
          gap: owedGap,
          ...duplicates.length === 0 ? {} : { beside: more }
        }
      ]
    }
  ];
}
function rulesOf(counts) {
  return Object.entries(counts).filter(([, count]) => count > 0);
}

// src/report/sections/repeat.ts
function repeatSection({ command: command2 }) {
  return [heading(say`How to repeat it`), { type: "command", command: command2 }];
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
    ...["availability", "p99-latency", "recovery"].map((name) => measure(scenario, name)),
    own(formatFaultsProven(scenario)),
    accounting.lost > 0 ? bad(accounted) : accounted
  ];
}
function measure(scenario, name) {
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
    ...dimensions(record),
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
function dimensions(record) {
  const parts = dimensionsPart(record);
  return parts.some(({ type }) => type === "scores") ? ["## Dimensions", ...printMarkdown(parts)] : [];
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
    ...printMarkdown([...messagesPart(scenario.accounting), ...phasesPart(scenario)]),
    ...otherRuns(scenario).map((run) => `Run ${run.attempt} was ${run.verdict}: ${sentence(text(run.reason))}`),
    `To repeat this scenario: ${inlineCommand(repeatCommand(record, scenario))}`
  ];
}
function verdictText(scenario) {
  return scenario.verdict === "fail" ? "**FAIL**" : scenario.verdict;
}
function attemptText(scenario) {
  return scenario.attempt > 1 ? ` (run ${scenario.attempt})` : "";
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

export {
  latencyChart,
  renderComparison,
  callText,
  differenceText,
  sideText,
  where,
  printMarkdown,
  details,
  abilitiesSection,
  brokenSection,
  knownSection,
  expectationLine,
  dimensionsPart,
  environmentSection,
  messagesPart,
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
