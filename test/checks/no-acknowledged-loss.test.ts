import { describe, expect, test } from '@jest/globals';
import { noAcknowledgedLoss } from '../../src/checks/no-acknowledged-loss.ts';
import {
  aFlow,
  aHistory,
  aSubscription,
  expectNothing,
  findings,
  input,
  oneWay,
  theOne,
} from '../support/histories.ts';

describe('violations', () => {
  test.each([1, 2] as const)('a QoS %d message that was acknowledged and never arrived is lost', (qos) => {
    const finding = theOne(
      noAcknowledgedLoss,
      oneWay({ qos, offered: 20, acknowledgedAtMs: [[7, 1_612]] }, { missing: [7] }),
    );
    expect(finding.what).toBe(
      `message 7 of orders (QoS ${qos}) was acknowledged to publisher-0 and never reached subscriber at node2`,
    );
    expect(finding.atMs).toBe(1_600);
    expect(finding.facts).toMatchObject({
      flow: 'orders',
      topic: 't/orders',
      qos,
      sequence: 7,
      publisher: 'publisher-0',
      publisherNode: 'node1',
      outcome: 'ok',
      dueAtMs: 1_600,
      acknowledgedAtMs: 1_612,
      sentAgain: false,
      receivedBy: 'none',
      notReceivedBy: 'subscriber',
      subscriber: 'subscriber',
      subscriberNode: 'node2',
      session: 'persistent',
      lostOnThisSubscription: 1,
    });
  });

  const lostIn = (history: Parameters<typeof input>[0]) => {
    const result = noAcknowledgedLoss.run(input(history));
    return result.applicable ? result.lost : undefined;
  };

  test('every lost range of every subscription is told, with the packet ids that are known', () => {
    const flow = aFlow({
      offered: 100,
      packetIds: [
        [3, 41],
        [11, 42],
        [50, 43],
      ],
    });
    const history = aHistory({
      flows: [flow],
      subscriptions: [
        aSubscription(flow, { clientId: 'a', missing: [3, [10, 19], 50] }),
        aSubscription(flow, { clientId: 'b' }),
        aSubscription(flow, { clientId: 'c', missing: [[11, 12]] }),
      ],
    });
    const place = { topic: 't/orders', publisher: 'publisher-0', publisherNode: 'node1', subscriberNode: 'node2' };
    expect(lostIn(history)).toEqual([
      {
        ...{ ...place, subscriber: 'a', messages: 12 },
        ...{
          ranges: [
            [3, 3],
            [10, 19],
            [50, 50],
          ],
          rangesLeftOut: 0,
        },
        ...{
          packetIds: [
            [3, 41],
            [11, 42],
            [50, 43],
          ],
          packetIdsLeftOut: 9,
        },
      },
      {
        ...{ ...place, subscriber: 'c', messages: 2 },
        ...{ ranges: [[11, 12]], rangesLeftOut: 0 },
        ...{ packetIds: [[11, 42]], packetIdsLeftOut: 1 },
      },
    ]);
    expect(findings(noAcknowledgedLoss, history).findings[0]?.facts.packetId).toBe(41);
    expect(findings(noAcknowledgedLoss, history).findings[1]?.facts.packetId).toBeNull();
  });

  test('of very many ranges the first thousand are told, and how many were left out', () => {
    const [lost] =
      lostIn(oneWay({ offered: 6_000 }, { missing: Array.from({ length: 3_000 }, (_, i) => 2 * i + 1) })) ?? [];
    expect(lost).toMatchObject({ messages: 3_000, rangesLeftOut: 2_000, packetIds: [], packetIdsLeftOut: 3_000 });
    expect(lost?.ranges).toHaveLength(1_000);
  });

  test('where nothing was lost there is nothing to tell', () => {
    expect(lostIn(oneWay({ offered: 20 }))).toEqual([]);
  });

  test('each subscription that did not get the message counts, and the evidence says who did', () => {
    const flow = aFlow({ offered: 5 });
    const seen = findings(
      noAcknowledgedLoss,
      aHistory({
        flows: [flow],
        subscriptions: [
          aSubscription(flow, { clientId: 'a', missing: [3] }),
          aSubscription(flow, { clientId: 'b' }),
          aSubscription(flow, { clientId: 'c', missing: [3] }),
        ],
      }),
    );
    expect(seen.count).toBe(2);
    expect(seen.findings.map(({ facts }) => [facts.subscriber, facts.receivedBy, facts.notReceivedBy])).toEqual([
      ['a', 'b', 'a, c'],
      ['c', 'b', 'a, c'],
    ]);
  });

  test('a message of a clean session that did not end is owed like any other', () => {
    expect(theOne(noAcknowledgedLoss, oneWay({ offered: 5 }, { session: 'clean', missing: [2] })).facts.session).toBe(
      'clean',
    );
  });

  test('a message that was sent again and then acknowledged is owed', () => {
    expect(
      theOne(noAcknowledgedLoss, oneWay({ offered: 5, resent: [2], resentWithoutSession: [2] }, { missing: [2] })).facts
        .sentAgain,
    ).toBe(true);
  });

  test('a subscription granted QoS 1 is owed a QoS 2 message', () => {
    theOne(noAcknowledgedLoss, oneWay({ qos: 2, offered: 5 }, { granted: 1, missing: [5] }));
  });

  test('a great loss is counted in full and shown by a few', () => {
    const seen = findings(noAcknowledgedLoss, oneWay({ offered: 1_000_000 }, { received: [[1, 10]] }));
    expect(seen.count).toBe(999_990);
    expect(seen.findings.map(({ facts }) => facts.sequence)).toEqual([11, 12, 13]);
  });
});

describe('legal', () => {
  test('a subscription granted QoS 0 is owed nothing', () => {
    expectNothing(noAcknowledgedLoss, oneWay({ offered: 5 }, { granted: 0, missing: [1, 2, 3] }));
  });

  test('QoS 0 messages may be lost', () => {
    expectNothing(noAcknowledgedLoss, oneWay({ qos: 0, offered: 5 }, { missing: [[1, 5]] }));
  });

  test('a message that was never acknowledged may stay away', () => {
    expectNothing(noAcknowledgedLoss, oneWay({ offered: 5, unknown: [2] }, { missing: [2] }));
  });

  test('a message that was never written stays away', () => {
    expectNothing(noAcknowledgedLoss, oneWay({ offered: 5, notSent: [2] }));
  });

  test('a clean session that ended before the delivery takes what was under way with it', () => {
    expectNothing(noAcknowledgedLoss, oneWay({ offered: 9 }, { session: 'clean', sessionEnded: [[4, 7]] }));
  });

  test('a message that arrived although its session had ended is not lost either', () => {
    expectNothing(noAcknowledgedLoss, oneWay({ offered: 9 }, { received: [[1, 9]], sessionEnded: [[4, 7]] }));
  });
});
