import type { Sabotage } from '../sabotage.ts';
import { isMessage } from '../strikes.ts';

export const forgetResend: Sabotage = {
  name: 'forget-resend',
  breaks: 'messages that a client had not acknowledged are not sent again when it comes back',
  invariant: 'resend',
  versions: [4, 5],
  needs: ['persistentSessions'],
  flow: 'inflight',
  report: 'Yakifo/amqtt#401',
  create: () => ({
    fromBroker(packet, peer) {
      if (!isMessage(packet) || !packet.dup || packet.qos === 0 || peer.connection === 1) return undefined;
      return { toBroker: peer.acknowledge(packet, 'broker') };
    },
  }),
};
