import type { Sabotage } from '../sabotage.ts';
import { isMessage, oneIn } from '../strikes.ts';

export const duplicateQos0: Sabotage = {
  name: 'duplicate-qos0',
  breaks: 'every 20th QoS 0 message is delivered twice',
  invariant: 'at-most-once',
  versions: [4, 5],
  needs: [],
  flow: 'stream',
  report: 'processone/ejabberd#3750',
  create(random) {
    const isStruck = oneIn(20, random);
    return {
      fromBroker(packet, peer) {
        if (!isMessage(packet) || packet.qos !== 0 || !isStruck(peer.clientId)) return undefined;
        return { toClient: [packet, packet] };
      },
    };
  },
};
