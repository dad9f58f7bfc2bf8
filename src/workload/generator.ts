import { setTimeout as sleep } from 'node:timers/promises';
import type { Impact } from '../model/impact.ts';
import type { FeatureRecord, PhaseName } from '../model/record.ts';
import type { Endpoint } from './client.ts';
import type { History } from './history.ts';
import { leastAcknowledged } from './path-report.ts';
import { mixed } from './profiles/mixed.ts';
import { Publisher } from './publisher.ts';
import { Recorder, type SubscriptionRecord } from './recorder.ts';
import { type ExpectedSteadyState, recoveryMs, steadyBarMs } from './recovery.ts';
import { Subscriber } from './subscriber.ts';
import { filterKindOf, type Unserved } from './unserved.ts';
import type { WindowSummary } from './windows.ts';

const profiles = { mixed } as const;
export type ProfileName = keyof typeof profiles;

/** How often publishers look whether something has fallen due. */
const tickMs = 2;

export type GeneratorOptions = {
  readonly endpoints: readonly Endpoint[];
  readonly features: FeatureRecord;
  readonly profile: ProfileName;
  readonly ratePerSecond: number;
  readonly payloadBytes: number;
  /** An operation that takes longer counts as not available. */
  readonly deadlineMs: number;
  /** Unique to the scenario: begins every topic and client id. */
  readonly prefix: string;
  /** Unsigned 32-bit number in every payload, unique to the scenario. */
  readonly run: number;
  /** What the broker is known not to serve: no part of the workload. */
  readonly unserved?: readonly Unserved[] | undefined;
};

export type Progress = { readonly published: number; readonly acknowledged: number; readonly delivered: number };

/**
 * Not before `quietMs` without any movement are messages that have not arrived called missing, nor before `returnMs` without it is a
 * client called one that could not come back.
 */
export type DrainOptions = { readonly quietMs: number; readonly returnMs: number; readonly withinMs: number };
export type DrainReport = {
  readonly outstanding: number;
  readonly unsettled: number;
  /** Clients that have not come back. */
  readonly absent: number;
  readonly tookMs: number;
  /** Subscribers that were made to reconnect with their session, because they missed something. */
  readonly reconnected: number;
  /** Given up after `withinMs` with messages still arriving or clients still coming: what is missing then is late, and nobody knows whether it is lost. */
  readonly unfinished: boolean;
};

/** The workload of one scenario: its clients, its rates, and the history they write. */
export class Generator {
  readonly #recorder: Recorder;
  readonly #publishers: Publisher[];
  readonly #subscribers: Subscriber[];
  readonly #nowMs: () => number;
  readonly #options: GeneratorOptions;
  readonly #impacts = new Map<number, (endMs: number) => void>();
  #ticking: NodeJS.Timeout | undefined;
  #quietMs = 0;
  /** The last message of the warm-up that was written before a subscription was granted. */
  readonly #grantedAfter = new Map<SubscriptionRecord, number>();

  constructor(options: GeneratorOptions, nowMs: () => number) {
    this.#options = options;
    this.#nowMs = nowMs;
    const { endpoints, features, ratePerSecond, prefix, run, payloadBytes, deadlineMs } = options;
    const plan = profiles[options.profile]({
      nodes: endpoints.map(({ node }) => node),
      features,
      ratePerSecond,
      prefix,
    });
    const endpointOf = (node: string): Endpoint => {
      const found = endpoints.find((endpoint) => endpoint.node === node);
      if (!found) throw new RangeError(`no endpoint for ${node}`);
      return found;
    };
    const recorder = new Recorder(plan, deadlineMs);
    this.#recorder = recorder;
    this.#publishers = recorder.flows
      .filter((flow) => flow.plan.ratePerSecond > 0)
      .map((flow) => {
        const persistent = flow.plan.qos > 0 && features.persistentSessions.available;
        return new Publisher({
          flow,
          recorder,
          endpoint: endpointOf(flow.plan.node),
          run,
          payloadBytes,
          deadlineMs,
          persistent,
          nowMs,
        });
      });
    this.#subscribers = plan.subscribers.map(
      (subscriber) => new Subscriber({ plan: subscriber, recorder, endpoint: endpointOf(subscriber.node), run, nowMs }),
    );
    for (const subscriber of this.#subscribers)
      for (const subscription of subscriber.missing) {
        const asked = this.#asked(subscription);
        if (options.unserved?.some((unserved) => concerns(unserved, asked))) this.#leaveOut(subscriber, subscription);
      }
  }

  /**
   * Connects everybody and publishes until each subscription has seen a message from each of its publishers, so that all of them
   * are owed what follows. What has shown after `withinMs` that it does not work is left out of the workload and returned. Rejects when
   * nothing is shown: a publisher could not connect, or nothing at all works.
   */
  async warmUp(withinMs: number): Promise<Unserved[]> {
    const startedMs = this.#nowMs();
    for (const subscriber of this.#subscribers) subscriber.connect();
    for (const publisher of this.#publishers) publisher.connect();
    for (let sequence = 1; ; sequence++) {
      const isReady = this.#publishers.every(({ ready }) => ready) && this.#subscribers.every(({ ready }) => ready);
      if (isReady) return [];
      if (this.#nowMs() - startedMs > withinMs) return this.#leaveOutUnserved(withinMs);
      this.#noteGranted();
      for (const publisher of this.#publishers) publisher.warmUp(sequence);
      await sleep(100);
    }
  }

  /** How many subscriptions are part of the workload. */
  get subscriptions(): number {
    return this.#recorder.flows.reduce((sum, { subscriptions }) => sum + subscriptions.length, 0);
  }

  #noteGranted(): void {
    for (const subscriber of this.#subscribers)
      for (const subscription of subscriber.missing)
        if (!this.#grantedAfter.has(subscription) && subscriber.answerTo(subscription.plan.filter) === 'granted')
          this.#grantedAfter.set(subscription, this.#publisherOf(subscription)?.warmUpsWritten ?? 0);
  }

  #publisherOf({ flow }: SubscriptionRecord): Publisher | undefined {
    return this.#publishers.find((publisher) => publisher.flow === flow.plan.name);
  }

  #leaveOutUnserved(waitedMs: number): Unserved[] {
    const away = [
      ...this.#publishers.filter(({ ready }) => !ready).map(({ flow }) => `the publisher of ${flow}`),
      ...this.#subscribers.filter(({ wasAccepted }) => !wasAccepted).map(({ plan }) => plan.clientId),
    ];
    if (away.length > 0) throw new Error(`no CONNACK within ${waitedMs} ms for ${named(away)}`);
    const silent = this.#subscribers.flatMap((subscriber) =>
      subscriber.missing.map((subscription) => ({
        subscriber,
        subscription,
        unserved: this.#unserved(subscriber, subscription, waitedMs),
      })),
    );
    const unclear = silent.filter(({ unserved }) => unserved === undefined);
    if (unclear.length > 0)
      throw new Error(
        `no message arrived within ${waitedMs} ms for: ${named(unclear.map(({ subscription }) => `${subscription.flow.plan.name} at ${subscription.subscriber.clientId}`))}`,
      );
    for (const { subscriber, subscription } of silent) this.#leaveOut(subscriber, subscription);
    return silent.flatMap(({ unserved }) => unserved ?? []);
  }

  /** Why a subscription has seen nothing; undefined where too little was tried to say. */
  #unserved(subscriber: Subscriber, subscription: SubscriptionRecord, waitedMs: number): Unserved | undefined {
    const publisher = this.#publisherOf(subscription);
    if (!publisher) return undefined;
    const { qos } = subscription.flow.plan;
    const { written, acknowledged } = publisher.warmUpsAfter(this.#grantedAfter.get(subscription) ?? 0);
    const answer = subscriber.answerTo(subscription.plan.filter);
    const asked = { ...this.#asked(subscription), written, acknowledged, waitedMs };
    if (answer === 'refused') return { why: 'refused', ...asked };
    if (answer === 'none') return { why: 'not-granted', ...asked };
    if (written < leastAcknowledged) return undefined;
    if (qos > 0 && acknowledged === 0) return { why: 'not-acknowledged', ...asked };
    return qos === 0 || acknowledged >= leastAcknowledged ? { why: 'not-delivered', ...asked } : undefined;
  }

  #asked({
    subscriber,
    plan,
    flow,
  }: SubscriptionRecord): Omit<Unserved, 'why' | 'written' | 'acknowledged' | 'waitedMs'> {
    const short = (name: string): string => name.replace(new RegExp(`^${this.#options.prefix}[-/]`), '');
    return {
      from: flow.plan.node,
      to: subscriber.node,
      filter: filterKindOf(plan.filter),
      filterText: short(plan.filter),
      qos: flow.plan.qos,
      client: short(subscriber.clientId),
      flow: flow.plan.name,
    };
  }

  #leaveOut(subscriber: Subscriber, subscription: SubscriptionRecord): void {
    subscriber.leaveOut(subscription.flow.plan.id);
    this.#recorder.leaveOut(subscription);
  }

  /** Publishing begins; the first window opens. Returns when. */
  start(windowMs: number): number {
    // A whole millisecond: what falls due at the very start must not lie before it after a journey through the header's nanoseconds.
    const startMs = Math.ceil(this.#nowMs());
    this.#recorder.mark('steady', startMs, windowMs);
    const { ratePerSecond } = this.#options;
    const gapMs = ratePerSecond > 0 ? 1_000 / ratePerSecond : 0;
    this.#publishers.forEach((publisher, i) => {
      publisher.start(startMs + i * gapMs);
    });
    for (const subscriber of this.#subscribers) subscriber.startRoaming();
    this.#ticking = setInterval(() => {
      for (const publisher of this.#publishers) publisher.tick();
    }, tickMs);
    return startMs;
  }

  mark(phase: PhaseName, windowMs: number): number {
    const nowMs = this.#nowMs();
    this.#recorder.mark(phase, nowMs, windowMs);
    if (phase === 'recover') this.#recorder.healed();
    return nowMs;
  }

  impactBegins(id: number, impact: Impact): void {
    this.#impacts.set(id, this.#recorder.impact(impact, this.#nowMs()));
  }

  impactEnds(id: number): void {
    this.#impacts.get(id)?.(this.#nowMs());
    this.#impacts.delete(id);
  }

  progress(): Progress {
    let published = 0;
    let acknowledged = 0;
    let delivered = 0;
    for (const window of this.#recorder.windows.all) {
      published += window.published;
      acknowledged += window.acknowledged;
      delivered += window.delivered;
    }
    return { published, acknowledged, delivered };
  }

  /** Milliseconds from `expected.fromMs` to the start of the first sustained steady window; null while there is none. */
  recovery(expected: ExpectedSteadyState): number | null {
    const bar = { ...expected, p99LatencyMs: Math.min(expected.p99LatencyMs, steadyBarMs(this.#worstSteadyP99Ms())) };
    return recoveryMs(this.#recorder.summaries({ histograms: false }), bar, this.#nowMs(), this.#options.deadlineMs);
  }

  /** How many subscriptions at QoS 0 have heard nothing since the recover phase began, of messages enough to say. */
  silent(): number {
    return this.#recorder.silent();
  }

  #worstSteadyP99Ms(): number {
    const steady = this.#recorder.windows.all.filter(
      ({ phase, latency }) => phase === 'steady' && latency.totalCount > 0,
    );
    return Math.max(0, ...steady.map(({ latency }) => latency.getValueAtPercentile(99) / 1_000));
  }

  /** Nothing new falls due; travellers come home. */
  stop(): void {
    for (const publisher of this.#publishers) publisher.stop();
    for (const subscriber of this.#subscribers) subscriber.settle();
  }

  /**
   * Waits until every operation is settled, every client is back and all that is owed has arrived, or nothing has moved for `quietMs`.
   * Subscribers that miss something then reconnect once with their session, and get another quiet period: what arrives in it was stuck.
   */
  async drain(options: DrainOptions): Promise<DrainReport> {
    this.#quietMs = options.quietMs;
    const startedMs = this.#nowMs();
    const first = await this.#settle(options, startedMs);
    const missing = first.unfinished ? [] : this.#recorder.noteMissing();
    if (missing.length === 0) return { ...first, reconnected: 0, tookMs: this.#nowMs() - startedMs };
    await Promise.all(
      this.#subscribers.filter(({ plan }) => missing.includes(plan)).map((subscriber) => subscriber.reconnect()),
    );
    const second = await this.#settle(options, this.#nowMs());
    return { ...second, reconnected: missing.length, tookMs: this.#nowMs() - startedMs };
  }

  async #settle(
    { quietMs, returnMs, withinMs }: DrainOptions,
    startedMs: number,
  ): Promise<Omit<DrainReport, 'reconnected' | 'tookMs'>> {
    for (;;) {
      const nowMs = this.#nowMs();
      const outstanding = this.#recorder.outstanding();
      const unsettled = this.#publishers.reduce((sum, publisher) => sum + publisher.unsettled, 0);
      // A client that is between two connections is waited for: it is not one that could not come back.
      const absences = this.#recorder.absences(nowMs);
      const idleMs = nowMs - Math.max(startedMs, this.#recorder.lastMovedMs);
      const isDone = outstanding === 0 && unsettled === 0 && absences.length === 0;
      const isQuiet =
        (outstanding === 0 && unsettled === 0 ? true : idleMs >= quietMs) &&
        absences.every((sinceMs) => nowMs - Math.max(startedMs, sinceMs) >= returnMs) &&
        this.#recorder.arriving(nowMs) === 0;
      if (isDone || isQuiet || nowMs - startedMs >= withinMs)
        return { outstanding, unsettled, absent: absences.length, unfinished: !isDone && !isQuiet };
      await sleep(50);
    }
  }

  /** Closes the books; call after `drain`. */
  finish(): { history: History; windows: WindowSummary[] } {
    clearInterval(this.#ticking);
    for (const publisher of this.#publishers) publisher.settle(this.#quietMs);
    return { history: this.#recorder.history(this.#nowMs()), windows: this.#recorder.summaries({ histograms: true }) };
  }

  /** Disconnects every client and takes their sessions off the broker. */
  async end(): Promise<void> {
    clearInterval(this.#ticking);
    await Promise.all([...this.#publishers, ...this.#subscribers].map((client) => client.end()));
  }
}

/** Whether what is known not to work is what a subscription of the workload asks for. */
function concerns(unserved: Unserved, asked: Omit<Unserved, 'why' | 'written' | 'acknowledged' | 'waitedMs'>): boolean {
  if (unserved.from !== asked.from || unserved.to !== asked.to) return false;
  // What fresh clients found concerns every filter of its kind.
  if (unserved.client === null) return unserved.filter === asked.filter;
  return unserved.client === asked.client && unserved.flow === asked.flow && unserved.filterText === asked.filterText;
}

function named(names: readonly string[]): string {
  return names.slice(0, 6).join('; ') + (names.length > 6 ? `; and ${names.length - 6} more` : '');
}
