import type { Sabotage } from '../sabotage.ts';
import { isMessage, oneIn } from '../strikes.ts';

export const swallowDelivery: Sabotage = {
  name: 'swallow-delivery',
  breaks: 'every 20th QoS 1 or 2 message to a client is acknowledged in its place and never delivered',
  invariant: 'no-acknowledged-loss',
  versions: [4, 5],
  needs: [],
  flow: 'stream',
  report: 'vernemq/vernemq#1577',
  create(random) {
    const isStruck = oneIn(20, random);
    return {
      fromBroker(packet, peer) {
        if (!isMessage(packet) || packet.qos === 0 || !isStruck(peer.clientId)) return undefined;
        return { toBroker: peer.acknowledge(packet, 'broker') };
      },
    };
  },
};
