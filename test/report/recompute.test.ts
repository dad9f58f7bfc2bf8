import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import type { RunRecord, ScenarioRecord, WindowRecord } from '../../src/model/record.ts';
import { reportFormats } from '../../src/report/formats.ts';
import { hasNumber, type ReadDocument, readHtml, readMarkdown } from '../support/recompute/documents.ts';
import {
  commandOf,
  expectedCase,
  expectedComment,
  expectedReport,
  many,
  missedText,
  points,
} from '../support/recompute/expected.ts';
import { allRuns, type Figures, figuresOf, isBroken } from '../support/recompute/figures.ts';
import { aloneScenario, failingRun, inconclusiveRun, runRecord } from '../support/records.ts';

// Every number in every format of a report, computed once more from report.json. What is expected comes from test/support/recompute, which
// shares no code with src/score and src/report: only the renderers under test are imported from there.

/** The report of a real run, of an embedded broker that acknowledges messages before it stores them. */
const recorded: RunRecord = JSON.parse(readFileSync(new URL('./recorded/lost-messages.json', import.meta.url), 'utf8'));

const records: readonly (readonly [string, RunRecord])[] = [
  ['a recorded run that lost messages', recorded],
  ['a run that failed in several ways', failingRun()],
  ['a run that was not decided', inconclusiveRun()],
  ['a run scored by its recovery alone', runRecord([aloneScenario()], { catalogue: ['node-kill'] })],
];

const known = new Map<RunRecord, Figures>();
function recomputed(record: RunRecord): Figures {
  const figures = known.get(record) ?? figuresOf(record);
  known.set(record, figures);
  return figures;
}

describe.each(records)('%s', (_, record) => {
  const figures = recomputed(record);

  test('has the scores, intervals, grade and verdict that follow from its measures and windows', () => {
    const { verdict, score, interval, grade, cap } = record;
    expect({ verdict, score, interval, grade, isCapped: cap !== null }).toEqual({
      ...{ verdict: figures.verdict, score: figures.score, interval: figures.interval },
      ...{ grade: figures.grade, isCapped: figures.isCapped },
    });
    expect(record.dimensions.map(({ id, ...one }) => [id, one])).toEqual([...figures.dimensions]);
    for (const [index, scenario] of record.scenarios.entries()) {
      const { score, interval, availability, p99Ms } = figures.scenarios[index] ?? {};
      expect({ score: scenario.score, interval: scenario.interval }).toEqual({ score, interval });
      if (scenario.expectations.some(({ notApplicable }) => notApplicable !== undefined)) continue;
      expect(scenario.measures).toMatchObject({ availability, p99LatencyMs: p99Ms });
    }
  });

  test.each(['md', 'html', 'comment'] as const)('shows these figures and no others in %s', (format) => {
    expectToShow(record, format, reportFormats[format].render(record));
  });

  test('draws the scores as bars of the same length', () => {
    const bars = [
      ...reportFormats.html.render(record).matchAll(/<rect class="bar-(?!all|interval)[\w-]+" width="([\d.]+)"/g),
    ];
    const scores = [...figures.dimensions.values()].flatMap(({ score }) => (score === null ? [] : [score * 10]));
    expect(bars.map(([, width]) => Number(width))).toEqual(scores);
  });

  test('counts them in junit.xml', () => {
    const parsed = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '',
      parseAttributeValue: false,
      parseTagValue: false,
      htmlEntities: true,
    }).parse(reportFormats.junit.render(record));
    const { testsuite, ...all } = parsed.testsuites;
    const outcomes = record.scenarios.map(outcomeOf);
    const counts = {
      tests: String(outcomes.length),
      failures: String(outcomes.filter((one) => one === 'failure').length),
      errors: '0',
      skipped: String(outcomes.filter((one) => one === 'skipped').length),
    };
    expect(all).toMatchObject({ ...counts, time: seconds(record.durationMs) });
    const runMs = (one: ScenarioRecord): number =>
      allRuns([one]).reduce((sum, run) => sum + run.endMs - run.startMs, 0);
    expect(testsuite).toMatchObject({
      ...counts,
      time: seconds(record.scenarios.reduce((sum, one) => sum + runMs(one), 0)),
      timestamp: record.startedAt.slice(0, 19),
    });
    const values = (properties: { property: unknown }): Record<string, string> =>
      Object.fromEntries(
        [properties.property].flat().map((one) => [(one as { name: string }).name, (one as { value: string }).value]),
      );
    expect(values(testsuite.properties)).toMatchObject({
      ...{ score: points(figures.score), nodes: String(record.broker.nodes), command: record.command },
      ...{ verdict: figures.verdict, grade: figures.grade ?? 'not graded' },
    });
    const cases = [testsuite.testcase].flat();
    for (const [index, scenario] of record.scenarios.entries()) {
      expect(cases[index]).toMatchObject({ name: scenario.name, time: seconds(runMs(scenario)) });
      expect(values(cases[index].properties)).toEqual({
        ...scenario.parameters,
        score: points(figures.scenarios[index]?.score ?? null),
      });
      const { failure, out } = expectedCase(record, scenario);
      expect(numericLines(cases[index]['system-out'])).toEqual(out);
      if (outcomes[index] === 'failure') {
        expect(cases[index].failure.message).toBe(failureOf(scenario));
        expect(numericLines(cases[index].failure['#text'])).toEqual(failure);
      } else expect(cases[index]).not.toHaveProperty('failure');
    }
  });

  test('has them on the badge, rounded down', () => {
    const { message } = JSON.parse(reportFormats.badge.render(record));
    const shown = figures.score === null ? null : (Math.floor(figures.score * 10 + 1e-6) / 10).toFixed(1);
    const expected = {
      pass: shown === null ? 'pass, not measured' : `${shown} ${figures.grade}`,
      fail: shown === null ? 'fail' : `fail, ${shown}`,
      inconclusive: 'inconclusive',
      skipped: 'skipped',
    };
    expect(message).toBe(expected[figures.verdict]);
  });
});

test('what is expected is computed without the code that is under test', () => {
  const folder = new URL('../support/recompute/', import.meta.url);
  const imports = readdirSync(folder).flatMap((file) =>
    [...readFileSync(new URL(file, folder), 'utf8').matchAll(/from '(\.[^']+)'/g)].map(([, path]) => path),
  );
  const own = ['../../../src/base/random.ts', '../../../src/model/record.ts', './figures.ts'];
  expect([...new Set(imports)].toSorted()).toEqual(own);
});

describe('a report with one figure changed is found out', () => {
  test.each(['md', 'html', 'comment'] as const)('wherever it is in %s', (format) => {
    const text = reportFormats[format].render(recorded);
    const figures = figuresIn(text, format);
    expect(figures.length).toBeGreaterThan(300);
    fc.assert(
      fc.property(fc.constantFrom(...figures), ({ at, digit }) => {
        const changed = `${text.slice(0, at)}${(digit + 1) % 10}${text.slice(at + 1)}`;
        expect(() => expectToShow(recorded, format, changed)).toThrow();
      }),
      { numRuns: 40 },
    );
  });
});

/** Where the digits are that a reader sees. Those of layout are left out, and those of the words p50 and p99, and of lines of other programs. */
function figuresIn(text: string, format: 'md' | 'html' | 'comment'): { readonly at: number; readonly digit: number }[] {
  const layout =
    format === 'html'
      ? /<style>[\s\S]*?<\/style>|<script>[\s\S]*?<\/script>|<pre>[\s\S]*?<\/pre>|<[^>]*>|&#\d+;|Red: due[^<]*|p50 and p99/g
      : /^```mermaid\n[\s\S]*?^xychart-beta|y-axis "p99 in ms" 0|&#\d+;|^```text\n[\s\S]*?^```$/gm;
  const hidden = [...text.matchAll(layout)].map(({ index, 0: found }) => [index, index + found.length] as const);
  return [...text.matchAll(/\d/g)]
    .filter(({ index }) => !hidden.some(([from, to]) => index >= from && index < to))
    .map(({ index, 0: digit }) => ({ at: index, digit: Number(digit) }));
}

/** The run of a scenario that counts, then the others. */
function shownRuns(scenario: ScenarioRecord): ScenarioRecord[] {
  return [scenario, ...allRuns(scenario.earlier === null ? [] : [scenario.earlier])];
}

/** Words of the report that have a digit and are no figure. */
const words = [
  'Red: due. Stroke: acknowledged or received. Blue: connected, filled where the CONNACK had session present = 1. Shaded: fault in force.',
  'Latency from publish to receipt, p50 and p99 (logarithmic)',
];

/** Every line with a number, every row of a table, every quoted line and every chart is expected, and every one that is expected is there. */
function expectToShow(record: RunRecord, format: 'md' | 'html' | 'comment', text: string): void {
  const read = format === 'html' ? readHtml(text) : readMarkdown(text);
  const figures = recomputed(record);
  const expected = format === 'comment' ? expectedComment(record, figures) : expectedReport(record, figures, format);
  const shown = read.lines.filter((line) => hasNumber(line) && !words.includes(line));
  expect(shown.toSorted()).toEqual(expected.lines.toSorted());
  expect(rowsOf(read)).toEqual(Object.fromEntries([...expected.rows].filter(([, some]) => some.length > 0)));
  for (const line of read.quoted.filter(hasNumber)) expect(quotedIn(record)).toContain(line);
  if (format === 'comment') expect(read.charts).toEqual([]);
  else if (format === 'md')
    expect(read.charts.map(numbersOf)).toEqual(record.scenarios.flatMap(shownRuns).flatMap(latencyChart));
  else {
    expectTimelines(record, read.charts);
    for (const picture of read.pictures) expectTicks(picture);
  }
}

/** The times of an axis stand where they are in the time that the picture spans. */
function expectTicks(picture: string): void {
  const [, from, to] = /aria-label="Lifeline from ([\d.]+) s to ([\d.]+) s"/.exec(picture)?.map(Number) ?? [];
  const ticks = [...picture.matchAll(/<text class="axis" x="([\d.]+)%"[^>]*>([\d.]+) s</g)];
  expect(ticks.length).toBeGreaterThan(0);
  for (const [, across, second] of ticks)
    expect(Math.abs(Number(across) - (100 * (Number(second) - (from ?? 0))) / ((to ?? 0) - (from ?? 0)))).toBeLessThan(
      0.1,
    );
}

function rowsOf({ tables }: ReadDocument): Record<string, (readonly string[])[]> {
  const rows: Record<string, (readonly string[])[]> = {};
  for (const { heads, rows: more } of tables) {
    const key = heads.join('|');
    rows[key] = [...(rows[key] ?? []), ...more];
  }
  return rows;
}

function expectTimelines(record: RunRecord, charts: readonly string[]): void {
  const drawn = record.scenarios.flatMap(shownRuns).filter(({ windows }) => windows.length > 0);
  expect(charts.map((chart) => JSON.parse(chart))).toMatchObject(drawn.map(timelineOf));
  expect(charts).toHaveLength(drawn.length);
}

/** Lines of other programs, and commands. */
function quotedIn(record: RunRecord): string[] {
  const runs = allRuns(record.scenarios);
  return [
    record.command,
    ...runs.map((scenario) => commandOf(record, scenario)),
    ...runs.flatMap(({ crashes }) => crashes.flatMap(({ lastLines, suspects = [] }) => [...lastLines, ...suspects])),
    ...runs.flatMap(({ violations }) =>
      violations.flatMap(({ examples, episodes = [] }) => [
        ...examples.flatMap(({ logs }) => logs),
        ...episodes.flatMap(({ logs }) => logs.flatMap(({ lines }) => lines)),
      ]),
    ),
  ];
}

const charted = (windows: readonly WindowRecord[]): WindowRecord[] =>
  windows.filter(({ phase }) => phase === 'steady' || phase === 'hold' || phase === 'recover');
const threeDigits = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(3)));

const tenths = (ms: number): number => Math.round(ms / 100) / 10;
const percentOf = (share: number | undefined): number | undefined =>
  share === undefined ? undefined : Math.floor(share * 10_000 + 1e-6) / 100;

/** What broke and when, each once, and when the cluster was steady again. */
function marksOf({ crashes, violations, measures, phases, faults }: ScenarioRecord) {
  const healMs = phases.find(({ name }) => name === 'recover')?.startMs;
  const broke = [
    ...crashes.map(({ node, atMs }) => ({ at: tenths(atMs), label: `${node} ended`, kind: 'broke' })),
    ...violations.flatMap(({ invariant, examples }) =>
      examples.flatMap(({ atMs }) => (atMs === null ? [] : [{ at: tenths(atMs), label: invariant, kind: 'broke' }])),
    ),
  ];
  const recovered =
    measures.recoveryMs === null || healMs === undefined || faults.length === 0
      ? []
      : [{ at: Math.round(healMs + measures.recoveryMs) / 1_000, label: 'recovered', kind: 'recovered' }];
  const [first, last] = [phases.find(({ name }) => name === 'steady'), phases.find(({ name }) => name === 'recover')];
  return [...broke, ...recovered]
    .filter((one, at, all) => all.findIndex(({ at: ms, label }) => ms === one.at && label === one.label) === at)
    .filter(({ at }) => at * 1_000 >= (first?.startMs ?? 0) && at * 1_000 <= (last?.endMs ?? 0))
    .sort((a, b) => a.at - b.at);
}

/** What a chart of a page must draw: a point for each window. One that is much shorter than that before it is part of it. */
function timelineOf(scenario: ScenarioRecord) {
  const { windows, phases, faults, expectations } = scenario;
  const whole: WindowRecord[] = [];
  for (const one of charted(windows)) {
    const before = whole.at(-1);
    if (before?.phase !== one.phase || one.lengthMs >= before.lengthMs / 2) whole.push(one);
    else
      whole[whole.length - 1] = {
        ...before,
        lengthMs: one.startMs + one.lengthMs - before.startMs,
        possible: before.possible + one.possible,
        done: before.done + one.done,
        published: before.published + one.published,
        delivered: before.delivered + one.delivered,
        p50Ms: before.p50Ms ?? one.p50Ms,
        p99Ms: [before.p99Ms, one.p99Ms].reduce((a, b) => (a === null || (b !== null && b > a) ? b : a)),
      };
  }
  const perSecond = (of: number, { lengthMs }: WindowRecord): number => Math.round((1_000 * of) / lengthMs);
  return {
    from: whole.map(({ startMs }) => Math.round(startMs) / 1_000),
    to: whole.map(({ startMs, lengthMs }) => Math.round(startMs + lengthMs) / 1_000),
    p50: whole.map(({ p50Ms }) => threeDigits(p50Ms)),
    p99: whole.map(({ p99Ms }) => threeDigits(p99Ms)),
    published: whole.map((one) => perSecond(one.published, one)),
    delivered: whole.map((one) => perSecond(one.delivered, one)),
    availability: whole.map(({ possible, done }) =>
      possible === 0 ? null : Math.floor((1 - (1 - done / possible)) * 10_000 + 1e-6) / 100,
    ),
    phases: phases
      .filter(({ name }) => name === 'steady' || name === 'hold' || name === 'recover')
      .map(({ name, startMs }) => ({ name, from: Math.round(startMs) / 1_000 })),
    bands: faults.map(({ kind, target, startMs, endMs, proven }) => ({
      ...{ from: tenths(startMs), to: tenths(endMs), proven },
      label: `${kind} on ${target}${proven ? '' : ' (not proven)'}`,
    })),
    marks: marksOf(scenario),
    expected: {
      p99: expectations.find(({ name }) => name === 'p99-latency')?.expected,
      availability: percentOf(expectations.find(({ name }) => name === 'availability')?.expected),
    },
  };
}

type LatencyChart = {
  readonly title: string;
  readonly seconds: number[];
  readonly p99: number[];
  readonly top: number;
  readonly bars: number[];
};

/** What a chart of Markdown must draw: a point a second, and the last latency where none was measured. */
function latencyChart({ windows, faults }: ScenarioRecord): LatencyChart[] {
  const all = charted(windows);
  const startMs = all[0]?.startMs ?? 0;
  const endMs = Math.max(0, ...all.map((one) => one.startMs + one.lengthMs));
  const starts = Array.from({ length: Math.ceil((endMs - startMs) / 1_000) }, (_, index) => startMs + index * 1_000);
  const worst = starts.map((from) =>
    all
      .filter((one) => one.startMs >= from && one.startMs < from + 1_000)
      .reduce<number | null>((most, { p99Ms }) => (p99Ms === null ? most : Math.max(most ?? 0, p99Ms)), null),
  );
  const measured = worst.filter((one) => one !== null);
  if (faults.length === 0 || measured.length < 2) return [];
  let last = measured[0] ?? 0;
  const [from, to] = [Math.min(...faults.map((one) => one.startMs)), Math.max(...faults.map((one) => one.endMs))];
  const top = Number(Math.max(...measured).toPrecision(3));
  const second = (ms: number): number => Math.round((ms - startMs) / 100) / 10;
  const kinds = [...new Set(faults.map(({ kind }) => kind))].join(', ');
  return [
    {
      title: `p99 latency, fault (${kinds}) from ${second(from)} s to ${second(to)} s`,
      seconds: starts.map(second),
      p99: worst.map((ms) => {
        last = ms ?? last;
        return Number(last.toPrecision(3));
      }),
      top,
      bars: starts.map((ms) => (ms + 1_000 > from && ms < to ? top : 0)),
    },
  ];
}

function numbersOf(chart: string): LatencyChart {
  const list = (pattern: RegExp): number[] => (pattern.exec(chart)?.[1] ?? '').split(', ').map(Number);
  return {
    title: /title "(.*)"/.exec(chart)?.[1] ?? '',
    seconds: list(/x-axis .*\[(.*)\]/),
    p99: list(/line \[(.*)\]/),
    top: list(/y-axis .*--> ([\d.]+)/)[0] ?? Number.NaN,
    bars: list(/bar \[(.*)\]/),
  };
}

function outcomeOf(scenario: ScenarioRecord): 'failure' | 'skipped' | 'passed' {
  if (scenario.verdict === 'fail' || allRuns([scenario]).some(isBroken)) return 'failure';
  return scenario.verdict === 'pass' ? 'passed' : 'skipped';
}

function failureOf(scenario: ScenarioRecord): string {
  const runs = allRuns([scenario]);
  return [
    ...runs.flatMap(({ violations }) =>
      violations
        .filter(({ count, known: issue }) => count > 0 && issue === null)
        .map(({ invariant, count }) => `${invariant}: ${many(count, 'violation')}`),
    ),
    ...runs.flatMap(({ crashes }) => crashes.map(({ node }) => `${node} ended by itself`)),
    ...scenario.expectations
      .filter(({ met, notApplicable }) => !met && notApplicable === undefined)
      .map((one) => missedText(scenario, one)),
  ].join('; ');
}

function numericLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(hasNumber);
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3);
}
