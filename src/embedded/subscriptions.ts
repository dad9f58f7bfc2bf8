import type { Output, Session, State, SubscribeEvent, Subscription } from './model.ts';
import { deliverRetained } from './routing.ts';
import { join, leave, membershipChanged } from './shared.ts';
import { hasWildcard } from './topics.ts';

/*
 * The subscriptions of a session, and the index of them by filter.
 */

export function subscribe(state: State, session: Session, event: SubscribeEvent, out: Output[]): void {
  const { clientId } = session;
  const isShort = state.mutant === 'short-suback' && session.subscriptions.size === 0 && event.filters.length > 1;
  const made = event.filters.map(({ filter, qos, shared = false, ...rest }) => {
    const { noLocal = false, retainAsPublished = false, retainHandling = 0, identifier } = rest;
    const isNew = !session.subscriptions.has(filter);
    const subscription: Subscription = { qos, shared, noLocal, retainAsPublished, identifier };
    addSubscription(state, session, filter, subscription, event.nowMs, out);
    const wantsRetained = !shared && (retainHandling === 0 || (retainHandling === 1 && isNew));
    return { filter, subscription, wantsRetained };
  });
  const granted = event.filters.slice(isShort ? 1 : 0).map(({ qos }) => qos);
  out.push({ kind: 'send', clientId, packet: { cmd: 'suback', messageId: event.messageId, granted } });
  // A new member may be the one that tokens wait for.
  if (made.some(({ subscription }) => subscription.shared)) membershipChanged(state, session, event.nowMs, out);
  // Each subscription is sent what is retained, also one that replaces its like [MQTT-3.3.1-9, MQTT-3.8.4-4].
  for (const { filter, subscription, wantsRetained } of made) {
    if (wantsRetained) deliverRetained(state, session, filter, subscription, event.nowMs, out);
  }
}

export function unsubscribe(
  state: State,
  session: Session,
  event: { readonly messageId: number; readonly filters: readonly string[]; readonly nowMs: number },
  out: Output[],
): void {
  // 0x11: no subscription existed.
  const granted = event.filters.map((filter) =>
    state.mutant === 'ignore-unsubscribe' || removeSubscription(state, session, filter, event.nowMs, out) ? 0 : 0x11,
  );
  const { messageId } = event;
  out.push({ kind: 'send', clientId: session.clientId, packet: { cmd: 'unsuback', messageId, granted } });
}

export function addSubscription(
  state: State,
  session: Session,
  filter: string,
  subscription: Subscription,
  nowMs: number,
  out: Output[],
): void {
  const before = session.subscriptions.get(filter);
  if (before !== undefined && before.shared !== subscription.shared) {
    removeSubscription(state, session, filter, nowMs, out);
  }
  session.subscriptions.set(filter, subscription);
  if (subscription.shared) {
    join(state, session, filter, subscription);
    return;
  }
  const filters = filtersLike(state, filter);
  const others = filters.get(filter) ?? new Map<string, Subscription>();
  filters.set(filter, others.set(session.clientId, subscription));
}

export function removeSubscriptions(state: State, session: Session, nowMs: number, out: Output[]): void {
  for (const filter of [...session.subscriptions.keys()]) removeSubscription(state, session, filter, nowMs, out);
}

function removeSubscription(state: State, session: Session, filter: string, nowMs: number, out: Output[]): boolean {
  const subscription = session.subscriptions.get(filter);
  if (subscription === undefined) return false;
  session.subscriptions.delete(filter);
  if (subscription.shared) {
    leave(state, session, filter, nowMs, out);
    return true;
  }
  const filters = filtersLike(state, filter);
  const others = filters.get(filter);
  others?.delete(session.clientId);
  if (others?.size === 0) filters.delete(filter);
  return true;
}

function filtersLike(state: State, filter: string): Map<string, Map<string, Subscription>> {
  return hasWildcard(filter) ? state.wildcardFilters : state.exactFilters;
}
