import type { FlowKindName } from '../../model/flow-kinds.ts';
import type { FlowKind } from '../flow-kind.ts';
import { expiry } from './expiry/expiry.ts';
import { handover } from './handover/handover.ts';
import { inflight } from './inflight/inflight.ts';
import { retained } from './retained/retained.ts';
import { shared } from './shared/shared.ts';
import { stream } from './stream/stream.ts';
import { unsubscribe } from './unsubscribe/unsubscribe.ts';
import { will } from './will/will.ts';

/** Every flow kind, in the order of the reports. */
export const flowKinds: { readonly [K in FlowKindName]: FlowKind<K> } = {
  ...{ stream, retained, will, shared, handover, inflight, expiry, unsubscribe },
};
