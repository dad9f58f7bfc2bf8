import type { Sabotage } from '../sabotage.ts';
import { isMessage } from '../strikes.ts';

/** So many messages arrive before the connection is stuck. */
const before = 30;

export const holdUntilReconnect: Sabotage = {
  name: 'hold-until-reconnect',
  breaks: 'clients get 30 messages; what follows at QoS 1 or 2 waits until they have reconnected',
  invariant: 'liveness',
  versions: [4, 5],
  needs: ['persistentSessions'],
  flow: 'stream',
  report: 'thingsboard/tbmq#290',
  create() {
    const arrived = new WeakMap<object, number>();
    return {
      fromBroker(packet, peer) {
        if (peer.clean || peer.connection > 1 || !isMessage(packet) || packet.qos === 0) return undefined;
        const count = (arrived.get(peer) ?? 0) + 1;
        arrived.set(peer, count);
        // It is not acknowledged in the client's place: the broker sends it again when the client comes back.
        return count > before ? {} : undefined;
      },
    };
  },
};
