import { z } from 'zod';
import type { FaultKind } from '../fault.ts';
import { chooseNodes } from '../targets.ts';

/** The nodes' processes are stopped with SIGSTOP: they neither answer nor close, like a machine that swaps or a virtual one that migrates. */
export const pause: FaultKind<Record<string, never>, 'pause'> = {
  kind: 'pause',
  summary: 'nodes are stopped (SIGSTOP): connections stay open and nothing answers',
  strikes: 'nodes',
  usage: 'none',
  replacesItself: true,
  effect: 'pause',
  parameters: z.strictObject({}),
  plan(_, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    return {
      target: nodes.join(', '),
      injected: 'SIGSTOP until the heal',
      impact: { unavailableNodes: nodes, cutPaths: [] },
      effect: { type: 'pause', nodes },
    };
  },
};
