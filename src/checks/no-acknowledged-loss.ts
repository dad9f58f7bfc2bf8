import type { LostRecord } from '../model/record.ts';
import { formatMs } from '../model/units.ts';
import type { FlowHistory, SubscriptionHistory } from '../workload/flows/stream/facts.ts';
import type { Unserved } from '../workload/flows/stream/unserved.ts';
import type { IntervalSet } from '../workload/interval-set.ts';
import { type Check, checkOf, deliveries, dueMs, type Finding, found, lostOn, messageFacts } from './check.ts';
import { subscriberFacts } from './connections.ts';

/**
 * Every message whose PUBACK or PUBCOMP came reaches every subscription that is owed it. Legal: granted QoS 0, never acknowledged,
 * and a clean session that ended before the delivery (3.1.2.4), until the next one is subscribed. What a client has not got that was
 * not subscribed at the end may still be stored for it: that is for liveness to judge.
 */
export const noAcknowledgedLoss: Check = checkOf('stream', {
  id: 'no-acknowledged-loss',
  statement: 'every acknowledged QoS 1 and 2 message reaches every live subscription owed it',
  clause: {
    v311: 'MQTT-4.3.2-2, MQTT-4.3.3-2, MQTT-4.5.0-1, MQTT-3.1.2-5',
    v5: 'MQTT-4.3.2-4, MQTT-4.3.3-8, MQTT-4.5.0-1, MQTT-3.1.2-23',
  },
  run(stream, { unserved, stillArriving }) {
    // What never worked did not work before any fault, whatever became of the rest.
    const findings: Finding[] = neverDelivered(unserved);
    let count = unserved.filter(isLoss).reduce((sum, { acknowledged }) => sum + acknowledged, 0);
    if (stillArriving && count === 0)
      return { applicable: false, why: 'messages were still arriving when waiting for them was given up' };
    if (stillArriving) return found(count, findings);
    const losses: LostRecord[] = [];
    for (const delivery of deliveries(stream)) {
      const { flow, subscription } = delivery;
      const lost = lostOn(delivery);
      if (lost.size === 0) continue;
      count += lost.size;
      losses.push(recordLost(flow, subscription, lost));
      for (const sequence of lost.first(3)) {
        findings.push({
          what: `message ${sequence} of ${flow.flow.name} (QoS ${flow.flow.qos}) was acknowledged to ${flow.flow.clientId} and never reached ${subscription.clientId} at ${subscription.node}`,
          atMs: dueMs(flow, sequence),
          facts: {
            ...messageFacts(stream, flow, sequence),
            ...subscriberFacts(stream, subscription, dueMs(flow, sequence)),
            session: subscription.session,
            lostOnThisSubscription: lost.size,
          },
        });
      }
    }
    return { ...found(count, findings), lost: losses };
  },
});

/** Granted and acknowledged, and nothing ever arrived. */
function isLoss({ why, acknowledged }: Unserved): boolean {
  return why === 'not-delivered' && acknowledged > 0;
}

function neverDelivered(unserved: readonly Unserved[]): Finding[] {
  return unserved.filter(isLoss).map((one) => {
    const { from, to, filter, filterText, qos, acknowledged, waitedMs, client, flow } = one;
    const subscriber = client ?? 'a fresh subscriber';
    const onTheSameWay = unserved.some(
      (other) => other.client === null && other.filter === 'exact' && other.from === from && other.to === to,
    );
    return {
      what: `before any fault, none of ${acknowledged} acknowledged messages from ${from} reached ${subscriber} at ${to} by the ${filter} filter ${filterText} within ${formatMs(waitedMs)}${filter === 'wildcard' && !onTheSameWay ? '; by exact filters messages do arrive there' : ''}`,
      atMs: null,
      facts: { filter: filterText, filterKind: filter, from, to, qos, acknowledged, client, flow, waitedMs },
    };
  });
}

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
