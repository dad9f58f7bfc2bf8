import { afterEach, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { readConfig } from '../../src/config/load.ts';
import { readPlan } from '../../src/config/plans.ts';
import { readScenarios } from '../../src/config/scenarios.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import { workspace } from './workspace.ts';

let space: ReturnType<typeof workspace>;
beforeEach(() => {
  space = workspace();
});
afterEach(() => space.remove());

const chaos = {
  broker: {
    preset: 'embedded',
    start: './b {{ node.ports.mqtt }}',
    env: { A: '{{ node.name }}' },
    files: { 'a.conf': 'x' },
    ports: ['mqtt', 'cluster'],
    'peer-ports': ['cluster'],
    ready: { mqtt: true, http: 'http://127.0.0.1:{{ node.ports.mqtt }}/', within: '5s' },
    metrics: 'http://127.0.0.1:{{ node.ports.mqtt }}/',
    'known-issues': [{ invariant: 'ordering', scenario: 'baseline', why: 'x' }],
    mqtt: { version: 5 },
  },
  cluster: { nodes: 3 },
  workload: { rate: '10/s', payload: '64B' },
  score: { 'fail-below': 5 },
  logs: { keep: '1MiB' },
};

const scenario = {
  name: 'mine',
  title: '{{ delay }}',
  tier: 'fault',
  severity: 'low',
  dimension: 'latency-tolerance',
  parameters: { delay: '1s' },
  phases: { steady: '1s', hold: '9s', recover: '9s' },
  faults: [
    { kind: 'network-delay', on: { from: 'node1', to: 'node2' }, delay: '{{ delay }}', at: '1s', for: '2s' },
    { kind: 'partition', groups: [['node1'], ['node2', 'node3']], at: '4s' },
    { kind: 'restart', on: { nodes: ['node1'] }, 'in-turn': true },
  ],
  expect: { availability: '>= 9%', 'p99-latency': '<= 5s', recovery: '<= 5s' },
};

const plan = {
  name: 'all',
  title: 'All',
  'abort-on': 'fail',
  scenarios: ['baseline', { scenario: 'network-delay', as: 'slow', set: { delay: '5ms' }, duration: '30s' }],
};

type Path = readonly (string | number)[];

/** The paths of all values in a value, the whole one left out. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  const own = path.length === 0 ? [] : [path];
  if (Array.isArray(value)) return [...own, ...value.flatMap((item, index) => pathsOf(item, [...path, index]))];
  if (typeof value !== 'object' || value === null) return own;
  return [...own, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

/** A copy with something else at a path, or without it. */
function changed<T extends object>(value: T, path: Path, to: unknown): T {
  const copy = structuredClone(value);
  let parent: object = copy;
  for (const key of path.slice(0, -1)) parent = Reflect.get(parent, key);
  const last = path.at(-1) ?? '';
  if (to === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, to);
  return copy;
}

const anything = fc.oneof(
  fc.constantFrom(null, true, -1, 0, 1e30, '', 'x', '5', '{{ x }}', '{{', '$' + '{NOPE}', [], {}),
  fc.constantFrom([[]], [{}], [null], { x: 1 }, { nodes: 'node1' }, { from: 1 }, ['mqtt', 'mqtt'], Array(70).fill('a')),
);

/** Each value of a file, and now and then two of them, are something else than they should be. */
function anythingIn(value: object) {
  const change = fc.tuple(fc.constantFrom(...pathsOf(value)), fc.option(anything, { nil: undefined }));
  return fc
    .array(change, { minLength: 1, maxLength: 2 })
    .map((changes) =>
      stringify(changes.reduce((text, [path, to]) => (exists(text, path) ? changed(text, path, to) : text), value)),
    );
}

function exists(value: object, path: Path): boolean {
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((one, key) => (one instanceof Object ? Reflect.get(one, key) : 0), value);
  return parent instanceof Object;
}

const cases: [string, object, () => { problems: readonly { location?: { line?: number } }[] }][] = [
  ['chaos.yml', chaos, () => readConfig({ cwd: space.folder, env: {} })],
  [
    'mine.yml',
    scenario,
    () => readScenarios({ cwd: space.folder, faultKinds, folders: [], nodes: 3, names: ['mine.yml'] }),
  ],
  ['plan.yml', plan, () => readPlan({ cwd: space.folder, faultKinds, nodes: 3, plan: 'plan.yml' })],
];

test.each(cases)('%s is accepted as it is', (name, value, read) => {
  space.write(name, stringify(value));
  expect(read().problems).toEqual([]);
});

test.each(cases)('whatever stands in %s, each problem is told with its line', (name, value, read) => {
  fc.assert(
    fc.property(anythingIn(value), (text) => {
      space.write(name, text);
      for (const problem of read().problems) {
        if (problem.location === undefined) throw new Error(`no place: ${JSON.stringify(problem)}`);
        expect(problem.location.line).toBeGreaterThan(0);
      }
    }),
    { numRuns: name === 'plan.yml' ? 10 : 60 },
  );
});
