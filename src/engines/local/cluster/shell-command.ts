import { closeSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { pollUntil } from '../../../base/clock.ts';
import { ChaosError, type ErrorCode } from '../../../base/error.ts';
import { maskSecrets } from '../../../base/mask.ts';
import { formatMs } from '../../../model/units.ts';
import { Family, type Identity } from './family.ts';
import { lastLines, logBytes, shortened } from './log-file.ts';
import { inheritedEnvironment, startLogged } from './logged-process.ts';
import type { Log } from './logs/logs.ts';
import { killAll, nodeMark, type ProcessStat, runMark, signal } from './proc.ts';

/** What a command that is broken off has to clean up behind itself before it is killed. */
const forceKillAfterMs = 2_000;
const glanceEveryMs = 100;

export type ShellCommand = {
  /** How messages name it: the build command. */
  readonly name: string;
  readonly command: string;
  /** The code of the error of a command that fails. */
  readonly code: ErrorCode;
  /** The folder that it runs in. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Values that must not be shown. */
  readonly secrets: readonly string[];
  readonly log: Log;
  /** The line of the log that tells what follows. */
  readonly title: string;
  readonly run: string;
  /** Under which mark its processes are found; absent where no others of the run live. */
  readonly mark?: string;
  readonly withinMs: number;
  readonly signal: AbortSignal;
  /** Told of each process that took its marks off. */
  readonly onStray?: ((process: Identity) => void) | undefined;
};

/**
 * Runs a shell command to its end; all it says goes to the log, as it says it. Rejects when it fails, takes longer than `withinMs` or is
 * aborted; then none of its processes is left.
 */
export async function runShellCommand(options: ShellCommand): Promise<void> {
  const { name, command, code, folder, env, run, mark, withinMs, title } = options;
  const logFile = options.log.file;
  options.signal.throwIfAborted();
  const log = options.log.open();
  const from = logBytes(logFile) + Buffer.byteLength(title);
  writeSync(log, title);
  const marks = { [runMark]: run, ...(mark === undefined ? {} : { [nodeMark]: mark }) };
  const { pid, exited } = startLogged(command, { cwd: folder, env: { ...env, ...marks }, log, detached: false });
  closeSync(log);

  const family = new Family({ run, node: mark, onStray: options.onStray });
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
  throw new ChaosError(code, `${name} ${what}: ${shortened(maskSecrets(command, options.secrets))}`, {
    output: lastLines(logFile, 20, from),
    hint: `run it yourself in ${folder}; the whole output is in ${logFile}`,
  });
}

/** Ends the shell and all that it started: a signal to the shell alone would leave the compilers running. */
async function endTree(processes: () => ProcessStat[]): Promise<void> {
  for (const { pid } of processes()) signal(pid, 'SIGTERM');
  await pollUntil(() => (processes().length === 0 ? true : undefined), { withinMs: forceKillAfterMs, everyMs: 20 });
  await killAll(processes, () => sleep(10));
}

/** A command that is asked again and again answers within this. */
const answerWithinMs = 15_000;

/** Runs a command whose exit code is an answer; `how` reads on from its name, and `lastLine` is the last that it said. Rejects never. */
export async function askCommand(
  command: string,
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>>; readonly signal: AbortSignal },
): Promise<{ readonly ok: boolean; readonly how: string; readonly lastLine: string }> {
  const { cwd, env, signal: aborted } = options;
  const late = AbortSignal.timeout(answerWithinMs);
  const asked = execa(command, {
    ...{ shell: true, cwd, env: { ...inheritedEnvironment(process.env), ...env }, extendEnv: false },
    ...{ stdin: 'ignore', all: true, reject: false, cleanup: false },
    // A session of its own, so that what the shell has started ends with it.
    detached: true,
    // Of a command that says more than this, what it says last is not known.
    maxBuffer: 100_000,
  });
  const end = (): void => {
    if (asked.pid !== undefined) signal(-asked.pid, 'SIGKILL');
  };
  const over = AbortSignal.any([aborted, late]);
  over.addEventListener('abort', end, { once: true });
  if (over.aborted) end();
  const result = await asked;
  over.removeEventListener('abort', end);
  const lastLine = result.all?.trimEnd().split('\n').at(-1)?.trim() ?? '';
  const how = late.aborted
    ? `took longer than ${formatMs(answerWithinMs)}`
    : result.exitCode === undefined
      ? 'did not end by itself'
      : `ended with exit code ${result.exitCode}`;
  return { ok: !result.failed, how, lastLine: shortened(lastLine) };
}
