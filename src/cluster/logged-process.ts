import { createWriteStream } from 'node:fs';
import { execa } from 'execa';

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
 * Starts a shell command all of whose output goes to an open file. The child gets the file's own descriptor: what it says does not
 * pass through this process, which may be busy or killed, and a daemon that it leaves behind holds no pipe that would be waited for.
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
  const exited = new Promise<{ ok: boolean; how: string }>((resolve) => {
    child.once('error', (error) => resolve({ ok: false, how: `could not be started: ${error.message}` }));
    child.once('exit', (code, signal) =>
      resolve({ ok: code === 0, how: signal === null ? `ended with exit code ${code}` : `was ended by ${signal}` }),
    );
  });
  // Killed before it was released, it reads nothing any more.
  child.stdin?.on('error', () => {});
  return { pid: child.pid, exited, release: (go) => void child.stdin?.end(go ? '\n' : '') };
}

/**
 * This process's environment as far as it is for others. On a GitHub runner it holds the Action's inputs and state, the token of the
 * artifact service, and the files that command the runner: a build or a broker, which may be a stranger's, gets none of them.
 */
export function inheritedEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = /^(?:INPUT_|STATE_|ACTIONS_|GITHUB_(?:OUTPUT|STATE|ENV|PATH|STEP_SUMMARY)$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !own.test(name)));
}
