import { mkdirSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { execa } from 'execa';
import { distPath } from '../../../../base/entries.ts';
import { ChaosError } from '../../../../base/error.ts';
import { remote } from '../../../../base/thread-rpc.ts';
import type { LogMethods } from './worker.ts';

/** Where what a program says goes. */
export type Log = {
  readonly file: string;
  /** An open descriptor for a program to write to; whoever asks closes it. */
  open(): number;
  /** Resolves when all that was said before is in the file, or can not come there any more. */
  flush(): Promise<void>;
};

export type Logs = {
  /** The log `FOLDER/NAME.log`; one that is there already goes on. */
  log(name: string): Promise<Log>;
  /** Aborted when the thread ends though nobody has ended it. */
  readonly ended: AbortSignal;
  /** Writes what is still in the pipes, and ends the thread. */
  close(): Promise<void>;
};

/**
 * Starts the thread that writes logs. A program gets a named pipe to say things into, not the file: its secrets are masked before they
 * reach the disk, and no log grows without end. A named pipe, since programs that open /dev/stdout cannot open a socket, which is what
 * Node's own pipes are.
 */
export async function openLogs(options: {
  /** Where the logs are. */
  readonly folder: string;
  /** Where the pipes are made. */
  readonly pipes: string;
  readonly secrets: readonly string[];
  readonly keepBytes: number;
  /** For a test that has to get hold of the thread. */
  readonly startThread?: (() => Worker) | undefined;
}): Promise<Logs> {
  const {
    folder,
    pipes,
    secrets,
    keepBytes,
    startThread = () => new Worker(distPath('logs-worker.js'), { name: 'logs', execArgv: [] }),
  } = options;
  mkdirSync(pipes, { recursive: true });
  const thread = remote<LogMethods>(startThread(), 'logs');
  return {
    ended: thread.ended,
    async log(name) {
      const pipe = join(pipes, `${name}.pipe`);
      const file = join(folder, `${name}.log`);
      rmSync(pipe, { force: true });
      const made = await execa('mkfifo', ['-m', '600', pipe], { reject: false });
      if (made.failed) throw new ChaosError('cluster', `no pipe for the log of ${name}: ${made.shortMessage}`);
      await thread.call('open', { pipe, file, secrets, keepBytes });
      // A thread that has ended is told of by `ended`; whoever waits for a log then waits in vain.
      const flush = (): Promise<void> => thread.call('flush', pipe).catch(() => {});
      const open = (): number => {
        // Nobody would read what is said.
        thread.ended.throwIfAborted();
        // Also for reading: a program must not end because the tool that reads its log has.
        return openSync(pipe, 'r+');
      };
      return { file, open, flush };
    },
    async close() {
      await thread.call('close');
      await thread.terminate();
    },
  };
}
