import { Liquid, LiquidError } from 'liquidjs';
import { distPath } from '../base/entries.ts';
import type { ClusterShape, DescribedCluster } from '../model/cluster.ts';
import type { BrokerSpec, ServiceSpec } from '../model/config.ts';
import { nearest, suggest } from './nearest.ts';
import { throwProblems } from './problems.ts';
import { type Path, problemOf } from './raw.ts';

/** What a template of one node can say. */
export type NodeContext = {
  readonly node: {
    readonly name: string;
    /** Counts from 1. */
    readonly index: number;
    readonly ports: Readonly<Record<string, number>>;
    /** The node's own folder, absolute. `files` are written here. */
    readonly folder: string;
  };
  /** Every other node, its peer ports as this node must dial them: through the proxy of this pair, if there is one. */
  readonly peers: readonly PeerContext[];
  readonly cluster: { readonly name: string; readonly nodes: readonly string[] };
  readonly services: ServicePorts;
  /** The deliberate defect that the embedded broker is to have. */
  readonly mutant?: string | undefined;
};

/** The ports of each helper process of the cluster. */
export type ServicePorts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What a template of one service can say. */
export type ServiceContext = Pick<NodeContext, 'cluster' | 'services'> & {
  readonly name: string;
  /** The service's own folder, absolute. */
  readonly folder: string;
};

export type PeerContext = {
  readonly name: string;
  readonly index: number;
  readonly ports: Readonly<Record<string, number>>;
};

/** What a process is started with, and what shows that it is ready. */
export type RenderedProcess = {
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
  readonly readyHttp?: string;
  readonly readyLog?: string;
  readonly readyCommand?: string;
};

/** What one node is started with. */
export type RenderedNode = RenderedProcess & {
  /** Contents by name, relative to the node's folder. */
  readonly files: Readonly<Record<string, string>>;
  readonly prepare?: string;
  readonly join?: string;
  /** The folder that its commands run in, as it was written. */
  readonly workingDirectory?: string;
  readonly metrics?: string;
  /** The file with the certificate authority that clients trust the node by, as it was written. */
  readonly caFile?: string;
};

/** A template that cannot be rendered; row and column count from 1 inside the template's own text. */
export type TemplateProblem = {
  readonly message: string;
  readonly hint?: string;
  readonly row: number;
  readonly column: number;
  /** The property that was asked of a peer and that no peer has, where that is what is wrong. */
  readonly peerLacks?: string | undefined;
};

export type PathProblem = TemplateProblem & { readonly path: Path };

const loopback = '127.0.0.1';

/** What one template may take: a description of a node needs thousandths of that. */
const limits = { parseLimit: 1_000_000, memoryLimit: 1_000_000, renderLimit: 1_000 };
/** How often a template may take too long before it is called slow. */
const mostAttempts = 3;
/** All templates of all nodes. */
const checkWithinMs = 3_000;

const engine = new Liquid({
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  templates: {},
  ...limits,
});

// The filter of the library answers nothing for a property that does not exist: the broker would boot without peers.
engine.registerFilter('map', (items: unknown, property: string) =>
  (Array.isArray(items) ? items : [items]).map((item: unknown) => {
    if (typeof item === 'object' && item !== null && Object.hasOwn(item, property)) {
      const value: unknown = Reflect.get(item, property);
      return value;
    }
    throw new UnknownProperty(property, typeof item === 'object' && item !== null ? Object.keys(item) : []);
  }),
);

class UnknownProperty extends Error {
  readonly property: string;
  readonly known: readonly string[];
  constructor(property: string, known: readonly string[]) {
    super(`map: not every item has "${property}"`);
    this.property = property;
    this.known = known;
  }
}

const limitTexts = {
  'parse length': 'this template is too long',
  'memory alloc': 'this template produces too much text or too many items',
  'template render': 'this template takes longer than a second',
};

/** The limit that a template exceeded. The library says so in the message alone, and outside of a tag by an error that has no place. */
function limitOf(error: unknown): keyof typeof limitTexts | undefined {
  const cause = LiquidError.is(error) ? error.originalError : error;
  const text = cause instanceof Error ? cause.message : '';
  return (['parse length', 'memory alloc', 'template render'] as const).find(
    (limit) => text === `${limit} limit exceeded`,
  );
}

/** Renders one template, or says what is wrong with it. `place` says where names are looked for, as in "there is no x PLACE". */
export function renderTemplate(
  template: string,
  scope: Readonly<Record<string, unknown>>,
  place = 'in a template here',
): { text: string } | { problem: TemplateProblem } {
  for (let attempt = 1; ; attempt++) {
    try {
      return { text: String(engine.parseAndRenderSync(template, scope)) };
    } catch (error) {
      const limit = limitOf(error);
      // The library measures wall time, and on a busy machine a template may wait for a CPU as long. One without an end is slow each time.
      if (limit === 'template render' && attempt < mostAttempts) continue;
      if (limit !== undefined) return { problem: { message: limitTexts[limit], ...positionOf(error) } };
      if (LiquidError.is(error)) return { problem: templateProblem(error, scope, place) };
      throw error;
    }
  }
}

/** What the library found wrong. It gives some of it only as text. */
function templateProblem(error: LiquidError, scope: Readonly<Record<string, unknown>>, place: string): TemplateProblem {
  const position = positionOf(error);
  const cause: unknown = error.originalError;
  if (cause instanceof UnknownProperty) {
    const hint = suggest(cause.property, cause.known, 'each has');
    return { message: cause.message, hint, peerLacks: cause.property, ...position };
  }
  const name = undefinedVariable(error);
  if (name !== undefined) return { message: `there is no ${name} ${place}`, ...variableHint(name, scope), ...position };
  const message = cause instanceof Error ? cause.message : error.message;
  const filter = /^undefined filter: (.*)$/.exec(message)?.[1];
  if (filter !== undefined) {
    const near = nearest(filter, Object.keys(engine.filters));
    const hint = near === undefined ? 'see the filters of Liquid' : `did you mean "${near}"?`;
    return { message: `there is no filter ${filter}`, hint, ...position };
  }
  return { message: `template: ${message.replace(/, line:\d+, col:\d+$/, '')}`, ...position };
}

function positionOf(error: unknown): { row: number; column: number } {
  const [row, column] = LiquidError.is(error) ? error.token.getPosition() : [];
  return { row: row ?? 1, column: column ?? 1 };
}

/** The variable that does not exist, where that is what is wrong; errors of the library hold one another. */
function undefinedVariable(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('variableName' in error && typeof error.variableName === 'string') return error.variableName;
  return LiquidError.is(error) ? undefinedVariable(error.originalError) : undefined;
}

/** A template with its path in chaos.yml. */
export type Template = { readonly path: Path; readonly text: string };

/** What the text of a template becomes, which decides what is wrong with it. */
type TemplateUse = 'text' | 'command' | 'address' | 'file';

const usesInBroker: Readonly<Record<string, TemplateUse>> = {
  start: 'command',
  prepare: 'text',
  join: 'text',
  'working-directory': 'file',
  metrics: 'address',
};
const usesInReady: Readonly<Record<string, TemplateUse>> = { http: 'address', log: 'text', command: 'text' };

/** What the template at a path of chaos.yml is for; undefined where there is no template. */
function useOf([section, key = '', name = '', ...inner]: Path): TemplateUse | undefined {
  if (section !== 'broker') return undefined;
  if (key === 'services') return useInService(inner);
  if (key === 'env' || key === 'files') return 'text';
  if (key === 'mqtt') return name === 'tls' && inner[0] === 'ca' ? 'file' : undefined;
  return key === 'ready' ? usesInReady[String(name)] : usesInBroker[String(key)];
}

function useInService([key, name = '']: Path): TemplateUse | undefined {
  if (key === 'start') return 'command';
  if (key === 'env') return 'text';
  return key === 'ready' ? usesInReady[String(name)] : undefined;
}

/** Whether the text at a path of chaos.yml is a template. */
export function isTemplatePath(path: Path): boolean {
  return useOf(path) !== undefined;
}

/** Renders everything that one node is started with. Throws a ChaosError that names every template that failed. */
export function renderNode(broker: BrokerSpec, context: NodeContext): RenderedNode {
  const { prepare, join, workingDirectory, files, metrics, mqtt } = broker;
  return renderAll(scopeOf(context, broker.mqtt), ['broker'], (render, renderEach) => ({
    ...renderProcess(broker, render, renderEach),
    files: renderEach(files, 'files'),
    ...unlessEmpty('prepare', prepare && render(prepare, 'prepare')),
    ...unlessEmpty('join', join && render(join, 'join')),
    ...(workingDirectory === undefined ? {} : { workingDirectory: render(workingDirectory, 'working-directory') }),
    ...(metrics === undefined ? {} : { metrics: render(metrics, 'metrics') }),
    ...(mqtt.tls?.ca === undefined ? {} : { caFile: render(mqtt.tls.ca, 'mqtt', 'tls', 'ca') }),
  }));
}

/** Renders everything that a service is started with. Throws as `renderNode` does. */
export function renderService(spec: ServiceSpec, context: ServiceContext): RenderedProcess {
  const path = ['broker', 'services', context.name];
  return renderAll(serviceScopeOf(context), path, (render, renderEach) => renderProcess(spec, render, renderEach));
}

type Render = (text: string, ...path: string[]) => string;
type RenderEach = (texts: Readonly<Record<string, string>>, key: string) => Record<string, string>;

function renderProcess(
  { start, env, ready }: Pick<ServiceSpec, 'start' | 'env' | 'ready'>,
  render: Render,
  renderEach: RenderEach,
): RenderedProcess {
  return {
    command: render(start, 'start'),
    env: renderEach(env, 'env'),
    ...(ready.http === undefined ? {} : { readyHttp: render(ready.http, 'ready', 'http') }),
    ...unlessEmpty('readyLog', ready.log && render(ready.log, 'ready', 'log')),
    ...unlessEmpty('readyCommand', ready.command && render(ready.command, 'ready', 'command')),
  };
}

/** What a template may leave to a condition. */
function unlessEmpty<K extends string>(key: K, text: string | undefined): { [key in K]?: string } {
  const result: { [key in K]?: string } = {};
  if (text !== undefined && text.trim() !== '') result[key] = text.trim();
  return result;
}

function renderAll<T>(
  scope: Readonly<Record<string, unknown>>,
  within: Path,
  make: (render: Render, renderEach: RenderEach) => T,
): T {
  const problems: PathProblem[] = [];
  const render: Render = (text, ...path) => {
    const result = renderChecked({ path: [...within, ...path], text }, scope);
    if ('text' in result) return result.text;
    problems.push(result.problem);
    return '';
  };
  const rendered = make(render, (texts, key) =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, render(text, key, name)])),
  );
  throwProblems(problems.map(({ path, message, hint }) => problemOf(`${path.join('.')}: ${message}`, hint)));
  return rendered;
}

/** The cluster that templates are tried with. */
export type TriedCluster = {
  readonly nodes: number;
  readonly ports: readonly string[];
  readonly peerPorts: readonly string[];
  readonly mqtt: ClientSide;
  /** The names of the ports of each service. */
  readonly services: Readonly<Record<string, readonly string[]>>;
};

/** How clients connect, as far as a node has to know. */
type ClientSide = { readonly transport: 'tcp' | 'ws'; readonly tls?: object | undefined };

/** Renders templates for every node of a made-up cluster, so that mistakes show before anything starts. */
export function checkTemplates(templates: readonly Template[], cluster: TriedCluster): PathProblem[] {
  const found = new Map<string, PathProblem>();
  const startedMs = performance.now();
  for (const mutant of [undefined, 'none']) {
    for (let index = 1; index <= cluster.nodes; index++) {
      // Each may take its time, and all together too long.
      if (found.size > 0 && performance.now() - startedMs > checkWithinMs) return [...found.values()];
      const context = madeUpContext(cluster, index, mutant);
      const scope = scopeOf(context, cluster.mqtt);
      for (const template of templates) {
        const service = serviceOf(template.path);
        const result = renderChecked(
          template,
          service === undefined ? scope : serviceScopeOf({ ...context, name: service, folder: '/service/folder' }),
        );
        if ('text' in result) continue;
        const { path, row, column } = result.problem;
        const key = `${path.join('.')}:${row}:${column}`;
        if (!found.has(key)) found.set(key, result.problem);
      }
    }
  }
  return [...found.values()];
}

/** The service whose template stands at a path. */
function serviceOf([, key, name]: Path): string | undefined {
  return key === 'services' ? String(name) : undefined;
}

/** Names of the nodes of a cluster. */
export function nodeNames(nodes: number): string[] {
  return Array.from({ length: nodes }, (_, index) => `node${index + 1}`);
}

/** The cluster that a configuration describes. */
export function shapeOf({ nodes, broker: { topology } }: DescribedCluster): ClusterShape {
  return { nodes: nodeNames(nodes), topology };
}

/** Renders a template and checks the text as that of its path: a command is not empty, an address is one. */
function renderChecked(
  { path, text: template }: Template,
  scope: Readonly<Record<string, unknown>>,
): { text: string } | { problem: PathProblem } {
  const result = renderTemplate(template, scope);
  if ('problem' in result) return { problem: { ...result.problem, path } };
  const use = useOf(path);
  if (use === 'text' || use === undefined) return result;
  const text = result.text.trim();
  const wrong = wrongText(text, use);
  return wrong === undefined ? { text } : { problem: { ...wrong, path, row: 1, column: 1 } };
}

function wrongText(text: string, use: Exclude<TemplateUse, 'text'>): { message: string; hint?: string } | undefined {
  if (use === 'address') return wrongAddress(text);
  const what = use === 'command' ? 'the command' : 'the name of the file';
  return text === '' ? { message: `${what} is empty once rendered` } : undefined;
}

/** No address at all is fine: a template may leave it to a condition. */
function wrongAddress(text: string): { message: string; hint: string } | undefined {
  if (text === '' || (URL.canParse(text) && /^https?:/.test(text))) return undefined;
  return { message: `"${text}" is not an address`, hint: 'write http://127.0.0.1:{{ node.ports.NAME }}/...' };
}

function scopeOf(context: NodeContext, mqtt: ClientSide): Record<string, unknown> {
  const { node, peers, mutant } = context;
  return {
    ...sharedScope(context),
    node: { ...node, host: loopback },
    peers: peers.map((peer) => ({
      name: peer.name,
      index: peer.index,
      host: loopback,
      ports: peer.ports,
      ...addressesOf(peer.ports),
    })),
    mqtt: { transport: mqtt.transport, tls: mqtt.tls !== undefined },
    // Liquid takes an empty text for true and a missing name for a mistake; only nil is neither.
    mutant: mutant ?? null,
  };
}

function serviceScopeOf(context: ServiceContext): Record<string, unknown> {
  const { name, folder, services } = context;
  return { ...sharedScope(context), service: { name, folder, host: loopback, ports: services[name] ?? {} } };
}

/** What nodes and services can say. */
function sharedScope({ cluster, services }: Pick<NodeContext, 'cluster' | 'services'>): Record<string, unknown> {
  return {
    cluster: { name: cluster.name, nodes: cluster.nodes, size: cluster.nodes.length },
    services: Object.fromEntries(
      Object.entries(services).map(([name, ports]) => [name, { host: loopback, ports, ...addressesOf(ports) }]),
    ),
    tool: { folder: distPath('.'), node: process.execPath },
  };
}

/** `host:port` by the name of the port. */
function addressesOf(ports: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, `${loopback}:${port}`]));
}

function madeUpContext(cluster: TriedCluster, index: number, mutant: string | undefined): NodeContext {
  const names = nodeNames(cluster.nodes);
  const ports = (of: number, list: readonly string[]): Record<string, number> =>
    Object.fromEntries(list.map((name, position) => [name, 20_000 + of * 100 + position]));
  return {
    node: { name: `node${index}`, index, ports: ports(index, cluster.ports), folder: '/node/folder' },
    peers: names.flatMap((name, position) =>
      position + 1 === index ? [] : [{ name, index: position + 1, ports: ports(position + 1, cluster.peerPorts) }],
    ),
    cluster: { name: 'chaos', nodes: names },
    services: Object.fromEntries(
      Object.entries(cluster.services).map(([name, list], position) => [
        name,
        ports(cluster.nodes + 1 + position, list),
      ]),
    ),
    mutant,
  };
}

/** What there is beside the name that was not found. */
function variableHint(
  name: string,
  scope: Readonly<Record<string, unknown>>,
): Required<Pick<TemplateProblem, 'hint'>> & Pick<TemplateProblem, 'peerLacks'> {
  const parts = name.split('.');
  let current: unknown = scope;
  for (const [depth, part] of parts.entries()) {
    if (typeof current !== 'object' || current === null) break;
    if (Array.isArray(current) && !(part in current)) return { hint: `there are ${current.length} of them` };
    if (Object.hasOwn(current, part)) {
      current = Reflect.get(current, part);
      continue;
    }
    const peers = scope.peers;
    const peer: unknown = Array.isArray(peers) ? peers[0] : undefined;
    // A name bound by a loop is not in the scope; loops here run over peers.
    if (depth === 0 && parts.length > 1 && typeof peer === 'object' && peer !== null) {
      const property = parts.at(-1) ?? '';
      return { hint: suggest(property, Object.keys(peer), 'a peer has'), peerLacks: property };
    }
    if (parts[0] === 'peers') return { hint: suggest(part, Object.keys(current), 'a peer has'), peerLacks: part };
    const before = parts.slice(0, depth).join('.');
    return { hint: suggest(part, Object.keys(current), before === '' ? 'there is' : `${before} has`) };
  }
  return { hint: 'it has no such property' };
}
