import { z } from 'zod';
import { share } from '../../config/zod-units.ts';
import { noImpact } from '../../model/impact.ts';
import { formatShare } from '../../model/units.ts';
import type { FaultKind } from '../fault.ts';
import { chooseNodes } from '../targets.ts';

type Parameters = { readonly quota: number };

/** The kernel takes a millisecond of its period at the least. */
const leastQuota = 0.01;

/** A node may use a share of one CPU and is stopped when that is used up, until the next period: a CPU limit as containers have it (CFS bandwidth control). */
export const cpuQuota: FaultKind<Parameters, 'cpu-quota'> = {
  kind: 'cpu-quota',
  summary: 'nodes may use a share of one CPU and are throttled beyond it, as by a container limit',
  strikes: 'nodes',
  usage: '`quota: 10%` of one CPU for each node, as a container limit is',
  effect: 'cpu-quota',
  parameters: z.strictObject({ quota: share.refine((quota) => quota >= leastQuota, 'must be 1% at the least') }),
  plan({ quota: quotaShare }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    return {
      target: nodes.join(', '),
      injected: `at most ${formatShare(quotaShare)} of a CPU for ${nodes.length === 1 ? 'the node' : 'each node'}`,
      impact: noImpact,
      effect: { type: 'cpu-quota', nodes, quotaShare },
    };
  },
};
