import { Actor, headerOf, standingOf, untilAll } from '../../actor.ts';
import type { Endpoint } from '../../client.ts';
import type { Flow, FlowContext, FlowKind, Standing } from '../../flow-kind.ts';
import { IntervalSet } from '../../interval-set.ts';
import { isOneServer } from '../../one-server.ts';
import { encodePayload } from '../../payload.ts';
import type { Unserved } from '../stream/unserved.ts';
import type { SharedFacts, SharedGroup, SharedTwice } from './facts.ts';

/** A member breaks off now and then, and is back after `awayMs`. */
const [breaksOffEveryMs, awayMs] = [2_500, 400];
const exampleLimit = 10;
/** Messages of which more than the numbers is kept: what comes twice comes soon. */
const remembered = 10_000;
const warmUpEveryMs = 100;

/** Shared groups with a member at every node, or several at one where groups do not span nodes. Members break off and come back. MQTT 3.1.1 has no shared subscriptions, so its clients speak MQTT 5. */
export const shared: FlowKind<'shared'> = {
  name: 'shared',
  summary: 'shared groups (MQTT 5) with a member at every node; members break off and come back',
  unavailable({ features }) {
    if (!features.mqtt5.available) return `the broker has no MQTT 5: ${features.mqtt5.seen}`;
    if (!features.sharedSubscriptions.available)
      return `the broker has no shared subscriptions: ${features.sharedSubscriptions.seen}`;
    return features.persistentSessions.available
      ? undefined
      : `the broker keeps no sessions, so that members that break off may lose messages: ${features.persistentSessions.seen}`;
  },
  open: (context) => new Shared(context),
};

class Shared implements Flow<SharedFacts> {
  readonly #context: FlowContext;
  readonly #groups: Group[];
  #ticking: NodeJS.Timeout | undefined;
  #breaking: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(context: FlowContext) {
    this.#context = context;
    const endpoints = context.endpoints.map((endpoint): Endpoint => ({ ...endpoint, version: 5 }));
    const exactly = context.features.qos2.available ? 2 : 1;
    // Nodes of which each has a group of its own are no single server, and owe nothing to a group over several of them.
    const placesOf = (at: Endpoint): Endpoint[] =>
      isOneServer(context.features) ? endpoints : endpoints.map(() => at);
    const isServed = (index: number): boolean => !context.unserved.some(({ client }) => client === nameOf(index));
    this.#groups = endpoints.flatMap((at, index) =>
      isServed(index)
        ? [new Group(context, { index, at, places: placesOf(at), qos: index % 2 === 0 ? exactly : 1 })]
        : [],
    );
  }

  get watched(): number {
    return this.#groups.length;
  }

  async warmUp(withinMs: number): Promise<readonly Unserved[]> {
    const unserved = await Promise.all(this.#groups.map((group) => group.warmUp(withinMs)));
    for (const [index, found] of unserved.entries()) if (found) await this.#groups[index]?.end();
    this.#groups.splice(0, this.#groups.length, ...this.#groups.filter((_, index) => unserved[index] === undefined));
    return unserved.flatMap((found) => found ?? []);
  }

  start(): void {
    const { ratePerSecond } = this.#context;
    const each = ratePerSecond / Math.max(1, this.#groups.length);
    if (each === 0) return;
    this.#ticking = setInterval(() => {
      for (const group of this.#groups) group.publishNext();
    }, 1_000 / each);
    this.#breaking = setInterval(() => {
      for (const group of this.#groups) group.breakOff(awayMs);
    }, breaksOffEveryMs);
  }

  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    clearInterval(this.#ticking);
    clearInterval(this.#breaking);
    for (const group of this.#groups) group.comeHome();
  }

  standing(nowMs: number): Standing {
    return standingOf(
      this.#groups.flatMap(({ actors }) => actors),
      nowMs,
      {
        outstanding: this.#groups.reduce((sum, group) => sum + group.outstanding, 0),
        unsettled: this.#groups.reduce((sum, group) => sum + group.unsettled, 0),
        lastMovedMs: Math.max(0, ...this.#groups.map(({ lastMovedMs }) => lastMovedMs)),
      },
    );
  }

  finish(): SharedFacts {
    this.stop();
    return { groups: this.#groups.map((group) => group.facts()) };
  }

  async end(): Promise<void> {
    this.stop();
    await Promise.all(this.#groups.map((group) => group.end()));
  }
}

/** How a group is called where it is left out. */
function nameOf(index: number): string {
  return `shared-member-${index + 1}`;
}

type GroupOptions = {
  readonly index: number;
  readonly at: Endpoint;
  /** Where its members are. */
  readonly places: readonly Endpoint[];
  readonly qos: 1 | 2;
};

type Member = { readonly actor: Actor; readonly node: string };

/** One shared subscription, its members and its publisher. */
class Group {
  readonly #context: FlowContext;
  readonly #index: number;
  readonly #qos: 1 | 2;
  readonly #node: string;
  readonly #topic: string;
  readonly #filter: string;
  readonly #publisher: Actor;
  readonly #members: readonly Member[];
  readonly #acknowledged = new IntervalSet();
  readonly #received = new IntervalSet();
  readonly #firstBy = new Map<number, { readonly member: string; readonly atMs: number }>();
  readonly #twice = new IntervalSet();
  readonly #twiceExamples: SharedTwice[] = [];
  readonly #publishedAgain = new IntervalSet();
  readonly #sessionEnded = new IntervalSet();
  #offered = 0;
  /** When the newest messages were written first. */
  readonly #writtenMs = new Map<number, number>();
  #warmUps = { written: 0, acknowledged: 0, isHeard: false };
  #nextToBreak = 0;
  #lastMovedMs = 0;

  constructor(context: FlowContext, { index, at, places, qos }: GroupOptions) {
    this.#context = context;
    this.#index = index;
    this.#qos = qos;
    this.#node = at.node;
    const { prefix } = context;
    this.#topic = `${prefix}/group-${index + 1}`;
    this.#filter = `$share/${prefix}-${index + 1}/${this.#topic}`;
    this.#publisher = new Actor(context, {
      clientId: `${prefix}-publisher-${index + 1}`,
      ...{ at, session: 'persistent' },
    });
    this.#members = places.map((endpoint, place) => {
      const isOnlyOne = places.filter(({ node }) => node === endpoint.node).length === 1;
      const clientId = `${prefix}-member-${index + 1}-${endpoint.node}${isOnlyOne ? '' : `-${place + 1}`}`;
      return {
        node: endpoint.node,
        actor: new Actor(context, {
          ...{ clientId, at: endpoint, session: 'persistent', filters: [{ topic: this.#filter, qos }] },
          on: {
            connected: ({ sessionPresent, connection }) => {
              if (!sessionPresent && connection > 1) this.#loseSession();
            },
            message: (delivery, atMs) => {
              const header = headerOf(delivery, context.run);
              if (header?.flow !== index) return;
              if (header.kind === 'warm-up') this.#warmUps.isHeard = true;
              else this.#receive(clientId, header.sequence, delivery.dup, atMs);
            },
          },
        }),
      };
    });
  }

  get actors(): Actor[] {
    return [this.#publisher, ...this.#members.map(({ actor }) => actor)];
  }

  get lastMovedMs(): number {
    return this.#lastMovedMs;
  }

  get unsettled(): number {
    return this.#publisher.client.unsettled;
  }

  get outstanding(): number {
    return this.#acknowledged.minus(this.#received).minus(this.#sessionEnded).size;
  }

  /** Why the group gets nothing; undefined when it does. */
  async warmUp(withinMs: number): Promise<Unserved | undefined> {
    const { nowMs } = this.#context;
    for (const actor of this.actors) actor.connect();
    const timer = setInterval(() => this.#warmUp(), warmUpEveryMs);
    try {
      const isReady = (): boolean => this.actors.every(({ isServed }) => isServed) && this.#warmUps.isHeard;
      await untilAll(isReady, { withinMs, nowMs, missing: () => `the group ${this.#filter} got nothing` });
      return undefined;
    } catch {
      return this.#unserved(withinMs);
    } finally {
      clearInterval(timer);
    }
  }

  /** One message, unless the publisher has none of its window left: it is not there, or the broker is slow. */
  publishNext(): void {
    const { client } = this.#publisher;
    if (!client.isOnline || client.freeSlots === 0) return;
    const sequence = ++this.#offered;
    client.publish({
      ...{ topic: this.#topic, qos: this.#qos, payload: this.#payload('flow', sequence) },
      onWritten: ({ again, sessionPresent, atMs }) => {
        if (!again) remember(this.#writtenMs, sequence, atMs);
        if (again && (this.#qos === 1 || !sessionPresent)) this.#publishedAgain.add(sequence);
      },
      onOutcome: ({ kind }) => {
        if (kind !== 'acknowledged') return;
        this.#lastMovedMs = this.#context.nowMs();
        this.#acknowledged.add(sequence);
      },
    });
  }

  /** The next member breaks off, with whatever it has not acknowledged, if another is there to go on. */
  breakOff(forMs: number): void {
    const { actor } = this.#members[this.#nextToBreak++ % this.#members.length] as Member;
    if (this.#members.length < 2 || !actor.isServed) return;
    actor.client.drop({ comeBack: false });
    setTimeout(() => actor.connect(), forMs).unref();
  }

  comeHome(): void {
    for (const { actor } of this.#members) if (!actor.client.isWanted) actor.connect();
  }

  facts(): SharedGroup {
    const members = this.#members.map(({ actor, node }) => ({
      clientId: actor.clientId,
      node,
      isServed: actor.isServed,
      connections: actor.connections,
    }));
    return {
      ...{ filter: this.#filter, topic: this.#topic, members },
      publisher: this.#publisher.clientId,
      publisherNode: this.#node,
      qos: Math.min(this.#qos, ...this.#members.map(({ actor }) => actor.grants?.[0] ?? 0)) as 0 | 1 | 2,
      offered: this.#offered,
      writtenMs: this.#timesOfInterest(),
      acknowledged: this.#acknowledged.intervals(),
      received: this.#received.intervals(),
      twice: this.#twice.intervals(),
      twiceExamples: this.#twiceExamples,
      publishedAgain: this.#publishedAgain.intervals(),
      sessionEnded: this.#sessionEnded.intervals(),
    };
  }

  async end(): Promise<void> {
    await Promise.all(this.actors.map((actor) => actor.end()));
  }

  #warmUp(): void {
    const sequence = ++this.#warmUps.written;
    this.#publisher.client.publish({
      ...{ topic: this.#topic, qos: this.#qos, payload: this.#payload('warm-up', sequence) },
      onOutcome: ({ kind }) => {
        if (kind === 'acknowledged') this.#warmUps.acknowledged++;
      },
    });
  }

  #unserved(waitedMs: number): Unserved {
    const isGranted = this.#members.every(({ actor }) => actor.grants !== undefined);
    const { written, acknowledged } = this.#warmUps;
    return {
      why: !isGranted ? 'not-granted' : acknowledged > 0 ? 'not-delivered' : 'not-acknowledged',
      ...{ from: this.#node, to: this.#node, filter: 'exact', filterText: `$share/${this.#index + 1}`, qos: this.#qos },
      ...{ written, acknowledged, waitedMs, client: nameOf(this.#index), flow: 'shared group' },
    };
  }

  #receive(member: string, sequence: number, dup: boolean, atMs: number): void {
    const first = this.#firstBy.get(sequence);
    if (this.#received.add(sequence)) {
      this.#lastMovedMs = atMs;
      remember(this.#firstBy, sequence, { member, atMs });
      return;
    }
    this.#twice.add(sequence);
    if (this.#twiceExamples.length < exampleLimit)
      this.#twiceExamples.push({
        ...{ sequence, first: first?.member ?? 'a member', firstMs: first?.atMs ?? atMs },
        ...{ second: member, secondMs: atMs, secondDup: dup },
      });
  }

  /** Of messages that a finding may be about, the first ones of each sort. */
  #timesOfInterest(): (readonly [sequence: number, atMs: number])[] {
    const missing = this.#acknowledged.minus(this.#received).minus(this.#sessionEnded);
    const shown = new Set([...missing.first(exampleLimit), ...this.#twice.first(exampleLimit)]);
    return [...shown].flatMap((sequence) => {
      const atMs = this.#writtenMs.get(sequence);
      return atMs === undefined ? [] : [[sequence, atMs] as const];
    });
  }

  /** A member's session is gone, and with it what it had. Nobody can tell what that was. */
  #loseSession(): void {
    if (this.#offered === 0) return;
    const written = new IntervalSet();
    written.addRange(1, this.#offered);
    for (const [first, last] of written.minus(this.#received).intervals()) this.#sessionEnded.addRange(first, last);
  }

  #payload(kind: 'flow' | 'warm-up', sequence: number): Buffer {
    const { run, payloadBytes, nowMs } = this.#context;
    const sentNs = Math.round(nowMs() * 1e6);
    return encodePayload({ run, flow: this.#index, kind, sequence, sentNs }, payloadBytes);
  }
}

function remember<T>(times: Map<number, T>, sequence: number, value: T): void {
  times.set(sequence, value);
  times.delete(sequence - remembered);
}
