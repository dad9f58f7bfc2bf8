import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RunRecord, ScenarioRecord } from '../../src/model/record.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { printMarkdown } from '../../src/report/print-markdown.ts';
import { comparisonSection } from '../../src/report/sections/comparison.ts';
import { type Comparison, compareRecords, compareRounds } from '../../src/score/compare.ts';
import { hostile, recordFullOf } from '../support/hostile.ts';
import {
  failingRun,
  faultRecord,
  inconclusiveRun,
  knownIssueRun,
  partialRun,
  passingRun,
  rescored,
  runRecord,
  scenarioRecord,
  violationRecord,
} from '../support/records.ts';

const firstLine = (record: RunRecord): string => renderMarkdown(record).split('\n', 1)[0] ?? '';
const of = (scenario: ScenarioRecord): string => renderMarkdown(runRecord([scenario]));

describe('the first line', () => {
  test('is the verdict, the score, the grade, and the interval where it says something', () => {
    expect(firstLine(failingRun())).toBe('# FAIL: 3.90 of 10, Needs Improvement (capped)');
    expect(firstLine(passingRun())).toMatch(/^# PASS: 9\.\d\d of 10, Excellent \(95% interval 9\.\d\d to 9\.\d\d\)$/);
    expect(firstLine(inconclusiveRun())).toMatch(
      /^# INCONCLUSIVE: not graded \(9\.\d\d of 10 for what was measured\)$/,
    );
  });

  test('says that there is no score, or no interval, where there is none', () => {
    expect(firstLine(runRecord([]))).toBe('# INCONCLUSIVE: score not measured');
    expect(firstLine(runRecord([scenarioRecord({ name: 'node-kill', holdS: 3 })]))).toContain(
      '(interval not measured)',
    );
  });
});

describe('what broke', () => {
  const markdown = renderMarkdown(failingRun());

  test('comes before anything else', () => {
    expect(markdown.indexOf('## What broke')).toBeGreaterThan(0);
    expect(markdown.indexOf('## What broke')).toBeLessThan(markdown.indexOf('## Scenarios'));
  });

  test('is each violation with its clause, and its evidence folded', () => {
    expect(markdown).toContain('### no-acknowledged-loss: 12 violations in `node-kill`');
    expect(markdown).toContain('(MQTT-4.3.2-2)');
    expect(markdown).toContain('<summary>Evidence: 1 of 12 violations</summary>');
    expect(markdown).toContain('| acknowledgedAtMs | `14203` |');
    expect(markdown).toContain('| s-n3-1 | none |');
    expect(markdown).toContain('node1 | peer node2 closed: ECONNRESET');
  });

  test('is each crash, each broken expectation, and each fault left behind', () => {
    expect(markdown).toContain('### node1 ended by itself in `node-restart`');
    expect(markdown).toContain('panic: runtime error');
    expect(markdown).toContain('- **recovery** never, expected at most 5 s, in `node-restart`');
    expect(of(scenarioRecord({ name: 'node-kill', faults: [faultRecord({ healed: false })] }))).toContain(
      '`kill` on `node2` in `node-kill` was not healed',
    );
  });

  test('is named as the reason of a cap, and only where the cap bound', () => {
    expect(markdown).toContain('> The score is capped: at most 3.9: no-acknowledged-loss violated in node-kill');
    expect(markdown.match(/Capped at 2 by what broke/g)).toHaveLength(1);
  });

  test('is not there when nothing broke', () => {
    expect(renderMarkdown(passingRun())).not.toContain('What broke');
  });

  test('is not a known issue, which has its own place', () => {
    const known = renderMarkdown(knownIssueRun());
    expect(known).not.toContain('What broke');
    expect(known).toContain('## Known issues seen');
    expect(known).toContain('100 violations. https:&#8203;//example.org/issues/7: the prefetch reorders.');
  });

  test('includes what an inconclusive first run saw', () => {
    const scenario = scenarioRecord({ name: 'node-kill' });
    const earlier: ScenarioRecord = { ...scenario, verdict: 'inconclusive', violations: [violationRecord()] };
    const again = of({ ...scenario, attempt: 2, earlier });
    expect(again).toContain('### no-acknowledged-loss: 12 violations in `node-kill`');
    expect(again).toContain('Run 1 was inconclusive');
  });
});

describe('a scenario', () => {
  const markdown = renderMarkdown(failingRun());

  test('has a row with its verdict, score, measures, proof and accounting; what failed is bold', () => {
    expect(markdown).toContain(
      '| `baseline` | pass | 10.00<br>10.00 to 10.00 | 100% | 74.2 ms | 400 ms | no fault | all 16,000 |',
    );
    expect(markdown).toMatch(
      /\| `node-restart` \| \*\*FAIL\*\* \| \S+<br>\S+ to \S+ \| \*\*71%\*\* \| \*\*[\d.]+ s\*\* \| \*\*never\*\* \| 1 of 1 \|/,
    );
  });

  test('has what was injected against what was observed', () => {
    expect(markdown).toContain(
      '| `kill` on `node2` | SIGKILL to pid 4711 | pid 4711 gone from /proc after 3 ms; the MQTT port refuses connections | signal | 56.0 s to 76.0 s | yes |',
    );
    expect(renderMarkdown(inconclusiveRun())).toMatch(
      /nothing: pid 4711 still answers \| signal \| .* \| \*\*no\*\* \|/,
    );
  });

  test('has its expectations', () => {
    expect(markdown).toContain('| availability | at least 90% | 95.5% | yes |');
    expect(markdown).toContain('| recovery | at most 5 s | never | **no** |');
  });

  test('accounts for every message, and says so when it does not add up', () => {
    expect(markdown).toContain('- published 16,000 = acknowledged 12,000 + unknown 0 + not sent 0 + QoS 0 4,000.\n');
    expect(markdown).toContain('(QoS 0 while a link was down: 10) + lost **12**.\n');
    const scenario = scenarioRecord({ name: 'node-kill' });
    const cooked = of({
      ...scenario,
      accounting: { ...scenario.accounting, owed: scenario.accounting.owed + 7, published: 15_999 },
    });
    expect(cooked).toContain('**Does not add up: 7 missing.**');
    expect(cooked).toContain('**Does not add up: 1 too many.**');
    expect(cooked).toContain('| 7 of 16,007 missing |');
  });

  test('names broker features, and checks that were not applicable once with their reason', () => {
    expect(markdown).toContain('| MQTT 5 | no | CONNACK with return code 1 to protocol level 5 |');
    expect(markdown).not.toContain('Sessions without subscriptions');
    const { broker } = passingRun();
    const features = broker.features && {
      ...broker.features,
      emptySessions: { available: false, seen: 'session present = 0 on return' },
    };
    expect(renderMarkdown({ ...passingRun(), broker: { ...broker, features } })).toContain(
      '| Sessions without subscriptions | no | session present = 0 on return |',
    );
    expect(markdown.match(/`expiry`: needs MQTT 5, which the broker does not speak\./g)).toHaveLength(1);
  });

  test('ends with the command that repeats it, quoted for a shell', () => {
    expect(markdown).toContain(
      '`chaos-action run --broker emqx-go --scenario node-kill --set node=any --set away=20s --duration 20s --nodes 3 --seed a-seed`',
    );
    const record = { ...passingRun(), seed: "it's a seed", broker: { ...passingRun().broker, preset: null } };
    expect(renderMarkdown(record)).toContain(
      "--scenario baseline --duration 20s --nodes 3 --seed 'it'&#92;''s a seed'",
    );
  });

  test('of a plan names the plan and not the tiers that its scenarios happen to be of', () => {
    const [, line] = renderMarkdown({ ...passingRun(), plan: 'week-1', tiers: ['basic', 'fault'] }).split('\n\n');
    expect(line).toContain(' · plan week-1 · ');
    expect(line).not.toContain('tier');
  });

  test('has that command whole, however long: a cut one would repeat something else', () => {
    const seed = 's'.repeat(2_000);
    const long = renderMarkdown({ ...passingRun(), seed, command: `chaos-action run --seed ${seed}` });
    expect(long).toContain(`--scenario baseline --duration 20s --nodes 3 --seed ${seed}\``);
    expect(long).toContain(`\n\`\`\`sh\nchaos-action run --seed ${seed}\n\`\`\`\n`);
  });

  test('that was skipped has its reason and no measures', () => {
    const markdown = renderMarkdown(inconclusiveRun());
    expect(markdown).toContain(
      '| `node-pause` | skipped | not measured | not measured | not measured | not measured | not measured | not measured |',
    );
    expect(markdown).toContain('## What was not run\n\n- `node-pause`: SIGSTOP is not available here.');
  });
});

describe('what was not measured', () => {
  test('is said to be, never 0, blank, null or NaN', () => {
    const scenario = scenarioRecord({ name: 'node-kill', faults: [faultRecord()] });
    const empty: ScenarioRecord = rescored({
      ...scenario,
      verdict: 'inconclusive',
      measures: { availability: null, p99LatencyMs: null, recoveryMs: null, operationsInHold: 0 },
      expectations: scenario.expectations.map((one) => ({ ...one, measured: null, met: false })),
      phases: [{ name: 'hold', startMs: 0, endMs: 1, measures: null }],
      windows: [],
    });
    const markdown = renderMarkdown({ ...runRecord([empty]), broker: { ...passingRun().broker, features: null } });
    expect(markdown).toContain(
      '| `node-kill` | inconclusive | not measured | not measured | not measured | not measured | 1 of 1 |',
    );
    expect(markdown).toContain('| availability | at least 99% | not measured | not measured |');
    expect(markdown).toContain('## What the broker can do\n\nNot measured.');
    expect(markdown).not.toMatch(/\bnull\b|NaN|undefined|Infinity|\| +\|/);
  });

  test('is never in any report as null, NaN, undefined or a blank cell', () => {
    for (const record of [passingRun(), failingRun(), inconclusiveRun(), knownIssueRun(), partialRun()]) {
      expect(renderMarkdown(record)).not.toMatch(/\bnull\b|NaN|undefined|Infinity|\| +\|/);
    }
  });

  test('99.999% of operations done does not read as all of them', () => {
    const scenario = scenarioRecord({ name: 'node-kill' });
    expect(of({ ...scenario, measures: { ...scenario.measures, availability: 0.99999 } })).toContain('| 99.99% |');
  });
});

test('a run that broke off says so at the top, and why', () => {
  const lines = renderMarkdown(partialRun()).split('\n');
  expect(lines[4]).toBe(
    '> **This run is not complete:** SIGINT during node-restart. (`cancelled`) everything injected was healed. What follows covers only what was done until then.',
  );
});

describe('the chart of latency', () => {
  const markdown = renderMarkdown(passingRun());
  const charts = markdown.match(/```mermaid\n[\s\S]*?\n```/g) ?? [];

  test('is drawn for scenarios with a fault, its time named in the title and shaded', () => {
    expect(charts).toHaveLength(3);
    expect(charts[0]).toContain('title "p99 latency, fault (kill) from 10 s to 30 s"');
    const bars =
      /bar \[(.*)\]/
        .exec(charts[0] ?? '')?.[1]
        ?.split(', ')
        .map(Number) ?? [];
    expect(bars).toHaveLength(40);
    expect(bars.map((bar, index) => (bar > 0 ? index : -1)).filter((index) => index >= 0)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 10),
    );
  });

  test('has one point a second, fewer where there would be too many to read', () => {
    expect(/line \[(.*)\]/.exec(charts[0] ?? '')?.[1]?.split(', ')).toHaveLength(40);
    const long = of(
      scenarioRecord({
        name: 'soak',
        holdS: 400,
        faults: [faultRecord({ endMs: 413_000 })],
        second: (_, at) => ({ medianMs: 20 + at, doneShare: 0.02 }),
      }),
    );
    const points = /line \[(.*)\]/.exec(long)?.[1]?.split(', ').map(Number) ?? [];
    expect(points.length).toBeLessThanOrEqual(45);
    expect(points.length).toBeGreaterThan(22);
  });

  test('says where nothing arrived instead of drawing a latency of 0', () => {
    expect(charts[2]).not.toMatch(/line \[.*\b0,/);
    expect(markdown).toContain(
      'Nothing arrived at 13 s to 16 s: no latency was measured there, and the line keeps the value before.',
    );
  });
});

describe('text from outside', () => {
  const injected = (outside: string): string => renderMarkdown(recordFullOf(outside));

  /** Lines that are Markdown, not the inside of a code block. */
  function outsideFences(markdown: string): string[] {
    let fence = '';
    return markdown.split('\n').filter((line) => {
      const run = /^(`{3,})/.exec(line)?.[1];
      if (fence === '' && run) fence = run;
      else if (fence !== '' && run === line && run.length >= fence.length) fence = '';
      else return fence === '';
      return false;
    });
  }

  function structure(markdown: string): Record<string, number> {
    const lines = outsideFences(markdown);
    const count = (pattern: RegExp): number => lines.filter((line) => pattern.test(line)).length;
    return {
      headings: count(/^#+ /),
      folds: count(/^<details>$/),
      foldEnds: count(/^<\/details>$/),
      rows: count(/^\|/),
      cells: lines.filter((line) => line.startsWith('|')).reduce((sum, line) => sum + line.split('|').length, 0),
      items: count(/^([-+*]|\d+[.)]) /),
      rules: count(/^(---|===|~~~)/),
    };
  }

  const benign = structure(injected('benign'));

  test.each(hostile)('cannot change the structure: %j', (outside) => {
    const markdown = injected(outside);
    expect(structure(markdown)).toEqual(benign);
    const prose = outsideFences(markdown).join('\n');
    expect(prose).not.toMatch(/<script|<!--|\[link\]|@octocat|#1\b/);
    expect(markdown).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
  });

  test('cannot change the structure, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (outside) => {
        expect(structure(injected(outside))).toEqual(benign);
      }),
      { numRuns: 60 },
    );
    const nasty = fc.array(
      fc.constantFrom('`', '``', '|', '\n', '#', '-', '<', '>', '/details', '\\', '*', '[', '](', '~~~', ' ', '"', "'"),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(nasty, (parts) => {
        expect(structure(injected(parts.join('')))).toEqual(benign);
      }),
      { numRuns: 60 },
    );
  });

  test('stays readable: plain names are plain', () => {
    expect(injected('node-2')).toContain('| `node-2` on `node-2` | node-2 | node-2 | node-2 |');
  });
});

test('what was left out of the workload is listed once, and nothing is said where nothing was', () => {
  const left = 'wildcard filter + at node2, published at node1: nothing is delivered';
  const run = passingRun();
  const without = { ...run, scenarios: run.scenarios.map((scenario) => ({ ...scenario, leftOut: [left] })) };
  expect(renderMarkdown(without).split('wildcard filter')).toHaveLength(2);
  expect(renderMarkdown(run)).not.toContain('Left out');
});

test('a check that failed itself is listed with its scenarios, apart from those that were not applicable', () => {
  const run = passingRun();
  const unknown = [{ invariant: 'ordering', why: 'it threw TypeError: x is undefined' }];
  const [first, ...others] = run.scenarios.map((scenario) => ({ ...scenario }));
  const failed = { ...run, scenarios: [{ ...first, unknown }, ...others] as RunRecord['scenarios'] };
  for (const report of [renderMarkdown(failed), renderHtml(failed)]) {
    expect(report).toContain('Checks that failed themselves, by a defect of this tool');
    expect(report).toContain('it threw TypeError: x is undefined');
  }
  expect(renderMarkdown(run)).not.toContain('failed themselves');
});

const renderComparison = (comparison: Comparison): string =>
  printMarkdown(comparisonSection(comparison, { scenarios: 'changed' })).join('\n\n');

describe('a comparison', () => {
  test('says what changed and what appeared', () => {
    const markdown = renderComparison(compareRecords(passingRun(), failingRun()));
    expect(markdown).toMatch(/^## Against the base: worse by 5\.\d\d\n/);
    expect(markdown).toContain('- `no-acknowledged-loss` in `node-kill`: 0 before, 12 now');
    expect(markdown).toContain('> Not fully comparable: broker: embedded in the base, emqx-go in the head.');
    expect(markdown).toContain('In 2 of 4 scenarios the 95% intervals overlap, or nearly');
  });

  test('claims nothing where nothing can be told', () => {
    expect(renderComparison(compareRecords(passingRun(), passingRun()))).toContain(
      '## Against the base: no change outside the noise',
    );
    expect(renderComparison(compareRecords(passingRun(), runRecord([])))).toContain('## Against the base: unknown');
  });

  test('of several runs a side says how many there were, and in how many of them a violation was seen', () => {
    const markdown = renderComparison(compareRounds([passingRun(), passingRun()], [failingRun(), passingRun()]));
    expect(markdown).toContain(
      'The base was run 2 times, the head 2 times. Scores are means, an interval spans all runs of its side, and a violation in any run counts.',
    );
    expect(markdown).toContain('- `ordering` in `node-kill`: 0 before, 3 (in 1 of 2 runs) now');
    expect(markdown).toMatch(/^## Against the base: no change outside the noise\n/);
    expect(renderComparison(compareRounds([passingRun()], [passingRun(), passingRun()]))).toContain(
      'The base was run once, the head 2 times.',
    );
    expect(renderComparison(compareRecords(passingRun(), failingRun()))).not.toContain('was run');
  });
});
