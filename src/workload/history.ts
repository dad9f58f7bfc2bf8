import type { Intervals } from './interval-set.ts';
import type { FlowPlan, Qos } from './plan.ts';

/**
 * What happened to every message of one scenario, small enough to send between threads: the input of every check.
 * Times are milliseconds on the monotonic clock. Sequence numbers of a flow count from 1.
 */
export type History = {
  readonly flows: readonly FlowHistory[];
  readonly subscriptions: readonly SubscriptionHistory[];
  readonly sessions: readonly SessionHistory[];
  readonly oddities: Oddities;
};

export type FlowHistory = {
  readonly flow: FlowPlan;
  /** When sequence 1 was due; the others follow at the flow's rate. */
  readonly firstDueMs: number;
  /** The last sequence number that was due. */
  readonly offered: number;
  /** Outcome ok: acknowledged by the broker. Empty at QoS 0. */
  readonly acknowledged: Intervals;
  /** Outcome info: written, never acknowledged (or acknowledged by a broker that had forgotten the exchange): may or may not appear. */
  readonly unknown: Intervals;
  /** Outcome fail: never written to a connection, or refused. */
  readonly notSent: Intervals;
  /** Written again on a later connection. */
  readonly resent: Intervals;
  /** Written again on a connection whose CONNACK said that the broker kept no session. */
  readonly resentWithoutSession: Intervals;
  /** Acknowledgement times of messages that some subscription owed them never got (the first few). */
  readonly acknowledgedAtMs: readonly (readonly [sequence: number, atMs: number])[];
  /** Packet ids that the publisher last sent messages of interest with: those that a subscription never got, and examples. */
  readonly packetIds: readonly (readonly [sequence: number, packetId: number])[];
};

export type SubscriptionHistory = {
  readonly clientId: string;
  readonly node: string;
  readonly filter: string;
  readonly flow: number;
  readonly session: 'clean' | 'persistent';
  readonly requestedQos: Qos;
  readonly grantedQos: Qos;
  /** The client was connected when the books were closed: what it has not got then, it will not get. */
  readonly connectedAtEnd: boolean;
  readonly received: Intervals;
  /** Not owed: the clean session that they were for had ended before they were delivered. */
  readonly sessionEnded: Intervals;
  /** Received again, retained copies apart. */
  readonly duplicated: Intervals;
  readonly duplicateExamples: readonly DuplicateExample[];
  /** First deliveries after that of a later message. */
  readonly overtaken: Intervals;
  readonly overtakenExamples: readonly OvertakenExample[];
};

export type DuplicateExample = {
  readonly sequence: number;
  readonly atMs: number;
  readonly dup: boolean;
  readonly packetId: number | null;
};
export type OvertakenExample = { readonly sequence: number; readonly atMs: number; readonly after: number };

/** The connections of one client with a persistent session, in order. */
export type SessionHistory = {
  readonly clientId: string;
  readonly node: string;
  readonly role: 'publisher' | 'subscriber';
  readonly connections: readonly ConnectionHistory[];
};

export type ConnectionHistory = {
  readonly connectedMs: number;
  readonly disconnectedMs: number | null;
  readonly sessionPresent: boolean;
  /**
   * A session of this client id ought to exist: an earlier connection with clean session = 0 was accepted. Null when nobody can
   * tell: an earlier CONNECT got no answer, and the broker may have acted on it.
   */
  readonly sessionExpected: boolean | null;
  /** For each subscribed flow, the sequence numbers that were due before this connection and before its end. */
  readonly due: readonly { readonly flow: number; readonly atConnect: number; readonly atDisconnect: number | null }[];
};

/** Things that no sound broker delivers; counted in full, shown by the first few. */
export type Oddities = Readonly<Record<OddityKind, { readonly count: number; readonly examples: readonly Oddity[] }>>;
export type OddityKind = 'corrupt' | 'foreign' | 'invented' | 'unsubscribed';
export type Oddity = {
  readonly clientId: string;
  readonly node: string;
  readonly topic: string;
  readonly atMs: number;
  readonly detail: string;
};
