import type { Problem } from '../base/error.ts';
import { type LoadConfigOptions, readConfig } from './load.ts';
import { suggest } from './nearest.ts';
import { throwProblems } from './problems.ts';
import { type LoadScenariosOptions, readScenarios } from './scenarios.ts';
import type { Config, Scenario } from './types.ts';

export type LoadAllOptions = LoadConfigOptions & Omit<LoadScenariosOptions, 'cwd' | 'nodes'>;

/** Everything a run reads, checked in one go: chaos.yml, its preset and the scenarios, so that all mistakes show at once. */
export function loadAll(options: LoadAllOptions): { readonly config: Config; readonly scenarios: readonly Scenario[] } {
  const { config, problems, locateKnownIssue } = readConfig(options);
  const {
    scenarios,
    names,
    problems: others,
  } = readScenarios({ ...options, nodes: config?.nodes ?? options.overrides?.nodes });
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
  return { config, scenarios };
}
