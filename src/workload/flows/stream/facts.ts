import type { Intervals } from '../../interval-set.ts';
import type { FlowPlan, Qos } from './plan.ts';

/**
 * What happened to every message of the streams of one scenario, small enough to send between threads: the input of their checks.
 * Times are milliseconds on the monotonic clock. Sequence numbers of a flow count from 1.
 */
export type StreamFacts = {
  readonly flows: readonly FlowHistory[];
  readonly subscriptions: readonly SubscriptionHistory[];
  /** All subscriptions, where only some are to be judged: evidence names everybody who saw a message. */
  readonly witnesses?: readonly SubscriptionHistory[] | undefined;
  readonly sessions: readonly SessionHistory[];
  readonly clients: readonly ClientHistory[];
  readonly oddities: Oddities;
};

/** Where no streams ran. */
export const noStreams: StreamFacts = {
  ...{ flows: [], subscriptions: [], sessions: [], clients: [] },
  oddities: {
    corrupt: { count: 0, examples: [] },
    foreign: { count: 0, examples: [] },
    invented: { count: 0, examples: [] },
    unsubscribed: { count: 0, examples: [] },
  },
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
  /** Written to a connection that lasted until the books were closed, and never answered on it. */
  readonly unanswered: Intervals;
  /** Acknowledgement times of messages that evidence may be about: missing, late or doubled somewhere (the first few of each). */
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
  readonly received: Intervals;
  /** Not owed: the clean session that they were for had ended before they were delivered, and no later one was subscribed yet. */
  readonly sessionEnded: Intervals;
  /** Could not arrive: the client was not subscribed when the books were closed. That is for liveness to judge. */
  readonly unreachable: Intervals;
  /** At QoS 0: messages written since the heal, none of which arrived; 0 when one did, or where too few were written to say. */
  readonly writtenInSilence: number;
  /** Arrived only after the subscriber had been made to reconnect with its session. */
  readonly stuck: Intervals;
  /** Received again, retained copies apart. */
  readonly duplicated: Intervals;
  readonly duplicateExamples: readonly DuplicateExample[];
  /**
   * A fault may have left the subscriber with two sessions, or it began a clean one at another node: these messages may be of an older one,
   * and may come late or twice.
   */
  readonly divided: Intervals;
  /** First deliveries after that of a later message. */
  readonly overtaken: Intervals;
  readonly overtakenExamples: readonly OvertakenExample[];
  /** Deliveries at a QoS that no grant of this subscription allows for the flow, copies included. */
  readonly wrongQos: number;
  readonly wrongQosExamples: readonly WrongQosExample[];
};

export type DuplicateExample = {
  readonly sequence: number;
  readonly atMs: number;
  readonly dup: boolean;
  readonly packetId: number | null;
};
export type WrongQosExample = { readonly sequence: number; readonly atMs: number; readonly qos: Qos };
export type OvertakenExample = { readonly sequence: number; readonly atMs: number; readonly after: number };

export type ClientRole = 'publisher' | 'subscriber';

/** Where a client stood when the books were closed. */
export type ClientHistory = {
  readonly clientId: string;
  readonly node: string;
  readonly role: ClientRole;
  /** `serving`: subscribed, or for a publisher connected; `connected`: let in, and its subscriptions not granted. */
  readonly stage: 'serving' | 'connected' | 'disconnected';
  /** Since when it has not been served lastingly; null when it is. */
  readonly absentSinceMs: number | null;
  /** How long that was when the books were closed. */
  readonly absentForMs: number;
  /** CONNECTs that it has sent since then. */
  readonly attempts: number;
};

/** The connections of one client, in order. */
export type SessionHistory = {
  readonly clientId: string;
  readonly node: string;
  readonly role: ClientRole;
  /** What it asks for in each CONNECT. */
  readonly session: 'clean' | 'persistent';
  readonly connections: readonly ConnectionHistory[];
};

export type ConnectionHistory = {
  readonly node: string;
  readonly connectedMs: number;
  readonly disconnectedMs: number | null;
  readonly sessionPresent: boolean;
  /**
   * A session of this client id ought to exist: an earlier connection with clean session = 0 was accepted. Null when nobody can
   * tell: an earlier CONNECT got no answer, and the broker may have acted on it; or the client has come from another node, and a fault
   * may keep the two from each other.
   */
  readonly sessionExpected: boolean | null;
  /** The session that ought to exist has a subscription: a SUBACK granted one since the session began. */
  readonly subscribed: boolean;
  /** The messages that a publisher wrote on this connection for the first time; null when it wrote none. */
  readonly written: readonly [first: number, last: number] | null;
  /** For each subscribed flow, the sequence numbers that were due before this connection and before its end. */
  readonly due: readonly { readonly flow: number; readonly atConnect: number; readonly atDisconnect: number | null }[];
};

/** Things that no sound broker delivers; counted in full, shown by the first few. */
export type Oddities = Readonly<
  Record<
    OddityKind,
    {
      readonly count: number;
      readonly examples: readonly Oddity[];
      /** The count by client id. */
      readonly byClient?: Readonly<Record<string, number>> | undefined;
    }
  >
>;
export type OddityKind = 'corrupt' | 'foreign' | 'invented' | 'unsubscribed';
export type Oddity = {
  readonly clientId: string;
  readonly node: string;
  readonly topic: string;
  readonly atMs: number;
  readonly detail: string;
};
