import type { StreamFacts } from './flows/stream/facts.ts';

/** The facts that each flow kind adds to the history. Facts are plain data: they travel between threads. */
export type FlowFacts = {
  readonly stream: StreamFacts;
};
export type FlowKindName = keyof FlowFacts;

/**
 * What happened to every message of one scenario: the input of every check. Times are milliseconds on the monotonic clock.
 */
export type History = {
  /** By flow kind; a kind that did not run has none. */
  readonly facts: Partial<FlowFacts>;
  /** Why a kind of the profile did not run. */
  readonly notRun: Readonly<Partial<Record<FlowKindName, string>>>;
};
