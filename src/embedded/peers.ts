import { connect, type Socket } from 'node:net';
import { encodeFrame, FrameReader } from './frame.ts';
import type { Event, Item, Message, State } from './model.ts';
import { type Mutant, mutantDelayMs } from './mutants.ts';
import { byOwnClock, isReady, lastSeqOf } from './outboxes.ts';

/*
 * Between two nodes there are two connections, each dialled by the side that has something to tell: items go from the
 * dialler to the listener, confirmations come back. A connection is nothing but a pipe that may be cut, held or lose one
 * direction at any moment; what survives it is in the outbox of the one and the inbox of the other.
 */

const protocol = 'chaos-action cluster 2';
const redialAfterMs = 250;
const connectWithinMs = 2000;
const pingEveryMs = 1000;
/** Longer than a connection can be silent that works at all: pings are answered. It covers the handshake too. */
const silenceMs = 4000;
const checkEveryMs = 250;
/** So much is written to a link ahead of what the network takes. */
const backlogLimitBytes = 1024 * 1024;

type ToListener =
  | { readonly type: 'hello'; readonly protocol: string; readonly name: string; readonly epoch: string }
  | { readonly type: 'item'; readonly seq: number; readonly item: Item; readonly sentAtMs: number }
  | {
      readonly type: 'qos0';
      readonly message: Message;
      readonly publisher: string;
      readonly groups: readonly string[];
      readonly sentAtMs: number;
    }
  | { readonly type: 'ping' };

type HeldItem = Extract<ToListener, { type: 'item' }> & { readonly cameAtMs: number };

type ToDialler =
  | { readonly type: 'welcome'; readonly name: string; readonly epoch: string; readonly lastSeq: number }
  | { readonly type: 'confirm'; readonly seq: number }
  | { readonly type: 'pong' };

/** What the links need of the broker they belong to. */
export type LinkHost = {
  readonly state: State;
  readonly mutant: Mutant | undefined;
  nowMs(): number;
  dispatch(event: Event): void;
  /** Runs `send` once every event so far is in the journal. Nothing that depends on one may leave any earlier. */
  afterCommit(send: () => void): void;
  receiveQos0(message: Message, publisher: string, groups: readonly string[]): void;
  dropped(reason: 'peer-down' | 'peer-backlog'): void;
  peerConnected(peer: string): void;
  log(line: string): void;
};

export type Address = { readonly host: string; readonly port: number };

/** Dials one peer for ever and sends it the outbox, in order and again from the first unconfirmed item [MQTT-4.6.0-6]. */
export class Dialler {
  /** How often the link was made, the first time included. */
  connects = 0;
  private readonly peer: string;
  private readonly address: Address;
  private readonly host: LinkHost;
  private socket: Socket | undefined;
  private welcomed = false;
  private sentSeq = 0;
  private forwarded = 0;
  private lastPayload: Buffer | undefined;
  private redialTimer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(peer: string, address: Address, host: LinkHost) {
    this.peer = peer;
    this.address = address;
    this.host = host;
    this.dial();
  }

  get isUp(): boolean {
    return this.welcomed;
  }

  /** Sends what the outbox holds and the socket takes. Only after a commit: see LinkHost. */
  pump(): void {
    const endSeq = this.host.state.outboxes.get(this.peer)?.nextSeq ?? 0;
    if (this.host.mutant === 'forget-outbox') setTimeout(() => this.sendItems(endSeq), mutantDelayMs);
    else this.sendItems(endSeq);
  }

  /** QoS 0 goes out now or never; never past waiting items either, for those wait on the same condition. */
  sendQos0(message: Message, publisher: string, groups: readonly string[]): void {
    this.pump();
    if (this.socket === undefined || !this.welcomed) this.host.dropped('peer-down');
    else if (this.socket.writableLength > backlogLimitBytes) this.host.dropped('peer-backlog');
    else this.write(this.socket, { type: 'qos0', message, publisher, groups, sentAtMs: this.host.nowMs() });
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.redialTimer);
    this.socket?.destroy();
  }

  private sendItems(endSeq: number): void {
    const outbox = this.host.state.outboxes.get(this.peer);
    if (outbox === undefined || this.socket === undefined || !this.welcomed) return;
    while (this.sentSeq + 1 < endSeq && this.socket.writableLength <= backlogLimitBytes) {
      this.sentSeq += 1;
      const item = outbox.items.get(this.sentSeq);
      if (item === undefined) continue;
      this.write(this.socket, { type: 'item', seq: this.sentSeq, item, sentAtMs: this.host.nowMs() });
    }
  }

  private write(socket: Socket, frame: ToListener): void {
    const { mutant } = this.host;
    const isAltered = mutant === 'corrupt-forward' || mutant === 'mix-payloads';
    socket.write(encodeFrame(isAltered ? this.altered(frame) : frame));
  }

  /** The defect of the mutants corrupt-forward and mix-payloads. */
  private altered(frame: ToListener): ToListener {
    const message =
      frame.type === 'qos0'
        ? frame.message
        : frame.type === 'item' && frame.item.kind === 'message'
          ? frame.item.message
          : undefined;
    if (message === undefined || message.payload.length === 0) return frame;
    this.forwarded += 1;
    const before = this.lastPayload ?? message.payload;
    this.lastPayload = message.payload;
    if (this.forwarded % 50 !== 0) return frame;
    const payload = this.host.mutant === 'mix-payloads' ? before : lastBitFlipped(message.payload);
    if (frame.type === 'qos0') return { ...frame, message: { ...message, payload } };
    if (frame.type === 'item' && frame.item.kind === 'message') {
      return { ...frame, item: { ...frame.item, message: { ...message, payload } } };
    }
    return frame;
  }

  /** Of the mutant one-way-link: whether the peer comes after this node in the circle of names. */
  private isNext(): boolean {
    const { name, outboxes } = this.host.state;
    const names = [name, ...outboxes.keys()].sort();
    return names[(names.indexOf(name) + 1) % names.length] === this.peer;
  }

  private dial(): void {
    const socket = connect({ ...this.address, noDelay: true });
    this.socket = socket;
    const connectTimer = setTimeout(() => lose('no connection'), connectWithinMs);
    let pingTimer: NodeJS.Timeout | undefined;
    const watch = new SilenceWatch(() => lose('silent'));
    const lose = (reason: string): void => {
      if (this.socket !== socket) return;
      clearTimeout(connectTimer);
      clearInterval(pingTimer);
      watch.stop();
      this.socket = undefined;
      socket.destroy();
      if (this.welcomed) {
        this.host.log(`peer ${this.peer} lost: ${reason}`);
        if (!this.stopped) this.host.dispatch({ type: 'peer-lost', peer: this.peer, nowMs: this.host.nowMs() });
      }
      this.welcomed = false;
      if (this.stopped) return;
      if (this.host.mutant === 'never-redial' && this.connects > 0) return;
      if (this.host.mutant === 'one-way-link' && this.connects > 0 && this.isNext()) return;
      this.redialTimer = setTimeout(() => this.dial(), redialAfterMs);
    };
    socket.on('connect', () => {
      clearTimeout(connectTimer);
      watch.start();
      const { name, epoch } = this.host.state;
      this.write(socket, { type: 'hello', protocol, name, epoch });
    });
    socket.on('drain', () => this.host.afterCommit(() => this.pump()));
    socket.on('error', (error: NodeJS.ErrnoException) => lose(error.code ?? error.message));
    socket.on('close', () => lose('closed'));
    onFrames<ToDialler>(
      socket,
      () => watch.heard(),
      (frame) => {
        if (this.socket !== socket) return;
        if (frame.type === 'confirm') this.host.dispatch({ type: 'peer-confirm', peer: this.peer, seq: frame.seq });
        if (frame.type !== 'welcome' || this.welcomed) return;
        if (frame.name !== this.peer) {
          this.host.log(
            `peer ${this.peer} is not at ${this.address.host}:${this.address.port}: ${frame.name} answered`,
          );
          lose('wrong peer');
          return;
        }
        this.host.dispatch({
          type: 'peer-welcome',
          peer: this.peer,
          epoch: frame.epoch,
          seq: frame.lastSeq,
          nowMs: this.host.nowMs(),
        });
        // What the peer confirms it has; in a sound cluster everything up to there has now left the outbox.
        this.sentSeq = frame.lastSeq;
        this.welcomed = true;
        this.connects += 1;
        this.host.peerConnected(this.peer);
        this.host.log(`peer ${this.peer} connected`);
        pingTimer = setInterval(() => this.write(socket, { type: 'ping' }), pingEveryMs);
        this.host.afterCommit(() => this.pump());
      },
    );
  }
}

function lastBitFlipped(payload: Buffer): Buffer {
  const flipped = Buffer.from(payload);
  flipped.writeUInt8(flipped.readUInt8(flipped.length - 1) ^ 1, flipped.length - 1);
  return flipped;
}

/** Takes the connections that peers dial, applies each of their items once and confirms it when it is stored. */
export class Listener {
  private readonly host: LinkHost;
  private readonly incoming = new Map<string, Socket>();
  private readonly sockets = new Set<Socket>();
  private readonly releases = new Set<() => boolean>();
  private qos0Count = 0;

  constructor(host: LinkHost) {
    this.host = host;
  }

  isUp(peer: string): boolean {
    return this.incoming.has(peer);
  }

  stop(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Applies the items that waited for one of another peer and need not any more. */
  releaseHeld(): void {
    for (let isAny = true; isAny; ) {
      isAny = false;
      for (const release of this.releases) isAny = release() || isAny;
    }
  }

  accept(socket: Socket): void {
    const { host } = this;
    let from: { readonly peer: string; readonly epoch: string } | undefined;
    let confirming = false;
    const watch = new SilenceWatch(() => socket.destroy());
    const send = (frame: ToDialler): void => {
      if (!socket.destroyed) socket.write(encodeFrame(frame));
    };
    /** One confirmation for all items of a turn. */
    const confirm = (peer: string, epoch: string): void => {
      if (confirming) return;
      confirming = true;
      host.afterCommit(() => {
        confirming = false;
        const frame: ToDialler = { type: 'confirm', seq: lastSeqOf(host.state, peer, epoch) };
        if (host.mutant === 'redeliver-qos2') setTimeout(() => send(frame), mutantDelayMs);
        else send(frame);
      });
    };
    const held: HeldItem[] = [];
    /** Applies the items that wait for nothing, and answers whether there were any. */
    const release = (): boolean => {
      let first = held[0];
      if (from === undefined || socket.destroyed || first === undefined || !isReady(host.state, first.item))
        return false;
      const { peer, epoch } = from;
      for (; first !== undefined && isReady(host.state, first.item); first = held[0]) {
        const { seq, item, sentAtMs, cameAtMs } = first;
        held.shift();
        // One that came before is not worth a record, yet is confirmed: the confirmation may be what was lost.
        if (seq <= lastSeqOf(host.state, peer, epoch)) continue;
        const nowMs = host.nowMs();
        // It has aged here as well.
        host.dispatch({ type: 'peer-item', peer, epoch, seq, item, sentAtMs: sentAtMs + nowMs - cameAtMs, nowMs });
      }
      confirm(peer, epoch);
      return true;
    };
    socket.setNoDelay(true);
    this.sockets.add(socket);
    this.releases.add(release);
    watch.start();
    socket.on('error', () => {});
    socket.on('close', () => {
      watch.stop();
      this.sockets.delete(socket);
      this.releases.delete(release);
      if (from !== undefined && this.incoming.get(from.peer) === socket) {
        this.incoming.delete(from.peer);
        host.log(`peer ${from.peer} no longer dials in`);
      }
    });
    onFrames<ToListener>(
      socket,
      () => watch.heard(),
      (frame) => {
        if (socket.destroyed) return;
        if (from === undefined) {
          if (frame.type !== 'hello' || frame.protocol !== protocol || !host.state.outboxes.has(frame.name)) {
            socket.destroy();
            return;
          }
          const { name: peer, epoch } = frame;
          from = { peer, epoch };
          // A peer dials one connection at a time; what an older one still holds comes again on this one.
          this.incoming.get(peer)?.destroy();
          this.incoming.set(peer, socket);
          host.log(`peer ${peer} dials in`);
          if (host.mutant === 'redeliver-qos2') host.dispatch({ type: 'forget-inbox', peer, epoch });
          host.afterCommit(() =>
            send({
              type: 'welcome',
              name: host.state.name,
              epoch: host.state.epoch,
              lastSeq: lastSeqOf(host.state, peer, epoch),
            }),
          );
          return;
        }
        switch (frame.type) {
          case 'item':
            held.push({ ...frame, cameAtMs: host.nowMs() });
            this.releaseHeld();
            break;
          case 'qos0':
            this.receiveQos0(frame);
            break;
          case 'ping':
            send({ type: 'pong' });
            break;
          case 'hello':
            socket.destroy();
            break;
        }
      },
    );
  }

  private receiveQos0(frame: Extract<ToListener, { type: 'qos0' }>): void {
    const { host } = this;
    const message = byOwnClock(frame.message, { sentAtMs: frame.sentAtMs, nowMs: host.nowMs() });
    host.receiveQos0(message, frame.publisher, frame.groups);
    this.qos0Count += 1;
    if (host.mutant === 'duplicate-qos0' && this.qos0Count % 50 === 0)
      host.receiveQos0(message, frame.publisher, frame.groups);
  }
}

function onFrames<Frame>(socket: Socket, heard: () => void, receive: (frame: Frame) => void): void {
  const reader = new FrameReader();
  socket.on('data', (chunk: Buffer) => {
    heard();
    const frames = reader.read(chunk);
    if (frames === undefined) {
      socket.destroy();
      return;
    }
    // The protocol and its version are checked in the handshake, and the CRC vouches for the bytes.
    for (const frame of frames) receive(frame as Frame);
  });
}

/** Calls back after a silence. Counted in checks, not by the clock, so that a process that was stopped still reads first. */
class SilenceWatch {
  private readonly onSilence: () => void;
  private timer: NodeJS.Timeout | undefined;
  private quietChecks = 0;

  constructor(onSilence: () => void) {
    this.onSilence = onSilence;
  }

  start(): void {
    this.timer = setInterval(() => {
      this.quietChecks += 1;
      if (this.quietChecks * checkEveryMs > silenceMs) this.onSilence();
    }, checkEveryMs);
  }

  heard(): void {
    this.quietChecks = 0;
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
