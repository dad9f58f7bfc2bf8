import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import type { FaultEnvironment } from '../../src/engines/local/environment.ts';
import type { Ledger } from '../../src/engines/local/ledger.ts';
import { type Links, openLinks } from '../../src/engines/local/links/links.ts';
import { noHost } from './hosts.ts';

export type EchoNetwork = {
  readonly environment: FaultEnvironment & { readonly links: Links };
  readonly nodes: readonly string[];
  /** How long one echo takes from one node to another and back, through their link. */
  roundTripMs(from: string, to: string): Promise<number>;
  close(): Promise<void>;
};

const peer = (from: string, to: string): string => `${from}>${to}`;
const client = (node: string): string => `clients>${node}`;

/**
 * Nodes that do nothing but echo, each joined to each other and to a client through real links, with a little traffic on every one
 * of them all the time: what a broker is to the faults that strike links.
 */
export async function echoNetwork(nodes: readonly string[], ledger: Ledger): Promise<EchoNetwork> {
  const links = await openLinks({ seed: 'echo' });
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  const ports = new Map<string, number>();
  const timers: NodeJS.Timeout[] = [];
  let closed = false;

  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
    return socket;
  };

  /** A connection with a word on it every 20 ms, dialled again whenever it breaks. */
  const chatter = (port: number): void => {
    if (closed) return;
    const socket = keep(connect({ host: '127.0.0.1', port, noDelay: true }));
    const timer = setInterval(() => socket.writable && socket.write(Buffer.alloc(64)), 20);
    timers.push(timer);
    socket.resume();
    socket.once('close', () => {
      clearInterval(timer);
      timers.push(setTimeout(() => chatter(port), 50));
    });
  };

  for (const to of nodes) {
    const server = createServer({ noDelay: true }, (socket) => keep(socket).pipe(socket));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const upstream = { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
    const ids = [client(to), ...nodes.filter((from) => from !== to).map((from) => peer(from, to))];
    for (const id of ids) ports.set(id, (await links.open({ id, upstream })).port);
  }
  for (const port of ports.values()) chatter(port);

  const none = (): never => {
    throw new Error('a fault of links has no business with processes');
  };
  return {
    nodes,
    environment: {
      shape: { nodes },
      nodes: {
        processes: none,
        kill: none,
        start: none,
        signal: none,
        ping: none,
        address: none,
        connect: none,
        folder: none,
        httpUrls: none,
        logFile: none,
      },
      host: noHost(none),
      links,
      network: {
        path: (from, to) => [
          { linkId: peer(from, to), direction: 'forward' },
          { linkId: peer(to, from), direction: 'backward' },
        ],
        client: (node) => [
          { linkId: client(node), direction: 'forward' },
          { linkId: client(node), direction: 'backward' },
        ],
        entry: (node) => ({ host: '127.0.0.1', port: ports.get(client(node)) ?? 0 }),
        past: async () => 0,
        remedy: 'use links: transparent',
      },
      ledger,
      clock: systemClock,
      logger: silentLogger,
      broken() {},
    },
    async roundTripMs(from, to) {
      const socket = keep(connect({ host: '127.0.0.1', port: ports.get(peer(from, to)) ?? 0, noDelay: true }));
      const beganMs = systemClock.nowMs();
      socket.write('?');
      await new Promise((resolve) => socket.once('data', resolve));
      socket.destroy();
      return systemClock.nowMs() - beganMs;
    },
    async close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
      for (const server of servers) server.close();
      await links.close();
    },
  };
}

/** The same network, whose links take every order and do nothing. */
export function withIdleLinks({ environment }: EchoNetwork): FaultEnvironment {
  const { links } = environment;
  return { ...environment, links: idle(links) };
}

/** Links that take every order and do nothing, but look as they do. */
export function idle(links: Links): Links {
  return {
    ...links,
    shape: async () => {},
    reset: async () => 0,
    watchCalls: async (id, method) => ({ ...(await links.watchCalls(id, method)), apply: async () => {} }),
  };
}
