import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  printText
} from "./chunk-DLLHNA4C.js";
import {
  kindOf,
  readReportAt
} from "./chunk-OKB27BJL.js";
import {
  identityOf,
  whyUnfinished
} from "./chunk-TA3G4OAG.js";
import "./chunk-K2GD2QCZ.js";
import {
  renderPage
} from "./chunk-FW7H7RDL.js";
import "./chunk-WR6MWXGD.js";
import "./chunk-24CB5SRQ.js";
import {
  printMarkdown
} from "./chunk-HZ722BGO.js";
import {
  compareRecords,
  leftOutPart,
  runsPart,
  trendSection
} from "./chunk-WV6MXPV7.js";
import "./chunk-QVH2ITTI.js";
import "./chunk-EKUSH7OR.js";
import "./chunk-AU4Z6BYV.js";
import "./chunk-2OZVQ7HJ.js";
import {
  plural
} from "./chunk-72AKB4P6.js";
import "./chunk-3XBQVNRE.js";
import "./chunk-C2BOSRP4.js";
import "./chunk-VDOZDET2.js";
import {
  version
} from "./chunk-GAWAXV74.js";
import "./chunk-GUM24SOH.js";
import "./chunk-4XSUANPV.js";
import {
  ChaosError,
  exitCodes,
  messageOf
} from "./chunk-EV4V3EIO.js";
import "./chunk-6DG7BXTN.js";

// src/cli/trend.ts
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";

// src/score/trend.ts
var mostRuns = 60;
function trendsOf(runs) {
  const groups = /* @__PURE__ */ new Map();
  for (const run of runs) {
    const of = JSON.stringify(identityOf(run.record));
    groups.set(of, [...groups.get(of) ?? [], run]);
  }
  const started = ({ record }) => Date.parse(record.startedAt);
  return [...groups.values()].map((group) => group.toSorted((a, b) => started(a) - started(b))).toSorted((a, b) => lastOf(b, started) - lastOf(a, started)).map((group) => trendOf(group.slice(-mostRuns), Math.max(0, group.length - mostRuns)));
}
function lastOf(group, started) {
  const last = group.at(-1);
  return last === void 0 ? 0 : started(last);
}
function trendOf(runs, older) {
  const records = runs.map(({ record }) => record);
  const [before, last] = records.slice(-2);
  const newest = before && last && compareRecords(before, last);
  const ids = new Set(
    records.flatMap(({ dimensions }) => dimensions.filter(({ score }) => score !== null).map(({ id }) => id))
  );
  const total = {
    id: "total",
    values: records.map(({ score, interval }) => ({ score, interval })),
    call: newest?.total.call
  };
  const ofDimension = (id) => ({
    id,
    values: records.map(({ dimensions }) => {
      const { score = null, interval = null } = dimensions.find((one) => one.id === id) ?? {};
      return { score, interval };
    }),
    call: newest && (newest.dimensions.find((one) => one.id === id)?.call ?? "unknown")
  });
  return { runs, older, series: [total, ...[...ids].map(ofDimension)], newest };
}
function withoutEvidence(record) {
  return { ...record, scenarios: record.scenarios.map(scenarioWithoutEvidence) };
}
function scenarioWithoutEvidence(scenario) {
  return {
    ...scenario,
    earlier: scenario.earlier && scenarioWithoutEvidence(scenario.earlier),
    phases: [],
    windows: [],
    faults: [],
    violations: scenario.violations.map(({ invariant, statement, clause, count, known }) => ({
      ...{ invariant, statement, clause, count, known },
      examples: []
    })),
    crashes: scenario.crashes.map((crash) => ({ ...crash, lastLines: [] }))
  };
}

// src/cli/trend.ts
var mostReports = 2e3;
async function trendCommand(options, out) {
  const { runs, leftOut } = await readRuns(options);
  const trends = trendsOf(runs);
  if (trends.length === 0)
    throw new ChaosError("usage", `no report in ${options.folder} can be drawn`, {
      hint: "name a folder with reports, with folders that have a report.json each, or with zips of artifacts",
      problems: leftOut.map(({ name, why }) => ({ message: why, location: { file: name } }))
    });
  out(render(trends, leftOut, options));
  return exitCodes.pass;
}
function render(trends, leftOut, options) {
  const rest = leftOutPart(leftOut);
  switch (options.format) {
    case "json":
      return JSON.stringify({ trends: trends.map(trendRecord), leftOut }, null, 2);
    case "text":
      return printText([...trends.flatMap(trendSection), ...rest], options);
    case "markdown":
      return printMarkdown([...trends.flatMap((trend) => [...trendSection(trend), ...runsPart(trend)]), ...rest]).join(
        "\n\n"
      );
    case "html":
      return renderPage(
        "Resilience over time",
        [...trends.map((trend) => ({ blocks: [...trendSection(trend), ...runsPart(trend)] })), { blocks: rest }],
        `chaos-action ${version}. Drawn from the report.json of each run, which holds every figure.`
      );
  }
}
function trendRecord({ runs, older, series, newest }) {
  const last = runs.at(-1)?.record;
  return {
    ...{ broker: last?.broker.name, plan: last?.plan, tiers: last?.tiers, nodes: last?.broker.nodes, older },
    runs: runs.map(({ name, record: { startedAt, seed, verdict, score, interval, dimensions } }) => ({
      ...{ report: name, startedAt, seed, verdict, score, interval, dimensions }
    })),
    newestAgainstTheOneBefore: newest && Object.fromEntries(series.map(({ id, call }) => [id, call]))
  };
}
async function readRuns({ cwd, folder }) {
  const runs = [];
  const leftOut = [];
  const seen = /* @__PURE__ */ new Set();
  for (const name of reportsIn(cwd, folder)) {
    try {
      const { record } = await readReportAt(cwd, name);
      const why = whyNotDrawn(record);
      const run = JSON.stringify([record.startedAt, record.seed, record.durationMs]);
      if (why !== void 0) leftOut.push({ name, why });
      else if (!seen.has(run)) runs.push({ name, record: withoutEvidence(record) });
      seen.add(run);
    } catch (error) {
      leftOut.push({ name, why: messageOf(error) });
    }
  }
  return { runs, leftOut };
}
function whyNotDrawn(record) {
  if (record.sabotage !== void 0) return "the run was sabotaged, and has no score";
  if (Number.isNaN(Date.parse(record.startedAt))) return "its start is not a date";
  return whyUnfinished(record);
}
function reportsIn(cwd, folder) {
  const kind = kindOf(cwd, folder);
  if (kind !== "folder")
    throw new ChaosError("usage", kind === "file" ? `${folder} is a file` : `there is no ${folder}`, {
      hint: "name a folder with reports"
    });
  const found = readdirSync(resolve(cwd, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = join(folder, entry.name);
    if (entry.isDirectory()) return kindOf(cwd, join(name, "report.json")) === "file" ? [name] : [];
    return /\.(json|zip)$/i.test(entry.name) && entry.name !== "badge.json" ? [name] : [];
  });
  if (found.length > mostReports)
    throw new ChaosError("usage", `${folder} has ${plural(found.length, "report")}; ${mostReports} are the most`);
  return found.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}
export {
  trendCommand
};
