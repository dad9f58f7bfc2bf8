import type { Sabotage } from '../sabotage.ts';

export const ignoreUnsubscribe: Sabotage = {
  name: 'ignore-unsubscribe',
  breaks: 'UNSUBSCRIBE is acknowledged, and messages go on arriving',
  invariant: 'integrity',
  versions: [4, 5],
  needs: [],
  flow: 'unsubscribe',
  report: 'nats-io/nats-server#2061',
  create: () => ({
    fromClient(packet) {
      if (packet.cmd !== 'unsubscribe' || packet.messageId === undefined) return undefined;
      const granted = packet.unsubscriptions.map(() => 0);
      return { toClient: [{ cmd: 'unsuback', messageId: packet.messageId, granted }] };
    },
  }),
};
