import type { IConnackPacket, IPublishPacket, Packet } from 'mqtt-packet';
import { Answers } from './answers.ts';
import { both, clause, type Finding, type ProtocolVersion } from './breach.ts';
import { Incoming } from './incoming.ts';
import type { Codes, Delivery, OutgoingMessage, SubscribeRequest, UnsubscribeRequest } from './messages.ts';
import { type BrokerLimits, noLimits, Outgoing } from './outgoing.ts';
import type { Acknowledgement, Output } from './output.ts';
import { PacketIdentifiers } from './packet-identifiers.ts';

type Request =
  | { readonly answer: 'suback'; readonly request: SubscribeRequest }
  | { readonly answer: 'unsuback'; readonly request: UnsubscribeRequest };

export type SessionOptions = {
  readonly version: ProtocolVersion;
  /** Exchanges in flight at most. */
  readonly window: number;
  /** What CONNECT says (MQTT 5). */
  readonly receiveMaximum: number;
  readonly topicAliasMaximum: number;
  /** A message whose exchange went with its session is published again, or else abandoned. */
  readonly publishesAgain: boolean;
  /** Whether messages that it subscribes to are published with RETAIN = 1. */
  readonly mayBeRetained: boolean;
};

/**
 * The client's half of one MQTT session, over many connections: what is in flight in both directions and what was asked for. Packets and
 * wishes go in, outputs come out; nothing is sent from here. Pure.
 */
export class Session {
  readonly #version: ProtocolVersion;
  readonly #topicAliasMaximum: number;
  readonly #mayBeRetained: boolean;
  readonly #identifiers = new PacketIdentifiers();
  readonly #answers = new Answers();
  readonly #outgoing: Outgoing;
  readonly #incoming: Incoming;
  readonly #requests = new Map<number, Request>();
  /** Of this connection [MQTT-3.3.2-7]. */
  readonly #aliases = new Map<number, string>();
  /** An earlier connection of this client was accepted. */
  #exists = false;
  #online = false;

  constructor(options: SessionOptions) {
    this.#version = options.version;
    this.#topicAliasMaximum = options.topicAliasMaximum;
    this.#mayBeRetained = options.mayBeRetained;
    const parts = { version: options.version, identifiers: this.#identifiers, answers: this.#answers };
    this.#outgoing = new Outgoing({ ...parts, window: options.window, publishesAgain: options.publishesAgain });
    this.#incoming = new Incoming(options);
  }

  /** Messages that were handed over and have no outcome yet. */
  get unsettled(): number {
    return this.#outgoing.unsettled;
  }

  /** How many messages of QoS 1 and 2 would be written at once. */
  get freeSlots(): number {
    return this.#outgoing.freeSlots;
  }

  /** CONNACK has let the client in: with `sessionPresent` unless it asked for a clean session. */
  begin(sessionPresent: boolean, connack: IConnackPacket): Output[] {
    const session = !sessionPresent ? 'new' : this.#exists ? 'kept' : 'older';
    if (session !== 'kept') this.#answers.begin(session);
    this.#exists = true;
    this.#online = true;
    this.#aliases.clear();
    this.#incoming.begin(session);
    return this.#outgoing.begin(sessionPresent, this.#version === 5 ? limitsOf(connack) : noLimits);
  }

  /** The connection is gone. What was subscribed to without an answer is over; messages wait for the next connection. */
  suspend(): Output[] {
    this.#online = false;
    this.#outgoing.suspend();
    const outputs: Output[] = [];
    for (const [id, { request }] of this.#requests) {
      this.#identifiers.free(id);
      outputs.push({ type: 'answer', request, codes: undefined });
    }
    this.#requests.clear();
    return outputs;
  }

  /** Nothing is to be written until `resume`, though the connection is there. */
  hold(): void {
    this.#online = false;
    this.#outgoing.hold();
  }

  resume(): Output[] {
    this.#online = true;
    return this.#outgoing.resume();
  }

  /** A CONNECT got no answer: the broker may have begun a new session on it. */
  doubt(): void {
    this.#outgoing.doubt();
    this.#incoming.doubt();
  }

  /** The client has ended. */
  abandon(): Output[] {
    return [...this.suspend(), ...this.#outgoing.abandon()];
  }

  publish(message: OutgoingMessage): Output[] {
    return this.#outgoing.publish(message);
  }

  subscribe(request: SubscribeRequest): Output[] {
    return this.#ask({ answer: 'suback', request }, (messageId) => ({
      cmd: 'subscribe',
      messageId,
      subscriptions: request.filters,
      ...(request.properties ? { properties: request.properties } : {}),
    }));
  }

  unsubscribe(request: UnsubscribeRequest): Output[] {
    return this.#ask({ answer: 'unsuback', request }, (messageId) => ({
      cmd: 'unsubscribe',
      messageId,
      unsubscriptions: [...request.filters],
      ...(request.properties ? { properties: request.properties } : {}),
    }));
  }

  /** The packets that follow were read after all that was sent before. */
  chunk(): void {
    this.#incoming.chunk();
  }

  /** An acknowledgement was sent. */
  sent(packet: Acknowledgement): void {
    this.#incoming.sent(packet);
  }

  /** A packet came after CONNACK. */
  receive(packet: Packet): Output[] {
    const id = packet.messageId ?? 0;
    const reasonCode = 'reasonCode' in packet ? (packet.reasonCode ?? 0) : 0;
    switch (packet.cmd) {
      case 'publish':
        return this.#receivePublish(packet);
      case 'pubrel':
        return this.#incoming.pubrel(id);
      case 'puback':
        return [...this.#checkAnswer('puback', id), ...this.#outgoing.puback(id, reasonCode)];
      case 'pubrec':
        return [...this.#checkPubrec(id), ...this.#outgoing.pubrec(id, reasonCode)];
      case 'pubcomp':
        return [...this.#checkAnswer('pubcomp', id), ...this.#outgoing.pubcomp(id, reasonCode)];
      case 'suback':
        return [...this.#checkAnswer('suback', id), ...this.#receiveAnswer('suback', id, packet.granted as number[])];
      case 'unsuback':
        return [...this.#checkAnswer('unsuback', id), ...this.#receiveAnswer('unsuback', id, packet.granted)];
      default:
        return [];
    }
  }

  #ask(asked: Request, packetOf: (id: number) => Extract<Output, { type: 'request' }>['packet']): Output[] {
    const id = this.#online ? this.#identifiers.take() : undefined;
    if (id === undefined) return [{ type: 'answer', request: asked.request, codes: undefined }];
    this.#requests.set(id, asked);
    this.#answers.asked(asked.answer, id);
    return [{ type: 'request', packet: packetOf(id) }];
  }

  #checkAnswer(answer: Parameters<Answers['answered']>[0], id: number): Output[] {
    const finding = this.#answers.answered(answer, id);
    return finding ? [{ type: 'breach', finding }] : [];
  }

  /** A broker may say PUBREC again on a new connection (mosquitto does): it has the packet identifier of a PUBLISH that is in flight. */
  #checkPubrec(id: number): Output[] {
    const isInFlight = this.#outgoing.isExactlyOnce(id);
    const breaches = this.#checkAnswer('pubrec', id);
    return isInFlight ? [] : breaches;
  }

  #receiveAnswer(answer: Request['answer'], id: number, codes: readonly number[] | undefined): Output[] {
    const asked = this.#requests.get(id);
    if (asked?.answer !== answer) return [];
    this.#requests.delete(id);
    this.#identifiers.free(id);
    const { request } = asked;
    const count = request.filters.length;
    if (answer === 'unsuback' && this.#version !== 5)
      return [{ type: 'answer', request, codes: new Array<number>(count).fill(0) }];
    const given: Codes = codes ?? [];
    if (given.length === count) return [{ type: 'answer', request, codes: given }];
    const finding: Finding = {
      clause: answer === 'suback' ? clause('MQTT-3.8.4-5', 'MQTT-3.8.4-6') : clause(null, 'MQTT-3.11.3-2'),
      what: `sent ${answer.toUpperCase()} with ${given.length} codes for ${count} topic filters`,
    };
    // A filter without a code was not granted; a code without a filter is nobody's.
    const padded = request.filters.map((_, i) => given[i] ?? 0x80);
    return [
      { type: 'breach', finding },
      { type: 'answer', request, codes: padded },
    ];
  }

  #receivePublish(packet: IPublishPacket): Output[] {
    const { topic, breaches } = this.#topicOf(packet);
    if (topic === undefined) return breaches;
    const delivery: Delivery = {
      topic,
      payload: Buffer.isBuffer(packet.payload) ? packet.payload : Buffer.from(packet.payload),
      qos: packet.qos,
      dup: packet.dup,
      retain: packet.retain,
      packetId: packet.qos > 0 ? packet.messageId : undefined,
      properties: packet.properties,
    };
    return [...breaches, ...this.#wronglyRetained(packet), ...this.#incoming.publish(delivery)];
  }

  /** RETAIN = 1 says that a new subscription was sent what the broker had kept. What was published with RETAIN = 0 is never kept. */
  #wronglyRetained({ retain }: IPublishPacket): Output[] {
    if (!retain || this.#mayBeRetained) return [];
    const what = 'sent with RETAIN = 1 a message that was published with RETAIN = 0';
    return [{ type: 'breach', finding: { clause: clause('MQTT-3.3.1-9', 'MQTT-3.3.1-12'), what } }];
  }

  /** The topic name, by its alias where it has one (MQTT 5 section 3.3.2.3.4). */
  #topicOf({ topic, properties }: IPublishPacket): { topic: string | undefined; breaches: Output[] } {
    const alias = properties?.topicAlias;
    if (alias === undefined) return { topic, breaches: [] };
    const breaches: Output[] = [];
    if (alias > this.#topicAliasMaximum)
      breaches.push({
        type: 'breach',
        finding: {
          clause: clause(null, this.#topicAliasMaximum === 0 ? 'MQTT-3.1.2-27' : 'MQTT-3.1.2-26'),
          what: `sent the topic alias ${alias}, where Topic Alias Maximum is ${this.#topicAliasMaximum}`,
        },
      });
    if (topic !== '') {
      this.#aliases.set(alias, topic);
      return { topic, breaches };
    }
    const known = this.#aliases.get(alias);
    if (known === undefined)
      breaches.push({
        type: 'breach',
        finding: {
          clause: clause(null, '3.3.2.3.4'),
          what: `sent the topic alias ${alias}, which no earlier PUBLISH of this connection gave a topic name`,
        },
      });
    return { topic: known, breaches };
  }
}

/** What is wrong with a CONNACK, given what CONNECT asked for. */
export function connackFinding(connack: IConnackPacket, cleanStart: boolean): Finding | undefined {
  const code = connack.reasonCode ?? connack.returnCode ?? 0;
  if (!connack.sessionPresent || !cleanStart || code !== 0) return undefined;
  return {
    clause: clause('MQTT-3.2.2-1', 'MQTT-3.2.2-2'),
    what: 'accepted a connection with a clean session and said that a session is present',
  };
}

export const secondConnack: Finding = {
  clause: clause('3.2', 'MQTT-3.2.0-2'),
  what: 'sent CONNACK twice on one connection',
};
export const beforeConnack: Finding = { clause: both('MQTT-3.2.0-1'), what: 'sent another packet before CONNACK' };

function limitsOf({ properties }: IConnackPacket): BrokerLimits {
  return {
    receiveMaximum: properties?.receiveMaximum || noLimits.receiveMaximum,
    maximumPacketSize: properties?.maximumPacketSize || noLimits.maximumPacketSize,
    maximumQos: properties?.maximumQoS ?? noLimits.maximumQos,
    retainAvailable: properties?.retainAvailable ?? noLimits.retainAvailable,
  };
}
