import type { FlowKindName } from '../model/flow-kinds.ts';
import type { ExpiryFacts } from './flows/expiry/facts.ts';
import type { HandoverFacts } from './flows/handover/facts.ts';
import type { InflightFacts } from './flows/inflight/facts.ts';
import type { RetainedFacts } from './flows/retained/facts.ts';
import type { SharedFacts } from './flows/shared/facts.ts';
import type { StreamFacts } from './flows/stream/facts.ts';
import type { UnsubscribeFacts } from './flows/unsubscribe/facts.ts';
import type { WillFacts } from './flows/will/facts.ts';
import type { WireFacts } from './wire.ts';

/** The facts that each flow kind adds to the history. Facts are plain data: they travel between threads. */
export type FlowFacts = Facts<{
  readonly stream: StreamFacts;
  readonly retained: RetainedFacts;
  readonly will: WillFacts;
  readonly shared: SharedFacts;
  readonly handover: HandoverFacts;
  readonly inflight: InflightFacts;
  readonly expiry: ExpiryFacts;
  readonly unsubscribe: UnsubscribeFacts;
}>;
/** Every kind has facts. */
type Facts<T extends Record<FlowKindName, unknown>> = T;

/**
 * What happened to every message of one scenario: the input of every check. Times are milliseconds on the monotonic clock.
 */
export type History = {
  /** By flow kind; a kind that did not run has none. */
  readonly facts: Partial<FlowFacts>;
  /** What the broker did to connections, of whatever kind; absent where nobody looked. */
  readonly wire?: WireFacts | undefined;
  /** Why a kind of the profile did not run. */
  readonly notRun: Readonly<Partial<Record<FlowKindName, string>>>;
};
