import type { Sabotage } from '../sabotage.ts';
import { isMessage, oneIn } from '../strikes.ts';

export const throwOut: Sabotage = {
  name: 'throw-out',
  breaks: 'the connection of a healthy client is closed once in 100 messages',
  invariant: 'no-unprovoked-disconnect',
  versions: [4, 5],
  needs: [],
  flow: 'stream',
  report: 'eclipse-mosquitto/mosquitto#3238',
  create(random) {
    const isStruck = oneIn(100, random);
    return {
      fromBroker: (packet, peer) =>
        isMessage(packet) && isStruck(peer.clientId) ? { toClient: [packet], close: 'both' } : undefined,
    };
  },
};
