import type { Sabotage } from '../sabotage.ts';
import { isMessage, oneIn } from '../strikes.ts';

export const downgradeQos: Sabotage = {
  name: 'downgrade-qos',
  breaks: 'every 20th QoS 1 or 2 message is delivered at QoS 0',
  invariant: 'delivered-qos',
  versions: [4, 5],
  needs: [],
  flow: 'stream',
  report: 'nats-io/nats-server#8414',
  create(random) {
    const isStruck = oneIn(20, random);
    return {
      fromBroker(packet, peer) {
        if (!isMessage(packet) || packet.qos === 0 || packet.dup || !isStruck(peer.clientId)) return undefined;
        const { messageId: _, ...plain } = packet;
        return { toClient: [{ ...plain, qos: 0 }], toBroker: peer.acknowledge(packet, 'broker') };
      },
    };
  },
};
