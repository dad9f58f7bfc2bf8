import { createWriteStream } from 'node:fs';
import { execa } from 'execa';
import { isRunnersOwn } from '../../../config/environment-references.ts';

/** The shell waits for a line; the end of the file instead, as when the tool is killed meanwhile, ends it. */
const gate = 'read -r _ || exit 125; exec </dev/null';

export type LoggedProcess = {
  /** Undefined when it could not be started. */
  readonly pid: number | undefined;
  /** Lets a process go on that was started with a gate, or makes it end instead. */
  release(go: boolean): void;
  /** Resolves when it has ended; never rejects. `how` reads on from the process's name: "ended with exit code 1". */
  readonly exited: Promise<{ readonly ok: boolean; readonly how: string }>;
};

/**
 * Starts a shell command all of whose output goes to an open descriptor, which the child gets itself: what it says does not pass through
 * this thread, which may be busy, and a daemon that it leaves behind is not waited for.
 */
export function startLogged(
  command: string,
  options: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    readonly log: number;
    readonly detached: boolean;
    /** The command does not begin until it is released. */
    readonly gated?: boolean;
  },
): LoggedProcess {
  const output = createWriteStream('', { fd: options.log, autoClose: false });
  const { gated = false } = options;
  const child = execa(gated ? `${gate}\n${command}` : command, {
    shell: true,
    cwd: options.cwd,
    env: { ...inheritedEnvironment(process.env), ...options.env },
    extendEnv: false,
    detached: options.detached,
    cleanup: false,
    stdin: gated ? 'pipe' : 'ignore',
    stdout: output,
    stderr: output,
    reject: false,
  });
  const exited =
    child.pid === undefined
      ? child.then((result) => ({ ok: false, how: `could not be started: ${whyNotStarted(result)}` }))
      : new Promise<{ ok: boolean; how: string }>((resolve) => {
          child.once('exit', (code, signal) =>
            resolve({
              ok: code === 0,
              how: signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`,
            }),
          );
        });
  // Killed before it was released, it reads nothing any more.
  child.stdin?.on('error', () => {});
  return { pid: child.pid, exited, release: (go) => void child.stdin?.end(go ? '\n' : '') };
}

/** What execve(2) refuses is known only by its code. */
function whyNotStarted({
  code,
  originalMessage,
  shortMessage,
}: {
  readonly code?: string | undefined;
  readonly originalMessage?: string | undefined;
  readonly shortMessage?: string | undefined;
}): string {
  if (code === 'E2BIG')
    return 'the command or a value of env is longer than the 128 KiB that Linux takes; write it to a file and start that';
  if (code === 'ERR_INVALID_ARG_VALUE') return 'the command or a value of env holds a NUL character';
  return originalMessage ?? shortMessage ?? code ?? 'for no known reason';
}

/** This process's environment as far as it is for others. */
export function inheritedEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isRunnersOwn(name)));
}
