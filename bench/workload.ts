import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MqttClient } from 'mqtt';
import { pollUntil, systemClock } from '../src/base/clock.ts';
import { distPath } from '../src/base/entries.ts';
import { mqttPing } from '../src/engines/local/cluster/mqtt-ping.ts';
import { connected, createClient, ended } from '../src/workload/client.ts';
import type { Qos, WorkloadPlan } from '../src/workload/flows/stream/plan.ts';
import { Recorder } from '../src/workload/flows/stream/recorder.ts';
import { decodePayload, encodePayload } from '../src/workload/payload.ts';
import type { BenchRow } from './row.ts';

const messages = 15_000;
const inFlight = 100;
const payloadBytes = 64;
const rounds = 21;

/** Messages a second that are recorded and verified, beside a bare mqtt.js loop over the same broker, in turns. */
export async function benchWorkload(): Promise<BenchRow[]> {
  const broker = await startBroker();
  try {
    const rows: BenchRow[] = [];
    for (const qos of [0, 1] as const) {
      const bare: number[] = [];
      const verified: number[] = [];
      await loop(broker.port, qos, bareLoop);
      for (let round = 0; round < rounds; round++) {
        bare.push(await loop(broker.port, qos, bareLoop));
        verified.push(await loop(broker.port, qos, verifiedLoop));
      }
      // Each pair ran back to back, so that what the machine does meanwhile hits both.
      const ratio = middle(verified.map((perSecond, round) => perSecond / (bare[round] ?? Number.NaN)));
      rows.push({ name: `${broker.name}: QoS ${qos}, bare mqtt.js`, value: middle(bare), unit: 'messages/s' });
      rows.push({
        name: `${broker.name}: QoS ${qos}, recorded and verified`,
        value: middle(verified),
        unit: 'messages/s',
      });
      rows.push({
        name: `QoS ${qos}, verified over bare`,
        value: ratio,
        unit: 'ratio',
        aim: 'at least 0.9',
        met: ratio >= 0.9,
      });
    }
    return rows;
  } finally {
    await broker.stop();
  }
}

type Loop = (options: {
  publisher: MqttClient;
  subscriber: MqttClient;
  topic: string;
  qos: Qos;
  done: () => void;
}) => void;

async function loop(port: number, qos: Qos, kind: Loop): Promise<number> {
  const endpoint = { node: 'node1', host: '127.0.0.1', port, version: 4 as const };
  const id = `bench-${kind.name}-${qos}-${Math.round(systemClock.nowMs() * 1_000)}`;
  const publisher = createClient(endpoint, { clientId: `${id}-p`, clean: true });
  const subscriber = createClient(endpoint, { clientId: `${id}-s`, clean: true });
  const up = [connected(publisher, 5_000), connected(subscriber, 5_000)];
  publisher.connect();
  subscriber.connect();
  await Promise.all(up);
  await subscriber.subscribeAsync(id, { qos });
  const startMs = systemClock.nowMs();
  await new Promise<void>((resolve) => kind({ publisher, subscriber, topic: id, qos, done: resolve }));
  const perSecond = (messages * 1_000) / (systemClock.nowMs() - startMs);
  await Promise.all([ended(publisher, { force: true }), ended(subscriber, { force: true })]);
  return perSecond;
}

/** Keeps `inFlight` messages between publish and receipt, so that neither QoS 0 nor QoS 1 floods the broker. */
function pump(publish: (sequence: number) => void, done: () => void): { received(): void } {
  let sent = 0;
  let received = 0;
  const fill = (): void => {
    while (sent < messages && sent - received < inFlight) publish(++sent);
  };
  fill();
  return {
    received() {
      received++;
      if (received === messages) done();
      else fill();
    },
  };
}

const bareLoop: Loop = ({ publisher, subscriber, topic, qos, done }) => {
  const payload = Buffer.alloc(payloadBytes);
  const flow = pump(() => publisher.publish(topic, payload, { qos }), done);
  subscriber.on('message', () => flow.received());
};

const verifiedLoop: Loop = ({ publisher, subscriber, topic, qos, done }) => {
  const plan: WorkloadPlan = {
    flows: [{ id: 0, name: 'bench', topic, qos, node: 'node1', clientId: 'p', ratePerSecond: 1_000 }],
    subscribers: [
      { clientId: 's', node: 'node1', session: 'clean', subscriptions: [{ filter: topic, qos, flows: [0] }] },
    ],
  };
  const recorder = new Recorder(plan, 5_000);
  const [flow] = recorder.flows;
  const [subscription] = flow?.subscriptions ?? [];
  if (!flow || !subscription) throw new Error('the plan has one flow and one subscription');
  recorder.mark('hold', systemClock.nowMs(), 1_000);
  const flowing = pump(() => {
    const dueMs = systemClock.nowMs();
    const sequence = recorder.due(flow, dueMs);
    const payload = encodePayload(
      { run: 1, flow: 0, kind: 'flow', sequence, sentNs: Math.round(dueMs * 1e6) },
      payloadBytes,
    );
    if (qos === 0) publisher.publish(topic, payload, { qos });
    else
      publisher.publish(topic, payload, { qos }, () =>
        recorder.acknowledged(flow, sequence, dueMs, systemClock.nowMs()),
      );
  }, done);
  subscriber.on('message', (_topic, payload, packet) => {
    const decoded = decodePayload(payload);
    if (!decoded.ok) throw new Error(`a ${decoded.why} message`);
    recorder.received(subscription, decoded.header.sequence, decoded.header.sentNs / 1e6, systemClock.nowMs(), packet);
    flowing.received();
  });
};

/** mosquitto when it is installed, since it leaves the CPU to the clients; the embedded broker otherwise. */
async function startBroker(): Promise<{ name: string; port: number; stop(): Promise<void> }> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'chaos-bench-'));
  const attempts: [string, string, string[]][] = [
    ['mosquitto', 'mosquitto', ['-p', String(port)]],
    [
      'embedded',
      process.execPath,
      [
        distPath('embedded-broker.js'),
        '--name',
        'node1',
        '--mqtt',
        `127.0.0.1:${port}`,
        '--cluster',
        `127.0.0.1:${await freePort()}`,
        '--http',
        `127.0.0.1:${await freePort()}`,
        '--data',
        folder,
      ],
    ],
  ];
  for (const [name, command, args] of attempts) {
    const child: ChildProcess = spawn(command, args, { stdio: 'ignore' });
    const failed = once(child, 'error').then(() => true);
    const up = pollUntil(
      async () => ((await mqttPing({ host: '127.0.0.1', port, version: 4 }, 500)) === undefined ? true : undefined),
      { withinMs: 5_000, everyMs: 50 },
    );
    if ((await Promise.race([failed.then(() => false), up])) !== true) {
      child.kill('SIGKILL');
      continue;
    }
    return {
      name,
      port,
      async stop() {
        const exited = once(child, 'exit');
        child.kill('SIGTERM');
        await exited;
        rmSync(folder, { recursive: true, force: true });
      },
    };
  }
  throw new Error('neither mosquitto nor the embedded broker could be started');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
