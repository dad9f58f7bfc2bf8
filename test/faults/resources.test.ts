import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { loadAll } from '../../src/config/load-all.ts';
import type { PreparedFault } from '../../src/engines/injection.ts';
import { findMarked, isAlive, readStat } from '../../src/engines/local/cluster/proc.ts';
import { conditionsOf } from '../../src/engines/local/effects/cpu-stress.ts';
import type { FaultEnvironment } from '../../src/engines/local/environment.ts';
import { runsOnlyOn } from '../../src/engines/local/host/affinity.ts';
import { allowedCpus, splitCpus } from '../../src/engines/local/host/cpus.ts';
import { readSoftLimit } from '../../src/engines/local/host/limits.ts';
import { Ledger } from '../../src/engines/local/ledger.ts';
import { LocalEngine, type LocalEngineOptions } from '../../src/engines/local/local-engine.ts';
import { type Machine, probeMachine } from '../../src/engines/local/machine/machine.ts';
import { isMountPoint, mounts } from '../../src/engines/local/machine/mounts.ts';
import { localOffer } from '../../src/engines/local/offers.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import type { EffectType } from '../../src/model/effects.ts';
import { eventually } from '../support/eventually.ts';
import { type InForce, injected, leastParameters, names, observed, planned, standing } from '../support/faults.ts';
import { idleHost } from '../support/hosts.ts';
import { needing } from '../support/needs.ts';

const nodes = names(3);
const run = `resources-test-${process.pid}`;
let folder: string;
let options: LocalEngineOptions;
let engine: LocalEngine;
let environment: FaultEnvironment;

async function boot(effects: readonly EffectType[]): Promise<void> {
  await engine.boot(new AbortController().signal, effects);
  environment = standing(engine);
}

/** One cluster of the embedded broker for the whole file, on the folders that disk-full wants: each test leaves it healed. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chaos-test-'));
  const { config } = loadAll({ cwd: folder, env: {}, preset: 'embedded', faultKinds, names: [] });
  options = {
    config,
    mutant: undefined,
    run,
    seed: 'seed',
    workFolder: join(folder, 'work'),
    logFolder: join(folder, 'logs'),
    ledger: Ledger.begin(run, join(folder, 'states')),
    clock: systemClock,
    logger: silentLogger,
  };
  engine = new LocalEngine(options);
  await boot(['disk-full']);
});
afterAll(async () => {
  await engine.stop();
  rmSync(folder, { recursive: true });
});

async function prepare(
  kind: string,
  node: string,
  options: { parameters?: Record<string, unknown>; environment?: FaultEnvironment } = {},
): Promise<PreparedFault> {
  const fault = planned(kind, { type: 'nodes', nodes: [node] }, { nodes, parameters: options.parameters ?? {} });
  return observed(fault, options.environment ?? environment);
}

async function strike(
  kind: string,
  node: string,
  options: { parameters?: Record<string, unknown>; environment?: FaultEnvironment } = {},
): Promise<{ active: InForce; end(): Promise<void> }> {
  const prepared = await prepare(kind, node, options);
  const active = await injected(prepared);
  return {
    active,
    async end() {
      await active.heal();
      await active.heal();
      await prepared.release();
    },
  };
}

/** The same machine, to which nothing that is ordered is done. */
function untouched(): FaultEnvironment {
  return { ...environment, host: idleHost(environment.host) };
}

const pidOf = (node: string): number => environment.nodes.processes(node)[0]?.pid ?? 0;
/** Processes of the run that belong to no node. */
const helpers = () => {
  const ofNodes = nodes.flatMap((node) => environment.nodes.processes(node)).map(({ pid }) => pid);
  return findMarked(run).filter(({ pid }) => !ofNodes.includes(pid));
};

describe('cpu-stress', () => {
  test('keeps a CPU of the node busy, the tool away from it, and gives every process its CPUs back', async () => {
    const before = allowedCpus(process.pid) ?? [];
    const { struck, harness } = splitCpus(before, before);
    const { active, end } = await strike('cpu-stress', 'node2', { parameters: { load: '50%' } });
    expect(runsOnlyOn(pidOf('node2'), struck)).toBe(true);
    expect(runsOnlyOn(process.pid, harness)).toBe(true);
    expect(allowedCpus(pidOf('node1'))).toEqual(before);
    const burners = helpers();
    expect(burners).toHaveLength(struck.length);
    await eventually('they burn', () => burners.every(({ pid }) => (readStat(pid)?.cpuSeconds ?? 0) > 0.3));
    const { figures } = await active.prove();
    expect(figures).toMatchObject({ askedShare: 0.5, processes: 1, processesPinned: 1 });
    expect(figures.burnerDemandShare).toBeGreaterThan(0);
    expect(figures.busyShare).toBeGreaterThan(0);
    await end();
    expect(burners.some(isAlive)).toBe(false);
    expect(allowedCpus(pidOf('node2'))).toEqual(before);
    expect(runsOnlyOn(process.pid, before)).toBe(true);
    expect(allowedCpus(process.pid)).toEqual(before);
  });

  test('two at once pin the tool once: it keeps its CPU until the last of them is healed, whichever that is', async () => {
    const before = allowedCpus(process.pid) ?? [];
    const { struck, harness } = splitCpus(before, before);
    for (const firstEndsFirst of [true, false]) {
      const one = await strike('cpu-stress', 'node1', { parameters: { load: '10%' } });
      const two = await strike('cpu-stress', 'node2', { parameters: { load: '20%' } });
      const [earlier, later] = firstEndsFirst ? [one, two] : [two, one];
      await earlier.end();
      expect(runsOnlyOn(process.pid, harness)).toBe(true);
      expect(runsOnlyOn(pidOf(firstEndsFirst ? 'node2' : 'node1'), struck)).toBe(true);
      expect(allowedCpus(pidOf(firstEndsFirst ? 'node1' : 'node2'))).toEqual(before);
      await later.end();
      for (const pid of [process.pid, pidOf('node1'), pidOf('node2')]) expect(allowedCpus(pid)).toEqual(before);
    }
  });

  test('a node that was started meanwhile is let off the CPUs of the tool at the heal', async () => {
    const before = allowedCpus(process.pid);
    const { end } = await strike('cpu-stress', 'node2', { parameters: { load: '10%' } });
    await environment.nodes.kill('node3');
    environment.nodes.start('node3');
    await end();
    expect(allowedCpus(pidOf('node3'))).toEqual(before);
    await eventually('it answers', async () => (await environment.nodes.ping('node3', 1_000)) === undefined);
  });

  test('is not proven when nothing was done', async () => {
    const { active, end } = await strike('cpu-stress', 'node2', {
      parameters: { load: '50%' },
      environment: untouched(),
    });
    await systemClock.sleep(100);
    expect(await active.prove()).toMatchObject({ proven: false, figures: { burnerDemandShare: 0 } });
    await end();
  });

  const loaded = {
    askedShare: 0.8,
    busyShare: 0.95,
    busyShareBefore: 0.3,
    burnerDemandShare: 0.8,
    processes: 3,
    processesPinned: 3,
    runQueueDelayMsPerSecond: 300,
    runQueueDelayMsPerSecondBefore: 20,
  };
  test.each([
    ['in force', {}, true],
    [
      'in force at ten points below, since the nodes and the clock of the burners take some',
      { busyShare: 0.701 },
      true,
    ],
    ['not in force: the CPUs are not busy enough', { busyShare: 0.69 }, false],
    ['not in force: somebody else keeps them busy', { burnerDemandShare: 0.69 }, false],
    ['not in force: a process of a node runs elsewhere', { processesPinned: 2 }, false],
    ['not in force: no node runs', { processes: 0, processesPinned: 0 }, false],
    ['not in force: the nodes do not feel it', { runQueueDelayMsPerSecond: 21 }, false],
    [
      'in force where others crowded the CPUs before, and the nodes waited as long',
      { runQueueDelayMsPerSecond: 21, busyShareBefore: 0.9 },
      true,
    ],
    [
      'not in force where others crowd the CPUs and the nodes do not wait at all',
      { runQueueDelayMsPerSecond: 0.5, runQueueDelayMsPerSecondBefore: 0, busyShareBefore: 0.9 },
      false,
    ],
  ])('is %s', (_, change, proven) => {
    expect(conditionsOf({ ...loaded, ...change }).every(({ met }) => met)).toBe(proven);
  });
});

describe('memory-stress', () => {
  test('takes memory, which is proven by what the kernel has left, and gives it back', async () => {
    // Much more than what processes that have just ended still give back.
    const { active, end } = await strike('memory-stress', 'node1', { parameters: { size: '1536MiB' } });
    const [ballast] = helpers();
    if (!ballast) throw new Error('there is no ballast');
    await eventually('it is proven', async () => (await active.prove()).proven);
    const { figures, observed } = await active.prove();
    expect(figures.ballastBytes).toBeGreaterThanOrEqual(1_536 * 1024 ** 2);
    expect(observed).toMatch(/^MemAvailable .* before\); the ballast holds /);
    await end();
    expect(isAlive(ballast)).toBe(false);
  });

  test('that could not take anything is not proven', async () => {
    // So much is never available, so that the first step would be too far already.
    const fault = planned('memory-stress', { type: 'nodes', nodes: ['node1'] }, { nodes, parameters: { free: '99%' } });
    const prepared = await observed(fault, environment);
    const active = await injected(prepared);
    await eventually('it has looked', () => helpers().length === 1);
    expect(await active.prove()).toMatchObject({ proven: false });
    await active.heal();
    await prepared.release();
  });

  test('is not proven when nothing was done', async () => {
    const { active, end } = await strike('memory-stress', 'node1', {
      parameters: { size: '512MiB' },
      environment: untouched(),
    });
    expect(await active.prove()).toMatchObject({ proven: false, figures: { ballastBytes: 0 } });
    await end();
  });
});

describe('io-stress', () => {
  test('writes to the disk of the node, with no more than it was given, and leaves nothing', async () => {
    await boot([]);
    const data = environment.nodes.folder('node1');
    const { active, end } = await strike('io-stress', 'node1', { parameters: { writers: 2, size: '1MiB' } });
    await eventually('both files are there', () => readdirIfThere(join(data, '.chaos-action-io')).length === 2);
    await eventually('the disk is at work', async () => {
      const { writtenBytesPerSecond } = (await active.prove()).figures;
      return writtenBytesPerSecond === undefined || writtenBytesPerSecond > 1024 ** 2;
    });
    await end();
    expect(existsSync(join(data, '.chaos-action-io'))).toBe(false);
    expect(existsSync(join(data, '.chaos-action-probe'))).toBe(false);
    expect(helpers()).toEqual([]);
  });

  test('is not proven when nothing was done', async () => {
    const prepared = await prepare('io-stress', 'node1', { environment: untouched() });
    await systemClock.sleep(600);
    const active = await injected(prepared);
    await systemClock.sleep(600);
    // A disk that others make slow is no proof either, as long as it does not write more for it.
    const { proven, figures } = await active.prove();
    expect([proven, (figures.probes ?? 0) >= 0]).toEqual([false, true]);
    await active.heal();
    await prepared.release();
  });
});

describe('disk-full', () => {
  needing('root that may mount')(
    'fills a file system of the node’s own to the last byte, keeps it full, and empties it',
    async () => {
      await boot(['disk-full']);
      const data = environment.nodes.folder('node3');
      expect(isMountPoint(data)).toBe(true);
      const { active, end } = await strike('disk-full', 'node3');
      expect(active.mechanism).toBe('tmpfs of 256 MiB for the data folder, filled by a ballast');
      await eventually('it is proven', async () => (await active.prove()).proven);
      expect((await active.prove()).observed).toBe(
        'statfs: 0 B of 256 MiB available; a write by another process: ENOSPC',
      );
      await end();
      expect(existsSync(join(data, '.chaos-action-ballast'))).toBe(false);
      await eventually('it answers', async () => (await environment.nodes.ping('node3', 1_000)) === undefined);
      expect(helpers()).toEqual([]);
    },
  );

  needing('root that may mount')('is not proven when nothing was done', async () => {
    const { active, end } = await strike('disk-full', 'node3', { environment: untouched() });
    expect(await active.prove()).toMatchObject({ proven: false, figures: { writesRefused: 0 } });
    await end();
  });

  test('mounts nothing where privileges are not to be used, also where they are to be had', async () => {
    const folders = join(folder, 'unprivileged');
    const unprivileged = new LocalEngine({ ...options, run: `${run}-never`, workFolder: folders, privileged: 'never' });
    try {
      await unprivileged.boot(new AbortController().signal, ['disk-full']);
      expect(mounts().filter((mount) => mount.folder.startsWith(folders))).toEqual([]);
    } finally {
      await unprivileged.stop();
    }
  });

  test('the cluster of the scenario after is on the disk again', async () => {
    await boot(['disk-full']);
    expect(engine.unfit(['disk-full', 'kill'])).toBeUndefined();
    expect(engine.unfit(['io-stress'])).toBe('the data folders were of a limited size for the scenario before');
    await boot(['io-stress']);
    expect(engine.unfit(['disk-full'])).toBe('a fault needs data folders of a limited size');
    expect(nodes.some((node) => isMountPoint(environment.nodes.folder(node)))).toBe(false);
  });

  test('without a file system of its own, lets the node write no file: proven by its limit and by a folder that stands still', async () => {
    const prepared = await prepare('disk-full', 'node1');
    // What the node would have written in the steady phase.
    writeFileSync(join(environment.nodes.folder('node1'), 'segment'), 'data');
    const active = await injected(prepared);
    expect(active.mechanism).toContain('EFBIG, not ENOSPC');
    expect(readSoftLimit(pidOf('node1'), 'fsize')).toBe('0');
    expect(await active.prove()).toMatchObject({ proven: true, figures: { processesLimited: 1, grownBytes: 0 } });
    writeFileSync(join(environment.nodes.folder('node1'), 'another'), 'data');
    expect(await active.prove()).toMatchObject({ proven: false, figures: { processesLimited: 1, grownBytes: 4 } });
    await active.heal();
    await active.heal();
    expect(readSoftLimit(pidOf('node1'), 'fsize')).toBe('unlimited');
    await prepared.release();
  });

  test('without a file system of its own and with nothing done, is not proven', async () => {
    const { active, end } = await strike('disk-full', 'node1', { environment: untouched() });
    expect(await active.prove()).toMatchObject({ proven: false, figures: { processesLimited: 0 } });
    await end();
  });

  test('is not available for a broker that such a limit would end', async () => {
    const shell = {
      ...environment,
      nodes: { ...environment.nodes, processes: () => [readStat(1)].filter((one) => one !== undefined) },
    };
    const { effect } = planned('disk-full', { type: 'nodes', nodes: ['node1'] }, { nodes });
    expect(localOffer(effect, { cluster: options.config, environment: shell })).toEqual({
      reason: expect.stringContaining('a file size limit would end this broker, since it does not ignore SIGXFSZ'),
    });
  });
});

describe('fd-exhaustion', () => {
  test('new connections are not served and those that are there are, until the limit is what it was', async () => {
    const soft = readSoftLimit(pidOf('node2'), 'nofile');
    const { active, end } = await strike('fd-exhaustion', 'node2');
    expect(active.mechanism).toBe('RLIMIT_NOFILE lowered on the running processes (prlimit)');
    const { proven, figures } = await active.prove();
    expect({ proven, figures }).toMatchObject({
      proven: true,
      figures: { processesLimited: 1, nodesRefusing: 1, nodesWithLivingConnections: 1 },
    });
    await end();
    expect(readSoftLimit(pidOf('node2'), 'nofile')).toBe(soft);
    await eventually('it serves again', async () => (await environment.nodes.ping('node2', 1_000)) === undefined);
  });

  test('leaves as many as it was told to', async () => {
    const { active, end } = await strike('fd-exhaustion', 'node2', { parameters: { spare: 3 } });
    const { figures } = await active.prove();
    await end();
    // The node may need one for itself meanwhile, as for a connection of a peer. With none to spare it serves none.
    expect(figures.newConnectionsServed).toBeGreaterThanOrEqual(2);
  });

  test('is not proven when nothing was done', async () => {
    const { active, end } = await strike('fd-exhaustion', 'node2', { environment: untouched() });
    expect(await active.prove()).toMatchObject({
      proven: false,
      figures: { processesLimited: 0, nodesRefusing: 0, nodesWithLivingConnections: 1 },
    });
    await end();
  });
});

test.each(['cpu-quota', 'memory-limit', 'disk-full'])(
  'what the cluster that stands was not booted for, such as %s, is offered as before any boot',
  async (kind) => {
    const { effect } = planned(
      kind,
      { type: 'choice', choice: 'any' },
      { nodes, parameters: leastParameters[kind] ?? {} },
    );
    const machine = await probeMachine('auto');
    expect(engine.offers(effect, 'any cluster')).toEqual(localOffer(effect, { cluster: options.config, machine }));
  },
);

test('a machine without the programs is told so before anything is booted', async () => {
  const path = process.env.PATH;
  process.env.PATH = '/nowhere';
  const bare = await probeMachine('never').finally(() => {
    process.env.PATH = path;
  });
  const offer = (machine: Machine, kind: string, parameters: Record<string, unknown> = {}) =>
    localOffer(planned(kind, { type: 'choice', choice: 'any' }, { nodes, parameters }).effect, {
      cluster: options.config,
      machine,
    });
  expect(offer(bare, 'cpu-stress', { load: '50%' })).toEqual({
    reason: 'cpu-stress cannot be done here: taskset is not on the PATH (package util-linux)',
    hint: 'install it',
  });
  expect(offer(bare, 'fd-exhaustion')).toEqual({
    reason: 'fd-exhaustion cannot be done here: prlimit is not on the PATH (package util-linux)',
    hint: 'install it',
  });
  expect(offer(bare, 'memory-stress', { size: '128MiB' })).toEqual({ mechanism: 'ballast process' });
  expect(offer(await probeMachine('never'), 'cpu-stress', { load: '50%' })).toEqual({
    mechanism: 'duty-cycle burners',
  });
});

function readdirIfThere(where: string): string[] {
  return existsSync(where) ? readdirSync(where) : [];
}
