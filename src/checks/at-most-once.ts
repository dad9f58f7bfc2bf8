import { IntervalSet } from '../workload/interval-set.ts';
import type { Check } from './check.ts';
import { duplicatesAt } from './duplicates.ts';

/** A QoS 0 message arrives once or not at all (section 4.3.1). Retained copies are no second delivery, and the workload subscribes without overlap. */
export const atMostOnce: Check = {
  id: 'at-most-once',
  statement: 'no QoS 0 message arrives twice on one subscription',
  clause: 'section 4.3.1',
  run: ({ history }) => duplicatesAt(0, history, () => new IntervalSet()),
};
