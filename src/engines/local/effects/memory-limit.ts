import { formatBytes } from '../../../model/units.ts';
import { atMost, moreThan, proofOf } from '../../proof.ts';
import type { LocalEffect } from '../effect.ts';
import { requireLimits } from '../environment.ts';
import { sum } from '../lanes/link-watch.ts';
import { whyUnreadable } from '../machine/node-limits.ts';

/** The kernel lets a node exceed the limit for a moment, as what it slows down still runs. */
const toleranceShare = 0.1;

/** A node may have the memory that it has when the fault begins and a little more; beyond it the kernel takes pages back and slows it down (memory.high of cgroup v2). */
export const memoryLimit: LocalEffect<'memory-limit'> = {
  mechanisms: [{ name: 'cgroup memory limit', needs: ['memoryLimit'] }],
  whyNot: ({ nodes }, { limits }) => whyUnreadable(nodes, limits?.memory),
  async observe(effect, environment) {
    const { nodes, headroomBytes: headroom } = effect;
    const { memory } = requireLimits(environment);
    return {
      async inject(scope) {
        const before = nodes.map((node) => memory.read(node));
        const limitOf = (i: number): number => (before[i]?.bytes ?? 0) + headroom;
        for (const [i, node] of nodes.entries())
          await memory.set(node, limitOf(i), (lift) =>
            scope.undo({ type: 'ends-with-run', what: `memory limit of ${node}` }, lift),
          );
        return {
          mechanism: 'cgroup memory limit',
          async prove() {
            const seen = nodes.map((node, i) => {
              const now = memory.read(node);
              return {
                node,
                limit: limitOf(i),
                kernelLimit: now.limit,
                bytes: now.bytes,
                heldUp: now.heldUp - (before[i]?.heldUp ?? 0),
              };
            });
            const conditions = seen.flatMap((one) => [
              atMost(`${one.node}: its limit in the kernel`, one.kernelLimit ?? Number.NaN, one.limit, formatBytes),
              // A node that never wants more than its limit has not been struck by it.
              moreThan(`${one.node}: times it was held up`, one.heldUp, 0),
              atMost(`${one.node}: its memory`, one.bytes, one.limit * (1 + toleranceShare), formatBytes),
            ]);
            return proofOf(conditions, {
              observed: seen
                .map(
                  (one) =>
                    `${one.node}: held up ${one.heldUp} times at ${formatBytes(one.limit)}, has ${formatBytes(one.bytes)}`,
                )
                .join('; '),
              figures: {
                headroomBytes: headroom,
                nodes: seen.length,
                heldUp: sum(seen.map((one) => one.heldUp)),
                leastHeldUp: Math.min(...seen.map((one) => one.heldUp)),
              },
            });
          },
        };
      },
      async release() {},
    };
  },
};
