import { describe, expect, test } from '@jest/globals';
import { expiry, toleranceMs } from '../../src/checks/expiry.ts';
import type { ExpiringMessage, ExpiringSession } from '../../src/workload/flows/expiry/facts.ts';
import { expectNothing, theOne } from '../support/histories.ts';
import { anExpiringMessage, anExpiringSession, ofKind } from '../support/kind-facts.ts';

const message = (shape: Partial<ExpiringMessage>) =>
  ofKind('expiry', { messages: [anExpiringMessage(shape)], sessions: [] });
const session = (shape: Partial<ExpiringSession>) =>
  ofKind('expiry', { messages: [], sessions: [anExpiringSession(shape)] });
/** Acknowledged at 1,000 ms with an interval of 10 s; its subscriber came back then. */
const returned = (returnedMs: number, remainingSeconds: number | null) => ({
  returnedMs,
  delivery: { atMs: returnedMs, remainingSeconds },
});

describe('an expired message', () => {
  test('that is delivered is a violation', () => {
    const finding = theOne(expiry, message(returned(21_000, 1)));
    expect(finding.what).toBe(
      'message 1 with an expiry interval of 10 s was delivered to sleeper at node2, although it had waited for at least 20 s',
    );
    expect(finding).toMatchObject({
      atMs: 21_000,
      clause: { v311: null, v5: 'MQTT-3.3.2-5' },
      facts: {
        ...{ client: 'sleeper', role: 'subscriber', node: 'node2', topic: 't/brief', sequence: 1 },
        ...{ publisher: 'sender', publisherNode: 'node1', expirySeconds: 10, remainingSeconds: 1 },
        ...{ writtenAtMs: 1_000, acknowledgedAtMs: 1_000, returnedAtMs: 21_000, deliveredAtMs: 21_000 },
      },
    });
  });

  test('that is deleted is none', () => {
    expectNothing(expiry, message({ returnedMs: 21_000, delivery: null }));
  });

  test.each([
    [11_000 + toleranceMs, false],
    [11_001 + toleranceMs, true],
  ])('may be late by the tolerance: a return at %d ms is too late: %s', (returnedMs, isOverdue) => {
    const history = message(returned(returnedMs, null));
    if (isOverdue) expect(theOne(expiry, history).clause?.v5).toBe('MQTT-3.3.2-5');
    else expectNothing(expiry, history);
  });

  test('legal: it comes late, and its delivery could begin in time, when its subscriber came back', () => {
    expectNothing(expiry, message({ returnedMs: 10_000, delivery: { atMs: 30_000, remainingSeconds: 1 } }));
  });

  test('legal: the server had it only at the acknowledgement; until then it did not wait there for certain', () => {
    expectNothing(expiry, message({ acknowledgedMs: 12_000, ...returned(21_000, 1) }));
  });
});

describe('the remainder of a message that waited 4 s of 10 s', () => {
  test.each([
    [3, false],
    [4, true],
    [6, true],
    [8, true],
    [9, false],
  ])('%d s is right: %s', (remainingSeconds, isRight) => {
    const history = message(returned(5_000, remainingSeconds));
    if (isRight) expectNothing(expiry, history);
    else expect(theOne(expiry, history).clause).toEqual({ v311: null, v5: 'MQTT-3.3.2-6' });
  });

  test('that did not count down is told with how long it waited', () => {
    const { what } = theOne(expiry, message({ acknowledgedMs: 1_200, ...returned(5_000, 10) }));
    expect(what).toBe(
      'message 1 reached sleeper at node2 with 10 s left of an expiry interval of 10 s, after it had waited for at least 3.8 s and at most 4 s',
    );
  });

  test('that is not said at all is a violation', () => {
    const finding = theOne(expiry, message(returned(5_000, null)));
    expect(finding.what).toBe(
      'message 1 reached sleeper at node2 without the expiry interval that it was published with',
    );
    expect(finding).toMatchObject({ clause: { v5: 'MQTT-3.3.2-6' }, facts: { remainingSeconds: null } });
  });

  test.each([
    [8_999, false],
    [9_000, true],
  ])('may be left out where the interval may be over: delivered at %d ms: %s', (atMs, isLegal) => {
    const history = message({ returnedMs: atMs, delivery: { atMs, remainingSeconds: null } });
    if (isLegal) expectNothing(expiry, history);
    else theOne(expiry, history);
  });

  test('may be anything between the shortest and the longest that it can have waited', () => {
    for (const remainingSeconds of [0, 4, 8])
      expectNothing(expiry, message({ returnedMs: 5_000, delivery: { atMs: 9_000, remainingSeconds } }));
  });
});

describe('a session', () => {
  test('that is kept within its interval is right, and so is one that is gone after it', () => {
    expectNothing(expiry, session({}));
    expectNothing(expiry, session({ returnedMs: 40_000, sessionPresent: false }));
  });

  test('that is still there after its interval is a violation', () => {
    const finding = theOne(expiry, session({ returnedMs: 41_000, connectedMs: 41_010 }));
    expect(finding.what).toBe(
      'sleeper at node2 was told session present = 1, although it had been away for 40 s and its session was to expire after 10 s',
    );
    expect(finding).toMatchObject({
      atMs: 41_010,
      clause: { v311: null, v5: 'MQTT-4.1.0-2' },
      facts: {
        ...{ client: 'sleeper', role: 'subscriber', node: 'node2', expirySeconds: 10, sessionPresent: true },
        ...{ disconnectedAtMs: 1_000, returnedAtMs: 41_000, connectedAtMs: 41_010 },
      },
    });
  });

  test.each([
    [11_000 + toleranceMs, false],
    [11_001 + toleranceMs, true],
  ])('may be there for the tolerance: a return at %d ms is too late: %s', (returnedMs, isOverdue) => {
    if (isOverdue) theOne(expiry, session({ returnedMs }));
    else expectNothing(expiry, session({ returnedMs }));
  });

  test('that is gone too soon is not judged here: session-state judges sessions that were lost', () => {
    expectNothing(expiry, session({ sessionPresent: false }));
  });
});

test('nothing is said of what a fault may have touched', () => {
  expectNothing(expiry, message({ ...returned(21_000, 1), struck: true }));
  expectNothing(expiry, message({ ...returned(5_000, null), struck: true }));
  expectNothing(expiry, session({ returnedMs: 41_000, struck: true }));
});
