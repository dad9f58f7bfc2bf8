import type { Sabotage } from '../sabotage.ts';
import { isMessage } from '../strikes.ts';

export const resendUnderNewId: Sabotage = {
  name: 'resend-under-new-id',
  breaks: 'messages that are sent again have another packet id',
  invariant: 'resend',
  versions: [4, 5],
  needs: ['persistentSessions'],
  flow: 'inflight',
  report: 'cloudamqp/lavinmq#2233',
  create: () => ({
    fromBroker(packet, peer) {
      if (!isMessage(packet) || !packet.dup || packet.qos === 0 || peer.connection === 1) return undefined;
      return { toClient: [peer.deliver(packet)], toBroker: peer.acknowledge(packet, 'broker') };
    },
  }),
};
