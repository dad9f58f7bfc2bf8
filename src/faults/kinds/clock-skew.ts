import { z } from 'zod';
import { duration, offset } from '../../config/zod-units.ts';
import { noImpact } from '../../model/impact.ts';
import { formatMs } from '../../model/units.ts';
import type { FaultKind } from '../fault.ts';
import { chooseNodes } from '../targets.ts';

type Parameters = { readonly offset: number; readonly strobe?: number | undefined };

const mostOffsetMs = 10 * 365 * 24 * 3_600_000;
const leastStrobeMs = 10;

/**
 * The nodes' wall clock is another one than this machine's, while time goes on as before: the code with which their processes read the
 * clock, the vDSO, is rewritten in their memory. The machine's own clock, timers and file times are not touched.
 */
export const clockSkew: FaultKind<Parameters, 'clock-skew'> = {
  kind: 'clock-skew',
  summary: 'the wall clock of nodes is ahead or behind; with strobe, on and off; monotonic time goes on as before',
  strikes: 'nodes',
  usage: '`offset: +5s`, or negative; `strobe: 500ms` (default none): on for so long, off for so long',
  replacesItself: true,
  effect: 'clock-skew',
  parameters: z.strictObject({
    offset: offset(mostOffsetMs),
    strobe: duration
      .refine((ms) => ms >= leastStrobeMs, { message: `a strobe is at least ${formatMs(leastStrobeMs)}` })
      .optional(),
  }),
  plan({ offset: offsetMs, strobe: strobeMs }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    const amount = `${offsetMs < 0 ? '-' : '+'}${formatMs(Math.abs(offsetMs))}`;
    return {
      target: nodes.join(', '),
      injected: `wall clock ${amount}${strobeMs === undefined ? '' : `, on and off every ${formatMs(strobeMs)}`}`,
      impact: noImpact,
      effect: { type: 'clock-skew', nodes, offsetMs, strobeMs },
    };
  },
};
