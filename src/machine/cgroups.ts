import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pollUntil } from '../base/clock.ts';
import { ChaosError } from '../base/error.ts';
import { mounts } from './mounts.ts';
import type { Privileged } from './privilege.ts';
import type { Note } from './undo.ts';

/** How the cgroup of a run begins; the run follows. */
export const cgroupPrefix = 'chaos-action-';

/** nft looks up the paths of cgroups from here, wherever cgroup2 is mounted. */
const nftRoot = '/sys/fs/cgroup';

/** What is dying already is gone within this. */
const dyingMs = 300;

/** What is killed in a cgroup is gone within this. */
const emptyWithinMs = 2_000;

/** The cgroups of a run: one below it for each node. */
export type NodeCgroups = {
  readonly folder: string;
  /** The node's own cgroup, a folder. */
  of(node: string): string;
  /** What nft's `socket cgroupv2` matches the node's sockets by. */
  match(node: string): CgroupMatch;
  /** Puts a process into the node's cgroup, with all that it will start and every socket that it will open. */
  enter(node: string, pid: number): Promise<void>;
  /** Kills what is still inside and removes them. Safe to call twice. */
  remove(): Promise<void>;
};

/** The path as nft reads it, and its depth below the root of the cgroup2 hierarchy. */
export type CgroupMatch = { readonly path: string; readonly level: number };

/** Where the unified hierarchy is mounted and can be written to: at /sys/fs/cgroup, or beside those of version 1. */
export function cgroup2Mounts(): string[] {
  return mounts().flatMap(({ type, folder, writable }) => (type === 'cgroup2' && writable ? [folder] : []));
}

/** Runs `use` with a cgroup2 hierarchy: one that is mounted, or one of our own in `folder`, which `close` unmounts. */
export async function openCgroup2(
  privileged: Privileged,
  folder: string,
  note: Note,
): Promise<{ readonly root: string; close(): Promise<void> }> {
  const [mounted] = cgroup2Mounts();
  if (mounted !== undefined) return { root: mounted, async close() {} };
  const undone = note({ type: 'mount', path: folder }, 'a cgroup2 hierarchy of our own');
  await privileged.run('mkdir', ['-p', '--', folder]);
  await privileged.run('mount', ['-t', 'cgroup2', 'none', folder]);
  return {
    root: folder,
    async close() {
      await privileged.run('umount', ['--', folder]);
      undone();
    },
  };
}

/** Makes a cgroup for each node of a run below `root`, the mount of a cgroup2 hierarchy. */
export async function makeNodeCgroups(options: {
  readonly run: string;
  readonly nodes: readonly string[];
  readonly root: string;
  readonly privileged: Privileged;
  readonly note: Note;
}): Promise<NodeCgroups> {
  const { run, nodes, root, privileged, note } = options;
  const folder = join(root, `${cgroupPrefix}${run}`);
  const of = (node: string): string => join(folder, node);
  const undone = note({ type: 'cgroup', path: folder }, 'a cgroup for each node');
  await privileged.run('mkdir', ['-p', '--', ...nodes.map(of)]);
  let removed = false;
  return {
    folder,
    of,
    match: (node) => ({ path: nftPath(of(node)), level: 2 }),
    async enter(node, pid) {
      await privileged.run('tee', ['--', join(of(node), 'cgroup.procs')], String(pid));
    },
    async remove() {
      if (removed) return;
      await removeCgroup(privileged, folder);
      removed = true;
      undone();
    },
  };
}

/** Kills what runs in a cgroup and below it, and removes it; how many processes it killed. */
export async function removeCgroup(privileged: Privileged, folder: string): Promise<number> {
  const all = tree(folder);
  const killed = new Set<number>();
  const left = (): number[] => all.flatMap(processesIn);
  // Who was killed a moment ago must not be killed, and told of, once more.
  await pollUntil(() => (left().length === 0 ? true : undefined), { withinMs: dyingMs, everyMs: 5 });
  await pollUntil(
    async () => {
      const pids = left();
      if (pids.length === 0) return true;
      for (const pid of pids) killed.add(pid);
      // One that ended by itself meanwhile makes kill fail; those that matter are found again.
      await privileged.run('kill', ['-s', 'KILL', '--', ...pids.map(String)]).catch(() => {});
      return undefined;
    },
    { withinMs: emptyWithinMs, everyMs: 10 },
  );
  if (left().length > 0)
    throw new ChaosError('fault', `${left().length} processes in ${folder} cannot be killed`, {
      hint: 'they are stuck in the kernel: see their state in /proc/PID/stat',
    });
  for (const inner of all) if (existsSync(inner)) await privileged.run('rmdir', ['--', inner]);
  return killed.size;
}

/** Cgroups of runs of the tool, on every mounted cgroup2 hierarchy. */
export function ourCgroups(): string[] {
  return cgroup2Mounts().flatMap((root) =>
    subfolders(root)
      .filter((name) => name.startsWith(cgroupPrefix))
      .map((name) => join(root, name)),
  );
}

/** How nft names a folder of a cgroup2 hierarchy. */
export function nftPath(folder: string): string {
  return relative(nftRoot, folder) || '.';
}

/** A cgroup and all below it, the innermost first. */
function tree(folder: string): string[] {
  return [...subfolders(folder).flatMap((name) => tree(join(folder, name))), folder];
}

function subfolders(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    return [];
  }
}

function processesIn(folder: string): number[] {
  try {
    return readFileSync(join(folder, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
