import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checks } from '../../src/checks/registry.ts';
import { invariantIds } from '../../src/config/schema.ts';
import type { KnownIssue } from '../../src/model/config.ts';
import { runChecks } from '../../src/run/evidence.ts';
import type { Oddity } from '../../src/workload/flows/stream/facts.ts';
import { aConnection, aFlow, aHistory, aSession, aSubscription, input } from '../support/histories.ts';

test('a known issue can name every check there is, and nothing else', () => {
  expect(invariantIds).toEqual(checks.map(({ id }) => id));
});

/** The client ids of a run: the prefix is drawn. */
const id = (name: string): string => `chaos-1f2e3d-${name}`;
const [live, durable] = [id('live-node1'), id('durable-node2')];

const judged = (history: ReturnType<typeof aHistory>, ...knownIssues: KnownIssue[]) =>
  runChecks(input(history), {
    scenario: 'node-kill',
    knownIssues,
    faults: [],
    relativeMs: (ms) => ms,
    logsAt: () => [],
  }).violations.map(({ invariant, count, known, limitedTo, examples }) => ({
    invariant,
    count,
    known,
    limitedTo,
    examples,
  }));

/** One message was lost on the way to one client, three on the way to another. */
const flow = aFlow({ offered: 9 });
const losses = aHistory({
  flows: [flow],
  subscriptions: [
    aSubscription(flow, { clientId: live, missing: [6] }),
    aSubscription(flow, { clientId: durable, missing: [2, 3, 4] }),
  ],
});
const loss = { invariant: 'no-acknowledged-loss', why: 'issue 1' };

describe('a known issue that is limited to a client', () => {
  test('leaves what befell the others a failure, with their evidence alone', () => {
    const [rest, known, ...more] = judged(losses, { ...loss, client: 'durable-node2' });
    expect(more).toEqual([]);
    expect(rest).toMatchObject({ count: 1, known: null, limitedTo: undefined });
    expect(rest?.examples.map(({ facts }) => facts.subscriber)).toEqual([live]);
    expect(known).toMatchObject({ count: 3, known: 'issue 1', limitedTo: 'client durable-node2' });
    expect(known?.examples.map(({ facts }) => facts.subscriber)).toEqual([durable, durable, durable]);
  });

  test('names in its evidence everybody who saw the message', () => {
    const [rest] = judged(losses, { ...loss, client: 'durable-node2' });
    expect(rest?.examples[0]?.facts).toMatchObject({ receivedBy: durable, notReceivedBy: live });
  });

  test.each([
    ['a pattern', 'durable-*', 3],
    ['a pattern of all', '*', 4],
    ['a name with the prefix of another run', 'chaos-abcdef-durable-node2', 3],
    ['the beginning of a name', 'durable', 0],
    ['a character of regular expressions, taken as it is', 'durable-node.', 0],
  ])('takes %s', (_, client, covered) => {
    const known = judged(losses, { ...loss, client }).filter((one) => one.known !== null);
    expect(known.reduce((sum, { count }) => sum + count, 0)).toBe(covered);
  });

  test('may stand beside others: the first that covers a client has it', () => {
    expect(
      judged(losses, { ...loss, client: 'live-*' }, { ...loss, why: 'issue 2' }).map(({ count, known }) => [
        count,
        known,
      ]),
    ).toEqual([
      [3, 'issue 2'],
      [1, 'issue 1'],
    ]);
    expect(
      judged(losses, { ...loss, why: 'issue 2' }, { ...loss, client: 'live-*' }).map(({ count, known }) => [
        count,
        known,
      ]),
    ).toEqual([[4, 'issue 2']]);
  });

  test('of another scenario covers nothing', () => {
    expect(judged(losses, { ...loss, scenario: 'node-pause', client: '*' })).toMatchObject([{ count: 4, known: null }]);
  });

  test('splits what is only counted by client, beyond the examples', () => {
    const oddity = (clientId: string): Oddity => ({ clientId, node: 'node1', topic: 't', atMs: 5, detail: '' });
    const history = aHistory({ oddities: { corrupt: [oddity(live)] } });
    const counted = {
      ...history,
      oddities: {
        ...history.oddities,
        corrupt: { count: 1_000, examples: [oddity(live)], byClient: { [live]: 990, [durable]: 10 } },
      },
    };
    expect(judged(counted, { invariant: 'integrity', why: 'w', client: 'live-*' })).toMatchObject([
      { count: 10, known: null },
      { count: 990, known: 'w' },
    ]);
  });
});

describe('a known issue that is limited to a role', () => {
  const lost = aConnection({ sessionExpected: true, sessionPresent: false });
  const first = aConnection({ disconnectedMs: 700 });
  const sessions = aHistory({
    sessions: [
      aSession([first, lost], { clientId: id('publisher-0'), role: 'publisher' }),
      aSession([first, lost], { clientId: durable, role: 'subscriber' }),
    ],
  });
  const forgets = { invariant: 'session-state', why: 'sessions without subscriptions are not kept' };

  test('covers the publishers and not the subscribers', () => {
    expect(judged(sessions, { ...forgets, role: 'publisher' })).toMatchObject([
      { count: 1, known: null, examples: [{ facts: { client: durable } }] },
      { count: 1, known: forgets.why, limitedTo: 'publishers', examples: [{ facts: { client: id('publisher-0') } }] },
    ]);
  });

  test('never covers what is about no client of the workload', () => {
    const paths = { startedMs: 0, endedMs: 9, accepted: [{ node: 'node1', atMs: null }], paths: [] };
    const absent = aHistory({
      flows: [flow],
      subscriptions: [aSubscription(flow, { clientId: live })],
      clients: [
        {
          ...{ clientId: live, node: 'node2', role: 'subscriber', stage: 'disconnected' },
          ...{ absentSinceMs: 5_000, absentForMs: 20_000, attempts: 9 },
        },
      ],
    });
    const around = { scenario: 's', faults: [], relativeMs: (ms: number) => ms, logsAt: () => [] };
    const issue = { invariant: 'liveness', role: 'subscriber', why: 'w' } as const;
    const { violations } = runChecks(input(absent, { paths }), { ...around, knownIssues: [issue] });
    expect(violations).toMatchObject([
      { count: 1, known: null, examples: [{ what: expect.stringMatching(/^node1 did not accept/) }] },
      { count: 1, known: 'w', examples: [{ what: expect.stringMatching(/live-node1 could not connect/) }] },
    ]);
  });
});

test('a known issue of a client does not hide the node that lets nobody in', () => {
  const paths = { startedMs: 0, endedMs: 9, accepted: [{ node: 'node2', atMs: null }], paths: [] };
  const client = { clientId: live, node: 'node2', role: 'subscriber', stage: 'disconnected' } as const;
  const history = aHistory({ clients: [{ ...client, absentSinceMs: 5_000, absentForMs: 20_000, attempts: 9 }] });
  const around = { scenario: 's', faults: [], relativeMs: (ms: number) => ms, logsAt: () => [] };
  const issue = { invariant: 'liveness', role: 'subscriber', why: 'w' } as const;
  const { violations } = runChecks(input(history, { paths }), { ...around, knownIssues: [issue] });
  expect(violations).toMatchObject([{ count: 1, known: null, examples: [{ facts: { node: 'node2' } }] }]);
});

test('whatever is known, no count gets lost', () => {
  const names = ['live-node1', 'live-node2', 'durable-node1'];
  const issue = fc.record({
    invariant: fc.constant('no-acknowledged-loss'),
    why: fc.constantFrom('a', 'b', 'c'),
    role: fc.constantFrom('publisher' as const, 'subscriber' as const, undefined),
    client: fc.constantFrom('live-*', 'live-node1', '*-node1', undefined),
  });
  fc.assert(
    fc.property(
      fc.array(fc.subarray([1, 2, 3, 4, 5]), { minLength: 3, maxLength: 3 }),
      fc.array(issue, { maxLength: 4 }),
      (missing, issues) => {
        const subscriptions = names.map((name, i) =>
          aSubscription(flow, { clientId: id(name), missing: missing[i] ?? [] }),
        );
        const count = judged(aHistory({ flows: [flow], subscriptions }), ...issues).reduce(
          (sum, one) => sum + one.count,
          0,
        );
        expect(count).toBe(missing.flat().length);
      },
    ),
  );
});
