import { expect, test } from '@jest/globals';
import { integrity } from '../../src/checks/integrity.ts';
import type { OddityKind } from '../../src/workload/flows/stream/facts.ts';
import { aHistory, expectNothing, findings, oneWay, theOne } from '../support/histories.ts';

const oddity = {
  clientId: 'subscriber',
  node: 'node2',
  topic: 't/orders',
  atMs: 4_200,
  detail: '40 bytes of something',
};

test.each<[OddityKind, string]>([
  ['corrupt', 'payload that its CRC-32 does not match'],
  ['foreign', 'nobody published'],
  ['invented', 'sequence number that had not been published'],
  ['unsubscribed', 'had not subscribed to'],
])('a message that is %s violates integrity', (kind, words) => {
  const finding = theOne(integrity, aHistory({ oddities: { [kind]: [oddity] } }));
  expect(finding.what).toContain(words);
  expect(finding.what).toContain('subscriber at node2 got 40 bytes of something');
  expect(finding).toMatchObject({
    atMs: 4_200,
    facts: { subscriber: 'subscriber', subscriberNode: 'node2', topic: 't/orders' },
  });
});

test('a message that was never written must not arrive', () => {
  const finding = theOne(integrity, oneWay({ offered: 9, notSent: [4] }, { received: [[1, 9]] }));
  expect(finding.what).toContain('message 4 of orders reached subscriber');
  expect(finding.facts).toMatchObject({
    sequence: 4,
    outcome: 'fail',
    subscriber: 'subscriber',
    receivedBy: 'subscriber',
  });
});

test('a message of unknown outcome may arrive, and may stay away', () => {
  expectNothing(integrity, oneWay({ offered: 9, unknown: [4, 5] }, { missing: [5] }));
});

test('a message that was lost is no matter of integrity', () => {
  expectNothing(integrity, oneWay({ offered: 9 }, { missing: [[2, 8]] }));
});

test('every oddity is counted, though only a few of each kind are shown', () => {
  const many = Array.from({ length: 25 }, (_, i) => ({ ...oddity, atMs: i }));
  const seen = findings(integrity, aHistory({ oddities: { corrupt: many, foreign: many } }));
  expect(seen.count).toBe(50);
  expect(seen.findings.map(({ atMs }) => atMs)).toEqual([0, 1, 2, 0, 1, 2]);
});
