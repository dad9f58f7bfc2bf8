import type { Sabotage } from '../sabotage.ts';
import { isMessage } from '../strikes.ts';

export const silenceAfterReturn: Sabotage = {
  name: 'silence-after-return',
  breaks: 'a client that comes back is let in, its subscriptions are granted, and no message reaches it any more',
  invariant: 'session-state',
  versions: [4, 5],
  needs: ['persistentSessions'],
  flow: 'stream',
  report: 'eclipse-mosquitto/mosquitto#898',
  create: () => ({
    // Nothing is acknowledged in the client's place: the broker's window of messages in flight stays full.
    fromBroker: (packet, peer) => (isMessage(packet) && peer.connection > 1 ? {} : undefined),
  }),
};
