import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createRandom } from '../../src/base/random.ts';
import { Stage } from '../../src/sabotage/conversation.ts';
import { encode } from '../../src/sabotage/packets.ts';
import { findSabotage } from '../../src/sabotage/registry.ts';
import { Relay } from '../../src/sabotage/relay.ts';
import { eventually } from '../support/eventually.ts';
import { connectPacket, decodeAll, message, names } from '../support/middle.ts';
import { pieces } from '../support/pieces.ts';

/** A broker that only listens. */
type Broker = { readonly server: Server; readonly port: number; readonly accepted: Socket[] };

async function startBroker(): Promise<Broker> {
  const accepted: Socket[] = [];
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    socket.on('error', () => {});
    accepted.push(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port, accepted };
}

let broker: Broker;
const relays: Relay[] = [];
const clients: Socket[] = [];

beforeEach(async () => {
  broker = await startBroker();
});

afterEach(async () => {
  for (const socket of [...clients.splice(0), ...broker.accepted]) socket.destroy();
  await Promise.all(relays.splice(0).map((relay) => relay.close()));
  await new Promise((resolve) => broker.server.close(resolve));
});

async function relayed(sabotage?: string): Promise<number> {
  const relay = new Relay(
    new Stage(sabotage === undefined ? {} : (findSabotage(sabotage)?.create(createRandom('x')) ?? {})),
  );
  relays.push(relay);
  return relay.open('node1', { host: '127.0.0.1', port: broker.port });
}

/** Both ends of a connection through the relay. */
async function joined(port: number): Promise<{ readonly client: Socket; readonly far: Socket }> {
  const before = broker.accepted.length;
  const client = connect({ host: '127.0.0.1', port, allowHalfOpen: true, noDelay: true });
  client.on('error', () => {});
  clients.push(client);
  await once(client, 'connect');
  await eventually('the broker is reached', () => broker.accepted.length > before);
  return { client, far: broker.accepted[before] as Socket };
}

/** What a socket has received so far. */
function received(socket: Socket): () => Buffer {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  return () => Buffer.concat(chunks);
}

async function writeInPieces(socket: Socket, bytes: Buffer, cuts: readonly number[]): Promise<void> {
  for (const piece of pieces(bytes, cuts)) {
    if (!socket.write(piece)) await once(socket, 'drain');
    await turn();
  }
}

describe('a relay without a sabotage', () => {
  test('passes every byte on, both ways at once, however it is cut', async () => {
    const port = await relayed();
    const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 10 });
    const versions = fc.constantFrom(4 as const, 5 as const);
    const sizes = fc.array(fc.nat({ max: 40_000 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(versions, sizes, cuts, cuts, async (version, lengths, there, back) => {
        const { client, far } = await joined(port);
        const [atClient, atBroker] = [received(client), received(far)];
        const packets = lengths.map((length, i) => message(i + 1, { payload: Buffer.alloc(length, i) }));
        const answers = Buffer.concat(packets.map((packet) => encode(packet, version)));
        const asked = Buffer.concat([encode(connectPacket('c', version), version), answers]);
        await Promise.all([writeInPieces(client, asked, there), writeInPieces(far, answers, back)]);
        await eventually(
          'all has arrived',
          () => atBroker().length >= asked.length && atClient().length >= answers.length,
        );
        expect(atBroker().equals(asked)).toBe(true);
        expect(atClient().equals(answers)).toBe(true);
        client.destroy();
      }),
      { numRuns: 25 },
    );
  });

  test('ends one side when the other has ended, after all that was sent', async () => {
    const { client, far } = await joined(await relayed());
    const atBroker = received(far);
    const ended = once(far, 'end');
    const bytes = Buffer.concat([encode(connectPacket('c', 4), 4), encode({ cmd: 'disconnect' }, 4)]);
    client.end(bytes);
    await ended;
    expect(atBroker()).toEqual(bytes);
    // The broker may still say something, as any end of a half-closed connection.
    const atClient = received(client);
    far.end('late');
    await once(client, 'end');
    expect(atClient().toString()).toBe('late');
  });

  test('resets one side when the other was reset', async () => {
    const { client, far } = await joined(await relayed());
    far.resume();
    const reset = closing(far);
    client.resetAndDestroy();
    expect(await reset).toBe(true);
  });

  test('resets the client of a node that does not listen', async () => {
    const relay = new Relay(new Stage({}));
    relays.push(relay);
    const port = await relay.open('node1', { host: '127.0.0.1', port: 1 });
    const client = connect({ host: '127.0.0.1', port });
    clients.push(client);
    client.on('error', () => {});
    expect(await closing(client)).toBe(true);
  });

  test('does not take what the other side does not read', async () => {
    const { client, far } = await joined(await relayed());
    far.pause();
    client.write(encode(connectPacket('c', 4), 4));
    const chunk = encode(message(1, { payload: Buffer.alloc(1_000_000) }), 4);
    let written = 0;
    // Until nothing is taken any more: the kernel's buffers are full, and the relay's are not many more.
    while (written < 200 && (client.write(chunk) || (await drains(client)))) written++;
    expect(written).toBeLessThan(200);
    const atBroker = received(far);
    far.resume();
    await eventually('the rest arrives', () => atBroker().length > written * chunk.length);
  });

  test('closes what is open', async () => {
    const { client } = await joined(await relayed());
    client.resume();
    const closed = closing(client);
    await Promise.all(relays.splice(0).map((relay) => relay.close()));
    await closed;
  });
});

/** Resolves when a socket is closed; true where an error has closed it, such as a reset. */
function closing(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => socket.once('close', resolve));
}

/** Whether a socket takes more within half a second. */
async function drains(socket: Socket): Promise<boolean> {
  const given = new AbortController();
  const timer = setTimeout(() => given.abort(), 500);
  return once(socket, 'drain', { signal: given.signal })
    .then(
      () => true,
      () => false,
    )
    .finally(() => clearTimeout(timer));
}

describe('a sabotage on sockets', () => {
  const will = { topic: 'w', payload: 'gone', qos: 1, retain: false } as const;

  test('suppress-will says DISCONNECT for a client whose connection was reset', async () => {
    const { client, far } = await joined(await relayed('suppress-will'));
    const atBroker = received(far);
    client.write(encode(connectPacket('c', 4, { will }), 4));
    await eventually('CONNECT arrives', () => atBroker().length > 0);
    client.resetAndDestroy();
    await once(far, 'end');
    expect(names(decodeAll(atBroker(), 4))).toEqual(['connect', 'disconnect']);
  });

  test('will-after-disconnect ends the connection to the broker without DISCONNECT', async () => {
    const { client, far } = await joined(await relayed('will-after-disconnect'));
    const atBroker = received(far);
    const ended = once(far, 'end');
    client.write(Buffer.concat([encode(connectPacket('c', 4, { will }), 4), encode({ cmd: 'disconnect' }, 4)]));
    await ended;
    expect(names(decodeAll(atBroker(), 4))).toEqual(['connect']);
  });

  test('survive-takeover keeps a client that the broker has left, and answers its PINGREQ', async () => {
    const port = await relayed('survive-takeover');
    const older = await joined(port);
    const hello = encode(connectPacket('c', 4), 4);
    older.client.write(hello);
    const atOlder = received(older.far);
    await eventually('CONNECT arrives', () => atOlder().length > 0);
    const newer = await joined(port);
    const atNewer = received(newer.far);
    newer.client.write(hello);
    await eventually('the second CONNECT arrives', () => atNewer().length > 0);
    const atClient = received(older.client);
    older.far.end();
    // One that the broker's end of the connection overtakes is for the broker.
    await eventually('a PINGREQ is answered', () => {
      older.client.write(encode({ cmd: 'pingreq' }, 4));
      return names(decodeAll(atClient(), 4)).includes('pingresp');
    });
    expect(older.client.readableEnded).toBe(false);
    older.client.end();
    await closing(older.client);
  });

  test('throw-out ends both sides', async () => {
    const { client, far } = await joined(await relayed('throw-out'));
    client.resume();
    const atBroker = received(far);
    client.write(encode(connectPacket('c', 4), 4));
    await eventually('CONNECT arrives', () => atBroker().length > 0);
    const ended = Promise.all([once(client, 'end'), once(far, 'end')]);
    for (let i = 1; i <= 100; i++) far.write(encode(message(i), 4));
    await ended;
  });

  test('reorder-deliveries lets go what it holds when nothing follows', async () => {
    const { client, far } = await joined(await relayed('reorder-deliveries'));
    const atBroker = received(far);
    const atClient = received(client);
    client.write(encode(connectPacket('c', 4), 4));
    await eventually('CONNECT arrives', () => atBroker().length > 0);
    // One in ten is held, whichever it is, and the eleventh is of the next ten.
    for (let i = 1; i <= 10; i++) far.write(encode(message(i, { topic: `t/${i}` }), 4));
    await eventually('all ten arrive', () => decodeAll(atClient(), 4).length === 10);
  });
});
