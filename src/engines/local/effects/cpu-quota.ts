import { formatMs, formatShare } from '../../../model/units.ts';
import { atMost, moreThan, proofOf } from '../../proof.ts';
import type { LocalEffect } from '../effect.ts';
import { type FaultEnvironment, requireLimits } from '../environment.ts';
import { sum } from '../lanes/link-watch.ts';
import { whyUnreadable } from '../machine/node-limits.ts';

/** The kernel gives a quota out in slices, so that a little more than it may be used in a while. */
const toleranceShare = 0.1;

/** A node may use a share of one CPU and is stopped when that is used up, until the next period: a CPU limit as containers have it (CFS bandwidth control). */
export const cpuQuota: LocalEffect<'cpu-quota'> = {
  mechanisms: [{ name: 'cgroup CPU quota', needs: ['cpuQuota'] }],
  whyNot: ({ nodes }, { limits }) => whyUnreadable(nodes, limits?.cpu),
  async observe(effect, environment) {
    const { nodes, quotaShare: quota } = effect;
    const { clock } = environment;
    const { cpu } = requireLimits(environment);
    const look = () => ({
      atMs: clock.nowMs(),
      nodes: nodes.map((node) => ({ ...cpu.read(node), usedSeconds: usedSeconds(environment, node) })),
    });
    const steadyFrom = look();
    return {
      async inject(scope) {
        const steadyTo = look();
        for (const node of nodes)
          await cpu.set(node, quota, (lift) =>
            scope.undo({ type: 'ends-with-run', what: `CPU quota of ${node}` }, lift),
          );
        // What was used before the quota was there is not held against it.
        const before = look();
        const shareBetween = (from: ReturnType<typeof look>, to: ReturnType<typeof look>, i: number): number => {
          const used = (to.nodes[i]?.usedSeconds ?? 0) - (from.nodes[i]?.usedSeconds ?? 0);
          return to.atMs <= from.atMs ? 0 : Math.max(0, (used * 1_000) / (to.atMs - from.atMs));
        };
        return {
          mechanism: 'cgroup CPU quota',
          async prove() {
            const now = look();
            const seen = nodes.map((node, i) => {
              const [was, is] = [before.nodes[i], now.nodes[i]];
              return {
                node,
                periods: (is?.periods ?? 0) - (was?.periods ?? 0),
                throttled: (is?.throttled ?? 0) - (was?.throttled ?? 0),
                throttledMs: (is?.throttledMs ?? 0) - (was?.throttledMs ?? 0),
                usedShare: shareBetween(before, now, i),
                usedShareBefore: shareBetween(steadyFrom, steadyTo, i),
                share: is?.share,
              };
            });
            const conditions = seen.flatMap((one) => [
              atMost(`${one.node}: its quota in the kernel`, one.share ?? Number.NaN, quota + 1e-9, formatShare),
              // A node that never wants more than its quota has not been struck by it.
              moreThan(`${one.node}: periods in which it was throttled`, one.throttled, 0),
              atMost(`${one.node}: used of a CPU`, one.usedShare, quota * (1 + toleranceShare), formatShare),
            ]);
            return proofOf(conditions, {
              observed: seen
                .map(
                  (one) =>
                    `${one.node}: throttled in ${one.throttled} of ${one.periods} periods, ${formatMs(one.throttledMs)} in all; used ${formatShare(one.usedShare)} of a CPU (${formatShare(one.usedShareBefore)} before)`,
                )
                .join('; '),
              figures: {
                quotaShare: quota,
                nodes: seen.length,
                periodsThrottled: sum(seen.map((one) => one.throttled)),
                throttledMs: sum(seen.map((one) => one.throttledMs)),
                mostUsedShare: Math.max(0, ...seen.map((one) => one.usedShare)),
              },
            });
          },
        };
      },
      async release() {},
    };
  },
};

function usedSeconds({ nodes }: FaultEnvironment, node: string): number {
  return sum(nodes.processes(node).map(({ cpuSeconds }) => cpuSeconds));
}
