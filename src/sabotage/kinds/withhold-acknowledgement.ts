import type { Sabotage } from '../sabotage.ts';
import { oneIn } from '../strikes.ts';

export const withholdAcknowledgement: Sabotage = {
  name: 'withhold-acknowledgement',
  breaks: 'every 40th PUBACK is never sent, though the message was stored and delivered',
  invariant: 'liveness',
  versions: [4, 5],
  needs: [],
  flow: 'stream',
  report: 'vernemq/vernemq#764',
  create(random) {
    const isStruck = oneIn(40, random);
    return {
      fromBroker: (packet, peer) => (packet.cmd === 'puback' && isStruck(peer.clientId) ? {} : undefined),
    };
  },
};
