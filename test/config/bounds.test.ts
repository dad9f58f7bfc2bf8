import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadConfig } from '../../src/config/load.ts';
import { loadPlan } from '../../src/config/plans.ts';
import { formatProblems } from '../../src/config/problems.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import { brief, problemsOf, workspace } from './workspace.ts';

let space: ReturnType<typeof workspace>;
beforeEach(() => {
  space = workspace();
});
afterEach(() => space.remove());

function problems(text: string): string[] {
  space.write('chaos.yml', text);
  return brief(problemsOf(() => loadConfig({ cwd: space.folder, env: {} })));
}

const list = (count: number, item: (i: number) => string, between = ', '): string =>
  Array.from({ length: count }, (_, i) => item(i)).join(between);

/** Each of these took minutes, or all memory, before there was a bound. */
describe('what would take for ever to read is refused', () => {
  test('a file that is much too large', () => {
    expect(problems(`broker:\n  start: x\n  ports: [${list(200_000, (i) => `p${i}`)}]\n`)).toEqual([
      'chaos.yml  the file has 1.6 MiB; the limit is 256 KiB',
    ]);
  });

  test('a list or a map with thousands of entries', () => {
    expect(problems(`broker:\n  start: x\n  ports: [${list(20_000, (i) => `p${i}`)}]\n`)).toEqual([
      'chaos.yml:3  has 20000 entries; the limit is 1000',
    ]);
    expect(problems(`broker: { start: x }\n${list(15_000, (i) => `key${i}: 1`, '\n')}\n`)).toEqual([
      'chaos.yml:1  has 15001 entries; the limit is 1000',
    ]);
  });

  test('a plan of thousands of scenarios', () => {
    space.write('mine.yml', `name: mine\ntitle: Mine\nscenarios:\n${list(20_000, () => '  - baseline', '\n')}\n`);
    const options = { cwd: space.folder, faultKinds, nodes: 3, plan: 'mine.yml' };
    expect(brief(problemsOf(() => loadPlan(options)))).toEqual(['mine.yml:4  has 20000 entries; the limit is 1000']);
  });

  test('more ports than a node can want', () => {
    expect(problems(`broker:\n  start: x\n  ports: [${list(65, (i) => `p${i}`)}]\n`)).toEqual([
      'chaos.yml:3  broker.ports can have 64 at most',
    ]);
  });

  test('a very long key is shortened where it is shown', () => {
    const [first = ''] = problems(`broker: { start: x }\n${'k'.repeat(1_000)}: 1\n`);
    expect(first).toMatch(/^chaos\.yml:2 {2}k+\.\.\. is not a known key/);
    expect(first.length).toBeLessThan(400);
  });

  test.each([
    ['{% for i in (1..100000000) %}x{% endfor %}', /produces too much text or too many items/],
    [
      '{% for i in (1..3000) %}{% for j in (1..3000) %}{% for k in (1..3000) %}{% endfor %}{% endfor %}{% endfor %}',
      // Whichever of the two comes first on this machine.
      /produces too much text or too many items|takes longer than a second/,
    ],
    [`{% assign a = 'x' %}${'{% assign a = a | append: a %}'.repeat(40)}`, /produces too much text or too many items/],
  ])('a template without an end: %s', (template, message) => {
    const found = problems(`broker:\n  start: "./b ${template}"\n`);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
  });

  test('aliases that unfold into billions', () => {
    const levels = list(12, (i) => `a${i + 1}: &a${i + 1} [${list(9, () => `*a${i}`)}]`, '\n');
    expect(problems(`a0: &a0 [x, x, x]\n${levels}\nbroker: { start: x }\n`)).toEqual([
      'chaos.yml:2  aliases (*name) expand to too much, or contain themselves | write the values out',
    ]);
  });

  test('an alias of what it is in', () => {
    expect(problems('broker: &b\n  start: x\n  env: { A: *b }\n')).toEqual([
      'chaos.yml:3  aliases (*name) expand to too much, or contain themselves | write the values out',
    ]);
  });

  test('while an alias or two are as good as what they stand for', () => {
    space.write('chaos.yml', 'broker:\n  start: &s ./b\n  name: *s\n');
    expect(loadConfig({ cwd: space.folder, env: {} }).broker).toMatchObject({ start: './b', name: './b' });
  });
});

describe('names of files in the node’s folder', () => {
  test('may not be a file and a folder at once', () => {
    expect(problems('broker:\n  start: x\n  files: { a: 1x, a/b: 2x, ./c: x, c/d/e: y }\n')).toEqual([
      'chaos.yml:3  broker.files.a/b: "a" cannot be a file and a folder with "a/b" in it',
      'chaos.yml:3  broker.files.c/d/e: "c" cannot be a file and a folder with "c/d/e" in it',
    ]);
  });

  test('hold no character that no file system or terminal takes', () => {
    expect(problems('broker:\n  start: x\n  files: { "a\\0b": x }\n')[0]).toContain('contains a control character');
  });

  test('while folders beside files are fine', () => {
    space.write('chaos.yml', 'broker:\n  start: x\n  files: { a/b: x, a/c: y, ab: z }\n');
    expect(Object.keys(loadConfig({ cwd: space.folder, env: {} }).broker.files)).toEqual(['a/b', 'a/c', 'ab']);
  });
});

test('a text that lists show as it is holds no line break and nothing that a terminal obeys', () => {
  expect(problems('broker: { start: x, name: "a\\e[2Jb" }\n')).toEqual([
    'chaos.yml:1  broker.name: contains a line break or a control character',
  ]);
});

test('many problems are told with the first fifty, and how many more there are', () => {
  space.write('chaos.yml', `broker: { start: x }\n${list(60, (i) => `key${i}: 1`, '\n')}\n`);
  const found = problemsOf(() => loadConfig({ cwd: space.folder, env: {} }));
  expect(formatProblems(found).at(-1)).toBe('and 10 more problems');
});
