/** What a fault makes impossible by itself, so that it is not held against the broker while the fault is in force. */
export type Impact = {
  /** Nodes that cannot finish an operation in time (5 s) because of the fault: stopped for longer, or cut off from a majority. */
  readonly unavailableNodes: readonly string[];
  /** Directed pairs of nodes between which nothing can arrive. */
  readonly cutPaths: readonly { readonly from: string; readonly to: string }[];
};

export const noImpact: Impact = { unavailableNodes: [], cutPaths: [] };
