import type { Random } from '../base/random.ts';
import type { FlowKindName } from '../model/flow-kinds.ts';
import type { Impact } from '../model/impact.ts';
import type { FeatureRecord, PhaseName } from '../model/record.ts';
import type { Endpoint } from './client.ts';
import type { FaultsInForce } from './faults-in-force.ts';
import type { Unserved } from './flows/stream/unserved.ts';
import type { FlowFacts } from './history.ts';

import type { Wire } from './wire.ts';

/**
 * A flow kind is one sort of traffic: its actors speak MQTT, and write down facts for its checks. One folder below flows/, and one line in
 * flows/registry.ts.
 */
export type FlowKind<K extends FlowKindName = FlowKindName> = {
  readonly name: K;
  /** What its clients do, in one line. */
  readonly summary: string;
  /** Why this broker cannot be asked for it; undefined where it can. Pure. */
  unavailable(context: Pick<FlowContext, 'features' | 'endpoints'>): string | undefined;
  open(context: FlowContext): Flow<FlowFacts[K]>;
};

export type FlowContext = {
  readonly endpoints: readonly Endpoint[];
  readonly features: FeatureRecord;
  /** Operations a second, its share of the workload's rate. */
  readonly ratePerSecond: number;
  readonly payloadBytes: number;
  /** An operation that takes longer counts as unavailable. */
  readonly deadlineMs: number;
  /** The longest that the broker waits before it sends an unacknowledged message again: a silence that is shorter shows nothing. */
  readonly redeliverWithinMs: number;
  /** Begins every topic and client id of the kind; no other kind has it. */
  readonly prefix: string;
  /** Unsigned 32-bit number in every payload, unique to the scenario. */
  readonly run: number;
  /** Decides what may vary. The same seed gives the same choices. */
  readonly random: Random;
  /** What the broker is known not to serve: no part of the workload. */
  readonly unserved: readonly Unserved[];
  readonly faults: FaultsInForce;
  readonly wire: Wire;
  readonly nowMs: () => number;
};

/** The traffic of one kind in one scenario. Times are monotonic milliseconds. */
export type Flow<Facts> = {
  /** How many things it can see delivered; 0 when nothing of it is left to do. */
  readonly watched: number;
  /**
   * Connects everybody and waits until what they ask for works, for `withinMs` at the longest. What has shown that it does not work is
   * left out and returned. Rejects when nothing can be said: nobody could connect, or nothing at all works.
   */
  warmUp(withinMs: number): Promise<readonly Unserved[]>;
  /** Begins; what falls due falls due from `startMs` on. */
  start(startMs: number): void;
  mark?(phase: PhaseName, nowMs: number): void;
  /** A fault is in force from now on; the returned function ends it. Most kinds ask `faults` of their context. */
  impact?(impact: Impact, nowMs: number): (endMs: number) => void;
  /** Nothing new falls due. */
  stop(): void;
  /** What is still to be waited for. */
  standing(nowMs: number): Standing;
  /** Clients that miss something reconnect once with their session: what then arrives was stuck, not lost. How many did. */
  reconnectMissing?(): Promise<number>;
  /** When all is quiet: looks at what the broker holds, for `withinMs` at the longest. */
  lastLook?(withinMs: number): Promise<void>;
  /** Closes the books. Nothing had moved for `quietMs` when the wait was over. */
  finish(quietMs: number): Facts;
  /** Disconnects every client and takes what is kept for it off the broker. */
  end(): Promise<void>;
};

export type Standing = {
  /** Owed and not arrived. */
  readonly outstanding: number;
  /** Operations without an outcome. */
  readonly unsettled: number;
  /** Since when the clients that are not served now have not been. */
  readonly absentSinceMs: readonly number[];
  /** Clients that are served, but not for long enough to count as back. */
  readonly arriving: number;
  /** When anything was acknowledged or arrived last. */
  readonly lastMovedMs: number;
};
