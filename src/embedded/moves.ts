import { isExpired } from './delivery.ts';
import type {
  ConnectEvent,
  Delivery,
  Event,
  Item,
  Move,
  Output,
  PeerItemEvent,
  Request,
  Session,
  State,
} from './model.ts';
import { byOwnClock, tellPeer } from './outboxes.ts';
import { routeTo } from './routing.ts';
import { endConnection, endSession, openSession } from './sessions.ts';
import { claimFor, membershipChanged } from './shared.ts';
import { isLater, type Stamp, stampText, tick } from './stamp.ts';
import { addSubscription, removeSubscriptions } from './subscriptions.ts';

/*
 * A session is at one node and moves with its client. A node that does not have the session of a client asks the peers
 * that it can reach, and CONNACK waits. A peer that has the session closes the connection, if there is one, and says so; it
 * gives the session away only when the asking node comes back to take it.
 *
 * Both nodes get all messages, but not at the same time. So a session goes only when its node has had every message that
 * the other node had had when it took it. It says how far it is with each node, and the other node adds those of the
 * messages that came meanwhile that are further.
 */

/** How long a peer that can be reached has for its answer. */
const answerWithinMs = 3000;
/** A link that broke just now, or has not come up since the start, may be made again. */
const relinkWithinMs = 1000;

// ---- the node that asks

/** Opens the session of a client, or asks the peers for it first. */
export function connect(state: State, event: ConnectEvent, out: Output[]): void {
  const { clientId, nowMs } = event;
  const before = state.sessions.get(clientId);
  if (before?.isTentative === true) endConnection(state, before, true, nowMs, out);
  if (event.clean) {
    supersede(state, clientId, undefined);
    openSession(state, event, out);
    answerParked(state, clientId, nowMs, out);
  } else if (state.sessions.has(clientId)) openSession(state, event, out);
  else if (!joinMove(state, event)) {
    const move = ask(state, event);
    // With nobody to ask nothing waits, so no event was deferred.
    if (move === undefined) openSession(state, event, out);
    else decide(state, move, nowMs, out);
  }
}

/** The move that the connection of a client waits for. */
export function waitingMove(state: State, clientId: string): Move | undefined {
  const key = state.waiting.get(clientId);
  return key === undefined ? undefined : state.moves.get(key);
}

/** Waits for a session that is asked for already. */
function joinMove(state: State, event: ConnectEvent): boolean {
  const { clientId, nowMs } = event;
  const move = waitingMove(state, clientId) ?? comingMove(state, clientId);
  if (move === undefined) return false;
  move.connect = event;
  move.deferred = [];
  if (move.from !== undefined) move.deadlineMs = nowMs + answerWithinMs;
  state.waiting.set(clientId, stampText(move.stamp));
  return true;
}

/** The move by which a session that is wanted comes to here. */
function comingMove(state: State, clientId: string): Move | undefined {
  return movesOf(state, clientId).find(({ from, isSuperseded }) => from !== undefined && !isSuperseded);
}

function ask(state: State, event: ConnectEvent): Move | undefined {
  const { clientId, nowMs } = event;
  const unanswered = new Map<string, number>();
  for (const peer of state.outboxes.keys()) {
    const deadlineMs = state.linkedPeers.has(peer)
      ? nowMs + answerWithinMs
      : (state.linkLostAtMs.get(peer) ?? Number.NEGATIVE_INFINITY) + relinkWithinMs;
    if (deadlineMs > nowMs) unanswered.set(peer, deadlineMs);
  }
  const wasGivenUp = unanswered.size < state.outboxes.size;
  if (state.outboxes.size === 0) return undefined;
  const stamp = tick(state, nowMs);
  for (const peer of unanswered.keys()) tellPeer(state, peer, { kind: 'request', clientId, stamp });
  const move: Move = {
    clientId,
    stamp,
    unanswered,
    wasGivenUp,
    found: new Map(),
    isComing: false,
    from: undefined,
    deadlineMs: Number.POSITIVE_INFINITY,
    isSuperseded: false,
    connect: event,
    deferred: [],
    heard: [],
  };
  state.moves.set(stampText(stamp), move);
  state.waiting.set(clientId, stampText(stamp));
  return move;
}

/** Goes on once all peers have answered or had their time. Answers with the events that waited for it. */
function decide(state: State, move: Move, nowMs: number, out: Output[]): Event[] {
  if (move.from !== undefined || move.unanswered.size > 0) return [];
  const [newest] = [...move.found].sort(([, a], [, b]) => (isLater(a, b) ? -1 : 1));
  if (newest !== undefined) {
    const [peer] = newest;
    const { clientId, stamp } = move;
    move.from = peer;
    move.deadlineMs = nowMs + answerWithinMs;
    tellPeer(state, peer, { kind: 'take', clientId, stamp, heard: new Map(state.heard) });
    return [];
  }
  state.moves.delete(stampText(move.stamp));
  if (move.isComing) {
    refuse(state, move, out);
    return [];
  }
  return open(state, move, move.wasGivenUp, nowMs, out);
}

function open(state: State, move: Move, isTentative: boolean, nowMs: number, out: Output[]): Event[] {
  const { connect: event, deferred } = move;
  stopWaitingFor(state, move);
  if (event === undefined) return [];
  openSession(state, { ...event, nowMs }, out, isTentative);
  return deferred;
}

function refuse(state: State, move: Move, out: Output[]): void {
  const { connect: event, clientId } = move;
  stopWaitingFor(state, move);
  if (event !== undefined) out.push({ kind: 'refuse', clientId, version: event.options === undefined ? 4 : 5 });
}

/** No connection waits any more. Where nothing is on its way yet, that is the end of the move. */
function stopWaitingFor(state: State, move: Move): void {
  const key = stampText(move.stamp);
  if (state.waiting.get(move.clientId) === key) state.waiting.delete(move.clientId);
  if (move.from === undefined) state.moves.delete(key);
  move.connect = undefined;
  move.deferred = [];
  move.deadlineMs = Number.POSITIVE_INFINITY;
}

/** The peer has sent the session, or has none (any more). */
function receive(state: State, item: Extract<Item, { kind: 'session' }>, event: PeerItemEvent, out: Output[]): Event[] {
  const { peer, nowMs } = event;
  const move = state.moves.get(stampText(item.stamp));
  if (move === undefined) return [];
  if (move.from === undefined) {
    move.unanswered.delete(peer);
    return decide(state, move, nowMs, out);
  }
  // Another peer says too late that it has none.
  if (peer !== move.from) return [];
  const { clientId, heard } = move;
  state.moves.delete(stampText(move.stamp));
  let deferred: Event[] = [];
  if (item.session === undefined) refuse(state, move, out);
  else if (move.isSuperseded || state.sessions.has(clientId)) discard(item.session, out);
  else {
    const session = inOwnClock(item.session, event);
    install(state, session, nowMs, out);
    for (const arrival of heard) {
      if (arrival.offered === undefined) routeTo(state, session, arrival, nowMs, out);
      claimFor(state, session, arrival, nowMs, out);
    }
    deferred = open(state, move, false, nowMs, out);
  }
  answerParked(state, clientId, nowMs, out);
  return deferred;
}

function install(state: State, session: Session, nowMs: number, out: Output[]): void {
  state.sessions.set(session.clientId, session);
  const subscriptions = [...session.subscriptions];
  session.subscriptions.clear();
  for (const [filter, subscription] of subscriptions) {
    addSubscription(state, session, filter, subscription, nowMs, out);
  }
  membershipChanged(state, session, nowMs, out);
}

/** What a session held that another one has replaced. The client was told: session present was 0. */
function discard(session: Session, out: Output[]): void {
  const count = session.queue.length + session.inFlight.size;
  out.push({ kind: 'discarded', clientId: session.clientId, count });
}

// ---- time and links

/** The peers that have had their time do not answer; a session that does not come is refused. */
export function giveUp(state: State, nowMs: number, out: Output[]): Event[] {
  const deferred: Event[] = [];
  for (const move of [...state.moves.values()]) {
    for (const [peer, deadlineMs] of move.unanswered) {
      if (deadlineMs > nowMs) continue;
      move.unanswered.delete(peer);
      move.wasGivenUp = true;
    }
    if (move.from !== undefined && move.deadlineMs <= nowMs) refuse(state, move, out);
    else deferred.push(...decide(state, move, nowMs, out));
  }
  return deferred;
}

/** When `giveUp` has something to do. */
export function nextDeadlineMs(state: State): number {
  let next = Number.POSITIVE_INFINITY;
  for (const { unanswered, deadlineMs } of state.moves.values()) {
    next = Math.min(next, deadlineMs, ...unanswered.values());
  }
  return next;
}

export function linkChanged(state: State, peer: string, isUp: boolean, nowMs: number): void {
  if (isUp) state.linkedPeers.add(peer);
  else {
    state.linkedPeers.delete(peer);
    state.linkLostAtMs.set(peer, nowMs);
  }
  for (const { unanswered } of state.moves.values()) {
    const deadlineMs = unanswered.get(peer);
    if (deadlineMs === undefined) continue;
    unanswered.set(peer, isUp ? nowMs + answerWithinMs : Math.min(deadlineMs, nowMs + relinkWithinMs));
  }
}

/** After a restart no client waits. A session that was taken is still to come. */
export function stopWaiting(state: State, nowMs: number): void {
  for (const move of [...state.moves.values()]) stopWaitingFor(state, move);
  for (const peer of state.outboxes.keys()) state.linkLostAtMs.set(peer, nowMs);
  state.linkedPeers.clear();
}

// ---- the node that is asked

export type MoveItem = Extract<Item, { kind: 'request' | 'found' | 'coming' | 'take' | 'session' | 'connected' }>;

/** Answers with the events that waited for what the item brings. */
export function applyMoveItem(state: State, event: PeerItemEvent, item: MoveItem, out: Output[]): Event[] {
  const { peer, nowMs } = event;
  const answerOf = (note: (move: Move) => void): Event[] => {
    const move = state.moves.get(stampText(item.stamp));
    if (move === undefined) return [];
    note(move);
    move.unanswered.delete(peer);
    return decide(state, move, nowMs, out);
  };
  switch (item.kind) {
    case 'request':
    case 'take':
      answer(state, { ...item, peer }, nowMs, out);
      return [];
    case 'found':
      return answerOf((move) => move.found.set(peer, item.claimedAt));
    case 'coming':
      return answerOf((move) => {
        move.isComing = true;
      });
    case 'session':
      return receive(state, item, event, out);
    case 'connected':
      claimedElsewhere(state, item, nowMs, out);
      return [];
  }
}

function answer(state: State, request: Request, nowMs: number, out: Output[]): void {
  const { peer, clientId, stamp } = request;
  closeOlder(state, clientId, stamp, nowMs, out);
  const session = state.sessions.get(clientId);
  const none: Item = { kind: 'session', clientId, stamp, session: undefined };
  if (session !== undefined && isLater(stamp, session.claimedAt)) {
    if (request.kind === 'request')
      tellPeer(state, peer, { kind: 'found', clientId, stamp, claimedAt: session.claimedAt });
    else if (isCaughtUp(state, session, request.heard)) {
      tellPeer(state, peer, { ...none, session: takeAway(state, session, nowMs, out) });
    } else park(state, request);
  } else if (session === undefined && request.kind === 'request' && comingMove(state, clientId) !== undefined) {
    tellPeer(state, peer, { kind: 'coming', clientId, stamp });
  } else tellPeer(state, peer, none);
}

/** Ends the connection of the client at this node, if it is older than the stamp, whether it waits or not. */
function closeOlder(state: State, clientId: string, stamp: Stamp, nowMs: number, out: Output[]): void {
  const move = waitingMove(state, clientId);
  if (move !== undefined && isLater(stamp, move.stamp)) {
    out.push({ kind: 'close', clientId });
    stopWaitingFor(state, move);
  }
  const session = state.sessions.get(clientId);
  if (session?.connectedAt === undefined || !isLater(stamp, session.claimedAt)) return;
  endConnection(state, session, true, nowMs, out);
  if (state.mutant !== 'keep-older-elsewhere') out.push({ kind: 'close', clientId });
}

/** Whether the session has had all messages that the asking node had had. */
function isCaughtUp(state: State, session: Session, heard: ReadonlyMap<string, Stamp>): boolean {
  return [...heard].every(([node, stamp]) => {
    const position = positionOf(state, session, node);
    return position !== undefined && !isLater(stamp, position);
  });
}

/** Up to which message of a node the session has had all. */
function positionOf(state: State, session: Session, node: string): Stamp | undefined {
  const here = state.heard.get(node);
  const before = session.seen.get(node);
  if (here === undefined || before === undefined) return here ?? before;
  return isLater(here, before) ? here : before;
}

function takeAway(state: State, session: Session, nowMs: number, out: Output[]): Session {
  const subscriptions = new Map(session.subscriptions);
  const seen = new Map<string, Stamp>();
  for (const node of new Set([...state.heard.keys(), ...session.seen.keys()])) {
    const position = positionOf(state, session, node);
    if (position !== undefined) seen.set(node, position);
  }
  removeSubscriptions(state, session, nowMs, out);
  state.sessions.delete(session.clientId);
  return { ...session, subscriptions, seen };
}

function park(state: State, request: Request): void {
  const { clientId } = request;
  state.parked.set(clientId, [...(state.parked.get(clientId) ?? []), request]);
}

function answerParked(state: State, clientId: string, nowMs: number, out: Output[]): void {
  const requests = state.parked.get(clientId);
  if (requests === undefined) return;
  state.parked.delete(clientId);
  for (const request of requests) answer(state, request, nowMs, out);
}

/** This node has had more messages: perhaps enough. */
export function answerAllParked(state: State, nowMs: number, out: Output[]): void {
  for (const clientId of [...state.parked.keys()]) answerParked(state, clientId, nowMs, out);
}

/** The client has a session at a peer now. An older one here has come to its end. */
function claimedElsewhere(
  state: State,
  { clientId, stamp }: { readonly clientId: string; readonly stamp: Stamp },
  nowMs: number,
  out: Output[],
): void {
  closeOlder(state, clientId, stamp, nowMs, out);
  supersede(state, clientId, stamp);
  const session = state.sessions.get(clientId);
  if (session?.isTentative === true) {
    // Whichever is older: there is a session that the client knows of.
    endConnection(state, session, true, nowMs, out);
    out.push({ kind: 'close', clientId });
    return;
  }
  if (session !== undefined && isLater(stamp, session.claimedAt)) {
    discard(session, out);
    endSession(state, clientId, nowMs, out);
  }
  answerParked(state, clientId, nowMs, out);
}

/** What is on its way for older connections of the client is not wanted any more. */
function supersede(state: State, clientId: string, stamp: Stamp | undefined): void {
  for (const move of movesOf(state, clientId)) {
    if (stamp !== undefined && !isLater(stamp, move.stamp)) continue;
    move.isSuperseded = true;
    move.heard = [];
    stopWaitingFor(state, move);
  }
}

function movesOf(state: State, clientId: string): Move[] {
  return [...state.moves.values()].filter((move) => move.clientId === clientId);
}

/** The times within a session of a peer, in this node's clock. */
function inOwnClock(session: Session, event: PeerItemEvent): Session {
  const { sentAtMs, nowMs } = event;
  const convert = (delivery: Delivery): Delivery => ({ ...delivery, message: byOwnClock(delivery.message, event) });
  const { willDueAtMs } = session;
  return {
    ...session,
    endsAtMs: session.endsAtMs - sentAtMs + nowMs,
    willDueAtMs: willDueAtMs === undefined ? undefined : willDueAtMs - sentAtMs + nowMs,
    queue: session.queue.map(convert).filter(({ message }) => !isExpired(message, nowMs)),
    inFlight: new Map([...session.inFlight].map(([id, delivery]) => [id, convert(delivery)])),
  };
}
