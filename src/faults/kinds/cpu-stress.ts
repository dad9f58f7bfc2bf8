import { z } from 'zod';
import { share } from '../../config/zod-units.ts';
import { noImpact } from '../../model/impact.ts';
import { formatShare } from '../../model/units.ts';
import type { FaultKind } from '../fault.ts';
import { chooseNodes } from '../targets.ts';

type Parameters = { readonly load: number };

/**
 * Burners keep the CPUs of the struck nodes busy for a share of the time. Where there is more than one CPU the tool keeps one to itself,
 * so that it measures the broker and not its own want of CPU.
 */
export const cpuStress: FaultKind<Parameters, 'cpu-stress'> = {
  kind: 'cpu-stress',
  summary: 'the CPUs of nodes are kept busy for a share of the time by other processes',
  strikes: 'nodes',
  usage: '`load: 80%`, of each CPU that the nodes may run on',
  usesMachine: true,
  effect: 'cpu-stress',
  parameters: z.strictObject({ load: share.refine((load) => load > 0, 'must be above 0%') }),
  plan({ load: loadShare }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    return {
      target: nodes.join(', '),
      injected: `${formatShare(loadShare)} of each CPU of the nodes burned`,
      impact: noImpact,
      effect: { type: 'cpu-stress', nodes, loadShare },
    };
  },
};
