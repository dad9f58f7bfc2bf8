import { existsSync, rmSync } from 'node:fs';
import { messageOf } from '../base/error.ts';
import { abandonedRuns, replay } from '../engines/local/ledger.ts';
import { git } from './git.ts';
import type { Workflow } from './workflow.ts';

/**
 * The post step. If the runs of this step were killed before they could clean up, it undoes what they left on the machine, and says what it did.
 * It touches only runs whose process has ended.
 */
export async function runPost(
  state: { readonly runs: string; readonly worktree: string; readonly workspace: string },
  workflow: Pick<Workflow, 'info'>,
): Promise<void> {
  const mine = runIds(state.runs);
  const abandoned = abandonedRuns().filter((run) => mine.includes(run));
  for (const run of abandoned) {
    workflow.info(`run ${run} was cut off before it could clean up:`);
    const did = await replay(run);
    for (const line of did.length === 0 ? ['nothing was left to undo'] : did) workflow.info(`  ${line}`);
  }
  if (state.worktree !== '' && existsSync(state.worktree)) {
    try {
      rmSync(state.worktree, { recursive: true, force: true });
      await git(state.workspace, ['worktree', 'prune'], { signal: AbortSignal.timeout(30_000) });
      workflow.info(`removed the base's checkout ${state.worktree}`);
    } catch (error) {
      workflow.info(`the base's checkout ${state.worktree} could not be removed: ${messageOf(error)}`);
    }
  }
  if (abandoned.length === 0) workflow.info('nothing to undo: every fault was healed and every process ended');
}

function runIds(json: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(json === '' ? '[]' : json);
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}
