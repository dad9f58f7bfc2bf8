import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createRandom } from '../../src/base/random.ts';
import { chooseCut } from '../../src/faults/kinds/partition.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import { chooseLinks, chooseNodes, minoritySize } from '../../src/faults/targets.ts';
import type { Path } from '../../src/model/effects.ts';
import type { Target } from '../../src/model/scenario.ts';
import { linkedPaths } from '../../src/model/topology.ts';
import { leastParameters, names, planned } from '../support/faults.ts';

type Choice = Extract<Target, { type: 'choice' }>['choice'];
const choice = (which: Choice): Target => ({ type: 'choice', choice: which });
const cluster: Target = { type: 'links', which: 'cluster' };
const clients: Target = { type: 'links', which: 'clients' };
const arrows = (paths: readonly Path[]): string[] => paths.map(({ from, to }) => `${from} -> ${to}`);

/** A cluster of up to seven nodes and a seed. */
const anyCluster = fc.record({ size: fc.integer({ min: 1, max: 7 }), seed: fc.string() });

describe('which nodes a choice means', () => {
  test.each([
    // nodes, any, minority, majority, all
    [1, 1, 1, 1, 1],
    [2, 1, 1, 2, 2],
    [3, 1, 1, 2, 3],
    [4, 1, 1, 3, 4],
    [5, 1, 2, 3, 5],
    [6, 1, 2, 4, 6],
    [7, 1, 3, 4, 7],
  ])('of %i nodes: any %i, a minority %i, a majority %i, all %i', (size, any, minority, majority, all) => {
    const nodes = names(size);
    const count = (which: Choice): number => chooseNodes(choice(which), { nodes }, createRandom('seed')).length;
    expect([count('any'), count('minority'), count('majority'), count('all')]).toEqual([any, minority, majority, all]);
  });

  test('a minority leaves a majority, from three nodes on, and a majority is more than half', () => {
    for (let size = 3; size <= 15; size++) expect((size - minoritySize(size)) * 2).toBeGreaterThan(size);
    fc.assert(
      fc.property(anyCluster, ({ size, seed }) => {
        const majority = chooseNodes(choice('majority'), { nodes: names(size) }, createRandom(seed));
        expect(majority.length * 2).toBeGreaterThan(size);
      }),
    );
  });

  test('they are different nodes of the cluster, in its order, and the same for the same seed', () => {
    fc.assert(
      fc.property(
        anyCluster,
        fc.constantFrom<Choice>('any', 'minority', 'majority', 'all'),
        ({ size, seed }, which) => {
          const nodes = names(size);
          const chosen = chooseNodes(choice(which), { nodes }, createRandom(seed));
          expect(chosen).toEqual(nodes.filter((node) => chosen.includes(node)));
          expect(chosen.length).toBeGreaterThan(0);
          expect(chooseNodes(choice(which), { nodes }, createRandom(seed))).toEqual(chosen);
        },
      ),
    );
  });

  test('every node has its turn as the seed changes', () => {
    const struck = Array.from({ length: 60 }, (_, i) =>
      chooseNodes(choice('any'), { nodes: names(3) }, createRandom(String(i))).join(),
    );
    expect(new Set(struck)).toEqual(new Set(names(3)));
  });

  test('named ones are those that are named', () => {
    const named: Target = { type: 'nodes', nodes: ['node3', 'node1'] };
    expect(chooseNodes(named, { nodes: names(3) }, createRandom('seed'))).toEqual(['node1', 'node3']);
  });
});

describe('which links a target means', () => {
  const nodes = names(3);
  const links = (target: Target) => chooseLinks(target, { nodes }, createRandom('seed'));

  test('all between the nodes, both ways', () => {
    expect(links(cluster)).toEqual({ paths: linkedPaths(nodes), clients: [], text: 'links.cluster' });
    expect(linkedPaths(nodes)).toHaveLength(6);
  });

  test('all between clients and nodes', () => {
    expect(links(clients)).toEqual({ paths: [], clients: nodes, text: 'links.clients' });
  });

  test('one path, one way', () => {
    expect(arrows(links({ type: 'path', from: 'node1', to: 'node3' }).paths)).toEqual(['node1 -> node3']);
  });

  test('of a node: all paths from it and to it', () => {
    const struck = links({ type: 'nodes', nodes: ['node2'] });
    expect(arrows(struck.paths)).toEqual(['node1 -> node2', 'node2 -> node1', 'node2 -> node3', 'node3 -> node2']);
    expect(struck.text).toBe('links of node2');
  });
});

describe('a plan', () => {
  test.each([...faultKinds.keys()])('of %s is pure: the same seed says the same, and it can be shown', (kind) => {
    const make = (seed: string) =>
      planned(kind, choice('any'), { parameters: leastParameters[kind] ?? {}, nodes: names(5), seed });
    const shown = ({ kind: is, target, injected, impact }: ReturnType<typeof make>) =>
      JSON.stringify({ is, target, injected, impact });
    expect(make('a').kind).toBe(kind);
    expect(make('a').target).toMatch(/node\d/);
    expect(make('a').injected).not.toBe('');
    for (const seed of ['a', 'b', 'c']) expect(shown(make(seed))).toBe(shown(make(seed)));
    const seeds = Array.from({ length: 40 }, (_, i) => shown(make(String(i))));
    expect(new Set(seeds).size).toBeGreaterThan(1);
  });

  test.each([
    ['kill', 'SIGKILL, down until the heal'],
    ['restart', 'SIGKILL, started again after 1 s'],
    ['pause', 'SIGSTOP until the heal'],
  ])('of %s names the nodes that cannot serve meanwhile', (kind, injected) => {
    expect(planned(kind, { type: 'nodes', nodes: ['node2'] }, { nodes: names(3) })).toMatchObject({
      target: 'node2',
      injected,
      impact: { unavailableNodes: ['node2'], cutPaths: [] },
    });
  });

  test.each([
    ['network-delay', { delay: '100ms', jitter: '20ms' }, '100 ms each way +- 20 ms'],
    ['packet-loss', { loss: '30%' }, '30% of transmissions lost'],
    ['bandwidth', { rate: '64KiB/s' }, 'at most 65536 bytes a second'],
    ['connection-reset', {}, 'RST on every open connection, once'],
    ['rpc-fault', { method: '*', action: 'delay', delay: '50ms' }, 'every call of * answered 50 ms later'],
    [
      'rpc-fault',
      { method: '/a.B/*', action: 'status', status: 'ABORTED', share: '30%' },
      '30% of the calls of /a.B/* not delivered and answered ABORTED',
    ],
  ])('of %s asks of every node that it serves', (kind, given, injected) => {
    expect(planned(kind, cluster, { parameters: given, nodes: names(3) })).toMatchObject({
      target: 'links.cluster',
      injected,
      impact: { unavailableNodes: [], cutPaths: [] },
    });
  });
});

describe('a partition as directed paths', () => {
  const cut = (parameters: Parameters<typeof chooseCut>[0], target: Target, size: number, seed = 'seed') =>
    chooseCut(parameters, target, { nodes: names(size) }, createRandom(seed));

  test.each([
    {
      says: 'a named minority, both ways',
      parameters: { groups: 'minority' as const },
      target: { type: 'nodes', nodes: ['node1'] } as Target,
      size: 3,
      paths: ['node1 -> node2', 'node1 -> node3', 'node2 -> node1', 'node3 -> node1'],
      unavailable: ['node1'],
      struck: 'node1 | node2+node3',
      text: 'nothing passes between the groups, in either direction',
    },
    {
      says: 'two named groups of four: neither has a majority',
      parameters: {
        groups: [
          ['node1', 'node2'],
          ['node3', 'node4'],
        ],
      },
      target: cluster,
      size: 4,
      paths: [
        'node1 -> node3',
        'node1 -> node4',
        'node2 -> node3',
        'node2 -> node4',
        'node3 -> node1',
        'node3 -> node2',
        'node4 -> node1',
        'node4 -> node2',
      ],
      unavailable: ['node1', 'node2', 'node3', 'node4'],
      struck: 'node1+node2 | node3+node4',
      text: 'nothing passes between the groups, in either direction',
    },
    {
      says: 'nodes that no group names are a group of their own',
      parameters: { groups: [['node1'], ['node2']] },
      target: cluster,
      size: 5,
      paths: [
        'node1 -> node2',
        'node1 -> node3',
        'node1 -> node4',
        'node1 -> node5',
        'node2 -> node1',
        'node2 -> node3',
        'node2 -> node4',
        'node2 -> node5',
        'node3 -> node1',
        'node3 -> node2',
        'node4 -> node1',
        'node4 -> node2',
        'node5 -> node1',
        'node5 -> node2',
      ],
      unavailable: ['node1', 'node2'],
      struck: 'node1 | node2 | node3+node4+node5',
      text: 'nothing passes between the groups, in either direction',
    },
    {
      says: 'one way: heard by nobody, hearing everybody',
      parameters: { shape: 'one-way' as const },
      target: { type: 'nodes', nodes: ['node2'] } as Target,
      size: 3,
      paths: ['node2 -> node1', 'node2 -> node3'],
      unavailable: ['node2'],
      struck: 'node2 -> node1+node3',
      text: 'node2 can hear the others and not be heard',
    },
    {
      says: 'a single path',
      parameters: {},
      target: { type: 'path', from: 'node3', to: 'node1' } as Target,
      size: 3,
      paths: ['node3 -> node1'],
      unavailable: [],
      struck: 'node3 -> node1',
      text: 'one path cut',
    },
    {
      says: 'a ring of three, which can only be a chain',
      parameters: { shape: 'ring' as const },
      target: cluster,
      size: 3,
      paths: ['node1 -> node3', 'node3 -> node1'],
      unavailable: [],
      struck: 'node1 - node2 - node3',
      text: 'a chain: each node reaches its neighbours only',
    },
    {
      says: 'a ring of five',
      parameters: { shape: 'ring' as const },
      target: cluster,
      size: 5,
      paths: [
        'node1 -> node3',
        'node1 -> node4',
        'node2 -> node4',
        'node2 -> node5',
        'node3 -> node1',
        'node3 -> node5',
        'node4 -> node1',
        'node4 -> node2',
        'node5 -> node2',
        'node5 -> node3',
      ],
      unavailable: [],
      struck: 'node1 - node2 - node3 - node4 - node5 - node1',
      text: 'a ring: each node reaches its neighbours only',
    },
    {
      says: 'a ring of two, which there is not',
      parameters: { shape: 'ring' as const },
      target: cluster,
      size: 2,
      paths: [],
      unavailable: [],
      struck: 'node1 - node2',
      text: 'nothing: a ring needs at least three nodes',
    },
  ])('$says', ({ parameters, target, size, paths, unavailable, struck, text }) => {
    const made = cut(parameters, target, size);
    expect({ paths: arrows(made.paths), unavailable: made.unavailable, struck: made.target, text: made.text }).toEqual({
      paths,
      unavailable,
      struck,
      text,
    });
  });

  test('the impact is what is cut, and who is left without a majority', () => {
    const made = planned('partition', { type: 'nodes', nodes: ['node1'] }, { nodes: names(3) });
    expect(made.impact.unavailableNodes).toEqual(['node1']);
    expect(arrows(made.impact.cutPaths)).toHaveLength(4);
    expect(made.target).toBe('node1 | node2+node3');
  });

  /** Those that a node can talk with, there and back, itself among them. */
  const seenBy = (node: string, nodes: readonly string[], paths: readonly Path[]): string[] => {
    const gone = new Set(arrows(paths));
    return nodes.filter((other) => !gone.has(`${node} -> ${other}`) && !gone.has(`${other} -> ${node}`));
  };

  test('no node is ever cut from itself, and no path is named twice', () => {
    const shapes = fc.constantFrom<Parameters<typeof chooseCut>[0]>({}, { shape: 'ring' }, { shape: 'one-way' });
    fc.assert(
      fc.property(anyCluster, shapes, ({ size, seed }, parameters) => {
        const { paths } = cut(parameters, cluster, size, seed);
        for (const { from, to } of paths) expect(from).not.toBe(to);
        expect(new Set(arrows(paths)).size).toBe(paths.length);
      }),
    );
  });

  test('cutting a minority off leaves a majority, every one of which reaches every other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 7 }), fc.string(), (size, seed) => {
        const nodes = names(size);
        const { paths, unavailable } = cut({ groups: 'minority' }, cluster, size, seed);
        const majority = nodes.filter((node) => !unavailable.includes(node));
        expect(majority.length * 2).toBeGreaterThan(size);
        for (const node of majority) expect(seenBy(node, nodes, paths)).toEqual(majority);
      }),
    );
  });

  test('a ring leaves every node a majority, and from four nodes on no two the same one', () => {
    for (let size = 3; size <= 15; size++) {
      const nodes = names(size);
      const { paths } = cut({ shape: 'ring' }, cluster, size);
      const views = nodes.map((node) => seenBy(node, nodes, paths));
      for (const view of views) expect(view.length * 2).toBeGreaterThan(size);
      expect(paths.length).toBeGreaterThan(0);
      if (size > 3) expect(new Set(views.map((view) => view.join())).size).toBe(size);
    }
  });

  test('a one-way cut is one way', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 7 }), fc.string(), (size, seed) => {
        const { paths, unavailable } = cut({ shape: 'one-way' }, cluster, size, seed);
        expect(unavailable).toHaveLength(1);
        expect(paths).toHaveLength(size - 1);
        for (const { from } of paths) expect(unavailable).toContain(from);
      }),
    );
  });
});

describe('in a star', () => {
  const star = { nodes: names(3), topology: { type: 'star', hub: 'node1' } as const };
  const plan = (kind: string, node: string) =>
    faultKinds
      .get(kind)
      ?.plan(leastParameters[kind] ?? {}, { type: 'nodes', nodes: [node] }, star, createRandom('seed'));

  test('the hub is told as the single point of failure that it is, and its leaves are not held to reach each other', () => {
    expect(plan('kill', 'node1')).toMatchObject({
      target: 'node1 (meanwhile node2 and node3 cannot reach each other: a single point of failure of this topology)',
      impact: {
        unavailableNodes: ['node1'],
        cutPaths: [
          { from: 'node2', to: 'node3' },
          { from: 'node3', to: 'node2' },
        ],
      },
    });
  });

  test('a leaf is a node as any other', () => {
    expect(plan('kill', 'node2')).toMatchObject({ target: 'node2', impact: { cutPaths: [] } });
  });

  test('links are struck where there are any', () => {
    expect(chooseLinks({ type: 'links', which: 'cluster' }, star, createRandom('seed')).paths).toHaveLength(4);
  });
});
