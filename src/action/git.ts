import { execa } from 'execa';
import { ChaosError } from '../base/error.ts';
import { inheritedEnvironment } from '../engines/local/cluster/logged-process.ts';
import { signal as sendSignal } from '../engines/local/cluster/proc.ts';

/** How long an aborted git may take to remove its lock files before it is killed. */
const forceKillAfterMs = 2_000;

/** The environment of git: it does not ask for a password, answers in English, and uses the repository of the folder in which it is started. */
const environment = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  LC_ALL: 'C',
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
};

/** The user's hooks do not run, and no maintenance process stays behind. */
const settings = ['core.hooksPath=/dev/null', 'gc.auto=0', 'maintenance.auto=false'].flatMap((one) => ['-c', one]);

export type GitAnswer = {
  readonly ok: boolean;
  /** Undefined when git was ended by a signal from outside. */
  readonly exitCode: number | undefined;
  /** Without the last line break. */
  readonly stdout: string;
  readonly stderr: string;
};

/**
 * Runs git in `folder` and answers with how it ended. On an abort, git and all its processes are ended, and the reason of the signal is
 * thrown. Throws ChaosError('config') if git is not installed.
 */
export async function git(
  folder: string,
  args: readonly string[],
  options: { readonly signal: AbortSignal },
): Promise<GitAnswer> {
  const { signal } = options;
  signal.throwIfAborted();
  const child = execa('git', [...settings, ...args], {
    cwd: folder,
    // Filters and helpers that a repository configures are programs of a stranger.
    env: { ...inheritedEnvironment(process.env), ...environment },
    extendEnv: false,
    // Its own process group, so that git's network helpers end with it. Without a terminal they cannot ask for anything.
    detached: true,
    cleanup: false,
    stdin: 'ignore',
    reject: false,
  });
  let force: NodeJS.Timeout | undefined;
  const end = (): void => {
    const { pid } = child;
    if (pid === undefined) return;
    sendSignal(-pid, 'SIGTERM');
    force = setTimeout(() => sendSignal(-pid, 'SIGKILL'), forceKillAfterMs);
  };
  signal.addEventListener('abort', end, { once: true });
  const { exitCode, stdout, stderr, code } = await child;
  signal.removeEventListener('abort', end);
  clearTimeout(force);
  signal.throwIfAborted();
  if (code === 'ENOENT')
    throw new ChaosError('config', `git could not be started in ${folder}`, {
      hint: 'git has to be installed and on the PATH of this job, and the folder has to be there',
    });
  return { ok: exitCode === 0, exitCode, stdout, stderr };
}

/** What git said last, without the names and passwords that addresses of remotes may hold. */
export function lastSaid({ stderr, stdout }: GitAnswer): string[] {
  return (stderr === '' ? stdout : stderr)
    .replaceAll(/:\/\/[^/@\s]*@/g, '://***@')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-10);
}
