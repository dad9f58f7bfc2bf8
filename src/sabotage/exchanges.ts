import type { IPublishPacket, Packet } from 'mqtt-packet';
import type { Instead, Side } from './sabotage.ts';

/** Ids of the saboteur's own deliveries: brokers count theirs from 1 and come here last. */
const highestOwnId = 65_535;
const lowestOwnId = 60_000;

/**
 * The exchanges of QoS 1 and 2 that are led with one end alone, in place of the other. They belong to a client's session and outlive its
 * connections.
 */
export class Exchanges {
  /** Packet ids of QoS 2 messages that were answered with PUBREC, by their sender. */
  readonly #swallowed: Readonly<Record<Side, Set<number>>> = { client: new Set(), broker: new Set() };
  /** Packet ids of own deliveries that the client has not answered to the end. */
  readonly #own = new Set<number>();
  #nextOwnId = highestOwnId;

  /** PUBACK or PUBREC in place of the receiver. */
  acknowledge({ qos, messageId }: IPublishPacket, sender: Side): readonly Packet[] {
    if (qos === 0 || messageId === undefined) return [];
    if (qos === 1) return [{ cmd: 'puback', messageId, reasonCode: 0 }];
    this.#swallowed[sender].add(messageId);
    return [{ cmd: 'pubrec', messageId, reasonCode: 0 }];
  }

  /** The delivery with an id of its own, which is in flight from now on. */
  deliver(publish: IPublishPacket): IPublishPacket {
    if (publish.qos === 0) {
      const { messageId: _, ...plain } = publish;
      return plain;
    }
    const messageId = this.#nextOwnId;
    this.#nextOwnId = messageId === lowestOwnId ? highestOwnId : messageId - 1;
    this.#own.add(messageId);
    return { ...publish, messageId };
  }

  /** What answers a packet that belongs to one of these exchanges; undefined for every other packet. */
  absorb(packet: Packet, from: Side): Instead | undefined {
    const { messageId } = packet;
    if (messageId === undefined) return undefined;
    // The sender has not seen PUBREC, and sends the message again: this exchange is over.
    if (packet.cmd === 'publish') this.#swallowed[from].delete(messageId);
    if (packet.cmd === 'pubrel' && this.#swallowed[from].delete(messageId)) {
      const answer: Packet = { cmd: 'pubcomp', messageId, reasonCode: 0 };
      return from === 'client' ? { toClient: [answer] } : { toBroker: [answer] };
    }
    if (from === 'client' && this.#own.has(messageId)) return this.#answered(packet, messageId);
    return undefined;
  }

  #answered(packet: Packet, messageId: number): Instead | undefined {
    if (packet.cmd === 'pubrec' && (packet.reasonCode ?? 0) < 0x80)
      return { toClient: [{ cmd: 'pubrel', messageId, reasonCode: 0 }] };
    if (packet.cmd !== 'puback' && packet.cmd !== 'pubrec' && packet.cmd !== 'pubcomp') return undefined;
    this.#own.delete(messageId);
    return {};
  }
}
