import { describe, expect, test } from '@jest/globals';
import type { Check } from '../../src/checks/check.ts';
import { checks } from '../../src/checks/registry.ts';
import type { KnownIssue } from '../../src/model/config.ts';
import type { FaultRecord } from '../../src/model/record.ts';
import { accountFor, runChecks } from '../../src/run/evidence.ts';
import { judge } from '../../src/run/verdict.ts';
import { aFlow, aHistory, aSubscription, features, input, ofStream, oneWay } from '../support/histories.ts';

const startedMs = 600;
const fault: FaultRecord = {
  kind: 'kill',
  target: 'node2',
  mechanism: 'SIGKILL',
  injected: 'killed',
  observed: 'gone',
  proven: true,
  figures: {},
  startMs: 900,
  endMs: 1_000,
  healed: true,
};

function judged(
  checked: Parameters<typeof runChecks>[0],
  around: { knownIssues?: readonly KnownIssue[]; faults?: readonly FaultRecord[]; scenario?: string } = {},
) {
  return runChecks(checked, {
    scenario: 'node-kill',
    knownIssues: [],
    faults: [fault],
    relativeMs: (ms) => ms - startedMs,
    logsAt: (ms, naming) => [`a line at ${ms} of ${naming.join(', ')}`],
    ...around,
  });
}

/** Message 6, due at 1,500 ms on the clock and 900 ms into the run, was lost. */
const loss = input(oneWay({ offered: 9, acknowledgedAtMs: [[6, 1_512]] }, { missing: [6] }));

describe('a violation', () => {
  test('is dressed with what stands around it, all times counted from the run’s start', () => {
    const { violations } = judged(loss);
    expect(violations).toHaveLength(1);
    expect(violations[0]).toMatchObject({
      invariant: 'no-acknowledged-loss',
      statement: expect.stringContaining('acknowledged'),
      clause: expect.stringContaining('MQTT-4.3.2-2'),
      count: 1,
      known: null,
      examples: [
        {
          atMs: 900,
          facts: { sequence: 6, dueAtMs: 900, acknowledgedAtMs: 912 },
          faultsInForce: ['kill on node2'],
          // The log is asked for lines that name who and what it is about.
          logs: ['a line at 1500 of subscriber, publisher-0, t/orders'],
        },
      ],
    });
  });

  test('of loss keeps all that was lost beside the examples', () => {
    const lossy = input(oneWay({ offered: 30 }, { missing: [6, [10, 20]] }));
    expect(judged(lossy).violations[0]?.lost).toEqual([
      expect.objectContaining({
        subscriber: 'subscriber',
        messages: 12,
        ranges: [
          [6, 6],
          [10, 20],
        ],
      }),
    ]);
  });

  test('of anything else has nothing lost', () => {
    const flow = aFlow({ offered: 9 });
    const history = aHistory({
      flows: [flow],
      subscriptions: [aSubscription(flow, { overtaken: [{ sequence: 3, atMs: 1_400, after: 4 }] })],
    });
    expect(judged(input(history)).violations[0]).not.toHaveProperty('lost');
  });

  test('has its examples in the order of time', () => {
    const oddity = (atMs: number) => ({ clientId: 's', node: 'node2', topic: 't', atMs: atMs + startedMs, detail: '' });
    const { violations } = judged(input(aHistory({ oddities: { corrupt: [oddity(950), oddity(20), oddity(400)] } })));
    expect(violations[0]?.examples.map(({ atMs }) => atMs)).toEqual([20, 400, 950]);
  });

  test('keeps facts that are no points in time as they are, and unknown times unknown', () => {
    const paths = {
      startedMs: 1_500,
      endedMs: 40_000,
      accepted: [{ node: 'node1', atMs: null }],
      paths: [],
    };
    const { violations } = judged(input(aHistory({}), { paths }));
    expect(violations[0]?.examples[0]).toMatchObject({ facts: { acceptedAtMs: null, boundMs: 30_000 } });
  });

  test.each([
    [899, []],
    [900, ['kill on node2']],
    [1_000, ['kill on node2']],
    [1_001, []],
  ])('at %i ms of a fault from 900 to 1,000 ms has in force %j', (atMs, inForce) => {
    const oddity = { clientId: 's', node: 'node2', topic: 't', atMs: atMs + startedMs, detail: '' };
    const { violations } = judged(input(aHistory({ oddities: { corrupt: [oddity] } })));
    expect(violations[0]?.examples[0]?.faultsInForce).toEqual(inForce);
  });

  test('of each invariant is one record, in the order of the reports', () => {
    const flow = aFlow({ qos: 2, offered: 9 });
    const history = aHistory({
      flows: [flow],
      subscriptions: [
        aSubscription(flow, { missing: [6], duplicated: [2], overtaken: [{ sequence: 3, atMs: 1_400, after: 4 }] }),
      ],
    });
    expect(judged(input(history)).violations.map(({ invariant }) => invariant)).toEqual([
      'no-acknowledged-loss',
      'exactly-once',
      'ordering',
    ]);
  });
});

describe('a known issue', () => {
  const known = (...knownIssues: KnownIssue[]) => judged(loss, { knownIssues }).violations[0]?.known;

  test('of the invariant covers every scenario', () => {
    expect(known({ invariant: 'no-acknowledged-loss', why: 'issue 1' })).toBe('issue 1');
  });

  test('of the scenario covers that one alone', () => {
    expect(known({ invariant: 'no-acknowledged-loss', scenario: 'node-kill', why: 'issue 1' })).toBe('issue 1');
    expect(known({ invariant: 'no-acknowledged-loss', scenario: 'node-pause', why: 'issue 1' })).toBeNull();
  });

  test('of another invariant covers nothing', () => {
    expect(known({ invariant: 'ordering', scenario: 'node-kill', why: 'issue 1' })).toBeNull();
  });

  test('that fits is found among others', () => {
    expect(
      known(
        { invariant: 'ordering', why: 'issue 1' },
        { invariant: 'no-acknowledged-loss', scenario: 'baseline', why: 'issue 2' },
        { invariant: 'no-acknowledged-loss', scenario: 'node-kill', why: 'issue 3' },
      ),
    ).toBe('issue 3');
  });

  test('does not make less of the count', () => {
    const { violations } = judged(loss, { knownIssues: [{ invariant: 'no-acknowledged-loss', why: 'issue 1' }] });
    expect(violations[0]).toMatchObject({ count: 1, examples: [{ atMs: 900 }] });
  });
});

test('checks without anything to look at say why, and are no violation', () => {
  const seen = features({ qos2: 'refused', persistentSessions: 'session present = 0 on return' });
  const { violations, notApplicable } = judged(input(oneWay({ offered: 9 }), { features: seen }));
  expect(violations).toEqual([]);
  expect(notApplicable).toEqual(
    expect.arrayContaining([
      { invariant: 'exactly-once', why: 'the broker has no QoS 2: refused' },
      { invariant: 'session-state', why: 'the broker keeps no sessions: session present = 0 on return' },
      { invariant: 'liveness', why: 'the paths were not tried' },
      { invariant: 'will-once', why: 'the workload has no flows of the kind will' },
    ]),
  );
});

test('every check has a name of its own', () => {
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
});

describe('a check that throws', () => {
  const broken: Check = {
    id: 'broken',
    statement: 'nothing',
    clause: null,
    run() {
      throw new Error('a flow without a name');
    },
  };
  const around = {
    scenario: 'node-kill',
    knownIssues: [],
    faults: [fault],
    relativeMs: (ms: number) => ms,
    logsAt: () => [],
  };
  const verdictOf = ({ violations, unknown }: ReturnType<typeof runChecks>) =>
    judge({
      ...{ violations, unknown, crashes: [], faults: [], expectations: [], operationsInHold: 1_000 },
      operations: { phase: 'hold', possible: 1_000 },
      ...{ stillArriving: false, unsteady: [] },
      harness: { conductorLagP99Ms: 1, workloadLagP99Ms: 1, linksLagP99Ms: 1 },
    });

  test('is unknown, the others are run, and nothing passes', () => {
    const found = runChecks(input(oneWay({ offered: 9 })), around, [broken, ...checks]);
    expect(found.unknown).toEqual([{ invariant: 'broken', why: 'a flow without a name' }]);
    expect(found.violations).toEqual([]);
    expect(found.notApplicable).toContainEqual({ invariant: 'liveness', why: 'the paths were not tried' });
    expect(verdictOf(found)).toEqual({
      verdict: 'inconclusive',
      reason: 'broken is unknown, as its check failed: a flow without a name (a defect of chaos-action)',
    });
  });

  test('hides no violation of another', () => {
    const found = runChecks(loss, around, [broken, ...checks]);
    expect(found.violations).toMatchObject([{ invariant: 'no-acknowledged-loss' }]);
    expect(verdictOf(found)).toEqual({
      verdict: 'fail',
      reason: expect.stringMatching(/^no-acknowledged-loss violated once; broken is unknown/),
    });
  });
});

describe('the accounting', () => {
  test('that adds up is shown', () => {
    expect(accountFor(ofStream(oneWay({ offered: 9 })), false)).toMatchObject({
      accounting: { owed: 9, delivered: 9 },
    });
  });

  test('that does not add up is not shown, and says why', () => {
    const [flow] = oneWay({ offered: 9 }).flows;
    const history = aHistory({ flows: flow ? [{ ...flow, acknowledged: [] }] : [] });
    const { accounting, why } = accountFor(ofStream(history), false);
    expect(accounting).toMatchObject({ published: 0, owed: 0 });
    expect(why).toMatch(/9 of 9 messages have no outcome, or two/);
  });
});
