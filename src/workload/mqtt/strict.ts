import { both, type Clause, clause, type Finding, type ProtocolVersion } from './breach.ts';
import { ByteReader } from './byte-reader.ts';
import { type Frame, largestRemainingLength } from './frames.ts';
import { type Carrier, checkProperties } from './properties.ts';

/** What is wrong with one packet by itself, whatever was said before it. */
export type FrameCheck = {
  readonly findings: readonly Finding[];
  /** `ignore`: it means nothing to a client. `close`: what it says cannot be known, and the connection has to be closed. */
  readonly use: 'read' | 'ignore' | 'close';
  /** Where the flags of the fixed header are wrong, the ones that the type has. */
  readonly properFlags: number | undefined;
  /** MQTT 5, in PUBLISH. */
  readonly topicAlias: number | undefined;
};

type Body = { readonly findings: Finding[]; readonly readable: boolean; readonly topicAlias?: number | undefined };
type BodyCheck = (reader: ByteReader, version: ProtocolVersion, firstByte: number) => Body;
type PacketType = {
  readonly name: string;
  /** The flags of its fixed header; undefined where they have a meaning. */
  readonly flags: number | undefined;
  readonly flagsClause?: Clause;
  readonly check: BodyCheck;
};

/** What a server may send, by packet type (MQTT 3.1.1 table 2.1, MQTT 5 table 2-1). */
function typeOf(type: number, version: ProtocolVersion): PacketType | undefined {
  return packetTypes.get(type) ?? (version === 5 ? mqtt5Types.get(type) : undefined);
}

const reserved = clause('MQTT-2.2.2-1', 'MQTT-2.1.3-1');
const pubrelFlags = both('MQTT-3.6.1-1');

const publishCodes = new Set([0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99]);
const releaseCodes = new Set([0x00, 0x92]);
const subackCodes = new Set([0, 1, 2, 0x80, 0x83, 0x87, 0x8f, 0x91, 0x97, 0x9e, 0xa1, 0xa2]);
const unsubackCodes = new Set([0x00, 0x11, 0x80, 0x83, 0x87, 0x8f, 0x91]);
const connectCodes = new Set([
  ...[0x00, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8c, 0x90, 0x95, 0x97, 0x99, 0x9a, 0x9b],
  ...[0x9c, 0x9d, 0x9f],
]);
/** MQTT 5 table 3-13, the rows that a server may send; 0x8c is in table 2-6 only. */
const disconnectCodes = new Set([
  ...[
    0x00, 0x80, 0x81, 0x82, 0x83, 0x87, 0x89, 0x8b, 0x8c, 0x8d, 0x8e, 0x8f, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98,
    0x99,
  ],
  ...[0x9a, 0x9b, 0x9c, 0x9d, 0x9e, 0x9f, 0xa0, 0xa1, 0xa2],
]);

const packetTypes: ReadonlyMap<number, PacketType> = new Map([
  [2, { name: 'CONNACK', flags: 0, check: checkConnack }],
  [3, { name: 'PUBLISH', flags: undefined, check: checkPublish }],
  [4, { name: 'PUBACK', flags: 0, check: acknowledgement('puback', '3.4', publishCodes) }],
  [5, { name: 'PUBREC', flags: 0, check: acknowledgement('pubrec', '3.5', publishCodes) }],
  [6, { name: 'PUBREL', flags: 2, flagsClause: pubrelFlags, check: acknowledgement('pubrel', '3.6', releaseCodes) }],
  [7, { name: 'PUBCOMP', flags: 0, check: acknowledgement('pubcomp', '3.7', releaseCodes) }],
  [9, { name: 'SUBACK', flags: 0, check: checkSuback }],
  [11, { name: 'UNSUBACK', flags: 0, check: checkUnsuback }],
  [13, { name: 'PINGRESP', flags: 0, check: checkPingresp }],
]);

const mqtt5Types: ReadonlyMap<number, PacketType> = new Map([
  [14, { name: 'DISCONNECT', flags: 0, check: checkDisconnect }],
  [15, { name: 'AUTH', flags: 0, check: checkAuth }],
]);

const clientTypes: ReadonlyMap<number, string> = new Map([
  [1, 'CONNECT'],
  [8, 'SUBSCRIBE'],
  [10, 'UNSUBSCRIBE'],
  [12, 'PINGREQ'],
  [14, 'DISCONNECT'],
]);

/** Checks one packet that a server sent, byte by byte. Pure. */
export function checkFrame(frame: Frame, version: ProtocolVersion): FrameCheck {
  const firstByte = frame.bytes[0] ?? 0;
  const flags = firstByte & 0x0f;
  const type = typeOf(firstByte >> 4, version);
  const findings: Finding[] = [];
  if (!isMinimal(frame))
    // MQTT 3.1.1 describes the shortest encoding and does not forbid a longer one.
    findings.push({
      clause: clause(null, 'MQTT-1.5.5-1'),
      what: 'encoded a Remaining Length in more bytes than it needs',
    });
  if (type === undefined) {
    const name = clientTypes.get(firstByte >> 4);
    const what = name
      ? `sent ${name}, which only a client sends`
      : `sent a packet of type ${firstByte >> 4}, which is reserved`;
    findings.push({ clause: clause('2.2.1', '2.1.2'), what });
    return {
      findings: inForce(findings, version),
      use: name === undefined ? 'close' : 'ignore',
      properFlags: undefined,
      topicAlias: undefined,
    };
  }
  const wrongFlags = type.flags !== undefined && flags !== type.flags;
  if (wrongFlags)
    findings.push({
      clause: type.flagsClause ?? reserved,
      what: `sent ${type.name} with the flags ${flags.toString(2).padStart(4, '0')} in its fixed header`,
    });
  const body = type.check(new ByteReader(frame.bytes.subarray(frame.bodyStart)), version, firstByte);
  return {
    findings: inForce([...findings, ...body.findings], version),
    use: body.readable ? 'read' : 'close',
    properFlags: wrongFlags ? type.flags : undefined,
    topicAlias: body.topicAlias,
  };
}

/** The rules of one version only. */
function inForce(findings: readonly Finding[], version: ProtocolVersion): Finding[] {
  return findings.filter(({ clause: { v311, v5 } }) => (version === 5 ? v5 : v311) !== null);
}

function isMinimal({ bytes, bodyStart }: Frame): boolean {
  const value = bytes.length - bodyStart;
  if (value > largestRemainingLength) return false;
  return bodyStart - 1 === (value < 128 ? 1 : value < 16_384 ? 2 : value < 2_097_152 ? 3 : 4);
}

const malformed = (section: Clause | string, what: string): Body => ({
  findings: [{ clause: typeof section === 'string' ? both(section) : section, what }],
  readable: false,
});
const sound: Body = { findings: [], readable: true };

/** Adds the properties, if the version has them and the earlier part could be read. */
function withProperties(reader: ByteReader, version: ProtocolVersion, carrier: Carrier, findings: Finding[]): Body {
  if (version !== 5) return { findings, readable: true };
  const checked = checkProperties(reader, carrier);
  return {
    findings: [...findings, ...checked.findings],
    readable: checked.readable,
    topicAlias: checked.topicAlias,
  };
}

/** Bytes that are left over belong to nothing. */
function nothingMore(body: Body, reader: ByteReader, name: string, section: string): Body {
  if (!body.readable || reader.left === 0) return body;
  const what = `sent ${name} with ${reader.left} bytes behind its last field`;
  return { ...body, findings: [...body.findings, { clause: both(section), what }] };
}

function checkConnack(reader: ByteReader, version: ProtocolVersion): Body {
  const flags = reader.byte();
  const code = reader.byte();
  if (flags === undefined || code === undefined) return malformed('3.2.2', 'sent CONNACK that is cut short');
  if (flags > 1)
    return malformed(clause('3.2.2.1', 'MQTT-3.2.2-1'), 'sent CONNACK with reserved acknowledge flags set');
  const isPresent = flags === 1;
  // A broker without MQTT 5 refuses it in the form of MQTT 3.1.1: no properties, return codes 1 to 5.
  const isOldRefusal = version === 5 && reader.left === 0 && code >= 1 && code <= 5 && !isPresent;
  if (isOldRefusal) return sound;
  const findings: Finding[] = [];
  if (isPresent && code !== 0)
    findings.push({
      clause: clause('MQTT-3.2.2-4', 'MQTT-3.2.2-6'),
      what: `refused the connection with code ${code} and session present 1`,
    });
  if (version === 5 ? !connectCodes.has(code) : code > 5)
    findings.push({
      clause: clause('MQTT-3.2.2-6', 'MQTT-3.2.2-8'),
      what: `sent CONNACK with code ${code}, which does not exist`,
    });
  return nothingMore(
    withProperties(reader, version, 'connack', findings),
    reader,
    'CONNACK',
    version === 5 ? '3.2' : '3.2.1',
  );
}

function checkPublish(reader: ByteReader, version: ProtocolVersion, firstByte: number): Body {
  const qos = (firstByte >> 1) & 3;
  const findings: Finding[] = [];
  if (qos === 3) return malformed('MQTT-3.3.1-4', 'sent PUBLISH with both QoS bits set');
  if (qos === 0 && (firstByte & 8) !== 0)
    findings.push({ clause: both('MQTT-3.3.1-2'), what: 'sent PUBLISH with QoS 0 and DUP set' });
  const topic = reader.text();
  if (topic === undefined) return malformed('MQTT-3.3.2-1', 'sent PUBLISH without a whole topic name');
  findings.push(...topic.findings);
  if (/[+#]/.test(topic.value))
    findings.push({ clause: both('MQTT-3.3.2-2'), what: 'sent PUBLISH with a wildcard in its topic name' });
  if (qos > 0) {
    const id = reader.twoBytes();
    if (id === undefined) return malformed('3.3.2.2', 'sent PUBLISH without a whole packet identifier');
    if (id === 0)
      findings.push({
        clause: clause('MQTT-2.3.1-1', 'MQTT-2.2.1-4'),
        what: `sent PUBLISH with QoS ${qos} and packet identifier 0`,
      });
  }
  const body = withProperties(reader, version, 'publish', findings);
  if (topic.value !== '' || !body.readable) return body;
  if (version === 5 && body.topicAlias !== undefined) return body;
  const empty = { clause: clause('MQTT-4.7.3-1', '3.3.2.1'), what: 'sent PUBLISH with an empty topic name' };
  return { ...body, findings: [...body.findings, empty] };
}

function acknowledgement(carrier: Carrier, section: string, codes: ReadonlySet<number>): BodyCheck {
  const name = carrier.toUpperCase();
  return (reader, version) => {
    const id = reader.twoBytes();
    if (id === undefined) return malformed(`${section}.2`, `sent ${name} without a whole packet identifier`);
    if (version !== 5) return nothingMore(sound, reader, name, `${section}.1`);
    const code = reader.byte() ?? 0;
    if (!codes.has(code))
      return malformed(
        clause(null, `MQTT-${section}.2-1`),
        `sent ${name} with reason code ${hex(code)}, which it does not have`,
      );
    // The Property Length may be left out where there are no properties.
    const body = reader.left === 0 ? sound : withProperties(reader, version, carrier, []);
    return nothingMore(body, reader, name, `${section}.2`);
  };
}

function checkSuback(reader: ByteReader, version: ProtocolVersion): Body {
  if (reader.twoBytes() === undefined) return malformed('3.9.2', 'sent SUBACK without a whole packet identifier');
  const body = withProperties(reader, version, 'suback', []);
  if (!body.readable) return body;
  const codes = [...reader.rest()];
  const unknown = codes.find((code) => (version === 5 ? !subackCodes.has(code) : code > 2 && code !== 0x80));
  if (unknown === undefined) return body;
  return {
    findings: [
      ...body.findings,
      { clause: both('MQTT-3.9.3-2'), what: `sent SUBACK with the code ${hex(unknown)}, which it does not have` },
    ],
    readable: false,
  };
}

function checkUnsuback(reader: ByteReader, version: ProtocolVersion): Body {
  if (reader.twoBytes() === undefined) return malformed('3.11.2', 'sent UNSUBACK without a whole packet identifier');
  if (version !== 5) {
    const body = nothingMore(sound, reader, 'UNSUBACK', '3.11.1');
    // mqtt-packet does not decode one with more bytes.
    return { ...body, readable: body.findings.length === 0 };
  }
  const body = withProperties(reader, version, 'unsuback', []);
  if (!body.readable) return body;
  const unknown = [...reader.rest()].find((code) => !unsubackCodes.has(code));
  if (unknown === undefined) return body;
  const finding = {
    clause: clause(null, 'MQTT-3.11.3-2'),
    what: `sent UNSUBACK with the code ${hex(unknown)}, which it does not have`,
  };
  return { findings: [...body.findings, finding], readable: false };
}

function checkPingresp(reader: ByteReader): Body {
  return nothingMore(sound, reader, 'PINGRESP', '3.13.1');
}

function checkDisconnect(reader: ByteReader, version: ProtocolVersion): Body {
  const code = reader.byte() ?? 0;
  if (!disconnectCodes.has(code))
    return malformed(
      clause(null, 'MQTT-3.14.2-1'),
      `sent DISCONNECT with reason code ${hex(code)}, which a server does not have`,
    );
  const body = reader.left === 0 ? sound : withProperties(reader, version, 'disconnect', []);
  return nothingMore(body, reader, 'DISCONNECT', '3.14.2');
}

function checkAuth(): Body {
  // The client never sends an Authentication Method.
  const what = 'sent AUTH to a client that did not ask for enhanced authentication';
  return { findings: [{ clause: clause(null, 'MQTT-4.12.0-6'), what }], readable: true };
}

function hex(code: number): string {
  return `0x${code.toString(16).padStart(2, '0')}`;
}
