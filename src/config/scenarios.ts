import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Location, Problem } from '../base/error.ts';
import type { FaultSchema } from '../model/fault-schema.ts';
import { type FaultSpec, type Scenario, severities, type Target, type Tier, tiers } from '../model/scenario.ts';
import { formatMs } from '../model/units.ts';
import { nearest, suggest } from './nearest.ts';
import { replacedFaults } from './overlaps.ts';
import { throwProblems } from './problems.ts';
import { faultKeys, scenarioSchema, targetWords } from './schema.ts';
import { shippedFolder, yamlFiles } from './shipped.ts';
import { nodeNames, renderTemplate } from './template.ts';
import { type Path, parseYaml, readText, shownPath, type YamlFile } from './yaml-file.ts';
import { keysOf, showPath, toProblems } from './zod-problems.ts';

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
  const { read, byName, problems: broken } = readCatalogue(options, named);
  const problems = [...broken];

  let chosen: ReadScenario[];
  if (names !== undefined) {
    chosen = [];
    for (const name of names) {
      const found = isPath(name) ? read.find((one) => one.file === resolve(cwd, name)) : byName.get(name);
      if (found === undefined) {
        problems.push({
          message: `there is no scenario "${name}"`,
          hint: suggest(name, [...byName.keys()], 'scenarios'),
        });
      } else if (!chosen.includes(found)) chosen.push(found);
    }
  } else {
    const wanted = options.tiers ?? tiers;
    chosen = read.filter(
      (one) => one.scenario !== undefined && (wanted.includes(one.scenario.tier) || one.name === 'baseline'),
    );
    chosen.sort((a, b) => runOrder(a.scenario, b.scenario));
    for (const tier of options.tiers ?? []) {
      if (read.some((one) => one.scenario?.tier === tier) || problems.length > 0) continue;
      problems.push({ message: `there is no scenario of the tier ${tier}` });
    }
  }

  // What a broken file would have been is not known, so its parameters are let through too.
  const settable = read.filter((one) => chosen.includes(one) || one.scenario === undefined);
  problems.push(
    ...unknownSettings(
      set,
      settable.flatMap((one) => one.parameterNames),
    ),
  );
  return {
    scenarios: chosen.map((one) => one.scenario).filter((scenario) => scenario !== undefined),
    names: [...byName.keys()],
    problems,
  };
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
      problems.push({ message: 'there is no such folder of scenarios', location: { file: shownPath(folder, cwd) } });
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

export type ReadScenario = {
  /** Absolute. */
  readonly file: string;
  /** Absent when the file has problems. */
  readonly scenario?: Scenario;
  readonly name?: string;
  readonly locateName?: Location;
  readonly parameterNames: readonly string[];
  readonly problems: readonly Problem[];
};

export type ReadScenarioOptions = Pick<LoadScenariosOptions, 'cwd' | 'faultKinds' | 'nodes' | 'set'> & {
  /** It was asked for by its path. */
  readonly isNamed: boolean;
  /** How long hold lasts, instead of the scenario's own time. */
  readonly holdMs?: number | undefined;
};

/** Reads, renders and checks one file, given by its absolute path. */
export function readScenario(file: string, options: ReadScenarioOptions): ReadScenario {
  const { cwd, set = {}, faultKinds } = options;
  const text = readText(file, cwd, `or name one of the shipped scenarios; chaos-action list prints them`);
  if ('problem' in text) return { file, parameterNames: [], problems: [text.problem] };
  const { yaml, problems: syntax } = parseYaml(text.text, shownPath(file, cwd));
  if (yaml === undefined) return { file, parameterNames: [], problems: syntax };

  const parameters = readParameters(yaml, set);
  const problems: Problem[] = [];
  const broken = new Set<string>();
  yaml.mapScalars((path, value, source) => {
    // `count: 010` is the text 010 to a template, not the number ten.
    if (path[0] === 'parameters') return value === null ? value : (parameters[String(path[1])] ?? source);
    if (typeof value !== 'string' || !/\{[{%]/.test(value)) return value;
    const result = renderTemplate(value, parameters);
    if ('text' in result) return result.text;
    const { message, hint, row, column } = result.problem;
    broken.add(showPath(path));
    problems.push({
      message: `${showPath(path)}: ${message.replace(/ in a template here$/, ' among the parameters')}`,
      ...(hint === undefined ? {} : { hint }),
      location: yaml.locateInside(path, row, column),
    });
    return value;
  });

  const value = yaml.toValue();
  const result = scenarioSchema.safeParse(value);
  const problemsOfSchema = result.success
    ? []
    : toProblems(
        result.error.issues.filter((issue) => !broken.has(showPath(issue.path))),
        { yaml, schema: scenarioSchema, value },
      );
  problems.push(...problemsOfSchema);

  const entries = faultEntries(value);
  const checked = entries.map((entry, index) =>
    checkFault(entry, index, { yaml, faultKinds, broken, nodes: options.nodes }),
  );
  problems.push(...checked.flatMap((one) => one.problems));
  const name = rawName(value);
  const identity = {
    file,
    ...(name === undefined ? {} : { name, locateName: yaml.locate(['name']) }),
    parameterNames: Object.keys(parameters),
  };
  if (!result.success) return { ...identity, problems };

  const parsed = result.data;
  const { expect } = parsed;
  const phases = { ...parsed.phases, hold: options.holdMs ?? parsed.phases.hold };
  const faults = (parsed.faults ?? []).map((fault, index): FaultSpec => {
    const on = fault.on ?? checked[index]?.on ?? { type: 'links', which: 'cluster' };
    const atMs = fault.at ?? 0;
    const forMs = fault.for === undefined || fault.for === 'hold' ? undefined : fault.for;
    if (atMs >= phases.hold) {
      problems.push({
        message: `faults[${index}].at: the fault begins ${formatMs(atMs)} into a hold of ${formatMs(phases.hold)}`,
        hint: 'begin it sooner, or make phases.hold longer',
        location: yaml.locate(['faults', index, 'at']),
      });
    } else if (forMs !== undefined && atMs + forMs > phases.hold) {
      problems.push({
        message: `faults[${index}].for: the fault would outlast hold by ${formatMs(atMs + forMs - phases.hold)}`,
        hint: 'write hold, or make phases.hold longer',
        location: yaml.locate(['faults', index, 'for']),
      });
    }
    const inTurn = fault['in-turn'] === true;
    if (inTurn && (on.type === 'links' || on.type === 'path')) {
      problems.push({
        message: `faults[${index}].in-turn: only nodes have turns`,
        hint: `write on: all, another choice of nodes or { nodes: [node1, node2] }`,
        location: yaml.locate(['faults', index, 'in-turn']),
      });
    }
    return {
      kind: fault.kind,
      on,
      atMs,
      ...(forMs === undefined ? {} : { forMs }),
      ...(inTurn ? { inTurn } : {}),
      parameters: checked[index]?.parameters ?? {},
      location: yaml.locate(['faults', index]),
    };
  });
  for (const { index, replaces } of replacedFaults(faults, phases.hold, faultKinds))
    problems.push({
      message: `faults[${index}]: it overlaps with faults[${replaces}], which is of the same kind and may strike the same target`,
      hint: 'let one end (for) before the other begins (at), or give them different targets',
      location: yaml.locate(['faults', index]),
    });
  if (expect.recovery > phases.recover) {
    problems.push({
      message: `expect.recovery: ${formatMs(expect.recovery)} cannot be seen in a recover phase of ${formatMs(phases.recover)}`,
      hint: 'make phases.recover longer, or expect less',
      location: yaml.locate(['expect', 'recovery']),
    });
  }
  if (problems.length > 0) return { ...identity, problems };
  const scenario: Scenario = {
    name: parsed.name,
    ownName: parsed.name,
    ...(options.isNamed ? { path: shownPath(file, cwd) } : {}),
    title: parsed.title,
    tier: parsed.tier,
    severity: parsed.severity,
    dimension: parsed.dimension,
    parameters,
    phases: { steadyMs: phases.steady, holdMs: phases.hold, recoverMs: phases.recover },
    faults,
    expect: { availability: expect.availability, p99LatencyMs: expect['p99-latency'], recoveryMs: expect.recovery },
    expectLocations: {
      availability: yaml.locateKey(['expect', 'availability']),
      'p99-latency': yaml.locateKey(['expect', 'p99-latency']),
      recovery: yaml.locateKey(['expect', 'recovery']),
    },
    location: yaml.locateKey(['name']),
  };
  return { ...identity, scenario, problems };
}

/** The parameters as text, with what `--set` says; those that are no text are left to the schema to complain of. */
function readParameters(yaml: YamlFile, set: Readonly<Record<string, string>>): Record<string, string> {
  const parameters: Record<string, string> = {};
  yaml.mapScalars((path, value, source) => {
    const [section, name] = path;
    if (section === 'parameters' && path.length === 2 && value !== null) {
      parameters[String(name)] = set[String(name)] ?? (typeof value === 'string' ? value : source);
    }
    return value;
  });
  return parameters;
}

function faultEntries(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const faults: unknown = Reflect.get(value, 'faults');
  return Array.isArray(faults) ? faults.map((entry: unknown) => (isRecord(entry) ? entry : {})) : [];
}

function rawName(value: unknown): string | undefined {
  const name = isRecord(value) ? value.name : undefined;
  return typeof name === 'string' ? name : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Checks a fault by its kind: that there is such a kind, its parameters, whether it can strike there, the names of nodes. */
function checkFault(
  entry: Readonly<Record<string, unknown>>,
  index: number,
  context: {
    readonly yaml: YamlFile;
    readonly faultKinds: ReadonlyMap<string, FaultSchema>;
    readonly broken: ReadonlySet<string>;
    readonly nodes: number | undefined;
  },
): { parameters?: Record<string, unknown>; on?: Target; problems: Problem[] } {
  const { yaml, faultKinds, broken, nodes } = context;
  const prefix: Path = ['faults', index];
  const kindName = entry.kind;
  // One node has no peer: a fault of the links between nodes is skipped there, whomever it names.
  const namesPeers = nodes === 1 && typeof kindName === 'string' && faultKinds.get(kindName)?.strikes === 'links';
  const problems: Problem[] = nodes === undefined || namesPeers ? [] : unknownNodes(entry, prefix, yaml, nodes);
  if (typeof kindName !== 'string' || kindName === '') return { problems };
  const kind = faultKinds.get(kindName);
  if (kind === undefined) {
    problems.push({
      message: `faults[${index}].kind: there is no fault kind "${kindName}"`,
      hint: suggest(kindName, [...faultKinds.keys()], 'fault kinds'),
      location: yaml.locate([...prefix, 'kind']),
    });
    return { problems };
  }
  if (entry.on === undefined && kind.strikes === 'nodes') {
    problems.push({
      message: `faults[${index}].on is missing`,
      hint: `${kindName} strikes nodes: write ${targetWords.filter((word) => !word.startsWith('links.')).join(', ')} or { nodes: [node1] }`,
      location: yaml.locate(prefix),
    });
  }
  const strikesLinks =
    (typeof entry.on === 'string' && entry.on.startsWith('links.')) || (isRecord(entry.on) && 'from' in entry.on);
  if (kind.strikes === 'nodes' && strikesLinks) {
    problems.push({
      message: `faults[${index}].on: ${kindName} strikes nodes, not links`,
      hint: `write ${targetWords.filter((word) => !word.startsWith('links.')).join(', ')} or { nodes: [node1] }`,
      location: yaml.locate([...prefix, 'on']),
    });
  }
  const given = Object.fromEntries(Object.entries(entry).filter(([key]) => !faultKeys.some((known) => known === key)));
  const result = kind.parameters.safeParse(given);
  if (!result.success) {
    const issues = result.error.issues.filter((issue) => !broken.has(showPath([...prefix, ...issue.path])));
    problems.push(...toProblems(issues, { yaml, schema: kind.parameters, value: given, prefix, otherKeys: faultKeys }));
    return { problems };
  }
  // A kind whose schema is not strict drops what it does not know; silence would be an injected nothing.
  const known = keysOf(kind.parameters);
  if (known.length > 0 || Object.keys(given).length > 0) {
    for (const key of Object.keys(given)) {
      if (known.includes(key) || (isRecord(result.data) && key in result.data)) continue;
      problems.push({
        message: `faults[${index}].${key} is not a known key`,
        hint: suggest(key, [...known, ...faultKeys]),
        location: yaml.locateKey([...prefix, key]),
      });
    }
  }
  return { parameters: isRecord(result.data) ? result.data : {}, problems };
}

/** Names of nodes anywhere in a fault, its parameters included, that the cluster does not have. */
function unknownNodes(value: unknown, path: Path, yaml: YamlFile, nodes: number): Problem[] {
  const last = path.at(-1);
  if (typeof value === 'string') {
    const names = nodeNames(nodes);
    const inNodeList = path.includes('nodes') || last === 'from' || last === 'to';
    if (names.includes(value) || !(inNodeList || /^node-?_?\d+$/.test(value))) return [];
    return [
      {
        message: `${showPath(path)}: there is no node "${value}" in a cluster of ${nodes}`,
        hint: `nodes: ${names.join(', ')}`,
        location: yaml.locate(path),
      },
    ];
  }
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) => unknownNodes(item, [...path, index], yaml, nodes));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => unknownNodes(item, [...path, key], yaml, nodes));
}
