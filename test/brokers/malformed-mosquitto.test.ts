import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect } from '@jest/globals';
import { connectAsync, type MqttClient } from 'mqtt';
import { systemClock } from '../../src/base/clock.ts';
import { createRandom } from '../../src/base/random.ts';
import { Barrage, type BarrageOptions } from '../../src/engines/local/clients/barrage.ts';
import { mqttPing } from '../../src/engines/local/cluster/mqtt-ping.ts';
import { freePorts } from '../../src/engines/local/cluster/ports.ts';
import { brokenClasses } from '../../src/faults/corpus.ts';
import { eventually } from '../support/eventually.ts';
import { needing } from '../support/needs.ts';
import { processes, stateOf } from '../support/processes.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const test = needing('mosquitto');
const start = processes();
const temporary = temporaryFolders();
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const action of undo.splice(0)) await action();
});

type Mosquitto = { readonly port: number; isAlive(): boolean };

/** One node that keeps retained messages and sessions in memory, as long as it lives. */
async function mosquitto(): Promise<Mosquitto> {
  const { ports, release } = await freePorts(1, createRandom(`mosquitto-${process.pid}`));
  undo.push(release);
  const [port = 0] = ports;
  const config = join(temporary(), 'mosquitto.conf');
  writeFileSync(config, `listener ${port} 127.0.0.1\nallow_anonymous true\nlog_type none\n`);
  const { pid } = start(`exec mosquitto -c "${config}"`);
  const target = { host: '127.0.0.1', port, version: 5 } as const;
  await eventually('mosquitto answers', async () => (await mqttPing(target, 1_000)) === undefined);
  return { port, isAlive: () => !['gone', 'Z'].includes(stateOf(pid)) };
}

function barrageAt({ port, isAlive }: Mosquitto, more: Partial<BarrageOptions>): Barrage {
  return new Barrage({
    target: { host: '127.0.0.1', port, version: 5 },
    isAlive,
    random: createRandom('mosquitto'),
    ratePerSecond: 100,
    clock: systemClock,
    ...more,
  });
}

/** What a fresh subscriber is sent of retained messages, before a message that it publishes itself. */
async function retainedAt(port: number): Promise<string[]> {
  const client: MqttClient = await connectAsync(`mqtt://127.0.0.1:${port}`, { clientId: 'fresh' });
  const topics: string[] = [];
  client.on('message', (topic) => topics.push(topic));
  await client.subscribeAsync(['chaos-broken/#', 'end']);
  await client.publishAsync('end', '');
  await eventually('its own message comes', () => topics.includes('end'));
  await client.endAsync();
  return topics.filter((topic) => topic !== 'end');
}

describe('a barrage against mosquitto, which speaks MQTT 3.1.1 and MQTT 5', () => {
  test('sends every class at its level, and mosquitto outlives them', async () => {
    const broker = await mosquitto();
    const barrage = barrageAt(broker, {});
    barrage.start();
    await eventually('every class was sent', () => barrage.tally().missing.length === 0 || !broker.isAlive());
    const tally = barrage.tally();
    expect({ suspects: broker.isAlive() ? [] : barrage.suspects(systemClock.nowMs()) }).toEqual({ suspects: [] });
    expect([...tally.refused]).toEqual([]);
    expect(tally.classes).toBe(brokenClasses.length);
    const least = (at: 4 | 5) =>
      brokenClasses.filter((broken) => broken.sent !== 'first' && broken.level === at).length;
    expect(tally.packetsAt[4]).toBeGreaterThanOrEqual(least(4));
    expect(tally.packetsAt[5]).toBeGreaterThanOrEqual(least(5));
    await barrage.stop();
    expect(await retainedAt(broker.port)).toEqual([]);
  });

  test('leaves no retained message and no session, wherever its sequences are when it is stopped', async () => {
    const broker = await mosquitto();
    const classes = brokenClasses.filter(
      (broken) => broken.sent === 'sequence' && (broken.retains || broken.name.includes('kept-session')),
    );
    for (const seed of ['a', 'b', 'c', 'd']) {
      const barrage = barrageAt(broker, { classes, random: createRandom(seed), ratePerSecond: 400 });
      barrage.start();
      await eventually('some run at once', () => barrage.tally().paced.sent > 100);
      await barrage.stop();
      expect(await retainedAt(broker.port)).toEqual([]);
    }
    // Its own count of sessions, those without a connection among them, is renewed every ten seconds.
    const client = await connectAsync(`mqtt://127.0.0.1:${broker.port}`);
    undo.push(() => client.endAsync());
    let sessions = Number.NaN;
    client.on('message', (_, payload) => {
      sessions = Number(payload);
    });
    await client.subscribeAsync('$SYS/broker/clients/total');
    await eventually('this client has the only session', () => sessions === 1);
  });
});
