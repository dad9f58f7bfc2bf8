import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { TrendLine, TrendRun } from '../../src/report/document.ts';
import { printHtml } from '../../src/report/print-html.ts';
import { printMarkdown } from '../../src/report/print-markdown.ts';
import { trendText } from '../../src/report/sections/trend.ts';
import { sparkline } from '../../src/report/sparkline.ts';

const score = fc.option(fc.double({ min: 0, max: 10, noNaN: true }), { nil: null });

describe('a sparkline', () => {
  test('has the scale 0 to 10 and a dot for what was not measured', () => {
    const line = (...scores: (number | null)[]) => sparkline(scores.map((one) => ({ score: one })));
    expect(line(0, 2.6, 5, 7.6, 10)).toBe('▁▃▅▇█');
    expect(line(9.9, null, 10)).toBe('█·█');
    expect(line()).toBe('');
  });

  test('has a character for each run, and a higher score is never drawn lower', () => {
    fc.assert(
      fc.property(fc.array(score), (scores) => {
        const drawn = [...sparkline(scores.map((one) => ({ score: one })))];
        expect(drawn).toHaveLength(scores.length);
        for (const [a, one] of scores.entries())
          for (const [b, other] of scores.entries())
            if (one !== null && other !== null && one < other) expect((drawn[a] ?? '') <= (drawn[b] ?? '')).toBe(true);
      }),
    );
  });
});

const runs: readonly TrendRun[] = [
  { startedAt: '2026-10-01T03:00:00Z', verdict: 'pass' },
  { startedAt: '2026-10-02T03:00:00Z', verdict: 'inconclusive' },
  { startedAt: '2026-10-03T03:00:00Z', verdict: 'fail' },
  { startedAt: '2026-10-04T03:00:00Z', verdict: 'pass' },
];
const line: TrendLine = {
  name: 'fault-isolation',
  values: [
    { score: 9, interval: [8.5, 9.5] },
    { score: null, interval: null },
    { score: 2, interval: [1, 3] },
    { score: 10, interval: null },
  ],
  call: 'better',
};

describe('a trend on a page', () => {
  const html = printHtml([{ type: 'trend', runs, lines: [line] }]).text;
  const all = (pattern: RegExp): string[] => [...html.matchAll(pattern)].map(([, found = '']) => found);

  test('has a line that does not cross a gap, and the interval behind it', () => {
    // 0 is at 96, 10 at 8: a point of the score is 8.8 units.
    expect(all(/<polyline class="scores" points="([^"]*)"/g)).toEqual(['214.3,78.4 307,8']);
    expect(all(/<polygon class="range" points="([^"]*)"/g)).toEqual(['214.3,69.6 307,8 307,8 214.3,87.2']);
    expect(html).toContain('<line class="whisker" x1="29" x2="29" y1="21.2" y2="12.4"/>');
  });

  test('names each point, and a failed run has another shape', () => {
    expect(all(/<title>([^<]*)</g)).toEqual([
      '2026-10-01T03:00:00Z: 9.00 (8.50 to 9.50), pass',
      '2026-10-03T03:00:00Z: 2.00 (1.00 to 3.00), fail',
      '2026-10-04T03:00:00Z: 10.00, pass',
    ]);
    expect(all(/<(circle|rect)/g)).toEqual(['circle', 'rect', 'circle']);
  });

  test('says in words what it shows, for who cannot see it', () => {
    const words = 'fault-isolation over 4 runs: first 9.00, last 10.00, lowest 2.00 on 2026-10-03, 1 not measured';
    expect(trendText(runs, line)).toBe(words);
    expect(html).toContain(`role="img" aria-label="${words}"`);
    expect(trendText(runs, { ...line, values: [{ score: null, interval: null }] })).toBe(
      'fault-isolation: not measured in 1 run',
    );
  });

  test('stays within its drawing, whatever the scores', () => {
    fc.assert(
      fc.property(fc.array(score, { minLength: 1, maxLength: 60 }), (scores) => {
        const values = scores.map((one) => ({ score: one, interval: one === null ? null : ([0, 10] as const) }));
        const drawn = printHtml([
          { type: 'trend', runs: scores.map(() => runs[0] as TrendRun), lines: [{ name: 'total', values, call: '' }] },
        ]).text;
        expect(drawn).not.toMatch(/NaN|undefined|Infinity/);
        for (const [, x = '', y = ''] of drawn.matchAll(/<circle class="pass" cx="([\d.]+)" cy="([\d.]+)"/g)) {
          expect(Number(x)).toBeGreaterThanOrEqual(24);
          expect(Number(x)).toBeLessThanOrEqual(312);
          expect(Number(y)).toBeGreaterThanOrEqual(8);
          expect(Number(y)).toBeLessThanOrEqual(96);
        }
      }),
      { numRuns: 30 },
    );
  });
});

test('a trend in Markdown is a table with a character for each run', () => {
  expect(printMarkdown([{ type: 'trend', runs, lines: [line] }])).toEqual([
    [
      '| score | oldest to newest | first | last | lowest | newest against the one before |',
      '|---|---|---:|---:|---:|---|',
      '| fault-isolation | █·▂█ | 9.00 | 10.00 | 2.00 | better |',
    ].join('\n'),
  ]);
});
