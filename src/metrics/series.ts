import type { Scrape } from './scrape.ts';

/** The values of one metric at one node over time. Of a metric with labels it is the sum over all of them, and its name ends in `{*}`. */
export type NodeSeries = {
  readonly name: string;
  readonly kind: 'gauge' | 'counter';
  readonly node: string;
  readonly points: readonly (readonly [monotonicMs: number, value: number])[];
};

/** Names of a node that are kept; a broker may have thousands. */
const mostNames = 300;
/** A longer one is none that a reader could choose. */
const mostNameCharacters = 150;
/** When a series has more points than this, every second one is let go: a soak takes no more memory than a minute. */
const mostPoints = 240;

type Kept = { readonly kind: NodeSeries['kind']; points: [number, number][] };
/** Of every `every`th scrape of a node the values are kept. */
type Node = { readonly series: Map<string, Kept>; every: number; scrapes: number };

/** Keeps what was scraped over a scenario, in bounded memory. */
export class SeriesStore {
  readonly #nodes = new Map<string, Node>();

  add(name: string, monotonicMs: number, scrape: Scrape): void {
    const node = this.#nodes.get(name) ?? { series: new Map<string, Kept>(), every: 1, scrapes: 0 };
    this.#nodes.set(name, node);
    if (node.scrapes++ % node.every !== 0) return;
    const fresh: [string, Kept][] = [];
    for (const [metric, { value, kind }] of sums(scrape)) {
      const kept = node.series.get(metric);
      if (kept) kept.points.push([monotonicMs, value]);
      else if (node.series.size < mostNames) fresh.push([metric, { kind, points: [[monotonicMs, value]] }]);
    }
    // A limit leaves out those that tell least of a broker. This runs once a second: nothing is sorted where no name is new.
    const admitted = fresh.toSorted(([a], [b]) => rank(a) - rank(b)).slice(0, mostNames - node.series.size);
    for (const [metric, kept] of admitted) node.series.set(metric, kept);
    const longest = [...node.series.values()].reduce((most, { points }) => Math.max(most, points.length), 0);
    if (longest <= mostPoints) return;
    node.every *= 2;
    for (const kept of node.series.values()) kept.points = kept.points.filter((_, index) => index % 2 === 0);
  }

  /** What was kept since this was last asked. */
  take(): NodeSeries[] {
    const taken = [...this.#nodes].flatMap(([node, { series }]) =>
      [...series].map(([name, { kind, points }]) => ({ name, kind, node, points })),
    );
    this.#nodes.clear();
    return taken;
  }
}

/** By name, the sum over all labels. */
function sums({ samples, counters }: Scrape): [string, { value: number; readonly kind: NodeSeries['kind'] }][] {
  const all = new Map<string, { value: number; readonly kind: NodeSeries['kind'] }>();
  for (const [key, value] of Object.entries(samples)) {
    const labels = key.indexOf('{');
    const metric = labels < 0 ? key : key.slice(0, labels);
    const name = labels < 0 ? metric : `${metric}{*}`;
    if (name.length > mostNameCharacters) continue;
    const sum = all.get(name);
    if (sum) sum.value += value;
    else all.set(name, { value, kind: counters.has(metric) ? 'counter' : 'gauge' });
  }
  return [...all].filter(([, { value }]) => Number.isFinite(value));
}

/** Names that tell of nodes, clients and messages, as brokers call them. */
const telling =
  /peer|route|link|cluster|client|connection|session|subscription|message|publish|deliver|drop|error|fail|retr|outbox|queue|inflight|lag|unack/i;
/** Of the process and its language, not of the broker. */
const runtime = /^(?:process|nodejs|go|python|jvm|java|erlang|beam|promhttp|scrape)_/i;

function rank(name: string): number {
  return runtime.test(name) ? 2 : telling.test(name) ? 0 : 1;
}

/** Pure. Names of series that moved, those first that tell most of a broker; at most so many. */
export function chooseNames(series: readonly NodeSeries[], most: number): string[] {
  const moved = series.filter(({ points }) => points.some(([, value]) => value !== points[0]?.[1]));
  const names = [...new Set(moved.map(({ name }) => name))];
  return names.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)).slice(0, most);
}
