import { z } from 'zod';
import { messageOf } from '../../base/error.ts';
import { bytes } from '../../config/zod-units.ts';
import { noImpact } from '../../model/impact.ts';
import { formatBytes } from '../../model/units.ts';
import { type FaultKind, NotAvailable } from '../fault.ts';
import { sum } from '../link-watch.ts';
import { atMost, moreThan, proofOf } from '../proof.ts';
import { chooseNodes } from '../targets.ts';

type Parameters = { readonly headroom: number };

/** The kernel lets a node exceed the limit for a moment, as what it slows down still runs. */
const toleranceShare = 0.1;

/** A node may have the memory that it has when the fault begins and a little more; beyond it the kernel takes pages back and slows it down (memory.high of cgroup v2). */
export const memoryLimit: FaultKind<Parameters> = {
  kind: 'memory-limit',
  summary: 'nodes may have little more memory than they have, page cache included, and are slowed down beyond it',
  strikes: 'nodes',
  mechanisms: [{ name: 'cgroup memory limit', needs: ['memoryLimit'] }],
  parameters: z.strictObject({ headroom: bytes.default(0) }),
  plan({ headroom }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    return {
      kind: 'memory-limit',
      target: nodes.join(', '),
      injected: headroom === 0 ? 'no more memory than now' : `at most ${formatBytes(headroom)} of memory more than now`,
      impact: noImpact,
      async prepare({ limits }) {
        if (!limits) throw new NotAvailable('memory-limit cannot be done here: the nodes have no cgroups of their own');
        const { memory } = limits;
        try {
          for (const node of nodes) memory.read(node);
        } catch (error) {
          throw new NotAvailable(`memory-limit cannot be done here: ${messageOf(error)}`);
        }
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
  },
};
