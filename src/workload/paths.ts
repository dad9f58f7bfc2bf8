import type { MqttClient } from 'mqtt';
import { createClient, type Endpoint, ended } from './client.ts';
import type { PathReport } from './path-report.ts';

/**
 * Connects a fresh client to every node, subscribes, and publishes from every node (QoS 1, again every 250 ms) until every pair,
 * a node with itself included, has delivered or `withinMs` has passed.
 */
export async function checkPaths(
  endpoints: readonly Endpoint[],
  options: { prefix: string; withinMs: number; nowMs: () => number; signal?: AbortSignal | undefined },
): Promise<PathReport> {
  const { nowMs, prefix } = options;
  const startedMs = nowMs();
  const accepted = new Map<string, number>();
  const delivered = new Map<string, number>();
  const pair = (from: string, to: string): string => `${from}>${to}`;

  await new Promise<void>((resolve) => {
    let over = false;
    const clients = endpoints.map((endpoint) => {
      const client = createClient(endpoint, { clientId: `${prefix}-${endpoint.node}`, clean: true });
      client.on('connect', () => {
        if (!accepted.has(endpoint.node)) accepted.set(endpoint.node, nowMs());
        subscribe(client);
      });
      client.on('message', (topic) => {
        const from = endpoints.find(({ node }) => topic === `${prefix}/${node}`);
        if (!from) return;
        const key = pair(from.node, endpoint.node);
        if (!delivered.has(key)) delivered.set(key, nowMs());
        if (delivered.size === endpoints.length ** 2) finish();
      });
      client.connect();
      return client;
    });
    // A node may refuse a subscription while it is recovering; like a publisher, the subscriber asks again.
    function subscribe(client: MqttClient): void {
      if (over || !client.connected) return;
      client.subscribe(`${prefix}/+`, { qos: 1 }, (error) => {
        if (error) setTimeout(() => subscribe(client), 250).unref();
      });
    }
    const publishing = setInterval(() => {
      clients.forEach((client, i) => {
        const node = endpoints[i]?.node as string;
        const unheard = endpoints.some((to) => !delivered.has(pair(node, to.node)));
        if (client.connected && unheard) client.publish(`${prefix}/${node}`, 'path', { qos: 1 }, () => {});
      });
    }, 250);
    const timer = setTimeout(finish, options.withinMs);
    options.signal?.addEventListener('abort', finish, { once: true });
    if (options.signal?.aborted) finish();
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
    accepted: endpoints.map(({ node }) => ({ node, atMs: accepted.get(node) ?? null })),
    paths: endpoints.flatMap(({ node: from }) =>
      endpoints.map(({ node: to }) => ({ from, to, atMs: delivered.get(pair(from, to)) ?? null })),
    ),
  };
}
