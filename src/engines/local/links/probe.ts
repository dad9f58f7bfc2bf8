import { randomBytes } from 'node:crypto';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type Clock, systemClock } from '../../../base/clock.ts';
import type { Links } from './links.ts';
import { estimateLoss, type LossEstimate, type ProbeSample } from './loss-estimate.ts';
import type { Direction } from './types.ts';

/**
 * What the conductor sees of a link with its own eyes: small segments sent through lanes of it, their times taken here and not
 * where the faults are injected. All figures are of segments sent within the window.
 */
export type LinkProbe = {
  /** Starts a new window. */
  mark(): void;
  /** The window so far. `baseDelayMs` is the delay to expect without losses; the window's median when absent. */
  read(options?: { readonly baseDelayMs?: Partial<Record<Direction, number>> }): ProbeWindow;
  /** Whether a new connection through the link is answered in time. Only real packets can be lost before that: a proxy's kernel answers at once. */
  answers(withinMs: number): Promise<boolean>;
  /** Closes every socket of the probe. Safe to call twice. */
  stop(): Promise<void>;
};

export type ProbeWindow = {
  readonly durationMs: number;
  /** Lanes that lost their connection and made a new one. */
  readonly reconnects: number;
  /** Lanes connected through the link now. */
  readonly lanesUp: number;
  readonly forward: ProbeDirection;
  readonly backward: ProbeDirection;
};

export type ProbeDirection = {
  readonly sent: number;
  readonly arrived: number;
  readonly bytesOffered: number;
  readonly bytesDelivered: number;
  /** Of the segments that had the lane to themselves; absent when none has arrived. */
  readonly minDelayMs?: number | undefined;
  readonly medianDelayMs?: number | undefined;
  readonly p90DelayMs?: number | undefined;
  readonly p99DelayMs?: number | undefined;
  /** Of each second of the window in which segments were sent that arrived: its number from 0, the middle of it on the monotonic clock, the median. */
  readonly delayOverTime: readonly {
    readonly second: number;
    readonly monotonicMs: number;
    readonly medianMs: number;
  }[];
  /** Read from retransmission stalls; absent when there is no delay to compare with. */
  readonly loss?: LossEstimate | undefined;
  /** The same of first transmissions alone: when a kernel sends again is its own affair, but never before 100 ms have passed. */
  readonly firstLoss?: LossEstimate | undefined;
};

const segmentBytes = 16;
/** A lane whose segment is this long under way goes on offering, so that a cut is seen to hold something. */
const overdueAfterMs = 500;
const overdueEveryMs = 250;
const overdueAtMost = 4_096;
const reconnectAfterMs = 100;
const lanesUpWithinMs = 5_000;
/** Of a long window the last samples are kept. */
const samplesAtMost = 200_000;

/**
 * Connects the lanes and begins. Resolves when they are up, or after five seconds if the link lets them not: to see a cut, start
 * before it.
 */
export async function startLinkProbe(
  links: Links,
  linkId: string,
  options: { readonly lanes: number; readonly intervalMs: number; readonly clock?: Clock },
): Promise<LinkProbe> {
  const clock = options.clock ?? systemClock;
  const sink = createServer({ noDelay: true });
  await new Promise<void>((resolve, reject) => {
    sink.once('error', reject);
    sink.listen(0, '127.0.0.1', resolve);
  });
  const { port: sinkPort } = sink.address() as AddressInfo;
  const entry = await links.openLane(linkId, { host: '127.0.0.1', port: sinkPort }).catch((error: unknown) => {
    sink.close();
    throw error;
  });

  const flows = { forward: new FlowRecord(clock), backward: new FlowRecord(clock) };
  const token = randomBytes(8);
  const sinkSockets = new Set<Socket>();
  const lanes: Lane[] = [];
  let markedMs = clock.nowMs();

  sink.on('connection', (socket) => {
    sinkSockets.add(socket);
    socket.once('close', () => sinkSockets.delete(socket));
    socket.on('error', () => {});
    let arrived: (() => void) | undefined;
    onSegments(socket, (segment) => {
      if (arrived) {
        arrived();
        return;
      }
      // The first segment says which lane this is the far end of; whoever cannot say is nobody of ours.
      const lane = token.equals(segment.subarray(0, 8)) ? lanes[segment.readUInt32BE(8)] : undefined;
      arrived = lane?.meet(socket);
      if (!arrived) socket.destroy();
    });
  });
  for (let index = 0; index < options.lanes; index++) {
    lanes.push(new Lane({ port: entry.port, hello: helloOf(token, index), intervalMs: options.intervalMs, flows }));
  }
  await upWithin(lanes, lanesUpWithinMs);

  const mark = (): void => {
    markedMs = clock.nowMs();
    for (const lane of lanes) lane.reconnects = 0;
    for (const flow of Object.values(flows)) flow.mark();
  };
  mark();

  const stop = async (): Promise<void> => {
    for (const lane of lanes) lane.stop();
    await entry.close();
    for (const socket of sinkSockets) socket.destroy();
    await new Promise<void>((resolve) => {
      sink.close(() => resolve());
    });
  };
  let stopped: Promise<void> | undefined;

  return {
    mark,
    read({ baseDelayMs = {} } = {}) {
      return {
        durationMs: clock.nowMs() - markedMs,
        reconnects: lanes.reduce((sum, lane) => sum + lane.reconnects, 0),
        lanesUp: lanes.filter((lane) => lane.up).length,
        forward: flows.forward.read(baseDelayMs.forward),
        backward: flows.backward.read(baseDelayMs.backward),
      };
    },
    answers: (withinMs) => dial(entry.port, withinMs),
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** One connection through the link and its two flows; connects anew, for ever, when it is broken. */
class Lane {
  reconnects = 0;
  up = false;
  readonly whenUp: Promise<void>;
  readonly #parts: LaneParts;
  #resolveUp: () => void = () => {};
  #socket: Socket | undefined;
  #far: Socket | undefined;
  #flows: { forward: Flow; backward: Flow } | undefined;
  #again: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(parts: LaneParts) {
    this.#parts = parts;
    this.whenUp = new Promise((resolve) => {
      this.#resolveUp = resolve;
    });
    this.#connect();
  }

  /** The far end has said hello: both ways are open. Answers what to call when a segment has arrived there. */
  meet(far: Socket): (() => void) | undefined {
    const near = this.#socket;
    if (near === undefined || this.#flows) return undefined;
    this.#far = far;
    const { intervalMs, flows: records } = this.#parts;
    const flows = {
      forward: new Flow(near, intervalMs, records.forward),
      backward: new Flow(far, intervalMs, records.backward),
    };
    this.#flows = flows;
    onSegments(near, () => flows.backward.arrived());
    far.once('close', () => this.#broke(near));
    this.up = true;
    this.#resolveUp();
    return () => flows.forward.arrived();
  }

  stop(): void {
    this.#stopped = true;
    this.#tearDown();
  }

  #connect(): void {
    const socket = connect({ host: '127.0.0.1', port: this.#parts.port, noDelay: true });
    this.#socket = socket;
    socket.on('error', () => {});
    socket.once('connect', () => socket.write(this.#parts.hello));
    socket.once('close', () => this.#broke(socket));
  }

  #broke(socket: Socket): void {
    if (socket !== this.#socket) return;
    this.#tearDown();
    if (this.#stopped) return;
    this.reconnects++;
    this.#again = setTimeout(() => this.#connect(), reconnectAfterMs);
  }

  #tearDown(): void {
    clearTimeout(this.#again);
    this.#flows?.forward.stop();
    this.#flows?.backward.stop();
    this.#flows = undefined;
    this.up = false;
    const sockets = [this.#socket, this.#far];
    this.#socket = undefined;
    this.#far = undefined;
    for (const socket of sockets) socket?.destroy();
  }
}

type LaneParts = {
  readonly port: number;
  readonly hello: Buffer;
  readonly intervalMs: number;
  readonly flows: { readonly forward: FlowRecord; readonly backward: FlowRecord };
};

/**
 * Stop and wait in one direction of a lane: a segment that can be measured is sent when nothing else is under way. Those that
 * are added while one is overdue only show that something is offered; they are not measured, being held up by it.
 */
class Flow {
  readonly #socket: Socket;
  readonly #intervalMs: number;
  readonly #record: FlowRecord;
  readonly #underWay: Sent[] = [];
  #next: NodeJS.Timeout | undefined;

  constructor(socket: Socket, intervalMs: number, record: FlowRecord) {
    this.#socket = socket;
    this.#intervalMs = intervalMs;
    this.#record = record;
    this.#send('measured');
  }

  arrived(): void {
    const sent = this.#underWay.shift();
    if (!sent) return;
    this.#record.arrived(sent);
    clearTimeout(this.#next);
    if (this.#underWay.length > 0) {
      // The way is open, if slow: what is added now would keep the lane from ever being free for one that can be measured.
      this.#next = setTimeout(() => this.#send('offered'), overdueAfterMs);
      return;
    }
    const waitMs = sent.sentMs + this.#intervalMs - this.#record.nowMs();
    this.#next = setTimeout(() => this.#send('measured'), Math.max(0, waitMs));
  }

  stop(): void {
    clearTimeout(this.#next);
    for (const sent of this.#underWay) this.#record.givenUp(sent);
    this.#underWay.length = 0;
  }

  #send(purpose: Sent['purpose']): void {
    const sent = this.#record.sent(purpose);
    this.#underWay.push(sent);
    this.#socket.write(Buffer.alloc(segmentBytes));
    if (this.#underWay.length >= overdueAtMost) return;
    this.#next = setTimeout(() => this.#send('offered'), purpose === 'measured' ? overdueAfterMs : overdueEveryMs);
  }
}

type Sent = {
  readonly purpose: 'measured' | 'offered';
  readonly sentMs: number;
  arrivedMs?: number;
  watchedUntilMs?: number;
};

/** What is known of one direction, all lanes together, since the mark. */
class FlowRecord {
  readonly #clock: Clock;
  #measured: Sent[] = [];
  #markedMs: number;
  #sent = 0;
  #arrived = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#markedMs = clock.nowMs();
  }

  nowMs(): number {
    return this.#clock.nowMs();
  }

  mark(): void {
    this.#markedMs = this.nowMs();
    this.#measured = [];
    this.#sent = 0;
    this.#arrived = 0;
  }

  sent(purpose: Sent['purpose']): Sent {
    const sent: Sent = { purpose, sentMs: this.nowMs() };
    this.#sent++;
    if (purpose === 'measured') this.#measured.push(sent);
    if (this.#measured.length > samplesAtMost) this.#measured = this.#measured.slice(samplesAtMost / 2);
    return sent;
  }

  arrived(sent: Sent): void {
    sent.arrivedMs = this.nowMs();
    if (sent.sentMs >= this.#markedMs) this.#arrived++;
  }

  givenUp(sent: Sent): void {
    sent.watchedUntilMs = this.nowMs();
  }

  read(baseDelayMs: number | undefined): ProbeDirection {
    const delaysMs = delaysOf(this.#measured);
    const medianDelayMs = quantile(delaysMs, 0.5);
    const base = baseDelayMs ?? medianDelayMs;
    return {
      sent: this.#sent,
      arrived: this.#arrived,
      bytesOffered: this.#sent * segmentBytes,
      bytesDelivered: this.#arrived * segmentBytes,
      minDelayMs: delaysMs[0],
      medianDelayMs,
      p90DelayMs: quantile(delaysMs, 0.9),
      p99DelayMs: quantile(delaysMs, 0.99),
      delayOverTime: bySecond(this.#measured, this.#markedMs),
      loss: base === undefined ? undefined : estimateLoss(this.#measured, { baseDelayMs: base, endMs: this.nowMs() }),
      firstLoss:
        base === undefined
          ? undefined
          : estimateLoss(this.#measured, { baseDelayMs: base, endMs: this.nowMs(), transmissions: 1 }),
    };
  }
}

/** Pure. The median of each second of a window; its last one may be shorter. */
function bySecond(samples: readonly ProbeSample[], fromMs: number): ProbeDirection['delayOverTime'] {
  const seconds = new Map<number, ProbeSample[]>();
  for (const sample of samples) {
    const second = Math.floor((sample.sentMs - fromMs) / 1_000);
    const own = seconds.get(second);
    if (own) own.push(sample);
    else seconds.set(second, [sample]);
  }
  return [...seconds].flatMap(([second, own]) => {
    const medianMs = quantile(delaysOf(own), 0.5);
    return medianMs === undefined ? [] : [{ second, monotonicMs: fromMs + second * 1_000 + 500, medianMs }];
  });
}

/** In ascending order. */
function delaysOf(samples: readonly ProbeSample[]): Float64Array {
  const delays: number[] = [];
  for (const { sentMs, arrivedMs } of samples) if (arrivedMs !== undefined) delays.push(arrivedMs - sentMs);
  return Float64Array.from(delays).sort();
}

function quantile(ascending: Float64Array, share: number): number | undefined {
  return ascending[Math.min(ascending.length - 1, Math.floor(share * ascending.length))];
}

function dial(port: number, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const end = (answered: boolean): void => {
      clearTimeout(late);
      socket.destroy();
      resolve(answered);
    };
    const late = setTimeout(() => end(false), withinMs);
    socket.once('connect', () => end(true));
    // A refusal is an answer too.
    socket.once('error', () => end(true));
  });
}

function helloOf(token: Buffer, lane: number): Buffer {
  const hello = Buffer.alloc(segmentBytes);
  token.copy(hello);
  hello.writeUInt32BE(lane, 8);
  return hello;
}

/** Cuts what arrives into segments again. */
function onSegments(socket: Socket, handler: (segment: Buffer) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (; rest.length >= segmentBytes; rest = rest.subarray(segmentBytes)) handler(rest.subarray(0, segmentBytes));
  });
}

async function upWithin(lanes: readonly Lane[], withinMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, withinMs);
  });
  await Promise.race([Promise.all(lanes.map((lane) => lane.whenUp)), late]);
  clearTimeout(timer);
}
