import { describe, expect, test } from '@jest/globals';
import { integrity } from '../../src/checks/integrity.ts';
import type { OddityKind } from '../../src/workload/flows/stream/facts.ts';
import type { Leave } from '../../src/workload/flows/unsubscribe/facts.ts';
import { aHistory, expectNothing, findings, oneWay, theOne } from '../support/histories.ts';
import { aLeave, ofKind } from '../support/kind-facts.ts';

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

describe('after UNSUBACK', () => {
  const left = (shape: Partial<Leave>) => ofKind('unsubscribe', { leaves: [aLeave(shape)] });
  const late = { sequence: 31, writtenMs: 5_000, atMs: 5_020 };

  test('a message that was written long after it must not arrive', () => {
    const finding = theOne(integrity, left({ arrived: [late], arrivedCount: 1 }));
    expect(finding.what).toBe(
      'leaver at node2 got a message of t/left that talker wrote at node1 later than 1 s after UNSUBACK: the first one was written 3 s after it',
    );
    expect(finding).toEqual({
      what: finding.what,
      atMs: 5_020,
      facts: {
        ...{ client: 'leaver', role: 'subscriber', node: 'node2', topic: 't/left' },
        ...{ publisher: 'talker', publisherNode: 'node1', sequence: 31, unsubackAtMs: 2_000, writtenAtMs: 5_000 },
        arrived: 1,
      },
      clause: { v311: 'MQTT-3.10.4-2', v5: 'MQTT-3.10.4-2' },
    });
  });

  test('all of them are counted, and each leave is shown once', () => {
    const { count, findings: shown } = findings(integrity, left({ arrived: [late], arrivedCount: 12 }));
    expect(count).toBe(12);
    expect(shown).toHaveLength(1);
    expect(shown[0]?.what).toContain('leaver at node2 got 12 messages of t/left');
  });

  test('legal: nothing arrives but what was written before it or soon after, which is not noted', () => {
    expectNothing(integrity, left({}));
  });

  test('legal: whatever arrives while a fault is in force or when the connection broke', () => {
    expectNothing(integrity, left({ arrived: [late], arrivedCount: 1, struck: true }));
  });
});
