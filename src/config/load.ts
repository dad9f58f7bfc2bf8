import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Location, Problem } from '../base/error.ts';
import { maskSecrets } from '../base/mask.ts';
import type { BrokerSpec, Config, KnownIssue } from '../model/config.ts';
import { hideReferences, restoreReferences, revealReferences } from './environment-references.ts';
import { nearest, suggest } from './nearest.ts';
import { throwProblems } from './problems.ts';
import { type BrokerFile, type ChaosFile, chaosFileSchema, invariantIds, maxNodes } from './schema.ts';
import { presetNames, shippedFolder } from './shipped.ts';
import { checkTemplates, type PathProblem } from './template.ts';
import { type Path, parseYaml, readText, shownPath, type YamlFile } from './yaml-file.ts';
import { showPath, toProblems, withoutIssues } from './zod-problems.ts';
import { show } from './zod-units.ts';

export type LoadConfigOptions = {
  /** A chaos.yml, relative to `cwd`. Without it and without `preset`, those of `defaultFiles` are looked for. */
  readonly file?: string | undefined;
  /** A preset by name; goes before the one that the file names. */
  readonly preset?: string | undefined;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the command line says goes before what the file says. */
  readonly overrides?: {
    readonly nodes?: number | undefined;
    readonly ratePerSecond?: number | undefined;
    readonly failBelow?: number | undefined;
  };
  /** Where presets are; tests pass their own. */
  readonly presetsFolder?: string;
};

export type ReadConfig = {
  readonly config?: Config;
  readonly problems: readonly Problem[];
  /** Where the known issues stand, so that their scenario names can be checked once scenarios are known. */
  readonly locateKnownIssue: (index: number) => Location | undefined;
};

/** A client notices a dead connection after 1.5 times its keepalive of 5 s; what a broker sends again then, it sends at once. */
const defaultRedeliverWithinMs = 8_000;

const defaultKeepBytes = 64 * 1_024 * 1_024;

export function isNodeCount(nodes: number): boolean {
  return Number.isInteger(nodes) && nodes >= 1 && nodes <= maxNodes;
}

/** The files that are looked for when none is named; there may be one of them. */
export const defaultFiles = ['chaos.yml', 'chaos.yaml', '.github/chaos.yml', '.github/chaos.yaml'] as const;

/** Reads and checks chaos.yml and its preset. Throws one ChaosError with every problem found. */
export function loadConfig(options: LoadConfigOptions): Config {
  const { config, problems } = readConfig(options);
  throwProblems(problems);
  if (config === undefined) throw new Error('no problem was reported and no configuration was made');
  return config;
}

/** The same without throwing, for those who have more files to check. */
export function readConfig(options: LoadConfigOptions): ReadConfig {
  const secrets = new Set<string>();
  const { problems, ...rest } = readUnmasked(options, secrets);
  const mask = (text: string): string => maskSecrets(text, [...secrets]);
  return {
    ...rest,
    problems: problems.map(({ message, hint, ...place }) => ({
      ...place,
      message: mask(message),
      ...(hint === undefined ? {} : { hint: mask(hint) }),
    })),
  };
}

/** Messages quote the values they complain of, those from the environment too. */
function readUnmasked(options: LoadConfigOptions, secrets: Set<string>): ReadConfig {
  const { cwd, env, overrides = {} } = options;
  const presetsFolder = options.presetsFolder ?? shippedFolder('brokers');
  const problems: Problem[] = [];
  const candidates = options.preset === undefined ? defaultFiles.filter((name) => existsSync(join(cwd, name))) : [];
  const file = options.file ?? candidates[0];
  if (options.file === undefined && candidates.length > 1) {
    problems.push({
      message: `there are ${listed(candidates)}, and one of them would be ignored`,
      hint: 'keep one, or name it with --config (in a workflow: config)',
    });
  }
  const read = (path: string, hint?: string): Layer | undefined => {
    const result = readLayer(path, cwd, env, hint);
    problems.push(...result.problems);
    for (const secret of result.secrets) secrets.add(secret);
    return result.layer;
  };

  const user = file === undefined ? undefined : read(file, 'chaos-action init writes one');
  const named = options.preset ?? user?.value.broker?.preset ?? (file === undefined ? 'embedded' : undefined);
  let preset: Layer | undefined;
  if (named !== undefined) {
    const known = presetNames(presetsFolder);
    if (known.includes(named)) preset = read(join(presetsFolder, `${named}.yml`));
    else {
      const location = options.preset === undefined ? user?.yaml.locate(['broker', 'preset']) : undefined;
      problems.push({
        message: `there is no preset "${named}"`,
        hint: suggest(named, known, 'presets'),
        ...(location === undefined ? {} : { location }),
      });
    }
  }
  const overridden = checkOverrides(overrides);
  problems.push(...overridden);

  const locateKnownIssue = (index: number): Location | undefined => {
    const owner = [user, preset].find((layer) => layer?.yaml.has(['broker', 'known-issues']));
    return owner?.yaml.locate(['broker', 'known-issues', index]);
  };
  // With a layer unreadable, what it lacks is not known, so nothing more can be said truly.
  if ((file !== undefined && user === undefined) || (named !== undefined && preset === undefined)) {
    return { problems, locateKnownIssue };
  }

  const layers = [user, preset].filter((layer) => layer !== undefined);
  const ownerOf = (path: Path): YamlFile | undefined => layers.find((layer) => layer.yaml.has(path))?.yaml;
  const locate = (path: Path): Location | undefined => (ownerOf(path) ?? layers[0]?.yaml)?.locate(path);
  const problemAt = (path: Path, message: string, hint?: string): void => {
    const location = locate(path);
    problems.push({
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(location === undefined ? {} : { location }),
    });
  };

  const isRemoved = (...path: string[]): boolean =>
    layers.some(({ removed }) =>
      removed.some((gone) => gone.every((key, index) => path[index] === undefined || key === path[index])),
    );
  const merged = mergeFiles(user?.value ?? {}, preset?.value ?? {});
  const { broker } = merged;
  if (broker === undefined) {
    if (isRemoved('broker')) return { problems, locateKnownIssue };
    problemAt(
      ['broker'],
      'broker is missing',
      `say how a node is started, or take a preset: ${presetNames(presetsFolder).join(', ')}`,
    );
    return { problems, locateKnownIssue };
  }
  if (broker.start === undefined) {
    if (isRemoved('broker', 'start') || isRemoved('broker', 'preset')) return { problems, locateKnownIssue };
    problemAt(
      ['broker', 'start'],
      'broker.start is missing',
      `the command that runs one node in the foreground; or take a preset: ${presetNames(presetsFolder).join(', ')}`,
    );
    return { problems, locateKnownIssue };
  }
  const ports = [...new Set(['mqtt', ...(broker.ports ?? [])])];
  const peerPorts = broker['peer-ports'] ?? (ports.includes('cluster') ? ['cluster'] : []);
  for (const [index, name] of peerPorts.entries()) {
    if (!ports.includes(name)) {
      problemAt(
        ['broker', 'peer-ports', index],
        `broker.peer-ports[${index}]: there is no port "${name}"`,
        suggest(name, ports, 'ports'),
      );
    }
  }
  const knownIssues: KnownIssue[] = broker['known-issues'] ?? [];
  for (const [index, issue] of knownIssues.entries()) {
    if (invariantIds.includes(issue.invariant)) continue;
    problemAt(
      ['broker', 'known-issues', index, 'invariant'],
      `broker.known-issues[${index}].invariant: there is no invariant "${issue.invariant}"`,
      suggest(issue.invariant, invariantIds, 'invariants'),
    );
  }

  const spec: BrokerSpec = {
    name: broker.name ?? named ?? 'broker',
    build: broker.build,
    buildWithinMs: broker['build-within'] ?? 600_000,
    start: broker.start,
    env: broker.env ?? {},
    files: broker.files ?? {},
    ports,
    peerPorts,
    ready: {
      mqtt: broker.ready?.mqtt ?? true,
      http: broker.ready?.http,
      log: broker.ready?.log,
      withinMs: broker.ready?.within ?? 30_000,
    },
    metrics: broker.metrics,
    stop: broker.stop ?? 'SIGTERM',
    stopWithinMs: broker['stop-within'] ?? 10_000,
    redeliverWithinMs: broker['redeliver-within'] ?? defaultRedeliverWithinMs,
    mqtt: { version: broker.mqtt?.version ?? 4, username: broker.mqtt?.username, password: broker.mqtt?.password },
    links: broker.links ?? 'proxy',
    grpc: broker.grpc,
    knownIssues,
    secrets: [...secrets],
  };
  if (
    !spec.ready.mqtt &&
    spec.ready.http === undefined &&
    spec.ready.log === undefined &&
    !isRemoved('broker', 'ready')
  ) {
    problemAt(['broker', 'ready'], 'broker.ready asks for nothing', 'leave mqtt: true, or give http or log');
  }
  const nodes = overridden.length === 0 ? (overrides.nodes ?? merged.cluster?.nodes ?? 3) : 3;
  // Without the names of its ports every template would be wrong.
  const portsAreKnown = !isRemoved('broker', 'ports') && !isRemoved('broker', 'peer-ports');
  for (const found of portsAreKnown ? checkTemplates(spec, nodes) : []) {
    const owner = ownerOf(found.path);
    problems.push({
      message: `${found.path.join('.')}: ${found.message}`,
      ...hinted(templateHint(found, ports, peerPorts)),
      ...(owner === undefined ? {} : { location: owner.locateInside(found.path, found.row, found.column) }),
    });
  }
  if (problems.length > 0) return { problems, locateKnownIssue };

  const config: Config = {
    broker: spec,
    nodes,
    workload: {
      profile: merged.workload?.profile ?? 'mixed',
      ratePerSecond: overrides.ratePerSecond ?? merged.workload?.rate ?? 300,
      payloadBytes: merged.workload?.payload ?? 128,
    },
    score: { failBelow: overrides.failBelow ?? merged.score?.['fail-below'] },
    logs: { keepBytes: merged.logs?.keep ?? defaultKeepBytes },
    folder: resolve(cwd),
    preset: named,
    file,
    isDefault: file === undefined && options.preset === undefined,
  };
  return { config, problems, locateKnownIssue };
}

type Layer = {
  readonly yaml: YamlFile;
  readonly value: ChaosFile;
  /** What was wrong and is left out, so that the rest could be checked. */
  readonly removed: readonly Path[];
};

/** One file: its YAML, its environment references, its schema. */
function readLayer(
  path: string,
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  hint: string | undefined,
): { layer?: Layer; problems: Problem[]; secrets: string[] } {
  const read = readText(path, cwd, hint);
  if ('problem' in read) return { problems: [read.problem], secrets: [] };
  const { yaml, problems: syntax } = parseYaml(hideReferences(read.text), shownPath(path, cwd), restoreReferences);
  if (yaml === undefined) return { problems: [...syntax], secrets: [] };

  const problems: Problem[] = [];
  const secrets: string[] = [];
  const refusedAt = new Set<string>();
  yaml.mapScalars((at, value, source) => {
    const text = isTextPath(at) && typeof value !== 'string' && value !== null ? source : value;
    if (typeof text !== 'string') return text;
    const revealed = revealReferences(text, env, isTemplatePath(at));
    secrets.push(...revealed.secrets);
    for (const { name, why, row, column } of revealed.refused) {
      refusedAt.add(showPath(at));
      problems.push({ ...refusal[why](name), location: yaml.locateInside(at, row, column) });
    }
    return revealed.text;
  });
  const value = yaml.toValue();
  const result = chaosFileSchema.safeParse(value);
  if (result.success) return { layer: { yaml, value: result.data, removed: [] }, problems, secrets };
  const { issues } = result.error;
  const fresh = issues.filter((issue) => !refusedAt.has(showPath(issue.path)));
  problems.push(...toProblems(fresh, { yaml, schema: chaosFileSchema, value }));
  const rest = withoutIssues(value, issues);
  const salvaged = chaosFileSchema.safeParse(rest.value);
  return {
    ...(salvaged.success ? { layer: { yaml, value: salvaged.data, removed: rest.removed } } : {}),
    problems,
    secrets,
  };
}

const refusal = {
  unset: (name: string) => ({
    message: `the environment variable ${name} is not set`,
    hint: `set it, or write $\${${name}} to keep the text as it is`,
  }),
  'runners-own': (name: string) => ({
    message: `the environment variable ${name} belongs to the Action and its runner; no broker gets it`,
    hint: 'give the value to the step under a name of your own, with env',
  }),
};

/** Values that are text whatever they look like: `PORT: 1883` is as good as `PORT: "1883"`. */
function isTextPath(path: Path): boolean {
  const [section, key, name] = path;
  if (section !== 'broker' || path.length !== 3) return false;
  return key === 'env' || (key === 'mqtt' && (name === 'username' || name === 'password'));
}

function isTemplatePath(path: Path): boolean {
  const [section, key, name] = path;
  if (section !== 'broker') return false;
  return (
    key === 'start' || key === 'metrics' || key === 'env' || key === 'files' || (key === 'ready' && name === 'http')
  );
}

function mergeFiles(over: ChaosFile, under: ChaosFile): ChaosFile {
  return {
    ...under,
    ...over,
    ...(over.broker || under.broker ? { broker: mergeBroker(over.broker ?? {}, under.broker ?? {}) } : {}),
    cluster: { ...under.cluster, ...over.cluster },
    workload: { ...under.workload, ...over.workload },
    score: { ...under.score, ...over.score },
    logs: { ...under.logs, ...over.logs },
  };
}

function mergeBroker(over: BrokerFile, under: BrokerFile): BrokerFile {
  return {
    ...under,
    ...over,
    env: { ...under.env, ...over.env },
    files: { ...under.files, ...over.files },
    ready: { ...under.ready, ...over.ready },
    mqtt: { ...under.mqtt, ...over.mqtt },
  };
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function checkOverrides(overrides: NonNullable<LoadConfigOptions['overrides']>): Problem[] {
  const problems: Problem[] = [];
  const { nodes, ratePerSecond, failBelow } = overrides;
  if (nodes !== undefined && !isNodeCount(nodes)) {
    problems.push({ message: `nodes: ${show(nodes)} is out of range`, hint: `write a number from 1 to ${maxNodes}` });
  }
  if (ratePerSecond !== undefined && !(ratePerSecond > 0)) {
    problems.push({ message: `rate: ${show(ratePerSecond)} is not a rate`, hint: 'write it as 300/s' });
  }
  if (failBelow !== undefined && !(failBelow >= 0 && failBelow <= 10)) {
    problems.push({ message: `fail-below: ${show(failBelow)} is not a score`, hint: 'write a number from 0 to 10' });
  }
  return problems;
}

function hinted(hint: string | undefined): { hint?: string } {
  return hint === undefined ? {} : { hint };
}

/** A port that exists but is not among the peer ports is the likeliest reason for a peer that lacks it. */
function templateHint(
  { hint, peerLacks }: PathProblem,
  ports: readonly string[],
  peerPorts: readonly string[],
): string | undefined {
  if (peerLacks === undefined || nearest(peerLacks, peerPorts) !== undefined) return hint;
  if (ports.includes(peerLacks)) return `add it to peer-ports: [${[...peerPorts, peerLacks].join(', ')}]`;
  return peerLacks === 'cluster' ? 'add cluster to ports' : hint;
}
