/** Connections that take over from older ones of the same client id. */
export type HandoverFacts = {
  readonly takeovers: readonly Takeover[];
};

/** A connection was opened while an older one of the same client id was alive. Times are monotonic milliseconds. */
export type Takeover = {
  readonly clientId: string;
  readonly olderNode: string;
  readonly newerNode: string;
  readonly olderConnectedMs: number;
  /** CONNACK of the newer connection. */
  readonly newerConnectedMs: number;
  /** When the broker closed the older connection; null while it had not. */
  readonly olderClosedMs: number | null;
  /** The last time that the older connection was answered (PINGRESP) after the newer one was accepted; null when it was not. */
  readonly olderAnsweredMs: number | null;
  /** When both were looked at last: the older connection was open until then, if it was not closed. */
  readonly watchedUntilMs: number;
  /** A fault may have kept the nodes from telling each other. */
  readonly struck: boolean;
};
