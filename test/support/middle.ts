import { type IConnectPacket, type IPublishPacket, type Packet, parser } from 'mqtt-packet';
import { createRandom } from '../../src/base/random.ts';
import { Conversation, Stage } from '../../src/sabotage/conversation.ts';
import { encode } from '../../src/sabotage/packets.ts';
import { findSabotage } from '../../src/sabotage/registry.ts';
import type { Outgoing, Side } from '../../src/sabotage/sabotage.ts';
import { encodePayload } from '../../src/workload/payload.ts';

/** One client's connection, with what came out of the man in the middle on either side of it. */
export type Line = {
  /** The client sends; answers with what reached the broker because of it. */
  says(...packets: readonly Packet[]): Packet[];
  /** The broker sends; answers with what reached the client because of it. */
  hears(...packets: readonly Packet[]): Packet[];
  /** What has reached a side and was not taken by `says` or `hears`. */
  taken(side: Side): Packet[];
  /** The same, as bytes. */
  takenBytes(side: Side): Buffer;
  /** The connections that were ended, in order. */
  readonly closed: readonly Side[];
  readonly conversation: Conversation;
};

export type Middle = {
  readonly version: 4 | 5;
  /** How often it has struck. */
  changes(): number;
  /** A connection, at node1 where nothing is said, on which CONNECT was sent and went through. */
  connect(clientId: string, connect?: Partial<IConnectPacket>, node?: string): Line;
  /** The same, with a CONNECT that the sabotage may change; `taken` has it. */
  dial(clientId: string, connect?: Partial<IConnectPacket>, node?: string): Line;
};

/** A man in the middle between clients and a broker that the test plays, without sockets. */
export function middle(name: string | undefined, version: 4 | 5, seed = 'test'): Middle {
  const sabotage = name === undefined ? undefined : findSabotage(name);
  if (name !== undefined && sabotage === undefined) throw new Error(`there is no sabotage ${name}`);
  let changes = 0;
  const stage = new Stage(sabotage?.create(createRandom(seed)) ?? {}, () => {
    changes++;
  });
  const dial = (clientId: string, connect: Partial<IConnectPacket> = {}, node = 'node1'): Line => {
    const line = openLine(stage, version, node);
    line.conversation.read('client', encode(connectPacket(clientId, version, connect), version));
    return line;
  };
  return {
    version,
    changes: () => changes,
    dial,
    connect(clientId, connect, node) {
      const line = dial(clientId, connect, node);
      line.taken('broker');
      return line;
    },
  };
}

function openLine(stage: Stage, version: 4 | 5, node: string): Line {
  const out: Record<Side, Buffer[]> = { client: [], broker: [] };
  const closed: Side[] = [];
  const conversation = new Conversation(stage, node, {
    write: (to, bytes) => out[to].push(Buffer.from(bytes)),
    close: (side) => closed.push(side),
  });
  const takenBytes = (side: Side): Buffer => Buffer.concat(out[side].splice(0));
  const taken = (side: Side): Packet[] => decodeAll(takenBytes(side), version);
  const send = (from: Side, packets: readonly Packet[]): void => {
    for (const packet of packets) conversation.read(from, encode(packet, version));
  };
  return {
    conversation,
    closed,
    taken,
    takenBytes,
    says(...packets) {
      send('client', packets);
      return taken('broker');
    },
    hears(...packets) {
      send('broker', packets);
      return taken('client');
    },
  };
}

/** All packets of these bytes. Throws at what is no MQTT. */
export function decodeAll(bytes: Buffer, version: 4 | 5): Packet[] {
  const packets: Packet[] = [];
  const reader = parser({ protocolVersion: version });
  reader.on('packet', (packet) => packets.push(packet));
  reader.on('error', (error) => {
    throw error;
  });
  reader.parse(bytes);
  return packets;
}

export function connectPacket(clientId: string, version: 4 | 5, connect: Partial<IConnectPacket> = {}): IConnectPacket {
  return {
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: version,
    clientId,
    clean: true,
    keepalive: 5,
    ...connect,
  };
}

/** A message of the workload. */
export function message(sequence: number, publish: Partial<IPublishPacket> = {}): IPublishPacket {
  const { qos = 0 } = publish;
  return {
    cmd: 'publish',
    topic: 'a/b',
    payload: payloadOf(sequence, 'flow'),
    dup: false,
    retain: false,
    qos,
    ...(qos === 0 ? {} : { messageId: sequence }),
    ...publish,
  };
}

export function payloadOf(sequence: number, kind: 'flow' | 'warm-up'): Buffer {
  return encodePayload({ run: 7, flow: 1, kind, sequence, sentNs: 1_000 }, 40);
}

/** Messages with these sequence numbers, both included. */
export function messages(first: number, last: number, publish: Partial<IPublishPacket> = {}): IPublishPacket[] {
  return Array.from({ length: last - first + 1 }, (_, i) => message(first + i, publish));
}

/** The sequence number of each PUBLISH, in order. */
export function sequences(packets: readonly Packet[]): number[] {
  return publishes(packets).map(({ payload }) => Buffer.from(payload).readUInt32LE(16));
}

export function publishes(packets: readonly Packet[]): IPublishPacket[] {
  return packets.filter((packet): packet is IPublishPacket => packet.cmd === 'publish');
}

/** What the packets are, with their packet ids: `pubrec 3`. */
export function names(packets: readonly Outgoing[]): string[] {
  return packets.map((packet) => {
    if (packet instanceof Uint8Array) return 'bytes';
    return packet.messageId === undefined ? packet.cmd : `${packet.cmd} ${packet.messageId}`;
  });
}

/** Whole numbers, both included. */
export function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
