/**
 * A hybrid logical clock (Kulkarni and others, 2014): wall time when clocks agree, and still later than everything seen
 * when they do not, so that a node whose clock is behind can overwrite what it has read.
 */
export type Stamp = { readonly wallMs: number; readonly counter: number; readonly node: string };

/** A stamp of `node` that is later than `latest`. */
export function stampAfter(latest: Stamp, node: string, nowMs: number): Stamp {
  if (nowMs > latest.wallMs) return { wallMs: nowMs, counter: 0, node };
  return { wallMs: latest.wallMs, counter: latest.counter + 1, node };
}

/** Different for different stamps. */
export function stampText({ wallMs, counter, node }: Stamp): string {
  return `${wallMs}.${counter}@${node}`;
}

/** The stamp of something that happens now at a node, later than everything that it has seen. */
export function tick(clock: { latest: Stamp; readonly name: string }, nowMs: number): Stamp {
  clock.latest = stampAfter(clock.latest, clock.name, nowMs);
  return clock.latest;
}

/** A total order, the same at every node: that is what makes the last writer the same everywhere. */
export function isLater(a: Stamp, b: Stamp): boolean {
  if (a.wallMs !== b.wallMs) return a.wallMs > b.wallMs;
  if (a.counter !== b.counter) return a.counter > b.counter;
  return a.node > b.node;
}
