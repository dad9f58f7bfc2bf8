import type { Sabotage } from '../sabotage.ts';
import { sharedGroups } from '../shared.ts';
import { isMessage } from '../strikes.ts';

export const swallowShared: Sabotage = {
  name: 'swallow-shared',
  breaks: 'what is chosen for the first member of a shared subscription reaches nobody',
  invariant: 'shared-delivery',
  versions: [4, 5],
  needs: ['sharedSubscriptions'],
  flow: 'shared',
  report: 'emqx/emqx#1665',
  create() {
    const groups = sharedGroups();
    return {
      fromClient: groups.note,
      fromBroker(packet, peer) {
        if (!isMessage(packet) || packet.retain || !groups.isFirstMember(packet.topic, peer)) return undefined;
        return { toBroker: peer.acknowledge(packet, 'broker') };
      },
    };
  },
};
