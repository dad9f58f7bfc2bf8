import type { ExpectationRecord, RunRecord, ScenarioRecord } from '../../model/record.ts';
import { isBroken } from '../../score/scenario.ts';
import {
  type Block,
  bad,
  heading,
  type Inline,
  lineBreak,
  muted,
  own,
  paragraph,
  say,
  scenarioName,
  table,
  verdictOf,
} from '../document.ts';
import { formatAccounted, formatFaultsProven, formatMeasure, formatRange, formatScore } from '../format.ts';

const figures = [
  'score, 95% interval',
  'availability',
  'p99 latency',
  'recovery',
  'faults proven',
  'messages accounted',
];

/** All scenarios, a row for each. */
export function scenariosSection({ scenarios }: RunRecord): Block[] {
  if (scenarios.length === 0) return [heading(say`Scenarios`), paragraph(say`No scenario was run.`)];
  return [
    heading(say`Scenarios`),
    table(
      [{ head: 'scenario' }, { head: 'verdict' }, ...figures.map((head) => ({ head, kind: 'number' as const }))],
      scenarios.map((scenario) => ({ verdict: scenario.verdict, cells: cellsOf(scenario) })),
    ),
  ];
}

function cellsOf(scenario: ScenarioRecord): Inline[] {
  const { attempt, score, interval, accounting } = scenario;
  const accounted = own(formatAccounted(scenario));
  return [
    scenarioName(scenario),
    attempt > 1 ? say`${verdictOf(scenario)} (run ${attempt})` : verdictOf(scenario),
    interval === null
      ? own(formatScore(score))
      : say`${own(formatScore(score))}${lineBreak}${muted(own(formatRange(interval)))}`,
    ...(['availability', 'p99-latency', 'recovery'] as const).map((name) => measure(scenario, name)),
    own(formatFaultsProven(scenario)),
    accounting.lost > 0 ? bad(accounted) : accounted,
  ];
}

/** Marked where the expectation was broken, so that the column that failed is seen at once. */
function measure(scenario: ScenarioRecord, name: ExpectationRecord['name']): Inline {
  const shown = own(formatMeasure(scenario, name));
  const broke = scenario.verdict === 'fail' && scenario.expectations.some((one) => one.name === name && isBroken(one));
  return broke ? bad(shown) : shown;
}
