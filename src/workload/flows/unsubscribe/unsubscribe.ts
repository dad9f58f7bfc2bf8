import { Actor, headerOf, standingOf, untilAll } from '../../actor.ts';
import type { Endpoint } from '../../client.ts';
import type { Flow, FlowContext, FlowKind, Standing } from '../../flow-kind.ts';
import { encodePayload } from '../../payload.ts';
import { type Leave, settledMs, type UnsubscribeFacts } from './facts.ts';

/** A subscriber is subscribed for so long, and then away from its topic for so long. */
const [subscribedForMs, leftForMs] = [800, 2_500];
const exampleLimit = 3;
/** What came of messages that were written longer ago is not asked any more. */
const rememberedWrites = 5_000;

/** Subscribers that leave a topic at one node and come back to it, while it is published at another. */
export const unsubscribe: FlowKind<'unsubscribe'> = {
  name: 'unsubscribe',
  summary: 'subscribers that leave a topic at one node, and come back to it, while it is published at another',
  unavailable: () => undefined,
  open: (context) => new Unsubscribe(context),
};

class Unsubscribe implements Flow<UnsubscribeFacts> {
  readonly #context: FlowContext;
  readonly #leavers: readonly Leaver[];
  #ticking: NodeJS.Timeout | undefined;

  constructor(context: FlowContext) {
    this.#context = context;
    const { endpoints } = context;
    this.#leavers = endpoints.map(
      (at, index) =>
        new Leaver(context, {
          ...{ index, at, publishedAt: endpoints[(index + 1) % endpoints.length] as Endpoint },
        }),
    );
  }

  get watched(): number {
    return this.#leavers.length;
  }

  async warmUp(withinMs: number): Promise<[]> {
    const { nowMs } = this.#context;
    for (const leaver of this.#leavers) leaver.connect();
    await untilAll(() => this.#actors().every(({ isServed }) => isServed), {
      ...{ withinMs, nowMs },
      missing: () => `the clients that unsubscribe were not subscribed within ${withinMs} ms`,
    });
    return [];
  }

  start(): void {
    const each = this.#context.ratePerSecond / this.#leavers.length;
    if (each <= 0) return;
    this.#ticking = setInterval(() => {
      for (const leaver of this.#leavers) leaver.publish();
    }, 1_000 / each);
    for (const leaver of this.#leavers) leaver.start();
  }

  stop(): void {
    clearInterval(this.#ticking);
    for (const leaver of this.#leavers) leaver.stop();
  }

  standing(nowMs: number): Standing {
    return standingOf(this.#actors(), nowMs, {});
  }

  finish(): UnsubscribeFacts {
    return { leaves: this.#leavers.flatMap(({ facts }) => facts) };
  }

  async end(): Promise<void> {
    this.stop();
    await Promise.all(this.#actors().map((actor) => actor.end()));
  }

  #actors(): Actor[] {
    return this.#leavers.flatMap(({ actors }) => actors);
  }
}

type Open = { -readonly [K in keyof Omit<Leave, 'struck' | 'arrived'>]: Leave[K] } & {
  arrived: Leave['arrived'][number][];
  isBroken: boolean;
};

/** One subscriber, its topic and the publisher of it. */
class Leaver {
  readonly #context: FlowContext;
  readonly #index: number;
  readonly #topic: string;
  readonly #node: string;
  readonly #publishedAt: string;
  readonly #subscriber: Actor;
  readonly #publisher: Actor;
  readonly #written = new Map<number, number>();
  readonly #leaves: Open[] = [];
  #left: Open | undefined;
  #sequence = 0;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(
    context: FlowContext,
    { index, at, publishedAt }: { readonly index: number; readonly at: Endpoint; readonly publishedAt: Endpoint },
  ) {
    this.#context = context;
    this.#index = index;
    const { prefix, run } = context;
    this.#topic = `${prefix}/left-${index + 1}`;
    this.#node = at.node;
    this.#publishedAt = publishedAt.node;
    this.#subscriber = new Actor(context, {
      ...{ clientId: `${prefix}-leaver-${index + 1}`, at, session: 'clean', filters: [{ topic: this.#topic, qos: 1 }] },
      on: {
        message: (delivery, atMs) => {
          const header = headerOf(delivery, run);
          if (header?.flow === index) this.#arrived(header.sequence, atMs);
        },
        closed: () => {
          // It subscribes anew on its next connection.
          if (this.#left) this.#left.isBroken = true;
          this.#endLeave();
        },
      },
    });
    this.#publisher = new Actor(context, {
      clientId: `${prefix}-left-publisher-${index + 1}`,
      ...{ at: publishedAt, session: 'clean' },
    });
  }

  get actors(): readonly Actor[] {
    return [this.#subscriber, this.#publisher];
  }

  get facts(): Leave[] {
    this.#endLeave();
    return this.#leaves.map(({ isBroken, ...leave }) => ({
      ...leave,
      struck: isBroken || this.#context.faults.any(leave.unsubackMs - this.#context.deadlineMs, leave.endedMs),
    }));
  }

  connect(): void {
    for (const actor of this.actors) actor.connect();
  }

  start(): void {
    this.#after(subscribedForMs, () => this.#leave());
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#endLeave();
  }

  publish(): void {
    const { client } = this.#publisher;
    if (!client.isOnline || client.freeSlots === 0) return;
    const { run, payloadBytes, nowMs } = this.#context;
    const sequence = ++this.#sequence;
    const sentNs = Math.round(nowMs() * 1e6);
    client.publish({
      ...{ topic: this.#topic, qos: 1 },
      payload: encodePayload({ run, flow: this.#index, kind: 'flow', sequence, sentNs }, payloadBytes),
      // What is written again may have been received the first time: the first time counts.
      onWritten: ({ atMs, again }) => {
        if (again) return;
        this.#written.set(sequence, atMs);
        this.#written.delete(sequence - rememberedWrites);
      },
    });
  }

  #leave(): void {
    if (this.#isStopped) return;
    if (!this.#subscriber.isServed) {
      this.#after(subscribedForMs, () => this.#leave());
      return;
    }
    this.#subscriber.client.unsubscribe({
      filters: [this.#topic],
      onAnswer: (codes) => {
        if (codes !== undefined && !this.#isStopped) this.#begin();
        this.#after(codes === undefined ? subscribedForMs : leftForMs, () => this.#comeBack());
      },
    });
  }

  #begin(): void {
    const { nowMs } = this.#context;
    this.#left = {
      ...{ clientId: this.#subscriber.clientId, node: this.#node, topic: this.#topic },
      ...{ publisher: this.#publisher.clientId, publisherNode: this.#publishedAt },
      ...{ unsubackMs: nowMs(), endedMs: Number.POSITIVE_INFINITY, arrived: [], arrivedCount: 0, isBroken: false },
    };
  }

  #comeBack(): void {
    this.#endLeave();
    if (this.#isStopped) return;
    if (this.#subscriber.client.isOnline)
      this.#subscriber.client.subscribe({ filters: [{ topic: this.#topic, qos: 1 }] });
    this.#after(subscribedForMs, () => this.#leave());
  }

  #endLeave(): void {
    const left = this.#left;
    if (!left) return;
    this.#left = undefined;
    left.endedMs = this.#context.nowMs();
    this.#leaves.push(left);
  }

  #arrived(sequence: number, atMs: number): void {
    const left = this.#left;
    const writtenMs = this.#written.get(sequence);
    if (!left || writtenMs === undefined || writtenMs - left.unsubackMs <= settledMs) return;
    left.arrivedCount++;
    if (left.arrived.length < exampleLimit) left.arrived.push({ sequence, writtenMs, atMs });
  }

  #after(ms: number, act: () => void): void {
    clearTimeout(this.#timer);
    if (!this.#isStopped) this.#timer = setTimeout(act, ms);
  }
}
