import type { LostRecord } from '../report/record.ts';
import type { FlowHistory, SubscriptionHistory } from '../workload/history.ts';
import { IntervalSet } from '../workload/interval-set.ts';
import { type Check, deliveries, dueMs, type Finding, found, messageFacts } from './check.ts';

/**
 * Every message whose PUBACK or PUBCOMP came reaches every subscription that is owed it. Legal: granted QoS 0, never acknowledged,
 * and a clean session that ended before the delivery (3.1.2.4). What a client has not got that could not connect by the end may still
 * be stored for it: that is for liveness to judge.
 */
export const noAcknowledgedLoss: Check = {
  id: 'no-acknowledged-loss',
  statement: 'every acknowledged QoS 1 and 2 message reaches every live subscription owed it',
  clause: 'MQTT 3.1.1: MQTT-4.3.2-2, MQTT-4.3.3-2, MQTT-3.1.2-5',
  run({ history, stillArriving }) {
    if (stillArriving)
      return { applicable: false, why: 'messages were still arriving when waiting for them was given up' };
    let count = 0;
    const findings: Finding[] = [];
    const losses: LostRecord[] = [];
    for (const { flow, subscription, qos, received } of deliveries(history)) {
      const mayBeStored = subscription.session === 'persistent' && !subscription.connectedAtEnd;
      if (qos === 0 || mayBeStored) continue;
      const lost = IntervalSet.from(flow.acknowledged)
        .minus(received)
        .minus(IntervalSet.from(subscription.sessionEnded));
      if (lost.size === 0) continue;
      count += lost.size;
      losses.push(recordLost(flow, subscription, lost));
      for (const sequence of lost.first(3)) {
        findings.push({
          what: `message ${sequence} of ${flow.flow.name} (QoS ${flow.flow.qos}) was acknowledged to ${flow.flow.clientId} and never reached ${subscription.clientId} at ${subscription.node}`,
          atMs: dueMs(flow, sequence),
          facts: {
            ...messageFacts(history, flow, sequence),
            subscriber: subscription.clientId,
            subscriberNode: subscription.node,
            session: subscription.session,
            lostOnThisSubscription: lost.size,
          },
        });
      }
    }
    return { ...found(count, findings), lost: losses };
  },
};

/** Ranges and packet ids told of one subscription: a report must not grow with what was lost. */
const rangeLimit = 1_000;
const packetIdLimit = 200;

function recordLost(flow: FlowHistory, subscription: SubscriptionHistory, lost: IntervalSet): LostRecord {
  const ranges = lost.intervals();
  const packetIds = flow.packetIds.filter(([sequence]) => lost.has(sequence)).slice(0, packetIdLimit);
  return {
    subscriber: subscription.clientId,
    subscriberNode: subscription.node,
    topic: flow.flow.topic,
    publisher: flow.flow.clientId,
    publisherNode: flow.flow.node,
    messages: lost.size,
    ranges: ranges.slice(0, rangeLimit),
    rangesLeftOut: Math.max(0, ranges.length - rangeLimit),
    packetIds,
    packetIdsLeftOut: lost.size - packetIds.length,
  };
}
