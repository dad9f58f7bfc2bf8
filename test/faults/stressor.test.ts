import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { distPath } from '../../src/base/entries.ts';
import { findMarked, isAlive, readStat } from '../../src/engines/local/cluster/proc.ts';
import { localHost, type Stressor } from '../../src/engines/local/host/control.ts';
import { readMemory } from '../../src/engines/local/machine/host.ts';
import { eventually } from '../support/eventually.ts';
import { processes } from '../support/processes.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const mebibyte = 1024 ** 2;
const run = `stressor-test-${process.pid}`;
const temporary = temporaryFolders();
const shell = processes();
const started: Stressor[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) await one.stop();
});

function start(...task: readonly string[]): Stressor {
  const stressor = localHost(run).start(task);
  started.push(stressor);
  return stressor;
}

const end = (stressor: Stressor) => eventually('it has ended by itself', () => !isAlive(stressor));

describe('a stressor', () => {
  test('carries the mark of the run, by which the reaper finds it', async () => {
    const { pid } = start('cpu', '0.1');
    await eventually('it shows its mark', () => findMarked(run).some((found) => found.pid === pid));
  });

  test('ends when whoever started it is gone, even in the middle of its work', async () => {
    // The shell's sleep holds its standard input open, as the tool does; the burner ends with that, and says so by ending the pipeline.
    const parent = shell(`sleep 1 | '${process.execPath}' '${distPath('stressor.js')}' cpu 0.9; echo ended`);
    expect(await parent.firstLine()).toBe('ended');
  });

  test('of CPU is busy for about its share', async () => {
    const { pid } = start('cpu', '0.3');
    await eventually('it is up', () => (readStat(pid)?.cpuSeconds ?? 0) > 0.2);
    const from = { cpu: readStat(pid)?.cpuSeconds ?? 0, atMs: performance.now() };
    await eventually('it has burned a while', () => (readStat(pid)?.cpuSeconds ?? 0) > from.cpu + 0.3);
    const share = ((readStat(pid)?.cpuSeconds ?? 0) - from.cpu) / ((performance.now() - from.atMs) / 1_000);
    // On a busy machine it gets less than it wants, and never more.
    expect(share).toBeLessThan(0.5);
  });
});

describe('a ballast', () => {
  test('holds what it was told to, touched, and is what the kernel takes first', async () => {
    const ballast = start('memory', '0', `${128 * mebibyte}`, '0');
    await eventually('it is full', () => ballast.said().includes('holds'));
    expect(ballast.said()).toBe(`holds ${128 * mebibyte}\n`);
    expect(readStat(ballast.pid)?.residentBytes).toBeGreaterThan(128 * mebibyte);
  });

  test('stops where it would take more than its margin leaves, however much it is allowed', async () => {
    // It may begin only if more than the margin and a tenth are available; here hardly anything is.
    const margin = Math.round(readMemory().availableBytes / 1.1);
    const ballast = start('memory', '0', `${readMemory().totalBytes}`, `${margin}`);
    await eventually('it has had enough', () => ballast.said().includes('holds'));
    expect(Number(/holds (\d+)/.exec(ballast.said())?.[1])).toBeLessThan(readMemory().totalBytes / 8);
  });

  test('gives all back by itself when memory runs short', async () => {
    const ballast = start('memory', '0', `${64 * mebibyte}`, `${2 * readMemory().totalBytes}`);
    await end(ballast);
    expect(ballast.said()).toBe('holds 0\ngave way\n');
  });
});

describe('a filler', () => {
  test('of a file system that is not its own ends at the size that it was told, and a writer finds room there', async () => {
    const folder = temporary();
    const file = join(folder, 'ballast', 'file');
    start('fill', file, `${3 * mebibyte}`);
    await eventually('it has written all', () => existsSync(file) && statSync(file).size === 3 * mebibyte);
    const writer = start('write', join(folder, 'probe'));
    await eventually('it has said how it went', () => writer.said() === 'ok\n');
    await end(writer);
    expect(readdirSync(folder)).toEqual(['ballast']);
    expect(statSync(file).size).toBe(3 * mebibyte);
  });

  test('a write that cannot be made says why', async () => {
    const writer = start('write', join(temporary(), 'no', 'such', 'folder'));
    await eventually('it has said how it went', () => writer.said() === 'ENOENT\n');
  });
});

test('loops of synced writes keep to their files and their size', async () => {
  const folder = temporary();
  start('io', folder, '3', `${2 * mebibyte}`);
  await eventually('every file has its size', () =>
    ['0', '1', '2'].every(
      (name) => existsSync(join(folder, name)) && statSync(join(folder, name)).size === 2 * mebibyte,
    ),
  );
  expect(readdirSync(folder).sort()).toEqual(['0', '1', '2']);
});
