import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../base/error.ts';
import { createRandom } from '../base/random.ts';
import type { FlowKindName, ProfileName } from '../model/flow-kinds.ts';
import type { Impact } from '../model/impact.ts';
import type { FeatureRecord, PhaseName } from '../model/record.ts';
import type { Endpoint } from './client.ts';
import { FaultsInForce } from './faults-in-force.ts';
import type { Flow, FlowContext, FlowKind, Standing } from './flow-kind.ts';
import { flowKinds } from './flows/registry.ts';
import { type Progress, Stream } from './flows/stream/stream.ts';
import type { Unserved } from './flows/stream/unserved.ts';
import type { FlowFacts, History } from './history.ts';
import { kindsOf, sharesOf } from './profiles.ts';
import type { ExpectedSteadyState } from './recovery.ts';
import type { WindowSummary } from './windows.ts';
import { Wire } from './wire.ts';

export type GeneratorOptions = {
  readonly endpoints: readonly Endpoint[];
  readonly features: FeatureRecord;
  readonly profile: ProfileName;
  readonly ratePerSecond: number;
  readonly payloadBytes: number;
  /** An operation that takes longer counts as not available. */
  readonly deadlineMs: number;
  /** The longest that the broker waits before it sends an unacknowledged message again. */
  readonly redeliverWithinMs: number;
  /** Unique to the scenario: begins every topic and client id. */
  readonly prefix: string;
  /** Unsigned 32-bit number in every payload, unique to the scenario. */
  readonly run: number;
  /** Decides what the flow kinds leave to chance. */
  readonly seed: string;
  /** What the broker is known not to serve: no part of the workload. */
  readonly unserved?: readonly Unserved[] | undefined;
};

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
  /** Clients that were made to reconnect with their session, because they missed something. */
  readonly reconnected: number;
  /** Given up after `withinMs` with messages still arriving or clients still coming: what is missing then is late, and nobody knows whether it is lost. */
  readonly unfinished: boolean;
};

/** The clients of a kind other than the streams get ready at their own nodes: a cluster that takes longer is waited for by the streams. */
const kindWithinMs = 15_000;

type OpenFlow = { readonly name: FlowKindName; readonly flow: Flow<FlowFacts[FlowKindName]> };

/** The workload of one scenario: the flow kinds of a profile, side by side, and the history that they write. */
export class Generator {
  #flows: readonly OpenFlow[];
  /** Measures are taken from the streams: every profile has some. */
  readonly #stream: Stream;
  readonly #notRun: Partial<Record<FlowKindName, string>>;
  readonly #nowMs: () => number;
  readonly #faults = new FaultsInForce();
  readonly #wire = new Wire(this.#faults);
  readonly #impacts = new Map<number, readonly ((endMs: number) => void)[]>();
  #quietMs = 0;

  constructor(options: GeneratorOptions, nowMs: () => number) {
    this.#nowMs = nowMs;
    const { flows, notRun } = openFlows(options, { nowMs, faults: this.#faults, wire: this.#wire });
    const stream = flows.find(({ flow }) => flow instanceof Stream)?.flow;
    if (!(stream instanceof Stream)) throw new RangeError(`the profile ${options.profile} has no streams`);
    this.#flows = flows;
    this.#stream = stream;
    this.#notRun = notRun;
  }

  /**
   * Connects everybody and waits until everything works. What has shown that it does not is left out of the workload and returned. Rejects
   * where the streams do not work: without them there is no steady state. Another kind whose clients do not get ready does not run.
   */
  async warmUp(withinMs: number): Promise<Unserved[]> {
    return (await Promise.all(this.#flows.map((one) => this.#warmUp(one, withinMs)))).flat();
  }

  async #warmUp({ name, flow }: OpenFlow, withinMs: number): Promise<readonly Unserved[]> {
    if (flow === this.#stream) return await flow.warmUp(withinMs);
    try {
      return await flow.warmUp(Math.min(withinMs, kindWithinMs));
    } catch (error) {
      this.#notRun[name] = `its clients did not get ready: ${messageOf(error)}`;
      this.#flows = this.#flows.filter((one) => one.name !== name);
      await flow.end();
      return [];
    }
  }

  /** How many things there are that can be seen delivered. */
  get watched(): number {
    return this.#flows.reduce((sum, { flow }) => sum + flow.watched, 0);
  }

  /** Traffic begins; the first window opens. Returns when. */
  start(windowMs: number): number {
    // A whole millisecond: what falls due at the very start must not lie before it after a journey through the header's nanoseconds.
    const startMs = Math.ceil(this.#nowMs());
    this.#stream.openWindows('steady', startMs, windowMs);
    for (const { flow } of this.#flows) flow.start(startMs);
    return startMs;
  }

  mark(phase: PhaseName, windowMs: number): number {
    const nowMs = this.#nowMs();
    this.#stream.openWindows(phase, nowMs, windowMs);
    for (const { flow } of this.#flows) flow.mark?.(phase, nowMs);
    return nowMs;
  }

  impactBegins(id: number, impact: Impact): void {
    const nowMs = this.#nowMs();
    this.#impacts.set(id, [
      this.#faults.begin(impact, nowMs),
      ...this.#flows.flatMap(({ flow }) => flow.impact?.(impact, nowMs) ?? []),
    ]);
  }

  impactEnds(id: number): void {
    const nowMs = this.#nowMs();
    for (const end of this.#impacts.get(id) ?? []) end(nowMs);
    this.#impacts.delete(id);
  }

  progress(): Progress {
    return this.#stream.progress();
  }

  /** Milliseconds from `expected.fromMs` to the start of the first sustained steady window; null while there is none. */
  recovery(expected: ExpectedSteadyState): number | null {
    return this.#stream.recovery(expected);
  }

  /** How many subscriptions at QoS 0 have heard nothing since the recover phase began, of messages enough to say. */
  silent(): number {
    return this.#stream.silent();
  }

  /** Nothing new falls due; travellers come home. */
  stop(): void {
    for (const { flow } of this.#flows) flow.stop();
  }

  /**
   * Waits until every operation is settled, every client is back and all that is owed has arrived, or nothing has moved for `quietMs`.
   * Clients that miss something then reconnect once with their session, and get another quiet period: what arrives in it was stuck.
   */
  async drain(options: DrainOptions): Promise<DrainReport> {
    this.#quietMs = options.quietMs;
    const startedMs = this.#nowMs();
    const first = await this.#settle(options, startedMs);
    const reconnected = first.unfinished ? 0 : await this.#reconnectMissing();
    const last = reconnected === 0 ? first : await this.#settle(options, this.#nowMs());
    if (!last.unfinished) await Promise.all(this.#flows.map(({ flow }) => flow.lastLook?.(options.returnMs)));
    return { ...last, reconnected, tookMs: this.#nowMs() - startedMs };
  }

  async #reconnectMissing(): Promise<number> {
    const counts = await Promise.all(this.#flows.map(({ flow }) => flow.reconnectMissing?.() ?? 0));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async #settle(
    { quietMs, returnMs, withinMs }: DrainOptions,
    startedMs: number,
  ): Promise<Omit<DrainReport, 'reconnected' | 'tookMs'>> {
    for (;;) {
      const nowMs = this.#nowMs();
      const { outstanding, unsettled, absentSinceMs, arriving, lastMovedMs } = this.#standing(nowMs);
      const idleMs = nowMs - Math.max(startedMs, lastMovedMs);
      const isDone = outstanding === 0 && unsettled === 0 && absentSinceMs.length === 0;
      const isQuiet =
        (outstanding === 0 && unsettled === 0 ? true : idleMs >= quietMs) &&
        absentSinceMs.every((sinceMs) => nowMs - Math.max(startedMs, sinceMs) >= returnMs) &&
        arriving === 0;
      if (isDone || isQuiet || nowMs - startedMs >= withinMs)
        return { outstanding, unsettled, absent: absentSinceMs.length, unfinished: !isDone && !isQuiet };
      await sleep(50);
    }
  }

  #standing(nowMs: number): Standing {
    return this.#flows
      .map(({ flow }) => flow.standing(nowMs))
      .reduce((all, one) => ({
        outstanding: all.outstanding + one.outstanding,
        unsettled: all.unsettled + one.unsettled,
        absentSinceMs: [...all.absentSinceMs, ...one.absentSinceMs],
        arriving: all.arriving + one.arriving,
        lastMovedMs: Math.max(all.lastMovedMs, one.lastMovedMs),
      }));
  }

  /** Closes the books; call after `drain`. */
  finish(): { history: History; windows: WindowSummary[] } {
    const facts = Object.fromEntries(this.#flows.map(({ name, flow }) => [name, flow.finish(this.#quietMs)]));
    return { history: { facts, notRun: this.#notRun, wire: this.#wire.facts() }, windows: this.#stream.windows() };
  }

  /** Disconnects every client and takes what the broker keeps for them off it. */
  async end(): Promise<void> {
    this.#wire.close();
    await Promise.all(this.#flows.map(({ flow }) => flow.end()));
  }
}

/** What all kinds share. */
type Shared = Pick<FlowContext, 'nowMs' | 'faults' | 'wire'>;

/** The flow kinds of the profile that this broker can be asked for. The shares of the others go to the streams. */
function openFlows(
  options: GeneratorOptions,
  shared: Shared,
): { flows: OpenFlow[]; notRun: Partial<Record<FlowKindName, string>> } {
  const notRun: Partial<Record<FlowKindName, string>> = {};
  const wanted: { readonly kind: FlowKind; share: number }[] = [];
  for (const [name, share] of kindsOf(sharesOf(options.profile))) {
    const kind: FlowKind = flowKinds[name];
    const why = kind.unavailable(options);
    if (why === undefined) wanted.push({ kind, share });
    else notRun[kind.name] = why;
  }
  const left = 1 - wanted.reduce((sum, { share }) => sum + share, 0);
  const flows = wanted.map(({ kind, share }) => ({
    name: kind.name,
    flow: kind.open(contextOf(options, kind.name, kind.name === 'stream' ? share + left : share, shared)),
  }));
  return { flows, notRun };
}

function contextOf(options: GeneratorOptions, kind: FlowKindName, share: number, shared: Shared): FlowContext {
  const { endpoints, features, ratePerSecond, payloadBytes, deadlineMs, redeliverWithinMs } = options;
  const { prefix, run, seed, unserved = [] } = options;
  return {
    ...{ endpoints, features, payloadBytes, deadlineMs, redeliverWithinMs, run, unserved, ...shared },
    ratePerSecond: ratePerSecond * share,
    // The streams have the scenario's own: known issues of earlier versions name their clients.
    prefix: kind === 'stream' ? prefix : `${prefix}-${kind}`,
    random: createRandom(`${seed}/workload/${kind}`),
  };
}
