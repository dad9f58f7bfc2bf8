import { connect, type Socket, type TcpNetConnectOpts } from 'node:net';
import type { Random } from '../../../base/random.ts';
import { createFlowState, releaseTime } from './behaviours/behaviour.ts';
import type { DirectionTally } from './counters.ts';
import { CallReader, speechOf } from './http2/call-reader.ts';
import type { LinkCalls, Speech } from './http2/link-calls.ts';
import { Pipe } from './pipe.ts';
import { resetSocket } from './reset-socket.ts';
import type { Scheduler } from './scheduler.ts';
import type { Upstream } from './types.ts';
import type { Way } from './way.ts';

/** Past this a socket's unwritten bytes stop the one that feeds it: a few reads of 64 KiB, so that the kernel never runs dry. */
export const highWaterMark = 262_144;

export type ConnectionParts = {
  readonly dialler: Socket;
  readonly upstream: Upstream;
  readonly forward: { readonly way: Way; readonly tally: DirectionTally };
  readonly backward: { readonly way: Way; readonly tally: DirectionTally };
  /** Who looks at the calls of the link; nobody looks at a probe's. */
  readonly calls?: LinkCalls | undefined;
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly onUpstreamFailure: () => void;
  readonly onClosed: (connection: Connection) => void;
};

type State = 'waiting' | 'dialling' | 'open' | 'closed';

/**
 * A connection through a link: the socket of the side that dialled, the one to the upstream, and a pipe each way.
 *
 * The kernel has accepted before anybody here is asked, so that the dialler believes itself connected at once. What the
 * handshake would have cost is made up for: the upstream is dialled when a SYN would have come through the link, and the
 * dialler's first bytes follow no earlier than after the SYN-ACK. While either way is cut neither would have come through, and
 * nothing is dialled until the heal.
 */
export class Connection {
  readonly #parts: ConnectionParts;
  readonly #dialler: Socket;
  readonly #forward: Pipe;
  #backward: Pipe | undefined;
  #upstream: Socket | undefined;
  #state: State = 'waiting';
  #forwardOpen = false;
  #socketsOpen = 1;
  /** Present when the calls of the link were wanted at the time the connection was made: what it says can be read. */
  readonly #reader: CallReader | undefined;
  /** Of one that is not read, by its first bytes. */
  #speech: Speech = 'silent';
  /** Answers that were given for the upstream before it was there. */
  #early: Buffer[] = [];

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.#dialler = parts.dialler;
    this.#forward = this.#pipe('forward', parts.dialler);
    this.#watch(parts.dialler);
    this.#reader = parts.calls?.wanted ? this.#read(parts.calls) : undefined;
    const { dialler } = parts;
    if (this.#reader) dialler.on('data', (chunk: Buffer) => this.#reader?.fromClient(chunk));
    else this.#passOn(dialler);
    parts.dialler.on('end', () => this.#diallerEnded());
    parts.dialler.on('error', () => this.#broke(this.#forward, this.#backward));
    this.#start();
  }

  /** What it speaks, and whether its calls can be read. */
  get speech(): { readonly is: Speech; readonly read: boolean } {
    return { is: this.#reader?.speech ?? this.#speech, read: this.#reader !== undefined };
  }

  /** A cut came or went, or the link was cleared. */
  conditionsChanged(): void {
    if (this.#state === 'waiting') this.#start();
    if (this.#state === 'open') this.#openForward();
    this.#forward.conditionsChanged();
    this.#backward?.conditionsChanged();
  }

  /** RST to both ends, now, whatever else is injected. */
  reset(): void {
    this.#state = 'closed';
    this.#reader?.close();
    this.#forward.discard();
    this.#backward?.discard();
    resetSocket(this.#dialler);
    if (this.#upstream) resetSocket(this.#upstream);
  }

  #cut(): boolean {
    return this.#parts.forward.way.conditions.cut || this.#parts.backward.way.conditions.cut;
  }

  #start(): void {
    this.#afterCrossing('forward', () => {
      if (this.#state === 'waiting' && !this.#cut()) this.#dial();
    });
  }

  #dial(): void {
    this.#state = 'dialling';
    const options: TcpNetConnectOpts & { highWaterMark: number } = {
      ...this.#parts.upstream,
      allowHalfOpen: true,
      noDelay: true,
      highWaterMark,
    };
    const upstream = connect(options);
    this.#upstream = upstream;
    this.#socketsOpen++;
    this.#watch(upstream);
    upstream.on('error', () => this.#upstreamBroke());
    upstream.once('connect', () => this.#connected(upstream));
  }

  #connected(upstream: Socket): void {
    if (this.#state !== 'dialling') return;
    this.#state = 'open';
    const backward = this.#pipe('backward', upstream);
    this.#backward = backward;
    const reader = this.#reader;
    if (reader) upstream.on('data', (chunk: Buffer) => reader.fromServer(chunk));
    else upstream.on('data', (chunk: Buffer) => backward.offer(chunk));
    upstream.on('end', () => {
      if (reader) reader.serverEnded(() => backward.offerEnd());
      else backward.offerEnd();
    });
    backward.openTo(this.#dialler);
    for (const answer of this.#early.splice(0)) backward.offer(answer);
    this.#openForward();
  }

  /** The upstream's SYN-ACK is on its way back; when it is through, the dialler's bytes follow. */
  #openForward(): void {
    if (this.#forwardOpen) return;
    this.#afterCrossing('backward', () => {
      if (this.#forwardOpen || this.#state !== 'open' || !this.#upstream) return;
      this.#forwardOpen = true;
      this.#forward.openTo(this.#upstream);
    });
  }

  /** Runs `then` when a segment without bytes, entering now, would come out at the other side. */
  #afterCrossing(direction: 'forward' | 'backward', then: () => void): void {
    const { scheduler, random } = this.#parts;
    const { way } = this.#parts[direction];
    if (way.clean) {
      then();
      return;
    }
    const nowMs = scheduler.nowMs();
    const state = createFlowState(way.wire);
    const dueMs = releaseTime(nowMs, 0, way.conditions, state, random.fork(`${direction}/handshake`));
    scheduler.at(dueMs, { run: then });
  }

  #diallerEnded(): void {
    // Whoever hangs up before a SYN could come through was never connected. Kept until the heal, the attempts of a peer that
    // tries again and again would use up the descriptors.
    if (this.#state === 'waiting' && this.#cut()) {
      this.#dialler.destroy();
      return;
    }
    this.#reader?.clientEnded();
    this.#forward.offerEnd();
  }

  #upstreamBroke(): void {
    if (this.#state === 'dialling') {
      this.#parts.onUpstreamFailure();
      this.reset();
    } else if (this.#backward) {
      this.#broke(this.#backward, this.#forward);
    }
  }

  /** A socket failed: behind what it said comes the reset, and what was on its way to it is lost. */
  #broke(from: Pipe, to: Pipe | undefined): void {
    this.#reader?.close();
    to?.discard();
    if (this.#state === 'open') from.offerReset();
    else this.reset();
  }

  /** Its first bytes are looked at, so that it is known what a link carries; all that follow pass with no more ado. */
  #passOn(dialler: Socket): void {
    dialler.once('data', (first: Buffer) => {
      this.#speech = speechOf(first);
      dialler.on('data', (chunk: Buffer) => this.#forward.offer(chunk));
      this.#forward.offer(first);
    });
  }

  #read(calls: LinkCalls): CallReader {
    return new CallReader({
      calls,
      random: this.#parts.random.fork('calls'),
      scheduler: this.#parts.scheduler,
      toServer: (bytes) => this.#forward.offer(bytes),
      toClient: (bytes) => {
        if (this.#backward) this.#backward.offer(bytes);
        else this.#early.push(bytes);
      },
      onBroken: () => this.reset(),
    });
  }

  #pipe(direction: 'forward' | 'backward', source: Socket): Pipe {
    const { scheduler, random } = this.#parts;
    return new Pipe({ ...this.#parts[direction], scheduler, random: random.fork(direction), source });
  }

  #watch(socket: Socket): void {
    socket.once('close', () => {
      this.#socketsOpen--;
      if (this.#socketsOpen > 0) return;
      this.#state = 'closed';
      this.#parts.onClosed(this);
    });
  }
}
