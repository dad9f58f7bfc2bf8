import { deliver, isExpired } from './delivery.ts';
import type { Arrival, Message, Output, Position, PublishEvent, Qos, Session, State, Subscription } from './model.ts';
import { tellPeers } from './outboxes.ts';
import { groupsFor, place, remember } from './shared.ts';
import { isLater, type Stamp, tick } from './stamp.ts';
import { matchesTopic } from './topics.ts';

/*
 * From a publisher to the sessions of this node and to the peers.
 */

/** Where a node has a message from. */
export type Origin = 'client' | 'peer';

export function publishFromClient(state: State, session: Session, event: PublishEvent, out: Output[]): void {
  const { clientId } = session;
  const { message, messageId } = event;
  const take = (): void => {
    // The first one after a move waits everywhere for the last one before.
    const { lastPublished } = session;
    const after = lastPublished?.stamp.node === state.name ? undefined : lastPublished;
    const stamp = publish(state, message, clientId, event.nowMs, out, after);
    session.lastPublished = { stamp, epoch: state.epoch };
  };
  if (messageId === undefined || message.qos === 0) {
    take();
    return;
  }
  if (message.qos === 1) {
    take();
    out.push({ kind: 'send', clientId, packet: { cmd: 'puback', messageId, ...success(session) } });
    return;
  }
  // Method B of figure 4.3: the message is passed on now and the id remembered, so that a repetition is not [MQTT-4.3.3-2].
  if (!session.received.has(messageId)) {
    session.received.add(messageId);
    take();
  }
  out.push({ kind: 'send', clientId, packet: { cmd: 'pubrec', messageId, ...success(session) } });
}

export function success(session: Session): { readonly reasonCode?: number } {
  return session.limits.version === 5 ? { reasonCode: 0 } : {};
}

/** A message begins here: to the sessions of this node, into the outbox of every peer, which filters for itself, and to one member of each group. */
export function publish(
  state: State,
  published: Message,
  publisher: string,
  nowMs: number,
  out: Output[],
  after?: Position,
): Stamp {
  const stamp = tick(state, nowMs);
  const message = withExpiry(published, nowMs);
  retain(state, message, stamp);
  const groups = groupsFor(state, message.topic);
  const order = after === undefined ? {} : { after };
  const isNamed = groups.length > 0 && state.mutant !== 'share-with-two';
  const named: { readonly groups?: readonly string[] } = !isNamed ? {} : { groups: groups.map(({ filter }) => filter) };
  const forwarded =
    state.mutant === 'downgrade-forward' ? { ...message, qos: Math.min(message.qos, 1) as Qos } : message;
  tellPeers(state, { kind: 'message', message: forwarded, stamp, publisher, ...named, ...order });
  take(state, { message, publisher, stamp, from: undefined, groups: named.groups ?? [] }, 'client', nowMs, out);
  for (const group of groups) place(state, group, message, nowMs, out);
  return stamp;
}

/** A message that every node has, with its stamp, comes to this one. */
export function take(state: State, arrival: Arrival, origin: Origin, nowMs: number, out: Output[]): void {
  const { message, publisher, stamp } = arrival;
  state.heard.set(stamp.node, stamp);
  remember(state, arrival);
  route(state, message, publisher, origin, stamp, nowMs, out);
}

/** The expiry interval counts from here. */
export function withExpiry(message: Message, nowMs: number): Message {
  return message.lifetimeMs === undefined ? message : { ...message, expiresAtMs: nowMs + message.lifetimeMs };
}

/** The last writer wins, wherever and in whatever order the writes arrive [MQTT-3.3.1-5, -6]. */
export function retain(state: State, message: Message, stamp: Stamp): void {
  if (!message.retain) return;
  const kept = state.retained.get(message.topic);
  if (state.mutant === 'retained-of-first-node' && kept !== undefined && kept.stamp.node !== stamp.node) return;
  if (kept === undefined || isLater(stamp, kept.stamp)) state.retained.set(message.topic, { message, stamp });
}

/** Sends a new subscription what is retained. */
export function deliverRetained(
  state: State,
  session: Session,
  filter: string,
  subscription: Subscription,
  nowMs: number,
  out: Output[],
): void {
  for (const [topic, { message }] of state.retained) {
    if (message.payload.length === 0 || !matchesTopic(filter, topic) || isExpired(message, nowMs)) continue;
    const { qos: granted } = subscription;
    deliver(
      state,
      session,
      { message, granted, retain: true, subscriptionIds: identifiersOf([subscription]) },
      nowMs,
      out,
    );
  }
}

/** To each session that has a matching subscription, once [MQTT-3.3.4-2, -4]. */
export function route(
  state: State,
  message: Message,
  publisher: string | undefined,
  origin: Origin,
  stamp: Stamp | undefined,
  nowMs: number,
  out: Output[],
): void {
  for (const [clientId, subscriptions] of subscriptionsTo(state, message.topic, publisher, origin)) {
    const session = state.sessions.get(clientId);
    if (session !== undefined) deliverOnce(state, session, subscriptions, message, stamp, nowMs, out);
  }
}

/** To one session only, that has come from another node. */
export function routeTo(state: State, session: Session, arrival: Arrival, nowMs: number, out: Output[]): void {
  const { message, publisher, stamp } = arrival;
  const subscriptions = subscriptionsTo(state, message.topic, publisher, 'client').get(session.clientId);
  if (subscriptions !== undefined) deliverOnce(state, session, subscriptions, message, stamp, nowMs, out);
}

/** Leaves out what the session has had at the node that it came from. */
function deliverOnce(
  state: State,
  session: Session,
  subscriptions: readonly Subscription[],
  message: Message,
  stamp: Stamp | undefined,
  nowMs: number,
  out: Output[],
): void {
  const seen = stamp === undefined ? undefined : session.seen.get(stamp.node);
  if (seen !== undefined && stamp !== undefined && !isLater(stamp, seen)) return;
  const granted = Math.max(...subscriptions.map(({ qos }) => qos)) as Qos;
  const retain = message.retain && subscriptions.some(({ retainAsPublished }) => retainAsPublished);
  deliver(state, session, { message, granted, retain, subscriptionIds: identifiersOf(subscriptions) }, nowMs, out);
}

/** Client id -> its subscriptions that cover the topic. */
function subscriptionsTo(
  state: State,
  topic: string,
  publisher: string | undefined,
  origin: Origin,
): Map<string, Subscription[]> {
  const found = new Map<string, Subscription[]>();
  const collect = (subscriptions: ReadonlyMap<string, Subscription>): void => {
    for (const [clientId, subscription] of subscriptions) {
      // [MQTT-3.8.3-3]
      if (subscription.noLocal && clientId === publisher) continue;
      const others = found.get(clientId);
      if (others === undefined) found.set(clientId, [subscription]);
      else others.push(subscription);
    }
  };
  const exact = state.exactFilters.get(topic);
  if (exact !== undefined) collect(exact);
  const reachesWildcards = state.mutant !== 'local-wildcards' || origin === 'client';
  if (reachesWildcards)
    for (const [filter, subscriptions] of state.wildcardFilters)
      if (matchesTopic(filter, topic)) collect(subscriptions);
  return found;
}

function identifiersOf(subscriptions: readonly Subscription[]): number[] {
  return subscriptions.flatMap(({ identifier }) => (identifier === undefined ? [] : [identifier]));
}
