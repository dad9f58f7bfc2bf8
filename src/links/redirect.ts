import { networkInterfaces } from 'node:os';
import type { CgroupMatch } from '../machine/cgroups.ts';

/** Connections that a node opens to a peer's port, and the port of the proxy that they are to go through. */
export type Detour = { readonly from: CgroupMatch; readonly port: number; readonly proxyPort: number };

/** Every address at which this machine reaches itself: a broker may tell its peers any of them. */
export function ownAddresses(): { readonly ipv4: readonly string[]; readonly ipv6: readonly string[] } {
  const all = Object.values(networkInterfaces()).flatMap((interfaces) => interfaces ?? []);
  const of = (family: string): string[] =>
    all.filter((each) => each.family === family && !each.address.startsWith('127.')).map(({ address }) => address);
  return { ipv4: ['127.0.0.0/8', ...new Set(of('IPv4'))], ipv6: [...new Set(of('IPv6'))] };
}

/**
 * The nft chain that leads connections of chosen cgroups through proxies, without those who dial knowing. It sees the first packet of
 * each connection alone; the kernel does the same to those that follow. The proxies are in none of the cgroups, so that what they send on
 * is left alone. `redirected` counts the connections.
 */
export function redirectChain(detours: readonly Detour[], addresses = ownAddresses()): string {
  const to = [`ip daddr { ${addresses.ipv4.join(', ')} }`];
  if (addresses.ipv6.length > 0) to.push(`ip6 daddr { ${addresses.ipv6.join(', ')} }`);
  const rules = detours.flatMap(({ from, port, proxyPort }) =>
    to.map(
      (daddr) =>
        `add rule TABLE to_proxies socket cgroupv2 level ${from.level} "${from.path}" ${daddr} tcp dport ${port} counter name redirected redirect to :${proxyPort}`,
    ),
  );
  return [
    'add counter TABLE redirected',
    'add chain TABLE to_proxies { type nat hook output priority -100; policy accept; }',
    ...rules,
  ].join('\n');
}
