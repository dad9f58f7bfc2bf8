import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../../base/clock.ts';
import { ChaosError } from '../../../base/error.ts';
import type { Random } from '../../../base/random.ts';
import type { BrokenClass, Level, Opening, Party } from '../../../faults/corpus/broken-class.ts';
import { clientId, openingPacket } from '../../../faults/corpus/bytes.ts';
import { brokenClasses } from '../../../faults/corpus.ts';
import { type MqttPingTarget, refusal } from '../cluster/mqtt-ping.ts';
import { deliver, isAccepted, patienceMs, type Reaction } from './delivery.ts';
import { endSession, sweepRetained } from './sweep.ts';
import { connackCode, Wire } from './wire.ts';

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

/** Where the packets of a class are sent: before any session, or in sessions of this level. */
export type Stage = 'first' | Level;

export function stageOf(broken: BrokenClass): Stage {
  return broken.sent === 'first' ? 'first' : broken.level;
}

export type BarrageTally = {
  /** TCP connections that were made. */
  readonly connections: number;
  /** Broken packets that were written; a sequence writes several. */
  readonly packets: number;
  readonly packetsAt: Readonly<Record<Stage, number>>;
  readonly bytes: number;
  /** Deliveries that did not come to the point at which the broken packet is sent. */
  readonly unsent: number;
  /** Those that this broker can be sent. */
  readonly classes: number;
  /** What was sent after each class had gone alone, and what the rate asked for by then. */
  readonly paced: { readonly sent: number; readonly due: number };
  /** Those of them that were not sent yet. */
  readonly missing: readonly string[];
  /** Why the broker has no sessions of a level, as its answer says it; a level is absent when it has. */
  readonly refused: ReadonlyMap<Level, string>;
  readonly byClass: ReadonlyMap<string, Readonly<Record<Reaction, number>>>;
};

type Piece = { readonly by: Party; readonly head: Buffer; readonly length: number };

/** What was sent of one class: the pieces grow while a sequence runs. */
type Sent = {
  readonly name: string;
  readonly breaks: string;
  readonly after: string;
  readonly pieces: Piece[];
  atMs: number;
  /** When the fate of its connections was settled; undefined while it is under way. */
  settledMs?: number | undefined;
};

/** In the first round the next class goes so long after this one was written, or as soon as its fate is settled. */
const aloneMs = 20;
/** The same for a sequence that waits for an answer in vain. */
const aloneAtMostMs = 100;
/** With fewer connections at once, a broker that says nothing would slow a low rate down. */
const fewestAtOnce = 96;
/** More connections at once would be another fault. */
const mostAtOnce = 512;
const tickMs = 10;
/** A node that lives this long after a packet's fate was settled has not died of it. */
const survivedMs = 500;
const mostSuspects = 5;
/** Reports cut a line at 500 characters; only packets that are long on purpose are longer. */
const hexBytes = 200;
/** Of a sequence, each piece is shown so far. */
const pieceHexBytes = 60;
/** A level counts as refused when the broker has turned it down so often. */
const levelTries = 3;
const levelTryAgainMs = 100;

const levels: readonly Level[] = [4, 5];

/**
 * Sends broken packets to one node, each class on connections of its own: first every class once, one after another, so that a node
 * which dies of one tells which, then all of them again and again, many at once. Classes of sessions that the broker does not have are
 * left out.
 */
export class Barrage {
  readonly #options: BarrageOptions;
  readonly #atOnce: number;
  readonly #stop = new AbortController();
  readonly #wires = new Set<Wire>();
  readonly #byClass = new Map<string, Record<Reaction, number>>();
  /** When the fate of the first packet of a class was settled. */
  readonly #settledMs = new Map<string, number>();
  readonly #refused = new Map<Level, string>();
  readonly #written = new Set<string>();
  /** Sessions that outlive their connections. */
  readonly #kept = new Map<string, Opening>();
  #classes: readonly BrokenClass[];
  #recent: Sent[] = [];
  #connections = 0;
  #packetsAt: Record<Stage, number> = { first: 0, 4: 0, 5: 0 };
  #bytes = 0;
  #unsent = 0;
  #paced = { sent: 0, due: 0 };
  #underWay = 0;
  #mayRetain = false;
  #done: Promise<void> | undefined;

  constructor(options: BarrageOptions) {
    this.#options = options;
    this.#classes = options.classes ?? brokenClasses;
    const unanswered = Math.ceil((options.ratePerSecond * patienceMs) / 1_000);
    this.#atOnce = Math.min(Math.max(unanswered, fewestAtOnce), mostAtOnce);
  }

  start(): void {
    this.#done ??= this.#run();
  }

  /**
   * Ends every connection, and deletes what sequences may have left in the broker; resolves when nothing is left. Safe to call twice.
   * Rejects with a ChaosError `fault` when something is left in a node that runs.
   */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#done;
    while (this.#wires.size > 0 || this.#underWay > 0) {
      // A sequence may open another connection before it sees the end of its first.
      for (const wire of this.#wires) wire.cut();
      await sleep(5);
    }
    await this.#sweep();
  }

  tally(): BarrageTally {
    const { first, 4: at4, 5: at5 } = this.#packetsAt;
    return {
      connections: this.#connections,
      packets: first + at4 + at5,
      packetsAt: this.#packetsAt,
      bytes: this.#bytes,
      unsent: this.#unsent,
      classes: this.#classes.length,
      paced: this.#paced,
      missing: this.#classes.map(({ name }) => name).filter((name) => !this.#written.has(name)),
      refused: this.#refused,
      byClass: this.#byClass,
    };
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
  #rank({ name }: Sent, atMs: number): number {
    return this.#outlived({ settledMs: this.#settledMs.get(name) }, atMs) ? 1 : 0;
  }

  #outlived({ settledMs }: Pick<Sent, 'settledMs'>, atMs: number): boolean {
    return settledMs !== undefined && settledMs < atMs - survivedMs;
  }

  async #run(): Promise<void> {
    const { random } = this.#options;
    const { signal } = this.#stop;
    try {
      await this.#learnLevels();
      for (const broken of random.pick(this.#classes, this.#classes.length)) await this.#sendAlone(broken);
      await this.#sendAtRate();
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** Leaves out the sessions of a level that the broker refuses, when it accepts those of the other. One that says nothing is asked on. */
  async #learnLevels(): Promise<void> {
    const refusals = new Map<Level, string>();
    for (const level of levels) {
      if (!this.#classes.some((broken) => stageOf(broken) === level)) continue;
      const refused = await this.#refusalOf(level);
      if (refused !== undefined) refusals.set(level, refused);
    }
    if (refusals.size === levels.length) return;
    for (const [level, refused] of refusals) this.#refused.set(level, refused);
    this.#classes = this.#classes.filter((broken) => broken.sent === 'first' || !this.#refused.has(broken.level));
  }

  /** How the broker turns a legal CONNECT of this level down, every time; undefined when it does not. */
  async #refusalOf(level: Level): Promise<string | undefined> {
    const { random, target, clock } = this.#options;
    let refused: string | undefined;
    for (let tries = 0; tries < levelTries; tries++) {
      await this.#untilAlive();
      const wire = this.#open();
      const bytes = openingPacket({ level }, clientId(random), target);
      const sent = this.#begin({
        name: `connect-of-level-${level}`,
        breaks: level === 5 ? '5.0 3.1, allowed' : '3.1, allowed',
        after: 'as the first packet',
      });
      addPiece(sent, 'a', bytes, clock.nowMs());
      const isFine = await isAccepted(wire, bytes);
      const code = connackCode(wire.heard);
      sent.settledMs = clock.nowMs();
      const { opened, ended } = wire;
      wire.cut();
      if (isFine) return undefined;
      if (typeof code === 'number') refused = refusal(code);
      else if (opened && ended) refused = 'the connection was closed without CONNACK';
      else return undefined;
      await clock.sleep(levelTryAgainMs, this.#stop.signal);
    }
    return refused;
  }

  async #sendAlone(broken: BrokenClass): Promise<void> {
    const { clock } = this.#options;
    const { signal } = this.#stop;
    await this.#untilAlive();
    const { written, settled } = this.#send(broken);
    const moveOn = new AbortController();
    const pause = (ms: number): Promise<void> =>
      clock.sleep(ms, AbortSignal.any([signal, moveOn.signal])).catch(() => {});
    await Promise.race([settled, written.then(() => pause(aloneMs)), pause(aloneAtMostMs)]);
    moveOn.abort();
    // Its last breath: a node that ends because of this packet closes the connection first and is gone a little later.
    await clock.sleep(tickMs, signal);
  }

  async #sendAtRate(): Promise<void> {
    const { random, clock, ratePerSecond } = this.#options;
    const { signal } = this.#stop;
    let queue: BrokenClass[] = [];
    let credit = 0;
    let lastMs = clock.nowMs();
    for (;;) {
      await clock.sleep(tickMs, signal);
      if (!this.#options.isAlive()) {
        await this.#untilAlive();
        lastMs = clock.nowMs();
      }
      const nowMs = clock.nowMs();
      this.#forget(nowMs);
      const due = ((nowMs - lastMs) * ratePerSecond) / 1_000;
      this.#paced.due += due;
      // What could not be sent in time is not made up for in a burst.
      credit = Math.min(credit + due, this.#atOnce);
      lastMs = nowMs;
      for (; credit >= 1 && this.#underWay < this.#atOnce; credit--) {
        if (queue.length === 0) queue = random.pick(this.#classes, this.#classes.length);
        const broken = queue.pop();
        if (!broken) return;
        this.#paced.sent++;
        this.#send(broken);
      }
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

  #open(): Wire {
    const wire = new Wire(this.#options.target);
    this.#wires.add(wire);
    void wire.gone.then(() => {
      this.#wires.delete(wire);
      if (wire.opened) this.#connections++;
    });
    return wire;
  }

  #begin(what: Pick<Sent, 'name' | 'breaks' | 'after'>): Sent {
    const sent: Sent = { ...what, pieces: [], atMs: this.#options.clock.nowMs() };
    this.#recent.push(sent);
    return sent;
  }

  /** One class, from its connections to their end. `written` when all of it is on its way; neither rejects. */
  #send(broken: BrokenClass): { readonly written: Promise<void>; readonly settled: Promise<void> } {
    const { target, random, clock } = this.#options;
    let wroteAll = (): void => {};
    const written = new Promise<void>((resolve) => {
      wroteAll = resolve;
    });
    let sent: Sent | undefined;
    this.#underWay++;
    const settled = deliver(broken, {
      target,
      random,
      open: () => this.#open(),
      wrote: (bytes, by, isBroken) => {
        sent ??= this.#begin({ name: broken.name, breaks: broken.breaks, after: afterWhat(broken) });
        addPiece(sent, by, bytes, clock.nowMs());
        if (!isBroken) return;
        this.#written.add(broken.name);
        this.#packetsAt[stageOf(broken)]++;
        this.#bytes += bytes.length;
        if (broken.sent === 'sequence' && broken.retains) this.#mayRetain = true;
      },
      wroteAll,
      kept: (id, opening) => {
        if (opening.kept) this.#kept.set(id, opening);
        else this.#kept.delete(id);
      },
    }).then((reaction) => {
      this.#underWay--;
      if (sent) {
        sent.settledMs = clock.nowMs();
        if (!this.#settledMs.has(broken.name)) this.#settledMs.set(broken.name, sent.settledMs);
      }
      if (this.#stop.signal.aborted) return;
      if (reaction === 'unsent') this.#unsent++;
      else this.#count(broken, reaction);
    });
    return { written, settled };
  }

  #count({ name }: BrokenClass, reaction: Reaction): void {
    const counts = this.#byClass.get(name) ?? { closed: 0, answered: 0, ignored: 0 };
    counts[reaction]++;
    this.#byClass.set(name, counts);
  }

  async #sweep(): Promise<void> {
    const { target, random, isAlive } = this.#options;
    const kept = [...this.#kept];
    this.#kept.clear();
    const mayRetain = this.#mayRetain;
    this.#mayRetain = false;
    const left: string[] = [];
    for (const [id, opening] of kept) if (!(await endSession(target, id, opening))) left.push(`the session ${id}`);
    if (mayRetain) {
      const level = this.#refused.has(4) ? 5 : 4;
      const topics = await sweepRetained({ target, level, random });
      if (topics === undefined) left.push('retained messages, perhaps: the node answers no client');
      else if (topics.length > 0) left.push(`retained messages of ${topics.join(', ')}`);
    }
    if (left.length > 0 && isAlive())
      throw new ChaosError('fault', `malformed-input left in the broker: ${left.join('; ')}`);
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
    connections: total(({ connections }) => connections),
    packets: total(({ packets }) => packets),
    packetsAt: {
      first: total(({ packetsAt }) => packetsAt.first),
      4: total(({ packetsAt }) => packetsAt[4]),
      5: total(({ packetsAt }) => packetsAt[5]),
    },
    bytes: total(({ bytes }) => bytes),
    unsent: total(({ unsent }) => unsent),
    classes: Math.max(...tallies.map(({ classes }) => classes)),
    paced: { sent: total(({ paced }) => paced.sent), due: total(({ paced }) => paced.due) },
    missing: [...new Set(tallies.flatMap(({ missing }) => missing))],
    refused: new Map(tallies.flatMap(({ refused }) => [...refused])),
    byClass,
  };
}

function addPiece(sent: Sent, by: Party, bytes: Buffer, nowMs: number): void {
  sent.atMs = nowMs;
  sent.pieces.push({ by, head: bytes.subarray(0, hexBytes), length: bytes.length });
}

function afterWhat(broken: BrokenClass): string {
  const version = 'level' in broken && broken.level === 5 ? ' of MQTT 5' : '';
  if (broken.sent === 'first') return '';
  return broken.sent === 'session' ? `after an accepted CONNECT${version}` : `by two clients${version}`;
}

function describe({ name, breaks, after, pieces, atMs }: Sent, diedMs: number): string {
  const shown = pieces.length > 1 ? pieceHexBytes : hexBytes;
  const hex = pieces.map(({ by, head, length }) => {
    const cut = length > shown ? ` (the first ${shown} of ${length} bytes)` : '';
    return `${head.subarray(0, shown).toString('hex')}${cut}${pieces.length > 1 ? ` from ${by}` : ''}`;
  });
  return `${name} (${breaks}), sent ${Math.round(diedMs - atMs)} ms before${after === '' ? '' : `, ${after}`}: ${hex.join(', ')}`;
}
