import { retainedTopics } from '../retained.ts';
import type { Sabotage } from '../sabotage.ts';
import { bytesOf, isMessage } from '../strikes.ts';

export const staleRetained: Sabotage = {
  name: 'stale-retained',
  breaks: 'a new subscriber at another node than the publisher gets an older retained value',
  invariant: 'retained-convergence',
  versions: [4, 5],
  needs: ['retained'],
  flow: 'retained',
  report: 'nats-io/nats-server#7622',
  create() {
    const retained = retainedTopics();
    return {
      fromClient: retained.note,
      fromBroker(packet, peer) {
        if (!isMessage(packet) || !packet.retain || !retained.isElsewhere(packet.topic, peer)) return undefined;
        const older = retained.older(packet.topic);
        if (older === undefined || older.equals(bytesOf(packet.payload))) return undefined;
        return { toClient: [{ ...packet, payload: older }] };
      },
    };
  },
};
