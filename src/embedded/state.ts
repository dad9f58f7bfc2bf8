import type { Packet } from 'mqtt-packet';
import type { Mutant } from './mutants.ts';
import { isLater, type Stamp, stampAfter } from './stamp.ts';
import { hasWildcard, matchesTopic } from './topics.ts';

/*
 * All that a node knows, and how it changes. Each input is one event and each event one record of the journal, so a kill
 * finds the whole of it done or nothing: a message is never stored without being in the outboxes, a peer's message never
 * applied without its sequence number being remembered.
 */

export type Qos = 0 | 1 | 2;

export type Message = {
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: Qos;
  readonly retain: boolean;
};

/** A message on its way to one session, at the lower of the published and the granted QoS [MQTT-3.8.4-6]. */
export type Delivery = { readonly message: Message; readonly qos: 1 | 2; readonly retain: boolean };

export type Session = {
  readonly clientId: string;
  readonly clean: boolean;
  /** Since when a client is connected; undefined while it is away. */
  connectedAt: Stamp | undefined;
  will: Message | undefined;
  readonly subscriptions: Map<string, Qos>;
  /** Ids of QoS 2 messages taken from the client and not yet released by it [MQTT-4.3.3-2]. */
  readonly received: Set<number>;
  /** Sent and not acknowledged, in the order of sending, which is the order of sending again [MQTT-4.6.0-1]. */
  readonly inFlight: Map<number, Delivery>;
  /** PUBREC had, PUBCOMP not, in the order of the PUBRECs [MQTT-4.6.0-4]. */
  readonly released: Set<number>;
  queue: Delivery[];
  lastId: number;
  /** Of the mutant reorder-after-reconnect; otherwise empty. */
  late: Delivery[];
};

/** What one node tells the others. */
export type Item =
  | { readonly kind: 'message'; readonly message: Message; readonly stamp: Stamp }
  /** A retained message that the peer may lack; nobody subscribed to it is to hear of it. */
  | { readonly kind: 'retained'; readonly message: Message; readonly stamp: Stamp }
  /** The client has connected here, so it is not connected elsewhere. */
  | { readonly kind: 'connected'; readonly clientId: string; readonly stamp: Stamp };

export type Outbox = { nextSeq: number; readonly items: Map<number, Item> };

export type State = {
  readonly name: string;
  /** Made with the data folder: numbers of an outbox mean something only together with the epoch of its owner. */
  readonly epoch: string;
  mutant: Mutant | undefined;
  latest: Stamp;
  readonly sessions: Map<string, Session>;
  /** Filter -> client id -> granted QoS; filters without wildcards apart, where a topic is looked up and not searched. */
  readonly exactFilters: Map<string, Map<string, Qos>>;
  readonly wildcardFilters: Map<string, Map<string, Qos>>;
  /** An empty payload is a deletion, kept so that an older value from a peer cannot come back after it. */
  readonly retained: Map<string, { readonly message: Message; readonly stamp: Stamp }>;
  /** Unbounded: a peer away for long costs memory, and dropping instead would break the promise of the PUBACK. */
  readonly outboxes: Map<string, Outbox>;
  /** The last sequence number applied, by peer and epoch. */
  readonly inboxes: Map<string, number>;
  readonly peerEpochs: Map<string, string>;
};

export type Event =
  | {
      readonly type: 'start';
      readonly peers: readonly string[];
      readonly mutant: Mutant | undefined;
      readonly nowMs: number;
    }
  | {
      readonly type: 'connect';
      readonly clientId: string;
      readonly clean: boolean;
      readonly will: Message | undefined;
      readonly nowMs: number;
    }
  | { readonly type: 'disconnect'; readonly clientId: string; readonly abnormal: boolean; readonly nowMs: number }
  | {
      readonly type: 'subscribe';
      readonly clientId: string;
      readonly messageId: number;
      readonly filters: readonly { readonly filter: string; readonly qos: Qos }[];
    }
  | {
      readonly type: 'unsubscribe';
      readonly clientId: string;
      readonly messageId: number;
      readonly filters: readonly string[];
    }
  /** Without a `messageId` nobody waits for an acknowledgement. */
  | {
      readonly type: 'publish';
      readonly clientId: string;
      readonly messageId: number | undefined;
      readonly message: Message;
      readonly nowMs: number;
    }
  | { readonly type: 'pubrel' | 'puback' | 'pubrec' | 'pubcomp'; readonly clientId: string; readonly messageId: number }
  | {
      readonly type: 'peer-item';
      readonly peer: string;
      readonly epoch: string;
      readonly seq: number;
      readonly item: Item;
      readonly nowMs: number;
    }
  | { readonly type: 'peer-welcome'; readonly peer: string; readonly epoch: string; readonly seq: number }
  | { readonly type: 'peer-confirm'; readonly peer: string; readonly seq: number }
  | MutantEvent;

/** Steps that no sound broker takes. */
type MutantEvent =
  | { readonly type: 'remember-id'; readonly clientId: string; readonly messageId: number }
  | { readonly type: 'forget-inbox'; readonly peer: string; readonly epoch: string }
  | { readonly type: 'late-backlog'; readonly count: number };

/** What the world is to hear of an event, once its record is written. */
export type Output =
  | { readonly kind: 'send'; readonly clientId: string; readonly packet: Packet }
  | { readonly kind: 'close'; readonly clientId: string };

/** How many messages a session may have unacknowledged. */
export const inFlightLimit = 100;

export function emptyState(name: string, epoch: string): State {
  return {
    name,
    epoch,
    mutant: undefined,
    latest: { wallMs: 0, counter: 0, node: name },
    sessions: new Map(),
    exactFilters: new Map(),
    wildcardFilters: new Map(),
    retained: new Map(),
    outboxes: new Map(),
    inboxes: new Map(),
    peerEpochs: new Map(),
  };
}

/**
 * Changes `state` by `event`. It has no other input and no other effect, so reading the journal again leads to the same
 * state, packet ids included: what was in flight is sent again under its old id with nothing else written down.
 */
export function apply(state: State, event: Event): Output[] {
  const out: Output[] = [];
  switch (event.type) {
    case 'start':
      start(state, event, out);
      break;
    case 'connect':
      connect(state, event, out);
      break;
    case 'peer-item':
      applyItem(state, event, out);
      break;
    case 'peer-welcome':
      welcome(state, event);
      break;
    case 'peer-confirm':
      confirm(state, event.peer, event.seq);
      break;
    case 'forget-inbox':
      state.inboxes.delete(inboxKey(event.peer, event.epoch));
      break;
    case 'late-backlog':
      for (const session of state.sessions.values()) {
        session.queue.push(...session.late.splice(0, event.count));
        fill(session, out);
      }
      break;
    default: {
      const session = state.sessions.get(event.clientId);
      if (session !== undefined) applyToSession(state, session, event, out);
    }
  }
  return out;
}

/** Delivers a message that leaves no trace in the state: QoS 0 and not retained. */
export function routeQos0(state: State, message: Message, origin: Origin): Output[] {
  const out: Output[] = [];
  route(state, message, origin, out);
  return out;
}

export function lastSeqOf(state: State, peer: string, epoch: string): number {
  return state.inboxes.get(inboxKey(peer, epoch)) ?? 0;
}

type SessionEvent = Extract<Event, { clientId: string }>;

function applyToSession(state: State, session: Session, event: SessionEvent, out: Output[]): void {
  const { clientId } = session;
  switch (event.type) {
    case 'disconnect':
      close(state, session, event.abnormal, event.nowMs, out);
      break;
    case 'subscribe':
      subscribe(state, session, event, out);
      break;
    case 'unsubscribe':
      for (const filter of event.filters) removeSubscription(state, session, filter);
      out.push({ kind: 'send', clientId, packet: { cmd: 'unsuback', messageId: event.messageId, granted: [] } });
      break;
    case 'publish':
      publishFromClient(state, session, event, out);
      break;
    case 'pubrel':
      session.received.delete(event.messageId);
      // Also for an id that is not known: the client sends PUBREL until it gets its answer [MQTT-4.3.3-2].
      out.push({ kind: 'send', clientId, packet: { cmd: 'pubcomp', messageId: event.messageId } });
      break;
    case 'puback':
      if (session.inFlight.get(event.messageId)?.qos === 1) session.inFlight.delete(event.messageId);
      fill(session, out);
      break;
    case 'pubrec':
      if (session.inFlight.get(event.messageId)?.qos === 2) {
        session.inFlight.delete(event.messageId);
        session.released.add(event.messageId);
      }
      out.push({ kind: 'send', clientId, packet: { cmd: 'pubrel', messageId: event.messageId } });
      break;
    case 'pubcomp':
      session.released.delete(event.messageId);
      fill(session, out);
      break;
    case 'remember-id':
      session.received.add(event.messageId);
      out.push({ kind: 'send', clientId, packet: { cmd: 'pubrec', messageId: event.messageId } });
      break;
    case 'connect':
      break;
  }
}

function start(state: State, event: Extract<Event, { type: 'start' }>, out: Output[]): void {
  state.mutant = event.mutant;
  for (const peer of state.outboxes.keys()) if (!event.peers.includes(peer)) state.outboxes.delete(peer);
  for (const peer of event.peers) {
    if (!state.outboxes.has(peer)) state.outboxes.set(peer, { nextSeq: 1, items: new Map() });
  }
  if (state.mutant === 'forget-outbox') for (const outbox of state.outboxes.values()) outbox.items.clear();
  // A client that was connected when the node died was not asked: its connection ended abnormally.
  for (const session of [...state.sessions.values()]) {
    if (session.connectedAt !== undefined) close(state, session, true, event.nowMs, out);
  }
}

function connect(state: State, event: Extract<Event, { type: 'connect' }>, out: Output[]): void {
  const { clientId } = event;
  const before = state.sessions.get(clientId);
  if (before?.connectedAt !== undefined) close(state, before, true, event.nowMs, out);
  if (event.clean && state.sessions.has(clientId)) removeSession(state, clientId);
  const kept = state.sessions.get(clientId);
  const session = kept ?? newSession(clientId, event.clean);
  state.sessions.set(clientId, session);
  if (state.mutant === 'forget-session' && kept !== undefined) forget(state, kept);
  const stamp = tick(state, event.nowMs);
  session.connectedAt = stamp;
  session.will = event.will;
  tellPeers(state, { kind: 'connected', clientId, stamp });
  // [MQTT-3.2.2-1, -2, -3]
  out.push({ kind: 'send', clientId, packet: { cmd: 'connack', returnCode: 0, sessionPresent: kept !== undefined } });
  resume(state, session, out);
}

/** First what was in flight, then the backlog; live messages queue up behind it [MQTT-4.4.0-1, MQTT-4.6.0-1, -6]. */
function resume(state: State, session: Session, out: Output[]): void {
  const { clientId } = session;
  for (const messageId of session.released) out.push({ kind: 'send', clientId, packet: { cmd: 'pubrel', messageId } });
  for (const [messageId, delivery] of session.inFlight) out.push(publishPacket(clientId, delivery, messageId, true));
  if (state.mutant === 'reorder-after-reconnect') {
    session.late = session.late.concat(session.queue);
    session.queue = [];
  }
  fill(session, out);
}

/** Ends a connection, with its will unless the client said DISCONNECT [MQTT-3.1.2-8, -10]. */
function close(state: State, session: Session, withWill: boolean, nowMs: number, out: Output[]): void {
  const { will } = session;
  session.connectedAt = undefined;
  session.will = undefined;
  if (session.clean) removeSession(state, session.clientId);
  // A will goes through the outboxes at any QoS: when it is due the links are often just as broken.
  if (withWill && will !== undefined) publish(state, will, nowMs, out);
}

function newSession(clientId: string, clean: boolean): Session {
  return {
    clientId,
    clean,
    connectedAt: undefined,
    will: undefined,
    subscriptions: new Map(),
    received: new Set(),
    inFlight: new Map(),
    released: new Set(),
    queue: [],
    lastId: 0,
    late: [],
  };
}

function removeSession(state: State, clientId: string): void {
  const session = state.sessions.get(clientId);
  if (session === undefined) return;
  for (const filter of [...session.subscriptions.keys()]) removeSubscription(state, session, filter);
  state.sessions.delete(clientId);
}

/** The defect of the mutant forget-session. */
function forget(state: State, session: Session): void {
  for (const filter of [...session.subscriptions.keys()]) removeSubscription(state, session, filter);
  session.inFlight.clear();
  session.queue = [];
}

function subscribe(state: State, session: Session, event: Extract<Event, { type: 'subscribe' }>, out: Output[]): void {
  const { clientId } = session;
  for (const { filter, qos } of event.filters) {
    session.subscriptions.set(filter, qos);
    const filters = filtersLike(state, filter);
    const granted = filters.get(filter) ?? new Map<string, Qos>();
    filters.set(filter, granted.set(clientId, qos));
  }
  const granted = event.filters.map(({ qos }) => qos);
  out.push({ kind: 'send', clientId, packet: { cmd: 'suback', messageId: event.messageId, granted } });
  // Each subscription is sent what is retained, also one that replaces its like [MQTT-3.3.1-6, MQTT-3.8.4-3].
  for (const { filter, qos } of event.filters) {
    for (const [topic, { message }] of state.retained) {
      if (message.payload.length > 0 && matchesTopic(filter, topic)) deliver(session, message, qos, true, out);
    }
  }
}

function removeSubscription(state: State, session: Session, filter: string): void {
  session.subscriptions.delete(filter);
  const filters = filtersLike(state, filter);
  const granted = filters.get(filter);
  granted?.delete(session.clientId);
  if (granted?.size === 0) filters.delete(filter);
}

function filtersLike(state: State, filter: string): Map<string, Map<string, Qos>> {
  return hasWildcard(filter) ? state.wildcardFilters : state.exactFilters;
}

function publishFromClient(
  state: State,
  session: Session,
  event: Extract<Event, { type: 'publish' }>,
  out: Output[],
): void {
  const { clientId } = session;
  const { message, messageId } = event;
  if (messageId === undefined || message.qos === 0) {
    publish(state, message, event.nowMs, out);
    return;
  }
  if (message.qos === 1) {
    publish(state, message, event.nowMs, out);
    out.push({ kind: 'send', clientId, packet: { cmd: 'puback', messageId } });
    return;
  }
  // Method B of figure 4.3: the message is passed on now and the id remembered, so that a repetition is not [MQTT-4.3.3-2].
  if (!session.received.has(messageId)) {
    session.received.add(messageId);
    publish(state, message, event.nowMs, out);
  }
  out.push({ kind: 'send', clientId, packet: { cmd: 'pubrec', messageId } });
}

/** A message begins here: to the sessions of this node and into the outbox of every peer, which filters for itself. */
function publish(state: State, message: Message, nowMs: number, out: Output[]): void {
  const stamp = tick(state, nowMs);
  retain(state, message, stamp);
  tellPeers(state, { kind: 'message', message, stamp });
  route(state, message, 'client', out);
}

function tick(state: State, nowMs: number): Stamp {
  state.latest = stampAfter(state.latest, state.name, nowMs);
  return state.latest;
}

function tellPeers(state: State, item: Item): void {
  for (const outbox of state.outboxes.values()) append(outbox, item);
}

function append(outbox: Outbox, item: Item): void {
  outbox.items.set(outbox.nextSeq, item);
  outbox.nextSeq += 1;
}

/** The last writer wins, wherever and in whatever order the writes arrive [MQTT-3.3.1-5, -7, -10, -11]. */
function retain(state: State, message: Message, stamp: Stamp): void {
  if (!message.retain) return;
  const kept = state.retained.get(message.topic);
  if (kept === undefined || isLater(stamp, kept.stamp)) state.retained.set(message.topic, { message, stamp });
}

/** Where a node has a message from. */
export type Origin = 'client' | 'peer';

function route(state: State, message: Message, origin: Origin, out: Output[]): void {
  const highest = new Map<string, Qos>();
  const collect = (granted: ReadonlyMap<string, Qos>): void => {
    for (const [clientId, qos] of granted) {
      const other = highest.get(clientId);
      if (other === undefined || qos > other) highest.set(clientId, qos);
    }
  };
  const exact = state.exactFilters.get(message.topic);
  if (exact !== undefined) collect(exact);
  const reachesWildcards = state.mutant !== 'local-wildcards' || origin === 'client';
  if (reachesWildcards)
    for (const [filter, granted] of state.wildcardFilters) if (matchesTopic(filter, message.topic)) collect(granted);
  // Once a session, at the highest QoS of its overlapping subscriptions [MQTT-3.3.5-1].
  for (const [clientId, qos] of highest) {
    const session = state.sessions.get(clientId);
    if (session !== undefined) deliver(session, message, qos, false, out);
  }
}

function deliver(session: Session, message: Message, granted: Qos, asRetained: boolean, out: Output[]): void {
  const qos = message.qos < granted ? message.qos : granted;
  if (qos === 0) {
    if (session.connectedAt !== undefined) {
      const packet: Packet = {
        cmd: 'publish',
        topic: message.topic,
        payload: message.payload,
        qos,
        dup: false,
        retain: asRetained,
      };
      out.push({ kind: 'send', clientId: session.clientId, packet });
    }
    return;
  }
  session.queue.push({ message, qos, retain: asRetained });
  fill(session, out);
}

/** Sends from the queue while the window is open. Ids are given only here, so DUP is 0 exactly on the first sending [MQTT-3.3.1-1]. */
function fill(session: Session, out: Output[]): void {
  if (session.connectedAt === undefined) return;
  while (session.inFlight.size + session.released.size < inFlightLimit) {
    const delivery = session.queue.shift();
    if (delivery === undefined) return;
    const messageId = freeId(session);
    session.inFlight.set(messageId, delivery);
    out.push(publishPacket(session.clientId, delivery, messageId, false));
  }
}

/** An id that is not in flight [MQTT-2.3.1-4]. */
function freeId(session: Session): number {
  do {
    session.lastId = (session.lastId % 65_535) + 1;
  } while (session.inFlight.has(session.lastId) || session.released.has(session.lastId));
  return session.lastId;
}

function publishPacket(clientId: string, delivery: Delivery, messageId: number, dup: boolean): Output {
  const { topic, payload } = delivery.message;
  return {
    kind: 'send',
    clientId,
    packet: { cmd: 'publish', topic, payload, qos: delivery.qos, dup, retain: delivery.retain, messageId },
  };
}

function applyItem(state: State, event: Extract<Event, { type: 'peer-item' }>, out: Output[]): void {
  const key = inboxKey(event.peer, event.epoch);
  if (event.seq <= (state.inboxes.get(key) ?? 0)) return;
  state.inboxes.set(key, event.seq);
  const { item } = event;
  if (isLater(item.stamp, state.latest)) state.latest = item.stamp;
  switch (item.kind) {
    case 'message':
      retain(state, item.message, item.stamp);
      route(state, item.message, 'peer', out);
      break;
    case 'retained':
      retain(state, item.message, item.stamp);
      break;
    case 'connected': {
      const session = state.sessions.get(item.clientId);
      if (session?.connectedAt === undefined || !isLater(item.stamp, session.connectedAt)) break;
      close(state, session, true, event.nowMs, out);
      out.push({ kind: 'close', clientId: item.clientId });
      break;
    }
  }
}

function welcome(state: State, event: Extract<Event, { type: 'peer-welcome' }>): void {
  confirm(state, event.peer, event.seq);
  const outbox = state.outboxes.get(event.peer);
  if (outbox === undefined || state.peerEpochs.get(event.peer) === event.epoch) return;
  // A peer that is new, or has lost its data, has never heard of what was confirmed long ago and still stands.
  state.peerEpochs.set(event.peer, event.epoch);
  for (const { message, stamp } of state.retained.values()) append(outbox, { kind: 'retained', message, stamp });
}

function confirm(state: State, peer: string, seq: number): void {
  const outbox = state.outboxes.get(peer);
  if (outbox === undefined) return;
  for (const sent of outbox.items.keys()) {
    if (sent > seq) break;
    outbox.items.delete(sent);
  }
}

function inboxKey(peer: string, epoch: string): string {
  return `${peer} ${epoch}`;
}
