import type { Sabotage } from '../sabotage.ts';
import { isMessage, oneIn } from '../strikes.ts';

export const upgradeQos: Sabotage = {
  name: 'upgrade-qos',
  breaks: 'every 20th QoS 0 message is delivered at QoS 1, which is more than was published or granted',
  invariant: 'delivered-qos',
  versions: [4, 5],
  needs: [],
  flow: 'stream',
  report: 'moscajs/mosca#769',
  create(random) {
    const isStruck = oneIn(20, random);
    return {
      fromBroker(packet, peer) {
        if (!isMessage(packet) || packet.qos !== 0 || !isStruck(peer.clientId)) return undefined;
        return { toClient: [peer.deliver({ ...packet, qos: 1 })] };
      },
    };
  },
};
