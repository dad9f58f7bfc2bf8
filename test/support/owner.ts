import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStat, runMark } from '../../src/engines/local/cluster/proc.ts';
import { startReaper } from '../../src/engines/local/guard.ts';
import { Ledger } from '../../src/engines/local/ledger.ts';

/**
 * A process of its own that has done what a tool in the middle of a run has done: begun a ledger, started its reaper and a process
 * of the run, paused that and made a folder. Says the process's pid and waits to be killed. Arguments: the run, the folder.
 */
const [, , run = '', folder = ''] = process.argv;
const ledger = Ledger.begin(run);
const reaper = startReaper(run, (why) => process.stderr.write(why));
const child = spawn('sleep', ['60'], { env: { ...process.env, [runMark]: run }, detached: true, stdio: 'ignore' });
const pid = child.pid ?? 0;
ledger.add({ type: 'continue', processes: [{ pid, startTicks: readStat(pid)?.startTicks ?? 0 }] }, 'pause');
process.kill(pid, 'SIGSTOP');
ledger.add({ type: 'remove-folder', folder }, 'disk-full');
mkdirSync(join(folder, 'filled'), { recursive: true });
writeFileSync(join(folder, 'filled', 'data'), 'data');
process.stdout.write(`${pid}\n`);
process.stdin.on('data', (text) => {
  // "end" is the order to end the run as a tool does that was not killed.
  if (String(text).startsWith('end')) {
    process.kill(pid, 'SIGKILL');
    ledger.end();
    reaper.release();
    process.exit(0);
  }
});
