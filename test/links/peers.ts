import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { pollUntil } from '../../src/base/clock.ts';
import { type Links, openLinks } from '../../src/engines/local/links/links.ts';
import type { Upstream } from '../../src/engines/local/links/types.ts';
import { patienceMs } from '../support/eventually.ts';

/** What one end of a connection has seen. */
export type End = {
  readonly socket: Socket;
  /** All bytes so far. */
  bytes(): Buffer;
  /** What happened beside bytes, in order: `end`, `reset`, `close`. */
  readonly events: string[];
};

export type Server = {
  readonly upstream: Upstream;
  /** The far ends of its connections, in the order they came. */
  readonly ends: End[];
  close(): Promise<void>;
};

export function watchEnd(socket: Socket): End {
  const chunks: Buffer[] = [];
  const events: string[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('end', () => events.push('end'));
  socket.on('error', (error: NodeJS.ErrnoException) =>
    events.push(error.code === 'ECONNRESET' ? 'reset' : String(error.code)),
  );
  socket.on('close', () => events.push('close'));
  return { socket, bytes: () => Buffer.concat(chunks), events };
}

/** A server whose connections stay half open and answer nothing, unless `onConnection` makes them. */
export async function startServer(onConnection: (socket: Socket) => void = () => {}): Promise<Server> {
  const ends: End[] = [];
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    ends.push(watchEnd(socket));
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    upstream: { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    ends,
    async close() {
      for (const { socket } of ends) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export async function dial(port: number): Promise<End> {
  const end = startToDial(port);
  await once(end.socket, 'connect');
  return end;
}

/** For a connection that may be reset before it is seen to be made. */
export function startToDial(port: number): End {
  return watchEnd(connect({ host: '127.0.0.1', port, allowHalfOpen: true, noDelay: true }));
}

/** A link named `link` to a server, and a way to dial through it; all closed afterwards, whatever happens. */
export async function withLink(
  use: (world: { links: Links; server: Server; port: number; dial: () => Promise<End> }) => Promise<void>,
  onConnection?: (socket: Socket) => void,
): Promise<void> {
  const links = await openLinks({ seed: 'test' });
  const server = await startServer(onConnection);
  const dialled: End[] = [];
  try {
    const { port } = await links.open({ id: 'link', upstream: server.upstream });
    const dialThrough = async (): Promise<End> => {
      const end = await dial(port);
      dialled.push(end);
      return end;
    };
    await use({ links, server, port, dial: dialThrough });
  } finally {
    for (const { socket } of dialled) socket.destroy();
    await links.close();
    await server.close();
  }
}

/** Waits, generously, until `condition` answers something other than undefined or false. */
export async function eventually<T>(condition: () => T | undefined | false, what: string): Promise<T> {
  const answer = await pollUntil(() => condition() || undefined, { withinMs: patienceMs, everyMs: 5 });
  if (answer === undefined) throw new Error(`Waited in vain until ${what}.`);
  return answer;
}

/** The far end of the connection that was dialled as number `index`. */
export function farEnd(server: Server, index = 0): Promise<End> {
  return eventually(() => server.ends[index], `connection ${index} has come through`);
}

/**
 * Waits until this end is closed by a reset that came behind bytes. Where it reads both in one go, as a busy machine does, libuv reports an
 * end instead of the error, which the next write gets. After a plain end a write is taken, and nothing closes.
 */
export async function closedByReset(end: End): Promise<void> {
  await eventually(() => end.events.length > 0, 'the end has noticed');
  if (end.events[0] === 'end') end.socket.write('?');
  await eventually(() => end.events.includes('close'), 'it is closed');
  if (!/^(end )?(reset|EPIPE) close$/.test(end.events.join(' ')))
    throw new Error(`Not reset: ${end.events.join(', ')}.`);
}
