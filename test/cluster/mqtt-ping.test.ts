import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { holdMqtt, mqttPing } from '../../src/engines/local/cluster/mqtt-ping.ts';

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

/** A server that answers with `answer(bytes)` to each piece of data; `hear` is told what came. */
async function serve(answer: (data: Buffer, socket: Socket) => Buffer | undefined): Promise<number> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (data) => {
      const said = answer(data, socket);
      if (said) socket.write(said);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const connack = (...bytes: number[]): Buffer => Buffer.from([0x20, bytes.length, ...bytes]);
const isConnect = (data: Buffer): boolean => data[0] === 0x10;
const pingresp = Buffer.from([0xd0, 0]);
const ping = (port: number, version: 4 | 5 = 4, withinMs = 60_000) =>
  mqttPing({ host: '127.0.0.1', port, version }, withinMs);

describe('an MQTT ping', () => {
  test.each([
    [4, connack(0, 0)],
    [5, connack(0, 0, 0)],
  ] as const)('is answered well by CONNACK and PINGRESP (protocol level %i)', async (version, accepted) => {
    const port = await serve((data) => (isConnect(data) ? accepted : pingresp));
    expect(await ping(port, version)).toBeUndefined();
  });

  test('presents itself with an id that no server may refuse for its length', async () => {
    let id = '';
    const port = await serve((data) => {
      if (!isConnect(data)) return pingresp;
      id = data.subarray(14).toString();
      return connack(0, 0);
    });
    await ping(port);
    expect(id).toMatch(/^[0-9a-zA-Z]+$/);
    expect(id.length).toBeLessThanOrEqual(23);
  });

  test('hands over user name and password', async () => {
    let said = '';
    const port = await serve((data) => {
      said += data.toString('latin1');
      return isConnect(data) ? connack(0, 0) : pingresp;
    });
    await mqttPing({ host: '127.0.0.1', port, version: 4, username: 'ann', password: 'letmein' }, 60_000);
    expect(said).toContain('ann');
    expect(said).toContain('letmein');
  });

  test.each([
    [4, connack(0, 5), 'it refused the connection: CONNACK code 5, not authorized'],
    [4, connack(0, 4), 'it refused the connection: CONNACK code 4, bad user name or password'],
    [4, connack(0, 99), 'it refused the connection: CONNACK code 99'],
    [5, connack(0, 0x87, 0), 'it refused the connection: CONNACK code 135, not authorized'],
  ] as const)('tells why it was refused (protocol level %i, %p)', async (version, refused, expected) => {
    const port = await serve(() => refused);
    expect(await ping(port, version)).toBe(expected);
  });

  test('a server that says nothing is not waited for without end', async () => {
    const port = await serve(() => undefined);
    expect(await ping(port, 4, 200)).toBe('no MQTT answer within 200 ms');
  });

  test('one that accepts and then does not answer the ping is not well', async () => {
    const port = await serve((data) => (isConnect(data) ? connack(0, 0) : undefined));
    expect(await ping(port, 4, 200)).toBe('no MQTT answer within 200 ms');
  });

  test('one that hangs up', async () => {
    const port = await serve((_, socket) => {
      socket.end();
      return undefined;
    });
    expect(await ping(port)).toBe('the connection was closed');
  });

  test('one that speaks another protocol', async () => {
    const port = await serve(() => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(await ping(port)).toMatch(/^not MQTT: /);
  });

  test('nobody there', async () => {
    const port = await serve(() => undefined);
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
    expect(await ping(port)).toBe(`connect ECONNREFUSED 127.0.0.1:${port}`);
  });
});

describe('a connection that is kept', () => {
  const hold = (port: number) => holdMqtt({ host: '127.0.0.1', port, version: 4 }, 60_000);

  test('answers again and again, on the same connection', async () => {
    const said: (number | undefined)[] = [];
    const port = await serve((data) => {
      said.push(data[0]);
      return isConnect(data) ? connack(0, 0) : pingresp;
    });
    const held = await hold(port);
    if (typeof held === 'string') throw new Error(held);
    expect(await held.ping(60_000)).toBeUndefined();
    expect(await held.ping(60_000)).toBeUndefined();
    expect(said).toEqual([0x10, 0xc0, 0xc0, 0xc0]);
    held.close();
    expect(await held.ping(60_000)).toBe('closed');
  });

  test('tells when it is answered no more, and when it was closed meanwhile', async () => {
    let pings = 0;
    const port = await serve((data, socket) => {
      if (isConnect(data)) return connack(0, 0);
      if (++pings === 1) return pingresp;
      if (pings === 3) socket.destroy();
      return undefined;
    });
    const held = await hold(port);
    if (typeof held === 'string') throw new Error(held);
    expect(await held.ping(200)).toBe('no MQTT answer within 200 ms');
    expect(await held.ping(60_000)).toBe('the connection was closed');
    expect(await held.ping(60_000)).toBe('the connection was closed');
  });

  test('is none where the server refuses: why, instead', async () => {
    const port = await serve(() => connack(0, 3));
    expect(await hold(port)).toBe('it refused the connection: CONNACK code 3, server unavailable');
  });
});
