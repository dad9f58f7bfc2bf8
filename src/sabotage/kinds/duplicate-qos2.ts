import type { Sabotage } from '../sabotage.ts';
import { isMessage, oneIn } from '../strikes.ts';

export const duplicateQos2: Sabotage = {
  name: 'duplicate-qos2',
  breaks: 'every 20th QoS 2 message is delivered once more, in an exchange of its own',
  invariant: 'exactly-once',
  versions: [4, 5],
  needs: ['qos2'],
  flow: 'stream',
  report: 'rmqtt/rmqtt#458',
  create(random) {
    const isStruck = oneIn(20, random);
    return {
      fromBroker(packet, peer) {
        if (!isMessage(packet) || packet.qos !== 2 || packet.dup || !isStruck(peer.clientId)) return undefined;
        return { toClient: [packet, peer.deliver(packet)] };
      },
    };
  },
};
