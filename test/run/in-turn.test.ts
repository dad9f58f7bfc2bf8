import { describe, expect, test } from '@jest/globals';
import { createRandom } from '../../src/base/random.ts';
import type { FaultSpec, Target } from '../../src/model/scenario.ts';
import { unfoldTurns } from '../../src/run/in-turn.ts';
import { names } from '../support/faults.ts';

const location = { file: 'a.yml' };
const phases = { steadyMs: 1_000, holdMs: 30_000, recoverMs: 1_000 };

function spec(changes: Partial<FaultSpec> = {}): FaultSpec {
  return { kind: 'restart', on: { type: 'choice', choice: 'all' }, atMs: 0, parameters: {}, location, ...changes };
}

const unfolded = (faults: readonly FaultSpec[], nodes: number, seed = 'seed') =>
  unfoldTurns({ faults, phases }, { nodes: names(nodes) }, createRandom(seed));

describe('faults in turn', () => {
  test('one that has no turns stays as it is', () => {
    const plain = spec();
    expect(unfolded([plain], 3)).toEqual([plain]);
  });

  test('strike one node after the other, and leave each a third of its time to come back', () => {
    const struck = unfolded([spec({ inTurn: true })], 3);
    expect(struck.map(({ on, atMs, forMs }) => ({ on, atMs, forMs }))).toEqual(
      names(3).map((node, i) => ({ on: { type: 'nodes', nodes: [node] }, atMs: i * 10_000, forMs: 6_667 })),
    );
  });

  test('share the time from their beginning to their end', () => {
    const struck = unfolded([spec({ inTurn: true, atMs: 6_000, forMs: 12_000 })], 2);
    expect(struck.map(({ atMs, forMs }) => [atMs, forMs])).toEqual([
      [6_000, 4_000],
      [12_000, 4_000],
    ]);
  });

  test('a majority in turn is as many different nodes, drawn from the seed', () => {
    const on: Target = { type: 'choice', choice: 'majority' };
    const nodesOf = (seed: string) =>
      unfolded([spec({ inTurn: true, on })], 5, seed).map((one) => (one.on.type === 'nodes' ? one.on.nodes[0] : ''));
    expect(new Set(nodesOf('a')).size).toBe(3);
    expect(nodesOf('a')).toEqual(nodesOf('a'));
    expect(new Set(['a', 'b', 'c', 'd', 'e', 'f'].map((seed) => nodesOf(seed).join())).size).toBeGreaterThan(1);
  });
});
