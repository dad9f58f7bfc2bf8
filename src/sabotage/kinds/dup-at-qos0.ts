import type { Sabotage } from '../sabotage.ts';
import { isMessage, oneIn } from '../strikes.ts';

export const dupAtQos0: Sabotage = {
  name: 'dup-at-qos0',
  breaks: 'every 20th QoS 0 message has DUP = 1',
  invariant: 'protocol',
  versions: [4, 5],
  needs: [],
  flow: 'stream',
  report: 'emqx/emqx#1319',
  create(random) {
    const isStruck = oneIn(20, random);
    return {
      fromBroker: (packet, peer) =>
        isMessage(packet) && packet.qos === 0 && isStruck(peer.clientId)
          ? { toClient: [{ ...packet, dup: true }] }
          : undefined,
    };
  },
};
