import { expect, test } from '@jest/globals';
import { renderGameDay, stageOf } from '../../src/report/game-day.ts';
import { failingRun } from '../support/records.ts';

const record = failingRun();
const names = record.scenarios.map(({ name }) => name);
const plan = {
  ...({ name: 'day', title: 'A day', abortOn: 'fail' } as const),
  stages: [
    { name: 'warm-up', scenarios: names.slice(0, 1) },
    { name: 'failure', scenarios: names.slice(1) },
  ],
} as const;
const scenarios = record.scenarios.map(({ name, title }) => ({
  ...{ name, title, expect: { availability: 0.99, p99LatencyMs: 1_000, recoveryMs: 5_000 } },
}));
const text = renderGameDay({ record, plan, scenarios, pauses: [{ stage: 'failure', fromMs: 10_000, toMs: 70_000 }] });
const part = (name: string): string => text.split(`## ${name}\n`)[1]?.split('\n## ')[0] ?? '';

test('a game day leaves what was prepared, done, observed, how the cluster came back, and questions', () => {
  expect([...text.matchAll(/^## (.*)$/gm)].map(([, name]) => name)).toEqual([
    'Prepare',
    'Execute',
    'Observe',
    'Recover',
    'Retrospective',
  ]);
});

test('each scenario is prepared with its stage and its hypothesis', () => {
  for (const { name } of scenarios)
    expect(part('Prepare')).toMatch(
      new RegExp(
        `\\| (warm-up|failure) \\| \`${name}\` \\| .* \\| availability at least 99%, p99 at most 1 s, recovery at most 5 s \\|`,
      ),
    );
});

test('what happened stands in the order of time, people among it', () => {
  const times = [...part('Execute').matchAll(/^\| ([\d.]+) s \|/gm)].map(([, seconds]) => Number(seconds));
  expect(times.length).toBeGreaterThan(names.length);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(part('Execute')).toContain('| 10.0 s | people were asked before failure, and answered after 60 s |');
  for (const { kind, target } of record.scenarios.flatMap(({ faults }) => faults))
    expect(part('Execute')).toContain(`${kind} in force at ${target}`);
});

test('each violation is observed, and the questions are left to people', () => {
  for (const { invariant } of record.scenarios.flatMap(({ violations }) => violations))
    expect(part('Observe')).toContain(`${invariant} violated`);
  expect(part('Retrospective')).toContain('of which people were waited for 60 s.');
  expect(part('Retrospective')).toMatch(/\| Which expectation was wrong.* \| {2}\|/);
});

test('a scenario that no stage names has none', () => {
  expect(stageOf(plan, { name: 'other' })).toBe('');
});
