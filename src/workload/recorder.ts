import type { Impact } from '../faults/fault.ts';
import type { PhaseName } from '../report/record.ts';
import type { ConnectionHistory, DuplicateExample, History, Oddity, OddityKind, OvertakenExample } from './history.ts';
import { IntervalSet } from './interval-set.ts';
import { PacketIds } from './packet-ids.ts';
import type { FlowPlan, Qos, SubscriberPlan, SubscriptionPlan, WorkloadPlan } from './plan.ts';
import { summarise, type Window, type WindowSummary, Windows } from './windows.ts';

const exampleLimit = 10;
/** Packet ids told of messages that one subscription never got. */
const packetIdLimit = 200;
/** Acknowledgement times kept for evidence, the newest of each flow. */
const acknowledgementRing = 8_192;

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
  readonly acknowledged: IntervalSet;
  readonly unknown: IntervalSet;
  readonly notSent: IntervalSet;
  readonly resent: IntervalSet;
  readonly resentWithoutSession: IntervalSet;
  readonly acknowledgedAtMs: Float64Array;
  readonly packetIds: PacketIds;
};

export type SubscriptionRecord = {
  readonly subscriber: SubscriberPlan;
  readonly plan: SubscriptionPlan;
  readonly flow: FlowRecord;
  stream: Stream | undefined;
  grantedQos: Qos;
  connected: boolean;
  /** False from the end of a clean session until a message of the next one has arrived. */
  owed: boolean;
  /** The last sequence number that was due when the clean session ended. */
  endedAfter: number;
  /** The last sequence number that was due when the subscription was granted; a message up to it does not show that the way is open. */
  grantedAfter: number;
  readonly received: IntervalSet;
  readonly sessionEnded: IntervalSet;
  readonly duplicated: IntervalSet;
  readonly duplicateExamples: DuplicateExample[];
  readonly overtaken: IntervalSet;
  readonly overtakenExamples: OvertakenExample[];
};

export type SessionRecord = {
  readonly clientId: string;
  readonly node: string;
  readonly role: 'publisher' | 'subscriber';
  readonly flows: readonly number[];
  readonly connections: ConnectionHistory[];
  expected: boolean | null;
  /** A CONNECT was sent that has not been answered. */
  waiting: boolean;
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
  readonly #oddities: Record<OddityKind, { count: number; examples: Oddity[] }>;
  readonly #deadlineMs: number;
  #lastMovedMs = 0;

  /** An operation counts as done when it takes at most `deadlineMs` from the moment it was due. */
  constructor(plan: WorkloadPlan, deadlineMs: number) {
    this.#deadlineMs = deadlineMs;
    this.flows = plan.flows.map((flow) => ({
      plan: flow,
      stream: flow.qos > 0 && flow.ratePerSecond > 0 ? this.#newStream(flow.node, flow.node) : undefined,
      subscriptions: [],
      firstDueMs: 0,
      offered: 0,
      acknowledged: new IntervalSet(),
      unknown: new IntervalSet(),
      notSent: new IntervalSet(),
      resent: new IntervalSet(),
      resentWithoutSession: new IntervalSet(),
      acknowledgedAtMs: new Float64Array(acknowledgementRing),
      packetIds: new PacketIds(),
    }));
    for (const subscriber of plan.subscribers) {
      for (const subscription of subscriber.subscriptions) {
        for (const id of subscription.flows) {
          const flow = this.#flow(id);
          flow.subscriptions.push({
            subscriber,
            plan: subscription,
            flow,
            stream: this.#newStream(flow.plan.node, subscriber.node),
            grantedQos: subscription.qos,
            connected: false,
            owed: true,
            endedAfter: 0,
            grantedAfter: 0,
            received: new IntervalSet(),
            sessionEnded: new IntervalSet(),
            duplicated: new IntervalSet(),
            duplicateExamples: [],
            overtaken: new IntervalSet(),
            overtakenExamples: [],
          });
        }
      }
    }
    this.windows = new Windows(this.#streams.length);
    this.#oddities = {
      corrupt: { count: 0, examples: [] },
      foreign: { count: 0, examples: [] },
      invented: { count: 0, examples: [] },
      unsubscribed: { count: 0, examples: [] },
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
  granted(subscription: SubscriptionRecord, qos: Qos): void {
    subscription.grantedQos = qos;
    subscription.grantedAfter = subscription.flow.offered;
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
        if (stream && effectiveQos(subscription) > 0 && !covers(stream.away, dueMs, dueMs))
          increment(window.expected, stream);
      }
    }
    return flow.offered;
  }

  acknowledged(flow: FlowRecord, sequence: number, dueMs: number, nowMs: number): void {
    flow.acknowledged.add(sequence);
    flow.acknowledgedAtMs[sequence % acknowledgementRing] = nowMs;
    this.#lastMovedMs = nowMs;
    const now = this.windows.at(nowMs);
    if (now) now.acknowledged++;
    const window = this.windows.at(dueMs);
    if (!window || !flow.stream) return;
    if (nowMs - dueMs <= this.#deadlineMs) increment(window.done, flow.stream);
  }

  received(
    subscription: SubscriptionRecord,
    sequence: number,
    dueMs: number,
    nowMs: number,
    packet: { dup: boolean; messageId?: number | undefined },
  ): void {
    this.#lastMovedMs = nowMs;
    // One that was due before the new session subscribed is a straggler; what followed it need not have found the subscription.
    if (!subscription.owed && sequence > subscription.grantedAfter) {
      subscription.owed = true;
      subscription.sessionEnded.addRange(subscription.endedAfter + 1, sequence - 1);
    }
    const newest = subscription.received.max;
    if (!subscription.received.add(sequence)) {
      subscription.duplicated.add(sequence);
      if (subscription.duplicateExamples.length < exampleLimit)
        subscription.duplicateExamples.push({
          sequence,
          atMs: nowMs,
          dup: packet.dup,
          packetId: packet.messageId ?? null,
        });
      return;
    }
    if (sequence < newest) {
      subscription.overtaken.add(sequence);
      if (subscription.overtakenExamples.length < exampleLimit)
        subscription.overtakenExamples.push({ sequence, atMs: nowMs, after: newest });
    }
    const window = this.windows.at(dueMs);
    const { stream } = subscription;
    if (!window || !stream) return;
    window.delivered++;
    const tookMs = nowMs - dueMs;
    if (covers(stream.away, dueMs, dueMs)) return;
    if (effectiveQos(subscription) > 0 && tookMs <= this.#deadlineMs) increment(window.done, stream);
    if (!covers(stream.impossible, dueMs, nowMs) && !covers(stream.away, dueMs, nowMs))
      window.latency.recordValue(Math.min(Math.max(1, Math.round(tookMs * 1_000)), 600_000_000));
  }

  odd(kind: OddityKind, oddity: Oddity): void {
    const record = this.#oddities[kind];
    record.count++;
    if (record.examples.length < exampleLimit) record.examples.push(oddity);
  }

  /** From now on the impact makes operations impossible; the returned function ends it. */
  impact(impact: Impact, nowMs: number): (endMs: number) => void {
    const spans: Span[] = [];
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
  connecting(session: SessionRecord): void {
    if (session.waiting && session.expected === false) session.expected = null;
    session.waiting = true;
  }

  /** The broker answered that it will not have the client now: no connection, and no session. */
  refused(session: SessionRecord): void {
    session.waiting = false;
  }

  /** A client that was thrown out is back. */
  reconnected(nowMs: number): void {
    const window = this.windows.at(nowMs);
    if (window) window.reconnects++;
  }

  connected(session: SessionRecord, sessionPresent: boolean, nowMs: number): void {
    session.connections.push({
      connectedMs: nowMs,
      disconnectedMs: null,
      sessionPresent,
      sessionExpected: session.expected,
      due: session.flows.map((flow) => ({ flow, atConnect: this.#flow(flow).offered, atDisconnect: null })),
    });
    session.expected = true;
    session.waiting = false;
  }

  disconnected(session: SessionRecord, nowMs: number): void {
    const last = session.connections.pop();
    if (!last) return;
    session.connections.push({
      ...last,
      disconnectedMs: last.disconnectedMs ?? nowMs,
      due: last.due.map((due) => ({ ...due, atDisconnect: due.atDisconnect ?? this.#flow(due.flow).offered })),
    });
  }

  /**
   * A clean session ends with its connection (MQTT 3.1.1, 3.1.2.4): what was still under way to it is not owed any more. That is what
   * came after the newest message it got, and of the rest what was not acknowledged yet or was sent again. A message whose
   * successor arrived was not under way any more: it had been lost before.
   */
  cleanSessionEnded(subscriber: SubscriberPlan): void {
    for (const subscription of this.#subscriptionsOf(subscriber)) {
      const { flow, received, sessionEnded, owed, endedAfter } = subscription;
      sessionEnded.addRange(Math.max(endedAfter, owed ? received.max : 0) + 1, flow.offered);
      if (owed) {
        const due = new IntervalSet();
        due.addRange(endedAfter + 1, flow.offered);
        const missing = due.minus(received);
        for (const underWay of [missing.minus(flow.acknowledged), missing.and(flow.resent)])
          for (const [first, last] of underWay.intervals()) sessionEnded.addRange(first, last);
      }
      subscription.owed = false;
      subscription.endedAfter = flow.offered;
      subscription.grantedAfter = Number.POSITIVE_INFINITY;
    }
  }

  session(clientId: string, node: string, role: SessionRecord['role'], flows: readonly number[]): SessionRecord {
    const made: SessionRecord = { clientId, node, role, flows, connections: [], expected: false, waiting: false };
    this.#sessions.set(clientId, made);
    return made;
  }

  /** The subscriber's connection came (after its CONNACK) or went. */
  online(subscriber: SubscriberPlan, connected: boolean): void {
    for (const subscription of this.#subscriptionsOf(subscriber)) subscription.connected = connected;
  }

  /** How many messages are owed to subscriptions (acknowledged, QoS 1 or 2, session not ended) and have not arrived. */
  outstanding(): number {
    let count = 0;
    for (const flow of this.flows) {
      for (const subscription of flow.subscriptions) {
        if (effectiveQos(subscription) === 0 || !subscription.owed) continue;
        if (flow.acknowledged.size === 0) continue;
        count += flow.acknowledged.minus(subscription.received).minus(subscription.sessionEnded).size;
      }
    }
    return count;
  }

  /** How many subscriptions have no connection just now. */
  absent(): number {
    return this.flows.reduce((sum, flow) => sum + flow.subscriptions.filter(({ connected }) => !connected).length, 0);
  }

  summaries(options: { histograms: boolean }): WindowSummary[] {
    const excused = (index: number, window: Window): boolean => {
      const stream = this.#streams[index];
      return stream !== undefined && covers(stream.impossible, window.startMs, window.endMs + this.#deadlineMs);
    };
    return this.windows.all.map((window) => summarise(window, excused, options));
  }

  history(): History {
    const notOwed = ({ sessionEnded, owed, endedAfter, flow }: SubscriptionRecord): IntervalSet => {
      const all = IntervalSet.from(sessionEnded.intervals());
      if (!owed) all.addRange(endedAfter + 1, flow.offered);
      return all;
    };
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
        acknowledgedAtMs: this.#acknowledgementsOfMissing(flow),
        packetIds: flow.packetIds.of(flow.subscriptions.flatMap((subscription) => ofInterest(flow, subscription))),
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
          connectedAtEnd: subscription.connected,
          received: subscription.received.intervals(),
          sessionEnded: notOwed(subscription).intervals(),
          duplicated: subscription.duplicated.intervals(),
          duplicateExamples: subscription.duplicateExamples,
          overtaken: subscription.overtaken.intervals(),
          overtakenExamples: subscription.overtakenExamples,
        })),
      ),
      sessions: [...this.#sessions.values()].map(({ clientId, node, role, connections }) => ({
        clientId,
        node,
        role,
        connections,
      })),
      oddities: this.#oddities,
    };
  }

  #acknowledgementsOfMissing(flow: FlowRecord): (readonly [number, number])[] {
    const found = new Map<number, number>();
    for (const subscription of flow.subscriptions) {
      for (const sequence of flow.acknowledged.minus(subscription.received).first(exampleLimit)) {
        if (flow.offered - sequence < acknowledgementRing)
          found.set(sequence, flow.acknowledgedAtMs[sequence % acknowledgementRing] as number);
      }
    }
    return [...found];
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
function ofInterest(flow: FlowRecord, subscription: SubscriptionRecord): number[] {
  const { received, sessionEnded, duplicateExamples, overtakenExamples } = subscription;
  return [
    ...flow.acknowledged.minus(received).minus(sessionEnded).first(packetIdLimit),
    ...[...duplicateExamples, ...overtakenExamples].map(({ sequence }) => sequence),
  ];
}

/** What a delivery is owed at [MQTT-3.8.4-6]: the lower of the message's QoS and the granted one. */
export function effectiveQos(subscription: {
  readonly grantedQos: Qos;
  readonly flow: { readonly plan: { readonly qos: Qos } };
}): Qos {
  return Math.min(subscription.grantedQos, subscription.flow.plan.qos) as Qos;
}

function covers(spans: readonly Span[], fromMs: number, toMs: number): boolean {
  for (let i = spans.length - 1; i >= 0; i--) {
    const span = spans[i] as Span;
    if (span.fromMs <= toMs && fromMs < span.toMs) return true;
  }
  return false;
}

function increment(counts: Uint32Array, stream: Stream): void {
  counts[stream.index] = (counts[stream.index] as number) + 1;
}
