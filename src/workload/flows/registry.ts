import type { FlowKind } from '../flow-kind.ts';
import type { FlowKindName } from '../history.ts';
import { stream } from './stream/stream.ts';

/** Every flow kind, in the order of the reports. */
export const flowKinds: { readonly [K in FlowKindName]: FlowKind<K> } = { stream };
