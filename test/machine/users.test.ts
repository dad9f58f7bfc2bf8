import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect } from '@jest/globals';
import { findMarked } from '../../src/engines/local/cluster/proc.ts';
import type { RunRecord } from '../../src/model/record.ts';
import { eventually } from '../support/eventually.ts';
import { inKernel, packetsCounted } from '../support/kernel.ts';
import { needing } from '../support/needs.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { leftAtLast, runTool, startTool } from '../support/tool.ts';
import { asRoot, type TestUser, users } from '../support/users.ts';

const test = needing('nft and root', 'sudo');

/** The same short scenario for everybody: what differs is who asks the kernel. */
const scenario = `name: short-loss
title: One segment in five between the nodes is lost
tier: fault
severity: low
dimension: loss-recovery
phases: { steady: 1s, hold: 6s, recover: 5s }
faults:
  - { kind: packet-loss, on: links.cluster, loss: 20% }
  - { kind: partition, on: { from: node1, to: node2 }, at: 3s, for: 3s }
expect: { availability: ">= 1%", p99-latency: "<= 60s", recovery: "<= 5s" }
`;

const transparent = 'broker: { preset: embedded, links: transparent }\n';

const userNamed = users();
const temporary = temporaryFolders();
let plain: TestUser;
let sudoer: TestUser;
beforeAll(() => {
  plain = userNamed('plain', { sudo: false });
  sudoer = userNamed('sudo', { sudo: true });
  for (const { folder } of [plain, sudoer]) writeFileSync(join(folder, 'loss.yml'), scenario);
});

/** The mechanisms that the report names, and whether each was proven. */
function mechanismsOf(stdout: string): Record<string, string> {
  const { scenarios } = JSON.parse(stdout) as RunRecord;
  return Object.fromEntries(
    scenarios.flatMap(({ faults }) =>
      faults.map(({ mechanism, proven, observed }) => [mechanism, proven ? 'proven' : observed]),
    ),
  );
}

const cheaply = ['--nodes', '2', '--rate', '60/s', '--repeat', '1'];
const args = ['run', '--scenario', './loss.yml', '--json', '--seed', 'users', ...cheaply];

describe('who runs it decides by what means, and the report says so', () => {
  test('root: the kernel drops packets', async () => {
    const folder = temporary();
    writeFileSync(join(folder, 'loss.yml'), scenario);
    const { stdout, pid } = await runTool(folder, ...args);
    expect(mechanismsOf(stdout)).toEqual({ 'nft drop of real packets': 'proven' });
    expect(await leftAtLast(folder, pid)).toEqual([]);
  });

  test('a user with passwordless sudo: the same', async () => {
    const { stdout, stderr } = await sudoer.run(...args, '--privileged', 'required').done;
    expect(stderr).not.toContain('taking');
    expect(mechanismsOf(stdout)).toEqual({ 'nft drop of real packets': 'proven' });
  });

  test('a user without: the proxies’ model', async () => {
    const { stdout } = await plain.run(...args).done;
    expect(mechanismsOf(stdout)).toEqual({
      'link proxy, TCP model of loss': 'proven',
      'link proxy, bytes held': 'proven',
    });
  });

  test('root that is told never to use it: the proxies’ model too', async () => {
    const folder = temporary();
    writeFileSync(join(folder, 'loss.yml'), scenario);
    const { stdout } = await runTool(folder, ...args, '--privileged', 'never');
    expect(Object.keys(mechanismsOf(stdout))).toEqual(['link proxy, TCP model of loss', 'link proxy, bytes held']);
    expect((JSON.parse(stdout) as RunRecord).command).toContain('--privileged never');
  });

  test('whoever requires what is not there is told before anything is built', async () => {
    const { code, stderr } = await plain.run(...args, '--privileged', 'required').done;
    expect(code).toBe(4);
    expect(stderr).toContain(
      'privileged: required needs root or passwordless sudo: not root, and sudo asks for a password',
    );
    expect(stderr).toContain('hint: run as root, or let this user use sudo without a password');
    expect(stderr).not.toContain('booting');
  });

  test('doctor tells each what is there and how to get the rest', async () => {
    const forRoot = await runTool(temporary(), 'doctor');
    expect(forRoot.stdout).toMatch(/packet-loss +nft drop of real packets +yes +taken/);
    const forPlain = await plain.run('doctor').done;
    expect(forPlain.stdout).toMatch(
      /packet-loss +nft drop of real packets +no +not root, and sudo asks for a password; run as root/,
    );
    expect(forPlain.stdout).toMatch(/packet-loss +link proxy, TCP model of loss +yes +taken/);
    const { linksTransparent, faults } = JSON.parse((await sudoer.run('doctor', '--json').done).stdout);
    expect(linksTransparent).toEqual({ available: true });
    expect(faults).toContainEqual({
      ...{ fault: 'partition', mechanism: 'nft drop of real packets', available: true, used: true },
      ...{ reason: null, hint: null },
    });
  });
});

describe('a tool that is killed leaves nothing in the kernel', () => {
  const lasting = scenario.replace('hold: 6s', 'hold: 60s');

  /** Kills the one tool that keeps its state in this folder, as soon as the kernel has dropped a packet for it. */
  const killed = async (folder: string, uid: number): Promise<void> => {
    const states = join(folder, 'tmp', `chaos-action-${uid}`);
    let run = '';
    await eventually('packets are dropped', () => {
      run = list(states)[0] ?? '';
      return run !== '' && dropped(run) > 0;
    });
    const named = new RegExp(run.replace('-', '[-_]'));
    expect(inKernel(named)).toHaveLength(2);
    const { pid } = JSON.parse(readFileSync(join(states, run, 'owner.json'), 'utf8')) as { pid: number };
    asRoot('kill', ['-s', 'KILL', String(pid)]);
    await eventually('nothing is left', () => inKernel(named).length === 0 && list(states).length === 0);
    expect(findMarked(run)).toEqual([]);
  };

  test('as root, with links: transparent', async () => {
    const folder = temporary();
    writeFileSync(join(folder, 'loss.yml'), lasting);
    writeFileSync(join(folder, 'chaos.yml'), transparent);
    const tool = startTool(folder, ['run', '--scenario', './loss.yml', ...cheaply]);
    await killed(folder, userInfo().uid);
    expect(await leftAtLast(folder, tool.pid)).toEqual([]);
  });

  test('as a user with sudo, with links: transparent', async () => {
    writeFileSync(join(sudoer.folder, 'long.yml'), lasting);
    writeFileSync(join(sudoer.folder, 'transparent.yml'), transparent);
    const tool = sudoer.run('run', '--config', 'transparent.yml', '--scenario', './long.yml', ...cheaply);
    await killed(sudoer.folder, sudoer.uid);
    await tool.done;
  });
});

/** How many packets the kernel has dropped for a run; 0 while it has no table. */
function dropped(run: string): number {
  try {
    return [...packetsCounted(run)].reduce(
      (sum, [name, packets]) => sum + (name.endsWith('_dropped') ? packets : 0),
      0,
    );
  } catch {
    return 0;
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
