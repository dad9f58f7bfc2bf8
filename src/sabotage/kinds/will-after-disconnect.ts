import type { Sabotage } from '../sabotage.ts';
import { hasWill } from '../wills.ts';

export const willAfterDisconnect: Sabotage = {
  name: 'will-after-disconnect',
  breaks: 'the will of a client that has sent DISCONNECT is published',
  invariant: 'will-once',
  versions: [4, 5],
  needs: ['wills'],
  flow: 'will',
  report: 'Yakifo/amqtt#199',
  create() {
    const wills = hasWill();
    return {
      fromClient(packet, peer) {
        if (packet.cmd !== 'disconnect') return wills.note(packet, peer);
        return wills.of(peer) ? { close: 'broker' } : undefined;
      },
    };
  },
};
