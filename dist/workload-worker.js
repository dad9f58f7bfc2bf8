import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  Recorder,
  connected,
  createClient,
  decodePayload,
  encodePayload,
  ended,
  isAccepted,
  isFlowPayload,
  purgeSession,
  sequenceOf
} from "./chunks/chunk-D552YX22.js";
import {
  filterKindOf,
  leastAcknowledged,
  samePath
} from "./chunks/chunk-3HBXIDWY.js";
import "./chunks/chunk-QEUH7FJ3.js";
import "./chunks/chunk-4HIF7BH4.js";
import {
  watchLoopLag
} from "./chunks/chunk-QG2TR5QC.js";
import "./chunks/chunk-4XSUANPV.js";
import {
  systemClock
} from "./chunks/chunk-REAO3S7U.js";
import "./chunks/chunk-53UEWYNP.js";
import {
  createRandom
} from "./chunks/chunk-GUM24SOH.js";
import {
  serve
} from "./chunks/chunk-SEHV63E6.js";
import {
  messageOf
} from "./chunks/chunk-EV4V3EIO.js";
import "./chunks/chunk-6DG7BXTN.js";

// src/workload/worker.ts
import { parentPort } from "node:worker_threads";

// src/workload/features.ts
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
var withinMs = 3e3;
var ordinaryMessages = 5;
var betweenMs = 100;
var probes = {
  ...{ qos2, mqtt5, retained, wills, sharedSubscriptions },
  persistentSessions: (endpoint, clientId) => sessionOnReturn(endpoint, clientId, { subscribe: true }),
  emptySessions: (endpoint, clientId) => sessionOnReturn(endpoint, clientId, { subscribe: false })
};
async function probeFeatures(endpoint) {
  const names = Object.keys(probes);
  const prefix = `chaos-feature-${randomBytes(4).toString("hex")}`;
  const seen = await Promise.all(
    names.map(
      (name) => (
        // A cluster that has just booted may leave one exchange unanswered; only a second silence is taken for an answer.
        probes[name](endpoint, `${prefix}-${name}`).catch(() => probes[name](endpoint, `${prefix}-${name}-again`)).catch((error) => ({ available: false, seen: messageOf(error) }))
      )
    )
  );
  return Object.fromEntries(names.map((name, i) => [name, seen[i]]));
}
async function qos2(endpoint, clientId) {
  return withClient(endpoint, { clientId, clean: true }, async (client) => {
    const [grant] = await client.subscribeAsync(clientId, { qos: 2 });
    const granted = grant?.qos ?? 128;
    const published = await new Promise((resolve) => {
      client.once(
        "close",
        () => resolve({ available: false, seen: "the connection was closed after a QoS 2 PUBLISH" })
      );
      const late = setTimeout(() => resolve({ available: false, seen: `no PUBCOMP within ${withinMs} ms` }), withinMs);
      client.publish(clientId, "x", { qos: 2 }, (error) => {
        clearTimeout(late);
        resolve(error ? { available: false, seen: error.message } : { available: true, seen: "PUBCOMP" });
      });
    });
    if (!published.available)
      return { available: false, seen: `${published.seen}; a QoS 2 subscription is granted QoS ${granted}` };
    return granted === 2 ? { available: true, seen: "PUBCOMP, and a QoS 2 subscription is granted QoS 2" } : { available: false, seen: `a QoS 2 subscription is granted QoS ${granted}` };
  });
}
async function mqtt5(endpoint, clientId) {
  return withClient({ ...endpoint, version: 5 }, { clientId, clean: true }, async () => ({
    available: true,
    seen: "CONNACK with version 5"
  }));
}
async function retained(endpoint, clientId) {
  return withClient(endpoint, { clientId, clean: true }, async (client) => {
    await within(client.publishAsync(clientId, "kept", { qos: 1, retain: true }), "PUBACK");
    const seen = await arrives(client, clientId, {
      ask: () => client.subscribeAsync(clientId, { qos: 1 }),
      wanted: ({ retain }) => retain
    });
    await within(client.publishAsync(clientId, "", { qos: 1, retain: true }), "PUBACK").catch(() => {
    });
    return seen ? { available: true, seen: "a new subscriber got the retained message" } : { available: false, seen: "no retained message arrived" };
  });
}
async function wills(endpoint, clientId) {
  return withClient(endpoint, { clientId, clean: true }, async (client) => {
    await client.subscribeAsync(clientId, { qos: 1 });
    let got = Promise.resolve(false);
    await withClient(
      endpoint,
      {
        clientId: `${clientId}-dying`,
        clean: true,
        will: { topic: clientId, payload: Buffer.from("gone"), qos: 1, retain: false }
      },
      async (dying) => {
        got = message(client);
        dying.stream.destroy();
      }
    );
    return await got ? { available: true, seen: "sent when its client vanished" } : { available: false, seen: "not sent when its client vanished" };
  });
}
async function sharedSubscriptions(endpoint, clientId) {
  return withClient(endpoint, { clientId, clean: true }, async (client) => {
    const [grant] = await client.subscribeAsync(`$share/group/${clientId}`, { qos: 1 });
    if (grant === void 0 || grant.qos === 128) return { available: false, seen: "refused" };
    const seen = await arrives(client, clientId, {
      ask: () => within(client.publishAsync(clientId, "x", { qos: 1 }), "PUBACK"),
      wanted: () => true
    });
    return seen ? { available: true, seen: "a member got the message" } : { available: false, seen: "granted, but nothing arrived" };
  });
}
async function sessionOnReturn(endpoint, clientId, { subscribe }) {
  await withClient(endpoint, { clientId, clean: false }, async (client) => {
    if (subscribe) await client.subscribeAsync(clientId, { qos: 1 });
  });
  const present = await withClient(endpoint, { clientId, clean: false }, async (_, connack) => connack.sessionPresent);
  await withClient(endpoint, { clientId, clean: true }, async () => void 0).catch(() => {
  });
  return present ? { available: true, seen: "session present = 1 on return" } : { available: false, seen: "session present = 0 on return" };
}
async function withClient(endpoint, options, use) {
  const client = createClient(endpoint, options);
  client.options.reconnectPeriod = 0;
  try {
    client.connect();
    const connack = await connected(client, withinMs);
    return await within(use(client, connack), "an answer", withinMs * 3);
  } finally {
    await ended(client, { force: !client.connected });
  }
}
function message(client) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), withinMs);
    client.once("message", () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
async function arrives(client, clientId, { ask, wanted }) {
  const ordinary = `${clientId}/ordinary`;
  const ended2 = new AbortController();
  let heard = () => {
  };
  const got = new Promise((resolve) => {
    client.on("message", (topic, _payload, packet) => {
      if (topic === ordinary) heard();
      else if (wanted(packet)) resolve(true);
    });
  });
  await ask();
  const overtaken = async () => {
    await client.subscribeAsync(ordinary, { qos: 1 });
    for (let i = 0; i < ordinaryMessages; i++) {
      const arrived = new Promise((resolve) => {
        heard = resolve;
      });
      await client.publishAsync(ordinary, "x", { qos: 1 });
      await arrived;
      await sleep(betweenMs, void 0, { signal: ended2.signal });
      await ask();
    }
    return false;
  };
  const late = sleep(withinMs, false, { signal: ended2.signal });
  try {
    return await Promise.race([got, late, overtaken().catch(() => late)]);
  } finally {
    ended2.abort();
    await late.catch(() => {
    });
  }
}
function within(promise, what, ms = withinMs) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${what} within ${ms} ms`)), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

// src/workload/generator.ts
import { setTimeout as sleep3 } from "node:timers/promises";

// src/workload/flows/stream/stream.ts
import { setTimeout as sleep2 } from "node:timers/promises";

// src/workload/recovery.ts
function steadyBarMs(worstSteadyP99Ms) {
  return Math.max(2 * worstSteadyP99Ms, 150);
}
function recoveryMs(windows, bar, nowMs2, deadlineMs) {
  let since;
  for (const window of windows) {
    if (window.startMs < bar.fromMs || window.endMs > nowMs2) continue;
    const undecided = window.done < window.possible && nowMs2 < window.endMs + deadlineMs;
    const steady = !undecided && window.possible > 0 && window.done / window.possible >= bar.availability && (window.p99Ms ?? Number.POSITIVE_INFINITY) <= bar.p99LatencyMs;
    if (!steady) {
      since = void 0;
      continue;
    }
    since ??= window.startMs;
    if (window.endMs - since >= bar.sustainMs) return since - bar.fromMs;
  }
  return null;
}

// src/workload/flows/stream/mixed.ts
var mixed = ({ nodes, features, ratePerSecond, prefix }) => {
  const flows = [];
  const flow = (name, topic, qos, node) => flows.push({ name, topic: `${prefix}/${topic}`, qos, node }) - 1;
  const next = (index) => nodes[(index + 1) % nodes.length];
  const exactly = features.qos2.available ? 2 : 1;
  const telemetry = nodes.map((node) => flow(`telemetry from ${node}`, `telemetry/${node}`, 0, node));
  const commands = nodes.map((node) => flow(`commands from ${node}`, `commands/${node}`, 1, node));
  const orders = nodes.map((node) => flow(`orders from ${node}`, `orders/${node}`, exactly, node));
  const gathered = nodes.map((node) => flow(`fan-in from ${node}`, `gather/${node}`, 1, node));
  const broadcast = flow("fan-out", "broadcast", 1, nodes[0]);
  const last = nodes[nodes.length - 1];
  const mail = [flow("mail at QoS 1", "mail/once", 1, last), flow("mail at QoS 2", "mail/exactly", exactly, last)];
  const at = (list, index) => list[(index + list.length) % list.length];
  const session = features.persistentSessions.available ? "persistent" : "clean";
  const subscribers = [];
  nodes.forEach((node, index) => {
    subscribers.push({
      clientId: `${prefix}-live-${node}`,
      node,
      session: "clean",
      subscriptions: [
        { filter: `${prefix}/telemetry/#`, qos: 0, flows: telemetry },
        { filter: `${prefix}/broadcast`, qos: 1, flows: [broadcast] }
      ]
    });
    const near = [.../* @__PURE__ */ new Set([index, (index + nodes.length - 1) % nodes.length])];
    subscribers.push({
      clientId: `${prefix}-durable-${node}`,
      node,
      session,
      subscriptions: near.flatMap((from) => [
        { filter: `${prefix}/commands/${at(nodes, from)}`, qos: 1, flows: [at(commands, from)] },
        { filter: `${prefix}/orders/${at(nodes, from)}`, qos: exactly, flows: [at(orders, from)] }
      ])
    });
  });
  subscribers.push({
    clientId: `${prefix}-gatherer`,
    node: next(0),
    session,
    subscriptions: [{ filter: `${prefix}/gather/+`, qos: 1, flows: gathered }]
  });
  if (session === "persistent") {
    subscribers.push({
      clientId: `${prefix}-roamer`,
      node: nodes[0],
      session,
      subscriptions: [{ filter: `${prefix}/mail/#`, qos: exactly, flows: mail }],
      roam: { onlineMs: 2e3, awayMs: 1500 }
    });
  }
  const used = new Set(subscribers.flatMap((s) => s.subscriptions.flatMap((subscription) => subscription.flows)));
  return {
    flows: flows.map((made, id) => ({
      ...made,
      id,
      clientId: `${prefix}-publisher-${id}`,
      ratePerSecond: used.has(id) ? ratePerSecond / used.size : 0
    })),
    subscribers
  };
};

// src/workload/flows/stream/publisher.ts
var publishWindow = 100;
var Publisher = class {
  client;
  #options;
  #session;
  #presence;
  #backlog = [];
  #open = /* @__PURE__ */ new Map();
  #byPacketId = /* @__PURE__ */ new Map();
  #ready = false;
  #sessionPresent = false;
  #connection = 0;
  #window = publishWindow;
  #startedMs = Number.POSITIVE_INFINITY;
  #due = 0;
  #stopped = false;
  /** Of the warm-up: the last sequence number written, and those acknowledged. */
  #warmUpsWritten = 0;
  #warmUpsAcknowledged = [];
  constructor(options) {
    this.#options = options;
    const { flow, recorder, nowMs: nowMs2 } = options;
    this.#session = recorder.session(
      ...[flow.plan.clientId, flow.plan.node, "publisher", []],
      options.persistent ? "persistent" : "clean"
    );
    this.#presence = recorder.client(flow.plan.clientId, flow.plan.node, "publisher", nowMs2());
    this.client = createClient(options.endpoint, { clientId: flow.plan.clientId, clean: !options.persistent });
    this.client.on("packetreceive", (packet) => {
      if (packet.cmd === "puback" || packet.cmd === "pubrec") {
        const operation = packet.messageId === void 0 ? void 0 : this.#byPacketId.get(packet.messageId);
        if (operation && (packet.reasonCode ?? 0) >= 128 && !flow.resent.has(operation.sequence))
          operation.refused = true;
        return;
      }
      if (packet.cmd !== "connack") return;
      if (!isAccepted(packet)) {
        recorder.refused(this.#session);
        return;
      }
      this.#presence.enter("serving", nowMs2());
      this.#connection++;
      if (this.#connection > 1) recorder.reconnected(nowMs2());
      this.#sessionPresent = packet.sessionPresent;
      this.#window = Math.min(publishWindow, packet.properties?.receiveMaximum ?? publishWindow);
      recorder.connected(this.#session, packet.sessionPresent, nowMs2());
    });
    this.client.on("packetsend", (packet) => {
      if (packet.cmd === "connect") {
        this.#presence.attempt(nowMs2());
        recorder.connecting(this.#session);
      } else if (packet.cmd === "publish" && packet.qos > 0) {
        const payload = packet.payload;
        const operation = isFlowPayload(payload) ? this.#open.get(sequenceOf(payload)) : void 0;
        if (!operation || packet.messageId === void 0) return;
        const again = operation.writtenOn > 0;
        operation.writtenOn = this.#connection;
        operation.packetId = packet.messageId;
        flow.packetIds.sent(operation.sequence, packet.messageId);
        this.#byPacketId.set(packet.messageId, operation);
        if (!again) {
          recorder.wrote(this.#session, operation.sequence);
          return;
        }
        packet.dup = true;
        flow.resent.add(operation.sequence);
        if (!this.#sessionPresent) flow.resentWithoutSession.add(operation.sequence);
      } else if (packet.cmd === "pubrel" && packet.messageId !== void 0 && !this.#sessionPresent) {
        const operation = this.#byPacketId.get(packet.messageId);
        if (operation && operation.writtenOn < this.#connection) operation.forgotten = true;
      }
    });
    this.client.on("connect", () => {
      this.#ready = true;
    });
    this.client.on("close", () => {
      this.#ready = false;
      this.#presence.enter("disconnected", nowMs2());
      recorder.disconnected(this.#session, nowMs2());
    });
  }
  /** The name of its flow. */
  get flow() {
    return this.#options.flow.plan.name;
  }
  get ready() {
    return this.#ready;
  }
  /** Written or waiting, and not yet settled. */
  get unsettled() {
    return this.#open.size + this.#backlog.length;
  }
  connect() {
    this.client.connect();
  }
  /** A message outside the accounting, to see whether the way to the subscribers is open. */
  warmUp(sequence) {
    if (!this.#ready) return;
    const { qos, topic } = this.#options.flow.plan;
    this.#warmUpsWritten = sequence;
    this.client.publish(topic, this.#payload("warm-up", sequence, this.#options.nowMs()), { qos }, (error) => {
      if (!error && qos > 0) this.#warmUpsAcknowledged.push(sequence);
    });
  }
  /** The sequence number of the last message of the warm-up. */
  get warmUpsWritten() {
    return this.#warmUpsWritten;
  }
  /** How many messages of the warm-up were written after that one, and how many of them were acknowledged (none at QoS 0). */
  warmUpsAfter(sequence) {
    return {
      written: this.#warmUpsWritten - sequence,
      acknowledged: this.#warmUpsAcknowledged.filter((one) => one > sequence).length
    };
  }
  /** The first message is due at `startMs`, the others at the flow's rate. */
  start(startMs) {
    this.#startedMs = startMs;
  }
  /** No further message falls due. */
  stop() {
    this.#stopped = true;
  }
  /** Notes what has fallen due, writes what can be written, gives up what is past its deadline. */
  tick() {
    const nowMs2 = this.#options.nowMs();
    const { flow, recorder, deadlineMs } = this.#options;
    if (!this.#stopped && flow.plan.ratePerSecond > 0) {
      const total = Math.floor((nowMs2 - this.#startedMs) * flow.plan.ratePerSecond / 1e3) + 1;
      while (this.#due < total) {
        const dueMs = Math.round((this.#startedMs + this.#due++ * 1e3 / flow.plan.ratePerSecond) * 1e6) / 1e6;
        this.#backlog.push({
          sequence: recorder.due(flow, dueMs),
          dueMs,
          writtenOn: 0,
          packetId: void 0,
          forgotten: false,
          refused: false
        });
      }
    }
    while (this.#backlog.length > 0) {
      const operation = this.#backlog[0];
      if (nowMs2 - operation.dueMs > deadlineMs) {
        flow.notSent.add(operation.sequence);
      } else if (this.#ready && this.#open.size < this.#window) {
        this.#write(operation);
      } else {
        return;
      }
      this.#backlog.shift();
    }
  }
  /**
   * At the end of the scenario: what was never written failed, what was written and not acknowledged is unknown. What was written to a
   * connection that has lasted for `patienceMs` by now should have been answered.
   */
  settle(patienceMs) {
    const { flow, nowMs: nowMs2 } = this.#options;
    for (const operation of this.#backlog.splice(0)) flow.notSent.add(operation.sequence);
    const hadTime = this.#presence.servedForMs(nowMs2()) >= patienceMs;
    for (const { sequence, writtenOn, forgotten } of this.#open.values()) {
      (writtenOn > 0 ? flow.unknown : flow.notSent).add(sequence);
      if (hadTime && writtenOn === this.#connection && !forgotten) flow.unanswered.add(sequence);
    }
    this.#open.clear();
  }
  async end() {
    await ended(this.client, { force: !this.#ready || this.#open.size > 0 });
    if (this.#options.persistent) await purgeSession(this.#options.endpoint, this.#options.flow.plan.clientId);
  }
  #write(operation) {
    const { flow, recorder, nowMs: nowMs2 } = this.#options;
    const { qos, topic } = flow.plan;
    const payload = this.#payload("flow", operation.sequence, operation.dueMs);
    recorder.written(flow, operation.sequence, nowMs2());
    if (qos === 0) {
      this.client.publish(topic, payload, { qos });
      recorder.wrote(this.#session, operation.sequence);
      return;
    }
    this.#open.set(operation.sequence, operation);
    this.client.publish(topic, payload, { qos }, (error) => {
      if (operation.packetId !== void 0) this.#byPacketId.delete(operation.packetId);
      if (!this.#open.delete(operation.sequence)) return;
      if (error) (operation.writtenOn > 0 && !operation.refused ? flow.unknown : flow.notSent).add(operation.sequence);
      else if (operation.forgotten) flow.unknown.add(operation.sequence);
      else recorder.acknowledged(flow, operation.sequence, operation.dueMs, nowMs2());
    });
  }
  #payload(kind, sequence, sentMs) {
    return encodePayload(
      { run: this.#options.run, flow: this.#options.flow.plan.id, kind, sequence, sentNs: Math.round(sentMs * 1e6) },
      this.#options.payloadBytes
    );
  }
};

// src/workload/flows/stream/subscriber.ts
var leaveAgainMs = 100;
var Subscriber = class {
  client;
  #options;
  #session;
  #presence;
  #byFlow = /* @__PURE__ */ new Map();
  /** Flows of which a warm-up message has not been seen yet. */
  #unseen;
  #leftOut = /* @__PURE__ */ new Set();
  /** Filters that the last SUBACK refused. */
  #refused = /* @__PURE__ */ new Set();
  #subscribed = false;
  #subscribing = false;
  #online = false;
  /** The client itself ended the connection, for nothing was heard on it. */
  #gaveUp = false;
  #lastHeardMs = 0;
  #accepted = false;
  /** The next step of the roaming. */
  #roaming;
  /** Where its deliberate absence stands, and how to end its record. */
  #away;
  #returning = false;
  #settled = false;
  #over = false;
  constructor(options) {
    this.#options = options;
    const { plan, recorder, nowMs: nowMs2 } = options;
    for (const flow of recorder.flows) {
      for (const subscription of flow.subscriptions) {
        if (subscription.subscriber === plan) this.#byFlow.set(flow.plan.id, subscription);
      }
    }
    this.#unseen = new Set(this.#byFlow.keys());
    const { clientId, node, session } = plan;
    this.#session = recorder.session(clientId, node, "subscriber", [...this.#byFlow.keys()], session);
    this.#presence = recorder.client(clientId, node, "subscriber", nowMs2());
    this.client = createClient(options.endpoint, { clientId, clean: session === "clean" });
    this.client.on("packetsend", (packet) => {
      if (packet.cmd !== "connect") return;
      this.#presence.attempt(nowMs2());
      recorder.connecting(this.#session);
    });
    this.client.on("error", (error) => {
      if (error.message === "Keepalive timeout") this.#gaveUp = true;
    });
    this.client.on("packetreceive", (packet) => {
      this.#lastHeardMs = nowMs2();
      if (packet.cmd === "publish" && packet.qos === 2) this.#arrived(packet.topic, packet.payload);
      if (packet.cmd !== "connack") return;
      if (!isAccepted(packet)) {
        recorder.refused(this.#session);
        return;
      }
      if (this.#accepted && !this.#returning) recorder.reconnected(nowMs2());
      this.#accepted = true;
      this.#returning = false;
      recorder.connected(this.#session, packet.sessionPresent, nowMs2());
    });
    this.client.on("connect", (packet) => {
      this.#online = true;
      this.#gaveUp = false;
      if (packet.sessionPresent && this.#subscribed) {
        this.#serve();
        return;
      }
      this.#subscribed = false;
      this.#refused = /* @__PURE__ */ new Set();
      this.#presence.enter("connected", nowMs2());
      this.#subscribe();
    });
    this.client.on("close", () => {
      recorder.disconnected(this.#session, nowMs2());
      if (plan.session === "clean") {
        if (this.#online) recorder.cleanSessionEnded(plan, this.#gaveUp ? this.#lastHeardMs : nowMs2());
        this.#subscribed = false;
      }
      this.#online = false;
      this.#presence.enter("disconnected", nowMs2());
      this.#subscribing = false;
    });
    this.client.on("message", (topic, payload, packet) => this.#receive(topic, payload, packet));
  }
  connect() {
    this.client.connect();
  }
  /** Subscribed, and a warm-up message of every flow has arrived: from here on it is owed what is published. */
  get ready() {
    return this.#subscribed && this.#unseen.size === 0;
  }
  /** A CONNACK has let it in at least once. */
  get wasAccepted() {
    return this.#accepted;
  }
  get plan() {
    return this.#options.plan;
  }
  /** The flows of which nothing has arrived yet. */
  get missing() {
    return [...this.#unseen].flatMap((id) => this.#byFlow.get(id) ?? []);
  }
  /** Whether the broker refuses the filter, grants it, or has not answered the SUBSCRIBE. */
  answerTo(filter) {
    if (this.#refused.has(filter)) return "refused";
    return this.#subscribed || this.#refused.size > 0 ? "granted" : "none";
  }
  /** From now on the flow is nothing to this subscriber: what arrives of it is not noted, and not waited for. */
  leaveOut(flow) {
    this.#unseen.delete(flow);
    this.#leftOut.add(flow);
    this.#byFlow.delete(flow);
    const wanted = new Set([...this.#byFlow.values()].map(({ plan }) => plan.filter));
    this.#refused = new Set([...this.#refused].filter((filter) => wanted.has(filter)));
    if (this.#presence.stage === "connected" && this.#refused.size === 0 && !this.#subscribing) this.#granted([]);
  }
  /** Begins to leave and to come back, as its plan says, until `settle`. */
  startRoaming() {
    const { recorder, plan, nowMs: nowMs2 } = this.#options;
    const { roam } = plan;
    if (!roam || this.#roaming) return;
    const leave = async () => {
      if (!this.client.connected || !this.#subscribed) {
        this.#roaming = setTimeout(leave, leaveAgainMs);
        return;
      }
      const away = { state: "leaving", end: recorder.away(plan, nowMs2()) };
      this.#away = away;
      await ended(this.client, { force: false, returns: true });
      away.state = "gone";
      if (this.#settled) comeBack();
      else this.#roaming = setTimeout(comeBack, roam.awayMs);
    };
    const comeBack = () => {
      this.#return();
      if (!this.#settled) this.#roaming = setTimeout(leave, roam.onlineMs);
    };
    this.#roaming = setTimeout(leave, roam.onlineMs);
  }
  /** Ends the roaming with the subscriber online, so that it can get all that it is owed. */
  settle() {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#roaming);
    if (this.#away?.state === "gone") this.#return();
  }
  /** Leaves politely and comes back at once with its session, so that the broker sends again what it has kept for it. */
  async reconnect() {
    await ended(this.client, { force: false, returns: true });
    this.#return();
  }
  /** Disconnects, and takes the persistent session off the broker. */
  async end() {
    this.#settled = true;
    this.#over = true;
    clearTimeout(this.#roaming);
    await ended(this.client, { force: !this.client.connected });
    if (this.#options.plan.session === "persistent")
      await purgeSession(this.#options.endpoint, this.#options.plan.clientId);
  }
  /** Its absence ends when it sets out to return: a broker that does not let it in is not excused by it. */
  #return() {
    this.#away?.end(this.#options.nowMs());
    this.#away = void 0;
    if (this.#over) return;
    this.#returning = true;
    const stores = {
      incomingStore: this.client.options.incomingStore,
      outgoingStore: this.client.options.outgoingStore
    };
    this.client.reconnect(stores);
  }
  #subscribe() {
    if (this.#subscribing) return;
    if (this.#byFlow.size === 0) {
      this.#granted([]);
      return;
    }
    this.#subscribing = true;
    const wanted = {};
    for (const { filter, qos, flows } of this.#options.plan.subscriptions)
      if (flows.some((flow) => this.#byFlow.has(flow))) wanted[filter] = { qos };
    this.client.subscribe(wanted, (error, _, packet) => {
      this.#subscribing = false;
      if (packet?.granted === void 0) return;
      const filters = Object.keys(wanted);
      const codes = packet.granted.map(Number);
      this.#granted(filters.map((filter, i) => [filter, codes[i] ?? 128]));
      if (error) setTimeout(() => this.client.connected && !this.#subscribed && this.#subscribe(), 250).unref();
    });
  }
  #granted(codes) {
    const { recorder, nowMs: nowMs2 } = this.#options;
    const refused = new Set(codes.filter(([, code]) => code >= 128).map(([filter]) => filter));
    for (const [filter, code] of codes) {
      if (refused.has(filter) || this.#refused.size > 0 && !this.#refused.has(filter)) continue;
      recorder.subscribed(this.#session);
      for (const subscription of this.#byFlow.values())
        if (subscription.plan.filter === filter) recorder.granted(subscription, code, nowMs2());
    }
    this.#refused = refused;
    if (refused.size > 0) return;
    this.#subscribed = true;
    this.#serve();
  }
  #serve() {
    const { recorder, plan, nowMs: nowMs2 } = this.#options;
    this.#presence.enter("serving", nowMs2());
    recorder.served(plan);
  }
  #arrived(topic, payload) {
    const decoded = decodePayload(Buffer.from(payload));
    if (!decoded.ok || decoded.header.run !== this.#options.run || decoded.header.kind !== "flow") return;
    const { flow, sequence } = decoded.header;
    const subscription = this.#byFlow.get(flow);
    if (subscription?.flow.plan.topic === topic && sequence <= subscription.flow.offered)
      this.#options.recorder.arrived(subscription, sequence);
  }
  #receive(topic, payload, packet) {
    const { recorder, nowMs: nowMs2, run } = this.#options;
    const decoded = decodePayload(payload);
    if (!decoded.ok) {
      const why = decoded.why === "corrupt" ? "its CRC-32 does not match" : "it is no message of this workload";
      this.#odd(
        decoded.why,
        topic,
        `${payload.length} bytes: ${why}; they begin ${payload.subarray(0, 32).toString("hex")}`
      );
      return;
    }
    const { header } = decoded;
    if (header.run === run && this.#leftOut.has(header.flow)) return;
    const subscription = this.#byFlow.get(header.flow);
    if (header.run !== run || !subscription || subscription.flow.plan.topic !== topic) {
      this.#odd(
        "unsubscribed",
        topic,
        `flow ${header.flow}, message ${header.sequence}, which this client did not subscribe to on that topic`
      );
      return;
    }
    if (header.kind !== "flow") {
      this.#unseen.delete(header.flow);
      return;
    }
    if (header.sequence > subscription.flow.offered || header.sequence < 1) {
      this.#odd(
        "invented",
        topic,
        `message ${header.sequence} of flow ${header.flow}, of which ${subscription.flow.offered} were published`
      );
      return;
    }
    recorder.received(subscription, header.sequence, header.sentNs / 1e6, nowMs2(), packet);
  }
  #odd(kind, topic, detail) {
    const { clientId, node } = this.#options.plan;
    this.#options.recorder.odd(kind, { clientId, node, topic, atMs: this.#options.nowMs(), detail });
  }
};

// src/workload/flows/stream/stream.ts
var tickMs = 2;
var stream = {
  name: "stream",
  summary: "numbered messages at QoS 0, 1 and 2, fan-in, fan-out, persistent sessions that go away and come back",
  unavailable: () => void 0,
  open: (context) => new Stream(context)
};
var Stream = class {
  #recorder;
  #publishers;
  #subscribers;
  #nowMs;
  #options;
  #ticking;
  /** The last message of the warm-up that was written before a subscription was granted. */
  #grantedAfter = /* @__PURE__ */ new Map();
  constructor(options) {
    this.#options = options;
    this.#nowMs = options.nowMs;
    const { endpoints, features, ratePerSecond, prefix, run, payloadBytes, deadlineMs, nowMs: nowMs2 } = options;
    const plan = mixed({
      nodes: endpoints.map(({ node }) => node),
      features,
      ratePerSecond,
      prefix
    });
    const endpointOf = (node) => {
      const found = endpoints.find((endpoint) => endpoint.node === node);
      if (!found) throw new RangeError(`no endpoint for ${node}`);
      return found;
    };
    const recorder = new Recorder(plan, deadlineMs);
    this.#recorder = recorder;
    this.#publishers = recorder.flows.filter((flow) => flow.plan.ratePerSecond > 0).map((flow) => {
      const persistent = flow.plan.qos > 0 && features.persistentSessions.available;
      return new Publisher({
        flow,
        recorder,
        endpoint: endpointOf(flow.plan.node),
        run,
        payloadBytes,
        deadlineMs,
        persistent,
        nowMs: nowMs2
      });
    });
    this.#subscribers = plan.subscribers.map(
      (subscriber) => new Subscriber({ plan: subscriber, recorder, endpoint: endpointOf(subscriber.node), run, nowMs: nowMs2 })
    );
    for (const subscriber of this.#subscribers)
      for (const subscription of subscriber.missing) {
        const asked = this.#asked(subscription);
        if (options.unserved.some((unserved) => concerns(unserved, asked))) this.#leaveOut(subscriber, subscription);
      }
  }
  /**
   * Connects everybody and publishes until each subscription has seen a message from each of its publishers, so that all of them
   * are owed what follows. What has shown after `withinMs` that it does not work is left out of the workload and returned. Rejects when
   * nothing is shown: a publisher could not connect, or nothing at all works.
   */
  async warmUp(withinMs2) {
    const startedMs = this.#nowMs();
    for (const subscriber of this.#subscribers) subscriber.connect();
    for (const publisher of this.#publishers) publisher.connect();
    for (let sequence = 1; ; sequence++) {
      const isReady = this.#publishers.every(({ ready }) => ready) && this.#subscribers.every(({ ready }) => ready);
      if (isReady) return [];
      if (this.#nowMs() - startedMs > withinMs2) return this.#leaveOutUnserved(withinMs2);
      this.#noteGranted();
      for (const publisher of this.#publishers) publisher.warmUp(sequence);
      await sleep2(100);
    }
  }
  /** How many subscriptions are part of the workload. */
  get watched() {
    return this.#recorder.flows.reduce((sum, { subscriptions }) => sum + subscriptions.length, 0);
  }
  #noteGranted() {
    for (const subscriber of this.#subscribers)
      for (const subscription of subscriber.missing)
        if (!this.#grantedAfter.has(subscription) && subscriber.answerTo(subscription.plan.filter) === "granted")
          this.#grantedAfter.set(subscription, this.#publisherOf(subscription)?.warmUpsWritten ?? 0);
  }
  #publisherOf({ flow }) {
    return this.#publishers.find((publisher) => publisher.flow === flow.plan.name);
  }
  #leaveOutUnserved(waitedMs) {
    const away = [
      ...this.#publishers.filter(({ ready }) => !ready).map(({ flow }) => `the publisher of ${flow}`),
      ...this.#subscribers.filter(({ wasAccepted }) => !wasAccepted).map(({ plan }) => plan.clientId)
    ];
    if (away.length > 0) throw new Error(`no CONNACK within ${waitedMs} ms for ${named(away)}`);
    const silent = this.#subscribers.flatMap(
      (subscriber) => subscriber.missing.map((subscription) => ({
        subscriber,
        subscription,
        unserved: this.#unserved(subscriber, subscription, waitedMs)
      }))
    );
    const unclear = silent.filter(({ unserved }) => unserved === void 0);
    if (unclear.length > 0)
      throw new Error(
        `no message arrived within ${waitedMs} ms for: ${named(unclear.map(({ subscription }) => `${subscription.flow.plan.name} at ${subscription.subscriber.clientId}`))}`
      );
    for (const { subscriber, subscription } of silent) this.#leaveOut(subscriber, subscription);
    return silent.flatMap(({ unserved }) => unserved ?? []);
  }
  /** Why a subscription has seen nothing; undefined where too little was tried to say. */
  #unserved(subscriber, subscription, waitedMs) {
    const publisher = this.#publisherOf(subscription);
    if (!publisher) return void 0;
    const { qos } = subscription.flow.plan;
    const { written, acknowledged } = publisher.warmUpsAfter(this.#grantedAfter.get(subscription) ?? 0);
    const answer = subscriber.answerTo(subscription.plan.filter);
    const asked = { ...this.#asked(subscription), written, acknowledged, waitedMs };
    if (answer === "refused") return { why: "refused", ...asked };
    if (answer === "none") return { why: "not-granted", ...asked };
    if (written < leastAcknowledged) return void 0;
    if (qos > 0 && acknowledged === 0) return { why: "not-acknowledged", ...asked };
    return qos === 0 || acknowledged >= leastAcknowledged ? { why: "not-delivered", ...asked } : void 0;
  }
  #asked({
    subscriber,
    plan,
    flow
  }) {
    const short = (name) => name.replace(new RegExp(`^${this.#options.prefix}[-/]`), "");
    return {
      from: flow.plan.node,
      to: subscriber.node,
      filter: filterKindOf(plan.filter),
      filterText: short(plan.filter),
      qos: flow.plan.qos,
      client: short(subscriber.clientId),
      flow: flow.plan.name
    };
  }
  #leaveOut(subscriber, subscription) {
    subscriber.leaveOut(subscription.flow.plan.id);
    this.#recorder.leaveOut(subscription);
  }
  /** Publishing begins. */
  start(startMs) {
    const { ratePerSecond } = this.#options;
    const gapMs = ratePerSecond > 0 ? 1e3 / ratePerSecond : 0;
    this.#publishers.forEach((publisher, i) => {
      publisher.start(startMs + i * gapMs);
    });
    for (const subscriber of this.#subscribers) subscriber.startRoaming();
    this.#ticking = setInterval(() => {
      for (const publisher of this.#publishers) publisher.tick();
    }, tickMs);
  }
  mark(phase) {
    if (phase === "recover") this.#recorder.healed();
  }
  impact(impact, nowMs2) {
    return this.#recorder.impact(impact, nowMs2);
  }
  /** A phase begins, and the first of its windows. */
  openWindows(phase, nowMs2, windowMs) {
    this.#recorder.mark(phase, nowMs2, windowMs);
  }
  progress() {
    let published = 0;
    let acknowledged = 0;
    let delivered = 0;
    for (const window of this.#recorder.windows.all) {
      published += window.published;
      acknowledged += window.acknowledged;
      delivered += window.delivered;
    }
    return { published, acknowledged, delivered };
  }
  /** Milliseconds from `expected.fromMs` to the start of the first sustained steady window; null while there is none. */
  recovery(expected) {
    const bar = { ...expected, p99LatencyMs: Math.min(expected.p99LatencyMs, steadyBarMs(this.#worstSteadyP99Ms())) };
    return recoveryMs(this.#recorder.summaries({ histograms: false }), bar, this.#nowMs(), this.#options.deadlineMs);
  }
  /** How many subscriptions at QoS 0 have heard nothing since the recover phase began, of messages enough to say. */
  silent() {
    return this.#recorder.silent();
  }
  #worstSteadyP99Ms() {
    const steady = this.#recorder.windows.all.filter(
      ({ phase, latency }) => phase === "steady" && latency.totalCount > 0
    );
    return Math.max(0, ...steady.map(({ latency }) => latency.getValueAtPercentile(99) / 1e3));
  }
  /** Nothing new falls due; travellers come home. */
  stop() {
    for (const publisher of this.#publishers) publisher.stop();
    for (const subscriber of this.#subscribers) subscriber.settle();
  }
  standing(nowMs2) {
    const recorder = this.#recorder;
    return {
      outstanding: recorder.outstanding(),
      unsettled: this.#publishers.reduce((sum, publisher) => sum + publisher.unsettled, 0),
      // A client that is between two connections is waited for: it is not one that could not come back.
      absentSinceMs: recorder.absences(nowMs2),
      arriving: recorder.arriving(nowMs2),
      lastMovedMs: recorder.lastMovedMs
    };
  }
  async reconnectMissing() {
    const missing = this.#recorder.noteMissing();
    await Promise.all(
      this.#subscribers.filter(({ plan }) => missing.includes(plan)).map((subscriber) => subscriber.reconnect())
    );
    return missing.length;
  }
  finish(quietMs) {
    clearInterval(this.#ticking);
    for (const publisher of this.#publishers) publisher.settle(quietMs);
    return this.#recorder.history(this.#nowMs());
  }
  /** Every window with its measures. */
  windows() {
    return this.#recorder.summaries({ histograms: true });
  }
  /** Disconnects every client and takes their sessions off the broker. */
  async end() {
    clearInterval(this.#ticking);
    await Promise.all([...this.#publishers, ...this.#subscribers].map((client) => client.end()));
  }
};
function concerns(unserved, asked) {
  if (unserved.from !== asked.from || unserved.to !== asked.to) return false;
  if (unserved.client === null) return unserved.filter === asked.filter;
  return unserved.client === asked.client && unserved.flow === asked.flow && unserved.filterText === asked.filterText;
}
function named(names) {
  return names.slice(0, 6).join("; ") + (names.length > 6 ? `; and ${names.length - 6} more` : "");
}

// src/workload/flows/registry.ts
var flowKinds = { stream };

// src/workload/profiles.ts
var kindNames = Object.keys(flowKinds);
var leastStreams = 0.3;
var profiles = {
  mixed: { stream: 1 },
  ...Object.fromEntries(
    kindNames.map((name) => [
      name,
      name === "stream" ? { stream: 1 } : { stream: leastStreams, [name]: 1 - leastStreams }
    ])
  )
};

// src/workload/generator.ts
var Generator = class {
  #flows;
  /** Measures are taken from the streams: every profile has some. */
  #stream;
  #notRun;
  #nowMs;
  #impacts = /* @__PURE__ */ new Map();
  #quietMs = 0;
  constructor(options, nowMs2) {
    this.#nowMs = nowMs2;
    const { flows, notRun } = openFlows(options, nowMs2);
    const stream2 = flows.find(({ flow }) => flow instanceof Stream)?.flow;
    if (!(stream2 instanceof Stream)) throw new RangeError(`the profile ${options.profile} has no streams`);
    this.#flows = flows;
    this.#stream = stream2;
    this.#notRun = notRun;
  }
  /** Connects everybody and waits until everything works. What has shown that it does not is left out of the workload and returned. */
  async warmUp(withinMs2) {
    return (await Promise.all(this.#flows.map(({ flow }) => flow.warmUp(withinMs2)))).flat();
  }
  /** How many things there are that can be seen delivered. */
  get watched() {
    return this.#flows.reduce((sum, { flow }) => sum + flow.watched, 0);
  }
  /** Traffic begins; the first window opens. Returns when. */
  start(windowMs) {
    const startMs = Math.ceil(this.#nowMs());
    this.#stream.openWindows("steady", startMs, windowMs);
    for (const { flow } of this.#flows) flow.start(startMs);
    return startMs;
  }
  mark(phase, windowMs) {
    const nowMs2 = this.#nowMs();
    this.#stream.openWindows(phase, nowMs2, windowMs);
    for (const { flow } of this.#flows) flow.mark(phase, nowMs2);
    return nowMs2;
  }
  impactBegins(id, impact) {
    const nowMs2 = this.#nowMs();
    this.#impacts.set(
      id,
      this.#flows.map(({ flow }) => flow.impact(impact, nowMs2))
    );
  }
  impactEnds(id) {
    const nowMs2 = this.#nowMs();
    for (const end of this.#impacts.get(id) ?? []) end(nowMs2);
    this.#impacts.delete(id);
  }
  progress() {
    return this.#stream.progress();
  }
  /** Milliseconds from `expected.fromMs` to the start of the first sustained steady window; null while there is none. */
  recovery(expected) {
    return this.#stream.recovery(expected);
  }
  /** How many subscriptions at QoS 0 have heard nothing since the recover phase began, of messages enough to say. */
  silent() {
    return this.#stream.silent();
  }
  /** Nothing new falls due; travellers come home. */
  stop() {
    for (const { flow } of this.#flows) flow.stop();
  }
  /**
   * Waits until every operation is settled, every client is back and all that is owed has arrived, or nothing has moved for `quietMs`.
   * Clients that miss something then reconnect once with their session, and get another quiet period: what arrives in it was stuck.
   */
  async drain(options) {
    this.#quietMs = options.quietMs;
    const startedMs = this.#nowMs();
    const first = await this.#settle(options, startedMs);
    const reconnected = first.unfinished ? 0 : await this.#reconnectMissing();
    const last = reconnected === 0 ? first : await this.#settle(options, this.#nowMs());
    return { ...last, reconnected, tookMs: this.#nowMs() - startedMs };
  }
  async #reconnectMissing() {
    const counts = await Promise.all(this.#flows.map(({ flow }) => flow.reconnectMissing()));
    return counts.reduce((sum, count) => sum + count, 0);
  }
  async #settle({ quietMs, returnMs, withinMs: withinMs2 }, startedMs) {
    for (; ; ) {
      const nowMs2 = this.#nowMs();
      const { outstanding, unsettled, absentSinceMs, arriving, lastMovedMs } = this.#standing(nowMs2);
      const idleMs = nowMs2 - Math.max(startedMs, lastMovedMs);
      const isDone = outstanding === 0 && unsettled === 0 && absentSinceMs.length === 0;
      const isQuiet = (outstanding === 0 && unsettled === 0 ? true : idleMs >= quietMs) && absentSinceMs.every((sinceMs) => nowMs2 - Math.max(startedMs, sinceMs) >= returnMs) && arriving === 0;
      if (isDone || isQuiet || nowMs2 - startedMs >= withinMs2)
        return { outstanding, unsettled, absent: absentSinceMs.length, unfinished: !isDone && !isQuiet };
      await sleep3(50);
    }
  }
  #standing(nowMs2) {
    return this.#flows.map(({ flow }) => flow.standing(nowMs2)).reduce((all, one) => ({
      outstanding: all.outstanding + one.outstanding,
      unsettled: all.unsettled + one.unsettled,
      absentSinceMs: [...all.absentSinceMs, ...one.absentSinceMs],
      arriving: all.arriving + one.arriving,
      lastMovedMs: Math.max(all.lastMovedMs, one.lastMovedMs)
    }));
  }
  /** Closes the books; call after `drain`. */
  finish() {
    const facts = Object.fromEntries(this.#flows.map(({ name, flow }) => [name, flow.finish(this.#quietMs)]));
    return { history: { facts, notRun: this.#notRun }, windows: this.#stream.windows() };
  }
  /** Disconnects every client and takes what the broker keeps for them off it. */
  async end() {
    await Promise.all(this.#flows.map(({ flow }) => flow.end()));
  }
};
function openFlows(options, nowMs2) {
  const shares = profiles[options.profile];
  if (shares === void 0) throw new RangeError(`there is no profile ${options.profile}`);
  const notRun = {};
  const wanted = [];
  for (const kind of Object.values(flowKinds)) {
    const share = shares[kind.name] ?? 0;
    if (share === 0) continue;
    const why = kind.unavailable(options);
    if (why === void 0) wanted.push({ kind, share });
    else notRun[kind.name] = why;
  }
  const left = 1 - wanted.reduce((sum, { share }) => sum + share, 0);
  const flows = wanted.map(({ kind, share }) => ({
    name: kind.name,
    flow: kind.open(contextOf(options, kind.name, kind.name === "stream" ? share + left : share, nowMs2))
  }));
  return { flows, notRun };
}
function contextOf(options, kind, share, nowMs2) {
  const { endpoints, features, ratePerSecond, payloadBytes, deadlineMs, prefix, run, seed, unserved = [] } = options;
  return {
    ...{ endpoints, features, payloadBytes, deadlineMs, run, unserved, nowMs: nowMs2 },
    ratePerSecond: ratePerSecond * share,
    // The streams have the scenario's own: known issues of earlier versions name their clients.
    prefix: kind === "stream" ? prefix : `${prefix}-${kind}`,
    random: createRandom(`${seed}/workload/${kind}`)
  };
}

// src/workload/paths.ts
var filterKinds = ["exact", "wildcard"];
var publishEveryMs = 250;
var refusedForMs = 3e3;
async function checkPaths(endpoints, options) {
  const { nowMs: nowMs2, prefix, except = [] } = options;
  const nodes = endpoints.map(({ node }) => node);
  const paths = nodes.flatMap((from) => nodes.flatMap((to) => filterKinds.map((filter) => ({ from, to, filter })))).filter((path) => !except.some(samePath(path))).map((path) => new Watched(path));
  const startedMs = nowMs2();
  const accepted = /* @__PURE__ */ new Map();
  await new Promise((resolve) => {
    let over = false;
    let lastHeardMs = startedMs;
    const clients = endpoints.map((endpoint) => {
      const { node } = endpoint;
      const client = createClient(endpoint, { clientId: `${prefix}-${node}`, clean: true });
      client.on("connect", () => {
        if (!accepted.has(node)) accepted.set(node, nowMs2());
        subscribe(client, node);
      });
      client.on("close", () => {
        for (const path of paths) if (path.to === node) path.subscribed = false;
      });
      client.on("message", (topic) => {
        const path = paths.find(({ from, to, filter }) => to === node && topic === topicOf(prefix, from, filter));
        if (!path) return;
        path.atMs ??= nowMs2();
        lastHeardMs = nowMs2();
        finishWhenAllHeard();
      });
      client.connect();
      return client;
    });
    function subscribe(client, node) {
      for (const filter of filterKinds) {
        const own = paths.filter((path) => path.to === node && path.filter === filter);
        if (over || !client.connected || own.length === 0) continue;
        client.subscribe(filtersOf(prefix, own), { qos: 1 }, (error, _, packet) => {
          const isRefused = packet?.granted?.some((code) => Number(code) >= 128) === true;
          for (const path of own) {
            path.subscribed = !error;
            path.refused = isRefused;
          }
          if (error) setTimeout(() => subscribe(client, node), publishEveryMs).unref();
        });
      }
    }
    function publish(client, node, filter) {
      const unheard = paths.filter((path) => path.from === node && path.filter === filter && path.atMs === null);
      if (!client.connected || unheard.length === 0) return;
      const owed = unheard.filter(({ subscribed }) => subscribed);
      client.publish(topicOf(prefix, node, filter), "path", { qos: 1 }, (error) => {
        if (!error) {
          for (const path of owed) if (path.atMs === null) path.acknowledged++;
        }
      });
    }
    const publishing = setInterval(() => {
      finishWhenAllHeard();
      clients.forEach((client, i) => {
        for (const filter of filterKinds) publish(client, nodes[i], filter);
      });
    }, publishEveryMs);
    const timer = setTimeout(finish, options.withinMs);
    options.signal?.addEventListener("abort", finish, { once: true });
    if (options.signal?.aborted) finish();
    function finishWhenAllHeard() {
      const unheard = paths.filter(({ atMs }) => atMs === null);
      const rest = options.refusalsDecide && nowMs2() - lastHeardMs >= refusedForMs ? unheard.filter((path) => !path.refused) : unheard;
      if (rest.length === 0 && accepted.size === nodes.length) finish();
    }
    function finish() {
      if (over) return;
      over = true;
      clearInterval(publishing);
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", finish);
      Promise.all(clients.map((client) => ended(client, { force: true }))).then(() => resolve());
    }
  });
  return {
    startedMs,
    endedMs: nowMs2(),
    accepted: nodes.map((node) => ({ node, atMs: accepted.get(node) ?? null })),
    paths: paths.map((path) => path.seen())
  };
}
var Watched = class {
  from;
  to;
  filter;
  subscribed = false;
  refused = false;
  acknowledged = 0;
  atMs = null;
  constructor({ from, to, filter }) {
    this.from = from;
    this.to = to;
    this.filter = filter;
  }
  seen() {
    const { from, to, filter, atMs, acknowledged, refused } = this;
    return { from, to, filter, atMs, acknowledged, refused };
  }
};
function topicOf(prefix, from, filter) {
  return `${prefix}/${filter}/${from}`;
}
function filtersOf(prefix, paths) {
  return [
    ...new Set(
      paths.map(({ from, filter }) => filter === "exact" ? topicOf(prefix, from, filter) : `${prefix}/wildcard/+`)
    )
  ];
}

// src/workload/worker.ts
var nowMs = systemClock.nowMs;
var lag = watchLoopLag();
var generator;
function current() {
  if (!generator) throw new Error("no scenario has begun");
  return generator;
}
var methods = {
  probeFeatures: (endpoint) => probeFeatures(endpoint),
  checkPaths: ({ endpoints, ...options }) => checkPaths(endpoints, { ...options, nowMs }),
  async begin(options) {
    generator = new Generator(options, nowMs);
    const unserved = await generator.warmUp(options.warmUpWithinMs);
    return { unserved, watched: generator.watched };
  },
  start: (windowMs) => current().start(windowMs),
  mark: ({ phase, windowMs }) => {
    if (phase === "hold" || phase === "recover") lag.reset();
    return current().mark(phase, windowMs);
  },
  impactBegins: ({ id, impact }) => current().impactBegins(id, impact),
  impactEnds: (id) => current().impactEnds(id),
  progress: () => current().progress(),
  recovery: (expected) => current().recovery(expected),
  silent: () => current().silent(),
  stop: () => current().stop(),
  drain: (options) => current().drain(options),
  finish: () => current().finish(),
  async end() {
    await generator?.end();
    generator = void 0;
  },
  lag: () => lag.read()
};
if (parentPort) serve(parentPort, "workload", methods);
