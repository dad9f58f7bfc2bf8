import type { Sabotage } from '../sabotage.ts';
import { oneIn } from '../strikes.ts';

export const denySession: Sabotage = {
  name: 'deny-session',
  breaks: 'every second CONNACK with session present = 1 arrives with 0',
  invariant: 'session-state',
  versions: [4, 5],
  needs: ['persistentSessions'],
  flow: 'stream',
  report: 'vernemq/vernemq#73',
  create(random) {
    const isStruck = oneIn(2, random);
    return {
      fromBroker(packet, peer) {
        if (packet.cmd !== 'connack' || !packet.sessionPresent || !isStruck(peer.clientId)) return undefined;
        return { toClient: [{ ...packet, sessionPresent: false }] };
      },
    };
  },
};
