import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  require_prom_client
} from "./chunks/chunk-NZ7CLRVE.js";
import {
  isMutant,
  mutantDelayMs,
  mutantIds,
  mutantQueueLimit,
  mutants
} from "./chunks/chunk-SVSJGPEQ.js";
import {
  hasWildcard,
  isText,
  isTopicFilter,
  isTopicName,
  matchesTopic
} from "./chunks/chunk-IBM3SNPL.js";
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
var import_mqtt_packet3 = __toESM(require_mqtt(), 1);

// src/embedded/packets.ts
var import_mqtt_packet = __toESM(require_mqtt(), 1);
var ProtocolError = class extends Error {
  reasonCode;
  constructor(reasonCode, message) {
    super(message);
    this.reasonCode = reasonCode;
  }
};
var reasons = {
  malformedPacket: 129,
  protocolError: 130,
  unsupportedVersion: 132,
  clientIdNotValid: 133,
  badAuthenticationMethod: 140,
  serverUnavailable: 136,
  shuttingDown: 139,
  keepAliveTimeout: 141,
  sessionTakenOver: 142,
  topicFilterInvalid: 143,
  topicNameInvalid: 144,
  receiveMaximumExceeded: 147,
  topicAliasInvalid: 148,
  packetTooLarge: 149
};
var malformed = (what) => new ProtocolError(reasons.malformedPacket, what);
var PacketReader = class {
  codec = (0, import_mqtt_packet.parser)();
  parsed = [];
  error;
  chunks = [];
  sizeBytes = 0;
  /** How much must be there before it is worth a look: a large packet comes in many chunks. */
  neededBytes = 2;
  constructor() {
    this.codec.on("packet", (packet) => this.parsed.push(packet));
    this.codec.on("error", (error) => {
      this.error = error;
    });
  }
  /** The packets that `chunk` completes. Throws a ProtocolError after those before the fault. */
  *read(chunk) {
    this.chunks.push(chunk);
    this.sizeBytes += chunk.length;
    while (this.sizeBytes >= this.neededBytes) {
      const [first] = this.chunks;
      const bytes = this.chunks.length === 1 && first !== void 0 ? first : Buffer.concat(this.chunks);
      const end = packetEnd(bytes);
      const isWhole = end <= bytes.length;
      const rest = isWhole ? bytes.subarray(end) : bytes;
      this.chunks = rest.length === 0 ? [] : [rest];
      this.sizeBytes = rest.length;
      this.neededBytes = isWhole ? 2 : end;
      if (isWhole) yield this.parse(bytes.subarray(0, end));
    }
  }
  parse(bytes) {
    try {
      this.codec.parse(bytes);
    } catch (error) {
      throw malformed(String(error));
    }
    const packet = this.parsed.pop();
    if (this.error?.message === "Invalid protocol version") {
      throw new ProtocolError(reasons.unsupportedVersion, this.error.message);
    }
    if (this.error !== void 0 || packet === void 0) throw malformed(this.error?.message ?? "not a packet");
    return packet;
  }
};
function packetEnd(bytes) {
  let length = 0;
  for (let at = 1; at < bytes.length; at++) {
    const byte = bytes.readUInt8(at);
    length += (byte & 127) * 128 ** (at - 1);
    if (byte < 128) return at + 1 + length;
    if (at === 4) throw malformed("a remaining length of more than four bytes [MQTT-1.5.5-1]");
  }
  return bytes.length + 1;
}
var allowed = {
  connect: [
    "sessionExpiryInterval",
    "receiveMaximum",
    "maximumPacketSize",
    "topicAliasMaximum",
    "requestResponseInformation",
    "requestProblemInformation",
    "userProperties",
    "authenticationMethod",
    "authenticationData"
  ],
  publish: [
    "payloadFormatIndicator",
    "messageExpiryInterval",
    "topicAlias",
    "responseTopic",
    "correlationData",
    "userProperties",
    "contentType"
  ],
  subscribe: ["subscriptionIdentifier", "userProperties"],
  unsubscribe: ["userProperties"],
  puback: ["reasonString", "userProperties"],
  pubrec: ["reasonString", "userProperties"],
  pubrel: ["reasonString", "userProperties"],
  pubcomp: ["reasonString", "userProperties"],
  disconnect: ["sessionExpiryInterval", "reasonString", "userProperties", "serverReference"]
};
var allowedInWill = [
  "willDelayInterval",
  "payloadFormatIndicator",
  "messageExpiryInterval",
  "contentType",
  "responseTopic",
  "correlationData",
  "userProperties"
];
var neverZero = ["receiveMaximum", "maximumPacketSize", "subscriptionIdentifier", "topicAlias"];
function checkProperties(packet) {
  if ("properties" in packet) checkEach(packet.properties, allowed[packet.cmd] ?? [], packet.cmd);
  if (packet.cmd === "connect") checkEach(packet.will?.properties, allowedInWill, "the will");
}
function checkEach(properties, names, where) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (!names.includes(name)) throw new ProtocolError(reasons.protocolError, `${name} in ${where}`);
    if (name === "userProperties") {
      checkUserProperties(value, where);
      continue;
    }
    if (Array.isArray(value)) throw new ProtocolError(reasons.protocolError, `${name} twice in ${where}`);
    if (value === null || value === void 0 || value === -1) throw malformed(`${name} is cut short in ${where}`);
    if (value === 0 && neverZero.includes(name)) {
      throw new ProtocolError(reasons.protocolError, `${name} is 0 in ${where}`);
    }
    if (typeof value === "string" && !isText(value)) throw malformed(`${name} is not UTF-8 in ${where}`);
  }
}
function checkUserProperties(properties, where) {
  for (const [name, values] of Object.entries(properties)) {
    for (const text of [name, values].flat()) {
      if (typeof text !== "string" || !isText(text)) throw malformed(`a user property in ${where}`);
    }
  }
}

// src/embedded/delivery.ts
var import_mqtt_packet2 = __toESM(require_mqtt(), 1);
var inFlightLimit = 100;
function deliver(state, session, offer2, nowMs, out) {
  const { message, granted, ...rest } = offer2;
  const qos = qosOf(state, session, offer2);
  if (qos === 0) {
    if (session.connectedAt === void 0 || isExpired(message, nowMs)) return;
    sendPublish(state, session, { message, qos, ...rest }, void 0, state.mutant === "dup-at-qos0", nowMs, out);
    return;
  }
  const isFull = session.connectedAt === void 0 && session.queue.length >= mutantQueueLimit;
  if (state.mutant === "bound-queue" && isFull) return;
  session.queue.push({ message, qos, ...rest });
  fill(state, session, nowMs, out);
}
function qosOf(state, session, { message, granted }) {
  if (state.mutant === "deliver-at-grant" && message.qos > 0) return granted;
  const qos = Math.min(message.qos, granted);
  return state.mutant === "downgrade-queued" && session.connectedAt === void 0 ? Math.min(qos, 1) : qos;
}
function resend(state, session, nowMs, out) {
  const { clientId } = session;
  session.toResend.clear();
  if (state.mutant === "resend-under-new-id") {
    session.queue.unshift(...session.inFlight.values());
    session.inFlight.clear();
  }
  if (state.mutant === "release-unreceived") {
    for (const [messageId, { qos }] of session.inFlight) {
      if (qos < 2) continue;
      endFlight(session, messageId);
      session.released.add(messageId);
    }
  }
  if (state.mutant !== "forget-publish") {
    for (const messageId of session.inFlight.keys()) session.toResend.add(messageId);
  }
  if (state.mutant !== "forget-pubrel") {
    for (const messageId of session.released)
      out.push({ kind: "send", clientId, packet: { cmd: "pubrel", messageId } });
  }
  fill(state, session, nowMs, out);
}
function fill(state, session, nowMs, out) {
  if (session.connectedAt === void 0) return;
  const limit = Math.min(inFlightLimit, session.limits.receiveMaximum);
  for (const messageId of session.toResend) {
    if (windowInUse(session) >= limit) return;
    const delivery = session.inFlight.get(messageId);
    session.toResend.delete(messageId);
    if (delivery === void 0) continue;
    const dup = state.mutant !== "resend-without-dup";
    if (!sendPublish(state, session, delivery, messageId, dup, nowMs, out)) session.inFlight.delete(messageId);
  }
  while (windowInUse(session) < limit) {
    const delivery = session.queue.shift();
    if (delivery === void 0) return;
    if (isExpired(delivery.message, nowMs) && state.mutant !== "deliver-expired") continue;
    const messageId = freeId(state, session);
    if (sendPublish(state, session, delivery, messageId, false, nowMs, out)) session.inFlight.set(messageId, delivery);
  }
}
function windowInUse(session) {
  return session.inFlight.size - session.toResend.size + session.released.size;
}
function acknowledge(state, session, event, out) {
  const { clientId, inFlight, released } = session;
  const { messageId, reasonCode = 0 } = event;
  switch (event.type) {
    case "puback":
      if (inFlight.get(messageId)?.qos === 1) endFlight(session, messageId);
      break;
    case "pubrec": {
      const isInFlight = inFlight.get(messageId)?.qos === 2;
      if (isInFlight) endFlight(session, messageId);
      if (reasonCode >= 128) break;
      if (isInFlight) released.add(messageId);
      out.push({ kind: "send", clientId, packet: answer("pubrel", messageId, session, released.has(messageId)) });
      break;
    }
    case "pubcomp":
      released.delete(messageId);
      break;
    case "pubrel":
      out.push({
        kind: "send",
        clientId,
        packet: answer("pubcomp", messageId, session, session.received.delete(messageId))
      });
      break;
  }
  if (event.type !== "pubrel") fill(state, session, event.nowMs, out);
}
function endFlight(session, messageId) {
  session.inFlight.delete(messageId);
  session.toResend.delete(messageId);
}
function answer(cmd, messageId, session, isKnown) {
  return session.limits.version === 4 ? { cmd, messageId } : { cmd, messageId, reasonCode: isKnown ? 0 : 146 };
}
function isExpired(message, nowMs) {
  return message.expiresAtMs !== void 0 && message.expiresAtMs <= nowMs;
}
function freeId(state, session) {
  if (state.mutant === "reuse-packet-id") {
    session.lastId = session.lastId % mutantIds + 1;
    return session.lastId;
  }
  do {
    session.lastId = session.lastId % 65535 + 1;
  } while (session.inFlight.has(session.lastId) || session.released.has(session.lastId));
  return session.lastId;
}
function sendPublish(state, session, delivery, messageId, dup, nowMs, out) {
  const { version, maximumPacketBytes } = session.limits;
  const { topic, payload } = delivery.message;
  const packet = {
    cmd: "publish",
    topic,
    payload,
    qos: delivery.qos,
    dup,
    retain: delivery.retain,
    ...messageId === void 0 ? {} : { messageId },
    ...version === 4 ? {} : { properties: propertiesOf(state, delivery, nowMs) }
  };
  if (maximumPacketBytes < Number.POSITIVE_INFINITY) {
    if ((0, import_mqtt_packet2.generate)(packet, { protocolVersion: version }).length > maximumPacketBytes) return false;
  }
  out.push({ kind: "send", clientId: session.clientId, packet });
  return true;
}
function propertiesOf(state, delivery, nowMs) {
  const { message, subscriptionIds } = delivery;
  const leftMs = state.mutant === "freeze-expiry" ? message.lifetimeMs ?? 0 : (message.expiresAtMs ?? nowMs) - nowMs;
  return {
    ...message.properties,
    // What is left of it [MQTT-3.3.2-6]; nothing, when a message that was sent in time is sent again later.
    ...message.expiresAtMs === void 0 ? {} : { messageExpiryInterval: Math.max(0, Math.ceil(leftMs / 1e3)) },
    ...subscriptionIds.length === 0 ? {} : { subscriptionIdentifier: [...subscriptionIds] }
  };
}

// src/embedded/stamp.ts
function stampAfter(latest, node, nowMs) {
  if (nowMs > latest.wallMs) return { wallMs: nowMs, counter: 0, node };
  return { wallMs: latest.wallMs, counter: latest.counter + 1, node };
}
function stampText({ wallMs, counter, node }) {
  return `${wallMs}.${counter}@${node}`;
}
function tick(clock, nowMs) {
  clock.latest = stampAfter(clock.latest, clock.name, nowMs);
  return clock.latest;
}
function isLater(a, b) {
  if (a.wallMs !== b.wallMs) return a.wallMs > b.wallMs;
  if (a.counter !== b.counter) return a.counter > b.counter;
  return a.node > b.node;
}

// src/embedded/outboxes.ts
function tellPeers(state, item) {
  for (const outbox of state.outboxes.values()) append(outbox, item);
}
function tellPeer(state, peer, item) {
  const outbox = state.outboxes.get(peer);
  if (outbox !== void 0) append(outbox, item);
}
function keepOutboxes(state, peers) {
  for (const peer of state.outboxes.keys()) if (!peers.includes(peer)) state.outboxes.delete(peer);
  for (const peer of peers) {
    if (!state.outboxes.has(peer)) state.outboxes.set(peer, { nextSeq: 1, items: /* @__PURE__ */ new Map() });
  }
}
function welcome(state, event) {
  confirm(state, event.peer, event.seq);
  if (!state.outboxes.has(event.peer) || state.peerEpochs.get(event.peer) === event.epoch) return false;
  state.peerEpochs.set(event.peer, event.epoch);
  return true;
}
function confirm(state, peer, seq) {
  const outbox = state.outboxes.get(peer);
  if (outbox === void 0) return;
  for (const sent of outbox.items.keys()) {
    if (sent > seq) break;
    outbox.items.delete(sent);
  }
}
function lastSeqOf(state, peer, epoch) {
  return state.inboxes.get(inboxKey(peer, epoch)) ?? 0;
}
function isFirst(state, peer, epoch, seq) {
  if (seq <= lastSeqOf(state, peer, epoch)) return false;
  state.inboxes.set(inboxKey(peer, epoch), seq);
  return true;
}
function forgetInbox(state, peer, epoch) {
  state.inboxes.delete(inboxKey(peer, epoch));
}
function isReady(state, item) {
  if (item.kind !== "message" || item.after === void 0) return true;
  const { stamp, epoch } = item.after;
  const heard = state.heard.get(stamp.node);
  if (heard !== void 0 && !isLater(stamp, heard)) return true;
  if (stamp.node === state.name) return true;
  if (!state.outboxes.has(stamp.node)) return true;
  return state.linkedPeers.has(stamp.node) && state.peerEpochs.get(stamp.node) !== epoch;
}
function byOwnClock(message, { sentAtMs, nowMs }) {
  if (message.expiresAtMs === void 0) return message;
  return { ...message, expiresAtMs: message.expiresAtMs - sentAtMs + nowMs };
}
function append(outbox, item) {
  outbox.items.set(outbox.nextSeq, item);
  outbox.nextSeq += 1;
}
function inboxKey(peer, epoch) {
  return `${peer} ${epoch}`;
}

// src/embedded/shared.ts
var rememberGrantsMs = 24 * 36e5;
function topicFilterOf(sharedFilter) {
  return sharedFilter.split("/").slice(2).join("/");
}
function groupsFor(state, topic) {
  return [...state.groups.values()].filter((group) => hasMembers(group) && matchesTopic(group.topicFilter, topic));
}
function place(state, group, message, nowMs, out) {
  if (isExpired(message, nowMs)) return;
  if (state.mutant === "share-with-absent" && isAbsent(state, [...group.members.keys()][group.turn % group.members.size]))
    return;
  const holder = chooseHolder(state, group, group.turn);
  group.turn += 1;
  if (holder?.kind === "member") deliverToMember(state, group, holder.clientId, message, nowMs, out);
  else if (holder?.kind === "peer") tellPeer(state, holder.peer, { kind: "token", filter: group.filter, message });
  else if (message.qos > 0) {
    if (hasMembers(group)) group.waiting.push(message);
    else offer(state, group.filter, message, nowMs);
  }
}
function offer(state, filter, message, nowMs) {
  const stamp = tick(state, nowMs);
  state.heard.set(state.name, stamp);
  tellPeers(state, { kind: "offer", filter, message, stamp });
  remember(state, { message, publisher: void 0, stamp, from: void 0, groups: [], offered: filter });
}
function remember(state, arrival) {
  if (arrival.message.qos === 0) return;
  for (const move of state.moves.values()) {
    if (move.from !== void 0 && !move.isSuperseded) move.heard.push(arrival);
  }
}
function claimFor(state, session, arrival, nowMs, out) {
  const { message, stamp, from, groups, offered } = arrival;
  for (const [filter, { shared }] of session.subscriptions) {
    const group = shared ? state.groups.get(filter) : void 0;
    if (group === void 0 || groups.includes(filter)) continue;
    if (offered === void 0 ? !matchesTopic(group.topicFilter, message.topic) : offered !== filter) continue;
    const key = tokenKey({ filter, stamp });
    if (from !== void 0) {
      if (!state.claims.has(key)) claim(state, from, group, message, stamp);
    } else if (!state.grants.has(key)) {
      state.grants.set(key, nowMs);
      place(state, group, message, nowMs, out);
    }
  }
}
function chooseHolder(state, group, turn) {
  const local = connectedMembers(state, group);
  const peers = [...group.remote].filter(([peer]) => state.linkedPeers.has(peer));
  const count = peers.reduce((sum, [, { live }]) => sum + live, local.length);
  if (count === 0) return void 0;
  let index = turn % count;
  const clientId = local[index];
  if (clientId !== void 0) return { kind: "member", clientId };
  index -= local.length;
  for (const [peer, { live }] of peers) {
    if (index < live) return { kind: "peer", peer };
    index -= live;
  }
  return void 0;
}
function chooseMember(state, group, turn) {
  const local = connectedMembers(state, group);
  return local[turn % local.length];
}
function deliverToMember(state, group, clientId, message, nowMs, out) {
  const session = state.sessions.get(clientId);
  const subscription = group.members.get(clientId);
  if (session === void 0 || subscription === void 0) return;
  const { qos: granted, retainAsPublished, identifier } = subscription;
  const subscriptionIds = identifier === void 0 ? [] : [identifier];
  const retain2 = message.retain && retainAsPublished;
  deliver(state, session, { message, granted, retain: retain2, subscriptionIds, group: group.filter }, nowMs, out);
}
function connectedMembers(state, group) {
  return [...group.members.keys()].filter((clientId) => state.sessions.get(clientId)?.connectedAt !== void 0);
}
function isAbsent(state, clientId) {
  return clientId !== void 0 && state.sessions.get(clientId)?.connectedAt === void 0;
}
function hasMembers(group) {
  return group.members.size > 0 || group.remote.size > 0;
}
function settle(state, group, nowMs, out) {
  if (chooseHolder(state, group, 0) !== void 0 || !hasMembers(group)) {
    for (const message of group.waiting.splice(0)) place(state, group, message, nowMs, out);
  }
  if (!hasMembers(group) && group.waiting.length === 0) state.groups.delete(group.filter);
}
function join(state, session, filter, subscription) {
  groupOf(state, filter).members.set(session.clientId, subscription);
}
function leave(state, session, filter, nowMs, out) {
  const group = groupOf(state, filter);
  group.members.delete(session.clientId);
  const tokens = takeFromQueue(session, filter);
  announce(state, group, nowMs, out);
  for (const message of tokens) place(state, group, message, nowMs, out);
}
function membershipChanged(state, session, nowMs, out) {
  for (const [filter, { shared }] of [...session.subscriptions]) {
    if (!shared) continue;
    const group = groupOf(state, filter);
    const tokens = session.connectedAt === void 0 ? takeFromQueue(session, filter) : [];
    if (session.connectedAt === void 0 && chooseHolder(state, group, 0) !== void 0) {
      tokens.unshift(...takeFromFlight(session, filter));
    }
    announce(state, group, nowMs, out);
    for (const message of tokens) place(state, group, message, nowMs, out);
  }
}
function handOnFlight(state, session, nowMs, out) {
  for (const filter of new Set([...session.inFlight.values()].map(({ group }) => group))) {
    if (filter === void 0) continue;
    const group = groupOf(state, filter);
    for (const message of takeFromFlight(session, filter)) place(state, group, message, nowMs, out);
    settle(state, group, nowMs, out);
  }
}
function takeFromQueue(session, filter) {
  const isToken = (delivery) => delivery.group === filter;
  const tokens = session.queue.filter(isToken).map(({ message }) => message);
  session.queue = session.queue.filter((delivery) => !isToken(delivery));
  return tokens;
}
function takeFromFlight(session, filter) {
  const tokens = [];
  for (const [messageId, { group, qos, message }] of session.inFlight) {
    if (group !== filter || qos !== 1) continue;
    session.inFlight.delete(messageId);
    session.toResend.delete(messageId);
    tokens.push(message);
  }
  return tokens;
}
function announce(state, group, nowMs, out) {
  tellPeers(state, membersItem(state, group));
  settle(state, group, nowMs, out);
}
function membersItem(state, group) {
  return {
    kind: "members",
    filter: group.filter,
    live: connectedMembers(state, group).length,
    total: group.members.size
  };
}
function groupOf(state, filter) {
  const group = state.groups.get(filter) ?? {
    filter,
    topicFilter: topicFilterOf(filter),
    members: /* @__PURE__ */ new Map(),
    remote: /* @__PURE__ */ new Map(),
    waiting: [],
    turn: 0
  };
  state.groups.set(filter, group);
  return group;
}
function tellMembers(state, peer) {
  for (const group of state.groups.values()) {
    if (group.members.size > 0) tellPeer(state, peer, membersItem(state, group));
  }
}
function settleAll(state, nowMs, out) {
  for (const group of [...state.groups.values()]) settle(state, group, nowMs, out);
}
function forgetMembersOf(state, peer, nowMs, out) {
  for (const group of state.groups.values()) group.remote.delete(peer);
  settleAll(state, nowMs, out);
}
function applyGroupItem(state, peer, item, nowMs, out) {
  switch (item.kind) {
    case "members": {
      const group = groupOf(state, item.filter);
      if (item.total === 0) group.remote.delete(peer);
      else group.remote.set(peer, { live: item.live, total: item.total });
      settle(state, group, nowMs, out);
      break;
    }
    case "token":
      take(state, item.filter, item.message, nowMs, out);
      break;
    case "offer": {
      const { filter, message, stamp } = item;
      state.heard.set(stamp.node, stamp);
      remember(state, { message, publisher: void 0, stamp, from: peer, groups: [], offered: filter });
      const group = state.groups.get(filter);
      if (group !== void 0 && group.members.size > 0) claim(state, peer, group, item.message, item.stamp);
      break;
    }
    case "claim":
      grant(state, peer, item, nowMs);
      break;
    case "grant": {
      const key = tokenKey(item);
      const message = state.claims.get(key);
      state.claims.delete(key);
      if (item.isGranted && message !== void 0) take(state, item.filter, message, nowMs, out);
      break;
    }
  }
}
function take(state, filter, message, nowMs, out) {
  const group = groupOf(state, filter);
  const clientId = chooseMember(state, group, group.turn);
  if (clientId === void 0 || isExpired(message, nowMs)) place(state, group, message, nowMs, out);
  else {
    group.turn += 1;
    deliverToMember(state, group, clientId, message, nowMs, out);
  }
  settle(state, group, nowMs, out);
}
function claimUnnamed(state, peer, item, message) {
  if (message.qos === 0) return;
  for (const group of state.groups.values()) {
    if (group.members.size === 0 || item.groups?.includes(group.filter)) continue;
    if (matchesTopic(group.topicFilter, message.topic)) claim(state, peer, group, message, item.stamp);
  }
}
function claim(state, peer, { filter }, message, stamp) {
  state.claims.set(tokenKey({ filter, stamp }), message);
  tellPeer(state, peer, { kind: "claim", filter, stamp });
}
function grant(state, peer, item, nowMs) {
  const key = tokenKey(item);
  const { filter, stamp } = item;
  for (const [old, grantedAtMs] of state.grants) {
    if (grantedAtMs > nowMs - rememberGrantsMs) break;
    state.grants.delete(old);
  }
  const isGranted = !state.grants.has(key);
  if (isGranted) state.grants.set(key, nowMs);
  tellPeer(state, peer, { kind: "grant", filter, stamp, isGranted });
}
function tokenKey({ filter, stamp }) {
  return `${stampText(stamp)} ${filter}`;
}

// src/embedded/routing.ts
function publishFromClient(state, session, event, out) {
  const { clientId } = session;
  const { message, messageId } = event;
  const take3 = () => {
    const { lastPublished } = session;
    const after = lastPublished?.stamp.node === state.name ? void 0 : lastPublished;
    const stamp = publish(state, message, clientId, event.nowMs, out, after);
    session.lastPublished = { stamp, epoch: state.epoch };
  };
  if (messageId === void 0 || message.qos === 0) {
    take3();
    return;
  }
  if (message.qos === 1) {
    take3();
    out.push({ kind: "send", clientId, packet: { cmd: "puback", messageId, ...success(session) } });
    return;
  }
  if (!session.received.has(messageId)) {
    session.received.add(messageId);
    take3();
  }
  out.push({ kind: "send", clientId, packet: { cmd: "pubrec", messageId, ...success(session) } });
}
function success(session) {
  return session.limits.version === 5 ? { reasonCode: 0 } : {};
}
function publish(state, published, publisher, nowMs, out, after) {
  const stamp = tick(state, nowMs);
  const message = withExpiry(published, nowMs);
  retain(state, message, stamp);
  const groups = groupsFor(state, message.topic);
  const order = after === void 0 ? {} : { after };
  const isNamed = groups.length > 0 && state.mutant !== "share-with-two";
  const named = !isNamed ? {} : { groups: groups.map(({ filter }) => filter) };
  const forwarded = state.mutant === "downgrade-forward" ? { ...message, qos: Math.min(message.qos, 1) } : message;
  tellPeers(state, { kind: "message", message: forwarded, stamp, publisher, ...named, ...order });
  take2(state, { message, publisher, stamp, from: void 0, groups: named.groups ?? [] }, "client", nowMs, out);
  for (const group of groups) place(state, group, message, nowMs, out);
  return stamp;
}
function take2(state, arrival, origin, nowMs, out) {
  const { message, publisher, stamp } = arrival;
  state.heard.set(stamp.node, stamp);
  remember(state, arrival);
  route(state, message, publisher, origin, stamp, nowMs, out);
}
function withExpiry(message, nowMs) {
  return message.lifetimeMs === void 0 ? message : { ...message, expiresAtMs: nowMs + message.lifetimeMs };
}
function retain(state, message, stamp) {
  if (!message.retain) return;
  const kept = state.retained.get(message.topic);
  if (state.mutant === "retained-of-first-node" && kept !== void 0 && kept.stamp.node !== stamp.node) return;
  if (kept === void 0 || isLater(stamp, kept.stamp)) state.retained.set(message.topic, { message, stamp });
}
function deliverRetained(state, session, filter, subscription, nowMs, out) {
  for (const [topic, { message }] of state.retained) {
    if (message.payload.length === 0 || !matchesTopic(filter, topic) || isExpired(message, nowMs)) continue;
    const { qos: granted } = subscription;
    deliver(
      state,
      session,
      { message, granted, retain: true, subscriptionIds: identifiersOf([subscription]) },
      nowMs,
      out
    );
  }
}
function route(state, message, publisher, origin, stamp, nowMs, out) {
  for (const [clientId, subscriptions] of subscriptionsTo(state, message.topic, publisher, origin)) {
    const session = state.sessions.get(clientId);
    if (session !== void 0) deliverOnce(state, session, subscriptions, message, stamp, nowMs, out);
  }
}
function routeTo(state, session, arrival, nowMs, out) {
  const { message, publisher, stamp } = arrival;
  const subscriptions = subscriptionsTo(state, message.topic, publisher, "client").get(session.clientId);
  if (subscriptions !== void 0) deliverOnce(state, session, subscriptions, message, stamp, nowMs, out);
}
function deliverOnce(state, session, subscriptions, message, stamp, nowMs, out) {
  const seen = stamp === void 0 ? void 0 : session.seen.get(stamp.node);
  if (seen !== void 0 && stamp !== void 0 && !isLater(stamp, seen)) return;
  const granted = Math.max(...subscriptions.map(({ qos }) => qos));
  const retain2 = message.retain && subscriptions.some(({ retainAsPublished }) => retainAsPublished);
  deliver(state, session, { message, granted, retain: retain2, subscriptionIds: identifiersOf(subscriptions) }, nowMs, out);
}
function subscriptionsTo(state, topic, publisher, origin) {
  const found = /* @__PURE__ */ new Map();
  const collect = (subscriptions) => {
    for (const [clientId, subscription] of subscriptions) {
      if (subscription.noLocal && clientId === publisher) continue;
      const others = found.get(clientId);
      if (others === void 0) found.set(clientId, [subscription]);
      else others.push(subscription);
    }
  };
  const exact = state.exactFilters.get(topic);
  if (exact !== void 0) collect(exact);
  const reachesWildcards = state.mutant !== "local-wildcards" || origin === "client";
  if (reachesWildcards) {
    for (const [filter, subscriptions] of state.wildcardFilters)
      if (matchesTopic(filter, topic)) collect(subscriptions);
  }
  return found;
}
function identifiersOf(subscriptions) {
  return subscriptions.flatMap(({ identifier }) => identifier === void 0 ? [] : [identifier]);
}

// src/embedded/subscriptions.ts
function subscribe(state, session, event, out) {
  const { clientId } = session;
  const isShort = state.mutant === "short-suback" && session.subscriptions.size === 0 && event.filters.length > 1;
  const made = event.filters.map(({ filter, qos, shared = false, ...rest }) => {
    const { noLocal = false, retainAsPublished = false, retainHandling = 0, identifier } = rest;
    const isNew = !session.subscriptions.has(filter);
    const subscription = { qos, shared, noLocal, retainAsPublished, identifier };
    addSubscription(state, session, filter, subscription, event.nowMs, out);
    const wantsRetained = !shared && (retainHandling === 0 || retainHandling === 1 && isNew);
    return { filter, subscription, wantsRetained };
  });
  const granted = event.filters.slice(isShort ? 1 : 0).map(({ qos }) => qos);
  out.push({ kind: "send", clientId, packet: { cmd: "suback", messageId: event.messageId, granted } });
  if (made.some(({ subscription }) => subscription.shared)) membershipChanged(state, session, event.nowMs, out);
  for (const { filter, subscription, wantsRetained } of made) {
    if (wantsRetained) deliverRetained(state, session, filter, subscription, event.nowMs, out);
  }
}
function unsubscribe(state, session, event, out) {
  const granted = event.filters.map(
    (filter) => state.mutant === "ignore-unsubscribe" || removeSubscription(state, session, filter, event.nowMs, out) ? 0 : 17
  );
  const { messageId } = event;
  out.push({ kind: "send", clientId: session.clientId, packet: { cmd: "unsuback", messageId, granted } });
}
function addSubscription(state, session, filter, subscription, nowMs, out) {
  const before = session.subscriptions.get(filter);
  if (before !== void 0 && before.shared !== subscription.shared) {
    removeSubscription(state, session, filter, nowMs, out);
  }
  session.subscriptions.set(filter, subscription);
  if (subscription.shared) {
    join(state, session, filter, subscription);
    return;
  }
  const filters = filtersLike(state, filter);
  const others = filters.get(filter) ?? /* @__PURE__ */ new Map();
  filters.set(filter, others.set(session.clientId, subscription));
}
function removeSubscriptions(state, session, nowMs, out) {
  for (const filter of [...session.subscriptions.keys()]) removeSubscription(state, session, filter, nowMs, out);
}
function removeSubscription(state, session, filter, nowMs, out) {
  const subscription = session.subscriptions.get(filter);
  if (subscription === void 0) return false;
  session.subscriptions.delete(filter);
  if (subscription.shared) {
    leave(state, session, filter, nowMs, out);
    return true;
  }
  const filters = filtersLike(state, filter);
  const others = filters.get(filter);
  others?.delete(session.clientId);
  if (others?.size === 0) filters.delete(filter);
  return true;
}
function filtersLike(state, filter) {
  return hasWildcard(filter) ? state.wildcardFilters : state.exactFilters;
}

// src/embedded/sessions.ts
function confirmSession(state, session) {
  if (!session.isTentative) return;
  session.isTentative = false;
  tellPeers(state, { kind: "connected", clientId: session.clientId, stamp: session.claimedAt });
}
var serverReceiveMaximum = 1e3;
var topicAliasMaximum = 100;
function openSession(state, event, out, isTentative = false) {
  const { clientId, nowMs } = event;
  const before = state.sessions.get(clientId);
  const withWill = state.mutant !== "no-will-on-takeover";
  if (before?.connectedAt !== void 0) endConnection(state, before, withWill, nowMs, out);
  if (event.clean) endSession(state, clientId, nowMs, out);
  const kept = state.sessions.get(clientId);
  const session = kept ?? newSession(clientId, state.latest);
  state.sessions.set(clientId, session);
  if (state.mutant === "forget-session" && kept !== void 0) forget(state, kept, nowMs, out);
  const stamp = tick(state, nowMs);
  session.connectedAt = stamp;
  session.claimedAt = stamp;
  session.limits = limitsOf(event);
  session.expiryMs = event.options?.expiryMs ?? (event.clean ? 0 : Number.POSITIVE_INFINITY);
  session.endsAtMs = Number.POSITIVE_INFINITY;
  session.will = event.will;
  session.willDueAtMs = void 0;
  session.isTentative = isTentative;
  if (!isTentative) tellPeers(state, { kind: "connected", clientId, stamp });
  out.push({ kind: "send", clientId, packet: connack(event, sessionPresent(state, kept)) });
  if (state.mutant === "reorder-after-reconnect") {
    session.late = session.late.concat(session.queue);
    session.queue = [];
  }
  if (state.mutant === "newest-first") session.queue.reverse();
  resend(state, session, nowMs, out);
  membershipChanged(state, session, nowMs, out);
}
function sessionPresent({ mutant }, kept) {
  if (mutant === "deny-session" && kept !== void 0 && kept.queue.length > 0) return false;
  return mutant === "invent-session" || kept !== void 0;
}
function connack(event, sessionPresent2) {
  const { options } = event;
  if (options === void 0) return { cmd: "connack", returnCode: 0, sessionPresent: sessionPresent2 };
  return {
    cmd: "connack",
    reasonCode: 0,
    sessionPresent: sessionPresent2,
    properties: {
      receiveMaximum: serverReceiveMaximum,
      topicAliasMaximum,
      ...options.assignedClientId === void 0 ? {} : { assignedClientIdentifier: options.assignedClientId },
      ...options.serverKeepAliveS === void 0 ? {} : { serverKeepAlive: options.serverKeepAliveS }
    }
  };
}
var limitsOfVersion4 = {
  version: 4,
  receiveMaximum: 65535,
  maximumPacketBytes: Number.POSITIVE_INFINITY
};
function limitsOf({ options }) {
  if (options === void 0) return limitsOfVersion4;
  const { receiveMaximum, maximumPacketBytes } = options;
  return { version: 5, receiveMaximum, maximumPacketBytes };
}
function endConnection(state, session, withWill, nowMs, out) {
  session.connectedAt = void 0;
  session.toResend.clear();
  session.endsAtMs = nowMs + session.expiryMs;
  const delayMs = state.mutant === "ignore-will-delay" ? 0 : session.will?.delayMs ?? 0;
  if (!withWill && state.mutant !== "will-after-disconnect") session.will = void 0;
  else if (session.will !== void 0) session.willDueAtMs = nowMs + delayMs;
  if (session.expiryMs === 0 || session.isTentative) {
    endSession(state, session.clientId, nowMs, out);
    return;
  }
  membershipChanged(state, session, nowMs, out);
  publishDueWill(state, session, nowMs, out);
}
function endSession(state, clientId, nowMs, out) {
  const session = state.sessions.get(clientId);
  if (session === void 0) return;
  removeSubscriptions(state, session, nowMs, out);
  handOnFlight(state, session, nowMs, out);
  state.sessions.delete(clientId);
  publishWill(state, session, nowMs, out);
}
function expire(state, nowMs, out) {
  for (const session of [...state.sessions.values()]) {
    if (session.connectedAt !== void 0) continue;
    if (session.endsAtMs <= nowMs && state.mutant !== "keep-expired-session")
      endSession(state, session.clientId, nowMs, out);
    else publishDueWill(state, session, nowMs, out);
  }
}
function nextExpiryAtMs(state) {
  let next = Number.POSITIVE_INFINITY;
  for (const { connectedAt, endsAtMs, willDueAtMs } of state.sessions.values()) {
    if (connectedAt === void 0) next = Math.min(next, endsAtMs, willDueAtMs ?? next);
  }
  return next;
}
function publishDueWill(state, session, nowMs, out) {
  if (session.willDueAtMs !== void 0 && session.willDueAtMs <= nowMs) publishWill(state, session, nowMs, out);
}
function publishWill(state, session, nowMs, out) {
  const { will, willDueAtMs } = session;
  session.will = void 0;
  session.willDueAtMs = void 0;
  if (will === void 0 || willDueAtMs === void 0) return;
  publish(state, will, session.clientId, nowMs, out);
  if (state.mutant === "will-twice") publish(state, will, session.clientId, nowMs, out);
}
function newSession(clientId, claimedAt) {
  return {
    clientId,
    claimedAt,
    expiryMs: 0,
    endsAtMs: Number.POSITIVE_INFINITY,
    connectedAt: void 0,
    isTentative: false,
    limits: limitsOfVersion4,
    will: void 0,
    willDueAtMs: void 0,
    subscriptions: /* @__PURE__ */ new Map(),
    received: /* @__PURE__ */ new Set(),
    inFlight: /* @__PURE__ */ new Map(),
    toResend: /* @__PURE__ */ new Set(),
    released: /* @__PURE__ */ new Set(),
    queue: [],
    seen: /* @__PURE__ */ new Map(),
    lastPublished: void 0,
    lastId: 0,
    late: []
  };
}
function forget(state, session, nowMs, out) {
  removeSubscriptions(state, session, nowMs, out);
  session.inFlight.clear();
  session.queue = [];
}
function deliverLate(state, count, nowMs, out) {
  for (const session of state.sessions.values()) {
    session.queue.push(...session.late.splice(0, count));
    fill(state, session, nowMs, out);
  }
}

// src/embedded/client-connection.ts
var backlogLimitBytes = 1024 * 1024;
var connectWithinMs = 1e4;
var lingerMs = 1e3;
var longestKeepAliveS = 60;
var never = 4294967295;
var ClientConnection = class {
  stream;
  host;
  clientId;
  version = 4;
  maximumPacketBytes = Number.POSITIVE_INFINITY;
  sessionExpiryMs = 0;
  topicAliases = /* @__PURE__ */ new Map();
  clientAliasMaximum = 0;
  /** Topics that the client knows by an alias. */
  clientAliases = /* @__PURE__ */ new Map();
  /** Ids of messages of the client that are not acknowledged. */
  unacknowledged = /* @__PURE__ */ new Set();
  open = true;
  corked = false;
  openedAtMs = performance.now();
  lastHeardMs = this.openedAtMs;
  allowedSilenceMs = connectWithinMs;
  overdueChecks = 0;
  constructor(stream, host) {
    this.stream = stream;
    this.host = host;
    const packets = new PacketReader();
    stream.setNoDelay?.(true);
    stream.on("data", (chunk) => {
      if (host.mutant !== "count-pings-only") this.heard();
      this.guard(() => {
        for (const packet of packets.read(chunk)) {
          if (!this.open) return;
          if (this.clientId === void 0) this.receiveFirst(packet);
          else this.receiveNext(this.clientId, packet);
        }
      });
    });
    stream.on("error", () => {
    });
    stream.on("close", () => {
      this.end("abnormal");
      host.closed(this);
    });
  }
  /** Puts a packet on the wire. The caller sees to it that what the packet promises is in the journal. */
  send(packet) {
    if (!this.open) return;
    if (packet.cmd === "publish") {
      if (packet.qos === 0 && this.stream.writableLength > backlogLimitBytes) {
        this.host.dropped("client-backlog");
        return;
      }
      if (!packet.dup) this.host.delivered(packet.qos);
    }
    if (packet.cmd === "puback" || packet.cmd === "pubcomp") this.unacknowledged.delete(packet.messageId ?? 0);
    if (this.host.mutant === "forget-qos2-ids" && packet.cmd === "pubrec")
      setTimeout(() => this.open && this.write(packet), mutantDelayMs);
    else this.write(packet);
  }
  /**
   * Closes a client that has been silent for one and a half times its keep alive [MQTT-3.1.2-22]. Only the second check in
   * a row counts: a process that was stopped for a while runs its timers before it reads what has arrived meanwhile.
   */
  checkSilence(nowMs) {
    if (this.allowedSilenceMs === 0 || nowMs - this.lastHeardMs <= this.allowedSilenceMs) return;
    this.overdueChecks += 1;
    if (this.overdueChecks <= 1) return;
    if (this.host.mutant === "no-will-on-timeout") this.end("polite");
    else this.fail(reasons.keepAliveTimeout);
  }
  heard() {
    this.lastHeardMs = performance.now();
    this.overdueChecks = 0;
  }
  /** Closes without an event: the session goes on without this connection, or the whole node is stopping. */
  abandon(reasonCode) {
    this.clientId = void 0;
    this.fail(reasonCode);
  }
  /** The session of the client cannot be had now. Nothing of it has changed. */
  refuseUnavailable() {
    this.clientId = void 0;
    this.refuse(3, reasons.serverUnavailable);
  }
  write(packet) {
    const bytes = packet.cmd === "publish" ? this.encodePublish(packet) : this.encode(packet);
    if (bytes.length > this.maximumPacketBytes) return;
    if (!this.corked) {
      this.corked = true;
      this.stream.cork();
      process.nextTick(() => {
        this.corked = false;
        this.stream.uncork();
      });
    }
    this.stream.write(bytes);
  }
  encode(packet) {
    return (0, import_mqtt_packet3.generate)(packet, { protocolVersion: this.version });
  }
  /** By a topic alias, if the client allows one more or knows one of this topic [MQTT-3.1.2-26, -27]. */
  encodePublish(packet) {
    const known = this.clientAliases.get(packet.topic);
    const alias = known ?? this.clientAliases.size + 1;
    if (alias > this.clientAliasMaximum) return this.encode(packet);
    const { properties, topic } = packet;
    const bytes = this.encode({
      ...packet,
      topic: known === void 0 ? topic : "",
      properties: { ...properties, topicAlias: alias }
    });
    if (bytes.length > this.maximumPacketBytes) return this.encode(packet);
    this.clientAliases.set(topic, alias);
    return bytes;
  }
  /** Closes because of the client; MQTT 5 says why [MQTT-4.13.2-1]. */
  fail(reasonCode) {
    if (this.open && this.version === 5) {
      this.write({ cmd: "disconnect", reasonCode });
      this.end("after-write");
    } else this.end("abnormal");
  }
  /** 'polite': the client said DISCONNECT. 'after-write': what was written may still leave; a client that broke off is not waited for. */
  end(how, sessionExpiryMs) {
    if (!this.open) return;
    this.open = false;
    const { clientId } = this;
    if (clientId !== void 0) {
      this.host.detach(clientId, this);
      this.host.dispatch({
        type: "disconnect",
        clientId,
        abnormal: how !== "polite",
        ...sessionExpiryMs === void 0 ? {} : { expiryMs: sessionExpiryMs },
        nowMs: this.host.nowMs()
      });
    }
    if (how === "abnormal") {
      this.stream.destroy();
      return;
    }
    this.stream.end();
    setTimeout(() => this.stream.destroy(), lingerMs).unref();
  }
  guard(receive2) {
    try {
      receive2();
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      if (this.clientId !== void 0) this.fail(error.reasonCode);
      else if (error.reasonCode === reasons.unsupportedVersion) this.refuse(1, error.reasonCode);
      else if (this.version === 5) this.refuse(2, error.reasonCode);
      else this.end("abnormal");
    }
  }
  receiveFirst(packet) {
    if (packet.cmd !== "connect") throw new ProtocolError(reasons.protocolError, "not CONNECT first [MQTT-3.1.0-1]");
    const { protocolId, protocolVersion } = packet;
    const isKnown = protocolId === "MQIsdp" ? protocolVersion === 3 : protocolVersion === 4 || protocolVersion === 5;
    if (!isKnown || isBridge(packet)) {
      this.refuse(1, reasons.unsupportedVersion);
      return;
    }
    this.version = protocolVersion === 5 ? 5 : 4;
    if (this.version === 5) this.accept(packet, this.readOptions(packet));
    else if (packet.clientId === "" && !packet.clean) this.refuse(2, reasons.clientIdNotValid);
    else this.accept(packet, void 0);
  }
  accept(packet, options) {
    const clientId = options?.assignedClientId ?? (packet.clientId === "" ? this.host.newClientId() : packet.clientId);
    if (!isText(clientId)) throw new ProtocolError(reasons.clientIdNotValid, "ill-formed client id [MQTT-3.1.3-4]");
    const will = willOf(packet);
    this.clientId = clientId;
    this.allowedSilenceMs = (options?.serverKeepAliveS ?? packet.keepalive ?? 0) * 1500;
    this.clientAliasMaximum = options === void 0 ? 0 : packet.properties?.topicAliasMaximum ?? 0;
    this.sessionExpiryMs = options?.expiryMs ?? 0;
    this.maximumPacketBytes = options?.maximumPacketBytes ?? Number.POSITIVE_INFINITY;
    this.host.attach(clientId, this);
    this.host.dispatch({
      type: "connect",
      clientId,
      clean: packet.clean === true,
      will,
      ...options === void 0 ? {} : { options },
      nowMs: this.host.nowMs()
    });
  }
  readOptions(packet) {
    checkProperties(packet);
    const { properties = {}, keepalive = 0 } = packet;
    if (properties.authenticationMethod !== void 0) {
      throw new ProtocolError(reasons.badAuthenticationMethod, "no authentication method is known here");
    }
    if (properties.authenticationData !== void 0) {
      throw new ProtocolError(reasons.protocolError, "authentication data without a method");
    }
    return {
      expiryMs: expiryMsOf(properties.sessionExpiryInterval ?? 0),
      receiveMaximum: properties.receiveMaximum ?? 65535,
      maximumPacketBytes: properties.maximumPacketSize ?? Number.POSITIVE_INFINITY,
      assignedClientId: packet.clientId === "" ? this.host.newClientId() : void 0,
      serverKeepAliveS: keepalive > longestKeepAliveS ? longestKeepAliveS : void 0
    };
  }
  /** [MQTT-3.1.2-2], [MQTT-3.1.3-8] */
  refuse(returnCode, reasonCode) {
    this.send({ cmd: "connack", sessionPresent: false, ...this.version === 5 ? { reasonCode } : { returnCode } });
    this.end("polite");
  }
  receiveNext(clientId, packet) {
    if (this.version === 5) checkProperties(packet);
    const { host } = this;
    switch (packet.cmd) {
      case "publish":
        this.receivePublish(clientId, packet);
        break;
      case "puback":
      case "pubrec":
      case "pubrel":
      case "pubcomp": {
        const { reasonCode = 0 } = packet;
        host.dispatch({ type: packet.cmd, clientId, messageId: idOf(packet), reasonCode, nowMs: host.nowMs() });
        break;
      }
      case "subscribe": {
        const identifier = packet.properties?.subscriptionIdentifier;
        const filters = packet.subscriptions.map(
          ({ topic, qos, nl = false, rap = false, rh = 0 }) => ({
            filter: validFilter(topic),
            qos,
            shared: this.isShared(topic, nl),
            noLocal: nl,
            retainAsPublished: rap,
            retainHandling: rh,
            ...identifier === void 0 ? {} : { identifier }
          })
        );
        if (filters.length === 0) throw new ProtocolError(reasons.protocolError, "empty SUBSCRIBE [MQTT-3.8.3-2]");
        host.dispatch({ type: "subscribe", clientId, messageId: idOf(packet), filters, nowMs: host.nowMs() });
        break;
      }
      case "unsubscribe": {
        const filters = packet.unsubscriptions.map(validFilter);
        if (filters.length === 0) throw new ProtocolError(reasons.protocolError, "empty UNSUBSCRIBE [MQTT-3.10.3-2]");
        host.dispatch({ type: "unsubscribe", clientId, messageId: idOf(packet), filters, nowMs: host.nowMs() });
        break;
      }
      case "pingreq":
        if (host.mutant === "count-pings-only") this.heard();
        if (host.mutant !== "ignore-ping" || performance.now() - this.openedAtMs < 1e3) this.send({ cmd: "pingresp" });
        break;
      case "disconnect":
        this.receiveDisconnect(packet);
        break;
      default:
        throw new ProtocolError(reasons.protocolError, `${packet.cmd} from a client`);
    }
  }
  /** To MQTT 3.1.1 `$share` is nothing special. */
  isShared(filter, noLocal) {
    if (this.version === 4 || !filter.startsWith("$share/")) return false;
    const [, name = "", ...levels] = filter.split("/");
    if (name === "" || hasWildcard(name) || levels.length === 0 || !isTopicFilter(levels.join("/"))) {
      throw new ProtocolError(reasons.topicFilterInvalid, "malformed shared subscription [MQTT-4.8.2-1, -2]");
    }
    if (noLocal) throw new ProtocolError(reasons.protocolError, "a shared subscription with No Local [MQTT-3.8.3-4]");
    return true;
  }
  receivePublish(clientId, packet) {
    const { qos, retain: retain2 } = packet;
    if (qos === 0 && packet.dup) throw new ProtocolError(reasons.protocolError, "DUP at QoS 0 [MQTT-3.3.1-2]");
    const topic = this.topicOf(packet);
    const messageId = qos === 0 ? void 0 : idOf(packet);
    if (messageId !== void 0 && this.version === 5) {
      this.unacknowledged.add(messageId);
      if (this.unacknowledged.size > serverReceiveMaximum) {
        throw new ProtocolError(reasons.receiveMaximumExceeded, "more than Receive Maximum [MQTT-3.3.4-8]");
      }
    }
    this.host.publish(clientId, messageId, {
      topic,
      payload: Buffer.from(packet.payload),
      qos,
      retain: retain2,
      ...aboutMessage(packet.properties)
    });
  }
  /** The topic that is named, or that the alias stands for [MQTT-3.3.2-8 to -12]. */
  topicOf(packet) {
    const alias = packet.properties?.topicAlias;
    if (alias !== void 0) {
      if (alias > topicAliasMaximum) throw new ProtocolError(reasons.topicAliasInvalid, `topic alias ${alias}`);
      if (packet.topic === "") {
        const topic = this.topicAliases.get(alias);
        if (topic === void 0) throw new ProtocolError(reasons.protocolError, `topic alias ${alias} is not set`);
        return topic;
      }
    }
    if (!isTopicName(packet.topic)) {
      throw new ProtocolError(reasons.topicNameInvalid, "malformed topic [MQTT-3.3.2-2]");
    }
    if (alias !== void 0) this.topicAliases.set(alias, packet.topic);
    return packet.topic;
  }
  receiveDisconnect({ reasonCode = 0, properties }) {
    const interval = properties?.sessionExpiryInterval;
    if (interval !== void 0 && interval > 0 && this.sessionExpiryMs === 0) {
      throw new ProtocolError(reasons.protocolError, "DISCONNECT makes a session last that was to end");
    }
    const expiryMs = interval === void 0 ? void 0 : expiryMsOf(interval);
    this.end(reasonCode === 0 ? "polite" : "after-write", expiryMs);
  }
};
function idOf(packet) {
  const id = packet.messageId ?? 0;
  if (id < 1) throw new ProtocolError(reasons.protocolError, "no packet id [MQTT-2.2.1-3]");
  return id;
}
function validFilter(filter) {
  if (!isTopicFilter(filter)) {
    throw new ProtocolError(reasons.topicFilterInvalid, "malformed topic filter [MQTT-4.7.1-1]");
  }
  return filter;
}
function willOf(packet) {
  if (packet.will === void 0) return void 0;
  const { topic, payload, qos = 0, retain: retain2 = false, properties } = packet.will;
  if (!isTopicName(topic)) throw new ProtocolError(reasons.topicNameInvalid, "malformed will topic [MQTT-3.1.3-11]");
  if (qos > 2) throw new ProtocolError(reasons.malformedPacket, "will QoS 3 [MQTT-3.1.2-12]");
  const delayS = properties?.willDelayInterval ?? 0;
  return {
    topic,
    payload: Buffer.from(payload),
    qos,
    retain: retain2,
    ...aboutMessage(properties),
    ...delayS === 0 ? {} : { delayMs: delayS * 1e3 }
  };
}
function aboutMessage(properties) {
  if (properties === void 0) return {};
  const { payloadFormatIndicator, contentType, responseTopic, correlationData, userProperties } = properties;
  if (responseTopic !== void 0 && !isTopicName(responseTopic)) {
    throw new ProtocolError(reasons.protocolError, "malformed response topic [MQTT-3.3.2-14]");
  }
  const { messageExpiryInterval } = properties;
  return {
    properties: {
      ...payloadFormatIndicator === void 0 ? {} : { payloadFormatIndicator },
      ...contentType === void 0 ? {} : { contentType },
      ...responseTopic === void 0 ? {} : { responseTopic },
      ...correlationData === void 0 ? {} : { correlationData: Buffer.from(correlationData) },
      ...userProperties === void 0 ? {} : { userProperties }
    },
    ...messageExpiryInterval === void 0 ? {} : { lifetimeMs: messageExpiryInterval * 1e3 }
  };
}
function expiryMsOf(intervalS) {
  return intervalS === never ? Number.POSITIVE_INFINITY : intervalS * 1e3;
}
function isBridge(packet) {
  return "bridgeMode" in packet && packet.bridgeMode === true;
}

// src/embedded/clock.ts
var NodeClock = class {
  offsetMs;
  /** `offsetMs` is that of the last run, if there was one. */
  constructor(offsetMs) {
    this.offsetMs = offsetMs ?? Date.now() - monotonicMs();
  }
  /** From here on not before `latestMs`, the last reading that left a trace. */
  continueFrom(latestMs) {
    if (this.nowMs() >= latestMs) return;
    this.offsetMs = Math.max(Date.now(), latestMs) - monotonicMs();
  }
  nowMs() {
    return Math.round(monotonicMs() + this.offsetMs);
  }
  get offset() {
    return this.offsetMs;
  }
};
function monotonicMs() {
  return Number(process.hrtime.bigint() / 1000n) / 1e3;
}

// src/embedded/journal.ts
import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync
} from "node:fs";
import { dirname, join as join2 } from "node:path";

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
  fsync;
  isSynced = true;
  size;
  constructor(file, minCompactBytes, fsync) {
    this.file = file;
    this.fsync = fsync;
    this.fd = openSync(file, "a");
    this.size = fstatSync(this.fd).size;
    this.minCompactBytes = minCompactBytes;
    this.compactAtBytes = minCompactBytes;
  }
  /** Opens the journal of `folder`, making it if need be, and calls back with what is in it. A torn last record is cut off. */
  static open(folder, options) {
    mkdirSync(folder, { recursive: true });
    const { minCompactBytes = 32 * 1024 * 1024, fsync = false } = options;
    const journal = new _Journal(join2(folder, "journal"), minCompactBytes, fsync);
    if (fsync) syncFolder(folder);
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
    if (this.waiting.length > 0) this.write();
    if (!this.fsync || this.isSynced) return;
    fdatasyncSync(this.fd);
    this.isSynced = true;
  }
  write() {
    this.isSynced = false;
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
        if (this.fsync) fsyncSync(fd);
      } finally {
        closeSync(fd);
      }
      const appendFd = openSync(fresh, "a");
      renameSync(fresh, this.file);
      closeSync(this.fd);
      this.fd = appendFd;
      this.size = record.length;
      if (this.fsync) syncFolder(dirname(this.file));
    } catch {
      rmSync(fresh, { force: true });
    }
    this.compactAtBytes = Math.max(this.minCompactBytes, 2 * this.size);
  }
  close() {
    closeSync(this.fd);
  }
};
function syncFolder(folder) {
  const fd = openSync(folder, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

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
  const dropped = counter(
    "broker_messages_dropped_total",
    "Messages dropped: of QoS 0, and of sessions that a newer one has replaced.",
    "reason"
  );
  for (const qos of [0, 1, 2]) {
    received.inc({ qos }, 0);
    delivered.inc({ qos }, 0);
  }
  for (const reason of ["client-backlog", "peer-backlog", "peer-down", "disk", "session-replaced"])
    dropped.inc({ reason }, 0);
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

// src/embedded/model.ts
function emptyState(name, epoch) {
  return {
    name,
    epoch,
    mutant: void 0,
    latest: { wallMs: 0, counter: 0, node: name },
    nowMs: 0,
    clockOffsetMs: void 0,
    sessions: /* @__PURE__ */ new Map(),
    exactFilters: /* @__PURE__ */ new Map(),
    wildcardFilters: /* @__PURE__ */ new Map(),
    groups: /* @__PURE__ */ new Map(),
    claims: /* @__PURE__ */ new Map(),
    grants: /* @__PURE__ */ new Map(),
    linkedPeers: /* @__PURE__ */ new Set(),
    linkLostAtMs: /* @__PURE__ */ new Map(),
    heard: /* @__PURE__ */ new Map(),
    moves: /* @__PURE__ */ new Map(),
    waiting: /* @__PURE__ */ new Map(),
    parked: /* @__PURE__ */ new Map(),
    retained: /* @__PURE__ */ new Map(),
    outboxes: /* @__PURE__ */ new Map(),
    inboxes: /* @__PURE__ */ new Map(),
    peerEpochs: /* @__PURE__ */ new Map(),
    memberEpochs: /* @__PURE__ */ new Map()
  };
}

// src/embedded/peers.ts
import { connect } from "node:net";
var protocol = "chaos-action cluster 2";
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
  lastPayload;
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
  sendQos0(message, publisher, groups) {
    this.pump();
    if (this.socket === void 0 || !this.welcomed) this.host.dropped("peer-down");
    else if (this.socket.writableLength > backlogLimitBytes2) this.host.dropped("peer-backlog");
    else this.write(this.socket, { type: "qos0", message, publisher, groups, sentAtMs: this.host.nowMs() });
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
      if (item === void 0) continue;
      this.write(this.socket, { type: "item", seq: this.sentSeq, item, sentAtMs: this.host.nowMs() });
    }
  }
  write(socket, frame) {
    const { mutant } = this.host;
    const isAltered = mutant === "corrupt-forward" || mutant === "mix-payloads";
    socket.write(encodeFrame(isAltered ? this.altered(frame) : frame));
  }
  /** The defect of the mutants corrupt-forward and mix-payloads. */
  altered(frame) {
    const message = frame.type === "qos0" ? frame.message : frame.type === "item" && frame.item.kind === "message" ? frame.item.message : void 0;
    if (message === void 0 || message.payload.length === 0) return frame;
    this.forwarded += 1;
    const before = this.lastPayload ?? message.payload;
    this.lastPayload = message.payload;
    if (this.forwarded % 50 !== 0) return frame;
    const payload = this.host.mutant === "mix-payloads" ? before : lastBitFlipped(message.payload);
    if (frame.type === "qos0") return { ...frame, message: { ...message, payload } };
    if (frame.type === "item" && frame.item.kind === "message") {
      return { ...frame, item: { ...frame.item, message: { ...message, payload } } };
    }
    return frame;
  }
  /** Of the mutant one-way-link: whether the peer comes after this node in the circle of names. */
  isNext() {
    const { name, outboxes } = this.host.state;
    const names = [name, ...outboxes.keys()].sort();
    return names[(names.indexOf(name) + 1) % names.length] === this.peer;
  }
  dial() {
    const socket = connect({ ...this.address, noDelay: true });
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
      if (this.welcomed) {
        this.host.log(`peer ${this.peer} lost: ${reason}`);
        if (!this.stopped) this.host.dispatch({ type: "peer-lost", peer: this.peer, nowMs: this.host.nowMs() });
      }
      this.welcomed = false;
      if (this.stopped) return;
      if (this.host.mutant === "never-redial" && this.connects > 0) return;
      if (this.host.mutant === "one-way-link" && this.connects > 0 && this.isNext()) return;
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
        this.host.dispatch({
          type: "peer-welcome",
          peer: this.peer,
          epoch: frame.epoch,
          seq: frame.lastSeq,
          nowMs: this.host.nowMs()
        });
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
function lastBitFlipped(payload) {
  const flipped = Buffer.from(payload);
  flipped.writeUInt8(flipped.readUInt8(flipped.length - 1) ^ 1, flipped.length - 1);
  return flipped;
}
var Listener = class {
  host;
  incoming = /* @__PURE__ */ new Map();
  sockets = /* @__PURE__ */ new Set();
  releases = /* @__PURE__ */ new Set();
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
  /** Applies the items that waited for one of another peer and need not any more. */
  releaseHeld() {
    for (let isAny = true; isAny; ) {
      isAny = false;
      for (const release of this.releases) isAny = release() || isAny;
    }
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
    const held = [];
    const release = () => {
      let first = held[0];
      if (from === void 0 || socket.destroyed || first === void 0 || !isReady(host.state, first.item))
        return false;
      const { peer, epoch } = from;
      for (; first !== void 0 && isReady(host.state, first.item); first = held[0]) {
        const { seq, item, sentAtMs, cameAtMs } = first;
        held.shift();
        if (seq <= lastSeqOf(host.state, peer, epoch)) continue;
        const nowMs = host.nowMs();
        host.dispatch({ type: "peer-item", peer, epoch, seq, item, sentAtMs: sentAtMs + nowMs - cameAtMs, nowMs });
      }
      confirm2(peer, epoch);
      return true;
    };
    socket.setNoDelay(true);
    this.sockets.add(socket);
    this.releases.add(release);
    watch.start();
    socket.on("error", () => {
    });
    socket.on("close", () => {
      watch.stop();
      this.sockets.delete(socket);
      this.releases.delete(release);
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
          const { name: peer, epoch } = frame;
          from = { peer, epoch };
          this.incoming.get(peer)?.destroy();
          this.incoming.set(peer, socket);
          host.log(`peer ${peer} dials in`);
          if (host.mutant === "redeliver-qos2") host.dispatch({ type: "forget-inbox", peer, epoch });
          host.afterCommit(
            () => send({
              type: "welcome",
              name: host.state.name,
              epoch: host.state.epoch,
              lastSeq: lastSeqOf(host.state, peer, epoch)
            })
          );
          return;
        }
        switch (frame.type) {
          case "item":
            held.push({ ...frame, cameAtMs: host.nowMs() });
            this.releaseHeld();
            break;
          case "qos0":
            this.receiveQos0(frame);
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
  receiveQos0(frame) {
    const { host } = this;
    const message = byOwnClock(frame.message, { sentAtMs: frame.sentAtMs, nowMs: host.nowMs() });
    host.receiveQos0(message, frame.publisher, frame.groups);
    this.qos0Count += 1;
    if (host.mutant === "duplicate-qos0" && this.qos0Count % 50 === 0)
      host.receiveQos0(message, frame.publisher, frame.groups);
  }
};
function onFrames(socket, heard, receive2) {
  const reader = new FrameReader();
  socket.on("data", (chunk) => {
    heard();
    const frames = reader.read(chunk);
    if (frames === void 0) {
      socket.destroy();
      return;
    }
    for (const frame of frames) receive2(frame);
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

// src/embedded/moves.ts
var answerWithinMs = 3e3;
var relinkWithinMs = 1e3;
function connect2(state, event, out) {
  const { clientId, nowMs } = event;
  const before = state.sessions.get(clientId);
  if (before?.isTentative === true) endConnection(state, before, true, nowMs, out);
  if (event.clean) {
    supersede(state, clientId, void 0);
    openSession(state, event, out);
    answerParked(state, clientId, nowMs, out);
  } else if (state.sessions.has(clientId)) openSession(state, event, out);
  else if (!joinMove(state, event)) {
    const move = ask(state, event);
    if (move === void 0) openSession(state, event, out);
    else decide(state, move, nowMs, out);
  }
}
function waitingMove(state, clientId) {
  const key = state.waiting.get(clientId);
  return key === void 0 ? void 0 : state.moves.get(key);
}
function joinMove(state, event) {
  const { clientId, nowMs } = event;
  const move = waitingMove(state, clientId) ?? comingMove(state, clientId);
  if (move === void 0) return false;
  move.connect = event;
  move.deferred = [];
  if (move.from !== void 0) move.deadlineMs = nowMs + answerWithinMs;
  state.waiting.set(clientId, stampText(move.stamp));
  return true;
}
function comingMove(state, clientId) {
  return movesOf(state, clientId).find(({ from, isSuperseded }) => from !== void 0 && !isSuperseded);
}
function ask(state, event) {
  const { clientId, nowMs } = event;
  const unanswered = /* @__PURE__ */ new Map();
  for (const peer of state.outboxes.keys()) {
    const deadlineMs = state.linkedPeers.has(peer) ? nowMs + answerWithinMs : (state.linkLostAtMs.get(peer) ?? Number.NEGATIVE_INFINITY) + relinkWithinMs;
    if (deadlineMs > nowMs) unanswered.set(peer, deadlineMs);
  }
  const wasGivenUp = unanswered.size < state.outboxes.size;
  if (state.outboxes.size === 0) return void 0;
  const stamp = tick(state, nowMs);
  for (const peer of unanswered.keys()) tellPeer(state, peer, { kind: "request", clientId, stamp });
  const move = {
    clientId,
    stamp,
    unanswered,
    wasGivenUp,
    found: /* @__PURE__ */ new Map(),
    isComing: false,
    from: void 0,
    deadlineMs: Number.POSITIVE_INFINITY,
    isSuperseded: false,
    connect: event,
    deferred: [],
    heard: []
  };
  state.moves.set(stampText(stamp), move);
  state.waiting.set(clientId, stampText(stamp));
  return move;
}
function decide(state, move, nowMs, out) {
  if (move.from !== void 0 || move.unanswered.size > 0) return [];
  const [newest] = [...move.found].sort(([, a], [, b]) => isLater(a, b) ? -1 : 1);
  if (newest !== void 0) {
    const [peer] = newest;
    const { clientId, stamp } = move;
    move.from = peer;
    move.deadlineMs = nowMs + answerWithinMs;
    tellPeer(state, peer, { kind: "take", clientId, stamp, heard: new Map(state.heard) });
    return [];
  }
  state.moves.delete(stampText(move.stamp));
  if (move.isComing) {
    refuse(state, move, out);
    return [];
  }
  return open(state, move, move.wasGivenUp, nowMs, out);
}
function open(state, move, isTentative, nowMs, out) {
  const { connect: event, deferred } = move;
  stopWaitingFor(state, move);
  if (event === void 0) return [];
  openSession(state, { ...event, nowMs }, out, isTentative);
  return deferred;
}
function refuse(state, move, out) {
  const { connect: event, clientId } = move;
  stopWaitingFor(state, move);
  if (event !== void 0) out.push({ kind: "refuse", clientId, version: event.options === void 0 ? 4 : 5 });
}
function stopWaitingFor(state, move) {
  const key = stampText(move.stamp);
  if (state.waiting.get(move.clientId) === key) state.waiting.delete(move.clientId);
  if (move.from === void 0) state.moves.delete(key);
  move.connect = void 0;
  move.deferred = [];
  move.deadlineMs = Number.POSITIVE_INFINITY;
}
function receive(state, item, event, out) {
  const { peer, nowMs } = event;
  const move = state.moves.get(stampText(item.stamp));
  if (move === void 0) return [];
  if (move.from === void 0) {
    move.unanswered.delete(peer);
    return decide(state, move, nowMs, out);
  }
  if (peer !== move.from) return [];
  const { clientId, heard } = move;
  state.moves.delete(stampText(move.stamp));
  let deferred = [];
  if (item.session === void 0) refuse(state, move, out);
  else if (move.isSuperseded || state.sessions.has(clientId)) discard(item.session, out);
  else {
    const session = inOwnClock(item.session, event);
    install(state, session, nowMs, out);
    for (const arrival of heard) {
      if (arrival.offered === void 0) routeTo(state, session, arrival, nowMs, out);
      claimFor(state, session, arrival, nowMs, out);
    }
    deferred = open(state, move, false, nowMs, out);
  }
  answerParked(state, clientId, nowMs, out);
  return deferred;
}
function install(state, session, nowMs, out) {
  state.sessions.set(session.clientId, session);
  const subscriptions = [...session.subscriptions];
  session.subscriptions.clear();
  for (const [filter, subscription] of subscriptions) {
    addSubscription(state, session, filter, subscription, nowMs, out);
  }
  membershipChanged(state, session, nowMs, out);
}
function discard(session, out) {
  const count = session.queue.length + session.inFlight.size;
  out.push({ kind: "discarded", clientId: session.clientId, count });
}
function giveUp(state, nowMs, out) {
  const deferred = [];
  for (const move of [...state.moves.values()]) {
    for (const [peer, deadlineMs] of move.unanswered) {
      if (deadlineMs > nowMs) continue;
      move.unanswered.delete(peer);
      move.wasGivenUp = true;
    }
    if (move.from !== void 0 && move.deadlineMs <= nowMs) refuse(state, move, out);
    else deferred.push(...decide(state, move, nowMs, out));
  }
  return deferred;
}
function nextDeadlineMs(state) {
  let next = Number.POSITIVE_INFINITY;
  for (const { unanswered, deadlineMs } of state.moves.values()) {
    next = Math.min(next, deadlineMs, ...unanswered.values());
  }
  return next;
}
function linkChanged(state, peer, isUp, nowMs) {
  if (isUp) state.linkedPeers.add(peer);
  else {
    state.linkedPeers.delete(peer);
    state.linkLostAtMs.set(peer, nowMs);
  }
  for (const { unanswered } of state.moves.values()) {
    const deadlineMs = unanswered.get(peer);
    if (deadlineMs === void 0) continue;
    unanswered.set(peer, isUp ? nowMs + answerWithinMs : Math.min(deadlineMs, nowMs + relinkWithinMs));
  }
}
function stopWaiting(state, nowMs) {
  for (const move of [...state.moves.values()]) stopWaitingFor(state, move);
  for (const peer of state.outboxes.keys()) state.linkLostAtMs.set(peer, nowMs);
  state.linkedPeers.clear();
}
function applyMoveItem(state, event, item, out) {
  const { peer, nowMs } = event;
  const answerOf = (note) => {
    const move = state.moves.get(stampText(item.stamp));
    if (move === void 0) return [];
    note(move);
    move.unanswered.delete(peer);
    return decide(state, move, nowMs, out);
  };
  switch (item.kind) {
    case "request":
    case "take":
      answer2(state, { ...item, peer }, nowMs, out);
      return [];
    case "found":
      return answerOf((move) => move.found.set(peer, item.claimedAt));
    case "coming":
      return answerOf((move) => {
        move.isComing = true;
      });
    case "session":
      return receive(state, item, event, out);
    case "connected":
      claimedElsewhere(state, item, nowMs, out);
      return [];
  }
}
function answer2(state, request, nowMs, out) {
  const { peer, clientId, stamp } = request;
  closeOlder(state, clientId, stamp, nowMs, out);
  const session = state.sessions.get(clientId);
  const none = { kind: "session", clientId, stamp, session: void 0 };
  if (session !== void 0 && isLater(stamp, session.claimedAt)) {
    if (request.kind === "request")
      tellPeer(state, peer, { kind: "found", clientId, stamp, claimedAt: session.claimedAt });
    else if (isCaughtUp(state, session, request.heard)) {
      tellPeer(state, peer, { ...none, session: takeAway(state, session, nowMs, out) });
    } else park(state, request);
  } else if (session === void 0 && request.kind === "request" && comingMove(state, clientId) !== void 0) {
    tellPeer(state, peer, { kind: "coming", clientId, stamp });
  } else tellPeer(state, peer, none);
}
function closeOlder(state, clientId, stamp, nowMs, out) {
  const move = waitingMove(state, clientId);
  if (move !== void 0 && isLater(stamp, move.stamp)) {
    out.push({ kind: "close", clientId });
    stopWaitingFor(state, move);
  }
  const session = state.sessions.get(clientId);
  if (session?.connectedAt === void 0 || !isLater(stamp, session.claimedAt)) return;
  endConnection(state, session, true, nowMs, out);
  if (state.mutant !== "keep-older-elsewhere") out.push({ kind: "close", clientId });
}
function isCaughtUp(state, session, heard) {
  return [...heard].every(([node, stamp]) => {
    const position = positionOf(state, session, node);
    return position !== void 0 && !isLater(stamp, position);
  });
}
function positionOf(state, session, node) {
  const here = state.heard.get(node);
  const before = session.seen.get(node);
  if (here === void 0 || before === void 0) return here ?? before;
  return isLater(here, before) ? here : before;
}
function takeAway(state, session, nowMs, out) {
  const subscriptions = new Map(session.subscriptions);
  const seen = /* @__PURE__ */ new Map();
  for (const node of /* @__PURE__ */ new Set([...state.heard.keys(), ...session.seen.keys()])) {
    const position = positionOf(state, session, node);
    if (position !== void 0) seen.set(node, position);
  }
  removeSubscriptions(state, session, nowMs, out);
  state.sessions.delete(session.clientId);
  return { ...session, subscriptions, seen };
}
function park(state, request) {
  const { clientId } = request;
  state.parked.set(clientId, [...state.parked.get(clientId) ?? [], request]);
}
function answerParked(state, clientId, nowMs, out) {
  const requests = state.parked.get(clientId);
  if (requests === void 0) return;
  state.parked.delete(clientId);
  for (const request of requests) answer2(state, request, nowMs, out);
}
function answerAllParked(state, nowMs, out) {
  for (const clientId of [...state.parked.keys()]) answerParked(state, clientId, nowMs, out);
}
function claimedElsewhere(state, { clientId, stamp }, nowMs, out) {
  closeOlder(state, clientId, stamp, nowMs, out);
  supersede(state, clientId, stamp);
  const session = state.sessions.get(clientId);
  if (session?.isTentative === true) {
    endConnection(state, session, true, nowMs, out);
    out.push({ kind: "close", clientId });
    return;
  }
  if (session !== void 0 && isLater(stamp, session.claimedAt)) {
    discard(session, out);
    endSession(state, clientId, nowMs, out);
  }
  answerParked(state, clientId, nowMs, out);
}
function supersede(state, clientId, stamp) {
  for (const move of movesOf(state, clientId)) {
    if (stamp !== void 0 && !isLater(stamp, move.stamp)) continue;
    move.isSuperseded = true;
    move.heard = [];
    stopWaitingFor(state, move);
  }
}
function movesOf(state, clientId) {
  return [...state.moves.values()].filter((move) => move.clientId === clientId);
}
function inOwnClock(session, event) {
  const { sentAtMs, nowMs } = event;
  const convert = (delivery) => ({ ...delivery, message: byOwnClock(delivery.message, event) });
  const { willDueAtMs } = session;
  return {
    ...session,
    endsAtMs: session.endsAtMs - sentAtMs + nowMs,
    willDueAtMs: willDueAtMs === void 0 ? void 0 : willDueAtMs - sentAtMs + nowMs,
    queue: session.queue.map(convert).filter(({ message }) => !isExpired(message, nowMs)),
    inFlight: new Map([...session.inFlight].map(([id, delivery]) => [id, convert(delivery)]))
  };
}

// src/embedded/state.ts
function apply(state, event) {
  const out = [];
  let deferred = [];
  if ("nowMs" in event) state.nowMs = Math.max(state.nowMs, event.nowMs);
  switch (event.type) {
    case "start":
      start(state, event, out);
      break;
    case "tick":
      expire(state, event.nowMs, out);
      deferred = giveUp(state, event.nowMs, out);
      break;
    case "connect":
      connect2(state, event, out);
      break;
    case "peer-item":
      deferred = applyItem(state, event, out);
      break;
    case "peer-welcome":
      if (welcome(state, event)) tellAll(state, event.peer);
      linkChanged(state, event.peer, true, event.nowMs);
      settleAll(state, event.nowMs, out);
      break;
    case "peer-lost":
      linkChanged(state, event.peer, false, event.nowMs);
      break;
    case "peer-confirm":
      confirm(state, event.peer, event.seq);
      break;
    case "forget-inbox":
      forgetInbox(state, event.peer, event.epoch);
      break;
    case "late-backlog":
      deliverLate(state, event.count, event.nowMs, out);
      break;
    default: {
      const session = state.sessions.get(event.clientId);
      const move = waitingMove(state, event.clientId);
      if (move !== void 0) move.deferred.push(event);
      else if (session !== void 0) applyToSession(state, session, event, out);
    }
  }
  for (const later of deferred) out.push(...apply(state, later));
  return out;
}
function tellAll(state, peer) {
  for (const { message, stamp } of state.retained.values()) tellPeer(state, peer, { kind: "retained", message, stamp });
  tellMembers(state, peer);
}
function routeQos0(state, message, publisher, turn, nowMs) {
  const outputs = [];
  const groupsByPeer = /* @__PURE__ */ new Map();
  route(state, message, publisher, "client", void 0, nowMs, outputs);
  for (const group of groupsFor(state, message.topic)) {
    const holder = chooseHolder(state, group, turn);
    if (holder?.kind === "member") deliverToMember(state, group, holder.clientId, message, nowMs, outputs);
    else if (holder?.kind === "peer") {
      groupsByPeer.set(holder.peer, [...groupsByPeer.get(holder.peer) ?? [], group.filter]);
    }
  }
  return { outputs, groupsByPeer };
}
function routeQos0OfPeer(state, message, publisher, filters, turn, nowMs) {
  const outputs = [];
  route(state, message, publisher, "peer", void 0, nowMs, outputs);
  for (const filter of filters) {
    const group = state.groups.get(filter);
    const clientId = group === void 0 ? void 0 : chooseMember(state, group, turn);
    if (group !== void 0 && clientId !== void 0) {
      deliverToMember(state, group, clientId, message, nowMs, outputs);
    }
  }
  return outputs;
}
function nextDueAtMs(state) {
  return Math.min(nextExpiryAtMs(state), nextDeadlineMs(state));
}
function applyToSession(state, session, event, out) {
  const { clientId } = session;
  if (event.type !== "disconnect" || !event.abnormal) confirmSession(state, session);
  switch (event.type) {
    case "disconnect":
      if (event.expiryMs !== void 0) session.expiryMs = event.expiryMs;
      endConnection(state, session, event.abnormal, event.nowMs, out);
      break;
    case "subscribe":
      subscribe(state, session, event, out);
      break;
    case "unsubscribe":
      unsubscribe(state, session, event, out);
      break;
    case "publish":
      publishFromClient(state, session, event, out);
      break;
    case "pubrel":
    case "puback":
    case "pubrec":
    case "pubcomp":
      acknowledge(state, session, event, out);
      break;
    case "remember-id": {
      const { messageId } = event;
      session.received.add(messageId);
      out.push({ kind: "send", clientId, packet: { cmd: "pubrec", messageId, ...success(session) } });
      break;
    }
  }
}
function start(state, event, out) {
  state.mutant = event.mutant;
  state.clockOffsetMs = event.clockOffsetMs;
  keepOutboxes(state, event.peers);
  if (state.mutant === "forget-retained") state.retained.clear();
  if (state.mutant === "forget-qos2-ids") for (const { received } of state.sessions.values()) received.clear();
  if (state.mutant === "forget-sessions")
    for (const clientId of [...state.sessions.keys()]) endSession(state, clientId, event.nowMs, out);
  if (state.mutant === "forget-outbox") for (const outbox of state.outboxes.values()) outbox.items.clear();
  stopWaiting(state, event.nowMs);
  const cutOff = [...state.sessions.values()].filter(({ connectedAt }) => connectedAt !== void 0);
  for (const session of cutOff) session.connectedAt = void 0;
  for (const session of cutOff) endConnection(state, session, true, event.nowMs, out);
}
function applyItem(state, event, out) {
  if (!isFirst(state, event.peer, event.epoch, event.seq)) return [];
  const { item, nowMs } = event;
  if ("stamp" in item && isLater(item.stamp, state.latest)) state.latest = item.stamp;
  if (state.memberEpochs.get(event.peer) !== event.epoch) {
    state.memberEpochs.set(event.peer, event.epoch);
    forgetMembersOf(state, event.peer, nowMs, out);
  }
  switch (item.kind) {
    case "message": {
      const message = byOwnClock(item.message, event);
      if (state.mutant !== "keep-deleted-retained" || message.payload.length > 0) retain(state, message, item.stamp);
      const { publisher, stamp, groups = [] } = item;
      const arrival = { message, publisher, stamp, from: event.peer, groups };
      take2(state, arrival, "peer", nowMs, out);
      if (state.mutant === "apply-twice" && event.seq % 50 === 0) take2(state, arrival, "peer", nowMs, out);
      answerAllParked(state, nowMs, out);
      claimUnnamed(state, event.peer, item, message);
      break;
    }
    case "retained":
      retain(state, byOwnClock(item.message, event), item.stamp);
      break;
    case "request":
    case "found":
    case "coming":
    case "take":
    case "session":
    case "connected":
      return applyMoveItem(state, event, item, out);
    case "token":
    case "offer":
      applyGroupItem(state, event.peer, { ...item, message: byOwnClock(item.message, event) }, nowMs, out);
      answerAllParked(state, nowMs, out);
      break;
    default:
      applyGroupItem(state, event.peer, item, nowMs, out);
  }
  return [];
}

// src/embedded/broker.ts
var checkSilenceEveryMs = 500;
var checkDueEveryMs = 100;
var retryCommitAfterMs = 100;
var farewellMs = 500;
var Broker = class {
  mutant;
  current;
  options;
  journal;
  clock;
  metrics = createMetrics();
  connections = /* @__PURE__ */ new Set();
  attached = /* @__PURE__ */ new Map();
  diallers = /* @__PURE__ */ new Map();
  listener;
  servers = [];
  timers = [];
  outputs = [];
  commitDue = false;
  /** Not of the state: QoS 0 leaves no trace in the journal. */
  qos0Turn = 0;
  diskRefuses = false;
  /** Reads the data folder. Nothing listens yet. */
  constructor(options) {
    this.options = options;
    this.mutant = options.mutant;
    this.current = emptyState(options.name, randomUUID());
    const { journal, cutBytes } = Journal.open(options.dataFolder, {
      fsync: options.fsync,
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
    this.clock = new NodeClock(this.current.clockOffsetMs);
    this.clock.continueFrom(this.current.nowMs);
    this.listener = new Listener(this);
  }
  nowMs() {
    return this.clock.nowMs();
  }
  get state() {
    return this.current;
  }
  /** Ends what the last run left open, then listens and dials. */
  async start() {
    const { options } = this;
    this.dispatch({
      type: "start",
      peers: [...options.peers.keys()],
      mutant: this.mutant,
      clockOffsetMs: this.clock.offset,
      nowMs: this.nowMs()
    });
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
    const accept = (stream) => {
      this.connections.add(new ClientConnection(stream, this));
    };
    await this.listenBeside(accept);
    if (options.mqtt !== void 0) await this.listen("mqtt", options.mqtt, createServer(accept));
    for (const [peer, address] of options.peers) this.diallers.set(peer, new Dialler(peer, address, this));
    this.every(checkSilenceEveryMs, () => {
      for (const connection of this.connections) connection.checkSilence(performance.now());
    });
    this.every(checkDueEveryMs, () => {
      this.listener.releaseHeld();
      const nowMs = this.nowMs();
      if (nextDueAtMs(this.state) <= nowMs) this.dispatch({ type: "tick", nowMs });
    });
    if (this.mutant === "reorder-after-reconnect") {
      this.every(mutantDelayMs, () => {
        if (this.someoneIsLate()) this.dispatch({ type: "late-backlog", count: 20, nowMs: this.nowMs() });
      });
    }
  }
  /** Ends every connection as abnormal, gives the peers a moment to hear of the wills, and lets go of everything. */
  async stop() {
    for (const timer of this.timers) clearInterval(timer);
    for (const server of this.servers) server.close();
    this.storeLate(this.late.length);
    for (const clientId of [...this.attached.keys()]) {
      this.dispatch({ type: "disconnect", clientId, abnormal: true, nowMs: this.nowMs() });
    }
    this.attached.clear();
    for (const connection of [...this.connections]) connection.abandon(reasons.shuttingDown);
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
      if (output.kind === "discarded") {
        this.discarded(output.clientId, output.count);
        continue;
      }
      const connection = this.attached.get(output.clientId);
      if (connection === void 0) continue;
      if (output.kind === "close") {
        this.attached.delete(output.clientId);
        connection.abandon(reasons.sessionTakenOver);
      } else if (output.kind === "refuse") {
        this.attached.delete(output.clientId);
        this.outputs.push(() => connection.refuseUnavailable());
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
    if (this.mutant !== "keep-older-here") this.attached.get(clientId)?.abandon(reasons.sessionTakenOver);
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
    if (message.qos === 0 && !message.retain) this.passOn(clientId, message);
    else if (this.mutant === "ack-before-store" && messageId !== void 0) {
      this.acknowledgeFirst(clientId, messageId, message);
    } else this.dispatch({ type: "publish", clientId, messageId, message, nowMs: this.nowMs() });
  }
  /** QoS 0 promises nothing, so nothing of it is written. */
  passOn(publisher, published) {
    if (this.diskRefuses) {
      this.dropped("disk");
      return;
    }
    const message = withExpiry(published, this.nowMs());
    this.qos0Turn += 1;
    const { outputs, groupsByPeer } = routeQos0(this.current, message, publisher, this.qos0Turn, this.nowMs());
    this.emit(outputs);
    if (this.mutant === "own-broadcast") this.receiveQos0(message, publisher, []);
    this.afterCommit(() => {
      for (const [peer, dialler] of this.diallers) {
        dialler.sendQos0(message, publisher, groupsByPeer.get(peer) ?? []);
      }
    });
  }
  discarded(clientId, count) {
    this.log(`session of ${clientId} replaced by a newer one: ${count} messages discarded`);
    this.metrics.dropped.inc({ reason: "session-replaced" }, count);
  }
  delivered(qos) {
    this.metrics.delivered.inc({ qos });
  }
  dropped(reason) {
    this.metrics.dropped.inc({ reason });
  }
  // ---- for the links
  receiveQos0(message, publisher, groups) {
    this.qos0Turn += 1;
    if (this.diskRefuses) this.dropped("disk");
    else this.emit(routeQos0OfPeer(this.current, message, publisher, groups, this.qos0Turn, this.nowMs()));
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
    this.late.push({ type: "publish", clientId, messageId: void 0, message, nowMs: this.nowMs() });
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
  /** The listeners for clients that do not speak plain MQTT. */
  async listenBeside(accept) {
    const { tls, ws, wss, certificateFolder } = this.options;
    if (tls === void 0 && ws === void 0 && wss === void 0) return;
    const { createTlsListener, createWebSocketListener } = await import("./chunks/listeners-D4AH7CL6.js");
    if (ws !== void 0) await this.listen("ws", ws, createWebSocketListener(accept));
    if (tls === void 0 && wss === void 0) return;
    const { certificateIn } = await import("./chunks/certificates-CZO5BXCH.js");
    const certificate = await certificateIn(certificateFolder);
    if (tls !== void 0) await this.listen("tls", tls, createTlsListener(certificate, accept));
    if (wss !== void 0) await this.listen("wss", wss, createWebSocketListener(accept, certificate));
  }
  createHttp() {
    return createHttpServer((request, response) => {
      const answer3 = (status, type, body) => {
        response.writeHead(status, { "content-type": type }).end(body);
      };
      if (request.url === "/health") {
        const peers = Object.fromEntries(
          [...this.options.peers.keys()].map((peer) => [peer, this.isPeerUp(peer) ? "connected" : "disconnected"])
        );
        answer3(
          200,
          "application/json",
          JSON.stringify({ name: this.options.name, peers, sessions: this.state.sessions.size })
        );
      } else if (request.url === "/metrics") {
        const { registry } = this.metrics;
        registry.metrics().then(
          (text) => answer3(200, registry.contentType, text),
          (error) => answer3(500, "text/plain", messageOf(error))
        );
      } else answer3(404, "text/plain", "try /health or /metrics");
    });
  }
};

// src/embedded/main.ts
var usage = `embedded-broker: one node of an MQTT 3.1.1 and 5 cluster, the reference that chaos-action's checks are proved on

  --name node1                                    this node's name in the cluster
  --data FOLDER                                   where its journal lives
  --mqtt 127.0.0.1:1883                           MQTT clients (none: no such listener, if another one for clients is named)
  --cluster 127.0.0.1:7001                        the other nodes
  --tls 127.0.0.1:8883                            MQTT clients over TLS (none: no such listener)
  --ws 127.0.0.1:8083                             MQTT clients over WebSocket (none: no such listener)
  --wss 127.0.0.1:8084                            MQTT clients over WebSocket and TLS (none: no such listener)
  --certificates FOLDER                           where ca.pem and key.pem are, or are put (the folder of --data)
  --http 127.0.0.1:9100                           /health and /metrics
  --peers node2=127.0.0.1:7002,node3=...          the other nodes, each at the address to dial (none: a single node)
  --fsync                                         each acknowledgement waits until the disk has it (or EMBEDDED_FSYNC=1)
  --mutant NAME                                   a deliberate defect:
${Object.entries(mutants).map(([name, { does }]) => `      ${name.padEnd(26)}${does}`).join("\n")}
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
      mqtt: text,
      cluster: { ...text, default: "127.0.0.1:7001" },
      http: { ...text, default: "127.0.0.1:9100" },
      peers: { ...text, default: "" },
      data: text,
      mutant: text,
      tls: text,
      ws: text,
      wss: text,
      certificates: text,
      fsync: { type: "boolean", default: process.env.EMBEDDED_FSYNC === "1" }
    }
  });
  const { name, data, mutant } = values;
  if (name === void 0 || name === "") throw new Error("--name is missing");
  if (data === void 0 || data === "") throw new Error("--data is missing");
  if (mutant !== void 0 && mutant !== "" && !isMutant(mutant)) throw new Error(`no mutant is called ${mutant}`);
  return {
    name,
    mqtt: optional(values.mqtt ?? (values.tls || values.ws || values.wss ? void 0 : "127.0.0.1:1883")),
    cluster: readAddress(values.cluster),
    http: readAddress(values.http),
    peers: readPeers(values.peers),
    tls: optional(values.tls),
    ws: optional(values.ws),
    wss: optional(values.wss),
    certificateFolder: values.certificates ?? data,
    dataFolder: data,
    fsync: values.fsync,
    mutant: mutant === void 0 || mutant === "" ? void 0 : mutant,
    log
  };
}
function optional(text) {
  return text ? readAddress(text) : void 0;
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
