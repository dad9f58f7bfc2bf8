import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChaosError, messageOf } from '../../../base/error.ts';
import type { NodeCgroups } from './cgroups.ts';
import type { Privileged } from './privilege.ts';

/** Holds the processes of one node, and nobody else's, to less than they may want. */
export type NodeLimits = {
  readonly cpu: CpuQuota;
  readonly memory: MemoryLimit;
};

/** Is told, before anything is written, what takes a limit away again: it may be called though nothing was, and twice. */
export type BeforeLimit = (lift: () => Promise<void>) => void;

/** The share of one CPU, above 0, that all processes of a node may use together. */
export type CpuQuota = {
  /** In force when it resolves. Several on one node: the lowest counts. */
  set(node: string, share: number, before: BeforeLimit): Promise<void>;
  /** The quota in force, if one is, and what the kernel has counted of the node's cgroup so far. */
  read(node: string): {
    readonly share: number | undefined;
    readonly periods: number;
    readonly throttled: number;
    readonly throttledMs: number;
  };
};

/** The memory above which the kernel slows the processes of a node down and takes pages back from them; it ends none of them. */
export type MemoryLimit = {
  set(node: string, bytes: number, before: BeforeLimit): Promise<void>;
  /** The limit in force, if one is, how much the node has now, page cache included, and how often it was held up at its limit so far. */
  read(node: string): { readonly limit: number | undefined; readonly bytes: number; readonly heldUp: number };
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
  const setQuota = async (node: string, share: number | undefined): Promise<void> => {
    const { version, folder } = placeOf('cpu', node);
    const us = share === undefined ? undefined : Math.floor(share * periodUs);
    if (version === 2) return write(folder, 'cpu.max', `${us ?? 'max'} ${periodUs}`);
    await write(folder, 'cpu.cfs_period_us', `${periodUs}`);
    await write(folder, 'cpu.cfs_quota_us', `${us ?? -1}`);
  };
  const setHigh = (node: string, bytes: number | undefined): Promise<void> =>
    write(placeOf('memory', node).folder, 'memory.high', bytes === undefined ? 'max' : `${Math.round(bytes)}`);
  return {
    cpu: {
      set: lowestOf(setQuota),
      read(node) {
        const { version, folder } = placeOf('cpu', node);
        const figures = readFigures(join(folder, 'cpu.stat'));
        const throttledMs =
          version === 2 ? (figures.get('throttled_usec') ?? 0) / 1e3 : (figures.get('throttled_time') ?? 0) / 1e6;
        return {
          share: quotaOf(version, folder),
          periods: figures.get('nr_periods') ?? 0,
          throttled: figures.get('nr_throttled') ?? 0,
          throttledMs,
        };
      },
    },
    memory: {
      set: lowestOf(setHigh),
      read(node) {
        const { folder } = placeOf('memory', node);
        const high = readFileSync(join(folder, 'memory.high'), 'utf8').trim();
        return {
          limit: high === 'max' ? undefined : Number(high),
          bytes: Number(readFileSync(join(folder, 'memory.current'), 'utf8')),
          heldUp: readFigures(join(folder, 'memory.events')).get('high') ?? 0,
        };
      },
    },
  };
}

/** Books of what is asked of each node, so that the end of one limit does not lift another. */
function lowestOf(put: (node: string, value: number | undefined) => Promise<void>) {
  const asked: { readonly node: string; readonly value: number }[] = [];
  const apply = (node: string): Promise<void> => {
    const values = asked.filter((one) => one.node === node).map(({ value }) => value);
    return put(node, values.length === 0 ? undefined : Math.min(...values));
  };
  return async (node: string, value: number, before: BeforeLimit): Promise<void> => {
    const own = { node, value };
    before(async () => {
      if (asked.includes(own)) asked.splice(asked.indexOf(own), 1);
      await apply(node);
    });
    asked.push(own);
    await apply(node);
  };
}

function quotaOf(version: 1 | 2, folder: string): number | undefined {
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8').trim();
  const [quota = '', period = ''] =
    version === 2 ? read('cpu.max').split(' ') : [read('cpu.cfs_quota_us'), read('cpu.cfs_period_us')];
  return quota === 'max' || Number(quota) < 0 ? undefined : Number(quota) / Number(period);
}

/** A flat keyed file: a name and a number on each line. */
function readFigures(file: string): ReadonlyMap<string, number> {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return new Map(lines.map((line) => line.split(' ')).map(([name = '', value]) => [name, Number(value)] as const));
}

/** Why what the kernel counts of these nodes cannot be read; undefined when it can. */
export function whyUnreadable(
  nodes: readonly string[],
  limit: { readonly read: (node: string) => unknown } | undefined,
): string | undefined {
  if (limit === undefined) return 'the nodes have no cgroups of their own';
  try {
    for (const node of nodes) limit.read(node);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
