import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { chaosJsonSchema, planJsonSchema, scenarioJsonSchema } from '../../src/config/json-schema.ts';
import { plansFolder, shippedFolder, yamlFiles } from '../../src/config/shipped.ts';
import { faultKinds } from '../../src/faults/registry.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const readYaml = (file: string): unknown => parse(readFileSync(file, 'utf8'));
const published = (name: string): unknown => JSON.parse(readFileSync(join(root, 'schema', name), 'utf8'));

/** Whether an editor that knows the published schema accepts a value. */
function accepts(schema: Record<string, unknown>): (value: unknown) => boolean {
  const checker = z.fromJSONSchema(schema);
  return (value) => checker.safeParse(value).success;
}

test('what is published is what the code checks; node scripts/schema.mjs writes it anew', () => {
  expect(published('chaos.schema.json')).toEqual(chaosJsonSchema());
  expect(published('scenario.schema.json')).toEqual(scenarioJsonSchema(faultKinds));
  expect(published('plan.schema.json')).toEqual(planJsonSchema());
});

/** Every part of a schema that has a default, by its path. */
function withDefaults(schema: unknown, path: string): [string, Record<string, unknown>][] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own: [string, Record<string, unknown>][] = Object.hasOwn(schema, 'default') ? [[path, { ...schema }]] : [];
  return [...own, ...Object.entries(schema).flatMap(([key, value]) => withDefaults(value, `${path}/${key}`))];
}

test.each([
  ...withDefaults(chaosJsonSchema(), 'chaos'),
  ...withDefaults(scenarioJsonSchema(faultKinds), 'scenario'),
  ...withDefaults(planJsonSchema(), 'plan'),
])('the default of %s can be written into the file', (_, schema) => {
  expect(accepts(schema)(schema.default)).toBe(true);
  expect(schema.description).toContain('default');
});

describe('an editor agrees with the loader about chaos.yml', () => {
  const accepted = accepts(chaosJsonSchema());

  const examples = readdirSync(join(root, 'examples'))
    .map((name) => join(root, 'examples', name, 'chaos.yml'))
    .filter((file) => existsSync(file));

  test.each([...yamlFiles(shippedFolder('brokers')), ...examples])('%s', (file) => {
    expect(accepted(readYaml(file))).toBe(true);
  });

  test.each([
    ['an unknown key', { broker: { strat: 'x' } }],
    ['a duration without unit', { broker: { 'stop-within': 10 } }],
    ['a rate without unit', { workload: { rate: '300' } }],
    ['a word for links that is none', { broker: { links: 'wire' } }],
    ['too many nodes', { cluster: { nodes: 99 } }],
  ])('not %s', (_, value) => expect(accepted(value)).toBe(false));

  test.each([
    ['a number in env', { broker: { env: { PORT: 1883 } } }],
    ['a reference for a value', { workload: { rate: '$' + '{RATE}' } }],
    ['0 without unit', { broker: { 'stop-within': 0 } }],
    ['links: transparent', { broker: { links: 'transparent' } }],
  ])('but %s', (_, value) => expect(accepted(value)).toBe(true));
});

describe('an editor agrees with the loader about scenarios', () => {
  const accepted = accepts(scenarioJsonSchema(faultKinds));
  const scenario = readYaml(join(shippedFolder('scenarios'), 'network-delay.yml')) as Record<string, unknown>;
  const withFault = (fault: unknown) => ({ ...scenario, faults: [fault] });

  test.each(yamlFiles(shippedFolder('scenarios')))('%s', (file) => expect(accepted(readYaml(file))).toBe(true));

  test.each([
    ['an unknown tier', { ...scenario, tier: 'x' }],
    ['an unknown kind', withFault({ kind: 'x' })],
    ['a parameter of another kind', withFault({ kind: 'kill', on: 'any', delay: '1s' })],
    ['a missing parameter', withFault({ kind: 'network-delay', on: 'links.cluster' })],
    ['a node fault without target', withFault({ kind: 'kill' })],
    [
      'a bound in the wrong direction',
      { ...scenario, expect: { availability: '<= 9%', 'p99-latency': '<= 1s', recovery: '<= 1s' } },
    ],
  ])('not %s', (_, value) => expect(accepted(value)).toBe(false));

  test('a template may stand for a value', () => {
    expect(
      accepted(withFault({ kind: 'restart', on: { nodes: ['node1'] }, downtime: '{{ downtime }}', for: '{{ for }}' })),
    ).toBe(true);
  });
});

describe('an editor agrees with the loader about plans', () => {
  const accepted = accepts(planJsonSchema());
  const withEntry = (entry: unknown) => ({ name: 'mine', title: 'Mine', scenarios: [entry] });

  test.each(yamlFiles(plansFolder()))('%s', (file) => expect(accepted(readYaml(file))).toBe(true));

  test.each([
    ['no scenario at all', { name: 'mine', title: 'Mine', scenarios: [] }],
    ['a scenario without its name', withEntry({ set: { delay: '1s' } })],
    ['an unknown key', withEntry({ scenario: 'baseline', hold: '1s' })],
    ['a duration without unit', withEntry({ scenario: 'baseline', duration: 5 })],
    ['another condition', { ...withEntry('baseline'), 'abort-on': 'inconclusive' }],
  ])('not %s', (_, value) => expect(accepted(value)).toBe(false));

  test.each([
    ['a name alone', withEntry('baseline')],
    ['a number as a value', withEntry({ scenario: 'mine.yml', as: 'second', set: { count: 3 }, duration: '5s' })],
  ])('but %s', (_, value) => expect(accepted(value)).toBe(true));
});
