import type { BrokerSpec } from '../../model/config.ts';
import { clientLink, peerLink } from './link-ids.ts';
import type { Links } from './links/links.ts';
import { type Detour, ownAddresses } from './links/redirect.ts';
import type { NodeCgroups } from './machine/cgroups.ts';

/** Each node's ports by name. */
export type NodePorts = ReadonlyMap<string, Readonly<Record<string, number>>>;

type Cluster = {
  readonly broker: Pick<BrokerSpec, 'links' | 'peerPorts'>;
  readonly names: readonly string[];
  readonly ports: NodePorts;
};

/** Opens a link from the clients to each node, and one for each directed pair of nodes and peer port; the proxies' ports by link. */
export async function openClusterLinks(
  links: Links,
  { broker, names, ports }: Cluster,
): Promise<ReadonlyMap<string, number>> {
  const proxied = new Map<string, number>();
  const ipv6 = broker.links === 'transparent' && ownAddresses().ipv6.includes('::1');
  for (const to of names) {
    const upstream = (port: string) => ({ host: '127.0.0.1', port: ports.get(to)?.[port] ?? 0 });
    proxied.set(clientLink(to), (await links.open({ id: clientLink(to), upstream: upstream('mqtt') })).port);
    for (const from of names) {
      if (from === to) continue;
      for (const port of broker.peerPorts) {
        const id = peerLink(from, to, port);
        proxied.set(id, (await links.open({ id, upstream: upstream(port), ipv6 })).port);
      }
    }
  }
  return proxied;
}

/** What leads everything that a node sends to a peer's own port through the proxy of the two. */
export function redirections(
  { broker, names, ports }: Cluster,
  proxied: ReadonlyMap<string, number>,
  cgroups: NodeCgroups,
): Detour[] {
  return names.flatMap((from) =>
    names.flatMap((to) =>
      broker.peerPorts.flatMap((name): Detour[] => {
        const port = ports.get(to)?.[name];
        const proxyPort = proxied.get(peerLink(from, to, name));
        return port === undefined || proxyPort === undefined ? [] : [{ from: cgroups.match(from), port, proxyPort }];
      }),
    ),
  );
}
