import type { IConnackPacket, IConnectPacket, Packet } from 'mqtt-packet';
import { systemClock } from '../../base/clock.ts';
import { type Breach, clause, evidenceOf, type Finding, type ProtocolVersion } from './breach.ts';
import { Connection } from './connection.ts';
import { KeepAlive } from './keep-alive.ts';
import type { Delivery, OutgoingMessage, SubscribeRequest, UnsubscribeRequest } from './messages.ts';
import type { Acknowledgement, Output } from './output.ts';
import { beforeConnack, connackFinding, Session, secondConnack } from './session.ts';
import type { Address } from './transports.ts';

/** CONNACK has to come within this time after the client has begun to connect. */
export const connackWithinMs = 3_000;
/** Attempts to connect begin at least this far apart. */
export const attemptsApartMs = 250;
/** A connection that was ended politely is given this time to close. */
const closeWithinMs = 500;

/** Where and how a client reaches one node. */
export type Endpoint = Address & {
  readonly node: string;
  readonly version: ProtocolVersion;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
};

export type Will = NonNullable<IConnectPacket['will']>;

export type ClientOptions = {
  readonly clientId: string;
  /** All of one version. The first is the first to be used. */
  readonly endpoints: readonly [Endpoint, ...Endpoint[]];
  /** Which endpoint comes next, after a connection to `current` was lost or could not be made (`wasAccepted` false). Default: the same. */
  readonly nextEndpoint?: ((current: number, wasAccepted: boolean) => number) | undefined;
  /** `persistent`: Clean Session 0, at MQTT 5 with Clean Start 0 and `sessionExpirySeconds`. */
  readonly session: 'clean' | 'persistent';
  /** MQTT 5, default an hour. */
  readonly sessionExpirySeconds?: number;
  /** The will of each attempt to connect; they are counted from 1. */
  readonly will?: (attempt: number) => Will | undefined;
  /** 0: none. Default: 5. */
  readonly keepAliveSeconds?: number;
  /** Messages of QoS 1 and 2 in flight at most, or fewer if the broker says so. Default: 100. */
  readonly window?: number;
  /** MQTT 5, from 1 to 65,535. Default: 65,535. */
  readonly receiveMaximum?: number;
  /** MQTT 5, in bytes. Default: no limit. */
  readonly maximumPacketSize?: number;
  /** MQTT 5. Default: 0, no aliases. */
  readonly topicAliasMaximum?: number;
  /** A message whose exchange went with its session is published again (the default), or else abandoned. */
  readonly publishesAgain?: boolean;
  /** Whether messages that it subscribes to are published with RETAIN = 1. Default: no, so that RETAIN = 1 is a breach. */
  readonly mayBeRetained?: boolean;
  readonly nowMs?: () => number;
  /** Ends the client at once. */
  readonly signal?: AbortSignal;
  readonly on?: ClientEvents;
};

/** Why a connection ended. */
export type CloseReason =
  | 'could not connect'
  | 'no CONNACK'
  | 'refused'
  | 'closed by the broker'
  /** MQTT 5. */
  | 'DISCONNECT'
  | 'keep alive'
  | 'unreadable'
  | 'left'
  | 'dropped'
  /** `connect` began another one; this one may still be open. */
  | 'superseded'
  | 'ended';

export type Closed = {
  readonly attempt: number;
  /** CONNACK had let the client in. */
  readonly wasAccepted: boolean;
  readonly reason: CloseReason;
  /** Of DISCONNECT (MQTT 5). */
  readonly reasonCode?: number | undefined;
  readonly error?: Error | undefined;
  readonly atMs: number;
  /** When something was last heard on it. */
  readonly lastHeardMs: number;
};

export type Accepted = {
  readonly attempt: number;
  /** Accepted connections, counted from 1. */
  readonly connection: number;
  readonly endpoint: Endpoint;
  /** False for a clean session, whatever the broker says. */
  readonly sessionPresent: boolean;
  readonly connack: IConnackPacket;
  readonly atMs: number;
};

/** All times are monotonic milliseconds: when the chunk that completed a packet was read, or when bytes were handed to the socket. */
export type ClientEvents = {
  /** CONNECT was sent. */
  readonly connecting?: (attempt: {
    readonly attempt: number;
    readonly endpoint: Endpoint;
    readonly atMs: number;
  }) => void;
  /** CONNACK has let the client in. What is sent again goes out right after. */
  readonly connected?: (accepted: Accepted) => void;
  /** After `connected`: what was unacknowledged has been sent again, and anything else can follow. */
  readonly online?: (accepted: Accepted) => void;
  readonly refused?: (refusal: { readonly attempt: number; readonly code: number; readonly atMs: number }) => void;
  readonly closed?: (closed: Closed) => void;
  /** A message; its acknowledgement is sent when this returns. At QoS 2 it comes with PUBREL. */
  readonly message?: (delivery: Delivery, atMs: number) => void;
  /** Each PUBLISH as it comes; `again` where it is a copy of one that is not acknowledged yet. */
  readonly arrived?: (delivery: Delivery, again: boolean, atMs: number) => void;
  /** Before PUBACK, PUBREC, PUBREL and PUBCOMP. What is withheld is sent by `releaseAcknowledgements`, or never on this connection. */
  readonly acknowledging?: (packet: Acknowledgement) => 'send' | 'withhold';
  readonly received?: (packet: Packet, atMs: number) => void;
  readonly sent?: (packet: Packet, atMs: number) => void;
  /** The broker sent what the standard forbids. */
  readonly breach?: (breach: Breach) => void;
  /** A packet came on an older connection, which `connect` left open. Nothing answers it. */
  readonly olderReceived?: (packet: Packet, attempt: number, atMs: number) => void;
  /** An older connection, which `connect` left open, was closed by the broker. */
  readonly olderClosed?: (attempt: number, atMs: number) => void;
};

type Link = {
  readonly connection: Connection;
  readonly attempt: number;
  readonly endpoint: Endpoint;
  readonly cleanStart: boolean;
  phase: 'opening' | 'asked' | 'online';
  silent: boolean;
  keepAlive: KeepAlive;
  connackTimer: NodeJS.Timeout | undefined;
  careTimer: NodeJS.Timeout | undefined;
  readonly withheld: Acknowledgement[];
};

/**
 * One client id over many connections (MQTT 3.1.1 and 5). After `connect` it stays connected until it leaves, is dropped for good or ends: a lost
 * connection is made again at once, then every 250 ms. It keeps its half of the session, sends again what is unacknowledged in
 * one burst, and reports each breach of the standard by the broker.
 */
export class Client {
  readonly #options: ClientOptions;
  #on: ClientEvents;
  readonly #nowMs: () => number;
  readonly #session: Session;
  readonly #closing = new Map<Connection, NodeJS.Timeout>();
  readonly #older = new Set<Link>();
  readonly #waitingForClose = new Set<() => void>();
  readonly #watchers = new Set<(news: { sessionPresent: boolean } | Error) => void>();
  #lastError = 'no answer';
  #link: Link | undefined;
  #endpoint = 0;
  #nextCleanStart: boolean | undefined;
  #attempts = 0;
  #attemptMs = Number.NEGATIVE_INFINITY;
  #connections = 0;
  #sessionPresent = false;
  #wanted = false;
  #over = false;
  #retry: NodeJS.Timeout | undefined;
  /** The packet that is looked at. */
  #current: { readonly bytes: Buffer; readonly atMs: number } = { bytes: Buffer.alloc(0), atMs: 0 };
  readonly #onAbort = (): void => this.#endNow();

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#on = options.on ?? {};
    this.#nowMs = options.nowMs ?? systemClock.nowMs;
    const [{ version }] = options.endpoints;
    if (options.endpoints.some((endpoint) => endpoint.version !== version))
      throw new RangeError('the endpoints of one client are of two MQTT versions');
    this.#session = new Session({
      version,
      window: options.window ?? 100,
      receiveMaximum: options.receiveMaximum ?? 65_535,
      topicAliasMaximum: options.topicAliasMaximum ?? 0,
      publishesAgain: options.publishesAgain ?? true,
      mayBeRetained: options.mayBeRetained ?? false,
    });
    options.signal?.addEventListener('abort', this.#onAbort, { once: true });
    if (options.signal?.aborted) this.#endNow();
  }

  /** CONNACK has let it in, and the connection is there and not silent. */
  get isOnline(): boolean {
    return this.#link?.phase === 'online' && !this.#link.silent;
  }

  /** It connects, or tries to, until it is told otherwise. */
  get isWanted(): boolean {
    return this.#wanted;
  }

  /** Messages that were handed over and have no outcome yet. */
  get unsettled(): number {
    return this.#session.unsettled;
  }

  /** How many messages of QoS 1 and 2 would be written at once. */
  get freeSlots(): number {
    return this.#session.freeSlots;
  }

  /** The connections, other than the current one, that are still open. */
  get openConnections(): number {
    return this.#older.size + this.#closing.size;
  }

  /**
   * Connects, and stays connected. A connection that is there already stays open as an older one, silent if it was: the broker has to close
   * it [MQTT-3.1.4-2, MQTT 5: -3]. `cleanStart` holds until CONNACK lets the client in.
   */
  connect(how: { endpoint?: number; cleanStart?: boolean } = {}): void {
    if (this.#over) return;
    if (how.endpoint !== undefined) this.moveTo(how.endpoint);
    this.#nextCleanStart = how.cleanStart;
    this.#wanted = true;
    const link = this.#link;
    if (link?.phase === 'online') this.#older.add(link);
    else link?.connection.destroy();
    if (link) this.#detach(link, 'superseded');
    this.#dial();
  }

  /** The next connection goes to that endpoint of the list. */
  moveTo(endpoint: number): void {
    if (this.#options.endpoints[endpoint] === undefined) throw new RangeError(`no endpoint ${endpoint}`);
    this.#endpoint = endpoint;
  }

  /** Resolves at the next CONNACK that lets it in, at once when it is online; rejects after `withinMs`, on a refusal and on abort. */
  whenConnected(withinMs: number, signal?: AbortSignal): Promise<{ sessionPresent: boolean }> {
    if (this.isOnline) return Promise.resolve({ sessionPresent: this.#sessionPresent });
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        this.#watchers.delete(watcher);
        signal?.removeEventListener('abort', onAbort);
        act();
      };
      const watcher = (news: { sessionPresent: boolean } | Error): void =>
        settle(() => (news instanceof Error ? reject(news) : resolve(news)));
      const onAbort = (): void => settle(() => reject(signal?.reason));
      const timer = setTimeout(
        () => watcher(new Error(`no CONNACK within ${withinMs} ms (${this.#lastError})`)),
        withinMs,
      );
      this.#watchers.add(watcher);
      signal?.addEventListener('abort', onAbort, { once: true });
      if (this.#over) watcher(new Error('the client has ended'));
      else if (signal?.aborted) onAbort();
    });
  }

  /** QoS 0 needs a connection. QoS 1 and 2 wait for a place in the window. */
  publish(message: OutgoingMessage): void {
    if (this.#over) message.onOutcome?.({ kind: 'abandoned' });
    else this.#run(this.#session.publish(message));
  }

  subscribe(request: SubscribeRequest): void {
    this.#run(this.#session.subscribe(request));
  }

  unsubscribe(request: UnsubscribeRequest): void {
    this.#run(this.#session.unsubscribe(request));
  }

  /** Sends the acknowledgements of this connection that were withheld, in their order. */
  releaseAcknowledgements(): void {
    for (const packet of this.#link?.withheld.splice(0) ?? []) this.#acknowledge(packet);
  }

  /** Ends the connection with DISCONNECT, and stays away until `connect`. Resolves when it is closed, at the latest after half a second. */
  leave(how: { reasonCode?: number; sessionExpirySeconds?: number } = {}): Promise<void> {
    this.#stayAway();
    const link = this.#link;
    if (link) this.#part(link, 'left', how);
    return this.#closedAll();
  }

  /** Destroys the connection, without a word. */
  drop(how: { comeBack: boolean } = { comeBack: true }): void {
    if (!how.comeBack) this.#stayAway();
    const link = this.#link;
    if (!link) return;
    link.connection.destroy();
    this.#lost(link, 'dropped');
  }

  /** Neither reads nor writes any more; the socket stays open. `comeBack`, `connect` and `drop` end it. */
  goSilent(): void {
    const link = this.#link;
    if (link?.phase !== 'online') return;
    link.silent = true;
    link.connection.pause();
    this.#session.hold();
  }

  /** Goes on with the connection on which it was silent. */
  comeBack(): void {
    const link = this.#link;
    if (!link?.silent) return;
    link.silent = false;
    link.keepAlive = new KeepAlive(link.keepAlive.intervalMs, systemClock.nowMs());
    link.connection.resume();
    this.#run(this.#session.resume());
  }

  /** Closes the older connections that `connect` left open. */
  dropOlder(): void {
    for (const link of this.#older) link.connection.destroy();
    this.#older.clear();
  }

  /** Ends the client for good, with DISCONNECT if it is connected. Always settles, after `withinMs` at the latest. */
  async end(withinMs = closeWithinMs): Promise<void> {
    this.#stayAway();
    const link = this.#link;
    if (link) this.#part(link, 'ended');
    this.dropOlder();
    this.#over = true;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, withinMs);
    });
    await Promise.race([this.#closedAll(), late]);
    clearTimeout(timer);
    this.#endNow();
  }

  /**
   * Ends the client for good, and takes its session off the broker by a connection with Clean Session or Clean Start 1 [MQTT-3.1.2-6, MQTT 5: -4].
   * Nothing that is unacknowledged is sent again, and of that connection only breaches are told. Gives up silently after `withinMs`.
   */
  async endSession(withinMs = 1_000): Promise<void> {
    await this.leave();
    this.#run(this.#session.abandon());
    const { breach } = this.#on;
    this.#on = breach ? { breach } : {};
    this.connect({ cleanStart: true });
    await this.whenConnected(withinMs).catch(() => {});
    const link = this.#link;
    // Without this MQTT 5 would keep the new session.
    this.#stayAway();
    if (link) this.#part(link, 'ended', { sessionExpirySeconds: 0 });
    await this.end();
  }

  #endNow(): void {
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    this.#stayAway();
    this.#over = true;
    const link = this.#link;
    if (link) {
      link.connection.destroy();
      this.#lost(link, 'ended');
    }
    this.dropOlder();
    for (const [connection, timer] of this.#closing) {
      clearTimeout(timer);
      connection.destroy();
    }
    this.#closing.clear();
    this.#toldClosed();
    this.#run(this.#session.abandon());
    for (const watcher of [...this.#watchers]) watcher(new Error('the client has ended'));
  }

  #stayAway(): void {
    this.#wanted = false;
    clearTimeout(this.#retry);
    this.#retry = undefined;
  }

  /** Begins an attempt, unless one is under way or a connection that was ended has not closed: the broker might take them in another order. */
  #dial(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    if (!this.#wanted || this.#link || this.#closing.size > 0) return;
    const endpoint = this.#options.endpoints[this.#endpoint] as Endpoint;
    this.#attemptMs = systemClock.nowMs();
    const connection = new Connection(
      {
        address: endpoint,
        version: endpoint.version,
        maximumPacketSize: this.#options.maximumPacketSize ?? Number.POSITIVE_INFINITY,
        nowMs: this.#nowMs,
      },
      {
        open: () => this.#sendConnect(link),
        chunk: () => {
          if (link === this.#link) this.#session.chunk();
        },
        packet: (packet, bytes, atMs) => this.#receive(link, packet, bytes, atMs),
        breach: (breach) => this.#on.breach?.(breach),
        unreadable: () => this.#cannotRead(link),
        closed: (error) => this.#onClosed(link, error),
      },
    );
    const link: Link = {
      connection,
      attempt: ++this.#attempts,
      endpoint,
      cleanStart: this.#nextCleanStart ?? this.#options.session === 'clean',
      phase: 'opening',
      silent: false,
      keepAlive: new KeepAlive(0, systemClock.nowMs()),
      connackTimer: setTimeout(() => {
        connection.destroy();
        this.#lost(link, 'no CONNACK');
      }, connackWithinMs),
      careTimer: undefined,
      withheld: [],
    };
    this.#link = link;
  }

  #sendConnect(link: Link): void {
    if (link !== this.#link) return;
    link.phase = 'asked';
    this.#send(link, this.#connectPacket(link), (atMs) =>
      this.#on.connecting?.({ attempt: link.attempt, endpoint: link.endpoint, atMs }),
    );
  }

  #connectPacket({ endpoint, attempt, cleanStart }: Link): IConnectPacket {
    const { clientId, will, keepAliveSeconds = 5, session, sessionExpirySeconds = 3_600 } = this.#options;
    const { receiveMaximum, maximumPacketSize, topicAliasMaximum } = this.#options;
    const itsWill = will?.(attempt);
    return {
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: endpoint.version,
      clientId,
      clean: cleanStart,
      keepalive: keepAliveSeconds,
      ...(endpoint.username === undefined ? {} : { username: endpoint.username }),
      ...(endpoint.password === undefined ? {} : { password: Buffer.from(endpoint.password) }),
      ...(itsWill ? { will: itsWill } : {}),
      ...(endpoint.version === 5
        ? {
            properties: {
              ...(session === 'persistent' ? { sessionExpiryInterval: sessionExpirySeconds } : {}),
              ...(receiveMaximum === undefined ? {} : { receiveMaximum }),
              ...(maximumPacketSize === undefined ? {} : { maximumPacketSize }),
              ...(topicAliasMaximum === undefined ? {} : { topicAliasMaximum }),
            },
          }
        : {}),
    };
  }

  #receive(link: Link, packet: Packet, bytes: Buffer, atMs: number): void {
    if (link !== this.#link) {
      if (this.#older.has(link)) this.#on.olderReceived?.(packet, link.attempt, atMs);
      return;
    }
    this.#current = { bytes, atMs };
    this.#on.received?.(packet, atMs);
    if (link !== this.#link) return;
    if (packet.cmd === 'connack') this.#receiveConnack(link, packet, atMs);
    else if (link.phase !== 'online') this.#breach(tooEarly(packet));
    else if (packet.cmd !== 'disconnect') this.#run(this.#session.receive(packet));
    // At MQTT 3.1.1 it is no packet of a broker, which goes on.
    else if (link.endpoint.version === 5) {
      link.connection.destroy();
      this.#lost(link, 'DISCONNECT', { reasonCode: packet.reasonCode ?? 0 });
    }
  }

  #receiveConnack(link: Link, connack: IConnackPacket, atMs: number): void {
    if (link.phase === 'online') {
      this.#breach(secondConnack);
      return;
    }
    const finding = connackFinding(connack, link.cleanStart);
    if (finding) this.#breach(finding);
    const code = connack.reasonCode ?? connack.returnCode ?? 0;
    if (code !== 0) {
      this.#on.refused?.({ attempt: link.attempt, code, atMs });
      this.#lastError = `the broker refused the connection with code ${code}`;
      link.connection.destroy();
      this.#lost(link, 'refused');
      for (const watcher of [...this.#watchers]) watcher(new Error(this.#lastError));
      return;
    }
    clearTimeout(link.connackTimer);
    link.phase = 'online';
    this.#nextCleanStart = undefined;
    this.#sessionPresent = connack.sessionPresent && !link.cleanStart;
    this.#connections++;
    this.#careFor(link, connack.properties?.serverKeepAlive ?? this.#options.keepAliveSeconds ?? 5);
    const { attempt, endpoint } = link;
    const [connection, sessionPresent] = [this.#connections, this.#sessionPresent];
    const accepted = { attempt, connection, endpoint, sessionPresent, connack, atMs };
    this.#on.connected?.(accepted);
    // Whoever was told may have ended the connection.
    if (link !== this.#link) return;
    this.#run(this.#session.begin(sessionPresent, connack));
    if (link !== this.#link) return;
    this.#on.online?.(accepted);
    for (const watcher of [...this.#watchers]) watcher({ sessionPresent });
  }

  #careFor(link: Link, keepAliveSeconds: number): void {
    link.keepAlive = new KeepAlive(keepAliveSeconds * 1_000, systemClock.nowMs());
    if (keepAliveSeconds === 0) return;
    const look = (): void => {
      if (link !== this.#link || link.silent) return;
      const care = link.keepAlive.look(systemClock.nowMs(), link.connection.activity);
      if (care === 'ping') this.#send(link, { cmd: 'pingreq' });
      if (care === 'give up') {
        link.connection.destroy();
        this.#lost(link, 'keep alive');
      }
    };
    // After the poll phase, so that what has come by now is heard first.
    link.careTimer = setInterval(() => setImmediate(look), link.keepAlive.everyMs);
  }

  #cannotRead(link: Link): void {
    if (this.#older.delete(link)) link.connection.destroy();
    if (link !== this.#link) return;
    if (link.endpoint.version === 5 && link.phase === 'online') this.#part(link, 'unreadable', { reasonCode: 0x81 });
    else {
      link.connection.destroy();
      this.#lost(link, 'unreadable');
    }
  }

  #onClosed(link: Link, error: Error | undefined): void {
    if (error) this.#lastError = error.message;
    const closing = this.#closing.get(link.connection);
    if (closing !== undefined) {
      clearTimeout(closing);
      this.#closing.delete(link.connection);
      this.#toldClosed();
      this.#dial();
    } else if (this.#older.delete(link)) this.#on.olderClosed?.(link.attempt, this.#nowMs());
    else if (link === this.#link)
      this.#lost(link, link.phase === 'opening' ? 'could not connect' : 'closed by the broker', { error });
  }

  /** Ends the connection with DISCONNECT if it is online and not silent; the socket closes in its own time. */
  #part(link: Link, reason: CloseReason, how: { reasonCode?: number; sessionExpirySeconds?: number } = {}): void {
    const { connection } = link;
    if (link.phase !== 'online' || link.silent) {
      connection.destroy();
      this.#lost(link, reason);
      return;
    }
    const { reasonCode = 0, sessionExpirySeconds } = how;
    const properties = sessionExpirySeconds === undefined ? {} : { sessionExpiryInterval: sessionExpirySeconds };
    this.#send(link, { cmd: 'disconnect', ...(link.endpoint.version === 5 ? { reasonCode, properties } : {}) });
    this.#closing.set(
      connection,
      setTimeout(() => connection.destroy(), closeWithinMs),
    );
    connection.finish();
    this.#lost(link, reason);
  }

  /** The link is no longer the current one. */
  #detach(link: Link, reason: CloseReason, more: { reasonCode?: number; error?: Error | undefined } = {}): void {
    if (link !== this.#link) return;
    this.#link = undefined;
    clearTimeout(link.connackTimer);
    clearInterval(link.careTimer);
    // The broker may have acted on a CONNECT that it did not answer.
    if (link.phase === 'asked' && reason !== 'refused') this.#session.doubt();
    const { attempt, connection } = link;
    this.#on.closed?.({
      attempt,
      wasAccepted: link.phase === 'online',
      reason,
      reasonCode: more.reasonCode,
      error: more.error,
      atMs: this.#nowMs(),
      lastHeardMs: connection.lastHeardMs,
    });
    this.#run(this.#session.suspend());
  }

  #lost(link: Link, reason: CloseReason, more: { reasonCode?: number; error?: Error | undefined } = {}): void {
    if (link !== this.#link) return;
    this.#detach(link, reason, more);
    if (!this.#wanted || this.#link || this.#retry !== undefined) return;
    const { nextEndpoint } = this.#options;
    if (nextEndpoint && reason !== 'dropped') this.moveTo(nextEndpoint(this.#endpoint, link.phase === 'online'));
    const waitMs = Math.max(0, this.#attemptMs + attemptsApartMs - systemClock.nowMs());
    this.#retry = setTimeout(() => this.#dial(), waitMs);
  }

  /** Does what the session wants done, in its order. */
  #run(outputs: readonly Output[]): void {
    const link = this.#link;
    for (const output of outputs) {
      switch (output.type) {
        case 'publish':
          this.#write(link, output);
          break;
        case 'request':
          this.#send(link, output.packet);
          break;
        case 'acknowledge':
          if (link !== this.#link || !link) break;
          if (this.#on.acknowledging?.(output.packet) === 'withhold') link.withheld.push(output.packet);
          else this.#acknowledge(output.packet);
          break;
        case 'outcome':
          output.message.onOutcome?.(output.outcome);
          break;
        case 'answer':
          output.request.onAnswer?.(output.codes);
          break;
        case 'arrived':
          this.#on.arrived?.(output.delivery, output.again, this.#current.atMs);
          break;
        case 'deliver':
          this.#on.message?.(output.delivery, this.#current.atMs);
          break;
        case 'breach':
          this.#breach(output.finding);
      }
    }
  }

  #write(link: Link | undefined, { packet, message, exchange }: Extract<Output, { type: 'publish' }>): void {
    this.#send(link, packet, (atMs) => {
      const again = exchange !== undefined && exchange.writes > 0;
      if (exchange) exchange.writes++;
      const { messageId: packetId = 0 } = packet;
      message.onWritten?.({
        packetId,
        again,
        sessionPresent: this.#sessionPresent,
        connection: this.#connections,
        atMs,
      });
    });
  }

  #acknowledge(packet: Acknowledgement): void {
    this.#send(this.#link, packet, () => this.#session.sent(packet));
  }

  /** Sends it if that is the current connection still, and tells when. */
  #send(link: Link | undefined, packet: Packet, sent?: (atMs: number) => void): void {
    if (link === undefined || link !== this.#link || link.connection.isClosed) return;
    const atMs = link.connection.send(packet);
    sent?.(atMs);
    this.#on.sent?.(packet, atMs);
  }

  #breach(finding: Finding): void {
    const { bytes, atMs } = this.#current;
    const [{ version }] = this.#options.endpoints;
    this.#on.breach?.({ ...finding, version, bytesHex: evidenceOf(bytes), atMs });
  }

  /** Resolves when every connection that was ended is closed. */
  #closedAll(): Promise<void> {
    if (this.#closing.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waitingForClose.add(resolve));
  }

  #toldClosed(): void {
    if (this.#closing.size > 0) return;
    for (const resolve of this.#waitingForClose) resolve();
    this.#waitingForClose.clear();
  }
}

function tooEarly(packet: Packet): Finding {
  if (packet.cmd !== 'disconnect') return beforeConnack;
  return { clause: clause(null, 'MQTT-3.14.0-1'), what: 'sent DISCONNECT before CONNACK' };
}
