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
 * The nft chains that lead connections of chosen cgroups through proxies, without those who dial knowing. The first sees the first packet
 * of each connection alone; the kernel does the same to those that follow. The proxies are in none of the cgroups, so that what they
 * send on is left alone. Counter `redirected` counts connections, `past` packets that went to a peer's own port all the same.
 */
export function redirectChains(detours: readonly Detour[], addresses = ownAddresses()): string {
  const to = [`ip daddr { ${addresses.ipv4.join(', ')} }`];
  if (addresses.ipv6.length > 0) to.push(`ip6 daddr { ${addresses.ipv6.join(', ')} }`);
  const of = ({ level, path }: CgroupMatch): string => `socket cgroupv2 level ${level} "${path}"`;
  const redirects = detours.flatMap(({ from, port, proxyPort }) =>
    to.map(
      (daddr) =>
        `add rule TABLE to_proxies tcp dport ${port} ${daddr} ${of(from)} counter name redirected redirect to :${proxyPort}`,
    ),
  );
  const past = detours.map(
    ({ from, port }) => `add rule TABLE past_proxies tcp dport ${port} ${of(from)} counter name past`,
  );
  return [
    'add counter TABLE redirected',
    'add counter TABLE past',
    'add chain TABLE to_proxies { type nat hook output priority -100; policy accept; }',
    'add chain TABLE past_proxies { type filter hook output priority 0; policy accept; }',
    ...redirects,
    ...past,
  ].join('\n');
}
