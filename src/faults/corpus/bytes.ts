import type { Random } from '../../base/random.ts';
import type { Opening } from './broken-class.ts';

/** Every topic and filter of the corpus begins so: no workload's message can be struck. */
export const prefix = 'chaos-broken/';
export const topic = `${prefix}a`;
export const payload = Buffer.from('payload');

export const types = {
  connect: 1,
  connack: 2,
  publish: 3,
  puback: 4,
  pubrec: 5,
  pubrel: 6,
  pubcomp: 7,
  subscribe: 8,
  suback: 9,
  unsubscribe: 10,
  unsuback: 11,
  pingreq: 12,
  pingresp: 13,
  disconnect: 14,
  auth: 15,
} as const;

export type PacketType = keyof typeof types;
export type Part = Buffer | string | number;

/** Numbers are single bytes, text is a string with its length before it. */
export function bytes(...parts: readonly Part[]): Buffer {
  return Buffer.concat(
    parts.map((part) =>
      typeof part === 'number' ? Buffer.from([part]) : typeof part === 'string' ? string(Buffer.from(part)) : part,
    ),
  );
}

/** A UTF-8 encoded string (3.1.1: 1.5.3, 5.0: 1.5.4), of bytes that need not be one. */
export function string(content: Uint8Array): Buffer {
  return Buffer.concat([u16(content.length), content]);
}

export function u16(value: number): Buffer {
  return Buffer.from([(value >> 8) & 0xff, value & 0xff]);
}

export function u32(value: number): Buffer {
  return bytes(u16(value >>> 16), u16(value & 0xffff));
}

/** A variable byte integer: the remaining length (3.1.1: 2.2.3), lengths of properties and subscription identifiers (5.0: 1.5.5). */
export function varint(value: number): Buffer {
  const digits: number[] = [];
  let rest = value;
  do {
    digits.push((rest % 128) | (rest >= 128 ? 128 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Buffer.from(digits);
}

export function packet(type: number, flags: number, ...body: readonly Part[]): Buffer {
  const content = bytes(...body);
  return Buffer.concat([Buffer.from([(type << 4) | flags]), varint(content.length), content]);
}

/** The properties of MQTT 5 with their length before them (5.0: 2.2.2). */
export function properties(...parts: readonly Part[]): Buffer {
  const content = bytes(...parts);
  return bytes(varint(content.length), content);
}

/** The connect flags (3.1.2.3). */
export const cleanSession = 0x02;
export const willFlag = 0x04;
export const willRetain = 0x20;
export const userNameFlag = 0x80;
export const passwordFlag = 0x40;

/** The identifiers of properties (5.0: table 2-4). */
export const property = {
  payloadFormat: 0x01,
  messageExpiry: 0x02,
  contentType: 0x03,
  responseTopic: 0x08,
  correlationData: 0x09,
  subscriptionIdentifier: 0x0b,
  sessionExpiry: 0x11,
  assignedClientIdentifier: 0x12,
  authenticationMethod: 0x15,
  authenticationData: 0x16,
  requestProblemInformation: 0x17,
  willDelay: 0x18,
  requestResponseInformation: 0x19,
  serverReference: 0x1c,
  reasonString: 0x1f,
  receiveMaximum: 0x21,
  topicAliasMaximum: 0x22,
  topicAlias: 0x23,
  maximumQos: 0x24,
  userProperty: 0x26,
  maximumPacketSize: 0x27,
  unknown: 0x7f,
} as const;

/** Those of every session of MQTT 5 that says nothing else. */
export const sessionProperties = bytes(
  ...[property.sessionExpiry, u32(0), property.receiveMaximum, u16(20), property.maximumPacketSize, u32(1_048_576)],
  ...[property.topicAliasMaximum, u16(10), property.requestProblemInformation, 1, property.userProperty, 'chaos', 'a'],
);

/** How long a kept session of MQTT 5 outlives its connection, should nobody end it. */
const keptForSeconds = 5;

/** The legal CONNECT of a session, with the credentials that the broker asks for. */
export function openingPacket(
  { level, kept, will, properties: own = sessionProperties }: Opening,
  clientId: string,
  { username, password }: { readonly username?: string | undefined; readonly password?: string | undefined },
): Buffer {
  const flags =
    (kept ? 0 : cleanSession) |
    (will ? willFlag | (will.qos << 3) | (will.retain ? willRetain : 0) : 0) |
    (username === undefined ? 0 : userNameFlag) |
    (password === undefined ? 0 : passwordFlag);
  const propertiesOf = (content: Buffer): Part[] => (level === 5 ? [properties(content)] : []);
  return packet(
    types.connect,
    0,
    ...[
      'MQTT',
      level,
      flags,
      u16(60),
      ...propertiesOf(kept ? bytes(property.sessionExpiry, u32(keptForSeconds)) : own),
    ],
    clientId,
    ...(will ? [...propertiesOf(will.properties ?? Buffer.alloc(0)), will.topic, string(will.payload)] : []),
    ...[username, password].filter((part) => part !== undefined),
  );
}

/** At most 23 letters and digits, which no server may refuse [MQTT-3.1.3-5]. */
export function clientId(random: Random): string {
  return `broken${random.below(0x1_0000_0000).toString(16)}${random.below(0x1_0000_0000).toString(16)}`;
}

export function someBytes(random: Random, count: number): Buffer {
  return Buffer.from(Array.from({ length: count }, () => random.below(256)));
}

export function packetId(random: Random): Buffer {
  return u16(1 + random.below(65_535));
}

/** A packet as it was received: its type, its flags, and what follows the remaining length. */
export type Received = { readonly type: number; readonly flags: number; readonly body: Buffer };

/** The whole packets that received bytes begin with; what is cut off or is no packet is left out. */
export function packetsIn(received: Buffer): Received[] {
  const found: Received[] = [];
  for (let at = 0; at + 1 < received.length; ) {
    const first = received[at] ?? 0;
    let length = 0;
    let digits = 0;
    let digit = 0x80;
    for (; digit >= 0x80; digits++) {
      digit = received[at + 1 + digits] ?? -1;
      if (digit < 0 || digits === 4) return found;
      length += (digit & 0x7f) * 128 ** digits;
    }
    const start = at + 1 + digits;
    if (start + length > received.length) return found;
    found.push({ type: first >> 4, flags: first & 0x0f, body: received.subarray(start, start + length) });
    at = start + length;
  }
  return found;
}

/** The packet identifier of the last PUBLISH of QoS 1 or 2 in what was received; 1, which most servers begin with, where there is none. */
export function deliveredId(heard: Buffer): Buffer {
  const last = packetsIn(heard).findLast(({ type, flags }) => type === types.publish && (flags & 0x06) > 0);
  if (!last) return u16(1);
  const topicLength = last.body.readUInt16BE(0);
  return last.body.subarray(2 + topicLength, 4 + topicLength);
}
