import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Clause } from '../../src/checks/check.ts';
import { checks } from '../../src/checks/registry.ts';
import { sessionState } from '../../src/checks/session-state.ts';
import { runChecks } from '../../src/run/evidence.ts';
import { aConnection, aFlow, aHistory, aSession, aSubscription, input, oneWay } from '../support/histories.ts';
import { type Edit, illegalEdits } from '../support/illegal-edits.ts';
import { legalHistories } from '../support/kind-models.ts';

/** The normative statements that reports name, in short, from the appendixes of both standards. A number means another thing in each. */
const statements: Record<keyof Clause, Record<string, string>> = {
  v311: {
    'section 4.3.1': 'QoS 0: at most once delivery',
    'MQTT-3.1.2-4': 'the server resumes the session, and stores it after the client is disconnected',
    'MQTT-3.1.2-5': 'it stores further QoS 1 and 2 messages that match the subscriptions of a disconnected session',
    'MQTT-3.1.2-24': 'it closes the connection when one and a half times the keep alive has passed in silence',
    'MQTT-3.1.4-2': 'it disconnects the existing client of the same id',
    'MQTT-3.1.2-8': 'it publishes the will when the connection is closed, unless DISCONNECT came',
    'MQTT-3.1.2-10': 'it removes the will when it has published it, or DISCONNECT came',
    'MQTT-3.2.2-2': 'it says session present = 1 if it has the session',
    'MQTT-3.3.1-5': 'it stores a retained message for future subscribers',
    'MQTT-3.3.1-1': 'DUP is 1 when a PUBLISH is sent again',
    'MQTT-3.3.1-2': 'DUP is 0 at QoS 0',
    'MQTT-3.3.1-6': 'a new subscription gets the last retained message',
    'MQTT-3.3.1-10': 'an empty payload with RETAIN = 1 removes the retained message',
    'MQTT-3.3.1-11': 'it is not stored',
    'MQTT-3.10.4-2': 'after UNSUBSCRIBE it adds no new messages for delivery to the client',
    'MQTT-3.14.4-3': 'on DISCONNECT it discards the will without publishing it',
    'MQTT-4.4.0-1': 'it sends unacknowledged PUBLISH and PUBREL packets again, with their packet ids',
    'MQTT-3.2.2-3': 'it says session present = 0 if it has not',
    'MQTT-3.8.4-6': 'it delivers at the lower of the QoS of the message and the granted one',
    'MQTT-4.3.2-2': 'the receiver of QoS 1 answers PUBACK, having accepted ownership',
    'MQTT-4.3.3-1':
      'the sender of QoS 2 treats a PUBLISH as unacknowledged until PUBREC, and does not send it again after PUBREL',
    'MQTT-4.3.3-2': 'the receiver of QoS 2 answers PUBREC, having accepted ownership, and delivers no duplicate',
    'MQTT-4.5.0-1': 'a message that the server owns is added to the sessions of all clients that subscribed',
    'MQTT-4.6.0-5': 'each topic is an ordered topic by default',
    'MQTT-4.6.0-6': 'messages are sent in the order in which they were received from a client',
  },
  v5: {
    'section 4.3.1': 'QoS 0: at most once delivery',
    'MQTT-3.1.2-5': 'clean start = 0: the server resumes the session',
    'MQTT-3.1.2-8': 'it publishes the will after the connection is closed, unless DISCONNECT or a new connection came',
    'MQTT-3.1.2-10': 'it removes the will when it has published it, or DISCONNECT came',
    'MQTT-3.1.2-22': 'it closes the connection when one and a half times the keep alive has passed in silence',
    'MQTT-3.1.3-9': 'it sends no will if the client is back before the will delay has passed',
    'MQTT-3.1.2-23': 'it stores the session after the connection is closed if it does not expire at once',
    'MQTT-3.1.4-3': 'it closes the connection of the existing client of the same id',
    'MQTT-3.2.2-3': 'it says session present = 1 if it has the session, and 0 otherwise',
    'MQTT-3.3.1-5': 'it replaces the retained message of the topic',
    'MQTT-3.3.1-1': 'DUP is 1 when a PUBLISH is sent again',
    'MQTT-3.3.1-2': 'DUP is 0 at QoS 0',
    'MQTT-3.3.1-6': 'an empty payload with RETAIN = 1 removes the retained message',
    'MQTT-3.3.1-7': 'it is not stored',
    'MQTT-3.10.4-2': 'after UNSUBSCRIBE it adds no new messages for delivery to the client',
    'MQTT-3.14.4-3': 'on DISCONNECT with reason code 0 it discards the will without publishing it',
    'MQTT-3.3.1-9': 'a subscription with Retain Handling 0 gets the retained messages',
    'MQTT-3.3.2-5': 'it deletes the copy of a message whose delivery had not begun when the message expired',
    'MQTT-3.3.2-6': 'it sends the expiry interval less the time that the message has waited',
    'MQTT-3.8.4-8': 'it delivers at the lower of the QoS of the message and the granted one',
    'MQTT-4.1.0-2': 'it discards a session whose expiry interval has passed',
    'MQTT-4.4.0-1': 'it sends unacknowledged PUBLISH and PUBREL packets again, with their packet ids',
    'MQTT-4.8.2-4': 'it completes the QoS 2 delivery to the member that it chose',
    'MQTT-4.8.2-5': 'it sends a QoS 2 message of a member whose session ended to no other',
    'MQTT-4.3.2-4': 'the receiver of QoS 1 answers PUBACK, having accepted ownership',
    'MQTT-4.3.3-3': 'the sender of QoS 2 treats a PUBLISH as unacknowledged until PUBREC',
    'MQTT-4.3.3-6': 'the sender of QoS 2 does not send PUBLISH again after PUBREL',
    'MQTT-4.3.3-8': 'the receiver of QoS 2 answers PUBREC, having accepted ownership',
    'MQTT-4.3.3-10': 'until PUBREL it delivers no duplicate',
    'MQTT-4.5.0-1': 'a message that the server owns is added to the sessions of all clients that subscribed',
    'MQTT-4.6.0-5': 'messages are sent in the order in which they were received from a client',
    'MQTT-4.6.0-6': 'each topic is an ordered topic by default',
  },
};

/** The numbers of a clause that `statements` does not have. Each wants a line there, from the appendix of the standard. */
function unknownOf(clause: Clause | null): string[] {
  return (['v311', 'v5'] as const).flatMap((version) =>
    (clause?.[version]?.split(', ') ?? [])
      .filter((number) => !Object.hasOwn(statements[version], number))
      .map((number) => `statements.${version} of this file has no line for ${number}`),
  );
}

const around = {
  scenario: 'baseline',
  knownIssues: [],
  faults: [],
  relativeMs: (ms: number) => ms,
  logsAt: () => [],
};

test.each(checks.filter(({ clause }) => clause !== null))(
  'what $id rests on is a statement of each standard',
  ({ clause }) => {
    expect(unknownOf(clause)).toEqual([]);
  },
);

test('what a finding adds is a statement of each standard that has one', () => {
  const added = new Set(illegalEdits.flatMap(clausesAdded));
  expect(added.size).toBeGreaterThan(10);
  expect([...added].flatMap(unknownOf)).toEqual([]);
});

/** The clauses of the findings that an illegal edit leads to, beyond those of their checks. */
function clausesAdded({ kind, edit }: Edit): Clause[] {
  const histories = fc.sample(fc.tuple(legalHistories(kind), fc.nat()), { numRuns: 60, seed: 1 });
  return histories.flatMap(([seen, die]) => {
    const { history, paths } = edit(seen, die) ?? seen;
    return checks.flatMap((check) => {
      const result = check.run(input(history, { paths, mqttVersion: 5 }));
      return result.applicable ? result.findings.flatMap(({ clause }) => clause ?? []) : [];
    });
  });
}

describe('a report names the clauses of the version that the workload spoke', () => {
  test.each([
    [4, 'MQTT 3.1.1: MQTT-4.3.3-1, MQTT-4.3.3-2'],
    [5, 'MQTT 5.0: MQTT-4.3.3-6, MQTT-4.3.3-10'],
  ] as const)('version %d: %s', (mqttVersion, clause) => {
    const twice = oneWay({ qos: 2, offered: 9 }, { duplicated: [4] });
    expect(runChecks(input(twice, { mqttVersion }), around).violations[0]?.clause).toBe(clause);
  });

  test.each([
    [4, 'MQTT 3.1.1: MQTT-4.6.0-5, MQTT-4.6.0-6, MQTT-3.1.4-2', 'MQTT-3.1.4-2, MQTT-4.6.0-6'],
    [5, 'MQTT 5.0: MQTT-4.6.0-5, MQTT-4.6.0-6, MQTT-3.1.4-3', 'MQTT-3.1.4-3, MQTT-4.6.0-5'],
  ] as const)('version %d: what a finding adds is in the violation and in its evidence', (mqttVersion, all, own) => {
    const flow = aFlow({ qos: 0, offered: 9 });
    const history = aHistory({
      flows: [flow],
      subscriptions: [aSubscription(flow, { overtaken: [{ sequence: 4, atMs: 1_900, after: 6 }] })],
      sessions: [
        aSession(
          [
            aConnection({ disconnectedMs: 1_450, written: [1, 5] }),
            aConnection({ connectedMs: 1_700, written: [6, 9] }),
          ],
          { clientId: 'publisher-0', role: 'publisher' },
        ),
      ],
    });
    const [violation] = runChecks(input(history, { mqttVersion }), around).violations;
    expect(violation?.clause).toBe(all);
    expect(violation?.examples[0]?.facts.clause).toBe(own);
    for (const number of own.split(', '))
      expect(statements[mqttVersion === 5 ? 'v5' : 'v311']).toHaveProperty([number]);
  });

  test.each(['v311', 'v5'] as const)(
    'each finding of session-state rests on a part of what its check rests on (%s)',
    (version) => {
      const came = aConnection({ sessionPresent: true });
      const lost = aConnection({ connectedMs: 9_000, sessionExpected: true });
      const result = sessionState.run(input(aHistory({ sessions: [aSession([came, lost])] })));
      const clauses = result.applicable ? result.findings.map(({ clause }) => clause?.[version]) : [];
      expect(clauses).toHaveLength(2);
      for (const clause of clauses) expect(sessionState.clause?.[version]).toContain(clause);
    },
  );
});
