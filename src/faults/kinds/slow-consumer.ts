import { z } from 'zod';
import { bytes, rate, wholeNumber } from '../../config/zod-units.ts';
import { noImpact } from '../../model/impact.ts';
import type { FaultKind } from '../fault.ts';
import { chooseNodes } from '../targets.ts';

type Parameters = { readonly connections: number; readonly rate: number; readonly payload: number };

/** Clients subscribe to a busy topic of their own and never read, so that what the broker has for them has nowhere to go. */
export const slowConsumer: FaultKind<Parameters, 'slow-consumer'> = {
  kind: 'slow-consumer',
  summary: 'clients subscribe to a busy topic and do not read what arrives',
  strikes: 'nodes',
  usage:
    '`connections` (default `5`), clients at each node that do not read; `rate` (default `4MB/s`), bytes a second for each of them; `payload` (default `16KiB`)',
  effect: 'slow-consumer',
  parameters: z.strictObject({
    connections: wholeNumber({ min: 1, max: 1_000 }).prefault(5),
    rate: rate.prefault('4MB/s'),
    payload: bytes.prefault('16KiB'),
  }),
  plan({ connections, rate: bytesPerSecond, payload: payloadBytes }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    const clientIdPrefix = `slow${random.below(0x1_0000_0000).toString(16)}`;
    return {
      target: nodes.join(', '),
      injected: `${connections} clients at each node that do not read, ${bytesPerSecond} bytes a second for each of them`,
      impact: noImpact,
      effect: { type: 'slow-consumer', nodes, connections, bytesPerSecond, payloadBytes, clientIdPrefix },
    };
  },
};
