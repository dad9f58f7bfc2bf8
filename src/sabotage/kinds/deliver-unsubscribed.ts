import { matchesTopic } from '../../embedded/topics.ts';
import type { Sabotage } from '../sabotage.ts';
import { isMessage, oneIn } from '../strikes.ts';

export const deliverUnsubscribed: Sabotage = {
  name: 'deliver-unsubscribed',
  breaks: 'every 20th message arrives once more on a topic that the client has not subscribed to',
  invariant: 'integrity',
  versions: [4, 5],
  needs: [],
  flow: 'stream',
  report: 'nanomq/nanomq#330',
  create(random) {
    const isStruck = oneIn(20, random);
    return {
      fromBroker(packet, peer) {
        if (!isMessage(packet) || packet.retain) return undefined;
        const topic = `not-subscribed/${packet.topic}`;
        const isSubscribed = [...peer.subscriptions.keys()].some((filter) => matchesTopic(filter, topic));
        if (isSubscribed || !isStruck(peer.clientId)) return undefined;
        return { toClient: [packet, peer.deliver({ ...packet, dup: false, topic })] };
      },
    };
  },
};
