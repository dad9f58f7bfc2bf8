import { IntervalSet } from '../workload/interval-set.ts';
import { type Check, deliveries, type Finding, found, messageFacts } from './check.ts';

/**
 * First deliveries keep the order of publication for one publisher, topic and QoS. Legal: later copies of QoS 1 messages, and a
 * message that its publisher itself sent again after a later one had been sent (section 4.6, non-normative comment).
 */
export const ordering: Check = {
  id: 'ordering',
  statement: 'messages of one publisher, topic and QoS are first delivered in the order they were sent',
  clause: 'MQTT 3.1.1: MQTT-4.6.0-5, MQTT-4.6.0-6',
  run({ history }) {
    let count = 0;
    const findings: Finding[] = [];
    for (const { flow, subscription, qos } of deliveries(history)) {
      // What came only after the subscriber was made to reconnect is stuck: liveness has it.
      const late = IntervalSet.from(subscription.overtaken)
        .minus(IntervalSet.from(flow.resent))
        .minus(IntervalSet.from(subscription.stuck));
      count += late.size;
      for (const { sequence, after, atMs } of subscription.overtakenExamples) {
        if (!late.has(sequence)) continue;
        findings.push({
          what: `message ${sequence} of ${flow.flow.name} (QoS ${qos}) first reached ${subscription.clientId} at ${subscription.node} after message ${after}`,
          atMs,
          facts: {
            ...messageFacts(history, flow, sequence),
            subscriber: subscription.clientId,
            subscriberNode: subscription.node,
            after,
            outOfOrderOnThisSubscription: late.size,
          },
        });
      }
    }
    return found(count, findings);
  },
};
