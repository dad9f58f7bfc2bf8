import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { ClusterNode } from '../../src/engines/local/cluster/node.ts';
import { openKernel } from '../../src/engines/local/kernel.ts';
import { Ledger, replay } from '../../src/engines/local/ledger.ts';
import { ownAddresses, redirectChains } from '../../src/engines/local/links/redirect.ts';
import { cgroup2Mounts, makeNodeCgroups, nftPath, ourCgroups } from '../../src/engines/local/machine/cgroups.ts';
import { type Machine, probeMachine, requireOffers } from '../../src/engines/local/machine/machine.ts';
import { mounts } from '../../src/engines/local/machine/mounts.ts';
import { createTable, tableName } from '../../src/engines/local/machine/nft.ts';
import { findPrivileged, type Privileged } from '../../src/engines/local/machine/privilege.ts';
import { residue, takeInventory } from '../../src/engines/local/residue.ts';
import { brokerSpec } from '../support/broker-spec.ts';
import { eventually, rejection } from '../support/eventually.ts';
import { inKernel, nft, packetsCounted } from '../support/kernel.ts';
import { logsOfTests } from '../support/logs.ts';
import { needing } from '../support/needs.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { asRoot } from '../support/users.ts';

const test = needing('nft and root');

let machine: Machine;
let privileged: Privileged;
let states: string;
let run: string;
let ledger: Ledger;
let count = 0;
beforeAll(async () => {
  machine = await probeMachine('auto');
  requireOffers(machine, ['nft', 'cgroup2', 'redirect'], 'this test');
  if (machine.privileged) privileged = machine.privileged;
});
beforeEach(() => {
  states = join(temporary(), 'states');
  run = `kernel-test-${process.pid}-${++count}`;
  ledger = Ledger.begin(run, states);
});
// Before the folders go in which the ledger is.
afterEach(async () => {
  await replay(run, states);
  expect(inKernel(new RegExp(run.replaceAll('-', '[-_]')))).toEqual([]);
});

const temporary = temporaryFolders();
const openLog = logsOfTests();
const kernelOf = () => inKernel(new RegExp(run.replaceAll('-', '[-_]')));
/** The run's cgroups: in the hierarchy in which all is found first, and where a controller has one of its own. */
const folders = () => ourCgroups().filter((folder) => folder.endsWith(run));
const openAll = () => openKernel({ machine, run, nodes: ['node1', 'node2'], limited: true, ledger });

describe('what a run has in the kernel', () => {
  test('is taken away when the cluster stops, and the ledger then has nothing to undo', async () => {
    const kernel = await openAll();
    await kernel.table?.();
    expect(kernelOf()).toHaveLength(2);
    await kernel.close();
    await kernel.close();
    expect(kernelOf()).toEqual([]);
    expect(await replay(run, states)).toEqual(['removed its state']);
  });

  test('is taken away from the ledger alone, processes that still live in it too', async () => {
    const kernel = await openAll();
    await kernel.table?.();
    const child = spawn('sleep', ['60'], { stdio: 'ignore' });
    await kernel.cgroups?.enter('node1', child.pid ?? 0);
    const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
    const [folder, ...others] = folders();
    expect(folder).toBe(kernel.cgroups?.folder);
    expect(await replay(run, states)).toEqual([
      `deleted nft table ${tableName(run)} (packet rules)`,
      `removed cgroup ${folder} and killed 1 process in it (a cgroup for each node)`,
      ...others.map((other) => `removed cgroup ${other} (a cgroup for each node)`),
      'removed its state',
    ]);
    expect(await ended).toBe('SIGKILL');
    expect(await replay(run, states)).toEqual([]);
  });

  test('a process that takes a while to die, since it has much to give back, does not keep its cgroup', async () => {
    const kernel = await openAll();
    const hold = 'const held = Buffer.alloc(2 ** 30, 1); console.log(held.length); setInterval(() => {}, 1_000)';
    const child = spawn(process.execPath, ['-e', hold], { stdio: ['ignore', 'pipe', 'ignore'] });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await kernel.cgroups?.enter('node1', child.pid ?? 0);
    const [folder, ...others] = folders();
    expect(await replay(run, states)).toEqual([
      `removed cgroup ${folder} and killed 1 process in it (a cgroup for each node)`,
      ...others.map((other) => `removed cgroup ${other} (a cgroup for each node)`),
      'removed its state',
    ]);
  });

  test('what cannot be undone is told, keeps nothing else from being undone, and is not forgotten', async () => {
    const folder = join(temporary(), 'data');
    mkdirSync(folder);
    ledger.add({ type: 'remove-folder', folder }, 'disk-full');
    const mine = cgroup2Mounts()[0] ?? '';
    ledger.add({ type: 'cgroup', path: mine }, 'a ledger gone wrong');
    const did = await replay(run, states);
    expect(did).toEqual([
      `FAILED: ${mine} is no cgroup of a run (a ledger gone wrong)`,
      `removed ${folder} (disk-full)`,
    ]);
    expect(existsSync(mine)).toBe(true);
    expect(existsSync(ledger.folder)).toBe(true);
    ledger.end();
  });

  test('a hierarchy of our own, where none was mounted, is used and unmounted', async () => {
    const root = join(ledger.folder, 'cgroup2');
    ledger.add({ type: 'mount', path: root }, 'a cgroup2 hierarchy of our own');
    mkdirSync(root);
    await privileged.run('mount', ['-t', 'cgroup2', 'none', root]);
    const note = ledger.add.bind(ledger);
    const cgroups = await makeNodeCgroups({ run, nodes: ['node1'], root, privileged, note });
    const table = await createTable(run, privileged, note);
    // nft finds it there, though it looks below /sys/fs/cgroup.
    const detour = { from: cgroups.match('node1'), port: 1, proxyPort: 2 };
    await table.load(redirectChains([detour]));
    expect(nft('list', 'table', 'inet', table.name)).toContain('socket cgroupv2 level 2');
    expect((await replay(run, states)).at(-2)).toBe(`unmounted ${root} (a cgroup2 hierarchy of our own)`);
    expect(mounts().map(({ folder }) => folder)).not.toContain(root);
  });

  test('other tables stand as they stood', async () => {
    const other = `not_ours_${process.pid}`;
    asRoot('nft', ['add', 'table', 'inet', other]);
    try {
      const kernel = await openAll();
      await kernel.table?.();
      await kernel.close();
      expect(nft('list', 'tables')).toContain(`table inet ${other}`);
    } finally {
      asRoot('nft', ['delete', 'table', 'inet', other]);
    }
  });
});

describe('a node', () => {
  test('is in its cgroup before its command begins, and so are its children', async () => {
    const kernel = await openAll();
    const { cgroups } = kernel;
    const folder = temporary();
    const node = new ClusterNode({
      run,
      name: 'node1',
      spec: brokerSpec(),
      rendered: { command: 'cat /proc/self/cgroup; (read -r line || echo no input); sleep 60', env: {}, files: {} },
      mqttPort: 1,
      folder: join(folder, 'node1'),
      workingFolder: folder,
      log: await openLog(folder, 'node1'),
      clock: systemClock,
      onCrash: () => {},
      onStart: () => {},
      enter: (pid) => cgroups?.enter('node1', pid) ?? Promise.resolve(),
    });
    node.start();
    const log = (): string => readFileSync(join(folder, 'logs', 'node1.log'), 'utf8');
    await eventually('it has begun', () => /^no input$/m.test(log()));
    // The first line that it says was said by a child.
    expect(log()).toMatch(new RegExp(`^0::/chaos-action-${run}/node1$`, 'm'));
    await node.kill();
    await kernel.close();
  });

  test('that cannot be put there ends, and says why', async () => {
    const folder = temporary();
    const crashes: string[] = [];
    const node = new ClusterNode({
      run,
      name: 'node1',
      spec: brokerSpec(),
      rendered: { command: 'echo begun; sleep 60', env: {}, files: {} },
      mqttPort: 1,
      folder: join(folder, 'node1'),
      workingFolder: folder,
      log: await openLog(folder, 'node1'),
      clock: systemClock,
      onCrash: ({ how }) => crashes.push(how),
      onStart: () => {},
      enter: () => Promise.reject(new Error('no room')),
    });
    node.start();
    await eventually('it has ended', () => crashes.length > 0);
    expect(crashes).toEqual(['could not be put where it belongs: no room']);
    expect(readFileSync(join(folder, 'logs', 'node1.log'), 'utf8')).not.toMatch(/^begun$/m);
  });
});

describe('redirection by cgroup', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** Says `name` to all who connect. */
  const listen = (name: string, host: string, port = 0): Promise<number> =>
    new Promise((resolve, reject) => {
      const server = createServer((socket) => socket.on('error', () => {}).end(name));
      servers.push(server);
      server.once('error', reject);
      server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
    });

  /** What a process hears that connects from inside the cgroup, or from outside. */
  const heard = async (host: string, port: number, enter?: (pid: number) => Promise<void>): Promise<string> => {
    const script = `process.stdin.once('data', () => require('node:net').connect(${port}, '${host}').pipe(process.stdout))`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (text) => {
      said += text;
    });
    await enter?.(child.pid ?? 0);
    child.stdin.end('go');
    await new Promise((resolve) => child.once('close', resolve));
    return said;
  };

  test.each(['127.0.0.1', '::1'])('leads one node’s connections to %s elsewhere, and nobody else’s', async (host) => {
    expect([...ownAddresses().ipv4, ...ownAddresses().ipv6]).toContain(host === '::1' ? host : '127.0.0.0/8');
    const port = await listen('the peer', host);
    const proxyPort = await listen('the proxy', host);
    const { cgroups, table } = await openAll();
    if (!cgroups || !table) throw new Error('there is nothing to redirect with');
    await (await table()).load(redirectChains([{ from: cgroups.match('node1'), port, proxyPort }]));
    expect(await heard(host, port, (pid) => cgroups.enter('node1', pid))).toBe('the proxy');
    expect(await heard(host, port, (pid) => cgroups.enter('node2', pid))).toBe('the peer');
    expect(await heard(host, port)).toBe('the peer');
    expect(Object.fromEntries(packetsCounted(run))).toEqual({ redirected: 1, past: 0 });
  });

  test('counts what went past', async () => {
    const port = await listen('the peer', '127.0.0.1');
    const { cgroups, table } = await openAll();
    if (!cgroups || !table) throw new Error('there is nothing to redirect with');
    // Nothing is led away to where it is led from: a rule that does not match must be noticed.
    const astray = redirectChains([{ from: cgroups.match('node1'), port, proxyPort: 1 }], {
      ipv4: ['192.0.2.1'],
      ipv6: [],
    });
    await (await table()).load(astray);
    expect(await heard('127.0.0.1', port, (pid) => cgroups.enter('node1', pid))).toBe('the peer');
    expect(packetsCounted(run).get('redirected')).toBe(0);
    expect(packetsCounted(run).get('past')).toBeGreaterThan(0);
  });
});

describe('the residue check', () => {
  const inventory = () => takeInventory({ run, ledger, privileged: 'auto' });

  test('finds a table, a cgroup and a process that were left, and nothing where nothing was', async () => {
    const before = await inventory();
    expect(residue(before, await inventory(), run)).toEqual([]);
    const kernel = await openAll();
    await kernel.table?.();
    const child = spawn('sleep', ['60'], { stdio: 'ignore', env: { ...process.env, CHAOS_ACTION_RUN: run } });
    await eventually(
      'all is found',
      async () => residue(before, await inventory(), run).length === 2 + folders().length,
    );
    expect(residue(before, await inventory(), run)).toEqual([
      `nft table ${tableName(run)}`,
      ...folders().map((folder) => `cgroup ${folder}`),
      `process ${child.pid}`,
    ]);
    child.kill('SIGKILL');
    await kernel.close();
    await eventually('nothing is found any more', async () => residue(before, await inventory(), run).length === 0);
  });

  test('holds nothing against a run that another one does beside it', async () => {
    const before = await inventory();
    const kernel = await openAll();
    await kernel.table?.();
    const after = await inventory();
    expect(residue(before, after, run)).toHaveLength(1 + folders().length);
    expect(residue(before, after, 'another-run')).toEqual([]);
    await kernel.close();
  });
});

describe('privileges', () => {
  test('never is never, whoever asks', async () => {
    expect(await findPrivileged('never')).toMatchObject({ privileged: undefined });
    const { offers } = await probeMachine('never');
    const offered = Object.entries(offers).flatMap(([name, { available }]) => (available ? [name] : []));
    // What this user may do to processes of its own.
    expect(offered.filter((name) => !['taskset', 'prlimit', 'vdso'].includes(name))).toEqual([]);
    expect(() => requireOffers({ privileged: undefined, offers }, ['nft'], 'it', 'or do without')).toThrow(
      'it needs nft packet drop: privileges are not to be used (privileged: never)',
    );
  });

  test('a program that fails says so in its own words', async () => {
    expect(await rejection(privileged.run('nft', ['-f', '-'], 'nonsense'))).toMatchObject({
      message: expect.stringMatching(/^nft -f -: .*syntax error/),
    });
  });

  test('nft names cgroups from where it looks them up', () => {
    expect(nftPath('/sys/fs/cgroup')).toBe('.');
    expect(nftPath('/sys/fs/cgroup/unified/a/b')).toBe('unified/a/b');
    expect(nftPath('/tmp/x')).toBe('../../../tmp/x');
  });
});
