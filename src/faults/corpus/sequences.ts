import type { Random } from '../../base/random.ts';
import {
  clauseAt,
  type Level,
  nameAt,
  type Opening,
  type Party,
  type Rule,
  type SequenceClass,
  type Step,
} from './broken-class.ts';
import {
  bytes,
  clientId,
  deliveredId,
  type Part,
  packet,
  packetId,
  payload,
  prefix,
  properties,
  property,
  string,
  topic,
  types,
  u16,
  u32,
} from './bytes.ts';
import { type Dialect, dialectOf } from './dialect.ts';
import { connect } from './first.ts';
import { badStrings, notUtf8 } from './strings.ts';

const open = (by: Party, level: Level, opening: Omit<Opening, 'level'> = {}): Step => ({
  by,
  does: 'open',
  opening: { level, ...opening },
});
const send = (by: Party, what: Buffer | ((heard: Buffer) => Buffer)): Step => ({ by, does: 'send', bytes: what });
const wait = (by: Party): Step => ({ by, does: 'wait' });
const cut = (by: Party): Step => ({ by, does: 'cut' });

/** A topic of this one sequence, so that others that run beside it do not answer. */
function ownTopic(random: Random): string {
  return `${prefix}${random.below(0x1_0000_0000).toString(16)}`;
}

/** Deletes a retained message [MQTT-3.3.1-10; 5.0: MQTT-3.3.1-6]. */
const forget = (by: Party, { publish }: Dialect, to: string): Step => send(by, publish(0x01, to, undefined));

/** `a` is subscribed to `filter`, `b` is connected. */
function subscribed({ level, subscribe }: Dialect, filter: Part, options: number, opening = {}): Step[] {
  return [open('a', level, opening), send('a', subscribe(u16(1), filter, options)), wait('a'), open('b', level)];
}

type Sequence = (name: string, rule: Rule, steps: SequenceClass['steps'], retains?: 'retains') => SequenceClass;

/** Two clients at each level: one subscribes, is taken over, or leaves a will, and one of them sends what is wrong or at a limit. */
export function sequencesAt(dialect: Dialect): SequenceClass[] {
  const { level } = dialect;
  const sequence: Sequence = (name, rule, steps, retains) => ({
    name: nameAt(level, `pair-${name}`),
    breaks: clauseAt(level, rule),
    sent: 'sequence',
    level,
    steps,
    ...(retains === undefined ? {} : { retains: true }),
  });
  return [publishedToSubscriber, answered, takenOver, wills, retained].flatMap((part) => part(dialect, sequence));
}

function publishedToSubscriber(dialect: Dialect, sequence: Sequence): SequenceClass[] {
  const { publish, subscribe, unsubscribe, level } = dialect;
  return [
    ...badStrings.map(({ name, rule, make }) =>
      sequence(`${name}-in-topic-to-a-subscriber`, rule, (random) => [
        ...subscribed(dialect, 'chaos-broken/#', 0),
        send('b', publish(0, string(make(random)), undefined, payload)),
      ]),
    ),
    sequence('publish-qos-3-to-a-subscriber', ['MQTT-3.3.1-4', 'MQTT-3.3.1-4'], (random) => {
      const to = ownTopic(random);
      return [...subscribed(dialect, to, 2), send('b', publish(0x06, to, packetId(random), payload))];
    }),
    sequence('publish-to-wildcard-that-is-subscribed', ['MQTT-3.3.2-2', 'MQTT-3.3.2-2'], () => [
      ...subscribed(dialect, 'chaos-broken/+', 1),
      send('b', publish(0x02, 'chaos-broken/+', u16(1), payload)),
    ]),
    sequence('publish-to-the-name-of-a-share', ['MQTT-3.3.2-2', 'MQTT-3.3.2-2'], () => [
      ...subscribed(dialect, '$share/g/chaos-broken/#', 1),
      send('b', publish(0x02, '$share/g/chaos-broken/#', u16(1), payload)),
    ]),
    sequence('topic-of-65535-bytes-to-a-subscriber', ['4.7.3, at its limit', '4.7.3, at its limit'], () => [
      ...subscribed(dialect, 'chaos-broken/#', 0),
      send('b', publish(0, string(Buffer.from(prefix.padEnd(65_535, 'a'))), undefined)),
    ]),
    sequence('thousand-levels-to-a-subscriber', ['4.7.1, allowed', '4.7.1, allowed'], () => [
      ...subscribed(dialect, `chaos-broken${'/+'.repeat(1_000)}`, 0),
      send('b', publish(0, `chaos-broken${'/a'.repeat(1_000)}`, undefined, payload)),
    ]),
    sequence('message-to-a-subscriber-that-is-cut-off', ['4.3.2, allowed', '4.3.2, allowed'], (random) => {
      const to = ownTopic(random);
      const large = Buffer.alloc(100_000, 'a');
      return [
        ...subscribed(dialect, to, 1),
        send('b', bytes(...[1, 2, 3].map((id) => publish(0x02, to, u16(id), large)))),
        cut('a'),
        send('b', publish(0x02, to, u16(4), payload)),
      ];
    }),
    sequence('two-hundred-subscriptions-to-one-message', ['3.3.5, allowed', '3.3.4, allowed'], (random) => {
      const to = ownTopic(random);
      const filters = Array.from({ length: 200 }, (_, i) => [i % 2 === 0 ? to : `${to}/#`, i % 3]).flat();
      return [
        open('a', level),
        send('a', subscribe(u16(1), ...filters)),
        wait('a'),
        open('b', level),
        send('b', publish(0x02, to, u16(1), payload)),
      ];
    }),
    sequence('unsubscribe-without-filter-during-delivery', ['MQTT-3.10.3-2', 'MQTT-3.10.3-2'], (random) => {
      const to = ownTopic(random);
      return [
        ...subscribed(dialect, to, 1),
        send('b', bytes(...[1, 2, 3].map((id) => publish(0x02, to, u16(id), payload)))),
        send('a', unsubscribe(packetId(random))),
      ];
    }),
    sequence('publish-cut-off-behind-its-topic', ['2.2.3', '2.1.4'], (random) => {
      const to = ownTopic(random);
      return [
        ...subscribed(dialect, to, 0),
        send('b', publish(0, to, undefined, payload).subarray(0, -payload.length)),
        cut('b'),
        send('a', packet(types.pingreq, 0)),
      ];
    }),
  ];
}

/** A subscriber gets a message and answers with what it may not. */
function answered(dialect: Dialect, sequence: Sequence): SequenceClass[] {
  const { publish, none } = dialect;
  const answer = (name: string, rule: Rule, qos: 1 | 2, reply: (id: Buffer) => Buffer): SequenceClass =>
    sequence(name, rule, (random) => {
      const to = ownTopic(random);
      return [
        ...subscribed(dialect, to, qos),
        send('b', publish(qos << 1, to, u16(1), payload)),
        // PUBREC: a message of QoS 2 is delivered by then, or with PUBREL.
        ...(qos === 2 ? [wait('b'), send('b', packet(types.pubrel, 2, u16(1)))] : []),
        wait('a'),
        send('a', (heard) => reply(deliveredId(heard))),
      ];
    });
  const next = (id: Buffer): Buffer => u16((id.readUInt16BE(0) % 65_535) + 1);
  return [
    answer('puback-of-another-id', ['MQTT-2.3.1-6', 'MQTT-2.2.1-5'], 1, (id) => packet(types.puback, 0, next(id))),
    answer('puback-twice', ['4.3.2', '4.3.2'], 1, (id) =>
      bytes(packet(types.puback, 0, id), packet(types.puback, 0, id)),
    ),
    answer('puback-of-1-byte', ['3.4.2', '3.4.2'], 1, () => packet(types.puback, 0, 0)),
    answer('puback-with-reserved-flags', ['MQTT-2.2.2-2', 'MQTT-2.1.3-1'], 1, (id) => packet(types.puback, 9, id)),
    answer('pubrec-for-qos-1', ['MQTT-4.3.2-2', 'MQTT-4.3.2-4'], 1, (id) => packet(types.pubrec, 0, id)),
    answer('pubcomp-for-qos-1', ['MQTT-4.3.2-2', 'MQTT-4.3.2-4'], 1, (id) => packet(types.pubcomp, 0, id)),
    answer('suback-for-a-message', ['2.2.1', '2.1.2'], 1, (id) => packet(types.suback, 0, id, none, 1)),
    answer('connack-for-a-message', ['2.2.1', '2.1.2'], 1, () => packet(types.connack, 0, 0, 0, none)),
    answer('puback-for-qos-2', ['MQTT-4.3.3-2', 'MQTT-4.3.3-8'], 2, (id) => packet(types.puback, 0, id)),
    answer('pubcomp-before-pubrel', ['MQTT-4.3.3-2', 'MQTT-4.3.3-8'], 2, (id) => packet(types.pubcomp, 0, id)),
    answer('pubrel-from-the-receiver', ['MQTT-4.3.3-2', 'MQTT-4.3.3-8'], 2, (id) => packet(types.pubrel, 2, id)),
    answer('pubrec-of-1-byte', ['3.5.2', '3.5.2'], 2, () => packet(types.pubrec, 0, 0)),
    answer('pubrec-twice', ['4.3.3', '4.3.3'], 2, (id) =>
      bytes(packet(types.pubrec, 0, id), packet(types.pubrec, 0, id)),
    ),
  ];
}

function takenOver(dialect: Dialect, sequence: Sequence): SequenceClass[] {
  const { level, publish, subscribe } = dialect;
  return [
    sequence('second-connect-with-the-id-of-another', ['MQTT-3.1.0-2', 'MQTT-3.1.0-2'], (random) => {
      const id = clientId(random);
      return [
        open('a', level, { clientId: id }),
        open('b', level),
        send('b', connect(random, level, { clientId: id })),
      ];
    }),
    sequence('takeover-then-subscribe-without-filter', ['MQTT-3.8.3-3', 'MQTT-3.8.3-2'], (random) => {
      const id = clientId(random);
      return [
        open('a', level, { clientId: id }),
        send('a', subscribe(u16(1), topic, 1)),
        wait('a'),
        open('b', level, { clientId: id }),
        send('b', subscribe(u16(1))),
      ];
    }),
    sequence('takeover-in-the-middle-of-a-packet', ['MQTT-3.1.4-2, allowed', 'MQTT-3.1.4-3, allowed'], (random) => {
      const id = clientId(random);
      const whole = publish(0x02, ownTopic(random), u16(1), payload);
      return [
        open('a', level, { clientId: id }),
        send('a', whole.subarray(0, 9)),
        open('b', level, { clientId: id }),
        send('a', whole.subarray(9)),
        send('b', packet(types.pingreq, 0)),
      ];
    }),
    sequence('pubrel-of-the-connection-that-was-taken-over', ['4.3.3', '4.3.3'], (random) => {
      const id = clientId(random);
      return [
        open('a', level, { clientId: id }),
        send('a', publish(0x04, ownTopic(random), u16(1), payload)),
        wait('a'),
        // A new session: the old packet identifier means nothing to it.
        open('b', level, { clientId: id }),
        send('b', packet(types.pubrel, 2, u16(1))),
      ];
    }),
    sequence('kept-session-of-a-malformed-subscriber', ['MQTT-3.8.3-3', 'MQTT-3.8.3-2'], (random) => {
      const id = clientId(random);
      const to = ownTopic(random);
      return [
        open('a', level, { clientId: id, kept: true }),
        send('a', subscribe(u16(1), to, 1)),
        wait('a'),
        send('a', subscribe(u16(2))),
        wait('a'),
        open('b', level),
        send('b', publish(0x02, to, u16(1), payload)),
        wait('b'),
        open('a', level, { clientId: id, kept: true }),
        wait('a'),
        send('a', packet(types.puback, 0, 0)),
        wait('a'),
        // Ends the session.
        open('a', level, { clientId: id }),
        send('a', packet(types.pingreq, 0)),
      ];
    }),
  ];
}

/** A will is published because its client sent what is wrong, or was taken over. */
function wills(dialect: Dialect, sequence: Sequence): SequenceClass[] {
  const { level, subscribe } = dialect;
  const malformed: readonly { readonly name: string; readonly rule: Rule; readonly bytes: Buffer }[] = [
    { name: 'subscribe-without-filter', rule: ['MQTT-3.8.3-3', 'MQTT-3.8.3-2'], bytes: subscribe(u16(1)) },
    { name: 'packet-type-0', rule: ['2.2.1', '2.1.2'], bytes: packet(0, 0) },
    { name: 'connack', rule: ['2.2.1', '2.1.2'], bytes: packet(types.connack, 0, 0, 0, dialect.none) },
    {
      name: 'disconnect-with-reserved-flags',
      rule: ['MQTT-3.14.1-1', 'MQTT-3.14.1-1'],
      bytes: packet(types.disconnect, 1),
    },
  ];
  const watched = (to: string, qos: 0 | 1 | 2, retain: boolean, message = payload): Step[] => [
    open('b', level),
    send('b', subscribe(u16(1), to, 1)),
    wait('b'),
    open('a', level, { will: { topic: to, payload: message, qos, retain } }),
  ];
  return [
    ...malformed.map(({ name, rule, bytes: sent }) =>
      sequence(`will-by-${name}`, rule, (random) => [
        ...watched(ownTopic(random), 1, false),
        send('a', sent),
        wait('b'),
      ]),
    ),
    ...malformed.map(({ name, rule, bytes: sent }) =>
      sequence(
        `retained-will-by-${name}`,
        rule,
        (random) => {
          const to = ownTopic(random);
          return [...watched(to, 1, true), send('a', sent), wait('a'), cut('a'), wait('b'), forget('b', dialect, to)];
        },
        'retains',
      ),
    ),
    sequence(
      'empty-retained-will',
      ['3.1.3.3, allowed', '3.1.3.4, allowed'],
      (random) => {
        const to = ownTopic(random);
        return [
          ...watched(to, 2, true, Buffer.alloc(0)),
          send('a', packet(0, 0)),
          wait('a'),
          cut('a'),
          wait('b'),
          // Nothing is retained; a broker that does so all the same must not keep it.
          forget('b', dialect, to),
        ];
      },
      'retains',
    ),
    sequence(
      'retained-will-by-takeover',
      ['MQTT-3.1.2-17, allowed', 'MQTT-3.1.2-15, allowed'],
      (random) => {
        const id = clientId(random);
        const to = ownTopic(random);
        const will = { topic: to, payload, qos: 1, retain: true } as const;
        return [
          open('a', level, { clientId: id, will }),
          open('b', level, { clientId: id }),
          cut('a'),
          send('b', subscribe(u16(1), to, 1)),
          wait('b'),
          forget('b', dialect, to),
        ];
      },
      'retains',
    ),
    sequence('will-of-64-KiB', ['3.1.3.3, at its limit', '3.1.3.4, at its limit'], (random) => [
      ...watched(ownTopic(random), 1, false, Buffer.alloc(65_535, 'a')),
      cut('a'),
      wait('b'),
      send('b', packet(types.pingreq, 0)),
    ]),
  ];
}

/** A retained message, and a subscriber that is wrong. */
function retained(dialect: Dialect, sequence: Sequence): SequenceClass[] {
  const { level, publish, subscribe, none } = dialect;
  const wrong: readonly { readonly name: string; readonly rule: Rule; readonly make: (to: string) => Buffer }[] = [
    { name: 'qos-3', rule: ['MQTT-3.8.3-4', '3.8.3.1'], make: (to) => subscribe(u16(1), to, 3) },
    {
      name: 'hash-not-last',
      rule: ['MQTT-4.7.1-2', 'MQTT-4.7.1-1'],
      make: (to) => subscribe(u16(1), to, 0, `${to}/#/a`, 0),
    },
    {
      name: 'a-filter-that-is-cut-off',
      rule: ['1.5.3', '1.5.4'],
      make: (to) => packet(types.subscribe, 2, u16(1), none, to, 0, u16(500), Buffer.from(prefix)),
    },
  ];
  return [
    ...wrong.map(({ name, rule, make }) =>
      sequence(
        `retained-message-and-${name}`,
        rule,
        (random) => {
          const to = ownTopic(random);
          return [
            open('b', level),
            send('b', publish(0x03, to, u16(1), payload)),
            wait('b'),
            open('a', level),
            send('a', make(to)),
            wait('a'),
            forget('b', dialect, to),
          ];
        },
        'retains',
      ),
    ),
    sequence(
      'retained-message-of-qos-3',
      ['MQTT-3.3.1-4', 'MQTT-3.3.1-4'],
      (random) => {
        const to = ownTopic(random);
        return [
          ...subscribed(dialect, to, 1),
          send('b', publish(0x07, to, u16(1), payload)),
          wait('b'),
          forget('a', dialect, to),
        ];
      },
      'retains',
    ),
  ];
}

const five = dialectOf(5);

const inMqtt5 = (name: string, breaks: string, steps: SequenceClass['steps'], retains?: 'retains'): SequenceClass => ({
  name: `v5-pair-${name}`,
  breaks: `5.0 ${breaks}`,
  sent: 'sequence',
  level: 5,
  steps,
  ...(retains === undefined ? {} : { retains: true }),
});

const userProperty = (name: Uint8Array, value: Uint8Array): Buffer =>
  bytes(property.userProperty, string(name), string(value));
const named = Buffer.from('name');

/** `b` publishes with these properties to `a`, which is subscribed at this level. */
function delivered(name: string, breaks: string, own: Buffer, message = payload, level: Level = 5): SequenceClass {
  return inMqtt5(name, breaks, (random) => {
    const to = ownTopic(random);
    return [
      open('a', level),
      send('a', dialectOf(level).subscribe(u16(1), to, 1)),
      wait('a'),
      open('b', 5),
      send('b', packet(types.publish, 0x02, to, u16(1), own, message)),
    ];
  });
}

/** A subscriber of QoS 1 answers a message with PUBACK that ends so. */
function acknowledged(name: string, breaks: string, ...rest: readonly Part[]): SequenceClass {
  return inMqtt5(name, breaks, (random) => {
    const to = ownTopic(random);
    return [
      ...subscribed(five, to, 1),
      send('b', five.publish(0x02, to, u16(1), payload)),
      wait('a'),
      send('a', (heard) => packet(types.puback, 0, deliveredId(heard), ...rest)),
    ];
  });
}

const everyProperty = properties(
  ...[property.payloadFormat, 1, property.messageExpiry, u32(10), property.responseTopic, topic],
  ...[property.correlationData, 'data', property.contentType, 'text', userProperty(named, named)],
);

/** Two clients of MQTT 5, or one of it and one of MQTT 3.1.1, with what only MQTT 5 knows. */
export const sequencesOf5: readonly SequenceClass[] = [
  delivered('every-property-to-3.1.1', '3.3.4, allowed', everyProperty, payload, 4),
  delivered('property-unknown-to-3.1.1', '2.2.2.2', properties(property.unknown, 1), payload, 4),
  delivered('payload-not-of-its-format', '3.3.2.3.2', properties(property.payloadFormat, 1), notUtf8),
  delivered('response-topic-with-wildcard', 'MQTT-3.3.2-14', properties(property.responseTopic, 'chaos-broken/#')),
  delivered('content-type-with-bad-utf8', 'MQTT-3.3.2-19', properties(property.contentType, string(notUtf8))),
  delivered('user-property-with-bad-utf8', 'MQTT-1.5.7-1', properties(userProperty(named, notUtf8))),
  delivered('user-property-with-nul', 'MQTT-1.5.4-2', properties(userProperty(named, Buffer.from('\0')))),
  delivered(
    'subscription-identifier-from-the-publisher',
    'MQTT-3.3.4-6',
    properties(property.subscriptionIdentifier, 1),
  ),
  delivered('message-expiry-0', '3.3.2.3.3, at its limit', properties(property.messageExpiry, u32(0))),
  delivered(
    'correlation-data-of-65535-bytes',
    '3.3.2.3.6, at its limit',
    properties(property.correlationData, string(Buffer.alloc(65_535))),
  ),
  delivered('topic-alias-above-the-maximum', 'MQTT-3.3.2-9', properties(property.topicAlias, u16(65_535))),
  acknowledged('puback-reason-code-unknown', 'MQTT-3.4.2-1', 0x01, 0),
  acknowledged('puback-that-refuses', '3.4.2.1, allowed', 0x80, 0),
  acknowledged('puback-properties-longer-than-the-packet', '2.2.2.1', 0, 200),
  acknowledged(
    'puback-reason-string-with-bad-utf8',
    'MQTT-1.5.4-1',
    0,
    properties(property.reasonString, string(notUtf8)),
  ),
  acknowledged('puback-property-of-another-packet', '2.2.2.2', 0, properties(property.topicAlias, u16(1))),
  inMqtt5('pubrec-that-refuses-then-pubcomp', '4.3.3', (random) => {
    const to = ownTopic(random);
    return [
      ...subscribed(five, to, 2),
      send('b', bytes(five.publish(0x04, to, u16(1), payload), packet(types.pubrel, 2, u16(1)))),
      wait('a'),
      send('a', (heard) => packet(types.pubrec, 0, deliveredId(heard), 0x80)),
      send('a', (heard) => packet(types.pubcomp, 0, deliveredId(heard), 0x92)),
    ];
  }),
  inMqtt5('message-above-the-maximum-packet-size', '3.1.2.11.4, allowed', (random) => {
    const to = ownTopic(random);
    return [
      ...subscribed(five, to, 1, { properties: bytes(property.maximumPacketSize, u32(20)) }),
      send('b', five.publish(0x02, to, u16(1), Buffer.alloc(1_000))),
    ];
  }),
  inMqtt5('messages-above-the-receive-maximum', '3.1.2.11.3, allowed', (random) => {
    const to = ownTopic(random);
    return [
      ...subscribed(five, to, 1, { properties: bytes(property.receiveMaximum, u16(1)) }),
      send('b', bytes(...[1, 2, 3, 4, 5].map((id) => five.publish(0x02, to, u16(id), payload)))),
      wait('a'),
      // Nothing was acknowledged; this is no acknowledgement either.
      send('a', packet(types.puback, 0, u16(60_000), 0x01)),
    ];
  }),
  inMqtt5('topic-alias-set-to-a-wildcard', 'MQTT-3.3.2-2', (random) => {
    const to = ownTopic(random);
    const alias = properties(property.topicAlias, u16(1));
    return [
      ...subscribed(five, 'chaos-broken/#', 0),
      send('b', packet(types.publish, 0, to, alias, payload)),
      send('b', packet(types.publish, 0, `${to}/#`, alias, payload)),
      send('b', packet(types.publish, 0, '', alias, payload)),
    ];
  }),
  inMqtt5('topic-alias-of-another-connection', '3.3.4', (random) => {
    const alias = properties(property.topicAlias, u16(1));
    return [
      open('a', 5),
      send('a', packet(types.publish, 0, ownTopic(random), alias, payload)),
      open('b', 5),
      send('b', packet(types.publish, 0, '', alias, payload)),
    ];
  }),
  inMqtt5('member-of-a-share-that-is-malformed', 'MQTT-4.8.2-2', (random) => {
    const to = ownTopic(random);
    return [
      ...subscribed(five, `$share/g/${to}`, 1),
      send('b', five.subscribe(u16(1), `$share/+/${to}`, 1)),
      send('b', five.publish(0x02, to, u16(2), payload)),
    ];
  }),
  inMqtt5('no-local-member-of-a-share', 'MQTT-3.8.3-4', (random) => {
    const to = ownTopic(random);
    return [
      ...subscribed(five, `$share/g/${to}`, 1),
      send('b', five.subscribe(u16(1), `$share/g/${to}`, 0x05)),
      send('b', five.publish(0x02, to, u16(2), payload)),
    ];
  }),
  inMqtt5('member-of-a-share-that-is-cut-off', '4.8.2, allowed', (random) => {
    const to = ownTopic(random);
    return [
      ...subscribed(five, `$share/g/${to}`, 1),
      send('b', five.subscribe(u16(1), `$share/g/${to}`, 1)),
      wait('b'),
      send('b', bytes(...[2, 3, 4].map((id) => five.publish(0x02, to, u16(id), payload)))),
      cut('a'),
      send('b', five.publish(0x02, to, u16(5), payload)),
    ];
  }),
  inMqtt5('largest-subscription-identifier', '3.8.2.1.2, at its limit', (random) => {
    const to = ownTopic(random);
    const largest = properties(property.subscriptionIdentifier, Buffer.from([0xff, 0xff, 0xff, 0x7f]));
    return [
      open('a', 5),
      send('a', packet(types.subscribe, 2, u16(1), largest, to, 1)),
      wait('a'),
      open('b', 5),
      send('b', five.publish(0x02, to, u16(1), payload)),
    ];
  }),
  inMqtt5(
    'retain-handling-3-and-a-retained-message',
    '3.8.3.1',
    (random) => {
      const to = ownTopic(random);
      return [
        open('b', 5),
        send('b', five.publish(0x03, to, u16(1), payload)),
        wait('b'),
        open('a', 5),
        send('a', five.subscribe(u16(1), to, 0x30)),
        wait('a'),
        forget('b', five, to),
      ];
    },
    'retains',
  ),
  inMqtt5('connack-with-properties-from-a-subscriber', '2.1.2', (random) => {
    const to = ownTopic(random);
    return [
      ...subscribed(five, to, 1),
      send('a', packet(types.connack, 0, 0, 0, properties(property.topicAliasMaximum, u16(10)))),
      send('b', five.publish(0x02, to, u16(1), payload)),
    ];
  }),
  inMqtt5('auth-from-a-subscriber', 'MQTT-4.12.0-7', (random) => {
    const to = ownTopic(random);
    return [
      ...subscribed(five, to, 1),
      send('b', five.publish(0x02, to, u16(1), payload)),
      send('a', packet(types.auth, 0, 0x19, properties(property.authenticationMethod, 'chaos'))),
    ];
  }),
  inMqtt5('session-kept-by-disconnect', '3.14.2.2.2', (random) => {
    const id = clientId(random);
    return [
      open('a', 5, { clientId: id }),
      send('a', five.subscribe(u16(1), ownTopic(random), 1)),
      wait('a'),
      // The session was begun with an interval of 0. A lenient server keeps it for a second.
      send('a', packet(types.disconnect, 0, 0, properties(property.sessionExpiry, u32(1)))),
      wait('a'),
      open('b', 5, { clientId: id }),
      send('b', packet(types.pingreq, 0)),
    ];
  }),
  inMqtt5('will-delayed-beyond-its-session', '3.1.3.2.2, allowed', (random) => {
    const to = ownTopic(random);
    const will = { topic: to, payload, qos: 1, retain: false, properties: bytes(property.willDelay, u32(60)) } as const;
    return [
      open('b', 5),
      send('b', five.subscribe(u16(1), to, 1)),
      wait('b'),
      open('a', 5, { will }),
      send('a', packet(0, 0)),
      wait('b'),
    ];
  }),
  inMqtt5(
    'retained-will-with-every-property',
    'MQTT-3.14.2-1',
    (random) => {
      const to = ownTopic(random);
      const own = bytes(property.payloadFormat, 1, property.contentType, 'text', userProperty(named, named));
      return [
        open('b', 5),
        send('b', five.subscribe(u16(1), to, 1)),
        wait('b'),
        open('a', 5, { will: { topic: to, payload, qos: 1, retain: true, properties: own } }),
        // Disconnect with Will Message has the code 4; this is none.
        send('a', packet(types.disconnect, 0, 0x05, 0)),
        wait('a'),
        cut('a'),
        wait('b'),
        forget('b', five, to),
      ];
    },
    'retains',
  ),
];
