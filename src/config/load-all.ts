import type { Problem } from '../base/error.ts';
import type { Config } from '../model/config.ts';
import type { Plan, Scenario } from '../model/scenario.ts';
import { isNodeCount, type LoadConfigOptions, readConfig } from './load.ts';
import { suggest } from './nearest.ts';
import { type ReadPlan, readPlan } from './plans.ts';
import { throwProblems } from './problems.ts';
import { type LoadScenariosOptions, readScenarios } from './scenarios.ts';

export type LoadAllOptions = LoadConfigOptions &
  Omit<LoadScenariosOptions, 'cwd' | 'nodes'> & {
    /** A plan by name or by path; goes before `names` and `tiers`. */
    readonly plan?: string | undefined;
    /** Where the plans with a name are; the shipped ones if absent. */
    readonly plansFolder?: string | undefined;
  };

export type Loaded = {
  readonly config: Config;
  readonly scenarios: readonly Scenario[];
  /** The plan that the scenarios are of. */
  readonly plan?: Plan | undefined;
};

/** Everything a run reads, checked in one go: chaos.yml, its preset, the plan and the scenarios, so that all mistakes show at once. */
export function loadAll(options: LoadAllOptions): Loaded {
  const { config, problems, locateKnownIssue } = readConfig(options);
  // What is out of range has a problem of its own.
  const asked = options.overrides?.nodes;
  const nodes = config?.nodes ?? (asked !== undefined && isNodeCount(asked) ? asked : undefined);
  const read: ReadPlan =
    options.plan === undefined
      ? readScenarios({ ...options, nodes })
      : readPlan({ ...options, plan: options.plan, nodes });
  const { scenarios, plan, names, problems: others } = read;
  const unknown = (config?.broker.knownIssues ?? []).flatMap((issue, index): Problem[] => {
    if (issue.scenario === undefined || names.includes(issue.scenario)) return [];
    const location = locateKnownIssue(index);
    return [
      {
        message: `broker.known-issues[${index}].scenario: there is no scenario "${issue.scenario}"`,
        hint: suggest(issue.scenario, names, 'scenarios'),
        ...(location === undefined ? {} : { location }),
      },
    ];
  });
  throwProblems([...problems, ...unknown, ...others]);
  if (config === undefined) throw new Error('no problem was reported and no configuration was made');
  return { config, scenarios, plan };
}
