import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { ChaosError, messageOf } from '../../../base/error.ts';
import type { Random } from '../../../base/random.ts';
import { Connection, highWaterMark } from './connection.ts';
import { addToLink, type CounterMemory } from './counters.ts';
import { type CallsSeen, type CallWatch, LinkCalls, type SeenConnections } from './http2/link-calls.ts';
import type { Scheduler } from './scheduler.ts';
import { type Conditions, cleanConditions, type Direction, type Upstream } from './types.ts';
import { Way } from './way.ts';

const loopback = '127.0.0.1';
const loopback6 = '::1';

type Listener = { readonly server: Server; readonly connections: Set<Connection> };

/** A proxy in the worker: a listener for the traffic and one a probe's lane, all under the same conditions. */
export class Link {
  readonly #forward: Way;
  readonly #backward: Way;
  readonly #memory: CounterMemory;
  readonly #scheduler: Scheduler;
  readonly #random: Random;
  readonly #traffic = new Set<Connection>();
  readonly #calls = new LinkCalls();
  /** By port; one that listens on ::1 too has two. */
  readonly #listeners = new Map<number, Listener[]>();
  #accepted = 0;
  #acceptedByLanes = 0;

  constructor(memory: CounterMemory, scheduler: Scheduler, random: Random) {
    this.#memory = memory;
    this.#scheduler = scheduler;
    this.#random = random;
    this.#forward = new Way('forward', memory);
    this.#backward = new Way('backward', memory);
  }

  /** The listener whose traffic is counted. */
  async open(listenPort: number | undefined, upstream: Upstream, ipv6: boolean): Promise<number> {
    const accept = (dialler: Socket): void => this.#accept(dialler, upstream);
    const port = await this.#listen(loopback, listenPort ?? 0, this.#traffic, accept);
    if (ipv6) await this.#listen(loopback6, port, this.#traffic, accept);
    return port;
  }

  /** A further listener, whose traffic is not counted and whose draws do not move those of the traffic. */
  openLane(upstream: Upstream): Promise<number> {
    const connections = new Set<Connection>();
    return this.#listen(loopback, 0, connections, (dialler) => this.#acceptByLane(dialler, upstream, connections));
  }

  /** Closes a listener and breaks its connections, whatever is injected. */
  async closeListener(port: number): Promise<void> {
    const listeners = this.#listeners.get(port) ?? [];
    this.#listeners.delete(port);
    const closed = listeners.map(({ server }) => closeServer(server));
    for (const { connections } of listeners) for (const connection of [...connections]) connection.reset();
    await Promise.all(closed);
  }

  shape(direction: Direction, change: Partial<Conditions>): void {
    const [forward, backward] = [this.#forward.conditions, this.#backward.conditions];
    if (direction === 'forward') this.#apply({ ...forward, ...change }, backward, false);
    else this.#apply(forward, { ...backward, ...change }, false);
  }

  clear(): void {
    this.#apply(cleanConditions, cleanConditions, true);
  }

  /** RST to both ends of every connection; how many connections that were, lanes not counted. */
  reset(): number {
    const count = this.#traffic.size;
    for (const connection of this.#connections()) connection.reset();
    return count;
  }

  /**
   * From now on the calls of new connections are read. Those of HTTP/2 that are there already cannot be: they are reset, so that
   * their diallers make them anew; how many that were.
   */
  watchCalls(watch: CallWatch): number {
    this.#calls.add(watch);
    const unread = [...this.#traffic].filter(({ speech }) => speech.is === 'http2' && !speech.read);
    for (const connection of unread) connection.reset();
    return unread.length;
  }

  callsSeen(watch: CallWatch, lateAfterMs: number): CallsSeen {
    return watch.read(lateAfterMs, this.#speeches());
  }

  unwatchCalls(watch: CallWatch): void {
    this.#calls.remove(watch);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#listeners.keys()].map((port) => this.closeListener(port)));
  }

  #speeches(): SeenConnections {
    const speeches = [...this.#traffic].map(({ speech }) => speech);
    const count = (is: string, read?: boolean): number =>
      speeches.filter((speech) => speech.is === is && (read === undefined || speech.read === read)).length;
    return {
      read: count('http2', true),
      unread: count('http2', false),
      encrypted: count('encrypted'),
      other: count('other'),
    };
  }

  #connections(): Connection[] {
    return [...new Set([...this.#listeners.values()].flat().flatMap(({ connections }) => [...connections]))];
  }

  #apply(forward: Conditions, backward: Conditions, restart: boolean): void {
    const cutForward = this.#forward.change(forward, backward.cut);
    const cutBackward = this.#backward.change(backward, forward.cut);
    if (!cutForward && !cutBackward && !restart) return;
    const nowMs = this.#scheduler.nowMs();
    this.#forward.wire.freeAtMs = nowMs;
    this.#backward.wire.freeAtMs = nowMs;
    for (const connection of this.#connections()) connection.conditionsChanged();
  }

  #accept(dialler: Socket, upstream: Upstream): void {
    addToLink(this.#memory, 'connectionsOpened', 1);
    addToLink(this.#memory, 'connectionsOpen', 1);
    const connection = new Connection({
      dialler,
      upstream,
      forward: { way: this.#forward, tally: this.#forward.tally },
      backward: { way: this.#backward, tally: this.#backward.tally },
      calls: this.#calls,
      scheduler: this.#scheduler,
      random: this.#random.fork(`connection-${this.#accepted++}`),
      onUpstreamFailure: () => addToLink(this.#memory, 'upstreamFailures', 1),
      onClosed: (closed) => {
        addToLink(this.#memory, 'connectionsOpen', -1);
        this.#traffic.delete(closed);
      },
    });
    this.#traffic.add(connection);
  }

  #acceptByLane(dialler: Socket, upstream: Upstream, connections: Set<Connection>): void {
    const connection = new Connection({
      dialler,
      upstream,
      forward: { way: this.#forward, tally: this.#forward.uncounted() },
      backward: { way: this.#backward, tally: this.#backward.uncounted() },
      scheduler: this.#scheduler,
      random: this.#random.fork(`lane-${this.#acceptedByLanes++}`),
      onUpstreamFailure: () => {},
      onClosed: (closed) => connections.delete(closed),
    });
    connections.add(connection);
  }

  #listen(
    host: string,
    port: number,
    connections: Set<Connection>,
    accept: (dialler: Socket) => void,
  ): Promise<number> {
    const server = createServer({ allowHalfOpen: true, noDelay: true, highWaterMark }, accept);
    return new Promise((resolve, reject) => {
      server.on('error', (error) => reject(listenError(error, host, port)));
      server.listen(port, host, () => {
        const { port: listening } = server.address() as AddressInfo;
        this.#listeners.set(listening, [...(this.#listeners.get(listening) ?? []), { server, connections }]);
        resolve(listening);
      });
    });
  }
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): ChaosError {
  if (error.code === 'EADDRINUSE') {
    return new ChaosError('port', `Port ${port} on ${host} is taken, so no link can listen there.`, {
      hint: `See who has it with \`ss -ltnp 'sport = :${port}'\` and stop that process, or choose another port.`,
    });
  }
  if (error.code === 'EACCES') {
    return new ChaosError('port', `Port ${port} on ${host} may not be used by this user.`, {
      hint: 'Ports below 1024 need privileges; choose a higher one.',
    });
  }
  return new ChaosError('port', `A link cannot listen on ${host}:${port}: ${messageOf(error)}`);
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
