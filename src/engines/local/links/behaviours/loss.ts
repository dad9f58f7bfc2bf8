import { segmentBytes } from '../segment.ts';
import type { Behaviour } from './behaviour.ts';

/** Linux does not wait for less before it sends again (TCP_RTO_MIN; RFC 6298 section 2.4 even asks for a second). */
export const firstTimeoutMs = 200;

/** Each further loss of the same segment doubles the wait (RFC 6298 section 5.5). Linux goes on to 120 s; a fault that is meant
 * to be survived within a hold of half a minute may not, hence this ceiling. */
export const lastTimeoutMs = 3_200;

/** Linux gives a connection up after so many (net.ipv4.tcp_retries2); here the segment gets through, so that a share of 1 ends. */
export const maxLosses = 15;

/** How long a sender waits for the acknowledgement of a transmission of a segment that has been lost `losses` times before. */
export function timeoutMs(losses: number): number {
  return Math.min(firstTimeoutMs * 2 ** losses, lastTimeoutMs);
}

/** How much later than the first transmission the one after `losses` losses is made: 0, 200, 600, 1400, 3000, 6200, 9400 ... */
export function retransmittedAfterMs(losses: number): number {
  let afterMs = 0;
  for (let i = 0; i < losses; i++) afterMs += timeoutMs(i);
  return afterMs;
}

/**
 * Packet loss as a TCP application sees it: bytes never go missing, they come a retransmission timeout later, and what follows
 * waits behind them (releaseTime keeps the order). Each transmission is lost on its own with the same probability. What the
 * sender hands over while a lost segment is awaited gathers behind it and leaves in full segments once it is there, as a
 * sender with a closed window does (RFC 9293 section 3.8.6.2.1): without that, many small writes would each be lost anew.
 *
 * Fast retransmit (RFC 5681) and tail loss probes (RFC 8985) are not modelled: they need later segments in flight, or a
 * measured round trip. On a busy link the model is therefore harder than a real network, and kind in that its window opens
 * at once. Lost acknowledgements are not modelled either; the next one makes up for them.
 */
export const loss: Behaviour = (atMs, bytes, { lossShare }, state, random) => {
  if (lossShare <= 0) return atMs;
  let sentMs = atMs;
  if (atMs < state.awaitedMs) {
    if (atMs >= state.stalledUntilMs) {
      state.stalledUntilMs = state.awaitedMs;
      state.gatheredRoom = 0;
    }
    if (bytes <= state.gatheredRoom) {
      state.gatheredRoom -= bytes;
      return state.gatheredReleaseMs;
    }
    state.gatheredRoom = segmentBytes - bytes;
    sentMs = state.stalledUntilMs;
  }
  let losses = 0;
  while (losses < maxLosses && random.next() < lossShare) losses++;
  state.transmissionsLost += losses;
  const releaseMs = sentMs + retransmittedAfterMs(losses);
  if (losses > 0) state.awaitedMs = Math.max(state.awaitedMs, releaseMs);
  state.gatheredReleaseMs = releaseMs;
  return releaseMs;
};
