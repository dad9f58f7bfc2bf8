import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Problem } from '../base/error.ts';
import type { FaultSchema } from '../model/fault-schema.ts';
import { type Scenario, severities, type Tier, tiers } from '../model/scenario.ts';
import { nearest, suggest } from './nearest.ts';
import { throwProblems } from './problems.ts';
import { problemOf } from './raw.ts';
import { type ReadScenario, readScenario } from './scenario-file.ts';
import { shippedFolder, yamlFiles } from './shipped.ts';
import { shownPath } from './yaml-file.ts';

export type LoadScenariosOptions = {
  readonly cwd: string;
  readonly faultKinds: ReadonlyMap<string, FaultSchema>;
  /** Folders with scenario files; the shipped one if absent. */
  readonly folders?: readonly string[] | undefined;
  /** Size of the cluster; without it the names of nodes are not checked. */
  readonly nodes?: number | undefined;
  /** `--set`: values for parameters of the chosen scenarios. */
  readonly set?: Readonly<Record<string, string>> | undefined;
  /** Chooses by tier; baseline comes first in any case. */
  readonly tiers?: readonly Tier[] | undefined;
  /** Chooses by name, in this order; a path of a YAML file is read from `cwd`. Goes before `tiers`. */
  readonly names?: readonly string[] | undefined;
};

export type ReadScenarios = {
  /** The chosen ones, in the order in which they run. */
  readonly scenarios: readonly Scenario[];
  /** Names of all that were found, chosen or not. */
  readonly names: readonly string[];
  readonly problems: readonly Problem[];
};

/** Reads, renders and checks scenario files. Throws one ChaosError with every problem found. */
export function loadScenarios(options: LoadScenariosOptions): readonly Scenario[] {
  const { scenarios, problems } = readScenarios(options);
  throwProblems(problems);
  return scenarios;
}

/** The same without throwing, for those who have more files to check. */
export function readScenarios(options: LoadScenariosOptions): ReadScenarios {
  const { cwd, names, set = {} } = options;
  const named = (names ?? []).filter(isPath).map((path) => resolve(cwd, path));
  const catalogue = readCatalogue(options, named);
  const { chosen, problems } =
    names === undefined ? chooseByTier(options.tiers, catalogue) : chooseByName(names, catalogue, cwd);
  // What a broken file would have been is not known, so its parameters are let through too.
  const settable = catalogue.read.filter((one) => chosen.includes(one) || one.scenario === undefined);
  const parameters = settable.flatMap((one) => one.parameterNames);
  return {
    scenarios: chosen.map((one) => one.scenario).filter((scenario) => scenario !== undefined),
    names: [...catalogue.byName.keys()],
    problems: [...catalogue.problems, ...problems, ...unknownSettings(set, parameters)],
  };
}

type Chosen = { readonly chosen: readonly ReadScenario[]; readonly problems: readonly Problem[] };

/** Those that are named, in this order, each once. */
function chooseByName(names: readonly string[], { read, byName }: Catalogue, cwd: string): Chosen {
  const chosen = new Set<ReadScenario>();
  const problems: Problem[] = [];
  for (const name of names) {
    const found = isPath(name) ? read.find((one) => one.file === resolve(cwd, name)) : byName.get(name);
    if (found !== undefined) chosen.add(found);
    else problems.push(problemOf(`there is no scenario "${name}"`, suggest(name, [...byName.keys()], 'scenarios')));
  }
  return { chosen: [...chosen], problems };
}

/** Those of the tiers, or of all tiers, and baseline, in the order in which they run. */
function chooseByTier(asked: readonly Tier[] | undefined, { read, problems: broken }: Catalogue): Chosen {
  const wanted = asked ?? tiers;
  const chosen = read
    .filter(({ scenario, name }) => scenario !== undefined && (wanted.includes(scenario.tier) || name === 'baseline'))
    .sort((a, b) => runOrder(a.scenario, b.scenario));
  // A broken file may be one of the tier.
  const empty =
    broken.length > 0 ? [] : (asked ?? []).filter((tier) => !read.some((one) => one.scenario?.tier === tier));
  return { chosen, problems: empty.map((tier) => problemOf(`there is no scenario of the tier ${tier}`)) };
}

/** Every scenario file there is, and which of them answers to a name. */
export type Catalogue = {
  readonly read: readonly ReadScenario[];
  readonly byName: ReadonlyMap<string, ReadScenario>;
  readonly problems: readonly Problem[];
};

/** Reads the folders and the files that were `named` by their absolute paths. */
export function readCatalogue(options: LoadScenariosOptions, named: readonly string[]): Catalogue {
  const { cwd, folders = [shippedFolder('scenarios')] } = options;
  const problems: Problem[] = [];
  const files = folders.flatMap((folder) => {
    const absolute = resolve(cwd, folder);
    if (!existsSync(absolute)) {
      problems.push(problemOf('there is no such folder of scenarios', undefined, { file: shownPath(folder, cwd) }));
    }
    return yamlFiles(absolute);
  });
  // A file that is named goes before one of a folder that has the same name: it may be an edited copy.
  const isNamed = (file: string): boolean => named.includes(file);
  const read = [...new Set([...named, ...files])].map((file) =>
    readScenario(file, { ...options, isNamed: isNamed(file) }),
  );
  problems.push(...read.flatMap((one) => one.problems));

  const byName = new Map<string, ReadScenario>();
  for (const one of read) {
    if (one.name === undefined) continue;
    const other = byName.get(one.name);
    if (other === undefined) byName.set(one.name, one);
    else if (!isNamed(other.file) || isNamed(one.file)) {
      problems.push({
        message: `there are two scenarios called "${one.name}"`,
        hint: `the other is ${shownPath(other.file, cwd)}`,
        location: one.locateName ?? { file: shownPath(one.file, cwd) },
      });
    }
  }
  return { read, byName, problems };
}

/** Settings of the command line for which no chosen scenario has a parameter. */
export function unknownSettings(set: Readonly<Record<string, string>>, parameters: readonly string[]): Problem[] {
  const known = [...new Set(parameters)].sort();
  const list =
    known.length === 0 ? 'the chosen scenarios have none' : `parameters of the chosen scenarios: ${known.join(', ')}`;
  return Object.keys(set)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const match = nearest(name, known);
      return {
        message: `--set ${name}: no chosen scenario has the parameter "${name}"`,
        hint: match === undefined ? list : `did you mean "${match}"? ${list}`,
      };
    });
}

/** Tiers of `basic,fault`. Throws a ChaosError that names the tiers there are. */
export function parseTiers(text: string): Tier[] {
  const found: Tier[] = [];
  const problems: Problem[] = [];
  for (const word of text.split(',').map((part) => part.trim())) {
    if (word === '') continue;
    const tier = tiers.find((name) => name === word);
    if (tier === undefined)
      problems.push({ message: `there is no tier "${word}"`, hint: suggest(word, tiers, 'tiers') });
    else if (!found.includes(tier)) found.push(tier);
  }
  if (found.length === 0 && problems.length === 0)
    problems.push({ message: 'no tier is given', hint: `tiers: ${tiers.join(', ')}` });
  throwProblems(problems);
  return found;
}

/** The map of `--set delay=50ms` options. Throws a ChaosError for what is not NAME=VALUE. */
export function parseSettings(settings: readonly string[]): Record<string, string> {
  const problems: Problem[] = [];
  // Of any name: `__proto__` is not a parameter either, and is to be told so.
  const map: Record<string, string> = Object.create(null);
  for (const setting of settings) {
    const [, name, value] = /^([^=\s]+)\s*=\s*(.+)$/s.exec(setting.trim()) ?? [];
    if (name === undefined || value === undefined) {
      problems.push({ message: `--set ${setting}: this is not NAME=VALUE`, hint: 'write --set delay=50ms' });
    } else map[name] = value;
  }
  throwProblems(problems);
  return map;
}

/** Gentle before severe within a tier, so that a broken cluster shows at the mildest fault that breaks it. */
function runOrder(a: Scenario | undefined, b: Scenario | undefined): number {
  if (a === undefined || b === undefined) return 0;
  const rank = (scenario: Scenario): number =>
    scenario.name === 'baseline' ? -1 : tiers.indexOf(scenario.tier) * 10 + severities.indexOf(scenario.severity);
  return rank(a) - rank(b) || (a.name < b.name ? -1 : 1);
}

/** Whether a scenario or a plan is asked for by the path of its file and not by its name. */
export function isPath(name: string): boolean {
  return /[/\\]|\.ya?ml$/.test(name);
}
