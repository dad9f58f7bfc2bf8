import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { resetSocket } from '../../src/engines/local/links/reset-socket.ts';
import { dial, type End, eventually, farEnd, type Server, startServer, startToDial } from './peers.ts';

describe('a socket that is reset', () => {
  let server: Server;
  const sockets: Socket[] = [];
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await server.close();
  });

  const port = (): number => server.upstream.port;
  const watched = (end: End): End => {
    sockets.push(end.socket);
    return end;
  };
  const closed = ({ events }: End): Promise<unknown> => eventually(() => events.includes('close'), 'it is closed');

  test('ends with RST at the far end', async () => {
    const near = watched(await dial(port()));
    const far = await farEnd(server);
    resetSocket(near.socket);
    await closed(near);
    await closed(far);
    expect(far.events).toEqual(['reset', 'close']);
  });

  test('is closed while its FIN is on its way', async () => {
    const near = watched(await dial(port()));
    near.socket.end('goodbye');
    resetSocket(near.socket);
    await closed(near);
  });

  test('is closed at once while it is still connecting, whatever others would do with the connection', async () => {
    const near = watched(startToDial(port()));
    // Node would reset right behind this, with the FIN on its way, and never close.
    near.socket.on('connect', () => near.socket.end('goodbye'));
    resetSocket(near.socket);
    await closed(near);
    expect(near.socket.bytesWritten).toBe(0);
  });

  test('may be reset twice', async () => {
    const near = watched(await dial(port()));
    resetSocket(near.socket);
    resetSocket(near.socket);
    await closed(near);
  });
});
