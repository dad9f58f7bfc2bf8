import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChaosError } from '../base/error.ts';
import type { NodeCgroups } from './cgroups.ts';
import type { Privileged } from './privilege.ts';

/** Holds the processes of one node, and nobody else's, to less than they may want. */
export type NodeLimits = {
  readonly cpu: CpuQuota;
  readonly memory: MemoryLimit;
};

/** The share of one CPU, above 0, that all processes of a node may use together. */
export type CpuQuota = {
  set(node: string, share: number): Promise<void>;
  /** As it was: no limit. Safe to call twice. */
  lift(node: string): Promise<void>;
  /** What the kernel has counted of the node's cgroup so far. */
  read(node: string): { readonly periods: number; readonly throttled: number; readonly throttledMs: number };
};

/** The memory above which the kernel slows the processes of a node down and takes pages back from them; it ends none of them. */
export type MemoryLimit = {
  set(node: string, bytes: number): Promise<void>;
  lift(node: string): Promise<void>;
  /** How much the node has now, page cache included, and how often it was held up at its limit so far. */
  read(node: string): { readonly bytes: number; readonly heldUp: number };
};

/** The period after which a used up quota is given anew, the kernel's default (Documentation/scheduler/sched-bwc). */
const periodUs = 100_000;

/** Limits through the cgroups of the run: they end with them. Asking for one that is not there throws. */
export function nodeLimits(privileged: Privileged, cgroups: NodeCgroups): NodeLimits {
  const write = async (folder: string, file: string, value: string): Promise<void> => {
    await privileged.run('tee', ['--', join(folder, file)], value);
  };
  const placeOf = (controller: 'cpu' | 'memory', node: string) => {
    const place = cgroups.controlled(controller, node);
    if (!place) throw new ChaosError('fault', `${node} is in no cgroup with a ${controller} controller`);
    return place;
  };
  const setQuota = async (node: string, us: number | undefined): Promise<void> => {
    const { version, folder } = placeOf('cpu', node);
    if (version === 2) return write(folder, 'cpu.max', `${us ?? 'max'} ${periodUs}`);
    await write(folder, 'cpu.cfs_period_us', `${periodUs}`);
    await write(folder, 'cpu.cfs_quota_us', `${us ?? -1}`);
  };
  return {
    cpu: {
      set: (node, share) => setQuota(node, Math.max(1_000, Math.round(share * periodUs))),
      lift: (node) => setQuota(node, undefined),
      read(node) {
        const { version, folder } = placeOf('cpu', node);
        const figures = readFigures(join(folder, 'cpu.stat'));
        const throttledMs =
          version === 2 ? (figures.get('throttled_usec') ?? 0) / 1e3 : (figures.get('throttled_time') ?? 0) / 1e6;
        return { periods: figures.get('nr_periods') ?? 0, throttled: figures.get('nr_throttled') ?? 0, throttledMs };
      },
    },
    memory: {
      set: (node, bytes) => write(placeOf('memory', node).folder, 'memory.high', `${Math.round(bytes)}`),
      lift: (node) => write(placeOf('memory', node).folder, 'memory.high', 'max'),
      read(node) {
        const { folder } = placeOf('memory', node);
        return {
          bytes: Number(readFileSync(join(folder, 'memory.current'), 'utf8')),
          heldUp: readFigures(join(folder, 'memory.events')).get('high') ?? 0,
        };
      },
    },
  };
}

/** A flat keyed file: a name and a number on each line. */
function readFigures(file: string): ReadonlyMap<string, number> {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return new Map(lines.map((line) => line.split(' ')).map(([name = '', value]) => [name, Number(value)] as const));
}
