import { connect, type Socket } from 'node:net';
import { generate, type Packet, parser } from 'mqtt-packet';
import type { MqttPingTarget } from '../cluster/mqtt-ping.ts';

/** How a connection to the broker stands: not answered yet, let in, turned away by a CONNACK, or gone. */
export type ClientState = 'waiting' | 'accepted' | 'refused' | 'lost';

const farewellMs = 300;

/** One plain MQTT client on one connection: no reconnecting, no queue, clean session, keep alive off. What it does is what a fault asks of it. */
export class RawClient {
  state: ClientState = 'waiting';
  /** PUBLISH packets that arrived. */
  received = 0;
  /** PUBACK packets that arrived. */
  acknowledged = 0;
  readonly #socket: Socket;
  readonly #version: 4 | 5;
  readonly #waiting: (() => void)[] = [];
  #subscribed = false;
  #nextId = 1;

  constructor(target: MqttPingTarget, clientId: string) {
    this.#version = target.version;
    this.#socket = connect({ host: target.host, port: target.port, noDelay: true });
    const packets = parser({ protocolVersion: target.version });
    packets.on('packet', (packet) => this.#receive(packet));
    packets.on('error', () => this.#socket.destroy());
    this.#socket.on('data', (data) => {
      try {
        packets.parse(data);
      } catch {
        // The codec throws at some of what is not MQTT.
        this.#socket.destroy();
      }
    });
    this.#socket.on('error', () => {});
    this.#socket.on('close', () => {
      if (this.state !== 'refused') this.state = 'lost';
      this.#wake();
    });
    this.#socket.on('connect', () =>
      this.#send({
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: target.version,
        clean: true,
        clientId,
        keepalive: 0,
        ...(target.username === undefined ? {} : { username: target.username }),
        ...(target.password === undefined ? {} : { password: Buffer.from(target.password) }),
      }),
    );
  }

  /** Bytes that the kernel would not take yet: the broker reads too slowly. */
  get unsentBytes(): number {
    return this.#socket.writableLength;
  }

  /** Resolves when the broker has granted the subscription; false when it refused, or is gone. */
  async subscribe(topic: string, qos: 0 | 1): Promise<boolean> {
    await this.#until(() => this.state !== 'waiting');
    if (this.state !== 'accepted') return false;
    this.#send({ cmd: 'subscribe', messageId: this.#id(), subscriptions: [{ topic, qos }] });
    await this.#until(() => this.#subscribed || this.state !== 'accepted');
    return this.#subscribed;
  }

  publish(topic: string, payload: Buffer, qos: 0 | 1): void {
    this.#send({
      cmd: 'publish',
      topic,
      payload,
      qos,
      dup: false,
      retain: false,
      ...(qos === 0 ? {} : { messageId: this.#id() }),
    });
  }

  /** Leaves what arrives from now on in the kernel. */
  stopReading(): void {
    this.#socket.pause();
  }

  /** Says goodbye if it can, and is gone when this resolves. Safe to call twice. */
  async close(): Promise<void> {
    if (this.#socket.destroyed) return;
    const gone = new Promise((resolve) => this.#socket.once('close', resolve));
    if (this.state === 'accepted') {
      this.#send({ cmd: 'disconnect' });
      this.#socket.end();
      // What it did not read holds up the end of the stream.
      this.#socket.resume();
      const timer = setTimeout(() => this.#socket.destroy(), farewellMs);
      await gone;
      clearTimeout(timer);
      return;
    }
    this.#socket.destroy();
    await gone;
  }

  #send(packet: Packet): void {
    if (this.#socket.writable) this.#socket.write(generate(packet, { protocolVersion: this.#version }));
  }

  #receive(packet: Packet): void {
    switch (packet.cmd) {
      case 'connack':
        this.state = (packet.returnCode ?? 0) === 0 && (packet.reasonCode ?? 0) === 0 ? 'accepted' : 'refused';
        this.#wake();
        break;
      case 'suback':
        this.#subscribed = packet.granted.every((code) => Number(code) < 0x80);
        if (!this.#subscribed) this.#socket.destroy();
        this.#wake();
        break;
      case 'puback':
        this.acknowledged++;
        break;
      case 'publish':
        this.received++;
        if (packet.qos === 1 && packet.messageId !== undefined)
          this.#send({ cmd: 'puback', messageId: packet.messageId });
        break;
      default:
        break;
    }
  }

  #id(): number {
    const id = this.#nextId;
    this.#nextId = id === 65_535 ? 1 : id + 1;
    return id;
  }

  async #until(come: () => boolean): Promise<void> {
    while (!come() && this.state !== 'lost') await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
