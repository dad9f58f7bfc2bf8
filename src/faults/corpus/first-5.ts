import type { FirstClass } from './broken-class.ts';
import {
  bytes,
  cleanSession,
  packet,
  packetId,
  payload,
  properties,
  property,
  topic,
  types,
  u16,
  u32,
  varint,
  willFlag,
} from './bytes.ts';
import { dialectOf } from './dialect.ts';
import { connect } from './first.ts';
import { notUtf8 } from './strings.ts';

const { publish, subscribe } = dialectOf(5);

const first = (name: string, breaks: string, make: FirstClass['make']): FirstClass => ({
  name: `v5-${name}`,
  breaks: `5.0 ${breaks}`,
  sent: 'first',
  make,
});

/** A CONNECT with properties, their length before them. */
const connectWith = (name: string, breaks: string, own: Buffer): FirstClass =>
  first(`connect-${name}`, breaks, (random) => connect(random, 5, { properties: own }));

/** A CONNECT with a will whose properties, their length before them, are these. */
const willWith = (name: string, breaks: string, own: Buffer, message: Buffer = Buffer.from('will')): FirstClass =>
  first(`will-${name}`, breaks, (random) =>
    connect(random, 5, { flags: cleanSession | willFlag, rest: [own, topic, bytes(u16(message.length), message)] }),
  );

const userProperty = (name: Buffer, value: Buffer): Buffer =>
  bytes(property.userProperty, u16(name.length), name, u16(value.length), value);

const named = Buffer.from('name');

/** What a CONNECT may say only once (5.0: 3.1.2.11). */
const once: readonly { readonly name: string; readonly section: string; readonly content: Buffer }[] = [
  { name: 'session-expiry', section: '3.1.2.11.2', content: bytes(property.sessionExpiry, u32(1)) },
  { name: 'receive-maximum', section: '3.1.2.11.3', content: bytes(property.receiveMaximum, u16(10)) },
  { name: 'maximum-packet-size', section: '3.1.2.11.4', content: bytes(property.maximumPacketSize, u32(1_000)) },
  { name: 'topic-alias-maximum', section: '3.1.2.11.5', content: bytes(property.topicAliasMaximum, u16(10)) },
  {
    name: 'request-response-information',
    section: '3.1.2.11.6',
    content: bytes(property.requestResponseInformation, 1),
  },
  { name: 'request-problem-information', section: '3.1.2.11.7', content: bytes(property.requestProblemInformation, 1) },
  { name: 'authentication-method', section: '3.1.2.11.9', content: bytes(property.authenticationMethod, 'chaos') },
];

/** What a will may say only once (5.0: 3.1.3.2). */
const onceInWill: typeof once = [
  { name: 'delay', section: '3.1.3.2.2', content: bytes(property.willDelay, u32(0)) },
  { name: 'payload-format', section: '3.1.3.2.3', content: bytes(property.payloadFormat, 1) },
  { name: 'message-expiry', section: '3.1.3.2.4', content: bytes(property.messageExpiry, u32(10)) },
  { name: 'content-type', section: '3.1.3.2.5', content: bytes(property.contentType, 'text') },
  { name: 'response-topic', section: '3.1.3.2.6', content: bytes(property.responseTopic, topic) },
  { name: 'correlation-data', section: '3.1.3.2.7', content: bytes(property.correlationData, 'data') },
];

/** First bytes that MQTT 5 forbids and MQTT 3.1.1 does not know. */
export const firstOf5: readonly FirstClass[] = [
  // The properties of CONNECT.
  connectWith('without-properties', '3.1.2.11.1', Buffer.alloc(0)),
  connectWith('property-unknown', '2.2.2.2', properties(property.unknown, 1)),
  connectWith('property-of-another-packet', '2.2.2.2', properties(property.topicAlias, u16(1))),
  connectWith('property-identifier-of-2-bytes', '2.2.2.2', properties(0x91, 0x00, u32(0))),
  connectWith('properties-longer-than-the-packet', '2.2.2.1', varint(10_000)),
  connectWith('property-length-of-5-bytes', '1.5.5', Buffer.from([0xff, 0xff, 0xff, 0xff, 0x01])),
  connectWith('property-length-not-minimal', 'MQTT-1.5.5-1', Buffer.from([0x80, 0x00])),
  connectWith('property-without-value', '2.2.2.2', properties(property.receiveMaximum)),
  connectWith('integer-cut-off', '1.5.3', properties(property.sessionExpiry, 0, 0)),
  connectWith('string-cut-off', '1.5.4', properties(property.authenticationMethod, u16(200), named)),
  connectWith('user-property-without-value', '1.5.7', properties(property.userProperty, 'name')),
  connectWith('user-property-with-bad-utf8', 'MQTT-1.5.7-1', properties(userProperty(named, notUtf8))),
  connectWith('user-property-with-nul', 'MQTT-1.5.4-2', properties(userProperty(Buffer.from('\0'), named))),
  ...once.map(({ name, section, content }) => connectWith(`${name}-twice`, section, properties(content, content))),
  connectWith('receive-maximum-0', '3.1.2.11.3', properties(property.receiveMaximum, u16(0))),
  connectWith('maximum-packet-size-0', '3.1.2.11.4', properties(property.maximumPacketSize, u32(0))),
  connectWith('maximum-packet-size-1', '3.1.2.11.4, at its limit', properties(property.maximumPacketSize, u32(1))),
  connectWith('request-response-information-2', '3.1.2.11.6', properties(property.requestResponseInformation, 2)),
  connectWith('request-problem-information-2', '3.1.2.11.7', properties(property.requestProblemInformation, 2)),
  connectWith(
    'authentication-data-without-method',
    '3.1.2.11.10',
    properties(property.authenticationData, u16(4), named),
  ),
  connectWith(
    'authentication-data-cut-off',
    '1.5.6',
    properties(property.authenticationMethod, 'chaos', property.authenticationData, u16(500), named),
  ),
  connectWith('authentication-method-empty', '3.1.2.11.9, at its limit', properties(property.authenticationMethod, '')),
  first('connect-in-the-form-of-3.1.1', '3.1.2.11.1', (random) => {
    const made = connect(random, 4);
    made[8] = 5;
    return made;
  }),
  // The properties of a will.
  willWith('without-properties', 'MQTT-3.1.2-9', Buffer.alloc(0)),
  willWith('property-unknown', '2.2.2.2', properties(property.unknown, 1)),
  willWith('property-of-another-packet', '2.2.2.2', properties(property.topicAlias, u16(1))),
  willWith('properties-longer-than-the-packet', '2.2.2.1', varint(10_000)),
  willWith('property-length-of-5-bytes', '1.5.5', Buffer.from([0xff, 0xff, 0xff, 0xff, 0x01])),
  ...onceInWill.map(({ name, section, content }) => willWith(`${name}-twice`, section, properties(content, content))),
  willWith('payload-format-2', '3.1.3.2.3', properties(property.payloadFormat, 2)),
  willWith('payload-not-of-its-format', '3.1.3.2.3', properties(property.payloadFormat, 1), notUtf8),
  willWith('response-topic-with-wildcard', 'MQTT-4.7.0-1', properties(property.responseTopic, 'chaos-broken/#')),
  willWith('content-type-with-bad-utf8', 'MQTT-1.5.4-1', properties(property.contentType, u16(3), notUtf8)),
  // Packets at the wrong time.
  first('auth-before-connect', 'MQTT-3.1.0-1', () => packet(types.auth, 0, 0x18, 0)),
  first('publish-before-connect', 'MQTT-3.1.0-1', () => publish(0, topic, undefined, payload)),
  first('packet-while-authenticating', 'MQTT-3.1.2-30', (random) =>
    bytes(
      connect(random, 5, { properties: properties(property.authenticationMethod, 'chaos') }),
      subscribe(packetId(random), topic, 0),
    ),
  ),
  first('auth-at-once-that-nobody-asked-for', 'MQTT-4.12.0-7', (random) =>
    bytes(connect(random, 5), packet(types.auth, 0, 0x18, 0)),
  ),
];
