import { describe, expect, test } from '@jest/globals';
import { exactlyOnce } from '../../src/checks/exactly-once.ts';
import { expectNothing, features, findings, input, oneWay, theOne } from '../support/histories.ts';

describe('violations', () => {
  test('a QoS 2 message that is delivered twice', () => {
    const finding = theOne(
      exactlyOnce,
      oneWay(
        { qos: 2, offered: 5 },
        { duplicated: [4], duplicateExamples: [{ sequence: 4, atMs: 2_000, dup: true, packetId: 17 }] },
      ),
    );
    expect(finding.what).toBe('message 4 of orders (QoS 2) was delivered more than once to subscriber at node2');
    expect(finding.facts).toMatchObject({
      secondDeliveryAtMs: 2_000,
      secondDeliveryDup: true,
      secondDeliveryPacketId: 17,
    });
  });

  test('a message sent again within its session is still one publication: the packet id says so', () => {
    expect(theOne(exactlyOnce, oneWay({ qos: 2, offered: 5, resent: [4] }, { duplicated: [4] })).facts.sentAgain).toBe(
      true,
    );
  });

  test('a second delivery without an example is shown at the time the message was due', () => {
    expect(theOne(exactlyOnce, oneWay({ qos: 2, offered: 5 }, { duplicated: [4] }))).toMatchObject({
      atMs: 1_300,
      facts: { secondDeliveryAtMs: null, secondDeliveryDup: null },
    });
  });

  test('all are counted', () => {
    expect(findings(exactlyOnce, oneWay({ qos: 2, offered: 500 }, { duplicated: [[101, 300]] })).count).toBe(200);
  });
});

describe('legal', () => {
  test('a second copy from an older session, which its client had to leave; not one of a later message', () => {
    expectNothing(exactlyOnce, oneWay({ qos: 2, offered: 9 }, { duplicated: [4], divided: [[1, 6]] }));
    const later = oneWay({ qos: 2, offered: 9 }, { duplicated: [4, 7], divided: [[1, 6]] });
    expect(theOne(exactlyOnce, later).facts.sequence).toBe(7);
  });

  test('a publisher that sent again after session present = 0 made a second publication', () => {
    expectNothing(
      exactlyOnce,
      oneWay({ qos: 2, offered: 5, resent: [4], resentWithoutSession: [4] }, { duplicated: [4] }),
    );
  });

  test('a QoS 2 message granted QoS 1 may arrive twice', () => {
    expect(exactlyOnce.run(input(oneWay({ qos: 2, offered: 5 }, { granted: 1, duplicated: [4] })))).toMatchObject({
      applicable: false,
    });
  });
});

test('without a QoS 2 subscription there is nothing to look at, and the reason is what was seen', () => {
  expect(
    exactlyOnce.run(
      input(oneWay({ qos: 1, offered: 5 }), { features: features({ qos2: 'a QoS 2 subscription is granted QoS 1' }) }),
    ),
  ).toEqual({ applicable: false, why: 'the broker has no QoS 2: a QoS 2 subscription is granted QoS 1' });
});
