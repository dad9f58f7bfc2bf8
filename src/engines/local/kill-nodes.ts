import { allDone } from '../../base/all-done.ts';
import { isAlive } from './cluster/proc.ts';
import type { LocalScope } from './effect.ts';
import type { FaultEnvironment } from './environment.ts';

/** Kills nodes; `startAgain` starts them, once, and so does the scope. */
export async function killNodes(
  { nodes: control }: FaultEnvironment,
  nodes: readonly string[],
  scope: LocalScope,
): Promise<{ pids: readonly number[]; allRan: boolean; gone(): number; startAgain(): Promise<void> }> {
  const byNode = nodes.map((node) => control.processes(node));
  const before = byNode.flat();
  const killed = new Set<string>();
  const starts = nodes.map((node) =>
    scope.undo({ type: 'ends-with-run', what: `${node} killed` }, async () => {
      // A kill that failed may have ended some of the node's processes: it is started from nothing, or not at all.
      if (!killed.has(node)) await control.kill(node);
      killed.add(node);
      control.start(node);
    }),
  );
  await allDone(
    nodes.map(async (node) => {
      await control.kill(node);
      killed.add(node);
    }),
  );
  return {
    pids: before.map(({ pid }) => pid),
    /** A node that was down already was not killed by this fault. */
    allRan: byNode.length > 0 && byNode.every((processes) => processes.length > 0),
    gone: () => before.filter((process) => !isAlive(process)).length,
    async startAgain() {
      await allDone(starts.map((start) => start()));
    },
  };
}
