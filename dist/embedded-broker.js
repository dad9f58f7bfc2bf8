import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  require_prom_client
} from "./chunks/chunk-NZ7CLRVE.js";
import {
  isMutant,
  mutantDelayMs,
  mutants
} from "./chunks/chunk-YHYBUQ3X.js";
import {
  require_mqtt
} from "./chunks/chunk-53UEWYNP.js";
import {
  exitCodes,
  messageOf
} from "./chunks/chunk-EV4V3EIO.js";
import {
  __toESM
} from "./chunks/chunk-6DG7BXTN.js";

// src/embedded/main.ts
import { parseArgs } from "node:util";

// src/embedded/broker.ts
import { randomUUID } from "node:crypto";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";

// src/embedded/client-connection.ts
var import_mqtt_packet = __toESM(require_mqtt(), 1);

// src/embedded/topics.ts
function isTopicName(name) {
  return isTopicText(name) && !/[+#]/.test(name);
}
function isTopicFilter(filter) {
  if (!isTopicText(filter)) return false;
  const levels = filter.split("/");
  return levels.every((level, index) => {
    if (level === "#") return index === levels.length - 1;
    return level === "+" || !/[+#]/.test(level);
  });
}
function hasWildcard(filter) {
  return /[+#]/.test(filter);
}
function matchesTopic(filter, topic) {
  if (topic.startsWith("$") && hasWildcard(filter.slice(0, 1))) return false;
  const filterLevels = filter.split("/");
  const topicLevels = topic.split("/");
  for (const [index, level] of filterLevels.entries()) {
    if (level === "#") return true;
    const actual = topicLevels[index];
    if (actual === void 0 || level !== "+" && level !== actual) return false;
  }
  return filterLevels.length === topicLevels.length;
}
function isTopicText(text) {
  return text.length > 0 && !text.includes("\0") && !text.includes("\uFFFD");
}

// src/embedded/client-connection.ts
var backlogLimitBytes = 1024 * 1024;
var connectWithinMs = 1e4;
var ClientConnection = class {
  socket;
  host;
  clientId;
  open = true;
  corked = false;
  lastHeardMs = performance.now();
  allowedSilenceMs = connectWithinMs;
  overdueChecks = 0;
  constructor(socket, host) {
    this.socket = socket;
    this.host = host;
    socket.setNoDelay(true);
    const packets = (0, import_mqtt_packet.parser)();
    let parsed = [];
    let malformed = false;
    packets.on("packet", (packet) => parsed.push(packet));
    packets.on("error", () => {
      malformed = true;
    });
    socket.on("data", (chunk) => {
      this.lastHeardMs = performance.now();
      this.overdueChecks = 0;
      try {
        if (this.open) packets.parse(chunk);
      } catch {
        malformed = true;
      }
      for (const packet of parsed) this.receive(packet);
      parsed = [];
      if (malformed) this.end(true);
    });
    socket.on("error", () => {
    });
    socket.on("close", () => {
      this.end(true);
      host.closed(this);
    });
  }
  /** Puts a packet on the wire. The caller sees to it that what the packet promises is in the journal. */
  send(packet) {
    if (!this.open) return;
    if (packet.cmd === "publish") {
      if (packet.qos === 0 && this.socket.writableLength > backlogLimitBytes) {
        this.host.dropped("client-backlog");
        return;
      }
      if (!packet.dup) this.host.delivered(packet.qos);
    }
    if (!this.corked) {
      this.corked = true;
      this.socket.cork();
      process.nextTick(() => {
        this.corked = false;
        this.socket.uncork();
      });
    }
    this.socket.write((0, import_mqtt_packet.generate)(packet));
  }
  /**
   * Closes a client that has been silent for one and a half times its keep alive [MQTT-3.1.2-24]. Only the second check in
   * a row counts: a process that was stopped for a while runs its timers before it reads what has arrived meanwhile.
   */
  checkSilence(nowMs) {
    if (this.allowedSilenceMs === 0 || nowMs - this.lastHeardMs <= this.allowedSilenceMs) return;
    this.overdueChecks += 1;
    if (this.overdueChecks > 1) this.end(true);
  }
  /** Closes without an event: the session has gone on without this connection, or the whole node is stopping. */
  abandon() {
    this.clientId = void 0;
    this.end(true);
  }
  end(abnormal) {
    if (!this.open) return;
    this.open = false;
    const { clientId } = this;
    if (clientId !== void 0) {
      this.host.detach(clientId, this);
      this.host.dispatch({ type: "disconnect", clientId, abnormal, nowMs: Date.now() });
    }
    if (abnormal) this.socket.destroy();
    else this.socket.destroySoon();
  }
  receive(packet) {
    if (!this.open) return;
    try {
      if (this.clientId === void 0) this.receiveFirst(packet);
      else this.receiveNext(this.clientId, packet);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.end(true);
    }
  }
  receiveFirst(packet) {
    if (packet.cmd !== "connect") throw new ProtocolError("not CONNECT first [MQTT-3.1.0-1]");
    const spoken = packet.protocolId === "MQIsdp" ? 3 : 4;
    const refusal = packet.protocolVersion !== spoken || isBridge(packet) ? 1 : packet.clientId === "" && !packet.clean ? 2 : 0;
    if (refusal > 0) {
      this.refuse(refusal);
      return;
    }
    const clientId = packet.clientId === "" ? this.host.newClientId() : packet.clientId;
    const will = willOf(packet);
    this.clientId = clientId;
    this.allowedSilenceMs = (packet.keepalive ?? 0) * 1500;
    this.host.attach(clientId, this);
    this.host.dispatch({ type: "connect", clientId, clean: packet.clean === true, will, nowMs: Date.now() });
  }
  /** [MQTT-3.1.2-2], [MQTT-3.1.3-8] */
  refuse(returnCode) {
    this.send({ cmd: "connack", returnCode, sessionPresent: false });
    this.end(false);
  }
  receiveNext(clientId, packet) {
    switch (packet.cmd) {
      case "publish":
        this.host.publish(clientId, packet.qos === 0 ? void 0 : idOf(packet), messageOfPublish(packet));
        break;
      case "puback":
      case "pubrec":
      case "pubrel":
      case "pubcomp":
        this.host.dispatch({ type: packet.cmd, clientId, messageId: idOf(packet) });
        break;
      case "subscribe": {
        const filters = packet.subscriptions.map(({ topic, qos }) => ({ filter: validFilter(topic), qos }));
        if (filters.length === 0) throw new ProtocolError("empty SUBSCRIBE [MQTT-3.8.3-3]");
        this.host.dispatch({ type: "subscribe", clientId, messageId: idOf(packet), filters });
        break;
      }
      case "unsubscribe": {
        const filters = packet.unsubscriptions.map(validFilter);
        if (filters.length === 0) throw new ProtocolError("empty UNSUBSCRIBE [MQTT-3.10.3-2]");
        this.host.dispatch({ type: "unsubscribe", clientId, messageId: idOf(packet), filters });
        break;
      }
      case "pingreq":
        this.send({ cmd: "pingresp" });
        break;
      case "disconnect":
        this.end(false);
        break;
      default:
        throw new ProtocolError(`${packet.cmd} from a client`);
    }
  }
};
var ProtocolError = class extends Error {
};
function idOf(packet) {
  const id = packet.messageId ?? 0;
  if (id < 1) throw new ProtocolError("no packet id [MQTT-2.3.1-1]");
  return id;
}
function validFilter(filter) {
  if (!isTopicFilter(filter)) throw new ProtocolError("malformed topic filter [MQTT-4.7.1-2]");
  return filter;
}
function messageOfPublish(packet) {
  const { topic, payload, qos, retain: retain2 } = packet;
  if (!isTopicName(topic)) throw new ProtocolError("malformed topic [MQTT-3.3.2-2]");
  if (qos === 0 && packet.dup) throw new ProtocolError("DUP at QoS 0 [MQTT-3.3.1-2]");
  return { topic, payload: Buffer.from(payload), qos, retain: retain2 };
}
function willOf(packet) {
  if (packet.will === void 0) return void 0;
  const { topic, payload, qos = 0, retain: retain2 = false } = packet.will;
  if (!isTopicName(topic) || qos > 2) throw new ProtocolError("malformed will [MQTT-3.1.2-14]");
  return { topic, payload: Buffer.from(payload), qos, retain: retain2 };
}
function isBridge(packet) {
  return "bridgeMode" in packet && packet.bridgeMode === true;
}

// src/embedded/journal.ts
import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync
} from "node:fs";
import { join } from "node:path";

// src/embedded/frame.ts
import { deserialize, serialize } from "node:v8";
import { crc32 } from "node:zlib";
var headerBytes = 8;
var frameLimitBytes = 300 * 1024 * 1024;
function encodeFrame(value) {
  const body = serialize(value);
  const header = Buffer.allocUnsafe(headerBytes);
  header.writeUInt32LE(body.length, 0);
  header.writeUInt32LE(crc32(body), 4);
  return Buffer.concat([header, body]);
}
function decodeFrame(bytes, start2) {
  if (bytes.length - start2 < headerBytes) return { kind: "incomplete" };
  const bodyStart = start2 + headerBytes;
  const end = bodyStart + bytes.readUInt32LE(start2);
  if (end > bytes.length) return { kind: "incomplete" };
  const body = bytes.subarray(bodyStart, end);
  if (crc32(body) !== bytes.readUInt32LE(start2 + 4)) return { kind: "corrupt" };
  try {
    return { kind: "value", value: deserialize(body), end };
  } catch {
    return { kind: "corrupt" };
  }
}
var FrameReader = class {
  rest = Buffer.alloc(0);
  /** The frames that `chunk` completes, or undefined when the stream is not one of frames. */
  read(chunk) {
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const values = [];
    let start2 = 0;
    for (; ; ) {
      const decoded = decodeFrame(bytes, start2);
      if (decoded.kind === "corrupt") return void 0;
      if (decoded.kind === "incomplete") break;
      values.push(decoded.value);
      start2 = decoded.end;
    }
    this.rest = bytes.subarray(start2);
    if (this.rest.length > 4 && this.rest.readUInt32LE(0) > frameLimitBytes) return void 0;
    return values;
  }
};

// src/embedded/journal.ts
var Journal = class _Journal {
  file;
  fd;
  waiting = [];
  compactAtBytes;
  minCompactBytes;
  size;
  constructor(file, minCompactBytes) {
    this.file = file;
    this.fd = openSync(file, "a");
    this.size = fstatSync(this.fd).size;
    this.minCompactBytes = minCompactBytes;
    this.compactAtBytes = minCompactBytes;
  }
  /** Opens the journal of `folder`, making it if need be, and calls back with what is in it. A torn last record is cut off. */
  static open(folder, options) {
    mkdirSync(folder, { recursive: true });
    const journal = new _Journal(join(folder, "journal"), options.minCompactBytes ?? 32 * 1024 * 1024);
    const bytes = readFileSync(journal.file);
    let end = 0;
    for (; ; ) {
      const decoded = decodeFrame(bytes, end);
      if (decoded.kind !== "value") break;
      if (end === 0) options.restore(decoded.value);
      else options.replay(decoded.value);
      end = decoded.end;
    }
    const cutBytes = bytes.length - end;
    if (cutBytes > 0) ftruncateSync(journal.fd, end);
    journal.size = end;
    if (end === 0) {
      const snapshot = options.create();
      journal.waiting.push(encodeFrame(snapshot));
      journal.commit();
      options.restore(snapshot);
    }
    return { journal, cutBytes };
  }
  get bytes() {
    return this.size;
  }
  append(event) {
    this.waiting.push(encodeFrame(event));
  }
  /**
   * Writes what was appended. Throws when the disk refuses (full, say); what is left stays in memory and the next call
   * goes on at the very byte, so the file never has a torn record in its middle.
   */
  commit() {
    if (this.waiting.length === 0) return;
    let rest = this.waiting.length === 1 && this.waiting[0] ? this.waiting[0] : Buffer.concat(this.waiting);
    try {
      while (rest.length > 0) {
        const written = writeSync(this.fd, rest);
        this.size += written;
        rest = rest.subarray(written);
      }
    } finally {
      this.waiting = rest.length > 0 ? [rest] : [];
    }
  }
  /** Puts a snapshot in the place of the events once there are many, provided that none of its events is yet to be written. */
  compactIfLarge(snapshot) {
    if (this.size < this.compactAtBytes || this.waiting.length > 0) return;
    const fresh = `${this.file}.new`;
    try {
      const record = encodeFrame(snapshot);
      const fd = openSync(fresh, "w");
      try {
        for (let at = 0; at < record.length; ) at += writeSync(fd, record, at);
      } finally {
        closeSync(fd);
      }
      const appendFd = openSync(fresh, "a");
      renameSync(fresh, this.file);
      closeSync(this.fd);
      this.fd = appendFd;
      this.size = record.length;
    } catch {
      rmSync(fresh, { force: true });
    }
    this.compactAtBytes = Math.max(this.minCompactBytes, 2 * this.size);
  }
  close() {
    closeSync(this.fd);
  }
};

// src/embedded/metrics.ts
var import_prom_client = __toESM(require_prom_client(), 1);
function createMetrics() {
  const registry = new import_prom_client.Registry();
  const registers = [registry];
  (0, import_prom_client.collectDefaultMetrics)({ register: registry });
  const counter = (name, help, label) => new import_prom_client.Counter({ name, help, labelNames: [label], registers });
  const received = counter("broker_messages_received_total", "PUBLISH packets taken from clients.", "qos");
  const delivered = counter(
    "broker_messages_delivered_total",
    "PUBLISH packets sent to clients, repetitions not counted.",
    "qos"
  );
  const dropped = counter("broker_messages_dropped_total", "QoS 0 messages dropped.", "reason");
  for (const qos of [0, 1, 2]) {
    received.inc({ qos }, 0);
    delivered.inc({ qos }, 0);
  }
  for (const reason of ["client-backlog", "peer-backlog", "peer-down", "disk"]) dropped.inc({ reason }, 0);
  return {
    registry,
    received,
    delivered,
    dropped,
    peerConnects: counter(
      "broker_peer_connects_total",
      "How often the link to a peer was made, the first time included.",
      "peer"
    ),
    /** Adds the gauges once there is something to read. */
    watch(peers, source) {
      const gauge = (name, help, read) => {
        new import_prom_client.Gauge({
          name,
          help,
          registers,
          collect() {
            this.set(read());
          }
        });
      };
      const peerGauge = (name, help, read) => {
        new import_prom_client.Gauge({
          name,
          help,
          registers,
          labelNames: ["peer"],
          collect() {
            for (const peer of peers) this.set({ peer }, read(peer));
          }
        });
      };
      gauge("broker_clients_connected", "Clients connected now.", source.connectedClients);
      gauge("broker_sessions", "Sessions, of connected and of absent clients.", source.sessions);
      gauge("broker_queued_messages", "Messages that sessions have yet to acknowledge.", source.queuedMessages);
      gauge("broker_journal_bytes", "Size of the journal.", source.journalBytes);
      peerGauge("broker_outbox_messages", "Items that a peer has yet to confirm.", source.outboxLength);
      peerGauge(
        "broker_peer_connected",
        "1 while the links to and from a peer are up.",
        (peer) => Number(source.isPeerUp(peer))
      );
    }
  };
}

// src/embedded/peers.ts
import { connect as connect2 } from "node:net";

// src/embedded/stamp.ts
function stampAfter(latest, node, nowMs) {
  if (nowMs > latest.wallMs) return { wallMs: nowMs, counter: 0, node };
  return { wallMs: latest.wallMs, counter: latest.counter + 1, node };
}
function isLater(a, b) {
  if (a.wallMs !== b.wallMs) return a.wallMs > b.wallMs;
  if (a.counter !== b.counter) return a.counter > b.counter;
  return a.node > b.node;
}

// src/embedded/state.ts
var inFlightLimit = 100;
function emptyState(name, epoch) {
  return {
    name,
    epoch,
    mutant: void 0,
    latest: { wallMs: 0, counter: 0, node: name },
    sessions: /* @__PURE__ */ new Map(),
    exactFilters: /* @__PURE__ */ new Map(),
    wildcardFilters: /* @__PURE__ */ new Map(),
    retained: /* @__PURE__ */ new Map(),
    outboxes: /* @__PURE__ */ new Map(),
    inboxes: /* @__PURE__ */ new Map(),
    peerEpochs: /* @__PURE__ */ new Map()
  };
}
function apply(state, event) {
  const out = [];
  switch (event.type) {
    case "start":
      start(state, event, out);
      break;
    case "connect":
      connect(state, event, out);
      break;
    case "peer-item":
      applyItem(state, event, out);
      break;
    case "peer-welcome":
      welcome(state, event);
      break;
    case "peer-confirm":
      confirm(state, event.peer, event.seq);
      break;
    case "forget-inbox":
      state.inboxes.delete(inboxKey(event.peer, event.epoch));
      break;
    case "late-backlog":
      for (const session of state.sessions.values()) {
        session.queue.push(...session.late.splice(0, event.count));
        fill(session, out);
      }
      break;
    default: {
      const session = state.sessions.get(event.clientId);
      if (session !== void 0) applyToSession(state, session, event, out);
    }
  }
  return out;
}
function routeQos0(state, message, origin) {
  const out = [];
  route(state, message, origin, out);
  return out;
}
function lastSeqOf(state, peer, epoch) {
  return state.inboxes.get(inboxKey(peer, epoch)) ?? 0;
}
function applyToSession(state, session, event, out) {
  const { clientId } = session;
  switch (event.type) {
    case "disconnect":
      close(state, session, event.abnormal, event.nowMs, out);
      break;
    case "subscribe":
      subscribe(state, session, event, out);
      break;
    case "unsubscribe":
      for (const filter of event.filters) removeSubscription(state, session, filter);
      out.push({ kind: "send", clientId, packet: { cmd: "unsuback", messageId: event.messageId, granted: [] } });
      break;
    case "publish":
      publishFromClient(state, session, event, out);
      break;
    case "pubrel":
      session.received.delete(event.messageId);
      out.push({ kind: "send", clientId, packet: { cmd: "pubcomp", messageId: event.messageId } });
      break;
    case "puback":
      if (session.inFlight.get(event.messageId)?.qos === 1) session.inFlight.delete(event.messageId);
      fill(session, out);
      break;
    case "pubrec":
      if (session.inFlight.get(event.messageId)?.qos === 2) {
        session.inFlight.delete(event.messageId);
        session.released.add(event.messageId);
      }
      out.push({ kind: "send", clientId, packet: { cmd: "pubrel", messageId: event.messageId } });
      break;
    case "pubcomp":
      session.released.delete(event.messageId);
      fill(session, out);
      break;
    case "remember-id":
      session.received.add(event.messageId);
      out.push({ kind: "send", clientId, packet: { cmd: "pubrec", messageId: event.messageId } });
      break;
    case "connect":
      break;
  }
}
function start(state, event, out) {
  state.mutant = event.mutant;
  for (const peer of state.outboxes.keys()) if (!event.peers.includes(peer)) state.outboxes.delete(peer);
  for (const peer of event.peers) {
    if (!state.outboxes.has(peer)) state.outboxes.set(peer, { nextSeq: 1, items: /* @__PURE__ */ new Map() });
  }
  if (state.mutant === "forget-outbox") for (const outbox of state.outboxes.values()) outbox.items.clear();
  for (const session of [...state.sessions.values()]) {
    if (session.connectedAt !== void 0) close(state, session, true, event.nowMs, out);
  }
}
function connect(state, event, out) {
  const { clientId } = event;
  const before = state.sessions.get(clientId);
  if (before?.connectedAt !== void 0) close(state, before, true, event.nowMs, out);
  if (event.clean && state.sessions.has(clientId)) removeSession(state, clientId);
  const kept = state.sessions.get(clientId);
  const session = kept ?? newSession(clientId, event.clean);
  state.sessions.set(clientId, session);
  if (state.mutant === "forget-session" && kept !== void 0) forget(state, kept);
  const stamp = tick(state, event.nowMs);
  session.connectedAt = stamp;
  session.will = event.will;
  tellPeers(state, { kind: "connected", clientId, stamp });
  out.push({ kind: "send", clientId, packet: { cmd: "connack", returnCode: 0, sessionPresent: kept !== void 0 } });
  resume(state, session, out);
}
function resume(state, session, out) {
  const { clientId } = session;
  for (const messageId of session.released) out.push({ kind: "send", clientId, packet: { cmd: "pubrel", messageId } });
  for (const [messageId, delivery] of session.inFlight) out.push(publishPacket(clientId, delivery, messageId, true));
  if (state.mutant === "reorder-after-reconnect") {
    session.late = session.late.concat(session.queue);
    session.queue = [];
  }
  fill(session, out);
}
function close(state, session, withWill, nowMs, out) {
  const { will } = session;
  session.connectedAt = void 0;
  session.will = void 0;
  if (session.clean) removeSession(state, session.clientId);
  if (withWill && will !== void 0) publish(state, will, nowMs, out);
}
function newSession(clientId, clean) {
  return {
    clientId,
    clean,
    connectedAt: void 0,
    will: void 0,
    subscriptions: /* @__PURE__ */ new Map(),
    received: /* @__PURE__ */ new Set(),
    inFlight: /* @__PURE__ */ new Map(),
    released: /* @__PURE__ */ new Set(),
    queue: [],
    lastId: 0,
    late: []
  };
}
function removeSession(state, clientId) {
  const session = state.sessions.get(clientId);
  if (session === void 0) return;
  for (const filter of [...session.subscriptions.keys()]) removeSubscription(state, session, filter);
  state.sessions.delete(clientId);
}
function forget(state, session) {
  for (const filter of [...session.subscriptions.keys()]) removeSubscription(state, session, filter);
  session.inFlight.clear();
  session.queue = [];
}
function subscribe(state, session, event, out) {
  const { clientId } = session;
  for (const { filter, qos } of event.filters) {
    session.subscriptions.set(filter, qos);
    const filters = filtersLike(state, filter);
    const granted2 = filters.get(filter) ?? /* @__PURE__ */ new Map();
    filters.set(filter, granted2.set(clientId, qos));
  }
  const granted = event.filters.map(({ qos }) => qos);
  out.push({ kind: "send", clientId, packet: { cmd: "suback", messageId: event.messageId, granted } });
  for (const { filter, qos } of event.filters) {
    for (const [topic, { message }] of state.retained) {
      if (message.payload.length > 0 && matchesTopic(filter, topic)) deliver(session, message, qos, true, out);
    }
  }
}
function removeSubscription(state, session, filter) {
  session.subscriptions.delete(filter);
  const filters = filtersLike(state, filter);
  const granted = filters.get(filter);
  granted?.delete(session.clientId);
  if (granted?.size === 0) filters.delete(filter);
}
function filtersLike(state, filter) {
  return hasWildcard(filter) ? state.wildcardFilters : state.exactFilters;
}
function publishFromClient(state, session, event, out) {
  const { clientId } = session;
  const { message, messageId } = event;
  if (messageId === void 0 || message.qos === 0) {
    publish(state, message, event.nowMs, out);
    return;
  }
  if (message.qos === 1) {
    publish(state, message, event.nowMs, out);
    out.push({ kind: "send", clientId, packet: { cmd: "puback", messageId } });
    return;
  }
  if (!session.received.has(messageId)) {
    session.received.add(messageId);
    publish(state, message, event.nowMs, out);
  }
  out.push({ kind: "send", clientId, packet: { cmd: "pubrec", messageId } });
}
function publish(state, message, nowMs, out) {
  const stamp = tick(state, nowMs);
  retain(state, message, stamp);
  tellPeers(state, { kind: "message", message, stamp });
  route(state, message, "client", out);
}
function tick(state, nowMs) {
  state.latest = stampAfter(state.latest, state.name, nowMs);
  return state.latest;
}
function tellPeers(state, item) {
  for (const outbox of state.outboxes.values()) append(outbox, item);
}
function append(outbox, item) {
  outbox.items.set(outbox.nextSeq, item);
  outbox.nextSeq += 1;
}
function retain(state, message, stamp) {
  if (!message.retain) return;
  const kept = state.retained.get(message.topic);
  if (kept === void 0 || isLater(stamp, kept.stamp)) state.retained.set(message.topic, { message, stamp });
}
function route(state, message, origin, out) {
  const highest = /* @__PURE__ */ new Map();
  const collect = (granted) => {
    for (const [clientId, qos] of granted) {
      const other = highest.get(clientId);
      if (other === void 0 || qos > other) highest.set(clientId, qos);
    }
  };
  const exact = state.exactFilters.get(message.topic);
  if (exact !== void 0) collect(exact);
  const reachesWildcards = state.mutant !== "local-wildcards" || origin === "client";
  if (reachesWildcards) {
    for (const [filter, granted] of state.wildcardFilters) if (matchesTopic(filter, message.topic)) collect(granted);
  }
  for (const [clientId, qos] of highest) {
    const session = state.sessions.get(clientId);
    if (session !== void 0) deliver(session, message, qos, false, out);
  }
}
function deliver(session, message, granted, asRetained, out) {
  const qos = message.qos < granted ? message.qos : granted;
  if (qos === 0) {
    if (session.connectedAt !== void 0) {
      const packet = {
        cmd: "publish",
        topic: message.topic,
        payload: message.payload,
        qos,
        dup: false,
        retain: asRetained
      };
      out.push({ kind: "send", clientId: session.clientId, packet });
    }
    return;
  }
  session.queue.push({ message, qos, retain: asRetained });
  fill(session, out);
}
function fill(session, out) {
  if (session.connectedAt === void 0) return;
  while (session.inFlight.size + session.released.size < inFlightLimit) {
    const delivery = session.queue.shift();
    if (delivery === void 0) return;
    const messageId = freeId(session);
    session.inFlight.set(messageId, delivery);
    out.push(publishPacket(session.clientId, delivery, messageId, false));
  }
}
function freeId(session) {
  do {
    session.lastId = session.lastId % 65535 + 1;
  } while (session.inFlight.has(session.lastId) || session.released.has(session.lastId));
  return session.lastId;
}
function publishPacket(clientId, delivery, messageId, dup) {
  const { topic, payload } = delivery.message;
  return {
    kind: "send",
    clientId,
    packet: { cmd: "publish", topic, payload, qos: delivery.qos, dup, retain: delivery.retain, messageId }
  };
}
function applyItem(state, event, out) {
  const key = inboxKey(event.peer, event.epoch);
  if (event.seq <= (state.inboxes.get(key) ?? 0)) return;
  state.inboxes.set(key, event.seq);
  const { item } = event;
  if (isLater(item.stamp, state.latest)) state.latest = item.stamp;
  switch (item.kind) {
    case "message":
      retain(state, item.message, item.stamp);
      route(state, item.message, "peer", out);
      break;
    case "retained":
      retain(state, item.message, item.stamp);
      break;
    case "connected": {
      const session = state.sessions.get(item.clientId);
      if (session?.connectedAt === void 0 || !isLater(item.stamp, session.connectedAt)) break;
      close(state, session, true, event.nowMs, out);
      out.push({ kind: "close", clientId: item.clientId });
      break;
    }
  }
}
function welcome(state, event) {
  confirm(state, event.peer, event.seq);
  const outbox = state.outboxes.get(event.peer);
  if (outbox === void 0 || state.peerEpochs.get(event.peer) === event.epoch) return;
  state.peerEpochs.set(event.peer, event.epoch);
  for (const { message, stamp } of state.retained.values()) append(outbox, { kind: "retained", message, stamp });
}
function confirm(state, peer, seq) {
  const outbox = state.outboxes.get(peer);
  if (outbox === void 0) return;
  for (const sent of outbox.items.keys()) {
    if (sent > seq) break;
    outbox.items.delete(sent);
  }
}
function inboxKey(peer, epoch) {
  return `${peer} ${epoch}`;
}

// src/embedded/peers.ts
var protocol = "chaos-action cluster 1";
var redialAfterMs = 250;
var connectWithinMs2 = 2e3;
var pingEveryMs = 1e3;
var silenceMs = 4e3;
var checkEveryMs = 250;
var backlogLimitBytes2 = 1024 * 1024;
var Dialler = class {
  /** How often the link was made, the first time included. */
  connects = 0;
  peer;
  address;
  host;
  socket;
  welcomed = false;
  sentSeq = 0;
  forwarded = 0;
  redialTimer;
  stopped = false;
  constructor(peer, address, host) {
    this.peer = peer;
    this.address = address;
    this.host = host;
    this.dial();
  }
  get isUp() {
    return this.welcomed;
  }
  /** Sends what the outbox holds and the socket takes. Only after a commit: see LinkHost. */
  pump() {
    const endSeq = this.host.state.outboxes.get(this.peer)?.nextSeq ?? 0;
    if (this.host.mutant === "forget-outbox") setTimeout(() => this.sendItems(endSeq), mutantDelayMs);
    else this.sendItems(endSeq);
  }
  /** QoS 0 goes out now or never; never past waiting items either, for those wait on the same condition. */
  sendQos0(message) {
    this.pump();
    if (this.socket === void 0 || !this.welcomed) this.host.dropped("peer-down");
    else if (this.socket.writableLength > backlogLimitBytes2) this.host.dropped("peer-backlog");
    else this.write(this.socket, { type: "qos0", message });
  }
  stop() {
    this.stopped = true;
    clearTimeout(this.redialTimer);
    this.socket?.destroy();
  }
  sendItems(endSeq) {
    const outbox = this.host.state.outboxes.get(this.peer);
    if (outbox === void 0 || this.socket === void 0 || !this.welcomed) return;
    while (this.sentSeq + 1 < endSeq && this.socket.writableLength <= backlogLimitBytes2) {
      this.sentSeq += 1;
      const item = outbox.items.get(this.sentSeq);
      if (item !== void 0) this.write(this.socket, { type: "item", seq: this.sentSeq, item });
    }
  }
  write(socket, frame) {
    socket.write(encodeFrame(this.host.mutant === "corrupt-forward" ? this.corrupted(frame) : frame));
  }
  /** The defect of the mutant corrupt-forward. */
  corrupted(frame) {
    const message = frame.type === "qos0" ? frame.message : frame.type === "item" && frame.item.kind === "message" ? frame.item.message : void 0;
    if (message === void 0 || message.payload.length === 0) return frame;
    this.forwarded += 1;
    if (this.forwarded % 50 !== 0) return frame;
    const payload = Buffer.from(message.payload);
    payload.writeUInt8(payload.readUInt8(payload.length - 1) ^ 1, payload.length - 1);
    if (frame.type === "qos0") return { ...frame, message: { ...message, payload } };
    if (frame.type === "item" && frame.item.kind === "message") {
      return { ...frame, item: { ...frame.item, message: { ...message, payload } } };
    }
    return frame;
  }
  dial() {
    const socket = connect2({ ...this.address, noDelay: true });
    this.socket = socket;
    const connectTimer = setTimeout(() => lose("no connection"), connectWithinMs2);
    let pingTimer;
    const watch = new SilenceWatch(() => lose("silent"));
    const lose = (reason) => {
      if (this.socket !== socket) return;
      clearTimeout(connectTimer);
      clearInterval(pingTimer);
      watch.stop();
      this.socket = void 0;
      socket.destroy();
      if (this.welcomed) this.host.log(`peer ${this.peer} lost: ${reason}`);
      this.welcomed = false;
      if (this.stopped) return;
      if (this.host.mutant === "never-redial" && this.connects > 0) return;
      this.redialTimer = setTimeout(() => this.dial(), redialAfterMs);
    };
    socket.on("connect", () => {
      clearTimeout(connectTimer);
      watch.start();
      const { name, epoch } = this.host.state;
      this.write(socket, { type: "hello", protocol, name, epoch });
    });
    socket.on("drain", () => this.host.afterCommit(() => this.pump()));
    socket.on("error", (error) => lose(error.code ?? error.message));
    socket.on("close", () => lose("closed"));
    onFrames(
      socket,
      () => watch.heard(),
      (frame) => {
        if (this.socket !== socket) return;
        if (frame.type === "confirm") this.host.dispatch({ type: "peer-confirm", peer: this.peer, seq: frame.seq });
        if (frame.type !== "welcome" || this.welcomed) return;
        if (frame.name !== this.peer) {
          this.host.log(
            `peer ${this.peer} is not at ${this.address.host}:${this.address.port}: ${frame.name} answered`
          );
          lose("wrong peer");
          return;
        }
        this.host.dispatch({ type: "peer-welcome", peer: this.peer, epoch: frame.epoch, seq: frame.lastSeq });
        this.sentSeq = frame.lastSeq;
        this.welcomed = true;
        this.connects += 1;
        this.host.peerConnected(this.peer);
        this.host.log(`peer ${this.peer} connected`);
        pingTimer = setInterval(() => this.write(socket, { type: "ping" }), pingEveryMs);
        this.host.afterCommit(() => this.pump());
      }
    );
  }
};
var Listener = class {
  host;
  incoming = /* @__PURE__ */ new Map();
  sockets = /* @__PURE__ */ new Set();
  qos0Count = 0;
  constructor(host) {
    this.host = host;
  }
  isUp(peer) {
    return this.incoming.has(peer);
  }
  stop() {
    for (const socket of this.sockets) socket.destroy();
  }
  accept(socket) {
    const { host } = this;
    let from;
    let confirming = false;
    const watch = new SilenceWatch(() => socket.destroy());
    const send = (frame) => {
      if (!socket.destroyed) socket.write(encodeFrame(frame));
    };
    const confirm2 = (peer, epoch) => {
      if (confirming) return;
      confirming = true;
      host.afterCommit(() => {
        confirming = false;
        const frame = { type: "confirm", seq: lastSeqOf(host.state, peer, epoch) };
        if (host.mutant === "redeliver-qos2") setTimeout(() => send(frame), mutantDelayMs);
        else send(frame);
      });
    };
    socket.setNoDelay(true);
    this.sockets.add(socket);
    watch.start();
    socket.on("error", () => {
    });
    socket.on("close", () => {
      watch.stop();
      this.sockets.delete(socket);
      if (from !== void 0 && this.incoming.get(from.peer) === socket) {
        this.incoming.delete(from.peer);
        host.log(`peer ${from.peer} no longer dials in`);
      }
    });
    onFrames(
      socket,
      () => watch.heard(),
      (frame) => {
        if (socket.destroyed) return;
        if (from === void 0) {
          if (frame.type !== "hello" || frame.protocol !== protocol || !host.state.outboxes.has(frame.name)) {
            socket.destroy();
            return;
          }
          const { name: peer2, epoch: epoch2 } = frame;
          from = { peer: peer2, epoch: epoch2 };
          this.incoming.get(peer2)?.destroy();
          this.incoming.set(peer2, socket);
          host.log(`peer ${peer2} dials in`);
          if (host.mutant === "redeliver-qos2") host.dispatch({ type: "forget-inbox", peer: peer2, epoch: epoch2 });
          host.afterCommit(
            () => send({
              type: "welcome",
              name: host.state.name,
              epoch: host.state.epoch,
              lastSeq: lastSeqOf(host.state, peer2, epoch2)
            })
          );
          return;
        }
        const { peer, epoch } = from;
        switch (frame.type) {
          case "item":
            if (frame.seq > lastSeqOf(host.state, peer, epoch)) {
              host.dispatch({ type: "peer-item", peer, epoch, seq: frame.seq, item: frame.item, nowMs: Date.now() });
            }
            confirm2(peer, epoch);
            break;
          case "qos0":
            host.receiveQos0(frame.message);
            this.qos0Count += 1;
            if (host.mutant === "duplicate-qos0" && this.qos0Count % 50 === 0) host.receiveQos0(frame.message);
            break;
          case "ping":
            send({ type: "pong" });
            break;
          case "hello":
            socket.destroy();
            break;
        }
      }
    );
  }
};
function onFrames(socket, heard, receive) {
  const reader = new FrameReader();
  socket.on("data", (chunk) => {
    heard();
    const frames = reader.read(chunk);
    if (frames === void 0) {
      socket.destroy();
      return;
    }
    for (const frame of frames) receive(frame);
  });
}
var SilenceWatch = class {
  onSilence;
  timer;
  quietChecks = 0;
  constructor(onSilence) {
    this.onSilence = onSilence;
  }
  start() {
    this.timer = setInterval(() => {
      this.quietChecks += 1;
      if (this.quietChecks * checkEveryMs > silenceMs) this.onSilence();
    }, checkEveryMs);
  }
  heard() {
    this.quietChecks = 0;
  }
  stop() {
    clearInterval(this.timer);
  }
};

// src/embedded/broker.ts
var checkSilenceEveryMs = 500;
var retryCommitAfterMs = 100;
var farewellMs = 500;
var Broker = class {
  mutant;
  current;
  options;
  journal;
  metrics = createMetrics();
  connections = /* @__PURE__ */ new Set();
  attached = /* @__PURE__ */ new Map();
  diallers = /* @__PURE__ */ new Map();
  listener;
  servers = [];
  timers = [];
  outputs = [];
  commitDue = false;
  diskRefuses = false;
  /** Reads the data folder. Nothing listens yet. */
  constructor(options) {
    this.options = options;
    this.mutant = options.mutant;
    this.current = emptyState(options.name, randomUUID());
    const { journal, cutBytes } = Journal.open(options.dataFolder, {
      create: () => this.current,
      restore: (state) => {
        this.current = state;
      },
      replay: (event) => {
        apply(this.current, event);
      }
    });
    this.journal = journal;
    if (cutBytes > 0) this.log(`journal: cut ${cutBytes} bytes of an unfinished record`);
    if (this.current.name !== options.name) {
      throw new Error(`${options.dataFolder} belongs to ${this.current.name}, not to ${options.name}`);
    }
    this.listener = new Listener(this);
  }
  get state() {
    return this.current;
  }
  /** Ends what the last run left open, then listens and dials. */
  async start() {
    const { options } = this;
    this.dispatch({ type: "start", peers: [...options.peers.keys()], mutant: this.mutant, nowMs: Date.now() });
    this.metrics.watch([...options.peers.keys()], {
      connectedClients: () => this.attached.size,
      sessions: () => this.state.sessions.size,
      queuedMessages: () => this.countQueued(),
      outboxLength: (peer) => this.state.outboxes.get(peer)?.items.size ?? 0,
      isPeerUp: (peer) => this.isPeerUp(peer),
      journalBytes: () => this.journal.bytes
    });
    await this.listen(
      "cluster",
      options.cluster,
      createServer((socket) => this.listener.accept(socket))
    );
    await this.listen("http", options.http, this.createHttp());
    await this.listen(
      "mqtt",
      options.mqtt,
      createServer((socket) => {
        this.connections.add(new ClientConnection(socket, this));
      })
    );
    for (const [peer, address] of options.peers) this.diallers.set(peer, new Dialler(peer, address, this));
    this.every(checkSilenceEveryMs, () => {
      for (const connection of this.connections) connection.checkSilence(performance.now());
    });
    if (this.mutant === "reorder-after-reconnect") {
      this.every(mutantDelayMs, () => {
        if (this.someoneIsLate()) this.dispatch({ type: "late-backlog", count: 20 });
      });
    }
  }
  /** Ends every connection as abnormal, gives the peers a moment to hear of the wills, and lets go of everything. */
  async stop() {
    for (const timer of this.timers) clearInterval(timer);
    for (const server of this.servers) server.close();
    this.storeLate(this.late.length);
    for (const clientId of [...this.attached.keys()]) {
      this.dispatch({ type: "disconnect", clientId, abnormal: true, nowMs: Date.now() });
    }
    this.attached.clear();
    for (const connection of [...this.connections]) connection.abandon();
    const deadlineMs = performance.now() + farewellMs;
    while (performance.now() < deadlineMs && (this.commitDue || this.someoneHasYetToHear())) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    for (const dialler of this.diallers.values()) dialler.stop();
    this.listener.stop();
    this.journal.close();
  }
  // ---- events in, outputs out
  dispatch(event) {
    this.journal.append(event);
    this.emit(apply(this.current, event));
  }
  afterCommit(send) {
    this.outputs.push(send);
    this.commitSoon();
  }
  /** The receiver is chosen now: by the time of the commit the client may have come back on a connection of its own. */
  emit(outputs) {
    for (const output of outputs) {
      const connection = this.attached.get(output.clientId);
      if (connection === void 0) continue;
      if (output.kind === "close") {
        this.attached.delete(output.clientId);
        connection.abandon();
      } else if (this.diskRefuses && output.packet.cmd === "publish" && output.packet.qos === 0) this.dropped("disk");
      else this.outputs.push(() => connection.send(output.packet));
    }
    this.commitSoon();
  }
  commitSoon() {
    if (this.commitDue) return;
    this.commitDue = true;
    setImmediate(() => this.commit());
  }
  commit() {
    try {
      this.journal.commit();
    } catch (error) {
      if (!this.diskRefuses) this.log(`journal: ${messageOf(error)}; waiting`);
      this.diskRefuses = true;
      setTimeout(() => this.commit(), retryCommitAfterMs);
      return;
    }
    if (this.diskRefuses) this.log("journal: written again");
    this.diskRefuses = false;
    this.commitDue = false;
    const outputs = this.outputs;
    this.outputs = [];
    for (const send of outputs) send();
    for (const dialler of this.diallers.values()) dialler.pump();
    this.journal.compactIfLarge(this.current);
  }
  // ---- for the client connections
  attach(clientId, connection) {
    this.attached.get(clientId)?.abandon();
    this.attached.set(clientId, connection);
  }
  detach(clientId, connection) {
    if (this.attached.get(clientId) === connection) this.attached.delete(clientId);
  }
  closed(connection) {
    this.connections.delete(connection);
  }
  newClientId() {
    return `${this.options.name}-${randomUUID()}`;
  }
  publish(clientId, messageId, message) {
    this.metrics.received.inc({ qos: message.qos });
    if (message.qos === 0 && !message.retain) this.passOn(message);
    else if (this.mutant === "ack-before-store" && messageId !== void 0) {
      this.acknowledgeFirst(clientId, messageId, message);
    } else this.dispatch({ type: "publish", clientId, messageId, message, nowMs: Date.now() });
  }
  /** QoS 0 promises nothing, so nothing of it is written. */
  passOn(message) {
    if (this.diskRefuses) {
      this.dropped("disk");
      return;
    }
    this.emit(routeQos0(this.current, message, "client"));
    this.afterCommit(() => {
      for (const dialler of this.diallers.values()) dialler.sendQos0(message);
    });
  }
  delivered(qos) {
    this.metrics.delivered.inc({ qos });
  }
  dropped(reason) {
    this.metrics.dropped.inc({ reason });
  }
  // ---- for the links
  receiveQos0(message) {
    if (this.diskRefuses) this.dropped("disk");
    else this.emit(routeQos0(this.current, message, "peer"));
  }
  peerConnected(peer) {
    this.metrics.peerConnects.inc({ peer });
  }
  log(line) {
    this.options.log(line);
  }
  // ---- the defect of the mutant ack-before-store
  late = [];
  acknowledgeFirst(clientId, messageId, message) {
    if (message.qos === 1) this.attached.get(clientId)?.send({ cmd: "puback", messageId });
    else if (this.state.sessions.get(clientId)?.received.has(messageId)) {
      this.attached.get(clientId)?.send({ cmd: "pubrec", messageId });
      return;
    } else this.dispatch({ type: "remember-id", clientId, messageId });
    this.late.push({ type: "publish", clientId, messageId: void 0, message, nowMs: Date.now() });
    setTimeout(() => this.storeLate(1), mutantDelayMs);
  }
  storeLate(count) {
    for (const event of this.late.splice(0, count)) this.dispatch(event);
  }
  // ---- the rest
  isPeerUp(peer) {
    return this.diallers.get(peer)?.isUp === true && this.listener.isUp(peer);
  }
  someoneHasYetToHear() {
    return [...this.diallers].some(
      ([peer, dialler]) => dialler.isUp && (this.state.outboxes.get(peer)?.items.size ?? 0) > 0
    );
  }
  someoneIsLate() {
    return [...this.state.sessions.values()].some(({ late }) => late.length > 0);
  }
  countQueued() {
    let count = 0;
    for (const { queue, late, inFlight, released } of this.state.sessions.values()) {
      count += queue.length + late.length + inFlight.size + released.size;
    }
    return count;
  }
  every(periodMs, action) {
    this.timers.push(setInterval(action, periodMs));
  }
  async listen(what, address, server) {
    this.servers.push(server);
    await new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(address.port, address.host, () => {
        server.off("error", reject);
        server.on("error", (error) => this.log(`${what}: ${error.message}`));
        resolve();
      });
    });
    const { address: host, port } = server.address();
    this.log(`${what} listening on ${host}:${port}`);
  }
  createHttp() {
    return createHttpServer((request, response) => {
      const answer = (status, type, body) => {
        response.writeHead(status, { "content-type": type }).end(body);
      };
      if (request.url === "/health") {
        const peers = Object.fromEntries(
          [...this.options.peers.keys()].map((peer) => [peer, this.isPeerUp(peer) ? "connected" : "disconnected"])
        );
        answer(
          200,
          "application/json",
          JSON.stringify({ name: this.options.name, peers, sessions: this.state.sessions.size })
        );
      } else if (request.url === "/metrics") {
        const { registry } = this.metrics;
        registry.metrics().then(
          (text) => answer(200, registry.contentType, text),
          (error) => answer(500, "text/plain", messageOf(error))
        );
      } else answer(404, "text/plain", "try /health or /metrics");
    });
  }
};

// src/embedded/main.ts
var usage = `embedded-broker: one node of an MQTT 3.1.1 cluster, the reference that chaos-action's checks are proved on

  --name node1                                    this node's name in the cluster
  --data FOLDER                                   where its journal lives
  --mqtt 127.0.0.1:1883                           MQTT clients
  --cluster 127.0.0.1:7001                        the other nodes
  --http 127.0.0.1:9100                           /health and /metrics
  --peers node2=127.0.0.1:7002,node3=...          the other nodes, each at the address to dial (none: a single node)
  --mutant NAME                                   a deliberate defect:
${Object.entries(mutants).map(([name, description]) => `      ${name.padEnd(26)}${description}`).join("\n")}
`;
var log = (line) => {
  process.stdout.write(`${(/* @__PURE__ */ new Date()).toISOString()} ${line}
`);
};
function readOptions() {
  const text = { type: "string" };
  const { values } = parseArgs({
    options: {
      name: text,
      mqtt: { ...text, default: "127.0.0.1:1883" },
      cluster: { ...text, default: "127.0.0.1:7001" },
      http: { ...text, default: "127.0.0.1:9100" },
      peers: { ...text, default: "" },
      data: text,
      mutant: text
    }
  });
  const { name, data, mutant } = values;
  if (name === void 0 || name === "") throw new Error("--name is missing");
  if (data === void 0 || data === "") throw new Error("--data is missing");
  if (mutant !== void 0 && mutant !== "" && !isMutant(mutant)) throw new Error(`no mutant is called ${mutant}`);
  return {
    name,
    mqtt: readAddress(values.mqtt),
    cluster: readAddress(values.cluster),
    http: readAddress(values.http),
    peers: readPeers(values.peers),
    dataFolder: data,
    mutant: mutant === void 0 || mutant === "" ? void 0 : mutant,
    log
  };
}
function readAddress(text) {
  const colon = text.lastIndexOf(":");
  const port = Number(text.slice(colon + 1));
  if (colon < 0 || !/^\d+$/.test(text.slice(colon + 1)) || port > 65535) throw new Error(`not host:port: ${text}`);
  return { host: text.slice(0, colon) || "127.0.0.1", port };
}
function readPeers(text) {
  const peers = /* @__PURE__ */ new Map();
  for (const part of text.split(",").filter((piece) => piece.trim() !== "")) {
    const [name = "", address = ""] = part.split("=", 2).map((piece) => piece.trim());
    if (name === "" || peers.has(name)) throw new Error(`not name=host:port: ${part}`);
    peers.set(name, readAddress(address));
  }
  return peers;
}
async function main() {
  process.stdout.on("error", () => {
  });
  let options;
  try {
    options = readOptions();
  } catch (error) {
    process.stderr.write(`${messageOf(error)}

${usage}`);
    process.exit(exitCodes.usage);
  }
  try {
    const broker = new Broker(options);
    const stop = () => {
      log("stopping");
      broker.stop().then(
        () => process.exit(0),
        (error) => {
          log(messageOf(error));
          process.exit(1);
        }
      );
    };
    process.once("SIGTERM", stop);
    process.once("SIGINT", stop);
    await broker.start();
  } catch (error) {
    log(`cannot start: ${messageOf(error)}`);
    process.exit(1);
  }
}
await main();
