import { z } from 'zod';
import { bytes, share } from '../../config/zod-units.ts';
import { noImpact } from '../../model/impact.ts';
import { formatBytes, formatShare } from '../../model/units.ts';
import type { FaultKind } from '../fault.ts';
import { chooseNodes } from '../targets.ts';

type Parameters = { readonly free?: number | undefined; readonly size?: number | undefined };

/** Another process takes memory of the machine until little is left. The nodes are named for the report: all of the machine is struck. */
export const memoryStress: FaultKind<Parameters, 'memory-stress'> = {
  kind: 'memory-stress',
  summary: 'memory of the machine is taken until a share of it is left, or up to a size',
  strikes: 'nodes',
  usage:
    "`size: 2GiB`, at most so much is taken; `free: 15%`, and only until so much of the machine's memory is left; one of them is needed. All of the machine is struck, whatever `on` says.",
  usesMachine: true,
  effect: 'memory-stress',
  parameters: z
    .strictObject({ free: share.optional(), size: bytes.optional() })
    .refine(({ free, size }) => free !== undefined || size !== undefined, 'one of free and size is needed'),
  plan({ free: leftShare, size: mostBytes }, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    const limits = [
      ...(leftShare === undefined ? [] : [`until ${formatShare(leftShare)} is left`]),
      ...(mostBytes === undefined ? [] : [`at most ${formatBytes(mostBytes)}`]),
    ];
    return {
      target: nodes.join(', '),
      injected: `memory taken ${limits.join(', ')}`,
      impact: noImpact,
      effect: { type: 'memory-stress', nodes, leftShare, mostBytes },
    };
  },
};
