import { setTimeout as sleep } from 'node:timers/promises';
import type { Impact } from '../../../model/impact.ts';
import type { PhaseName } from '../../../model/record.ts';
import type { Endpoint } from '../../client.ts';
import type { Flow, FlowContext, FlowKind, Standing } from '../../flow-kind.ts';
import { leastAcknowledged } from '../../path-report.ts';
import { type ExpectedSteadyState, recoveryMs, steadyBarMs } from '../../recovery.ts';
import type { WindowSummary } from '../../windows.ts';
import type { StreamFacts } from './facts.ts';
import { mixed, sessionsMove } from './mixed.ts';
import { Publisher } from './publisher.ts';
import { Recorder, type SubscriptionRecord } from './recorder.ts';
import { Subscriber } from './subscriber.ts';
import { filterKindOf, type Unserved } from './unserved.ts';

/** How often publishers look whether something has fallen due. */
const tickMs = 2;

/** Numbered messages at every QoS that the broker has: fan-in, fan-out, persistent sessions that go away and come back. */
export const stream: FlowKind<'stream'> = {
  name: 'stream',
  summary:
    'numbered messages at QoS 0, 1 and 2, fan-in, fan-out, persistent sessions that go away and come back, clients that go on to another node',
  unavailable: () => undefined,
  open: (context) => new Stream(context),
};

export type Progress = { readonly published: number; readonly acknowledged: number; readonly delivered: number };

/** The streams of one scenario: their clients, their rates, and the facts that they write. Availability and latency are measured here. */
export class Stream implements Flow<StreamFacts> {
  readonly #recorder: Recorder;
  readonly #publishers: Publisher[];
  readonly #subscribers: Subscriber[];
  readonly #nowMs: () => number;
  readonly #options: FlowContext;
  #ticking: NodeJS.Timeout | undefined;
  /** The last message of the warm-up that was written before a subscription was granted. */
  readonly #grantedAfter = new Map<SubscriptionRecord, number>();

  constructor(options: FlowContext) {
    this.#options = options;
    this.#nowMs = options.nowMs;
    const { endpoints, features, ratePerSecond, prefix, run, payloadBytes, deadlineMs, wire, nowMs } = options;
    const plan = mixed({
      nodes: endpoints.map(({ node }) => node),
      features,
      ratePerSecond,
      prefix,
    });
    const endpointsOf = ({ node, moves }: { node: string; moves?: true }): [Endpoint, ...Endpoint[]] => {
      const index = endpoints.findIndex((endpoint) => endpoint.node === node);
      const own = endpoints[index];
      if (!own) throw new RangeError(`no endpoint for ${node}`);
      return moves ? [own, ...endpoints.slice(index + 1), ...endpoints.slice(0, index)] : [own];
    };
    const recorder = new Recorder(plan, deadlineMs);
    this.#recorder = recorder;
    this.#publishers = recorder.flows
      .filter((flow) => flow.plan.ratePerSecond > 0)
      .map((flow) => {
        const isKept = flow.plan.moves ? sessionsMove(features) : features.persistentSessions.available;
        const persistent = flow.plan.qos > 0 && isKept;
        return new Publisher({
          flow,
          recorder,
          endpoints: endpointsOf(flow.plan),
          run,
          wire,
          payloadBytes,
          deadlineMs,
          persistent,
          nowMs,
        });
      });
    this.#subscribers = plan.subscribers.map(
      (subscriber) =>
        new Subscriber({ plan: subscriber, recorder, endpoints: endpointsOf(subscriber), run, wire, nowMs }),
    );
    for (const subscriber of this.#subscribers)
      for (const subscription of subscriber.missing) {
        const asked = this.#asked(subscription);
        if (options.unserved.some((unserved) => concerns(unserved, asked))) this.#leaveOut(subscriber, subscription);
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
  get watched(): number {
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

  /** Publishing begins. */
  start(startMs: number): void {
    const { ratePerSecond } = this.#options;
    const gapMs = ratePerSecond > 0 ? 1_000 / ratePerSecond : 0;
    this.#publishers.forEach((publisher, i) => {
      publisher.start(startMs + i * gapMs);
    });
    for (const subscriber of this.#subscribers) subscriber.startRoaming();
    this.#ticking = setInterval(() => {
      for (const publisher of this.#publishers) publisher.tick();
    }, tickMs);
  }

  mark(phase: PhaseName): void {
    if (phase === 'recover') this.#recorder.healed();
  }

  impact(impact: Impact, nowMs: number): (endMs: number) => void {
    return this.#recorder.impact(impact, nowMs);
  }

  /** A phase begins, and the first of its windows. */
  openWindows(phase: PhaseName, nowMs: number, windowMs: number): void {
    this.#recorder.mark(phase, nowMs, windowMs);
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

  standing(nowMs: number): Standing {
    const recorder = this.#recorder;
    return {
      outstanding: recorder.outstanding(),
      unsettled: this.#publishers.reduce((sum, publisher) => sum + publisher.unsettled, 0),
      // A client that is between two connections is waited for: it is not one that could not come back.
      absentSinceMs: recorder.absences(nowMs),
      arriving: recorder.arriving(nowMs),
      lastMovedMs: recorder.lastMovedMs,
    };
  }

  async reconnectMissing(): Promise<number> {
    const missing = this.#recorder.noteMissing();
    await Promise.all(
      this.#subscribers.filter(({ plan }) => missing.includes(plan)).map((subscriber) => subscriber.reconnect()),
    );
    return missing.length;
  }

  finish(quietMs: number): StreamFacts {
    clearInterval(this.#ticking);
    for (const publisher of this.#publishers) publisher.settle(quietMs);
    return this.#recorder.history(this.#nowMs());
  }

  /** Every window with its measures. */
  windows(): WindowSummary[] {
    return this.#recorder.summaries({ histograms: true });
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
