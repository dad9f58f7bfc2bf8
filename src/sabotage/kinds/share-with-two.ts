import type { Sabotage } from '../sabotage.ts';
import { sharedGroups } from '../shared.ts';
import { isMessage, oneIn } from '../strikes.ts';

export const shareWithTwo: Sabotage = {
  name: 'share-with-two',
  breaks: 'every 5th message of a shared subscription is delivered to two of its members',
  invariant: 'shared-delivery',
  versions: [4, 5],
  needs: ['sharedSubscriptions'],
  flow: 'shared',
  report: 'emqx/emqx#1728',
  create(random) {
    const isStruck = oneIn(5, random);
    const groups = sharedGroups();
    return {
      fromClient: groups.note,
      fromBroker(packet, peer) {
        if (!isMessage(packet) || packet.retain || packet.dup) return undefined;
        const other = groups.otherMember(packet.topic, peer);
        if (other === undefined || !isStruck(peer.clientId)) return undefined;
        return { toClient: [packet], toOther: { peer: other, packets: [other.deliver(packet)] } };
      },
    };
  },
};
