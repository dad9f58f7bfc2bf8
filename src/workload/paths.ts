import type { MqttClient } from 'mqtt';
import { createClient, type Endpoint, ended } from './client.ts';
import { type FilterKind, type Path, type PathReport, type PathSeen, samePath } from './path-report.ts';

const filterKinds: readonly FilterKind[] = ['exact', 'wildcard'];
const publishEveryMs = 250;
/** A filter that is still refused so long after everything else has worked stays refused. */
const refusedForMs = 3_000;

export type PathOptions = {
  /** Begins every topic and client id. */
  readonly prefix: string;
  readonly withinMs: number;
  /** Paths that are not tried: the broker is known not to serve them. */
  readonly except?: readonly Path[] | undefined;
  /** Before any fault: filters that the broker refuses need not be waited for. A node that recovers may refuse for a while. */
  readonly refusalsDecide?: boolean | undefined;
  readonly nowMs: () => number;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Connects a fresh client to every node, subscribes by exact filters and by a wildcard, and publishes from every node (QoS 1, again
 * every 250 ms) until every pair, a node with itself included, has delivered by each kind of filter or `withinMs` has passed.
 */
export async function checkPaths(endpoints: readonly Endpoint[], options: PathOptions): Promise<PathReport> {
  const { nowMs, prefix, except = [] } = options;
  const nodes = endpoints.map(({ node }) => node);
  const paths = nodes
    .flatMap((from) => nodes.flatMap((to) => filterKinds.map((filter): Path => ({ from, to, filter }))))
    .filter((path) => !except.some(samePath(path)))
    .map((path) => new Watched(path));
  const startedMs = nowMs();
  const accepted = new Map<string, number>();

  await new Promise<void>((resolve) => {
    let over = false;
    let lastHeardMs = startedMs;
    const clients = endpoints.map((endpoint) => {
      const { node } = endpoint;
      const client = createClient(endpoint, { clientId: `${prefix}-${node}`, clean: true });
      client.on('connect', () => {
        if (!accepted.has(node)) accepted.set(node, nowMs());
        subscribe(client, node);
      });
      client.on('close', () => {
        for (const path of paths) if (path.to === node) path.subscribed = false;
      });
      client.on('message', (topic) => {
        const path = paths.find(({ from, to, filter }) => to === node && topic === topicOf(prefix, from, filter));
        if (!path) return;
        path.atMs ??= nowMs();
        lastHeardMs = nowMs();
        finishWhenAllHeard();
      });
      client.connect();
      return client;
    });
    // A node may refuse a subscription while it is recovering; like a publisher, the subscriber asks again.
    function subscribe(client: MqttClient, node: string): void {
      for (const filter of filterKinds) {
        const own = paths.filter((path) => path.to === node && path.filter === filter);
        if (over || !client.connected || own.length === 0) continue;
        client.subscribe(filtersOf(prefix, own), { qos: 1 }, (error, _, packet) => {
          const isRefused = packet?.granted?.some((code) => Number(code) >= 0x80) === true;
          for (const path of own) {
            path.subscribed = !error;
            path.refused = isRefused;
          }
          if (error) setTimeout(() => subscribe(client, node), publishEveryMs).unref();
        });
      }
    }
    function publish(client: MqttClient, node: string, filter: FilterKind): void {
      const unheard = paths.filter((path) => path.from === node && path.filter === filter && path.atMs === null);
      if (!client.connected || unheard.length === 0) return;
      const owed = unheard.filter(({ subscribed }) => subscribed);
      client.publish(topicOf(prefix, node, filter), 'path', { qos: 1 }, (error) => {
        if (!error) for (const path of owed) if (path.atMs === null) path.acknowledged++;
      });
    }
    const publishing = setInterval(() => {
      finishWhenAllHeard();
      clients.forEach((client, i) => {
        for (const filter of filterKinds) publish(client, nodes[i] as string, filter);
      });
    }, publishEveryMs);
    const timer = setTimeout(finish, options.withinMs);
    options.signal?.addEventListener('abort', finish, { once: true });
    if (options.signal?.aborted) finish();
    function finishWhenAllHeard(): void {
      const unheard = paths.filter(({ atMs }) => atMs === null);
      const rest =
        options.refusalsDecide && nowMs() - lastHeardMs >= refusedForMs
          ? unheard.filter((path) => !path.refused)
          : unheard;
      if (rest.length === 0 && accepted.size === nodes.length) finish();
    }
    function finish(): void {
      if (over) return;
      over = true;
      clearInterval(publishing);
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', finish);
      Promise.all(clients.map((client) => ended(client, { force: true }))).then(() => resolve());
    }
  });

  return {
    startedMs,
    endedMs: nowMs(),
    accepted: nodes.map((node) => ({ node, atMs: accepted.get(node) ?? null })),
    paths: paths.map((path) => path.seen()),
  };
}

class Watched implements Path {
  readonly from: string;
  readonly to: string;
  readonly filter: FilterKind;
  subscribed = false;
  refused = false;
  acknowledged = 0;
  atMs: number | null = null;

  constructor({ from, to, filter }: Path) {
    this.from = from;
    this.to = to;
    this.filter = filter;
  }

  seen(): PathSeen {
    const { from, to, filter, atMs, acknowledged, refused } = this;
    return { from, to, filter, atMs, acknowledged, refused };
  }
}

/** The two kinds have topics of their own: where filters overlap, a server may deliver a message once for both. */
function topicOf(prefix: string, from: string, filter: FilterKind): string {
  return `${prefix}/${filter}/${from}`;
}

function filtersOf(prefix: string, paths: readonly Path[]): string[] {
  return [
    ...new Set(
      paths.map(({ from, filter }) => (filter === 'exact' ? topicOf(prefix, from, filter) : `${prefix}/wildcard/+`)),
    ),
  ];
}
