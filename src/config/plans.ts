import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Problem } from '../base/error.ts';
import type { Plan, Scenario, Stage } from '../model/scenario.ts';
import { suggest } from './nearest.ts';
import { showLocation, throwProblems } from './problems.ts';
import { itemsAt, locate, mapScalars, type Path, problemAt, problemOf, type Raw, rawAt, textOf } from './raw.ts';
import { type ReadScenario, readScenario } from './scenario-file.ts';
import {
  type Catalogue,
  isPath,
  type LoadScenariosOptions,
  type ReadScenarios,
  readCatalogue,
  unknownSettings,
} from './scenarios.ts';
import { type PlanEntry, type PlanFile, planSchema } from './schema.ts';
import { planNames, plansFolder as shippedPlans } from './shipped.ts';
import { type ParsedYaml, parseYaml, readText, shownPath } from './yaml-file.ts';
import { type Parsed, parseRaw } from './zod-problems.ts';

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
  const { file, raw, problems: unreadable } = findPlan(options);
  const parsed = raw && parseRaw(planSchema, raw);
  if (raw === undefined || parsed === undefined) {
    const { byName, problems } = readCatalogue({ ...options, set: {} }, []);
    return { scenarios: [], names: [...byName.keys()], problems: [...unreadable, ...problems] };
  }

  const folder = dirname(file);
  const entries = soundEntries(raw, parsed);
  const named = entries.map(({ given }) => given.scenario).filter(isPath);
  const files = named.map((path) => resolve(folder, path)).filter(existsSync);
  const catalogue = readCatalogue({ ...options, set: {} }, files);
  const read = entries.map(({ given, index }) => readEntry(given, index, { raw, folder, catalogue, options }));
  const problems = [...parsed.problems, ...read.flatMap((one) => one.problems), ...sameNames(read, raw)];
  // Which parameters a broken entry leaves to the command line is not known.
  if (parsed.isSound(['scenarios']) && read.every(({ scenario }) => scenario !== undefined))
    problems.push(...unusedSettings(options.set ?? {}, read));
  return {
    ...(parsed.isComplete ? { plan: toPlan(parsed.value, read) } : {}),
    scenarios: read.map(({ scenario }) => scenario).filter((scenario) => scenario !== undefined),
    names: [...catalogue.byName.keys()],
    problems: [...catalogue.problems, ...distinct(problems)],
  };
}

function toPlan({ name, title, 'abort-on': abortOn }: PlanFile, read: readonly ReadEntry[]): Plan {
  return { name, title, abortOn, stages: stagesOf(read) };
}

/** A scenario without a stage belongs to that of the one before it. */
function stagesOf(read: readonly ReadEntry[]): Stage[] {
  const stages: { name: string; scenarios: string[] }[] = [];
  for (const { name, given } of read) {
    if (given.stage !== undefined && given.stage !== stages.at(-1)?.name)
      stages.push({ name: given.stage, scenarios: [] });
    if (name !== undefined) stages.at(-1)?.scenarios.push(name);
  }
  return stages;
}

/** The file of a plan, by its absolute path, and what it says. */
function findPlan({ cwd, plan, plansFolder = shippedPlans() }: LoadPlanOptions): ParsedYaml & { file: string } {
  const file = isPath(plan) ? resolve(cwd, plan) : join(plansFolder, `${plan}.yml`);
  const known = planNames(plansFolder);
  if (!isPath(plan) && !known.includes(plan)) {
    return { file, problems: [problemOf(`there is no plan "${plan}"`, suggest(plan, known, 'plans'))] };
  }
  const text = readText(file, cwd, 'or name one of the shipped plans; chaos-action list prints them');
  if ('problem' in text) return { file, problems: [text.problem] };
  const { raw, problems } = parseYaml(text.text, shownPath(file, cwd));
  return { file, ...(raw === undefined ? {} : { raw: withTextSettings(withLongEntries(raw)) }), problems };
}

/** `- baseline` is short for `- { scenario: baseline }`. */
function withLongEntries(raw: Raw): Raw {
  const list = rawAt(raw, ['scenarios']);
  if (raw.type !== 'map' || list?.type !== 'list') return raw;
  const items = list.items.map(
    (item): Raw => (item.type === 'map' ? item : { ...item, type: 'map', entries: new Map([['scenario', item]]) }),
  );
  return { ...raw, entries: new Map([...raw.entries, ['scenarios', { ...list, items }]]) };
}

/** `count: 010` is the text 010 to a template, not the number ten. */
function withTextSettings(raw: Raw): Raw {
  return mapScalars(raw, (scalar, path) => {
    const isSetting = path[0] === 'scenarios' && path[2] === 'set' && path.length === 4;
    return isSetting && scalar.value !== null ? { ...scalar, value: textOf(scalar) } : scalar;
  });
}

/** The entries that the schema accepts, though others may have problems. */
function soundEntries(raw: Raw, { value, isSound }: Parsed<PlanFile>): { given: PlanEntry; index: number }[] {
  return itemsAt(raw, ['scenarios']).flatMap((_, index) => {
    const given = isSound(['scenarios', index]) ? value.scenarios[index] : undefined;
    return given === undefined ? [] : [{ given, index }];
  });
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

type EntryContext = {
  readonly raw: Raw;
  readonly folder: string;
  readonly catalogue: Catalogue;
  readonly options: LoadPlanOptions;
};

/** Reads the scenario of one entry with what the entry changes of it. */
function readEntry(given: PlanEntry, index: number, context: EntryContext): ReadEntry {
  const { raw, folder, catalogue, options } = context;
  const path: Path = ['scenarios', index];
  const file = isPath(given.scenario) ? resolve(folder, given.scenario) : undefined;
  const found =
    file === undefined ? catalogue.byName.get(given.scenario) : catalogue.read.find((one) => one.file === file);
  if (found === undefined) {
    const problem = unknownScenario(given, file, [...path, 'scenario'], context);
    return { index, given, name: given.as, parameterNames: [], problems: [problem] };
  }

  const { parameterNames } = found;
  const identity = { index, given, name: given.as ?? found.name, parameterNames };
  const misnamed = takenName(given, found, [...path, 'as'], context);
  // A file with problems of its own has been complained of already.
  if (found.scenario === undefined) return { ...identity, problems: misnamed };
  const { scenario, problems } = readChanged(given, found, { raw, path, options });
  return {
    ...identity,
    ...(scenario === undefined ? {} : { scenario: { ...scenario, name: given.as ?? scenario.name } }),
    problems: [...misnamed, ...unknownParameters(given, found, path, raw), ...problems],
  };
}

function unknownScenario(
  { scenario }: PlanEntry,
  file: string | undefined,
  path: Path,
  { raw, catalogue }: EntryContext,
): Problem {
  if (file === undefined) {
    const hint = suggest(scenario, [...catalogue.byName.keys()], 'scenarios');
    return problemAt(raw, path, `there is no scenario "${scenario}"`, hint);
  }
  const hint = `looked for ${file}; paths in a plan are relative to its own folder`;
  return problemAt(raw, path, `there is no file ${scenario}`, hint);
}

/** `as` with the name of a scenario that is another one. */
function takenName({ as }: PlanEntry, found: ReadScenario, path: Path, { raw, catalogue }: EntryContext): Problem[] {
  const other = as === undefined ? undefined : catalogue.byName.get(as);
  if (other === undefined || other === found) return [];
  return [problemAt(raw, path, `"${as}" is the name of another scenario`, 'reports would mix them up: choose another')];
}

function unknownParameters({ set }: PlanEntry, found: ReadScenario, path: Path, raw: Raw): Problem[] {
  const { name, parameterNames } = found;
  return Object.keys(set)
    .filter((key) => !parameterNames.includes(key))
    .map((key) => {
      const hint = parameterNames.length === 0 ? 'it has none' : suggest(key, parameterNames, 'its parameters');
      return problemAt(raw, [...path, 'set', key], `${name} has no parameter "${key}"`, hint);
    });
}

/** The scenario with the changes of the entry. What does not fit because of them is told at the place of the change. */
function readChanged(
  { set: own, duration }: PlanEntry,
  { file, scenario: found }: ReadScenario,
  { raw, path, options }: { readonly raw: Raw; readonly path: Path; readonly options: LoadPlanOptions },
): Pick<ReadScenario, 'scenario' | 'problems'> {
  const isNamed = found?.path !== undefined;
  const shared = Object.fromEntries(Object.entries(options.set ?? {}).filter(([key]) => !(key in own)));
  const changed = readScenario(file, { ...options, set: { ...shared, ...own }, holdMs: duration, isNamed });
  const unchanged = readScenario(file, { ...options, set: shared, isNamed });
  const changes: Path[] = Object.keys(own).map((key) => ['set', key]);
  if (duration !== undefined) changes.push(['duration']);
  const [change = []] = changes.length === 1 ? changes : [];
  const problems = changed.problems.map((problem) => {
    // Whatever line a change does not fit, it is the plan that says it.
    if (unchanged.problems.some((one) => isDeepStrictEqual(one, problem))) return problem;
    const { message, hint, location } = problem;
    const hints = [hint, location && `used at ${showLocation(location)}`].filter((one) => one !== undefined);
    return problemAt(raw, [...path, ...change], message, hints.join('; '));
  });
  return { ...(changed.scenario === undefined ? {} : { scenario: changed.scenario }), problems };
}

/** Reports and comparisons are keyed by the names. */
function sameNames(read: readonly ReadEntry[], raw: Raw): Problem[] {
  return read.flatMap(({ index, name, given }): Problem[] => {
    const first = read.find((one) => one.name === name);
    if (name === undefined || first === undefined || first.index === index) return [];
    const message = `scenarios[${index}]: ${name} is in the plan already, as scenarios[${first.index}]`;
    const key = given.as === undefined ? 'scenario' : 'as';
    const location = locate(raw, ['scenarios', index, key]);
    return [problemOf(message, `give it a name of its own: as: ${name}-2`, location)];
  });
}

/** What the command line sets goes to the entries that do not set it themselves. */
function unusedSettings(set: Readonly<Record<string, string>>, read: readonly ReadEntry[]): Problem[] {
  const open = read.flatMap(({ parameterNames, given }) => parameterNames.filter((name) => !(name in given.set)));
  const taken = read.flatMap(({ given }) => Object.keys(given.set));
  return Object.entries(set).flatMap(([name, value]): Problem[] =>
    taken.includes(name) && !open.includes(name)
      ? [
          problemOf(
            `--set ${name}: the plan sets "${name}" itself wherever a scenario has it`,
            'change the plan, or run the scenario alone with --scenario',
          ),
        ]
      : unknownSettings({ [name]: value }, open),
  );
}

/** Two entries may share a scenario, and with it what the command line does to it. */
function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
