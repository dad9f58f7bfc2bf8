import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { resetSocket } from '../engines/local/links/reset-socket.ts';
import { Conversation, type Stage } from './conversation.ts';
import type { Side } from './sabotage.ts';

export type Upstream = { readonly host: string; readonly port: number };

/** So long without traffic is quiet. */
const quietMs = 100;

/** Listens for the clients of each node, and passes on what they and the node say to one another. Lives in a thread of its own. */
export class Relay {
  readonly #stage: Stage;
  readonly #servers: Server[] = [];
  readonly #connections = new Set<RelayedConnection>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Listens on a free port of 127.0.0.1. */
  async open(node: string, upstream: Upstream): Promise<number> {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
      const connection = new RelayedConnection(client, upstream, this.#stage, node, () =>
        this.#connections.delete(connection),
      );
      this.#connections.add(connection);
    });
    this.#servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = this.#servers.map((server) => new Promise((resolve) => server.close(resolve)));
    for (const connection of this.#connections) connection.reset();
    await Promise.all(closed);
  }
}

/** Two sockets and the conversation between them. How one end leaves is how the other is left: FIN by FIN, RST by RST. */
class RelayedConnection {
  readonly #sockets: Readonly<Record<Side, Socket>>;
  readonly #conversation: Conversation;
  readonly #quiet: NodeJS.Timeout;
  readonly #onClosed: () => void;

  constructor(client: Socket, upstream: Upstream, stage: Stage, node: string, onClosed: () => void) {
    const broker = connect({ ...upstream, allowHalfOpen: true, noDelay: true });
    this.#sockets = { client, broker };
    this.#onClosed = onClosed;
    this.#conversation = new Conversation(stage, node, {
      write: (to, bytes) => this.#write(to, bytes),
      close: (side) => this.#sockets[side].end(),
    });
    this.#quiet = setTimeout(() => this.#batched(() => this.#conversation.quiet()), quietMs).unref();
    this.#join('client');
    this.#join('broker');
  }

  reset(): void {
    for (const socket of Object.values(this.#sockets)) resetSocket(socket);
  }

  #join(side: Side): void {
    const socket = this.#sockets[side];
    socket.on('data', (chunk) => {
      this.#quiet.refresh();
      this.#batched(() => this.#conversation.read(side, chunk));
      this.#holdUp(side);
    });
    socket.once('end', () => this.#ended(side));
    socket.on('error', () => {});
    socket.once('close', (hadError) => this.#closed(side, hadError));
  }

  #write(to: Side, bytes: Uint8Array): void {
    if (this.#sockets[to].writable) this.#sockets[to].write(bytes);
  }

  /** What belongs together leaves together. */
  #batched(act: () => void): void {
    const sockets = Object.values(this.#sockets);
    for (const socket of sockets) socket.cork();
    try {
      act();
    } finally {
      for (const socket of sockets) socket.uncork();
    }
  }

  /** A side that does not take what the other sends slows it down. */
  #holdUp(from: Side): void {
    const [source, target] = [this.#sockets[from], this.#sockets[other(from)]];
    if (!target.writableNeedDrain) return;
    source.pause();
    target.once('drain', () => source.resume());
  }

  #ended(side: Side): void {
    const [own, theirs] = [this.#sockets[side], this.#sockets[other(side)]];
    if (this.#leaves(side)) own.end();
    else theirs.end();
    // Nobody is left to end it.
    if (theirs.destroyed) own.end();
  }

  #closed(side: Side, hadError: boolean): void {
    const [own, theirs] = [this.#sockets[side], this.#sockets[other(side)]];
    const isKept = !own.readableEnded && this.#leaves(side);
    if (!isKept && (hadError || !own.readableEnded)) {
      if (hadError && theirs.writableLength === 0) resetSocket(theirs);
      else theirs.end();
    }
    // What this end would have taken is taken by nobody.
    theirs.resume();
    if (!theirs.destroyed) return;
    clearTimeout(this.#quiet);
    this.#onClosed();
  }

  /** The conversation hears that a side has left; true when the other is not to be told. */
  #leaves(side: Side): boolean {
    if (side === 'broker') return this.#conversation.brokerLost();
    this.#batched(() => this.#conversation.clientLost());
    return false;
  }
}

function other(side: Side): Side {
  return side === 'client' ? 'broker' : 'client';
}
