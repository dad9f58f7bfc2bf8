import { type FlowKindName, flowKindNames, type ProfileName } from '../model/flow-kinds.ts';

/** The share of the rate that each flow kind gets; a share of 0 leaves a kind out. */
export type Shares = Readonly<Partial<Record<FlowKindName, number>>>;

/** Every profile has streams: availability, latency and recovery are measured on them. */
const leastStreams = 0.3;

/** All kinds, each with a share that keeps its clients busy; what a broker cannot be asked for goes to the streams. */
const mixed: Shares = {
  ...{ stream: 0.83, retained: 0.04, will: 0.01, shared: 0.04 },
  ...{ handover: 0.01, inflight: 0.04, expiry: 0.01, unsubscribe: 0.02 },
};

export function sharesOf(profile: ProfileName): Shares {
  if (profile === 'mixed') return mixed;
  return profile === 'stream' ? { stream: 1 } : { stream: leastStreams, [profile]: 1 - leastStreams };
}

/** Every kind that has a share, with it. */
export function kindsOf(shares: Shares): (readonly [FlowKindName, number])[] {
  return flowKindNames.flatMap((name) => {
    const share = shares[name] ?? 0;
    return share > 0 ? [[name, share] as const] : [];
  });
}
