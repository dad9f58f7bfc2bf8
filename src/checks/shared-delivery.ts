import type { SharedFacts, SharedGroup } from '../workload/flows/shared/facts.ts';
import { IntervalSet } from '../workload/interval-set.ts';
import { type Check, type Clause, checkOf, type Finding, found } from './check.ts';

const lost: Clause = { v311: null, v5: 'MQTT-4.5.0-1' };
/** Only a QoS 2 delivery that was begun has to be completed to the same member. */
const lostAtQos2: Clause = { v311: null, v5: 'MQTT-4.5.0-1, MQTT-4.8.2-4' };
const twice: Clause = { v311: null, v5: 'MQTT-4.3.3-10, MQTT-4.8.2-5' };

/**
 * An acknowledged message of a shared subscription reaches a member of the group, and at QoS 2 exactly one, once. Legal: a second delivery at
 * QoS 1, which a server may give to another member when the first has not answered (section 4.8.2); a message that a session had which ended
 * [MQTT-4.8.2-5]; anything that is missing while a member is not back, since it may be waiting for that one.
 */
export const sharedDelivery: Check = checkOf('shared', {
  id: 'shared-delivery',
  statement: 'each acknowledged message of a shared group reaches a member, at QoS 2 exactly one',
  clause: { v311: null, v5: 'MQTT-4.5.0-1, MQTT-4.8.2-4, MQTT-4.8.2-5' },
  run({ groups }: SharedFacts, { stillArriving }) {
    let count = 0;
    const findings: Finding[] = [];
    for (const group of groups) {
      const missing = stillArriving ? new IntervalSet() : missingOf(group);
      const doubled = doubledOf(group);
      count += missing.size + doubled.size;
      findings.push(...missing.first(3).map((sequence) => lostFinding(group, sequence, missing.size)));
      findings.push(...doubled.first(3).map((sequence) => twiceFinding(group, sequence, doubled.size)));
    }
    return found(count, findings);
  },
});

/** Owed to the group and received by nobody. Pure. */
export function missingOf({ qos, acknowledged, received, sessionEnded, members }: SharedGroup): IntervalSet {
  if (qos === 0 || members.some(({ isServed }) => !isServed)) return new IntervalSet();
  return IntervalSet.from(acknowledged).minus(IntervalSet.from(received)).minus(IntervalSet.from(sessionEnded));
}

function doubledOf({ qos, twice, publishedAgain }: SharedGroup): IntervalSet {
  return qos === 2 ? IntervalSet.from(twice).minus(IntervalSet.from(publishedAgain)) : new IntervalSet();
}

function lostFinding(group: SharedGroup, sequence: number, all: number): Finding {
  return {
    what: `message ${sequence} to the shared group ${group.filter} (QoS ${group.qos}) was acknowledged to ${group.publisher} and reached no member`,
    atMs: writtenAtMs(group, sequence),
    facts: { ...factsOf(group, sequence), lostOfThisGroup: all },
    clause: group.qos === 2 ? lostAtQos2 : lost,
  };
}

function twiceFinding(group: SharedGroup, sequence: number, all: number): Finding {
  const example = group.twiceExamples.find((one) => one.sequence === sequence);
  const whom =
    example === undefined
      ? 'more than once'
      : example.first === example.second
        ? `twice to ${example.first}`
        : `to ${example.first} and to ${example.second}`;
  return {
    what: `message ${sequence} to the shared group ${group.filter} (QoS 2) was delivered ${whom}`,
    atMs: example?.secondMs ?? writtenAtMs(group, sequence),
    facts: {
      ...factsOf(group, sequence),
      client: example?.second ?? null,
      firstMember: example?.first ?? null,
      firstDeliveryAtMs: example?.firstMs ?? null,
      secondMember: example?.second ?? null,
      secondDeliveryAtMs: example?.secondMs ?? null,
      secondDeliveryDup: example?.secondDup ?? null,
      twiceInThisGroup: all,
    },
    clause: twice,
  };
}

function factsOf(group: SharedGroup, sequence: number): Finding['facts'] {
  return {
    filter: group.filter,
    topic: group.topic,
    role: 'subscriber',
    sequence,
    qos: group.qos,
    publisher: group.publisher,
    publisherNode: group.publisherNode,
    members: group.members.map(({ clientId, node }) => `${clientId} at ${node}`).join(', '),
    memberConnections: group.members.map(({ connections }) => connections).join(', '),
    writtenAtMs: writtenAtMs(group, sequence),
  };
}

function writtenAtMs({ writtenMs }: SharedGroup, sequence: number): number | null {
  return writtenMs.find(([of]) => of === sequence)?.[1] ?? null;
}
