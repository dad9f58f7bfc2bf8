import type { Item, Message, Outbox, PeerItemEvent, PeerWelcomeEvent, State } from './model.ts';
import { isLater } from './stamp.ts';

/*
 * What is to be told to the peers. An item stays in the outbox until the peer confirms that it is in its journal; the
 * inbox of the peer knows the last number that it applied, so that each item is applied once and in order.
 */

export function tellPeers(state: State, item: Item): void {
  for (const outbox of state.outboxes.values()) append(outbox, item);
}

export function tellPeer(state: State, peer: string, item: Item): void {
  const outbox = state.outboxes.get(peer);
  if (outbox !== undefined) append(outbox, item);
}

/** One outbox for each of `peers`, and none for anybody else. */
export function keepOutboxes(state: State, peers: readonly string[]): void {
  for (const peer of state.outboxes.keys()) if (!peers.includes(peer)) state.outboxes.delete(peer);
  for (const peer of peers) {
    if (!state.outboxes.has(peer)) state.outboxes.set(peer, { nextSeq: 1, items: new Map() });
  }
}

/** Whether the peer is new or has lost its data: then it has never heard of what was confirmed long ago and still stands. */
export function welcome(state: State, event: PeerWelcomeEvent): boolean {
  confirm(state, event.peer, event.seq);
  if (!state.outboxes.has(event.peer) || state.peerEpochs.get(event.peer) === event.epoch) return false;
  state.peerEpochs.set(event.peer, event.epoch);
  return true;
}

export function confirm(state: State, peer: string, seq: number): void {
  const outbox = state.outboxes.get(peer);
  if (outbox === undefined) return;
  for (const sent of outbox.items.keys()) {
    if (sent > seq) break;
    outbox.items.delete(sent);
  }
}

export function lastSeqOf(state: State, peer: string, epoch: string): number {
  return state.inboxes.get(inboxKey(peer, epoch)) ?? 0;
}

/** Whether the item of this number is new; from then on it is not. */
export function isFirst(state: State, peer: string, epoch: string, seq: number): boolean {
  if (seq <= lastSeqOf(state, peer, epoch)) return false;
  state.inboxes.set(inboxKey(peer, epoch), seq);
  return true;
}

export function forgetInbox(state: State, peer: string, epoch: string): void {
  state.inboxes.delete(inboxKey(peer, epoch));
}

/** Whether the message of the same client that comes before it is here, or will never come. */
export function isReady(state: State, item: Item): boolean {
  if (item.kind !== 'message' || item.after === undefined) return true;
  const { stamp, epoch } = item.after;
  const heard = state.heard.get(stamp.node);
  if (heard !== undefined && !isLater(stamp, heard)) return true;
  if (stamp.node === state.name) return true;
  if (!state.outboxes.has(stamp.node)) return true;
  // It was lost with the data of its node.
  return state.linkedPeers.has(stamp.node) && state.peerEpochs.get(stamp.node) !== epoch;
}

/** Clocks of nodes do not agree; they agree on how long the message has still to live. */
export function byOwnClock(message: Message, { sentAtMs, nowMs }: Pick<PeerItemEvent, 'sentAtMs' | 'nowMs'>): Message {
  if (message.expiresAtMs === undefined) return message;
  return { ...message, expiresAtMs: message.expiresAtMs - sentAtMs + nowMs };
}

function append(outbox: Outbox, item: Item): void {
  outbox.items.set(outbox.nextSeq, item);
  outbox.nextSeq += 1;
}

function inboxKey(peer: string, epoch: string): string {
  return `${peer} ${epoch}`;
}
