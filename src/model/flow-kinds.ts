/** The sorts of traffic that a workload may have, in the order of the reports. */
export const flowKindNames = [
  'stream',
  'retained',
  'will',
  'shared',
  'handover',
  'inflight',
  'expiry',
  'unsubscribe',
] as const;
export type FlowKindName = (typeof flowKindNames)[number];

/** A profile says which kinds run: `mixed` has all of them, and each kind is a profile of its own, for whoever looks into one. */
export const profileNames = ['mixed', ...flowKindNames] as const;
export type ProfileName = (typeof profileNames)[number];
