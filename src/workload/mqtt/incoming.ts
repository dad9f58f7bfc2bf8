import { both, clause, type Finding, type ProtocolVersion } from './breach.ts';
import type { Delivery } from './messages.ts';
import type { Acknowledgement, Output } from './output.ts';

/**
 * The messages that the broker delivers, over all connections of the session (MQTT 3.1.1 and 5, section 4.3). A QoS 2 message is delivered to the
 * application once, with its PUBREL. Pure.
 */
export class Incoming {
  readonly #version: ProtocolVersion;
  readonly #receiveMaximum: number;
  /** QoS 2: PUBLISH has come and PUBREL has not. Part of the session. */
  readonly #held = new Map<number, Delivery>();
  /** Of these: the broker may have begun a new session since, which this client does not know. */
  readonly #inDoubt = new Set<number>();
  /** Packet identifiers that came with QoS 2 in this session; undefined where the session is older than this client. */
  #seen: Set<number> | undefined;
  /** PUBLISH has come on this connection, and nothing of ours that ends the exchange was sent before this chunk was read. */
  readonly #unfinished = new Map<number, Delivery>();
  /** Of these: what ends them was sent since. The broker cannot have known it when it sent what the chunk holds. */
  readonly #finishedNow = new Set<number>();

  constructor(options: { version: ProtocolVersion; receiveMaximum: number }) {
    this.#version = options.version;
    this.#receiveMaximum = options.receiveMaximum;
  }

  /** CONNACK has let the client in. */
  begin(session: 'new' | 'kept' | 'older'): void {
    if (session === 'new') this.#held.clear();
    if (session !== 'kept') {
      this.#inDoubt.clear();
      this.#seen = session === 'new' ? new Set() : undefined;
    }
    this.#unfinished.clear();
    this.#finishedNow.clear();
  }

  /** A CONNECT got no answer: the broker may have begun a new session on it. */
  doubt(): void {
    for (const id of this.#held.keys()) this.#inDoubt.add(id);
    this.#seen = undefined;
  }

  /** The packets that follow were read after all that was sent before. */
  chunk(): void {
    for (const id of this.#finishedNow) this.#unfinished.delete(id);
    this.#finishedNow.clear();
  }

  publish(delivery: Delivery): Output[] {
    const { qos, packetId } = delivery;
    if (qos === 0 || packetId === undefined)
      return [
        { type: 'arrived', delivery, again: false },
        { type: 'deliver', delivery },
      ];
    const held = this.#held.get(packetId);
    const before = this.#unfinished.get(packetId) ?? held;
    const again = before !== undefined && isSame(before, delivery);
    const outputs: Output[] = this.#findings(delivery, before).map((finding) => ({ type: 'breach', finding }));
    this.#unfinished.set(packetId, delivery);
    this.#finishedNow.delete(packetId);
    const tooMany = this.#overReceiveMaximum();
    if (tooMany) outputs.push({ type: 'breach', finding: tooMany });
    outputs.push({ type: 'arrived', delivery, again });
    if (qos === 1) return [...outputs, { type: 'deliver', delivery }, this.#acknowledgement('puback', packetId)];
    // A packet identifier that is used for another message too soon costs the application neither of them.
    if (held !== undefined && !isSame(held, delivery)) outputs.push({ type: 'deliver', delivery: held });
    if (held === undefined || !isSame(held, delivery)) this.#held.set(packetId, delivery);
    this.#seen?.add(packetId);
    return [...outputs, this.#acknowledgement('pubrec', packetId)];
  }

  pubrel(packetId: number): Output[] {
    const held = this.#held.get(packetId);
    this.#held.delete(packetId);
    this.#inDoubt.delete(packetId);
    if (held === undefined) {
      // If it was used: the PUBCOMP of an earlier connection was lost on its way.
      const outputs: Output[] = [this.#acknowledgement('pubcomp', packetId, 0x92)];
      if (this.#seen === undefined || this.#seen.has(packetId)) return outputs;
      const finding: Finding = {
        clause: clause('MQTT-2.3.1-6', 'MQTT-2.2.1-5'),
        what: `sent PUBREL with packet identifier ${packetId}, which no PUBLISH with QoS 2 of this session has had`,
      };
      return [{ type: 'breach', finding }, ...outputs];
    }
    return [{ type: 'deliver', delivery: held }, this.#acknowledgement('pubcomp', packetId)];
  }

  /** An acknowledgement was sent. */
  sent({ cmd, messageId }: Acknowledgement): void {
    if ((cmd === 'puback' || cmd === 'pubcomp') && this.#unfinished.has(messageId)) this.#finishedNow.add(messageId);
  }

  #findings(delivery: Delivery, before: Delivery | undefined): Finding[] {
    const { packetId, dup } = delivery;
    if (before === undefined || packetId === undefined) return [];
    const onThisConnection = this.#unfinished.has(packetId);
    if (!onThisConnection && this.#inDoubt.has(packetId)) return [];
    if (!isSame(before, delivery) || (onThisConnection && !dup)) {
      const what = `used packet identifier ${packetId} for another PUBLISH before the earlier one was acknowledged`;
      return [{ clause: clause('MQTT-2.3.1-4', 'MQTT-2.2.1-4'), what }];
    }
    if (!dup)
      return [
        {
          clause: both('MQTT-3.3.1-1'),
          what: `sent the PUBLISH with packet identifier ${packetId} again without DUP`,
        },
      ];
    if (onThisConnection && this.#version === 5)
      return [
        {
          clause: clause(null, 'MQTT-4.4.0-1'),
          what: `sent the PUBLISH with packet identifier ${packetId} again on the same connection`,
        },
      ];
    return [];
  }

  #overReceiveMaximum(): Finding | undefined {
    if (this.#version !== 5 || this.#unfinished.size <= this.#receiveMaximum) return undefined;
    return {
      clause: clause(null, 'MQTT-3.3.4-9'),
      what: `sent ${this.#unfinished.size} PUBLISH packets with QoS 1 and 2 without an acknowledgement, where Receive Maximum is ${this.#receiveMaximum}`,
    };
  }

  #acknowledgement(cmd: 'puback' | 'pubrec' | 'pubcomp', messageId: number, reasonCode = 0): Output {
    return { type: 'acknowledge', packet: { cmd, messageId, ...(this.#version === 5 ? { reasonCode } : {}) } };
  }
}

function isSame(one: Delivery, other: Delivery): boolean {
  return one.qos === other.qos && one.topic === other.topic && one.payload.equals(other.payload);
}
