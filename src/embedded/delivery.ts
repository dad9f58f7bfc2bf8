import { generate, type IPublishPacket, type Packet } from 'mqtt-packet';
import type { AcknowledgementEvent, Delivery, Message, Output, Qos, Session, State } from './model.ts';
import { mutantIds, mutantQueueLimit } from './mutants.ts';

/*
 * From a session to its client: the queue, what is in flight, and the acknowledgements.
 */

/** How many messages a session may have unacknowledged; a client may ask for fewer by its Receive Maximum. */
export const inFlightLimit = 100;

/** A message for one session and what its subscriptions say about it. */
export type Offer = {
  readonly message: Message;
  readonly granted: Qos;
  readonly retain: boolean;
  readonly subscriptionIds: readonly number[];
  readonly group?: string;
};

export function deliver(state: State, session: Session, offer: Offer, nowMs: number, out: Output[]): void {
  const { message, granted, ...rest } = offer;
  const qos = qosOf(state, session, offer);
  if (qos === 0) {
    if (session.connectedAt === undefined || isExpired(message, nowMs)) return;
    sendPublish(state, session, { message, qos, ...rest }, undefined, state.mutant === 'dup-at-qos0', nowMs, out);
    return;
  }
  const isFull = session.connectedAt === undefined && session.queue.length >= mutantQueueLimit;
  if (state.mutant === 'bound-queue' && isFull) return;
  session.queue.push({ message, qos, ...rest });
  fill(state, session, nowMs, out);
}

/** The lower of the published and the granted one [MQTT-3.8.4-8]. */
function qosOf(state: State, session: Session, { message, granted }: Offer): Qos {
  if (state.mutant === 'deliver-at-grant' && message.qos > 0) return granted;
  const qos = Math.min(message.qos, granted) as Qos;
  return state.mutant === 'downgrade-queued' && session.connectedAt === undefined ? (Math.min(qos, 1) as Qos) : qos;
}

/**
 * First what was in flight, then the backlog; live messages queue up behind it [MQTT-4.4.0-1, MQTT-4.6.0-1, -6]. An id
 * keeps its place in the window until it is acknowledged, whoever carried it.
 */
export function resend(state: State, session: Session, nowMs: number, out: Output[]): void {
  const { clientId } = session;
  session.toResend.clear();
  if (state.mutant === 'resend-under-new-id') {
    session.queue.unshift(...session.inFlight.values());
    session.inFlight.clear();
  }
  if (state.mutant === 'release-unreceived') {
    for (const [messageId, { qos }] of session.inFlight) {
      if (qos < 2) continue;
      endFlight(session, messageId);
      session.released.add(messageId);
    }
  }
  if (state.mutant !== 'forget-publish') {
    for (const messageId of session.inFlight.keys()) session.toResend.add(messageId);
  }
  if (state.mutant !== 'forget-pubrel') {
    for (const messageId of session.released)
      out.push({ kind: 'send', clientId, packet: { cmd: 'pubrel', messageId } });
  }
  fill(state, session, nowMs, out);
}

/** Sends while the window is open. Ids are given only here, so DUP is 0 exactly on the first sending [MQTT-3.3.1-1]. */
export function fill(state: State, session: Session, nowMs: number, out: Output[]): void {
  if (session.connectedAt === undefined) return;
  const limit = Math.min(inFlightLimit, session.limits.receiveMaximum);
  for (const messageId of session.toResend) {
    if (windowInUse(session) >= limit) return;
    const delivery = session.inFlight.get(messageId);
    session.toResend.delete(messageId);
    if (delivery === undefined) continue;
    const dup = state.mutant !== 'resend-without-dup';
    if (!sendPublish(state, session, delivery, messageId, dup, nowMs, out)) session.inFlight.delete(messageId);
  }
  while (windowInUse(session) < limit) {
    const delivery = session.queue.shift();
    if (delivery === undefined) return;
    if (isExpired(delivery.message, nowMs) && state.mutant !== 'deliver-expired') continue;
    const messageId = freeId(state, session);
    if (sendPublish(state, session, delivery, messageId, false, nowMs, out)) session.inFlight.set(messageId, delivery);
  }
}

function windowInUse(session: Session): number {
  return session.inFlight.size - session.toResend.size + session.released.size;
}

/** PUBACK, PUBREC or PUBCOMP of a client. A refusal ends the delivery as well [MQTT-4.3.3-4]. */
export function acknowledge(state: State, session: Session, event: AcknowledgementEvent, out: Output[]): void {
  const { clientId, inFlight, released } = session;
  const { messageId, reasonCode = 0 } = event;
  switch (event.type) {
    case 'puback':
      if (inFlight.get(messageId)?.qos === 1) endFlight(session, messageId);
      break;
    case 'pubrec': {
      const isInFlight = inFlight.get(messageId)?.qos === 2;
      if (isInFlight) endFlight(session, messageId);
      if (reasonCode >= 0x80) break;
      if (isInFlight) released.add(messageId);
      out.push({ kind: 'send', clientId, packet: answer('pubrel', messageId, session, released.has(messageId)) });
      break;
    }
    case 'pubcomp':
      released.delete(messageId);
      break;
    case 'pubrel':
      // Also for an id that is not known: the client sends PUBREL until it gets its answer [MQTT-4.3.3-2].
      out.push({
        kind: 'send',
        clientId,
        packet: answer('pubcomp', messageId, session, session.received.delete(messageId)),
      });
      break;
  }
  if (event.type !== 'pubrel') fill(state, session, event.nowMs, out);
}

function endFlight(session: Session, messageId: number): void {
  session.inFlight.delete(messageId);
  session.toResend.delete(messageId);
}

/** MQTT 5 says when it does not know the id: 0x92, Packet Identifier not found. */
function answer(cmd: 'pubrel' | 'pubcomp', messageId: number, session: Session, isKnown: boolean): Packet {
  return session.limits.version === 4 ? { cmd, messageId } : { cmd, messageId, reasonCode: isKnown ? 0 : 0x92 };
}

export function isExpired(message: Message, nowMs: number): boolean {
  return message.expiresAtMs !== undefined && message.expiresAtMs <= nowMs;
}

/** An id that is not in flight [MQTT-2.2.1-4]. */
function freeId(state: State, session: Session): number {
  if (state.mutant === 'reuse-packet-id') {
    session.lastId = (session.lastId % mutantIds) + 1;
    return session.lastId;
  }
  do {
    session.lastId = (session.lastId % 65_535) + 1;
  } while (session.inFlight.has(session.lastId) || session.released.has(session.lastId));
  return session.lastId;
}

/** Answers false when the packet is larger than the client takes: then it counts as sent and received [MQTT-3.1.2-25]. */
function sendPublish(
  state: State,
  session: Session,
  delivery: Omit<Delivery, 'qos'> & { readonly qos: Qos },
  messageId: number | undefined,
  dup: boolean,
  nowMs: number,
  out: Output[],
): boolean {
  const { version, maximumPacketBytes } = session.limits;
  const { topic, payload } = delivery.message;
  const packet: IPublishPacket = {
    cmd: 'publish',
    topic,
    payload,
    qos: delivery.qos,
    dup,
    retain: delivery.retain,
    ...(messageId === undefined ? {} : { messageId }),
    ...(version === 4 ? {} : { properties: propertiesOf(state, delivery, nowMs) }),
  };
  if (maximumPacketBytes < Number.POSITIVE_INFINITY) {
    if (generate(packet, { protocolVersion: version }).length > maximumPacketBytes) return false;
  }
  out.push({ kind: 'send', clientId: session.clientId, packet });
  return true;
}

function propertiesOf(
  state: State,
  delivery: Pick<Delivery, 'message' | 'subscriptionIds'>,
  nowMs: number,
): NonNullable<IPublishPacket['properties']> {
  const { message, subscriptionIds } = delivery;
  const leftMs = state.mutant === 'freeze-expiry' ? (message.lifetimeMs ?? 0) : (message.expiresAtMs ?? nowMs) - nowMs;
  return {
    ...message.properties,
    // What is left of it [MQTT-3.3.2-6]; nothing, when a message that was sent in time is sent again later.
    ...(message.expiresAtMs === undefined ? {} : { messageExpiryInterval: Math.max(0, Math.ceil(leftMs / 1000)) }),
    ...(subscriptionIds.length === 0 ? {} : { subscriptionIdentifier: [...subscriptionIds] }),
  };
}
