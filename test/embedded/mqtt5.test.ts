import { describe, expect, test } from '@jest/globals';
import type { IPublishPacket, Packet } from 'mqtt-packet';
import type { Message, SubscriptionRequest } from '../../src/embedded/model.ts';
import { nextDueAtMs } from '../../src/embedded/state.ts';
import { message, node } from './state-support.ts';

const publishes = (packets: readonly Packet[]): IPublishPacket[] =>
  packets.filter((packet) => packet.cmd === 'publish');
const texts = (packets: readonly Packet[]): string[] => publishes(packets).map(({ payload }) => payload.toString());

describe('a session', () => {
  test('lasts as long as CONNECT says, from the end of the connection on [MQTT-3.1.2-23]', () => {
    const { connect5, leave, run, take, state } = node();
    connect5('ends', { expiryMs: 0 });
    connect5('lasts', { expiryMs: 1000 });
    leave('ends');
    leave('lasts');
    expect([...state.sessions.keys()]).toEqual(['lasts']);
    expect(nextDueAtMs(state)).toBe(1003);
    run({ type: 'tick', nowMs: 1002 });
    take('lasts');
    connect5('lasts', { expiryMs: 1000 }, { nowMs: 1002 });
    expect(take('lasts')).toEqual(['connack present']);
    run({ type: 'tick', nowMs: 5000 });
    expect(state.sessions.has('lasts')).toBe(true);
    leave('lasts');
    run({ type: 'tick', nowMs: 6000 });
    expect(state.sessions.size).toBe(0);
  });

  test('takes another expiry from DISCONNECT, and is kept without clean start only', () => {
    const { connect5, run, take } = node();
    const disconnect = { type: 'disconnect', abnormal: false, nowMs: 5 } as const;
    connect5('c', { expiryMs: 1000 });
    run({ ...disconnect, clientId: 'c', expiryMs: Number.POSITIVE_INFINITY });
    run({ type: 'tick', nowMs: 1e12 });
    connect5('c', { expiryMs: 1000 });
    run({ ...disconnect, clientId: 'c' });
    connect5('c', { expiryMs: 1000 }, { clean: true });
    run({ ...disconnect, clientId: 'c', expiryMs: 0 });
    connect5('c', { expiryMs: 1000 });
    expect(take('c')).toEqual(['connack new', 'connack present', 'connack new', 'connack new']);
  });
});

describe('a will', () => {
  const will = { ...message('will', 'gone', 1), delayMs: 500 };

  test('waits for its delay, and is not sent when the client is back before [MQTT-3.1.3-9]', () => {
    const { connect, connect5, leave, subscribe, run, take } = node();
    connect('watcher');
    subscribe('watcher', 'will', 1);
    take('watcher');
    connect5('c', { expiryMs: 10_000 }, { will });
    leave('c', true);
    run({ type: 'tick', nowMs: 502 });
    connect5('c', { expiryMs: 10_000 }, { will });
    run({ type: 'tick', nowMs: 2000 });
    expect(take('watcher')).toEqual([]);
    leave('c', true);
    run({ type: 'tick', nowMs: 502 });
    expect(take('watcher')).toEqual([]);
    run({ type: 'tick', nowMs: 503 });
    run({ type: 'tick', nowMs: 9000 });
    expect(take('watcher')).toEqual(['gone qos 1 id 1']);
  });

  test('is sent when the session ends before the delay, also by a clean start', () => {
    const { connect, connect5, leave, subscribe, take, run } = node();
    connect('watcher');
    subscribe('watcher', 'will', 1);
    take('watcher');
    connect5('c', { expiryMs: 0 }, { will });
    leave('c', true);
    expect(take('watcher')).toEqual(['gone qos 1 id 1']);
    connect5('c', { expiryMs: 100 }, { will });
    leave('c', true);
    run({ type: 'tick', nowMs: 103 });
    expect(take('watcher')).toEqual(['gone qos 1 id 2']);
    connect5('c', { expiryMs: 100 }, { will });
    connect5('c', { expiryMs: 100 }, { clean: true });
    expect(take('watcher')).toEqual(['gone qos 1 id 3']);
  });
});

describe('a message', () => {
  const short = { ...message('t', 'short', 1), lifetimeMs: 5000 };

  test('is not delivered after its expiry; before, what remains is sent with it [MQTT-3.3.2-5, -6]', () => {
    const { connect, connect5, leave, subscribe, publish, packets, state } = node();
    connect5('sub', { expiryMs: 1e6 });
    subscribe('sub', 't', 1);
    leave('sub');
    connect('pub');
    publish('pub', 1, short);
    publish('pub', 2, { ...short, payload: Buffer.from('long'), lifetimeMs: 100_000 });
    publish('pub', 3, message('t', 'for ever', 1));
    packets('sub');
    connect5('sub', { expiryMs: 1e6 }, { nowMs: 6004 });
    const sent = publishes(packets('sub'));
    expect(sent.map(({ payload, properties }) => [payload.toString(), properties?.messageExpiryInterval])).toEqual([
      ['long', 94],
      ['for ever', undefined],
    ]);
    expect(state.sessions.get('sub')?.queue).toEqual([]);
  });

  test('that was sent in time is sent again after its expiry: delivery had begun [MQTT-4.4.0-1]', () => {
    const { connect5, leave, subscribe, publish, packets } = node();
    connect5('c', { expiryMs: 1e6 });
    subscribe('c', 't', 1);
    publish('c', 1, short);
    leave('c', true);
    packets('c');
    connect5('c', { expiryMs: 1e6 }, { nowMs: 9000 });
    expect(publishes(packets('c'))).toMatchObject([{ dup: true, properties: { messageExpiryInterval: 0 } }]);
  });

  test('counts its life at a peer from where it was published, whatever the clocks say', () => {
    const { connect5, subscribe, run, packets } = node('node1', ['node2']);
    connect5('c');
    subscribe('c', 't', 1);
    const stamp = { wallMs: 1, counter: 0, node: 'node2' };
    const carry = (seq: number, left: number): void =>
      run({
        type: 'peer-item',
        peer: 'node2',
        epoch: 'e',
        seq,
        item: { kind: 'message', message: { ...short, expiresAtMs: 900_000 + left }, stamp },
        sentAtMs: 900_000,
        nowMs: 10,
      });
    carry(1, 3000);
    carry(2, 0);
    expect(publishes(packets('c')).map(({ properties }) => properties?.messageExpiryInterval)).toEqual([3]);
  });

  test('that is retained expires as well', () => {
    const { connect5, publish, run, packets } = node();
    connect5('c');
    publish('c', 1, { ...short, retain: true });
    const filters: SubscriptionRequest[] = [{ filter: 't', qos: 1 }];
    run({ type: 'subscribe', clientId: 'c', messageId: 1, filters, nowMs: 5003 });
    run({ type: 'subscribe', clientId: 'c', messageId: 1, filters, nowMs: 5004 });
    expect(texts(packets('c'))).toEqual(['short']);
  });

  test('keeps its properties', () => {
    const { connect5, subscribe, publish, packets } = node();
    const properties = {
      payloadFormatIndicator: true,
      contentType: 'text/plain',
      responseTopic: 'answer',
      correlationData: Buffer.from('id'),
      userProperties: { a: ['1', '2'], b: '3' },
    };
    connect5('c');
    subscribe('c', 't', 1);
    publish('c', 1, { ...message('t', 'x', 1), properties });
    expect(publishes(packets('c'))[0]?.properties).toEqual(properties);
  });
});

describe('a subscription', () => {
  const world = (...filters: SubscriptionRequest[]) => {
    const own = node();
    own.connect5('c', { expiryMs: 1e6 });
    own.connect5('other');
    own.publish('other', 1, message('kept', 'kept', 1, true));
    own.run({ type: 'subscribe', clientId: 'c', messageId: 1, filters, nowMs: 3 });
    return { ...own, filters };
  };

  test('No Local: nothing of its own client [MQTT-3.8.3-3]', () => {
    const { publish, packets } = world({ filter: 't', qos: 1, noLocal: true });
    publish('c', 1, message('t', 'own', 1));
    publish('other', 2, message('t', 'of another', 1));
    expect(texts(packets('c'))).toEqual(['of another']);
  });

  test('Retain As Published: the flag is kept; otherwise it is 0 [MQTT-3.3.1-12, -13]', () => {
    for (const retainAsPublished of [true, false]) {
      const { publish, packets } = world({ filter: 't', qos: 1, retainAsPublished });
      publish('other', 2, message('t', 'x', 1, true));
      publish('other', 3, message('t', 'y', 1, false));
      expect(publishes(packets('c')).map(({ retain }) => retain)).toEqual([retainAsPublished, false]);
    }
  });

  test.each([
    [0, ['kept', 'kept']],
    [1, ['kept']],
    [2, []],
  ])('Retain Handling %d [MQTT-3.3.1-9 to -11]', (retainHandling, expected) => {
    const { run, packets, filters } = world({ filter: 'kept', qos: 1, retainHandling });
    run({ type: 'subscribe', clientId: 'c', messageId: 2, filters, nowMs: 3 });
    expect(texts(packets('c'))).toEqual(expected);
  });

  test('its identifier comes with each message, those of all that match in one copy [MQTT-3.3.4-3, -4]', () => {
    const { publish, packets } = world(
      { filter: 'a/b', qos: 0, identifier: 7 },
      { filter: 'a/+', qos: 2, identifier: 9 },
      { filter: '#', qos: 1 },
    );
    packets('c');
    publish('other', 2, message('a/b', 'x', 2));
    expect(publishes(packets('c'))).toMatchObject([{ qos: 2, properties: { subscriptionIdentifier: [7, 9] } }]);
  });

  test('UNSUBACK says what there was [MQTT-3.11.3-2]', () => {
    const { run, packets } = world({ filter: 'a', qos: 1 });
    run({ type: 'unsubscribe', clientId: 'c', messageId: 4, filters: ['a', 'b'], nowMs: 3 });
    expect(packets('c').at(-1)).toMatchObject({ cmd: 'unsuback', messageId: 4, granted: [0, 0x11] });
  });
});

describe('what the client can take', () => {
  const flood = (count: number, own: ReturnType<typeof node>, text = 'x'): void => {
    for (let i = 1; i <= count; i++) own.publish('pub', i, message('t', `${text}${i}`, 1));
  };

  test('Receive Maximum: never more unacknowledged, also of what is sent again [MQTT-3.3.4-9]', () => {
    const own = node();
    own.connect('pub');
    own.connect5('c', { expiryMs: 1e6, receiveMaximum: 3 });
    own.subscribe('c', 't', 1);
    flood(5, own);
    expect(texts(own.packets('c'))).toEqual(['x1', 'x2', 'x3']);
    own.ack('puback', 'c', 2);
    expect(texts(own.packets('c'))).toEqual(['x4']);
    own.leave('c', true);
    own.connect5('c', { expiryMs: 1e6, receiveMaximum: 2 });
    expect(own.take('c')).toEqual(['connack present', 'x1 qos 1 id 1 dup', 'x3 qos 1 id 3 dup']);
    for (const id of [1, 3, 4, 5]) own.ack('puback', 'c', id);
    expect(own.take('c')).toEqual(['x4 qos 1 id 4 dup', 'x5 qos 1 id 5']);
  });

  test('Maximum Packet Size: a larger message counts as delivered [MQTT-3.1.2-24, -25]', () => {
    const own = node();
    own.connect('pub');
    own.connect5('c', { maximumPacketBytes: 20 });
    own.subscribe('c', 't', 1);
    flood(1, own);
    flood(1, own, 'a text that does not fit');
    flood(1, own, 'y');
    expect(texts(own.packets('c'))).toEqual(['x1', 'y1']);
    expect(own.state.sessions.get('c')?.inFlight.size).toBe(2);
  });

  test('a refusal by PUBREC ends the delivery [MQTT-4.3.3-4]; an unknown id is called so', () => {
    const own = node();
    own.connect('pub');
    own.connect5('c');
    own.subscribe('c', 't', 2);
    own.publish('pub', 1, message('t', 'x', 2));
    own.run({ type: 'pubrec', clientId: 'c', messageId: 1, reasonCode: 0x97, nowMs: 5 });
    expect(own.take('c').at(-1)).toBe('x qos 2 id 1');
    expect(own.state.sessions.get('c')).toMatchObject({ inFlight: new Map(), released: new Set() });
    own.ack('pubrel', 'c', 77);
    own.ack('pubrec', 'c', 78);
    expect(own.packets('c')).toMatchObject([
      { cmd: 'pubcomp', reasonCode: 0x92 },
      { cmd: 'pubrel', reasonCode: 0x92 },
    ]);
  });
});

test('CONNACK says what the server chose', () => {
  const { connect5, packets } = node();
  connect5('chosen', { assignedClientId: 'chosen', serverKeepAliveS: 60 });
  expect(packets('chosen')).toMatchObject([
    {
      cmd: 'connack',
      reasonCode: 0,
      properties: { assignedClientIdentifier: 'chosen', serverKeepAlive: 60, receiveMaximum: 1000 },
    },
  ]);
});

test('a client may come back with the other version of the protocol', () => {
  const { connect, connect5, leave, subscribe, publish, packets } = node();
  const rich: Message = { ...message('t', 'x', 1), properties: { contentType: 'text' } };
  connect('c');
  subscribe('c', 't', 1);
  leave('c');
  connect5('c', { expiryMs: 1000 });
  publish('c', 1, rich);
  leave('c');
  connect('c');
  const sent = publishes(packets('c'));
  expect(sent.map(({ dup, properties }) => [dup, properties])).toEqual([
    [false, { contentType: 'text' }],
    [true, undefined],
  ]);
});
