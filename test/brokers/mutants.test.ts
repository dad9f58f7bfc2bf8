import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Mutant, mutants } from '../../src/embedded/mutants.ts';
import { measuredRun, violated } from '../support/measured-run.ts';
import { writeScenario } from '../support/short-scenario.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

/** The shortest scenarios in which the defects show. */
const scenarios = {
  'short-quiet': {
    title: 'No fault, while sessions go and come back',
    phases: '{ steady: 1s, hold: 3s, recover: 5s }',
    faults: '[]',
  },
  'short-restart': {
    title: 'One node is killed and started again',
    phases: '{ steady: 1s, hold: 4s, recover: 8s }',
    faults: '[{ kind: restart, on: any, downtime: 1s }]',
  },
} as const;

/** The invariant that names each defect. */
const caught: Record<Mutant, { scenario: keyof typeof scenarios; invariant: string }> = {
  'ack-before-store': { scenario: 'short-restart', invariant: 'no-acknowledged-loss' },
  'forget-outbox': { scenario: 'short-restart', invariant: 'no-acknowledged-loss' },
  'reorder-after-reconnect': { scenario: 'short-quiet', invariant: 'ordering' },
  'redeliver-qos2': { scenario: 'short-restart', invariant: 'exactly-once' },
  'forget-session': { scenario: 'short-quiet', invariant: 'session-state' },
  'never-redial': { scenario: 'short-restart', invariant: 'liveness' },
  'corrupt-forward': { scenario: 'short-quiet', invariant: 'integrity' },
  'local-wildcards': { scenario: 'short-quiet', invariant: 'no-acknowledged-loss' },
  'duplicate-qos0': { scenario: 'short-quiet', invariant: 'at-most-once' },
};

const temporary = temporaryFolders();

function runOf(names: readonly (keyof typeof scenarios)[], ...args: readonly string[]) {
  const folder = temporary();
  const files = names.map((name) => join(folder, writeScenario(folder, { name, ...scenarios[name] })));
  // The embedded broker sends nothing again by a timer: what it has lost is not waited for as long as it would be for a stranger's.
  const config = join(folder, 'chaos.yml');
  writeFileSync(config, 'broker: { preset: embedded, redeliver-within: 1s }\n');
  const chosen = ['--config', config, ...files.flatMap((file) => ['--scenario', file])];
  return measuredRun(...chosen, '--seed', 'mutants', ...args);
}

describe('a broker with one deliberate defect fails, by the invariant that names the defect', () => {
  // The one that serves no wildcards between nodes takes the time of the warm-up, and has a test of its own.
  test.each((Object.keys(mutants) as Mutant[]).filter((mutant) => mutant !== 'local-wildcards'))(
    '%s',
    async (mutant) => {
      const { scenario, invariant } = caught[mutant];
      const { code, record, stderr } = await runOf([scenario], '--mutant', mutant);
      expect({ code, error: record?.error ?? null, stderr: code === 1 ? '' : stderr }).toEqual({
        code: 1,
        error: null,
        stderr: '',
      });
      expect(record?.scenarios[0]?.verdict).toBe('fail');
      expect(violated(record)[invariant]).toBeGreaterThan(0);
    },
  );
});

test('what a broker never serves is a violation of the first scenario, and the others are scored on what works', async () => {
  const { code, record } = await runOf(['short-quiet', 'short-restart'], '--mutant', 'local-wildcards');
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
  expect(second?.accounting.delivered).toBeGreaterThan(500);
  expect(record?.score).not.toBeNull();
});

test('the same broker without a defect violates nothing in the same scenarios, each fault proven and every message accounted for', async () => {
  const { code, record } = await runOf(['short-quiet', 'short-restart']);
  expect(violated(record)).toEqual({});
  for (const { faults, accounting, reason } of record?.scenarios ?? []) {
    expect(faults.filter(({ proven }) => !proven)).toEqual([]);
    expect(accounting.lost).toBe(0);
    expect(accounting.published).toBeGreaterThan(500);
    expect(reason).not.toMatch(/violated|not proven/);
  }
  // A busy machine may leave a scenario undecided, or slower than expected.
  const verdicts = record?.scenarios.map(({ verdict }) => verdict) ?? [];
  const worst = ['fail', 'inconclusive', 'pass'].find((verdict) => verdicts.some((one) => one === verdict));
  expect({ code, worst }).toEqual({ code: { fail: 1, inconclusive: 2, pass: 0 }[worst ?? ''], worst });
});
