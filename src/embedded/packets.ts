import { type Packet, parser, type UserProperties } from 'mqtt-packet';
import { isText } from './topics.ts';

/*
 * Bytes of a client to packets. The codec is lenient: within a packet it reads on into the next one, and it takes a
 * property twice. So it gets one packet at a time, and what it reads is checked.
 */

/** What a client did against the protocol. `reasonCode` is what MQTT 5 calls it. */
export class ProtocolError extends Error {
  readonly reasonCode: number;

  constructor(reasonCode: number, message: string) {
    super(message);
    this.reasonCode = reasonCode;
  }
}

export const reasons = {
  malformedPacket: 0x81,
  protocolError: 0x82,
  unsupportedVersion: 0x84,
  clientIdNotValid: 0x85,
  badAuthenticationMethod: 0x8c,
  serverUnavailable: 0x88,
  shuttingDown: 0x8b,
  keepAliveTimeout: 0x8d,
  sessionTakenOver: 0x8e,
  topicFilterInvalid: 0x8f,
  topicNameInvalid: 0x90,
  receiveMaximumExceeded: 0x93,
  topicAliasInvalid: 0x94,
  packetTooLarge: 0x95,
} as const;

const malformed = (what: string): ProtocolError => new ProtocolError(reasons.malformedPacket, what);

/** The packets of a byte stream, one after the other, until something is wrong with it. */
export class PacketReader {
  private readonly codec = parser();
  private readonly parsed: Packet[] = [];
  private error: Error | undefined;
  private chunks: Buffer[] = [];
  private sizeBytes = 0;
  /** How much must be there before it is worth a look: a large packet comes in many chunks. */
  private neededBytes = 2;

  constructor() {
    this.codec.on('packet', (packet) => this.parsed.push(packet));
    this.codec.on('error', (error: Error) => {
      this.error = error;
    });
  }

  /** The packets that `chunk` completes. Throws a ProtocolError after those before the fault. */
  *read(chunk: Buffer): Generator<Packet> {
    this.chunks.push(chunk);
    this.sizeBytes += chunk.length;
    while (this.sizeBytes >= this.neededBytes) {
      const [first] = this.chunks;
      const bytes = this.chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.chunks);
      const end = packetEnd(bytes);
      const isWhole = end <= bytes.length;
      const rest = isWhole ? bytes.subarray(end) : bytes;
      this.chunks = rest.length === 0 ? [] : [rest];
      this.sizeBytes = rest.length;
      this.neededBytes = isWhole ? 2 : end;
      if (isWhole) yield this.parse(bytes.subarray(0, end));
    }
  }

  private parse(bytes: Buffer): Packet {
    try {
      this.codec.parse(bytes);
    } catch (error) {
      // The codec trips over some malformed packets instead of reporting them.
      throw malformed(String(error));
    }
    const packet = this.parsed.pop();
    if (this.error?.message === 'Invalid protocol version') {
      throw new ProtocolError(reasons.unsupportedVersion, this.error.message);
    }
    if (this.error !== undefined || packet === undefined) throw malformed(this.error?.message ?? 'not a packet');
    return packet;
  }
}

/** Where the first packet ends, or one byte more than there is while that is not known. */
function packetEnd(bytes: Buffer): number {
  let length = 0;
  for (let at = 1; at < bytes.length; at++) {
    const byte = bytes.readUInt8(at);
    length += (byte & 0x7f) * 128 ** (at - 1);
    if (byte < 0x80) return at + 1 + length;
    if (at === 4) throw malformed('a remaining length of more than four bytes [MQTT-1.5.5-1]');
  }
  return bytes.length + 1;
}

/** The properties that a client may send. */
const allowed: Partial<Record<Packet['cmd'], readonly string[]>> = {
  connect: [
    'sessionExpiryInterval',
    'receiveMaximum',
    'maximumPacketSize',
    'topicAliasMaximum',
    'requestResponseInformation',
    'requestProblemInformation',
    'userProperties',
    'authenticationMethod',
    'authenticationData',
  ],
  publish: [
    'payloadFormatIndicator',
    'messageExpiryInterval',
    'topicAlias',
    'responseTopic',
    'correlationData',
    'userProperties',
    'contentType',
  ],
  subscribe: ['subscriptionIdentifier', 'userProperties'],
  unsubscribe: ['userProperties'],
  puback: ['reasonString', 'userProperties'],
  pubrec: ['reasonString', 'userProperties'],
  pubrel: ['reasonString', 'userProperties'],
  pubcomp: ['reasonString', 'userProperties'],
  disconnect: ['sessionExpiryInterval', 'reasonString', 'userProperties', 'serverReference'],
};

const allowedInWill = [
  'willDelayInterval',
  'payloadFormatIndicator',
  'messageExpiryInterval',
  'contentType',
  'responseTopic',
  'correlationData',
  'userProperties',
];

const neverZero = ['receiveMaximum', 'maximumPacketSize', 'subscriptionIdentifier', 'topicAlias'];

/** Throws a ProtocolError for a property that the packet may not have, has twice, or has with a forbidden value. */
export function checkProperties(packet: Packet): void {
  if ('properties' in packet) checkEach(packet.properties, allowed[packet.cmd] ?? [], packet.cmd);
  if (packet.cmd === 'connect') checkEach(packet.will?.properties, allowedInWill, 'the will');
}

function checkEach(properties: object | undefined, names: readonly string[], where: string): void {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (!names.includes(name)) throw new ProtocolError(reasons.protocolError, `${name} in ${where}`);
    if (name === 'userProperties') {
      checkUserProperties(value as UserProperties, where);
      continue;
    }
    if (Array.isArray(value)) throw new ProtocolError(reasons.protocolError, `${name} twice in ${where}`);
    if (value === null || value === undefined || value === -1) throw malformed(`${name} is cut short in ${where}`);
    if (value === 0 && neverZero.includes(name)) {
      throw new ProtocolError(reasons.protocolError, `${name} is 0 in ${where}`);
    }
    if (typeof value === 'string' && !isText(value)) throw malformed(`${name} is not UTF-8 in ${where}`);
  }
}

function checkUserProperties(properties: UserProperties, where: string): void {
  for (const [name, values] of Object.entries(properties)) {
    for (const text of [name, values].flat()) {
      if (typeof text !== 'string' || !isText(text)) throw malformed(`a user property in ${where}`);
    }
  }
}
