import { describe, expect, test } from '@jest/globals';
import { willOnce } from '../../src/checks/will-once.ts';
import type { Will, WillEnd } from '../../src/workload/flows/will/facts.ts';
import { expectNothing, theOne } from '../support/histories.ts';
import { aWill, ofWills } from '../support/kind-facts.ts';

const unseen = { seen: [] };
const unpleasantEnds: WillEnd[] = ['drop', 'silence', 'takeover', 'disconnect-with-will'];

describe('a will is sent', () => {
  test.each(unpleasantEnds)('after an end by %s', (end) => {
    expectNothing(willOnce, ofWills(aWill({ end })));
  });

  test.each([
    ['drop', 'closed its socket without DISCONNECT', 'MQTT-3.1.2-8'],
    ['silence', 'fell silent, so that its keepalive ran out', 'MQTT-3.1.2-8, MQTT-3.1.2-24'],
    ['takeover', 'was replaced by a new connection of its client id', 'MQTT-3.1.2-8'],
    ['disconnect-with-will', 'sent DISCONNECT with reason code 4, which asks for the will', 'MQTT-3.1.2-8'],
  ] as const)('and one that is missing after an end by %s is a violation', (end, words, clause) => {
    const finding = theOne(willOnce, ofWills(aWill({ end, ...unseen })));
    expect(finding.what).toBe(`the will of mortal at node1 was never sent, although the client ${words}`);
    expect(finding.clause?.v311).toBe(clause);
    expect(finding).toMatchObject({
      atMs: 5_000,
      facts: {
        ...{ client: 'mortal', role: 'publisher', node: 'node1', topic: 't/will', will: 1, qos: 1, end },
        ...{ connectedAtMs: 1_000, endedAtMs: 5_000, dueAtMs: 5_000 },
        ...{ seenBy: 'none', copies: 0, watchedBy: 'observer-1' },
      },
    });
  });

  test('legal: nobody could see it who was subscribed at its node all the time', () => {
    expectNothing(willOnce, ofWills(aWill({ ...unseen, watchedBy: [] })));
  });

  test('legal: at QoS 0 it may be lost on its way', () => {
    expectNothing(willOnce, ofWills(aWill({ qos: 0, ...unseen })));
  });

  test('legal: messages were still arriving when waiting was given up', () => {
    expectNothing(willOnce, ofWills(aWill(unseen)), { stillArriving: true });
  });

  test('legal: one observer has it and another one has not', () => {
    expectNothing(willOnce, ofWills(aWill({ watchedBy: [0, 1] })));
  });
});

describe('a will is not sent', () => {
  test('after DISCONNECT', () => {
    expectNothing(willOnce, ofWills(aWill({ end: 'disconnect', ...unseen })));
  });

  test('and one that comes after DISCONNECT is a violation, whoever saw it', () => {
    const will = aWill({ end: 'disconnect', watchedBy: [], seen: [{ observer: 1, copies: 1, firstMs: 5_300 }] });
    const finding = theOne(willOnce, ofWills(will), { stillArriving: true });
    expect(finding.what).toBe('the will of mortal at node1 was sent, although the client sent DISCONNECT');
    expect(finding).toMatchObject({
      atMs: 5_300,
      facts: { seenBy: 'observer-2', copies: 1, watchedBy: 'none' },
      clause: { v311: 'MQTT-3.1.2-10, MQTT-3.14.4-3', v5: 'MQTT-3.1.2-10, MQTT-3.14.4-3' },
    });
  });

  test('to a client that came back before its will delay was over (MQTT 5)', () => {
    expectNothing(willOnce, ofWills(aWill({ returnedInTime: true, ...unseen })));
    const finding = theOne(willOnce, ofWills(aWill({ returnedInTime: true })));
    expect(finding.what).toContain('was sent, although the client came back before its will delay was over');
    expect(finding.clause).toEqual({ v311: null, v5: 'MQTT-3.1.3-9' });
  });
});

describe('a second copy', () => {
  const twice = { seen: [{ observer: 0, copies: 2, firstMs: 5_020 }] };

  test('of a QoS 2 will is a violation', () => {
    const finding = theOne(willOnce, ofWills(aWill({ qos: 2, ...twice })));
    expect(finding.what).toBe('the will of mortal at node1 (QoS 2) was delivered more than once');
    expect(finding).toMatchObject({
      atMs: 5_020,
      facts: { copies: 2 },
      clause: { v5: 'MQTT-3.1.2-10, MQTT-4.3.3-10' },
    });
  });

  test('of a QoS 1 will is legal', () => {
    expectNothing(willOnce, ofWills(aWill({ qos: 1, ...twice })));
  });

  test('is another thing than one copy for each of two observers', () => {
    const seen = [0, 1].map((observer) => ({ observer, copies: 1, firstMs: 5_020 }));
    expectNothing(willOnce, ofWills(aWill({ qos: 2, seen })));
  });
});

test.each<[string, Partial<Will>]>([
  ['missing', unseen],
  ['unasked', { end: 'disconnect' }],
  ['twice', { qos: 2, seen: [{ observer: 0, copies: 2, firstMs: 5_020 }] }],
])('nothing is said of a will that a fault may have touched: %s', (_, shape) => {
  theOne(willOnce, ofWills(aWill(shape)));
  expectNothing(willOnce, ofWills(aWill({ ...shape, struck: true })));
});

test('each will is judged by itself', () => {
  const { facts } = theOne(willOnce, ofWills(aWill(), aWill({ number: 2, ...unseen }), aWill({ number: 3 })));
  expect(facts.will).toBe(2);
});
