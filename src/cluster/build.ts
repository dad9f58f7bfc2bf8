import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pollUntil } from '../base/clock.ts';
import { ChaosError } from '../base/error.ts';
import { maskSecrets } from '../config/environment-references.ts';
import { formatMs } from '../config/units.ts';
import { lastLines } from './log-file.ts';
import { startLogged } from './logged-process.ts';
import { findMarked, killAll, runMark, signal } from './proc.ts';

/** What a build that is broken off has to clean up behind itself before it is killed. */
const forceKillAfterMs = 2_000;

/** Runs the broker's build command in its project's folder; all it says goes to `logFile`, as it says it. */
export async function build(options: {
  command: string;
  /** Values that must not be shown. */
  secrets: readonly string[];
  folder: string;
  logFile: string;
  run: string;
  withinMs: number;
  signal: AbortSignal;
}): Promise<void> {
  const { command, folder, logFile, run, withinMs } = options;
  const shown = maskSecrets(command, options.secrets);
  options.signal.throwIfAborted();
  mkdirSync(dirname(logFile), { recursive: true });
  writeFileSync(logFile, `$ ${shown}\n`);
  const log = openSync(logFile, 'a');
  const { exited } = startLogged(command, { cwd: folder, env: { [runMark]: run }, log, detached: false });
  closeSync(log);

  let ended: Promise<void> | undefined;
  const end = (): void => {
    ended ??= endTree(run);
  };
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    end();
  }, withinMs);
  options.signal.addEventListener('abort', end, { once: true });
  const { ok, how } = await exited;
  clearTimeout(timer);
  options.signal.removeEventListener('abort', end);
  await ended;

  options.signal.throwIfAborted();
  if (ok && !timedOut) return;
  const what = timedOut ? `took longer than ${formatMs(withinMs)}` : how;
  throw new ChaosError('build', `the build command ${what}: ${shown}`, {
    output: lastLines(logFile, 21)
      .filter((line) => line !== `$ ${shown}`)
      .slice(-20)
      .map((line) => maskSecrets(line, options.secrets)),
    hint: `run it yourself in ${folder}; the whole output is in ${logFile}`,
  });
}

/** Ends the shell and all that it started: a signal to the shell alone would leave the compilers running. */
async function endTree(run: string): Promise<void> {
  for (const { pid } of findMarked(run)) signal(pid, 'SIGTERM');
  await pollUntil(() => (findMarked(run).length === 0 ? true : undefined), { withinMs: forceKillAfterMs, everyMs: 20 });
  await killAll(
    () => findMarked(run),
    () => sleep(10),
  );
}
