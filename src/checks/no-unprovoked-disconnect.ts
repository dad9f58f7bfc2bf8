import { formatMs } from '../model/units.ts';
import type { UnprovokedEnd } from '../workload/wire.ts';
import { type Check, type Finding, found } from './check.ts';

/**
 * A client that keeps the protocol and is struck by no fault stays connected. Only ends before the first fault count, on a cluster that no
 * earlier scenario has used: a fault, and the heal of one, may make a broker end connections. Legal: the end of the older connection in a takeover, and of a client that fell silent.
 */
export const noUnprovokedDisconnect: Check = {
  id: 'no-unprovoked-disconnect',
  statement: 'a client that keeps the protocol and is struck by no fault is not thrown out',
  clause: null,
  run({ history: { wire }, isFreshCluster }) {
    if (!isFreshCluster)
      return {
        applicable: false,
        why: 'an earlier scenario used this cluster, and its fault may still end connections',
      };
    if (!wire) return { applicable: false, why: 'no client of the workload noted how its connections ended' };
    return found(wire.endCount, wire.ends.map(asFinding));
  },
};

function asFinding({ clientId, node, atMs, how, reasonCode, connectedForMs }: UnprovokedEnd): Finding {
  const what = {
    'closed by the broker': 'closed the connection of',
    DISCONNECT: `sent DISCONNECT with reason code ${reasonCode} to`,
    'keep alive': 'did not answer the PINGREQ of',
  }[how];
  return {
    what: `${node} ${what} ${clientId}, which had been connected for ${formatMs(Math.round(connectedForMs))} and had given no cause, before any fault`,
    atMs,
    facts: { client: clientId, role: 'subscriber', node, how, reasonCode, connectedForMs: Math.round(connectedForMs) },
  };
}
