import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { account } from '../../src/checks/accounting.ts';
import { checks } from '../../src/checks/registry.ts';
import { flowKindNames } from '../../src/model/flow-kinds.ts';
import { noStreams, type SubscriptionHistory } from '../../src/workload/flows/stream/facts.ts';
import { input } from '../support/histories.ts';
import { illegalEdits } from '../support/illegal-edits.ts';
import { kindModels, legalHistories, type Seen } from '../support/kind-models.ts';

/*
 * Random legal histories, from a small model of MQTT delivery with crashes, reconnects, duplicates, partitions, takeovers and expiry, never
 * give a violation. One illegal edit always gives the right one, and no other. 10,000 cases in all.
 */
const streamCases = 2_900;
const casesOfOtherKinds = 300;
const casesOfEach = Math.ceil(5_000 / illegalEdits.length);

/** Invariants that are violated, with what was found. */
function violated({ history, paths }: Seen): Record<string, readonly string[]> {
  const around = input(history, { paths, mqttVersion: 5 });
  return Object.fromEntries(
    checks.flatMap((check) => {
      const result = check.run(around);
      return result.applicable && result.count > 0 ? [[check.id, result.findings.map(({ what }) => what)]] : [];
    }),
  );
}

describe('a legal history violates nothing, and its books add up', () => {
  test.each(flowKindNames.map((kind) => ({ kind, cases: kind === 'stream' ? streamCases : casesOfOtherKinds })))(
    '$cases of the kind $kind',
    ({ kind, cases }) => {
      fc.assert(
        fc.property(legalHistories(kind), (seen) => {
          expect(violated(seen)).toEqual({});
          expect(account(seen.history.facts.stream ?? noStreams).lost).toBe(0);
        }),
        { numRuns: cases },
      );
    },
  );
});

test('the model has what is legal and looks odd: duplicates, disorder, ended sessions, queues, publications made twice', () => {
  const all = fc.sample(kindModels.stream, { numRuns: 300, seed: 1 });
  const some = (is: (subscription: SubscriptionHistory) => boolean) =>
    all.filter(({ subscriptions }) => subscriptions.some(is)).length;
  expect(some(({ duplicated }) => duplicated.length > 0)).toBeGreaterThan(30);
  expect(some(({ overtaken }) => overtaken.length > 0)).toBeGreaterThan(30);
  expect(some(({ sessionEnded }) => sessionEnded.length > 0)).toBeGreaterThan(30);
  expect(all.filter(({ flows }) => flows[0]?.resentWithoutSession.length).length).toBeGreaterThan(30);
  expect(
    all.filter(({ sessions }) => sessions.some(({ connections }) => connections.length > 2)).length,
  ).toBeGreaterThan(30);
});

describe('one illegal edit violates what it should, and nothing else', () => {
  test.each(illegalEdits.map((edit) => ({ ...edit, invariants: edit.named.join(' and ') })))(
    '$what: $invariants',
    ({ kind, named, edit }) => {
      fc.assert(
        fc.property(legalHistories(kind), fc.nat(), (seen, die) => {
          const edited = edit(seen, die);
          fc.pre(edited !== undefined);
          expect(Object.keys(violated(edited)).sort()).toEqual([...named].sort());
        }),
        { numRuns: casesOfEach },
      );
    },
  );

  test('there is an edit for each invariant', () => {
    expect(new Set(illegalEdits.flatMap(({ named }) => named))).toEqual(new Set(checks.map(({ id }) => id)));
  });

  test('there is an edit of the facts of each flow kind: some invariant looks at them', () => {
    expect(new Set(illegalEdits.map(({ kind }) => kind))).toEqual(new Set(flowKindNames));
  });
});
