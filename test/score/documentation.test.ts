import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseDurationMs, parseShare } from '../../src/model/units.ts';
import { fewestWindows, mostGroups, resamples } from '../../src/score/bootstrap.ts';
import { dimensionWeights, gradeThresholds, runCap, scoreRun, severityWeights } from '../../src/score/run.ts';
import {
  availabilityPart,
  latencyPart,
  limits,
  partWeights,
  recoveryPart,
  round,
  violationCap,
} from '../../src/score/scenario.ts';
import { basicTier, faultRecord, rescored, scenarioRecord } from '../support/records.ts';

const page = readFileSync(new URL('../../docs/score.md', import.meta.url), 'utf8');

/** Rows of the table whose first column is headed so, under the given heading. */
function table(heading: string, firstColumn: string): string[][] {
  const section = page.slice(page.indexOf(`\n${heading}\n`));
  const lines = section
    .slice(section.indexOf(`\n| ${firstColumn} |`))
    .trimStart()
    .split('\n');
  const rows = lines.slice(
    2,
    lines.findIndex((line) => !line.startsWith('|')),
  );
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const numbers = (rows: readonly string[][]): Record<string, number> =>
  Object.fromEntries(rows.map(([name, value]) => [name, Number(value)]));

describe('docs/score.md says what the code does', () => {
  test('weights, grades, limits and caps', () => {
    expect(numbers(table('## A run', 'severity'))).toEqual(severityWeights);
    expect(numbers(table('## A run', 'dimension'))).toEqual(dimensionWeights);
    expect(numbers(table('## A run', 'grade'))).toEqual(
      Object.fromEntries(gradeThresholds.map(([from, grade]) => [grade, from])),
    );
    expect(page).toContain(
      `score = ${partWeights.availability} A + ${partWeights.latency} L + ${partWeights.recovery} R`,
    );
    expect(page).toContain(`${limits.availabilityShare * 100} points below the expectation`);
    expect(page).toContain(`${limits.latencyFactor} x the expectation`);
    expect(page).toContain(`${limits.recoveryFactor} x the expectation`);
    expect(page).toContain(`caps the score at ${violationCap}.`);
    expect(page).toContain(`caps it at ${runCap}.`);
    expect(page).toContain(`each of ${resamples} resamples`);
    expect(page).toContain(`fewer than ${fewestWindows} windows`);
    expect(page).toContain(`more than ${mostGroups} windows`);
  });

  test('the worked example of a scenario', () => {
    const rows = table('### Worked example', 'part');
    const [availability = [], latency = [], recovery = []] = rows;
    const share = (text = ''): number => parseShare(text) ?? Number.NaN;
    const ms = (text = ''): number => parseDurationMs(text) ?? Number.NaN;
    const parts = [
      availabilityPart(share(availability[2]), share(availability[1])),
      latencyPart(ms(latency[2]), ms(latency[1])),
      recoveryPart(ms(recovery[2]), ms(recovery[1])),
    ];
    expect(parts.map((part) => part.toFixed(2))).toEqual(rows.map((row) => row[4]));
    expect(availabilityPart(share(availability[3]), share(availability[1]))).toBeCloseTo(0);
    expect(availabilityPart(share(availability[3]) + 0.01, share(availability[1]))).toBeGreaterThan(0);
    expect(latencyPart(ms(latency[3]) - 1, ms(latency[1]))).toBeGreaterThan(0);
    expect([latencyPart(ms(latency[3]), ms(latency[1])), recoveryPart(ms(recovery[3]), ms(recovery[1]))]).toEqual([
      0, 0,
    ]);
    const scenario = scenarioRecord({
      name: 'example',
      expect: { availability: share(availability[1]), p99Ms: ms(latency[1]), recoveryMs: ms(recovery[1]) },
    });
    const { score } = rescored({
      ...scenario,
      measures: {
        ...scenario.measures,
        availability: share(availability[2]),
        p99LatencyMs: ms(latency[2]),
        recoveryMs: ms(recovery[2]),
      },
    });
    expect(page).toContain(`7.00 = **${score?.toFixed(2)}**.`);
  });

  test('the worked example of a run', () => {
    const wanted = table('### Worked example of a run', 'scenario');
    const half = { scrapes: { attempted: 0, answered: 0 }, faultsSeenByBroker: null };
    const given = [
      { ...half, scrapes: { attempted: 100, answered: 95 } },
      { faultsSeenByBroker: 1, faults: [faultRecord()] },
      { faultsSeenByBroker: 0, faults: [faultRecord()] },
    ];
    const scenarios = wanted.map(([name = '', severity, dimension, score], index) => {
      const scenario = scenarioRecord({
        ...half,
        name,
        severity: severity as 'none' | 'medium' | 'high',
        dimension: dimension as 'fault-isolation' | 'auto-recovery',
        ...given[index],
      });
      // Recovery alone, of a weight of 0.4 and 25 s between expectation and limit, makes any score from 6 up.
      const recoveryMs = 5_000 + ((10 - Number(score)) / 0.4 / 10) * 25_000;
      const made = rescored({ ...scenario, measures: { ...scenario.measures, recoveryMs } });
      expect(made.score?.toFixed(2)).toBe(score);
      return made;
    });
    const run = scoreRun({ scenarios, seed: 's', partial: false, catalogue: basicTier });
    for (const [id, , score] of table('### Worked example of a run', 'dimension')) {
      expect(run.dimensions.find((dimension) => dimension.id === id)?.score?.toFixed(2)).toBe(score);
    }
    expect(round(run.score ?? 0)).toBe(run.score);
    expect(page).toContain(`= **${run.score?.toFixed(2)}**, ${run.grade}.`);
  });
});
