import type { Sabotage } from '../sabotage.ts';

export const surviveTakeover: Sabotage = {
  name: 'survive-takeover',
  breaks: 'a client whose id has connected again keeps its older connection, and its PINGREQs are answered',
  invariant: 'single-session',
  versions: [4, 5],
  needs: [],
  flow: 'handover',
  report: 'robustmq/robustmq#2057',
  create() {
    /** Connections that lead to nobody. */
    const kept = new WeakSet<object>();
    return {
      fromBroker: (packet, peer) => (packet.cmd === 'disconnect' && peer.isTakenOver ? {} : undefined),
      brokerLost(peer) {
        if (!peer.isTakenOver) return undefined;
        kept.add(peer);
        return 'keep';
      },
      fromClient(packet, peer) {
        if (!kept.has(peer)) return undefined;
        return packet.cmd === 'pingreq' ? { toClient: [{ cmd: 'pingresp' }] } : {};
      },
    };
  },
};
