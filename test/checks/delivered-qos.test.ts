import { expect, test } from '@jest/globals';
import { deliveredQos } from '../../src/checks/delivered-qos.ts';
import { aFlow, aHistory, aSubscription, expectNothing, findings, oneWay, theOne } from '../support/histories.ts';

test('a QoS 2 message that arrives at QoS 0, though QoS 1 was granted, arrives at the wrong QoS', () => {
  const history = oneWay({ qos: 2, offered: 9 }, { granted: 1, wrongQos: [{ sequence: 4, atMs: 1_900, qos: 0 }] });
  const finding = theOne(deliveredQos, history);
  expect(finding.what).toBe(
    'message 4 of orders (QoS 2) reached subscriber at node2 at QoS 0; it was granted QoS 1, so that QoS 1 is right',
  );
  expect(finding).toMatchObject({
    atMs: 1_900,
    facts: { client: 'subscriber', sequence: 4, deliveredQos: 0, grantedQos: 1, wrongOnThisSubscription: 1 },
  });
});

test('more than was published is as wrong as less than was granted', () => {
  const { what } = theOne(
    deliveredQos,
    oneWay({ qos: 0, offered: 9 }, { granted: 2, wrongQos: [{ sequence: 4, atMs: 1_900, qos: 1 }] }),
  );
  expect(what).toContain('(QoS 0) reached subscriber at node2 at QoS 1; it was granted QoS 2, so that QoS 0 is right');
});

test('every wrong delivery is counted, and each subscription is shown once', () => {
  const flow = aFlow({ qos: 2, offered: 9 });
  const wrong = [4, 5, 6].map((sequence) => ({ sequence, atMs: 1_900, qos: 0 as const }));
  const { count, findings: shown } = findings(
    deliveredQos,
    aHistory({
      flows: [flow],
      subscriptions: [
        aSubscription(flow, { clientId: 'a', wrongQos: wrong }),
        aSubscription(flow, { clientId: 'b', wrongQos: wrong.slice(0, 1) }),
        aSubscription(flow, { clientId: 'c' }),
      ],
    }),
  );
  expect(count).toBe(4);
  expect(shown.map(({ facts }) => [facts.client, facts.wrongOnThisSubscription])).toEqual([
    ['a', 3],
    ['b', 1],
  ]);
});

test('legal: a message at the lower of both QoS, which the recorder does not note as wrong', () => {
  expectNothing(deliveredQos, oneWay({ qos: 2, offered: 9 }, { granted: 1 }));
});

test('legal: a second copy of a QoS 1 message where QoS 0 was granted, and a message that is missing', () => {
  expectNothing(deliveredQos, oneWay({ qos: 1, offered: 9 }, { granted: 0, duplicated: [4], missing: [7] }));
});
