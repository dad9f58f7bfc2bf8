/** Messages and sessions with a time to live (MQTT 5). Times are monotonic milliseconds, intervals whole seconds as the standard has them. */
export type ExpiryFacts = {
  readonly messages: readonly ExpiringMessage[];
  readonly sessions: readonly ExpiringSession[];
};

/** A message that was stored for a subscriber that was away. */
export type ExpiringMessage = {
  readonly sequence: number;
  readonly publisher: string;
  readonly publisherNode: string;
  readonly clientId: string;
  readonly node: string;
  readonly topic: string;
  readonly expirySeconds: number;
  readonly writtenMs: number;
  readonly acknowledgedMs: number;
  /** When its subscriber's CONNECT was written: the server could not begin to deliver before. */
  readonly returnedMs: number;
  /** A fault was in force while it waited, or the subscriber's session was lost: nothing is said of it. */
  readonly struck: boolean;
  /** Null when it never arrived. */
  readonly delivery: { readonly atMs: number; readonly remainingSeconds: number | null } | null;
};

/** A session that its client left for longer, or for shorter, than its expiry interval. */
export type ExpiringSession = {
  readonly clientId: string;
  readonly node: string;
  readonly expirySeconds: number;
  readonly disconnectedMs: number;
  /** When the next CONNECT was written, and the next CONNACK read. */
  readonly returnedMs: number;
  readonly connectedMs: number;
  readonly sessionPresent: boolean;
  readonly struck: boolean;
};
