import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { account } from '../../src/checks/accounting.ts';
import { noAcknowledgedLoss } from '../../src/checks/no-acknowledged-loss.ts';
import { checks } from '../../src/checks/registry.ts';
import type { FlowHistory, StreamFacts, SubscriptionHistory } from '../../src/workload/flows/stream/facts.ts';
import type { Qos } from '../../src/workload/flows/stream/plan.ts';
import { aFlow, aHistory, aSubscription, features, findings, input, intervals, oneWay } from '../support/histories.ts';

const qosValues: readonly Qos[] = [0, 1, 2];

describe('places', () => {
  test('every message and every delivery is in exactly one place', () => {
    const orders = aFlow({ id: 0, offered: 10, unknown: [5, 6], notSent: [10] });
    const telemetry = aFlow({ id: 1, name: 'telemetry', qos: 0, offered: 8, notSent: [1] });
    expect(
      account(
        aHistory({
          flows: [orders, telemetry],
          subscriptions: [
            aSubscription(orders, { clientId: 'a', missing: [2, 5], duplicated: [3, 4] }),
            aSubscription(orders, { clientId: 'b', session: 'clean', sessionEnded: [[6, 8]] }),
            aSubscription(telemetry, { missing: [3, 4] }),
          ],
        }),
      ),
    ).toEqual({
      published: 18,
      acknowledged: 7,
      unknown: 2,
      notSent: 2,
      unacknowledgeable: 7,
      owed: 28,
      delivered: 7 + 6 + 5,
      legallyUndelivered: {
        'never written by the publisher': 3,
        'QoS 0 (section 4.3.1)': 2,
        'clean session ended before delivery (section 3.1.2.4)': 3,
        'never acknowledged (outcome unknown)': 1,
      },
      lost: 1,
      legalDuplicates: { 'QoS 1 (section 4.3.2)': 2 },
    });
  });

  test('a message to which two rules apply is counted by one of them', () => {
    const { legallyUndelivered, owed, delivered, lost } = account(
      oneWay({ offered: 9, unknown: [4, 5], notSent: [6] }, { session: 'clean', sessionEnded: [[4, 6]] }),
    );
    expect(Object.values(legallyUndelivered).reduce((sum, count) => sum + count, 0)).toBe(3);
    expect([owed, delivered, lost]).toEqual([9, 6, 0]);
  });

  test('a violation of exactly-once or at-most-once is no legal duplicate', () => {
    expect(account(oneWay({ qos: 2, offered: 9 }, { duplicated: [4] })).legalDuplicates).toEqual({});
    expect(account(oneWay({ qos: 2, offered: 9 }, { duplicated: [4, 7], divided: [[1, 6]] })).legalDuplicates).toEqual({
      'QoS 2 of an older session, which its client had to leave at another node': 1,
    });
    expect(account(oneWay({ qos: 0, offered: 9 }, { duplicated: [4] })).legalDuplicates).toEqual({});
  });

  test('duplicates of messages that were published twice are legal, and all those of QoS 1 messages', () => {
    const again = { offered: 9, resent: [4], resentWithoutSession: [4] };
    expect(account(oneWay({ qos: 2, ...again }, { duplicated: [4, 5] })).legalDuplicates).toEqual({
      'QoS 2 published again after its session was lost': 1,
    });
    expect(account(oneWay({ qos: 1, ...again }, { granted: 0, duplicated: [4, 5] })).legalDuplicates).toEqual({
      'QoS 0 granted to a message of a higher QoS': 2,
    });
  });

  test('nothing at all adds up to nothing', () => {
    expect(account(aHistory({}))).toMatchObject({ published: 0, owed: 0, delivered: 0, lost: 0 });
  });
});

describe('books that do not add up are not printed', () => {
  const flow = aFlow({ offered: 9 });
  const withFlow = (change: Partial<FlowHistory>): StreamFacts => aHistory({ flows: [{ ...flow, ...change }] });

  test('a message without an outcome', () => {
    expect(() => account(withFlow({ acknowledged: intervals([1, 8]) }))).toThrow('orders: 1 of 9 messages');
  });

  test('a message with two outcomes', () => {
    expect(() => account(withFlow({ unknown: intervals(9) }))).toThrow('orders');
  });

  test('one without and one with two, which a mere sum would not see', () => {
    expect(() => account(withFlow({ acknowledged: intervals([1, 8]), unknown: intervals(8) }))).toThrow('orders');
  });

  test('an outcome of a message that was never due', () => {
    expect(() => account(withFlow({ acknowledged: intervals([1, 8], 10) }))).toThrow('orders');
  });

  test('a QoS 0 message that was both never written and acknowledged', () => {
    const telemetry = aFlow({ qos: 0, offered: 9, notSent: [3] });
    expect(() => account(aHistory({ flows: [{ ...telemetry, acknowledged: intervals(3) }] }))).toThrow('orders');
  });

  test('a delivery of a message that was never due', () => {
    expect(() => account(oneWay({ offered: 9 }, { received: [[1, 10]] }))).toThrow('of 9 deliveries owed');
  });
});

/** Any history that a recorder could have written. */
const anyHistory: fc.Arbitrary<StreamFacts> = fc
  .array(
    fc.record({
      qos: fc.constantFrom(...qosValues),
      outcomes: fc.array(fc.constantFrom('ok', 'info', 'fail'), { maxLength: 40 }),
      subscriptions: fc.array(
        fc.record({
          granted: fc.constantFrom(...qosValues),
          session: fc.constantFrom('clean' as const, 'persistent' as const),
          fates: fc.array(fc.constantFrom('arrived', 'twice', 'missing', 'ended'), { minLength: 40, maxLength: 40 }),
          resent: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 5 }),
        }),
        { maxLength: 3 },
      ),
    }),
    { maxLength: 4 },
  )
  .map((shapes) => {
    const subscriptions: SubscriptionHistory[] = [];
    const flows = shapes.map(({ qos, outcomes, subscriptions: wanted }, id) => {
      const numbers = (outcome: string): number[] => outcomes.flatMap((o, i) => (o === outcome ? [i + 1] : []));
      const flow = aFlow({
        id,
        qos,
        offered: outcomes.length,
        unknown: qos === 0 ? [] : numbers('info'),
        notSent: numbers('fail'),
        resent: wanted.flatMap(({ resent }) => resent).filter((sequence) => sequence <= outcomes.length),
      });
      wanted.forEach(({ granted, session, fates }, i) => {
        const of = (...names: string[]): number[] =>
          outcomes.flatMap((_, j) => (names.includes(fates[j] as string) ? [j + 1] : []));
        subscriptions.push(
          aSubscription(flow, {
            clientId: `s${i}`,
            granted,
            session,
            received: of('arrived', 'twice'),
            duplicated: of('twice'),
            sessionEnded: of('ended'),
          }),
        );
      });
      return flow;
    });
    return aHistory({ flows, subscriptions });
  });

describe('for any history', () => {
  test('the accounting adds up, and its losses are those of no-acknowledged-loss', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const totals = account(history);
        expect(totals.acknowledged + totals.unknown + totals.notSent + totals.unacknowledgeable).toBe(totals.published);
        const legal = Object.values(totals.legallyUndelivered).reduce((sum, count) => sum + count, 0);
        expect(totals.delivered + legal + totals.lost).toBe(totals.owed);
        expect(totals.lost).toBe(findings(noAcknowledgedLoss, history).count);
      }),
      { numRuns: 300 },
    );
  });

  test('every duplicate is legal or found by exactly one check', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const legal = Object.values(account(history).legalDuplicates).reduce((sum, count) => sum + count, 0);
        const found = checks
          .filter(({ id }) => id === 'at-most-once' || id === 'exactly-once')
          .map((check) => check.run(input(history)))
          .reduce((sum, result) => sum + (result.applicable ? result.count : 0), 0);
        const all = history.subscriptions
          .flatMap(({ duplicated }) => duplicated)
          .reduce((sum, [first, last]) => sum + last - first + 1, 0);
        expect(legal + found).toBe(all);
      }),
      { numRuns: 300 },
    );
  });
});

/** Everything delivered, in order, once. */
const cleanHistory = fc
  .array(fc.record({ qos: fc.constantFrom(...qosValues), offered: fc.integer({ min: 1, max: 1_000_000 }) }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((shapes) => {
    const flows = shapes.map((shape, id) => aFlow({ id, name: `flow ${id}`, ...shape }));
    return aHistory({ flows, subscriptions: flows.flatMap((flow) => [aSubscription(flow), aSubscription(flow)]) });
  });

test('a history in which all arrived in order and once has no finding in any check', () => {
  fc.assert(
    fc.property(cleanHistory, (history) => {
      const around = {
        features: features(),
        paths: {
          startedMs: 0,
          endedMs: 9,
          accepted: [{ node: 'node1', atMs: 5 }],
          paths: [{ from: 'node1', to: 'node1', filter: 'exact' as const, atMs: 9, acknowledged: 1, refused: false }],
        },
      };
      for (const check of checks) {
        const result = check.run(input(history, around));
        expect(result.applicable ? result.count : 0).toBe(0);
      }
    }),
    { numRuns: 100 },
  );
});

test('one acknowledged delivery less is exactly one loss', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<Qos>(1, 2),
      fc
        .integer({ min: 1, max: 500 })
        .chain((offered) => fc.tuple(fc.constant(offered), fc.integer({ min: 1, max: offered }))),
      (qos, [offered, gone]) => {
        const history = oneWay({ qos, offered }, { missing: [gone] });
        expect(account(history).lost).toBe(1);
        const violated = checks.flatMap((check) => {
          const result = check.run(input(history));
          return result.applicable && result.count > 0
            ? [[check.id, result.count, result.findings[0]?.facts.sequence]]
            : [];
        });
        expect(violated).toEqual([['no-acknowledged-loss', 1, gone]]);
      },
    ),
    { numRuns: 200 },
  );
});
