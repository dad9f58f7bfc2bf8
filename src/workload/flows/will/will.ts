import { Actor, headerOf, isOwnEnd, standingOf, untilAll } from '../../actor.ts';
import type { Endpoint } from '../../client.ts';
import type { Flow, FlowContext, FlowKind, Standing } from '../../flow-kind.ts';
import type { Will as MqttWill } from '../../mqtt/client.ts';
import { encodePayload } from '../../payload.ts';
import type { WillEnd, Will as WillFact, WillFacts } from './facts.ts';

/** One of each node's clients has a will delay, which MQTT 3.1.1 does not know. */
const clientsPerNode = (version: 4 | 5): number => (version === 5 ? 2 : 1);
const keepAliveSeconds = 2;
/** A connection lasts for so long before its client ends it, and the client stays away for so long. */
const [leastOnlineMs, mostOnlineMs, awayMs] = [400, 1_400, 400];
/** MQTT 5: the will delay of the clients that have one, and the two times after which they come back: within it, and later. */
const [delaySeconds, returnsInTimeMs, returnsLateMs] = [2, 500, 4_000];
/** What is nearer to the end of a will delay is neither in time nor late. */
const surelyMs = 750;

/** Clients with a will of their own for each connection, which they end in every way there is. */
export const will: FlowKind<'will'> = {
  name: 'will',
  summary:
    'a will per connection, ended by DISCONNECT, by a closed socket, by silence, by takeover; will delay (MQTT 5)',
  unavailable: ({ features }) =>
    features.wills.available ? undefined : `the broker has no wills: ${features.wills.seen}`,
  open: (context) => new Wills(context),
};

/** A will while its connection lasts, and after it. */
type Trial = {
  readonly number: number;
  readonly clientId: string;
  readonly node: string;
  readonly connectedMs: number;
  readonly delayMs: number;
  end: WillEnd | undefined;
  endedMs: number;
  dueMs: number;
  /** It ended in a way that its client did not choose. */
  isOdd: boolean;
  returnedInTime: boolean;
};

type Observer = { readonly actor: Actor; readonly node: string };
type Sight = { copies: number; readonly firstMs: number };

class Wills implements Flow<WillFacts> {
  readonly #context: FlowContext;
  readonly #topic: string;
  readonly #qos: 1 | 2;
  readonly #observers: readonly Observer[];
  readonly #mortals: readonly Mortal[];
  readonly #trials: Trial[] = [];
  /** By will number, by observer. */
  readonly #seen = new Map<number, Map<number, Sight>>();
  #numbers = 0;
  #lastMovedMs = 0;

  constructor(context: FlowContext) {
    this.#context = context;
    const { endpoints, features, prefix } = context;
    this.#topic = `${prefix}/wills`;
    this.#qos = features.qos2.available ? 2 : 1;
    const session = features.persistentSessions.available ? 'persistent' : 'clean';
    this.#observers = endpoints.map((at, place) => ({
      node: at.node,
      actor: new Actor(context, {
        ...{ clientId: `${prefix}-observer-${at.node}`, at, session },
        filters: [{ topic: this.#topic, qos: this.#qos }],
        on: { message: (delivery, atMs) => this.#saw(place, headerOf(delivery, context.run)?.sequence, atMs) },
      }),
    }));
    this.#mortals = endpoints.flatMap((at) =>
      Array.from({ length: clientsPerNode(at.version) }, (_, i) => new Mortal(this, context, at, i + 1)),
    );
  }

  get watched(): number {
    return this.#observers.length;
  }

  async warmUp(withinMs: number): Promise<[]> {
    const { nowMs } = this.#context;
    for (const { actor } of this.#observers) actor.connect();
    await untilAll(() => this.#observers.every(({ actor }) => actor.isServed), {
      ...{ withinMs, nowMs },
      missing: () => `the observers of wills were not subscribed within ${withinMs} ms`,
    });
    return [];
  }

  start(): void {
    for (const mortal of this.#mortals) mortal.start();
  }

  stop(): void {
    for (const mortal of this.#mortals) mortal.stop();
  }

  standing(nowMs: number): Standing {
    const facts = this.#trials.filter(({ end }) => end !== undefined).map((trial) => this.#factOf(trial));
    const wanted = facts.filter(
      ({ end, returnedInTime, struck }) => end !== 'disconnect' && !returnedInTime && !struck,
    );
    const actors = this.#observers.map(({ actor }) => actor);
    return standingOf(actors, nowMs, {
      outstanding: wanted.filter(
        ({ seen, watchedBy, dueMs }) => dueMs <= nowMs && seen.length === 0 && watchedBy.length > 0,
      ).length,
      unsettled: wanted.filter(({ dueMs }) => dueMs > nowMs).length,
      lastMovedMs: Math.max(this.#lastMovedMs, ...wanted.map(({ dueMs }) => Math.min(dueMs, nowMs))),
    });
  }

  finish(): WillFacts {
    return {
      observers: this.#observers.map(({ actor: { clientId }, node }) => ({ clientId, node })),
      wills: this.#trials.filter(({ end }) => end !== undefined).map((trial) => this.#factOf(trial)),
    };
  }

  async end(): Promise<void> {
    await Promise.all([...this.#mortals.map((one) => one.end()), ...this.#observers.map(({ actor }) => actor.end())]);
  }

  /** The will that the next CONNECT of a client has, with its number. */
  nextWill(delayMs: number): { readonly number: number; readonly will: MqttWill } {
    const { run, payloadBytes, nowMs } = this.#context;
    const number = ++this.#numbers;
    const header = { run, flow: 0, kind: 'flow', sequence: number, sentNs: Math.round(nowMs() * 1e6) } as const;
    const will: MqttWill = {
      ...{ topic: this.#topic, payload: encodePayload(header, payloadBytes), qos: this.#qos, retain: false },
      ...(delayMs > 0 ? { properties: { willDelayInterval: delayMs / 1_000 } } : {}),
    };
    return { number, will };
  }

  began(trial: Trial): void {
    this.#trials.push(trial);
  }

  #saw(observer: number, number: number | undefined, atMs: number): void {
    if (number === undefined) return;
    this.#lastMovedMs = atMs;
    const seen = this.#seen.get(number) ?? new Map<number, Sight>();
    this.#seen.set(number, seen);
    const sight = seen.get(observer);
    if (sight) sight.copies++;
    else seen.set(observer, { copies: 1, firstMs: atMs });
  }

  /** What it arrives at: the lowest that an observer was granted. */
  #grantedQos(): 0 | 1 | 2 {
    return Math.min(this.#qos, ...this.#observers.map(({ actor }) => actor.grants?.[0] ?? 0)) as 0 | 1 | 2;
  }

  #factOf(trial: Trial): WillFact {
    const { number, clientId, node, connectedMs, endedMs, dueMs, isOdd, returnedInTime, end = 'drop' } = trial;
    const isWatching = ({ actor, node: at }: Observer): boolean =>
      at === node && (actor.servedSinceMs ?? Number.POSITIVE_INFINITY) <= endedMs;
    return {
      ...{ number, clientId, node, topic: this.#topic, qos: this.#grantedQos(), end },
      ...{ connectedMs, endedMs, dueMs, returnedInTime },
      // A fault of any sort may delay what the broker hears of an end.
      struck: isOdd || this.#context.faults.any(connectedMs, dueMs + this.#context.deadlineMs),
      watchedBy: this.#observers.flatMap((observer, place) => (isWatching(observer) ? [place] : [])),
      seen: [...(this.#seen.get(number) ?? [])].map(([observer, sight]) => ({ observer, ...sight })),
    };
  }
}

/** A client that lives for a while, ends, and comes back with another will. */
class Mortal {
  readonly #wills: Wills;
  readonly #context: FlowContext;
  readonly #node: string;
  readonly #actor: Actor;
  readonly #delayMs: number;
  readonly #isVersion5: boolean;
  #timer: NodeJS.Timeout | undefined;
  #next = 0;
  /** The will that its current CONNECT said. */
  #number = 0;
  #trial: Trial | undefined;
  /** A connection that takes over from the one before. */
  #takesOver = false;
  /** The trial before, whose will delay may still run. */
  #delayed: Trial | undefined;
  #keepAliveMs = keepAliveSeconds * 1_000;
  #stopped = false;

  constructor(wills: Wills, context: FlowContext, at: Endpoint, count: number) {
    this.#wills = wills;
    this.#context = context;
    this.#node = at.node;
    this.#isVersion5 = at.version === 5;
    const isDelayed =
      this.#isVersion5 && count === clientsPerNode(at.version) && context.features.persistentSessions.available;
    this.#delayMs = isDelayed ? delaySeconds * 1_000 : 0;
    this.#actor = new Actor(context, {
      ...{ clientId: `${context.prefix}-mortal-${at.node}-${count}`, at, keepAliveSeconds, isThrownOut: true },
      // A will delay ends with the session, so its client has one.
      session: isDelayed ? 'persistent' : 'clean',
      will: () => {
        const { number, will } = this.#wills.nextWill(this.#delayMs);
        this.#number = number;
        return will;
      },
      on: {
        connected: ({ atMs, connack }) => {
          this.#keepAliveMs = (connack.properties?.serverKeepAlive ?? keepAliveSeconds) * 1_000;
          this.#connected(atMs);
        },
        closed: ({ wasAccepted, reason, atMs }) => {
          if (wasAccepted && !isOwnEnd(reason)) this.#endedOddly(atMs);
        },
      },
    });
  }

  start(): void {
    this.#actor.connect();
  }

  /** Ends the connection as it would have been ended next. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    if (this.#trial) void this.#die();
    else this.#actor.client.drop({ comeBack: false });
  }

  async end(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#actor.end();
  }

  #connected(atMs: number): void {
    this.#settleDelayed(atMs);
    const before = this.#trial;
    if (this.#takesOver && before) this.#close(before, 'takeover', atMs, atMs);
    else if (before && before.end === undefined) before.isOdd = true;
    this.#takesOver = false;
    const trial: Trial = {
      ...{ number: this.#number, clientId: this.#actor.clientId, node: this.#node, connectedMs: atMs },
      ...{ delayMs: this.#delayMs, end: undefined, endedMs: 0, dueMs: 0, isOdd: false, returnedInTime: false },
    };
    this.#trial = trial;
    this.#wills.began(trial);
    if (this.#stopped) {
      void this.#die();
      return;
    }
    const { random } = this.#context;
    this.#after(leastOnlineMs + random.below(mostOnlineMs - leastOnlineMs), () => this.#die());
  }

  /** Ends the connection in the next way of the list, and comes back later. */
  async #die(): Promise<void> {
    const trial = this.#trial;
    const { client } = this.#actor;
    if (!trial || !client.isOnline) return;
    const end = this.#nextEnd();
    const nowMs = this.#context.nowMs();
    switch (end) {
      case 'takeover':
        // The older connection stays open until the newer one is accepted.
        this.#takesOver = true;
        client.connect();
        return;
      case 'silence':
        client.goSilent();
        this.#close(trial, end, nowMs, nowMs + this.#keepAliveMs * 1.5);
        this.#after(this.#keepAliveMs * 2.5, () => {
          client.drop({ comeBack: false });
          this.#comeBack(trial);
        });
        return;
      case 'drop':
        this.#close(trial, end, nowMs, nowMs);
        client.drop({ comeBack: false });
        break;
      default:
        this.#close(trial, end, nowMs, nowMs);
        await client.leave(end === 'disconnect' ? {} : { reasonCode: 4 });
    }
    this.#comeBack(trial);
  }

  #comeBack(trial: Trial): void {
    if (this.#stopped) return;
    const { random } = this.#context;
    const delayedMs = random.below(2) === 0 ? returnsInTimeMs : returnsLateMs;
    this.#delayed = this.#delayMs > 0 ? trial : undefined;
    this.#after(this.#delayMs > 0 ? delayedMs : awayMs, () => this.#actor.connect());
  }

  /** It is back with its session: the will of the connection before must not be sent if its delay was not over [MQTT-3.1.3-9]. */
  #settleDelayed(connectedMs: number): void {
    const trial = this.#delayed;
    this.#delayed = undefined;
    if (trial?.end !== 'drop') return;
    if (connectedMs < trial.dueMs - surelyMs) trial.returnedInTime = true;
    else if (connectedMs < trial.dueMs + surelyMs) trial.isOdd = true;
  }

  /** Without a will delay, all ways; with one, those that do not take longer than the delay. */
  #nextEnd(): WillEnd {
    const ends: readonly WillEnd[] =
      this.#delayMs > 0
        ? ['drop', 'disconnect']
        : [
            'drop',
            'disconnect',
            'takeover',
            ...(this.#isVersion5 ? (['disconnect-with-will'] as const) : []),
            'silence',
          ];
    const possible = this.#stopped ? ends.filter((end) => end !== 'takeover') : ends;
    return possible[this.#next++ % possible.length] as WillEnd;
  }

  #close(trial: Trial, end: WillEnd, endedMs: number, closedMs: number): void {
    trial.end = end;
    trial.endedMs = endedMs;
    trial.dueMs = closedMs + trial.delayMs;
    this.#trial = undefined;
  }

  #endedOddly(atMs: number): void {
    const trial = this.#trial;
    if (!trial || trial.end !== undefined) return;
    this.#close(trial, 'drop', atMs, atMs);
    trial.isOdd = true;
  }

  #after(ms: number, act: () => unknown): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, ms);
  }
}
