import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { generate } from 'mqtt-packet';
import type { Clock } from '../../../base/clock.ts';
import type { Random } from '../../../base/random.ts';
import { type BrokenClass, brokenClasses } from '../../../faults/corpus.ts';
import type { MqttPingTarget } from '../cluster/mqtt-ping.ts';
import { resetSocket } from '../links/reset-socket.ts';

/** What became of a broken packet: the broker ended the connection, answered and kept it, or did neither. */
export type Reaction = 'closed' | 'answered' | 'ignored';

export type BarrageOptions = {
  /** Where the packets go, and how a session begins there. */
  readonly target: MqttPingTarget;
  /** Whether the node still runs: nothing is sent to one that does not. */
  readonly isAlive: () => boolean;
  readonly random: Random;
  readonly ratePerSecond: number;
  readonly clock: Clock;
  readonly classes?: readonly BrokenClass[];
};

type Sent = {
  readonly broken: BrokenClass;
  readonly head: Buffer;
  readonly length: number;
  readonly atMs: number;
  /** When the connection's fate was settled; undefined while it is under way. */
  settledMs?: number | undefined;
};

export type BarrageTally = {
  readonly packets: number;
  readonly bytes: number;
  /** Connections that did not come to the point at which the broken packet is sent. */
  readonly unsent: number;
  readonly byClass: ReadonlyMap<string, Readonly<Record<Reaction, number>>>;
};

/** A broker that has said nothing by then is taken to say nothing. */
const patienceMs = 500;
/** In the first round, in which every class goes alone. */
const firstPatienceMs = 80;
/** After an answer, the end of the connection may still follow. */
const afterAnswerMs = 50;
const sessionWithinMs = 2_000;
const mostAtOnce = 96;
const tickMs = 10;
/** A node that lives this long after a packet's fate was settled has not died of it. */
const survivedMs = 500;
const mostSuspects = 5;
/** Reports cut a line at 500 characters; only packets that are long on purpose are longer. */
const hexBytes = 200;

/**
 * Sends broken packets to one node, each on a connection of its own: first every class once and alone, so that a node which dies of one
 * tells which, then all of them again and again, many at once.
 */
export class Barrage {
  readonly #options: BarrageOptions;
  readonly #classes: readonly BrokenClass[];
  readonly #stop = new AbortController();
  readonly #sockets = new Set<Socket>();
  readonly #byClass = new Map<string, Record<Reaction, number>>();
  /** When the fate of the first packet of a class was settled. */
  readonly #settledMs = new Map<string, number>();
  #recent: Sent[] = [];
  #packets = 0;
  #bytes = 0;
  #unsent = 0;
  #underWay = 0;
  #done: Promise<void> | undefined;

  constructor(options: BarrageOptions) {
    this.#options = options;
    this.#classes = options.classes ?? brokenClasses;
  }

  start(): void {
    this.#done ??= this.#run();
  }

  /** Ends every connection; resolves when none is left. Safe to call twice. */
  async stop(): Promise<void> {
    this.#stop.abort();
    for (const socket of this.#sockets) resetSocket(socket);
    await this.#done;
    while (this.#sockets.size > 0) await sleep(5);
  }

  tally(): BarrageTally {
    return { packets: this.#packets, bytes: this.#bytes, unsent: this.#unsent, byClass: this.#byClass };
  }

  /**
   * What the node may have died of at that time, the likeliest first, each with its class, the clause that it breaks, and its bytes in
   * hex: packets whose connections it did not outlive, before all those of a class that it had never survived.
   */
  suspects(atMs: number): string[] {
    const open = this.#recent
      .filter((sent) => sent.atMs <= atMs && !this.#outlived(sent, atMs))
      .sort((a, b) => this.#rank(a, atMs) - this.#rank(b, atMs) || b.atMs - a.atMs);
    return open.slice(0, mostSuspects).map((sent) => describe(sent, atMs));
  }

  /** Those of a class that the node outlived before come second. */
  #rank({ broken }: Sent, atMs: number): number {
    return this.#outlived({ settledMs: this.#settledMs.get(broken.name) }, atMs) ? 1 : 0;
  }

  #outlived({ settledMs }: Pick<Sent, 'settledMs'>, atMs: number): boolean {
    return settledMs !== undefined && settledMs < atMs - survivedMs;
  }

  async #run(): Promise<void> {
    const { random, clock } = this.#options;
    const { signal } = this.#stop;
    try {
      for (const broken of random.pick(this.#classes, this.#classes.length)) {
        await this.#untilAlive();
        await this.#send(broken, firstPatienceMs);
        // Its last breath: a node that ends because of this packet closes the connection first and is gone a little later.
        await clock.sleep(tickMs, signal);
      }
      let queue: BrokenClass[] = [];
      let credit = 0;
      let lastMs = clock.nowMs();
      for (;;) {
        await clock.sleep(tickMs, signal);
        await this.#untilAlive();
        const nowMs = clock.nowMs();
        this.#forget(nowMs);
        // What could not be sent in time is not made up for in a burst.
        credit = Math.min(credit + ((nowMs - lastMs) * this.#options.ratePerSecond) / 1_000, mostAtOnce);
        lastMs = nowMs;
        for (; credit >= 1 && this.#underWay < mostAtOnce; credit--) {
          if (queue.length === 0) queue = random.pick(this.#classes, this.#classes.length);
          const broken = queue.pop();
          if (broken) void this.#send(broken, patienceMs);
        }
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async #untilAlive(): Promise<void> {
    while (!this.#options.isAlive()) await this.#options.clock.sleep(100, this.#stop.signal);
  }

  #forget(nowMs: number): void {
    const [first] = this.#recent;
    if (first && first.atMs < nowMs - 4 * survivedMs)
      this.#recent = this.#recent.filter((sent) => !this.#outlived(sent, nowMs - survivedMs));
  }

  /** One broken packet, from its connection to its end. Never rejects. */
  #send(broken: BrokenClass, withinMs: number): Promise<void> {
    const { target, random, clock } = this.#options;
    const bytes = broken.make(random);
    this.#underWay++;
    return new Promise((resolve) => {
      let sent: Sent | undefined;
      let answered = false;
      let settled = false;
      let timer = setTimeout(() => settle('ignored'), sessionWithinMs);
      let drip: NodeJS.Timeout | undefined;
      // The broker's end shall be seen as one also after our own.
      const socket = connect({ host: target.host, port: target.port, noDelay: true, allowHalfOpen: true });
      this.#sockets.add(socket);
      const settle = (reaction: Reaction): void => {
        if (settled) return;
        settled = true;
        clearTimeout(timer);
        clearInterval(drip);
        if (sent === undefined) this.#unsent++;
        else {
          sent.settledMs = clock.nowMs();
          if (!this.#settledMs.has(broken.name)) this.#settledMs.set(broken.name, sent.settledMs);
          this.#count(broken, reaction);
        }
        resetSocket(socket);
      };
      const send = (): void => {
        sent = { broken, head: bytes.subarray(0, hexBytes), length: bytes.length, atMs: clock.nowMs() };
        this.#recent.push(sent);
        this.#packets++;
        this.#bytes += bytes.length;
        clearTimeout(timer);
        timer = setTimeout(() => settle(answered ? 'answered' : 'ignored'), withinMs);
        if (broken.manner === 'half-open') socket.end(bytes);
        else if (broken.manner === 'drip') drip = dripInto(socket, bytes, withinMs);
        else socket.write(bytes);
      };
      socket.on('connect', () => {
        if (broken.sent === 'first') send();
        else socket.write(connectPacket(target, random));
      });
      socket.on('data', (data) => {
        if (sent === undefined) {
          // CONNACK, accepted.
          if (data[0] === 0x20 && data[3] === 0) send();
          else settle('answered');
        } else if (!answered) {
          answered = true;
          clearTimeout(timer);
          timer = setTimeout(() => settle('answered'), afterAnswerMs);
        }
      });
      socket.on('end', () => settle('closed'));
      socket.on('error', () => settle('closed'));
      socket.on('close', () => {
        settle('closed');
        this.#sockets.delete(socket);
        this.#underWay--;
        resolve();
      });
    });
  }

  #count({ name }: BrokenClass, reaction: Reaction): void {
    const counts = this.#byClass.get(name) ?? { closed: 0, answered: 0, ignored: 0 };
    counts[reaction]++;
    this.#byClass.set(name, counts);
  }
}

/** Sums of what several nodes did with the same classes. */
export function addTallies(tallies: readonly BarrageTally[]): BarrageTally {
  const byClass = new Map<string, Record<Reaction, number>>();
  for (const tally of tallies)
    for (const [name, { closed, answered, ignored }] of tally.byClass) {
      const sum = byClass.get(name) ?? { closed: 0, answered: 0, ignored: 0 };
      byClass.set(name, {
        closed: sum.closed + closed,
        answered: sum.answered + answered,
        ignored: sum.ignored + ignored,
      });
    }
  const total = (pick: (tally: BarrageTally) => number): number => tallies.reduce((sum, tally) => sum + pick(tally), 0);
  return {
    packets: total(({ packets }) => packets),
    bytes: total(({ bytes }) => bytes),
    unsent: total(({ unsent }) => unsent),
    byClass,
  };
}

/** The sessions of the barrage are MQTT 3.1.1, as its packets are, and leave nothing behind. */
function connectPacket({ username, password }: MqttPingTarget, random: Random): Buffer {
  return generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    clientId: `broken${random.below(0x1_0000_0000).toString(16)}x${random.below(0x1_0000_0000).toString(16)}`,
    keepalive: 60,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password: Buffer.from(password) }),
  });
}

function dripInto(socket: Socket, bytes: Buffer, withinMs: number): NodeJS.Timeout {
  let at = 0;
  return setInterval(() => {
    if (at < bytes.length && socket.writable) socket.write(bytes.subarray(at, ++at));
  }, withinMs / bytes.length);
}

function describe({ broken, head, length, atMs }: Sent, diedMs: number): string {
  const after = broken.sent === 'session' ? ', after an accepted CONNECT' : '';
  const cut = length > head.length ? ` (the first ${head.length} of ${length} bytes)` : '';
  return `${broken.name} (${broken.breaks}), sent ${Math.round(diedMs - atMs)} ms before${after}: ${head.toString('hex')}${cut}`;
}
