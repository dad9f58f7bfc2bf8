import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Client, Simulation } from './simulation.ts';

/** Three nodes, and a subscriber with a kept session at node2. */
function world() {
  const simulation = new Simulation(3);
  const [subscriber, publisher] = [new Client(simulation, 'subscriber'), new Client(simulation, 'publisher')];
  subscriber.connect('node2');
  publisher.connect('node1');
  const settle = (): void => simulation.settle([subscriber, publisher]);
  settle();
  subscriber.subscribe('t', 2);
  settle();
  const publish = (from: number, to: number): void => {
    for (let n = from; n <= to; n++) publisher.publish('t', `${n}`, 2);
  };
  const holders = (): string[] =>
    simulation.nodes.filter(({ state }) => state.sessions.has('subscriber')).map(({ name }) => name);
  return { simulation, subscriber, publisher, settle, publish, holders };
}

const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => `${index + 1}`);

describe('a session', () => {
  test('goes with its client: subscriptions, what was in flight, and the backlog [MQTT-3.2.2-2]', () => {
    const { subscriber, settle, publish, holders } = world();
    publish(1, 3);
    settle();
    subscriber.breakOff(true);
    publish(4, 9);
    settle();
    subscriber.connect('node3');
    settle();
    publish(10, 12);
    settle();
    expect(subscriber.got).toEqual(numbers(12));
    expect(subscriber.present).toEqual([false, true]);
    expect(holders()).toEqual(['node3']);
  });

  test('leaves a connection that is still open: that one is closed [MQTT-3.1.4-3]', () => {
    const { simulation, subscriber, publisher, settle, holders } = world();
    const twin = new Client(simulation, 'subscriber');
    twin.connect('node1');
    simulation.settle([subscriber, publisher, twin]);
    expect(subscriber.where).toBeUndefined();
    expect(twin.present).toEqual([true]);
    settle();
    expect(holders()).toEqual(['node1']);
  });

  test('does not go before its node has had what the other node has had: nothing is missed', () => {
    const { simulation, subscriber, publisher, settle, publish } = world();
    publish(1, 5);
    publisher.read(99);
    // node3 has all five, node2 none of them.
    simulation.carry('node1', 'node3', 99, true);
    subscriber.connect('node3');
    simulation.carry('node3', 'node2', 99, true);
    simulation.carry('node2', 'node3', 99, true);
    subscriber.read(99);
    expect(subscriber.present).toEqual([false]);
    publish(6, 7);
    settle();
    expect(subscriber.present).toEqual([false, true]);
    expect(subscriber.got).toEqual(numbers(7));
  });

  test('that cannot come in time is refused, not forgotten: the client finds it later', () => {
    const { simulation, subscriber, settle, publish } = world();
    simulation.cut('node1', 'node2');
    publish(1, 5);
    settle();
    subscriber.connect('node3');
    settle();
    simulation.wait(2999);
    settle();
    expect(subscriber.refused).toEqual([]);
    simulation.wait(1);
    settle();
    expect(subscriber.refused).toEqual([0x88]);
    simulation.heal();
    settle();
    subscriber.connect('node3');
    settle();
    expect(subscriber.present).toEqual([false, true]);
    expect(subscriber.got).toEqual(numbers(5));
  });

  test('at a node that cannot be reached is replaced, and ends when the nodes meet again', () => {
    const { simulation, subscriber, settle, publish, holders } = world();
    simulation.kill('node2');
    publish(1, 5);
    settle();
    subscriber.connect('node3');
    settle();
    expect(subscriber.present).toEqual([false]);
    simulation.wait(1000);
    settle();
    expect(subscriber.present).toEqual([false, false]);
    subscriber.subscribe('t', 2);
    simulation.heal();
    settle();
    expect(holders()).toEqual(['node3']);
    expect(simulation.discarded).toBe(5);
  });

  test('is still there when the client never heard that it has a new one', () => {
    const { simulation, subscriber, settle, publish, holders } = world();
    simulation.kill('node2');
    publish(1, 5);
    settle();
    subscriber.connect('node3');
    simulation.wait(3000);
    subscriber.breakOff(true);
    simulation.heal();
    settle();
    subscriber.connect('node3');
    settle();
    expect(subscriber.present).toEqual([false, true]);
    expect(subscriber.got).toEqual(numbers(5));
    expect(holders()).toEqual(['node3']);
  });

  test('comes although another peer says too late that it has none', () => {
    const { simulation, subscriber, settle } = world();
    subscriber.connect('node3');
    simulation.carry('node3', 'node2', 99, true);
    simulation.carry('node3', 'node1', 99, true);
    simulation.carry('node2', 'node3', 99, true);
    simulation.wait(3000);
    simulation.carry('node1', 'node3', 99, true);
    settle();
    expect(subscriber.present).toEqual([false, true]);
  });

  test('that its client does not want any more ends at the other node too', () => {
    const { subscriber, settle, holders } = world();
    subscriber.connect('node3', { clean: true });
    settle();
    expect(subscriber.present).toEqual([false, false]);
    expect(holders()).toEqual(['node3']);
  });

  test('waits with what its client sends before CONNACK', () => {
    const { simulation, subscriber, publisher, settle } = world();
    subscriber.breakOff(true);
    subscriber.connect('node3');
    const message = { topic: 't', payload: Buffer.from('early'), qos: 1 as const, retain: false };
    const { nowMs } = simulation;
    simulation.dispatch('node3', { type: 'publish', clientId: 'subscriber', messageId: 900, message, nowMs });
    settle();
    expect(subscriber.got).toEqual(['early']);
    expect(publisher.got).toEqual([]);
  });
});

test('a message of a publisher that has moved comes behind those from before, at every node [MQTT-4.6.0-6]', () => {
  const { simulation, subscriber, publisher, settle, publish } = world();
  publish(1, 3);
  publisher.read(99);
  simulation.carry('node1', 'node3', 99, true);
  publisher.connect('node3');
  simulation.carry('node3', 'node1', 99, true);
  simulation.carry('node1', 'node3', 99, true);
  simulation.carry('node3', 'node2', 99, true);
  simulation.carry('node2', 'node3', 99, true);
  simulation.carry('node3', 'node1', 99, true);
  simulation.carry('node1', 'node3', 99, true);
  publisher.read(99);
  expect(publisher.present).toEqual([false, true]);
  publish(4, 6);
  simulation.carry('node3', 'node2', 99, true);
  subscriber.read(99);
  expect(subscriber.got).toEqual([]);
  settle();
  expect(subscriber.got).toEqual(numbers(6));
});

// ---- random schedules

const nodes = fc.constantFrom('node1', 'node2', 'node3');
const who = fc.nat(3);
const peaceful = [
  { weight: 6, arbitrary: fc.record({ do: fc.constant('publish' as const), who, qos: fc.constantFrom<1 | 2>(1, 2) }) },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('carry' as const),
      from: nodes,
      to: nodes,
      count: fc.integer({ min: 1, max: 6 }),
      confirms: fc.boolean(),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('read' as const), who, count: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('connect' as const), who, at: nodes }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('break' as const), who, noticed: fc.boolean() }) },
];
const violent = [
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('kill' as const, 'start' as const), node: nodes }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const), from: nodes, to: nodes }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('heal' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('wait' as const), durationMs: fc.integer({ min: 1, max: 4000 }) }),
  },
];
type Step =
  | { do: 'publish'; who: number; qos: 1 | 2 }
  | { do: 'carry'; from: string; to: string; count: number; confirms: boolean }
  | { do: 'read'; who: number; count: number }
  | { do: 'connect'; who: number; at: string }
  | { do: 'break'; who: number; noticed: boolean }
  | { do: 'kill' | 'start'; node: string }
  | { do: 'cut'; from: string; to: string }
  | { do: 'heal' }
  | { do: 'wait'; durationMs: number };

/** Runs a plan with two publishers and two subscribers that go where they like, and lets everything come to rest. */
function play(plan: readonly Step[]) {
  const simulation = new Simulation(3);
  const [one, two] = [new Client(simulation, 'pub-one'), new Client(simulation, 'pub-two')];
  const subscribers = [new Client(simulation, 'sub-one'), new Client(simulation, 'sub-two')];
  const clients = [one, two, ...subscribers];
  /** When each message was published, and since when each subscriber is owed what is published. */
  const publishedAt = new Map<string, number>();
  const owedSince = new Map<Client, number>();
  let now = 0;
  for (const subscriber of subscribers) {
    subscriber.onNewSession = () => {
      owedSince.set(subscriber, Number.POSITIVE_INFINITY);
      subscriber.subscribe('t', 2);
    };
    subscriber.onSubscribed = () => owedSince.set(subscriber, now);
  }
  one.connect('node1');
  two.connect('node2');
  for (const [index, subscriber] of subscribers.entries()) subscriber.connect(`node${index + 2}`);
  simulation.settle(clients);
  const counts = new Map<string, number>();
  for (const step of plan) {
    now += 1;
    switch (step.do) {
      case 'publish': {
        const publisher = step.who % 2 === 0 ? one : two;
        const stream = `${publisher.clientId} ${step.qos}`;
        const count = counts.get(stream) ?? 0;
        const text = `${stream} ${count}`;
        if (!publisher.publish('t', text, step.qos)) break;
        counts.set(stream, count + 1);
        publishedAt.set(text, now);
        break;
      }
      case 'carry':
        if (step.from !== step.to) simulation.carry(step.from, step.to, step.count, step.confirms);
        break;
      case 'read':
        clients[step.who]?.read(step.count);
        break;
      case 'connect':
        clients[step.who]?.connect(step.at);
        break;
      case 'break':
        clients[step.who]?.breakOff(step.noticed);
        break;
      case 'kill':
        simulation.kill(step.node);
        break;
      case 'start':
        simulation.start(step.node);
        break;
      case 'cut':
        if (step.from !== step.to) simulation.cut(step.from, step.to);
        break;
      case 'heal':
        simulation.heal();
        break;
      case 'wait':
        simulation.wait(step.durationMs);
        break;
    }
  }
  simulation.heal();
  for (let round = 0; round < 3; round++) {
    simulation.settle(clients);
    simulation.wait(4000);
    for (const [index, client] of clients.entries())
      if (client.where === undefined) client.connect(`node${1 + (index % 3)}`);
  }
  simulation.settle(clients);
  const acknowledged = [one, two].flatMap((publisher) => [...publisher.acknowledged]);
  const owed = (subscriber: Client): string[] =>
    acknowledged.filter((text) => (publishedAt.get(text) ?? 0) > (owedSince.get(subscriber) ?? 0));
  return { simulation, subscribers, clients, owed };
}

const twice = (got: readonly string[]): string[] =>
  got.filter((text, index) => / 2 \d+$/.test(text) && got.indexOf(text) !== index);

/** First arrivals that come after a later one of the same stream. */
function inversions(got: readonly string[]): string[] {
  const highest = new Map<string, number>();
  const seen = new Set<string>();
  return got.filter((text) => {
    if (seen.has(text)) return false;
    seen.add(text);
    const [client = '', qos = '', count = ''] = text.split(' ');
    const stream = `${client} ${qos}`;
    const before = highest.get(stream) ?? -1;
    highest.set(stream, Math.max(before, Number(count)));
    return Number(count) < before;
  });
}

describe('whatever the schedule', () => {
  test('between live nodes a session is always found; nothing is lost, doubled or out of order', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(...peaceful), { maxLength: 150, size: 'max' }), (plan) => {
        const { subscribers, clients, owed, simulation } = play(plan);
        for (const client of clients) expect(client.present.slice(1)).not.toContain(false);
        for (const subscriber of subscribers) {
          const lost = owed(subscriber).filter((text) => !subscriber.got.includes(text));
          const found = { lost, twice: twice(subscriber.got), inversions: inversions(subscriber.got) };
          expect(found).toEqual({ lost: [], twice: [], inversions: [] });
        }
        expect(simulation.discarded).toBe(0);
        for (const { state } of simulation.nodes) {
          expect([state.moves.size, state.waiting.size, state.parked.size]).toEqual([0, 0, 0]);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('with kills, cuts and time: what is owed to a session comes, and at QoS 2 once, as long as it is present', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(...peaceful, ...violent), { maxLength: 200, size: 'max' }), (plan) => {
        const { subscribers, clients, owed, simulation } = play(plan);
        // A new session knows nothing of what the client published or got before.
        const isWhole = clients.every(({ present }) => !present.slice(1).includes(false));
        for (const subscriber of subscribers) {
          const lost = owed(subscriber).filter((text) => !subscriber.got.includes(text));
          expect(lost).toEqual([]);
          if (isWhole) expect(twice(subscriber.got)).toEqual([]);
          const holders = simulation.nodes.filter(({ state }) => state.sessions.has(subscriber.clientId));
          expect(holders).toHaveLength(1);
        }
        for (const { state } of simulation.nodes) {
          expect([state.moves.size, state.waiting.size, state.parked.size]).toEqual([0, 0, 0]);
        }
      }),
      { numRuns: 200 },
    );
  });
});
