import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { resetSocket } from '../../src/links/reset-socket.ts';
import { eventually } from '../support/eventually.ts';

/** What the far end of each connection was told of its end. */
const ends: string[] = [];
let server: Server;
let sockets: Socket[];

beforeEach(async () => {
  ends.length = 0;
  sockets = [];
  server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.resume();
    socket.once('end', () => {
      ends.push('FIN');
      socket.end();
    });
    socket.once('error', (error: NodeJS.ErrnoException) => ends.push(error.code ?? ''));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

function dial(): { socket: Socket; closed(): boolean } {
  const { port } = server.address() as { port: number };
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  sockets.push(socket);
  let closed = false;
  socket.on('error', () => {});
  socket.on('close', () => {
    closed = true;
  });
  return { socket, closed: () => closed };
}

describe('a socket that is reset', () => {
  test('ends with RST at the far end', async () => {
    const { socket, closed } = dial();
    await once(socket, 'connect');
    resetSocket(socket);
    await eventually('it is closed', closed);
    await eventually('the far end knows', () => ends.length === 1);
    expect(ends).toEqual(['ECONNRESET']);
  });

  test('is closed while its FIN is on its way', async () => {
    const { socket, closed } = dial();
    await once(socket, 'connect');
    socket.end('goodbye');
    resetSocket(socket);
    await eventually('it is closed', closed);
  });

  test('is closed at once while it is still connecting, whatever others would do with the connection', async () => {
    const { socket, closed } = dial();
    let connected = false;
    socket.on('connect', () => {
      connected = true;
      // Node would reset right behind this, with the FIN on its way, and never close.
      socket.end('goodbye');
    });
    resetSocket(socket);
    await eventually('it is closed', closed);
    expect(connected).toBe(false);
  });

  test('may be reset twice', async () => {
    const { socket, closed } = dial();
    await once(socket, 'connect');
    resetSocket(socket);
    resetSocket(socket);
    await eventually('it is closed', closed);
  });
});
