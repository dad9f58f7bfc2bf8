import { type Check, checkOf } from './check.ts';
import { duplicatesAt } from './duplicates.ts';

/**
 * A QoS 0 message arrives once or not at all (section 4.3.1). Legal, where QoS 0 was granted: a second copy of a QoS 1 message, and a
 * QoS 2 message that its publisher sent again. Retained copies are no second delivery, and the workload subscribes without overlap.
 */
export const atMostOnce: Check = checkOf('stream', {
  id: 'at-most-once',
  statement: 'no QoS 0 message arrives twice on one subscription',
  clause: { v311: 'section 4.3.1', v5: 'section 4.3.1' },
  run: (stream) => duplicatesAt(0, stream),
});
