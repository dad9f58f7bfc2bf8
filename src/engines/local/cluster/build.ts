import { closeSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { pollUntil } from '../../../base/clock.ts';
import { ChaosError } from '../../../base/error.ts';
import { maskSecrets } from '../../../base/mask.ts';
import { formatMs } from '../../../model/units.ts';
import { Family, type Identity } from './family.ts';
import { lastLines, shortened } from './log-file.ts';
import { startLogged } from './logged-process.ts';
import type { Log } from './logs/logs.ts';
import { killAll, type ProcessStat, runMark, signal } from './proc.ts';

/** What a build that is broken off has to clean up behind itself before it is killed. */
const forceKillAfterMs = 2_000;
const glanceEveryMs = 100;

/** Runs the broker's build command in its project's folder; all it says goes to the log, as it says it. */
export async function build(options: {
  command: string;
  /** Values that must not be shown. */
  secrets: readonly string[];
  folder: string;
  log: Log;
  run: string;
  withinMs: number;
  signal: AbortSignal;
  /** Told of each process that took its marks off. */
  onStray?: (process: Identity) => void;
}): Promise<void> {
  const { command, folder, run, withinMs } = options;
  const logFile = options.log.file;
  const shown = shortened(maskSecrets(command, options.secrets));
  options.signal.throwIfAborted();
  const log = options.log.open();
  writeSync(log, `$ ${command}\n`);
  const { pid, exited } = startLogged(command, { cwd: folder, env: { [runMark]: run }, log, detached: false });
  closeSync(log);

  const family = new Family({ run, onStray: options.onStray });
  const processes = (): ProcessStat[] => family.look(pid);
  const looking = setInterval(() => family.glance(pid), glanceEveryMs);
  let ended: Promise<void> | undefined;
  const end = (): void => {
    ended ??= endTree(processes);
  };
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    end();
  }, withinMs);
  options.signal.addEventListener('abort', end, { once: true });
  const { ok, how } = await exited;
  clearTimeout(timer);
  clearInterval(looking);
  options.signal.removeEventListener('abort', end);
  await ended;
  await options.log.flush();

  options.signal.throwIfAborted();
  if (ok && !timedOut) return;
  const what = timedOut ? `took longer than ${formatMs(withinMs)}` : how;
  throw new ChaosError('build', `the build command ${what}: ${shown}`, {
    output: lastLines(logFile, 21)
      .filter((line) => line !== `$ ${shown}`)
      .slice(-20),
    hint: `run it yourself in ${folder}; the whole output is in ${logFile}`,
  });
}

/** Ends the shell and all that it started: a signal to the shell alone would leave the compilers running. */
async function endTree(processes: () => ProcessStat[]): Promise<void> {
  for (const { pid } of processes()) signal(pid, 'SIGTERM');
  await pollUntil(() => (processes().length === 0 ? true : undefined), { withinMs: forceKillAfterMs, everyMs: 20 });
  await killAll(processes, () => sleep(10));
}
