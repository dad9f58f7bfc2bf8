import { setTimeout as sleep } from 'node:timers/promises';
import { Actor, headerOf, standingOf, untilAll } from '../../actor.ts';
import type { Endpoint } from '../../client.ts';
import type { Flow, FlowContext, FlowKind, Standing } from '../../flow-kind.ts';
import { isOneServer } from '../../one-server.ts';
import { encodePayload } from '../../payload.ts';
import type { ExpiringMessage, ExpiringSession, ExpiryFacts } from './facts.ts';

/** Messages and sessions that expire before their subscriber comes back, and messages that do not. */
const [shortSeconds, longSeconds, awayMs] = [1, 60, 4_000];
const onlineMs = 500;
const answerWithinMs = 3_000;

/** Messages and sessions with an expiry interval. MQTT 3.1.1 has none, so its clients speak MQTT 5. */
export const expiry: FlowKind<'expiry'> = {
  name: 'expiry',
  summary: 'messages and sessions that expire while their subscriber is away, and some that do not (MQTT 5)',
  unavailable({ features }) {
    if (!features.mqtt5.available) return `the broker has no MQTT 5: ${features.mqtt5.seen}`;
    return features.persistentSessions.available
      ? undefined
      : `the broker keeps no sessions: ${features.persistentSessions.seen}`;
  },
  open: (context) => new Expiry(context),
};

class Expiry implements Flow<ExpiryFacts> {
  readonly #context: FlowContext;
  readonly #absentees: readonly Absentee[];

  constructor(context: FlowContext) {
    this.#context = context;
    const endpoints = context.endpoints.map((endpoint): Endpoint => ({ ...endpoint, version: 5 }));
    const next = (index: number): Endpoint => endpoints[(index + 1) % endpoints.length] as Endpoint;
    this.#absentees = endpoints.map(
      (at, index) =>
        new Absentee(context, { index, at, publishedAt: isOneServer(context.features) ? next(index) : at }),
    );
  }

  get watched(): number {
    return this.#absentees.length;
  }

  async warmUp(withinMs: number): Promise<[]> {
    const { nowMs } = this.#context;
    for (const absentee of this.#absentees) absentee.connect();
    await untilAll(() => this.#actors().every(({ isServed }) => isServed), {
      ...{ withinMs, nowMs },
      missing: () => `the clients that wait for expired messages were not subscribed within ${withinMs} ms`,
    });
    return [];
  }

  start(): void {
    for (const absentee of this.#absentees) absentee.start();
  }

  stop(): void {
    for (const absentee of this.#absentees) absentee.stop();
  }

  standing(nowMs: number): Standing {
    return standingOf(this.#actors(), nowMs, {
      unsettled: this.#absentees.filter(({ isAway }) => isAway).length,
      lastMovedMs: Math.max(0, ...this.#absentees.map(({ lastMovedMs }) => lastMovedMs)),
    });
  }

  finish(): ExpiryFacts {
    const isStruck = (fromMs: number, toMs: number): boolean => this.#context.faults.any(fromMs, toMs);
    return {
      messages: this.#absentees.flatMap((absentee) => absentee.messages(isStruck)),
      sessions: this.#absentees.flatMap((absentee) => absentee.sessions(isStruck)),
    };
  }

  async end(): Promise<void> {
    this.stop();
    await Promise.all(this.#actors().map((actor) => actor.end()));
  }

  #actors(): Actor[] {
    return this.#absentees.flatMap(({ actors }) => actors);
  }
}

type Stored = { -readonly [K in keyof Omit<ExpiringMessage, 'struck'>]: ExpiringMessage[K] } & { isBroken: boolean };
type IsStruck = (fromMs: number, toMs: number) => boolean;

/** A subscriber that goes away, a client whose session expires meanwhile, and the publisher of what they miss. */
class Absentee {
  readonly #context: FlowContext;
  readonly #index: number;
  readonly #node: string;
  readonly #publishedAt: string;
  readonly #topic: string;
  readonly #subscriber: Actor;
  readonly #shortLived: Actor;
  readonly #publisher: Actor;
  readonly #stored: Stored[] = [];
  readonly #sessions: (Omit<ExpiringSession, 'struck'> & { isBroken: boolean })[] = [];
  readonly #stopped = new AbortController();
  #away: { readonly leftMs: number; isBroken: boolean } | undefined;
  #returning: { readonly disconnectedMs: number; returnedMs: number | undefined; attempts: number } | undefined;
  #sequence = 0;
  #lastMovedMs = 0;

  constructor(
    context: FlowContext,
    { index, at, publishedAt }: { readonly index: number; readonly at: Endpoint; readonly publishedAt: Endpoint },
  ) {
    this.#context = context;
    this.#index = index;
    this.#node = at.node;
    this.#publishedAt = publishedAt.node;
    const { prefix, run } = context;
    this.#topic = `${prefix}/stored-${index + 1}`;
    this.#subscriber = new Actor(context, {
      clientId: `${prefix}-absentee-${index + 1}`,
      ...{ at, session: 'persistent', filters: [{ topic: this.#topic, qos: 1 }] },
      on: {
        connecting: ({ atMs }) => {
          for (const stored of this.#stored) if (stored.returnedMs === 0) stored.returnedMs = atMs;
        },
        connected: ({ sessionPresent, connection }) => {
          if (!sessionPresent && connection > 1) this.#loseSession();
        },
        message: (delivery, atMs) => {
          const header = headerOf(delivery, run);
          if (header?.flow !== index) return;
          this.#lastMovedMs = atMs;
          const stored = this.#stored.find(({ sequence }) => sequence === header.sequence);
          const remainingSeconds = delivery.properties?.messageExpiryInterval ?? null;
          if (stored) stored.delivery ??= { atMs, remainingSeconds };
        },
      },
    });
    this.#shortLived = new Actor(context, {
      clientId: `${prefix}-short-lived-${index + 1}`,
      ...{ at, session: 'persistent', sessionExpirySeconds: shortSeconds },
      on: {
        connecting: ({ atMs }) => {
          if (!this.#returning) return;
          this.#returning.attempts++;
          this.#returning.returnedMs ??= atMs;
        },
        connected: ({ sessionPresent, atMs }) => this.#returned(sessionPresent, atMs),
      },
    });
    this.#publisher = new Actor(context, {
      clientId: `${prefix}-stored-publisher-${index + 1}`,
      ...{ at: publishedAt, session: 'clean' },
    });
  }

  get actors(): readonly Actor[] {
    return [this.#subscriber, this.#shortLived, this.#publisher];
  }

  get isAway(): boolean {
    return this.#away !== undefined;
  }

  get lastMovedMs(): number {
    return this.#lastMovedMs;
  }

  connect(): void {
    for (const actor of this.actors) actor.connect();
  }

  start(): void {
    void this.#comeAndGo();
  }

  /** Whoever is away comes back. */
  stop(): void {
    this.#stopped.abort();
  }

  messages(isStruck: IsStruck): ExpiringMessage[] {
    return this.#stored
      .filter(({ acknowledgedMs, returnedMs }) => acknowledgedMs > 0 && returnedMs > 0)
      .map(({ isBroken, ...message }) => ({
        ...message,
        struck: isBroken || isStruck(message.writtenMs, message.delivery?.atMs ?? message.returnedMs),
      }));
  }

  sessions(isStruck: IsStruck): ExpiringSession[] {
    return this.#sessions.map(({ isBroken, ...session }) => ({
      ...session,
      struck: isBroken || isStruck(session.disconnectedMs, session.connectedMs),
    }));
  }

  /** On and on: away for a while, in which messages are stored, and back. */
  async #comeAndGo(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      await sleep(onlineMs, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      if (!this.#subscriber.isServed || !this.#publisher.isServed) continue;
      await this.#goAway();
      await this.#publish(shortSeconds);
      await this.#publish(longSeconds);
      await sleep(awayMs, undefined, { signal }).catch(() => {});
      this.#comeBack();
    }
  }

  async #goAway(): Promise<void> {
    const { nowMs } = this.#context;
    this.#away = { leftMs: nowMs(), isBroken: false };
    const hasSession = this.#shortLived.isServed;
    await Promise.all([this.#subscriber.client.leave(), hasSession ? this.#shortLived.client.leave() : undefined]);
    // Its socket is closed by now: its session began to expire before.
    if (hasSession) this.#returning = { disconnectedMs: nowMs(), returnedMs: undefined, attempts: 0 };
  }

  #comeBack(): void {
    this.#away = undefined;
    this.#subscriber.connect();
    this.#shortLived.connect();
  }

  #returned(sessionPresent: boolean, atMs: number): void {
    const returning = this.#returning;
    this.#returning = undefined;
    if (!returning?.returnedMs) return;
    this.#sessions.push({
      ...{ clientId: this.#shortLived.clientId, node: this.#node, expirySeconds: shortSeconds, sessionPresent },
      ...{ disconnectedMs: returning.disconnectedMs, returnedMs: returning.returnedMs, connectedMs: atMs },
      // A CONNECT that got no answer may have begun a session of its own.
      isBroken: returning.attempts > 1,
    });
  }

  #loseSession(): void {
    for (const stored of this.#stored) if (stored.delivery === null) stored.isBroken = true;
  }

  /** Resolves when it is acknowledged, or is not within a time. */
  #publish(expirySeconds: number): Promise<void> {
    const { run, payloadBytes, nowMs } = this.#context;
    const sequence = ++this.#sequence;
    const stored: Stored = {
      ...{ sequence, publisher: this.#publisher.clientId, publisherNode: this.#publishedAt, topic: this.#topic },
      ...{ clientId: this.#subscriber.clientId, node: this.#node, expirySeconds, isBroken: false },
      ...{ writtenMs: 0, acknowledgedMs: 0, returnedMs: 0, delivery: null },
    };
    this.#stored.push(stored);
    const answered = new Promise<void>((resolve) => {
      this.#publisher.client.publish({
        ...{ topic: this.#topic, qos: 1, properties: { messageExpiryInterval: expirySeconds } },
        payload: encodePayload(
          { run, flow: this.#index, kind: 'flow', sequence, sentNs: Math.round(nowMs() * 1e6) },
          payloadBytes,
        ),
        onWritten: ({ atMs, again }) => {
          stored.writtenMs = atMs;
          // Two copies may wait side by side, with an interval each.
          stored.isBroken ||= again;
        },
        onOutcome: ({ kind }) => {
          if (kind === 'acknowledged') stored.acknowledgedMs = nowMs();
          resolve();
        },
      });
    });
    const { signal } = this.#stopped;
    return Promise.race([answered, sleep(answerWithinMs, undefined, { signal }).catch(() => {})]);
  }
}
