import { resolve } from 'node:path';
import type { Location, Problem } from '../base/error.ts';
import { maskSecrets } from '../base/mask.ts';
import type { BrokerSpec, Config, ReadySpec } from '../model/config.ts';
import { separated, type Topology } from '../model/topology.ts';
import { type Layers, type LoadConfigOptions, readLayers } from './layers.ts';
import { nearest, suggest } from './nearest.ts';
import { throwProblems } from './problems.ts';
import { locate, locateInside, type Path, problemAt, problemOf, type Raw, scalarsOf, showPath } from './raw.ts';
import { type ChaosFile, chaosFileSchema } from './schema.ts';
import { presetNames, shippedFolder } from './shipped.ts';
import { checkTemplates, isTemplatePath, nodeNames, type PathProblem } from './template.ts';
import { type Parsed, parseRaw } from './zod-problems.ts';

export type ReadConfig = {
  /** Absent while there are problems. */
  readonly config?: Config;
  readonly problems: readonly Problem[];
  /** Size of the cluster, where it is known in spite of problems. */
  readonly nodes?: number | undefined;
  /** Scenarios that known issues name, to be checked once scenarios are known. */
  readonly issueScenarios: readonly { readonly path: Path; readonly name: string; readonly location?: Location }[];
};

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
  const { raw } = layers;
  const parsed = parseRaw(chaosFileSchema, raw, { missingHint: missingHint(options) });
  const found = [
    ...layers.problems,
    ...parsed.problems,
    ...unknownPeerPorts(raw, parsed),
    ...modesWithoutFile(raw, parsed),
    ...unfitTopology(raw, parsed),
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

/** A topology names nodes that there are. A cluster of one node has none whatever is said. */
function unfitTopology(raw: Raw, { value, isSound }: Parsed<ChaosFile>): Problem[] {
  if (!isSound(['broker', 'topology']) || !isSound(['cluster', 'nodes'])) return [];
  const { topology } = value.broker;
  const names = nodeNames(value.cluster.nodes);
  if (topology === undefined || names.length === 1) return [];
  const at = (message: string, hint?: string): Problem[] => [problemAt(raw, ['broker', 'topology'], message, hint)];
  if (topology.type === 'single')
    return at(`single is one node, and the cluster has ${names.length}`, 'set cluster.nodes: 1');
  const named = topology.type === 'star' ? [topology.hub] : topology.type === 'bridges' ? topology.pairs.flat() : [];
  const unknown = named.find((name) => !names.includes(name));
  if (unknown !== undefined) return at(`there is no node "${unknown}"`, suggest(unknown, names, 'nodes'));
  const alone = topology.type === 'full' ? undefined : names.find((name) => !isJoined(name, names, topology));
  return alone === undefined
    ? []
    : at(`nothing leads from ${names[0]} to ${alone}`, 'each node needs a bridge to another');
}

/** Whether what the first node says comes to this one. */
function isJoined(name: string, names: readonly string[], topology: Topology): boolean {
  const apart = separated({ unavailableNodes: [], cutPaths: [] }, names, topology);
  return !apart.some(({ from, to }) => from === names[0] && to === name);
}

function modesWithoutFile(raw: Raw, { value, isSound }: Parsed<ChaosFile>): Problem[] {
  if (!isSound(['broker', 'files']) || !isSound(['broker', 'file-modes'])) return [];
  const files = Object.keys(value.broker.files);
  return Object.keys(value.broker['file-modes']).flatMap((name) =>
    files.includes(name)
      ? []
      : [problemAt(raw, ['broker', 'file-modes', name], `there is no file "${name}"`, suggest(name, files, 'files'))],
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
  const mqtt = isSound(['broker', 'mqtt']) ? value.broker.mqtt : { transport: 'tcp' as const };
  // Every name of a service would be unknown.
  if (!isSound(['broker', 'services'])) return [];
  const services = Object.fromEntries(Object.entries(value.broker.services).map(([name, of]) => [name, of.ports]));
  return checkTemplates(templates, { nodes, mqtt, services, ...ports }).map((found) => {
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
  const { name, needs, build, start, env, files, prepare, join, ready, metrics, stop, links, topology, grpc } = broker;
  return {
    ...{
      needs,
      build,
      start,
      env,
      files,
      prepare,
      join,
      metrics,
      stop,
      links,
      topology,
      grpc,
      secrets,
      ...portsOf(said),
    },
    name: name ?? presetName ?? 'broker',
    buildWithinMs: broker['build-within'],
    startOrder: broker['start-order'],
    workingDirectory: broker['working-directory'],
    services: Object.fromEntries(
      Object.entries(broker.services).map(([of, service]) => [of, { ...service, ready: toReady(service.ready) }]),
    ),
    fileModes: broker['file-modes'],
    ready: { mqtt: ready.mqtt, ...toReady(ready) },
    stopWithinMs: broker['stop-within'],
    redeliverWithinMs: broker['redeliver-within'],
    mqtt: toMqtt(broker),
    knownIssues: broker['known-issues'],
  };
}

function toReady({ http, log, command, within }: ChaosFile['broker']['services'][string]['ready']): ReadySpec {
  return { http, log, command, withinMs: within };
}

function toMqtt({ mqtt }: ChaosFile['broker']): BrokerSpec['mqtt'] {
  const { tls, ...rest } = mqtt;
  if (tls === undefined) return rest;
  return { ...rest, tls: { ca: tls.ca, serverName: tls['server-name'], verify: tls.verify ?? true } };
}
