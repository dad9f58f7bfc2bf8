import { spawnSync } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { distPath } from '../../src/base/entries.ts';
import { Flow } from './flow.ts';
import { Cluster, eventually, RawClient } from './support.ts';

let cluster: Cluster | undefined;
afterEach(async () => {
  await cluster?.close();
  cluster = undefined;
});

async function start(size: number): Promise<Cluster> {
  cluster = await Cluster.start(size);
  return cluster;
}

const sleep = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs));

/** All that was acknowledged came, in order, and at QoS 2 once. */
async function expectKept(flows: readonly Flow[]): Promise<void> {
  await Promise.all(flows.map((flow) => flow.settled()));
  await Promise.all(flows.map((flow) => flow.drained(8000)));
  for (const flow of flows) {
    const found = {
      lost: flow.lost(),
      inversions: flow.inversions(),
      corrupt: flow.corrupt,
      twice: flow.qos === 2 ? flow.duplicates() : 0,
    };
    expect({ topic: flow.topic, ...found }).toEqual({
      topic: flow.topic,
      lost: [],
      inversions: 0,
      corrupt: 0,
      twice: 0,
    });
  }
}

describe('a cluster in peace', () => {
  test('carries every QoS between all nodes, in order and once', async () => {
    const own = await start(3);
    const pairs = [
      [1, 2],
      [2, 3],
      [3, 1],
      [1, 1],
    ] as const;
    const flows = await Promise.all(
      pairs.flatMap(([from, to]) => ([0, 1, 2] as const).map((qos) => Flow.open(own, from, to, qos))),
    );
    for (const flow of flows) for (let i = 0; i < 300; i++) flow.publish();
    await expectKept(flows);
    expect(flows.map((flow) => flow.duplicates())).toEqual(flows.map(() => 0));
    expect(flows.map((flow) => flow.arrived.length)).toEqual(flows.map(() => 300));
  });

  test('tells its health and its figures', async () => {
    const own = await start(2);
    const flow = await Flow.open(own, 1, 2, 1);
    flow.publish();
    await expectKept([flow]);
    expect(await own.node(1).health()).toEqual({ name: 'node1', peers: { node2: 'connected' }, sessions: 1 });
    expect(await own.node(1).metric('broker_messages_received_total{qos="1"}')).toBe(1);
    expect(await own.node(2).metric('broker_messages_delivered_total{qos="1"}')).toBe(1);
    expect(await own.node(1).metric('broker_peer_connected{peer="node2"}')).toBe(1);
    expect(await own.node(1).metric('broker_clients_connected')).toBe(1);
    expect(await own.node(1).metric('process_resident_memory_bytes')).toBeGreaterThan(0);
    await own.node(2).stop('SIGKILL');
    await eventually('the loss is seen', async () => (await own.node(1).health()).peers.node2 === 'disconnected');
  });
});

describe('kill -9', () => {
  test('of any node at any moment loses nothing acknowledged, repeats no QoS 2 and keeps the order [MQTT-4.6.0-6]', async () => {
    const own = await start(3);
    const pairs = [
      [1, 2],
      [2, 3],
      [3, 1],
      [2, 2],
    ] as const;
    const flows = await Promise.all(
      pairs.flatMap(([from, to]) => ([1, 2] as const).map((qos) => Flow.open(own, from, to, qos))),
    );
    for (const flow of flows) flow.run(10);
    for (let round = 0; round < 4; round++) {
      await sleep(randomInt(50, 400));
      const victim = own.node(randomInt(1, 4));
      await victim.stop('SIGKILL');
      await sleep(randomInt(0, 200));
      await victim.start();
    }
    await own.whole();
    await expectKept(flows);
  });

  test('of all nodes at once is no different', async () => {
    const own = await start(2);
    const flows = await Promise.all(
      ([1, 2] as const).flatMap((qos) => [Flow.open(own, 1, 2, qos), Flow.open(own, 2, 1, qos)]),
    );
    for (const flow of flows) flow.run(5);
    await eventually('load', () => flows.every(({ sent }) => sent > 60));
    await Promise.all(own.nodes.map((node) => node.stop('SIGKILL')));
    await Promise.all(own.nodes.map((node) => node.start()));
    await expectKept(flows);
  });

  test('what was in flight comes again under the same id, with DUP [MQTT-4.4.0-1]', async () => {
    const own = await start(1);
    const before = await own.raw(1);
    await before.connect('sub', { clean: false });
    before.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 't', qos: 2 }] });
    await before.next('suback');
    for (const [messageId, payload] of [
      [11, 'first'],
      [12, 'second'],
    ] as const) {
      before.send({ cmd: 'publish', topic: 't', payload, qos: 2, dup: false, retain: false, messageId });
      await before.next('publish');
    }
    before.send({ cmd: 'pubrec', messageId: 1 });
    await before.next('pubrel');
    await own.node(1).stop('SIGKILL');
    await own.node(1).start();
    const after = await own.raw(1);
    expect(await after.connect('sub', { clean: false })).toMatchObject({ sessionPresent: true });
    expect(await after.next('pubrel')).toMatchObject({ messageId: 1 });
    expect(await after.next('publish')).toMatchObject({
      messageId: 2,
      dup: true,
      qos: 2,
      payload: Buffer.from('second'),
    });
    // The node still knows what it had accepted: repeating it is answered and not passed on [MQTT-4.3.3-2].
    after.send({ cmd: 'publish', topic: 't', payload: 'second', qos: 2, dup: true, retain: false, messageId: 12 });
    await after.next('pubrec');
    after.send({ cmd: 'pingreq' });
    await after.next('pingresp');
    expect(after.received).toEqual([]);
  });
});

describe('the network between nodes', () => {
  test('reset again and again under load: nothing is lost, repeated or out of order', async () => {
    const own = await start(2);
    const flows = await Promise.all([Flow.open(own, 1, 2, 1), Flow.open(own, 1, 2, 2), Flow.open(own, 2, 1, 2)]);
    for (const flow of flows) flow.run(4);
    for (let round = 0; round < 6; round++) {
      await sleep(randomInt(20, 150));
      for (const link of own.linksOf(1)) link.reset();
    }
    await expectKept(flows);
  });

  test('silent in both directions or in one only: the nodes notice, and catch up when it is back', async () => {
    const own = await start(3);
    const pairs = [
      [1, 2],
      [2, 1],
      [1, 3],
      [3, 1],
    ] as const;
    const flows = await Promise.all(pairs.map(([from, to]) => Flow.open(own, from, to, 2)));
    for (const flow of flows) flow.run(10);
    await eventually('load', () => flows.every(({ arrived }) => arrived.length > 10));
    const held = [own.link(1, 2), own.link(2, 1), own.link(1, 3)];
    for (const link of held) link.hold();
    await eventually('the silence is noticed', async () => {
      const { peers } = await own.node(1).health();
      return Object.values(peers).every((state) => state === 'disconnected');
    });
    for (const link of held) link.heal();
    await own.whole();
    await expectKept(flows);
  });

  test('cut: retained state converges on the last writer afterwards, deletions too [MQTT-3.3.1-5, -10]', async () => {
    const own = await start(3);
    const [left, right] = await Promise.all([own.connected(1), own.connected(3)]);
    const set = { qos: 1, retain: true } as const;
    await left.publishAsync('both', 'before', set);
    await left.publishAsync('gone', 'before', set);
    for (const link of own.linksOf(3)) link.cut();
    await left.publishAsync('both', 'left', set);
    await right.publishAsync('gone', '', set);
    await sleep(20);
    await right.publishAsync('both', 'right', set);
    await left.publishAsync('qos0', 'through the outbox as well', { qos: 0, retain: true });
    for (const link of own.linksOf(3)) link.heal();
    await own.whole();
    for (const number of [1, 2, 3]) {
      await eventually(`node${number} agrees`, async () => {
        const fresh = await own.connected(number);
        const seen = new Map<string, string>();
        fresh.on('message', (topic, payload) => seen.set(topic, payload.toString()));
        await fresh.subscribeAsync('#', { qos: 1 });
        await eventually('retained messages come', () => seen.size >= 1);
        await sleep(50);
        await fresh.endAsync();
        return seen.get('both') === 'right' && !seen.has('gone') && seen.get('qos0') === 'through the outbox as well';
      });
    }
  });

  test('strays on the cluster port do no harm', async () => {
    const own = await start(2);
    for (const bytes of [Buffer.alloc(64), randomBytes(5000), Buffer.from('GET / HTTP/1.1\r\n\r\n')]) {
      const { port } = own.link(1, 2);
      const stray = await RawClient.open(port);
      stray.sendBytes(bytes);
      await sleep(20);
      stray.destroy();
    }
    const flow = await Flow.open(own, 1, 2, 2);
    for (let i = 0; i < 20; i++) flow.publish();
    await expectKept([flow]);
  });
});

describe('a session', () => {
  test('whose client is away misses nothing and is truthfully present [MQTT-3.2.2-2]', async () => {
    const own = await start(2);
    const flows = await Promise.all([Flow.open(own, 1, 2, 1), Flow.open(own, 1, 2, 2)]);
    for (const flow of flows) flow.run(5);
    for (const flow of flows) {
      await eventually('load', () => flow.arrived.length > 50);
      await flow.leave();
    }
    // More than the window holds, so that there is a backlog behind what is in flight.
    for (const flow of flows) for (let i = 0; i < 300; i++) flow.publish();
    const present: boolean[] = [];
    for (const flow of flows) {
      flow.subscriber.on('connect', (packet) => present.push(packet.sessionPresent));
      flow.comeBack();
    }
    await eventually('both are back', () => present.length === 2);
    await expectKept(flows);
    expect(present).toEqual([true, true]);
  });

  test('belongs to one connection: a second one closes the first, also from another node [MQTT-3.1.4-2]', async () => {
    const own = await start(2);
    const first = await own.raw(1);
    await first.connect('same');
    const second = await own.raw(1);
    await second.connect('same');
    await eventually('the first is closed', () => first.closed);
    const third = await own.raw(2);
    await third.connect('same');
    await eventually('the second is closed', () => second.closed);
    expect(third.closed).toBe(false);
  });

  test('moves with its client from node to node under load: nothing is lost, repeated or out of order', async () => {
    const own = await start(3);
    const flows = await Promise.all([Flow.open(own, 1, 2, 1), Flow.open(own, 1, 2, 2)]);
    for (const flow of flows) {
      const present: boolean[] = [];
      flow.subscriber.on('connect', (packet) => present.push(packet.sessionPresent));
      flow.run(5);
      await eventually('load', () => flow.arrived.length > 20);
      const places = [3, 1, 2, 3, 2];
      for (const [index, number] of places.entries()) {
        await flow.leave(index % 2 === 0);
        flow.subscriber.options.port = own.node(number).mqttPort;
        flow.comeBack();
        const before = flow.arrived.length;
        await eventually('messages come here', () => flow.arrived.length > before + 20);
      }
      expect(present).toEqual(places.map(() => true));
      expect(await own.node(2).metric('broker_messages_dropped_total{reason="session-replaced"}')).toBe(0);
    }
    await expectKept(flows);
  });

  test('its will is sent once after an abnormal end, at every node, and never after DISCONNECT', async () => {
    const own = await start(2);
    const wills: string[] = [];
    const watcher = await own.connected(2, { clientId: 'watcher', clean: false });
    watcher.on('message', (topic) => wills.push(topic));
    await watcher.subscribeAsync('will/#', { qos: 1 });
    const names = ['broken', 'polite', 'malformed', 'with-its-node'];
    const clients = new Map<string, Awaited<ReturnType<Cluster['raw']>>>();
    for (const [index, name] of names.entries()) {
      const client = await own.raw(1);
      await client.connect(name, {
        will: { topic: `will/${name}`, payload: Buffer.from('x'), qos: index === 0 ? 0 : 1, retain: false },
      });
      clients.set(name, client);
    }
    clients.get('broken')?.destroy();
    clients.get('polite')?.send({ cmd: 'disconnect' });
    clients.get('malformed')?.sendBytes(Buffer.from([0xf0, 0]));
    await eventually('two wills', () => wills.length === 2);
    await own.node(1).stop('SIGKILL');
    await own.node(1).start();
    await eventually('the third', () => wills.length === 3);
    const flow = await Flow.open(own, 1, 2, 1);
    flow.publish();
    await expectKept([flow]);
    expect(wills.sort()).toEqual(['will/broken', 'will/malformed', 'will/with-its-node']);
  });
});

describe('what MQTT forbids', () => {
  const connect = Buffer.from([0x10, 13, 0, 4, 77, 81, 84, 84, 4, 2, 0, 60, 0, 1, 97]);
  const publish = (topic: string): Buffer =>
    Buffer.from([0x30, topic.length + 2, 0, topic.length, ...Buffer.from(topic)]);

  const forbidden: readonly [string, Buffer][] = [
    ['a packet before CONNECT', Buffer.from([0xc0, 0])],
    ['an unknown protocol', Buffer.from([0x10, 13, 0, 4, 88, 81, 84, 84, 4, 2, 0, 60, 0, 1, 97])],
    ['a reserved CONNECT flag', Buffer.from([0x10, 13, 0, 4, 77, 81, 84, 84, 4, 3, 0, 60, 0, 1, 97])],
    ['a truncated CONNECT', Buffer.from([0x10, 4, 0, 4, 77, 81])],
    ['a second CONNECT', Buffer.concat([connect, connect])],
    ['QoS 3', Buffer.concat([connect, Buffer.from([0x36, 5, 0, 1, 97, 0, 1])])],
    ['a wildcard to publish to', Buffer.concat([connect, publish('a/#')])],
    ['an empty topic', Buffer.concat([connect, publish('')])],
    ['a null character', Buffer.concat([connect, publish('a\u0000b')])],
    ['ill-formed UTF-8', Buffer.concat([connect, Buffer.from([0x30, 4, 0, 2, 0xc3, 0x28])])],
    ['packet id 0', Buffer.concat([connect, Buffer.from([0x32, 5, 0, 1, 97, 0, 0])])],
    ['a PUBLISH that ends before its id', Buffer.concat([connect, Buffer.from([0x32, 3, 0, 1, 97])])],
    ['a malformed filter', Buffer.concat([connect, Buffer.from([0x82, 7, 0, 1, 0, 2, 97, 35, 0])])],
    ['an empty SUBSCRIBE', Buffer.concat([connect, Buffer.from([0x82, 2, 0, 1])])],
    ['wrong flags', Buffer.concat([connect, Buffer.from([0x80, 6, 0, 1, 0, 1, 97, 0])])],
    ['a packet only servers send', Buffer.concat([connect, Buffer.from([0xd0, 0])])],
    ['a length without end', Buffer.concat([connect, Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0xff])])],
  ];

  test('closes the connection, and that one only', async () => {
    const own = await start(1);
    const witness = await own.raw(1);
    await witness.connect('witness');
    for (const [what, bytes] of forbidden) {
      const client = await own.raw(1);
      client.sendBytes(bytes);
      await eventually(`${what}: the connection is closed`, () => client.closed);
    }
    witness.send({ cmd: 'pingreq' });
    await witness.next('pingresp');
    expect((await own.node(1).health()).sessions).toBe(1);
  });

  test('random bytes close their own connection and nothing else', async () => {
    const own = await start(1);
    const flow = await Flow.open(own, 1, 1, 2);
    flow.run(5);
    for (let i = 0; i < 100; i++) {
      const client = await own.raw(1);
      client.sendBytes(
        i % 2 === 0 ? randomBytes(randomInt(1, 400)) : Buffer.concat([connect, randomBytes(randomInt(1, 400))]),
      );
      await sleep(2);
      client.destroy();
    }
    await expectKept([flow]);
  });

  test('a protocol it does not speak, and an empty id with a session to keep, are refused by their codes', async () => {
    const own = await start(1);
    const six = await own.raw(1);
    six.sendBytes(Buffer.from([0x10, 14, 0, 4, 77, 81, 84, 84, 6, 2, 0, 60, 0, 0, 1, 97]));
    expect(await six.next('connack')).toMatchObject({ returnCode: 1 });
    const nameless = await own.raw(1);
    nameless.sendBytes(Buffer.from([0x10, 12, 0, 4, 77, 81, 84, 84, 4, 0, 0, 60, 0, 0]));
    expect(await nameless.next('connack')).toMatchObject({ returnCode: 2 });
    await eventually('both are closed', () => six.closed && nameless.closed);
    const welcome = await own.raw(1);
    expect(await welcome.connect('', { clean: true })).toMatchObject({ returnCode: 0 });
  });

  test('silence beyond one and a half times the keep alive [MQTT-3.1.2-24]', async () => {
    const own = await start(1);
    const client = await own.raw(1);
    client.send({
      cmd: 'connect',
      clientId: 'silent',
      clean: true,
      protocolId: 'MQTT',
      protocolVersion: 4,
      keepalive: 1,
    });
    await client.next('connack');
    await eventually('it is closed', () => client.closed);
  });
});

describe('the command', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [distPath('embedded-broker.js'), ...args], { encoding: 'utf8', timeout: 20_000 });

  test('SIGTERM ends it with 0', async () => {
    const own = await start(2);
    expect(await own.node(1).stop('SIGTERM')).toBe(0);
  });

  test('an unknown mutant is a usage error that names them all', () => {
    const { status, stderr } = run('--name', 'n', '--data', '/nonexistent', '--mutant', 'gremlin');
    expect(status).toBe(3);
    expect(stderr).toContain('gremlin');
    expect(stderr).toContain('ack-before-store');
  });

  test('a port in use is said plainly', async () => {
    const own = await start(1);
    const taken = `127.0.0.1:${own.node(1).mqttPort}`;
    const { status, stdout } = run(
      '--name',
      'n',
      '--data',
      own.scratch('other'),
      '--mqtt',
      taken,
      '--cluster',
      '127.0.0.1:0',
      '--http',
      '127.0.0.1:0',
    );
    expect(status).toBe(1);
    expect(stdout).toContain('EADDRINUSE');
    expect(stdout).toContain(taken);
  });

  test('a data folder of another node is refused', async () => {
    const own = await start(1);
    await own.node(1).stop('SIGTERM');
    const { status, stdout } = run('--name', 'impostor', '--data', own.scratch('node1'), '--mqtt', '127.0.0.1:0');
    expect(status).toBe(1);
    expect(stdout).toContain('belongs to node1');
  });
});

test('a node whose data folder was wiped is a member again, and is told what is retained', async () => {
  const own = await start(2);
  const client = await own.connected(1);
  await client.publishAsync('kept', 'value', { qos: 1, retain: true });
  const early = await Flow.open(own, 2, 1, 1);
  for (let i = 0; i < 20; i++) early.publish();
  await expectKept([early]);
  await own.node(2).stop('SIGKILL');
  own.wipe(2);
  await own.node(2).start();
  await own.whole();
  const flows = await Promise.all([Flow.open(own, 1, 2, 2), Flow.open(own, 2, 1, 2)]);
  for (const flow of flows) for (let i = 0; i < 20; i++) flow.publish();
  await expectKept(flows);
  const seen: string[] = [];
  const fresh = await own.connected(2);
  fresh.on('message', (_topic, payload) => seen.push(payload.toString()));
  await fresh.subscribeAsync('kept', { qos: 1 });
  await eventually('the retained message is there', () => seen.includes('value'));
});
