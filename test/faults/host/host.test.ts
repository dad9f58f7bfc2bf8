import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { restoreAffinity, runsOnlyOn, saveAffinity } from '../../../src/engines/local/host/affinity.ts';
import { allowedCpus, formatCpus, parseCpus, splitCpus } from '../../../src/engines/local/host/cpus.ts';
import {
  ignoresSignal,
  limitWithSpare,
  openDescriptors,
  readSoftLimit,
  restoreLimits,
} from '../../../src/engines/local/host/limits.ts';
import { missing, setAffinity, setSoftLimit } from '../../../src/engines/local/host/programs.ts';
import { Ledger, replay } from '../../../src/engines/local/ledger.ts';
import { isMountPoint, mountTmpfs, unmount } from '../../../src/engines/local/machine/mounts.ts';
import { findPrivileged } from '../../../src/engines/local/machine/privilege.ts';
import { identityOf, processes } from '../../support/processes.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';

const start = processes();
const temporary = temporaryFolders();
/** A process that does nothing; resolves once it is up. */
async function idle(): Promise<{ pid: number; startTicks: number }> {
  const child = start('echo up; exec sleep 60');
  await child.firstLine();
  return identityOf(child.pid);
}
const first = (allowedCpus(process.pid) ?? [])[0] ?? 0;
const several = (allowedCpus(process.pid) ?? []).length > 1;

describe('lists of CPUs', () => {
  test.each([
    ['0', [0]],
    ['0-3', [0, 1, 2, 3]],
    ['0-1,4,6-7', [0, 1, 4, 6, 7]],
    ['', []],
  ])('"%s" is read and written', (list, cpus) => {
    expect(parseCpus(list)).toEqual(cpus);
    expect(formatCpus(cpus)).toBe(list);
  });

  test.each([
    { says: 'of four the tool keeps one', nodes: [0, 1, 2, 3], tool: [0, 1, 2, 3], struck: [0, 1, 2], harness: [3] },
    { says: 'of two each has one', nodes: [0, 1], tool: [0, 1], struck: [0], harness: [1] },
    { says: 'one is shared', nodes: [0], tool: [0], struck: [0], harness: [0] },
    {
      says: 'nodes that were pinned by their owner keep their CPUs',
      nodes: [1],
      tool: [0, 1],
      struck: [1],
      harness: [0],
    },
    {
      says: 'a tool that may use fewer keeps one of its own',
      nodes: [0, 1, 2],
      tool: [0, 1],
      struck: [0, 2],
      harness: [1],
    },
  ])('$says', ({ nodes, tool, struck, harness }) => {
    expect(splitCpus(nodes, tool)).toEqual({ struck, harness });
  });
});

describe('a limit that leaves some descriptors', () => {
  test.each([
    { open: [0, 1, 2], spare: 0, limit: 3 },
    { open: [0, 1, 2], spare: 2, limit: 5 },
    // Numbers that were freed are taken first, and those above the limit stay open.
    { open: [0, 1, 2, 5, 9], spare: 0, limit: 3 },
    { open: [0, 1, 2, 5, 9], spare: 2, limit: 6 },
    { open: [0, 1, 2, 5, 9], spare: 3, limit: 7 },
    { open: [], spare: 0, limit: 0 },
  ])('$spare beside $open: $limit', ({ open, spare, limit }) => {
    expect(limitWithSpare(open, spare)).toBe(limit);
  });

  test('holds in a process: what is asked for beyond it fails', () => {
    // A shell with descriptors 0 to 2 and 7, and one left.
    const limit = limitWithSpare([0, 1, 2, 7], 1);
    const shell = (script: string): string =>
      execFileSync('bash', ['-c', `exec 7</dev/null; prlimit --pid $$ --nofile=${limit}:; ${script}`], {
        stdio: 'pipe',
      }).toString();
    expect(shell('exec 3</dev/null && { read -r -u 7; echo opened; }')).toBe('opened\n');
    expect(() => shell('exec 3</dev/null && exec 4</dev/null')).toThrow();
  });
});

describe('what a process ignores', () => {
  test('is read from its mask: Node ignores SIGXFSZ, a shell does not', async () => {
    const { pid } = await idle();
    expect(ignoresSignal(pid, 25)).toBe(false);
    expect(ignoresSignal(2 ** 30, 25)).toBe(false);
    const trapping = start(`trap '' XFSZ; echo up; exec sleep 60`);
    await trapping.firstLine();
    expect(ignoresSignal(trapping.pid, 25)).toBe(true);
  });
});

describe('programs that this machine may not have', () => {
  test('are named, with the package that brings them', () => {
    expect(missing(['taskset', 'prlimit'], '/nowhere:/neither')).toBe(
      'taskset and prlimit is not on the PATH (package util-linux)',
    );
    expect(missing(['taskset', 'prlimit'])).toBeUndefined();
    expect(missing([], '')).toBeUndefined();
  });
});

describe('the undo ledger', () => {
  const begin = () => {
    const states = join(temporary(), 'states');
    return { states, ledger: Ledger.begin('run', states), replay: () => replay('run', states) };
  };

  test('lets processes onto the CPUs that they were on, with no memory of the run', async () => {
    if (!several) return;
    const { pid } = await idle();
    const { ledger, replay } = begin();
    const saved = saveAffinity(pid);
    if (!saved) throw new Error('it is gone');
    ledger.add({ type: 'affinity', processes: [saved] }, 'cpu-stress');
    await setAffinity(pid, `${first}`, true);
    expect(runsOnlyOn(pid, [first])).toBe(true);
    expect(await replay()).toEqual(['let 1 process onto their CPUs again (cpu-stress)', 'removed its state']);
    expect(allowedCpus(pid)).toEqual(allowedCpus(process.pid));
  });

  test('gives processes their limits again', async () => {
    const { pid, startTicks } = await idle();
    const { ledger, replay } = begin();
    const soft = readSoftLimit(pid, 'nofile') ?? '';
    ledger.add({ type: 'limits', resource: 'nofile', processes: [{ pid, startTicks, soft }] }, 'fd-exhaustion');
    await setSoftLimit(pid, 'nofile', '3');
    expect(readSoftLimit(pid, 'nofile')).toBe('3');
    expect(await replay()).toEqual(['gave 1 process their nofile limits again (fd-exhaustion)', 'removed its state']);
    expect(readSoftLimit(pid, 'nofile')).toBe(soft);
  });

  test('touches no process that has got the pid of one that is gone', async () => {
    const { pid, startTicks } = await idle();
    await setSoftLimit(pid, 'nofile', '100');
    const other = { pid, startTicks: startTicks - 1 };
    expect(await restoreLimits('nofile', [{ ...other, soft: '50' }])).toBe(0);
    expect(await restoreAffinity([{ ...other, cpus: `${first}`, threads: [] }])).toBe(0);
    expect(readSoftLimit(pid, 'nofile')).toBe('100');
  });

  test('takes away what was mounted, also while it is in use', async () => {
    const folder = join(temporary(), 'a folder');
    mkdirSync(folder);
    const { ledger, replay } = begin();
    ledger.add({ type: 'mount', path: folder }, "node1's data folder");
    const { privileged } = await findPrivileged('auto');
    if (!privileged) {
      // Nothing is mounted then, and nothing is left to undo.
      expect(await replay()).toEqual(['removed its state']);
      return;
    }
    await mountTmpfs(privileged, folder, 1024 ** 2);
    expect(isMountPoint(folder)).toBe(true);
    writeFileSync(join(folder, 'data'), 'data');
    const user = start(`cd '${folder}' && echo in && exec sleep 60`);
    await user.firstLine();
    expect(await replay()).toEqual([`unmounted ${folder} (node1's data folder)`, 'removed its state']);
    expect(isMountPoint(folder)).toBe(false);
    expect(existsSync(join(folder, 'data'))).toBe(false);
    await expect(unmount(privileged, folder)).rejects.toThrow('umount');
  });

  test('goes on with the rest when one thing cannot be undone', async () => {
    const { pid } = await idle();
    const folder = temporary();
    const { ledger, replay } = begin();
    ledger.add({ type: 'remove-folder', folder }, 'io-stress');
    ledger.add({ type: 'affinity', processes: [{ ...identityOf(pid), cpus: 'no list', threads: [] }] }, 'cpu-stress');
    const did = await replay();
    expect(did[0]).toMatch(/^FAILED: taskset: /);
    // What could not be undone stays in the ledger, for `clean`.
    expect(did.slice(1)).toEqual([`removed ${folder} (io-stress)`]);
  });
});

test('a process that is gone has no limits, no descriptors and no CPUs', () => {
  expect(readSoftLimit(2 ** 30, 'nofile')).toBeUndefined();
  expect(openDescriptors(2 ** 30)).toEqual([]);
  expect(allowedCpus(2 ** 30)).toBeUndefined();
  expect(saveAffinity(2 ** 30)).toBeUndefined();
  expect(runsOnlyOn(2 ** 30, [0])).toBe(false);
  expect(openDescriptors(process.pid).length).toBeGreaterThan(2);
  expect(readFileSync('/proc/self/limits', 'latin1')).toContain(readSoftLimit(process.pid, 'nofile'));
});
