import { formatMs } from '../model/units.ts';
import type { Takeover } from '../workload/flows/handover/facts.ts';
import { type Check, checkOf, type Finding, found } from './check.ts';

/**
 * A client id has one connection: when a newer one is accepted, the broker closes the older one. It is a violation when the older one was open
 * all the time until the books were closed, for at least as long as the scenario waits for anything, and was still answered. Legal: an older
 * connection that closes late; one that a fault may have kept from hearing of the newer one.
 */
export const singleSession: Check = checkOf('handover', {
  id: 'single-session',
  statement: 'a client id has one live connection: a newer one closes the older one',
  clause: { v311: 'MQTT-3.1.4-2', v5: 'MQTT-3.1.4-3' },
  run({ takeovers }, { quietMs }) {
    const findings = takeovers.filter((one) => isTwofold(one, quietMs)).map(asFinding);
    return found(findings.length, findings);
  },
});

function isTwofold(takeover: Takeover, quietMs: number): boolean {
  const { olderClosedMs, olderAnsweredMs, newerConnectedMs, watchedUntilMs, struck } = takeover;
  if (struck || olderClosedMs !== null || olderAnsweredMs === null) return false;
  return watchedUntilMs - newerConnectedMs >= quietMs && olderAnsweredMs - newerConnectedMs >= quietMs;
}

function asFinding(takeover: Takeover): Finding {
  const { clientId, olderNode, newerNode, newerConnectedMs, olderConnectedMs, olderAnsweredMs } = takeover;
  const both =
    olderNode === newerNode ? `two connections at ${newerNode}` : `connections at ${olderNode} and ${newerNode}`;
  const lastedMs = (olderAnsweredMs ?? newerConnectedMs) - newerConnectedMs;
  return {
    what: `${clientId} had ${both} at the same time: the older one was still served ${formatMs(Math.round(lastedMs))} after the newer one had been accepted`,
    atMs: newerConnectedMs,
    facts: {
      client: clientId,
      role: 'subscriber',
      olderNode,
      newerNode,
      olderConnectedAtMs: olderConnectedMs,
      newerConnectedAtMs: newerConnectedMs,
      olderAnsweredAtMs: olderAnsweredMs,
    },
  };
}
