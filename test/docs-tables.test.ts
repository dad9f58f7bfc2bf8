import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { checks } from '../src/checks/registry.ts';
import { temporaryFolders } from './support/temporary-folder.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const pages = [
  'README.md',
  ...['github-action', 'scenarios', 'chaos-yml', 'sabotage', 'invariants', 'embedded-broker', 'workload'].map(
    (page) => `docs/${page}.md`,
  ),
];
const sources = ['action.yml', 'comment/action.yml', ...pages];

type Values = Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
const { inputs, outputs }: { inputs: Values; outputs: Values } = parse(readFileSync(join(root, 'action.yml'), 'utf8'));

const temporary = temporaryFolders();
const docsTables = (...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'scripts', 'docs-tables.mjs'), ...args], { encoding: 'utf8' });
const pageOf = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8');

/** Rows between two markers, each with its cells. */
function rows(page: string, name: string): string[][] {
  const [, region = ''] = new RegExp(`<!-- ${name}:start -->\n(.*?)<!-- ${name}:end -->`, 's').exec(page) ?? [];
  return region
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => line.slice(2, -2).split(' | '));
}

describe.each(['README.md', 'docs/github-action.md'])('%s', (name) => {
  const page = pageOf(root, name);

  test('has every input with its default, but for what GitHub fills in', () => {
    const { matrix, ...settable } = inputs;
    expect(matrix?.description).toMatch(/^Not for you to set/);
    expect(rows(page, 'inputs').map(([input, value]) => [input, value])).toEqual(
      Object.entries(settable).map(([input, { default: value }]) => [
        `\`${input}\``,
        value === '' ? '' : `\`${value}\``,
      ]),
    );
  });

  test('has every output', () => {
    expect(rows(page, 'outputs').map(([output]) => output)).toEqual(
      Object.keys(outputs).map((output) => `\`${output}\``),
    );
  });
});

test('the tables of the pages are what action.yml and the registries say, to the letter', () => {
  expect(docsTables('--check')).toMatchObject({ status: 0, stderr: '' });
});

test('a changed action.yml is noticed, and written into the pages and nowhere else in them', () => {
  const folder = temporary();
  for (const source of sources) cpSync(join(root, source), join(folder, source));
  const before = pageOf(folder, 'README.md');
  const changed = pageOf(folder, 'action.yml').replace('Id of the uploaded artifact.', 'Another | text.');
  writeFileSync(join(folder, 'action.yml'), changed);

  expect(docsTables('--check', folder)).toMatchObject({
    status: 1,
    stderr:
      'README.md is out of date: node scripts/docs-tables.mjs\ndocs/github-action.md is out of date: node scripts/docs-tables.mjs\n',
  });
  expect(pageOf(folder, 'README.md')).toBe(before);

  expect(docsTables(folder)).toMatchObject({ status: 0 });
  expect(pageOf(folder, 'README.md')).toBe(before.replace('Id of the uploaded artifact.', 'Another \\| text.'));
  expect(docsTables('--check', folder).status).toBe(0);
});

describe('docs/invariants.md', () => {
  const sections = pageOf(root, 'docs/invariants.md')
    .split(/^## /m)
    .slice(1)
    .map((section) => ({ id: section.split('\n', 1)[0] ?? '', section }));

  test('has a section for each invariant, in the order of the reports', () => {
    expect(sections.map(({ id }) => id)).toEqual(checks.map(({ id }) => id));
  });

  test.each(checks)(
    'says of $id what each clause says, how it is observed, what is legal, and shows a violation',
    ({ id, clause }) => {
      const { section = '' } = sections.find((one) => one.id === id) ?? {};
      const [, , written = ''] = section.split(new RegExp(`<!-- invariant-${id}:(?:start|end) -->`));
      const numbers = [clause?.v311, clause?.v5].flatMap((of) => of?.split(', ') ?? []);
      const lacks = ['**Observed**', '**Legal**', '**Violation**', ...numbers].filter(
        (part) => !written.toLowerCase().includes(part.toLowerCase()),
      );
      // What stands after its second marker, and what is not there.
      expect({ id, lacks }).toEqual({ id, lacks: [] });
    },
  );
});

describe('a reader who copies a workflow from the pages', () => {
  type Step = { readonly uses?: string; readonly with?: Readonly<Record<string, unknown>> };
  type Job = { readonly uses?: string; readonly permissions?: unknown; readonly steps?: readonly Step[] };
  type Recipe = {
    readonly on?: unknown;
    readonly permissions?: unknown;
    readonly jobs?: Readonly<Record<string, Job>>;
  };

  const recipes: { name: string; text: string; recipe: Recipe }[] = ['README.md', 'docs/github-action.md'].flatMap(
    (page) =>
      [...pageOf(root, page).matchAll(/```yaml\n(.*?)```/gs)]
        .map(([, text = '']) => ({ text, recipe: parse(text) }))
        .map((found) => ({ ...found, name: `${page}, ${found.recipe.name ?? Object.keys(found.recipe.jobs ?? {})}` }))
        .filter(({ recipe }) => recipe.jobs),
  );

  test('finds one for every case', () => expect(recipes.length).toBeGreaterThan(7));

  test.each(recipes)('gives each job its rights: $name', ({ recipe }) => {
    for (const job of Object.values(recipe.jobs ?? {})) expect(job.permissions).toBeDefined();
  });

  test.each(recipes)('names inputs that exist: $name', ({ recipe }) => {
    const steps = Object.values(recipe.jobs ?? {}).flatMap((job) => job.steps ?? []);
    const ours = steps.filter(({ uses }) => uses === 'org/chaos-action@v1');
    for (const { with: given = {} } of ours) {
      expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
    }
  });

  test('reads outputs that exist', () => {
    const read = recipes.flatMap(({ text }) =>
      [...text.matchAll(/steps\.chaos\.outputs\.([a-z-]+)/g)].map(([, name]) => name),
    );
    expect(read.length).toBeGreaterThan(0);
    expect(Object.keys(outputs)).toEqual(expect.arrayContaining(read));
  });

  test('calls the reusable workflow with inputs that it has, in five lines', () => {
    const call = recipes.find(({ recipe }) => recipe.jobs?.chaos?.uses);
    const { on } = parse(readFileSync(join(root, '.github/workflows/broker.yml'), 'utf8'));
    expect(call?.text.trim().split('\n')).toHaveLength(5);
    expect(Object.keys(on.workflow_call.inputs)).toEqual(
      expect.arrayContaining(Object.keys(parse(call?.text ?? '').jobs.chaos.with)),
    );
  });
});
