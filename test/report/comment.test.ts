import { describe, expect, test } from '@jest/globals';
import type { RunRecord } from '../../src/model/record.ts';
import { renderComment } from '../../src/report/comment.ts';
import { renderStepSummary } from '../../src/report/step-summary.ts';
import { compareRecords } from '../../src/score/compare.ts';
import {
  failingRun,
  inconclusiveRun,
  partialRun,
  passingRun,
  rescored,
  runRecord,
  violationRecord,
} from '../support/records.ts';

const marker = '<!-- chaos-action:chaos run:1 -->';
const comment = (record: RunRecord, options = {}): string => renderComment(record, { marker, ...options });
const againstPassing = (record: RunRecord) =>
  ({ kind: 'base', label: 'main at abc1234, run 7', comparison: compareRecords(passingRun(), record) }) as const;

describe('the comment', () => {
  test('begins with its marker, then the verdict', () => {
    const [first, second] = comment(failingRun()).split('\n');
    expect(first).toBe(marker);
    expect(second).toBe('## ❌ Chaos: FAIL, 3.90 of 10, Needs Improvement');
    expect(comment(passingRun())).toMatch(/## ✅ Chaos: PASS, 9\.\d\d of 10, Excellent/);
    expect(comment(inconclusiveRun())).toContain('## ⚠️ Chaos: INCONCLUSIVE');
    expect(comment(partialRun())).toContain('## ❌ Chaos: CANCELLED');
  });

  test('puts violations before the scenarios, and what got worse with them', () => {
    const text = comment(failingRun(), { against: againstPassing(failingRun()) });
    const order = ['What broke', '# no-acknowledged-loss', 'Against the base: worse', '| scenario | verdict'].map(
      (words) => text.indexOf(words),
    );
    expect(order.every((at) => at > 0)).toBe(true);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(text).toMatch(/\*\*▼ Worse than the base by \d\.\d\d\*\* \(main at abc1234, run 7\)/);
  });

  test('says in one sentence that nothing changed', () => {
    const text = comment(passingRun(), { against: againstPassing(passingRun()) });
    expect(text).toMatch(/No change outside the noise against the base, 9\.\d\d \(main at abc1234, run 7\)\./);
    expect(text).not.toContain('Against the base');
  });

  test('says what the message books say', () => {
    expect(comment(failingRun())).toContain('**12 deliveries** lost.');
    expect(comment(passingRun())).toContain('none lost.');
  });

  test('links the report and the run, and says why there is no base', () => {
    const text = comment(passingRun(), {
      links: {
        run: 'https://github.com/o/r/actions/runs/1',
        artifact: 'https://github.com/o/r/actions/runs/1/artifacts/2',
      },
      against: { kind: 'none', why: 'main has no report yet' },
    });
    expect(text).toContain('[All reports, logs and metrics](https://github.com/o/r/actions/runs/1/artifacts/2)');
    expect(text).toContain('Not compared with a base: main has no report yet.');
  });

  test('nobody is mentioned and nothing is executed by what a broker or a stranger wrote', () => {
    const hostile =
      '@everyone <img src=x onerror=alert(1)> [x](javascript:alert(1)) --> ``` <!-- chaos-action:other run:9 -->';
    const [first, ...rest] = failingRun().scenarios;
    if (!first) throw new Error('the failing run has scenarios');
    const scenario = rescored({
      ...first,
      name: hostile,
      title: hostile,
      reason: hostile,
      verdict: 'fail',
      violations: [
        violationRecord({
          invariant: hostile,
          statement: hostile,
          examples: [
            { what: hostile, atMs: 1, facts: { [hostile]: hostile }, faultsInForce: [hostile], logs: [hostile] },
          ],
        }),
      ],
    });
    const record = runRecord([scenario, ...rest], { broker: { ...failingRun().broker, name: hostile }, seed: hostile });
    for (const text of [
      comment(record, { against: againstPassing(record), remark: hostile, leg: hostile }),
      renderStepSummary(record, { against: againstPassing(record) }),
    ]) {
      const outsideOfCode = text.replaceAll(/^(`{3,})[\s\S]*?^\1$/gm, '').replaceAll(/`[^`\n]*`/g, '');
      expect(outsideOfCode).not.toMatch(/@everyone|<img|\]\(javascript/);
      // Only the marker itself is an HTML comment.
      expect(outsideOfCode.match(/<!--/g) ?? []).toHaveLength(text.startsWith(marker) ? 1 : 0);
    }
  });

  test('stays below what GitHub takes, however much broke', () => {
    const example = violationRecord().examples[0];
    if (!example) throw new Error('the violation has an example');
    const violations = Array.from({ length: 5 }, () =>
      violationRecord({
        examples: Array.from({ length: 3 }, () => ({ ...example, logs: Array(20).fill('é'.repeat(400)) })),
      }),
    );
    const [scenario] = failingRun().scenarios;
    if (!scenario) throw new Error('the failing run has scenarios');
    const title = 'é'.repeat(200);
    const scenarios = Array.from({ length: 60 }, (_, i) => ({ ...scenario, name: `scenario-${i}`, title, violations }));
    const record = { ...failingRun(), scenarios };
    const text = comment(record);
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain('left out here because there is no space');
    expect(text).toContain('Chaos: FAIL');
    expect(Buffer.byteLength(renderStepSummary(record))).toBeLessThanOrEqual(1_000_000);
  });
});

describe('the job summary', () => {
  test('has the verdict, what broke, the scenarios and a chart with the time of the fault', () => {
    const text = renderStepSummary(failingRun());
    expect(text).toMatch(/^# FAIL: 3\.90 of 10/);
    expect(text.indexOf('## What broke')).toBeLessThan(text.indexOf('## Scenarios'));
    expect(text).toContain('```mermaid');
    expect(text).toContain('fault (kill) from 10 s to 30 s');
  });

  test('the charts of what failed stand open, the others are folded', () => {
    const text = renderStepSummary(failingRun());
    const charts = text.slice(text.indexOf('## Latency over time'));
    expect(charts.indexOf('**node-kill:')).toBeLessThan(charts.indexOf('<details>'));
    expect(charts.indexOf('<summary>node-pause:')).toBeGreaterThan(charts.indexOf('<details>'));
  });
});
