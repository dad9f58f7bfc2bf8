import { z } from 'zod';
import { duration } from '../../config/zod-units.ts';
import { formatMs } from '../../model/units.ts';
import type { FaultKind } from '../fault.ts';
import { chooseNodes } from '../targets.ts';

type Parameters = { readonly downtime: number };

/** The nodes are killed with SIGKILL and started again after their downtime, on the same data. */
export const restart: FaultKind<Parameters, 'restart'> = {
  kind: 'restart',
  summary: 'nodes are killed (SIGKILL) and started again after a downtime',
  strikes: 'nodes',
  usage: '`downtime` (default `1s`)',
  effect: 'restart',
  parameters: z.strictObject({ downtime: duration.prefault('1s') }),
  plan({ downtime: downtimeMs }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    return {
      target: nodes.join(', '),
      injected: `SIGKILL, started again after ${formatMs(downtimeMs)}`,
      impact: { unavailableNodes: nodes, cutPaths: [] },
      effect: { type: 'restart', nodes, downtimeMs },
    };
  },
};
