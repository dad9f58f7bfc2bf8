import { z } from 'zod';
import { bytes } from '../../config/zod-units.ts';
import { noImpact } from '../../model/impact.ts';
import { formatBytes } from '../../model/units.ts';
import type { FaultKind } from '../fault.ts';
import { chooseNodes } from '../targets.ts';

type Parameters = { readonly headroom: number };

/** A node may have the memory that it has when the fault begins and a little more; beyond it the kernel takes pages back and slows it down (memory.high of cgroup v2). */
export const memoryLimit: FaultKind<Parameters, 'memory-limit'> = {
  kind: 'memory-limit',
  summary: 'nodes may have little more memory than they have, page cache included, and are slowed down beyond it',
  strikes: 'nodes',
  usage: '`headroom` (default 0), how much more memory than now each node may have',
  effect: 'memory-limit',
  parameters: z.strictObject({ headroom: bytes.prefault('0B') }),
  plan({ headroom: headroomBytes }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    return {
      target: nodes.join(', '),
      injected:
        headroomBytes === 0
          ? 'no more memory than now'
          : `at most ${formatBytes(headroomBytes)} of memory more than now`,
      impact: noImpact,
      effect: { type: 'memory-limit', nodes, headroomBytes },
    };
  },
};
