import { deliveries } from '../../src/checks/check.ts';
import { publishedAgain } from '../../src/checks/duplicates.ts';
import type { FlowKindName } from '../../src/model/flow-kinds.ts';
import type { Pending } from '../../src/workload/flows/inflight/facts.ts';
import { allowedValues } from '../../src/workload/flows/retained/facts.ts';
import { noStreams, type StreamFacts, type SubscriptionHistory } from '../../src/workload/flows/stream/facts.ts';
import type { FlowFacts } from '../../src/workload/history.ts';
import { IntervalSet } from '../../src/workload/interval-set.ts';
import { setOf } from './histories.ts';
import { aBreach, anEnd } from './kind-facts.ts';
import type { Seen } from './kind-models.ts';

/** Makes one thing illegal in a legal history. */
export type Edit = {
  readonly what: string;
  /** The kind of traffic that it is done to. */
  readonly kind: FlowKindName;
  /** The invariants that must name it; no other one may. */
  readonly named: readonly string[];
  /** `die` decides among the places where it can be done; undefined where there is none. */
  edit(seen: Seen, die: number): Seen | undefined;
};

const one = <T>(of: readonly T[], die: number): T | undefined => of[die % of.length];

function replaceOne<T>(
  all: readonly T[],
  die: number,
  can: (item: T) => boolean,
  change: (item: T) => T,
): readonly T[] | undefined {
  const place = one(
    all.flatMap((item, i) => (can(item) ? [i] : [])),
    die,
  );
  return place === undefined ? undefined : all.map((item, i) => (i === place ? change(item) : item));
}

function withFacts(seen: Seen, facts: Partial<FlowFacts>): Seen {
  return { ...seen, history: { ...seen.history, facts: { ...seen.history.facts, ...facts } } };
}

const streamIn = ({ history }: Seen): StreamFacts => history.facts.stream ?? noStreams;
const withStream = (seen: Seen, changed: Partial<StreamFacts>): Seen =>
  withFacts(seen, { stream: { ...streamIn(seen), ...changed } });

/** Edits one list of the facts of a kind. */
function item<K extends keyof FlowFacts, L extends keyof FlowFacts[K]>(
  kind: K,
  list: L,
  can: (item: Item<FlowFacts[K][L]>) => boolean,
  change: (item: Item<FlowFacts[K][L]>) => Item<FlowFacts[K][L]>,
): Edit['edit'] {
  return (seen, die) => {
    const own: FlowFacts[K] | undefined = seen.history.facts[kind];
    if (own === undefined) return undefined;
    const changed = replaceOne(own[list] as readonly Item<FlowFacts[K][L]>[], die, can, change);
    return changed && withFacts(seen, { [kind]: { ...own, [list]: changed } } as Partial<FlowFacts>);
  };
}
type Item<T> = T extends readonly (infer I)[] ? I : never;

type Delivered = ReturnType<typeof deliveries>[number];

/** Edits one message of one subscription: `where` gives the messages with which it can be done. */
function message(
  where: (delivery: Delivered) => IntervalSet,
  change: (subscription: SubscriptionHistory, sequence: number) => Partial<SubscriptionHistory>,
): Edit['edit'] {
  return (seen, die) => {
    const stream = streamIn(seen);
    const places = deliveries(stream).flatMap((delivery) =>
      where(delivery)
        .first(1_000)
        .map((sequence) => ({ subscription: delivery.subscription, sequence })),
    );
    const place = one(places, die);
    return (
      place &&
      withStream(seen, {
        subscriptions: stream.subscriptions.map((subscription) =>
          subscription === place.subscription
            ? { ...subscription, ...change(subscription, place.sequence) }
            : subscription,
        ),
      })
    );
  };
}

const nothing = new IntervalSet();
const plus = (intervals: SubscriptionHistory['received'], sequence: number) =>
  setOf([...intervals, sequence]).intervals();
const without = (intervals: SubscriptionHistory['received'], sequence: number) =>
  IntervalSet.from(intervals)
    .minus(setOf([sequence]))
    .intervals();
const duplicate: Parameters<typeof message>[1] = ({ duplicated }, sequence) => ({
  duplicated: plus(duplicated, sequence),
});
/** Owed, received once and in order. */
const plain = ({ flow, subscription, received }: Delivered): IntervalSet =>
  received
    .and(IntervalSet.from(flow.acknowledged))
    .minus(IntervalSet.from(subscription.duplicated))
    .minus(IntervalSet.from(subscription.overtaken));

const odd = (kind: 'corrupt' | 'foreign' | 'invented' | 'unsubscribed'): Edit => ({
  what: `a message is ${kind}`,
  kind: 'stream',
  named: ['integrity'],
  edit: (seen) => {
    const { oddities } = streamIn(seen);
    const example = { clientId: 'keeper', node: 'node2', topic: 't/orders', atMs: 2_000, detail: '3 bytes' };
    return withStream(seen, { oddities: { ...oddities, [kind]: { count: 1, examples: [example] } } });
  },
});

const ofStreams: readonly Edit[] = [
  odd('corrupt'),
  odd('foreign'),
  odd('invented'),
  odd('unsubscribed'),
  {
    what: 'a message arrives that was never written',
    kind: 'stream',
    named: ['integrity'],
    edit: message(
      ({ flow }) => IntervalSet.from(flow.notSent),
      ({ received }, sequence) => ({ received: plus(received, sequence) }),
    ),
  },
  {
    what: 'an acknowledged message is lost',
    kind: 'stream',
    named: ['no-acknowledged-loss'],
    edit: message(
      (delivery) => (delivery.qos > 0 ? plain(delivery) : nothing),
      ({ received }, sequence) => ({ received: without(received, sequence) }),
    ),
  },
  {
    what: 'a QoS 0 message arrives twice',
    kind: 'stream',
    named: ['at-most-once'],
    edit: message(
      ({ qos, flow, received }) => (qos === 0 && flow.flow.qos !== 1 ? received.minus(publishedAgain(flow)) : nothing),
      duplicate,
    ),
  },
  {
    what: 'a QoS 2 message is delivered twice',
    kind: 'stream',
    named: ['exactly-once'],
    edit: message(({ qos, flow, received }) => (qos === 2 ? received.minus(publishedAgain(flow)) : nothing), duplicate),
  },
  {
    what: 'a message arrives after the next one',
    kind: 'stream',
    named: ['ordering'],
    edit: message(
      (delivery) => plain({ ...delivery, received: delivery.received.minus(IntervalSet.from(delivery.flow.resent)) }),
      ({ overtaken, overtakenExamples }, sequence) => ({
        overtaken: plus(overtaken, sequence),
        overtakenExamples: [...overtakenExamples, { sequence, atMs: 9_000, after: sequence + 1 }],
      }),
    ),
  },
  {
    what: 'a message arrives at another QoS',
    kind: 'stream',
    named: ['delivered-qos'],
    edit: message(
      ({ received }) => received,
      (_, sequence) => ({ wrongQos: 1, wrongQosExamples: [{ sequence, atMs: 2_000, qos: 1 }] }),
    ),
  },
  {
    what: 'a client is told at first that it has a session',
    kind: 'stream',
    named: ['session-state'],
    edit: item(
      'stream',
      'sessions',
      ({ session }) => session === 'persistent',
      (session) => ({
        ...session,
        connections: session.connections.map((one, i) => (i === 0 ? { ...one, sessionPresent: true } : one)),
      }),
    ),
  },
  {
    what: 'a client comes back and has no session',
    kind: 'stream',
    named: ['session-state'],
    edit: item(
      'stream',
      'sessions',
      ({ session, connections }) => session === 'persistent' && connections.length > 1,
      (session) => ({
        ...session,
        connections: session.connections.map((one, i) => (i === 1 ? { ...one, sessionPresent: false } : one)),
      }),
    ),
  },
  {
    what: 'the queue of a session is forgotten',
    // Each message of the queue is also lost: session-state says why, and the count of what is missing stays right.
    kind: 'stream',
    named: ['no-acknowledged-loss', 'session-state'],
    edit: forgetQueue,
  },
  {
    what: 'a message is never answered',
    kind: 'stream',
    named: ['liveness'],
    edit: item(
      'stream',
      'flows',
      ({ unknown }) => unknown.length > 0,
      (flow) => ({ ...flow, unanswered: flow.unknown }),
    ),
  },
  {
    what: 'a message comes only when its subscriber reconnects',
    kind: 'stream',
    named: ['liveness'],
    edit: message(
      (delivery) => (delivery.qos > 0 ? plain(delivery) : nothing),
      ({ stuck }, sequence) => ({ stuck: plus(stuck, sequence) }),
    ),
  },
  {
    what: 'a client cannot come back',
    kind: 'stream',
    named: ['liveness'],
    edit: item(
      'stream',
      'clients',
      () => true,
      (client) => ({
        ...client,
        stage: 'disconnected' as const,
        absentSinceMs: 3_000,
        absentForMs: 40_000,
        attempts: 80,
      }),
    ),
  },
  {
    what: 'a node accepts nobody',
    kind: 'stream',
    named: ['liveness'],
    edit: (seen, die) => {
      const accepted = replaceOne(
        seen.paths.accepted,
        die,
        () => true,
        (node) => ({ ...node, atMs: null }),
      );
      return accepted && { ...seen, paths: { ...seen.paths, accepted } };
    },
  },
  {
    what: 'a path does not deliver',
    kind: 'stream',
    named: ['liveness'],
    edit: (seen, die) => {
      const paths = replaceOne(
        seen.paths.paths,
        die,
        () => true,
        (path) => ({ ...path, atMs: null }),
      );
      return paths && { ...seen, paths: { ...seen.paths, paths } };
    },
  },
];

/** Takes from a client all that was acknowledged while it was away, where that is enough to tell. */
function forgetQueue(seen: Seen, die: number): Seen | undefined {
  const stream = streamIn(seen);
  const kept = stream.subscriptions.findIndex(({ session }) => session === 'persistent');
  const delivery = deliveries(stream)[kept];
  const session = stream.sessions.find(({ clientId }) => clientId === delivery?.subscription.clientId);
  if (!delivery || !session || delivery.qos === 0) return undefined;
  const queues = session.connections.flatMap((connection, i) => {
    const [left, back] = [session.connections[i - 1]?.due[0]?.atDisconnect, connection.due[0]?.atConnect];
    if (typeof left !== 'number' || back === undefined) return [];
    const queue = IntervalSet.from(delivery.flow.acknowledged).within(left + 1, back);
    return queue.size >= 5 ? [queue] : [];
  });
  const queue = one(queues, die);
  if (!queue) return undefined;
  return withStream(seen, {
    subscriptions: stream.subscriptions.map((subscription, i) =>
      i === kept ? { ...subscription, received: delivery.received.minus(queue).intervals() } : subscription,
    ),
  });
}

const ofOtherKinds: readonly Edit[] = [
  {
    what: 'a client that has left a topic gets its messages',
    kind: 'unsubscribe',
    named: ['integrity'],
    edit: item(
      'unsubscribe',
      'leaves',
      ({ struck }) => !struck,
      (leave) => ({ ...leave, arrivedCount: 1, arrived: [{ sequence: 9, writtenMs: 5_000, atMs: 5_010 }] }),
    ),
  },
  {
    what: 'an older connection lives on',
    kind: 'handover',
    named: ['single-session'],
    edit: item(
      'handover',
      'takeovers',
      ({ struck }) => !struck,
      (takeover) => ({ ...takeover, olderClosedMs: null, olderAnsweredMs: 50_000 }),
    ),
  },
  {
    what: 'a node has a retained value that was never written',
    kind: 'retained',
    named: ['retained-convergence'],
    edit: item(
      'retained',
      'readings',
      () => true,
      (reading) => ({ ...reading, seen: [99] }),
    ),
  },
  {
    what: 'nodes have different retained values, each of which one of them may have',
    kind: 'retained',
    named: ['retained-convergence'],
    edit: (seen, die) => {
      const topic = seen.history.facts.retained?.topics[0];
      const other = (value: number | undefined) => topic && allowedValues(topic).find((one) => one !== value);
      return item(
        'retained',
        'readings',
        (reading) => other(reading.seen[0]) !== undefined,
        (reading) => ({ ...reading, seen: [other(reading.seen[0]) ?? 0] }),
      )(seen, die);
    },
  },
  {
    what: 'a will is not sent',
    kind: 'will',
    named: ['will-once'],
    edit: item(
      'will',
      'wills',
      ({ struck, qos, seen }) => !struck && qos > 0 && seen.length > 0,
      (will) => ({ ...will, seen: [] }),
    ),
  },
  {
    what: 'a will is sent that nobody asked for',
    kind: 'will',
    named: ['will-once'],
    edit: item(
      'will',
      'wills',
      ({ struck, end, returnedInTime }) => !struck && (end === 'disconnect' || returnedInTime),
      (will) => ({ ...will, seen: [{ observer: 1, copies: 1, firstMs: 5_100 }] }),
    ),
  },
  {
    what: 'a QoS 2 will is sent twice',
    kind: 'will',
    named: ['will-once'],
    edit: item(
      'will',
      'wills',
      ({ struck, qos, seen }) => !struck && qos === 2 && seen.length > 0,
      (will) => ({ ...will, seen: will.seen.map((one) => ({ ...one, copies: 2 })) }),
    ),
  },
  {
    what: 'a message reaches no member of a shared group',
    kind: 'shared',
    named: ['shared-delivery'],
    edit: item(
      'shared',
      'groups',
      ({ qos, acknowledged, sessionEnded }) =>
        qos > 0 && IntervalSet.from(acknowledged).minus(IntervalSet.from(sessionEnded)).size > 0,
      (group) => ({ ...group, received: [], twice: [] }),
    ),
  },
  {
    what: 'a QoS 2 message reaches two members of a shared group',
    kind: 'shared',
    named: ['shared-delivery'],
    edit: item(
      'shared',
      'groups',
      ({ qos, received, publishedAgain: again }) =>
        qos === 2 && IntervalSet.from(received).minus(IntervalSet.from(again)).size > 0,
      (group) => ({ ...group, twice: group.received }),
    ),
  },
  ...(['nothing', 'another message', 'no DUP', 'PUBREL without PUBREC', 'PUBLISH after PUBREL'] as const).map(
    resendEdit,
  ),
  {
    what: 'an expired message is delivered',
    kind: 'expiry',
    named: ['expiry'],
    edit: item(
      'expiry',
      'messages',
      () => true,
      (message) => ({ ...message, returnedMs: 14_000, delivery: { atMs: 14_100, remainingSeconds: 1 } }),
    ),
  },
  {
    what: 'an expiry interval does not count down',
    kind: 'expiry',
    named: ['expiry'],
    edit: item(
      'expiry',
      'messages',
      () => true,
      (message) => ({ ...message, returnedMs: 9_000, delivery: { atMs: 9_100, remainingSeconds: 10 } }),
    ),
  },
  {
    what: 'an expiry interval is left out',
    kind: 'expiry',
    named: ['expiry'],
    edit: item(
      'expiry',
      'messages',
      () => true,
      (message) => ({ ...message, returnedMs: 5_000, delivery: { atMs: 5_100, remainingSeconds: null } }),
    ),
  },
  {
    what: 'an expired session is still there',
    kind: 'expiry',
    named: ['expiry'],
    edit: item(
      'expiry',
      'sessions',
      () => true,
      (session) => ({ ...session, returnedMs: 14_000, sessionPresent: true }),
    ),
  },
  {
    what: 'a packet is malformed',
    kind: 'stream',
    named: ['protocol'],
    edit: ({ history, paths }) => ({
      history: {
        ...history,
        wire: { ends: [], endCount: 0, breaches: [aBreach()], breachCounts: [['MQTT-3.3.1-2', 1]] },
      },
      paths,
    }),
  },
  {
    what: 'a client is thrown out',
    kind: 'stream',
    named: ['no-unprovoked-disconnect'],
    edit: ({ history, paths }) => ({
      history: { ...history, wire: { breaches: [], breachCounts: [], ends: [anEnd()], endCount: 1 } },
      paths,
    }),
  },
];

/** What comes instead of what the client had not acknowledged. */
function resendEdit(
  instead: 'nothing' | 'another message' | 'no DUP' | 'PUBREL without PUBREC' | 'PUBLISH after PUBREL',
): Edit {
  const after = instead === 'PUBLISH after PUBREL' ? 'pubrel' : 'publish';
  const publish = { atMs: 3_010, packet: 'publish', dup: true, same: true } as const;
  const again = {
    nothing: null,
    'another message': { ...publish, dup: false, same: false },
    'no DUP': { ...publish, dup: false },
    'PUBREL without PUBREC': { ...publish, packet: 'pubrel', dup: false } as const,
    'PUBLISH after PUBREL': publish,
  }[instead];
  // A broker may have got a PUBREC that was written on an earlier connection.
  const can = ({ waitingFor, qos, maybeReceived }: Pending): boolean =>
    waitingFor === after && (instead !== 'PUBREL without PUBREC' || (qos === 2 && !maybeReceived));
  return {
    what: `what a client had not acknowledged comes again as ${instead}`,
    kind: 'inflight',
    named: ['resend'],
    edit: item(
      'inflight',
      'breaks',
      ({ struck, sessionPresent, pending }) => !struck && sessionPresent && pending.some(can),
      (one) => ({
        ...one,
        lastedMs: 30_000,
        pending: one.pending.map((packet) => (can(packet) ? { ...packet, again } : packet)),
      }),
    ),
  };
}

/** At least one for each invariant. */
export const illegalEdits: readonly Edit[] = [...ofStreams, ...ofOtherKinds];
