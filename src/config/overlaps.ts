import type { FaultSchema } from '../model/fault-schema.ts';
import type { FaultSpec, Target } from '../model/scenario.ts';

/** Pairs of faults, by their places, of which the later one would replace the earlier one. Pure. */
export function replacedFaults(
  faults: readonly FaultSpec[],
  holdMs: number,
  faultKinds: ReadonlyMap<string, FaultSchema>,
): { readonly index: number; readonly replaces: number }[] {
  return faults.flatMap((fault, index) => {
    if (faultKinds.get(fault.kind)?.replacesItself !== true) return [];
    const replaces = faults
      .slice(0, index)
      .findIndex((other) => other.kind === fault.kind && meet(fault, other, holdMs) && mayShare(fault.on, other.on));
    return replaces < 0 ? [] : [{ index, replaces }];
  });
}

function meet(a: FaultSpec, b: FaultSpec, holdMs: number): boolean {
  const endMs = ({ atMs, forMs = holdMs }: FaultSpec): number => Math.min(holdMs, atMs + forMs);
  return a.atMs < endMs(b) && b.atMs < endMs(a);
}

/** Whether two targets may have a node or a link in common. Choices are drawn later and may be any. */
function mayShare(a: Target, b: Target): boolean {
  if (a.type === 'nodes' && b.type === 'nodes') return a.nodes.some((node) => b.nodes.includes(node));
  if (a.type === 'path' && b.type === 'path') return a.from === b.from && a.to === b.to;
  if (a.type === 'links' && b.type === 'links') return a.which === b.which;
  // Links with clients are no links between nodes; a choice of nodes, for a fault of links, means those between nodes.
  const ofClients = [a, b].some((target) => target.type === 'links' && target.which === 'clients');
  return !ofClients;
}
