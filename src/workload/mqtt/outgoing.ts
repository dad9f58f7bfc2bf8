import type { IPublishPacket, Packet } from 'mqtt-packet';
import type { Answers } from './answers.ts';
import type { ProtocolVersion } from './breach.ts';
import type { Outcome, OutgoingMessage } from './messages.ts';
import type { Exchange, Output } from './output.ts';
import type { PacketIdentifiers } from './packet-identifiers.ts';
import { encode } from './parse.ts';

/** What the broker said about itself in CONNACK (MQTT 5 section 3.2.2.3; without limits at MQTT 3.1.1). */
export type BrokerLimits = {
  readonly receiveMaximum: number;
  /** Bytes. */
  readonly maximumPacketSize: number;
  readonly maximumQos: number;
  readonly retainAvailable: boolean;
};

export const noLimits: BrokerLimits = {
  receiveMaximum: 65_535,
  maximumPacketSize: Number.POSITIVE_INFINITY,
  maximumQos: 2,
  retainAvailable: true,
};

/**
 * The messages that this client publishes, over all connections of its session (MQTT 3.1.1 and 5, sections 4.3 and 4.4). Pure: what is to be
 * done comes back as outputs.
 */
export class Outgoing {
  readonly #version: ProtocolVersion;
  readonly #identifiers: PacketIdentifiers;
  readonly #answers: Answers;
  /** Exchanges in flight at most, whatever the broker allows. */
  readonly #window: number;
  readonly #publishesAgain: boolean;
  #limits = noLimits;
  #online = false;
  /** The broker kept the session that this connection goes on with. */
  #resumed = false;
  /** Not written yet, in the order in which they were published. */
  readonly #waiting: OutgoingMessage[] = [];
  /** PUBLISH was written, in the order of the first writes; no PUBREC yet. */
  readonly #published = new Map<number, Exchange>();
  /** PUBREC has come, in the order in which it did. */
  readonly #released = new Map<number, Exchange>();
  /** Of `#published`: to be written again on this connection, in order. */
  #again: Exchange[] = [];

  constructor(options: {
    version: ProtocolVersion;
    window: number;
    /** Whether a message whose exchange went with its session is published again, or abandoned. */
    publishesAgain: boolean;
    identifiers: PacketIdentifiers;
    answers: Answers;
  }) {
    this.#publishesAgain = options.publishesAgain;
    this.#version = options.version;
    this.#window = options.window;
    this.#identifiers = options.identifiers;
    this.#answers = options.answers;
  }

  /** A QoS 2 exchange is in flight with that packet identifier. */
  isExactlyOnce(id: number): boolean {
    return this.#released.has(id) || this.#published.get(id)?.message.qos === 2;
  }

  /** Messages that were handed over and have no outcome yet. */
  get unsettled(): number {
    return this.#waiting.length + this.#published.size + this.#released.size;
  }

  /** How many messages of QoS 1 and 2 would be written at once. */
  get freeSlots(): number {
    if (!this.#online || this.#again.length > 0) return 0;
    return Math.max(0, this.#quota - this.#published.size - this.#released.size - this.#waiting.length);
  }

  get #quota(): number {
    return Math.min(this.#window, this.#limits.receiveMaximum);
  }

  /**
   * CONNACK has let the client in. Everything unacknowledged is written again at once: PUBREL where PUBREC had come, then PUBLISH in the original
   * order [MQTT-4.4.0-1, MQTT-4.6.0-1], as far as the broker's Receive Maximum allows. Where the broker kept no session there is nothing
   * to release, and each PUBLISH begins a new exchange (with its old packet identifier, which nobody else has).
   */
  begin(sessionPresent: boolean, limits: BrokerLimits): Output[] {
    const outputs: Output[] = [];
    this.#limits = limits;
    this.#online = true;
    this.#resumed = sessionPresent;
    if (!sessionPresent) {
      for (const exchange of [...this.#released.values()])
        outputs.push(...this.#settle(exchange, { kind: 'forgotten' }));
      if (!this.#publishesAgain)
        for (const exchange of [...this.#published.values()])
          outputs.push(...this.#settle(exchange, { kind: 'abandoned' }));
    }
    for (const id of this.#released.keys()) outputs.push(this.#release(id));
    this.#again = [...this.#published.values()];
    return [...outputs, ...this.#writeMore()];
  }

  /** Nothing is to be written until `resume`, though the connection is there. */
  hold(): void {
    this.#online = false;
  }

  resume(): Output[] {
    this.#online = true;
    return this.#writeMore();
  }

  /** The connection is gone. */
  suspend(): void {
    this.#online = false;
    this.#again = [];
  }

  /** A CONNECT got no answer: the broker may have begun a new session on it, in which a PUBCOMP promises nothing. */
  doubt(): void {
    for (const exchange of this.#released.values()) exchange.inDoubt = true;
  }

  publish(message: OutgoingMessage): Output[] {
    if (message.qos === 0) return this.#publishAtMostOnce(message);
    this.#waiting.push(message);
    return this.#writeMore();
  }

  /** The client has ended: nothing gets an outcome any more. */
  abandon(): Output[] {
    const messages = [
      ...this.#waiting.splice(0),
      ...[...this.#published.values(), ...this.#released.values()].map(({ message }) => message),
    ];
    this.#published.clear();
    this.#released.clear();
    this.#again = [];
    return messages.map((message) => ({ type: 'outcome', message, outcome: { kind: 'abandoned' } }));
  }

  puback(id: number, reasonCode: number): Output[] {
    const exchange = this.#published.get(id);
    if (exchange?.message.qos !== 1) return [];
    return this.#end(exchange, outcomeOf('puback', reasonCode));
  }

  pubrec(id: number, reasonCode: number): Output[] {
    const exchange = this.#published.get(id);
    if (exchange?.message.qos !== 2) {
      // An answer to nothing that is in flight gets its PUBREL all the same; MQTT 5 has a reason code for it.
      if (reasonCode >= 0x80) return [];
      return [this.#release(id, this.#released.has(id) ? 0 : 0x92)];
    }
    if (reasonCode >= 0x80) return this.#end(exchange, outcomeOf('pubrec', reasonCode));
    this.#published.delete(id);
    this.#again = this.#again.filter((other) => other !== exchange);
    this.#released.set(id, exchange);
    return [this.#release(id)];
  }

  pubcomp(id: number, reasonCode: number): Output[] {
    const exchange = this.#released.get(id);
    if (exchange === undefined) return [];
    const isForgotten = reasonCode >= 0x80 || exchange.inDoubt === true;
    return this.#end(exchange, isForgotten ? { kind: 'forgotten' } : { kind: 'acknowledged', reasonCode });
  }

  #end(exchange: Exchange, outcome: Outcome): Output[] {
    return [...this.#settle(exchange, outcome), ...this.#writeMore()];
  }

  #settle(exchange: Exchange, outcome: Outcome): Output[] {
    this.#published.delete(exchange.packetId);
    this.#released.delete(exchange.packetId);
    if (this.#again.length > 0) this.#again = this.#again.filter((other) => other !== exchange);
    this.#identifiers.free(exchange.packetId);
    return [{ type: 'outcome', message: exchange.message, outcome }];
  }

  #release(id: number, reasonCode = 0): Output {
    this.#answers.asked('pubcomp', id);
    return {
      type: 'acknowledge',
      packet: { cmd: 'pubrel', messageId: id, ...(this.#version === 5 ? { reasonCode } : {}) },
    };
  }

  #publishAtMostOnce(message: OutgoingMessage): Output[] {
    const why = this.#online ? this.#refusal(message) : 'not connected';
    if (why !== undefined) return [{ type: 'outcome', message, outcome: { kind: 'not sent', why } }];
    const written: Output = { type: 'publish', packet: publishOf(message, 0, false), message, exchange: undefined };
    return [written, { type: 'outcome', message, outcome: { kind: 'acknowledged', reasonCode: 0 } }];
  }

  /** First what was written before, then what waits. */
  #writeMore(): Output[] {
    const outputs: Output[] = [];
    while (this.#online) {
      const inFlight = this.#published.size - this.#again.length + this.#released.size;
      const next = this.#again[0];
      if (next !== undefined) {
        if (inFlight >= this.#limits.receiveMaximum) break;
        this.#again.shift();
        const why = this.#refusal(next.message);
        if (why === undefined) outputs.push(this.#write(next));
        else outputs.push(...this.#settle(next, { kind: 'abandoned' }));
        continue;
      }
      const message = this.#waiting[0];
      if (message === undefined || inFlight >= this.#quota) break;
      const why = this.#refusal(message);
      const packetId = why === undefined ? this.#identifiers.take() : 0;
      if (packetId === undefined) break;
      this.#waiting.shift();
      if (why !== undefined) {
        outputs.push({ type: 'outcome', message, outcome: { kind: 'not sent', why } });
        continue;
      }
      const exchange: Exchange = { message, packetId, writes: 0 };
      this.#published.set(packetId, exchange);
      outputs.push(this.#write(exchange));
    }
    return outputs;
  }

  #write(exchange: Exchange): Output {
    const { message, packetId } = exchange;
    this.#answers.asked(message.qos === 1 ? 'puback' : 'pubrec', packetId);
    // In a new session it is no copy of anything.
    const dup = exchange.writes > 0 && this.#resumed;
    return { type: 'publish', packet: publishOf(message, packetId, dup), message, exchange };
  }

  #refusal(message: OutgoingMessage): 'packet too large' | 'qos not available' | 'retain not available' | undefined {
    if (message.qos > this.#limits.maximumQos) return 'qos not available';
    if (message.retain && !this.#limits.retainAvailable) return 'retain not available';
    const { maximumPacketSize } = this.#limits;
    if (
      Number.isFinite(maximumPacketSize) &&
      encode(publishOf(message, 1, false), this.#version).length > maximumPacketSize
    )
      return 'packet too large';
    return undefined;
  }
}

function publishOf(message: OutgoingMessage, messageId: number, dup: boolean): IPublishPacket & Packet {
  const { topic, payload, qos, retain = false, properties } = message;
  return {
    cmd: 'publish',
    topic,
    payload,
    qos,
    dup,
    retain,
    ...(qos > 0 ? { messageId } : {}),
    ...(properties ? { properties } : {}),
  };
}

function outcomeOf(by: 'puback' | 'pubrec', reasonCode: number): Outcome {
  return reasonCode >= 0x80 ? { kind: 'refused', by, reasonCode } : { kind: 'acknowledged', reasonCode };
}
