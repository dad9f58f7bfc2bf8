import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { generate, type IConnectPacket, type IDisconnectPacket, type IPublishPacket, type Packet } from 'mqtt-packet';
import type { ConnectOptions, Event, Message, MessageProperties, Qos, SubscriptionRequest, Will } from './model.ts';
import { type Mutant, mutantDelayMs } from './mutants.ts';
import { checkProperties, PacketReader, ProtocolError, reasons } from './packets.ts';
import { serverReceiveMaximum, topicAliasMaximum } from './sessions.ts';
import { hasWildcard, isText, isTopicFilter, isTopicName } from './topics.ts';

/** What a connection needs of the broker it belongs to. */
export type ConnectionHost = {
  readonly mutant: Mutant | undefined;
  /** Makes this connection the one of its client; an older one of the same client is closed [MQTT-3.1.4-3]. */
  attach(clientId: string, connection: ClientConnection): void;
  detach(clientId: string, connection: ClientConnection): void;
  dispatch(event: Event): void;
  publish(clientId: string, messageId: number | undefined, message: Message): void;
  newClientId(): string;
  nowMs(): number;
  closed(connection: ClientConnection): void;
  delivered(qos: Qos): void;
  dropped(reason: 'client-backlog'): void;
};

/** A TCP socket, or what TLS or WebSocket make of one. */
export type ClientStream = Duplex & Partial<Pick<Socket, 'setNoDelay'>>;

/** Above this, a client that does not read loses QoS 0 messages. QoS 1 and 2 are bounded by the window. */
const backlogLimitBytes = 1024 * 1024;
const connectWithinMs = 10_000;
const lingerMs = 1000;
/** An MQTT 5 client that wants to be silent for longer is told to use this [MQTT-3.1.2-21]. */
const longestKeepAliveS = 60;
/** Of the session expiry interval: the session does not expire. */
const never = 0xffffffff;

/** One client's network connection: turns packets into events, and closes on whatever MQTT does not allow [MQTT-4.13.1-1]. */
export class ClientConnection {
  private readonly stream: ClientStream;
  private readonly host: ConnectionHost;
  private clientId: string | undefined;
  private version: 4 | 5 = 4;
  private maximumPacketBytes = Number.POSITIVE_INFINITY;
  private sessionExpiryMs = 0;
  private readonly topicAliases = new Map<number, string>();
  private clientAliasMaximum = 0;
  /** Topics that the client knows by an alias. */
  private readonly clientAliases = new Map<string, number>();
  /** Ids of messages of the client that are not acknowledged. */
  private readonly unacknowledged = new Set<number>();
  private open = true;
  private corked = false;
  private readonly openedAtMs = performance.now();
  private lastHeardMs = this.openedAtMs;
  private allowedSilenceMs = connectWithinMs;
  private overdueChecks = 0;

  constructor(stream: ClientStream, host: ConnectionHost) {
    this.stream = stream;
    this.host = host;
    const packets = new PacketReader();
    stream.setNoDelay?.(true);
    stream.on('data', (chunk: Buffer) => {
      if (host.mutant !== 'count-pings-only') this.heard();
      this.guard(() => {
        for (const packet of packets.read(chunk)) {
          if (!this.open) return;
          if (this.clientId === undefined) this.receiveFirst(packet);
          else this.receiveNext(this.clientId, packet);
        }
      });
    });
    stream.on('error', () => {});
    stream.on('close', () => {
      this.end('abnormal');
      host.closed(this);
    });
  }

  /** Puts a packet on the wire. The caller sees to it that what the packet promises is in the journal. */
  send(packet: Packet): void {
    if (!this.open) return;
    if (packet.cmd === 'publish') {
      if (packet.qos === 0 && this.stream.writableLength > backlogLimitBytes) {
        this.host.dropped('client-backlog');
        return;
      }
      if (!packet.dup) this.host.delivered(packet.qos);
    }
    if (packet.cmd === 'puback' || packet.cmd === 'pubcomp') this.unacknowledged.delete(packet.messageId ?? 0);
    if (this.host.mutant === 'forget-qos2-ids' && packet.cmd === 'pubrec')
      setTimeout(() => this.open && this.write(packet), mutantDelayMs);
    else this.write(packet);
  }

  /**
   * Closes a client that has been silent for one and a half times its keep alive [MQTT-3.1.2-22]. Only the second check in
   * a row counts: a process that was stopped for a while runs its timers before it reads what has arrived meanwhile.
   */
  checkSilence(nowMs: number): void {
    if (this.allowedSilenceMs === 0 || nowMs - this.lastHeardMs <= this.allowedSilenceMs) return;
    this.overdueChecks += 1;
    if (this.overdueChecks <= 1) return;
    if (this.host.mutant === 'no-will-on-timeout') this.end('polite');
    else this.fail(reasons.keepAliveTimeout);
  }

  private heard(): void {
    this.lastHeardMs = performance.now();
    this.overdueChecks = 0;
  }

  /** Closes without an event: the session goes on without this connection, or the whole node is stopping. */
  abandon(reasonCode: number): void {
    this.clientId = undefined;
    this.fail(reasonCode);
  }

  /** The session of the client cannot be had now. Nothing of it has changed. */
  refuseUnavailable(): void {
    this.clientId = undefined;
    this.refuse(3, reasons.serverUnavailable);
  }

  private write(packet: Packet): void {
    const bytes = packet.cmd === 'publish' ? this.encodePublish(packet) : this.encode(packet);
    if (bytes.length > this.maximumPacketBytes) return;
    if (!this.corked) {
      this.corked = true;
      this.stream.cork();
      process.nextTick(() => {
        this.corked = false;
        this.stream.uncork();
      });
    }
    this.stream.write(bytes);
  }

  private encode(packet: Packet): Buffer {
    return generate(packet, { protocolVersion: this.version });
  }

  /** By a topic alias, if the client allows one more or knows one of this topic [MQTT-3.1.2-26, -27]. */
  private encodePublish(packet: IPublishPacket): Buffer {
    const known = this.clientAliases.get(packet.topic);
    const alias = known ?? this.clientAliases.size + 1;
    if (alias > this.clientAliasMaximum) return this.encode(packet);
    const { properties, topic } = packet;
    const bytes = this.encode({
      ...packet,
      topic: known === undefined ? topic : '',
      properties: { ...properties, topicAlias: alias },
    });
    if (bytes.length > this.maximumPacketBytes) return this.encode(packet);
    this.clientAliases.set(topic, alias);
    return bytes;
  }

  /** Closes because of the client; MQTT 5 says why [MQTT-4.13.2-1]. */
  private fail(reasonCode: number): void {
    if (this.open && this.version === 5) {
      this.write({ cmd: 'disconnect', reasonCode });
      this.end('after-write');
    } else this.end('abnormal');
  }

  /** 'polite': the client said DISCONNECT. 'after-write': what was written may still leave; a client that broke off is not waited for. */
  private end(how: 'polite' | 'after-write' | 'abnormal', sessionExpiryMs?: number): void {
    if (!this.open) return;
    this.open = false;
    const { clientId } = this;
    if (clientId !== undefined) {
      this.host.detach(clientId, this);
      this.host.dispatch({
        type: 'disconnect',
        clientId,
        abnormal: how !== 'polite',
        ...(sessionExpiryMs === undefined ? {} : { expiryMs: sessionExpiryMs }),
        nowMs: this.host.nowMs(),
      });
    }
    if (how === 'abnormal') {
      this.stream.destroy();
      return;
    }
    // Reads on until the client has closed as well: unread bytes would make a reset of it, which overtakes what was written.
    this.stream.end();
    setTimeout(() => this.stream.destroy(), lingerMs).unref();
  }

  private guard(receive: () => void): void {
    try {
      receive();
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      if (this.clientId !== undefined) this.fail(error.reasonCode);
      else if (error.reasonCode === reasons.unsupportedVersion) this.refuse(1, error.reasonCode);
      else if (this.version === 5) this.refuse(2, error.reasonCode);
      else this.end('abnormal');
    }
  }

  private receiveFirst(packet: Packet): void {
    if (packet.cmd !== 'connect') throw new ProtocolError(reasons.protocolError, 'not CONNECT first [MQTT-3.1.0-1]');
    const { protocolId, protocolVersion } = packet;
    const isKnown = protocolId === 'MQIsdp' ? protocolVersion === 3 : protocolVersion === 4 || protocolVersion === 5;
    if (!isKnown || isBridge(packet)) {
      this.refuse(1, reasons.unsupportedVersion);
      return;
    }
    this.version = protocolVersion === 5 ? 5 : 4;
    if (this.version === 5) this.accept(packet, this.readOptions(packet));
    else if (packet.clientId === '' && !packet.clean) this.refuse(2, reasons.clientIdNotValid);
    else this.accept(packet, undefined);
  }

  private accept(packet: IConnectPacket, options: ConnectOptions | undefined): void {
    const clientId = options?.assignedClientId ?? (packet.clientId === '' ? this.host.newClientId() : packet.clientId);
    if (!isText(clientId)) throw new ProtocolError(reasons.clientIdNotValid, 'ill-formed client id [MQTT-3.1.3-4]');
    const will = willOf(packet);
    this.clientId = clientId;
    this.allowedSilenceMs = (options?.serverKeepAliveS ?? packet.keepalive ?? 0) * 1500;
    this.clientAliasMaximum = options === undefined ? 0 : (packet.properties?.topicAliasMaximum ?? 0);
    this.sessionExpiryMs = options?.expiryMs ?? 0;
    this.maximumPacketBytes = options?.maximumPacketBytes ?? Number.POSITIVE_INFINITY;
    this.host.attach(clientId, this);
    this.host.dispatch({
      type: 'connect',
      clientId,
      clean: packet.clean === true,
      will,
      ...(options === undefined ? {} : { options }),
      nowMs: this.host.nowMs(),
    });
  }

  private readOptions(packet: IConnectPacket): ConnectOptions {
    checkProperties(packet);
    const { properties = {}, keepalive = 0 } = packet;
    if (properties.authenticationMethod !== undefined) {
      throw new ProtocolError(reasons.badAuthenticationMethod, 'no authentication method is known here');
    }
    if (properties.authenticationData !== undefined) {
      throw new ProtocolError(reasons.protocolError, 'authentication data without a method');
    }
    return {
      expiryMs: expiryMsOf(properties.sessionExpiryInterval ?? 0),
      receiveMaximum: properties.receiveMaximum ?? 65_535,
      maximumPacketBytes: properties.maximumPacketSize ?? Number.POSITIVE_INFINITY,
      assignedClientId: packet.clientId === '' ? this.host.newClientId() : undefined,
      serverKeepAliveS: keepalive > longestKeepAliveS ? longestKeepAliveS : undefined,
    };
  }

  /** [MQTT-3.1.2-2], [MQTT-3.1.3-8] */
  private refuse(returnCode: number, reasonCode: number): void {
    this.send({ cmd: 'connack', sessionPresent: false, ...(this.version === 5 ? { reasonCode } : { returnCode }) });
    this.end('polite');
  }

  private receiveNext(clientId: string, packet: Packet): void {
    if (this.version === 5) checkProperties(packet);
    const { host } = this;
    switch (packet.cmd) {
      case 'publish':
        this.receivePublish(clientId, packet);
        break;
      case 'puback':
      case 'pubrec':
      case 'pubrel':
      case 'pubcomp': {
        const { reasonCode = 0 } = packet;
        host.dispatch({ type: packet.cmd, clientId, messageId: idOf(packet), reasonCode, nowMs: host.nowMs() });
        break;
      }
      case 'subscribe': {
        const identifier = packet.properties?.subscriptionIdentifier;
        const filters = packet.subscriptions.map(
          ({ topic, qos, nl = false, rap = false, rh = 0 }): SubscriptionRequest => ({
            filter: validFilter(topic),
            qos,
            shared: this.isShared(topic, nl),
            noLocal: nl,
            retainAsPublished: rap,
            retainHandling: rh,
            ...(identifier === undefined ? {} : { identifier }),
          }),
        );
        if (filters.length === 0) throw new ProtocolError(reasons.protocolError, 'empty SUBSCRIBE [MQTT-3.8.3-2]');
        host.dispatch({ type: 'subscribe', clientId, messageId: idOf(packet), filters, nowMs: host.nowMs() });
        break;
      }
      case 'unsubscribe': {
        const filters = packet.unsubscriptions.map(validFilter);
        if (filters.length === 0) throw new ProtocolError(reasons.protocolError, 'empty UNSUBSCRIBE [MQTT-3.10.3-2]');
        host.dispatch({ type: 'unsubscribe', clientId, messageId: idOf(packet), filters, nowMs: host.nowMs() });
        break;
      }
      case 'pingreq':
        if (host.mutant === 'count-pings-only') this.heard();
        // Promises nothing, so it need not wait for the journal.
        if (host.mutant !== 'ignore-ping' || performance.now() - this.openedAtMs < 1000) this.send({ cmd: 'pingresp' });
        break;
      case 'disconnect':
        this.receiveDisconnect(packet);
        break;
      default:
        throw new ProtocolError(reasons.protocolError, `${packet.cmd} from a client`);
    }
  }

  /** To MQTT 3.1.1 `$share` is nothing special. */
  private isShared(filter: string, noLocal: boolean): boolean {
    if (this.version === 4 || !filter.startsWith('$share/')) return false;
    const [, name = '', ...levels] = filter.split('/');
    if (name === '' || hasWildcard(name) || levels.length === 0 || !isTopicFilter(levels.join('/'))) {
      throw new ProtocolError(reasons.topicFilterInvalid, 'malformed shared subscription [MQTT-4.8.2-1, -2]');
    }
    if (noLocal) throw new ProtocolError(reasons.protocolError, 'a shared subscription with No Local [MQTT-3.8.3-4]');
    return true;
  }

  private receivePublish(clientId: string, packet: IPublishPacket): void {
    const { qos, retain } = packet;
    if (qos === 0 && packet.dup) throw new ProtocolError(reasons.protocolError, 'DUP at QoS 0 [MQTT-3.3.1-2]');
    const topic = this.topicOf(packet);
    const messageId = qos === 0 ? undefined : idOf(packet);
    if (messageId !== undefined && this.version === 5) {
      this.unacknowledged.add(messageId);
      if (this.unacknowledged.size > serverReceiveMaximum) {
        throw new ProtocolError(reasons.receiveMaximumExceeded, 'more than Receive Maximum [MQTT-3.3.4-8]');
      }
    }
    this.host.publish(clientId, messageId, {
      topic,
      payload: Buffer.from(packet.payload),
      qos,
      retain,
      ...aboutMessage(packet.properties),
    });
  }

  /** The topic that is named, or that the alias stands for [MQTT-3.3.2-8 to -12]. */
  private topicOf(packet: IPublishPacket): string {
    const alias = packet.properties?.topicAlias;
    if (alias !== undefined) {
      if (alias > topicAliasMaximum) throw new ProtocolError(reasons.topicAliasInvalid, `topic alias ${alias}`);
      if (packet.topic === '') {
        const topic = this.topicAliases.get(alias);
        if (topic === undefined) throw new ProtocolError(reasons.protocolError, `topic alias ${alias} is not set`);
        return topic;
      }
    }
    if (!isTopicName(packet.topic)) {
      throw new ProtocolError(reasons.topicNameInvalid, 'malformed topic [MQTT-3.3.2-2]');
    }
    if (alias !== undefined) this.topicAliases.set(alias, packet.topic);
    return packet.topic;
  }

  private receiveDisconnect({ reasonCode = 0, properties }: IDisconnectPacket): void {
    const interval = properties?.sessionExpiryInterval;
    if (interval !== undefined && interval > 0 && this.sessionExpiryMs === 0) {
      throw new ProtocolError(reasons.protocolError, 'DISCONNECT makes a session last that was to end');
    }
    const expiryMs = interval === undefined ? undefined : expiryMsOf(interval);
    // Any other reason than 0 leaves the will due [MQTT-3.14.4-3].
    this.end(reasonCode === 0 ? 'polite' : 'after-write', expiryMs);
  }
}

function idOf(packet: Packet): number {
  const id = packet.messageId ?? 0;
  if (id < 1) throw new ProtocolError(reasons.protocolError, 'no packet id [MQTT-2.2.1-3]');
  return id;
}

function validFilter(filter: string): string {
  if (!isTopicFilter(filter)) {
    throw new ProtocolError(reasons.topicFilterInvalid, 'malformed topic filter [MQTT-4.7.1-1]');
  }
  return filter;
}

function willOf(packet: IConnectPacket): Will | undefined {
  if (packet.will === undefined) return undefined;
  const { topic, payload, qos = 0, retain = false, properties } = packet.will;
  if (!isTopicName(topic)) throw new ProtocolError(reasons.topicNameInvalid, 'malformed will topic [MQTT-3.1.3-11]');
  if ((qos as number) > 2) throw new ProtocolError(reasons.malformedPacket, 'will QoS 3 [MQTT-3.1.2-12]');
  const delayS = properties?.willDelayInterval ?? 0;
  return {
    topic,
    payload: Buffer.from(payload),
    qos,
    retain,
    ...aboutMessage(properties),
    ...(delayS === 0 ? {} : { delayMs: delayS * 1000 }),
  };
}

/** What a message carries beside topic and payload, in MQTT 5. */
function aboutMessage(
  properties: (MessageProperties & { readonly messageExpiryInterval?: number }) | undefined,
): Pick<Message, 'properties' | 'lifetimeMs'> {
  if (properties === undefined) return {};
  const { payloadFormatIndicator, contentType, responseTopic, correlationData, userProperties } = properties;
  if (responseTopic !== undefined && !isTopicName(responseTopic)) {
    throw new ProtocolError(reasons.protocolError, 'malformed response topic [MQTT-3.3.2-14]');
  }
  const { messageExpiryInterval } = properties;
  return {
    properties: {
      ...(payloadFormatIndicator === undefined ? {} : { payloadFormatIndicator }),
      ...(contentType === undefined ? {} : { contentType }),
      ...(responseTopic === undefined ? {} : { responseTopic }),
      ...(correlationData === undefined ? {} : { correlationData: Buffer.from(correlationData) }),
      ...(userProperties === undefined ? {} : { userProperties }),
    },
    ...(messageExpiryInterval === undefined ? {} : { lifetimeMs: messageExpiryInterval * 1000 }),
  };
}

function expiryMsOf(intervalS: number): number {
  return intervalS === never ? Number.POSITIVE_INFINITY : intervalS * 1000;
}

/** Some bridges mark themselves in the protocol level; refused, they come back as plain clients. */
function isBridge(packet: IConnectPacket): boolean {
  return 'bridgeMode' in packet && packet.bridgeMode === true;
}
