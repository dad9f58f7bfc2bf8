import { spawn } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  anyBecoming,
  findMarked,
  isAlive,
  killAll,
  nodeMark,
  readStat,
  runMark,
  signal,
} from '../../src/engines/local/cluster/proc.ts';
import { eventually } from '../support/eventually.ts';
import { identityOf, processes, stateOf } from '../support/processes.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const start = processes();
const folder = temporaryFolders();
const run = `proc-test-${process.pid}`;
const kill = () =>
  killAll(
    () => findMarked(run),
    () => sleep(10),
  );
afterEach(async () => {
  await kill();
});

describe('what /proc says of a process', () => {
  test('this one', () => {
    const stat = readStat(process.pid);
    expect(stat).toMatchObject({ pid: process.pid, parent: process.ppid });
    expect(stat?.state).toMatch(/^[RSD]$/);
    expect(stat?.startTicks).toBeGreaterThan(0);
    expect(stat?.cpuSeconds).toBeGreaterThan(0);
    expect(stat?.residentBytes).toBeGreaterThan(1_000_000);
  });

  test('a name with spaces and brackets does not shift the fields', async () => {
    // The kernel names a script's process after the file: this one's name looks like the fields that follow it.
    const script = join(folder(), 'a) Z 1 1 (b');
    writeFileSync(script, '#!/bin/sh\necho up\nsleep 60\n');
    chmodSync(script, 0o755);
    const child = start(`exec '${script}'`);
    await child.firstLine();
    await eventually('it sleeps', () => stateOf(child.pid) === 'S');
    expect(readStat(child.pid)).toMatchObject({ pid: child.pid, parent: process.pid });
  });

  test('nothing of a process that there is not', () => {
    expect(readStat(2 ** 30)).toBeUndefined();
  });

  test('a zombie is there, but not alive', async () => {
    // The shell's child ends, and what has taken the shell's place never asks how.
    const parent = start('sleep 0 & echo $!; exec sleep 60', { [runMark]: run });
    const pid = Number(await parent.firstLine());
    await eventually('the child is a zombie', () => stateOf(pid) === 'Z');
    expect(isAlive(identityOf(pid))).toBe(false);
    expect(findMarked(run).map((found) => found.pid)).toEqual([parent.pid]);
  });

  test('a pid that was given to another process is not the process it was', () => {
    const { pid, startTicks } = identityOf(process.pid);
    expect(isAlive({ pid, startTicks })).toBe(true);
    expect(isAlive({ pid, startTicks: startTicks - 1 })).toBe(false);
  });

  test('a signal to a process that has gone is no error', () => {
    expect(() => signal(2 ** 30, 'SIGKILL')).not.toThrow();
  });
});

describe('processes of a run', () => {
  test('are found by their mark, also those that left the process group and the parent', async () => {
    const parent = start('setsid sh -c "sleep 60 & echo up; wait" & wait', { [runMark]: run, [nodeMark]: 'node1' });
    await parent.firstLine();
    const found = findMarked(run);
    expect(found.map(({ pid }) => pid)).toContain(parent.pid);
    expect(found.some(({ group }) => group !== readStat(parent.pid)?.group)).toBe(true);
    // The outer shell, the inner one and its sleep.
    expect(found).toHaveLength(3);
    expect(findMarked(run, 'node1')).toHaveLength(3);
    expect(findMarked(run, 'node2')).toEqual([]);
  });

  test('processes of other runs and of nobody are left out, however much their marks look alike', async () => {
    const others = [
      start('echo up; exec sleep 60', { [runMark]: `${run}0` }),
      start('echo up; exec sleep 60', { [`MY_${runMark}`]: run }),
      start('echo up; exec sleep 60'),
    ];
    for (const other of others) await other.firstLine();
    expect(findMarked(run)).toEqual([]);
    await kill();
    for (const { pid } of others) expect(isAlive(identityOf(pid))).toBe(true);
  });

  test('are all killed, also when each starts the next one and ends', async () => {
    const chain = join(folder(), 'chain.sh');
    writeFileSync(chain, 'echo up\nsleep 0.03\nsh "$0" &\n');
    const first = start(`exec sh '${chain}'`, { [runMark]: run });
    await eventually('the chain has gone through some links', () => first.said().split('\n').length > 3);
    expect(await kill()).toBeGreaterThan(0);
    await sleep(300);
    expect(findMarked(run)).toEqual([]);
  });

  test('a young process without an environment may still become one of them, an older one is nobody’s', async () => {
    const child = spawn('sleep', ['60'], { env: {}, stdio: 'ignore' });
    try {
      await eventually('it is there', () => anyBecoming());
      expect(readStat(child.pid ?? 0)?.isOfKernel).toBe(false);
      await eventually('it is old', () => !anyBecoming());
      expect(await kill()).toBe(0);
    } finally {
      child.kill('SIGKILL');
    }
  });

  test('stopped ones are killed too', async () => {
    const child = start('echo up; exec sleep 60', { [runMark]: run });
    await child.firstLine();
    signal(child.pid, 'SIGSTOP');
    await eventually('it is stopped', () => stateOf(child.pid) === 'T');
    expect(await kill()).toBe(1);
    expect(findMarked(run)).toEqual([]);
  });

  test('where there are none, none are killed', async () => {
    expect(await kill()).toBe(0);
  });
});
