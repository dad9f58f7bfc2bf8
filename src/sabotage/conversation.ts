import type { IConnectPacket, IPublishPacket, Packet } from 'mqtt-packet';
import { FrameReader } from '../workload/mqtt/frames.ts';
import { Exchanges } from './exchanges.ts';
import { Decoder, encode } from './packets.ts';
import type { Instead, Outgoing, Peer, Saboteur, Side } from './sabotage.ts';
import { isProbe } from './strikes.ts';

/** Where a conversation's bytes go. */
export type Wire = {
  write(to: Side, bytes: Uint8Array): void;
  /** Ends the connection to that side, after what was written. */
  close(side: Side): void;
};

/** What the relay remembers of a client id, over all its connections at all nodes. */
type ClientMemory = {
  connections: number;
  live: Conversation | undefined;
  exchanges: Exchanges;
  subscriptions: Map<string, number>;
};

/** Everything that the connections of one cluster share. */
export class Stage {
  readonly saboteur: Saboteur;
  readonly #changed: () => void;
  readonly #clients = new Map<string, ClientMemory>();

  /** `changed` is called for each change that the saboteur has made. */
  constructor(saboteur: Saboteur, changed: () => void = () => {}) {
    this.saboteur = saboteur;
    this.#changed = changed;
  }

  changed(): void {
    this.#changed();
  }

  client(clientId: string): ClientMemory {
    let memory = this.#clients.get(clientId);
    if (memory === undefined) {
      memory = { connections: 0, live: undefined, exchanges: new Exchanges(), subscriptions: new Map() };
      this.#clients.set(clientId, memory);
    }
    return memory;
  }
}

type Connected = { readonly connect: IConnectPacket; readonly memory: ClientMemory; readonly connection: number };

/**
 * What two ends of one connection say to one another, and what becomes of it on the way. It knows nothing of sockets. Bytes that are not
 * changed are passed on as they came; so is everything of a probe, and of a connection that does not begin with a CONNECT that can be read.
 */
export class Conversation implements Peer {
  readonly node: string;
  readonly #stage: Stage;
  readonly #wire: Wire;
  readonly #frames: Readonly<Record<Side, FrameReader>> = { client: new FrameReader(), broker: new FrameReader() };
  #decoders: Readonly<Record<Side, Decoder>> = { client: new Decoder(4), broker: new Decoder(4) };
  #connected: Connected | undefined;
  /** Nothing is read any more. */
  #isOpaque = false;
  #saidGoodbye = false;
  #isOpen = true;

  constructor(stage: Stage, node: string, wire: Wire) {
    this.#stage = stage;
    this.node = node;
    this.#wire = wire;
  }

  get clientId(): string {
    return this.#connected?.connect.clientId ?? '';
  }

  get version(): 4 | 5 {
    return this.#connected?.connect.protocolVersion === 5 ? 5 : 4;
  }

  get clean(): boolean {
    return this.#connected?.connect.clean === true;
  }

  get connection(): number {
    return this.#connected?.connection ?? 0;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get isTakenOver(): boolean {
    return this.#connected !== undefined && this.#connected.memory.live !== this;
  }

  get subscriptions(): ReadonlyMap<string, number> {
    return this.#connected?.memory.subscriptions ?? new Map();
  }

  acknowledge(publish: IPublishPacket, sender: Side): readonly Packet[] {
    return this.#connected?.memory.exchanges.acknowledge(publish, sender) ?? [];
  }

  deliver(publish: IPublishPacket): IPublishPacket {
    return this.#connected?.memory.exchanges.deliver(publish) ?? publish;
  }

  /** Takes what one side has sent and writes what the sides get. */
  read(from: Side, chunk: Buffer): void {
    if (this.#isOpaque) {
      this.#wire.write(other(from), chunk);
      return;
    }
    const { frames, unreadable } = this.#frames[from].read(chunk);
    for (const { bytes } of frames) {
      if (this.#isOpaque) this.#wire.write(other(from), bytes);
      else this.#pass(from, bytes);
    }
    if (unreadable !== undefined) {
      this.#isOpaque = true;
      this.#wire.write(other(from), unreadable);
    }
    if (!this.#isOpaque) return;
    this.#letGo('client');
    this.#letGo('broker');
  }

  /** Nothing has passed for a while. */
  quiet(): void {
    this.#tell((saboteur) => saboteur.quiet?.(this));
  }

  /** The client has closed its side, or is gone. What is said to the broker before it is told so is written when this returns. */
  clientLost(): void {
    this.#letGo('client');
    if (!this.#saidGoodbye) this.#tell((saboteur) => saboteur.clientLost?.(this));
    this.#isOpen = false;
  }

  /** The broker has closed its side, or is gone. True when the client is not told so. */
  brokerLost(): boolean {
    this.#letGo('broker');
    return this.#isSabotaged && this.#stage.saboteur.brokerLost?.(this) === 'keep';
  }

  get #isSabotaged(): boolean {
    return !this.#isOpaque && this.#connected !== undefined;
  }

  #tell(ask: (saboteur: Saboteur) => Instead | undefined): void {
    if (!this.#isSabotaged || !this.#isOpen) return;
    const instead = ask(this.#stage.saboteur);
    if (instead === undefined) return;
    this.#stage.changed();
    this.#do(instead);
  }

  #pass(from: Side, frame: Buffer): void {
    const packet = this.#decoders[from].decode(frame);
    if (this.#connected === undefined && (from === 'broker' || packet?.cmd !== 'connect' || isProbe(packet.clientId))) {
      this.#isOpaque = true;
      this.#wire.write(other(from), frame);
      return;
    }
    const instead = packet === undefined ? undefined : this.#instead(from, packet);
    if (packet === undefined || instead === undefined) this.#wire.write(other(from), frame);
    else this.#do(instead, { packet, frame });
  }

  #instead(from: Side, packet: Packet): Instead | undefined {
    this.#note(from, packet);
    const absorbed = this.#connected?.memory.exchanges.absorb(packet, from);
    if (absorbed !== undefined) return absorbed;
    const { saboteur } = this.#stage;
    const instead = from === 'client' ? saboteur.fromClient?.(packet, this) : saboteur.fromBroker?.(packet, this);
    if (instead !== undefined) this.#stage.changed();
    return instead;
  }

  /** Keeps the books of the client's session. */
  #note(from: Side, packet: Packet): void {
    if (from === 'client' && packet.cmd === 'connect') this.#begin(packet);
    const { memory } = this.#connected ?? {};
    if (memory === undefined) return;
    if (from === 'broker') {
      if (packet.cmd === 'connack' && !packet.sessionPresent) beginSession(memory);
      return;
    }
    if (packet.cmd === 'subscribe')
      for (const { topic, qos } of packet.subscriptions) memory.subscriptions.set(topic, qos);
    if (packet.cmd === 'unsubscribe') for (const filter of packet.unsubscriptions) memory.subscriptions.delete(filter);
    if (packet.cmd === 'disconnect') this.#saidGoodbye = true;
  }

  #begin(connect: IConnectPacket): void {
    const memory = this.#stage.client(connect.clientId);
    if (connect.clean) beginSession(memory);
    memory.connections++;
    memory.live = this;
    this.#connected = { connect, memory, connection: memory.connections };
    this.#decoders = { client: new Decoder(this.version), broker: new Decoder(this.version) };
  }

  /** Passes on what was kept back until its packet was whole. */
  #letGo(from: Side): void {
    const rest = this.#frames[from].takeRest();
    if (rest.length > 0) this.#wire.write(other(from), rest);
  }

  #do({ toClient = [], toBroker = [], toOther, close }: Instead, original?: Original): void {
    this.#write('client', toClient, original);
    this.#write('broker', toBroker, original);
    if (toOther?.peer instanceof Conversation) toOther.peer.#write('client', toOther.packets);
    if (close === 'client' || close === 'both') this.#wire.close('client');
    if (close === 'broker' || close === 'both') this.#wire.close('broker');
  }

  #write(to: Side, packets: readonly Outgoing[], original?: Original): void {
    for (const packet of packets) {
      if (packet === original?.packet) this.#wire.write(to, original.frame);
      else this.#wire.write(to, packet instanceof Uint8Array ? packet : encode(packet, this.version));
    }
  }
}

function beginSession(memory: ClientMemory): void {
  memory.exchanges = new Exchanges();
  memory.subscriptions = new Map();
}

type Original = { readonly packet: Packet; readonly frame: Buffer };

function other(side: Side): Side {
  return side === 'client' ? 'broker' : 'client';
}
