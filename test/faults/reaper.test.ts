import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { distPath } from '../../src/base/entries.ts';
import { findMarked, killAll, signal } from '../../src/engines/local/cluster/proc.ts';
import { eventually } from '../support/eventually.ts';
import { stateOf } from '../support/processes.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const temporary = temporaryFolders();
let folder: string;
let run: string;
let count = 0;
let owner: ChildProcess | undefined;
beforeEach(() => {
  folder = temporary();
  run = `reaper-test-${process.pid}-${++count}`;
});
afterEach(async () => {
  owner?.kill('SIGKILL');
  await killAll(
    () => findMarked(run),
    () => new Promise((resolve) => setTimeout(resolve, 10)),
  );
});

const state = (): string => join(folder, 'tmp', `chaos-action-${userInfo().uid}`, run);

/** Starts the owner of a run, bundled beside a dist/ as the tool is; resolves with the pid of the run's paused process. */
async function startOwner(): Promise<number> {
  mkdirSync(join(folder, 'tmp'));
  symlinkSync(dirname(distPath('cli.js')), join(folder, 'dist'));
  const bundle = join(folder, 'bundle', 'test', 'owner.mjs');
  execFileSync(
    join(repository, 'node_modules', '.bin', 'esbuild'),
    [
      join(repository, 'test', 'support', 'owner.ts'),
      '--bundle',
      '--platform=node',
      '--format=esm',
      '--log-level=error',
      `--outfile=${bundle}`,
    ],
    { stdio: 'inherit' },
  );
  owner = spawn(process.execPath, [bundle, run, join(folder, 'full')], {
    env: { ...process.env, TMPDIR: join(folder, 'tmp') },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let said = '';
  owner.stdout?.on('data', (text) => {
    said += text;
  });
  await eventually('the owner is at work', () => said.includes('\n'));
  const pid = Number(said);
  await eventually('its process is paused', () => stateOf(pid) === 'T');
  return pid;
}

/** Processes whose command line is that of this run's reaper. */
function reapers(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && commandOf(pid).includes(`reaper.js ${run}`));
}

/** The signals that a process has handlers for, the lowest bit for signal 1 (proc_pid_status(5)). */
function caughtBy(pid: number): bigint {
  const [, mask = '0'] = /^SigCgt:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return BigInt(`0x${mask}`);
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

describe('the reaper', () => {
  test('heals and cleans up when the tool was killed: nothing is left, itself neither', async () => {
    const paused = await startOwner();
    expect(reapers()).toHaveLength(1);
    expect(existsSync(join(folder, 'full'))).toBe(true);
    owner?.kill('SIGKILL');
    await eventually('the paused process is gone', () => /^(Z|gone)$/.test(stateOf(paused)));
    await eventually('the state is gone', () => !existsSync(state()));
    expect(existsSync(join(folder, 'full'))).toBe(false);
    expect(findMarked(run)).toEqual([]);
    await eventually('the reaper is gone', () => reapers().length === 0);
  });

  test('ends the processes of a killed run also where somebody has removed its state', async () => {
    const paused = await startOwner();
    rmSync(join(folder, 'tmp'), { recursive: true });
    owner?.kill('SIGKILL');
    await eventually('the paused process is gone', () => /^(Z|gone)$/.test(stateOf(paused)));
  });

  test('does not listen to the signals that end a tool: it has work to do then', async () => {
    await startOwner();
    // Its handler of SIGHUP, signal 1, is the last that it sets.
    await eventually('the reaper has started', () => reapers().every((pid) => (caughtBy(pid) & 1n) === 1n));
    for (const pid of reapers()) for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) signal(pid, name);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(reapers()).toHaveLength(1);
  });

  test('has nothing to do after a run that ended in order', async () => {
    await startOwner();
    owner?.stdin?.write('end\n');
    await eventually('the reaper is gone', () => reapers().length === 0);
    expect(existsSync(state())).toBe(false);
    // What the run itself had not taken back is none of its business then.
    expect(existsSync(join(folder, 'full'))).toBe(true);
  });
});
