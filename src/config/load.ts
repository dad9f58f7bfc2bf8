import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Location, Problem } from '../base/error.ts';
import { maskSecrets } from '../base/mask.ts';
import type { BrokerSpec, Config } from '../model/config.ts';
import { hideReferences, restoreReferences, revealReferences } from './environment-references.ts';
import { nearest, suggest } from './nearest.ts';
import { throwProblems } from './problems.ts';
import {
  locate,
  locateInside,
  merge,
  type Path,
  problemAt,
  problemOf,
  type Raw,
  type RawScalar,
  rawAt,
  rawMap,
  rawOption,
  scalarsOf,
  showPath,
} from './raw.ts';
import { type ChaosFile, chaosFileSchema } from './schema.ts';
import { presetNames, shippedFolder } from './shipped.ts';
import { checkTemplates, isTemplatePath, type PathProblem } from './template.ts';
import { parseYaml, readText, shownPath } from './yaml-file.ts';
import { type Parsed, parseRaw } from './zod-problems.ts';

export type LoadConfigOptions = {
  /** A chaos.yml, relative to `cwd`. Without it and without `preset`, those of `defaultFiles` are looked for. */
  readonly file?: string | undefined;
  /** A preset by name; overrides the one that the file names. */
  readonly preset?: string | undefined;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the command line says; it overrides the file. */
  readonly overrides?: {
    readonly nodes?: number | undefined;
    readonly ratePerSecond?: number | undefined;
    readonly failBelow?: number | undefined;
  };
  /** Where presets are; tests pass their own. */
  readonly presetsFolder?: string;
};

export type ReadConfig = {
  /** Absent while there are problems. */
  readonly config?: Config;
  readonly problems: readonly Problem[];
  /** Size of the cluster, where it is known in spite of problems. */
  readonly nodes?: number | undefined;
  /** Scenarios that known issues name, to be checked once scenarios are known. */
  readonly issueScenarios: readonly { readonly path: Path; readonly name: string; readonly location?: Location }[];
};

/** The files that are looked for when none is named; there may be one of them. */
export const defaultFiles = ['chaos.yml', 'chaos.yaml', '.github/chaos.yml', '.github/chaos.yaml'] as const;

/** Reads and checks chaos.yml and its preset. Throws one ChaosError with every problem found. */
export function loadConfig(options: LoadConfigOptions): Config {
  const { config, problems } = readConfig(options);
  throwProblems(problems);
  if (config === undefined) throw new Error('no problem was reported and no configuration was made');
  return config;
}

/**
 * The same without throwing, for those who have more files to check: reads the layers, merges them, parses what they say together, and
 * checks what one key says of another.
 */
export function readConfig(options: LoadConfigOptions): ReadConfig {
  const layers = readLayers(options);
  const raw = merge(layers.commandLine, merge(layers.user, layers.preset));
  const parsed = parseRaw(chaosFileSchema, raw, { missingHint: missingHint(options) });
  const found = [
    ...layers.problems,
    ...parsed.problems,
    ...unknownPeerPorts(raw, parsed),
    ...templateProblems(raw, parsed),
  ];
  const problems = found.map((problem) => masked(problem, layers.secrets));
  return {
    ...(problems.length === 0 ? { config: toConfig(parsed.value, layers, options) } : {}),
    problems,
    nodes: parsed.isSound(['cluster', 'nodes']) ? parsed.value.cluster.nodes : undefined,
    issueScenarios: issueScenarios(raw, parsed),
  };
}

/** What says something about a run, the upper ones first. */
type Layers = {
  readonly commandLine: Raw;
  readonly user: Raw;
  readonly preset: Raw;
  /** The chaos.yml that was read, and the preset that was taken. */
  readonly file: string | undefined;
  readonly presetName: string | undefined;
  readonly problems: readonly Problem[];
  readonly secrets: readonly string[];
};

const emptyLayer: Raw = rawMap({});

/** A value that a layer would say if it could be read. Nothing is reported of it, and of what depends on it. */
const unknownValue: RawScalar = { type: 'scalar', value: null, source: '', isReported: true };

/** Stands for a layer that cannot be read: that it lacks something, or that something does not fit it, is not known. */
const unknownLayer: Raw = rawMap({
  broker: rawMap({
    start: unknownValue,
    ports: unknownValue,
    'peer-ports': unknownValue,
    ready: rawMap({ http: unknownValue }),
  }),
  cluster: rawMap({ nodes: unknownValue }),
});

/** Reads chaos.yml and the preset that is asked for. */
function readLayers(options: LoadConfigOptions): Layers {
  const { cwd, env, presetsFolder = shippedFolder('brokers') } = options;
  const found = findFile(options);
  const user = found.file === undefined ? undefined : readLayer(found.file, cwd, env, 'chaos-action init writes one');
  const preset = findPreset({ asked: options.preset, file: found.file, user: user?.raw }, presetsFolder);
  const read = preset.file === undefined ? undefined : readLayer(preset.file, cwd, env);
  return {
    commandLine: commandLineLayer(options.overrides ?? {}),
    user: user === undefined ? emptyLayer : (user.raw ?? unknownLayer),
    preset: preset.isNone ? emptyLayer : (read?.raw ?? unknownLayer),
    file: found.file,
    presetName: preset.name,
    problems: [...found.problems, ...(user?.problems ?? []), ...preset.problems, ...(read?.problems ?? [])],
    secrets: [...new Set([...(user?.secrets ?? []), ...(read?.secrets ?? [])])],
  };
}

/** The chaos.yml to read, if there is one. */
function findFile({ file, preset, cwd }: LoadConfigOptions): { file: string | undefined; problems: Problem[] } {
  const candidates = preset === undefined ? defaultFiles.filter((name) => existsSync(join(cwd, name))) : [];
  if (file !== undefined || candidates.length < 2) return { file: file ?? candidates[0], problems: [] };
  const message = `there are ${candidates.slice(0, -1).join(', ')} and ${candidates.at(-1)}, and one of them would be ignored`;
  const hint = 'keep one, or name it with --config (in a workflow: config)';
  return { file: candidates[0], problems: [problemOf(message, hint)] };
}

type FoundPreset = {
  readonly name?: string | undefined;
  /** Its file. */
  readonly file?: string;
  /** Whether no preset is asked for. */
  readonly isNone?: true;
  readonly problems: readonly Problem[];
};

/** The preset that is asked for, that of chaos.yml or, without either, the embedded broker. */
function findPreset(
  { asked, file, user }: { asked: string | undefined; file: string | undefined; user: Raw | undefined },
  folder: string,
): FoundPreset {
  const path = ['broker', 'preset'];
  const own = user && rawAt(user, path);
  if (asked === undefined && user !== undefined && own === undefined) return { isNone: true, problems: [] };
  const name = asked ?? (file === undefined ? 'embedded' : own && readableText(own));
  // A file that cannot be read may name any; of what is no text the schema complains.
  if (name === undefined) return { problems: [] };
  const known = presetNames(folder);
  if (known.includes(name)) return { name, file: join(folder, `${name}.yml`), problems: [] };
  const location = asked === undefined && user !== undefined ? locate(user, path) : undefined;
  return { name, problems: [problemOf(`there is no preset "${name}"`, suggest(name, known, 'presets'), location)] };
}

/** The text that a layer gives, unless it is none or has a problem. */
function readableText(raw: Raw): string | undefined {
  if (raw.type !== 'scalar' || raw.isReported || typeof raw.value !== 'string') return undefined;
  return raw.value === '' ? undefined : raw.value;
}

/** One file: its YAML, and the values of the environment in it. */
function readLayer(
  path: string,
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  hint?: string,
): { raw?: Raw; problems: readonly Problem[]; secrets: readonly string[] } {
  const read = readText(path, cwd, hint);
  if ('problem' in read) return { problems: [read.problem], secrets: [] };
  const { raw, problems } = parseYaml(hideReferences(read.text), shownPath(path, cwd), restoreReferences);
  return raw === undefined ? { problems, secrets: [] } : revealReferences(raw, env);
}

function commandLineLayer({ nodes, ratePerSecond, failBelow }: NonNullable<LoadConfigOptions['overrides']>): Raw {
  return rawMap({
    ...(nodes === undefined ? {} : { cluster: rawMap({ nodes: rawOption('nodes', nodes) }) }),
    ...(ratePerSecond === undefined
      ? {}
      : { workload: rawMap({ rate: rawOption('rate', `${plainNumber(ratePerSecond)}/s`) }) }),
    ...(failBelow === undefined ? {} : { score: rawMap({ 'fail-below': rawOption('fail-below', failBelow) }) }),
  });
}

/** Digits without an exponent, of which none is lost. */
function plainNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(20);
}

function missingHint({ presetsFolder }: LoadConfigOptions): (path: Path) => string | undefined {
  return (path) => {
    const key = showPath(path);
    if (key !== 'broker' && key !== 'broker.start') return undefined;
    const presets = presetNames(presetsFolder ?? shippedFolder('brokers')).join(', ');
    return key === 'broker'
      ? `say how a node is started, or take a preset: ${presets}`
      : `the command that runs one node in the foreground; or take a preset: ${presets}`;
  };
}

function unknownPeerPorts(raw: Raw, { value, isSound }: Parsed<ChaosFile>): Problem[] {
  if (!isSound(['broker', 'ports']) || !isSound(['broker', 'peer-ports'])) return [];
  const { ports, peerPorts } = portsOf(value);
  return peerPorts.flatMap((name, index) =>
    ports.includes(name)
      ? []
      : [problemAt(raw, ['broker', 'peer-ports', index], `there is no port "${name}"`, suggest(name, ports, 'ports'))],
  );
}

/** The names of a node's ports, and of those that its peers use. */
function portsOf({ broker }: ChaosFile): { ports: readonly string[]; peerPorts: readonly string[] } {
  const ports = [...new Set(['mqtt', ...broker.ports])];
  return { ports, peerPorts: broker['peer-ports'] ?? (ports.includes('cluster') ? ['cluster'] : []) };
}

/** The size of a cluster that templates are tried with while its own is not known. */
const usualNodes = 3;

/** What cannot be rendered. Without the names of its ports every template would be wrong. */
function templateProblems(raw: Raw, { value, isSound }: Parsed<ChaosFile>): Problem[] {
  if (!isSound(['broker', 'ports']) || !isSound(['broker', 'peer-ports'])) return [];
  const templates = scalarsOf(raw).flatMap(({ path, scalar }) =>
    isTemplatePath(path) && isSound(path) && typeof scalar.value === 'string' ? [{ path, text: scalar.value }] : [],
  );
  const ports = portsOf(value);
  const nodes = isSound(['cluster', 'nodes']) ? value.cluster.nodes : usualNodes;
  return checkTemplates(templates, { nodes, ...ports }).map((found) => {
    const { path, message, row, column } = found;
    return problemOf(`${path.join('.')}: ${message}`, templateHint(found, ports), locateInside(raw, path, row, column));
  });
}

/** A port that exists but is not among the peer ports is the likeliest reason for a peer that lacks it. */
function templateHint({ hint, peerLacks }: PathProblem, { ports, peerPorts }: ReturnType<typeof portsOf>) {
  if (peerLacks === undefined || nearest(peerLacks, peerPorts) !== undefined) return hint;
  if (ports.includes(peerLacks)) return `add it to peer-ports: [${[...peerPorts, peerLacks].join(', ')}]`;
  return peerLacks === 'cluster' ? 'add cluster to ports' : hint;
}

function issueScenarios(raw: Raw, { value, isSound }: Parsed<ChaosFile>): ReadConfig['issueScenarios'] {
  if (!isSound(['broker', 'known-issues'])) return [];
  return value.broker['known-issues'].flatMap(({ scenario: name }, index) => {
    if (name === undefined) return [];
    const path = ['broker', 'known-issues', index, 'scenario'];
    const location = locate(raw, path);
    return [{ path, name, ...(location === undefined ? {} : { location }) }];
  });
}

/** Messages quote the values they complain of, those from the environment too. */
function masked({ message, hint, location }: Problem, secrets: readonly string[]): Problem {
  return problemOf(maskSecrets(message, secrets), hint === undefined ? hint : maskSecrets(hint, secrets), location);
}

/** What the layers say, in the words of the product. */
function toConfig(said: ChaosFile, layers: Layers, { cwd, preset }: LoadConfigOptions): Config {
  const { cluster, workload, score, logs } = said;
  return {
    broker: toBroker(said, layers),
    nodes: cluster.nodes,
    workload: { profile: workload.profile, ratePerSecond: workload.rate, payloadBytes: workload.payload },
    score: { failBelow: score['fail-below'] },
    logs: { keepBytes: logs.keep },
    folder: resolve(cwd),
    preset: layers.presetName,
    file: layers.file,
    isDefault: layers.file === undefined && preset === undefined,
  };
}

function toBroker(said: ChaosFile, { presetName, secrets }: Layers): BrokerSpec {
  const { broker } = said;
  const { name, build, start, env, files, ready, metrics, stop, mqtt, links, grpc } = broker;
  return {
    ...{ build, start, env, files, metrics, stop, mqtt, links, grpc, secrets, ...portsOf(said) },
    name: name ?? presetName ?? 'broker',
    buildWithinMs: broker['build-within'],
    ready: { mqtt: ready.mqtt, http: ready.http, log: ready.log, withinMs: ready.within },
    stopWithinMs: broker['stop-within'],
    redeliverWithinMs: broker['redeliver-within'],
    knownIssues: broker['known-issues'],
  };
}
