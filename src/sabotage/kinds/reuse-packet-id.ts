import type { Packet } from 'mqtt-packet';
import type { Sabotage } from '../sabotage.ts';
import { isMessage, oneIn, perKey } from '../strikes.ts';

/** A QoS 2 message whose PUBREL is kept back, and then the other message that got its packet id. */
type Reuse = { readonly id: number; pubrel: Packet | undefined; otherId: number | undefined };

export const reusePacketId: Sabotage = {
  name: 'reuse-packet-id',
  breaks: 'every 20th QoS 2 message still waits for PUBREL when the next message comes under its packet id',
  invariant: 'protocol',
  versions: [4, 5],
  needs: ['qos2'],
  flow: 'stream',
  report: 'emqx/emqx#16296',
  create(random) {
    const isStruck = oneIn(20, random);
    /** By connection: a client that comes back has both exchanges to begin with again. */
    const reuses = perKey<object, { current: Reuse | undefined }>(() => ({ current: undefined }));
    return {
      fromBroker(packet, peer) {
        const slot = reuses(peer);
        const reuse = slot.current;
        if (reuse === undefined) {
          if (isMessage(packet) && packet.qos === 2 && packet.messageId !== undefined && isStruck(peer.clientId))
            slot.current = { id: packet.messageId, pubrel: undefined, otherId: undefined };
          return undefined;
        }
        if (packet.cmd === 'pubrel' && packet.messageId === reuse.id && reuse.otherId === undefined) {
          reuse.pubrel = packet;
          return {};
        }
        if (packet.cmd === 'pubrel' && packet.messageId === reuse.otherId && reuse.otherId !== undefined) {
          slot.current = undefined;
          return { toBroker: [{ cmd: 'pubcomp', messageId: reuse.otherId, reasonCode: 0 }] };
        }
        if (!isMessage(packet) || packet.qos !== 2 || reuse.pubrel === undefined || reuse.otherId !== undefined)
          return undefined;
        if (packet.messageId === undefined || packet.messageId === reuse.id) return undefined;
        reuse.otherId = packet.messageId;
        return { toClient: [{ ...packet, messageId: reuse.id }, reuse.pubrel] };
      },
      fromClient(packet, peer) {
        const reuse = reuses(peer).current;
        // The first PUBREC has passed: it is what brought the PUBREL.
        if (packet.cmd !== 'pubrec' || packet.messageId !== reuse?.id || reuse?.otherId === undefined) return undefined;
        return { toBroker: [{ ...packet, messageId: reuse.otherId }] };
      },
      quiet(peer) {
        const slot = reuses(peer);
        if (slot.current?.pubrel === undefined || slot.current.otherId !== undefined) return undefined;
        const { pubrel } = slot.current;
        slot.current = undefined;
        return { toClient: [pubrel] };
      },
    };
  },
};
