import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { replay, stateFolder } from './ledger.ts';

/**
 * Outlives the tool for a moment: it holds one end of a pipe, and when the other end closes with the run's state still there, the tool
 * was killed; then it replays the undo ledger. Started detached, so that a signal to the tool's process group does not reach it.
 */
const run = process.argv[2];
if (run === undefined) process.exit(3);
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => {});
process.stdin.resume();
process.stdin.on('error', () => {});
process.stdin.on('close', async () => {
  if (existsSync(join(stateFolder(), run))) await replay(run);
  process.exit(0);
});
