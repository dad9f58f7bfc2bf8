import { generate, type Packet, parser } from 'mqtt-packet';
import { dial, type Transport } from '../../../workload/mqtt/transports.ts';
import type { MqttPingTarget } from '../cluster/mqtt-ping.ts';

/** How a connection to the broker stands: not answered yet, let in, turned away by a CONNACK, or gone. */
export type ClientState = 'waiting' | 'accepted' | 'refused' | 'lost';

const farewellMs = 300;

/** One simple MQTT client on one connection: no reconnecting, no queue, clean session, keep alive off. What it does is what a fault asks of it. */
export class RawClient {
  state: ClientState = 'waiting';
  /** PUBLISH packets that arrived. */
  received = 0;
  /** PUBACK packets that arrived. */
  acknowledged = 0;
  readonly #transport: Transport;
  readonly #version: 4 | 5;
  readonly #waiting: (() => void)[] = [];
  #subscribed = false;
  /** Nothing can be sent any more. */
  #isLeaving = false;
  #isGone = false;
  #nextId = 1;

  constructor(target: MqttPingTarget, clientId: string) {
    this.#version = target.version;
    const packets = parser({ protocolVersion: target.version });
    packets.on('packet', (packet) => this.#receive(packet));
    packets.on('error', () => this.#transport.destroy());
    this.#transport = dial(target, {
      open: () =>
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
      data: (data) => {
        try {
          packets.parse(data);
        } catch {
          // The codec throws at some of what is not MQTT.
          this.#transport.destroy();
        }
      },
      text: () => this.#transport.destroy(),
      closed: () => {
        this.#isGone = true;
        if (this.state !== 'refused') this.state = 'lost';
        this.#wake();
      },
    });
  }

  /** Bytes that the kernel would not take yet: the broker reads too slowly. */
  get unsentBytes(): number {
    return this.#transport.unsentBytes;
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
    this.#transport.pause();
  }

  /** Says goodbye if it can, and is gone when this resolves. Safe to call twice. */
  async close(): Promise<void> {
    if (this.state !== 'accepted') this.#transport.destroy();
    else if (!this.#isLeaving) {
      this.#send({ cmd: 'disconnect' });
      this.#isLeaving = true;
      this.#transport.finish();
      // What it did not read holds up the end of the stream.
      this.#transport.resume();
    }
    const timer = setTimeout(() => this.#transport.destroy(), farewellMs);
    while (!this.#isGone) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    clearTimeout(timer);
  }

  #send(packet: Packet): void {
    if (!this.#isLeaving && !this.#isGone) this.#transport.write(generate(packet, { protocolVersion: this.#version }));
  }

  #receive(packet: Packet): void {
    switch (packet.cmd) {
      case 'connack':
        this.state = (packet.returnCode ?? 0) === 0 && (packet.reasonCode ?? 0) === 0 ? 'accepted' : 'refused';
        this.#wake();
        break;
      case 'suback':
        this.#subscribed = packet.granted.every((code) => Number(code) < 0x80);
        if (!this.#subscribed) this.#transport.destroy();
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
