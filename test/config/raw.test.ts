import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import {
  locate,
  locateKey,
  mapScalars,
  merge,
  type Raw,
  rawMap,
  rawOption,
  scalarsOf,
  toValue,
} from '../../src/config/raw.ts';
import { parseYaml } from '../../src/config/yaml-file.ts';

/** What a file with this text says. */
function layer(file: string, text: string): Raw {
  const { raw, problems } = parseYaml(text, file);
  if (raw === undefined) throw new Error(JSON.stringify(problems));
  return raw;
}

const scalar = fc.oneof(fc.string({ maxLength: 8 }), fc.integer(), fc.boolean(), fc.constant(null));
const key = fc.constantFrom('a', 'b', 'c', '__proto__');
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalar, fc.array(scalar, { maxLength: 3 }), tie('map')),
  map: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
}));
const map = fc.dictionary(key, value, { minKeys: 1, maxKeys: 4, noNullPrototype: true });

describe('the values of a file', () => {
  test('are those that the YAML library reads', () => {
    fc.assert(
      fc.property(map, (given) => {
        const text = stringify(given);
        expect(toValue(layer('a.yml', text))).toEqual(parse(text));
      }),
    );
  });

  test('have each a place of their own, where their text begins', () => {
    const text = 'broker:\n  start: ./b\n  ports: [mqtt, "cluster"]\n';
    const places = scalarsOf(layer('chaos.yml', text)).map(({ path, scalar: { location } }) => [path, location]);
    expect(places).toEqual([
      [['broker', 'start'], { file: 'chaos.yml', line: 2, column: 10 }],
      [['broker', 'ports', 0], { file: 'chaos.yml', line: 3, column: 11 }],
      [['broker', 'ports', 1], { file: 'chaos.yml', line: 3, column: 17 }],
    ]);
  });

  test('what is missing is located by the key of the map that lacks it', () => {
    const raw = layer('chaos.yml', 'cluster: {}\nbroker:\n  ready: { mqtt: true }\n');
    expect(locate(raw, ['broker', 'ready', 'http'])).toMatchObject({ line: 3, column: 3 });
    expect(locate(raw, ['broker', 'mqtt', 'version'])).toMatchObject({ line: 2, column: 1 });
    expect(locate(raw, ['workload'])).toMatchObject({ line: 1, column: 1 });
  });

  test('an alias is a copy of what it stands for, at the place of that', () => {
    const raw = layer('chaos.yml', 'a: &x { b: 1 }\nc: *x\n');
    expect(toValue(raw)).toEqual({ a: { b: 1 }, c: { b: 1 } });
    expect(locate(raw, ['c', 'b'])).toMatchObject({ line: 1, column: 12 });
    expect(locateKey(raw, ['c'])).toMatchObject({ line: 2, column: 1 });
  });
});

describe('layers are merged by one rule: maps key by key, anything else whole', () => {
  const lower = layer('preset.yml', 'broker:\n  env: { A: 1, B: 2 }\n  ports: [mqtt, http]\n  name: base\n');

  test('a key of the upper layer goes before the same key below', () => {
    const upper = layer('chaos.yml', 'broker:\n  env: { B: 3 }\n  ports: [web]\n');
    expect(toValue(merge(upper, lower))).toEqual({ broker: { env: { A: 1, B: 3 }, ports: ['web'], name: 'base' } });
  });

  test('each value keeps the place where its layer has it', () => {
    const merged = merge(layer('chaos.yml', 'broker:\n  env: { B: 3 }\n'), lower);
    expect(locate(merged, ['broker', 'env', 'A'])).toMatchObject({ file: 'preset.yml', line: 2 });
    expect(locate(merged, ['broker', 'env', 'B'])).toMatchObject({ file: 'chaos.yml', line: 2 });
    // Both have the map: what it lacks is for the upper one to say.
    expect(locate(merged, ['broker', 'env', 'C'])).toMatchObject({ file: 'chaos.yml', line: 2 });
  });

  test('a list is never mixed: what an item lacks is not looked for in the item below', () => {
    const merged = merge(
      layer('chaos.yml', 'issues:\n  - { invariant: ordering }\n'),
      layer('preset.yml', 'issues:\n  - { invariant: liveness, why: x }\n'),
    );
    expect(locate(merged, ['issues', 0, 'why'])).toMatchObject({ file: 'chaos.yml', line: 2 });
  });

  test('an option of the command line has a name and no place', () => {
    const merged = merge(rawMap({ broker: rawMap({ name: rawOption('name', 'mine') }) }), lower);
    expect(toValue(merged)).toMatchObject({ broker: { name: 'mine', ports: ['mqtt', 'http'] } });
    expect(locate(merged, ['broker', 'name'])).toBeUndefined();
    expect(locate(merged, ['broker'])).toMatchObject({ file: 'preset.yml' });
  });

  const file = (name: string) => map.map((given) => layer(name, stringify(given)));

  test('merging with itself or with nothing changes nothing', () => {
    fc.assert(
      fc.property(file('a.yml'), (raw) => {
        for (const merged of [merge(raw, raw), merge(raw, rawMap({})), merge(rawMap({}), raw)])
          expect(toValue(merged)).toEqual(toValue(raw));
      }),
    );
  });

  test('all that the upper layer says is kept, and nothing comes from elsewhere than one of the two', () => {
    fc.assert(
      fc.property(file('upper.yml'), file('lower.yml'), (upper, lower) => {
        const merged = scalarsOf(merge(upper, lower));
        expect(merged).toEqual(expect.arrayContaining(scalarsOf(upper)));
        expect([...scalarsOf(upper), ...scalarsOf(lower)]).toEqual(expect.arrayContaining(merged));
      }),
    );
  });
});

test('scalars are changed in a copy', () => {
  const raw = layer('a.yml', 'a: 1\nb: [2, x]\n');
  const doubled = mapScalars(raw, (one) => (typeof one.value === 'number' ? { ...one, value: one.value * 2 } : one));
  expect(toValue(doubled)).toEqual({ a: 2, b: [4, 'x'] });
  expect(toValue(raw)).toEqual({ a: 1, b: [2, 'x'] });
});
