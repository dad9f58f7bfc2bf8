import type { Break, Pending } from '../workload/flows/inflight/facts.ts';
import { type Check, type Clause, checkOf, type Finding, found } from './check.ts';

const unreceived: Clause = { v311: 'MQTT-4.3.3-1', v5: 'MQTT-4.3.3-3' };
const afterPubrel: Clause = { v311: 'MQTT-4.3.3-1', v5: 'MQTT-4.3.3-6' };
const dup: Clause = { v311: 'MQTT-3.3.1-1', v5: 'MQTT-3.3.1-1' };

/**
 * When a client comes back to its session, the broker sends again what the client had not acknowledged: PUBLISH with the same packet id and DUP
 * set, PUBREL with the same packet id. A PUBREL in the place of a PUBLISH for which the client has never written a PUBREC is none of that. Legal: a connection that ended before the broker had the time; a session that was lost, which is
 * for session-state to judge; whatever a fault may have touched.
 */
export const resend: Check = checkOf('inflight', {
  id: 'resend',
  statement:
    'after a reconnect unacknowledged PUBLISH and PUBREL packets come again, with the same packet id and DUP set',
  clause: { v311: 'MQTT-4.4.0-1', v5: 'MQTT-4.4.0-1' },
  run({ breaks }, { quietMs }) {
    const judged = breaks.filter(({ struck, sessionPresent }) => !struck && sessionPresent);
    const findings = judged.flatMap((one) => one.pending.flatMap((pending) => ofPending(one, pending, quietMs)));
    return found(findings.length, findings);
  },
});

function ofPending(one: Break, pending: Pending, quietMs: number): Finding[] {
  const { again, packetId, waitingFor, qos, maybeReceived } = pending;
  const { clientId, node } = one;
  const packet = waitingFor === 'publish' ? `PUBLISH ${packetId} (QoS ${qos})` : `PUBREL ${packetId}`;
  if (again === null || !again.same)
    return one.lastedMs < quietMs && again === null
      ? []
      : [
          asFinding(
            one,
            pending,
            again === null
              ? `${packet} did not come again to ${clientId} at ${node} after it had come back to its session without having acknowledged it`
              : `another message came to ${clientId} at ${node} with packet id ${packetId}, which was in flight when the client broke off`,
          ),
        ];
  if (waitingFor === 'pubrel' && again.packet === 'publish')
    return [
      asFinding(
        one,
        pending,
        `PUBLISH ${packetId} came again to ${clientId} at ${node} after its PUBREL had come`,
        afterPubrel,
      ),
    ];
  if (waitingFor === 'publish' && qos === 2 && again.packet === 'pubrel' && !maybeReceived)
    return [
      asFinding(
        one,
        pending,
        `PUBREL ${packetId} came to ${clientId} at ${node} after it had come back to its session, though it had written no PUBREC for PUBLISH ${packetId}`,
        unreceived,
      ),
    ];
  if (waitingFor === 'publish' && again.packet === 'publish' && !again.dup)
    return [asFinding(one, pending, `${packet} came again to ${clientId} at ${node} without DUP`, dup)];
  return [];
}

function asFinding(one: Break, pending: Pending, what: string, clause?: Clause): Finding {
  return {
    what,
    atMs: pending.again?.atMs ?? one.returnedMs,
    facts: {
      client: one.clientId,
      role: 'subscriber',
      node: one.node,
      topic: pending.topic,
      packetId: pending.packetId,
      qos: pending.qos,
      sequence: pending.sequence,
      waitingFor: pending.waitingFor,
      brokeOffAtMs: one.brokeOffMs,
      returnedAtMs: one.returnedMs,
      sentAgainAtMs: pending.again?.atMs ?? null,
      sentAgainAs: pending.again?.packet ?? null,
      sentAgainWithDup: pending.again?.dup ?? null,
    },
    ...(clause ? { clause } : {}),
  };
}
