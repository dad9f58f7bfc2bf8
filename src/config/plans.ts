import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Problem } from '../base/error.ts';
import type { Plan, Scenario } from '../model/scenario.ts';
import { suggest } from './nearest.ts';
import { showLocation, throwProblems } from './problems.ts';
import {
  type Catalogue,
  isPath,
  type LoadScenariosOptions,
  type ReadScenarios,
  readCatalogue,
  readScenario,
  unknownSettings,
} from './scenarios.ts';
import { type PlanEntry, planEntrySchema, planSchema } from './schema.ts';
import { planNames, plansFolder as shippedPlans } from './shipped.ts';
import { type ParsedYaml, type Path, parseYaml, readText, shownPath, type YamlFile } from './yaml-file.ts';
import { showPath, toProblems } from './zod-problems.ts';

export type LoadPlanOptions = Omit<LoadScenariosOptions, 'tiers' | 'names'> & {
  /** A plan by name, or the path of its file, relative to `cwd`. */
  readonly plan: string;
  /** Where the plans with a name are; the shipped ones if absent. */
  readonly plansFolder?: string | undefined;
};

export type ReadPlan = ReadScenarios & { readonly plan?: Plan };

/** A plan and its scenarios, in the order in which they run. Throws one ChaosError with every problem found. */
export function loadPlan(options: LoadPlanOptions): {
  readonly plan: Plan;
  readonly scenarios: readonly Scenario[];
} {
  const { plan, scenarios, problems } = readPlan(options);
  throwProblems(problems);
  if (plan === undefined) throw new Error('no problem was reported and no plan was made');
  return { plan, scenarios };
}

/** The same without throwing, for those who have more files to check. */
export function readPlan(options: LoadPlanOptions): ReadPlan {
  const { cwd, plan: asked, set = {}, plansFolder = shippedPlans() } = options;
  const file = isPath(asked) ? resolve(cwd, asked) : join(plansFolder, `${asked}.yml`);
  const known = planNames(plansFolder);
  const { yaml, problems: unreadable } =
    isPath(asked) || known.includes(asked)
      ? readYaml(file, cwd)
      : { problems: [{ message: `there is no plan "${asked}"`, hint: suggest(asked, known, 'plans') }] };
  const value = yaml === undefined ? undefined : withLongEntries(yaml.toValue());
  const entries = entriesOf(value).map((entry) => planEntrySchema.safeParse(entry));

  const folder = dirname(file);
  const named = entries.flatMap(({ data }) =>
    data !== undefined && isPath(data.scenario) ? [resolve(folder, data.scenario)] : [],
  );
  const catalogue = readCatalogue({ ...options, set: {} }, named.filter(existsSync));
  const names = [...catalogue.byName.keys()];
  if (yaml === undefined) return { scenarios: [], names, problems: [...unreadable, ...catalogue.problems] };

  const parsed = planSchema.safeParse(value);
  const problems = parsed.success ? [] : toProblems(parsed.error.issues, { yaml, schema: planSchema, value });
  const read = entries.flatMap(({ data }, index) =>
    data === undefined ? [] : [readEntry(data, index, { yaml, folder, catalogue, options })],
  );
  problems.push(...read.flatMap((one) => one.problems), ...sameNames(read, yaml));
  // Which parameters a broken entry leaves to the command line is not known.
  if (entries.every(({ success }) => success) && read.every(({ scenario }) => scenario !== undefined))
    problems.push(...unusedSettings(set, read));

  return {
    ...(parsed.success
      ? { plan: { name: parsed.data.name, title: parsed.data.title, abortOn: parsed.data['abort-on'] } }
      : {}),
    scenarios: read.map(({ scenario }) => scenario).filter((scenario) => scenario !== undefined),
    names,
    problems: [...catalogue.problems, ...distinct(problems)],
  };
}

function readYaml(file: string, cwd: string): ParsedYaml {
  const text = readText(file, cwd, 'or name one of the shipped plans; chaos-action list prints them');
  if ('problem' in text) return { problems: [text.problem] };
  const parsed = parseYaml(text.text, shownPath(file, cwd));
  parsed.yaml?.mapScalars((path, value, source) => {
    const isSetting = path[0] === 'scenarios' && path[2] === 'set' && path.length === 4;
    // `count: 010` is the text 010 to a template, not the number ten.
    return isSetting && typeof value !== 'string' && value !== null ? source : value;
  });
  return parsed;
}

/** `- baseline` is short for `- { scenario: baseline }`. */
function withLongEntries(value: unknown): unknown {
  const entries = entriesOf(value);
  if (entries.length === 0 || !isMap(value)) return value;
  return { ...value, scenarios: entries.map((entry) => (isMap(entry) ? entry : { scenario: entry })) };
}

function entriesOf(value: unknown): readonly unknown[] {
  const entries: unknown = isMap(value) ? Reflect.get(value, 'scenarios') : undefined;
  return Array.isArray(entries) ? entries : [];
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type ReadEntry = {
  readonly index: number;
  /** What reports are to call it, known even where its scenario is broken. */
  readonly name?: string | undefined;
  readonly given: PlanEntry;
  readonly scenario?: Scenario;
  readonly parameterNames: readonly string[];
  readonly problems: readonly Problem[];
};

function readEntry(
  given: PlanEntry,
  index: number,
  context: {
    readonly yaml: YamlFile;
    readonly folder: string;
    readonly catalogue: Catalogue;
    readonly options: LoadPlanOptions;
  },
): ReadEntry {
  const { yaml, folder, catalogue, options } = context;
  const { set: own = {}, duration } = given;
  const problemAt = (keys: Path, message: string, ...hints: readonly (string | undefined)[]): Problem => {
    const path = ['scenarios', index, ...keys];
    return {
      message: `${showPath(path)}: ${message}`,
      hint: hints.filter((hint) => hint !== undefined).join('; '),
      location: yaml.locate(path),
    };
  };

  const file = isPath(given.scenario) ? resolve(folder, given.scenario) : undefined;
  const found =
    file === undefined ? catalogue.byName.get(given.scenario) : catalogue.read.find((one) => one.file === file);
  if (found === undefined) {
    const names = [...catalogue.byName.keys()];
    const problem =
      file === undefined
        ? problemAt(
            ['scenario'],
            `there is no scenario "${given.scenario}"`,
            suggest(given.scenario, names, 'scenarios'),
          )
        : problemAt(
            ['scenario'],
            `there is no file ${given.scenario}`,
            `looked for ${file}`,
            'paths in a plan are relative to its own folder',
          );
    return { index, given, name: given.as, parameterNames: [], problems: [problem] };
  }

  const { parameterNames } = found;
  const identity = { index, given, name: given.as ?? found.name, parameterNames };
  const problems: Problem[] = [];
  const other = given.as === undefined ? undefined : catalogue.byName.get(given.as);
  if (other !== undefined && other !== found)
    problems.push(
      problemAt(['as'], `"${given.as}" is the name of another scenario`, 'reports would mix them up: choose another'),
    );
  // A file with problems of its own has been complained of already.
  if (found.scenario === undefined) return { ...identity, problems };
  const hint = (key: string): string =>
    parameterNames.length === 0 ? 'it has none' : suggest(key, parameterNames, 'its parameters');
  const unknown = Object.keys(own).filter((key) => !parameterNames.includes(key));
  problems.push(...unknown.map((key) => problemAt(['set', key], `${found.name} has no parameter "${key}"`, hint(key))));

  const isNamed = found.scenario.path !== undefined;
  const shared = Object.fromEntries(Object.entries(options.set ?? {}).filter(([key]) => !(key in own)));
  const { scenario, problems: all } = readScenario(found.file, {
    ...options,
    set: { ...shared, ...own },
    holdMs: duration,
    isNamed,
  });
  const unchanged = readScenario(found.file, { ...options, set: shared, isNamed });
  const changes: Path[] = Object.keys(own).map((key) => ['set', key]);
  if (duration !== undefined) changes.push(['duration']);
  const [change = []] = changes.length === 1 ? changes : [];
  for (const problem of all) {
    const { message, hint, location } = problem;
    // Whatever line a change does not fit, it is the plan that says it.
    const isOfPlan = !unchanged.problems.some((one) => isDeepStrictEqual(one, problem));
    const used = location && `used at ${showLocation(location)}`;
    problems.push(isOfPlan ? problemAt(change, message, hint, used) : problem);
  }
  return {
    ...identity,
    ...(scenario === undefined ? {} : { scenario: { ...scenario, name: given.as ?? scenario.name } }),
    problems,
  };
}

/** Reports and comparisons are keyed by the names. */
function sameNames(read: readonly ReadEntry[], yaml: YamlFile): Problem[] {
  return read.flatMap(({ index, name, given }): Problem[] => {
    const first = read.find((one) => one.name === name);
    if (name === undefined || first === undefined || first.index === index) return [];
    const key: Path = ['scenarios', index, given.as === undefined ? 'scenario' : 'as'];
    return [
      {
        message: `scenarios[${index}]: ${name} is in the plan already, as scenarios[${first.index}]`,
        hint: `give it a name of its own: as: ${name}-2`,
        location: yaml.locate(key),
      },
    ];
  });
}

/** What the command line sets goes to the entries that do not set it themselves. */
function unusedSettings(set: Readonly<Record<string, string>>, read: readonly ReadEntry[]): Problem[] {
  const open = read.flatMap(({ parameterNames, given }) =>
    parameterNames.filter((name) => !(name in (given.set ?? {}))),
  );
  const taken = read.flatMap(({ given }) => Object.keys(given.set ?? {}));
  return Object.entries(set).flatMap(([name, value]): Problem[] =>
    taken.includes(name) && !open.includes(name)
      ? [
          {
            message: `--set ${name}: the plan sets "${name}" itself wherever a scenario has it`,
            hint: 'change the plan, or run the scenario alone with --scenario',
          },
        ]
      : unknownSettings({ [name]: value }, open),
  );
}

/** Two entries may share a scenario, and with it what the command line does to it. */
function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
