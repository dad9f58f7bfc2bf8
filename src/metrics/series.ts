import type { Samples } from './scrape.ts';

/** The values of one metric at one node over time; of a metric with labels the sum over all of them. */
export type NodeSeries = {
  readonly name: string;
  readonly node: string;
  readonly points: readonly (readonly [wallMs: number, value: number])[];
};

/** Names of a node that are kept, in the order in which they came; a broker may have thousands. */
const mostNames = 300;
/** When a series has more points than this, every second one is let go: a soak takes no more memory than a minute. */
const mostPoints = 240;

/** Keeps what was scraped over a scenario, in bounded memory. */
export class SeriesStore {
  readonly #nodes = new Map<string, Map<string, [number, number][]>>();
  /** Of so many scrapes of a node one is kept. */
  readonly #every = new Map<string, number>();
  readonly #turn = new Map<string, number>();

  add(node: string, wallMs: number, samples: Samples): void {
    const turn = this.#turn.get(node) ?? 0;
    const every = this.#every.get(node) ?? 1;
    this.#turn.set(node, turn + 1);
    if (turn % every !== 0) return;
    const names = this.#nodes.get(node) ?? new Map<string, [number, number][]>();
    this.#nodes.set(node, names);
    let longest = 0;
    for (const [name, value] of sums(samples)) {
      const points = names.get(name);
      if (points) points.push([wallMs, value]);
      else if (names.size < mostNames) names.set(name, [[wallMs, value]]);
      longest = Math.max(longest, points?.length ?? 0);
    }
    if (longest <= mostPoints) return;
    this.#every.set(node, every * 2);
    for (const [name, points] of names)
      names.set(
        name,
        points.filter((_, index) => index % 2 === 0),
      );
  }

  /** What was kept since this was last asked. */
  take(): NodeSeries[] {
    const taken = [...this.#nodes].flatMap(([node, names]) =>
      [...names].map(([name, points]) => ({ name, node, points })),
    );
    for (const one of [this.#nodes, this.#every, this.#turn]) one.clear();
    return taken;
  }
}

function sums(samples: Samples): Map<string, number> {
  const all = new Map<string, number>();
  for (const [key, value] of Object.entries(samples)) {
    if (!Number.isFinite(value)) continue;
    const name = key.replace(/\{.*$/s, '');
    all.set(name, (all.get(name) ?? 0) + value);
  }
  return all;
}

/** Names that tell of nodes, clients and messages, as brokers call them. */
const telling =
  /peer|route|link|cluster|client|connection|session|subscription|message|publish|deliver|drop|error|fail|retr|outbox|queue|inflight|lag|unack/i;
/** Of the process and its language, not of the broker. */
const runtime = /^(?:process|nodejs|go|python|jvm|java|erlang|beam|promhttp|scrape)_/i;

/** Pure. Names of series that moved, those first that tell most of a broker; at most so many. */
export function chooseNames(series: readonly NodeSeries[], most: number): string[] {
  const moved = new Set(
    series.filter(({ points }) => points.some(([, value]) => value !== points[0]?.[1])).map(({ name }) => name),
  );
  const rank = (name: string): number => (runtime.test(name) ? 2 : telling.test(name) ? 0 : 1);
  return [...moved].toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)).slice(0, most);
}

/** Pure. Whether a metric only grows, so that its rate is what a reader wants; by the names that Prometheus prescribes for these. */
export function isCounter(name: string): boolean {
  return /_(?:total|count|sum)$/.test(name);
}
