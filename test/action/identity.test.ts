import { expect, test } from '@jest/globals';
import { identityOf, readTrigger } from '../../src/action/trigger.ts';

const of = (env: Readonly<Record<string, string>>, matrix: readonly string[] = []): string =>
  identityOf(readTrigger({ GITHUB_JOB: 'chaos', ...env }), matrix);
const inFile = (file: string) => ({ GITHUB_WORKFLOW_REF: `octo/broker/.github/workflows/${file}@refs/heads/main` });

test('an identity is the workflow’s file, the job and the values of its matrix', () => {
  expect(of(inFile('ci.yml'))).toBe('ci.chaos');
  expect(of(inFile('ci.yaml'), ['nats', '2.10'])).toBe('ci.chaos.nats-2.10');
  expect(of({ ...inFile('ci.yml'), GITHUB_ACTION: '__octo_chaos-action_2' })).toBe('ci.chaos.2');
  // A runner that names no file.
  expect(of({})).toBe('chaos');
});

test('no two of them are alike', () => {
  const all = [
    of(inFile('a.yml')),
    of(inFile('b.yml')),
    of(inFile('a-chaos.yml')),
    of({ ...inFile('a.yml'), GITHUB_JOB: 'chaos-x' }),
    of(inFile('a.yml'), ['chaos']),
    of(inFile('a.yml'), ['x']),
    of(inFile('a.yml'), ['x', 'y']),
    of(inFile('a.yml'), ['x-y']),
    of({ ...inFile('a.yml'), GITHUB_JOB: 'chaos-x' }, ['y']),
    of(inFile('a.b.yml')),
    of(inFile('a-b.yml')),
    of({ ...inFile('a.yml'), GITHUB_JOB: 'b', GITHUB_WORKFLOW: 'x' }),
    of(inFile('nächtlich.yml')),
    of(inFile('n-chtlich.yml')),
  ];
  expect(new Set(all).size).toBe(all.length);
  for (const one of all) expect(one).toMatch(/^[\w.-]+$/);
});
