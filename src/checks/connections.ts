import type { SessionHistory, StreamFacts, SubscriptionHistory } from '../workload/flows/stream/facts.ts';
import type { Finding } from './check.ts';

export function sessionOf(stream: StreamFacts, clientId: string): SessionHistory | undefined {
  return stream.sessions.find((session) => session.clientId === clientId);
}

/** Which interruption of a connection is shown: the nearest to a moment, or the last that began before it. */
export type Near = 'nearest' | 'before';

/** Who the finding is about, as a subscriber, and the interruption of its connection that is near `atMs`. */
export function subscriberFacts(
  stream: StreamFacts,
  subscription: Pick<SubscriptionHistory, 'clientId' | 'node'>,
  atMs: number,
  near: Near = 'nearest',
): Finding['facts'] {
  const { clientId, node } = subscription;
  return {
    client: clientId,
    role: 'subscriber',
    subscriber: clientId,
    subscriberNode: node,
    ...interruptionFacts(stream, 'subscriber', clientId, atMs, near),
  };
}

/** The end of a connection, and the begin of the next, near `atMs`; null where there were none. */
export function interruptionFacts(
  stream: StreamFacts,
  role: SessionHistory['role'],
  clientId: string,
  atMs: number,
  near: Near = 'nearest',
): Finding['facts'] {
  const connections = sessionOf(stream, clientId)?.connections ?? [];
  let nearest: { disconnectedMs: number; reconnectedMs: number | null; awayMs: number } | undefined;
  connections.forEach(({ disconnectedMs }, i) => {
    if (disconnectedMs === null || (near === 'before' && disconnectedMs > atMs)) return;
    const reconnectedMs = connections[i + 1]?.connectedMs ?? null;
    const awayMs = Math.max(0, disconnectedMs - atMs, atMs - (reconnectedMs ?? Number.POSITIVE_INFINITY));
    if (!nearest || awayMs <= nearest.awayMs) nearest = { disconnectedMs, reconnectedMs, awayMs };
  });
  return {
    [`${role}Reconnects`]: Math.max(0, connections.length - 1),
    [`${role}DisconnectedAtMs`]: nearest?.disconnectedMs ?? null,
    [`${role}ReconnectedAtMs`]: nearest?.reconnectedMs ?? null,
  };
}

/** The connection, counted from 1, on which a publisher wrote the message for the first time; undefined when nobody knows. */
export function writtenOn(
  session: SessionHistory | undefined,
  sequence: number,
): { readonly number: number; readonly connectedMs: number; readonly disconnectedMs: number | null } | undefined {
  const index =
    session?.connections.findIndex(({ written }) => written && written[0] <= sequence && sequence <= written[1]) ?? -1;
  const connection = session?.connections[index];
  return connection && { number: index + 1, ...connection };
}
