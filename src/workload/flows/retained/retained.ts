import { setTimeout as sleep } from 'node:timers/promises';
import { Actor, headerOf, standingOf, untilAll } from '../../actor.ts';
import type { Endpoint } from '../../client.ts';
import type { Flow, FlowContext, FlowKind, Standing } from '../../flow-kind.ts';
import { encodePayload } from '../../payload.ts';
import {
  allowedValues,
  type RetainedFacts,
  type RetainedReading,
  type RetainedTopic,
  type RetainedWrite,
} from './facts.ts';

/** Topics that have one writer, at each node. */
const ownTopics = 2;
/**
 * Topics at each node that have a second write at the start and then none, so that what a node forgets is not written again. One of each is
 * there whatever the seed decides: a topic with an older value, and one that was deleted.
 */
const restingTopics = ['rewritten', 'deleted'] as const;
/** Topics that the nodes' writers write in turn. */
const movingTopics = 2;
/** So many of a hundred writes delete what the topic holds. */
const deletionsInHundred = 25;
/** After all that must come has come, what must not come has this time. */
const unwantedWithinMs = 500;
/** A reading that is not right by then is made again. */
const readAgainMs = 2_500;
const removeWithinMs = 1_000;

/** Topics rewritten and deleted from several nodes, or written once, read by fresh subscribers at every node. */
export const retained: FlowKind<'retained'> = {
  name: 'retained',
  summary:
    'retained topics, rewritten and deleted at several nodes, or left alone after their second write, read by fresh subscribers at every node',
  unavailable: ({ features }) =>
    features.retained.available ? undefined : `the broker has no retained messages: ${features.retained.seen}`,
  open: (context) => new Retained(context),
};

type Topic = {
  readonly index: number;
  readonly topic: string;
  readonly writers: readonly Actor[];
  readonly nodes: readonly string[];
  /** How it is left, where it is not written again. */
  readonly rests: (typeof restingTopics)[number] | undefined;
  writes: number;
  deletions: number;
  /** The last write waits for its acknowledgement. */
  isBusy: boolean;
  last: readonly RetainedWrite[];
};

class Retained implements Flow<RetainedFacts> {
  readonly #context: FlowContext;
  readonly #writers: readonly Actor[];
  readonly #topics: readonly Topic[];
  #readings: readonly RetainedReading[] = [];
  #readers = 0;
  #ticking: NodeJS.Timeout | undefined;
  #lastMovedMs = 0;

  constructor(context: FlowContext) {
    this.#context = context;
    const { endpoints, prefix } = context;
    this.#writers = endpoints.map(
      (at) => new Actor(context, { clientId: `${prefix}-writer-${at.node}`, at, session: 'clean', window: 100 }),
    );
    const topics: Omit<Topic, 'index'>[] = [];
    const add = (topic: string, places: readonly number[], rests?: Topic['rests']): void => {
      const writers = places.flatMap((place) => this.#writers[place] ?? []);
      const nodes = places.flatMap((place) => endpoints[place]?.node ?? []);
      const unwritten = { writes: 0, deletions: 0, isBusy: false, last: [] };
      topics.push({ topic: `${prefix}/${topic}`, writers, nodes, rests, ...unwritten });
    };
    endpoints.forEach(({ node }, place) => {
      for (let i = 1; i <= ownTopics; i++) add(`${node}/${i}`, [place]);
      restingTopics.forEach((rests, i) => {
        add(`${node}/resting/${i + 1}`, [place], rests);
      });
    });
    if (endpoints.length > 1) for (let i = 1; i <= movingTopics; i++) add(`moving/${i}`, [...endpoints.keys()]);
    this.#topics = topics.map((topic, index) => ({ ...topic, index }));
  }

  get watched(): number {
    return this.#topics.length;
  }

  /** Connects the writers, and writes every topic once. */
  async warmUp(withinMs: number): Promise<[]> {
    const { nowMs } = this.#context;
    for (const writer of this.#writers) writer.connect();
    for (const topic of this.#topics) this.#write(topic, false);
    await untilAll(() => this.#topics.every(({ isBusy }) => !isBusy), {
      ...{ withinMs, nowMs },
      missing: () => `no PUBACK within ${withinMs} ms for the retained topics ${this.#busy().join(', ')}`,
    });
    return [];
  }

  start(): void {
    for (const topic of this.#topics) if (topic.rests !== undefined) this.#write(topic, topic.rests === 'deleted');
    const { ratePerSecond } = this.#context;
    if (ratePerSecond > 0) this.#ticking = setInterval(() => this.#writeSome(), 1_000 / ratePerSecond);
  }

  stop(): void {
    clearInterval(this.#ticking);
  }

  standing(nowMs: number): Standing {
    return standingOf(this.#writers, nowMs, { unsettled: this.#busy().length, lastMovedMs: this.#lastMovedMs });
  }

  async lastLook(withinMs: number): Promise<void> {
    const deadlineMs = this.#context.nowMs() + withinMs;
    const readings = await Promise.all(this.#context.endpoints.map((at) => this.#readUntilRight(at, deadlineMs)));
    this.#readings = readings.flatMap((reading) => reading ?? []);
  }

  finish(): RetainedFacts {
    this.stop();
    return {
      topics: this.#topics.map(
        ({ topic, nodes, writes, deletions, last }): RetainedTopic => ({ topic, nodes, writes, deletions, last }),
      ),
      readings: this.#readings,
    };
  }

  /** Takes the messages off the broker, and disconnects. */
  async end(): Promise<void> {
    this.stop();
    await Promise.race([Promise.all(this.#topics.map((topic) => this.#remove(topic))), sleep(removeWithinMs)]);
    await Promise.all(this.#writers.map((writer) => writer.end()));
  }

  #busy(): string[] {
    return this.#topics.filter(({ isBusy }) => isBusy).map(({ topic }) => topic);
  }

  #writeSome(): void {
    const { random } = this.#context;
    const free = this.#topics.filter(({ isBusy, rests }) => !isBusy && rests === undefined);
    const topic = free[random.below(free.length)];
    if (topic) this.#write(topic, random.below(100) < deletionsInHundred);
  }

  #write(topic: Topic, deletes: boolean): void {
    const { nowMs, run, payloadBytes } = this.#context;
    const sequence = ++topic.writes;
    const writer = topic.writers[sequence % topic.writers.length] as Actor;
    const node = topic.nodes[sequence % topic.nodes.length] as string;
    const note = (change: Partial<RetainedWrite>): void => {
      topic.last = topic.last.map((write) => (write.sequence === sequence ? { ...write, ...change } : write));
    };
    if (deletes) topic.deletions++;
    topic.isBusy = true;
    topic.last = [
      ...topic.last.slice(-1),
      { sequence, deletes, node, clientId: writer.clientId, writtenMs: nowMs(), acknowledgedMs: null },
    ];
    const header = { run, flow: topic.index, kind: 'flow', sequence, sentNs: Math.round(nowMs() * 1e6) } as const;
    writer.client.publish({
      topic: topic.topic,
      payload: deletes ? Buffer.alloc(0) : encodePayload(header, payloadBytes),
      qos: 1,
      retain: true,
      onWritten: ({ atMs }) => note({ writtenMs: atMs }),
      onOutcome: ({ kind }) => {
        // What was refused or never written changes nothing, and what a client that has ended had written may have.
        if (kind === 'acknowledged') {
          note({ acknowledgedMs: nowMs() });
          this.#lastMovedMs = nowMs();
        }
        if (kind !== 'abandoned') topic.isBusy = false;
        if (kind === 'refused' || kind === 'not sent') topic.last = topic.last.slice(0, -1);
      },
    });
  }

  /** Reads with one fresh client after the other until the values are right; the last reading counts. */
  async #readUntilRight(at: Endpoint, deadlineMs: number): Promise<RetainedReading | undefined> {
    const { nowMs } = this.#context;
    let last: RetainedReading | undefined;
    for (let attempts = 1; ; attempts++) {
      const reading = await this.#read(at, attempts);
      last = reading ?? last;
      if (nowMs() >= deadlineMs || (reading !== undefined && this.#isRight(reading.seen))) return last;
    }
  }

  #isRight(seen: readonly number[]): boolean {
    return this.#topics.every((topic) => allowedValues(topic).includes(seen[topic.index] ?? 0));
  }

  /** What a fresh client gets; undefined when it is not let in or its filters are not granted. */
  async #read(at: Endpoint, attempts: number): Promise<RetainedReading | undefined> {
    const { nowMs, run, prefix } = this.#context;
    const seen = this.#topics.map(() => 0);
    const places = new Map(this.#topics.map(({ topic, index }) => [topic, index]));
    let lastMs = 0;
    const reader = new Actor(this.#context, {
      clientId: `${prefix}-reader-${++this.#readers}`,
      ...{ at, session: 'clean', mayBeRetained: true, filters: this.#topics.map(({ topic }) => ({ topic, qos: 1 })) },
      on: {
        message: (delivery, atMs) => {
          const place = places.get(delivery.topic);
          if (place === undefined) return;
          lastMs = atMs;
          const header = headerOf(delivery, run);
          seen[place] = delivery.payload.length === 0 ? 0 : header?.flow === place ? header.sequence : -1;
        },
      },
    });
    const beganMs = nowMs();
    reader.connect();
    while (nowMs() - beganMs < readAgainMs) {
      await sleep(20);
      const { servedSinceMs } = reader;
      if (servedSinceMs === undefined || !this.#isRight(seen)) continue;
      if (nowMs() - Math.max(servedSinceMs, lastMs) >= unwantedWithinMs) break;
    }
    const { servedSinceMs, clientId } = reader;
    await reader.end();
    if (servedSinceMs === undefined) return undefined;
    return { node: at.node, clientId, subscribedMs: servedSinceMs, endedMs: nowMs(), attempts, seen };
  }

  #remove({ topic, writers }: Topic): Promise<void> {
    return new Promise((resolve) => {
      const writer = writers[0];
      if (!writer?.client.isOnline) resolve();
      else
        writer.client.publish({
          ...{ topic, payload: Buffer.alloc(0), qos: 1, retain: true },
          onOutcome: () => resolve(),
        });
    });
  }
}
