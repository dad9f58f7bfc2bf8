import type { RunRecord, ScenarioRecord } from '../../model/record.ts';
import type { Comparison } from '../../score/compare.ts';
import { attempts } from '../../score/run.ts';
import { heading, only, type Section, say } from '../document.ts';
import { abilitiesSection } from './abilities.ts';
import { brokenSection, knownSection, undecidedSection } from './broken.ts';
import { cardSection } from './card.ts';
import { comparisonSection } from './comparison.ts';
import { dimensionsPart } from './dimensions.ts';
import { environmentSection } from './environment.ts';
import { repeatSection } from './repeat.ts';
import { scenarioSection } from './scenario.ts';
import { scenariosSection } from './scenarios.ts';

export type ReportOptions = {
  /** Examples of each violation; report.json has more. */
  readonly examples: number;
  /** Episodes of each violation that have a lifeline. */
  readonly lifelines: number;
  readonly comparison?: Comparison | undefined;
};

/** All that a whole report says, in its order: the result and what broke come first, how to repeat it last. */
export function reportSections(record: RunRecord, { examples, lifelines, comparison }: ReportOptions): Section[] {
  const ids = scenarioIds(record);
  return [
    { blocks: cardSection(record) },
    { id: 'broke', blocks: brokenSection(record, { examples, lifelines, commands: true }) },
    { blocks: knownSection(record) },
    // On a page the card has them, and each scenario says it again.
    { blocks: [only('text', ...undecidedSection(record))] },
    { blocks: comparison ? comparisonSection(comparison, { scenarios: 'all' }) : [] },
    { id: 'scenarios', blocks: scenariosSection(record) },
    // On a page the card has them.
    { blocks: [only('text', heading(say`Dimensions`), ...dimensionsPart(record))] },
    ...record.scenarios.map((scenario) => ({
      id: ids.get(scenario) ?? '',
      blocks: scenarioSection(record, scenario),
      facets: {
        verdict: scenario.verdict,
        violated: scenario.violations.map(({ invariant }) => invariant),
        dimension: scenario.dimension,
      },
    })),
    { blocks: abilitiesSection(record) },
    { blocks: environmentSection(record) },
    { blocks: repeatSection(record) },
  ];
}

/** The id of the section of each scenario. Its earlier runs are in the same section. */
export function scenarioIds(record: RunRecord): ReadonlyMap<ScenarioRecord, string> {
  return new Map(
    record.scenarios.flatMap((scenario, index) =>
      attempts([scenario]).map((attempt) => [attempt, `scenario-${index + 1}`] as const),
    ),
  );
}
