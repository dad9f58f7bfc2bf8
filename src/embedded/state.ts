import { acknowledge } from './delivery.ts';
import type { Event, Message, Output, PeerItemEvent, Session, SessionEvent, StartEvent, State } from './model.ts';
import { confirm, forgetInbox, isFirst, keepOutboxes, welcome } from './outboxes.ts';
import { type Origin, publishFromClient, retain, route, success } from './routing.ts';
import { connect, deliverLate, endConnection, expire, nextExpiryAtMs } from './sessions.ts';
import { isLater } from './stamp.ts';
import { subscribe, unsubscribe } from './subscriptions.ts';

/*
 * How what a node knows changes. Each input is one event and each event one record of the journal, so a kill finds the
 * whole of it done or nothing: a message is never stored without being in the outboxes, a peer's message never applied
 * without its sequence number being remembered.
 */

/**
 * Changes `state` by `event`. It has no other input and no other effect, so reading the journal again leads to the same
 * state, packet ids included: what was in flight is sent again under its old id with nothing else written down.
 */
export function apply(state: State, event: Event): Output[] {
  const out: Output[] = [];
  if ('nowMs' in event) state.nowMs = Math.max(state.nowMs, event.nowMs);
  switch (event.type) {
    case 'start':
      start(state, event, out);
      break;
    case 'tick':
      expire(state, event.nowMs, out);
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
      forgetInbox(state, event.peer, event.epoch);
      break;
    case 'late-backlog':
      deliverLate(state, event.count, event.nowMs, out);
      break;
    default: {
      const session = state.sessions.get(event.clientId);
      if (session !== undefined) applyToSession(state, session, event, out);
    }
  }
  return out;
}

/** Delivers a message that leaves no trace in the state: QoS 0 and not retained. */
export function routeQos0(
  state: State,
  message: Message,
  publisher: string | undefined,
  origin: Origin,
  nowMs: number,
): Output[] {
  const out: Output[] = [];
  route(state, message, publisher, origin, nowMs, out);
  return out;
}

/** When the next `tick` has something to do; `Infinity` when nothing waits. */
export function nextDueAtMs(state: State): number {
  return nextExpiryAtMs(state);
}

function applyToSession(
  state: State,
  session: Session,
  event: Exclude<SessionEvent, { type: 'connect' }>,
  out: Output[],
): void {
  const { clientId } = session;
  switch (event.type) {
    case 'disconnect':
      if (event.expiryMs !== undefined) session.expiryMs = event.expiryMs;
      endConnection(state, session, event.abnormal, event.nowMs, out);
      break;
    case 'subscribe':
      subscribe(state, session, event, out);
      break;
    case 'unsubscribe':
      unsubscribe(state, session, event, out);
      break;
    case 'publish':
      publishFromClient(state, session, event, out);
      break;
    case 'pubrel':
    case 'puback':
    case 'pubrec':
    case 'pubcomp':
      acknowledge(session, event, out);
      break;
    case 'remember-id': {
      const { messageId } = event;
      session.received.add(messageId);
      out.push({ kind: 'send', clientId, packet: { cmd: 'pubrec', messageId, ...success(session) } });
      break;
    }
  }
}

function start(state: State, event: StartEvent, out: Output[]): void {
  state.mutant = event.mutant;
  state.clockOffsetMs = event.clockOffsetMs;
  keepOutboxes(state, event.peers);
  if (state.mutant === 'forget-outbox') for (const outbox of state.outboxes.values()) outbox.items.clear();
  // A client that was connected when the node died was not asked: its connection ended abnormally.
  for (const session of [...state.sessions.values()]) {
    if (session.connectedAt !== undefined) endConnection(state, session, true, event.nowMs, out);
  }
}

function applyItem(state: State, event: PeerItemEvent, out: Output[]): void {
  if (!isFirst(state, event.peer, event.epoch, event.seq)) return;
  const { item, nowMs } = event;
  if (isLater(item.stamp, state.latest)) state.latest = item.stamp;
  switch (item.kind) {
    case 'message': {
      const message = byOwnClock(item.message, event);
      retain(state, message, item.stamp);
      route(state, message, item.publisher, 'peer', nowMs, out);
      break;
    }
    case 'retained':
      retain(state, byOwnClock(item.message, event), item.stamp);
      break;
    case 'connected': {
      const session = state.sessions.get(item.clientId);
      if (session?.connectedAt === undefined || !isLater(item.stamp, session.connectedAt)) break;
      endConnection(state, session, true, nowMs, out);
      out.push({ kind: 'close', clientId: item.clientId });
      break;
    }
  }
}

/** Clocks of nodes do not agree; they agree on how long the message has still to live. */
export function byOwnClock(message: Message, { sentAtMs, nowMs }: Pick<PeerItemEvent, 'sentAtMs' | 'nowMs'>): Message {
  if (message.expiresAtMs === undefined) return message;
  return { ...message, expiresAtMs: message.expiresAtMs - sentAtMs + nowMs };
}
