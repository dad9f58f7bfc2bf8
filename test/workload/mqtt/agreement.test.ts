import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createClient } from '../../../src/workload/client.ts';
import type { Endpoint } from '../../../src/workload/mqtt/client.ts';
import { Cluster } from '../../embedded/support.ts';
import { until } from '../../support/scripted-broker.ts';
import { subscribed, watchedClient } from './support.ts';

/** One step of a program that a client of either kind can do. */
type Step =
  | { readonly do: 'publish'; readonly qos: 1 | 2 }
  | { readonly do: 'drop publisher' | 'drop subscriber' | 'wait' };

type Droppable = { isOnline(): boolean; drop(): void };

/** A publisher and a subscriber with persistent sessions, of one kind. */
type Pair = {
  publish(payload: string, qos: 1 | 2): void;
  readonly publisher: Droppable;
  readonly subscriber: Droppable;
  /** Payloads in the order in which they came first, by QoS; and how many came more than once. */
  received(): Record<1 | 2, string[]>;
  /** Every message that was published is acknowledged. */
  isSettled(): boolean;
  end(): Promise<void>;
};

let cluster: Cluster;
let endpoint: Endpoint;
beforeAll(async () => {
  cluster = await Cluster.start(1);
  endpoint = { node: 'node1', host: '127.0.0.1', port: cluster.node(1).mqttPort, version: 4 };
});
afterAll(() => cluster.close());

async function ourPair(prefix: string): Promise<Pair> {
  const publisher = watchedClient({ clientId: `${prefix}-pub`, session: 'persistent', endpoints: [endpoint] });
  const subscriber = watchedClient({ clientId: `${prefix}-sub`, session: 'persistent', endpoints: [endpoint] });
  for (const { client } of [publisher, subscriber]) client.connect();
  await Promise.all([publisher, subscriber].map(({ client }) => client.whenConnected(20_000)));
  expect(await subscribed(subscriber.client, { topic: prefix, qos: 2 })).toEqual([2]);
  let open = 0;
  return {
    publish: (payload, qos) => {
      open++;
      publisher.client.publish({
        topic: prefix,
        payload: Buffer.from(payload),
        qos,
        onOutcome: ({ kind }) => {
          if (kind === 'acknowledged') open--;
        },
      });
    },
    publisher: { isOnline: () => publisher.client.isOnline, drop: () => publisher.client.drop() },
    subscriber: { isOnline: () => subscriber.client.isOnline, drop: () => subscriber.client.drop() },
    received: () => ({
      1: subscriber.deliveries.filter(({ qos }) => qos === 1).map(({ payload }) => payload.toString()),
      2: subscriber.deliveries.filter(({ qos }) => qos === 2).map(({ payload }) => payload.toString()),
    }),
    isSettled: () => open === 0,
    async end() {
      expect([...publisher.breaches, ...subscriber.breaches]).toEqual([]);
      await Promise.all([publisher.client.end(), subscriber.client.end()]);
    },
  };
}

async function theirPair(prefix: string): Promise<Pair> {
  const connect = (name: string) => {
    const client = createClient(endpoint, { clientId: `${prefix}-${name}`, clean: false });
    client.connect();
    return client;
  };
  const [publisher, subscriber] = [connect('pub'), connect('sub')];
  const received: Record<1 | 2, string[]> = { 1: [], 2: [] };
  subscriber.on('message', (_, payload, { qos }) => received[qos as 1 | 2].push(payload.toString()));
  await until('both are connected', () => publisher.connected && subscriber.connected);
  await subscriber.subscribeAsync(prefix, { qos: 2 });
  return {
    publish: (payload, qos) => publisher.publish(prefix, payload, { qos }),
    publisher: { isOnline: () => publisher.connected, drop: () => publisher.stream.destroy() },
    subscriber: { isOnline: () => subscriber.connected, drop: () => subscriber.stream.destroy() },
    received: () => received,
    // After some reconnects mqtt.js never calls back for what the broker has acknowledged.
    isSettled: () => true,
    end: async () => {
      await Promise.all([publisher.endAsync(true), subscriber.endAsync(true)]);
    },
  };
}

async function run(pair: Pair, program: readonly Step[]): Promise<Record<1 | 2, string[]>> {
  const sent: Record<1 | 2, string[]> = { 1: [], 2: [] };
  const allHaveCome = (): Promise<void> =>
    until('all have come', () => {
      const { 1: once, 2: exactly } = pair.received();
      return new Set(once).size === sent[1].length && exactly.length >= sent[2].length;
    });
  try {
    for (const [i, step] of program.entries()) {
      if (step.do === 'publish') {
        sent[step.qos].push(String(i));
        pair.publish(String(i), step.qos);
      }
      if (step.do === 'drop publisher' || step.do === 'drop subscriber') {
        const client = step.do === 'drop publisher' ? pair.publisher : pair.subscriber;
        // After a reconnect with something to send again mqtt.js may never publish anything any more.
        if (step.do === 'drop publisher') await allHaveCome();
        await until('it is connected', () => client.isOnline());
        client.drop();
        // Nor does it know at once that the connection is gone.
        if (client.isOnline()) await until('it knows that it is not connected', () => !client.isOnline());
      }
      if (step.do === 'wait') await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await allHaveCome();
    await until('all are acknowledged', () => pair.isSettled());
    const received = pair.received();
    // At least once: copies are legal. Exactly once: they are not.
    return { 1: [...new Set(received[1])], 2: received[2] };
  } finally {
    await pair.end();
  }
}

/** The payloads that a program publishes, in their order. */
function publishedBy(program: readonly Step[]): Record<1 | 2, string[]> {
  const sent: Record<1 | 2, string[]> = { 1: [], 2: [] };
  for (const [i, step] of program.entries()) if (step.do === 'publish') sent[step.qos].push(String(i));
  return sent;
}

function inOrder(received: Record<1 | 2, string[]>): Record<1 | 2, string[]> {
  const sorted = (payloads: readonly string[]): string[] => [...payloads].sort((a, b) => Number(a) - Number(b));
  return { 1: sorted(received[1]), 2: sorted(received[2]) };
}

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(1 as const, 2 as const).map((qos) => ({ do: 'publish' as const, qos })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('drop publisher' as const, 'drop subscriber' as const).map((it) => ({ do: it })),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'wait' as const }) },
);

describe('this client and mqtt.js on the embedded broker', () => {
  let programs = 0;
  // mqtt.js does not keep the order of what it publishes while it has something to send again (section 4.6); this client does.
  test('agree on what comes, whatever breaks, and this one keeps the order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 120 }), async (program) => {
        const nth = ++programs;
        const [ours, theirs] = await Promise.all([
          ourPair(`ours-${nth}`).then((pair) => run(pair, program)),
          theirPair(`theirs-${nth}`).then((pair) => run(pair, program)),
        ]);
        expect(ours).toEqual(publishedBy(program));
        expect(inOrder(ours)).toEqual(inOrder(theirs));
      }),
      { numRuns: 10, endOnFailure: true },
    );
  });
});
