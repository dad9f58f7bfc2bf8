import type { FlowHistory, OvertakenExample, StreamFacts } from '../workload/flows/stream/facts.ts';
import { IntervalSet } from '../workload/interval-set.ts';
import {
  type Check,
  type Clause,
  checkOf,
  deliveries,
  type Finding,
  findingLimit,
  found,
  messageFacts,
} from './check.ts';
import { interruptionFacts, sessionOf, subscriberFacts, writtenOn } from './connections.ts';

/** Of two messages that their publisher wrote on different connections: the old one is closed first, and what was received is sent in order. */
const takeover: Clause = { v311: 'MQTT-3.1.4-2, MQTT-4.6.0-6', v5: 'MQTT-3.1.4-3, MQTT-4.6.0-5' };

/**
 * First deliveries keep the order of publication for one publisher, topic and QoS. Legal: later copies of QoS 1 messages, and a
 * message that its publisher itself sent again after a later one had been sent (section 4.6, non-normative comment).
 *
 * A publisher that reconnects in between does not make it legal. The broker answers the new CONNECT only after it has disconnected the
 * existing client (section 3.1.4, the order of its steps). So a message of the old connection that comes after one of the new was
 * either read before the new CONNACK, and then it was received first (4.6.0-6), or read after it, and then the old connection
 * was still served (3.1.4-2). Nobody outside can tell which, unless the message had been acknowledged.
 */
export const ordering: Check = checkOf('stream', {
  id: 'ordering',
  statement: 'messages of one publisher, topic and QoS are first delivered in the order they were sent',
  clause: { v311: 'MQTT-4.6.0-5, MQTT-4.6.0-6', v5: 'MQTT-4.6.0-5, MQTT-4.6.0-6' },
  run(stream) {
    let count = 0;
    const findings: Finding[] = [];
    const across: Finding[] = [];
    for (const { flow, subscription, qos } of deliveries(stream)) {
      // What came only after the subscriber was made to reconnect is stuck: liveness has it.
      const late = IntervalSet.from(subscription.overtaken)
        .minus(IntervalSet.from(flow.resent))
        .minus(IntervalSet.from(subscription.divided))
        .minus(IntervalSet.from(subscription.stuck));
      count += late.size;
      for (const example of subscription.overtakenExamples) {
        const { sequence, after, atMs } = example;
        if (!late.has(sequence)) continue;
        const { isAcross, words, facts, clause } = acrossConnections(stream, flow, example);
        (isAcross ? across : findings).push({
          what: `message ${sequence} of ${flow.flow.name} (QoS ${qos}) first reached ${subscription.clientId} at ${subscription.node} after message ${after}${words}`,
          atMs,
          facts: {
            ...messageFacts(stream, flow, sequence),
            ...interruptionFacts(stream, 'publisher', flow.flow.clientId, atMs, 'before'),
            ...facts,
            ...subscriberFacts(stream, subscription, atMs, 'before'),
            after,
            outOfOrderOnThisSubscription: late.size,
          },
          ...(clause ? { clause } : {}),
        });
      }
    }
    return found(count, [...across.slice(0, findingLimit / 2), ...findings]);
  },
});

/** What there is to say of two messages that their publisher wrote on different connections. */
function acrossConnections(
  stream: StreamFacts,
  flow: FlowHistory,
  { sequence, after }: OvertakenExample,
): { readonly isAcross: boolean; readonly words: string; readonly facts: Finding['facts']; readonly clause?: Clause } {
  const publisher = sessionOf(stream, flow.flow.clientId);
  const older = writtenOn(publisher, sequence);
  const newer = writtenOn(publisher, after);
  if (!older || !newer || older.number >= newer.number) return { isAcross: false, words: '', facts: {} };
  const words = `. Their publisher had reconnected in between: it wrote message ${sequence} on its connection ${older.number} and message ${after} on its connection ${newer.number}`;
  const facts = {
    publishedOnConnection: older.number,
    afterPublishedOnConnection: newer.number,
    olderConnectionEndedAtMs: older.disconnectedMs,
    newerConnectionBeganAtMs: newer.connectedMs,
  };
  if (IntervalSet.from(flow.acknowledged).has(sequence))
    return { isAcross: true, words: `${words}, and message ${sequence} was acknowledged`, facts };
  return {
    isAcross: true,
    words: `${words}. Either the broker still served the older connection when it had accepted the newer one, or it had received message ${sequence} first`,
    facts,
    clause: takeover,
  };
}
