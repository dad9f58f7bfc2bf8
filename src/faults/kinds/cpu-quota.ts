import { z } from 'zod';
import { messageOf } from '../../base/error.ts';
import { share } from '../../config/zod-units.ts';
import { noImpact } from '../../model/impact.ts';
import { formatMs, formatShare } from '../../model/units.ts';
import type { FaultEnvironment } from '../environment.ts';
import { type FaultKind, NotAvailable } from '../fault.ts';
import { sum } from '../link-watch.ts';
import { atMost, moreThan, proofOf } from '../proof.ts';
import { chooseNodes } from '../targets.ts';

type Parameters = { readonly quota: number };

/** The kernel gives a quota out in slices, so that a little more than it may be used in a while. */
const toleranceShare = 0.1;

/** The kernel takes a millisecond of its period at the least. */
const leastQuota = 0.01;

/** A node may use a share of one CPU and is stopped when that is used up, until the next period: a CPU limit as containers have it (CFS bandwidth control). */
export const cpuQuota: FaultKind<Parameters> = {
  kind: 'cpu-quota',
  summary: 'nodes may use a share of one CPU and are throttled beyond it, as by a container limit',
  strikes: 'nodes',
  mechanisms: [{ name: 'cgroup CPU quota', needs: ['cpuQuota'] }],
  parameters: z.strictObject({ quota: share.refine((quota) => quota >= leastQuota, 'must be 1% at the least') }),
  plan({ quota }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    return {
      kind: 'cpu-quota',
      target: nodes.join(', '),
      injected: `at most ${formatShare(quota)} of a CPU for ${nodes.length === 1 ? 'the node' : 'each node'}`,
      impact: noImpact,
      async prepare(environment) {
        const { limits, clock } = environment;
        if (!limits) throw new NotAvailable('cpu-quota cannot be done here: the nodes have no cgroups of their own');
        const { cpu } = limits;
        try {
          for (const node of nodes) cpu.read(node);
        } catch (error) {
          throw new NotAvailable(`cpu-quota cannot be done here: ${messageOf(error)}`);
        }
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
  },
};

function usedSeconds({ nodes }: FaultEnvironment, node: string): number {
  return sum(nodes.processes(node).map(({ cpuSeconds }) => cpuSeconds));
}
