import { describe, expect, test } from '@jest/globals';
import { ordering } from '../../src/checks/ordering.ts';
import { aFlow, aHistory, aSubscription, expectNothing, findings, oneWay, theOne } from '../support/histories.ts';

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

describe('legal', () => {
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
