import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { commentings, compares, inputNames, loadInputs } from '../../src/action/inputs.ts';
import { ChaosError } from '../../src/base/error.ts';
import { privilegedModes } from '../../src/model/privileged-mode.ts';
import { tiers } from '../../src/model/scenario.ts';

type ActionFile = {
  readonly inputs: Record<string, { description: string; required: boolean; default: string }>;
  readonly outputs: Record<string, { description: string }>;
  readonly runs: Record<string, string>;
};
const action = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8')) as ActionFile;

/** What the runner passes when a workflow says nothing but `given`. */
const withDefaults = (given: Readonly<Record<string, string>> = {}) =>
  loadInputs((name) => given[name] ?? (action.inputs[name]?.default ?? '').replace(/^\$\{\{.*\}\}$/, ''));

const problemsOf = (given: Readonly<Record<string, string>>): string[] => {
  try {
    withDefaults(given);
  } catch (error) {
    if (error instanceof ChaosError) return error.problems.map(({ message }) => message);
  }
  return [];
};

describe('action.yml and the parser', () => {
  test('name the same inputs, in the same order', () => {
    expect(Object.keys(action.inputs)).toEqual([...inputNames]);
  });

  test('every input has a description and a default, and none is required', () => {
    for (const [name, input] of Object.entries(action.inputs)) {
      expect([name, input.required, typeof input.default, input.description.length > 40]).toEqual([
        name,
        false,
        'string',
        true,
      ]);
    }
  });

  test('every word that an input takes is in its description', () => {
    const words = { tier: ['auto', ...tiers], compare: compares, comment: commentings, privileged: privilegedModes };
    for (const [name, of] of Object.entries(words))
      for (const word of of)
        expect([name, action.inputs[name]?.description]).toEqual([name, expect.stringContaining(`\`${word}\``)]);
  });

  test('the step and its post step are one file, on Node 24', () => {
    expect(action.runs).toEqual({
      using: 'node24',
      main: 'dist/index.js',
      post: 'dist/index.js',
      'post-if': 'always()',
    });
  });
});

describe('inputs', () => {
  test('a workflow that says nothing gets what action.yml promises', () => {
    expect(withDefaults()).toEqual({
      config: undefined,
      broker: undefined,
      tier: 'auto',
      scenarios: undefined,
      plan: undefined,
      nodes: undefined,
      durationMs: undefined,
      seed: undefined,
      failBelow: undefined,
      warnBelow: undefined,
      failOnInconclusive: false,
      repeat: 3,
      workingDirectory: '.',
      compare: 'artifact',
      comment: 'auto',
      commentId: undefined,
      artifactName: undefined,
      retentionDays: undefined,
      privileged: 'auto',
      token: undefined,
      matrix: [],
    });
  });

  test('are read with their units', () => {
    expect(
      withDefaults({
        tier: 'basic, fault',
        scenarios: 'node-kill,\n  .github/mine.yml\n',
        nodes: '5',
        duration: '90s',
        'fail-below': '7.5',
        'fail-on-inconclusive': 'TRUE',
        repeat: '1',
        'retention-days': '14',
        compare: 'merge-base',
      }),
    ).toMatchObject({
      tier: ['basic', 'fault'],
      scenarios: ['node-kill', '.github/mine.yml'],
      nodes: 5,
      durationMs: 90_000,
      failBelow: 7.5,
      failOnInconclusive: true,
      repeat: 1,
      retentionDays: 14,
      compare: 'merge-base',
    });
  });

  test('all mistakes are told at once, each with its input', () => {
    expect(
      problemsOf({
        nodes: 'three',
        duration: '30',
        'fail-below': '70',
        compare: 'mergebase',
        tier: 'nightly',
        comment: 'yes',
      }),
    ).toEqual(
      [
        'input nodes: "three" is not a whole number of nodes',
        'input fail-below: "70" is not a score from 0 to 10',
        'input tier: there is no tier "nightly"',
        'input duration: "30" is not a duration',
        'input compare: "mergebase" is none of none, artifact, merge-base',
        'input comment: "yes" is none of auto, always, never',
      ].toSorted((a, b) => problemsOrder.indexOf(a.split(':')[0] ?? '') - problemsOrder.indexOf(b.split(':')[0] ?? '')),
    );
  });

  test('a plan and scenarios exclude one another', () => {
    expect(problemsOf({ plan: 'week-1', scenarios: 'node-kill' })).toEqual(['input plan: not together with scenarios']);
    expect(problemsOf({ plan: 'week-1' })).toEqual([]);
  });

  test('the matrix is flattened to the values of this leg', () => {
    expect(withDefaults({ matrix: 'null' }).matrix).toEqual([]);
    expect(withDefaults({ matrix: '{"broker":"nats","go":{"version":1.22},"race":true}' }).matrix).toEqual([
      'nats',
      '1.22',
      'true',
    ]);
    expect(problemsOf({ matrix: 'nats' })).toEqual([
      'input matrix: not for you to set: it is the matrix of the job as JSON',
    ]);
  });
});

/** Those that are checked first come first. */
const problemsOrder = [
  'input tier',
  'input nodes',
  'input duration',
  'input fail-below',
  'input compare',
  'input comment',
];
