import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CleanSession, propagationMs } from '../../../src/workload/flows/stream/clean-session.ts';
import { intervals, type Numbers, setOf } from '../../support/histories.ts';

/** The session ends when ten messages have fallen due. */
function ended(options: {
  isSameNode?: boolean;
  received?: Numbers;
  inFlightFrom?: number;
  unacknowledged?: Numbers;
  resent?: Numbers;
}): CleanSession {
  const { isSameNode = true, received = [[1, 10]], inFlightFrom = 1, unacknowledged = [], resent = [] } = options;
  const session = new CleanSession({ isSameNode });
  session.ended({
    written: 10,
    inFlightFrom,
    received: setOf(received),
    acknowledged: setOf([[1, 10]]).minus(setOf(unacknowledged)),
    resent: setOf(resent),
  });
  return session;
}

describe('what was in flight', () => {
  test('is what followed the newest message that had arrived', () => {
    expect(ended({ received: [[1, 7]] }).look(10).sessionEnded).toEqual([[8, 10]]);
  });

  test('is not what had been due for so long that it was not in flight any more', () => {
    expect(ended({ received: [[1, 2]], inFlightFrom: 6 }).look(10).sessionEnded).toEqual([[6, 10]]);
  });

  test('is not a message whose successor had arrived, but for one that was not acknowledged or was sent again', () => {
    const missing = { received: [1, 3, 5, 7, [9, 10]] as const };
    expect(ended(missing).look(10).sessionEnded).toEqual([]);
    expect(ended({ ...missing, unacknowledged: [4], resent: [6] }).look(10).sessionEnded).toEqual(intervals(4, 6));
  });
});

describe('what falls due before the next session is subscribed', () => {
  test('cannot arrive: while no SUBACK has come it is unreachable, and after it not owed', () => {
    const session = ended({});
    expect(session.look(15)).toEqual({ sessionEnded: [], unreachable: [[11, 15]] });
    session.subscribed(20, 1_000, propagationMs);
    expect(session.look(30)).toEqual({ sessionEnded: [[11, 20]], unreachable: [] });
  });

  test('and after it is owed: at the same node from the SUBACK on', () => {
    const session = ended({});
    session.subscribed(20, 1_000, propagationMs);
    for (let sequence = 21; sequence <= 40; sequence++) session.written(sequence, 1_001, true);
    expect(session.look(40).sessionEnded).toEqual([[11, 20]]);
  });

  test('at another node from the first message that shows the subscription to be known there', () => {
    const session = ended({ isSameNode: false });
    session.subscribed(20, 1_000, propagationMs);
    for (let sequence = 21; sequence <= 30; sequence++) session.written(sequence, 1_001, true);
    // A straggler of before the SUBACK shows nothing.
    session.received(19);
    expect(session.look(30).sessionEnded).toEqual([[11, 30]]);
    session.received(25);
    expect(session.look(30).sessionEnded).toEqual([[11, 24]]);
  });

  test('at another node, with nothing arriving, until the bound and no longer', () => {
    const session = ended({ isSameNode: false });
    session.subscribed(20, 1_000, propagationMs);
    session.written(21, 1_000 + propagationMs - 1, true);
    session.written(22, 1_000 + propagationMs, true);
    session.written(23, 1_000 + propagationMs + 500, true);
    session.received(23);
    expect(session.look(23).sessionEnded).toEqual([[11, 21]]);
  });
});

test('a fault that keeps the nodes from each other stops the clock of the bound', () => {
  const session = ended({ isSameNode: false });
  session.subscribed(20, 1_000, propagationMs);
  for (let i = 0; i < 50; i++) session.written(21 + i, 1_000 + i * 100, i >= 40);
  session.written(71, 6_000, true);
  // Impossible until 4.9 s, and a second after that.
  expect(session.look(71).sessionEnded).toEqual([[11, 69]]);
});

test('a connection that is lost again before its SUBACK prolongs the same absence', () => {
  const session = ended({});
  session.ended({
    written: 18,
    inFlightFrom: 1,
    received: setOf([[1, 10]]),
    acknowledged: setOf([]),
    resent: setOf([]),
  });
  session.subscribed(20, 0, propagationMs);
  expect(session.look(25).sessionEnded).toEqual([[11, 20]]);
});

test('whatever happens, a broker that delivers nothing after the SUBACK owes all that was written later than the bound', () => {
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 60 }),
      (isSameNode, gapsMs) => {
        const session = ended({ isSameNode });
        session.subscribed(10, 0, propagationMs);
        let atMs = 0;
        const owed = new Set<number>();
        gapsMs.forEach((gapMs, i) => {
          atMs += gapMs;
          session.written(11 + i, atMs, true);
          if (isSameNode || atMs >= propagationMs) owed.add(11 + i);
        });
        const excused = setOf(session.look(10 + gapsMs.length).sessionEnded);
        for (const sequence of owed) expect(excused.has(sequence)).toBe(false);
      },
    ),
    { numRuns: 200 },
  );
});
