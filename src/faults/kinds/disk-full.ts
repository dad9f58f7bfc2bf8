import { z } from 'zod';
import type { FaultKind } from '../fault.ts';
import { chooseNodes } from '../targets.ts';

/**
 * The nodes' data folders are full. Where the engine could give them file systems of their own a ballast fills those; no file system that
 * the machine needs is ever filled. Elsewhere the nodes' processes may write nothing to files any more, which is not the same.
 */
export const diskFull: FaultKind<Record<string, never>, 'disk-full'> = {
  kind: 'disk-full',
  summary: 'nodes can write nothing more to their data folders',
  strikes: 'nodes',
  usage: 'none',
  usesMachine: true,
  replacesItself: true,
  effect: 'disk-full',
  parameters: z.strictObject({}),
  plan(_, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    return {
      target: nodes.join(', '),
      injected: 'data folder full',
      // What cannot be stored cannot be promised; a node that is full owes no acknowledgement.
      impact: { unavailableNodes: nodes, cutPaths: [] },
      effect: { type: 'disk-full', nodes },
    };
  },
};
