import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { Cron } from 'croner';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, '.github', 'workflows');

type Step = { readonly uses?: string; readonly run?: string; readonly with?: Readonly<Record<string, string>> };
type Job = {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number | string;
  readonly if?: string;
  readonly steps: readonly Step[];
};
type Inputs = Readonly<Record<string, { readonly default?: unknown; readonly value?: string }>>;
type Workflow = {
  readonly on: {
    readonly schedule?: readonly { readonly cron: string }[];
    readonly workflow_call?: { readonly inputs: Inputs; readonly outputs: Inputs };
    readonly workflow_dispatch?: { readonly inputs: Inputs };
  };
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
};
type Action = { readonly inputs: Inputs; readonly outputs: Inputs };

const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const files = readdirSync(folder);
const workflow = (name: string): Workflow => parse(read(join('.github', 'workflows', name)));
const action: Action = parse(read('action.yml'));
const ours: Readonly<Record<string, Action>> = {
  './': action,
  'org/chaos-action@v1': action,
  './comment': parse(read('comment/action.yml')),
};

const jobs = files.flatMap((file) =>
  Object.entries(workflow(file).jobs).map(([name, job]) => ({ place: `${file}, ${name}`, file, job })),
);
const steps = jobs.flatMap(({ place, job }) => job.steps.map((step) => ({ place, step })));

test('the workflows are those that the documentation speaks of', () => {
  expect(files.sort()).toEqual(['broker.yml', 'chaos-comment.yml', 'chaos.yml', 'ci.yml', 'release.yml']);
});

describe('nobody else decides what runs', () => {
  const uses = steps.flatMap(({ place, step }) => (step.uses ? [{ place, uses: step.uses }] : []));

  test('each action is ours, or pinned to a commit', () => {
    for (const { place, uses: name } of uses) {
      expect({ place, name, isOurs: name in ours }).toEqual({ place, name, isOurs: !/@[0-9a-f]{40}$/.test(name) });
    }
    expect(new Set(uses.map(({ uses: name }) => name)).size).toBeGreaterThan(3);
  });

  test('each pin says which version it is, the same one everywhere', () => {
    const versions = new Map<string, string>();
    for (const file of files) {
      for (const [line, pin = ''] of read(join('.github', 'workflows', file)).matchAll(/uses: (\S+@[0-9a-f]{40}).*/g)) {
        const [action = ''] = pin.split('@');
        const comment = /^uses: \S+ (# v\d+\.\d+\.\d+)$/.exec(line)?.[1] ?? 'no version';
        expect(`${pin} ${comment}`).toMatch(/ # v/);
        expect(versions.get(action) ?? `${pin} ${comment}`).toBe(`${pin} ${comment}`);
        versions.set(action, `${pin} ${comment}`);
      }
    }
  });

  test('no workflow of this repository runs for a fork with rights', () => {
    for (const file of files) expect(workflow(file).on).not.toHaveProperty('pull_request_target');
  });

  test('the workflow that comments for forks runs nothing but the default branch', () => {
    const { job } = jobs.find(({ file }) => file === 'chaos-comment.yml') ?? {};
    expect(job?.if).toContain("github.event.workflow_run.event == 'pull_request'");
    expect(job?.if).toContain('github.event.workflow_run.head_repository.full_name != github.repository');
    expect(job?.steps.map(({ uses = 'a shell', with: inputs = {} }) => [uses.split('@')[0], inputs.ref])).toEqual([
      ['actions/checkout', `\${{ github.event.repository.default_branch }}`],
      ['./comment', undefined],
    ]);
  });

  test('nothing that GitHub fills in becomes part of a shell script', () => {
    const scripts = steps.flatMap(({ step: { run } }) => run ?? []);
    expect(scripts.length).toBeGreaterThan(5);
    for (const script of scripts) expect(script).not.toContain('${{');
  });
});

describe('no more rights than needed', () => {
  test.each(files)('%s gives none but by job', (file) => expect(workflow(file).permissions).toEqual({}));

  test.each(jobs)('$place', ({ file, job }) => {
    const writes = Object.entries(job.permissions ?? { everything: 'write' }).filter(([, right]) => right !== 'read');
    const allowed: Readonly<Record<string, readonly string[]>> = {
      'chaos.yml': ['pull-requests'],
      'chaos-comment.yml': ['pull-requests'],
      'broker.yml': ['pull-requests'],
      'release.yml': ['contents'],
    };
    expect(allowed[file] ?? []).toEqual(expect.arrayContaining(writes.map(([name]) => name)));
    // What installs packages does not get to write to the repository.
    if (writes.some(([name]) => name === 'contents')) expect(job.steps.some(({ uses }) => uses)).toBe(false);
  });

  test('no checkout leaves a token in .git/config', () => {
    const checkouts = steps.filter(({ step }) => step.uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(3);
    for (const { place, step } of checkouts) {
      expect({ place, persists: step.with?.['persist-credentials'] }).toEqual({ place, persists: false });
    }
  });
});

test.each(jobs)('$place ends by itself', ({ job }) => {
  expect(job['timeout-minutes']).toBeDefined();
});

describe('what is passed to the Action exists', () => {
  const calls = steps.flatMap(({ place, step }) =>
    step.uses && ours[step.uses] ? [{ place, name: step.uses, given: Object.keys(step.with ?? {}) }] : [],
  );

  test('it is called', () => {
    expect(new Set(calls.map(({ name }) => name))).toEqual(new Set(Object.keys(ours)));
  });

  test.each(calls)('$place', ({ name, given }) => {
    expect(Object.keys(ours[name]?.inputs ?? {})).toEqual(expect.arrayContaining(given));
  });

  test('broker.yml has the defaults of action.yml, and its outputs', () => {
    const { inputs = {}, outputs = {} } = workflow('broker.yml').on.workflow_call ?? {};
    const own = ['setup', 'runs-on', 'timeout-minutes'];
    for (const [name, { default: value }] of Object.entries(inputs).filter(([name]) => !own.includes(name))) {
      expect([name, String(value)]).toEqual([name, action.inputs[name]?.default]);
    }
    expect(Object.keys(action.outputs)).toEqual(expect.arrayContaining(Object.keys(outputs)));
    expect(Object.keys(outputs)).toContain('verdict');
  });
});

describe('chaos.yml', () => {
  const { on, concurrency } = workflow('chaos.yml');

  test('fires nightly, weekly and monthly, which `tier: auto` takes for fault, stress and extreme', () => {
    const runsIn2026 = (on.schedule ?? []).map(
      ({ cron }) =>
        new Cron(cron, { timezone: 'UTC', stopAt: '2026-12-31T23:59:59' }).nextRuns(
          400,
          new Date('2026-01-01T00:00:00Z'),
        ).length,
    );
    expect(runsIn2026).toEqual([365, 52, 12]);
  });

  test('runs on main too, where pull requests find what they are compared with', () => {
    expect(on).toMatchObject({ push: { branches: ['main'] } });
    expect(on).toHaveProperty('pull_request');
  });

  test('offers by hand what the Action takes', () => {
    const offered = Object.keys(on.workflow_dispatch?.inputs ?? {});
    expect(offered).toEqual(expect.arrayContaining(['tier', 'scenarios', 'seed', 'duration', 'nodes', 'compare']));
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(offered));
  });

  test('a push to a pull request ends the run before it, and only there', () => {
    expect(concurrency).toMatchObject({ 'cancel-in-progress': `\${{ github.event_name == 'pull_request' }}` });
  });
});
