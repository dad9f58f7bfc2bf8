import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { keptOf } from '../../src/engines/local/cluster/log-file.ts';
import { type Log, type Logs, openLogs } from '../../src/engines/local/cluster/logs/logs.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const temporary = temporaryFolders();
const open: Logs[] = [];
afterEach(async () => {
  for (const logs of open.splice(0)) await logs.close();
});

async function logs(secrets: readonly string[] = [], keepBytes = 64 * 1_024 * 1_024): Promise<Logs> {
  const folder = temporary();
  const opened = await openLogs({ folder: join(folder, 'logs'), pipes: join(folder, 'pipes'), secrets, keepBytes });
  open.push(opened);
  return opened;
}

/** Runs a program whose output is the log, to its end. */
async function say(log: Log, script: string): Promise<void> {
  const fd = log.open();
  const ended = once(spawn('sh', ['-c', script], { stdio: ['ignore', fd, fd] }), 'exit');
  closeSync(fd);
  await ended;
  await log.flush();
}

describe('the log of a program', () => {
  test('has all that it said before it ended, both streams, also what it writes to /dev/stdout by name', async () => {
    const log = await (await logs()).log('node1');
    await say(log, 'echo one; echo two >&2; echo three > /dev/stdout; seq 1 20000');
    const numbers = Array.from({ length: 20_000 }, (_, i) => i + 1);
    expect(readFileSync(log.file, 'utf8')).toBe(`one\ntwo\nthree\n${numbers.join('\n')}\n`);
  });

  test('goes on with the next program, after what this tool says itself', async () => {
    const log = await (await logs(['letmein'])).log('node1');
    for (const number of [1, 2]) {
      const fd = log.open();
      writeSync(fd, `--- start ${number}: --token letmein\n`);
      closeSync(fd);
      await log.flush();
    }
    expect(readFileSync(log.file, 'utf8')).toBe('--- start 1: --token ***\n--- start 2: --token ***\n');
  });

  test('never grows beyond what it may have', async () => {
    const log = await (await logs([], 128 * 1_024)).log('node1');
    await say(log, 'head -c 3000000 /dev/zero');
    const { writtenBytes, keptBytes } = keptOf(log.file);
    expect(writtenBytes).toBe(3_000_000);
    expect(keptBytes).toBeLessThanOrEqual(128 * 1_024);
  });
});
