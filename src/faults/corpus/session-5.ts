import type { Random } from '../../base/random.ts';
import type { SessionClass } from './broken-class.ts';
import {
  bytes,
  type PacketType,
  type Part,
  packet,
  packetId,
  payload,
  properties,
  property,
  string,
  topic,
  types,
  u16,
  u32,
  varint,
} from './bytes.ts';
import { dialectOf, flagsOf } from './dialect.ts';
import { mutated } from './mutation.ts';
import { badStrings, notUtf8 } from './strings.ts';

const { unsubscribe, publish } = dialectOf(5);
const in311 = dialectOf(4);

const session = (name: string, breaks: string, make: SessionClass['make']): SessionClass => ({
  name: `v5-${name}`,
  breaks: breaks === 'any' ? breaks : `5.0 ${breaks}`,
  sent: 'session',
  level: 5,
  make,
});

const reasonString = bytes(property.reasonString, 'reason');
const userProperty = (name: Uint8Array, value: Uint8Array): Buffer =>
  bytes(property.userProperty, string(name), string(value));
const named = Buffer.from('name');

/** Every packet that a client sends in a session and that has properties: what stands before them and behind them, and a property that it may not have. */
const places: readonly {
  readonly type: PacketType;
  readonly before: (random: Random) => readonly Part[];
  readonly after: readonly Part[];
  readonly foreign: Buffer;
}[] = [
  {
    type: 'publish',
    before: () => [topic],
    after: [payload],
    foreign: bytes(property.sessionExpiry, u32(1)),
  },
  { type: 'puback', before: (random) => [packetId(random), 0], after: [], foreign: bytes(property.topicAlias, u16(1)) },
  { type: 'pubrec', before: (random) => [packetId(random), 0], after: [], foreign: bytes(property.topicAlias, u16(1)) },
  { type: 'pubrel', before: (random) => [packetId(random), 0], after: [], foreign: bytes(property.topicAlias, u16(1)) },
  {
    type: 'pubcomp',
    before: (random) => [packetId(random), 0],
    after: [],
    foreign: bytes(property.topicAlias, u16(1)),
  },
  { type: 'subscribe', before: (random) => [packetId(random)], after: [topic, 0], foreign: reasonString },
  { type: 'unsubscribe', before: (random) => [packetId(random)], after: [topic], foreign: reasonString },
  { type: 'disconnect', before: () => [0], after: [], foreign: bytes(property.receiveMaximum, u16(1)) },
  { type: 'auth', before: () => [0x19], after: [], foreign: bytes(property.receiveMaximum, u16(1)) },
];

/** What can be wrong with the properties of any packet; the bytes contain their length. */
const brokenProperties: readonly { readonly name: string; readonly breaks: string; readonly content: Buffer }[] = [
  { name: 'property-unknown', breaks: '2.2.2.2', content: properties(property.unknown, 1) },
  { name: 'property-of-the-server', breaks: '2.2.2.2', content: properties(property.assignedClientIdentifier, 'a') },
  { name: 'property-without-value', breaks: '2.2.2.2', content: properties(property.userProperty) },
  { name: 'properties-longer-than-the-packet', breaks: '2.2.2.1', content: varint(10_000) },
  {
    name: 'property-length-of-5-bytes',
    breaks: '1.5.5',
    content: Buffer.from([0xff, 0xff, 0xff, 0xff, 0x01]),
  },
  { name: 'property-length-not-minimal', breaks: 'MQTT-1.5.5-1', content: Buffer.from([0x80, 0x00]) },
  { name: 'property-length-cut-off', breaks: '1.5.5', content: Buffer.from([0xff]) },
  {
    name: 'user-property-cut-off',
    breaks: '1.5.7',
    content: properties(property.userProperty, 'name', u16(500), named),
  },
  {
    name: 'user-property-with-bad-utf8',
    breaks: 'MQTT-1.5.7-1',
    content: properties(userProperty(named, notUtf8)),
  },
  {
    name: 'user-property-with-nul',
    breaks: 'MQTT-1.5.4-2',
    content: properties(userProperty(Buffer.from('\0'), named)),
  },
];

const inEachPlace: readonly SessionClass[] = places.flatMap(({ type, before, after, foreign }) =>
  [...brokenProperties, { name: 'property-of-another-packet', breaks: '2.2.2.2', content: properties(foreign) }].map(
    ({ name, breaks, content }) =>
      session(`${type}-${name}`, breaks, (random) =>
        packet(types[type], flagsOf(type), ...before(random), content, ...after),
      ),
  ),
);

const publishWith = (name: string, breaks: string, own: Buffer, content: Buffer = payload, to = topic): SessionClass =>
  session(`publish-${name}`, breaks, () => packet(types.publish, 0, to, own, content));

/** What a PUBLISH may say only once (5.0: 3.3.2.3). */
const oncePublished: readonly { readonly name: string; readonly section: string; readonly content: Buffer }[] = [
  { name: 'payload-format', section: '3.3.2.3.2', content: bytes(property.payloadFormat, 1) },
  { name: 'message-expiry', section: '3.3.2.3.3', content: bytes(property.messageExpiry, u32(10)) },
  { name: 'topic-alias', section: '3.3.2.3.4', content: bytes(property.topicAlias, u16(1)) },
  { name: 'response-topic', section: '3.3.2.3.5', content: bytes(property.responseTopic, topic) },
  { name: 'correlation-data', section: '3.3.2.3.6', content: bytes(property.correlationData, 'data') },
  { name: 'content-type', section: '3.3.2.3.9', content: bytes(property.contentType, 'text') },
];

const publications: readonly SessionClass[] = [
  ...oncePublished.map(({ name, section, content }) =>
    publishWith(`${name}-twice`, section, properties(content, content)),
  ),
  ...oncePublished.map(({ name, content }) =>
    // Its last byte is missing, so that what follows is read as a part of it.
    publishWith(`${name}-cut-off`, '2.2.2.2', properties(content.subarray(0, -1))),
  ),
  publishWith('payload-format-2', '3.3.2.3.2', properties(property.payloadFormat, 2)),
  publishWith('payload-not-of-its-format', '3.3.2.3.2', properties(property.payloadFormat, 1), notUtf8),
  publishWith('message-expiry-0', '3.3.2.3.3, at its limit', properties(property.messageExpiry, u32(0))),
  publishWith('topic-alias-0', 'MQTT-3.3.2-8', properties(property.topicAlias, u16(0))),
  publishWith('topic-alias-65535', 'MQTT-3.3.2-9', properties(property.topicAlias, u16(65_535))),
  publishWith('topic-alias-unknown', '3.3.4', properties(property.topicAlias, u16(1)), payload, ''),
  publishWith('response-topic-with-wildcard', 'MQTT-3.3.2-14', properties(property.responseTopic, 'chaos-broken/#')),
  publishWith('response-topic-with-plus', 'MQTT-3.3.2-14', properties(property.responseTopic, 'chaos-broken/+')),
  publishWith('response-topic-empty', 'MQTT-4.7.3-1', properties(property.responseTopic, '')),
  publishWith('subscription-identifier', 'MQTT-3.3.4-6', properties(property.subscriptionIdentifier, 1)),
  publishWith('subscription-identifier-0', '3.3.2.3.8', properties(property.subscriptionIdentifier, 0)),
  publishWith(
    'thousand-user-properties',
    '3.3.2.3.7, allowed',
    properties(...Array.from({ length: 1_000 }, () => userProperty(named, named))),
  ),
  ...badStrings.flatMap(({ name, rule, make }) => [
    session(`publish-${name}-in-response-topic`, rule[1], (random) =>
      packet(types.publish, 0, topic, properties(property.responseTopic, string(make(random))), payload),
    ),
    session(`publish-${name}-in-content-type`, rule[1], (random) =>
      packet(types.publish, 0, topic, properties(property.contentType, string(make(random))), payload),
    ),
  ]),
  session('publish-in-the-form-of-3.1.1', '3.3.2.3.1', () => in311.publish(0, topic, undefined)),
  session('publish-of-more-than-the-receive-maximum', 'MQTT-3.3.4-7, where the server takes less', () =>
    bytes(...Array.from({ length: 200 }, (_, i) => publish(0x04, topic, u16(i + 1), payload))),
  ),
];

/** Reason codes that no client may use (5.0: tables 3-4 to 3-7). */
const acknowledgements: readonly SessionClass[] = (
  [
    ['puback', '3.4'],
    ['pubrec', '3.5'],
    ['pubrel', '3.6'],
    ['pubcomp', '3.7'],
  ] as const
).flatMap(([type, section]) => {
  const codes = `MQTT-${section}.2-1`;
  const acknowledge = (name: string, breaks: string, ...rest: readonly Part[]): SessionClass =>
    session(`${type}-${name}`, breaks, (random) => packet(types[type], flagsOf(type), packetId(random), ...rest));
  return [
    acknowledge('reason-code-unknown', codes, 0x01),
    acknowledge('reason-code-of-connack', codes, 0x86, 0),
    acknowledge('reason-code-255', codes, 0xff, 0),
    acknowledge('reason-string-twice', `${section}.2.2.2`, 0, properties(reasonString, reasonString)),
    acknowledge('reason-string-cut-off', '1.5.4', 0, properties(property.reasonString, u16(200), named)),
    acknowledge('reason-string-with-bad-utf8', 'MQTT-1.5.4-1', 0, properties(property.reasonString, string(notUtf8))),
    acknowledge('with-trailing-bytes', `${section}.3`, 0, 0, Buffer.from('more')),
  ];
});

const subscribeWith = (name: string, breaks: string, own: Buffer, ...filters: readonly Part[]): SessionClass =>
  session(`subscribe-${name}`, breaks, (random) => packet(types.subscribe, 2, packetId(random), own, ...filters));

const noLocal = 0x04;
const identifier = (value: Part): Buffer => properties(property.subscriptionIdentifier, value);
const mostIdentifier = Buffer.from([0xff, 0xff, 0xff, 0x7f]);

const badShares: readonly { readonly name: string; readonly breaks: string; readonly filter: string }[] = [
  { name: 'shared-without-name', breaks: 'MQTT-4.8.2-1', filter: '$share//chaos-broken/a' },
  { name: 'shared-without-filter', breaks: 'MQTT-4.8.2-2', filter: '$share/g' },
  { name: 'shared-with-empty-filter', breaks: 'MQTT-4.8.2-2', filter: '$share/g/' },
  { name: 'shared-with-plus-in-name', breaks: 'MQTT-4.8.2-2', filter: '$share/+/chaos-broken/a' },
  { name: 'shared-with-hash-in-name', breaks: 'MQTT-4.8.2-2', filter: '$share/g#/chaos-broken/a' },
  { name: 'shared-alone', breaks: 'MQTT-4.8.2-1', filter: '$share/' },
  { name: 'shared-hash-not-last', breaks: 'MQTT-4.7.1-1', filter: '$share/g/chaos-broken/#/a' },
];

const subscriptions: readonly SessionClass[] = [
  ...[0x40, 0x80].map((bit) => subscribeWith(`reserved-bit-${bit}`, 'MQTT-3.8.3-5', properties(), topic, bit)),
  subscribeWith('retain-handling-3', '3.8.3.1', properties(), topic, 0x30),
  subscribeWith('every-option', 'MQTT-3.8.3-5', properties(), topic, 0xff),
  subscribeWith('second-filter-with-reserved-bits', 'MQTT-3.8.3-5', properties(), topic, 0, `${topic}/b`, 0xc0),
  subscribeWith('no-local-on-a-shared-filter', 'MQTT-3.8.3-4', properties(), '$share/g/chaos-broken/a', noLocal),
  subscribeWith('subscription-identifier-0', '3.8.2.1.2', identifier(0), topic, 0),
  subscribeWith(
    'subscription-identifier-twice',
    '3.8.2.1.2',
    properties(property.subscriptionIdentifier, 1, property.subscriptionIdentifier, 2),
    topic,
    0,
  ),
  subscribeWith(
    'subscription-identifier-of-268435455',
    '3.8.2.1.2, at its limit',
    identifier(mostIdentifier),
    topic,
    0,
  ),
  subscribeWith(
    'subscription-identifier-of-5-bytes',
    '1.5.5',
    identifier(Buffer.from([0x80, 0x80, 0x80, 0x80, 0x01])),
    topic,
    0,
  ),
  subscribeWith('subscription-identifier-not-minimal', 'MQTT-1.5.5-1', identifier(Buffer.from([0x81, 0])), topic, 0),
  subscribeWith('subscription-identifier-cut-off', '1.5.5', identifier(0x81), topic, 0),
  ...badShares.map(({ name, breaks, filter }) => subscribeWith(name, breaks, properties(), filter, 0)),
  session('subscribe-in-the-form-of-3.1.1', '3.8.2.1.1', (random) => in311.subscribe(packetId(random), topic, 0)),
  session('unsubscribe-in-the-form-of-3.1.1', '3.10.2.1', (random) => in311.unsubscribe(packetId(random), topic)),
  session('subscribe-of-2-bytes', '3.8.2.1.1', (random) => packet(types.subscribe, 2, packetId(random))),
  session('unsubscribe-of-2-bytes', '3.10.2.1', (random) => packet(types.unsubscribe, 2, packetId(random))),
  ...badShares.map(({ name, breaks, filter }) =>
    session(`unsubscribe-${name}`, breaks, (random) => unsubscribe(packetId(random), filter)),
  ),
  session('unsubscribe-subscription-identifier', '2.2.2.2', (random) =>
    packet(types.unsubscribe, 2, packetId(random), identifier(1), topic),
  ),
];

const disconnectWith = (name: string, breaks: string, ...body: readonly Part[]): SessionClass =>
  session(`disconnect-${name}`, breaks, () => packet(types.disconnect, 0, ...body));

/** The session was begun with a Session Expiry Interval of 0. A lenient server keeps it for a second. */
const expiry = bytes(property.sessionExpiry, u32(1));

const endings: readonly SessionClass[] = [
  disconnectWith('reason-code-unknown', 'MQTT-3.14.2-1', 0x01),
  disconnectWith('reason-code-255', 'MQTT-3.14.2-1', 0xff, 0),
  disconnectWith('reason-code-of-the-server', '3.14.2.1', 0x8e, 0),
  disconnectWith('reason-code-of-connack', 'MQTT-3.14.2-1', 0x84, 0),
  disconnectWith('session-expiry-after-0', '3.14.2.2.2', 0, properties(expiry)),
  disconnectWith('session-expiry-twice', '3.14.2.2.2', 0, properties(expiry, expiry)),
  disconnectWith('session-expiry-cut-off', '1.5.3', 0, properties(property.sessionExpiry, 0, 0)),
  disconnectWith('server-reference', '3.14.2.2.5', 0x9c, properties(property.serverReference, 'elsewhere')),
  disconnectWith('reason-string-twice', '3.14.2.2.3', 0, properties(reasonString, reasonString)),
  disconnectWith('reason-string-with-bad-utf8', 'MQTT-1.5.4-1', 0, properties(property.reasonString, string(notUtf8))),
  disconnectWith('with-trailing-bytes', '3.14.3', 0, 0, Buffer.from('more')),
];

const authWith = (name: string, breaks: string, ...body: readonly Part[]): SessionClass =>
  session(`auth-${name}`, breaks, () => packet(types.auth, 0, ...body));

const method = bytes(property.authenticationMethod, 'chaos');
const data = bytes(property.authenticationData, 'data');

/** The session was begun without an Authentication Method. */
const authentications: readonly SessionClass[] = [
  session('auth-with-reserved-flags', 'MQTT-3.15.1-1', (random) =>
    packet(types.auth, 1 + random.below(15), 0x19, properties(method)),
  ),
  authWith('without-anything', 'MQTT-4.12.0-7'),
  authWith('of-1-byte', '3.15.2.2.2', 0x18),
  authWith('without-method', '3.15.2.2.2', 0x18, 0),
  authWith('data-without-method', '3.15.2.2.2', 0x18, properties(data)),
  authWith('method-nobody-asked-for', 'MQTT-4.12.0-7', 0x18, properties(method, data)),
  authWith('again-without-method', '3.15.2.2.2', 0x19, 0),
  authWith('again-with-a-method', 'MQTT-4.12.0-7', 0x19, properties(method, data)),
  authWith('success-from-a-client', '3.15.2.1', 0x00, properties(method)),
  authWith('reason-code-unknown', 'MQTT-3.15.2-1', 0x01, properties(method)),
  authWith('method-twice', '3.15.2.2.2', 0x19, properties(method, method)),
  authWith('data-twice', '3.15.2.2.3', 0x19, properties(method, data, data)),
  authWith('method-cut-off', '1.5.4', 0x19, properties(property.authenticationMethod, u16(500), named)),
];

/** Packets of the server, with what the server puts into them. */
const fromTheServer: readonly SessionClass[] = [
  session('connack-with-properties-from-a-client', '2.1.2', () =>
    packet(types.connack, 0, 0, 0, properties(property.topicAliasMaximum, u16(10), property.maximumQos, 1)),
  ),
  session('connack-of-1-byte-from-a-client', '2.1.2', () => packet(types.connack, 0, 0)),
  session('connack-without-anything-from-a-client', '2.1.2', () => packet(types.connack, 0)),
  session('connack-properties-longer-than-the-packet', '2.1.2', () => packet(types.connack, 0, 0, 0, varint(10_000))),
  session('connack-refusal-from-a-client', '2.1.2', () => packet(types.connack, 0, 0, 0x87, 0)),
  session('suback-with-properties-from-a-client', '2.1.2', (random) =>
    packet(types.suback, 0, packetId(random), properties(reasonString), 0),
  ),
  session('unsuback-with-properties-from-a-client', '2.1.2', (random) =>
    packet(types.unsuback, 0, packetId(random), properties(reasonString), 0),
  ),
  session('pingresp-with-body-from-a-client', '2.1.2', () => packet(types.pingresp, 0, 0)),
];

const mutations: readonly SessionClass[] = [
  session(
    'mutated-publish-with-properties',
    'any',
    mutated(() =>
      packet(
        types.publish,
        0,
        topic,
        properties(...oncePublished.filter(({ name }) => name !== 'topic-alias').map(({ content }) => content)),
        payload,
      ),
    ),
  ),
  session(
    'mutated-subscribe-with-properties',
    'any',
    mutated((random) =>
      packet(types.subscribe, 2, packetId(random), properties(property.subscriptionIdentifier, 7), topic, 1),
    ),
  ),
  session(
    'mutated-puback-with-properties',
    'any',
    mutated((random) => packet(types.puback, 0, packetId(random), 0, properties(reasonString))),
  ),
  session(
    'mutated-pubrec-with-properties',
    'any',
    mutated((random) => packet(types.pubrec, 0, packetId(random), 0x80, properties(reasonString))),
  ),
  session(
    'mutated-disconnect-with-properties',
    'any',
    mutated(() => packet(types.disconnect, 0, 4, properties(reasonString))),
  ),
  session(
    'mutated-auth',
    'any',
    mutated(() => packet(types.auth, 0, 0x19, properties(method, data))),
  ),
  session(
    'mutated-connack',
    'any',
    mutated(() => packet(types.connack, 0, 0, 0, properties(property.topicAliasMaximum, u16(10)))),
  ),
];

/** What is wrong in a session of MQTT 5 and unknown to MQTT 3.1.1. */
export const sessionOf5: readonly SessionClass[] = [
  ...inEachPlace,
  ...publications,
  ...acknowledgements,
  ...subscriptions,
  ...endings,
  ...authentications,
  ...fromTheServer,
  ...mutations,
];
