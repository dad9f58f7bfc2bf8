import { z } from 'zod';
import { noImpact } from '../../model/impact.ts';
import type { FaultKind } from '../fault.ts';
import { chooseLinks } from '../targets.ts';

/** Every open connection of the struck links is reset once; new ones may be made at once. */
export const connectionReset: FaultKind<Record<string, never>, 'reset'> = {
  kind: 'connection-reset',
  summary: 'every open connection of the struck links is reset (RST to both ends)',
  strikes: 'links',
  usage: 'none',
  effect: 'reset',
  parameters: z.strictObject({}),
  plan(_, target, cluster, random) {
    const { text, ...struck } = chooseLinks(target, cluster, random);
    return {
      target: text,
      injected: 'RST on every open connection, once',
      impact: noImpact,
      effect: { type: 'reset', ...struck },
    };
  },
};
