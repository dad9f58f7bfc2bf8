import { z } from 'zod';
import type { FaultKind } from '../fault.ts';
import { chooseNodes } from '../targets.ts';

/** The nodes' processes are killed with SIGKILL and stay dead until the heal, which starts them again on the same data. */
export const kill: FaultKind<Record<string, never>, 'kill'> = {
  kind: 'kill',
  summary: 'nodes are killed (SIGKILL) and stay down until the heal starts them again',
  strikes: 'nodes',
  usage: 'none; the nodes stay down until the heal',
  effect: 'kill',
  parameters: z.strictObject({}),
  plan(_, target, cluster, random) {
    const nodes = chooseNodes(target, cluster, random);
    return {
      target: nodes.join(', '),
      injected: 'SIGKILL, down until the heal',
      impact: { unavailableNodes: nodes, cutPaths: [] },
      effect: { type: 'kill', nodes },
    };
  },
};
