import { IntervalSet } from '../workload/interval-set.ts';
import { type Check, deliveries, dueMs, type Finding, found, messageFacts } from './check.ts';
import { subscriberFacts } from './connections.ts';

/**
 * Every message whose PUBACK or PUBCOMP came reaches every subscription that is owed it. Legal: granted QoS 0, never acknowledged,
 * and a clean session that ended before the delivery (3.1.2.4). What a client has not got that could not connect by the end may still
 * be stored for it: that is for liveness to judge.
 */
export const noAcknowledgedLoss: Check = {
  id: 'no-acknowledged-loss',
  statement: 'every acknowledged QoS 1 and 2 message reaches every live subscription owed it',
  clause: {
    v311: 'MQTT-4.3.2-2, MQTT-4.3.3-2, MQTT-4.5.0-1, MQTT-3.1.2-5',
    v5: 'MQTT-4.3.2-4, MQTT-4.3.3-8, MQTT-4.5.0-1, MQTT-3.1.2-23',
  },
  run({ history, stillArriving }) {
    if (stillArriving)
      return { applicable: false, why: 'messages were still arriving when waiting for them was given up' };
    let count = 0;
    const findings: Finding[] = [];
    for (const { flow, subscription, qos, received } of deliveries(history)) {
      const mayBeStored = subscription.session === 'persistent' && !subscription.connectedAtEnd;
      if (qos === 0 || mayBeStored) continue;
      const lost = IntervalSet.from(flow.acknowledged)
        .minus(received)
        .minus(IntervalSet.from(subscription.sessionEnded));
      count += lost.size;
      for (const sequence of lost.first(3)) {
        findings.push({
          what: `message ${sequence} of ${flow.flow.name} (QoS ${flow.flow.qos}) was acknowledged to ${flow.flow.clientId} and never reached ${subscription.clientId} at ${subscription.node}`,
          atMs: dueMs(flow, sequence),
          facts: {
            ...messageFacts(history, flow, sequence),
            ...subscriberFacts(history, subscription, dueMs(flow, sequence)),
            session: subscription.session,
            lostOnThisSubscription: lost.size,
          },
        });
      }
    }
    return found(count, findings);
  },
};
