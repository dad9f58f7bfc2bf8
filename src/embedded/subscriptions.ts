import type { Output, Session, State, SubscribeEvent, Subscription } from './model.ts';
import { deliverRetained } from './routing.ts';
import { hasWildcard } from './topics.ts';

/*
 * The subscriptions of a session, and the index of them by filter.
 */

export function subscribe(state: State, session: Session, event: SubscribeEvent, out: Output[]): void {
  const { clientId } = session;
  const made = event.filters.map(({ filter, qos, noLocal = false, retainAsPublished = false, ...rest }) => {
    const { retainHandling = 0, identifier } = rest;
    const isNew = !session.subscriptions.has(filter);
    const subscription: Subscription = { qos, noLocal, retainAsPublished, identifier };
    addSubscription(state, session, filter, subscription);
    return { filter, subscription, wantsRetained: retainHandling === 0 || (retainHandling === 1 && isNew) };
  });
  const granted = event.filters.map(({ qos }) => qos);
  out.push({ kind: 'send', clientId, packet: { cmd: 'suback', messageId: event.messageId, granted } });
  // Each subscription is sent what is retained, also one that replaces its like [MQTT-3.3.1-9, MQTT-3.8.4-4].
  for (const { filter, subscription, wantsRetained } of made) {
    if (wantsRetained) deliverRetained(state, session, filter, subscription, event.nowMs, out);
  }
}

export function unsubscribe(
  state: State,
  session: Session,
  event: { readonly messageId: number; readonly filters: readonly string[] },
  out: Output[],
): void {
  // 0x11: no subscription existed.
  const granted = event.filters.map((filter) => (removeSubscription(state, session, filter) ? 0 : 0x11));
  const { messageId } = event;
  out.push({ kind: 'send', clientId: session.clientId, packet: { cmd: 'unsuback', messageId, granted } });
}

export function addSubscription(state: State, session: Session, filter: string, subscription: Subscription): void {
  session.subscriptions.set(filter, subscription);
  const filters = filtersLike(state, filter);
  const others = filters.get(filter) ?? new Map<string, Subscription>();
  filters.set(filter, others.set(session.clientId, subscription));
}

export function removeSubscriptions(state: State, session: Session): void {
  for (const filter of [...session.subscriptions.keys()]) removeSubscription(state, session, filter);
}

function removeSubscription(state: State, session: Session, filter: string): boolean {
  const filters = filtersLike(state, filter);
  const others = filters.get(filter);
  others?.delete(session.clientId);
  if (others?.size === 0) filters.delete(filter);
  return session.subscriptions.delete(filter);
}

function filtersLike(state: State, filter: string): Map<string, Map<string, Subscription>> {
  return hasWildcard(filter) ? state.wildcardFilters : state.exactFilters;
}
