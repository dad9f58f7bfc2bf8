import { describe, expect, test } from '@jest/globals';
import { replacedFaults } from '../../src/config/overlaps.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import type { FaultSpec, Target } from '../../src/model/scenario.ts';

const cluster: Target = { type: 'links', which: 'cluster' };
const clients: Target = { type: 'links', which: 'clients' };
const nodes = (...names: string[]): Target => ({ type: 'nodes', nodes: names });
const path = (from: string, to: string): Target => ({ type: 'path', from, to });

function fault(kind: string, on: Target, atMs: number, forMs?: number): FaultSpec {
  return { kind, on, atMs, ...(forMs === undefined ? {} : { forMs }), parameters: {}, location: { file: 'x.yml' } };
}

const replaced = (...faults: readonly FaultSpec[]) => replacedFaults(faults, 30_000, faultKinds);

describe('a fault replaces an earlier one', () => {
  test('of its kind, on the same target, at the same time', () => {
    const delays = [fault('network-delay', cluster, 0), fault('network-delay', cluster, 10_000, 5_000)];
    expect(replaced(...delays)).toEqual([{ index: 1, replaces: 0 }]);
  });

  test.each([
    [
      'one ends as the other begins',
      fault('network-delay', cluster, 0, 10_000),
      fault('network-delay', cluster, 10_000),
    ],
    ['they are of different kinds', fault('network-delay', cluster, 0), fault('packet-loss', cluster, 0)],
    ['they strike different nodes', fault('clock-skew', nodes('node1'), 0), fault('clock-skew', nodes('node2'), 0)],
    [
      'they strike different directions',
      fault('packet-loss', path('node1', 'node2'), 0),
      fault('packet-loss', path('node2', 'node1'), 0),
    ],
    ['one strikes the clients', fault('network-delay', cluster, 0), fault('network-delay', clients, 0)],
    [
      'a direction is of none of the nodes',
      fault('network-delay', nodes('node3'), 0),
      fault('network-delay', path('node1', 'node2'), 0),
    ],
    [
      'they take turns',
      { ...fault('pause', nodes('node1', 'node2'), 0), inTurn: true as const },
      { ...fault('pause', nodes('node2', 'node3'), 0), inTurn: true as const },
    ],
    ['they add up, as clients do', fault('load', nodes('node1'), 0), fault('load', nodes('node1'), 0)],
  ])('not where %s', (_, first, second) => {
    expect(replaced(first, second)).toEqual([]);
  });

  test('where both are of the links between their nodes', () => {
    expect(replaced(fault('partition', nodes('node1'), 0), fault('partition', nodes('node2'), 0))).toHaveLength(1);
  });

  test('where it may be the same target: a choice is drawn later', () => {
    const any: Target = { type: 'choice', choice: 'any' };
    expect(replaced(fault('clock-skew', any, 0), fault('clock-skew', nodes('node2'), 0))).toHaveLength(1);
    expect(
      replaced(fault('network-delay', cluster, 0), fault('network-delay', path('node1', 'node2'), 0)),
    ).toHaveLength(1);
  });
});
