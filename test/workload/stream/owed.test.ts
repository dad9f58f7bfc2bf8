import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { effectiveQos, owedAndMissing } from '../../../src/workload/flows/stream/owed.ts';
import { IntervalSet } from '../../../src/workload/interval-set.ts';

const set = (...members: readonly number[]): IntervalSet => IntervalSet.from(members.map((one) => [one, one] as const));
const members = (of: IntervalSet): number[] => of.first(1_000);

describe('what a subscription is owed and has not got', () => {
  const missing = (delivery: Partial<Parameters<typeof owedAndMissing>[0]>): number[] =>
    members(owedAndMissing({ qos: 1, acknowledged: set(1, 2, 3), received: set(), excused: () => [], ...delivery }));

  test('is what was acknowledged and has not arrived', () => {
    expect(missing({ received: set(2) })).toEqual([1, 3]);
    expect(missing({ received: set(1, 2, 3) })).toEqual([]);
  });

  test('is nothing at QoS 0, and nothing that was never acknowledged', () => {
    expect(missing({ qos: 0 })).toEqual([]);
    expect(missing({ acknowledged: set() })).toEqual([]);
  });

  test('is not what an ended session or an absent client excuses', () => {
    expect(missing({ excused: () => [set(1), set(3)] })).toEqual([2]);
  });

  test('is for any sets the same as going through the messages one by one', () => {
    const some = fc.uniqueArray(fc.integer({ min: 1, max: 40 }));
    fc.assert(
      fc.property(some, some, some, (acknowledged, received, excused) => {
        const expected = acknowledged.filter((one) => !received.includes(one) && !excused.includes(one));
        const found = missing({
          acknowledged: set(...acknowledged),
          received: set(...received),
          excused: () => [set(...excused)],
        });
        expect(found).toEqual(expected.sort((a, b) => a - b));
      }),
    );
  });
});

test('a delivery is owed at the lower of the two QoS', () => {
  expect([effectiveQos(2, 1), effectiveQos(1, 2), effectiveQos(0, 2), effectiveQos(2, 2)]).toEqual([1, 1, 0, 2]);
});
