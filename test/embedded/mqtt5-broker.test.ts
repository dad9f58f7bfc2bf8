import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { generate, type Packet } from 'mqtt-packet';
import { Cluster, eventually, type RawClient } from './support.ts';

let cluster: Cluster | undefined;
afterEach(async () => {
  await cluster?.close();
  cluster = undefined;
});

async function start(size: number): Promise<Cluster> {
  cluster = await Cluster.start(size);
  return cluster;
}

const bytes = (packet: Packet): Buffer => generate(packet, { protocolVersion: 5 });

async function joined(own: Cluster, node: number, clientId: string): Promise<RawClient> {
  const client = await own.raw(node, 5);
  await client.connect(clientId);
  return client;
}

test('a message and its properties come to the subscribers of both versions at another node', async () => {
  const own = await start(2);
  const five = await joined(own, 2, 'five');
  const four = await own.raw(2);
  await four.connect('four');
  for (const client of [five, four]) {
    client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 't/+', qos: 2 }] });
    await client.next('suback');
  }
  const publisher = await joined(own, 1, 'publisher');
  for (const qos of [0, 1, 2] as const) {
    publisher.send({
      cmd: 'publish',
      topic: 't/x',
      payload: 'x',
      qos,
      dup: false,
      retain: false,
      messageId: 4,
      properties: { contentType: 'text', userProperties: { k: ['v', 'w'] }, messageExpiryInterval: 100 },
    });
    const rich = { contentType: 'text', userProperties: { k: ['v', 'w'] } };
    expect(await five.next('publish')).toMatchObject({ qos, topic: 't/x', properties: rich });
    expect(await four.next('publish')).toMatchObject({ qos, topic: 't/x' });
  }
});

test('topic aliases serve both directions [MQTT-3.3.2-8 to -12]', async () => {
  const own = await start(1);
  const client = await own.raw(1, 5);
  const { properties } = await client.connect('c', { properties: { topicAliasMaximum: 1 } });
  expect(properties?.topicAliasMaximum).toBe(100);
  client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: '#', qos: 0 }] });
  const send = (topic: string, topicAlias: number): void =>
    client.send({ cmd: 'publish', topic, payload: 'x', qos: 0, dup: false, retain: false, properties: { topicAlias } });
  send('first', 100);
  send('second', 3);
  send('', 100);
  send('', 3);
  await eventually('all came', () => client.received.filter(({ cmd }) => cmd === 'publish').length === 4);
  const came = client.received.flatMap((packet) =>
    packet.cmd === 'publish' ? [[packet.topic, packet.properties?.topicAlias]] : [],
  );
  expect(came).toEqual([
    ['first', 1],
    ['second', undefined],
    ['', 1],
    ['second', undefined],
  ]);
});

test('a client without an id gets one; a long keep alive is cut short', async () => {
  const own = await start(1);
  const client = await own.raw(1, 5);
  const { properties } = await client.connect('', { keepalive: 600 });
  expect(properties?.assignedClientIdentifier).toMatch(/^node1-/);
  expect(properties?.serverKeepAlive).toBe(60);
});

test('a session expires by time, also while its node is down', async () => {
  const own = await start(1);
  for (const [clientId, sessionExpiryInterval] of [
    ['short', 1],
    ['long', 1000],
  ] as const) {
    const client = await own.raw(1, 5);
    await client.connect(clientId, { properties: { sessionExpiryInterval } });
    client.send({ cmd: 'disconnect', reasonCode: 0 });
    await eventually('it is closed', () => client.closed);
  }
  expect((await own.node(1).health()).sessions).toBe(2);
  await own.node(1).stop('SIGKILL');
  await own.node(1).start();
  await eventually('the short one is gone', async () => (await own.node(1).health()).sessions === 1);
  const client = await own.raw(1, 5);
  expect((await client.connect('long', { clean: false })).sessionPresent).toBe(true);
});

describe('DISCONNECT says why', () => {
  const publish = (topic: string, properties: object, topicBytes?: Buffer): Buffer => {
    const packet = bytes({ cmd: 'publish', topic, payload: 'x', qos: 0, dup: false, retain: false, properties });
    return topicBytes === undefined ? packet : Buffer.concat([packet.subarray(0, 4), topicBytes, packet.subarray(6)]);
  };
  const subscribe = (topic: string, identifier?: number): Buffer =>
    bytes({
      cmd: 'subscribe',
      messageId: 1,
      subscriptions: [{ topic, qos: 0 }],
      ...(identifier === undefined ? {} : { properties: { subscriptionIdentifier: identifier } }),
    });

  const wrongs: readonly [string, number, Buffer][] = [
    ['a wildcard to publish to', 0x90, publish('a/#', {})],
    ['ill-formed UTF-8', 0x90, publish('ab', {}, Buffer.from([0xc3, 0x28]))],
    ['an alias above the maximum', 0x94, publish('a', { topicAlias: 101 })],
    ['the alias 0', 0x82, publish('a', { topicAlias: 0 })],
    ['an alias that was never set', 0x82, publish('', { topicAlias: 5 })],
    ['no topic at all', 0x90, publish('', {})],
    ['a subscription identifier in PUBLISH', 0x82, publish('a', { subscriptionIdentifier: 1 })],
    ['a wildcard as response topic', 0x82, publish('a', { responseTopic: 'a/+' })],
    ['a property twice', 0x82, Buffer.from([0x30, 12, 0, 1, 97, 8, 3, 0, 1, 97, 3, 0, 1, 97])],
    ['a property that is not known', 0x81, Buffer.from([0x30, 6, 0, 1, 97, 2, 99, 0])],
    ['properties beyond the packet', 0x81, Buffer.from([0x30, 5, 0, 1, 97, 9, 1])],
    ['a malformed filter', 0x8f, subscribe('a#')],
    ['the subscription identifier 0', 0x82, subscribe('a', 0)],
    ['a second CONNECT', 0x82, bytes({ cmd: 'connect', clientId: 'x', clean: true, protocolVersion: 5, keepalive: 9 })],
    [
      'AUTH without a method',
      0x82,
      bytes({ cmd: 'auth', reasonCode: 0x18, properties: { authenticationMethod: 'm' } }),
    ],
    ['QoS 3', 0x81, Buffer.from([0x36, 6, 0, 1, 97, 0, 1, 0])],
    [
      'a session that is to last after all',
      0x82,
      bytes({ cmd: 'disconnect', reasonCode: 0, properties: { sessionExpiryInterval: 5 } }),
    ],
  ];

  test('to what MQTT forbids, and closes the connection', async () => {
    const own = await start(1);
    for (const [what, reasonCode, wrong] of wrongs) {
      const client = await joined(own, 1, 'c');
      client.sendBytes(wrong);
      expect({ what, reasonCode: (await client.next('disconnect')).reasonCode }).toEqual({ what, reasonCode });
      await eventually('the connection is closed', () => client.closed);
    }
  });

  test('another connection of the client, here and at another node: 0x8E', async () => {
    const own = await start(2);
    const first = await joined(own, 1, 'same');
    const second = await joined(own, 1, 'same');
    expect(await first.next('disconnect')).toMatchObject({ reasonCode: 0x8e });
    await joined(own, 2, 'same');
    expect(await second.next('disconnect')).toMatchObject({ reasonCode: 0x8e });
  });

  test('silence: 0x8D; the end of the node: 0x8B', async () => {
    const own = await start(1);
    const silent = await own.raw(1, 5);
    await silent.connect('silent', { keepalive: 1 });
    expect(await silent.next('disconnect')).toMatchObject({ reasonCode: 0x8d });
    const client = await joined(own, 1, 'c');
    await own.node(1).stop('SIGTERM');
    expect(await client.next('disconnect')).toMatchObject({ reasonCode: 0x8b });
  });

  test('more unacknowledged messages than Receive Maximum: 0x93; up to it, none', async () => {
    const own = await start(1);
    const client = await joined(own, 1, 'c');
    const send = (messageId: number): void =>
      client.send({ cmd: 'publish', topic: 't', payload: '', qos: 2, dup: false, retain: false, messageId });
    for (let id = 1; id <= 1000; id++) send(id);
    await eventually('all are answered', () => client.received.length === 1000);
    expect(client.received.every(({ cmd }) => cmd === 'pubrec')).toBe(true);
    send(1001);
    expect(await client.next('disconnect')).toMatchObject({ reasonCode: 0x93 });
  });
});

test('CONNACK refuses what is not known or not allowed', async () => {
  const own = await start(1);
  for (const [reasonCode, properties] of [
    [0x8c, { authenticationMethod: 'SCRAM' }],
    [0x82, { receiveMaximum: 0 }],
    [0x82, { maximumPacketSize: 0 }],
  ] as const) {
    const client = await own.raw(1, 5);
    expect(await client.connect('c', { properties })).toMatchObject({ reasonCode });
    await eventually('the connection is closed', () => client.closed);
  }
});

test('a shared subscription over three nodes, each of them killed once: every message comes to one member, once', async () => {
  const own = await start(3);
  const kept = { protocolVersion: 5, clean: false, properties: { sessionExpiryInterval: 3600 } } as const;
  const got: string[] = [];
  for (const number of [1, 2, 3, 3]) {
    const member = await own.connected(number, { ...kept, clientId: `member-${got.length}-${randomUUID()}` });
    member.on('message', (_topic, payload) => got.push(payload.toString()));
    await member.subscribeAsync('$share/group/load', { qos: 2 });
  }
  const publisher = await own.connected(1, { ...kept, clientId: 'publisher' });
  const acknowledged = new Set<string>();
  let sent = 0;
  const load = setInterval(() => {
    if (!publisher.connected) return;
    sent += 1;
    const text = `${sent}`;
    publisher.publish('load', text, { qos: 2 }, (error) => {
      if (!error) acknowledged.add(text);
    });
  }, 5);
  try {
    for (const number of [2, 1, 3]) {
      const target = sent + 50;
      await eventually('the load has run', () => sent >= target);
      await own.node(number).stop('SIGKILL');
      await own.node(number).start();
    }
    await own.whole();
  } finally {
    clearInterval(load);
  }
  await eventually('all are acknowledged', () => acknowledged.size === sent);
  await eventually('all have come', () => new Set(got).size === sent);
  expect(got).toHaveLength(sent);
});
