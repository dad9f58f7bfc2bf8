import { flowKinds } from './flows/registry.ts';
import type { FlowKindName } from './history.ts';

/** The share of the rate that each flow kind gets; a share of 0 leaves a kind out. */
export type Shares = Readonly<Partial<Record<FlowKindName, number>>>;

const kindNames = Object.keys(flowKinds) as FlowKindName[];

/** Every profile has streams: availability, latency and recovery are measured on them. */
const leastStreams = 0.3;

/** `mixed` has every kind; each kind is a profile of its own too, for whoever looks into one. */
export const profiles: Readonly<Record<string, Shares>> = {
  mixed: {
    ...{ stream: 0.76, retained: 0.05, will: 0.01, shared: 0.08 },
    ...{ handover: 0.01, inflight: 0.05, expiry: 0.01, unsubscribe: 0.03 },
  },
  ...Object.fromEntries(
    kindNames.map((name) => [
      name,
      name === 'stream' ? { stream: 1 } : { stream: leastStreams, [name]: 1 - leastStreams },
    ]),
  ),
};
