import type { Sabotage } from '../sabotage.ts';
import { isMessage, oneIn } from '../strikes.ts';

export const dropRetained: Sabotage = {
  name: 'drop-retained',
  breaks: 'every second new subscriber of a retained topic gets no retained message',
  invariant: 'retained-convergence',
  versions: [4, 5],
  needs: ['retained'],
  flow: 'retained',
  report: 'vernemq/vernemq#507',
  create(random) {
    const isStruck = oneIn(2, random);
    return {
      fromBroker(packet, peer) {
        if (!isMessage(packet) || !packet.retain || !isStruck(packet.topic)) return undefined;
        return { toBroker: peer.acknowledge(packet, 'broker') };
      },
    };
  },
};
