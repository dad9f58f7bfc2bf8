import { z } from 'zod';
import { wholeNumber } from '../../config/zod-units.ts';
import { noImpact } from '../../model/impact.ts';
import type { FaultKind } from '../fault.ts';
import { chooseNodes } from '../targets.ts';

type Parameters = { readonly spare: number };

/** The nodes can open no more files and accept no more connections; what is open stays open. */
export const fdExhaustion: FaultKind<Parameters, 'fd-exhaustion'> = {
  kind: 'fd-exhaustion',
  summary: 'nodes have no descriptors left: what is open stays, nothing new can be opened or accepted',
  strikes: 'nodes',
  usage: '`spare` (default 0), descriptors that each process of the node may still open',
  replacesItself: true,
  effect: 'fd-exhaustion',
  parameters: z.strictObject({ spare: wholeNumber({ min: 0, max: 10_000 }).prefault(0) }),
  plan({ spare }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    return {
      target: nodes.join(', '),
      injected: spare === 0 ? 'no descriptor left' : `${spare} descriptors left`,
      impact: noImpact,
      effect: { type: 'fd-exhaustion', nodes, spare },
    };
  },
};
