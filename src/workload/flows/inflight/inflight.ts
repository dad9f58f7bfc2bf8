import { Actor, headerOf, standingOf, untilAll } from '../../actor.ts';
import type { Endpoint } from '../../client.ts';
import type { Flow, FlowContext, FlowKind, Standing } from '../../flow-kind.ts';
import type { Delivery } from '../../mqtt/messages.ts';
import { encodePayload, headerBytes } from '../../payload.ts';
import type { Break, InflightFacts, Pending } from './facts.ts';

/** After so long with its session a subscriber begins to withhold acknowledgements, and breaks off when it owes so many, or after a while. */
const [steadyMs, breaksOffAt, withholdsForMs] = [1_200, 4, 1_000];
/** How often it looks whether all that it is owed has come again. */
const looksAgainMs = 200;
/** It goes on for a moment then: a broker that heeds its Receive Maximum (MQTT 5) sends nothing more. */
const waitsForMoreMs = 150;
/** MQTT 5: every so-manieth message is larger by so much than the subscriber takes, so that the broker has to leave it out [MQTT-3.1.2-25]. */
const [largeEvery, largerByBytes, spareBytes] = [20, 400, 200];

/** Subscribers that break off with messages half acknowledged, again and again: PUBACK, PUBREC or PUBCOMP is not sent. */
export const inflight: FlowKind<'inflight'> = {
  name: 'inflight',
  summary: 'subscribers that break off with messages half acknowledged, again and again',
  unavailable: ({ features }) =>
    features.persistentSessions.available
      ? undefined
      : `the broker keeps no sessions: ${features.persistentSessions.seen}`,
  open: (context) => new Inflight(context),
};

class Inflight implements Flow<InflightFacts> {
  readonly #context: FlowContext;
  readonly #breakers: readonly Breaker[];
  #ticking: NodeJS.Timeout | undefined;

  constructor(context: FlowContext) {
    this.#context = context;
    const { endpoints } = context;
    this.#breakers = endpoints.map(
      (at, index) =>
        new Breaker(context, { index, at, publishedAt: endpoints[(index + 1) % endpoints.length] as Endpoint }),
    );
  }

  get watched(): number {
    return this.#breakers.length;
  }

  async warmUp(withinMs: number): Promise<[]> {
    const { nowMs } = this.#context;
    for (const breaker of this.#breakers) breaker.connect();
    await untilAll(() => this.#actors().every(({ isServed }) => isServed), {
      ...{ withinMs, nowMs },
      missing: () => `the clients that break off were not subscribed within ${withinMs} ms`,
    });
    return [];
  }

  start(): void {
    const each = this.#context.ratePerSecond / this.#breakers.length;
    if (each <= 0) return;
    this.#ticking = setInterval(() => {
      for (const breaker of this.#breakers) breaker.publish();
    }, 1_000 / each);
    for (const breaker of this.#breakers) breaker.start();
  }

  stop(): void {
    clearInterval(this.#ticking);
    for (const breaker of this.#breakers) breaker.stop();
  }

  standing(nowMs: number): Standing {
    return standingOf(this.#actors(), nowMs, {
      outstanding: this.#breakers.reduce((sum, breaker) => sum + breaker.outstanding(this.#isStruck), 0),
      lastMovedMs: Math.max(0, ...this.#breakers.map(({ lastMovedMs }) => lastMovedMs)),
    });
  }

  finish(): InflightFacts {
    return { breaks: this.#breakers.flatMap((breaker) => breaker.facts(this.#isStruck)) };
  }

  async end(): Promise<void> {
    this.stop();
    await Promise.all(this.#actors().map((actor) => actor.end()));
  }

  /** A fault of any sort may have kept a packet from either side. */
  readonly #isStruck = (fromMs: number, toMs: number): boolean =>
    this.#context.faults.any(fromMs - this.#context.deadlineMs, toMs);

  #actors(): Actor[] {
    return this.#breakers.flatMap(({ actors }) => actors);
  }
}

type Changeable<T> = { -readonly [K in keyof T]: T[K] };
type OpenBreak = Changeable<Omit<Break, 'struck' | 'pending' | 'lastedMs'>> & {
  readonly pending: Changeable<Pending>[];
  endedMs: number | undefined;
};
type Unanswered = { readonly delivery: Delivery; waitingFor: Pending['waitingFor'] };
type IsStruck = (fromMs: number, toMs: number) => boolean;

/** One subscriber that breaks off, and the publisher of what it gets. */
class Breaker {
  readonly #context: FlowContext;
  readonly #index: number;
  readonly #node: string;
  readonly #topic: string;
  readonly #qos: 1 | 2;
  readonly #isVersion5: boolean;
  /** The largest packet that the subscriber takes. */
  readonly #largest: number;
  readonly #subscriber: Actor;
  readonly #publisher: Actor;
  /** By packet id: what came on this connection, and nothing was written for. */
  readonly #unanswered = new Map<number, Unanswered>();
  readonly #breaks: OpenBreak[] = [];
  /** What was unanswered when the connection was broken off, until the next one is there. */
  #broke:
    | { readonly atMs: number; readonly pending: Changeable<Pending>[]; readonly payloads: Map<number, Buffer> }
    | undefined;
  /** The break whose packets are to come again now, with what they were. */
  #current: { readonly open: OpenBreak; readonly payloads: Map<number, Buffer> } | undefined;
  #isWithholding = false;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;
  #sequence = 0;
  #lastMovedMs = 0;

  constructor(
    context: FlowContext,
    { index, at, publishedAt }: { readonly index: number; readonly at: Endpoint; readonly publishedAt: Endpoint },
  ) {
    this.#context = context;
    this.#index = index;
    this.#node = at.node;
    const { prefix, features, payloadBytes } = context;
    this.#topic = `${prefix}/inflight-${index + 1}`;
    this.#qos = features.qos2.available ? 2 : 1;
    this.#isVersion5 = at.version === 5;
    this.#largest = Math.max(payloadBytes, headerBytes) + this.#topic.length + spareBytes;
    this.#subscriber = new Actor(context, {
      clientId: `${prefix}-breaker-${index + 1}`,
      ...{ at, session: 'persistent', filters: [{ topic: this.#topic, qos: this.#qos }] },
      ...(this.#isVersion5 && { receiveMaximum: breaksOffAt, maximumPacketSize: this.#largest }),
      on: {
        connected: ({ sessionPresent, atMs, connection }) => this.#connected(sessionPresent, atMs, connection),
        closed: ({ atMs, reason }) => this.#closed(atMs, reason === 'dropped'),
        arrived: (delivery, _again, atMs) => this.#arrived(delivery, atMs),
        acknowledging: ({ cmd, messageId }) => this.#acknowledging(cmd, messageId),
        received: (packet, atMs) => {
          if (packet.cmd === 'pubrel') this.#released(packet.messageId ?? 0, atMs);
        },
      },
    });
    this.#publisher = new Actor(context, {
      clientId: `${prefix}-inflight-publisher-${index + 1}`,
      ...{ at: publishedAt, session: 'clean' },
    });
  }

  get actors(): readonly Actor[] {
    return [this.#subscriber, this.#publisher];
  }

  get lastMovedMs(): number {
    return this.#lastMovedMs;
  }

  connect(): void {
    for (const actor of this.actors) actor.connect();
  }

  start(): void {
    this.#after(steadyMs, () => this.#beginWithholding());
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#isWithholding = false;
    this.#subscriber.client.releaseAcknowledgements();
  }

  publish(): void {
    const { client } = this.#publisher;
    if (!client.isOnline || client.freeSlots === 0) return;
    const { run, payloadBytes, nowMs } = this.#context;
    const sequence = ++this.#sequence;
    const header = { run, flow: this.#index, kind: 'flow', sequence, sentNs: Math.round(nowMs() * 1e6) } as const;
    const qos = sequence % 2 === 0 ? this.#qos : 1;
    const isLarge = this.#isVersion5 && sequence % largeEvery === 0;
    const bytes = isLarge ? this.#largest + largerByBytes : payloadBytes;
    client.publish({ topic: this.#topic, qos, payload: encodePayload(header, bytes) });
  }

  /** What is still to come again of the last break. */
  outstanding(isStruck: IsStruck): number {
    const open = this.#current?.open;
    if (!open?.sessionPresent || isStruck(open.brokeOffMs, this.#context.nowMs())) return 0;
    return open.pending.filter(({ again }) => again === null).length;
  }

  facts(isStruck: IsStruck): Break[] {
    const nowMs = this.#context.nowMs();
    return this.#breaks.map(({ endedMs = nowMs, ...open }) => ({
      ...open,
      lastedMs: endedMs - open.returnedMs,
      struck: isStruck(
        open.brokeOffMs,
        Math.min(endedMs, Math.max(open.returnedMs, ...open.pending.map(({ again }) => again?.atMs ?? endedMs))),
      ),
    }));
  }

  #beginWithholding(): void {
    if (this.#isStopped || !this.#subscriber.isServed) return;
    if (this.#isWaitingForPending) {
      this.#after(looksAgainMs, () => this.#beginWithholding());
      return;
    }
    this.#isWithholding = true;
    this.#after(withholdsForMs, () => this.#breakOff());
  }

  /**
   * Whether something of the last break may still come again. A subscriber that broke off sooner would excuse the broker, and one whose
   * Receive Maximum is used up by what the broker has forgotten gets nothing else.
   */
  get #isWaitingForPending(): boolean {
    const open = this.#current?.open;
    const { nowMs, redeliverWithinMs } = this.#context;
    if (!open?.sessionPresent || nowMs() - open.returnedMs > redeliverWithinMs) return false;
    return open.pending.some(({ again }) => again === null);
  }

  #breakOff(): void {
    if (this.#isStopped || !this.#isWithholding) return;
    this.#subscriber.client.drop();
  }

  #connected(sessionPresent: boolean, atMs: number, connection: number): void {
    this.#unanswered.clear();
    const broke = this.#broke;
    this.#broke = undefined;
    this.#current = undefined;
    if (broke && connection > 1) {
      const open: OpenBreak = {
        ...{ clientId: this.#subscriber.clientId, node: this.#node, brokeOffMs: broke.atMs, returnedMs: atMs },
        ...{ sessionPresent, pending: broke.pending, endedMs: undefined },
      };
      this.#breaks.push(open);
      this.#current = { open, payloads: broke.payloads };
    }
    this.#after(steadyMs, () => this.#beginWithholding());
  }

  #closed(atMs: number, isOwn: boolean): void {
    const { run } = this.#context;
    if (this.#current) this.#current.open.endedMs = atMs;
    this.#current = undefined;
    this.#isWithholding = false;
    if (!isOwn) {
      // Somebody else ended the connection: what was on its way is not known.
      this.#broke = undefined;
      return;
    }
    const payloads = new Map([...this.#unanswered].map(([id, { delivery }]) => [id, delivery.payload]));
    const pending = [...this.#unanswered].map(
      ([packetId, { delivery, waitingFor }]): Pending => ({
        ...{ packetId, qos: delivery.qos === 2 ? 2 : 1, waitingFor, topic: delivery.topic },
        ...{ sequence: headerOf(delivery, run)?.sequence ?? null, again: null },
        maybeReceived: this.#sentPubrec.has(packetId),
      }),
    );
    if (pending.length > 0) this.#broke = { atMs, pending, payloads };
  }

  #arrived(delivery: Delivery, atMs: number): void {
    this.#lastMovedMs = atMs;
    const { packetId } = delivery;
    if (packetId === undefined) return;
    this.#cameAgain(packetId, { atMs, packet: 'publish', dup: delivery.dup }, delivery.payload);
    this.#unanswered.set(packetId, { delivery, waitingFor: 'publish' });
    // After its acknowledgement was withheld.
    if (this.#isWithholding && this.#unanswered.size === breaksOffAt)
      this.#after(waitsForMoreMs, () => this.#breakOff());
  }

  #released(packetId: number, atMs: number): void {
    this.#cameAgain(packetId, { atMs, packet: 'pubrel', dup: false }, undefined);
    const unanswered = this.#unanswered.get(packetId) ?? this.#sentPubrec.get(packetId);
    this.#sentPubrec.delete(packetId);
    if (unanswered) this.#unanswered.set(packetId, { delivery: unanswered.delivery, waitingFor: 'pubrel' });
  }
  /** PUBREC was written for these. Whether it arrived is known with PUBREL only. */
  readonly #sentPubrec = new Map<number, Unanswered>();

  /** Only the first packet with the id of a pending one says how it came again. */
  #cameAgain(packetId: number, how: Omit<NonNullable<Pending['again']>, 'same'>, payload: Buffer | undefined): void {
    const current = this.#current;
    const pending = current?.open.pending.find((one) => one.packetId === packetId && one.again === null);
    if (!current || !pending) return;
    const before = current.payloads.get(packetId);
    pending.again = { ...how, same: payload === undefined || before === undefined || before.equals(payload) };
  }

  /** Withholds now PUBACK and PUBREC, now PUBCOMP. */
  #acknowledging(cmd: string, packetId: number): 'send' | 'withhold' {
    const isLate = packetId % 3 === 0;
    if (this.#isWithholding && (cmd === 'pubcomp' || !isLate)) return 'withhold';
    const unanswered = this.#unanswered.get(packetId);
    if (cmd === 'pubrec' && unanswered) this.#sentPubrec.set(packetId, unanswered);
    this.#unanswered.delete(packetId);
    return 'send';
  }

  #after(ms: number, act: () => void): void {
    clearTimeout(this.#timer);
    if (!this.#isStopped) this.#timer = setTimeout(act, ms);
  }
}
