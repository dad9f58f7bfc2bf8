import type { Socket } from 'node:net';
import { generate, type IConnectPacket, type IPublishPacket, type Packet, parser } from 'mqtt-packet';
import type { Event, Message, Qos } from './state.ts';
import { isTopicFilter, isTopicName } from './topics.ts';

/** What a connection needs of the broker it belongs to. */
export type ConnectionHost = {
  /** Makes this connection the one of its client; an older one of the same client is closed [MQTT-3.1.4-2]. */
  attach(clientId: string, connection: ClientConnection): void;
  detach(clientId: string, connection: ClientConnection): void;
  dispatch(event: Event): void;
  publish(clientId: string, messageId: number | undefined, message: Message): void;
  newClientId(): string;
  closed(connection: ClientConnection): void;
  delivered(qos: Qos): void;
  dropped(reason: 'client-backlog'): void;
};

/** Above this, a client that does not read loses QoS 0 messages. QoS 1 and 2 are bounded by the window. */
const backlogLimitBytes = 1024 * 1024;
const connectWithinMs = 10_000;

/** One client's network connection: turns packets into events, and closes on whatever MQTT 3.1.1 does not allow [MQTT-4.8.0-1]. */
export class ClientConnection {
  private readonly socket: Socket;
  private readonly host: ConnectionHost;
  private clientId: string | undefined;
  private open = true;
  private corked = false;
  private lastHeardMs = performance.now();
  private allowedSilenceMs = connectWithinMs;
  private overdueChecks = 0;

  constructor(socket: Socket, host: ConnectionHost) {
    this.socket = socket;
    this.host = host;
    socket.setNoDelay(true);
    const packets = parser();
    let parsed: Packet[] = [];
    let malformed = false;
    packets.on('packet', (packet) => parsed.push(packet));
    packets.on('error', () => {
      malformed = true;
    });
    socket.on('data', (chunk) => {
      this.lastHeardMs = performance.now();
      this.overdueChecks = 0;
      try {
        if (this.open) packets.parse(chunk);
      } catch {
        // The codec trips over some malformed packets instead of reporting them.
        malformed = true;
      }
      for (const packet of parsed) this.receive(packet);
      parsed = [];
      if (malformed) this.end(true);
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      this.end(true);
      host.closed(this);
    });
  }

  /** Puts a packet on the wire. The caller sees to it that what the packet promises is in the journal. */
  send(packet: Packet): void {
    if (!this.open) return;
    if (packet.cmd === 'publish') {
      if (packet.qos === 0 && this.socket.writableLength > backlogLimitBytes) {
        this.host.dropped('client-backlog');
        return;
      }
      if (!packet.dup) this.host.delivered(packet.qos);
    }
    if (!this.corked) {
      this.corked = true;
      this.socket.cork();
      process.nextTick(() => {
        this.corked = false;
        this.socket.uncork();
      });
    }
    this.socket.write(generate(packet));
  }

  /**
   * Closes a client that has been silent for one and a half times its keep alive [MQTT-3.1.2-24]. Only the second check in
   * a row counts: a process that was stopped for a while runs its timers before it reads what has arrived meanwhile.
   */
  checkSilence(nowMs: number): void {
    if (this.allowedSilenceMs === 0 || nowMs - this.lastHeardMs <= this.allowedSilenceMs) return;
    this.overdueChecks += 1;
    if (this.overdueChecks > 1) this.end(true);
  }

  /** Closes without an event: the session has gone on without this connection, or the whole node is stopping. */
  abandon(): void {
    this.clientId = undefined;
    this.end(true);
  }

  private end(abnormal: boolean): void {
    if (!this.open) return;
    this.open = false;
    const { clientId } = this;
    if (clientId !== undefined) {
      this.host.detach(clientId, this);
      this.host.dispatch({ type: 'disconnect', clientId, abnormal, nowMs: Date.now() });
    }
    // After a clean ending what was written may still leave; a client that broke off is not waited for.
    if (abnormal) this.socket.destroy();
    else this.socket.destroySoon();
  }

  private receive(packet: Packet): void {
    if (!this.open) return;
    try {
      if (this.clientId === undefined) this.receiveFirst(packet);
      else this.receiveNext(this.clientId, packet);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.end(true);
    }
  }

  private receiveFirst(packet: Packet): void {
    if (packet.cmd !== 'connect') throw new ProtocolError('not CONNECT first [MQTT-3.1.0-1]');
    const spoken = packet.protocolId === 'MQIsdp' ? 3 : 4;
    const refusal =
      packet.protocolVersion !== spoken || isBridge(packet) ? 1 : packet.clientId === '' && !packet.clean ? 2 : 0;
    if (refusal > 0) {
      this.refuse(refusal);
      return;
    }
    const clientId = packet.clientId === '' ? this.host.newClientId() : packet.clientId;
    const will = willOf(packet);
    this.clientId = clientId;
    this.allowedSilenceMs = (packet.keepalive ?? 0) * 1500;
    this.host.attach(clientId, this);
    this.host.dispatch({ type: 'connect', clientId, clean: packet.clean === true, will, nowMs: Date.now() });
  }

  /** [MQTT-3.1.2-2], [MQTT-3.1.3-8] */
  private refuse(returnCode: number): void {
    this.send({ cmd: 'connack', returnCode, sessionPresent: false });
    this.end(false);
  }

  private receiveNext(clientId: string, packet: Packet): void {
    switch (packet.cmd) {
      case 'publish':
        this.host.publish(clientId, packet.qos === 0 ? undefined : idOf(packet), messageOfPublish(packet));
        break;
      case 'puback':
      case 'pubrec':
      case 'pubrel':
      case 'pubcomp':
        this.host.dispatch({ type: packet.cmd, clientId, messageId: idOf(packet) });
        break;
      case 'subscribe': {
        const filters = packet.subscriptions.map(({ topic, qos }) => ({ filter: validFilter(topic), qos }));
        if (filters.length === 0) throw new ProtocolError('empty SUBSCRIBE [MQTT-3.8.3-3]');
        this.host.dispatch({ type: 'subscribe', clientId, messageId: idOf(packet), filters });
        break;
      }
      case 'unsubscribe': {
        const filters = packet.unsubscriptions.map(validFilter);
        if (filters.length === 0) throw new ProtocolError('empty UNSUBSCRIBE [MQTT-3.10.3-2]');
        this.host.dispatch({ type: 'unsubscribe', clientId, messageId: idOf(packet), filters });
        break;
      }
      case 'pingreq':
        // Promises nothing, so it need not wait for the journal.
        this.send({ cmd: 'pingresp' });
        break;
      case 'disconnect':
        this.end(false);
        break;
      default:
        throw new ProtocolError(`${packet.cmd} from a client`);
    }
  }
}

class ProtocolError extends Error {}

function idOf(packet: Packet): number {
  const id = packet.messageId ?? 0;
  if (id < 1) throw new ProtocolError('no packet id [MQTT-2.3.1-1]');
  return id;
}

function validFilter(filter: string): string {
  if (!isTopicFilter(filter)) throw new ProtocolError('malformed topic filter [MQTT-4.7.1-2]');
  return filter;
}

function messageOfPublish(packet: IPublishPacket): Message {
  const { topic, payload, qos, retain } = packet;
  if (!isTopicName(topic)) throw new ProtocolError('malformed topic [MQTT-3.3.2-2]');
  if (qos === 0 && packet.dup) throw new ProtocolError('DUP at QoS 0 [MQTT-3.3.1-2]');
  return { topic, payload: Buffer.from(payload), qos, retain };
}

function willOf(packet: IConnectPacket): Message | undefined {
  if (packet.will === undefined) return undefined;
  const { topic, payload, qos = 0, retain = false } = packet.will;
  if (!isTopicName(topic) || (qos as number) > 2) throw new ProtocolError('malformed will [MQTT-3.1.2-14]');
  return { topic, payload: Buffer.from(payload), qos, retain };
}

/** Some bridges mark themselves in the protocol level; refused, they come back as plain clients. */
function isBridge(packet: IConnectPacket): boolean {
  return 'bridgeMode' in packet && packet.bridgeMode === true;
}
