import { z } from 'zod';
import { share } from '../../config/zod-units.ts';
import { noImpact } from '../../model/impact.ts';
import { formatShare } from '../../model/units.ts';
import type { FaultKind } from '../fault.ts';
import { chooseLinks } from '../targets.ts';

type Parameters = { readonly loss: number };

/**
 * Packets are dropped by the kernel where that may be asked of it; elsewhere the proxies show what TCP makes of it: a lost segment arrives a
 * retransmission timeout later and holds up what follows (RFC 6298).
 */
export const packetLoss: FaultKind<Parameters, 'loss'> = {
  kind: 'packet-loss',
  summary: 'segments are lost and retransmitted: stalls of 200 ms and more, as TCP shows them',
  strikes: 'links',
  usage: '`loss: 10%`',
  replacesItself: true,
  effect: 'loss',
  parameters: z.strictObject({ loss: share }),
  plan({ loss: lossShare }, target, cluster, random) {
    const { text, ...struck } = chooseLinks(target, cluster, random);
    return {
      target: text,
      injected: `${formatShare(lossShare)} of transmissions lost`,
      impact: noImpact,
      effect: { type: 'loss', ...struck, lossShare },
    };
  },
};
