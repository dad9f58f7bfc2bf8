import { afterEach, describe, expect } from '@jest/globals';
import { createRandom } from '../../../src/base/random.ts';
import type { Endpoint } from '../../../src/workload/mqtt/client.ts';

import { needing } from '../../support/needs.ts';
import { until } from '../../support/scripted-broker.ts';
import { startMosquitto, subscribed, watchedClient } from './support.ts';

const test = needing('mosquitto');
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const each = 400;

describe.each([4, 5] as const)('a busy session with mosquitto at MQTT level %d', (version) => {
  test('connections break, nothing is lost, and it breaks no rule', async () => {
    const mosquitto = await startMosquitto(
      (port) => `listener ${port} 127.0.0.1
allow_anonymous true
max_queued_messages 100000
`,
    );
    closing.push(() => mosquitto.close());
    const endpoint: Endpoint = { node: 'node1', host: '127.0.0.1', port: mosquitto.port, version };
    // Without a Receive Maximum: mosquitto 2.0.11 sends more than it allows [MQTT-3.3.4-9].
    const limits = { topicAliasMaximum: 4, maximumPacketSize: 10_000 };
    const random = createRandom(`mosquitto/${version}`);
    const subscriber = watchedClient({ clientId: 'sub', session: 'persistent', endpoints: [endpoint], ...limits });
    // mosquitto takes 20 messages in flight, and loses further ones where MQTT 3.1.1 has no way to tell.
    const publisher = watchedClient({
      clientId: 'pub',
      session: 'persistent',
      endpoints: [endpoint],
      window: 20,
      ...limits,
    });
    closing.push(
      () => subscriber.client.end(),
      () => publisher.client.end(),
    );
    for (const { client } of [subscriber, publisher]) client.connect();
    await Promise.all([subscriber.client.whenConnected(20_000), publisher.client.whenConnected(20_000)]);
    expect(await subscribed(subscriber.client, { topic: 'q/1', qos: 1 }, { topic: 'q/2', qos: 2 })).toEqual([1, 2]);

    const settled: string[] = [];
    for (let i = 0; i < each; i++) {
      for (const qos of [1, 2] as const)
        publisher.client.publish({
          topic: `q/${qos}`,
          payload: Buffer.from(String(i)),
          qos,
          ...(version === 5
            ? { properties: { messageExpiryInterval: 60, userProperties: { number: String(i) } } }
            : {}),
          onOutcome: ({ kind }) => {
            settled.push(kind);
          },
        });
      if (random.next() < 0.02) publisher.client.drop();
      if (random.next() < 0.02) subscriber.client.drop();
      if (random.next() < 0.02) void subscriber.client.leave().then(() => subscriber.client.connect());
      if (i % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const numbers = (qos: number): number[] =>
      subscriber.deliveries.filter((delivery) => delivery.qos === qos).map(({ payload }) => Number(payload.toString()));
    const all = Array.from({ length: each }, (_, i) => i);
    await until('all have an outcome', () => settled.length === 2 * each);
    // A connection that was lost between CONNECT and CONNACK may have cost a session.
    expect(settled.filter((kind) => kind !== 'acknowledged' && kind !== 'forgotten')).toEqual([]);
    await until('all have come', () => numbers(2).length >= each && new Set(numbers(1)).size === each);
    expect(numbers(2).toSorted((a, b) => a - b)).toEqual(all);

    for (const { life, breaches } of [subscriber, publisher]) {
      expect(breaches).toEqual([]);
      expect(life.filter((event) => event === 'resumed').length).toBeGreaterThan(0);
      expect(life.filter((event) => event === 'new session')).toHaveLength(1);
    }
  });
});
