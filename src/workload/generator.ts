import { setTimeout as sleep } from 'node:timers/promises';
import type { Impact } from '../faults/fault.ts';
import type { FeatureRecord, PhaseName } from '../report/record.ts';
import type { Endpoint } from './client.ts';
import type { History } from './history.ts';
import { mixed } from './profiles/mixed.ts';
import { Publisher } from './publisher.ts';
import { Recorder } from './recorder.ts';
import { type ExpectedSteadyState, recoveryMs, steadyBarMs } from './recovery.ts';
import { Subscriber } from './subscriber.ts';
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
};

export type Progress = { readonly published: number; readonly acknowledged: number; readonly delivered: number };

/** Not before `quietMs` without any movement are messages that have not arrived called missing. */
export type DrainOptions = { readonly quietMs: number; readonly withinMs: number };
export type DrainReport = {
  readonly outstanding: number;
  readonly unsettled: number;
  /** Subscriptions whose client has not come back. */
  readonly absent: number;
  readonly tookMs: number;
  /** Given up after `withinMs` with messages still arriving: what is missing then is late, and nobody knows whether it is lost. */
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
  }

  /**
   * Connects everybody and publishes until each subscription has seen a message from each of its publishers, so that all of them
   * are owed what follows. Rejects with the names of those still missing after `withinMs`.
   */
  async warmUp(withinMs: number): Promise<void> {
    const deadline = this.#nowMs() + withinMs;
    for (const subscriber of this.#subscribers) subscriber.connect();
    for (const publisher of this.#publishers) publisher.connect();
    for (let sequence = 1; ; sequence++) {
      if (this.#publishers.every(({ ready }) => ready) && this.#subscribers.every(({ ready }) => ready)) return;
      if (this.#nowMs() > deadline) {
        const missing = this.#subscribers.flatMap(({ plan, missing }) =>
          missing.map((flow) => `${flow} at ${plan.clientId}`),
        );
        throw new Error(
          `no message arrived within ${withinMs} ms for: ${missing.slice(0, 6).join('; ') || 'some publisher that could not connect'}`,
        );
      }
      for (const publisher of this.#publishers) publisher.warmUp(sequence);
      await sleep(100);
    }
  }

  /** Publishing begins; the first window opens. Returns when. */
  start(windowMs: number): number {
    // A whole millisecond: what falls due at the very start must not lie before it after a journey through the header's nanoseconds.
    const startMs = Math.ceil(this.#nowMs());
    this.#recorder.mark('steady', startMs, windowMs);
    const gapMs = 1_000 / this.#options.ratePerSecond;
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
   * Waits until every operation is settled, every subscriber is back and all that is owed has arrived, or nothing has moved for
   * `quietMs`.
   */
  async drain({ quietMs, withinMs }: DrainOptions): Promise<DrainReport> {
    const startedMs = this.#nowMs();
    for (;;) {
      const nowMs = this.#nowMs();
      const outstanding = this.#recorder.outstanding();
      const unsettled = this.#publishers.reduce((sum, publisher) => sum + publisher.unsettled, 0);
      // A traveller that set out just before the end is owed nothing yet, and is called lost if nobody waits for it.
      const absent = this.#recorder.absent();
      const idleMs = nowMs - Math.max(startedMs, this.#recorder.lastMovedMs);
      const over = (outstanding === 0 && unsettled === 0 && absent === 0) || idleMs >= quietMs;
      if (over || nowMs - startedMs >= withinMs)
        return { outstanding, unsettled, absent, tookMs: nowMs - startedMs, unfinished: !over };
      await sleep(50);
    }
  }

  /** Closes the books; call after `drain`. */
  finish(): { history: History; windows: WindowSummary[] } {
    clearInterval(this.#ticking);
    for (const publisher of this.#publishers) publisher.settle();
    return { history: this.#recorder.history(), windows: this.#recorder.summaries({ histograms: true }) };
  }

  /** Disconnects every client and takes their sessions off the broker. */
  async end(): Promise<void> {
    clearInterval(this.#ticking);
    await Promise.all([...this.#publishers, ...this.#subscribers].map((client) => client.end()));
  }
}
