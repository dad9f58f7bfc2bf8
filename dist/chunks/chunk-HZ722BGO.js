import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  clock,
  joined,
  orNotMeasured,
  own,
  trendTable
} from "./chunk-WV6MXPV7.js";
import {
  attemptText,
  code,
  fenced,
  fencedCommand,
  formatScore,
  gapText,
  inlineCommand,
  mermaidText,
  notMeasured,
  scoreText,
  text
} from "./chunk-AU4Z6BYV.js";
import {
  formatCount
} from "./chunk-72AKB4P6.js";

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
  const chart2 = [
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
    // Categories and not a range: on a range a bar would be wider than its second.
    `  x-axis "seconds since the start of ${first.phase}" [${pools.map((one) => second(one.startMs)).join(", ")}]`,
    `  y-axis "p99 in ms" 0 --> ${digits(top)}`,
    `  bar [${shade.join(", ")}]`,
    `  line [${held(pools).join(", ")}]`,
    "```"
  ].join("\n");
  const silent = pools.filter((one) => one.p99Ms === null);
  const note = silent.length === 0 ? void 0 : `Nothing arrived at ${spans(silent, second)}: no latency was measured there, and the line keeps the value before.`;
  return { chart: chart2, note };
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

// src/report/print-markdown.ts
function printMarkdown(blocks, options = {}) {
  return blocks.flatMap((block) => printBlock(block, options));
}
function printBlock(block, options) {
  const { level = 2 } = options;
  const inner = (blocks) => printMarkdown(blocks, options);
  switch (block.type) {
    case "card":
      return card(block);
    case "heading":
      return [`${"#".repeat(level)} ${line(block.text)}`];
    case "title":
      return [`**${line(block.text)}**`];
    case "paragraph":
      return [block.tone === "small" ? `<sub>${line(block.text)}</sub>` : line(block.text)];
    case "note":
      return [`> ${line(block.text)}`];
    case "list":
      return [block.items.map((item) => `- ${line(item)}`).join("\n")];
    case "table":
      return [tableOf(block.columns, block.rows)];
    case "command":
      return [fencedCommand(block.command)];
    case "fold":
      return [details(line(block.summary), inner(block.blocks))];
    case "finding":
      return [`${"#".repeat(level + 1)} ${line(block.head)}`, ...inner(block.blocks)];
    case "facts":
      return [
        tableOf(
          [{ head: "fact" }, { head: "value" }],
          block.facts.map(([name, value]) => ({ cells: [orNotMeasured(name), value] }))
        )
      ];
    case "output":
      return [fenced(block.lines)];
    case "scores":
      return [
        tableOf(
          [{ head: block.what }, { head: "score", kind: "number" }, { head: "95% interval" }],
          block.scores.map(({ name, score, intervalText }) => ({
            cells: [own(name), own(formatScore(score)), own(intervalText)]
          }))
        )
      ];
    case "sums":
      return [block.sums.flatMap(sumLines).join("\n")];
    case "charts":
      return chart(block.scenario);
    case "lifeline":
      return [details("Moment by moment", [eventLines(block.lifeline)])];
    case "trend":
      return inner([trendTable(block.runs, block.lines)]);
    case "columns":
      return inner(block.columns.flat());
    case "only":
      return block.medium === "text" ? inner(block.blocks) : [];
  }
}
function card({ verdict, unscored, about, notes, remarks, ...result }) {
  const scored = result.score === null ? unscored === void 0 ? `score ${notMeasured}` : line(unscored) : scoreText(result);
  return [
    `# ${verdict.toUpperCase()}: ${scored}`,
    line(joined(about, " \xB7 ")),
    ...[...notes, ...remarks].map((note) => `> ${line(note)}`)
  ];
}
function chart(scenario) {
  const drawn = latencyChart(scenario);
  if (!drawn) return [];
  return drawn.note === void 0 ? [drawn.chart] : [drawn.chart, drawn.note];
}
function eventLines({ events }) {
  return events.map(({ atMs, text: text2 }) => `- \`${clock(atMs)}\` ${line(text2)}`).join("\n");
}
function sumLines({ what, total, parts, gap, beside }) {
  const equation = `- ${what} ${formatCount(total)} = ${parts.map(partText).join(" + ")}.`;
  const broken = gap === 0 ? "" : ` **${gapText(gap)}**`;
  const further = beside?.rules === void 0 ? [] : [`- ${beside.what}: ${ruleTexts(beside.rules)}.`];
  return [`${equation}${broken}`, ...further];
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
    ...rows.map(({ cells }) => `| ${cells.map(line).join(" | ")} |`)
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
    case "jump":
      return line(part.of);
    case "link":
      return `[${text(part.text)}](${part.address})`;
    case "verdict":
      return part.verdict === "fail" ? "**FAIL**" : part.verdict;
    case "scenario":
      return `${code(part.scenario.name)}${attemptText(part.scenario)}`;
    case "break":
      return "<br>";
  }
}
function details(summary, blocks) {
  return ["<details>", `<summary>${summary}</summary>`, "", blocks.join("\n\n"), "", "</details>"].join("\n");
}

export {
  latencyChart,
  printMarkdown
};
