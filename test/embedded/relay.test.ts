import { afterEach, expect, test } from '@jest/globals';
import mqtt, { type IConnackPacket, type IPublishPacket, type MqttClient } from 'mqtt';
import { Stage } from '../../src/sabotage/conversation.ts';
import { Relay } from '../../src/sabotage/relay.ts';
import { Cluster, eventually } from './support.ts';

// A session of a real client with a real broker, once without and once with the man in the middle.

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function client(port: number, clientId: string, options: Partial<mqtt.IClientOptions> = {}): Promise<MqttClient> {
  const made = mqtt.connect({ host: '127.0.0.1', port, clientId, reconnectPeriod: 0, ...options });
  closing.push(() => made.endAsync(true));
  await connecting(made);
  return made;
}

function connecting(client: MqttClient): Promise<IConnackPacket> {
  return new Promise((resolve) => client.once('connect', resolve));
}

/** What a subscriber saw of everything that MQTT 3.1.1 has, as text. */
async function session(port: number): Promise<string[]> {
  const seen: string[] = [];
  const note = (topic: string, payload: Buffer, { qos, retain, dup }: IPublishPacket): void => {
    seen.push(`${topic} ${payload.toString().slice(0, 20)} ${payload.length} q${qos} r${retain} d${dup}`);
  };
  const publisher = await client(port, 'publisher');
  await publisher.publishAsync('s/kept', 'kept', { qos: 1, retain: true });

  const options = { clean: false };
  const subscriber = mqtt.connect({ host: '127.0.0.1', port, clientId: 'subscriber', reconnectPeriod: 0, ...options });
  closing.push(() => subscriber.endAsync(true));
  subscriber.on('message', note);
  const first = await connecting(subscriber);
  seen.push(`session present ${first.sessionPresent}`);
  const grants = await subscriber.subscribeAsync({ 's/#': { qos: 2 }, 'x/+': { qos: 1 } });
  seen.push(...grants.map(({ topic, qos }) => `granted ${topic} ${qos}`));
  await eventually('the retained message', () => seen.some((line) => line.startsWith('s/kept')));

  for (const qos of [0, 1, 2] as const) {
    const before = seen.length;
    await publisher.publishAsync(`s/${qos}`, 'y'.repeat(100_000 * qos), { qos });
    await publisher.publishAsync(`x/${qos}`, `x${qos}`, { qos });
    await eventually('both', () => seen.length === before + 2);
  }
  const will = { topic: 's/will', payload: Buffer.from('gone'), qos: 1, retain: false } as const;
  const dying = await client(port, 'dying', { will });
  dying.stream.destroy();
  await eventually('the will', () => seen.some((line) => line.startsWith('s/will')));

  await subscriber.unsubscribeAsync('x/+');
  await subscriber.endAsync();
  await publisher.publishAsync('s/away', 'while it was away', { qos: 2 });
  await publisher.publishAsync('x/away', 'not any more', { qos: 1 });
  const again = mqtt.connect({ host: '127.0.0.1', port, clientId: 'subscriber', reconnectPeriod: 0, ...options });
  closing.push(() => again.endAsync(true));
  again.on('message', note);
  const second = await connecting(again);
  seen.push(`session present ${second.sessionPresent}`);
  await eventually('what was sent meanwhile', () => seen.some((line) => line.startsWith('s/away')));
  await again.endAsync();
  return seen;
}

test('a session through a relay without a sabotage is the session without the relay', async () => {
  const direct = await Cluster.start(1);
  closing.push(() => direct.close());
  const behind = await Cluster.start(1);
  closing.push(() => behind.close());
  const relay = new Relay(new Stage({}));
  closing.push(() => relay.close());
  const port = await relay.open('node1', { host: '127.0.0.1', port: behind.node(1).mqttPort });
  const expected = await session(direct.node(1).mqttPort);
  expect(await session(port)).toEqual(expected);
  expect(expected.filter((line) => line.startsWith('session present'))).toEqual([
    'session present false',
    'session present true',
  ]);
});
