import type { Sabotage } from '../sabotage.ts';
import { isMessage } from '../strikes.ts';

export const deliverExpired: Sabotage = {
  name: 'deliver-expired',
  breaks: 'the Message Expiry Interval of a message is ignored: it is delivered however late',
  invariant: 'expiry',
  versions: [5],
  needs: ['mqtt5'],
  flow: 'expiry',
  report: 'emqx/emqx#18176',
  create: () => ({
    fromClient(packet) {
      if (!isMessage(packet) || packet.properties?.messageExpiryInterval === undefined) return undefined;
      const { messageExpiryInterval: _, ...properties } = packet.properties;
      return { toBroker: [{ ...packet, properties }] };
    },
  }),
};
