import { matchesTopic } from '../../embedded/topics.ts';
import type { Sabotage } from '../sabotage.ts';
import { isMessage } from '../strikes.ts';

export const forgetSubscription: Sabotage = {
  name: 'forget-subscription',
  breaks: 'a client that comes back to its session gets nothing more by the first of its filters',
  invariant: 'session-state',
  versions: [4, 5],
  needs: ['persistentSessions'],
  flow: 'stream',
  report: 'rmqtt/rmqtt#475',
  create: () => ({
    fromBroker(packet, peer) {
      if (!isMessage(packet) || packet.retain || peer.clean || peer.connection === 1) return undefined;
      const [filter] = peer.subscriptions.keys();
      if (filter === undefined || !matchesTopic(filter, packet.topic)) return undefined;
      return { toBroker: peer.acknowledge(packet, 'broker') };
    },
  }),
};
