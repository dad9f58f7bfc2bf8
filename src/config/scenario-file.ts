import type { Location, Problem } from '../base/error.ts';
import type { FaultSchema } from '../model/fault-schema.ts';
import type { FaultSpec, Scenario } from '../model/scenario.ts';
import { formatMs } from '../model/units.ts';
import { suggest } from './nearest.ts';
import { replacedFaults } from './overlaps.ts';
import {
  itemsAt,
  locate,
  locateInside,
  locateKey,
  mapScalars,
  type Path,
  problemAt,
  problemOf,
  type Raw,
  rawAt,
  scalarsOf,
  showPath,
  textOf,
  toValue,
} from './raw.ts';
import { faultKeys, type ScenarioFile, scenarioSchema, targetWords } from './schema.ts';
import { nodeNames, renderTemplate } from './template.ts';
import { parseYaml, readText, shownPath } from './yaml-file.ts';
import { keysOf, parseRaw, toProblems, unknownKey } from './zod-problems.ts';

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

export type ReadScenarioOptions = {
  readonly cwd: string;
  readonly faultKinds: ReadonlyMap<string, FaultSchema>;
  /** Size of the cluster; without it the names of nodes are not checked. */
  readonly nodes?: number | undefined;
  /** Values for its parameters. */
  readonly set?: Readonly<Record<string, string>> | undefined;
  /** It was asked for by its path. */
  readonly isNamed: boolean;
  /** How long hold lasts, instead of the scenario's own time. */
  readonly holdMs?: number | undefined;
};

/** Reads, renders and checks one file, given by its absolute path. */
export function readScenario(file: string, options: ReadScenarioOptions): ReadScenario {
  const { cwd, set = {}, faultKinds, nodes, isNamed } = options;
  const text = readText(file, cwd, `or name one of the shipped scenarios; chaos-action list prints them`);
  if ('problem' in text) return { file, parameterNames: [], problems: [text.problem] };
  const { raw: written, problems: syntax } = parseYaml(text.text, shownPath(file, cwd));
  if (written === undefined) return { file, parameterNames: [], problems: syntax };

  const parameters = readParameters(written, set);
  const { raw, problems: unrendered } = withParameters(written, parameters);
  const parsed = parseRaw(scenarioSchema, raw);
  const faults = itemsAt(raw, ['faults']).map((_, index) => checkFault(index, { raw, faultKinds, nodes }));
  const problems = [...unrendered, ...parsed.problems, ...faults.flatMap((one) => one.problems)];
  const identity = { file, ...nameOf(raw), parameterNames: Object.keys(parameters) };
  if (!parsed.isComplete) return { ...identity, problems };

  const scenario = toScenario(parsed.value, { raw, parameters, faults, file: shownPath(file, cwd), isNamed });
  const holdMs = options.holdMs ?? scenario.phases.holdMs;
  problems.push(
    ...scenario.faults.flatMap((fault, index) => timeProblems(fault, index, holdMs, raw)),
    ...scenario.faults.flatMap((fault, index) => turnProblems(fault, index, raw)),
    ...overlapProblems(scenario.faults, holdMs, faultKinds, raw),
    ...recoveryProblems(scenario, raw),
  );
  if (problems.length > 0) return { ...identity, problems };
  return { ...identity, scenario: { ...scenario, phases: { ...scenario.phases, holdMs } }, problems };
}

/** The parameters as text, with what `--set` says; those that are no text are left to the schema to complain of. */
function readParameters(raw: Raw, set: Readonly<Record<string, string>>): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const { path, scalar } of scalarsOf(raw)) {
    const [section, name] = path;
    if (section !== 'parameters' || path.length !== 2 || scalar.value === null) continue;
    parameters[String(name)] = set[String(name)] ?? textOf(scalar);
  }
  return parameters;
}

/** The file with its parameters put in, and what could not be rendered. */
function withParameters(raw: Raw, parameters: Readonly<Record<string, string>>): { raw: Raw; problems: Problem[] } {
  const problems: Problem[] = [];
  const rendered = mapScalars(raw, (scalar, path) => {
    const { value } = scalar;
    if (path[0] === 'parameters') {
      return value === null ? scalar : { ...scalar, value: parameters[String(path[1])] ?? textOf(scalar) };
    }
    if (typeof value !== 'string' || !/\{[{%]/.test(value)) return scalar;
    const result = renderTemplate(value, parameters, 'among the parameters');
    if ('text' in result) return { ...scalar, value: result.text };
    const { message, hint, row, column } = result.problem;
    problems.push(problemOf(`${showPath(path)}: ${message}`, hint, locateInside(raw, path, row, column)));
    return { ...scalar, isReported: true };
  });
  return { raw: rendered, problems };
}

/** The name, known even where the scenario has problems. */
function nameOf(raw: Raw): Pick<ReadScenario, 'name' | 'locateName'> {
  const name = rawAt(raw, ['name']);
  if (name?.type !== 'scalar' || typeof name.value !== 'string') return {};
  return { name: name.value, ...(name.location === undefined ? {} : { locateName: name.location }) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a fault strikes and its parameters, as far as they are right. */
type CheckedFault = {
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
};

type FaultContext = {
  readonly raw: Raw;
  readonly faultKinds: ReadonlyMap<string, FaultSchema>;
  readonly nodes: number | undefined;
};

/** Checks a fault by its kind: that there is such a kind, its parameters, whether it can strike there, the names of nodes. */
function checkFault(index: number, { raw, faultKinds, nodes }: FaultContext): CheckedFault {
  const path: Path = ['faults', index];
  const found = rawAt(raw, path);
  const value = found && toValue(found);
  const entry = isRecord(value) ? value : {};
  const kind = typeof entry.kind === 'string' ? faultKinds.get(entry.kind) : undefined;
  // One node has no peer: a fault of the links between nodes is skipped there, whomever it names.
  const namesPeers = nodes === 1 && kind?.strikes === 'links';
  const missingNodes = nodes === undefined || namesPeers ? [] : unknownNodes(raw, path, nodes);
  if (kind !== undefined) {
    const { parameters, problems } = checkParameters(entry, kind, path, raw);
    return {
      ...(parameters === undefined ? {} : { parameters }),
      problems: [...missingNodes, ...targetProblems(entry, kind, path, raw), ...problems],
    };
  }
  if (typeof entry.kind !== 'string' || entry.kind === '') return { problems: missingNodes };
  const message = `there is no fault kind "${entry.kind}"`;
  const hint = suggest(entry.kind, [...faultKinds.keys()], 'fault kinds');
  return { problems: [...missingNodes, problemAt(raw, [...path, 'kind'], message, hint)] };
}

/** A fault of nodes must be told which, and cannot strike links. */
function targetProblems(entry: Readonly<Record<string, unknown>>, kind: FaultSchema, path: Path, raw: Raw): Problem[] {
  if (kind.strikes !== 'nodes') return [];
  const { on } = entry;
  const targets = `${targetWords.filter((word) => !word.startsWith('links.')).join(', ')} or { nodes: [node1] }`;
  if (on === undefined) {
    const hint = `${kind.kind} strikes nodes: write ${targets}`;
    return [problemOf(`${showPath([...path, 'on'])} is missing`, hint, locate(raw, path))];
  }
  const isLinks = (typeof on === 'string' && on.startsWith('links.')) || (isRecord(on) && 'from' in on);
  if (!isLinks) return [];
  return [problemAt(raw, [...path, 'on'], `${kind.kind} strikes nodes, not links`, `write ${targets}`)];
}

/** The parameters by the schema of the kind. */
function checkParameters(
  entry: Readonly<Record<string, unknown>>,
  { parameters: schema }: FaultSchema,
  path: Path,
  raw: Raw,
): CheckedFault {
  const given = Object.fromEntries(Object.entries(entry).filter(([key]) => !faultKeys.some((known) => known === key)));
  const result = schema.safeParse(given);
  if (!result.success) {
    return { problems: toProblems(result.error.issues, { raw, schema, prefix: path, otherKeys: faultKeys }) };
  }
  const parameters = isRecord(result.data) ? result.data : {};
  // A kind whose schema is not strict drops what it does not know; silence would be an injected nothing.
  const known = keysOf(schema);
  const dropped = Object.keys(given).filter((key) => !known.includes(key) && !(key in parameters));
  return { parameters, problems: dropped.map((key) => unknownKey(raw, [...path, key], [...known, ...faultKeys])) };
}

/** Names of nodes anywhere in a fault, its parameters included, that the cluster does not have. */
function unknownNodes(raw: Raw, path: Path, nodes: number): Problem[] {
  const names = nodeNames(nodes);
  const entry = rawAt(raw, path);
  if (entry === undefined) return [];
  return scalarsOf(entry, path).flatMap(({ path: at, scalar: { value, isReported } }) => {
    if (typeof value !== 'string' || isReported || names.includes(value)) return [];
    const last = at.at(-1);
    const isName = at.includes('nodes') || last === 'from' || last === 'to' || /^node-?_?\d+$/.test(value);
    const message = `there is no node "${value}" in a cluster of ${nodes}`;
    return isName ? [problemAt(raw, at, message, `nodes: ${names.join(', ')}`)] : [];
  });
}

/** The scenario that a file describes, before what its parts say of one another is checked. */
function toScenario(
  said: ScenarioFile,
  context: {
    readonly raw: Raw;
    readonly parameters: Readonly<Record<string, string>>;
    readonly faults: readonly CheckedFault[];
    readonly file: string;
    readonly isNamed: boolean;
  },
): Scenario {
  const { raw, parameters, faults, file, isNamed } = context;
  const { name, title, tier, severity, dimension, phases, expect } = said;
  const keyOf = (...keys: string[]): Location => locateKey(raw, keys) ?? { file };
  return {
    ...{ name, ownName: name, title, tier, severity, dimension, parameters },
    ...(isNamed ? { path: file } : {}),
    phases: { steadyMs: phases.steady, holdMs: phases.hold, recoverMs: phases.recover },
    faults: said.faults.map((fault, index) => ({
      kind: fault.kind,
      // Faults of nodes have been checked for one.
      on: fault.on ?? { type: 'links', which: 'cluster' },
      atMs: fault.at,
      ...(fault.for === 'hold' ? {} : { forMs: fault.for }),
      ...(fault['in-turn'] ? { inTurn: true } : {}),
      parameters: faults[index]?.parameters ?? {},
      location: locate(raw, ['faults', index]) ?? { file },
    })),
    expect: { availability: expect.availability, p99LatencyMs: expect['p99-latency'], recoveryMs: expect.recovery },
    expectLocations: {
      availability: keyOf('expect', 'availability'),
      'p99-latency': keyOf('expect', 'p99-latency'),
      recovery: keyOf('expect', 'recovery'),
    },
    location: keyOf('name'),
  };
}

/** A fault that does not fit into hold. */
function timeProblems({ atMs, forMs }: FaultSpec, index: number, holdMs: number, raw: Raw): Problem[] {
  if (atMs >= holdMs) {
    const message = `the fault begins ${formatMs(atMs)} into a hold of ${formatMs(holdMs)}`;
    return [problemAt(raw, ['faults', index, 'at'], message, 'begin it sooner, or make phases.hold longer')];
  }
  if (forMs === undefined || atMs + forMs <= holdMs) return [];
  const message = `the fault would outlast hold by ${formatMs(atMs + forMs - holdMs)}`;
  return [problemAt(raw, ['faults', index, 'for'], message, 'write hold, or make phases.hold longer')];
}

function turnProblems({ inTurn, on }: FaultSpec, index: number, raw: Raw): Problem[] {
  if (!inTurn || (on.type !== 'links' && on.type !== 'path')) return [];
  const hint = 'write on: all, another choice of nodes or { nodes: [node1, node2] }';
  return [problemAt(raw, ['faults', index, 'in-turn'], 'only nodes can be struck in turn', hint)];
}

function overlapProblems(
  faults: readonly FaultSpec[],
  holdMs: number,
  faultKinds: ReadonlyMap<string, FaultSchema>,
  raw: Raw,
): Problem[] {
  return replacedFaults(faults, holdMs, faultKinds).map(({ index, replaces }) =>
    problemAt(
      raw,
      ['faults', index],
      `it overlaps with faults[${replaces}], which is of the same kind and may strike the same target`,
      'let one end (for) before the other begins (at), or give them different targets',
    ),
  );
}

function recoveryProblems({ expect: { recoveryMs }, phases: { recoverMs } }: Scenario, raw: Raw): Problem[] {
  if (recoveryMs <= recoverMs) return [];
  const message = `${formatMs(recoveryMs)} cannot be measured in a recover phase of ${formatMs(recoverMs)}`;
  return [problemAt(raw, ['expect', 'recovery'], message, 'make phases.recover longer, or expect less')];
}
