import { afterEach, describe, expect, test } from '@jest/globals';
import type { Endpoint } from '../../../src/workload/mqtt/client.ts';
import { until } from '../../support/scripted-broker.ts';
import { type RawPeer, rawServer, watchedClient } from './support.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A client of a server that sends these bytes when CONNECT has come; every further connection gets a sound CONNACK. */
async function told(
  version: 4 | 5,
  hex: string,
  options: { session?: 'clean' | 'persistent'; maximumPacketSize?: number } = {},
) {
  const peers: RawPeer[] = [];
  const server = await rawServer((peer, nth) => {
    peers.push(peer);
    peer.socket.once('data', () => peer.send(nth === 1 ? hex : version === 5 ? '20 03 0000 00' : '20 02 0000'));
  });
  closing.push(() => server.close());
  const endpoint: Endpoint = { node: 'node1', host: '127.0.0.1', port: server.port, version };
  const watched = watchedClient({ clientId: 'me', session: 'clean', endpoints: [endpoint], ...options });
  closing.push(() => watched.client.end());
  watched.client.connect();
  return {
    ...watched,
    peers,
    clauses: () => watched.breaches.map(({ clause: { v311, v5 } }) => (version === 5 ? v5 : v311)),
  };
}

describe.each([
  [4, '20 02 0000', '20 02 0100', '30 04 0001 61 78'],
  [5, '20 03 0000 00', '20 03 0100 00', '30 05 0001 61 00 78'],
] as const)('a connection of MQTT level %d', (version, connack, present, message) => {
  const clause = (v311: string, v5: string): string => (version === 5 ? v5 : v311);

  test('begins with CONNACK', async () => {
    const s = await told(version, connack + message);
    await until('the message came', () => s.deliveries.length === 1);
    expect(s.breaches).toEqual([]);
    const early = await told(version, message + connack);
    await early.client.whenConnected(10_000);
    expect(early.deliveries).toEqual([]);
    expect(early.breaches).toMatchObject([
      { clause: { v311: 'MQTT-3.2.0-1', v5: 'MQTT-3.2.0-1' }, bytesHex: message.replaceAll(' ', ''), version },
    ]);
  });

  test('has one CONNACK', async () => {
    const s = await told(version, connack + connack + message);
    await until('the message came', () => s.deliveries.length === 1);
    expect(s.clauses()).toEqual([clause('3.2', 'MQTT-3.2.0-2')]);
    expect(s.life).toEqual(['new session']);
  });

  test('has no session present if it asked for a clean one', async () => {
    const s = await told(version, present);
    await s.client.whenConnected(10_000);
    expect(s.clauses()).toEqual([clause('MQTT-3.2.2-1', 'MQTT-3.2.2-2')]);
    expect(s.life).toEqual(['new session']);
    const persistent = await told(version, present, { session: 'persistent' });
    await persistent.client.whenConnected(10_000);
    expect([persistent.clauses(), persistent.life]).toEqual([[], ['resumed']]);
  });

  test('is closed when what comes cannot be read, and made again', async () => {
    const s = await told(version, `${connack}${message}30ffffffff01`);
    await until('it is back', () => s.life.length === 3);
    expect(s.clauses()).toEqual([clause('2.2.3', '1.5.5')]);
    expect(s.life).toEqual(['new session', 'unreadable', 'new session']);
    expect(s.deliveries).toHaveLength(1);
    // MQTT 5 says why: Malformed Packet.
    expect(s.peers[0]?.heard().endsWith('e0028100')).toBe(version === 5);
  });

  test('goes on after a breach that can be read', async () => {
    const s = await told(version, `${connack} 42 02 0001 ${message}`);
    await until('the message came', () => s.deliveries.length === 1);
    // The packet identifier is one that was never used, too.
    expect(s.clauses()).toEqual([clause('MQTT-2.2.2-1', 'MQTT-2.1.3-1'), clause('MQTT-2.3.1-6', 'MQTT-2.2.1-5')]);
    expect(s.life).toEqual(['new session']);
  });
});

test('DISCONNECT is an end with a reason at MQTT 5, and a breach at MQTT 3.1.1', async () => {
  const five = await told(5, '20 03 0000 00 e0 01 8b');
  await until('it is back', () => five.life.length === 3);
  expect([five.life, five.breaches]).toEqual([['new session', 'DISCONNECT', 'new session'], []]);
  const three = await told(4, '20 02 0000 e0 00 30 04 0001 61 78');
  await until('the message came', () => three.deliveries.length === 1);
  expect([three.life, three.clauses()]).toEqual([['new session'], ['2.2.1']]);
});

test('DISCONNECT does not come before CONNACK (MQTT 5)', async () => {
  const s = await told(5, 'e0 01 8b 20 03 0000 00');
  await s.client.whenConnected(10_000);
  expect(s.clauses()).toEqual(['MQTT-3.14.0-1']);
});

test('no packet is larger than our Maximum Packet Size (MQTT 5)', async () => {
  const s = await told(5, '20 03 0000 00 30 06 0001 61 00 7878 30 07 0001 61 00 787878', { maximumPacketSize: 8 });
  await until('both came', () => s.deliveries.length === 2);
  expect(s.clauses()).toEqual(['MQTT-3.1.2-24']);
});
