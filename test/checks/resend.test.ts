import { describe, expect, test } from '@jest/globals';
import { resend } from '../../src/checks/resend.ts';
import type { Break, Pending } from '../../src/workload/flows/inflight/facts.ts';
import { expectNothing, findings, theOne } from '../support/histories.ts';
import { aBreak, aPending, ofKind } from '../support/kind-facts.ts';

const quietMs = 8_000;
const broke = (pending: Partial<Pending>, shape: Partial<Break> = {}) =>
  ofKind('inflight', { breaks: [aBreak([aPending(pending)], shape)] });
const publishAgain = { atMs: 3_010, packet: 'publish', dup: true, same: true } as const;
const pubrelAgain = { atMs: 3_010, packet: 'pubrel', dup: false, same: true } as const;
const waitingForPubcomp = { qos: 2, waitingFor: 'pubrel' } as const;

describe('a PUBLISH that was not acknowledged', () => {
  test.each([1, 2] as const)('comes again at QoS %d, with its packet id and DUP', (qos) => {
    expectNothing(resend, broke({ qos }), { quietMs });
  });

  test('that does not come again is a violation', () => {
    const finding = theOne(resend, broke({ again: null }), { quietMs });
    expect(finding.what).toBe(
      'PUBLISH 7 (QoS 1) did not come again to breaker at node1 after it had come back to its session without having acknowledged it',
    );
    expect(finding.clause).toBeUndefined();
    expect(finding).toMatchObject({
      atMs: 3_000,
      facts: {
        ...{ client: 'breaker', role: 'subscriber', node: 'node1', topic: 't/slow', packetId: 7, qos: 1, sequence: 3 },
        ...{ waitingFor: 'publish', brokeOffAtMs: 2_000, returnedAtMs: 3_000 },
        ...{ sentAgainAtMs: null, sentAgainAs: null, sentAgainWithDup: null },
      },
    });
  });

  test('that comes again without DUP violates the clause about DUP', () => {
    const finding = theOne(resend, broke({ again: { ...publishAgain, dup: false } }), { quietMs });
    expect(finding.what).toBe('PUBLISH 7 (QoS 1) came again to breaker at node1 without DUP');
    expect(finding).toMatchObject({
      atMs: 3_010,
      facts: { sentAgainAs: 'publish', sentAgainWithDup: false },
      clause: { v311: 'MQTT-3.3.1-1', v5: 'MQTT-3.3.1-1' },
    });
  });

  test('whose packet id another message has got is a violation, however short the connection', () => {
    const other = { again: { ...publishAgain, dup: false, same: false } };
    const { what } = theOne(resend, broke(other, { lastedMs: 20 }), { quietMs });
    expect(what).toBe(
      'another message came to breaker at node1 with packet id 7, which was in flight when the client broke off',
    );
  });
});

describe('a PUBREL in the place of a PUBLISH', () => {
  test('for which no PUBREC was written is a violation', () => {
    const finding = theOne(resend, broke({ qos: 2, again: pubrelAgain }), { quietMs });
    expect(finding.what).toBe(
      'PUBREL 7 came to breaker at node1 after it had come back to its session, though it had written no PUBREC for PUBLISH 7',
    );
    expect(finding).toMatchObject({
      facts: { waitingFor: 'publish', sentAgainAs: 'pubrel' },
      clause: { v311: 'MQTT-4.3.3-1', v5: 'MQTT-4.3.3-3' },
    });
  });

  test('is legal where a PUBREC was written on an earlier connection: the broker may have got it', () => {
    expectNothing(resend, broke({ qos: 2, maybeReceived: true, again: pubrelAgain }), { quietMs });
  });
});

describe('a PUBREL that was not acknowledged', () => {
  test('comes again with its packet id, and has no DUP', () => {
    expectNothing(resend, broke({ ...waitingForPubcomp, again: pubrelAgain }), { quietMs });
  });

  test('that does not come again is a violation', () => {
    const { what } = theOne(resend, broke({ ...waitingForPubcomp, again: null }), { quietMs });
    expect(what).toContain('PUBREL 7 did not come again to breaker at node1');
  });

  test.each([true, false])('must not be followed by its PUBLISH, with DUP or not: %s', (dup) => {
    const finding = theOne(resend, broke({ ...waitingForPubcomp, again: { ...publishAgain, dup } }), { quietMs });
    expect(finding.what).toBe('PUBLISH 7 came again to breaker at node1 after its PUBREL had come');
    expect(finding.clause).toEqual({ v311: 'MQTT-4.3.3-1', v5: 'MQTT-4.3.3-6' });
  });
});

describe('legal', () => {
  test.each([
    [7_999, false],
    [8_000, true],
  ])('nothing came on a connection of %d ms, where the scenario waits 8,000 ms: a violation is %s', (lastedMs, is) => {
    const history = broke({ again: null }, { lastedMs });
    if (is) theOne(resend, history, { quietMs });
    else expectNothing(resend, history, { quietMs });
  });

  test.each<[string, Partial<Break>]>([
    ['the session was lost: session-state judges it', { sessionPresent: false }],
    ['a fault may have touched it', { struck: true }],
  ])('%s', (_, shape) => {
    for (const again of [null, { ...publishAgain, dup: false }, { ...publishAgain, same: false }]) {
      theOne(resend, broke({ again }), { quietMs });
      expectNothing(resend, broke({ again }, shape), { quietMs });
    }
  });

  test('a client that had acknowledged everything is owed nothing', () => {
    expectNothing(resend, ofKind('inflight', { breaks: [aBreak([])] }), { quietMs });
  });
});

test('each packet is judged by itself', () => {
  const pending = [aPending(), aPending({ packetId: 8, again: null }), aPending({ packetId: 9, again: null })];
  const { count, findings: shown } = findings(resend, ofKind('inflight', { breaks: [aBreak(pending)] }), { quietMs });
  expect(count).toBe(2);
  expect(shown.map(({ facts }) => facts.packetId)).toEqual([8, 9]);
});
