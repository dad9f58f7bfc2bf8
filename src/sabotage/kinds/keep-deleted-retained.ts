import type { Sabotage } from '../sabotage.ts';
import { isMessage } from '../strikes.ts';

export const keepDeletedRetained: Sabotage = {
  name: 'keep-deleted-retained',
  breaks: 'a retained message that was deleted is still sent to new subscribers',
  invariant: 'retained-convergence',
  versions: [4, 5],
  needs: ['retained'],
  flow: 'retained',
  report: 'nats-io/nats-server#2179',
  create: () => ({
    // Without RETAIN the empty message is delivered as any other, and deletes nothing.
    fromClient: (packet) =>
      isMessage(packet) && packet.retain && packet.payload.length === 0
        ? { toBroker: [{ ...packet, retain: false }] }
        : undefined,
  }),
};
