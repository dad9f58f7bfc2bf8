import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { noImpact } from '../../src/model/impact.ts';
import { linkedPaths, separated, type Topology, widened } from '../../src/model/topology.ts';

const nodes = ['node1', 'node2', 'node3', 'node4'];
const star: Topology = { type: 'star', hub: 'node1' };
const chain: Topology = {
  type: 'bridges',
  pairs: [
    ['node1', 'node2'],
    ['node2', 'node3'],
    ['node3', 'node4'],
  ],
};
const text = (paths: readonly { from: string; to: string }[]): string[] =>
  paths.map(({ from, to }) => `${from.slice(4)}${to.slice(4)}`);

describe('which nodes are linked', () => {
  test.each([
    ['each with each, where nothing is said', undefined, 12],
    ['each leaf with the hub', star, 6],
    ['each with its neighbours in a chain', chain, 6],
  ])('%s', (_, topology, count) => expect(linkedPaths(nodes, topology)).toHaveLength(count));
});

describe('what the shape makes impossible', () => {
  const down = (...unavailableNodes: string[]) => ({ unavailableNodes, cutPaths: [] });

  test('without its hub no leaf of a star reaches another', () => {
    expect(text(separated(down('node1'), nodes, star))).toEqual(['23', '24', '32', '34', '42', '43']);
  });

  test('without a leaf all others do', () => {
    expect(separated(down('node2'), nodes, star)).toEqual([]);
  });

  test('a link to the hub that is cut one way keeps a leaf from being heard, and not from hearing', () => {
    const cut = { unavailableNodes: [], cutPaths: [{ from: 'node2', to: 'node1' }] };
    expect(text(separated(cut, nodes, star))).toEqual(['23', '24']);
    expect(text(widened(cut, nodes, star).cutPaths)).toEqual(['21', '23', '24']);
  });

  test('a chain falls apart where one of its nodes is missing', () => {
    expect(text(separated(down('node2'), nodes, chain))).toEqual(['13', '14', '31', '41']);
  });

  test('in a full mesh nothing that the fault does not cut itself, for no node passes anything on', () => {
    const cut = { unavailableNodes: ['node1'], cutPaths: [{ from: 'node2', to: 'node3' }] };
    expect(separated(cut, nodes)).toEqual([]);
  });
});

describe('for any star and any fault', () => {
  const anyImpact = fc.record({
    unavailableNodes: fc.subarray(nodes),
    cutPaths: fc.subarray(linkedPaths(nodes)),
  });
  const anyTopology = fc.oneof(
    fc.constantFrom(...nodes).map((hub): Topology => ({ type: 'star', hub })),
    fc.constant(chain),
  );

  test('two linked nodes of which none is struck, over a link that is not cut, are never called separated', () => {
    fc.assert(
      fc.property(anyTopology, anyImpact, (topology, impact) => {
        const apart = text(separated(impact, nodes, topology));
        const { unavailableNodes, cutPaths } = impact;
        const open = linkedPaths(nodes, topology).filter(
          (path) =>
            ![path.from, path.to].some((node) => unavailableNodes.includes(node)) &&
            !text(cutPaths).includes(text([path])[0] ?? ''),
        );
        expect(text(open).filter((path) => apart.includes(path))).toEqual([]);
      }),
    );
  });

  test('a fault that does more never makes less impossible', () => {
    fc.assert(
      fc.property(anyTopology, anyImpact, fc.constantFrom(...nodes), (topology, impact, node) => {
        const more = { ...impact, unavailableNodes: [...new Set([...impact.unavailableNodes, node])] };
        const before = separated(impact, nodes, topology).filter(({ from, to }) => from !== node && to !== node);
        const after = text(separated(more, nodes, topology));
        expect(text(before).filter((path) => !after.includes(path))).toEqual([]);
      }),
    );
  });

  test('nothing is impossible without a fault', () => {
    fc.assert(fc.property(anyTopology, (topology) => expect(separated(noImpact, nodes, topology)).toEqual([])));
  });
});
