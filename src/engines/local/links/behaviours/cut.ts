/**
 * A partition as TCP sees it: nothing passes and nobody is told. The sender's bytes are acknowledged by no one, so that it stops
 * when its buffers are full; no FIN, no RST; connection attempts get no answer. All of it takes effect on heal.
 *
 * Two things are kinder than the real network. After the heal bytes flow at once, whereas a sender that has backed off may wait
 * up to 120 s for its next retransmission. And the kernel below the proxy goes on answering keep-alive probes, so that a
 * process that relies on TCP_USER_TIMEOUT or on TCP keep-alive alone does not notice the cut.
 */

/** Bytes read ahead of a cut on one connection in one direction; after that the sender's own socket fills. */
export const heldBytesCap = 1_048_576;

/** RFC 6928: a sender that has seen no acknowledgement puts at most ten segments on the wire. */
export const initialWindowBytes = 10 * 1448;

/**
 * How many bytes a connection can still deliver in a direction that is cut, or whose opposite is: with the way back cut no
 * acknowledgement arrives, and the sender stops after what it may send without one. (A window that had grown before the cut
 * would let more through once; the initial one is what is sure to hold.)
 */
export function cutAllowance(cutHere: boolean, cutOpposite: boolean): number {
  if (cutHere) return 0;
  return cutOpposite ? initialWindowBytes : Number.POSITIVE_INFINITY;
}
