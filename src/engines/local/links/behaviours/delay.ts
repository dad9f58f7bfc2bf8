import type { Behaviour } from './behaviour.ts';

/**
 * A one-way delay, as `tc qdisc add dev ... netem delay 100ms 10ms` puts on the egress of one side: uniform within the jitter,
 * each segment drawn on its own (tc-netem(8)). netem lets a later packet overtake and TCP puts the stream in order again; here
 * releaseTime keeps the order, which is what the receiver's application sees either way.
 */
export const delay: Behaviour = (atMs, _bytes, conditions, _state, random) => {
  const jitterMs = conditions.jitterMs > 0 ? (2 * random.next() - 1) * conditions.jitterMs : 0;
  return atMs + Math.max(0, conditions.delayMs + jitterMs);
};
