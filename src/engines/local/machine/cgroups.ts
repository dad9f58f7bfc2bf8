import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pollUntil } from '../../../base/clock.ts';
import { ChaosError } from '../../../base/error.ts';
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

/** What of a cgroup holds its processes to something. */
export const controllers = ['cpu', 'memory'] as const;
export type Controller = (typeof controllers)[number];

/** Where cgroups can be made that a controller acts upon. */
export type ControllerPlace = { readonly version: 1 | 2; readonly root: string };

/** The cgroups of a run: one below it for each node. */
export type NodeCgroups = {
  readonly folder: string;
  /** A node's cgroup that the controller acts upon; undefined where there is none. */
  controlled(controller: Controller, node: string): { readonly version: 1 | 2; readonly folder: string } | undefined;
  /** The node's own cgroup, a folder. */
  of(node: string): string;
  /** What nft's `socket cgroupv2` matches the node's sockets by. */
  match(node: string): CgroupMatch;
  /** Puts a process into the node's cgroup, with all that it will start and every socket that it will open. */
  enter(node: string, pid: number): Promise<void>;
  /** Ids of the processes in the node's cgroup. */
  members(node: string): number[];
  /** Kills what is still inside and removes them. Safe to call twice. */
  remove(): Promise<void>;
};

/** The path as nft reads it, and its depth below the root of the cgroup2 hierarchy. */
export type CgroupMatch = { readonly path: string; readonly level: number };

/** Where the unified hierarchy is mounted and can be written to: at /sys/fs/cgroup, or beside those of version 1. */
export function cgroup2Mounts(): string[] {
  return mounts().flatMap(({ type, folder, writable }) => (type === 'cgroup2' && writable ? [folder] : []));
}

/**
 * In the cgroup2 hierarchy, where its root hands the controller on to what is below (cgroup v2, Enabling and Disabling); else in a hierarchy
 * of version 1 of its own, below the cgroup of this process, whose limits still hold then.
 */
export function findController(controller: Controller): ControllerPlace | undefined {
  for (const root of cgroup2Mounts())
    if (wordsOf(join(root, 'cgroup.subtree_control')).includes(controller)) return { version: 2, root };
  const mount = mounts().find(
    ({ type, writable, options }) => type === 'cgroup' && writable && options.includes(controller),
  );
  if (!mount) return undefined;
  const below = join(mount.folder, pathInHierarchy(controller));
  const root = existsSync(below) ? below : mount.folder;
  // A kernel may have the controller and no bandwidth control.
  return controller === 'cpu' && !existsSync(join(root, 'cpu.cfs_quota_us')) ? undefined : { version: 1, root };
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
  readonly places?: Partial<Readonly<Record<Controller, ControllerPlace>>>;
  readonly privileged: Privileged;
  readonly note: Note;
}): Promise<NodeCgroups> {
  const { run, nodes, root, places = {}, privileged, note } = options;
  const below = (some: string): string => join(some, `${cgroupPrefix}${run}`);
  const folder = below(root);
  const of = (node: string): string => join(folder, node);
  const folders = [...new Set([folder, ...Object.values(places).map((place) => below(place.root))])];
  // What is undone first comes last: the hierarchy in which the processes are looked for and killed.
  const notes = folders.toReversed().map((path) => note({ type: 'cgroup', path }, 'a cgroup for each node'));
  await privileged.run('mkdir', ['-p', '--', ...folders.flatMap((some) => nodes.map((node) => join(some, node)))]);
  const handedOn = controllers.filter((name) => places[name]?.version === 2).map((name) => `+${name}`);
  if (handedOn.length > 0)
    await privileged.run('tee', ['--', join(folder, 'cgroup.subtree_control')], handedOn.join(' '));
  let removed = false;
  return {
    folder,
    of,
    controlled(controller, node) {
      const place = places[controller];
      return place && { version: place.version, folder: join(below(place.root), node) };
    },
    match: (node) => ({ path: nftPath(of(node)), level: 2 }),
    members: (node) => processesIn(of(node)),
    async enter(node, pid) {
      for (const some of folders) await privileged.run('tee', ['--', join(some, node, 'cgroup.procs')], String(pid));
    },
    async remove() {
      if (removed) return;
      for (const some of folders) await removeCgroup(privileged, some);
      removed = true;
      for (const undone of notes) undone();
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
  for (const inner of all) await removeEmpty(privileged, inner);
  return killed.size;
}

/**
 * A process whose first thread is gone is listed no more, while its other threads still die; until the last of them has, the
 * kernel calls its cgroup busy (cgroup v2, `populated` in cgroup.events).
 */
async function removeEmpty(privileged: Privileged, folder: string): Promise<void> {
  let failure: unknown;
  const gone = await pollUntil(
    async () => {
      if (!existsSync(folder)) return true;
      try {
        await privileged.run('rmdir', ['--', folder]);
        return true;
      } catch (error) {
        failure = error;
        return undefined;
      }
    },
    { withinMs: emptyWithinMs, everyMs: 20 },
  );
  if (!gone) throw failure;
}

/** Cgroups of runs of the tool, on every hierarchy that it makes any in. */
export function ourCgroups(): string[] {
  const places = controllers.flatMap((name) => findController(name)?.root ?? []);
  return [...new Set([...cgroup2Mounts(), ...places])].flatMap((root) =>
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

/** Of this process, in the hierarchy of version 1 that has the controller (cgroups(7)). */
function pathInHierarchy(controller: Controller): string {
  for (const line of readFileSync('/proc/self/cgroup', 'utf8').split('\n')) {
    const [, names = '', path = '/'] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (names.split(',').includes(controller)) return path;
  }
  return '/';
}

function wordsOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trim().split(/\s+/);
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
