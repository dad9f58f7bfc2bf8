import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { plural } from '../../../base/count.ts';
import { ChaosError } from '../../../base/error.ts';
import { cgroupPrefix, removeCgroup } from './cgroups.ts';
import { isMountPoint, unmount } from './mounts.ts';
import { ourTables, removeTable } from './nft.ts';
import { findPrivileged, type Privileged } from './privilege.ts';
import { removeQdisc, rootQdiscs } from './qdisc.ts';

/** What of a run is in the kernel and outlives its processes. */
export type MachineUndo =
  | { readonly type: 'nft-table'; readonly name: string }
  /** At the root of the loopback device. */
  | { readonly type: 'qdisc'; readonly handle: string }
  /** With all that is below it; processes in it are killed. */
  | { readonly type: 'cgroup'; readonly path: string }
  | { readonly type: 'mount'; readonly path: string };

/** Writes into the undo ledger; answers what to call when it has been undone. */
export type Note = (undo: MachineUndo, why: string) => () => void;

/** Takes one thing back, with what privileges there are now; says what it did, or undefined when it was gone already. Rejects when it could not. */
export async function undoOnMachine(undo: MachineUndo): Promise<string | undefined> {
  switch (undo.type) {
    case 'nft-table': {
      const privileged = await needed(`the nft table ${undo.name}`);
      if (!(await ourTables(privileged)).includes(undo.name)) return undefined;
      await removeTable(privileged, undo.name);
      return `deleted nft table ${undo.name}`;
    }
    case 'qdisc': {
      const privileged = await needed(`the queueing discipline ${undo.handle}`);
      if (!(await rootQdiscs(privileged)).includes(undo.handle)) return undefined;
      await removeQdisc(privileged, undo.handle);
      return `took the queueing discipline ${undo.handle} off the loopback device`;
    }
    case 'cgroup': {
      if (!existsSync(undo.path)) return undefined;
      if (!basename(undo.path).startsWith(cgroupPrefix))
        throw new ChaosError('internal', `${undo.path} is no cgroup of a run`);
      const killed = await removeCgroup(await needed(`the cgroup ${undo.path}`), undo.path);
      return `removed cgroup ${undo.path}${killed > 0 ? ` and killed ${plural(killed, 'process', 'processes')} in it` : ''}`;
    }
    case 'mount': {
      if (!isMountPoint(undo.path)) return undefined;
      await unmount(await needed(`the mount ${undo.path}`), undo.path);
      return `unmounted ${undo.path}`;
    }
  }
}

async function needed(what: string): Promise<Privileged> {
  const found = await findPrivileged('auto');
  if (found.privileged) return found.privileged;
  throw new ChaosError('fault', `${what} cannot be taken away: ${found.reason}`, {
    hint: 'run chaos-action clean with sudo of this user',
  });
}
