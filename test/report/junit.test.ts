import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { RunRecord, ScenarioRecord } from '../../src/model/record.ts';
import { renderJunit } from '../../src/report/junit.ts';
import { hostile, recordFullOf } from '../support/hostile.ts';
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

type Attributes = Readonly<Record<string, string>>;
type Property = { readonly name: string; readonly value: string };
type Problem = { readonly message: string; readonly type?: string; readonly text?: string };
type TestCase = Attributes & {
  readonly properties?: readonly { readonly property: readonly Property[] }[];
  readonly failure?: readonly Problem[];
  readonly error?: readonly Problem[];
  readonly skipped?: readonly Problem[];
  readonly 'system-out'?: readonly string[];
};
type TestSuite = Attributes & {
  readonly properties: readonly { readonly property: readonly Property[] }[];
  readonly testcase: readonly TestCase[];
};
type TestSuites = Attributes & { readonly testsuite: readonly TestSuite[] };

/** Throws unless it is well-formed XML 1.0, with no character that XML has no way to write. */
function parse(xml: string): TestSuites {
  const valid = XMLValidator.validate(xml);
  if (valid !== true) throw new Error(`${valid.err.msg} in line ${valid.err.line}`);
  expect(xml).not.toMatch(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseAttributeValue: false,
    parseTagValue: false,
    textNodeName: 'text',
    htmlEntities: true,
    isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
  });
  return parser.parse(xml).testsuites[0];
}

const of = (record: RunRecord): TestSuites => parse(renderJunit(record));
const cases = (record: RunRecord): readonly TestCase[] => of(record).testsuite.flatMap(({ testcase }) => testcase);
const caseOf = (record: RunRecord, name: string): TestCase | undefined =>
  cases(record).find((one) => one.name === name);

describe('a run', () => {
  test('is a suite a tier and a case a scenario, with times in seconds', () => {
    const stress = scenarioRecord({ name: 'cpu-stress', tier: 'stress' });
    const record = { ...runRecord([...passingRun().scenarios, stress]), tiers: ['basic', 'stress'] as const };
    const suites = of(record);
    expect(suites).toMatchObject({ name: 'chaos-action: embedded', tests: '5', failures: '0', time: '94.210' });
    expect(suites.testsuite.map(({ name, tests, time }) => ({ name, tests, time }))).toEqual([
      { name: 'basic', tests: '4', time: '160.000' },
      { name: 'stress', tests: '1', time: '40.000' },
    ]);
    expect(
      suites.testsuite[0]?.testcase.map(({ name, classname, time }) => ({ name, classname, time })),
    ).toContainEqual({ name: 'node-kill', classname: 'embedded.basic', time: '40.000' });
  });

  test('has its score, its seed and the command that repeats it as properties', () => {
    const properties = of(passingRun()).testsuite[0]?.properties[0]?.property ?? [];
    expect(properties).toContainEqual({ name: 'seed', value: 'a-seed' });
    expect(properties).toContainEqual({ name: 'score', value: expect.stringMatching(/^9\.\d\d$/) });
    expect(properties).toContainEqual({ name: 'command', value: passingRun().command });
  });

  test('has counts that are those of its cases', () => {
    for (const record of [
      passingRun(),
      failingRun(),
      inconclusiveRun(),
      knownIssueRun(),
      partialRun(),
      runRecord([]),
    ]) {
      const all = cases(record);
      const withA = (what: 'failure' | 'error' | 'skipped'): string =>
        String(all.filter((one) => one[what] !== undefined).length);
      expect(of(record)).toMatchObject({
        tests: String(all.length),
        failures: withA('failure'),
        errors: withA('error'),
        skipped: withA('skipped'),
      });
    }
  });

  test('that broke off is an error, also when nothing else was wrong', () => {
    const error = caseOf(partialRun(), 'the run came to its end')?.error?.[0];
    expect(error).toEqual({
      type: 'cancelled',
      message: 'SIGINT during node-restart. everything injected was healed.',
    });
    const unbooted = { ...runRecord([]), error: { code: 'boot', message: 'node2 was not ready', hint: null } };
    expect(cases(unbooted)).toHaveLength(1);
    expect(cases(unbooted)[0]?.error?.[0]?.message).toBe('node2 was not ready.');
  });
});

describe('a scenario', () => {
  test('that failed is a failure with what broke, its evidence and how to repeat it', () => {
    const failure = caseOf(failingRun(), 'node-kill')?.failure?.[0];
    expect(failure).toMatchObject({
      type: 'violation',
      message: 'no-acknowledged-loss: 12 violations; ordering: 3 violations',
    });
    expect(failure?.text).toContain('message 1041 of flow q1-n1-n3, acknowledged by node2 at 14.2 s');
    expect(failure?.text).toContain('node1 | peer node2 closed: ECONNRESET');
    expect(failure?.text).toContain('To repeat: chaos-action run --broker emqx-go --scenario node-kill');
  });

  test('whose node ended by itself, or that missed an expectation, is a failure too', () => {
    const failure = caseOf(failingRun(), 'node-restart')?.failure?.[0];
    expect(failure?.type).toBe('crash');
    expect(failure?.message).toContain('recovery never, expected at most 5 s');
    expect(failure?.text).toContain('panic: runtime error');
  });

  test('that is inconclusive is skipped and says so: neither passed nor failed', () => {
    const one = caseOf(inconclusiveRun(), 'node-kill');
    expect(one?.skipped?.[0]?.message).toBe('inconclusive: the effect of kill on node2 was not observed');
    expect(one?.failure ?? one?.error).toBeUndefined();
    expect(one?.time).toBe('80.000');
  });

  test('that was skipped is skipped, with the reason', () => {
    expect(caseOf(inconclusiveRun(), 'node-pause')?.skipped?.[0]?.message).toBe(
      'skipped: SIGSTOP is not available here',
    );
  });

  test('is a failure when its first, inconclusive run saw a violation', () => {
    const scenario = scenarioRecord({ name: 'node-kill' });
    const earlier: ScenarioRecord = { ...scenario, verdict: 'inconclusive', violations: [violationRecord()] };
    const record = runRecord([{ ...scenario, attempt: 2, earlier }]);
    expect(caseOf(record, 'node-kill')?.failure?.[0]?.message).toBe('no-acknowledged-loss: 12 violations');
  });

  test('with a known issue passes, and the issue is in its output', () => {
    const one = caseOf(knownIssueRun(), 'node-pause');
    expect(one?.failure ?? one?.skipped).toBeUndefined();
    expect(one?.['system-out']?.[0]).toContain('known issue: ordering, 100 violations. https://example.org/issues/7');
  });

  test('that passed shows what was proven', () => {
    expect(caseOf(passingRun(), 'node-kill')?.['system-out']?.[0]).toContain(
      'kill on node2: injected SIGKILL to pid 4711; observed pid 4711 gone from /proc',
    );
  });
});

describe('text from outside', () => {
  /** Names of elements, one inside the other, whatever is in them. */
  const structure = (record: RunRecord): unknown =>
    of(record).testsuite.map(({ testcase }) => testcase.map((one) => Object.keys(one).sort()));
  const benign = structure(recordFullOf('benign'));

  test.each(hostile)('cannot break the XML: %j', (outside) => {
    expect(structure(recordFullOf(outside))).toEqual(benign);
  });

  test('cannot break the XML, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (outside) => {
        expect(structure(recordFullOf(outside))).toEqual(benign);
      }),
      { numRuns: 60 },
    );
  });

  test('is not cut where it is a command', () => {
    const command = `chaos-action run --seed ${'s'.repeat(2_000)}`;
    const [suite] = of({ ...passingRun(), command }).testsuite;
    expect(suite?.properties[0]?.property).toContainEqual({ name: 'command', value: command });
  });

  test('comes back as it was', () => {
    const record = recordFullOf(`a "quoted" <tag> & 'more'`);
    expect(cases(record)[0]?.name).toBe(`a "quoted" <tag> & 'more'`);
  });
});
