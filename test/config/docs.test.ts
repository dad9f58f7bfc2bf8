import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chaosJsonSchema } from '../../src/config/json-schema.ts';
import { loadConfig } from '../../src/config/load.ts';
import { loadPlan } from '../../src/config/plans.ts';
import { loadScenarios } from '../../src/config/scenarios.ts';
import {
  brokerSchema,
  chaosFileSchema,
  planEntrySchema,
  planSchema,
  scenarioSchema,
  targetWords,
} from '../../src/config/schema.ts';
import { planNames, presetNames } from '../../src/config/shipped.ts';
import { keysOf } from '../../src/config/zod-problems.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import { workspace } from './workspace.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const chaosYml = readFileSync(join(root, 'docs', 'chaos-yml.md'), 'utf8');
const scenarios = readFileSync(join(root, 'docs', 'scenarios.md'), 'utf8');
const faults = readFileSync(join(root, 'docs', 'faults.md'), 'utf8');

/** Fails with the line that is missing; the page itself, which may be long, is not printed. */
function expectIn(page: string, text: string): void {
  expect({ text, isInThePage: page.includes(text) }).toEqual({ text, isInThePage: true });
}

let space: ReturnType<typeof workspace>;
beforeEach(() => {
  space = workspace();
});
afterEach(() => space.remove());

/** The text of an example, the first of a page or a later one. */
function yamlOf(page: string, index = 0): string {
  return [...page.matchAll(/```yaml\n(.*?)```/gs)][index]?.[1] ?? '';
}

type Described = { default?: unknown; properties?: Record<string, Described> };

/** The defaults of the schema, as the tables write them: those of a map within `broker` as one map. */
function defaults(): Map<string, string> {
  const { properties = {} }: Described = chaosJsonSchema();
  const written = (schema: Described): string | undefined => {
    if (Array.isArray(schema.default)) return `[${schema.default.join(', ')}]`;
    if (schema.default !== undefined) return String(schema.default);
    const inner = Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
      const text = written(value);
      return text === undefined ? [] : [`${key}: ${text}`];
    });
    return inner.length === 0 ? undefined : `{ ${inner.join(', ')} }`;
  };
  const found = Object.entries(properties).flatMap(([section, { properties: keys = {} }]) =>
    Object.entries(keys).map(
      ([key, schema]) => [section === 'broker' ? key : `${section}.${key}`, written(schema)] as const,
    ),
  );
  return new Map(found.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

describe('docs/chaos-yml.md', () => {
  test('its example loads', () => {
    space.write('chaos.yml', yamlOf(chaosYml));
    expect(loadConfig({ cwd: space.folder, env: {} })).toMatchObject({
      broker: { name: 'emqx-go' },
      score: { failBelow: 7 },
    });
  });

  test.each(keysOf(brokerSchema))('has broker.%s', (key) => expectIn(chaosYml, `| \`${key}\` |`));

  test.each(
    (['cluster', 'workload', 'score', 'logs'] as const).flatMap((section) =>
      keysOf(chaosFileSchema.shape[section]).map((key) => `${section}.${key}`),
    ),
  )('has %s', (key) => expectIn(chaosYml, `| \`${key}\` |`));

  test.each([...defaults()])('says that %s is %s by default', (key, value) =>
    expectIn(chaosYml, `| \`${key}\` | \`${value}\` |`),
  );

  test.each(presetNames())('has %s', (name) => expectIn(chaosYml, `\`${name}\``));
});

test.each(presetNames())('README.md says that %s needs no file', (name) => expectIn(readme, `\`--broker ${name}\``));

describe('docs/scenarios.md', () => {
  test('its example loads', () => {
    space.write('mine.yml', yamlOf(scenarios));
    expect(loadScenarios({ cwd: space.folder, faultKinds, names: ['mine.yml'] })).toHaveLength(1);
  });

  test.each(keysOf(scenarioSchema))('has %s', (key) => expectIn(scenarios, `| \`${key}\` |`));

  test.each([...faultKinds.values()].map((kind) => [kind.kind, kind] as const))(
    'names each parameter of %s',
    (_, kind) => {
      for (const parameter of keysOf(kind.parameters)) expect(kind.usage).toContain(parameter);
    },
  );

  test('names the kinds whose second fault would replace the first', () => {
    const [, list = ''] = /This holds for (.*?)\./s.exec(scenarios) ?? [];
    const replaced = [...faultKinds.values()].filter(({ replacesItself }) => replacesItself);
    expect([...list.matchAll(/`(.+?)`/g)].map(([, kind]) => kind).sort()).toEqual(
      replaced.map(({ kind }) => kind).sort(),
    );
  });

  test.each(targetWords)('has the target %s', (word) => expectIn(scenarios, `\`${word}\``));

  test('its example of a plan loads', () => {
    space.write('mine.yml', yamlOf(scenarios, 1));
    expect(loadPlan({ cwd: space.folder, faultKinds, plan: 'mine.yml' })).toMatchObject({
      plan: { abortOn: 'fail' },
      scenarios: { length: 5 },
    });
  });

  test.each([...keysOf(planSchema), ...keysOf(planEntrySchema)])('has %s of a plan', (key) =>
    expectIn(scenarios.slice(scenarios.indexOf('## Plans')), `| \`${key}\` |`),
  );

  test.each(planNames())('has the plan %s', (name) => expectIn(scenarios, `\`${name}\``));
});

test.each([...faultKinds.keys()])('docs/faults.md describes how %s is made and proven', (kind) => {
  // The table of what was measured has a row for most kinds too.
  expectIn(faults.slice(0, faults.indexOf('## Measured')), `\n| \`${kind}\` `);
});
