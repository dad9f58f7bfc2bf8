import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ChaosError } from '../../src/base/error.ts';
import { build } from '../../src/engines/local/cluster/build.ts';
import { findMarked, killAll } from '../../src/engines/local/cluster/proc.ts';
import { eventually, rejection } from '../support/eventually.ts';
import { logsOfTests } from '../support/logs.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const temporary = temporaryFolders();
const openLog = logsOfTests();
const run = `build-test-${process.pid}`;
afterEach(async () => {
  await killAll(
    () => findMarked(run),
    () => new Promise((resolve) => setTimeout(resolve, 10)),
  );
});

function start(command: string, options: { withinMs?: number; signal?: AbortSignal; secrets?: string[] } = {}) {
  const folder = temporary();
  const logFile = join(folder, 'logs', 'build.log');
  const done = openLog(folder, 'build', options.secrets).then((log) =>
    build({
      command,
      folder,
      log,
      run,
      secrets: [],
      withinMs: 30_000,
      signal: new AbortController().signal,
      ...options,
    }),
  );
  return { folder, done, log: () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '') };
}

describe('building the broker', () => {
  test('runs the command in the project’s folder and keeps all that it says', async () => {
    const { folder, done, log } = start('echo out; echo err >&2; touch made-here');
    await done;
    expect(existsSync(join(folder, 'made-here'))).toBe(true);
    expect(log()).toBe('$ echo out; echo err >&2; touch made-here\nout\nerr\n');
  });

  test('a build that fails is told with its exit code, its last 20 lines and where the rest is', async () => {
    const { folder, done } = start('seq 1 50; echo no such module >&2; exit 3');
    const error = await rejection(done);
    expect(error).toBeInstanceOf(ChaosError);
    expect(error).toMatchObject({
      code: 'build',
      exitCode: 4,
      message: 'the build command ended with exit code 3: seq 1 50; echo no such module >&2; exit 3',
      hint: `run it yourself in ${folder}; the whole output is in ${join(folder, 'logs', 'build.log')}`,
      output: [...Array.from({ length: 19 }, (_, i) => String(i + 32)), 'no such module'],
    });
  });

  test('the command itself is not taken for output', async () => {
    expect(await rejection(start('exit 1').done)).toMatchObject({ output: [] });
  });

  test('one that is killed from outside is told with the signal', async () => {
    expect(await rejection(start('kill -9 $$').done)).toMatchObject({
      message: 'the build command was ended by SIGKILL: kill -9 $$',
    });
  });

  test('a command that there is not', async () => {
    const error = await rejection(start('no-such-compiler --fast').done);
    expect(error).toMatchObject({
      message: 'the build command ended with exit code 127: no-such-compiler --fast',
      output: [expect.stringContaining('no-such-compiler')],
    });
  });

  test('what it may not show is masked, in its log’s head, its message and its last lines', async () => {
    const { done, log } = start('echo token letmein; exit 1', { secrets: ['letmein'] });
    expect(await rejection(done)).toMatchObject({
      message: 'the build command ended with exit code 1: echo token ***; exit 1',
      output: ['token ***'],
    });
    expect(log().split('\n')[0]).toBe('$ echo token ***; exit 1');
  });

  test('one that takes too long is ended with all that it started', async () => {
    const { done } = start('echo compiling; sleep 60 & sleep 60', { withinMs: 300 });
    expect(await rejection(done)).toMatchObject({
      message: 'the build command took longer than 300 ms: echo compiling; sleep 60 & sleep 60',
      output: ['compiling'],
    });
    expect(findMarked(run)).toEqual([]);
  });

  test('a cancelled one is ended with all that it started, also what left its process group and ignores SIGTERM', async () => {
    const abort = new AbortController();
    const stubborn = `setsid sh -c 'trap "" TERM; echo deep; sleep 60; sleep 60' & wait`;
    const { done, log } = start(stubborn, { signal: abort.signal });
    await eventually('the innermost shell runs', () => log().split('\n').includes('deep'));
    expect(findMarked(run).length).toBeGreaterThanOrEqual(2);
    const cancelled = new ChaosError('cancelled', 'cancelled by SIGINT');
    abort.abort(cancelled);
    expect(await rejection(done)).toBe(cancelled);
    expect(findMarked(run)).toEqual([]);
  });

  test('one that was cancelled before it began does not begin', async () => {
    const { folder, done } = start('touch began', { signal: AbortSignal.abort(new Error('cancelled')) });
    expect(await rejection(done)).toMatchObject({ message: 'cancelled' });
    expect(existsSync(join(folder, 'began'))).toBe(false);
  });

  test('a daemon that it leaves behind is not waited for', async () => {
    await start('sleep 60 & echo done').done;
    expect(findMarked(run)).toHaveLength(1);
  });
});
