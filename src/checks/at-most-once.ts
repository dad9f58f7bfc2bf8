import type { Check } from './check.ts';
import { duplicatesAt, publishedAgain } from './duplicates.ts';

/**
 * A QoS 0 message arrives once or not at all (section 4.3.1). Legal: a message published at a higher QoS, granted QoS 0, that its
 * publisher sent again. Retained copies are no second delivery, and the workload subscribes without overlap.
 */
export const atMostOnce: Check = {
  id: 'at-most-once',
  statement: 'no QoS 0 message arrives twice on one subscription',
  clause: 'MQTT 3.1.1: section 4.3.1',
  run: ({ history }) => duplicatesAt(0, history, publishedAgain),
};
