/** `forward` is from the side that dialled to the upstream, `backward` the way of its answers. */
export type Direction = 'forward' | 'backward';

export type Upstream = { readonly host: string; readonly port: number };

export type LinkSpec = {
  readonly id: string;
  /** On 127.0.0.1; a free one when absent. */
  readonly listenPort?: number | undefined;
  readonly upstream: Upstream;
  /** Listens on ::1 as well, at the same port: for what is redirected there. */
  readonly ipv6?: boolean | undefined;
};

/** What one direction of a link does to what passes. */
export type Conditions = {
  readonly delayMs: number;
  /** Uniform, this much more or less than delayMs. */
  readonly jitterMs: number;
  /** Absent means as fast as the machine allows. */
  readonly bytesPerSecond?: number | undefined;
  /** The probability, 0 to 1, that one transmission of a segment is lost. */
  readonly lossShare: number;
  readonly cut: boolean;
};

export const cleanConditions: Conditions = {
  delayMs: 0,
  jitterMs: 0,
  bytesPerSecond: undefined,
  lossShare: 0,
  cut: false,
};

/** offered = delivered + held + discarded, once the worker is at rest. */
export type DirectionCounters = {
  /** Read from the sender. */
  readonly bytesOffered: number;
  /** Handed to the receiver's socket. */
  readonly bytesDelivered: number;
  /** Read and not yet handed over. */
  readonly bytesHeld: number;
  /** Read for a receiver that had gone. */
  readonly bytesDiscarded: number;
  /** Segments of at most 1448 bytes that the bytes offered make up. */
  readonly segments: number;
  /** Transmissions that the loss model lost. What gathers behind a lost segment travels in fuller ones than it was offered in. */
  readonly segmentsLost: number;
};

export type LinkCounters = {
  readonly forward: DirectionCounters;
  readonly backward: DirectionCounters;
  readonly connectionsOpened: number;
  readonly connectionsOpen: number;
  /** Upstream refused or could not be reached; the dialler was reset. */
  readonly upstreamFailures: number;
};
