/** Subscribers that break off with messages half acknowledged. What the broker owes them when they come back (section 4.4). */
export type InflightFacts = { readonly breaks: readonly Break[] };

/** One time that a subscriber broke off, and came back with its session. Times are monotonic milliseconds. */
export type Break = {
  readonly clientId: string;
  readonly node: string;
  readonly brokeOffMs: number;
  readonly returnedMs: number;
  /** The connection after it lasted for so long before it ended or the books were closed. */
  readonly lastedMs: number;
  readonly sessionPresent: boolean;
  /** A fault may have touched its node or its connection: nothing is said of it. */
  readonly struck: boolean;
  readonly pending: readonly Pending[];
};

/** A packet that the client had not answered when it broke off. */
export type Pending = {
  readonly packetId: number;
  readonly qos: 1 | 2;
  /** `publish`: neither PUBACK nor PUBREC was written for it. `pubrel`: PUBREL had come and PUBCOMP was not written. */
  readonly waitingFor: 'publish' | 'pubrel';
  /** A PUBREC was written for it on an earlier connection, and no PUBREL has told whether it arrived. */
  readonly maybeReceived: boolean;
  readonly topic: string;
  readonly sequence: number | null;
  /** What came with its packet id on the next connection, first; null when nothing did. */
  readonly again: {
    readonly atMs: number;
    readonly packet: 'publish' | 'pubrel';
    readonly dup: boolean;
    /** It is the same message. A PUBREL has none, so that it counts as the same. */
    readonly same: boolean;
  } | null;
};
