import type { PrivilegedMode } from '../../model/privileged-mode.ts';
import { findMarked, isAlive } from './cluster/proc.ts';
import type { Ledger } from './ledger.ts';
import { ourCgroups } from './machine/cgroups.ts';
import { mounts } from './machine/mounts.ts';
import { ourTables, tableName } from './machine/nft.ts';
import { findPrivileged } from './machine/privilege.ts';
import { qdiscHandle, rootQdiscs } from './machine/qdisc.ts';

/** What of the tool's making is on this machine, as a reader sees it, by what it is called. */
export type Inventory = ReadonlySet<string>;

/** Looks at the kernel itself and not at what the run believes it has done. */
export async function takeInventory(options: {
  readonly run: string;
  readonly ledger: Ledger;
  readonly privileged: PrivilegedMode | undefined;
}): Promise<Inventory> {
  const { run, ledger } = options;
  const { privileged } = await findPrivileged(options.privileged ?? 'auto');
  // Without nft there is no table of ours.
  const tables = privileged ? await ourTables(privileged).catch(() => []) : [];
  const qdiscs = privileged ? await rootQdiscs(privileged).catch(() => []) : [];
  const marked = findMarked(run);
  const known = new Set(marked.map(({ pid }) => pid));
  const unmarked = ledger.processes().filter((process) => !known.has(process.pid) && isAlive(process));
  return new Set([
    ...tables.map((name) => `nft table ${name}`),
    ...qdiscs.map((handle) => `qdisc ${handle}`),
    ...ourCgroups().map((folder) => `cgroup ${folder}`),
    ...mounts()
      .filter(({ folder }) => folder.startsWith(ledger.folder))
      .map(({ folder }) => `mount ${folder}`),
    ...marked.map(({ pid, state }) => `${state === 'T' ? 'stopped process' : 'process'} ${pid}`),
    ...unmarked.map(({ pid }) => `process ${pid}`),
  ]);
}

/** What has come and not gone, but for what bears the name of another run, which goes on beside this one. */
export function residue(before: Inventory, after: Inventory, run: string): string[] {
  const foreign = (what: string): boolean =>
    (what.startsWith('nft table ') && what !== `nft table ${tableName(run)}`) ||
    (what.startsWith('qdisc ') && what !== `qdisc ${qdiscHandle(run)}`) ||
    (what.startsWith('cgroup ') && !what.endsWith(`-${run}`));
  return [...after].filter((what) => !before.has(what) && !foreign(what));
}
