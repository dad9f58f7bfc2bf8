import { describe, expect, test } from '@jest/globals';
import { sessionState } from '../../src/checks/session-state.ts';
import type { ConnectionHistory } from '../../src/workload/history.ts';
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

  test('a session that forgot both is found twice', () => {
    expect(
      findings(sessionState, subscriberWith([before, after], { offered: 40 }, { missing: [[21, 40]] })).count,
    ).toBe(2);
  });

  test('messages that came only with the next connection came', () => {
    const short = { ...after, disconnectedMs: 4_500, due: aConnection({ due: [30, 36] }).due };
    const last = { ...after, connectedMs: 5_000, due: aConnection({ due: [38, null] }).due };
    expectNothing(sessionState, subscriberWith([before, short, last], { offered: 45 }));
  });
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
