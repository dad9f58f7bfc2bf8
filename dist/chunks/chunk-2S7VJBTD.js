import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  IntervalSet,
  Windows,
  summarise
} from "./chunk-XHWYKSZF.js";

// src/workload/payload.ts
import { crc32 } from "node:zlib";
var magic = 1329678403;
var version = 1;
var headerBytes = 28;
var crcBytes = 4;
var kinds = ["flow", "warm-up"];
function encodePayload(header, size) {
  const payload = Buffer.allocUnsafe(Math.max(size, headerBytes));
  payload.writeUInt32LE(magic, 4);
  payload.writeUInt32LE(header.run, 8);
  payload.writeUInt16LE(header.flow, 12);
  payload.writeUInt8(kinds.indexOf(header.kind), 14);
  payload.writeUInt8(version, 15);
  payload.writeUInt32LE(header.sequence, 16);
  payload.writeUInt32LE(header.sentNs % 4294967296, 20);
  payload.writeUInt32LE(Math.floor(header.sentNs / 4294967296), 24);
  payload.fill(97 + header.sequence % 26, headerBytes);
  payload.writeUInt32LE(crc32(payload.subarray(crcBytes)), 0);
  return payload;
}
function decodePayload(payload) {
  if (payload.length < headerBytes || payload.readUInt32LE(4) !== magic) return { ok: false, why: "foreign" };
  if (payload.readUInt32LE(0) !== crc32(payload.subarray(crcBytes))) return { ok: false, why: "corrupt" };
  const kind = kinds[payload.readUInt8(14)];
  if (kind === void 0 || payload.readUInt8(15) !== version) return { ok: false, why: "foreign" };
  return {
    ok: true,
    header: {
      run: payload.readUInt32LE(8),
      flow: payload.readUInt16LE(12),
      kind,
      sequence: payload.readUInt32LE(16),
      sentNs: payload.readUInt32LE(24) * 4294967296 + payload.readUInt32LE(20)
    }
  };
}
function sequenceOf(payload) {
  return payload.readUInt32LE(16);
}
function isFlowPayload(payload) {
  return payload.readUInt8(14) === kinds.indexOf("flow");
}

// src/workload/recorder.ts
var exampleLimit = 10;
var acknowledgementRing = 8192;
var Recorder = class {
  flows;
  windows;
  #streams = [];
  #sessions = /* @__PURE__ */ new Map();
  #oddities;
  #deadlineMs;
  #lastMovedMs = 0;
  /** An operation counts as done when it takes at most `deadlineMs` from the moment it was due. */
  constructor(plan, deadlineMs) {
    this.#deadlineMs = deadlineMs;
    this.flows = plan.flows.map((flow) => ({
      plan: flow,
      stream: flow.qos > 0 && flow.ratePerSecond > 0 ? this.#newStream(flow.node, flow.node) : void 0,
      subscriptions: [],
      firstDueMs: 0,
      offered: 0,
      acknowledged: new IntervalSet(),
      unknown: new IntervalSet(),
      notSent: new IntervalSet(),
      resent: new IntervalSet(),
      resentWithoutSession: new IntervalSet(),
      acknowledgedAtMs: new Float64Array(acknowledgementRing)
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
            owed: true,
            endedAfter: 0,
            grantedAfter: 0,
            received: new IntervalSet(),
            sessionEnded: new IntervalSet(),
            duplicated: new IntervalSet(),
            duplicateExamples: [],
            overtaken: new IntervalSet(),
            overtakenExamples: []
          });
        }
      }
    }
    this.windows = new Windows(this.#streams.length);
    this.#oddities = {
      corrupt: { count: 0, examples: [] },
      foreign: { count: 0, examples: [] },
      invented: { count: 0, examples: [] },
      unsubscribed: { count: 0, examples: [] }
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
  granted(subscription, qos) {
    subscription.grantedQos = qos;
    subscription.grantedAfter = subscription.flow.offered;
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
        if (stream && effectiveQos(subscription) > 0 && !covers(stream.away, dueMs, dueMs))
          increment(window.expected, stream);
      }
    }
    return flow.offered;
  }
  acknowledged(flow, sequence, dueMs, nowMs) {
    flow.acknowledged.add(sequence);
    flow.acknowledgedAtMs[sequence % acknowledgementRing] = nowMs;
    this.#lastMovedMs = nowMs;
    const window = this.windows.at(dueMs);
    if (!window || !flow.stream) return;
    window.acknowledged++;
    if (nowMs - dueMs <= this.#deadlineMs) increment(window.done, flow.stream);
  }
  received(subscription, sequence, dueMs, nowMs, packet) {
    this.#lastMovedMs = nowMs;
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
          packetId: packet.messageId ?? null
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
      window.latency.recordValue(Math.min(Math.max(1, Math.round(tookMs * 1e3)), 6e8));
  }
  odd(kind, oddity) {
    const record = this.#oddities[kind];
    record.count++;
    if (record.examples.length < exampleLimit) record.examples.push(oddity);
  }
  /** From now on the impact makes operations impossible; the returned function ends it. */
  impact(impact, nowMs) {
    const spans = [];
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
  connecting(session) {
    if (session.waiting && session.expected === false) session.expected = null;
    session.waiting = true;
  }
  /** The broker answered that it will not have the client now: no connection, and no session. */
  refused(session) {
    session.waiting = false;
  }
  /** A client that was thrown out is back. */
  reconnected(nowMs) {
    const window = this.windows.at(nowMs);
    if (window) window.reconnects++;
  }
  connected(session, sessionPresent, nowMs) {
    session.connections.push({
      connectedMs: nowMs,
      disconnectedMs: null,
      sessionPresent,
      sessionExpected: session.expected,
      due: session.flows.map((flow) => ({ flow, atConnect: this.#flow(flow).offered, atDisconnect: null }))
    });
    session.expected = true;
    session.waiting = false;
  }
  disconnected(session, nowMs) {
    const last = session.connections.pop();
    if (!last) return;
    session.connections.push({
      ...last,
      disconnectedMs: last.disconnectedMs ?? nowMs,
      due: last.due.map((due) => ({ ...due, atDisconnect: due.atDisconnect ?? this.#flow(due.flow).offered }))
    });
  }
  /**
   * A clean session ends with its connection (MQTT 3.1.1, 3.1.2.4): what was still under way to it is not owed any more. That is what
   * came after the newest message it got, and of the rest what was not acknowledged yet or was sent again. A message whose
   * successor arrived was not under way any more: it had been lost before.
   */
  cleanSessionEnded(subscriber) {
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
  session(clientId, node, role, flows) {
    const made = { clientId, node, role, flows, connections: [], expected: false, waiting: false };
    this.#sessions.set(clientId, made);
    return made;
  }
  /** How many messages are owed to subscriptions (acknowledged, QoS 1 or 2, session not ended) and have not arrived. */
  outstanding() {
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
  summaries(options) {
    const excused = (index, window) => {
      const stream = this.#streams[index];
      return stream !== void 0 && covers(stream.impossible, window.startMs, window.endMs + this.#deadlineMs);
    };
    return this.windows.all.map((window) => summarise(window, excused, options));
  }
  history() {
    const notOwed = ({ sessionEnded, owed, endedAfter, flow }) => {
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
        acknowledgedAtMs: this.#acknowledgementsOfMissing(flow)
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
          sessionEnded: notOwed(subscription).intervals(),
          duplicated: subscription.duplicated.intervals(),
          duplicateExamples: subscription.duplicateExamples,
          overtaken: subscription.overtaken.intervals(),
          overtakenExamples: subscription.overtakenExamples
        }))
      ),
      sessions: [...this.#sessions.values()].map(({ clientId, node, role, connections }) => ({
        clientId,
        node,
        role,
        connections
      })),
      oddities: this.#oddities
    };
  }
  #acknowledgementsOfMissing(flow) {
    const found = /* @__PURE__ */ new Map();
    for (const subscription of flow.subscriptions) {
      for (const sequence of flow.acknowledged.minus(subscription.received).first(exampleLimit)) {
        if (flow.offered - sequence < acknowledgementRing)
          found.set(sequence, flow.acknowledgedAtMs[sequence % acknowledgementRing]);
      }
    }
    return [...found];
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
function effectiveQos(subscription) {
  return Math.min(subscription.grantedQos, subscription.flow.plan.qos);
}
function covers(spans, fromMs, toMs) {
  for (let i = spans.length - 1; i >= 0; i--) {
    const span = spans[i];
    if (span.fromMs <= toMs && fromMs < span.toMs) return true;
  }
  return false;
}
function increment(counts, stream) {
  counts[stream.index] = counts[stream.index] + 1;
}

export {
  encodePayload,
  decodePayload,
  sequenceOf,
  isFlowPayload,
  Recorder
};
