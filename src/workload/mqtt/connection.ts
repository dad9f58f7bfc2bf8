import type { Packet } from 'mqtt-packet';
import { systemClock } from '../../base/clock.ts';
import { type Breach, clause, evidenceOf, type Finding, type ProtocolVersion } from './breach.ts';
import { type Frame, FrameReader } from './frames.ts';
import { encode, parseFrame } from './parse.ts';
import { checkFrame } from './strict.ts';
import { type Address, dial, type Transport } from './transports.ts';

export type ConnectionOptions = {
  readonly address: Address;
  readonly version: ProtocolVersion;
  /** What CONNECT says (MQTT 5), in bytes. */
  readonly maximumPacketSize: number;
  /** The clock of all times that are told. */
  readonly nowMs: () => number;
};

/** When there was last life on a connection, by the system's monotonic clock: milliseconds. */
export type Activity = { sentMs: number; heardMs: number };

export type ConnectionEvents = {
  /** Packets can be sent. */
  readonly open: () => void;
  /** The packets that follow came in one chunk. */
  readonly chunk: () => void;
  readonly packet: (packet: Packet, bytes: Buffer, atMs: number) => void;
  readonly breach: (breach: Breach) => void;
  /** What came cannot be understood: the connection should be closed. */
  readonly unreadable: () => void;
  /** Once. */
  readonly closed: (error: Error | undefined) => void;
};

const notBinary: Finding = {
  clause: clause('MQTT-6.0.0-1', 'MQTT-6.0.0-1'),
  what: 'sent a WebSocket message that is not binary',
};

/** One network connection: bytes to packets and back, each packet that comes checked byte by byte. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #events: ConnectionEvents;
  readonly #transport: Transport;
  readonly #frames = new FrameReader();
  /** Nothing that comes is looked at any more. */
  #deaf = false;
  #closed = false;
  #lastHeardMs: number;
  readonly #activity: Activity;

  constructor(options: ConnectionOptions, events: ConnectionEvents) {
    this.#options = options;
    this.#events = events;
    this.#lastHeardMs = options.nowMs();
    const startMs = systemClock.nowMs();
    this.#activity = { sentMs: startMs, heardMs: startMs };
    this.#transport = dial(options.address, {
      open: () => {
        if (!this.#deaf) events.open();
      },
      data: (chunk) => this.#read(chunk),
      text: (text) => {
        if (this.#deaf) return;
        this.#breach(notBinary, text, options.nowMs());
        this.#giveUp();
      },
      closed: (error) => {
        this.#closed = true;
        events.closed(error);
      },
    });
  }

  /** When a chunk was last read, or the connection began. */
  get lastHeardMs(): number {
    return this.#lastHeardMs;
  }

  get activity(): Readonly<Activity> {
    return this.#activity;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Hands the packet to the socket, and says when. */
  send(packet: Packet): number {
    const bytes = encode(packet, this.#options.version);
    const atMs = this.#options.nowMs();
    this.#activity.sentMs = systemClock.nowMs();
    this.#transport.write(bytes);
    return atMs;
  }

  /** Closes when all that was sent has left; what still comes is ignored. */
  finish(): void {
    this.#deaf = true;
    this.#transport.resume();
    this.#transport.finish();
  }

  destroy(): void {
    this.#deaf = true;
    this.#transport.destroy();
  }

  pause(): void {
    this.#transport.pause();
  }

  resume(): void {
    this.#transport.resume();
  }

  #read(chunk: Buffer): void {
    if (this.#deaf) return;
    const atMs = this.#options.nowMs();
    this.#lastHeardMs = atMs;
    this.#activity.heardMs = systemClock.nowMs();
    this.#events.chunk();
    const { frames, unreadable } = this.#frames.read(chunk);
    for (const frame of frames) {
      this.#take(frame, atMs);
      if (this.#deaf) return;
    }
    if (unreadable === undefined) return;
    this.#breach(
      { clause: clause('2.2.3', '1.5.5'), what: 'sent a Remaining Length of more than four bytes' },
      unreadable,
      atMs,
    );
    this.#giveUp();
  }

  #take(frame: Frame, atMs: number): void {
    const { version, maximumPacketSize } = this.#options;
    const { findings, use, properFlags } = checkFrame(frame, version);
    for (const finding of findings) this.#breach(finding, frame.bytes, atMs);
    if (version === 5 && frame.bytes.length > maximumPacketSize) {
      const what = `sent a packet of ${frame.bytes.length} bytes, where Maximum Packet Size is ${maximumPacketSize}`;
      this.#breach({ clause: clause(null, 'MQTT-3.1.2-24'), what }, frame.bytes, atMs);
    }
    if (use === 'ignore') return;
    const packet = use === 'read' ? parseFrame(frame, version, properFlags) : undefined;
    if (packet) this.#events.packet(packet, frame.bytes, atMs);
    else this.#giveUp();
  }

  #breach(finding: Finding, bytes: Buffer, atMs: number): void {
    this.#events.breach({ ...finding, version: this.#options.version, bytesHex: evidenceOf(bytes), atMs });
  }

  #giveUp(): void {
    if (this.#deaf) return;
    this.#deaf = true;
    this.#events.unreadable();
  }
}
