import { Liquid, LiquidError, UndefinedVariableError } from 'liquidjs';
import { distPath } from '../base/entries.ts';
import type { Problem } from '../base/error.ts';
import type { BrokerSpec } from '../model/config.ts';
import { suggest } from './nearest.ts';
import { throwProblems } from './problems.ts';

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

export type PathProblem = TemplateProblem & { readonly path: readonly string[] };

const loopback = '127.0.0.1';

/** What one template may take: a description of a node needs thousandths of that. */
const limits = { parseLimit: 1_000_000, memoryLimit: 1_000_000, renderLimit: 1_000 };
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
    super(`map: there is no "${property}" in each item`);
    this.property = property;
    this.known = known;
  }
}

const limitTexts: Readonly<Record<string, string>> = {
  'parse length': 'this template is too long',
  'memory alloc': 'this template makes too much text or too many items',
  'template render': 'this template takes longer than a second',
};

/** Renders one template, or says what is wrong with it. */
export function renderTemplate(
  template: string,
  scope: Readonly<Record<string, unknown>>,
): { text: string } | { problem: TemplateProblem } {
  try {
    return { text: String(engine.parseAndRenderSync(template, scope)) };
  } catch (error) {
    if (!LiquidError.is(error)) throw error;
    const [row, column] = error.token.getPosition();
    const position = { row: row ?? 1, column: column ?? 1 };
    const cause = error.originalError;
    if (cause instanceof UnknownProperty) {
      return {
        problem: {
          message: cause.message,
          hint: suggest(cause.property, cause.known, 'each has'),
          peerLacks: cause.property,
          ...position,
        },
      };
    }
    const message = (cause?.message ?? error.message).replace(/, line:\d+, col:\d+$/, '');
    if (error instanceof UndefinedVariableError || message.startsWith('undefined variable: ')) {
      const name = message.replace(/^undefined variable: /, '');
      return {
        problem: { message: `there is no ${name} in a template here`, ...variableHint(name, scope), ...position },
      };
    }
    const filter = /^undefined filter: (.*)$/.exec(message)?.[1];
    if (filter !== undefined) {
      const hint = suggest(filter, Object.keys(engine.filters), 'filters');
      return {
        problem: {
          message: `there is no filter ${filter}`,
          hint: hint.length > 120 ? 'see the filters of Liquid' : hint,
          ...position,
        },
      };
    }
    const limit = /(parse length|memory alloc|template render) limit exceeded/.exec(message)?.[1];
    if (limit !== undefined) return { problem: { message: limitTexts[limit] ?? message, ...position } };
    return { problem: { message: `template: ${message}`, ...position } };
  }
}

/** Renders everything that one node is started with. Throws a ChaosError that names every template that failed. */
export function renderNode(broker: BrokerSpec, context: NodeContext): RenderedNode {
  const { rendered, problems } = tryRenderNode(broker, context);
  throwProblems(
    problems.map(
      ({ path, message, hint }): Problem => ({ message: `${path.join('.')}: ${message}`, ...(hint ? { hint } : {}) }),
    ),
  );
  return rendered;
}

/** Renders every template for every node of a made-up cluster, so that mistakes show before anything starts. */
export function checkTemplates(broker: BrokerSpec, nodes: number): PathProblem[] {
  const found = new Map<string, PathProblem>();
  const startedMs = performance.now();
  for (const mutant of [undefined, 'none']) {
    for (let index = 1; index <= nodes; index++) {
      // Each may take its time, and all together too long.
      if (found.size > 0 && performance.now() - startedMs > checkWithinMs) return [...found.values()];
      for (const problem of tryRenderNode(broker, madeUpContext(broker, nodes, index, mutant)).problems) {
        const key = `${problem.path.join('.')}:${problem.row}:${problem.column}`;
        if (!found.has(key)) found.set(key, problem);
      }
    }
  }
  return [...found.values()];
}

/** Names of the nodes of a cluster. */
export function nodeNames(nodes: number): string[] {
  return Array.from({ length: nodes }, (_, index) => `node${index + 1}`);
}

function tryRenderNode(broker: BrokerSpec, context: NodeContext): { rendered: RenderedNode; problems: PathProblem[] } {
  const scope = scopeOf(context);
  const problems: PathProblem[] = [];
  const render = (template: string, path: readonly string[]): string => {
    const result = renderTemplate(template, scope);
    if ('text' in result) return result.text;
    problems.push({ ...result.problem, path });
    return '';
  };
  const renderAll = (templates: Readonly<Record<string, string>>, key: string): Record<string, string> =>
    Object.fromEntries(
      Object.entries(templates).map(([name, template]) => [name, render(template, ['broker', key, name])]),
    );
  const rendered = {
    command: render(broker.start, ['broker', 'start']).trim(),
    env: renderAll(broker.env, 'env'),
    files: renderAll(broker.files, 'files'),
    ...(broker.ready.http === undefined
      ? {}
      : { readyHttp: render(broker.ready.http, ['broker', 'ready', 'http']).trim() }),
    ...(broker.metrics === undefined ? {} : { metrics: render(broker.metrics, ['broker', 'metrics']).trim() }),
  };
  if (rendered.command === '' && !problems.some(({ path }) => path[1] === 'start')) {
    problems.push({ path: ['broker', 'start'], message: 'the command is empty once rendered', row: 1, column: 1 });
  }
  for (const [key, path] of [
    ['readyHttp', ['broker', 'ready', 'http']],
    ['metrics', ['broker', 'metrics']],
  ] as const) {
    const address = rendered[key];
    if (address === undefined || address === '' || (URL.canParse(address) && /^https?:/.test(address))) continue;
    problems.push({
      path,
      message: `"${address}" is not an address`,
      hint: 'write http://127.0.0.1:{{ node.ports.NAME }}/...',
      row: 1,
      column: 1,
    });
  }
  return { rendered, problems };
}

function scopeOf(context: NodeContext): Record<string, unknown> {
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
    tool: { folder: distPath('.'), node: process.execPath },
    // Liquid takes an empty text for true and a missing name for a mistake; only nil is neither.
    mutant: mutant ?? null,
  };
}

function madeUpContext(broker: BrokerSpec, nodes: number, index: number, mutant: string | undefined): NodeContext {
  const names = nodeNames(nodes);
  const ports = (of: number, list: readonly string[]): Record<string, number> =>
    Object.fromEntries(list.map((name, position) => [name, 20_000 + of * 100 + position]));
  return {
    node: { name: `node${index}`, index, ports: ports(index, broker.ports), folder: '/node/folder' },
    peers: names.flatMap((name, position) =>
      position + 1 === index ? [] : [{ name, index: position + 1, ports: ports(position + 1, broker.peerPorts) }],
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
