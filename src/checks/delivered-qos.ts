import { type Check, checkOf, deliveries, type Finding, found, messageFacts } from './check.ts';
import { subscriberFacts } from './connections.ts';

/**
 * A message arrives at the lower of the QoS that it was published at and the QoS that was granted. Legal: what an earlier grant of the same
 * subscription allows, since the message may have been queued then.
 */
export const deliveredQos: Check = checkOf('stream', {
  id: 'delivered-qos',
  statement: 'a message arrives at the lower of its QoS and the granted one',
  clause: { v311: 'MQTT-3.8.4-6', v5: 'MQTT-3.8.4-8' },
  run(stream) {
    let count = 0;
    const findings: Finding[] = [];
    for (const { flow, subscription, qos } of deliveries(stream)) {
      count += subscription.wrongQos;
      const [first] = subscription.wrongQosExamples;
      if (!first) continue;
      const { clientId, node, grantedQos, wrongQos } = subscription;
      findings.push({
        what: `message ${first.sequence} of ${flow.flow.name} (QoS ${flow.flow.qos}) reached ${clientId} at ${node} at QoS ${first.qos}; it was granted QoS ${grantedQos}, so that QoS ${qos} is right`,
        atMs: first.atMs,
        facts: {
          ...messageFacts(stream, flow, first.sequence),
          ...subscriberFacts(stream, subscription, first.atMs),
          deliveredQos: first.qos,
          grantedQos,
          wrongOnThisSubscription: wrongQos,
        },
      });
    }
    return found(count, findings);
  },
});
