import type { Sabotage } from '../sabotage.ts';
import { isMessage, oneIn } from '../strikes.ts';

export const inventMessage: Sabotage = {
  name: 'invent-message',
  breaks: 'after every 20th message one arrives, on the same topic, that nobody published',
  invariant: 'integrity',
  versions: [4, 5],
  needs: [],
  flow: 'stream',
  create(random) {
    const isStruck = oneIn(20, random);
    return {
      fromBroker(packet, peer) {
        if (!isMessage(packet) || packet.retain || !isStruck(peer.clientId)) return undefined;
        const invented = peer.deliver({ ...packet, dup: false, payload: Buffer.from('nobody published this') });
        return { toClient: [packet, invented] };
      },
    };
  },
};
