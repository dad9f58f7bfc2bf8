import { replay } from './ledger.ts';

/**
 * Outlives the tool for a moment: it holds one end of a pipe, and when the other end closes without the word that the run has ended in
 * order, the tool was killed; then it replays the undo ledger. Started detached, so that a signal to the tool's process group does not
 * reach it.
 */
const run = process.argv[2];
if (run === undefined) process.exit(3);
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => {});
let said = '';
process.stdin.setEncoding('utf8').on('data', (text) => {
  said += text;
});
process.stdin.on('error', () => {});
process.stdin.on('close', async () => {
  if (said !== 'ended') await replay(run);
  process.exit(0);
});
