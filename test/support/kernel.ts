import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { cgroupPrefix, ourCgroups } from '../../src/engines/local/machine/cgroups.ts';
import { mounts } from '../../src/engines/local/machine/mounts.ts';
import { tableName } from '../../src/engines/local/machine/nft.ts';

/** nft as this user may run it: the tests of real packets are for root and for users with passwordless sudo. */
export function nft(...args: readonly string[]): string {
  const [file = 'nft', ...rest] = [...(process.geteuid?.() === 0 ? [] : ['sudo', '-n']), 'nft', ...args];
  return execFileSync(file, rest, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
  });
}

/** The packets that the table of a run has counted, by the counters' names. */
export function packetsCounted(run: string): Map<string, number> {
  const { nftables } = JSON.parse(nft('-j', 'list', 'counters', 'table', 'inet', tableName(run))) as {
    nftables: readonly { counter?: { name: string; packets: number } }[];
  };
  return new Map(nftables.flatMap(({ counter }) => (counter ? [[counter.name, counter.packets] as const] : [])));
}

/** What runs whose name matches have in the kernel: tables, cgroups, mounts. */
export function inKernel(run: RegExp): string[] {
  const table = new RegExp(`^table inet (${tableName('')}${run.source})$`);
  return [
    ...nft('list', 'tables')
      .split('\n')
      .filter((line) => table.test(line)),
    // One in each hierarchy, all of the same name.
    ...new Set(
      ourCgroups()
        .map((folder) => basename(folder))
        .filter((name) => new RegExp(`^${cgroupPrefix}${run.source}$`).test(name))
        .map((name) => `cgroup ${name}`),
    ),
    ...mounts().flatMap(({ folder }) =>
      new RegExp(`/${run.source}(/|$)`).test(folder) && existsSync(folder) ? [`mount ${folder}`] : [],
    ),
  ];
}
