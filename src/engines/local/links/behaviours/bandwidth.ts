import type { Behaviour } from './behaviour.ts';

/**
 * Serialisation: a segment needs bytes / bytesPerSecond on the wire and begins when the one before it has left, as with
 * `netem rate` (tc-netem(8)). The wire belongs to the link, so that its connections share the bandwidth. Headers and
 * retransmissions cost nothing here.
 */
export const bandwidth: Behaviour = (atMs, bytes, { bytesPerSecond }, { wire }) => {
  if (bytesPerSecond === undefined) return atMs;
  wire.freeAtMs = Math.max(wire.freeAtMs, atMs) + (bytes / bytesPerSecond) * 1_000;
  return wire.freeAtMs;
};
