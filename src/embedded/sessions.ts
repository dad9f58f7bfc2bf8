import type { IConnackPacket } from 'mqtt-packet';
import { fill, resend } from './delivery.ts';
import type { ClientLimits, ConnectEvent, Output, Session, State } from './model.ts';
import { tellPeers } from './outboxes.ts';
import { publish } from './routing.ts';
import { handOnFlight, membershipChanged } from './shared.ts';
import { type Stamp, tick } from './stamp.ts';
import { removeSubscriptions } from './subscriptions.ts';

/*
 * How a session begins, changes its connection and ends, and what becomes of its will.
 */

/**
 * The client has said something, so it knows that its session is new; now the one that it had elsewhere has ended. Had its
 * connection broken before, the next one would find the session that it believes to have.
 */
export function confirmSession(state: State, session: Session): void {
  if (!session.isTentative) return;
  session.isTentative = false;
  tellPeers(state, { kind: 'connected', clientId: session.clientId, stamp: session.claimedAt });
}

/** What a client may send ahead of its acknowledgements. */
export const serverReceiveMaximum = 1000;
export const topicAliasMaximum = 100;

/** Gives a client its session, kept or new. The session of another node must have come before (moves.ts). */
export function openSession(state: State, event: ConnectEvent, out: Output[], isTentative = false): void {
  const { clientId, nowMs } = event;
  const before = state.sessions.get(clientId);
  const withWill = state.mutant !== 'no-will-on-takeover';
  if (before?.connectedAt !== undefined) endConnection(state, before, withWill, nowMs, out);
  if (event.clean) endSession(state, clientId, nowMs, out);
  const kept = state.sessions.get(clientId);
  const session = kept ?? newSession(clientId, state.latest);
  state.sessions.set(clientId, session);
  if (state.mutant === 'forget-session' && kept !== undefined) forget(state, kept, nowMs, out);
  const stamp = tick(state, nowMs);
  session.connectedAt = stamp;
  session.claimedAt = stamp;
  session.limits = limitsOf(event);
  session.expiryMs = event.options?.expiryMs ?? (event.clean ? 0 : Number.POSITIVE_INFINITY);
  session.endsAtMs = Number.POSITIVE_INFINITY;
  session.will = event.will;
  session.willDueAtMs = undefined;
  session.isTentative = isTentative;
  if (!isTentative) tellPeers(state, { kind: 'connected', clientId, stamp });
  out.push({ kind: 'send', clientId, packet: connack(event, sessionPresent(state, kept)) });
  if (state.mutant === 'reorder-after-reconnect') {
    session.late = session.late.concat(session.queue);
    session.queue = [];
  }
  if (state.mutant === 'newest-first') session.queue.reverse();
  resend(state, session, nowMs, out);
  membershipChanged(state, session, nowMs, out);
}

function sessionPresent({ mutant }: State, kept: Session | undefined): boolean {
  if (mutant === 'deny-session' && kept !== undefined && kept.queue.length > 0) return false;
  return mutant === 'invent-session' || kept !== undefined;
}

/** [MQTT-3.2.2-2, -3]; what a property says nothing about is as the specification has it by default. */
function connack(event: ConnectEvent, sessionPresent: boolean): IConnackPacket {
  const { options } = event;
  if (options === undefined) return { cmd: 'connack', returnCode: 0, sessionPresent };
  return {
    cmd: 'connack',
    reasonCode: 0,
    sessionPresent,
    properties: {
      receiveMaximum: serverReceiveMaximum,
      topicAliasMaximum,
      ...(options.assignedClientId === undefined ? {} : { assignedClientIdentifier: options.assignedClientId }),
      ...(options.serverKeepAliveS === undefined ? {} : { serverKeepAlive: options.serverKeepAliveS }),
    },
  };
}

const limitsOfVersion4: ClientLimits = {
  version: 4,
  receiveMaximum: 65_535,
  maximumPacketBytes: Number.POSITIVE_INFINITY,
};

function limitsOf({ options }: ConnectEvent): ClientLimits {
  if (options === undefined) return limitsOfVersion4;
  const { receiveMaximum, maximumPacketBytes } = options;
  return { version: 5, receiveMaximum, maximumPacketBytes };
}

/** Ends a connection. The will is due unless the client said DISCONNECT [MQTT-3.1.2-8, -10]. */
export function endConnection(state: State, session: Session, withWill: boolean, nowMs: number, out: Output[]): void {
  session.connectedAt = undefined;
  session.toResend.clear();
  session.endsAtMs = nowMs + session.expiryMs;
  const delayMs = state.mutant === 'ignore-will-delay' ? 0 : (session.will?.delayMs ?? 0);
  if (!withWill && state.mutant !== 'will-after-disconnect') session.will = undefined;
  else if (session.will !== undefined) session.willDueAtMs = nowMs + delayMs;
  if (session.expiryMs === 0 || session.isTentative) {
    endSession(state, session.clientId, nowMs, out);
    return;
  }
  membershipChanged(state, session, nowMs, out);
  publishDueWill(state, session, nowMs, out);
}

/** Ends a session whose connection has ended; a will that still waits is due at once [MQTT-3.1.3-9]. */
export function endSession(state: State, clientId: string, nowMs: number, out: Output[]): void {
  const session = state.sessions.get(clientId);
  if (session === undefined) return;
  removeSubscriptions(state, session, nowMs, out);
  handOnFlight(state, session, nowMs, out);
  state.sessions.delete(clientId);
  publishWill(state, session, nowMs, out);
}

/** Publishes the wills and ends the sessions that are due. */
export function expire(state: State, nowMs: number, out: Output[]): void {
  for (const session of [...state.sessions.values()]) {
    if (session.connectedAt !== undefined) continue;
    if (session.endsAtMs <= nowMs && state.mutant !== 'keep-expired-session')
      endSession(state, session.clientId, nowMs, out);
    else publishDueWill(state, session, nowMs, out);
  }
}

/** When `expire` has something to do. */
export function nextExpiryAtMs(state: State): number {
  let next = Number.POSITIVE_INFINITY;
  for (const { connectedAt, endsAtMs, willDueAtMs } of state.sessions.values()) {
    if (connectedAt === undefined) next = Math.min(next, endsAtMs, willDueAtMs ?? next);
  }
  return next;
}

function publishDueWill(state: State, session: Session, nowMs: number, out: Output[]): void {
  if (session.willDueAtMs !== undefined && session.willDueAtMs <= nowMs) publishWill(state, session, nowMs, out);
}

function publishWill(state: State, session: Session, nowMs: number, out: Output[]): void {
  const { will, willDueAtMs } = session;
  session.will = undefined;
  session.willDueAtMs = undefined;
  // A will goes through the outboxes at any QoS: when it is due the links are often just as broken.
  if (will === undefined || willDueAtMs === undefined) return;
  publish(state, will, session.clientId, nowMs, out);
  if (state.mutant === 'will-twice') publish(state, will, session.clientId, nowMs, out);
}

function newSession(clientId: string, claimedAt: Stamp): Session {
  return {
    clientId,
    claimedAt,
    expiryMs: 0,
    endsAtMs: Number.POSITIVE_INFINITY,
    connectedAt: undefined,
    isTentative: false,
    limits: limitsOfVersion4,
    will: undefined,
    willDueAtMs: undefined,
    subscriptions: new Map(),
    received: new Set(),
    inFlight: new Map(),
    toResend: new Set(),
    released: new Set(),
    queue: [],
    seen: new Map(),
    lastPublished: undefined,
    lastId: 0,
    late: [],
  };
}

/** The defect of the mutant forget-session. */
function forget(state: State, session: Session, nowMs: number, out: Output[]): void {
  removeSubscriptions(state, session, nowMs, out);
  session.inFlight.clear();
  session.queue = [];
}

/** Of the mutant reorder-after-reconnect. */
export function deliverLate(state: State, count: number, nowMs: number, out: Output[]): void {
  for (const session of state.sessions.values()) {
    session.queue.push(...session.late.splice(0, count));
    fill(state, session, nowMs, out);
  }
}
