import type { Problem } from '../base/error.ts';
import type { Config } from '../model/config.ts';
import type { Plan, Scenario } from '../model/scenario.ts';
import type { LoadConfigOptions } from './layers.ts';
import { readConfig } from './load.ts';
import { suggest } from './nearest.ts';
import { type ReadPlan, readPlan } from './plans.ts';
import { throwProblems } from './problems.ts';
import { problemOf, showPath } from './raw.ts';
import { type LoadScenariosOptions, readScenarios } from './scenarios.ts';

export type LoadAllOptions = LoadConfigOptions &
  Omit<LoadScenariosOptions, 'cwd' | 'nodes'> & {
    /** A plan by name or by path; overrides `names` and `tiers`. */
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
  const { config, problems, nodes, issueScenarios } = readConfig(options);
  const read: ReadPlan =
    options.plan === undefined
      ? readScenarios({ ...options, nodes })
      : readPlan({ ...options, plan: options.plan, nodes });
  const { scenarios, plan, names, problems: others } = read;
  const unknown = issueScenarios
    .filter(({ name }) => !names.includes(name))
    .map(
      ({ path, name, location }): Problem =>
        problemOf(`${showPath(path)}: there is no scenario "${name}"`, suggest(name, names, 'scenarios'), location),
    );
  throwProblems([...problems, ...unknown, ...others]);
  if (config === undefined) throw new Error('no problem was reported and no configuration was made');
  return { config, scenarios, plan };
}
