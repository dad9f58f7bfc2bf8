import { isAlive } from '../cluster/proc.ts';
import type { FaultEnvironment } from './environment.ts';

/** Kills nodes; the heal starts those that are still down, once. */
export async function killNodes(
  { nodes: control, ledger }: FaultEnvironment,
  nodes: readonly string[],
  why: string,
): Promise<{ pids: readonly number[]; allRan: boolean; gone(): number; heal(): Promise<void> }> {
  const byNode = nodes.map((node) => control.processes(node));
  const before = byNode.flat();
  const undone = ledger.add({ type: 'ends-with-run', what: `${nodes.join(', ')} killed` }, why);
  await Promise.all(nodes.map((node) => control.kill(node)));
  let healed = false;
  return {
    pids: before.map(({ pid }) => pid),
    /** A node that was down already was not killed by this fault. */
    allRan: byNode.length > 0 && byNode.every((processes) => processes.length > 0),
    gone: () => before.filter((process) => !isAlive(process)).length,
    async heal() {
      if (healed) return;
      healed = true;
      for (const node of nodes) control.start(node);
      undone();
    },
  };
}
