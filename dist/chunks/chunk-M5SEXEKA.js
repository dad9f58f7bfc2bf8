import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  Windows,
  summarise
} from "./chunk-QEUH7FJ3.js";
import {
  IntervalSet,
  effectiveQos,
  owedAndMissing
} from "./chunk-4HIF7BH4.js";

// src/workload/presence.ts
var lastingMs = 500;
var Presence = class {
  #stage = "disconnected";
  #stageMs;
  /** When it last stopped serving, if it does not serve lastingly now. */
  #lostMs;
  #attempts = 0;
  constructor(nowMs) {
    this.#stageMs = nowMs;
    this.#lostMs = nowMs;
  }
  get stage() {
    return this.#stage;
  }
  /** How long it has been served by now; 0 while it is not. */
  servedForMs(nowMs) {
    return this.#stage === "serving" ? nowMs - this.#stageMs : 0;
  }
  /** CONNECTs that were sent since it was last served. */
  get attempts() {
    return this.#attempts;
  }
  /** A CONNECT is on its way. */
  attempt(nowMs) {
    if (this.absentSinceMs(nowMs) === null) this.#attempts = 0;
    this.#attempts++;
  }
  enter(stage, nowMs) {
    if (stage === this.#stage) return;
    if (this.#stage === "serving" && nowMs - this.#stageMs >= lastingMs) {
      this.#lostMs = nowMs;
      this.#attempts = 0;
    }
    this.#stage = stage;
    this.#stageMs = nowMs;
  }
  /** Since when it has not been served lastingly; null while it is. */
  absentSinceMs(nowMs) {
    return this.#stage === "serving" && nowMs - this.#stageMs >= lastingMs ? null : this.#lostMs;
  }
};

// src/workload/flows/stream/acknowledgement-times.ts
var newestKept = 8192;
var mostOlder = 65536;
var AcknowledgementTimes = class {
  #newest;
  #mostOlder;
  #isWanted;
  #sequences;
  #atMs;
  #older = /* @__PURE__ */ new Map();
  /** The size of `#older` at which those that nobody wants any more are given up. */
  #tidyAt;
  /** `isWanted` is asked when a message is no longer among the newest, and later again. */
  constructor(isWanted, limits = {}) {
    this.#isWanted = isWanted;
    this.#newest = limits.newest ?? newestKept;
    this.#mostOlder = limits.older ?? mostOlder;
    this.#sequences = new Float64Array(this.#newest);
    this.#atMs = new Float64Array(this.#newest);
    this.#tidyAt = Math.min(1024, this.#mostOlder);
  }
  /** Sequence numbers count from 1; the last time of a message counts. */
  note(sequence, atMs) {
    const slot = sequence % this.#newest;
    const held = this.#sequences[slot];
    if (held > sequence) {
      this.#keep(sequence, atMs);
      return;
    }
    if (held > 0 && held < sequence) this.#keep(held, this.#atMs[slot]);
    this.#sequences[slot] = sequence;
    this.#atMs[slot] = atMs;
  }
  at(sequence) {
    const slot = sequence % this.#newest;
    if (this.#sequences[slot] === sequence) return this.#atMs[slot];
    return this.#older.get(sequence) ?? null;
  }
  #keep(sequence, atMs) {
    if (!this.#isWanted(sequence)) return;
    if (this.#older.size >= this.#tidyAt) this.#tidy();
    if (this.#older.size < this.#mostOlder) this.#older.set(sequence, atMs);
  }
  #tidy() {
    for (const sequence of this.#older.keys()) if (!this.#isWanted(sequence)) this.#older.delete(sequence);
    this.#tidyAt = Math.min(this.#mostOlder, Math.max(1024, this.#older.size * 2));
  }
};

// src/workload/flows/stream/clean-session.ts
var shortestFlightMs = 1e3;
var propagationMs = 1e3;
var CleanSession = class {
  #excused = new IntervalSet();
  #isSameNode;
  /** From the end of a session on: the last sequence number before the gap, and where it ends as far as that is known. */
  #gap;
  constructor(options) {
    this.#isSameNode = options.isSameNode;
  }
  /** The connection ended when messages up to `written` had been written; those from `inFlightFrom` on may have been in flight. */
  ended(at) {
    if (this.#gap && !this.#gap.back) return;
    this.#close();
    this.#excused.addRange(Math.max(at.received.max + 1, at.inFlightFrom), at.written);
    const due = new IntervalSet();
    due.addRange(1, at.written);
    const missing = due.minus(at.received);
    for (const underWay of [missing.minus(at.acknowledged), missing.and(at.resent)])
      for (const [first, last] of underWay.intervals()) this.#excused.addRange(first, last);
    this.#gap = { after: at.written };
  }
  /**
   * SUBACK: the next session is subscribed. Messages up to `written` had been written to a connection by then. Other nodes have
   * `allowedMs` to hear of it.
   */
  subscribed(written, nowMs, allowedMs) {
    if (!this.#gap || this.#gap.back) return;
    const { after } = this.#gap;
    this.#gap = { after, back: { writtenBefore: written, allowedMs, upTo: written, untilMs: nowMs + allowedMs } };
    if (this.#isSameNode) this.#close();
  }
  /** A message was written to a connection of its publisher; `isPossible` is false while a fault keeps the nodes from each other. */
  written(sequence, nowMs, isPossible) {
    const back = this.#gap?.back;
    if (!back) return;
    if (!isPossible) back.untilMs = nowMs + back.allowedMs;
    if (nowMs < back.untilMs) back.upTo = sequence;
    else this.#close();
  }
  /** A message arrived. One that was written before the SUBACK does not show that the new subscription works. */
  received(sequence) {
    const back = this.#gap?.back;
    if (!back || sequence <= back.writtenBefore) return;
    back.upTo = Math.min(back.upTo, sequence - 1);
    this.#close();
  }
  /** What is excused so far. `unreachable` is what fell due since the end of a session that no SUBACK has followed yet. */
  look(offered) {
    const excused = IntervalSet.from(this.#excused.intervals());
    const unreachable = new IntervalSet();
    if (this.#gap?.back) excused.addRange(this.#gap.after + 1, this.#gap.back.upTo);
    else if (this.#gap) unreachable.addRange(this.#gap.after + 1, offered);
    return { sessionEnded: excused.intervals(), unreachable: unreachable.intervals() };
  }
  #close() {
    if (this.#gap?.back) this.#excused.addRange(this.#gap.after + 1, this.#gap.back.upTo);
    this.#gap = void 0;
  }
};

// src/workload/flows/stream/moving-session.ts
var reunionMs = 3e4;
var stayed = { hasMoved: false, isUndecided: false, isRestarted: false };
var MovingSession = class {
  #deadlineMs;
  /** The node that accepted it last. */
  #at;
  /** When it last heard of that node. */
  #heardMs = 0;
  /** It has sent a CONNECT to another node since then. */
  #isElsewhere = false;
  #asking;
  /** Nodes that have left a CONNECT unanswered: they may act on it later. */
  #unanswered = /* @__PURE__ */ new Set();
  /** There may be an older session of the client beside the one that it has. */
  #isDivided = false;
  /** An operation that a fault met may take `deadlineMs`. */
  constructor(deadlineMs) {
    this.#deadlineMs = deadlineMs;
  }
  connecting(node) {
    if (this.#asking !== void 0) this.#unanswered.add(this.#asking);
    this.#asking = node;
    if (node !== this.#at) this.#isElsewhere = true;
  }
  refused() {
    this.#asking = void 0;
  }
  closed(lastHeardMs) {
    this.#heardMs = lastHeardMs;
  }
  /** A node has accepted it. `wasFaulty` says whether any fault has been in force since a moment. */
  connected(node, sessionPresent, nowMs, wasFaulty) {
    const isFirst = this.#at === void 0;
    const hasMoved = !isFirst && (this.#isElsewhere || node !== this.#at);
    const isDoubtful = this.#isDivided || [...this.#unanswered].some((other) => other !== node);
    const withinMs = isDoubtful ? reunionMs : this.#deadlineMs;
    const isUndecided = !isFirst && (hasMoved || isDoubtful && !sessionPresent) && wasFaulty(this.#heardMs - withinMs);
    const isRestarted = isUndecided && (!sessionPresent || isDoubtful);
    this.#isDivided ||= isRestarted;
    this.#at = node;
    this.#heardMs = nowMs;
    this.#isElsewhere = false;
    this.#asking = void 0;
    return { hasMoved, isUndecided, isRestarted };
  }
};

// src/workload/flows/stream/newest.ts
var Newest = class {
  #runs = [{ from: 1, newest: 0 }];
  /** A new run begins with that sequence number, which no message has had. */
  begin(from) {
    if (this.#runs.at(-1)?.from !== from) this.#runs.push({ from, newest: 0 });
  }
  /** The newest message of its run that has arrived; 0 before the first one. */
  before(sequence) {
    return this.#run(sequence).newest;
  }
  note(sequence) {
    const run = this.#run(sequence);
    run.newest = Math.max(run.newest, sequence);
  }
  #run(sequence) {
    return this.#runs.findLast(({ from }) => from <= sequence) ?? this.#runs[0];
  }
};

// src/workload/flows/stream/packet-ids.ts
var ringSize = 8192;
var PacketIds = class {
  #sequences = new Uint32Array(ringSize);
  #ids = new Uint16Array(ringSize);
  sent(sequence, packetId) {
    const place = sequence % ringSize;
    if (this.#sequences[place] > sequence) return;
    this.#sequences[place] = sequence;
    this.#ids[place] = packetId;
  }
  /** Those of the given messages that are known, each once, in ascending order. */
  of(sequences) {
    return [...new Set(sequences)].sort((a, b) => a - b).filter((sequence) => this.#sequences[sequence % ringSize] === sequence).map((sequence) => [sequence, this.#ids[sequence % ringSize]]);
  }
};

// src/workload/flows/stream/write-log.ts
var everyMs = 50;
var keptMs = 6e4;
var WriteLog = class {
  #marks = [];
  /** Sequence numbers are written in ascending order. */
  note(sequence, nowMs) {
    const last = this.#marks[this.#marks.length - 1];
    if (last && nowMs - last.atMs < everyMs) return;
    this.#marks.push({ sequence, atMs: nowMs });
    while ((this.#marks[0]?.atMs ?? nowMs) < nowMs - keptMs) this.#marks.shift();
  }
  /** The first sequence number that may have been written at `atMs` or later; 1 where that is longer ago than a minute. */
  firstSince(atMs) {
    let first = 1;
    for (const mark of this.#marks) {
      if (mark.atMs > atMs) break;
      first = mark.sequence;
    }
    return first;
  }
};

// src/workload/flows/stream/recorder.ts
var exampleLimit = 10;
var packetIdLimit = 200;
var leastWritten = 20;
var Recorder = class {
  flows;
  windows;
  #streams = [];
  #sessions = /* @__PURE__ */ new Map();
  #clients = /* @__PURE__ */ new Map();
  #oddities;
  #deadlineMs;
  /** When a fault was in force, of whatever impact. */
  #faults = [];
  /** When a fault was in force that made something impossible. */
  #strikes = [];
  #lastMovedMs = 0;
  /** An operation counts as done when it takes at most `deadlineMs` from the moment it was due. */
  constructor(plan, deadlineMs) {
    this.#deadlineMs = deadlineMs;
    this.flows = plan.flows.map((flow) => {
      const made = {
        plan: flow,
        // Availability is measured on clients that stay where they are.
        stream: flow.qos > 0 && flow.ratePerSecond > 0 && !flow.moves ? this.#newStream(flow.node, flow.node) : void 0,
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
        acknowledgedAtMs: new AcknowledgementTimes(
          (sequence) => made.subscriptions.some((subscription) => mayBeEvidence(subscription, sequence))
        )
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
            stream: flow.plan.moves || subscriber.moves ? void 0 : this.#newStream(flow.plan.node, subscriber.node),
            grantedQos: subscription.qos,
            cleanSession: subscriber.session === "clean" || subscriber.moves ? new CleanSession({
              isSameNode: flow.plan.node === subscriber.node && !flow.plan.moves && !subscriber.moves
            }) : void 0,
            isBeginning: false,
            isDivided: false,
            divided: new IntervalSet(),
            received: new IntervalSet(),
            longestMs: 0,
            silentAfter: void 0,
            missingAtReconnect: new IntervalSet(),
            duplicated: new IntervalSet(),
            duplicateExamples: [],
            overtaken: new IntervalSet(),
            overtakenExamples: [],
            grants: /* @__PURE__ */ new Set(),
            wrongQos: 0,
            wrongQosExamples: [],
            newest: new Newest(),
            arrivedAfter: /* @__PURE__ */ new Map()
          });
        }
      }
    }
    this.windows = new Windows(this.#streams.length);
    this.#oddities = {
      corrupt: { count: 0, examples: [], byClient: {} },
      foreign: { count: 0, examples: [], byClient: {} },
      invented: { count: 0, examples: [], byClient: {} },
      unsubscribed: { count: 0, examples: [], byClient: {} }
    };
  }
  /** The last time anything was acknowledged or arrived. */
  get lastMovedMs() {
    return this.#lastMovedMs;
  }
  mark(phase, nowMs, windowMs) {
    this.windows.mark(phase, nowMs, windowMs);
  }
  /** The broker granted `qos` (what a message is owed at: the lower of this and its own QoS). */
  granted(subscription, qos, nowMs) {
    const { cleanSession, flow } = subscription;
    const isUnderFault = this.#wasFaulty(nowMs - this.#deadlineMs, nowMs);
    const { moves, session } = subscription.subscriber;
    const isNew = subscription.isBeginning || session === "clean" && subscription.grants.size > 0;
    if (moves && isNew && flow.written > 0) subscription.divided.addRange(1, flow.written);
    subscription.isBeginning = false;
    subscription.grantedQos = qos;
    subscription.grants.add(qos);
    cleanSession?.subscribed(flow.written, nowMs, isUnderFault ? this.#deadlineMs : propagationMs);
  }
  /** A message of the flow was written to a connection for the first time. */
  written(flow, sequence, nowMs) {
    flow.written = sequence;
    flow.writes.note(sequence, nowMs);
    for (const subscription of flow.subscriptions) {
      const { cleanSession, isDivided, divided } = subscription;
      cleanSession?.written(sequence, nowMs, !covers(this.#impossibleFor(subscription), nowMs, nowMs));
      if (isDivided && this.#wasFaulty(nowMs - reunionMs, nowMs)) divided.add(sequence);
    }
  }
  /** The next message of the flow is due; its sequence number. */
  due(flow, dueMs) {
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
  acknowledged(flow, sequence, dueMs, nowMs) {
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
  arrived(subscription, sequence) {
    const { received, arrivedAfter } = subscription;
    if (received.has(sequence) || arrivedAfter.has(sequence)) return;
    arrivedAfter.set(sequence, subscription.newest.before(sequence));
    subscription.newest.note(sequence);
  }
  received(subscription, sequence, dueMs, nowMs, packet) {
    if (packet.qos !== void 0) this.#checkQos(subscription, sequence, nowMs, packet.qos);
    subscription.cleanSession?.received(sequence);
    if (subscription.silentAfter !== void 0 && sequence > subscription.silentAfter)
      subscription.silentAfter = void 0;
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
          packetId: packet.messageId ?? null
        });
      return;
    }
    this.#lastMovedMs = nowMs;
    if (sequence < newest) {
      subscription.overtaken.add(sequence);
      const { length } = subscription.overtakenExamples;
      const limit = length >= exampleLimit && this.#hasReconnected(subscription, sequence, newest) ? 2 : 1;
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
      window.latency.recordValue(Math.min(Math.max(1, Math.round(tookMs * 1e3)), 6e8));
  }
  /** A message is delivered at the lower of its QoS and the granted one [MQTT-3.8.4-6, MQTT 5: -8]. */
  #checkQos(subscription, sequence, atMs, qos) {
    const { grants, flow, wrongQosExamples } = subscription;
    if (grants.size === 0 || [...grants].some((granted) => effectiveQos(flow.plan.qos, granted) === qos)) return;
    subscription.wrongQos++;
    if (wrongQosExamples.length < exampleLimit) wrongQosExamples.push({ sequence, atMs, qos });
  }
  odd(kind, oddity) {
    const record = this.#oddities[kind];
    record.count++;
    record.byClient[oddity.clientId] = (record.byClient[oddity.clientId] ?? 0) + 1;
    if (record.examples.length < exampleLimit) record.examples.push(oddity);
  }
  /** From now on the impact makes operations impossible; the returned function ends it. */
  impact(impact, nowMs) {
    const fault = { fromMs: nowMs, toMs: Number.POSITIVE_INFINITY };
    this.#faults.push(fault);
    const spans = [fault];
    if (impact.unavailableNodes.length > 0 || impact.cutPaths.length > 0) this.#strikes.push(fault);
    for (const stream of this.#streams) {
      const struck = impact.unavailableNodes.includes(stream.from) || impact.unavailableNodes.includes(stream.to) || impact.cutPaths.some((path) => path.from === stream.from && path.to === stream.to);
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
  away(subscriber, nowMs) {
    const spans = [];
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
  connecting(session, node = session.node) {
    if (session.waiting && session.expected === false) session.expected = null;
    session.waiting = true;
    session.moving?.connecting(node);
    const client = this.#clients.get(session.clientId);
    if (client) client.node = node;
  }
  /** The broker answered that it will not have the client now: no connection, and no session. */
  refused(session) {
    session.waiting = false;
    session.moving?.refused();
  }
  /** A client that was thrown out is back. */
  reconnected(nowMs) {
    const window = this.windows.at(nowMs);
    if (window) window.reconnects++;
  }
  /** A node has let it in; what that means to a client that goes from node to node. */
  connected(session, sessionPresent, nowMs, node = session.node) {
    const arrival = session.moving?.connected(node, sessionPresent, nowMs, (sinceMs) => this.#wasFaulty(sinceMs, nowMs)) ?? stayed;
    const isUnknown = arrival.isRestarted || arrival.hasMoved && !session.subscribed;
    session.connections.push({
      node,
      connectedMs: nowMs,
      disconnectedMs: null,
      sessionPresent,
      sessionExpected: session.session === "clean" ? false : isUnknown ? null : session.expected,
      subscribed: session.subscribed,
      written: null,
      due: session.flows.map((flow) => ({ flow, atConnect: this.#flow(flow).offered, atDisconnect: null }))
    });
    session.expected = true;
    session.subscribed &&= sessionPresent && !arrival.isRestarted;
    session.waiting = false;
    return arrival;
  }
  /** The broker granted a subscription to the session. */
  subscribed(session) {
    session.subscribed = true;
  }
  /** A publisher wrote a message for the first time; they are written in the order of their sequence numbers. */
  wrote(session, sequence) {
    const connection = session.connections.at(-1);
    if (connection?.written) connection.written[1] = sequence;
    else if (connection) connection.written = [sequence, sequence];
  }
  disconnected(session, nowMs, lastHeardMs = nowMs) {
    const isOpen = session.connections.at(-1)?.disconnectedMs === null;
    if (isOpen) session.moving?.closed(lastHeardMs);
    const last = session.connections.pop();
    if (!last) return;
    session.connections.push({
      ...last,
      disconnectedMs: last.disconnectedMs ?? nowMs,
      due: last.due.map((due) => ({ ...due, atDisconnect: due.atDisconnect ?? this.#flow(due.flow).offered }))
    });
  }
  /**
   * The connection of a subscriber with a clean session ended, and the session with it. It had worked until `contactMs`: what was written
   * so long before that it should have been delivered by then was not in flight any more.
   */
  cleanSessionEnded(subscriber, contactMs) {
    for (const subscription of this.#subscriptionsOf(subscriber)) {
      const { flow, received, cleanSession, longestMs } = subscription;
      const fromMs = this.#inFlightFromMs(this.#impossibleFor(subscription), contactMs, longestMs);
      cleanSession?.ended({
        written: flow.written,
        inFlightFrom: flow.writes.firstSince(fromMs),
        received,
        acknowledged: flow.acknowledged,
        resent: flow.resent
      });
    }
  }
  /**
   * A subscriber has come to a node that a fault may keep from its session: what that one held is not owed by the one that begins now. A
   * session delivers in order, so that nothing older than what has arrived is in it, but for messages that came late to its node.
   */
  sessionRestarted(subscriber) {
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
  publisherMoved(flow, nowMs) {
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
  #wasFaulty(sinceMs, nowMs) {
    return covers(this.#faults, sinceMs, nowMs);
  }
  /** When a fault made it impossible that messages reach a subscription. Where clients go from node to node, that is any that strikes a node or a path. */
  #impossibleFor({ stream, subscriber, flow }) {
    return stream?.impossible ?? (subscriber.moves || flow.plan.moves ? this.#strikes : []);
  }
  /**
   * Since when a message may have been in flight at `contactMs`. A fault may hold what it met in flight for as long as an operation may
   * take; what should have arrived before the fault began was not in flight.
   */
  #inFlightFromMs(impossible, contactMs, longestMs) {
    const ordinaryMs = Math.min(this.#deadlineMs, Math.max(shortestFlightMs, longestMs));
    const recent = this.#faults.filter((span) => overlaps(span, contactMs - this.#deadlineMs, contactMs));
    const metMs = Math.min(contactMs, ...recent.map(({ fromMs }) => fromMs));
    const flightMs = recent.length > 0 ? this.#deadlineMs : ordinaryMs;
    return Math.max(reachBack(impossible, contactMs, flightMs), reachBack(impossible, metMs, ordinaryMs));
  }
  session(clientId, node, role, flows, session = "persistent", moves = false) {
    const made = {
      ...{ clientId, node, role, session, flows },
      connections: [],
      expected: false,
      subscribed: false,
      waiting: false,
      moving: moves ? new MovingSession(this.#deadlineMs) : void 0
    };
    this.#sessions.set(clientId, made);
    return made;
  }
  /** A subscription that is no part of the workload after all: it is owed nothing. */
  leaveOut(subscription) {
    const { subscriptions } = subscription.flow;
    subscriptions.splice(subscriptions.indexOf(subscription), 1);
  }
  /** Begins to note where a client stands. */
  client(clientId, node, role, nowMs) {
    const presence = new Presence(nowMs);
    this.#clients.set(clientId, { clientId, node, role, presence });
    return presence;
  }
  /** How many messages are owed to subscriptions (acknowledged, QoS 1 or 2, session not ended) and have not arrived. */
  outstanding() {
    let count = 0;
    for (const { subscriptions } of this.flows)
      for (const subscription of subscriptions) count += missingOn(subscription).size;
    return count;
  }
  /** The faults are over: from now on every subscription is to hear of its flow again. */
  healed() {
    for (const flow of this.flows)
      for (const subscription of flow.subscriptions) subscription.silentAfter = flow.written;
  }
  /** The client is subscribed again: only what is written from now on can show that it hears nothing. */
  served(subscriber) {
    for (const subscription of this.#subscriptionsOf(subscriber))
      if (subscription.silentAfter !== void 0) subscription.silentAfter = subscription.flow.written;
  }
  /**
   * How many subscriptions at QoS 0 have not heard of their flow since the heal, or have no client that could. What is owed at a higher
   * QoS is waited for in the drain.
   */
  silent() {
    const isSilent = (subscription) => this.#writtenInSilence(subscription) > 0 || subscription.silentAfter !== void 0 && qosOf(subscription) === 0 && this.#clients.get(subscription.subscriber.clientId)?.presence.stage !== "serving";
    return this.flows.reduce((sum, { subscriptions }) => sum + subscriptions.filter(isSilent).length, 0);
  }
  #writtenInSilence(subscription) {
    const { flow, silentAfter, subscriber } = subscription;
    if (silentAfter === void 0 || qosOf(subscription) > 0) return 0;
    const written = flow.written - silentAfter;
    const isServed = this.#clients.get(subscriber.clientId)?.presence.stage === "serving";
    return isServed && written >= leastWritten ? written : 0;
  }
  /** How many clients are served, but not for long enough to count as back. */
  arriving(nowMs) {
    return [...this.#clients.values()].filter(
      ({ presence }) => presence.stage === "serving" && presence.absentSinceMs(nowMs) !== null
    ).length;
  }
  /** Since when the clients that are not served just now have not been. */
  absences(nowMs) {
    return [...this.#clients.values()].flatMap(({ presence }) => presence.absentSinceMs(nowMs) ?? []);
  }
  /**
   * Subscribers with a persistent session that miss what they are owed, though they are subscribed. What they miss is noted: should it
   * arrive after they have reconnected, it was stuck and not lost.
   */
  noteMissing() {
    const missing = /* @__PURE__ */ new Set();
    for (const { subscriptions } of this.flows) {
      for (const subscription of subscriptions) {
        const { subscriber } = subscription;
        if (subscriber.session === "clean" || this.#clients.get(subscriber.clientId)?.presence.stage !== "serving")
          continue;
        subscription.missingAtReconnect = missingOn(subscription);
        if (subscription.missingAtReconnect.size > 0) missing.add(subscriber);
      }
    }
    return [...missing];
  }
  summaries(options) {
    const excused = (index, window) => {
      const stream = this.#streams[index];
      return stream !== void 0 && covers(stream.impossible, window.startMs, window.endMs + this.#deadlineMs);
    };
    return this.windows.all.map((window) => summarise(window, excused, options));
  }
  history(nowMs) {
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
        packetIds: flow.packetIds.of(flow.subscriptions.flatMap(ofInterest))
      })),
      subscriptions: this.flows.flatMap(
        (flow) => flow.subscriptions.map((subscription) => ({
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
          wrongQosExamples: subscription.wrongQosExamples
        }))
      ),
      sessions: [...this.#sessions.values()].map(({ clientId, node, role, session, connections }) => ({
        clientId,
        node,
        role,
        session,
        connections
      })),
      clients: [...this.#clients.values()].map(({ clientId, node, role, presence }) => ({
        clientId,
        node,
        role,
        stage: presence.stage,
        ...absence(presence, nowMs),
        attempts: presence.attempts
      })),
      oddities: this.#oddities
    };
  }
  /** The publisher wrote `later` on a newer connection than `earlier`. */
  #hasReconnected({ flow }, earlier, later) {
    const connections = this.#sessions.get(flow.plan.clientId)?.connections ?? [];
    return connections.some(({ written }) => written !== null && earlier < written[0] && written[0] <= later);
  }
  /** What may be missing because its session ended, or because its client is not subscribed and so cannot get it. */
  #notOwed({ subscriber, flow, cleanSession }, nowMs) {
    if (cleanSession && subscriber.session === "clean") return cleanSession.look(flow.offered);
    const { sessionEnded = [], unreachable = [] } = cleanSession?.look(flow.offered) ?? {};
    const presence = this.#clients.get(subscriber.clientId)?.presence;
    const isAbsent = presence !== void 0 && presence.absentSinceMs(nowMs) !== null;
    return { sessionEnded, unreachable: isAbsent && flow.offered > 0 ? [[1, flow.offered]] : unreachable };
  }
  #subscriptionsOf(subscriber) {
    return this.flows.flatMap(
      (flow) => flow.subscriptions.filter((subscription) => subscription.subscriber === subscriber)
    );
  }
  #flow(id) {
    const flow = this.flows[id];
    if (flow === void 0) throw new RangeError(`no flow ${id}`);
    return flow;
  }
  #newStream(from, to) {
    const stream = { index: this.#streams.length, from, to, impossible: [], away: [] };
    this.#streams.push(stream);
    return stream;
  }
};
function ofInterest(subscription) {
  const { missingAtReconnect, duplicateExamples, overtakenExamples } = subscription;
  return [
    ...missingOn(subscription).first(packetIdLimit),
    ...missingAtReconnect.first(packetIdLimit),
    ...[...duplicateExamples, ...overtakenExamples].map(({ sequence }) => sequence)
  ];
}
function qosOf({ grantedQos, flow }) {
  return effectiveQos(flow.plan.qos, grantedQos);
}
function mayBeEvidence(subscription, sequence) {
  const { received, flow, cleanSession, overtakenExamples } = subscription;
  if (!received.has(sequence)) {
    const ended = cleanSession ? IntervalSet.from(cleanSession.look(flow.offered).sessionEnded) : void 0;
    return qosOf(subscription) > 0 && !ended?.has(sequence);
  }
  return overtakenExamples.some((example) => example.sequence === sequence);
}
function acknowledgementsForEvidence(flow) {
  const shown = /* @__PURE__ */ new Set();
  for (const subscription of flow.subscriptions) {
    const { received, missingAtReconnect, duplicated, overtakenExamples } = subscription;
    const sets = [
      ...[flow.acknowledged.minus(received), missingOn(subscription), missingAtReconnect],
      ...[duplicated, duplicated.minus(flow.resent), duplicated.minus(flow.resentWithoutSession)]
    ];
    for (const set of sets) for (const sequence of set.first(exampleLimit)) shown.add(sequence);
    for (const { sequence } of overtakenExamples) shown.add(sequence);
  }
  return [...shown].flatMap((sequence) => {
    const atMs = flow.acknowledgedAtMs.at(sequence);
    return atMs === null ? [] : [[sequence, atMs]];
  });
}
function absence(presence, nowMs) {
  const absentSinceMs = presence.absentSinceMs(nowMs);
  return { absentSinceMs, absentForMs: absentSinceMs === null ? 0 : nowMs - absentSinceMs };
}
function missingOn(subscription) {
  const { flow, received, cleanSession } = subscription;
  return owedAndMissing({
    qos: qosOf(subscription),
    acknowledged: flow.acknowledged,
    received,
    excused() {
      const { sessionEnded = [], unreachable = [] } = cleanSession?.look(flow.offered) ?? {};
      return [IntervalSet.from(sessionEnded), IntervalSet.from(unreachable)];
    }
  });
}
function reachBack(spans, fromMs, ms) {
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
function covers(spans, fromMs, toMs) {
  return spans.some((span) => overlaps(span, fromMs, toMs));
}
function overlaps(span, fromMs, toMs) {
  return span.fromMs <= toMs && fromMs < span.toMs;
}
function increment(counts, stream) {
  counts[stream.index] = counts[stream.index] + 1;
}

export {
  Presence,
  Recorder
};
