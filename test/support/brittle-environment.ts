import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readStat } from '../../src/engines/local/cluster/proc.ts';
import { heldConnections, readTcpTable } from '../../src/engines/local/cluster/tcp-table.ts';
import { type FaultEnvironment, requireLinks } from '../../src/engines/local/environment.ts';
import { Pins } from '../../src/engines/local/host/affinity.ts';
import { nftPackets } from '../../src/engines/local/lanes/packets.ts';
import { Ledger } from '../../src/engines/local/ledger.ts';
import type { NftTable } from '../../src/engines/local/machine/nft.ts';
import { nodeLimits } from '../../src/engines/local/machine/node-limits.ts';
import type { Endpoint } from '../../src/workload/client.ts';

/** What fails, where it is at this step: before the thing is done, or after. */
export type Failure = { readonly step: number; readonly when: 'before' | 'after' };

export class PlannedFailure extends Error {
  constructor({ step, when }: Failure) {
    super(`step ${step} failed ${when === 'before' ? 'before' : 'after'} it was done`);
  }
}

export type Brittle = {
  readonly environment: FaultEnvironment;
  /** From now on steps are counted, and some fail. */
  count(failures: readonly Failure[]): void;
  /** The steps that there were since: whether each may fail after it was done, or only before. */
  stepsDone(): readonly ('in parts' | 'wholly')[];
  /** No step fails any more. */
  mend(): void;
  /** What is in force, in words. */
  inForce(): Promise<string[]>;
};

/**
 * A machine of two nodes on which every order is one step, and any of them may fail. Links are those of `base`; nodes are processes that do
 * nothing, and what is ordered for them is kept in mind, not done.
 */
export function brittleEnvironment(
  base: FaultEnvironment,
  options: {
    /** The process of each node. */
    readonly pids: ReadonlyMap<string, number>;
    /** Where clients go. */
    readonly endpoint: Endpoint;
    readonly folder: string;
    readonly run: string;
    /** Of each node; in `folder` where it is not said. */
    readonly dataFolder?: ((node: string) => string) | undefined;
    /** Whether real packets may be struck; else the links do it. */
    readonly withPackets?: boolean;
  },
): Brittle {
  const { pids, endpoint, folder, run } = options;
  const nodes = [...pids.keys()];
  let steps: ('in parts' | 'wholly')[] = [];
  let counting = false;
  let failures: readonly Failure[] = [];
  let lateMs = 0;

  const enter = (how: 'in parts' | 'wholly' = 'in parts'): Failure | undefined => {
    if (!counting) return undefined;
    steps.push(how);
    return failures.find(({ step }) => step === steps.length);
  };
  const fail = (failure: Failure): never => {
    // Whoever would try again for a while has no time left.
    lateMs += 60_000;
    throw new PlannedFailure(failure);
  };
  const step = <A extends unknown[], R>(act: (...args: A) => R): ((...args: A) => R) => {
    return (...args) => {
      const failure = enter();
      if (failure?.when === 'before') fail(failure);
      const result = act(...args);
      if (failure) fail(failure);
      return result;
    };
  };
  /** For what is done in one piece: it fails before, whatever was planned. */
  const wholly = <A extends unknown[], R>(act: (...args: A) => R): ((...args: A) => R) => {
    return (...args) => {
      const failure = enter('wholly');
      if (failure) fail(failure);
      return act(...args);
    };
  };
  const later = <A extends unknown[], R>(act: (...args: A) => Promise<R>): ((...args: A) => Promise<R>) => {
    return async (...args) => {
      const failure = enter();
      if (failure?.when === 'before') fail(failure);
      const result = await act(...args);
      if (failure) fail(failure);
      return result;
    };
  };

  const ledger = Ledger.begin(run, join(folder, 'states'));
  const openEntries = (): string[] => {
    const open = new Map<number, string>();
    for (const line of readFileSync(join(ledger.folder, 'ledger.jsonl'), { encoding: 'utf8', flag: 'a+' }).split(
      '\n',
    )) {
      if (line === '') continue;
      const { entry, undone, undo } = JSON.parse(line);
      if (undone === undefined) open.set(entry, JSON.stringify(undo));
      else open.delete(undone);
    }
    return [...open.values()].map((undo) => `in the ledger: ${undo}`);
  };

  const down = new Set<string>();
  const stopped = new Set<string>();
  const conditions = new Map<string, unknown>();
  const rules = new Set<string>();
  const stressors = new Set<string>();
  const limits = new Map<string, string>();
  const affinities = new Map<number, { before: string; now: string }>();
  const chains = new Set<string>();
  const counters = new Set<string>();

  const processOf = (node: string) => {
    const stat = readStat(pids.get(node) ?? 0);
    return stat && !down.has(node) ? [stat] : [];
  };
  const start: FaultEnvironment['host']['start'] = (task) => {
    const name = task.join(' ');
    stressors.add(name);
    return { pid: 0, startTicks: 0, said: () => '', stop: later(async () => void stressors.delete(name)) };
  };
  const listOf = (pid: number): string =>
    /^Cpus_allowed_list:\s*(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? '';

  /** As nft does it: all or nothing, and an error where there is something, or nothing, already. */
  const table: NftTable = {
    name: 'test',
    load: later(async (commands: string) => {
      const [chainsThen, countersThen] = [new Set(chains), new Set(counters)];
      for (const line of commands.split('\n')) {
        const [, verb = '', what = '', name = ''] = /^(\w+) (\w+) TABLE (\w+)/.exec(line) ?? [];
        const those = what === 'counter' ? countersThen : chainsThen;
        if (what === 'rule') continue;
        if (verb === 'create' && those.has(name)) throw new Error(`${name} exists`);
        if (['delete', 'flush'].includes(verb) && !those.has(name)) throw new Error(`${name} does not exist`);
        if (verb === 'create' || verb === 'add') those.add(name);
        if (verb === 'delete') those.delete(name);
      }
      for (const [set, then] of [
        [chains, chainsThen],
        [counters, countersThen],
      ] as const) {
        set.clear();
        for (const name of then) set.add(name);
      }
    }),
    counters: async () => new Map(),
    async remove() {},
  };
  const shaper = {
    add: later(async () => ({ id: '1:1', change: later(async () => {}) })),
    async remove() {},
  };

  const cgroupOf = (node: string): string => join(folder, 'cgroup', node);
  for (const node of nodes) {
    mkdirSync(cgroupOf(node), { recursive: true });
    for (const [file, text] of Object.entries({
      'cpu.max': 'max 100000',
      'cpu.stat': 'nr_periods 1\nnr_throttled 0\nthrottled_usec 0',
      'memory.high': 'max',
      'memory.current': '1000000',
      'memory.events': 'high 0',
    }))
      writeFileSync(join(cgroupOf(node), file), text);
  }
  const nodesLimits = nodeLimits(
    {
      by: 'root',
      run: later(async (_program: string, [, file = '']: readonly string[], text = '') => {
        writeFileSync(file, text);
        return '';
      }),
    },
    { controlled: (_: string, node: string) => ({ version: 2, folder: cgroupOf(node) }) } as never,
  );
  const limited = (): string[] =>
    nodes.flatMap((node) =>
      ['cpu.max', 'memory.high'].flatMap((file) => {
        const text = readFileSync(join(cgroupOf(node), file), 'utf8');
        return text.startsWith('max') ? [] : [`${node}: ${file} is ${text}`];
      }),
    );

  const links = requireLinks(base);
  const watchCalls: typeof links.watchCalls = async (id, method) => {
    const watch = await links.watchCalls(id, method);
    return {
      ...watch,
      apply: later(async (rule) => {
        await watch.apply(rule);
        rules.add(id);
      }),
      clear: later(async () => {
        await watch.clear();
        rules.delete(id);
      }),
    };
  };
  const isClean = (change: Readonly<Record<string, unknown>>): boolean =>
    Object.values(change).every((value) => value === undefined || value === 0 || value === false);
  const brittleLinks: typeof links = {
    ...links,
    shape: later(async (id, direction, change) => {
      await links.shape(id, direction, change);
      if (isClean(change)) conditions.delete(`${id} ${direction}`);
      else conditions.set(`${id} ${direction}`, change);
    }),
    reset: later(links.reset),
    watchCalls,
  };

  const address = { host: endpoint.host, port: endpoint.port, version: 4 } as const;
  const dataFolder = options.dataFolder ?? ((node: string) => join(folder, node));
  for (const node of nodes) mkdirSync(dataFolder(node), { recursive: true });

  const environment: FaultEnvironment = {
    ...base,
    clock: { ...base.clock, nowMs: () => base.clock.nowMs() + lateMs },
    nodes: {
      processes: step(processOf),
      kill: later(async (node) => void down.add(node)),
      start: step((node) => void down.delete(node)),
      signal: step((node, name) => {
        if (name === 'SIGSTOP') stopped.add(node);
        if (name === 'SIGCONT') stopped.delete(node);
        return processOf(node);
      }),
      ping: later(async () => 'silent'),
      httpUrls: () => [],
      logFile: (node) => join(folder, `${node}.log`),
      connect: async () => 'not served',
      folder: dataFolder,
      address: step(() => address),
    },
    host: {
      start: wholly(start),
      observe: () => ({ pid: 0, startTicks: 0, said: () => '', async stop() {} }),
      pins: new Pins(),
      setAffinity: later(async (id, cpus) => {
        const before = affinities.get(id)?.before ?? listOf(id);
        affinities.set(id, { before, now: cpus });
      }),
      setSoftLimit: later(async (pid, resource, soft) => {
        const known = readFileSync(`/proc/${pid}/limits`, 'latin1');
        // What a process really has is what it gets back.
        if (new RegExp(`${resource === 'fsize' ? 'Max file size' : 'Max open files'} +${soft} `).test(known))
          limits.delete(`${pid} ${resource}`);
        else limits.set(`${pid} ${resource}`, soft);
      }),
    },
    links: brittleLinks,
    network: { ...base.network, ...(options.withPackets ? {} : {}), entry: step(() => address) },
    packets: options.withPackets
      ? nftPackets({
          links,
          table: async () => table,
          shaper: async () => shaper,
          logger: base.logger,
          redirected: false,
        })
      : undefined,
    limits: nodesLimits,
    ledger: Object.assign(Object.create(ledger) as Ledger, { add: wholly(ledger.add.bind(ledger)) }),
  };
  return {
    environment,
    count(planned) {
      [steps, counting, failures] = [[], true, planned];
    },
    stepsDone: () => [...steps],
    mend() {
      counting = false;
    },
    inForce: async () => [
      ...[...down].map((node) => `${node} is down`),
      ...[...stopped].map((node) => `${node} is stopped`),
      ...[...conditions].map(([lane, change]) => `${lane}: ${JSON.stringify(change)}`),
      ...[...rules].map((id) => `calls of ${id}`),
      ...[...stressors].map((task) => `stressor ${basename(task)}`),
      ...[...limits].map(([of, soft]) => `limit of ${of}: ${soft}`),
      ...[...affinities].flatMap(([pid, { before, now }]) => (before === now ? [] : [`process ${pid} on CPU ${now}`])),
      ...[...chains, ...counters].map((name) => `nft ${name}`),
      ...limited(),
      ...heldConnections(endpoint.port, await readTcpTable()).map(
        ({ remotePort }) => `a connection from port ${remotePort}`,
      ),
      ...openEntries(),
    ],
  };
}
