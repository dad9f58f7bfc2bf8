import type { FaultSchema } from '../model/fault-schema.ts';
import type { FaultSpec, Target } from '../model/scenario.ts';

/** Pairs of faults, by their places, of which the later one would replace the earlier one. Pure. */
export function replacedFaults(
  faults: readonly FaultSpec[],
  holdMs: number,
  faultKinds: ReadonlyMap<string, FaultSchema>,
): { readonly index: number; readonly replaces: number }[] {
  return faults.flatMap((fault, index) => {
    const kind = faultKinds.get(fault.kind);
    // Of faults that take turns it is not known here who has his when.
    if (kind?.replacesItself !== true || fault.inTurn) return [];
    const replaces = faults
      .slice(0, index)
      .findIndex(
        (other) =>
          other.kind === fault.kind &&
          !other.inTurn &&
          meet(fault, other, holdMs) &&
          mayShare(kind.strikes, fault.on, other.on),
      );
    return replaces < 0 ? [] : [{ index, replaces }];
  });
}

function meet(a: FaultSpec, b: FaultSpec, holdMs: number): boolean {
  const endMs = ({ atMs, forMs = holdMs }: FaultSpec): number => Math.min(holdMs, atMs + forMs);
  return a.atMs < endMs(b) && b.atMs < endMs(a);
}

/** Whether two targets may have a node or a link in common. Choices are drawn later and may be any. */
function mayShare(strikes: FaultSchema['strikes'], a: Target, b: Target): boolean {
  if (strikes === 'nodes')
    return a.type !== 'nodes' || b.type !== 'nodes' || a.nodes.some((node) => b.nodes.includes(node));
  if (isOfClients(a) || isOfClients(b)) return isOfClients(a) && isOfClients(b);
  if (a.type === 'path' && b.type === 'path') return a.from === b.from && a.to === b.to;
  if (a.type === 'path' && b.type === 'nodes') return isOfNodes(a, b.nodes);
  if (a.type === 'nodes' && b.type === 'path') return isOfNodes(b, a.nodes);
  // Nodes mean all links from and to them: of any two nodes, the links between the two.
  return true;
}

function isOfClients(target: Target): boolean {
  return target.type === 'links' && target.which === 'clients';
}

function isOfNodes({ from, to }: { readonly from: string; readonly to: string }, nodes: readonly string[]): boolean {
  return nodes.includes(from) || nodes.includes(to);
}
