import type { Sabotage } from '../sabotage.ts';
import { perKey } from '../strikes.ts';

export const subscribeAtQos0: Sabotage = {
  name: 'subscribe-at-qos0',
  breaks: 'clients are told that the QoS which they asked for was granted, and are subscribed at QoS 0',
  invariant: 'delivered-qos',
  versions: [4, 5],
  needs: [],
  flow: 'stream',
  create() {
    /** What each connection asked for, by packet id. */
    const asked = perKey(() => new Map<number, readonly number[]>());
    return {
      fromClient(packet, peer) {
        if (packet.cmd !== 'subscribe' || packet.messageId === undefined) return undefined;
        if (packet.subscriptions.every(({ qos }) => qos === 0)) return undefined;
        asked(peer).set(
          packet.messageId,
          packet.subscriptions.map(({ qos }) => qos),
        );
        return { toBroker: [{ ...packet, subscriptions: packet.subscriptions.map((one) => ({ ...one, qos: 0 })) }] };
      },
      fromBroker(packet, peer) {
        const wanted = packet.cmd === 'suback' ? asked(peer).get(packet.messageId ?? 0) : undefined;
        if (packet.cmd !== 'suback' || wanted === undefined) return undefined;
        asked(peer).delete(packet.messageId ?? 0);
        const granted = packet.granted.map((code, i) => (Number(code) >= 0x80 ? Number(code) : (wanted[i] ?? 0)));
        return { toClient: [{ ...packet, granted }] };
      },
    };
  },
};
