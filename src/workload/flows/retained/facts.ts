/**
 * What was written to retained topics, and what fresh subscribers read when everything was quiet. A topic is written by one client at a
 * time: the next write begins only when the one before it was acknowledged. So the writes of a topic are in one order, that of their numbers.
 */
export type RetainedFacts = {
  readonly topics: readonly RetainedTopic[];
  /** The last reading at each node. Empty when the broker was not read. */
  readonly readings: readonly RetainedReading[];
};

export type RetainedTopic = {
  readonly topic: string;
  /** The nodes at which it is written, in turn; one where it has one writer. */
  readonly nodes: readonly string[];
  readonly writes: number;
  readonly deletions: number;
  /** The last writes, oldest first, two at the most. */
  readonly last: readonly RetainedWrite[];
};

export type RetainedWrite = {
  /** Counts from 1. */
  readonly sequence: number;
  readonly deletes: boolean;
  readonly node: string;
  readonly clientId: string;
  readonly writtenMs: number;
  /** Null while it is not acknowledged: the broker may have it or not. */
  readonly acknowledgedMs: number | null;
};

export type RetainedReading = {
  readonly node: string;
  readonly clientId: string;
  readonly subscribedMs: number;
  readonly endedMs: number;
  /** How often a fresh client read before the values were right, or the time was over. From 1. */
  readonly attempts: number;
  /** By topic, in the order of `topics`: the write that it saw, 0 where it saw none. */
  readonly seen: readonly number[];
};

/** What a topic may hold when everything is quiet: the writes that may be the last one, 0 for none. Pure. */
export function allowedValues({ last }: RetainedTopic): readonly number[] {
  const [newest, before] = [last.at(-1), last.at(-2)];
  const numberOf = (write: RetainedWrite | undefined): number =>
    write === undefined || write.deletes ? 0 : write.sequence;
  if (newest === undefined || newest.acknowledgedMs !== null) return [numberOf(newest)];
  return [...new Set([numberOf(newest), numberOf(before)])];
}
