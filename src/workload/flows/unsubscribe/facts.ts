/** Subscribers that leave a topic at one node and come back to it, while it is published at another. */
export type UnsubscribeFacts = { readonly leaves: readonly Leave[] };

/** One time that a subscriber had left its topic. Times are monotonic milliseconds. */
export type Leave = {
  readonly clientId: string;
  readonly node: string;
  readonly topic: string;
  readonly publisher: string;
  readonly publisherNode: string;
  readonly unsubackMs: number;
  /** When the next SUBSCRIBE was written, or the books were closed. */
  readonly endedMs: number;
  /** Some fault was in force, or the connection broke: nothing is said of it. */
  readonly struck: boolean;
  /** Messages that were written later than `settledMs` after the UNSUBACK and that arrived before the next SUBSCRIBE. */
  readonly arrived: readonly { readonly sequence: number; readonly writtenMs: number; readonly atMs: number }[];
  readonly arrivedCount: number;
};

/** So long after UNSUBACK a message may still be delivered: other nodes have to hear of it. */
export const settledMs = 1_000;
