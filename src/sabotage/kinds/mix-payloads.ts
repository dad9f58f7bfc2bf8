import type { Sabotage } from '../sabotage.ts';
import { bytesOf, isMessage, oneIn } from '../strikes.ts';

export const mixPayloads: Sabotage = {
  name: 'mix-payloads',
  breaks: 'every 20th message arrives with the payload of the last message of another topic',
  invariant: 'integrity',
  versions: [4, 5],
  needs: [],
  flow: 'stream',
  report: 'hivemq/hivemq-community-edition#291',
  create(random) {
    const isStruck = oneIn(20, random);
    /** The last message of each of the last two topics, at any client. */
    let last: { readonly topic: string; readonly payload: Buffer }[] = [];
    return {
      fromBroker(packet, peer) {
        if (!isMessage(packet) || packet.payload.length === 0) return undefined;
        const { topic } = packet;
        const foreign = last.find((one) => one.topic !== topic);
        last = [
          { topic, payload: Buffer.from(bytesOf(packet.payload)) },
          ...last.filter((one) => one.topic !== topic),
        ].slice(0, 2);
        if (foreign === undefined || !isStruck(peer.clientId)) return undefined;
        return { toClient: [{ ...packet, payload: foreign.payload }] };
      },
    };
  },
};
