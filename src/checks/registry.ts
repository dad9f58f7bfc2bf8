import { atMostOnce } from './at-most-once.ts';
import type { Check } from './check.ts';
import { deliveredQos } from './delivered-qos.ts';
import { exactlyOnce } from './exactly-once.ts';
import { expiry } from './expiry.ts';
import { integrity } from './integrity.ts';
import { liveness } from './liveness.ts';
import { noAcknowledgedLoss } from './no-acknowledged-loss.ts';
import { noUnprovokedDisconnect } from './no-unprovoked-disconnect.ts';
import { ordering } from './ordering.ts';
import { protocol } from './protocol.ts';
import { resend } from './resend.ts';
import { retainedConvergence } from './retained-convergence.ts';
import { sessionState } from './session-state.ts';
import { sharedDelivery } from './shared-delivery.ts';
import { singleSession } from './single-session.ts';
import { willOnce } from './will-once.ts';

/** Every invariant, in the order of the reports. */
export const checks: readonly Check[] = [
  integrity,
  noAcknowledgedLoss,
  atMostOnce,
  exactlyOnce,
  ordering,
  deliveredQos,
  sessionState,
  singleSession,
  retainedConvergence,
  willOnce,
  sharedDelivery,
  resend,
  expiry,
  protocol,
  noUnprovokedDisconnect,
  liveness,
];
