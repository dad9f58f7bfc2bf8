import { describe, expect, test } from '@jest/globals';
import { sessionState } from '../../src/checks/session-state.ts';
import type { ConnectionHistory } from '../../src/workload/flows/stream/facts.ts';
import {
  aConnection,
  aFlow,
  aHistory,
  aSession,
  aSubscription,
  expectNothing,
  type FlowShape,
  features,
  findings,
  input,
  type SubscriptionShape,
  theOne,
} from '../support/histories.ts';

/** One subscriber with these connections to one flow. */
function subscriberWith(
  connections: readonly ConnectionHistory[],
  flow: FlowShape = { offered: 0 },
  subscription: SubscriptionShape = {},
) {
  const made = aFlow(flow);
  return aHistory({
    flows: [made],
    subscriptions: [aSubscription(made, subscription)],
    sessions: [aSession(connections)],
  });
}

/** Messages 1 to 20 before the absence, 21 to 30 during it, 31 to 40 after it. */
const before = aConnection({ disconnectedMs: 3_000, due: [0, 20] });
const after = aConnection({ connectedMs: 4_000, sessionPresent: true, sessionExpected: true, due: [30, null] });

describe('session present', () => {
  test('a first connection that is told session present = 1 is lied to', () => {
    const finding = theOne(sessionState, subscriberWith([aConnection({ sessionPresent: true })]));
    expect(finding.what).toBe('subscriber connected for the first time and was told session present = 1');
    expect(finding).toMatchObject({ atMs: 500, facts: { client: 'subscriber', sessionPresent: true } });
  });

  test('a client that comes back to no session has lost it', () => {
    const finding = theOne(sessionState, subscriberWith([before, { ...after, sessionPresent: false }]));
    expect(finding.what).toBe('subscriber at node2 came back and was told session present = 0: its session was lost');
    expect(finding).toMatchObject({
      atMs: 4_000,
      facts: {
        role: 'subscriber',
        node: 'node2',
        connectedAtMs: 4_000,
        lastDisconnectedAtMs: 3_000,
        sessionPresent: false,
      },
    });
  });

  test('publishers have sessions too', () => {
    const history = aHistory({
      sessions: [
        aSession([before, { ...after, sessionPresent: false }], { role: 'publisher', clientId: 'publisher-0' }),
      ],
    });
    expect(theOne(sessionState, history).facts.role).toBe('publisher');
  });

  test('a session lost twice is two violations, and the one after it that was kept is none', () => {
    const lost = { ...after, sessionPresent: false };
    expect(findings(sessionState, subscriberWith([before, lost, lost, after])).count).toBe(2);
  });

  test('the truth is no violation: 0 at first, 1 ever after', () => {
    expectNothing(sessionState, subscriberWith([before, after, after], { offered: 40 }));
  });

  test.each([true, false])(
    'session present = %s is believed when an earlier CONNECT was never answered: the broker may have acted on it',
    (sessionPresent) => {
      expectNothing(sessionState, subscriberWith([aConnection({ sessionPresent, sessionExpected: null })]));
    },
  );
});

describe('the queue', () => {
  test('a kept session of which nothing queued arrives has forgotten its queue', () => {
    const finding = theOne(sessionState, subscriberWith([before, after], { offered: 40 }, { missing: [[21, 30]] }));
    expect(finding.what).toContain('of 10 messages acknowledged while it was away none arrived');
  });

  test('one of them that arrived shows that there was a queue (what is missing is a loss, not a forgotten queue)', () => {
    expectNothing(sessionState, subscriberWith([before, after], { offered: 40 }, { missing: [[22, 30]] }));
  });

  test('the messages on either side of the absence tell nothing about the queue', () => {
    const around = { missing: [[21, 30]] as const };
    expect(findings(sessionState, subscriberWith([before, after], { offered: 40 }, around)).count).toBe(1);
    expectNothing(sessionState, subscriberWith([before, after], { offered: 40 }, { missing: [20, 31] }));
  });

  test('of four messages nobody can tell', () => {
    expectNothing(
      sessionState,
      subscriberWith(
        [before, { ...after, due: aConnection({ due: [24, null] }).due }],
        { offered: 40 },
        { missing: [[21, 24]] },
      ),
    );
  });

  test('messages that were not acknowledged are not owed to a queue', () => {
    expectNothing(
      sessionState,
      subscriberWith([before, after], { offered: 40, unknown: [[21, 27]] }, { missing: [[21, 30]] }),
    );
  });

  test('a subscription granted QoS 0 has no queue', () => {
    expectNothing(sessionState, subscriberWith([before, after], { offered: 40 }, { granted: 0, missing: [[21, 30]] }));
  });

  test("another client's messages are another client's queue", () => {
    expectNothing(
      sessionState,
      subscriberWith([before, after], { offered: 40 }, { clientId: 'b', missing: [[21, 30]] }),
    );
  });
});

describe('the subscription', () => {
  test('a kept session to which nothing comes any more has forgotten its subscription', () => {
    const finding = theOne(sessionState, subscriberWith([before, after], { offered: 40 }, { missing: [[31, 40]] }));
    expect(finding.what).toContain('of 10 messages acknowledged after it had come back none arrived');
  });

  test('a session that forgot both has one cause', () => {
    const { what } = theOne(sessionState, subscriberWith([before, after], { offered: 40 }, { missing: [[21, 40]] }));
    expect(what).toContain('of 10 messages acknowledged while it was away none arrived, and of 10 messages');
  });

  test('messages that came only with the next connection came', () => {
    const short = { ...after, disconnectedMs: 4_500, due: aConnection({ due: [30, 36] }).due };
    const last = { ...after, connectedMs: 5_000, due: aConnection({ due: [38, null] }).due };
    expectNothing(sessionState, subscriberWith([before, short, last], { offered: 45 }));
  });
});

describe('a client without subscriptions', () => {
  const lost = { ...after, sessionPresent: false, subscribed: false };
  const publisher = aHistory({ sessions: [aSession([before, lost], { role: 'publisher', clientId: 'publisher-0' })] });
  const seen = { features: features({ emptySessions: 'session present = 0 on return' }) };

  test('has lost its session where the broker reports such sessions', () => {
    expect(theOne(sessionState, publisher).facts).toMatchObject({ role: 'publisher', client: 'publisher-0' });
  });

  test('is told session present = 0 where the broker always says so: nothing was lost', () => {
    expectNothing(sessionState, publisher, seen);
  });

  test('may be a subscriber whose SUBSCRIBE was not answered', () => {
    expectNothing(sessionState, subscriberWith([before, lost]), seen);
    theOne(sessionState, subscriberWith([before, { ...lost, subscribed: true }]), seen);
  });

  test('is lied to by session present = 1 at its first connection all the same', () => {
    const lie = aHistory({ sessions: [aSession([aConnection({ sessionPresent: true })], { role: 'publisher' })] });
    theOne(sessionState, lie, seen);
  });
});

describe('one cause', () => {
  /** Let in at `connectedMs`, told that there is no session, and thrown out 5 ms later. */
  const attempt = (connectedMs: number) =>
    aConnection({ connectedMs, disconnectedMs: connectedMs + 5, sessionExpected: true });

  test('a client that is locked out, 80 attempts long, is one violation with its attempts', () => {
    const attempts = Array.from({ length: 80 }, (_, i) => attempt(4_000 + 250 * i));
    const finding = theOne(sessionState, subscriberWith([before, ...attempts]));
    expect(finding.what).toBe(
      'subscriber at node2 came back and was told session present = 0: its session was lost. It was let in and thrown out again: so it was on 80 connections, and none before the last lasted 1 s',
    );
    expect(finding).toMatchObject({ atMs: 4_000, facts: { attempts: 80, lastAttemptAtMs: 23_750 } });
  });

  test('another loss after a connection that was of use is another', () => {
    const useful = { ...attempt(5_000), disconnectedMs: 6_000 };
    expect(findings(sessionState, subscriberWith([before, attempt(4_000), useful, attempt(7_000)])).count).toBe(2);
  });

  test('two clients are two', () => {
    const connections = [before, attempt(4_000), attempt(4_300)];
    const history = aHistory({ sessions: [aSession(connections), aSession(connections, { clientId: 'other' })] });
    expect(findings(sessionState, history).findings.map(({ facts }) => facts.client)).toEqual(['subscriber', 'other']);
  });

  /** It goes away and comes back every ten messages, and is always told session present = 1. */
  const visits = [
    before,
    ...[30, 50, 70].map((due, i) =>
      aConnection({
        sessionPresent: true,
        sessionExpected: true,
        connectedMs: 4_000 + 4_000 * i,
        disconnectedMs: 6_000 + 4_000 * i,
        due: [due, due + 10],
      }),
    ),
  ];

  test('a subscription that was forgotten once is missed on every later connection', () => {
    const finding = theOne(sessionState, subscriberWith(visits, { offered: 80 }, { missing: [[21, 80]] }));
    expect(finding.what).toContain('. So it was on 3 connections, and nothing arrived in between');
    expect(finding.facts).toMatchObject({ attempts: 3, connectedAtMs: 4_000, lastAttemptAtMs: 12_000 });
  });

  test('one that is forgotten again after something had arrived is another', () => {
    const missing = [
      [21, 40],
      [61, 80],
    ] as const;
    expect(findings(sessionState, subscriberWith(visits, { offered: 80 }, { missing })).count).toBe(2);
  });
});

test('clean sessions are nobody’s to keep', () => {
  const connections = [before, aConnection({ connectedMs: 4_000 })];
  expectNothing(sessionState, aHistory({ sessions: [aSession(connections, { session: 'clean' })] }));
});

test('a broker without sessions is not asked to keep any', () => {
  expect(
    sessionState.run(
      input(subscriberWith([before, { ...after, sessionPresent: false }]), {
        features: features({ persistentSessions: 'session present = 0 on return' }),
      }),
    ),
  ).toEqual({ applicable: false, why: 'the broker keeps no sessions: session present = 0 on return' });
});
