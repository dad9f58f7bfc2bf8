import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { generate } from 'mqtt-packet';
import { WebSocket } from 'ws';
import { systemClock } from '../../src/base/clock.ts';
import { RawClient } from '../../src/engines/local/clients/raw-client.ts';
import { mqttPing } from '../../src/engines/local/cluster/mqtt-ping.ts';
import type { Endpoint } from '../../src/workload/client.ts';
import { probeFeatures } from '../../src/workload/features.ts';
import { Generator } from '../../src/workload/generator.ts';
import { checkPaths } from '../../src/workload/paths.ts';
import { patienceMs } from '../support/eventually.ts';
import { findingsOf } from '../support/findings.ts';
import { bootClusterSpeaking } from '../support/small-cluster.ts';
import { eventually, freePort, Node } from './support.ts';

let folder = '';
let node: Node;
let tlsPort = 0;
let wsPort = 0;
const clients: MqttClient[] = [];

async function bootWithListeners(): Promise<void> {
  [tlsPort, wsPort] = [await freePort(), await freePort()];
  const ports = { mqtt: await freePort(), cluster: await freePort(), http: await freePort() };
  const listeners = ['--tls', `127.0.0.1:${tlsPort}`, '--ws', `127.0.0.1:${wsPort}`, '--certificates', folder];
  node = new Node('node1', ports, ['--data', join(folder, 'data'), ...listeners]);
  await node.start();
}

const certificate = (): Buffer => readFileSync(join(folder, 'ca.pem'));

function client(url: string, options: IClientOptions = {}): MqttClient {
  const made = mqtt.connect(url, { reconnectPeriod: 50, ...options });
  made.on('error', () => {});
  clients.push(made);
  return made;
}

/** A workload of a second at these endpoints; what the checks say of it. */
async function shortWorkload(endpoints: readonly Endpoint[]): Promise<string[]> {
  const features = await probeFeatures(endpoints[0] as Endpoint, endpoints[1]);
  expect(features).toMatchObject({ qos2: { available: true }, wills: { available: true } });
  const generator = new Generator(
    {
      ...{
        endpoints,
        features,
        profile: 'mixed',
        ratePerSecond: 300,
        payloadBytes: 40,
        deadlineMs: 5_000,
        redeliverWithinMs: 8_000,
      },
      ...{ prefix: 'transports', run: 7, seed: 'transports' },
    },
    systemClock.nowMs,
  );
  try {
    expect(await generator.warmUp(patienceMs)).toEqual([]);
    generator.start(1_000);
    await systemClock.sleep(1_000);
    generator.mark('drain', 1_000);
    generator.stop();
    expect(await generator.drain({ quietMs: 8_000, returnMs: 15_000, withinMs: 90_000 })).toMatchObject({
      ...{ outstanding: 0, unsettled: 0, absent: 0, unfinished: false },
    });
    const { history } = generator.finish();
    expect(history.notRun).toEqual({});
    return findingsOf(history);
  } finally {
    await generator.end();
  }
}

const ca = '{ ca: "{{ node.folder }}/ca.pem" }';

describe('chaos.yml says how clients connect', () => {
  test.each([
    ['TLS', `{ version: 4, tls: ${ca} }`],
    ['WebSocket', '{ version: 5, transport: ws }'],
    ['WebSocket over TLS', `{ version: 4, transport: ws, tls: ${ca} }`],
  ])('%s', async (_, said) => {
    const nodes = ['node1', 'node2'];
    const { engine, environment, close } = await bootClusterSpeaking(said, nodes);
    try {
      const { endpoints } = engine;
      const report = await checkPaths(endpoints, { prefix: 'p', withinMs: patienceMs, nowMs: systemClock.nowMs });
      expect(report.paths.filter(({ atMs }) => atMs === null)).toEqual([]);
      expect(await environment.nodes.ping('node1', patienceMs)).toBeUndefined();

      const [first, second] = endpoints as [Endpoint, Endpoint];
      const subscriber = new RawClient(first, 'raw-subscriber');
      const publisher = new RawClient(second, 'raw-publisher');
      expect(await subscriber.subscribe('raw', 1)).toBe(true);
      await eventually('the publisher is let in', () => publisher.state === 'accepted');
      publisher.publish('raw', Buffer.alloc(100_000), 1);
      await eventually('it arrives', () => subscriber.received === 1 && publisher.acknowledged === 1);
      await Promise.all([subscriber.close(), publisher.close()]);

      // The node trusts nobody to speak something else, and nobody trusts it without its authority.
      const plain = { ...first, transport: 'tcp', tls: undefined } as const;
      expect(await mqttPing(plain, 2_000)).toBeDefined();
      if (first.tls) {
        expect(await mqttPing({ ...first, tls: {} }, patienceMs)).toMatch('self-signed certificate');
        const misnamed = { ...first, tls: { ...first.tls, serverName: 'broker.example' } };
        expect(await mqttPing(misnamed, patienceMs)).toMatch('does not match certificate');
        expect(await mqttPing({ ...first, tls: { verify: false } }, patienceMs)).toBeUndefined();
      }
      expect(await shortWorkload(endpoints)).toEqual([]);
    } finally {
      await close();
    }
  });
});

describe('TLS and WebSocket', () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'listeners-'));
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.end(true);
    await node.stop('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([4, 5] as const)('carry MQTT of version %d like TCP does', async (protocolVersion) => {
    await bootWithListeners();
    const url = {
      tcp: `mqtt://127.0.0.1:${node.mqttPort}`,
      tls: `mqtts://localhost:${tlsPort}`,
      ws: `ws://127.0.0.1:${wsPort}/mqtt`,
    };
    const got: string[] = [];
    const all = Object.entries(url).map(([name, address]) => {
      const made = client(address, { protocolVersion, ca: certificate() });
      made.on('message', (_topic, payload) => got.push(`${payload.toString()} by ${name}`));
      return made;
    });
    await eventually('all are connected', () => all.every(({ connected }) => connected));
    for (const made of all) await made.subscribeAsync('t', { qos: 2 });
    const large = 'x'.repeat(300_000);
    for (const [index, made] of all.entries())
      await made.publishAsync('t', index === 0 ? large : `${index}`, { qos: 2 });
    await eventually('all have all', () => got.length === 9);
    expect(got.filter((line) => line.startsWith(large))).toHaveLength(3);
    for (const name of Object.keys(url)) expect(got).toContain(`2 by ${name}`);
  });

  test('the certificate is the same after a restart; a client that does not trust it goes no further', async () => {
    await bootWithListeners();
    const before = certificate();
    const distrusts = connect({ port: tlsPort, host: '127.0.0.1' });
    const [error] = (await once(distrusts, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    await node.stop('SIGKILL');
    await node.start();
    expect(certificate()).toEqual(before);
    const trusts = connect({ port: tlsPort, host: '127.0.0.1', ca: before });
    await once(trusts, 'secureConnect');
    trusts.destroy();
  });

  test('WebSocket without the subprotocol, or with text, is closed [MQTT-6.0.0-1, -3]', async () => {
    await bootWithListeners();
    const other = new WebSocket(`ws://127.0.0.1:${wsPort}/mqtt`, 'chat');
    other.on('error', () => {});
    await new Promise((resolve) => other.once('close', resolve));
    const text = new WebSocket(`ws://127.0.0.1:${wsPort}/mqtt`, 'mqtt');
    await once(text, 'open');
    const packet = generate({ cmd: 'connect', clientId: 'c', clean: true, protocolVersion: 4, keepalive: 60 });
    text.send(packet);
    const [answer] = (await once(text, 'message')) as [Buffer];
    expect([...answer]).toEqual([0x20, 2, 0, 0]);
    text.send('text');
    await once(text, 'close');
  });
});
