import fc from 'fast-check';
import type { ConnectionHistory, OvertakenExample, StreamFacts } from '../../src/workload/flows/stream/facts.ts';
import type { Qos } from '../../src/workload/flows/stream/plan.ts';
import { aConnection, aFlow, aHistory, aSession, aSubscription } from './histories.ts';

/**
 * A small model of MQTT delivery: one publisher, a broker, and a subscriber with a persistent session beside one with clean sessions. What it
 * does is legal, whatever happens to it; so no invariant may find anything in its history.
 */
export type Story = {
  readonly qos: Qos;
  readonly granted: Qos;
  /** A publisher without one is not known again when it comes back: what it sends again is a new publication. */
  readonly publisherKeepsSession: boolean;
  readonly steps: readonly Step[];
};

/** One message falls due in each step, after something may have happened. */
type Step = { readonly before: Event; readonly fate: Fate };
const events = [
  'nothing',
  /** A partition between the publisher and the broker begins, or ends. */
  'the publisher is cut off or back',
  'the publisher reconnects',
  'the subscriber leaves or returns',
  /** Its connection is replaced by a newer one; what was in flight to it comes again. */
  'the subscriber is taken over',
  'the clean subscriber leaves or returns',
  /** Every connection is gone, and the broker has only what it stored. */
  'the broker crashes and restarts',
] as const;
type Event = (typeof events)[number];
/** What becomes of the PUBLISH. One that is given up was written and is never answered. */
const fates = ['acknowledged', 'lost on the way', 'acknowledgement lost', 'given up', 'refused'] as const;
type Fate = (typeof fates)[number];

/** Every event with every fate; a message that is acknowledged after nothing has happened comes oftenest. One draw decides a step. */
const steps: readonly Step[] = [...Array<Event>(14).fill('nothing'), ...events].flatMap((before) =>
  [...Array<Fate>(14).fill('acknowledged'), ...fates].map((fate) => ({ before, fate })),
);

export const stories: fc.Arbitrary<Story> = fc.record({
  qos: fc.constantFrom<Qos>(0, 1, 2),
  granted: fc.constantFrom<Qos>(0, 1, 2, 2),
  publisherKeepsSession: fc.boolean(),
  steps: fc.array(fc.constantFrom(...steps), { minLength: 4, maxLength: 30, size: 'max' }),
});

export function streamOf(story: Story): StreamFacts {
  const model = new Model(story);
  for (const [i, step] of story.steps.entries()) model.step(step, i + 1);
  return model.end();
}

/** When message `sequence` falls due, which is when its step is. */
const atMs = (sequence: number): number => 1_000 + 100 * (sequence - 1);

class Model {
  readonly #story: Story;
  readonly #publisher: Line;
  readonly #keeper: Reader;
  readonly #cleaner: Reader;
  /** Written and not acknowledged, in order; whether the broker has it. */
  readonly #inFlight = new Map<number, { stored: boolean }>();
  readonly #unknown: number[] = [];
  readonly #notSent: number[] = [];
  readonly #resent = new Set<number>();
  readonly #resentWithoutSession = new Set<number>();

  constructor(story: Story) {
    this.#story = story;
    this.#publisher = new Line(story.publisherKeepsSession, false);
    const qos = Math.min(story.qos, story.granted) as Qos;
    this.#keeper = new Reader(qos, true);
    this.#cleaner = new Reader(qos, false);
  }

  step({ before, fate }: Step, sequence: number): void {
    this.#happen(before, sequence);
    this.#publish(sequence, fate);
  }

  /** The faults are healed: everybody is back, and everything arrives. */
  end(): StreamFacts {
    const { qos, granted, publisherKeepsSession, steps } = this.#story;
    const after = steps.length + 1;
    if (!this.#publisher.isOpen || this.#inFlight.size > 0) this.#publisherReturns(after);
    for (const reader of [this.#keeper, this.#cleaner]) if (!reader.line.isOpen) reader.returns(after);
    const flow = aFlow({
      ...{ qos, offered: steps.length, unknown: this.#unknown, notSent: this.#notSent },
      ...{ resent: [...this.#resent], resentWithoutSession: [...this.#resentWithoutSession] },
    });
    const session = (line: Line) => (line.keeps ? ('persistent' as const) : ('clean' as const));
    const readers = Object.entries({ keeper: this.#keeper, cleaner: this.#cleaner });
    return aHistory({
      flows: [flow],
      subscriptions: readers.map(([clientId, reader]) =>
        aSubscription(flow, { clientId, granted, session: session(reader.line), ...reader.seen() }),
      ),
      sessions: [
        aSession(this.#publisher.connections, {
          ...{ clientId: 'publisher-0', node: 'node1', role: 'publisher' },
          session: publisherKeepsSession ? 'persistent' : 'clean',
        }),
        ...readers.map(([clientId, { line }]) => aSession(line.connections, { clientId, session: session(line) })),
      ],
      clients: readers.map(([clientId]) => ({
        ...{ clientId, node: 'node2', role: 'subscriber', stage: 'serving' },
        ...{ absentSinceMs: null, absentForMs: 0, attempts: 0 },
      })),
    });
  }

  #happen(event: Event, next: number): void {
    switch (event) {
      case 'nothing':
        return;
      case 'the publisher is cut off or back':
        if (this.#publisher.isOpen) this.#publisher.close(next);
        else this.#publisherReturns(next);
        return;
      case 'the publisher reconnects':
        this.#publisherReturns(next);
        return;
      case 'the subscriber leaves or returns':
        this.#keeper.leavesOrReturns(next);
        return;
      case 'the clean subscriber leaves or returns':
        this.#cleaner.leavesOrReturns(next);
        return;
      case 'the subscriber is taken over':
        this.#keeper.reconnects(next);
        return;
      case 'the broker crashes and restarts':
        this.#publisherReturns(next);
        this.#keeper.reconnects(next);
        this.#cleaner.reconnects(next);
    }
  }

  #publish(sequence: number, fate: Fate): void {
    if (!this.#publisher.isOpen || fate === 'refused') {
      this.#notSent.push(sequence);
      return;
    }
    this.#publisher.write(sequence);
    const stored = fate !== 'lost on the way';
    if (stored) this.#route(sequence);
    if (this.#story.qos === 0 || fate === 'acknowledged') return;
    if (fate === 'given up') this.#unknown.push(sequence);
    else this.#inFlight.set(sequence, { stored });
  }

  /** It sends again what was not acknowledged. A broker that knows it does not take a QoS 2 message twice. */
  #publisherReturns(next: number): void {
    const isKnown = this.#publisher.keeps;
    this.#publisher.close(next);
    this.#publisher.open(next);
    for (const [sequence, { stored }] of this.#inFlight) {
      this.#resent.add(sequence);
      if (!isKnown) this.#resentWithoutSession.add(sequence);
      if (this.#story.qos !== 2 || !stored || !isKnown) this.#route(sequence);
    }
    this.#inFlight.clear();
  }

  #route(sequence: number): void {
    this.#keeper.owed(sequence);
    this.#cleaner.owed(sequence);
  }
}

/** A client's connections. */
class Line {
  readonly keeps: boolean;
  readonly connections: ConnectionHistory[] = [];
  readonly #subscribes: boolean;

  constructor(keeps: boolean, subscribes: boolean) {
    this.keeps = keeps;
    this.#subscribes = subscribes;
    this.open(1);
  }

  get isOpen(): boolean {
    return this.connections.at(-1)?.disconnectedMs === null;
  }

  open(next: number): void {
    const isReturn = this.keeps && this.connections.length > 0;
    this.connections.push(
      aConnection({
        connectedMs: atMs(next) - 50,
        ...{ sessionPresent: isReturn, sessionExpected: isReturn, subscribed: isReturn && this.#subscribes },
        due: [next - 1, null],
      }),
    );
  }

  close(next: number): void {
    this.#change(({ due, ...last }) => ({
      ...last,
      disconnectedMs: atMs(next) - 60,
      due: due.map((one) => ({ ...one, atDisconnect: next - 1 })),
    }));
  }

  write(sequence: number): void {
    this.#change((last) => ({ ...last, written: [last.written?.[0] ?? sequence, sequence] }));
  }

  #change(change: (last: ConnectionHistory) => ConnectionHistory): void {
    const last = this.connections.at(-1);
    if (last?.disconnectedMs === null) this.connections[this.connections.length - 1] = change(last);
  }
}

/** A subscriber, and what the broker has for it. */
class Reader {
  readonly line: Line;
  readonly #qos: Qos;
  readonly #queue: number[] = [];
  readonly #copies = new Map<number, number>();
  readonly #overtaken: OvertakenExample[] = [];
  readonly #sessionEnded = new Set<number>();
  #newest = 0;
  #last: number | undefined;

  constructor(qos: Qos, keepsSession: boolean) {
    this.#qos = qos;
    this.line = new Line(keepsSession, true);
  }

  owed(sequence: number): void {
    if (this.line.isOpen) this.#deliver(sequence);
    else if (!this.line.keeps) this.#sessionEnded.add(sequence);
    else if (this.#qos > 0) this.#queue.push(sequence);
  }

  leavesOrReturns(next: number): void {
    if (this.line.isOpen) this.line.close(next);
    else this.returns(next);
  }

  /** What it had not acknowledged comes again at QoS 1, and then what was stored for it. */
  returns(next: number): void {
    this.line.open(next);
    if (this.line.keeps && this.#qos === 1 && this.#last !== undefined) this.#deliver(this.#last);
    for (const sequence of this.#queue.splice(0)) this.#deliver(sequence);
  }

  reconnects(next: number): void {
    this.line.close(next);
    this.returns(next);
  }

  seen() {
    const received = [...this.#copies.keys()];
    const duplicated = received.filter((sequence) => (this.#copies.get(sequence) ?? 0) > 1);
    const sessionEnded = [...this.#sessionEnded].filter((sequence) => !this.#copies.has(sequence));
    return { received, duplicated, overtaken: this.#overtaken, sessionEnded };
  }

  #deliver(sequence: number): void {
    const copies = (this.#copies.get(sequence) ?? 0) + 1;
    this.#copies.set(sequence, copies);
    this.#last = sequence;
    if (copies === 1 && sequence < this.#newest)
      this.#overtaken.push({ sequence, atMs: atMs(this.#newest) + 20, after: this.#newest });
    this.#newest = Math.max(this.#newest, sequence);
  }
}
