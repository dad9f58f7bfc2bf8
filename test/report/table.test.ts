import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { renderSummary } from '../../src/report/table.ts';
import {
  failingRun,
  inconclusiveRun,
  knownIssueRun,
  partialRun,
  passingRun,
  runRecord,
  scenarioRecord,
  violationRecord,
} from '../support/records.ts';

const plainly = { colour: false, width: 100, reportPath: 'chaos-report/report.html' };
const everyRun = [passingRun(), failingRun(), inconclusiveRun(), knownIssueRun(), partialRun(), runRecord([])];

describe('the summary in a terminal', () => {
  test('has a line a scenario, what broke, the total, the report and the command', () => {
    expect(renderSummary(failingRun(), plainly).split('\n')).toEqual([
      'scenario      verdict  score  avail.       p99  recovery    proven  accounted',
      'baseline      pass     10.00    100%   74.2 ms    400 ms  no fault  all',
      'node-kill     fail      2.00   95.5%  565.2 ms     3.1 s    1 of 1  all, 12 lost',
      expect.stringMatching(/^node-restart {2}fail +\d\.\d\d +71% +[\d.]+ s +never +1 of 1 {2}all$/),
      expect.stringMatching(/^node-pause {4}pass +10\.00/),
      'crash: node1 ended by itself in node-restart: exit code 2 after SIGSEGV',
      'violation: no-acknowledged-loss x 12 in node-kill',
      'violation: ordering x 3 in node-kill',
      expect.stringMatching(/^expectation: availability 71% in node-restart, expected at least \d+%$/),
      expect.stringMatching(/^expectation: p99-latency [\d.]+ s in node-restart, expected at most 1 s$/),
      'expectation: recovery never in node-restart, expected at most 5 s',
      '',
      'FAIL: 3.90 of 10, Needs Improvement (capped), emqx-go',
      'score capped: at most 3.9: no-acknowledged-loss violated in node-kill; ordering violated in node-...',
      'report: chaos-report/report.html',
      'repeat: chaos-action run --broker emqx-go --tier basic --nodes 3 --seed a-seed',
    ]);
  });

  test('says which plan it was', () => {
    expect(renderSummary({ ...failingRun(), plan: 'week-1' }, plainly)).toContain(', emqx-go, plan week-1\n');
  });

  test('fits a screen of 24 lines and 80 columns, but for paths and the command, which must not be cut', () => {
    for (const record of everyRun) {
      const lines = renderSummary(record, { ...plainly, width: 80 }).split('\n');
      expect(lines.length).toBeLessThanOrEqual(24);
      for (const line of lines.filter((one) => !/^(report|repeat): /.test(one)))
        expect(line.length).toBeLessThanOrEqual(80);
    }
  });

  test('counts what it leaves out', () => {
    const violations = Array.from({ length: 30 }, (_, index) => violationRecord({ invariant: `invariant-${index}` }));
    const text = renderSummary(
      runRecord([scenarioRecord({ name: 'node-kill', verdict: 'fail', violations })]),
      plainly,
    );
    expect(text.match(/^violation: /gm)).toHaveLength(7);
    expect(text).toContain('and 23 more in the report');
  });

  test('says what was not measured, not decided, not finished', () => {
    const text = renderSummary(inconclusiveRun(), plainly);
    expect(text).toMatch(/node-kill +inconclusive +n\/m/);
    expect(text).toContain('n/m: not measured');
    expect(text).toContain('inconclusive: node-kill: the effect of kill on node2 was not observed');
    expect(text).toContain('node-kill: run 2 counts; run 1 was inconclusive');
    expect(text).toContain('skipped: node-pause: SIGSTOP is not available here');
    expect(renderSummary(partialRun(), plainly)).toContain('not complete: SIGINT during node-restart');
    expect(renderSummary(runRecord([]), plainly)).toContain('INCONCLUSIVE: score not measured');
    expect(renderSummary(passingRun(), plainly)).not.toContain('n/m');
  });

  test('shows known issues as such', () => {
    expect(renderSummary(knownIssueRun(), plainly)).toContain('known issue: ordering x 100 in node-pause');
  });

  test('has colours only if asked, and says the same with them', () => {
    for (const record of everyRun) {
      const plain = renderSummary(record, plainly);
      const coloured = renderSummary(record, { ...plainly, colour: true });
      expect(plain).toBe(stripVTControlCharacters(plain));
      expect(coloured).not.toBe(plain);
      expect(stripVTControlCharacters(coloured)).toBe(plain);
    }
  });

  test('passes on nothing from a broker that a terminal would obey', () => {
    const scenario = scenarioRecord({
      name: 'node-kill',
      verdict: 'fail',
      crashes: [{ node: 'node1', atMs: 1, how: '\u001b]0;title\u0007\u001b[2Jgone\nFAKE: 10.00 of 10', lastLines: [] }],
    });
    const text = renderSummary(runRecord([scenario]), plainly);
    expect(text).not.toMatch(/(?!\n)\p{Cc}/u);
    expect(text).not.toMatch(/^FAKE/m);
  });
});
