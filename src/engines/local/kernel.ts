import { join } from 'node:path';
import type { Ledger } from './ledger.ts';
import { findController, makeNodeCgroups, type NodeCgroups, openCgroup2 } from './machine/cgroups.ts';
import type { Machine } from './machine/machine.ts';
import { createTable, type NftTable } from './machine/nft.ts';
import { type NodeLimits, nodeLimits } from './machine/node-limits.ts';
import { createShaper, type Shaper } from './machine/qdisc.ts';

/** What a cluster has in the kernel while it stands; nothing without privileges. */
export type Kernel = {
  /** Undefined where there are no cgroups to be had. */
  readonly cgroups: NodeCgroups | undefined;
  /** What can hold a single node to less; undefined where that was not asked for or there are no cgroups. */
  readonly limits: NodeLimits | undefined;
  /** The nft table of the run, made when it is first asked for; undefined where nft cannot be used. */
  readonly table: (() => Promise<NftTable>) | undefined;
  /** The queueing discipline of the run, made when it is first asked for; undefined where there is no netem. */
  readonly shaper: (() => Promise<Shaper>) | undefined;
  /** Takes everything away again. Safe to call twice. */
  close(): Promise<void>;
};

/** Makes a cgroup for each node, where that can be done. What is made is in the ledger first. */
export async function openKernel(options: {
  readonly machine: Machine;
  readonly run: string;
  readonly nodes: readonly string[];
  /** Whether a node is to be held to limits of its own. Its cgroup is then a party of its own to the scheduler, which others would notice. */
  readonly limited?: boolean | undefined;
  readonly ledger: Ledger;
}): Promise<Kernel> {
  const { run, nodes, ledger, limited = false } = options;
  const { privileged, offers } = options.machine;
  if (!privileged)
    return { cgroups: undefined, limits: undefined, table: undefined, shaper: undefined, async close() {} };
  const note = ledger.add.bind(ledger);
  const hierarchy = offers.cgroup2.available
    ? await openCgroup2(privileged, join(ledger.folder, 'cgroup2'), note)
    : undefined;
  const [cpu, memory] = [findController('cpu'), findController('memory')];
  const places = {
    ...(limited && offers.cpuQuota.available && cpu ? { cpu } : {}),
    ...(limited && offers.memoryLimit.available && memory ? { memory } : {}),
  };
  const cgroups = hierarchy && (await makeNodeCgroups({ run, nodes, root: hierarchy.root, places, privileged, note }));
  let table: Promise<NftTable> | undefined;
  let shaper: Promise<Shaper> | undefined;
  let closed = false;
  return {
    cgroups,
    limits: limited && cgroups ? nodeLimits(privileged, cgroups) : undefined,
    table: offers.nft.available
      ? () => {
          table ??= createTable(run, privileged, note);
          return table;
        }
      : undefined,
    shaper: offers.netem.available
      ? () => {
          shaper ??= createShaper(run, privileged, note);
          const made = shaper;
          // Another run may have had the device, and be gone at the next try.
          made.catch(() => {
            shaper = undefined;
          });
          return made;
        }
      : undefined,
    async close() {
      if (closed) return;
      await (await table?.catch(() => undefined))?.remove();
      await (await shaper?.catch(() => undefined))?.remove();
      await cgroups?.remove();
      await hierarchy?.close();
      closed = true;
    },
  };
}
