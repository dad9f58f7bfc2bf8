import type { IPublishPacket, Packet } from 'mqtt-packet';
import type { Sabotage } from '../sabotage.ts';
import { isMessage, oneIn } from '../strikes.ts';

export const reorderDeliveries: Sabotage = {
  name: 'reorder-deliveries',
  breaks: 'every 10th message changes places with the next one of its topic and QoS',
  invariant: 'ordering',
  versions: [4, 5],
  needs: [],
  flow: 'stream',
  report: 'moscajs/aedes#649',
  create(random) {
    const isStruck = oneIn(10, random);
    const heldBack = new WeakMap<object, IPublishPacket>();
    return {
      fromBroker(packet, peer) {
        const held = heldBack.get(peer);
        if (held !== undefined) {
          // An acknowledgement or a PINGRESP may go ahead of it.
          if (!isMessage(packet) || !isOfOneOrder(held, packet)) return undefined;
          heldBack.delete(peer);
          return { toClient: [packet, held] };
        }
        if (!isMessage(packet) || packet.retain || !isStruck(peer.clientId)) return undefined;
        heldBack.set(peer, packet);
        return {};
      },
      quiet(peer) {
        const held = heldBack.get(peer);
        if (held === undefined) return undefined;
        heldBack.delete(peer);
        return { toClient: [held] };
      },
    };
  },
};

/** Messages of one topic and QoS keep their order (section 4.6). */
function isOfOneOrder(held: IPublishPacket, packet: Packet): boolean {
  return packet.cmd === 'publish' && packet.topic === held.topic && packet.qos === held.qos && !packet.retain;
}
