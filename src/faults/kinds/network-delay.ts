import { z } from 'zod';
import { duration } from '../../config/zod-units.ts';
import { noImpact } from '../../model/impact.ts';
import { formatMs } from '../../model/units.ts';
import type { FaultKind } from '../fault.ts';
import { chooseLinks } from '../targets.ts';

type Parameters = { readonly delay: number; readonly jitter: number };

/** Delay one way, on each struck direction, as netem on each sender's egress would add it (tc-netem(8)). */
export const networkDelay: FaultKind<Parameters, 'delay'> = {
  kind: 'network-delay',
  summary: 'bytes arrive later: delay and jitter, one way, in each struck direction',
  strikes: 'links',
  usage: '`delay`, one way; `jitter` (default `0ms`)',
  replacesItself: true,
  effect: 'delay',
  parameters: z.strictObject({ delay: duration, jitter: duration.prefault('0ms') }),
  plan({ delay: delayMs, jitter: jitterMs }, target, cluster, random) {
    const { text, ...struck } = chooseLinks(target, cluster, random);
    return {
      target: text,
      injected: `${formatMs(delayMs)} each way${jitterMs > 0 ? ` +- ${formatMs(jitterMs)}` : ''}`,
      impact: noImpact,
      effect: { type: 'delay', ...struck, delayMs, jitterMs },
    };
  },
};
