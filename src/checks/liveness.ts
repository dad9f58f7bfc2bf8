import { formatMs } from '../model/units.ts';
import { type ClientHistory, noStreams, type StreamFacts } from '../workload/flows/stream/facts.ts';
import type { Unserved } from '../workload/flows/stream/unserved.ts';
import { IntervalSet } from '../workload/interval-set.ts';
import type { PathReport } from '../workload/path-report.ts';
import {
  type Check,
  type CheckInput,
  type CheckResult,
  deliveries,
  dueMs,
  type Finding,
  found,
  messageFacts,
} from './check.ts';

/**
 * After the heal the cluster is whole again: every node accepts a fresh client, what is published at any node arrives at any other, every
 * client of the workload is served again, and nothing that is owed waits for a reconnect. Legal: all of it, for as long as the bound lasts.
 */
export const liveness: Check = {
  id: 'liveness',
  statement:
    'after the heal every node accepts, every node-to-node path delivers, every client is served and nothing is stuck',
  clause: null,
  run(around) {
    const input = { ...around, stream: around.history.facts.stream ?? noStreams };
    const { paths, unserved, unhealed, starved } = input;
    // What never worked did not work before any fault, whatever can be said of the rest.
    const before = silent(unserved);
    const only = (why: string, undecided: boolean): CheckResult =>
      before.length > 0
        ? found(before.length, before)
        : { applicable: false, why, ...(undecided ? { undecided } : {}) };
    if (!paths) return only('the paths were not tried', false);
    if (unhealed.length > 0) return only(`a fault could not be healed: ${unhealed.join(', ')}`, false);
    const timed = [...late(paths, input), ...clientsOf(input, paths), ...unheard(input, paths)];
    if (timed.length > 0 && starved.length > 0)
      return only(
        `${timed.length === 1 ? 'a bound was' : `${timed.length} bounds were`} missed while ${starved.join('; ')}`,
        true,
      );
    const findings = [...timed, ...before];
    return found(findings.length, findings);
  },
};

type Input = CheckInput & { readonly stream: StreamFacts };

/** What the workload's own clients saw. While messages were still coming when waiting was given up, nobody knows what they would have seen. */
function clientsOf(input: Input, paths: PathReport): Finding[] {
  const { stream, quietMs, returnMs, stillArriving } = input;
  if (stillArriving) return [];
  const shut = shutNodes(paths, input);
  return [
    ...stream.clients
      .filter(({ node, absentForMs }) => !shut.has(node) && absentForMs >= returnMs)
      .flatMap((client) => absent(client, stream)),
    ...unanswered(stream, quietMs),
    ...stuck(stream, quietMs),
  ];
}

function isLate(atMs: number | null, { startedMs }: PathReport, { livenessBoundMs }: CheckInput): boolean {
  return atMs === null || atMs - startedMs > livenessBoundMs;
}

/** A node that lets nobody in is one cause: that nothing comes from it or to it, and that its clients are not served, is the same one. */
function shutNodes(paths: PathReport, input: CheckInput): ReadonlySet<string> {
  const { accepted } = input.allPaths ?? paths;
  return new Set(accepted.filter(({ atMs }) => isLate(atMs, paths, input)).map(({ node }) => node));
}

/** What fresh clients tried after the heal. */
function late(paths: PathReport, input: Input): Finding[] {
  const { livenessBoundMs, stream } = input;
  const shut = shutNodes(paths, input);
  const bound = `within ${formatMs(livenessBoundMs)} of the heal`;
  return [
    ...paths.accepted
      .filter(({ node }) => shut.has(node))
      .map(({ node, atMs }) => ({
        what: `${node} did not accept a fresh client ${bound}`,
        atMs: paths.startedMs,
        facts: {
          node,
          acceptedAtMs: atMs,
          boundMs: livenessBoundMs,
          clientsNotServed: stream.clients.filter((one) => one.node === node && one.absentSinceMs !== null).length,
        },
      })),
    ...paths.paths
      .filter(({ atMs, from, to }) => isLate(atMs, paths, input) && !shut.has(from) && !shut.has(to))
      .map(({ from, to, filter, atMs, acknowledged }) => ({
        what: `nothing published at ${from} reached a fresh subscriber at ${to} by ${filter === 'exact' ? 'an exact' : 'a wildcard'} filter ${bound}`,
        atMs: paths.startedMs,
        facts: { from, to, filterKind: filter, deliveredAtMs: atMs, acknowledged, boundMs: livenessBoundMs },
      })),
  ];
}

function absent(client: ClientHistory, stream: StreamFacts): Finding[] {
  const { clientId, node, role, stage, absentSinceMs, attempts } = client;
  if (absentSinceMs === null) return [];
  const how = {
    disconnected: `could not connect to ${node} again`,
    connected: `was let in by ${node} and its subscriptions were not granted`,
    serving: `was thrown out by ${node} again and again`,
  }[stage];
  const missed = stream.subscriptions
    .filter((subscription) => subscription.clientId === clientId)
    .reduce(
      (sum, { unreachable, received }) => sum + IntervalSet.from(unreachable).minus(IntervalSet.from(received)).size,
      0,
    );
  return [
    {
      what: `${clientId} ${how} by the end of the scenario; it sent ${attempts} CONNECTs`,
      atMs: absentSinceMs,
      facts: {
        client: clientId,
        role,
        node,
        stage,
        lastServedAtMs: absentSinceMs,
        attempts,
        ...(role === 'subscriber' ? { notDelivered: missed } : {}),
      },
    },
  ];
}

/** A server answers each PUBLISH (MQTT 3.1.1, 4.3.2 and 4.3.3). */
function unanswered(stream: StreamFacts, quietMs: number): Finding[] {
  return stream.flows.flatMap((flow) => {
    const set = IntervalSet.from(flow.unanswered);
    const [first] = set.first(1);
    if (first === undefined) return [];
    const { name, clientId, node } = flow.flow;
    return [
      {
        what: `${set.size === 1 ? 'a message' : `${set.size} messages`} of ${name} that ${clientId} wrote to ${node} had no acknowledgement at the end, though the connection lasted and nothing had moved for ${formatMs(quietMs)}`,
        atMs: dueMs(flow, first),
        facts: { ...messageFacts(stream, flow, first), client: clientId, role: 'publisher', unanswered: set.size },
      },
    ];
  });
}

/** What came only after its subscriber had reconnected was kept from it, although it was subscribed. */
function stuck(stream: StreamFacts, quietMs: number): Finding[] {
  return deliveries(stream).flatMap(({ flow, subscription }) => {
    const set = IntervalSet.from(subscription.stuck);
    const [first] = set.first(1);
    if (first === undefined) return [];
    const { clientId, node } = subscription;
    return [
      {
        what: `${set.size === 1 ? 'a message' : `${set.size} messages`} of ${flow.flow.name} came to ${clientId} at ${node} only when it reconnected, after nothing had moved for ${formatMs(quietMs)}`,
        atMs: dueMs(flow, first),
        facts: {
          ...messageFacts(stream, flow, first),
          client: clientId,
          role: 'subscriber',
          subscriberNode: node,
          stuck: set.size,
        },
      },
    ];
  });
}

/** QoS 0 may lose any message, but not all of them for ever. */
function unheard({ stream, livenessBoundMs }: Input, { startedMs }: PathReport): Finding[] {
  return deliveries(stream).flatMap(({ flow, subscription }) => {
    const { clientId, node, writtenInSilence } = subscription;
    if (writtenInSilence === 0) return [];
    return [
      {
        what: `none of ${writtenInSilence} messages of ${flow.flow.name} (QoS 0) written since the heal reached ${clientId} at ${node} within ${formatMs(livenessBoundMs)}`,
        atMs: startedMs,
        facts: {
          ...{ client: clientId, role: 'subscriber', node, flow: flow.flow.name, from: flow.flow.node },
          ...{ writtenInSilence, boundMs: livenessBoundMs },
        },
      },
    ];
  });
}

/** What did not work before any fault and cost no acknowledged message (see no-acknowledged-loss for what did). */
function silent(unserved: readonly Unserved[]): Finding[] {
  return unserved.flatMap((one) => {
    const { why, from, to, filterText, client, flow, written, acknowledged, waitedMs } = one;
    if (why === 'refused' || (why === 'not-delivered' && acknowledged > 0)) return [];
    const subscriber = client ?? 'a fresh subscriber';
    const what = {
      'not-delivered': `none of ${written} messages of ${flow} from ${from} reached ${subscriber} at ${to} by the filter ${filterText}`,
      'not-granted': `${to} sent no SUBACK to ${subscriber}`,
      'not-acknowledged': `${from} acknowledged none of ${written} messages of ${flow}`,
    }[why];
    return [
      {
        what: `before any fault, ${what} within ${formatMs(waitedMs)}`,
        atMs: null,
        facts: { filter: filterText, from, to, written, acknowledged, client, flow, waitedMs },
      },
    ];
  });
}
