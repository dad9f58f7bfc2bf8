import type { Sabotage } from '../sabotage.ts';
import { isMessage, oneIn } from '../strikes.ts';

export const retainOnLive: Sabotage = {
  name: 'retain-on-live',
  breaks: 'every 20th message to an established subscription has RETAIN = 1',
  invariant: 'protocol',
  versions: [4, 5],
  needs: [],
  flow: 'stream',
  report: 'mochi-mqtt/server#251',
  create(random) {
    const isStruck = oneIn(20, random);
    return {
      fromBroker: (packet, peer) =>
        isMessage(packet) && !packet.retain && isStruck(peer.clientId)
          ? { toClient: [{ ...packet, retain: true }] }
          : undefined,
    };
  },
};
