import type { Sabotage } from '../sabotage.ts';
import { isMessage } from '../strikes.ts';

export const resendWithoutDup: Sabotage = {
  name: 'resend-without-dup',
  breaks: 'messages that are sent again have DUP = 0',
  invariant: 'resend',
  versions: [4, 5],
  needs: ['persistentSessions'],
  flow: 'inflight',
  report: 'emqx/emqx#1562',
  create: () => ({
    fromBroker: (packet) => (isMessage(packet) && packet.dup ? { toClient: [{ ...packet, dup: false }] } : undefined),
  }),
};
