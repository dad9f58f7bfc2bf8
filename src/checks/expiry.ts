import { formatMs } from '../model/units.ts';
import type { ExpiringMessage, ExpiringSession } from '../workload/flows/expiry/facts.ts';
import { type Check, type Clause, checkOf, type Finding, found } from './check.ts';

/** Clocks of servers tick in whole seconds and their timers run late: what is off by less is no violation. */
export const toleranceMs = 2_000;

const overdue: Clause = { v311: null, v5: 'MQTT-3.3.2-5' };
const remainder: Clause = { v311: null, v5: 'MQTT-3.3.2-6' };
const session: Clause = { v311: null, v5: 'MQTT-4.1.0-2' };

/**
 * A message whose expiry interval has passed before its delivery began is not delivered, one that is delivered says how much of the interval is
 * left, and a session whose expiry interval has passed is gone. Legal: whatever is off by less than the tolerance; a message that came too late
 * because its delivery had begun before.
 */
export const expiry: Check = checkOf('expiry', {
  id: 'expiry',
  statement: 'an expired message is not delivered, the remainder counts down, an expired session is gone',
  clause: { v311: null, v5: 'MQTT-3.3.2-5, MQTT-3.3.2-6, MQTT-4.1.0-2' },
  run({ messages, sessions }) {
    const findings = [...messages.flatMap(ofMessage), ...sessions.flatMap(ofSession)];
    return found(findings.length, findings);
  },
});

function ofMessage(message: ExpiringMessage): Finding[] {
  const { delivery, struck, expirySeconds, acknowledgedMs, writtenMs, returnedMs, sequence, clientId, node } = message;
  if (struck || delivery === null) return [];
  const finding = (what: string, clause: Clause): Finding => ({
    what,
    atMs: delivery.atMs,
    facts: factsOf(message),
    clause,
  });
  // The server had it at the latest when it acknowledged it, and could not begin to deliver it before its subscriber came back.
  const leastWaitedMs = returnedMs - acknowledgedMs;
  const mostWaitedMs = delivery.atMs - writtenMs;
  if (leastWaitedMs > expirySeconds * 1_000 + toleranceMs)
    return [
      finding(
        `message ${sequence} with an expiry interval of ${expirySeconds} s was delivered to ${clientId} at ${node}, although it had waited for at least ${formatMs(Math.round(leastWaitedMs))}`,
        overdue,
      ),
    ];
  const { remainingSeconds } = delivery;
  const most = expirySeconds * 1_000 - leastWaitedMs + toleranceMs;
  const least = expirySeconds * 1_000 - mostWaitedMs - toleranceMs;
  // Of an interval that may have been over there was nothing left to say.
  if (remainingSeconds === null)
    return least <= 0
      ? []
      : [
          finding(
            `message ${sequence} reached ${clientId} at ${node} without the expiry interval that it was published with`,
            remainder,
          ),
        ];
  if (remainingSeconds * 1_000 <= most && remainingSeconds * 1_000 >= least) return [];
  return [
    finding(
      `message ${sequence} reached ${clientId} at ${node} with ${remainingSeconds} s left of an expiry interval of ${expirySeconds} s, after it had waited for at least ${formatMs(Math.round(leastWaitedMs))} and at most ${formatMs(Math.round(mostWaitedMs))}`,
      remainder,
    ),
  ];
}

function ofSession({
  struck,
  sessionPresent,
  expirySeconds,
  disconnectedMs,
  returnedMs,
  connectedMs,
  clientId,
  node,
}: ExpiringSession): Finding[] {
  const awayMs = returnedMs - disconnectedMs;
  if (struck || !sessionPresent || awayMs <= expirySeconds * 1_000 + toleranceMs) return [];
  return [
    {
      what: `${clientId} at ${node} was told session present = 1, although it had been away for ${formatMs(Math.round(awayMs))} and its session was to expire after ${expirySeconds} s`,
      atMs: connectedMs,
      facts: {
        ...{ client: clientId, role: 'subscriber', node, expirySeconds, sessionPresent },
        ...{ disconnectedAtMs: disconnectedMs, returnedAtMs: returnedMs, connectedAtMs: connectedMs },
      },
      clause: session,
    },
  ];
}

function factsOf(message: ExpiringMessage): Finding['facts'] {
  return {
    client: message.clientId,
    role: 'subscriber',
    node: message.node,
    topic: message.topic,
    sequence: message.sequence,
    publisher: message.publisher,
    publisherNode: message.publisherNode,
    expirySeconds: message.expirySeconds,
    remainingSeconds: message.delivery?.remainingSeconds ?? null,
    writtenAtMs: message.writtenMs,
    acknowledgedAtMs: message.acknowledgedMs,
    returnedAtMs: message.returnedMs,
    deliveredAtMs: message.delivery?.atMs ?? null,
  };
}
