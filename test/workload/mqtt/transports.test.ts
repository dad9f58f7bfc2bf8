import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer, type Server } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { WebSocketServer } from 'ws';
import type { Endpoint } from '../../../src/workload/mqtt/client.ts';
import { needing } from '../../support/needs.ts';
import { type ScriptedBroker, startScriptedBroker, until } from '../../support/scripted-broker.ts';
import { published, subscribed, watchedClient } from './support.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function portOf(server: Server | ReturnType<typeof createHttpServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(() => resolve())));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

/** Carries the bytes of WebSocket clients to the broker, and back in frames of 3 bytes, which no packet minds. */
function serveWebSocket(http: ReturnType<typeof createHttpServer>, broker: ScriptedBroker): { protocols: string[] } {
  const protocols: string[] = [];
  const server = new WebSocketServer({ server: http, path: '/mqtt' });
  server.on('connection', (socket) => {
    protocols.push(socket.protocol);
    const far = connect({ host: '127.0.0.1', port: broker.endpoint.port });
    socket.on('message', (data: Buffer) => far.write(data));
    far.on('data', (chunk: Buffer) => {
      for (let at = 0; at < chunk.length; at += 3) socket.send(chunk.subarray(at, at + 3));
    });
    socket.on('close', () => far.destroy());
    far.on('error', () => {});
    far.on('close', () => socket.terminate());
  });
  closing.push(() => new Promise((resolve) => server.close(() => resolve())));
  return { protocols };
}

/** A session of each quality of service, and one reconnect, at this endpoint. */
async function speak(endpoint: Endpoint): Promise<void> {
  const { client, deliveries, breaches, life } = watchedClient({
    clientId: 'me',
    session: 'persistent',
    endpoints: [endpoint],
  });
  closing.push(() => client.end());
  client.connect();
  await client.whenConnected(20_000);
  expect(await subscribed(client, { topic: 'a', qos: 2 })).toEqual([2]);
  for (const qos of [0, 1, 2] as const)
    expect(await published(client, { topic: 'a', payload: Buffer.alloc(50_000, qos), qos })).toEqual({
      kind: 'acknowledged',
      reasonCode: 0,
    });
  await until('all have come', () => deliveries.length === 3);
  await client.leave();
  client.connect();
  await client.whenConnected(20_000);
  expect(await published(client, { topic: 'a', qos: 1 })).toMatchObject({ kind: 'acknowledged' });
  expect(life).toEqual(['new session', 'left', 'resumed']);
  expect(breaches).toEqual([]);
}

describe.each([4, 5] as const)('MQTT level %d', (version) => {
  test('over WebSocket, whose messages are not packets', async () => {
    const broker = await startScriptedBroker({}, 'node1', version);
    closing.push(() => broker.close());
    const http = createHttpServer();
    const { protocols } = serveWebSocket(http, broker);
    await speak({ ...broker.endpoint, port: await portOf(http), transport: 'ws' });
    expect(protocols).toEqual(['mqtt', 'mqtt']);
  });
});

test('a text message of WebSocket is a breach, and the end of the connection', async () => {
  const http = createHttpServer();
  const server = new WebSocketServer({ server: http });
  server.on('connection', (socket) => socket.once('message', () => socket.send('hello')));
  closing.push(() => new Promise((resolve) => server.close(() => resolve())));
  const port = await portOf(http);
  const { client, breaches, life } = watchedClient({
    clientId: 'me',
    session: 'clean',
    endpoints: [{ node: 'node1', host: '127.0.0.1', port, version: 4, transport: 'ws' }],
  });
  closing.push(() => client.end());
  client.connect();
  await until('it is closed', () => life.length > 0);
  expect(life[0]).toBe('unreadable');
  expect(breaches[0]).toMatchObject({ clause: { v311: 'MQTT-6.0.0-1', v5: 'MQTT-6.0.0-1' }, bytesHex: '68656c6c6f' });
});

describe('over TLS', () => {
  const test = needing('openssl');
  let folder: string;
  let key: string;
  let cert: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tls-'));
    const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
        ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', keyFile, '-out', certFile],
      ],
      { stdio: 'ignore' },
    );
    key = readFileSync(keyFile, 'utf8');
    cert = readFileSync(certFile, 'utf8');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(['localhost', '127.0.0.1'])('to %s, whose certificate is of the given authority', async (host) => {
    const broker = await startScriptedBroker();
    closing.push(() => broker.close());
    const server = createTlsServer({ key, cert }, (near) => {
      const far = connect({ host: '127.0.0.1', port: broker.endpoint.port });
      near.pipe(far).pipe(near);
      for (const socket of [near, far]) socket.on('error', () => {});
    });
    await speak({ ...broker.endpoint, host, port: await portOf(server), tls: { ca: cert } });
  });

  test('and over WebSocket too', async () => {
    const broker = await startScriptedBroker();
    closing.push(() => broker.close());
    const https = createHttpsServer({ key, cert });
    serveWebSocket(https, broker);
    await speak({ ...broker.endpoint, port: await portOf(https), transport: 'ws', tls: { ca: cert } });
  });

  test('not to a broker whose certificate is of nobody that is known', async () => {
    const port = await portOf(createTlsServer({ key, cert }, (socket) => socket.on('error', () => {})));
    const { client, life } = watchedClient({
      clientId: 'me',
      session: 'clean',
      endpoints: [{ node: 'node1', host: 'localhost', port, version: 4, tls: {} }],
    });
    closing.push(() => client.end());
    client.connect();
    await expect(client.whenConnected(700)).rejects.toThrow('self-signed certificate');
    expect(life[0]).toBe('could not connect');
  });
});
