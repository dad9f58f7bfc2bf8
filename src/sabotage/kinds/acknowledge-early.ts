import type { Sabotage } from '../sabotage.ts';
import { isMessage, oneIn } from '../strikes.ts';

export const acknowledgeEarly: Sabotage = {
  name: 'acknowledge-early',
  breaks: 'every 20th QoS 1 or 2 PUBLISH is acknowledged before it is stored, and then lost',
  invariant: 'no-acknowledged-loss',
  versions: [4, 5],
  needs: [],
  flow: 'stream',
  report: 'vernemq/vernemq#1700',
  create(random) {
    const isStruck = oneIn(20, random);
    return {
      fromClient(packet, peer) {
        if (!isMessage(packet) || packet.qos === 0 || packet.dup || !isStruck(peer.clientId)) return undefined;
        return { toClient: peer.acknowledge(packet, 'client') };
      },
    };
  },
};
