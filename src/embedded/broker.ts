import { randomUUID } from 'node:crypto';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { messageOf } from '../base/error.ts';
import { ClientConnection, type ClientStream, type ConnectionHost } from './client-connection.ts';
import { NodeClock } from './clock.ts';
import { Journal } from './journal.ts';
import { createMetrics } from './metrics.ts';
import { type Event, emptyState, type Message, type Output, type State } from './model.ts';
import { type Mutant, mutantDelayMs } from './mutants.ts';
import { reasons } from './packets.ts';
import { type Address, Dialler, type LinkHost, Listener } from './peers.ts';
import { withExpiry } from './routing.ts';
import { apply, nextDueAtMs, routeQos0, routeQos0OfPeer } from './state.ts';

export type BrokerOptions = {
  readonly name: string;
  /** MQTT plain, over TLS, over WebSocket and over both, where wanted. */
  readonly mqtt: Address | undefined;
  readonly tls: Address | undefined;
  readonly ws: Address | undefined;
  readonly wss: Address | undefined;
  /** Where the certificate is, or is put. */
  readonly certificateFolder: string;
  readonly cluster: Address;
  readonly http: Address;
  readonly peers: ReadonlyMap<string, Address>;
  readonly dataFolder: string;
  /** Whether each commit of the journal is on the disk before its outputs leave. */
  readonly fsync: boolean;
  readonly mutant: Mutant | undefined;
  readonly log: (line: string) => void;
};

const checkSilenceEveryMs = 500;
const checkDueEveryMs = 100;
const retryCommitAfterMs = 100;
const farewellMs = 500;

/**
 * One node. Inputs become events, events are applied and written once a turn of the event loop, and only then do their
 * outputs leave: whoever hears of something, client or peer, hears of what a kill can no longer undo.
 */
export class Broker implements ConnectionHost, LinkHost {
  readonly mutant: Mutant | undefined;
  private current: State;
  private readonly options: BrokerOptions;
  private readonly journal: Journal<State, Event>;
  private readonly clock: NodeClock;
  private readonly metrics = createMetrics();
  private readonly connections = new Set<ClientConnection>();
  private readonly attached = new Map<string, ClientConnection>();
  private readonly diallers = new Map<string, Dialler>();
  private readonly listener: Listener;
  private readonly servers: (Server | HttpServer)[] = [];
  private readonly timers: NodeJS.Timeout[] = [];
  private outputs: (() => void)[] = [];
  private commitDue = false;
  /** Not of the state: QoS 0 leaves no trace in the journal. */
  private qos0Turn = 0;
  private diskRefuses = false;

  /** Reads the data folder. Nothing listens yet. */
  constructor(options: BrokerOptions) {
    this.options = options;
    this.mutant = options.mutant;
    this.current = emptyState(options.name, randomUUID());
    const { journal, cutBytes } = Journal.open<State, Event>(options.dataFolder, {
      fsync: options.fsync,
      create: () => this.current,
      restore: (state) => {
        this.current = state;
      },
      replay: (event) => {
        apply(this.current, event);
      },
    });
    this.journal = journal;
    if (cutBytes > 0) this.log(`journal: cut ${cutBytes} bytes of an unfinished record`);
    if (this.current.name !== options.name) {
      throw new Error(`${options.dataFolder} belongs to ${this.current.name}, not to ${options.name}`);
    }
    this.clock = new NodeClock(this.current.clockOffsetMs);
    this.clock.continueFrom(this.current.nowMs);
    this.listener = new Listener(this);
  }

  nowMs(): number {
    return this.clock.nowMs();
  }

  get state(): State {
    return this.current;
  }

  /** Ends what the last run left open, then listens and dials. */
  async start(): Promise<void> {
    const { options } = this;
    this.dispatch({
      type: 'start',
      peers: [...options.peers.keys()],
      mutant: this.mutant,
      clockOffsetMs: this.clock.offset,
      nowMs: this.nowMs(),
    });
    this.metrics.watch([...options.peers.keys()], {
      connectedClients: () => this.attached.size,
      sessions: () => this.state.sessions.size,
      queuedMessages: () => this.countQueued(),
      outboxLength: (peer) => this.state.outboxes.get(peer)?.items.size ?? 0,
      isPeerUp: (peer) => this.isPeerUp(peer),
      journalBytes: () => this.journal.bytes,
    });
    await this.listen(
      'cluster',
      options.cluster,
      createServer((socket) => this.listener.accept(socket)),
    );
    await this.listen('http', options.http, this.createHttp());
    const accept = (stream: ClientStream): void => {
      this.connections.add(new ClientConnection(stream, this));
    };
    await this.listenBeside(accept);
    if (options.mqtt !== undefined) await this.listen('mqtt', options.mqtt, createServer(accept));
    for (const [peer, address] of options.peers) this.diallers.set(peer, new Dialler(peer, address, this));
    this.every(checkSilenceEveryMs, () => {
      for (const connection of this.connections) connection.checkSilence(performance.now());
    });
    this.every(checkDueEveryMs, () => {
      this.listener.releaseHeld();
      const nowMs = this.nowMs();
      if (nextDueAtMs(this.state) <= nowMs) this.dispatch({ type: 'tick', nowMs });
    });
    if (this.mutant === 'reorder-after-reconnect') {
      this.every(mutantDelayMs, () => {
        if (this.someoneIsLate()) this.dispatch({ type: 'late-backlog', count: 20, nowMs: this.nowMs() });
      });
    }
  }

  /** Ends every connection as abnormal, gives the peers a moment to hear of the wills, and lets go of everything. */
  async stop(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    for (const server of this.servers) server.close();
    this.storeLate(this.late.length);
    for (const clientId of [...this.attached.keys()]) {
      this.dispatch({ type: 'disconnect', clientId, abnormal: true, nowMs: this.nowMs() });
    }
    this.attached.clear();
    for (const connection of [...this.connections]) connection.abandon(reasons.shuttingDown);
    const deadlineMs = performance.now() + farewellMs;
    while (performance.now() < deadlineMs && (this.commitDue || this.someoneHasYetToHear())) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    for (const dialler of this.diallers.values()) dialler.stop();
    this.listener.stop();
    this.journal.close();
  }

  // ---- events in, outputs out

  dispatch(event: Event): void {
    this.journal.append(event);
    this.emit(apply(this.current, event));
  }

  afterCommit(send: () => void): void {
    this.outputs.push(send);
    this.commitSoon();
  }

  /** The receiver is chosen now: by the time of the commit the client may have come back on a connection of its own. */
  private emit(outputs: readonly Output[]): void {
    for (const output of outputs) {
      if (output.kind === 'discarded') {
        this.discarded(output.clientId, output.count);
        continue;
      }
      const connection = this.attached.get(output.clientId);
      if (connection === undefined) continue;
      if (output.kind === 'close') {
        this.attached.delete(output.clientId);
        connection.abandon(reasons.sessionTakenOver);
      } else if (output.kind === 'refuse') {
        this.attached.delete(output.clientId);
        this.outputs.push(() => connection.refuseUnavailable());
      } else if (this.diskRefuses && output.packet.cmd === 'publish' && output.packet.qos === 0) this.dropped('disk');
      else this.outputs.push(() => connection.send(output.packet));
    }
    this.commitSoon();
  }

  private commitSoon(): void {
    if (this.commitDue) return;
    this.commitDue = true;
    setImmediate(() => this.commit());
  }

  private commit(): void {
    try {
      this.journal.commit();
    } catch (error) {
      // Full, most likely. Nothing may be acknowledged that is not stored, so clients wait until there is room.
      if (!this.diskRefuses) this.log(`journal: ${messageOf(error)}; waiting`);
      this.diskRefuses = true;
      setTimeout(() => this.commit(), retryCommitAfterMs);
      return;
    }
    if (this.diskRefuses) this.log('journal: written again');
    this.diskRefuses = false;
    this.commitDue = false;
    const outputs = this.outputs;
    this.outputs = [];
    for (const send of outputs) send();
    for (const dialler of this.diallers.values()) dialler.pump();
    this.journal.compactIfLarge(this.current);
  }

  // ---- for the client connections

  attach(clientId: string, connection: ClientConnection): void {
    if (this.mutant !== 'keep-older-here') this.attached.get(clientId)?.abandon(reasons.sessionTakenOver);
    this.attached.set(clientId, connection);
  }

  detach(clientId: string, connection: ClientConnection): void {
    if (this.attached.get(clientId) === connection) this.attached.delete(clientId);
  }

  closed(connection: ClientConnection): void {
    this.connections.delete(connection);
  }

  newClientId(): string {
    return `${this.options.name}-${randomUUID()}`;
  }

  publish(clientId: string, messageId: number | undefined, message: Message): void {
    this.metrics.received.inc({ qos: message.qos });
    if (message.qos === 0 && !message.retain) this.passOn(clientId, message);
    else if (this.mutant === 'ack-before-store' && messageId !== undefined) {
      this.acknowledgeFirst(clientId, messageId, message);
    } else this.dispatch({ type: 'publish', clientId, messageId, message, nowMs: this.nowMs() });
  }

  /** QoS 0 promises nothing, so nothing of it is written. */
  private passOn(publisher: string, published: Message): void {
    if (this.diskRefuses) {
      this.dropped('disk');
      return;
    }
    const message = withExpiry(published, this.nowMs());
    this.qos0Turn += 1;
    const { outputs, groupsByPeer } = routeQos0(this.current, message, publisher, this.qos0Turn, this.nowMs());
    this.emit(outputs);
    if (this.mutant === 'own-broadcast') this.receiveQos0(message, publisher, []);
    this.afterCommit(() => {
      for (const [peer, dialler] of this.diallers) {
        dialler.sendQos0(message, publisher, groupsByPeer.get(peer) ?? []);
      }
    });
  }

  private discarded(clientId: string, count: number): void {
    this.log(`session of ${clientId} replaced by a newer one: ${count} messages discarded`);
    this.metrics.dropped.inc({ reason: 'session-replaced' }, count);
  }

  delivered(qos: number): void {
    this.metrics.delivered.inc({ qos });
  }

  dropped(reason: string): void {
    this.metrics.dropped.inc({ reason });
  }

  // ---- for the links

  receiveQos0(message: Message, publisher: string, groups: readonly string[]): void {
    this.qos0Turn += 1;
    if (this.diskRefuses) this.dropped('disk');
    else this.emit(routeQos0OfPeer(this.current, message, publisher, groups, this.qos0Turn, this.nowMs()));
  }

  peerConnected(peer: string): void {
    this.metrics.peerConnects.inc({ peer });
  }

  log(line: string): void {
    this.options.log(line);
  }

  // ---- the defect of the mutant ack-before-store

  private late: Extract<Event, { type: 'publish' }>[] = [];

  private acknowledgeFirst(clientId: string, messageId: number, message: Message): void {
    if (message.qos === 1) this.attached.get(clientId)?.send({ cmd: 'puback', messageId });
    else if (this.state.sessions.get(clientId)?.received.has(messageId)) {
      this.attached.get(clientId)?.send({ cmd: 'pubrec', messageId });
      return;
    } else this.dispatch({ type: 'remember-id', clientId, messageId });
    this.late.push({ type: 'publish', clientId, messageId: undefined, message, nowMs: this.nowMs() });
    setTimeout(() => this.storeLate(1), mutantDelayMs);
  }

  private storeLate(count: number): void {
    for (const event of this.late.splice(0, count)) this.dispatch(event);
  }

  // ---- the rest

  private isPeerUp(peer: string): boolean {
    return this.diallers.get(peer)?.isUp === true && this.listener.isUp(peer);
  }

  private someoneHasYetToHear(): boolean {
    return [...this.diallers].some(
      ([peer, dialler]) => dialler.isUp && (this.state.outboxes.get(peer)?.items.size ?? 0) > 0,
    );
  }

  private someoneIsLate(): boolean {
    return [...this.state.sessions.values()].some(({ late }) => late.length > 0);
  }

  private countQueued(): number {
    let count = 0;
    for (const { queue, late, inFlight, released } of this.state.sessions.values()) {
      count += queue.length + late.length + inFlight.size + released.size;
    }
    return count;
  }

  private every(periodMs: number, action: () => void): void {
    this.timers.push(setInterval(action, periodMs));
  }

  private async listen(what: string, address: Address, server: Server | HttpServer): Promise<void> {
    this.servers.push(server);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(address.port, address.host, () => {
        server.off('error', reject);
        // Out of file descriptors, for one: that connection is lost, the node is not.
        server.on('error', (error: Error) => this.log(`${what}: ${error.message}`));
        resolve();
      });
    });
    const { address: host, port } = server.address() as AddressInfo;
    this.log(`${what} listening on ${host}:${port}`);
  }

  /** The listeners for clients that do not speak plain MQTT. */
  private async listenBeside(accept: (stream: ClientStream) => void): Promise<void> {
    const { tls, ws, wss, certificateFolder } = this.options;
    if (tls === undefined && ws === undefined && wss === undefined) return;
    // Loaded only where it is wanted: a node is to start fast.
    const { createTlsListener, createWebSocketListener } = await import('./listeners.ts');
    if (ws !== undefined) await this.listen('ws', ws, createWebSocketListener(accept));
    if (tls === undefined && wss === undefined) return;
    const { certificateIn } = await import('./certificates.ts');
    const certificate = await certificateIn(certificateFolder);
    if (tls !== undefined) await this.listen('tls', tls, createTlsListener(certificate, accept));
    if (wss !== undefined) await this.listen('wss', wss, createWebSocketListener(accept, certificate));
  }

  private createHttp(): HttpServer {
    return createHttpServer((request, response) => {
      const answer = (status: number, type: string, body: string): void => {
        response.writeHead(status, { 'content-type': type }).end(body);
      };
      if (request.url === '/health') {
        const peers = Object.fromEntries(
          [...this.options.peers.keys()].map((peer) => [peer, this.isPeerUp(peer) ? 'connected' : 'disconnected']),
        );
        answer(
          200,
          'application/json',
          JSON.stringify({ name: this.options.name, peers, sessions: this.state.sessions.size }),
        );
      } else if (request.url === '/metrics') {
        const { registry } = this.metrics;
        registry.metrics().then(
          (text) => answer(200, registry.contentType, text),
          (error: unknown) => answer(500, 'text/plain', messageOf(error)),
        );
      } else answer(404, 'text/plain', 'try /health or /metrics');
    });
  }
}
