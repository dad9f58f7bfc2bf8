/** The link by which clients reach a node. */
export function clientLink(node: string): string {
  return `clients>${node}`;
}

/** The link by which one node reaches a named port of another. */
export function peerLink(from: string, to: string, port: string): string {
  return `${from}>${to}:${port}`;
}
