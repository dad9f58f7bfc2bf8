import type { ConnectionHistory, History, SessionHistory } from '../workload/history.ts';
import { IntervalSet } from '../workload/interval-set.ts';
import { type Check, deliveries, type Finding, found } from './check.ts';

/** So many acknowledged messages of a flow must have been owed before their total absence means a forgotten subscription. */
const enough = 5;

/**
 * Session present tells the truth, and a session that is said to be kept has its subscriptions and its queue. Legal: a session of
 * which the client asked to be rid; the workload's sessions do not expire within a scenario.
 */
export const sessionState: Check = {
  id: 'session-state',
  statement: 'session present tells the truth, and a kept session keeps its subscriptions and its queue',
  clause: 'MQTT 3.1.1: MQTT-3.2.2-2, MQTT-3.2.2-3, MQTT-3.1.2-4',
  run({ history, features }) {
    if (!features.persistentSessions.available)
      return { applicable: false, why: `the broker keeps no sessions: ${features.persistentSessions.seen}` };
    const findings = history.sessions.flatMap((session) =>
      session.connections.flatMap((connection, i) => judge(history, session, connection, session.connections[i - 1])),
    );
    return found(findings.length, findings);
  },
};

function judge(
  history: History,
  session: SessionHistory,
  connection: ConnectionHistory,
  previous: ConnectionHistory | undefined,
): Finding[] {
  const { sessionPresent, sessionExpected, connectedMs } = connection;
  const facts = {
    client: session.clientId,
    role: session.role,
    node: session.node,
    connectedAtMs: connectedMs,
    lastDisconnectedAtMs: previous?.disconnectedMs ?? null,
    sessionPresent,
  };
  if (sessionExpected === null) return [];
  if (!sessionExpected) {
    return sessionPresent
      ? [
          {
            what: `${session.clientId} connected for the first time and was told session present = 1`,
            atMs: connectedMs,
            facts,
          },
        ]
      : [];
  }
  if (!sessionPresent)
    return [
      {
        what: `${session.clientId} at ${session.node} came back and was told session present = 0: its session was lost`,
        atMs: connectedMs,
        facts,
      },
    ];
  if (!previous) return [];
  return forgotten(history, session, connection, previous).map((what) => ({ what, atMs: connectedMs, facts }));
}

/** What a session that was said to be present had lost: everything acknowledged during the absence, or everything since. */
function forgotten(
  history: History,
  session: SessionHistory,
  connection: ConnectionHistory,
  previous: ConnectionHistory,
): string[] {
  const missing = (what: string, span: (flow: number) => readonly [number, number]): string[] => {
    let owed = 0;
    let arrived = 0;
    for (const { flow, subscription, qos, received } of deliveries(history)) {
      if (subscription.clientId !== session.clientId || qos === 0) continue;
      const acknowledged = IntervalSet.from(flow.acknowledged).within(...span(flow.flow.id));
      owed += acknowledged.size;
      arrived += acknowledged.and(received).size;
    }
    return owed >= enough && arrived === 0
      ? [
          `${session.clientId} at ${session.node} was told session present = 1, but of ${owed} messages acknowledged ${what} none arrived`,
        ]
      : [];
  };
  const at = (from: ConnectionHistory, flow: number) => from.due.find((due) => due.flow === flow);
  return [
    ...missing('while it was away', (flow) => [
      (at(previous, flow)?.atDisconnect ?? 0) + 1,
      at(connection, flow)?.atConnect ?? 0,
    ]),
    ...missing('after it had come back', (flow) => [
      (at(connection, flow)?.atConnect ?? 0) + 1,
      at(connection, flow)?.atDisconnect ?? Number.MAX_SAFE_INTEGER,
    ]),
  ];
}
