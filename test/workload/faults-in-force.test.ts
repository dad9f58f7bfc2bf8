import { describe, expect, test } from '@jest/globals';
import { type Impact, noImpact } from '../../src/model/impact.ts';
import { FaultsInForce } from '../../src/workload/faults-in-force.ts';

const killed: Impact = { unavailableNodes: ['node2'], cutPaths: [] };
const cut: Impact = { unavailableNodes: [], cutPaths: [{ from: 'node1', to: 'node3' }] };

/** One fault from 1,000 ms to 2,000 ms. */
function during(impact: Impact): FaultsInForce {
  const faults = new FaultsInForce();
  faults.begin(impact, 1_000)(2_000);
  return faults;
}

describe('a fault was in force', () => {
  test.each([
    [0, 999, false],
    [0, 1_000, true],
    [1_200, 1_300, true],
    [0, 5_000, true],
    [2_000, 5_000, true],
    [2_001, 5_000, false],
  ])('between %d and %d ms: %s', (fromMs, toMs, was) => {
    expect(during(noImpact).any(fromMs, toMs)).toBe(was);
    expect(during(killed).struck(['node2'], fromMs, toMs)).toBe(was);
  });

  test('from its begin on, until it is ended', () => {
    const faults = new FaultsInForce();
    const end = faults.begin(killed, 1_000);
    expect(faults.any(900_000, 900_001)).toBe(true);
    end(2_000);
    expect(faults.any(900_000, 900_001)).toBe(false);
  });

  test('whose end another fault does not change', () => {
    const faults = new FaultsInForce();
    faults.begin(killed, 1_000);
    faults.begin(cut, 1_500)(2_000);
    expect(faults.struck(['node2'], 3_000, 4_000)).toBe(true);
    expect(faults.struck(['node1'], 3_000, 4_000)).toBe(false);
  });
});

describe('a fault strikes', () => {
  test.each<[string, Impact, readonly string[], boolean]>([
    ['a node that it stops', killed, ['node2'], true],
    ['one of several nodes', killed, ['node1', 'node2'], true],
    ['no other node', killed, ['node1'], false],
    ['the node from which a path is cut', cut, ['node1'], true],
    ['the node to which a path is cut', cut, ['node3'], true],
    ['no node beside the path', cut, ['node2'], false],
    ['nobody, if it makes nothing impossible', noImpact, ['node1', 'node2', 'node3'], false],
    ['nobody, if nobody is asked about', killed, [], false],
  ])('%s', (_, impact, nodes, is) => {
    expect(during(impact).struck(nodes, 0, 5_000)).toBe(is);
  });
});

test('a fault has begun from the first one on, and for ever', () => {
  const faults = new FaultsInForce();
  expect(faults.hasBegun).toBe(false);
  faults.begin(noImpact, 1_000)(1_001);
  expect(faults.hasBegun).toBe(true);
});
