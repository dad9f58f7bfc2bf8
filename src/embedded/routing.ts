import { deliver, isExpired } from './delivery.ts';
import type { Message, Output, PublishEvent, Qos, Session, State, Subscription } from './model.ts';
import { tellPeers } from './outboxes.ts';
import { groupsFor, place } from './shared.ts';
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
  if (messageId === undefined || message.qos === 0) {
    publish(state, message, clientId, event.nowMs, out);
    return;
  }
  if (message.qos === 1) {
    publish(state, message, clientId, event.nowMs, out);
    out.push({ kind: 'send', clientId, packet: { cmd: 'puback', messageId, ...success(session) } });
    return;
  }
  // Method B of figure 4.3: the message is passed on now and the id remembered, so that a repetition is not [MQTT-4.3.3-2].
  if (!session.received.has(messageId)) {
    session.received.add(messageId);
    publish(state, message, clientId, event.nowMs, out);
  }
  out.push({ kind: 'send', clientId, packet: { cmd: 'pubrec', messageId, ...success(session) } });
}

export function success(session: Session): { readonly reasonCode?: number } {
  return session.limits.version === 5 ? { reasonCode: 0 } : {};
}

/** A message begins here: to the sessions of this node, into the outbox of every peer, which filters for itself, and to one member of each group. */
export function publish(state: State, published: Message, publisher: string, nowMs: number, out: Output[]): void {
  const stamp = tick(state, nowMs);
  const message = withExpiry(published, nowMs);
  retain(state, message, stamp);
  const groups = groupsFor(state, message.topic);
  const named = groups.length === 0 ? {} : { groups: groups.map(({ filter }) => filter) };
  tellPeers(state, { kind: 'message', message, stamp, publisher, ...named });
  route(state, message, publisher, 'client', nowMs, out);
  for (const group of groups) place(state, group, message, nowMs, out);
}

/** The expiry interval counts from here. */
export function withExpiry(message: Message, nowMs: number): Message {
  return message.lifetimeMs === undefined ? message : { ...message, expiresAtMs: nowMs + message.lifetimeMs };
}

/** The last writer wins, wherever and in whatever order the writes arrive [MQTT-3.3.1-5, -6]. */
export function retain(state: State, message: Message, stamp: Stamp): void {
  if (!message.retain) return;
  const kept = state.retained.get(message.topic);
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
    deliver(session, { message, granted, retain: true, subscriptionIds: identifiersOf([subscription]) }, nowMs, out);
  }
}

/** To each session that has a matching subscription, once [MQTT-3.3.4-2, -4]. */
export function route(
  state: State,
  message: Message,
  publisher: string | undefined,
  origin: Origin,
  nowMs: number,
  out: Output[],
): void {
  for (const [clientId, subscriptions] of subscriptionsTo(state, message.topic, publisher, origin)) {
    const session = state.sessions.get(clientId);
    if (session === undefined) continue;
    const granted = Math.max(...subscriptions.map(({ qos }) => qos)) as Qos;
    const retain = message.retain && subscriptions.some(({ retainAsPublished }) => retainAsPublished);
    deliver(session, { message, granted, retain, subscriptionIds: identifiersOf(subscriptions) }, nowMs, out);
  }
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
