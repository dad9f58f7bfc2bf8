import type { History } from '../workload/history.ts';
import { IntervalSet } from '../workload/interval-set.ts';
import type { Qos } from '../workload/plan.ts';
import { type CheckResult, deliveries, dueMs, type Finding, found, messageFacts } from './check.ts';

/** The messages that may be two publications to the broker: its client sent them twice, and it had no state to know the second by. */
export function publishedAgain(flow: History['flows'][number]): IntervalSet {
  return IntervalSet.from(flow.flow.qos === 2 ? flow.resentWithoutSession : flow.resent);
}

/** The messages that arrived more than once on subscriptions owed them at `qos`, those that `allowed` names apart. */
export function duplicatesAt(
  qos: Qos,
  history: History,
  allowed: (flow: History['flows'][number]) => IntervalSet,
): CheckResult {
  let count = 0;
  const findings: Finding[] = [];
  for (const { flow, subscription, ...delivery } of deliveries(history)) {
    if (delivery.qos !== qos) continue;
    const twice = IntervalSet.from(subscription.duplicated).minus(allowed(flow));
    count += twice.size;
    for (const sequence of twice.first(3)) {
      const second = subscription.duplicateExamples.find((example) => example.sequence === sequence);
      findings.push({
        what: `message ${sequence} of ${flow.flow.name} (QoS ${qos}) was delivered more than once to ${subscription.clientId} at ${subscription.node}`,
        atMs: second?.atMs ?? dueMs(flow, sequence),
        facts: {
          ...messageFacts(history, flow, sequence),
          subscriber: subscription.clientId,
          subscriberNode: subscription.node,
          secondDeliveryAtMs: second?.atMs ?? null,
          secondDeliveryDup: second?.dup ?? null,
          secondDeliveryPacketId: second?.packetId ?? null,
        },
      });
    }
  }
  return found(count, findings);
}
