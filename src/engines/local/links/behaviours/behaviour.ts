import type { Random } from '../../../../base/random.ts';
import type { Conditions } from '../types.ts';
import { bandwidth } from './bandwidth.ts';
import { delay } from './delay.ts';
import { loss } from './loss.ts';

/**
 * One thing that a link does to the time at which a segment comes out of it: given when it could leave the step before, says
 * when it leaves this one. No clock, no sockets: all it knows is in its arguments, which is why it can be tested as arithmetic.
 */
export type Behaviour = (
  atMs: number,
  bytes: number,
  conditions: Conditions,
  state: FlowState,
  random: Random,
) => number;

/** What the connections of a link share in one direction: the wire that segments leave one after the other. */
export type Wire = { freeAtMs: number };

/** What one connection's flow in one direction remembers between segments. */
export type FlowState = {
  readonly wire: Wire;
  /** When the last segment comes out: none may overtake it. */
  lastReleaseMs: number;
  /** When the last of the lost segments is there. */
  awaitedMs: number;
  /** What is handed over while a lost segment is awaited leaves then. */
  stalledUntilMs: number;
  /** Bytes that still fit into the segment that gathers behind the lost one. */
  gatheredRoom: number;
  /** When that segment comes out. */
  gatheredReleaseMs: number;
  /** Transmissions lost so far. */
  transmissionsLost: number;
};

/** In the order in which a segment meets them: onto the wire, along it, and again as long as it is lost. */
const behaviours: readonly Behaviour[] = [bandwidth, delay, loss];

/** When a segment that enters the link at `nowMs` comes out: never before it entered, never before the one ahead of it. */
export function releaseTime(
  nowMs: number,
  bytes: number,
  conditions: Conditions,
  state: FlowState,
  random: Random,
): number {
  let atMs = nowMs;
  for (const behaviour of behaviours) atMs = behaviour(atMs, bytes, conditions, state, random);
  state.lastReleaseMs = Math.max(state.lastReleaseMs, atMs);
  return state.lastReleaseMs;
}

export function createFlowState(wire: Wire = { freeAtMs: 0 }): FlowState {
  return {
    wire,
    lastReleaseMs: 0,
    awaitedMs: 0,
    stalledUntilMs: 0,
    gatheredRoom: 0,
    gatheredReleaseMs: 0,
    transmissionsLost: 0,
  };
}
