import type { Sabotage } from '../sabotage.ts';
import { bytesOf, isMessage, oneIn } from '../strikes.ts';

export const staleRetained: Sabotage = {
  name: 'stale-retained',
  breaks: 'every second new subscriber of a retained topic gets the value before the last',
  invariant: 'retained-convergence',
  versions: [4, 5],
  needs: ['retained'],
  flow: 'retained',
  report: 'nats-io/nats-server#7622',
  create(random) {
    const isStruck = oneIn(2, random);
    const topics = new Map<string, { last: Buffer; before: Buffer | undefined }>();
    return {
      fromClient(packet) {
        if (!isMessage(packet) || !packet.retain || packet.dup) return undefined;
        const value = Buffer.from(bytesOf(packet.payload));
        const known = topics.get(packet.topic);
        topics.set(packet.topic, { last: value, before: known?.last });
        return undefined;
      },
      fromBroker(packet) {
        if (!isMessage(packet) || !packet.retain) return undefined;
        const before = topics.get(packet.topic)?.before;
        // A value that was deleted before is the absence of one.
        if (before === undefined || before.length === 0 || before.equals(bytesOf(packet.payload))) return undefined;
        return isStruck(packet.topic) ? { toClient: [{ ...packet, payload: before }] } : undefined;
      },
    };
  },
};
