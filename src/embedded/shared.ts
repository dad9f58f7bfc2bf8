import { deliver, isExpired } from './delivery.ts';
import type { Arrival, Delivery, Group, Item, Message, Output, Session, State, Subscription } from './model.ts';
import { tellPeer, tellPeers } from './outboxes.ts';
import { type Stamp, stampText, tick } from './stamp.ts';
import { matchesTopic } from './topics.ts';

/*
 * Shared subscriptions over the nodes of a cluster (MQTT 5, 4.8.2). The copy of a message for one group is a token: at any
 * time it is at one place only, in the queue of a member, in the outbox to one peer, or among what waits at one node. Who
 * holds it gives it to a member that is connected, here or at a peer that can be reached; if there is none, it waits.
 *
 * The publishing node makes the tokens for the groups that it knows and names these groups in its message to the peers. A
 * peer that has members of a group that is not named claims the token. The publishing node grants it to the first.
 */

/** How long it is remembered that a token was granted. A peer that was away for longer can be granted it again. */
const rememberGrantsMs = 24 * 3_600_000;

/** The topic filter of `$share/GROUP/FILTER`. */
export function topicFilterOf(sharedFilter: string): string {
  return sharedFilter.split('/').slice(2).join('/');
}

/** The groups that are to have a copy of a message. */
export function groupsFor(state: State, topic: string): Group[] {
  return [...state.groups.values()].filter((group) => hasMembers(group) && matchesTopic(group.topicFilter, topic));
}

// ---- tokens

/** Gives a token to a connected member, or keeps it until there is one. */
export function place(state: State, group: Group, message: Message, nowMs: number, out: Output[]): void {
  if (isExpired(message, nowMs)) return;
  if (
    state.mutant === 'share-with-absent' &&
    isAbsent(state, [...group.members.keys()][group.turn % group.members.size])
  )
    return;
  const holder = chooseHolder(state, group, group.turn);
  group.turn += 1;
  if (holder?.kind === 'member') deliverToMember(state, group, holder.clientId, message, nowMs, out);
  else if (holder?.kind === 'peer') tellPeer(state, holder.peer, { kind: 'token', filter: group.filter, message });
  else if (message.qos > 0) {
    if (hasMembers(group)) group.waiting.push(message);
    // Somebody may have subscribed of whom this node has not heard yet.
    else offer(state, group.filter, message, nowMs);
  }
}

function offer(state: State, filter: string, message: Message, nowMs: number): void {
  const stamp = tick(state, nowMs);
  // As after a message of its own: what has come as far as the peers has come as far here.
  state.heard.set(state.name, stamp);
  tellPeers(state, { kind: 'offer', filter, message, stamp });
  remember(state, { message, publisher: undefined, stamp, from: undefined, groups: [], offered: filter });
}

/** Keeps a message or an offer for the sessions that are on their way to here: they may have missed it. */
export function remember(state: State, arrival: Arrival): void {
  if (arrival.message.qos === 0) return;
  for (const move of state.moves.values()) {
    if (move.from !== undefined && !move.isSuperseded) move.heard.push(arrival);
  }
}

/** Claims for a member that has come from another node the tokens that nobody may have claimed meanwhile. */
export function claimFor(state: State, session: Session, arrival: Arrival, nowMs: number, out: Output[]): void {
  const { message, stamp, from, groups, offered } = arrival;
  for (const [filter, { shared }] of session.subscriptions) {
    const group = shared ? state.groups.get(filter) : undefined;
    if (group === undefined || groups.includes(filter)) continue;
    if (offered === undefined ? !matchesTopic(group.topicFilter, message.topic) : offered !== filter) continue;
    const key = tokenKey({ filter, stamp });
    if (from !== undefined) {
      if (!state.claims.has(key)) claim(state, from, group, message, stamp);
    } else if (!state.grants.has(key)) {
      state.grants.set(key, nowMs);
      place(state, group, message, nowMs, out);
    }
  }
}

type Holder = { readonly kind: 'member'; readonly clientId: string } | { readonly kind: 'peer'; readonly peer: string };

/** In turn among all connected members, those of a peer as often as there are of them. */
export function chooseHolder(state: State, group: Group, turn: number): Holder | undefined {
  const local = connectedMembers(state, group);
  const peers = [...group.remote].filter(([peer]) => state.linkedPeers.has(peer));
  const count = peers.reduce((sum, [, { live }]) => sum + live, local.length);
  if (count === 0) return undefined;
  let index = turn % count;
  const clientId = local[index];
  if (clientId !== undefined) return { kind: 'member', clientId };
  index -= local.length;
  for (const [peer, { live }] of peers) {
    if (index < live) return { kind: 'peer', peer };
    index -= live;
  }
  return undefined;
}

/** In turn among the connected members of this node. */
export function chooseMember(state: State, group: Group, turn: number): string | undefined {
  const local = connectedMembers(state, group);
  return local[turn % local.length];
}

export function deliverToMember(
  state: State,
  group: Group,
  clientId: string,
  message: Message,
  nowMs: number,
  out: Output[],
): void {
  const session = state.sessions.get(clientId);
  const subscription = group.members.get(clientId);
  if (session === undefined || subscription === undefined) return;
  const { qos: granted, retainAsPublished, identifier } = subscription;
  const subscriptionIds = identifier === undefined ? [] : [identifier];
  const retain = message.retain && retainAsPublished;
  deliver(state, session, { message, granted, retain, subscriptionIds, group: group.filter }, nowMs, out);
}

function connectedMembers(state: State, group: Group): string[] {
  return [...group.members.keys()].filter((clientId) => state.sessions.get(clientId)?.connectedAt !== undefined);
}

/** Of the mutant share-with-absent. */
function isAbsent(state: State, clientId: string | undefined): boolean {
  return clientId !== undefined && state.sessions.get(clientId)?.connectedAt === undefined;
}

function hasMembers(group: Group): boolean {
  return group.members.size > 0 || group.remote.size > 0;
}

/** Looks again at what waits, after a change of the members that this node knows. */
function settle(state: State, group: Group, nowMs: number, out: Output[]): void {
  if (chooseHolder(state, group, 0) !== undefined || !hasMembers(group)) {
    for (const message of group.waiting.splice(0)) place(state, group, message, nowMs, out);
  }
  if (!hasMembers(group) && group.waiting.length === 0) state.groups.delete(group.filter);
}

// ---- members

export function join(state: State, session: Session, filter: string, subscription: Subscription): void {
  groupOf(state, filter).members.set(session.clientId, subscription);
}

/** What was in the queue of the member goes to another one; what is in flight stays with it. */
export function leave(state: State, session: Session, filter: string, nowMs: number, out: Output[]): void {
  const group = groupOf(state, filter);
  group.members.delete(session.clientId);
  const tokens = takeFromQueue(session, filter);
  announce(state, group, nowMs, out);
  for (const message of tokens) place(state, group, message, nowMs, out);
}

/**
 * A member has come or gone. Messages of QoS 1 that it has not acknowledged go to another member at once if one is
 * connected. Those of QoS 2 that were sent stay, for nobody else may get them [MQTT-4.8.2-4, -5].
 */
export function membershipChanged(state: State, session: Session, nowMs: number, out: Output[]): void {
  for (const [filter, { shared }] of [...session.subscriptions]) {
    if (!shared) continue;
    const group = groupOf(state, filter);
    const tokens = session.connectedAt === undefined ? takeFromQueue(session, filter) : [];
    if (session.connectedAt === undefined && chooseHolder(state, group, 0) !== undefined) {
      tokens.unshift(...takeFromFlight(session, filter));
    }
    announce(state, group, nowMs, out);
    for (const message of tokens) place(state, group, message, nowMs, out);
  }
}

/** The session has ended: what it has not acknowledged at QoS 1 goes to the others. */
export function handOnFlight(state: State, session: Session, nowMs: number, out: Output[]): void {
  for (const filter of new Set([...session.inFlight.values()].map(({ group }) => group))) {
    if (filter === undefined) continue;
    const group = groupOf(state, filter);
    for (const message of takeFromFlight(session, filter)) place(state, group, message, nowMs, out);
    settle(state, group, nowMs, out);
  }
}

function takeFromQueue(session: Session, filter: string): Message[] {
  const isToken = (delivery: Delivery): boolean => delivery.group === filter;
  const tokens = session.queue.filter(isToken).map(({ message }) => message);
  session.queue = session.queue.filter((delivery) => !isToken(delivery));
  return tokens;
}

function takeFromFlight(session: Session, filter: string): Message[] {
  const tokens: Message[] = [];
  for (const [messageId, { group, qos, message }] of session.inFlight) {
    if (group !== filter || qos !== 1) continue;
    session.inFlight.delete(messageId);
    session.toResend.delete(messageId);
    tokens.push(message);
  }
  return tokens;
}

function announce(state: State, group: Group, nowMs: number, out: Output[]): void {
  tellPeers(state, membersItem(state, group));
  settle(state, group, nowMs, out);
}

function membersItem(state: State, group: Group): Item {
  return {
    kind: 'members',
    filter: group.filter,
    live: connectedMembers(state, group).length,
    total: group.members.size,
  };
}

function groupOf(state: State, filter: string): Group {
  const group = state.groups.get(filter) ?? {
    filter,
    topicFilter: topicFilterOf(filter),
    members: new Map(),
    remote: new Map(),
    waiting: [],
    turn: 0,
  };
  state.groups.set(filter, group);
  return group;
}

// ---- peers

/** Tells a peer that knows nothing of this node which groups have members here. */
export function tellMembers(state: State, peer: string): void {
  for (const group of state.groups.values()) {
    if (group.members.size > 0) tellPeer(state, peer, membersItem(state, group));
  }
}

/** A peer can be reached again. */
export function settleAll(state: State, nowMs: number, out: Output[]): void {
  for (const group of [...state.groups.values()]) settle(state, group, nowMs, out);
}

/** A peer that has lost its data has no members any more; it will say which it has. */
export function forgetMembersOf(state: State, peer: string, nowMs: number, out: Output[]): void {
  for (const group of state.groups.values()) group.remote.delete(peer);
  settleAll(state, nowMs, out);
}

export type GroupItem = Extract<Item, { kind: 'members' | 'token' | 'offer' | 'claim' | 'grant' }>;

export function applyGroupItem(state: State, peer: string, item: GroupItem, nowMs: number, out: Output[]): void {
  switch (item.kind) {
    case 'members': {
      const group = groupOf(state, item.filter);
      if (item.total === 0) group.remote.delete(peer);
      else group.remote.set(peer, { live: item.live, total: item.total });
      settle(state, group, nowMs, out);
      break;
    }
    case 'token':
      take(state, item.filter, item.message, nowMs, out);
      break;
    case 'offer': {
      const { filter, message, stamp } = item;
      state.heard.set(stamp.node, stamp);
      remember(state, { message, publisher: undefined, stamp, from: peer, groups: [], offered: filter });
      const group = state.groups.get(filter);
      if (group !== undefined && group.members.size > 0) claim(state, peer, group, item.message, item.stamp);
      break;
    }
    case 'claim':
      grant(state, peer, item, nowMs);
      break;
    case 'grant': {
      const key = tokenKey(item);
      const message = state.claims.get(key);
      state.claims.delete(key);
      if (item.isGranted && message !== undefined) take(state, item.filter, message, nowMs, out);
      break;
    }
  }
}

/** A token comes to this node because of its members: they are asked first. */
function take(state: State, filter: string, message: Message, nowMs: number, out: Output[]): void {
  const group = groupOf(state, filter);
  const clientId = chooseMember(state, group, group.turn);
  if (clientId === undefined || isExpired(message, nowMs)) place(state, group, message, nowMs, out);
  else {
    group.turn += 1;
    deliverToMember(state, group, clientId, message, nowMs, out);
  }
  settle(state, group, nowMs, out);
}

/** Claims the tokens of a peer's message for the groups that the peer did not know of. */
export function claimUnnamed(
  state: State,
  peer: string,
  item: Extract<Item, { kind: 'message' }>,
  message: Message,
): void {
  if (message.qos === 0) return;
  for (const group of state.groups.values()) {
    if (group.members.size === 0 || item.groups?.includes(group.filter)) continue;
    if (matchesTopic(group.topicFilter, message.topic)) claim(state, peer, group, message, item.stamp);
  }
}

function claim(state: State, peer: string, { filter }: Group, message: Message, stamp: Stamp): void {
  state.claims.set(tokenKey({ filter, stamp }), message);
  tellPeer(state, peer, { kind: 'claim', filter, stamp });
}

function grant(state: State, peer: string, item: { filter: string; stamp: Stamp }, nowMs: number): void {
  const key = tokenKey(item);
  const { filter, stamp } = item;
  for (const [old, grantedAtMs] of state.grants) {
    if (grantedAtMs > nowMs - rememberGrantsMs) break;
    state.grants.delete(old);
  }
  const isGranted = !state.grants.has(key);
  if (isGranted) state.grants.set(key, nowMs);
  tellPeer(state, peer, { kind: 'grant', filter, stamp, isGranted });
}

function tokenKey({ filter, stamp }: { readonly filter: string; readonly stamp: Stamp }): string {
  return `${stampText(stamp)} ${filter}`;
}
