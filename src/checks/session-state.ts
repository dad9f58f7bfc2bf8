import type { FeatureRecord } from '../model/record.ts';
import { formatMs } from '../model/units.ts';
import type { ConnectionHistory, SessionHistory, StreamFacts } from '../workload/flows/stream/facts.ts';
import { IntervalSet } from '../workload/interval-set.ts';
import { type Check, type Clause, checkOf, deliveries, type Finding, found } from './check.ts';

/** So many acknowledged messages of a flow must have been owed before their total absence means a forgotten subscription. */
const enough = 5;
/** A connection that ends sooner than this after its CONNACK was of no use to its client. */
const usefulMs = 1_000;

/** What may be wrong with a session when its client connects. */
type Defect = 'invented' | 'lost' | 'forgotten';
type Symptom = { readonly defect: Defect; readonly what: string; readonly connection: ConnectionHistory };

const clauses: Record<Defect, Clause> = {
  invented: { v311: 'MQTT-3.2.2-3', v5: 'MQTT-3.2.2-3' },
  lost: { v311: 'MQTT-3.1.2-4', v5: 'MQTT-3.1.2-23' },
  forgotten: { v311: 'MQTT-3.1.2-4, MQTT-3.2.2-3', v5: 'MQTT-3.1.2-5, MQTT-3.2.2-3' },
};

/**
 * Session present tells the truth, and a session that is said to be kept has its subscriptions and its queue. Legal: a session of
 * which the client asked to be rid; the workload's sessions do not expire within a scenario. Not held against the broker: session
 * present = 0 to a client that had no subscription, such as a publisher, where the probe has seen the broker answer so without any fault.
 * What such a client loses with its session is seen in its messages: an exchange that the broker forgot half-way has an unknown outcome.
 *
 * One cause is one violation: a client that is let in and thrown out again and again has lost its session once, and a forgotten
 * subscription is forgotten until something arrives again.
 */
export const sessionState: Check = checkOf('stream', {
  id: 'session-state',
  statement: 'session present tells the truth, and a kept session keeps its subscriptions and its queue',
  clause: {
    v311: 'MQTT-3.2.2-2, MQTT-3.2.2-3, MQTT-3.1.2-4',
    v5: 'MQTT-3.2.2-3, MQTT-3.1.2-5, MQTT-3.1.2-23',
  },
  run(stream, { features }) {
    if (!features.persistentSessions.available)
      return { applicable: false, why: `the broker keeps no sessions: ${features.persistentSessions.seen}` };
    const findings = stream.sessions
      .filter(({ session }) => session === 'persistent')
      .flatMap((session) => episodes(stream, features, session).map((episode) => asFinding(session, episode)));
    return found(findings.length, findings);
  },
});

/** The symptoms of one session, those of one cause together. */
function episodes(stream: StreamFacts, features: FeatureRecord, session: SessionHistory): Symptom[][] {
  const owed = owedTo(stream, session);
  const all: Symptom[][] = [];
  let open: Symptom[] | undefined;
  session.connections.forEach((connection, i) => {
    const previous = session.connections[i - 1];
    const since = previous && arrivals(owed, previous, connection);
    const isOver =
      open?.[0]?.defect === 'forgotten' ? since && since.away.arrived + since.back.arrived > 0 : isUseful(previous);
    if (isOver) open = undefined;
    const symptom = symptomOf(features, session, connection, since);
    if (!symptom) return;
    if (open?.[0]?.defect === symptom.defect) open.push(symptom);
    else {
      open = [symptom];
      all.push(open);
    }
  });
  return all;
}

function isUseful(connection: ConnectionHistory | undefined): boolean {
  if (!connection) return false;
  return connection.disconnectedMs === null || connection.disconnectedMs - connection.connectedMs >= usefulMs;
}

function symptomOf(
  features: FeatureRecord,
  session: SessionHistory,
  connection: ConnectionHistory,
  since: Arrivals | undefined,
): Symptom | undefined {
  const { clientId } = session;
  const { node, sessionPresent, sessionExpected, subscribed } = connection;
  const symptom = (defect: Defect, what: string): Symptom => ({ defect, what, connection });
  if (sessionExpected === null) return undefined;
  if (!sessionExpected)
    return sessionPresent
      ? symptom('invented', `${clientId} connected for the first time and was told session present = 1`)
      : undefined;
  if (!sessionPresent) {
    const mayBeEmpty = !subscribed && features.emptySessions?.available === false;
    return mayBeEmpty
      ? undefined
      : symptom('lost', `${clientId} at ${node} came back and was told session present = 0: its session was lost`);
  }
  const none = [
    ...(isSilent(since?.away) ? [`of ${since?.away.owed} messages acknowledged while it was away none arrived`] : []),
    ...(isSilent(since?.back)
      ? [`of ${since?.back.owed} messages acknowledged after it had come back none arrived`]
      : []),
  ];
  if (none.length === 0) return undefined;
  return symptom('forgotten', `${clientId} at ${node} was told session present = 1, but ${none.join(', and ')}`);
}

function asFinding(session: SessionHistory, episode: readonly Symptom[]): Finding {
  const [first, last] = [episode[0] as Symptom, episode[episode.length - 1] as Symptom];
  const { node, connectedMs, sessionPresent } = first.connection;
  const before = session.connections[session.connections.indexOf(first.connection) - 1];
  return {
    what: `${first.what}${repeated(first.defect, episode.length)}`,
    atMs: connectedMs,
    facts: {
      client: session.clientId,
      role: session.role,
      node,
      ...(before && before.node !== node ? { cameFrom: before.node } : {}),
      connectedAtMs: connectedMs,
      lastDisconnectedAtMs: before?.disconnectedMs ?? null,
      sessionPresent,
      attempts: episode.length,
      lastAttemptAtMs: last.connection.connectedMs,
      subscriptions: first.connection.subscribed,
    },
    clause: clauses[first.defect],
  };
}

function repeated(defect: Defect, times: number): string {
  if (times === 1) return '';
  return defect === 'forgotten'
    ? `. So it was on ${times} connections, and nothing arrived in between`
    : `. It was let in and thrown out again: so it was on ${times} connections, and none before the last lasted ${formatMs(usefulMs)}`;
}

type Arrivals = { readonly away: Share; readonly back: Share };
type Share = { readonly owed: number; readonly arrived: number };

function isSilent(share: Share | undefined): boolean {
  return share !== undefined && share.owed >= enough && share.arrived === 0;
}

type Owed = readonly { readonly flow: number; readonly acknowledged: IntervalSet; readonly received: IntervalSet }[];

function owedTo(stream: StreamFacts, session: SessionHistory): Owed {
  return deliveries(stream)
    .filter(({ subscription, qos }) => subscription.clientId === session.clientId && qos > 0)
    .map(({ flow, subscription, received }) => ({
      flow: flow.flow.id,
      // What a client that is absent at the end did not get is for liveness to judge.
      acknowledged: IntervalSet.from(flow.acknowledged).minus(IntervalSet.from(subscription.unreachable)),
      received,
    }));
}

/** What was acknowledged while the client was away, and after it had come back, and how much of it arrived. */
function arrivals(owedTo: Owed, previous: ConnectionHistory, connection: ConnectionHistory): Arrivals {
  const share = (span: (flow: number) => readonly [first: number, last: number]): Share => {
    let owed = 0;
    let arrived = 0;
    for (const { flow, acknowledged, received } of owedTo) {
      const due = acknowledged.within(...span(flow));
      owed += due.size;
      arrived += due.and(received).size;
    }
    return { owed, arrived };
  };
  const at = (from: ConnectionHistory, flow: number) => from.due.find((due) => due.flow === flow);
  return {
    away: share((flow) => [(at(previous, flow)?.atDisconnect ?? 0) + 1, at(connection, flow)?.atConnect ?? 0]),
    back: share((flow) => [
      (at(connection, flow)?.atConnect ?? 0) + 1,
      at(connection, flow)?.atDisconnect ?? Number.MAX_SAFE_INTEGER,
    ]),
  };
}
