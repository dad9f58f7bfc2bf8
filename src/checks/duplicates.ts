import type { StreamFacts } from '../workload/flows/stream/facts.ts';
import type { Qos } from '../workload/flows/stream/plan.ts';
import { IntervalSet } from '../workload/interval-set.ts';
import { type CheckResult, deliveries, dueMs, type Finding, found, messageFacts } from './check.ts';
import { interruptionFacts, subscriberFacts } from './connections.ts';

/** The messages that may be two publications to the broker: its client sent them twice, and it had no state to know the second by. */
export function publishedAgain(flow: StreamFacts['flows'][number]): IntervalSet {
  return IntervalSet.from(flow.flow.qos === 2 ? flow.resentWithoutSession : flow.resent);
}

/**
 * The messages that may arrive more than once where they are owed at `qos`. A QoS 1 message may, also where QoS 0 was granted
 * (MQTT 3.1.1: MQTT-3.8.4-6; MQTT 5.0: section 3.8.4); any other only if it was published again.
 */
export function mayArriveAgain(flow: StreamFacts['flows'][number], qos: Qos): IntervalSet {
  return qos < 2 && flow.flow.qos === 1 ? IntervalSet.from([[1, flow.offered]]) : publishedAgain(flow);
}

/** The messages that arrived more than once on subscriptions owed them at `qos`, those apart that may. */
export function duplicatesAt(qos: Qos, stream: StreamFacts): CheckResult {
  let count = 0;
  const findings: Finding[] = [];
  for (const { flow, subscription, ...delivery } of deliveries(stream)) {
    if (delivery.qos !== qos) continue;
    const twice = IntervalSet.from(subscription.duplicated)
      .minus(mayArriveAgain(flow, qos))
      .minus(IntervalSet.from(subscription.divided));
    count += twice.size;
    for (const sequence of twice.first(3)) {
      const second = subscription.duplicateExamples.find((example) => example.sequence === sequence);
      const atMs = second?.atMs ?? dueMs(flow, sequence);
      findings.push({
        what: `message ${sequence} of ${flow.flow.name} (QoS ${qos}) was delivered more than once to ${subscription.clientId} at ${subscription.node}`,
        atMs,
        facts: {
          ...messageFacts(stream, flow, sequence),
          ...interruptionFacts(stream, 'publisher', flow.flow.clientId, atMs, second ? 'before' : 'nearest'),
          ...subscriberFacts(stream, subscription, atMs, second ? 'before' : 'nearest'),
          secondDeliveryAtMs: second?.atMs ?? null,
          secondDeliveryDup: second?.dup ?? null,
          secondDeliveryPacketId: second?.packetId ?? null,
        },
      });
    }
  }
  return found(count, findings);
}
