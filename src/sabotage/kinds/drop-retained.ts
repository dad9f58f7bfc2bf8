import { retainedTopics } from '../retained.ts';
import type { Sabotage } from '../sabotage.ts';
import { isMessage } from '../strikes.ts';

export const dropRetained: Sabotage = {
  name: 'drop-retained',
  breaks: 'a new subscriber at another node than the publisher gets no retained message',
  invariant: 'retained-convergence',
  versions: [4, 5],
  needs: ['retained'],
  flow: 'retained',
  report: 'emqx/emqx#1710',
  create() {
    const retained = retainedTopics();
    return {
      fromClient: retained.note,
      fromBroker(packet, peer) {
        if (!isMessage(packet) || !packet.retain || !retained.isElsewhere(packet.topic, peer)) return undefined;
        return { toBroker: peer.acknowledge(packet, 'broker') };
      },
    };
  },
};
