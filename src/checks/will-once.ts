import type { Will, WillEnd, WillFacts } from '../workload/flows/will/facts.ts';
import { type Check, type Clause, checkOf, type Finding, found } from './check.ts';

type Defect = 'missing' | 'unasked' | 'twice';

const clauses: Record<Defect, Clause> = {
  missing: { v311: 'MQTT-3.1.2-8', v5: 'MQTT-3.1.2-8' },
  unasked: { v311: 'MQTT-3.1.2-10, MQTT-3.14.4-3', v5: 'MQTT-3.1.2-10, MQTT-3.14.4-3' },
  twice: { v311: 'MQTT-3.1.2-10, MQTT-4.3.3-2', v5: 'MQTT-3.1.2-10, MQTT-4.3.3-10' },
};
const silence: Clause = { v311: 'MQTT-3.1.2-8, MQTT-3.1.2-24', v5: 'MQTT-3.1.2-8, MQTT-3.1.2-22' };
const returned: Clause = { v311: null, v5: 'MQTT-3.1.3-9' };

const ends: Record<WillEnd, string> = {
  disconnect: 'sent DISCONNECT',
  drop: 'closed its socket without DISCONNECT',
  silence: 'fell silent, so that its keepalive ran out',
  takeover: 'was replaced by a new connection of its client id',
  'disconnect-with-will': 'sent DISCONNECT with reason code 4, which asks for the will',
};

/**
 * A will is sent after a connection that did not end by DISCONNECT, and never after one that did. Legal: a second copy at QoS 1; at QoS 0
 * none; a will that a fault may have touched; a will that nobody could see who was subscribed at its node all the time. That a will reaches the other nodes
 * is not asked here, since nobody acknowledged it.
 */
export const willOnce: Check = checkOf('will', {
  id: 'will-once',
  statement: 'a will is sent once after a connection that did not end by DISCONNECT, and never after one that did',
  clause: { v311: 'MQTT-3.1.2-8, MQTT-3.1.2-10', v5: 'MQTT-3.1.2-8, MQTT-3.1.2-10' },
  run(facts, { stillArriving }) {
    const findings = facts.wills.flatMap((will) => {
      const defect = defectOf(will, stillArriving);
      return defect === undefined ? [] : [asFinding(facts, will, defect)];
    });
    return found(findings.length, findings);
  },
});

function defectOf(will: Will, stillArriving: boolean): Defect | undefined {
  const copies = will.seen.map((seen) => seen.copies);
  const wanted = will.end !== 'disconnect' && !will.returnedInTime;
  if (will.struck) return undefined;
  if (!wanted) return copies.length > 0 ? 'unasked' : undefined;
  // At QoS 0 it may be lost on its way to everybody (section 4.3.1).
  const isOwed = will.qos > 0 && will.watchedBy.length > 0;
  if (copies.length === 0) return isOwed && !stillArriving ? 'missing' : undefined;
  return will.qos === 2 && copies.some((count) => count > 1) ? 'twice' : undefined;
}

function asFinding({ observers }: WillFacts, will: Will, defect: Defect): Finding {
  const { number, clientId, node, topic, end, seen, watchedBy } = will;
  const names = (places: readonly number[]): string => places.map((place) => observers[place]?.clientId).join(', ');
  const what = {
    missing: `the will of ${clientId} at ${node} was never sent, although the client ${ends[end]}`,
    unasked: `the will of ${clientId} at ${node} was sent, although the client ${will.returnedInTime ? 'came back before its will delay was over' : ends[end]}`,
    twice: `the will of ${clientId} at ${node} (QoS 2) was delivered more than once`,
  }[defect];
  return {
    what,
    atMs: seen[0]?.firstMs ?? will.endedMs,
    facts: {
      client: clientId,
      role: 'publisher',
      node,
      topic,
      will: number,
      qos: will.qos,
      end,
      connectedAtMs: will.connectedMs,
      endedAtMs: will.endedMs,
      dueAtMs: will.dueMs,
      seenBy: names(seen.map(({ observer }) => observer)) || 'none',
      copies: seen.reduce((most, { copies }) => Math.max(most, copies), 0),
      watchedBy: names(watchedBy) || 'none',
    },
    clause: will.returnedInTime ? returned : defect === 'missing' && end === 'silence' ? silence : clauses[defect],
  };
}
