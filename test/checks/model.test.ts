import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { account } from '../../src/checks/accounting.ts';
import { checks } from '../../src/checks/registry.ts';
import { type FlowKindName, flowKindNames } from '../../src/model/flow-kinds.ts';
import { noStreams, type SubscriptionHistory } from '../../src/workload/flows/stream/facts.ts';
import type { FlowFacts } from '../../src/workload/history.ts';
import type { PathReport } from '../../src/workload/path-report.ts';
import { input } from '../support/histories.ts';
import { illegalEdits, type Seen } from '../support/illegal-edits.ts';
import { kindModels } from '../support/kind-models.ts';

/*
 * Random legal histories, from a small model of MQTT delivery with crashes, reconnects, duplicates, partitions, takeovers and expiry, never
 * give a violation. One illegal edit always gives the right one, and no other. 10,000 cases in all.
 */
const streamCases = 2_900;
const casesOfOtherKinds = 300;
const casesOfEach = Math.ceil(5_000 / illegalEdits.length);

const paths: PathReport = {
  startedMs: 20_000,
  endedMs: 21_000,
  accepted: ['node1', 'node2'].map((node) => ({ node, atMs: 20_100 })),
  paths: [
    { from: 'node1', to: 'node2', filter: 'exact', atMs: 20_500, acknowledged: 1, refused: false },
    { from: 'node2', to: 'node1', filter: 'wildcard', atMs: 20_600, acknowledged: 1, refused: false },
  ],
};

/** A workload of one kind, and what fresh clients saw after the heal. */
function legal(kind: FlowKindName): fc.Arbitrary<Seen> {
  const wire = { breaches: [], breachCounts: [], ends: [], endCount: 0 };
  const facts: fc.Arbitrary<FlowFacts[FlowKindName]> = kindModels[kind];
  return facts.map((own) => ({ history: { facts: { [kind]: own }, wire, notRun: {} }, paths }));
}

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
        fc.property(legal(kind), (seen) => {
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
        fc.property(legal(kind), fc.nat(), (seen, die) => {
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
});
