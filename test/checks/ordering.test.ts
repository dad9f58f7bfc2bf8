import { describe, expect, test } from '@jest/globals';
import { ordering } from '../../src/checks/ordering.ts';
import {
  aConnection,
  aFlow,
  aHistory,
  aSession,
  aSubscription,
  expectNothing,
  type FlowShape,
  findings,
  oneWay,
  theOne,
} from '../support/histories.ts';

describe('violations', () => {
  test.each([0, 1, 2] as const)('a QoS %d message that first arrives after its successor', (qos) => {
    const finding = theOne(
      ordering,
      oneWay({ qos, offered: 9 }, { overtaken: [{ sequence: 4, atMs: 1_900, after: 6 }] }),
    );
    expect(finding.what).toBe(`message 4 of orders (QoS ${qos}) first reached subscriber at node2 after message 6`);
    expect(finding.atMs).toBe(1_900);
    expect(finding.facts).toMatchObject({
      sequence: 4,
      after: 6,
      outOfOrderOnThisSubscription: 1,
      subscriberNode: 'node2',
    });
  });

  test('one message that its publisher sent again does not excuse another', () => {
    const finding = theOne(
      ordering,
      oneWay(
        { offered: 9, resent: [3] },
        {
          overtaken: [
            { sequence: 3, atMs: 1_900, after: 6 },
            { sequence: 4, atMs: 1_901, after: 6 },
          ],
        },
      ),
    );
    expect(finding.facts.sequence).toBe(4);
  });

  test('two subscriptions that see the same disorder are two violations', () => {
    const flow = aFlow({ offered: 9 });
    const overtaken = [{ sequence: 4, atMs: 1_900, after: 6 }];
    const history = aHistory({
      flows: [flow],
      subscriptions: [
        aSubscription(flow, { clientId: 'a', overtaken }),
        aSubscription(flow, { clientId: 'b', overtaken }),
      ],
    });
    expect(findings(ordering, history).count).toBe(2);
  });
});

describe('a publisher that reconnects', () => {
  const connections = [
    aConnection({ connectedMs: 500, disconnectedMs: 1_450, written: [1, 5] }),
    aConnection({ connectedMs: 1_700, written: [6, 9] }),
  ];
  /** Message `late` first arrives after message `after`. */
  const history = (shape: Partial<FlowShape>, late: number, after: number) => {
    const flow = aFlow({ qos: 0, offered: 9, ...shape });
    return aHistory({
      flows: [flow],
      subscriptions: [aSubscription(flow, { overtaken: [{ sequence: late, atMs: 1_900, after }] })],
      sessions: [
        aSession(connections, { clientId: 'publisher-0', node: 'node1', role: 'publisher', session: 'clean' }),
      ],
    });
  };

  test('whose old connection was still served beside the new one: MQTT-3.1.4-2, or it had been received first', () => {
    const finding = theOne(ordering, history({}, 4, 6));
    expect(finding.what).toBe(
      'message 4 of orders (QoS 0) first reached subscriber at node2 after message 6. Their publisher had reconnected in between: it wrote message 4 on its connection 1 and message 6 on its connection 2. Either the broker still served the older connection when it had accepted the newer one, or it had received message 4 first',
    );
    expect(finding.clause).toEqual({ v311: 'MQTT-3.1.4-2, MQTT-4.6.0-6', v5: 'MQTT-3.1.4-3, MQTT-4.6.0-5' });
    expect(finding.facts).toMatchObject({
      publishedOnConnection: 1,
      afterPublishedOnConnection: 2,
      olderConnectionEndedAtMs: 1_450,
      newerConnectionBeganAtMs: 1_700,
      publisherReconnects: 1,
      publisherDisconnectedAtMs: 1_450,
      publisherReconnectedAtMs: 1_700,
    });
  });

  test('after the older message had been acknowledged: the order of receipt is known', () => {
    const finding = theOne(ordering, history({ qos: 1 }, 4, 6));
    expect(finding.what).toMatch(/on its connection 2, and message 4 was acknowledged$/);
    expect(finding.clause).toBeUndefined();
  });

  test('is no part of it when both messages were written on one connection', () => {
    const finding = theOne(ordering, history({}, 7, 8));
    expect(finding.clause).toBeUndefined();
    expect(finding.what).toBe('message 7 of orders (QoS 0) first reached subscriber at node2 after message 8');
    expect(finding.facts).not.toHaveProperty('publishedOnConnection');
    expect(finding.facts).toMatchObject({ publisherReconnectedAtMs: 1_700 });
  });

  test('and sends the older message again has sent it after the newer one', () => {
    expectNothing(ordering, history({ qos: 1, resent: [4] }, 4, 6));
  });
});

test('disorder across a reconnect is shown first, however much there is of the other sort', () => {
  const flow = aFlow({ qos: 0, offered: 99 });
  const overtaken = [...Array.from({ length: 10 }, (_, i) => 2 * i + 1), 60].map((sequence) => ({
    sequence,
    atMs: 9_000,
    after: sequence === 60 ? 81 : sequence + 1,
  }));
  const connections = [
    aConnection({ disconnectedMs: 7_000, written: [1, 60] }),
    aConnection({ connectedMs: 7_400, written: [61, 99] }),
  ];
  const { count, findings: shown } = findings(
    ordering,
    aHistory({
      flows: [flow],
      subscriptions: [aSubscription(flow, { overtaken })],
      sessions: [aSession(connections, { clientId: 'publisher-0', role: 'publisher' })],
    }),
  );
  expect(count).toBe(11);
  expect(shown.map(({ facts }) => facts.sequence)).toEqual([60, 1, 3, 5, 7, 9, 11, 13, 15, 17]);
});

test('the last reconnect of the subscriber before the disorder is shown', () => {
  const flow = aFlow({ offered: 9 });
  const finding = theOne(
    ordering,
    aHistory({
      flows: [flow],
      subscriptions: [aSubscription(flow, { overtaken: [{ sequence: 4, atMs: 1_900, after: 6 }] })],
      sessions: [
        aSession([
          aConnection({ connectedMs: 500, disconnectedMs: 800 }),
          aConnection({ connectedMs: 900, disconnectedMs: 1_600 }),
          aConnection({ connectedMs: 1_850, disconnectedMs: 1_901 }),
        ]),
      ],
    }),
  );
  expect(finding.facts).toMatchObject({
    client: 'subscriber',
    role: 'subscriber',
    subscriberReconnects: 2,
    subscriberDisconnectedAtMs: 1_600,
    subscriberReconnectedAtMs: 1_850,
    publisherReconnects: 0,
    publisherReconnectedAtMs: null,
  });
});

describe('legal', () => {
  test('what an older session held, which its subscriber had to leave; not what is later', () => {
    const at = (sequence: number) => ({ sequence, atMs: 1_900, after: 9 });
    expectNothing(ordering, oneWay({ offered: 9 }, { overtaken: [at(4)], divided: [[1, 6]] }));
    const later = oneWay({ offered: 9 }, { overtaken: [at(4), at(7)], divided: [[1, 6]] });
    expect(theOne(ordering, later).facts).toMatchObject({ sequence: 7, outOfOrderOnThisSubscription: 1 });
  });

  test('a second copy of a QoS 1 message after its successor: only first deliveries are ordered', () => {
    expectNothing(ordering, oneWay({ offered: 9 }, { duplicated: [4] }));
  });

  test('a message that its own publisher sent again after a later one', () => {
    expectNothing(
      ordering,
      oneWay({ offered: 9, resent: [4] }, { overtaken: [{ sequence: 4, atMs: 1_900, after: 6 }] }),
    );
  });

  test('gaps: what is missing is not out of order', () => {
    expectNothing(ordering, oneWay({ offered: 9 }, { missing: [4] }));
  });
});
