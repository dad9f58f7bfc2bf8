import { spawn } from 'node:child_process';
import { distPath } from '../../base/entries.ts';

/**
 * Starts the reaper of a run: a detached process at the other end of a pipe, which heals and cleans up when this process dies without
 * having ended the run. `release` lets it go, with nothing to do.
 */
export function startReaper(run: string, onFailure: (why: string) => void): { release(): void } {
  const child = spawn(process.execPath, [distPath('reaper.js'), run], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.on('error', (error) =>
    onFailure(`the reaper could not be started, so only clean will heal after a SIGKILL: ${error.message}`),
  );
  child.stdin.on('error', () => {});
  child.unref();
  return { release: () => void child.stdin.end('ended') };
}
