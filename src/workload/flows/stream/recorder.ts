import type { Impact } from '../../../model/impact.ts';
import type { PhaseName } from '../../../model/record.ts';
import { IntervalSet } from '../../interval-set.ts';
import { Presence } from '../../presence.ts';
import { summarise, type Window, type WindowSummary, Windows } from '../../windows.ts';
import { AcknowledgementTimes } from './acknowledgement-times.ts';
import { CleanSession, propagationMs, shortestFlightMs } from './clean-session.ts';
import type {
  ClientHistory,
  ClientRole,
  ConnectionHistory,
  DuplicateExample,
  Oddity,
  OddityKind,
  OvertakenExample,
  StreamFacts,
  SubscriptionHistory,
  WrongQosExample,
} from './facts.ts';
import { type Arrival, MovingSession, reunionMs, stayed } from './moving-session.ts';
import { Newest } from './newest.ts';
import { effectiveQos, owedAndMissing } from './owed.ts';
import { PacketIds } from './packet-ids.ts';
import type { FlowPlan, Qos, SubscriberPlan, SubscriptionPlan, WorkloadPlan } from './plan.ts';
import { WriteLog } from './write-log.ts';

const exampleLimit = 10;
/** Packet ids told of messages that one subscription never got. */
const packetIdLimit = 200;
/** So many messages written since the heal, none of which arrives, show at QoS 0 that nothing arrives. */
const leastWritten = 20;

type Span = { fromMs: number; toMs: number };

/** A series of operations of one sort: the acknowledgements of a flow, or its deliveries to one subscription. */
type Stream = {
  readonly index: number;
  readonly from: string;
  readonly to: string;
  /** Times in which a fault in force made the operations impossible. */
  readonly impossible: Span[];
  /** Times in which the subscriber was away of its own will. */
  readonly away: Span[];
};

export type FlowRecord = {
  readonly plan: FlowPlan;
  readonly stream: Stream | undefined;
  readonly subscriptions: SubscriptionRecord[];
  firstDueMs: number;
  offered: number;
  /** The last sequence number that was written to a connection. */
  written: number;
  readonly writes: WriteLog;
  readonly acknowledged: IntervalSet;
  readonly unknown: IntervalSet;
  readonly notSent: IntervalSet;
  readonly resent: IntervalSet;
  readonly resentWithoutSession: IntervalSet;
  /** Its publisher has gone on to another node, and its messages may come in another order than the nodes got them. */
  isInRuns: boolean;
  /** Written to a connection that lasted until the end, and not answered on it. */
  readonly unanswered: IntervalSet;
  readonly acknowledgedAtMs: AcknowledgementTimes;
  readonly packetIds: PacketIds;
};

export type SubscriptionRecord = {
  readonly subscriber: SubscriberPlan;
  readonly plan: SubscriptionPlan;
  readonly flow: FlowRecord;
  stream: Stream | undefined;
  grantedQos: Qos;
  /** Undefined for a persistent session that stays at its node. */
  readonly cleanSession: CleanSession | undefined;
  /** A session without what an older one held began at the last CONNACK, and its SUBACK has not come. */
  isBeginning: boolean;
  /** There may be an older session beside its own. */
  isDivided: boolean;
  readonly divided: IntervalSet;
  readonly received: IntervalSet;
  /** The longest that a message was seen to take. */
  longestMs: number;
  /** The last sequence number that was written before the heal, once there was one; undefined again when a later one arrives. */
  silentAfter: number | undefined;
  /** What was missing when the subscriber was made to reconnect, to tell what is stuck from what is lost. */
  missingAtReconnect: IntervalSet;
  readonly duplicated: IntervalSet;
  readonly duplicateExamples: DuplicateExample[];
  readonly overtaken: IntervalSet;
  readonly overtakenExamples: OvertakenExample[];
  /** What the broker has granted, over all connections: a message may have been queued under an earlier grant. */
  readonly grants: Set<Qos>;
  wrongQos: number;
  readonly wrongQosExamples: WrongQosExample[];
  /** The newest messages whose PUBLISH has arrived. */
  readonly newest: Newest;
  /** Of QoS 2 messages whose PUBLISH has arrived and whose PUBREL has not: the newest message that had arrived before. */
  readonly arrivedAfter: Map<number, number>;
};

type ClientRecord = {
  readonly clientId: string;
  /** Where it is, or tries to be. */
  node: string;
  readonly role: ClientRole;
  readonly presence: Presence;
};

type ConnectionRecord = Omit<ConnectionHistory, 'written'> & { written: [first: number, last: number] | null };

export type SessionRecord = {
  readonly clientId: string;
  readonly node: string;
  readonly role: ClientRole;
  readonly session: 'clean' | 'persistent';
  readonly flows: readonly number[];
  readonly connections: ConnectionRecord[];
  expected: boolean | null;
  /** The session has a subscription: a SUBACK granted one since it began. */
  subscribed: boolean;
  /** A CONNECT was sent that has not been answered. */
  waiting: boolean;
  /** Of a client that goes from node to node. */
  readonly moving: MovingSession | undefined;
};

/**
 * Writes down what happens to every message of one scenario, in memory that grows with gaps, windows and connections but not with messages.
 * All times are monotonic milliseconds, given by the caller.
 */
export class Recorder {
  readonly flows: readonly FlowRecord[];
  readonly windows: Windows;
  readonly #streams: Stream[] = [];
  readonly #sessions = new Map<string, SessionRecord>();
  readonly #clients = new Map<string, ClientRecord>();
  readonly #oddities: Record<OddityKind, { count: number; examples: Oddity[]; byClient: Record<string, number> }>;
  readonly #deadlineMs: number;
  /** When a fault was in force, of whatever impact. */
  readonly #faults: Span[] = [];
  /** When a fault was in force that made something impossible. */
  readonly #strikes: Span[] = [];
  #lastMovedMs = 0;

  /** An operation counts as done when it takes at most `deadlineMs` from the moment it was due. */
  constructor(plan: WorkloadPlan, deadlineMs: number) {
    this.#deadlineMs = deadlineMs;
    this.flows = plan.flows.map((flow) => {
      const made: FlowRecord = {
        plan: flow,
        // Availability is measured on clients that stay where they are.
        stream:
          flow.qos > 0 && flow.ratePerSecond > 0 && !flow.moves ? this.#newStream(flow.node, flow.node) : undefined,
        subscriptions: [],
        firstDueMs: 0,
        offered: 0,
        written: 0,
        writes: new WriteLog(),
        acknowledged: new IntervalSet(),
        unknown: new IntervalSet(),
        notSent: new IntervalSet(),
        resent: new IntervalSet(),
        resentWithoutSession: new IntervalSet(),
        isInRuns: false,
        unanswered: new IntervalSet(),
        packetIds: new PacketIds(),
        acknowledgedAtMs: new AcknowledgementTimes((sequence) =>
          made.subscriptions.some((subscription) => mayBeEvidence(subscription, sequence)),
        ),
      };
      return made;
    });
    for (const subscriber of plan.subscribers) {
      for (const subscription of subscriber.subscriptions) {
        for (const id of subscription.flows) {
          const flow = this.#flow(id);
          flow.subscriptions.push({
            subscriber,
            plan: subscription,
            flow,
            stream: flow.plan.moves || subscriber.moves ? undefined : this.#newStream(flow.plan.node, subscriber.node),
            grantedQos: subscription.qos,
            cleanSession:
              subscriber.session === 'clean' || subscriber.moves
                ? new CleanSession({
                    isSameNode: flow.plan.node === subscriber.node && !flow.plan.moves && !subscriber.moves,
                  })
                : undefined,
            isBeginning: false,
            isDivided: false,
            divided: new IntervalSet(),
            received: new IntervalSet(),
            longestMs: 0,
            silentAfter: undefined,
            missingAtReconnect: new IntervalSet(),
            duplicated: new IntervalSet(),
            duplicateExamples: [],
            overtaken: new IntervalSet(),
            overtakenExamples: [],
            grants: new Set(),
            wrongQos: 0,
            wrongQosExamples: [],
            newest: new Newest(),
            arrivedAfter: new Map(),
          });
        }
      }
    }
    this.windows = new Windows(this.#streams.length);
    this.#oddities = {
      corrupt: { count: 0, examples: [], byClient: {} },
      foreign: { count: 0, examples: [], byClient: {} },
      invented: { count: 0, examples: [], byClient: {} },
      unsubscribed: { count: 0, examples: [], byClient: {} },
    };
  }

  /** The last time anything was acknowledged or arrived. */
  get lastMovedMs(): number {
    return this.#lastMovedMs;
  }

  mark(phase: PhaseName, nowMs: number, windowMs: number): void {
    this.windows.mark(phase, nowMs, windowMs);
  }

  /** The broker granted `qos` (what a message is owed at: the lower of this and its own QoS). */
  granted(subscription: SubscriptionRecord, qos: Qos, nowMs: number): void {
    const { cleanSession, flow } = subscription;
    const isUnderFault = this.#wasFaulty(nowMs - this.#deadlineMs, nowMs);
    const { moves, session } = subscription.subscriber;
    const isNew = subscription.isBeginning || (session === 'clean' && subscription.grants.size > 0);
    if (moves && isNew && flow.written > 0) subscription.divided.addRange(1, flow.written);
    subscription.isBeginning = false;
    subscription.grantedQos = qos;
    subscription.grants.add(qos);
    cleanSession?.subscribed(flow.written, nowMs, isUnderFault ? this.#deadlineMs : propagationMs);
  }

  /** A message of the flow was written to a connection for the first time. */
  written(flow: FlowRecord, sequence: number, nowMs: number): void {
    flow.written = sequence;
    flow.writes.note(sequence, nowMs);
    for (const subscription of flow.subscriptions) {
      const { cleanSession, isDivided, divided } = subscription;
      cleanSession?.written(sequence, nowMs, !covers(this.#impossibleFor(subscription), nowMs, nowMs));
      if (isDivided && this.#wasFaulty(nowMs - reunionMs, nowMs)) divided.add(sequence);
    }
  }

  /** The next message of the flow is due; its sequence number. */
  due(flow: FlowRecord, dueMs: number): number {
    flow.offered++;
    if (flow.offered === 1) flow.firstDueMs = dueMs;
    const window = this.windows.at(dueMs);
    if (window) {
      window.published++;
      if (flow.stream) increment(window.expected, flow.stream);
      for (const subscription of flow.subscriptions) {
        const { stream } = subscription;
        if (stream && qosOf(subscription) > 0 && !covers(stream.away, dueMs, dueMs)) increment(window.expected, stream);
      }
    }
    return flow.offered;
  }

  acknowledged(flow: FlowRecord, sequence: number, dueMs: number, nowMs: number): void {
    flow.acknowledged.add(sequence);
    flow.acknowledgedAtMs.note(sequence, nowMs);
    this.#lastMovedMs = nowMs;
    const now = this.windows.at(nowMs);
    if (now) now.acknowledged++;
    const window = this.windows.at(dueMs);
    if (!window || !flow.stream) return;
    if (nowMs - dueMs <= this.#deadlineMs) increment(window.done, flow.stream);
  }

  /**
   * The PUBLISH of a QoS 2 message has arrived; `received` follows with its PUBREL. A broker owes the order of PUBLISH packets
   * (MQTT-4.6.0-6): a late PUBREL is no message out of order.
   */
  arrived(subscription: SubscriptionRecord, sequence: number): void {
    const { received, arrivedAfter } = subscription;
    if (received.has(sequence) || arrivedAfter.has(sequence)) return;
    arrivedAfter.set(sequence, subscription.newest.before(sequence));
    subscription.newest.note(sequence);
  }

  received(
    subscription: SubscriptionRecord,
    sequence: number,
    dueMs: number,
    nowMs: number,
    packet: { dup: boolean; messageId?: number | undefined; qos?: Qos | undefined },
  ): void {
    if (packet.qos !== undefined) this.#checkQos(subscription, sequence, nowMs, packet.qos);
    subscription.cleanSession?.received(sequence);
    if (subscription.silentAfter !== undefined && sequence > subscription.silentAfter)
      subscription.silentAfter = undefined;
    const newest = subscription.arrivedAfter.get(sequence) ?? subscription.newest.before(sequence);
    subscription.arrivedAfter.delete(sequence);
    subscription.newest.note(sequence);
    if (!subscription.received.add(sequence)) {
      subscription.duplicated.add(sequence);
      if (subscription.duplicateExamples.length < exampleLimit && !subscription.divided.has(sequence))
        subscription.duplicateExamples.push({
          sequence,
          atMs: nowMs,
          dup: packet.dup,
          packetId: packet.messageId ?? null,
        });
      return;
    }
    // A copy moves nothing: a broker that sends the same message again for ever is not waited for.
    this.#lastMovedMs = nowMs;
    if (sequence < newest) {
      subscription.overtaken.add(sequence);
      const { length } = subscription.overtakenExamples;
      // Those across a reconnect of the publisher are of another sort, and must not be crowded out.
      const limit = length >= exampleLimit && this.#hasReconnected(subscription, sequence, newest) ? 2 : 1;
      // What is legal is no example: it would leave no room for what is not.
      const isLegal = subscription.flow.resent.has(sequence) || subscription.divided.has(sequence);
      if (length < limit * exampleLimit && !isLegal)
        subscription.overtakenExamples.push({ sequence, atMs: nowMs, after: newest });
    }
    const window = this.windows.at(dueMs);
    const { stream } = subscription;
    if (!window) return;
    window.delivered++;
    const tookMs = nowMs - dueMs;
    subscription.longestMs = Math.max(subscription.longestMs, tookMs);
    if (!stream) return;
    if (covers(stream.away, dueMs, dueMs)) return;
    if (qosOf(subscription) > 0 && tookMs <= this.#deadlineMs) increment(window.done, stream);
    if (!covers(stream.impossible, dueMs, nowMs) && !covers(stream.away, dueMs, nowMs))
      window.latency.recordValue(Math.min(Math.max(1, Math.round(tookMs * 1_000)), 600_000_000));
  }

  /** A message is delivered at the lower of its QoS and the granted one [MQTT-3.8.4-6, MQTT 5: -8]. */
  #checkQos(subscription: SubscriptionRecord, sequence: number, atMs: number, qos: Qos): void {
    const { grants, flow, wrongQosExamples } = subscription;
    if (grants.size === 0 || [...grants].some((granted) => effectiveQos(flow.plan.qos, granted) === qos)) return;
    subscription.wrongQos++;
    if (wrongQosExamples.length < exampleLimit) wrongQosExamples.push({ sequence, atMs, qos });
  }

  odd(kind: OddityKind, oddity: Oddity): void {
    const record = this.#oddities[kind];
    record.count++;
    record.byClient[oddity.clientId] = (record.byClient[oddity.clientId] ?? 0) + 1;
    if (record.examples.length < exampleLimit) record.examples.push(oddity);
  }

  /** From now on the impact makes operations impossible; the returned function ends it. */
  impact(impact: Impact, nowMs: number): (endMs: number) => void {
    const fault = { fromMs: nowMs, toMs: Number.POSITIVE_INFINITY };
    this.#faults.push(fault);
    const spans: Span[] = [fault];
    if (impact.unavailableNodes.length > 0 || impact.cutPaths.length > 0) this.#strikes.push(fault);
    for (const stream of this.#streams) {
      const struck =
        impact.unavailableNodes.includes(stream.from) ||
        impact.unavailableNodes.includes(stream.to) ||
        impact.cutPaths.some((path) => path.from === stream.from && path.to === stream.to);
      if (!struck) continue;
      const span = { fromMs: nowMs, toMs: Number.POSITIVE_INFINITY };
      stream.impossible.push(span);
      spans.push(span);
    }
    return (endMs) => {
      for (const span of spans) span.toMs = endMs;
    };
  }

  /** The subscriber leaves of its own will; the returned function ends its absence. */
  away(subscriber: SubscriberPlan, nowMs: number): (endMs: number) => void {
    const spans: Span[] = [];
    for (const subscription of this.#subscriptionsOf(subscriber)) {
      const span = { fromMs: nowMs, toMs: Number.POSITIVE_INFINITY };
      subscription.stream?.away.push(span);
      spans.push(span);
    }
    return (endMs) => {
      for (const span of spans) span.toMs = endMs;
    };
  }

  /** A CONNECT is on its way. */
  connecting(session: SessionRecord, node = session.node): void {
    if (session.waiting && session.expected === false) session.expected = null;
    session.waiting = true;
    session.moving?.connecting(node);
    const client = this.#clients.get(session.clientId);
    if (client) client.node = node;
  }

  /** The broker answered that it will not have the client now: no connection, and no session. */
  refused(session: SessionRecord): void {
    session.waiting = false;
    session.moving?.refused();
  }

  /** A client that was thrown out is back. */
  reconnected(nowMs: number): void {
    const window = this.windows.at(nowMs);
    if (window) window.reconnects++;
  }

  /** A node has let it in; what that means to a client that goes from node to node. */
  connected(session: SessionRecord, sessionPresent: boolean, nowMs: number, node = session.node): Arrival {
    const arrival =
      session.moving?.connected(node, sessionPresent, nowMs, (sinceMs) => this.#wasFaulty(sinceMs, nowMs)) ?? stayed;
    // Whether a session without subscriptions is found at another node was not probed.
    const isUnknown = arrival.isRestarted || (arrival.hasMoved && !session.subscribed);
    session.connections.push({
      node,
      connectedMs: nowMs,
      disconnectedMs: null,
      sessionPresent,
      sessionExpected: session.session === 'clean' ? false : isUnknown ? null : session.expected,
      subscribed: session.subscribed,
      written: null,
      due: session.flows.map((flow) => ({ flow, atConnect: this.#flow(flow).offered, atDisconnect: null })),
    });
    session.expected = true;
    session.subscribed &&= sessionPresent && !arrival.isRestarted;
    session.waiting = false;
    return arrival;
  }

  /** The broker granted a subscription to the session. */
  subscribed(session: SessionRecord): void {
    session.subscribed = true;
  }

  /** A publisher wrote a message for the first time; they are written in the order of their sequence numbers. */
  wrote(session: SessionRecord, sequence: number): void {
    const connection = session.connections.at(-1);
    if (connection?.written) connection.written[1] = sequence;
    else if (connection) connection.written = [sequence, sequence];
  }

  disconnected(session: SessionRecord, nowMs: number, lastHeardMs = nowMs): void {
    const isOpen = session.connections.at(-1)?.disconnectedMs === null;
    if (isOpen) session.moving?.closed(lastHeardMs);
    const last = session.connections.pop();
    if (!last) return;
    session.connections.push({
      ...last,
      disconnectedMs: last.disconnectedMs ?? nowMs,
      due: last.due.map((due) => ({ ...due, atDisconnect: due.atDisconnect ?? this.#flow(due.flow).offered })),
    });
  }

  /**
   * The connection of a subscriber with a clean session ended, and the session with it. It had worked until `contactMs`: what was written
   * so long before that it should have been delivered by then was not in flight any more.
   */
  cleanSessionEnded(subscriber: SubscriberPlan, contactMs: number): void {
    for (const subscription of this.#subscriptionsOf(subscriber)) {
      const { flow, received, cleanSession, longestMs } = subscription;
      const fromMs = this.#inFlightFromMs(this.#impossibleFor(subscription), contactMs, longestMs);
      cleanSession?.ended({
        written: flow.written,
        inFlightFrom: flow.writes.firstSince(fromMs),
        received,
        acknowledged: flow.acknowledged,
        resent: flow.resent,
      });
    }
  }

  /**
   * A subscriber has come to a node that a fault may keep from its session: what that one held is not owed by the one that begins now. A
   * session delivers in order, so that nothing older than what has arrived is in it, but for messages that came late to its node.
   */
  sessionRestarted(subscriber: SubscriberPlan): void {
    for (const subscription of this.#subscriptionsOf(subscriber)) {
      const { flow, received, cleanSession, arrivedAfter } = subscription;
      const underWay = IntervalSet.from(flow.resent.intervals());
      for (const sequence of arrivedAfter.keys()) underWay.add(sequence);
      if (flow.isInRuns && flow.written > 0) underWay.addRange(1, flow.written);
      const { written, acknowledged } = flow;
      cleanSession?.ended({ written, inFlightFrom: 1, received, acknowledged, resent: underWay });
      subscription.isBeginning = true;
      subscription.isDivided = true;
    }
  }

  /**
   * A publisher has gone on to another node, and the order of what it writes there and of what it had written before is not owed. A
   * subscription that began meanwhile has to become known there too.
   */
  publisherMoved(flow: FlowRecord, nowMs: number): void {
    flow.isInRuns = true;
    for (const { newest, cleanSession, isDivided, received } of flow.subscriptions) {
      newest.begin(flow.written + 1);
      if (!isDivided || !this.#wasFaulty(nowMs - this.#deadlineMs, nowMs)) continue;
      const { written, acknowledged, resent } = flow;
      cleanSession?.ended({ written, inFlightFrom: written + 1, received, acknowledged, resent });
      cleanSession?.subscribed(written, nowMs, this.#deadlineMs);
    }
  }

  /** Whether a fault, of whatever impact, was in force at some time since then. */
  #wasFaulty(sinceMs: number, nowMs: number): boolean {
    return covers(this.#faults, sinceMs, nowMs);
  }

  /** When a fault made it impossible that messages reach a subscription. Where clients go from node to node, that is any that strikes a node or a path. */
  #impossibleFor({ stream, subscriber, flow }: SubscriptionRecord): readonly Span[] {
    return stream?.impossible ?? (subscriber.moves || flow.plan.moves ? this.#strikes : []);
  }

  /**
   * Since when a message may have been in flight at `contactMs`. A fault may hold what it met in flight for as long as an operation may
   * take; what should have arrived before the fault began was not in flight.
   */
  #inFlightFromMs(impossible: readonly Span[], contactMs: number, longestMs: number): number {
    const ordinaryMs = Math.min(this.#deadlineMs, Math.max(shortestFlightMs, longestMs));
    const recent = this.#faults.filter((span) => overlaps(span, contactMs - this.#deadlineMs, contactMs));
    const metMs = Math.min(contactMs, ...recent.map(({ fromMs }) => fromMs));
    const flightMs = recent.length > 0 ? this.#deadlineMs : ordinaryMs;
    return Math.max(reachBack(impossible, contactMs, flightMs), reachBack(impossible, metMs, ordinaryMs));
  }

  session(
    clientId: string,
    node: string,
    role: SessionRecord['role'],
    flows: readonly number[],
    session: SessionRecord['session'] = 'persistent',
    moves = false,
  ): SessionRecord {
    const made: SessionRecord = {
      ...{ clientId, node, role, session, flows },
      connections: [],
      expected: false,
      subscribed: false,
      waiting: false,
      moving: moves ? new MovingSession(this.#deadlineMs) : undefined,
    };
    this.#sessions.set(clientId, made);
    return made;
  }

  /** A subscription that is no part of the workload after all: it is owed nothing. */
  leaveOut(subscription: SubscriptionRecord): void {
    const { subscriptions } = subscription.flow;
    subscriptions.splice(subscriptions.indexOf(subscription), 1);
  }

  /** Begins to note where a client stands. */
  client(clientId: string, node: string, role: ClientRole, nowMs: number): Presence {
    const presence = new Presence(nowMs);
    this.#clients.set(clientId, { clientId, node, role, presence });
    return presence;
  }

  /** How many messages are owed to subscriptions (acknowledged, QoS 1 or 2, session not ended) and have not arrived. */
  outstanding(): number {
    let count = 0;
    for (const { subscriptions } of this.flows)
      for (const subscription of subscriptions) count += missingOn(subscription).size;
    return count;
  }

  /** The faults are over: from now on every subscription is to hear of its flow again. */
  healed(): void {
    for (const flow of this.flows)
      for (const subscription of flow.subscriptions) subscription.silentAfter = flow.written;
  }

  /** The client is subscribed again: only what is written from now on can show that it hears nothing. */
  served(subscriber: SubscriberPlan): void {
    for (const subscription of this.#subscriptionsOf(subscriber))
      if (subscription.silentAfter !== undefined) subscription.silentAfter = subscription.flow.written;
  }

  /**
   * How many subscriptions at QoS 0 have not heard of their flow since the heal, or have no client that could. What is owed at a higher
   * QoS is waited for in the drain.
   */
  silent(): number {
    const isSilent = (subscription: SubscriptionRecord): boolean =>
      this.#writtenInSilence(subscription) > 0 ||
      (subscription.silentAfter !== undefined &&
        qosOf(subscription) === 0 &&
        this.#clients.get(subscription.subscriber.clientId)?.presence.stage !== 'serving');
    return this.flows.reduce((sum, { subscriptions }) => sum + subscriptions.filter(isSilent).length, 0);
  }

  #writtenInSilence(subscription: SubscriptionRecord): number {
    const { flow, silentAfter, subscriber } = subscription;
    if (silentAfter === undefined || qosOf(subscription) > 0) return 0;
    const written = flow.written - silentAfter;
    const isServed = this.#clients.get(subscriber.clientId)?.presence.stage === 'serving';
    return isServed && written >= leastWritten ? written : 0;
  }

  /** How many clients are served, but not for long enough to count as back. */
  arriving(nowMs: number): number {
    return [...this.#clients.values()].filter(
      ({ presence }) => presence.stage === 'serving' && presence.absentSinceMs(nowMs) !== null,
    ).length;
  }

  /** Since when the clients that are not served just now have not been. */
  absences(nowMs: number): number[] {
    return [...this.#clients.values()].flatMap(({ presence }) => presence.absentSinceMs(nowMs) ?? []);
  }

  /**
   * Subscribers with a persistent session that miss what they are owed, though they are subscribed. What they miss is noted: should it
   * arrive after they have reconnected, it was stuck and not lost.
   */
  noteMissing(): SubscriberPlan[] {
    const missing = new Set<SubscriberPlan>();
    for (const { subscriptions } of this.flows) {
      for (const subscription of subscriptions) {
        const { subscriber } = subscription;
        if (subscriber.session === 'clean' || this.#clients.get(subscriber.clientId)?.presence.stage !== 'serving')
          continue;
        subscription.missingAtReconnect = missingOn(subscription);
        if (subscription.missingAtReconnect.size > 0) missing.add(subscriber);
      }
    }
    return [...missing];
  }

  summaries(options: { histograms: boolean }): WindowSummary[] {
    const excused = (index: number, window: Window): boolean => {
      const stream = this.#streams[index];
      return stream !== undefined && covers(stream.impossible, window.startMs, window.endMs + this.#deadlineMs);
    };
    return this.windows.all.map((window) => summarise(window, excused, options));
  }

  history(nowMs: number): StreamFacts {
    return {
      flows: this.flows.map((flow) => ({
        flow: flow.plan,
        firstDueMs: flow.firstDueMs,
        offered: flow.offered,
        acknowledged: flow.acknowledged.intervals(),
        unknown: flow.unknown.intervals(),
        notSent: flow.notSent.intervals(),
        resent: flow.resent.intervals(),
        resentWithoutSession: flow.resentWithoutSession.intervals(),
        unanswered: flow.unanswered.intervals(),
        acknowledgedAtMs: acknowledgementsForEvidence(flow),
        packetIds: flow.packetIds.of(flow.subscriptions.flatMap(ofInterest)),
      })),
      subscriptions: this.flows.flatMap((flow) =>
        flow.subscriptions.map((subscription) => ({
          clientId: subscription.subscriber.clientId,
          node: subscription.subscriber.node,
          filter: subscription.plan.filter,
          flow: flow.plan.id,
          session: subscription.subscriber.session,
          requestedQos: subscription.plan.qos,
          grantedQos: subscription.grantedQos,
          received: subscription.received.intervals(),
          ...this.#notOwed(subscription, nowMs),
          writtenInSilence: this.#writtenInSilence(subscription),
          stuck: subscription.missingAtReconnect.and(subscription.received).intervals(),
          divided: subscription.divided.intervals(),
          duplicated: subscription.duplicated.intervals(),
          duplicateExamples: subscription.duplicateExamples,
          overtaken: subscription.overtaken.intervals(),
          overtakenExamples: subscription.overtakenExamples,
          wrongQos: subscription.wrongQos,
          wrongQosExamples: subscription.wrongQosExamples,
        })),
      ),
      sessions: [...this.#sessions.values()].map(({ clientId, node, role, session, connections }) => ({
        clientId,
        node,
        role,
        session,
        connections,
      })),
      clients: [...this.#clients.values()].map(({ clientId, node, role, presence }) => ({
        clientId,
        node,
        role,
        stage: presence.stage,
        ...absence(presence, nowMs),
        attempts: presence.attempts,
      })),
      oddities: this.#oddities,
    };
  }

  /** The publisher wrote `later` on a newer connection than `earlier`. */
  #hasReconnected({ flow }: SubscriptionRecord, earlier: number, later: number): boolean {
    const connections = this.#sessions.get(flow.plan.clientId)?.connections ?? [];
    return connections.some(({ written }) => written !== null && earlier < written[0] && written[0] <= later);
  }

  /** What may be missing because its session ended, or because its client is not subscribed and so cannot get it. */
  #notOwed(
    { subscriber, flow, cleanSession }: SubscriptionRecord,
    nowMs: number,
  ): Pick<SubscriptionHistory, 'sessionEnded' | 'unreachable'> {
    if (cleanSession && subscriber.session === 'clean') return cleanSession.look(flow.offered);
    const { sessionEnded = [], unreachable = [] } = cleanSession?.look(flow.offered) ?? {};
    const presence = this.#clients.get(subscriber.clientId)?.presence;
    const isAbsent = presence !== undefined && presence.absentSinceMs(nowMs) !== null;
    return { sessionEnded, unreachable: isAbsent && flow.offered > 0 ? [[1, flow.offered]] : unreachable };
  }

  #subscriptionsOf(subscriber: SubscriberPlan): SubscriptionRecord[] {
    return this.flows.flatMap((flow) =>
      flow.subscriptions.filter((subscription) => subscription.subscriber === subscriber),
    );
  }

  #flow(id: number): FlowRecord {
    const flow = this.flows[id];
    if (flow === undefined) throw new RangeError(`no flow ${id}`);
    return flow;
  }

  #newStream(from: string, to: string): Stream {
    const stream = { index: this.#streams.length, from, to, impossible: [], away: [] };
    this.#streams.push(stream);
    return stream;
  }
}

/** The messages of a flow whose packet ids are worth telling: the first that a subscription never got, and its examples. */
function ofInterest(subscription: SubscriptionRecord): number[] {
  const { missingAtReconnect, duplicateExamples, overtakenExamples } = subscription;
  return [
    ...missingOn(subscription).first(packetIdLimit),
    ...missingAtReconnect.first(packetIdLimit),
    ...[...duplicateExamples, ...overtakenExamples].map(({ sequence }) => sequence),
  ];
}

function qosOf({ grantedQos, flow }: Pick<SubscriptionRecord, 'grantedQos' | 'flow'>): Qos {
  return effectiveQos(flow.plan.qos, grantedQos);
}

/** Its acknowledgement time is worth keeping: the subscriber misses it, or it is an example of what arrived late. */
function mayBeEvidence(subscription: SubscriptionRecord, sequence: number): boolean {
  const { received, flow, cleanSession, overtakenExamples } = subscription;
  if (!received.has(sequence)) {
    const ended = cleanSession ? IntervalSet.from(cleanSession.look(flow.offered).sessionEnded) : undefined;
    return qosOf(subscription) > 0 && !ended?.has(sequence);
  }
  return overtakenExamples.some((example) => example.sequence === sequence);
}

/** The acknowledgement times of all messages that a check may show, whatever it excuses before. */
function acknowledgementsForEvidence(flow: FlowRecord): (readonly [number, number])[] {
  const shown = new Set<number>();
  for (const subscription of flow.subscriptions) {
    const { received, missingAtReconnect, duplicated, overtakenExamples } = subscription;
    const sets = [
      ...[flow.acknowledged.minus(received), missingOn(subscription), missingAtReconnect],
      ...[duplicated, duplicated.minus(flow.resent), duplicated.minus(flow.resentWithoutSession)],
    ];
    for (const set of sets) for (const sequence of set.first(exampleLimit)) shown.add(sequence);
    for (const { sequence } of overtakenExamples) shown.add(sequence);
  }
  return [...shown].flatMap((sequence) => {
    const atMs = flow.acknowledgedAtMs.at(sequence);
    return atMs === null ? [] : [[sequence, atMs] as const];
  });
}

function absence(presence: Presence, nowMs: number): Pick<ClientHistory, 'absentSinceMs' | 'absentForMs'> {
  const absentSinceMs = presence.absentSinceMs(nowMs);
  return { absentSinceMs, absentForMs: absentSinceMs === null ? 0 : nowMs - absentSinceMs };
}

/** What it is owed and has not got yet. An absent client with a persistent session is still owed everything: it may come back. */
function missingOn(subscription: SubscriptionRecord): IntervalSet {
  const { flow, received, cleanSession } = subscription;
  return owedAndMissing({
    qos: qosOf(subscription),
    acknowledged: flow.acknowledged,
    received,
    excused() {
      const { sessionEnded = [], unreachable = [] } = cleanSession?.look(flow.offered) ?? {};
      return [IntervalSet.from(sessionEnded), IntervalSet.from(unreachable)];
    },
  });
}

/** The time that lies `ms` before `fromMs` when time within the spans does not count. */
export function reachBack(spans: readonly Span[], fromMs: number, ms: number): number {
  let atMs = fromMs;
  let leftMs = ms;
  for (const span of [...spans].sort((a, b) => b.toMs - a.toMs)) {
    const gapMs = atMs - span.toMs;
    if (gapMs >= leftMs) break;
    leftMs -= Math.max(0, gapMs);
    atMs = Math.min(atMs, span.fromMs);
  }
  return atMs - leftMs;
}

function covers(spans: readonly Span[], fromMs: number, toMs: number): boolean {
  return spans.some((span) => overlaps(span, fromMs, toMs));
}

function overlaps(span: Span, fromMs: number, toMs: number): boolean {
  return span.fromMs <= toMs && fromMs < span.toMs;
}

function increment(counts: Uint32Array, stream: Stream): void {
  counts[stream.index] = (counts[stream.index] as number) + 1;
}
