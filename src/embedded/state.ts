import { acknowledge } from './delivery.ts';
import type { Event, Message, Output, PeerItemEvent, Session, SessionEvent, StartEvent, State } from './model.ts';
import {
  answerAllParked,
  applyMoveItem,
  connect,
  giveUp,
  linkChanged,
  nextDeadlineMs,
  stopWaiting,
  waitingMove,
} from './moves.ts';
import { byOwnClock, confirm, forgetInbox, isFirst, keepOutboxes, tellPeer, welcome } from './outboxes.ts';
import { publishFromClient, retain, route, success, take } from './routing.ts';
import { confirmSession, deliverLate, endConnection, endSession, expire, nextExpiryAtMs } from './sessions.ts';
import {
  applyGroupItem,
  chooseHolder,
  chooseMember,
  claimUnnamed,
  deliverToMember,
  forgetMembersOf,
  groupsFor,
  settleAll,
  tellMembers,
} from './shared.ts';
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
  /** Events that waited for what this one brings. */
  let deferred: Event[] = [];
  if ('nowMs' in event) state.nowMs = Math.max(state.nowMs, event.nowMs);
  switch (event.type) {
    case 'start':
      start(state, event, out);
      break;
    case 'tick':
      expire(state, event.nowMs, out);
      deferred = giveUp(state, event.nowMs, out);
      break;
    case 'connect':
      connect(state, event, out);
      break;
    case 'peer-item':
      deferred = applyItem(state, event, out);
      break;
    case 'peer-welcome':
      if (welcome(state, event)) tellAll(state, event.peer);
      linkChanged(state, event.peer, true, event.nowMs);
      settleAll(state, event.nowMs, out);
      break;
    case 'peer-lost':
      linkChanged(state, event.peer, false, event.nowMs);
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
      const move = waitingMove(state, event.clientId);
      if (move !== undefined) move.deferred.push(event);
      else if (session !== undefined) applyToSession(state, session, event, out);
    }
  }
  for (const later of deferred) out.push(...apply(state, later));
  return out;
}

/** Tells a peer what it has never heard of: what was confirmed before it lost its data, or before it was there. */
function tellAll(state: State, peer: string): void {
  for (const { message, stamp } of state.retained.values()) tellPeer(state, peer, { kind: 'retained', message, stamp });
  tellMembers(state, peer);
}

/**
 * Delivers a message that leaves no trace in the state: QoS 0 and not retained. Answers also with the shared
 * subscriptions that each peer is to deliver it to. `turn` goes up by one with each message.
 */
export function routeQos0(
  state: State,
  message: Message,
  publisher: string,
  turn: number,
  nowMs: number,
): { outputs: Output[]; groupsByPeer: Map<string, string[]> } {
  const outputs: Output[] = [];
  const groupsByPeer = new Map<string, string[]>();
  route(state, message, publisher, 'client', undefined, nowMs, outputs);
  for (const group of groupsFor(state, message.topic)) {
    const holder = chooseHolder(state, group, turn);
    if (holder?.kind === 'member') deliverToMember(state, group, holder.clientId, message, nowMs, outputs);
    else if (holder?.kind === 'peer') {
      groupsByPeer.set(holder.peer, [...(groupsByPeer.get(holder.peer) ?? []), group.filter]);
    }
  }
  return { outputs, groupsByPeer };
}

/** The same for such a message of a peer, which names the shared subscriptions that have it from here. */
export function routeQos0OfPeer(
  state: State,
  message: Message,
  publisher: string,
  filters: readonly string[],
  turn: number,
  nowMs: number,
): Output[] {
  const outputs: Output[] = [];
  route(state, message, publisher, 'peer', undefined, nowMs, outputs);
  for (const filter of filters) {
    const group = state.groups.get(filter);
    const clientId = group === undefined ? undefined : chooseMember(state, group, turn);
    if (group !== undefined && clientId !== undefined) {
      deliverToMember(state, group, clientId, message, nowMs, outputs);
    }
  }
  return outputs;
}

/** When the next `tick` has something to do; `Infinity` when nothing waits. */
export function nextDueAtMs(state: State): number {
  return Math.min(nextExpiryAtMs(state), nextDeadlineMs(state));
}

function applyToSession(
  state: State,
  session: Session,
  event: Exclude<SessionEvent, { type: 'connect' }>,
  out: Output[],
): void {
  const { clientId } = session;
  if (event.type !== 'disconnect' || !event.abnormal) confirmSession(state, session);
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
      acknowledge(state, session, event, out);
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
  if (state.mutant === 'forget-retained') state.retained.clear();
  if (state.mutant === 'forget-qos2-ids') for (const { received } of state.sessions.values()) received.clear();
  if (state.mutant === 'forget-sessions')
    for (const clientId of [...state.sessions.keys()]) endSession(state, clientId, event.nowMs, out);
  if (state.mutant === 'forget-outbox') for (const outbox of state.outboxes.values()) outbox.items.clear();
  stopWaiting(state, event.nowMs);
  // A client that was connected when the node died was not asked: its connection ended abnormally.
  const cutOff = [...state.sessions.values()].filter(({ connectedAt }) => connectedAt !== undefined);
  for (const session of cutOff) session.connectedAt = undefined;
  for (const session of cutOff) endConnection(state, session, true, event.nowMs, out);
}

function applyItem(state: State, event: PeerItemEvent, out: Output[]): Event[] {
  if (!isFirst(state, event.peer, event.epoch, event.seq)) return [];
  const { item, nowMs } = event;
  if ('stamp' in item && isLater(item.stamp, state.latest)) state.latest = item.stamp;
  if (state.memberEpochs.get(event.peer) !== event.epoch) {
    state.memberEpochs.set(event.peer, event.epoch);
    forgetMembersOf(state, event.peer, nowMs, out);
  }
  switch (item.kind) {
    case 'message': {
      const message = byOwnClock(item.message, event);
      if (state.mutant !== 'keep-deleted-retained' || message.payload.length > 0) retain(state, message, item.stamp);
      const { publisher, stamp, groups = [] } = item;
      const arrival = { message, publisher, stamp, from: event.peer, groups };
      take(state, arrival, 'peer', nowMs, out);
      if (state.mutant === 'apply-twice' && event.seq % 50 === 0) take(state, arrival, 'peer', nowMs, out);
      answerAllParked(state, nowMs, out);
      claimUnnamed(state, event.peer, item, message);
      break;
    }
    case 'retained':
      retain(state, byOwnClock(item.message, event), item.stamp);
      break;
    case 'request':
    case 'found':
    case 'coming':
    case 'take':
    case 'session':
    case 'connected':
      return applyMoveItem(state, event, item, out);
    case 'token':
    case 'offer':
      applyGroupItem(state, event.peer, { ...item, message: byOwnClock(item.message, event) }, nowMs, out);
      answerAllParked(state, nowMs, out);
      break;
    default:
      applyGroupItem(state, event.peer, item, nowMs, out);
  }
  return [];
}
