import { expect, test } from '@jest/globals';
import { mutantRuns } from '../support/mutant-run.ts';

const runOf = mutantRuns();

// That the same broker without a defect violates nothing is shown by the self-test (test/selftest/quick.test.ts).
test('what a broker never serves is a violation of the first scenario, and the others are scored on what works', async () => {
  const { code, record } = await runOf(['short-quiet', 'short-restart'], '1s', '--mutant', 'local-wildcards');
  expect(code).toBe(1);
  expect(record?.error).toBeNull();
  const [first, second] = record?.scenarios ?? [];
  const loss = first?.violations.find(({ invariant }) => invariant === 'no-acknowledged-loss');
  expect(loss?.examples[0]).toMatchObject({
    what: expect.stringMatching(
      /^before any fault, none of \d+ acknowledged messages from node1 reached a fresh subscriber at node2 by the wildcard filter \+ within .*; by exact filters messages do arrive there$/,
    ),
    facts: { filterKind: 'wildcard', from: 'node1', to: 'node2' },
  });
  // Six ordered pairs of three nodes; within a node wildcards work.
  expect(second?.leftOut).toHaveLength(6);
  expect(second?.violations).toEqual([]);
  expect(second?.accounting.delivered).toBeGreaterThan(300);
  expect(record?.score).not.toBeNull();
});
