import type { Intervals } from '../../interval-set.ts';

/** What became of the messages of shared groups. Sequence numbers of a group count from 1. */
export type SharedFacts = { readonly groups: readonly SharedGroup[] };

/** One group ($share/NAME/FILTER) with one publisher. */
export type SharedGroup = {
  readonly filter: string;
  readonly topic: string;
  readonly publisher: string;
  readonly publisherNode: string;
  /** The lower of the QoS that it is published at and the lowest that a member was granted. */
  readonly qos: 0 | 1 | 2;
  readonly members: readonly SharedMember[];
  readonly offered: number;
  /** When messages were written first that a finding may be about; not of those that are too old. */
  readonly writtenMs: readonly (readonly [sequence: number, atMs: number])[];
  readonly acknowledged: Intervals;
  /** Received by at least one member. */
  readonly received: Intervals;
  /** Received more than once by the group. */
  readonly twice: Intervals;
  readonly twiceExamples: readonly SharedTwice[];
  /** The publisher sent them twice to a broker that had no session for it: two messages to the broker. */
  readonly publishedAgain: Intervals;
  /** Written and not received when a member's session ended: that session may have had them. */
  readonly sessionEnded: Intervals;
};

export type SharedMember = {
  readonly clientId: string;
  readonly node: string;
  /** It was subscribed when the books were closed. */
  readonly isServed: boolean;
  readonly connections: number;
};

export type SharedTwice = {
  readonly sequence: number;
  readonly first: string;
  readonly firstMs: number;
  readonly second: string;
  readonly secondMs: number;
  readonly secondDup: boolean;
};
