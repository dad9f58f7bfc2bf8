import { describe, expect, test } from '@jest/globals';
import { annotationsOf, capped, mostAnnotations } from '../../src/action/annotations.ts';
import type { Annotation } from '../../src/action/workflow.ts';
import { loadScenarios } from '../../src/config/scenarios.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import { failingRun, inconclusiveRun, passingRun, runRecord } from '../support/records.ts';

const repository = new URL('../..', import.meta.url).pathname.replace(/\/$/, '');
const inOwnRepository = {
  scenarios: loadScenarios({ cwd: repository, faultKinds, folders: ['scenarios'], tiers: ['basic'] }),
  cwd: repository,
  workspace: repository,
  config: undefined,
};

describe('annotations', () => {
  test('a violation points at its scenario and begins with what broke', () => {
    expect(annotationsOf(failingRun(), inOwnRepository)).toContainEqual({
      level: 'error',
      title: 'no-acknowledged-loss violated in node-kill',
      message: expect.stringMatching(/^12 violations of no-acknowledged-loss: message 1041 .*\(seed a-seed\)$/),
      file: 'scenarios/node-kill.yml',
      line: inOwnRepository.scenarios.find(({ name }) => name === 'node-kill')?.location.line,
    });
  });

  test('a broken expectation points at its own line', () => {
    const broken = annotationsOf(failingRun(), inOwnRepository).find(
      ({ title }) => title === 'recovery of node-restart broken',
    );
    expect(broken).toMatchObject({ level: 'error', file: 'scenarios/node-restart.yml' });
    const { location, expectLocations } = inOwnRepository.scenarios.find(({ name }) => name === 'node-restart') ?? {};
    expect(broken?.line).toBe(expectLocations?.recovery.line);
    expect(broken?.line).toBeGreaterThan(location?.line ?? 0);
  });

  test('a node that ended by itself shows its last lines', () => {
    expect(annotationsOf(failingRun(), inOwnRepository)).toContainEqual(
      expect.objectContaining({
        title: 'node1 ended by itself in node-restart',
        message: expect.stringContaining('panic: runtime error'),
      }),
    );
  });

  test('what could not be decided is a warning; a pass says nothing', () => {
    expect(annotationsOf(inconclusiveRun(), inOwnRepository).map(({ level }) => level)).toEqual(['warning', 'warning']);
    expect(annotationsOf(passingRun(), inOwnRepository)).toEqual([]);
  });

  test('a known issue that is gone is a notice', () => {
    const record = runRecord(passingRun().scenarios, {
      knownIssues: [{ invariant: 'ordering', scenario: null, why: 'issue 7', seen: false }],
    });
    expect(annotationsOf(record, inOwnRepository)).toEqual([
      expect.objectContaining({ level: 'notice', title: 'Known issue not seen: ordering' }),
    ]);
  });

  test('a shipped scenario is not a file of a foreign repository: its chaos.yml is pointed at, or nothing', () => {
    const elsewhere = { ...inOwnRepository, cwd: '/somewhere/else', workspace: '/somewhere/else' };
    const scenarios = inOwnRepository.scenarios.map((scenario) => ({
      ...scenario,
      location: { file: '/opt/action/dist/scenarios/node-kill.yml', line: 1 },
    }));
    const first = (config: string | undefined): Annotation | undefined =>
      annotationsOf(failingRun(), { ...elsewhere, scenarios, config })[0];
    expect(first('.github/chaos.yml')).toMatchObject({ file: '.github/chaos.yml', line: 1 });
    expect(first(undefined)).not.toHaveProperty('file');
  });
});

describe('at most ten', () => {
  const warnings = Array.from(
    { length: 12 },
    (_, i): Annotation => ({ level: 'warning', title: `w${i}`, message: '' }),
  );
  const error: Annotation = { level: 'error', title: 'e', message: '' };

  test('worst first, and the last one counts the others', () => {
    const shown = capped([...warnings, error]);
    expect(shown).toHaveLength(mostAnnotations);
    expect(shown[0]).toBe(error);
    expect(shown.at(-1)).toMatchObject({ level: 'warning', title: '4 more findings' });
  });

  test('ten are ten', () => {
    expect(capped(warnings.slice(0, 10))).toEqual(warnings.slice(0, 10));
  });
});
