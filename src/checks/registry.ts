import { atMostOnce } from './at-most-once.ts';
import type { Check } from './check.ts';
import { exactlyOnce } from './exactly-once.ts';
import { integrity } from './integrity.ts';
import { liveness } from './liveness.ts';
import { noAcknowledgedLoss } from './no-acknowledged-loss.ts';
import { ordering } from './ordering.ts';
import { sessionState } from './session-state.ts';

/** Every invariant, in the order of the reports. */
export const checks: readonly Check[] = [
  integrity,
  noAcknowledgedLoss,
  atMostOnce,
  exactlyOnce,
  ordering,
  sessionState,
  liveness,
];
