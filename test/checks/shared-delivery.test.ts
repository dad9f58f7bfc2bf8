import { describe, expect, test } from '@jest/globals';
import { sharedDelivery } from '../../src/checks/shared-delivery.ts';
import type { SharedGroup } from '../../src/workload/flows/shared/facts.ts';
import { expectNothing, findings, theOne } from '../support/histories.ts';
import { aGroup, aMember, ofKind } from '../support/kind-facts.ts';

const groups = (...all: SharedGroup[]) => ofKind('shared', { groups: all });
/** All but message 4. */
const allButOne = [
  [1, 3],
  [5, 20],
] as const;

describe('an acknowledged message', () => {
  test('that a member has is delivered', () => {
    expectNothing(sharedDelivery, groups(aGroup()));
  });

  test('that no member has is lost', () => {
    const finding = theOne(sharedDelivery, groups(aGroup({ received: allButOne })));
    expect(finding.what).toBe(
      'message 4 to the shared group $share/g/t/work (QoS 1) was acknowledged to giver and reached no member',
    );
    expect(finding).toMatchObject({
      atMs: 1_300,
      facts: {
        filter: '$share/g/t/work',
        sequence: 4,
        publisher: 'giver',
        publisherNode: 'node1',
        members: 'member-1 at node1, member-2 at node2',
        memberConnections: '1, 1',
        writtenAtMs: 1_300,
        lostOfThisGroup: 1,
      },
      clause: { v311: null, v5: 'MQTT-4.5.0-1' },
    });
  });

  test('that is lost at QoS 2 was also owed to the member that had been chosen', () => {
    const { clause } = theOne(sharedDelivery, groups(aGroup({ qos: 2, received: allButOne })));
    expect(clause?.v5).toBe('MQTT-4.5.0-1, MQTT-4.8.2-4');
  });

  test('is counted with all others that are lost; three of a group are shown', () => {
    const { count, findings: shown } = findings(sharedDelivery, groups(aGroup({ received: [[1, 10]] })));
    expect(count).toBe(10);
    expect(shown.map(({ facts }) => [facts.sequence, facts.lostOfThisGroup])).toEqual([
      [11, 10],
      [12, 10],
      [13, 10],
    ]);
  });
});

describe('legal: a message that reached no member', () => {
  test.each<[string, Parameters<typeof aGroup>[0]]>([
    ['at QoS 0', { qos: 0 }],
    ['that was not acknowledged', { acknowledged: allButOne }],
    ['that a session had which ended', { sessionEnded: [4] }],
    [
      'while a member is not back: it may be waiting for that one',
      {
        members: [aMember('member-1'), aMember('member-2', { isServed: false })],
      },
    ],
  ])('%s', (_, shape) => {
    expectNothing(sharedDelivery, groups(aGroup({ ...shape, received: allButOne })));
  });

  test('when messages were still arriving', () => {
    expectNothing(sharedDelivery, groups(aGroup({ received: allButOne })), { stillArriving: true });
  });
});

describe('a QoS 2 message', () => {
  const example = {
    sequence: 4,
    first: 'member-1',
    firstMs: 1_310,
    second: 'member-2',
    secondMs: 1_320,
    secondDup: false,
  };

  test('that two members have was delivered twice, also while others are still arriving', () => {
    const group = aGroup({ qos: 2, twice: [4], twiceExamples: [example] });
    const finding = theOne(sharedDelivery, groups(group), { stillArriving: true });
    expect(finding.what).toBe(
      'message 4 to the shared group $share/g/t/work (QoS 2) was delivered to member-1 and to member-2',
    );
    expect(finding).toMatchObject({
      atMs: 1_320,
      facts: {
        client: 'member-2',
        firstMember: 'member-1',
        firstDeliveryAtMs: 1_310,
        secondMember: 'member-2',
        secondDeliveryAtMs: 1_320,
        secondDeliveryDup: false,
        twiceInThisGroup: 1,
      },
    });
  });

  test('that one member has twice was delivered twice', () => {
    const group = aGroup({ qos: 2, twice: [4], twiceExamples: [{ ...example, second: 'member-1' }] });
    expect(theOne(sharedDelivery, groups(group)).what).toContain('was delivered twice to member-1');
  });

  test('of which no example was kept is placed at the time when it was written', () => {
    const finding = theOne(sharedDelivery, groups(aGroup({ qos: 2, twice: [4] })));
    expect(finding.what).toContain('was delivered more than once');
    expect(finding).toMatchObject({ atMs: 1_300, facts: { client: null, secondDeliveryAtMs: null } });
  });

  test('legal: its publisher sent it twice to a broker without its session', () => {
    expectNothing(sharedDelivery, groups(aGroup({ qos: 2, twice: [4], publishedAgain: [4] })));
  });

  test('legal at QoS 1: a server may give it to another member when the first has not answered', () => {
    expectNothing(sharedDelivery, groups(aGroup({ qos: 1, twice: [4], twiceExamples: [example] })));
  });
});

test('each group is judged by itself', () => {
  const broken = { ...aGroup({ received: allButOne }), filter: '$share/other/t/work' };
  expect(theOne(sharedDelivery, groups(aGroup(), broken)).facts.filter).toBe('$share/other/t/work');
});

test('a message that is too old for its time to be known has none', () => {
  const finding = theOne(sharedDelivery, groups(aGroup({ received: allButOne, writtenMs: [] })));
  expect(finding).toMatchObject({ atMs: null, facts: { writtenAtMs: null } });
});
