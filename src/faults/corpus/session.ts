import { clauseAt, nameAt, type Rule, type SessionClass } from './broken-class.ts';
import {
  bytes,
  type PacketType,
  packet,
  packetId,
  payload,
  prefix,
  someBytes,
  string,
  topic,
  types,
  u16,
  varint,
} from './bytes.ts';
import { bodyOf, type Dialect, flagsOf } from './dialect.ts';
import { connect } from './first.ts';
import { mutated } from './mutation.ts';
import { badStrings } from './strings.ts';

type Session = (name: string, rule: Rule, make: SessionClass['make']) => SessionClass;

/** What is wrong in a session of either level: every one of these is sent in a session of MQTT 3.1.1 and in one of MQTT 5. */
export function sessionAt(dialect: Dialect): SessionClass[] {
  const { level } = dialect;
  const session: Session = (name, rule, make) => ({
    name: nameAt(level, name),
    breaks: clauseAt(level, rule),
    sent: 'session',
    level,
    make,
  });
  return [fixedHeaders, strings, publications, acknowledgements, subscriptions, outOfPlace, mutations].flatMap((part) =>
    part(dialect, session),
  );
}

const reservedFlags: readonly { readonly type: PacketType; readonly rule: Rule }[] = [
  { type: 'puback', rule: ['MQTT-2.2.2-2', 'MQTT-2.1.3-1'] },
  { type: 'pubrec', rule: ['MQTT-2.2.2-2', 'MQTT-2.1.3-1'] },
  { type: 'pubrel', rule: ['MQTT-3.6.1-1', 'MQTT-3.6.1-1'] },
  { type: 'pubcomp', rule: ['MQTT-2.2.2-2', 'MQTT-2.1.3-1'] },
  { type: 'subscribe', rule: ['MQTT-3.8.1-1', 'MQTT-3.8.1-1'] },
  { type: 'unsubscribe', rule: ['MQTT-3.10.1-1', 'MQTT-3.10.1-1'] },
  { type: 'pingreq', rule: ['MQTT-2.2.2-2', 'MQTT-2.1.3-1'] },
  { type: 'disconnect', rule: ['MQTT-3.14.1-1', 'MQTT-3.14.1-1'] },
];

function fixedHeaders(dialect: Dialect, session: Session): SessionClass[] {
  const { publish } = dialect;
  return [
    session('packet-type-0', ['2.2.1', '2.1.2'], (random) => packet(0, 0, someBytes(random, random.below(16)))),
    // In MQTT 5 it is AUTH.
    session('packet-type-15', ['2.2.1', 'MQTT-4.12.0-7'], (random) =>
      packet(15, 0, someBytes(random, random.below(16))),
    ),
    ...reservedFlags.map(({ type, rule }) =>
      session(`${type}-with-reserved-flags`, rule, (random) =>
        packet(types[type], flagsOf(type) ^ (1 + random.below(15)), ...bodyOf(type, dialect, random)),
      ),
    ),
    session('remaining-length-overlong', ['2.2.3, inside its limit', 'MQTT-1.5.5-1'], () =>
      Buffer.from([types.pingreq << 4, 0x80, 0x80, 0x00]),
    ),
    session('remaining-length-of-5-bytes-in-a-session', ['2.2.3', '1.5.5'], () =>
      Buffer.from([types.publish << 4, 0xff, 0xff, 0xff, 0xff, 0x01]),
    ),
    session('remaining-length-beyond-the-content', ['2.2.3', '2.1.4'], (random) =>
      bytes(types.publish << 4, varint(topic.length + 2 + 1 + random.below(100_000)), topic),
    ),
    session('remaining-length-of-256-MiB', ['2.2.3', '2.1.4'], (random) =>
      bytes(types.publish << 4, Buffer.from([0xff, 0xff, 0xff, 0x7f]), topic, someBytes(random, 150)),
    ),
    session('remaining-length-short-of-the-content', ['2.2.3', '2.1.4'], (random) => {
      const made = publish(0, topic, undefined, someBytes(random, 32));
      made[1] = 2 + random.below(12);
      return made;
    }),
    session('garbage-in-a-session', ['2.2', '2.1'], (random) => bytes(0, someBytes(random, 1 + random.below(150)))),
  ];
}

function strings({ publish, subscribe, unsubscribe }: Dialect, session: Session): SessionClass[] {
  return badStrings.flatMap(({ name, rule, make }) => [
    session(`${name}-in-topic`, rule, (random) => publish(0, string(make(random)), undefined, payload)),
    session(`${name}-in-filter`, rule, (random) => subscribe(packetId(random), string(make(random)), 0)),
    session(`${name}-in-unsubscription`, rule, (random) => unsubscribe(packetId(random), string(make(random)))),
  ]);
}

const largePayload = Buffer.alloc(262_144, 'a');

function publications({ publish }: Dialect, session: Session): SessionClass[] {
  return [
    session('publish-qos-3', ['MQTT-3.3.1-4', 'MQTT-3.3.1-4'], (random) =>
      publish(0x06, topic, packetId(random), payload),
    ),
    session('publish-dup-at-qos-0', ['MQTT-3.3.1-2', 'MQTT-3.3.1-2'], () => publish(0x08, topic, undefined, payload)),
    session('publish-packet-id-0', ['MQTT-2.3.1-1', 'MQTT-2.2.1-3'], () => publish(0x02, topic, u16(0), payload)),
    session('publish-qos-2-packet-id-0', ['MQTT-2.3.1-1', 'MQTT-2.2.1-3'], () => publish(0x04, topic, u16(0), payload)),
    session('publish-without-packet-id', ['MQTT-2.3.1-1', 'MQTT-2.2.1-3'], () => packet(types.publish, 0x02, topic)),
    session('publish-to-wildcard', ['MQTT-3.3.2-2', 'MQTT-3.3.2-2'], (random) =>
      publish(0, random.below(2) === 0 ? 'chaos-broken/+' : 'chaos-broken/#', undefined, payload),
    ),
    session('publish-to-empty-topic', ['MQTT-4.7.3-1', '3.3.2.1'], () => publish(0, '', undefined, payload)),
    session('publish-without-topic', ['MQTT-3.3.2-1', 'MQTT-3.3.2-1'], () => packet(types.publish, 0)),
    session('publish-with-half-a-topic-length', ['MQTT-3.3.2-1', 'MQTT-3.3.2-1'], () => packet(types.publish, 0, 0)),
    session('publish-topic-longer-than-the-packet', ['1.5.3', '1.5.4'], () =>
      packet(types.publish, 0, u16(65_535), Buffer.from('chaos-broken')),
    ),
    session('publish-to-topic-of-65535-bytes', ['4.7.3, at its limit', '4.7.3, at its limit'], () =>
      publish(0, string(Buffer.from(prefix.padEnd(65_535, 'a'))), undefined),
    ),
    session('publish-to-topic-of-20000-levels', ['4.7.3, at its limit', '4.7.3, at its limit'], () =>
      publish(0, `chaos-broken${'/'.repeat(20_000)}`, undefined),
    ),
    session('publish-of-256-KiB', ['2.2.3, inside its limit', '2.1.4, inside its limit'], () =>
      publish(0, topic, undefined, largePayload),
    ),
    session('publish-of-one-id-twice', ['MQTT-2.3.1-2', 'MQTT-2.2.1-3'], () =>
      bytes(publish(0x04, topic, u16(7), payload), publish(0x04, `${topic}/b`, u16(7), payload)),
    ),
  ];
}

const acknowledgementTypes = [
  { type: 'puback', section: '3.4.2', exchange: '4.3.2' },
  { type: 'pubrec', section: '3.5.2', exchange: '4.3.3' },
  { type: 'pubrel', section: '3.6.2', exchange: '4.3.3' },
  { type: 'pubcomp', section: '3.7.2', exchange: '4.3.3' },
] as const;

function acknowledgements(_: Dialect, session: Session): SessionClass[] {
  return acknowledgementTypes.flatMap(({ type, section, exchange }) => [
    session(`${type}-for-unknown-id`, [exchange, exchange], (random) =>
      packet(types[type], flagsOf(type), packetId(random)),
    ),
    session(`${type}-for-id-0`, ['2.3.1', '2.2.1'], () => packet(types[type], flagsOf(type), u16(0))),
    session(`${type}-without-id`, [section, section], () => packet(types[type], flagsOf(type))),
    session(`${type}-of-1-byte`, [section, section], () => packet(types[type], flagsOf(type), 1)),
  ]);
}

function subscriptions({ level, none, subscribe, unsubscribe }: Dialect, session: Session): SessionClass[] {
  return [
    session('subscribe-without-filter', ['MQTT-3.8.3-3', 'MQTT-3.8.3-2'], (random) => subscribe(packetId(random))),
    session('subscribe-without-anything', ['3.8.2', '3.8.2'], () => packet(types.subscribe, 2)),
    session('subscribe-of-1-byte', ['3.8.2', '3.8.2'], () => packet(types.subscribe, 2, 1)),
    session('subscribe-packet-id-0', ['MQTT-2.3.1-1', 'MQTT-2.2.1-3'], () => subscribe(u16(0), topic, 0)),
    session('subscribe-empty-filter', ['MQTT-4.7.3-1', 'MQTT-4.7.3-1'], (random) => subscribe(packetId(random), '', 0)),
    session('subscribe-qos-3', ['MQTT-3.8.3-4', '3.8.3.1'], (random) => subscribe(packetId(random), topic, 3)),
    session('subscribe-reserved-bits', ['MQTT-3.8.3-4', 'MQTT-3.8.3-5'], (random) =>
      subscribe(packetId(random), topic, level === 4 ? (1 + random.below(63)) << 2 : (1 + random.below(3)) << 6),
    ),
    session('subscribe-without-qos', ['3.8.3', '3.8.3'], (random) => subscribe(packetId(random), topic)),
    session('subscribe-second-filter-without-qos', ['3.8.3', '3.8.3'], (random) =>
      subscribe(packetId(random), topic, 0, `${topic}/b`),
    ),
    session('subscribe-filter-longer-than-the-packet', ['1.5.3', '1.5.4'], (random) =>
      subscribe(packetId(random), u16(65_535), Buffer.from('chaos-broken')),
    ),
    session('subscribe-hash-not-last', ['MQTT-4.7.1-2', 'MQTT-4.7.1-1'], (random) =>
      subscribe(packetId(random), 'chaos-broken/#/a', 0),
    ),
    session('subscribe-hash-in-a-word', ['MQTT-4.7.1-2', 'MQTT-4.7.1-1'], (random) =>
      subscribe(packetId(random), 'chaos-broken/a#', 0),
    ),
    session('subscribe-plus-in-a-word', ['MQTT-4.7.1-3', 'MQTT-4.7.1-2'], (random) =>
      subscribe(packetId(random), 'chaos-broken/a+', 0),
    ),
    session('subscribe-to-20000-levels', ['4.7.3, at its limit', '4.7.3, at its limit'], (random) =>
      subscribe(packetId(random), `chaos-broken${'/+'.repeat(20_000)}`, 0),
    ),
    session('unsubscribe-without-filter', ['MQTT-3.10.3-2', 'MQTT-3.10.3-2'], (random) =>
      unsubscribe(packetId(random)),
    ),
    session('unsubscribe-without-anything', ['3.10.2', '3.10.2'], () => packet(types.unsubscribe, 2)),
    session('unsubscribe-of-1-byte', ['3.10.2', '3.10.2'], () => packet(types.unsubscribe, 2, 1)),
    session('unsubscribe-packet-id-0', ['MQTT-2.3.1-1', 'MQTT-2.2.1-3'], () => unsubscribe(u16(0), topic)),
    session('unsubscribe-empty-filter', ['MQTT-4.7.3-1', 'MQTT-4.7.3-1'], (random) =>
      unsubscribe(packetId(random), ''),
    ),
    session('unsubscribe-filter-longer-than-the-packet', ['1.5.3', '1.5.4'], (random) =>
      packet(types.unsubscribe, 2, packetId(random), none, u16(65_535), Buffer.from('chaos-broken')),
    ),
  ];
}

/** Packets with a body that they may not have, at the wrong time, or that only servers send. */
function outOfPlace({ level, none, publish }: Dialect, session: Session): SessionClass[] {
  return [
    session('second-connect', ['MQTT-3.1.0-2', 'MQTT-3.1.0-2'], (random) => connect(random, level)),
    session('publish-after-disconnect', ['MQTT-3.14.4-2', 'MQTT-3.14.4-1'], () =>
      bytes(packet(types.disconnect, 0), publish(0, topic, undefined, payload)),
    ),
    session('pingreq-with-body', ['3.12', '3.12'], (random) =>
      packet(types.pingreq, 0, someBytes(random, 1 + random.below(32))),
    ),
    session('connack-from-a-client', ['2.2.1', '2.1.2'], () => packet(types.connack, 0, 0, 0, none)),
    session('suback-from-a-client', ['2.2.1', '2.1.2'], (random) => packet(types.suback, 0, packetId(random), none, 0)),
    session('unsuback-from-a-client', ['2.2.1', '2.1.2'], (random) =>
      packet(types.unsuback, 0, packetId(random), none),
    ),
    session('pingresp-from-a-client', ['2.2.1', '2.1.2'], () => packet(types.pingresp, 0)),
  ];
}

function mutations({ publish, subscribe, unsubscribe }: Dialect, session: Session): SessionClass[] {
  const change = (name: string, packetOf: SessionClass['make']): SessionClass =>
    session(`mutated-${name}`, ['any', 'any'], mutated(packetOf));
  return [
    change('publish', (random) => publish(0x02, topic, packetId(random), payload)),
    change('subscribe', (random) => subscribe(packetId(random), topic, 1)),
    change('unsubscribe', (random) => unsubscribe(packetId(random), topic)),
    change('pubrel', (random) => packet(types.pubrel, 2, packetId(random))),
  ];
}
