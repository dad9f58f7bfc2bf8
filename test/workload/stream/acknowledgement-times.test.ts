import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checks } from '../../../src/checks/registry.ts';
import { AcknowledgementTimes } from '../../../src/workload/flows/stream/acknowledgement-times.ts';
import { input } from '../../support/histories.ts';
import { oneFlow } from '../../support/plans.ts';

describe('acknowledgement times', () => {
  const wanted = (...sequences: number[]) => new AcknowledgementTimes((one) => sequences.includes(one), { newest: 4 });

  test('are known of the newest messages', () => {
    const times = wanted();
    for (let sequence = 1; sequence <= 6; sequence++) times.note(sequence, sequence * 10);
    expect([1, 2, 3, 4, 5, 6, 7].map((sequence) => times.at(sequence))).toEqual([null, null, 30, 40, 50, 60, null]);
  });

  test('are kept of older ones that somebody wants', () => {
    const times = wanted(2);
    for (let sequence = 1; sequence <= 9; sequence++) times.note(sequence, sequence * 10);
    expect([1, 2, 3].map((sequence) => times.at(sequence))).toEqual([null, 20, null]);
  });

  test('that come late do not take the place of a newer one', () => {
    const times = wanted(1);
    times.note(5, 50);
    times.note(1, 60);
    expect([1, 5].map((sequence) => times.at(sequence))).toEqual([60, 50]);
  });

  test('are bounded: what nobody wants any more makes room, and what has no room is unknown', () => {
    let from = 1;
    const times = new AcknowledgementTimes((sequence) => sequence >= from, { newest: 1, older: 3 });
    for (let sequence = 1; sequence <= 5; sequence++) times.note(sequence, sequence);
    expect([1, 2, 3, 4, 5].map((sequence) => times.at(sequence))).toEqual([1, 2, 3, null, 5]);
    from = 3;
    times.note(6, 6);
    expect([1, 2, 3, 5, 6].map((sequence) => times.at(sequence))).toEqual([null, null, 3, 5, 6]);
  });
});

/** What happens to a message: when it is acknowledged and when it arrives, in messages that fall due until then; null for never. */
const fate = fc.record({
  acknowledgedAfter: fc.option(fc.integer({ min: 0, max: 12_000 }), { nil: null }),
  arrivesAfter: fc.option(fc.integer({ min: 0, max: 12_000 }), { nil: null }),
  arrivesAgainAfter: fc.option(fc.integer({ min: 0, max: 100 }), { nil: null }),
});

test('no evidence says that a message was acknowledged and not when', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.integer({ min: 1, max: 9_000 }).map(String), fate, { maxKeys: 40 }),
      fc.constantFrom(1, 2),
      (fates, qos) => {
        const { recorder, flow, subscription } = oneFlow({ qos });
        const truth = new Map<number, number>();
        const later = new Map<number, (() => void)[]>();
        const at = (step: number, act: () => void) => later.set(step, [...(later.get(step) ?? []), act]);
        for (let step = 1; step <= 22_000; step++) {
          if (step <= 9_000) {
            const sequence = recorder.due(flow, step);
            const { acknowledgedAfter, arrivesAfter, arrivesAgainAfter } = fates[sequence] ?? {
              acknowledgedAfter: 0,
              arrivesAfter: 0,
              arrivesAgainAfter: null,
            };
            const arrive = (nowMs: number) =>
              recorder.received(subscription, sequence, sequence, nowMs, { dup: false, messageId: 1 });
            if (acknowledgedAfter === null) flow.unknown.add(sequence);
            else
              at(step + acknowledgedAfter, () => {
                truth.set(sequence, step + acknowledgedAfter);
                recorder.acknowledged(flow, sequence, sequence, step + acknowledgedAfter);
              });
            if (arrivesAfter !== null) {
              at(step + arrivesAfter, () => arrive(step + arrivesAfter));
              if (arrivesAgainAfter !== null)
                at(step + arrivesAfter + arrivesAgainAfter, () => arrive(step + arrivesAfter + arrivesAgainAfter));
            }
          } else recorder.due(flow, step);
          // What falls due at the end is there to make the others old.
          if (step > 9_000) {
            recorder.acknowledged(flow, step, step, step);
            recorder.received(subscription, step, step, step, { dup: false });
          }
          for (const act of later.get(step) ?? []) act();
          later.delete(step);
        }
        const history = recorder.history(22_000);
        const shown = checks.flatMap((check) => {
          const result = check.run(input(history));
          return result.applicable ? result.findings : [];
        });
        for (const { facts } of shown.filter(({ facts }) => facts.outcome === 'ok')) {
          // A copy that comes when its message is long delivered everywhere finds the time gone, and the evidence says so.
          const isOldCopy = facts.secondDeliveryAtMs !== undefined && typeof facts.acknowledgedAtMs === 'string';
          if (!isOldCopy) expect(facts.acknowledgedAtMs).toBe(truth.get(facts.sequence as number));
        }
      },
    ),
    { numRuns: 20 },
  );
});
