import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  printText
} from "./chunk-DLLHNA4C.js";
import {
  kindOf,
  readReportAt
} from "./chunk-OKB27BJL.js";
import {
  differenceOf,
  whyUnfinished
} from "./chunk-TA3G4OAG.js";
import {
  printMarkdown
} from "./chunk-HZ722BGO.js";
import {
  compareRounds,
  comparisonSection,
  resultOf,
  resultPart,
  sidesPart
} from "./chunk-WV6MXPV7.js";
import {
  plain
} from "./chunk-AU4Z6BYV.js";
import {
  ChaosError,
  exitCodes
} from "./chunk-EV4V3EIO.js";

// src/cli/compare.ts
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
var mostRuns = 100;
var resultCodes = {
  regression: exitCodes.fail,
  undecided: exitCodes.inconclusive,
  "no regression": exitCodes.pass
};
async function compareCommand(options, out) {
  const { cwd } = options;
  const [base, head] = sidesOf(options);
  return compareReports(await readSide(cwd, base), await readSide(cwd, head), options, out);
}
function compareReports(bases, heads, { json, markdown, colour, width }, out) {
  likeForLike([...bases, ...heads]);
  const records = (side) => side.map(({ record }) => record);
  const comparison = compareRounds(records(bases), records(heads));
  const result = resultOf(comparison);
  const blocks = [
    ...sidesPart(bases, heads),
    ...comparisonSection(comparison, { scenarios: "all" }),
    ...resultPart(comparison)
  ];
  if (json)
    out(JSON.stringify({ result, base: bases.map(sideRecord), head: heads.map(sideRecord), ...comparison }, null, 2));
  else out(markdown ? printMarkdown(blocks).join("\n\n") : printText(blocks, { colour, width }));
  return resultCodes[result];
}
function sidesOf({ sides, base, head }) {
  const [first, second, ...more] = sides;
  if (base !== void 0 && head !== void 0 && sides.length === 0) return [base, head];
  if (base === void 0 && head === void 0 && first !== void 0 && second !== void 0 && more.length === 0)
    return [[first], [second]];
  throw new ChaosError("usage", "a comparison has two sides", {
    hint: "compare BASE HEAD, each a report or several with commas; or compare --base A B --head C D"
  });
}
async function readSide(cwd, named) {
  const names = named.flatMap((one) => separated(cwd, one)).flatMap((one) => runsIn(cwd, one));
  if (names.length > mostRuns)
    throw new ChaosError("usage", `a side has ${names.length} runs; ${mostRuns} are the most that are compared`);
  const reports = [];
  for (const name of names) {
    const report = await readReportAt(cwd, name);
    if (reports.some(({ path }) => path === report.path))
      throw new ChaosError("usage", `${name} is named twice on one side`, { hint: "name each run once" });
    reports.push(report);
  }
  return reports;
}
function separated(cwd, names) {
  if (existsSync(resolve(cwd, names))) return [names];
  return names.split(",").filter((name) => name.trim() !== "");
}
function runsIn(cwd, name) {
  if (kindOf(cwd, name) !== "folder" || existsSync(resolve(cwd, name, "report.json"))) return [name];
  const runs = readdirSync(resolve(cwd, name)).filter((entry) => existsSync(resolve(cwd, name, entry, "report.json"))).sort((a, b) => a.localeCompare(b, "en", { numeric: true })).map((entry) => join(name, entry));
  return runs.length === 0 ? [name] : runs;
}
function likeForLike(runs) {
  const [first] = runs;
  const problems = runs.flatMap((one) => {
    const location = { file: one.name };
    const unfinished = whyUnfinished(one.record);
    if (unfinished !== void 0) return [{ message: unfinished, hint: "name runs that came to their end", location }];
    const different = first && differenceOf(one.record, first.record);
    if (!different) return [];
    return [
      {
        message: `this run is of ${plain(different.is)}, and ${first.name} of ${plain(different.isNot)}`,
        hint: "name runs of the same broker, with the same configuration and the same scenarios",
        location
      }
    ];
  });
  if (problems.length > 0) throw new ChaosError("usage", "these runs cannot be compared", { problems });
}
function sideRecord({ name, record }) {
  const { startedAt, seed, verdict, score, interval, tool } = record;
  return { report: name, startedAt, seed, tool: tool.version, verdict, score, interval };
}

export {
  compareCommand,
  compareReports,
  readSide,
  likeForLike
};
