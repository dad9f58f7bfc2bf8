import { z } from 'zod';
import { bytes, operationRate } from '../../config/zod-units.ts';
import { noImpact } from '../../model/impact.ts';
import type { FaultKind } from '../fault.ts';
import { chooseNodes } from '../targets.ts';

type Parameters = { readonly rate: number; readonly payload: number };

/** Further clients publish at QoS 1, one at each node, each to a subscriber at the next node, besides the workload that is measured. */
export const load: FaultKind<Parameters, 'load'> = {
  kind: 'load',
  summary: 'further clients publish at QoS 1 from node to node, besides the workload',
  strikes: 'nodes',
  usage: '`rate: 300/s`, messages a second into each node at QoS 1; `payload` (default `128B`)',
  effect: 'load',
  parameters: z.strictObject({ rate: operationRate, payload: bytes.prefault('128B') }),
  plan({ rate: ratePerSecond, payload: payloadBytes }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    const clientIdPrefix = `load${random.below(0x1_0000_0000).toString(16)}`;
    const after = (node: string): string =>
      cluster.nodes[(cluster.nodes.indexOf(node) + 1) % cluster.nodes.length] ?? node;
    return {
      target: nodes.join(', '),
      injected: `${ratePerSecond} messages a second of ${payloadBytes} bytes at QoS 1 into each node, to a subscriber at the next`,
      impact: noImpact,
      effect: { type: 'load', nodes, subscribers: nodes.map(after), ratePerSecond, payloadBytes, clientIdPrefix },
    };
  },
};
