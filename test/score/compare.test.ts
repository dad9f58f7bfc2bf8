import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Interval, RunRecord, ScenarioRecord, Verdict } from '../../src/model/record.ts';
import { compareRecords, compareRounds, crashed, resultOf } from '../../src/score/compare.ts';
import { failingRun, inconclusiveRun, partialRun, passingRun, runRecord, violationRecord } from '../support/records.ts';

const base = passingRun();

/** A run of which only the total matters. */
function total(score: number | null, interval: Interval | null): RunRecord {
  return { ...base, score, interval };
}

describe('the call', () => {
  test.each([
    ['better', total(6, [5.8, 6.2]), total(7, [6.3, 7.5])],
    ['worse', total(7, [6.3, 7.5]), total(6, [5.8, 6.2])],
    ['same', total(6, [5.8, 6.4]), total(7, [6.3, 7.5])],
    ['same', total(6, [5.8, 6.3]), total(7, [6.3, 7.5])],
    // A hundredth is no difference, even where an interval has no width.
    ['same', total(10, [10, 10]), total(9.99, [9.98, 9.99])],
    ['same', total(10, [10, 10]), total(9.96, [9.96, 9.96])],
    ['worse', total(10, [10, 10]), total(9.95, [9.95, 9.95])],
    ['unknown', total(6, [5.8, 6.2]), total(null, null)],
    ['unknown', total(6, null), total(9, [8, 9.5])],
  ])('is %s only where intervals say so', (call, one, other) => {
    expect(compareRecords(one, other).total.call).toBe(call);
  });

  test('turns round when base and head change places', () => {
    expect(compareRecords(base, failingRun()).total.call).toBe('worse');
    expect(compareRecords(failingRun(), base).total.call).toBe('better');
    expect(compareRecords(base, base).total).toMatchObject({ call: 'same', difference: 0 });
  });
});

test('scenarios are compared by name, and those of one side only are named', () => {
  const { scenarios, onlyInBase, onlyInHead } = compareRecords(base, partialRun());
  expect(scenarios.map(({ name, call }) => [name, call])).toEqual([
    ['baseline', 'same'],
    ['node-kill', 'same'],
  ]);
  expect(onlyInBase).toEqual(['node-restart', 'node-pause']);
  expect(onlyInHead).toEqual([]);
});

test('a scenario that was not scored on one side is unknown, not worse', () => {
  const kill = compareRecords(base, inconclusiveRun()).scenarios.find(({ name }) => name === 'node-kill');
  expect(kill).toMatchObject({ call: 'unknown', difference: null });
});

test('violations that appeared or went are listed whatever the scores say', () => {
  const { appeared, gone } = compareRecords(base, failingRun());
  expect(appeared).toEqual([
    {
      scenario: 'node-kill',
      invariant: 'no-acknowledged-loss',
      baseCount: 0,
      headCount: 12,
      baseRounds: 0,
      headRounds: 1,
    },
    { scenario: 'node-kill', invariant: 'ordering', baseCount: 0, headCount: 3, baseRounds: 0, headRounds: 1 },
    // A node that ended by itself.
    { scenario: 'node-restart', invariant: crashed, baseCount: 0, headCount: 1, baseRounds: 0, headRounds: 1 },
  ]);
  expect(gone).toEqual([]);
  expect(compareRecords(failingRun(), base).gone).toHaveLength(3);
});

describe('dimensions', () => {
  const withDimensions = (dimensions: RunRecord['dimensions']): RunRecord => ({ ...base, dimensions });
  const isolation = (score: number | null, interval: Interval | null): RunRecord =>
    withDimensions([{ id: 'fault-isolation', score, interval }]);
  const callOf = (one: RunRecord, other: RunRecord) => compareRecords(one, other).dimensions.map(({ call }) => call);

  test('are compared by their intervals, as scenarios are', () => {
    expect(callOf(isolation(9, [8.8, 9.2]), isolation(8, [7.8, 8.2]))).toEqual(['worse']);
    expect(callOf(isolation(9, [8.8, 9.2]), isolation(8.9, [8.7, 9.1]))).toEqual(['same']);
    expect(callOf(isolation(9, [8.8, 9.2]), isolation(null, null))).toEqual(['unknown']);
  });

  test('that neither side measured are left out', () => {
    expect(callOf(isolation(null, null), isolation(null, null))).toEqual([]);
  });

  test('that are counts have no interval: equal ones are the same, different ones unknown', () => {
    const coverage = (score: number): RunRecord => withDimensions([{ id: 'coverage', score, interval: null }]);
    expect(callOf(coverage(10), coverage(10))).toEqual(['same']);
    expect(callOf(coverage(10), coverage(7.5))).toEqual(['unknown']);
    // A score of recovery alone has no interval either, but it is no count.
    expect(callOf(isolation(10, null), isolation(10, null))).toEqual(['unknown']);
  });
});

describe('the result of a comparison', () => {
  const resultFor = (one: RunRecord, other: RunRecord) => resultOf(compareRecords(one, other));

  test('is a regression where anything is worse or a violation is new, whatever became better', () => {
    expect(resultFor(base, failingRun())).toBe('regression');
    expect(resultFor(failingRun(), base)).toBe('no regression');
    expect(resultFor(failingRun(), failingRun())).toBe('no regression');
    expect(resultFor(base, withKill({ violations: [violationRecord()] }))).toBe('regression');
    expect(resultFor(base, withKill({ violations: [violationRecord({ known: 'issue 7' })] }))).toBe('no regression');
  });

  test('is undecided where what the base shows is not known of the head', () => {
    expect(resultFor(base, partialRun())).toBe('undecided');
    expect(resultFor(base, inconclusiveRun())).toBe('undecided');
    expect(resultFor(runRecord([]), runRecord([]))).toBe('undecided');
    // Means of other scenarios are not compared, whichever side has more of them.
    expect(resultFor(inconclusiveRun(), base)).toBe('undecided');
    expect(compareRecords(base, inconclusiveRun())).toMatchObject({
      total: { call: 'unknown' },
      caveats: ['not every run has a score of node-kill, node-pause'],
    });
  });
});

test('whatever makes two runs not like for like is said', () => {
  expect(compareRecords(base, base).caveats).toEqual([]);
  const elsewhere: RunRecord = {
    ...base,
    seed: 'another',
    partial: true,
    environment: { ...base.environment, cpus: 2 },
    scenarios: base.scenarios.map((scenario) => ({ ...scenario, parameters: { ...scenario.parameters, delay: '9s' } })),
  };
  expect(compareRecords(base, elsewhere).caveats).toEqual([
    'the head run is partial',
    'seed: a-seed in the base, another in the head',
    'CPUs: 4 in the base, 2 in the head',
    ...base.scenarios.map(({ name }) => `parameters of ${name} differ`),
  ]);
});

/** The passing run with its scenario node-kill changed. */
function withKill(given: Partial<ScenarioRecord>): RunRecord {
  return {
    ...base,
    scenarios: base.scenarios.map((scenario) => (scenario.name === 'node-kill' ? { ...scenario, ...given } : scenario)),
  };
}

describe('several rounds a side', () => {
  test('the example of docs/score.md', () => {
    const page = readFileSync(new URL('../../docs/score.md', import.meta.url), 'utf8');
    const read = (cell = ''): [RunRecord, string] => {
      const [score = '', low = '', high = ''] = cell.match(/\d+\.\d\d/g) ?? [];
      return [total(Number(score), [Number(low), Number(high)]), cell];
    };
    const shown = (score: number | null, interval: Interval | null): string =>
      `${score?.toFixed(2)} (${interval?.map((end) => end.toFixed(2)).join(' to ')})`;
    const row = (side: string): string[] =>
      (new RegExp(`^\\| ${side} \\|(.*)\\|$`, 'm').exec(page)?.[1] ?? '').split('|').map((cell) => cell.trim());
    const [base1, base2, baseSide] = row('base');
    const [head1, head2, headSide] = row('head');
    const rounds = [base1, base2].map((cell) => read(cell)[0]);

    const worse = compareRounds(rounds, [read(head1)[0], read(head2)[0]]).total;
    expect(shown(worse.base.score, worse.base.interval)).toBe(baseSide);
    expect(shown(worse.head.score, worse.head.interval)).toBe(headSide);
    expect(worse.call).toBe('worse');
    expect(page).toContain(`the head is worse by ${Math.abs(worse.difference ?? 0).toFixed(2)}: `);

    const other = /a second head round of (.*?\))/.exec(page)?.[1];
    expect(compareRounds(rounds, [read(head1)[0], read(other)[0]]).total.call).toBe('same');
  });

  test('a machine that drifts makes no difference of two rounds of the same commit', () => {
    const [early, late] = [total(9, [8.9, 9.1]), total(7, [6.9, 7.1])];
    expect(compareRecords(early, late).total.call).toBe('worse');
    expect(compareRounds([early, late], [early, late]).total).toMatchObject({ call: 'same', difference: 0 });
  });

  test.each<[Verdict, Verdict, Verdict]>([
    ['pass', 'pass', 'pass'],
    ['pass', 'inconclusive', 'inconclusive'],
    ['inconclusive', 'fail', 'fail'],
    ['skipped', 'pass', 'pass'],
    ['skipped', 'fail', 'fail'],
    ['skipped', 'skipped', 'skipped'],
  ])('the verdict of %s and %s is %s, in either order', (one, other, worst) => {
    const rounds = [withKill({ verdict: one }), withKill({ verdict: other })];
    for (const heads of [rounds, rounds.toReversed()]) {
      const kill = compareRounds([base, base], heads).scenarios.find(({ name }) => name === 'node-kill');
      expect(kill?.head.verdict).toBe(worst);
    }
  });

  test('a scenario that one round did not score, or did not come to, is unknown, with the mean of those that did', () => {
    const score = base.scenarios.find(({ name }) => name === 'node-kill')?.score;
    for (const incomplete of [withKill({ score: null, interval: null }), { ...base, scenarios: [] }]) {
      const { scenarios, onlyInBase } = compareRounds([base, base], [base, incomplete]);
      const kill = scenarios.find(({ name }) => name === 'node-kill');
      expect(kill).toMatchObject({ call: 'unknown', difference: 0, head: { score, interval: null } });
      expect(onlyInBase).toEqual([]);
    }
  });

  test('a violation in one of two rounds is a violation', () => {
    const bad = withKill({ violations: [violationRecord({ count: 5 })] });
    const worse = withKill({ violations: [violationRecord({ count: 7 })] });
    const seen = { scenario: 'node-kill', invariant: 'no-acknowledged-loss' };
    expect(compareRounds([base, base], [base, bad]).appeared).toEqual([
      { ...seen, baseCount: 0, headCount: 5, baseRounds: 0, headRounds: 1 },
    ]);
    expect(compareRounds([base, base], [worse, bad]).appeared).toEqual([
      { ...seen, baseCount: 0, headCount: 12, baseRounds: 0, headRounds: 2 },
    ]);
    const known = compareRounds([base, bad], [worse, base]);
    expect([known.appeared, known.gone]).toEqual([[], []]);
    expect(compareRounds([base, bad], [base, base]).gone).toHaveLength(1);
  });

  test('one that was seen in a first, inconclusive attempt counts too; one that a known issue covers does not', () => {
    const violations = [violationRecord({ count: 4 })];
    const earlier = withKill({ violations }).scenarios.find(({ name }) => name === 'node-kill') ?? null;
    expect(compareRecords(base, withKill({ attempt: 2, earlier })).appeared).toMatchObject([{ headCount: 4 }]);
    expect(compareRecords(base, withKill({ violations: [violationRecord({ known: 'issue 7' })] })).appeared).toEqual(
      [],
    );
  });

  test('seeds are judged as sets, and partial rounds are counted', () => {
    const seed = (name: string): RunRecord => ({ ...base, seed: name });
    expect(compareRounds([seed('a'), seed('b')], [seed('b'), seed('a')]).caveats).toEqual([]);
    expect(compareRounds([seed('a'), seed('b')], [seed('b'), seed('b')]).caveats).toEqual([
      'seed: a, b in the base, b in the head',
    ]);
    const partial = { ...base, partial: true };
    expect(compareRounds([base, partial], [partial, partial]).caveats).toEqual([
      '1 of 2 base runs is partial',
      '2 of 2 head runs are partial',
    ]);
  });

  test('a plan that runs a scenario twice has both compared, the first with the first', () => {
    const twice: RunRecord = { ...base, scenarios: [...base.scenarios, ...withKill({ score: 1 }).scenarios] };
    const { scenarios } = compareRounds([twice], [twice]);
    expect(scenarios.map(({ name }) => name)).toEqual([
      ...base.scenarios.map(({ name }) => name),
      ...base.scenarios.map(({ name }) => `${name} (2)`),
    ]);
    expect(scenarios.map(({ difference }) => difference)).toEqual(scenarios.map(() => 0));
    expect(scenarios.find(({ name }) => name === 'node-kill (2)')?.base.score).toBe(1);
    expect(compareRounds([base], [twice]).onlyInHead).toContain('node-kill (2)');
  });

  test('a side without a round is a mistake of ours, not a result', () => {
    expect(() => compareRounds([], [base])).toThrow('at least one run on either side');
    expect(() => compareRounds([base], [])).toThrow('at least one run on either side');
  });
});

describe('whatever the rounds are', () => {
  type Round = { readonly score: number | null; readonly interval: Interval | null };
  const digits = fc.integer({ min: 0, max: 1_000 }).map((hundredths) => hundredths / 100);
  const measured = fc
    .tuple(digits, digits, digits)
    .map((values) => values.toSorted((a, b) => a - b))
    .map(([low = 0, score = 0, high = 0]): Round => ({ score, interval: [low, high] }));
  const unmeasured = fc.constantFrom<Round>({ score: null, interval: null }, { score: 5, interval: null });
  const rounds = fc.array(fc.oneof({ weight: 8, arbitrary: measured }, unmeasured), { minLength: 1, maxLength: 3 });
  const compared = (bases: readonly Round[], heads: readonly Round[]) => {
    const records = (side: readonly Round[]): RunRecord[] => side.map(({ score, interval }) => total(score, interval));
    return compareRounds(records(bases), records(heads)).total;
  };

  test('a call is made exactly where every pair of rounds makes the same one', () => {
    fc.assert(
      fc.property(rounds, rounds, (bases, heads) => {
        const pairs = bases.flatMap((one) => heads.map((other) => compared([one], [other]).call));
        const { call } = compared(bases, heads);
        expect(call === 'unknown').toBe(pairs.includes('unknown'));
        for (const decided of ['better', 'worse'] as const)
          expect(call === decided).toBe(pairs.every((pair) => pair === decided));
      }),
    );
  });

  test('the mean lies within the interval, and its difference has the sign of the call', () => {
    fc.assert(
      fc.property(rounds, rounds, (bases, heads) => {
        const { call, base: before, head: after, difference } = compared(bases, heads);
        for (const { score, interval } of [before, after]) {
          if (score === null || interval === null) continue;
          expect(score).toBeGreaterThanOrEqual(interval[0]);
          expect(score).toBeLessThanOrEqual(interval[1]);
        }
        if (call === 'better') expect(difference).toBeGreaterThan(0);
        if (call === 'worse') expect(difference).toBeLessThan(0);
      }),
    );
  });

  test('neither their order nor repeating them changes the total, and base and head can change places', () => {
    const turned = { better: 'worse', worse: 'better', same: 'same', unknown: 'unknown' };
    fc.assert(
      fc.property(rounds, rounds, (bases, heads) => {
        const straight = compared(bases, heads);
        expect(compared(bases.toReversed(), heads.toReversed())).toEqual(straight);
        expect(compared([...bases, ...bases], heads)).toEqual(straight);
        const swapped = compared(heads, bases);
        expect(swapped.call).toBe(turned[straight.call]);
        expect([swapped.base, swapped.head]).toEqual([straight.head, straight.base]);
      }),
    );
  });
});
