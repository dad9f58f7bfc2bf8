import { expect, test } from '@jest/globals';
import { atMostOnce } from '../../src/checks/at-most-once.ts';
import { expectNothing, oneWay, theOne } from '../support/histories.ts';

test('a QoS 0 message that arrives twice is a violation', () => {
  const finding = theOne(
    atMostOnce,
    oneWay(
      { qos: 0, offered: 5 },
      { duplicated: [3], duplicateExamples: [{ sequence: 3, atMs: 1_777, dup: false, packetId: null }] },
    ),
  );
  expect(finding.what).toBe('message 3 of orders (QoS 0) was delivered more than once to subscriber at node2');
  expect(finding.atMs).toBe(1_777);
  expect(finding.facts).toMatchObject({
    sequence: 3,
    outcome: 'sent at QoS 0',
    secondDeliveryAtMs: 1_777,
    secondDeliveryDup: false,
    secondDeliveryPacketId: null,
  });
});

test.each([{ resent: [] }, { resent: [3] }])(
  'a QoS 1 message granted QoS 0 may arrive twice ($resent sent again): MQTT-3.8.4-6 permits it',
  ({ resent }) => {
    expectNothing(atMostOnce, oneWay({ qos: 1, offered: 5, resent }, { granted: 0, duplicated: [3] }));
  },
);

test('a QoS 2 message granted QoS 0 is published once for all that it was sent twice, as long as its session was kept', () => {
  theOne(atMostOnce, oneWay({ qos: 2, offered: 5, resent: [3] }, { granted: 0, duplicated: [3] }));
  expectNothing(
    atMostOnce,
    oneWay({ qos: 2, offered: 5, resent: [3], resentWithoutSession: [3] }, { granted: 0, duplicated: [3] }),
  );
});

test('copies of QoS 1 and QoS 2 messages are not its business', () => {
  expectNothing(atMostOnce, oneWay({ qos: 1, offered: 5 }, { duplicated: [3] }));
  expectNothing(atMostOnce, oneWay({ qos: 2, offered: 5 }, { duplicated: [3] }));
});
