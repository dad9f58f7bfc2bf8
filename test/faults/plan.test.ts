import { describe, expect, test } from '@jest/globals';
import { planFaults, type ScheduledFault } from '../../src/faults/plan.ts';
import type { FaultSpec, Target } from '../../src/model/scenario.ts';
import { names } from '../support/faults.ts';

const location = { file: 'a.yml' };
const phases = { steadyMs: 1_000, holdMs: 30_000, recoverMs: 1_000 };
const any: Target = { type: 'choice', choice: 'any' };

function spec(changes: Partial<FaultSpec> = {}): FaultSpec {
  const on: Target = { type: 'choice', choice: 'all' };
  return { kind: 'restart', on, atMs: 0, parameters: { downtime: 2_000 }, location, ...changes };
}

const plan = (faults: readonly FaultSpec[], nodes: number, seed = 'seed', ownName = 'mine'): ScheduledFault[] =>
  planFaults({ ownName, faults, phases }, { nodes: names(nodes) }, seed);
const targets = (faults: readonly ScheduledFault[]): string[] => faults.map(({ planned }) => planned.target);

describe('faults in turn', () => {
  test('one that has no turns stays as it is', () => {
    const plain = spec();
    expect(plan([plain], 3).map((fault) => fault.spec)).toEqual([plain]);
  });

  test('strike one node after the other, and leave each a third of its time to come back', () => {
    const struck = plan([spec({ inTurn: true })], 3).map((fault) => fault.spec);
    expect(struck.map(({ on, atMs, forMs }) => ({ on, atMs, forMs }))).toEqual(
      names(3).map((node, i) => ({ on: { type: 'nodes', nodes: [node] }, atMs: i * 10_000, forMs: 6_667 })),
    );
  });

  test('share the time from their beginning to their end', () => {
    const struck = plan([spec({ inTurn: true, atMs: 6_000, forMs: 12_000 })], 2);
    expect(struck.map(({ spec: { atMs, forMs } }) => [atMs, forMs])).toEqual([
      [6_000, 4_000],
      [12_000, 4_000],
    ]);
  });

  test('a majority in turn is as many different nodes, drawn from the seed', () => {
    const on: Target = { type: 'choice', choice: 'majority' };
    const nodesOf = (seed: string) => targets(plan([spec({ inTurn: true, on })], 5, seed));
    expect(new Set(nodesOf('a')).size).toBe(3);
    expect(nodesOf('a')).toEqual(nodesOf('a'));
    expect(new Set(['a', 'b', 'c', 'd', 'e', 'f'].map((seed) => nodesOf(seed).join())).size).toBeGreaterThan(1);
  });
});

describe('what a seed decides', () => {
  const seeds = Array.from({ length: 60 }, (_, i) => `seed ${i}`);

  test('is the same for the same seed and scenario, and another for another', () => {
    const drawn = (ownName: string) => seeds.map((seed) => targets(plan([spec({ on: any })], 5, seed, ownName)).join());
    expect(drawn('mine')).toEqual(drawn('mine'));
    expect(new Set(drawn('mine')).size).toBe(5);
    expect(drawn('mine')).not.toEqual(drawn('other'));
  });

  test('of one fault does not change when another is added, removed or draws more', () => {
    const [first, second] = [spec({ kind: 'pause', on: any }), spec({ on: any })];
    const greedy = spec({ kind: 'pause', on: { type: 'choice', choice: 'majority' } });
    for (const seed of seeds) {
      const [own, other] = targets(plan([first, second], 5, seed));
      expect(targets(plan([first], 5, seed))).toEqual([own]);
      expect(targets(plan([first, second, greedy], 5, seed)).slice(0, 2)).toEqual([own, other]);
      expect(targets(plan([greedy, second], 5, seed))[1]).toBe(other);
    }
  });

  test('of a single fault is what earlier versions drew: the command of an old report still repeats it', () => {
    // README's report of --seed readme, made by 0.1.0.
    expect(targets(plan([spec({ kind: 'pause', on: any })], 3, 'readme', 'node-pause'))).toEqual(['node2']);
    expect(targets(plan([spec({ on: any })], 3, 'readme', 'node-restart'))).toEqual(['node3']);
  });

  test('two faults alike draw apart from each other', () => {
    const both = seeds.map((seed) => targets(plan([spec({ on: any }), spec({ on: any })], 5, seed)));
    expect(both.some(([one, two]) => one !== two)).toBe(true);
  });
});

test('a kind that there is not is told with its place', () => {
  expect(() => plan([spec({ kind: 'meteor' })], 3)).toThrow(
    expect.objectContaining({ code: 'config', message: 'there is no fault kind "meteor"', location }),
  );
});
