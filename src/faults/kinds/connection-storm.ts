import { z } from 'zod';
import { operationRate, wholeNumber } from '../../config/zod-units.ts';
import { noImpact } from '../../model/impact.ts';
import type { FaultKind } from '../fault.ts';
import { chooseNodes } from '../targets.ts';

type Parameters = { readonly connections: number; readonly rate: number };

/** Many clients connect at once, hold their connections idle, and leave at the heal. */
export const connectionStorm: FaultKind<Parameters, 'connection-storm'> = {
  kind: 'connection-storm',
  summary: 'many clients connect at a high rate and hold their connections',
  strikes: 'nodes',
  usage:
    '`connections` (default `500`), clients to each node; `rate` (default `200/s`), how many of them connect a second',
  effect: 'connection-storm',
  parameters: z.strictObject({
    connections: wholeNumber({ min: 1, max: 20_000 }).prefault(500),
    rate: operationRate.prefault('200/s'),
  }),
  plan({ connections, rate: ratePerSecond }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    const clientIdPrefix = `storm${random.below(0x1_0000_0000).toString(16)}`;
    return {
      target: nodes.join(', '),
      injected: `${connections} clients to each node, ${ratePerSecond} a second`,
      impact: noImpact,
      effect: { type: 'connection-storm', nodes, connections, ratePerSecond, clientIdPrefix },
    };
  },
};
