import { Liquid, LiquidError } from 'liquidjs';
import { distPath } from '../base/entries.ts';
import type { BrokerSpec } from '../model/config.ts';
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
  /** The deliberate defect that the embedded broker is to have. */
  readonly mutant?: string | undefined;
};

export type PeerContext = {
  readonly name: string;
  readonly index: number;
  readonly ports: Readonly<Record<string, number>>;
};

/** What one node is started with. */
export type RenderedNode = {
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
  /** Contents by name, relative to the node's folder. */
  readonly files: Readonly<Record<string, string>>;
  readonly readyHttp?: string;
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

/** Whether the text at a path of chaos.yml is a template. */
export function isTemplatePath([section, key, name, inner]: Path): boolean {
  if (section !== 'broker') return false;
  if (key === 'mqtt') return name === 'tls' && inner === 'ca';
  return ['start', 'metrics', 'env', 'files'].some((one) => one === key) || (key === 'ready' && name === 'http');
}

/** Renders everything that one node is started with. Throws a ChaosError that names every template that failed. */
export function renderNode(broker: BrokerSpec, context: NodeContext): RenderedNode {
  const scope = scopeOf(context, broker.mqtt);
  const problems: PathProblem[] = [];
  const render = (text: string, ...path: string[]): string => {
    const result = renderChecked({ path: ['broker', ...path], text }, scope);
    if ('text' in result) return result.text;
    problems.push(result.problem);
    return '';
  };
  const renderAll = (texts: Readonly<Record<string, string>>, key: string): Record<string, string> =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, render(text, key, name)]));
  const { start, env, files, ready, metrics, mqtt } = broker;
  const rendered = {
    command: render(start, 'start'),
    env: renderAll(env, 'env'),
    files: renderAll(files, 'files'),
    ...(ready.http === undefined ? {} : { readyHttp: render(ready.http, 'ready', 'http') }),
    ...(metrics === undefined ? {} : { metrics: render(metrics, 'metrics') }),
    ...(mqtt.tls?.ca === undefined ? {} : { caFile: render(mqtt.tls.ca, 'mqtt', 'tls', 'ca') }),
  };
  throwProblems(problems.map(({ path, message, hint }) => problemOf(`${path.join('.')}: ${message}`, hint)));
  return rendered;
}

/** The cluster that templates are tried with. */
export type TriedCluster = {
  readonly nodes: number;
  readonly ports: readonly string[];
  readonly peerPorts: readonly string[];
  readonly mqtt: ClientSide;
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
      const scope = scopeOf(madeUpContext(cluster, index, mutant), cluster.mqtt);
      for (const template of templates) {
        const result = renderChecked(template, scope);
        if ('text' in result) continue;
        const { path, row, column } = result.problem;
        const key = `${path.join('.')}:${row}:${column}`;
        if (!found.has(key)) found.set(key, result.problem);
      }
    }
  }
  return [...found.values()];
}

/** Names of the nodes of a cluster. */
export function nodeNames(nodes: number): string[] {
  return Array.from({ length: nodes }, (_, index) => `node${index + 1}`);
}

/** Renders a template and checks the text as that of its path: a command is not empty, an address is one. */
function renderChecked(
  { path, text: template }: Template,
  scope: Readonly<Record<string, unknown>>,
): { text: string } | { problem: PathProblem } {
  const result = renderTemplate(template, scope);
  if ('problem' in result) return { problem: { ...result.problem, path } };
  const [, key] = path;
  if (key === 'env' || key === 'files') return result;
  const text = result.text.trim();
  const wrong = key === 'start' ? wrongCommand(text) : key === 'mqtt' ? wrongFile(text) : wrongAddress(text);
  return wrong === undefined ? { text } : { problem: { ...wrong, path, row: 1, column: 1 } };
}

function wrongCommand(text: string): { message: string } | undefined {
  return text === '' ? { message: 'the command is empty once rendered' } : undefined;
}

function wrongFile(text: string): { message: string } | undefined {
  return text === '' ? { message: 'the name of the file is empty once rendered' } : undefined;
}

/** No address at all is fine: a template may leave it to a condition. */
function wrongAddress(text: string): { message: string; hint: string } | undefined {
  if (text === '' || (URL.canParse(text) && /^https?:/.test(text))) return undefined;
  return { message: `"${text}" is not an address`, hint: 'write http://127.0.0.1:{{ node.ports.NAME }}/...' };
}

function scopeOf(context: NodeContext, mqtt: ClientSide): Record<string, unknown> {
  const { node, peers, cluster, mutant } = context;
  return {
    node: { ...node, host: loopback },
    peers: peers.map((peer) => ({
      name: peer.name,
      index: peer.index,
      host: loopback,
      ports: peer.ports,
      ...Object.fromEntries(Object.entries(peer.ports).map(([name, port]) => [name, `${loopback}:${port}`])),
    })),
    cluster: { name: cluster.name, nodes: cluster.nodes, size: cluster.nodes.length },
    mqtt: { transport: mqtt.transport, tls: mqtt.tls !== undefined },
    tool: { folder: distPath('.'), node: process.execPath },
    // Liquid takes an empty text for true and a missing name for a mistake; only nil is neither.
    mutant: mutant ?? null,
  };
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
    if (Array.isArray(current)) return { hint: `there are ${current.length} of them` };
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
    const before = parts.slice(0, depth).join('.');
    return { hint: suggest(part, Object.keys(current), before === '' ? 'there is' : `${before} has`) };
  }
  return { hint: 'it has no such property' };
}
