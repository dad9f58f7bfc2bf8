import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  bad,
  heading,
  lineBreak,
  muted,
  only,
  own,
  paragraph,
  say,
  scenarioName,
  table,
  verdictOf
} from "./chunk-WV6MXPV7.js";
import {
  formatAccounted,
  formatFaultsProven,
  formatMeasure,
  formatRange,
  formatScore
} from "./chunk-AU4Z6BYV.js";
import {
  isBroken,
  isCapped
} from "./chunk-3XBQVNRE.js";

// src/report/sections/scenarios.ts
var figures = [
  "score, 95% interval",
  "availability",
  "p99 latency",
  "recovery",
  "faults proven",
  "deliveries accounted"
];
function scenariosSection({ scenarios, startedAt }) {
  if (scenarios.length === 0) return [heading(say`Scenarios`), paragraph(say`No scenario was run.`)];
  return [
    heading(say`Scenarios`),
    table(
      [{ head: "scenario" }, { head: "verdict" }, ...figures.map((head) => ({ head, kind: "number" }))],
      scenarios.map((scenario) => ({ isBad: scenario.verdict === "fail", cells: cellsOf(scenario) }))
    ),
    only(
      "text",
      paragraph(
        say`Times below are counted from the start of the run, ${startedAt}, those of a chart from the start of its steady phase. The bars of a chart show when a fault was in force; they measure nothing.`
      )
    ),
    only(
      "page",
      paragraph(
        say`All times below are counted from the start of the run, ${startedAt}. In the charts, a fault was in force where they are shaded, and a phase began at each dotted line. An operation counts at the time it was due, however late it was done. A gap means that nothing was measured. Drag to zoom, double-click to zoom out.`,
        "muted"
      )
    )
  ];
}
function cellsOf(scenario) {
  const { attempt, score, interval, accounting } = scenario;
  const accounted = own(formatAccounted(scenario));
  return [
    scenarioName(scenario),
    attempt > 1 ? say`${verdictOf(scenario)} (run ${attempt})` : verdictOf(scenario),
    interval === null ? own(formatScore(score)) : say`${own(formatScore(score))}${lineBreak}${muted(own(isCapped(scenario) ? "capped" : formatRange(interval)))}`,
    ...["availability", "p99-latency", "recovery"].map((name) => measureCell(scenario, name)),
    own(formatFaultsProven(scenario)),
    accounting.lost > 0 ? bad(accounted) : accounted
  ];
}
function measureCell(scenario, name) {
  const shown = own(formatMeasure(scenario, name));
  const broke = scenario.verdict === "fail" && scenario.expectations.some((one) => one.name === name && isBroken(one));
  return broke ? bad(shown) : shown;
}

export {
  scenariosSection,
  measureCell
};
