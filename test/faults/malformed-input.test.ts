import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { createRandom } from '../../src/base/random.ts';
import { Barrage, type BarrageOptions } from '../../src/engines/local/clients/barrage.ts';
import { packetsIn, type Received, types } from '../../src/faults/corpus/bytes.ts';
import { brokenClasses } from '../../src/faults/corpus.ts';
import { eventually } from '../support/eventually.ts';
import { injected, names, observed, planned } from '../support/faults.ts';
import { openSink, type Sink } from '../support/sink.ts';
import { bootCluster, type SmallCluster } from '../support/small-cluster.ts';

const nodes = names(1);

type Fragile = { readonly port: number; died(): boolean; close(): void };

/** Accepts sessions of these levels and subscriptions, answers PINGREQ, delivers nothing, and dies of one packet. */
function fragileBroker(
  levels: readonly number[],
  diesOf: (packet: Received, level: number) => boolean,
): Promise<Fragile> {
  let dead = false;
  const sockets = new Set<Socket>();
  const die = () => {
    dead = true;
    server.close();
    for (const open of sockets) open.resetAndDestroy();
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    let level: number | undefined;
    let heard = Buffer.alloc(0);
    let read = 0;
    socket.on('data', (data) => {
      heard = Buffer.concat([heard, data]);
      const packets = packetsIn(heard);
      for (const packet of packets.slice(read)) {
        if (level !== undefined && diesOf(packet, level)) return die();
        // The level is the seventh byte of what follows the remaining length.
        if (packet.type === types.connect) level ??= packet.body[6] ?? 0;
        const accepts = levels.includes(level ?? 0);
        if (packet.type === types.connect)
          socket.write(Buffer.from(!accepts ? '20020001' : level === 5 ? '2003000000' : '20020000', 'hex'));
        if (!accepts) socket.destroySoon();
        if (packet.type === types.subscribe)
          socket.write(
            Buffer.concat([
              Buffer.from(level === 5 ? '9004' : '9003', 'hex'),
              packet.body.subarray(0, 2),
              Buffer.alloc(level === 5 ? 2 : 1),
            ]),
          );
        if (packet.type === types.pingreq) socket.write(Buffer.from('d000', 'hex'));
      }
      read = packets.length;
    });
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve({
        port: (server.address() as { port: number }).port,
        died: () => dead,
        close: () => {
          server.close();
          for (const open of sockets) open.destroy();
        },
      }),
    ),
  );
}

function barrageAt(broker: Fragile, seed: string, more: Partial<BarrageOptions> = {}): Barrage {
  return new Barrage({
    target: { host: '127.0.0.1', port: broker.port, version: 4 },
    isAlive: () => !broker.died(),
    random: createRandom(seed),
    ratePerSecond: 500,
    clock: systemClock,
    ...more,
  });
}

describe('a barrage against a fragile broker', () => {
  test.each([
    [
      4,
      'a',
      2,
      /^unsubscribe-without-filter \(MQTT-3\.10\.3-2\), sent \d+ ms before, after an accepted CONNECT: a202[0-9a-f]{4}$/,
    ],
    [
      5,
      'b',
      3,
      /^v5-unsubscribe-without-filter \(5\.0 MQTT-3\.10\.3-2\), sent \d+ ms before, after an accepted CONNECT of MQTT 5: a203[0-9a-f]{4}00$/,
    ],
    // Not even a packet identifier.
    [
      5,
      'c',
      1,
      /^v5-unsubscribe-of-1-byte \(5\.0 3\.10\.2\), sent \d+ ms before, after an accepted CONNECT of MQTT 5: a20101$/,
    ],
  ] as const)(
    'names the short packet of level %i of which it died, in hex (seed %s)',
    async (at, seed, length, named) => {
      const broker = await fragileBroker(
        [4, 5],
        ({ type, flags, body }, level) =>
          level === at && type === types.unsubscribe && flags === 2 && body.length === length,
      );
      // Sequences send such a packet too.
      const barrage = barrageAt(broker, seed, { classes: brokenClasses.filter(({ sent }) => sent !== 'sequence') });
      barrage.start();
      await eventually('it dies', () => broker.died());
      const suspects = barrage.suspects(systemClock.nowMs());
      expect(suspects.length).toBeLessThanOrEqual(5);
      expect(suspects[0]).toMatch(named);
      await barrage.stop();
      broker.close();
      // Nothing is sent to the dead.
      expect(barrage.tally().packets).toBeLessThanOrEqual(brokenClasses.length);
    },
  );

  test('names both sides of the sequence of which it died', async () => {
    // It forgets that a subscriber may be gone: CONNACK of a client with a will, in a session of MQTT 5.
    const broker = await fragileBroker([4, 5], ({ type }, level) => level === 5 && type === types.connack);
    const barrage = barrageAt(broker, 'pair', {
      classes: brokenClasses.filter(({ name }) => name === 'v5-pair-retained-will-by-connack'),
    });
    barrage.start();
    await eventually('it dies', () => broker.died());
    const [first] = barrage.suspects(systemClock.nowMs());
    expect(first).toMatch(
      /^v5-pair-retained-will-by-connack \(5\.0 2\.1\.2\), sent \d+ ms before, by two clients of MQTT 5: 10[0-9a-f]+ .*from b, 82[0-9a-f]+ from b, 10[0-9a-f]+ .*from a, 2003000000 from a/,
    );
    await barrage.stop();
    broker.close();
  });
});

describe('a broker that does not speak MQTT 5', () => {
  test('is sent every class that it can be sent, and the others are not counted', async () => {
    const broker = await fragileBroker([4], () => false);
    const barrage = barrageAt(broker, 'four');
    barrage.start();
    await eventually('every class was sent', () => {
      const { missing, classes } = barrage.tally();
      return classes < brokenClasses.length && missing.length === 0;
    });
    const tally = barrage.tally();
    const sessionsOf5 = brokenClasses.filter((broken) => broken.sent !== 'first' && broken.level === 5);
    expect(tally.classes).toBe(brokenClasses.length - sessionsOf5.length);
    expect(tally.packetsAt[5]).toBe(0);
    expect([...tally.refused]).toEqual([[5, 'CONNACK code 1, unacceptable protocol version']]);
    expect(sessionsOf5.filter(({ name }) => tally.byClass.has(name))).toEqual([]);
    await barrage.stop();
    broker.close();
  });

  test('is not believed to refuse what it refuses every client', async () => {
    const broker = await fragileBroker([], () => false);
    const barrage = barrageAt(broker, 'none', { classes: brokenClasses.slice(0, 50) });
    barrage.start();
    await eventually('it is sent first packets', () => barrage.tally().packets > 20);
    expect(barrage.tally().refused.size).toBe(0);
    await barrage.stop();
    broker.close();
  });
});

test('a barrage ends whatever its connections are at: one that is still being made, too', async () => {
  const broker = createServer((socket) => socket.on('error', () => {}).resume());
  await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve));
  const { port } = broker.address() as { port: number };
  for (let stoppedAfterMs = 100; stoppedAfterMs < 140; stoppedAfterMs += 2) {
    const barrage = new Barrage({
      target: { host: '127.0.0.1', port, version: 4 },
      isAlive: () => true,
      random: createRandom('ends'),
      ratePerSecond: 100_000,
      clock: systemClock,
      // Each sends its bytes and its FIN in one go, as soon as it is connected.
      classes: brokenClasses.filter((broken) => broken.sent === 'first' && broken.manner === 'half-open'),
    });
    barrage.start();
    await systemClock.sleep(stoppedAfterMs);
    await barrage.stop();
    expect(barrage.tally().packets).toBeGreaterThan(0);
  }
  broker.close();
});

describe('malformed-input against the embedded broker', () => {
  let cluster: SmallCluster;
  let sink: Sink;
  beforeAll(async () => {
    cluster = await bootCluster(nodes);
    sink = await openSink();
  });
  afterAll(async () => {
    await sink.close();
    await cluster.close();
  });

  const fault = () =>
    planned('malformed-input', { type: 'choice', choice: 'all' }, { nodes, parameters: { rate: '150/s' } });

  test('is planned by the seed, strikes no path of the workload, and says how much it sends', () => {
    expect(fault()).toMatchObject({
      target: 'node1',
      injected: `each of ${brokenClasses.length} classes of broken packets once, one after another, then 150 of them a second, to each node`,
      impact: { unavailableNodes: [], cutPaths: [] },
    });
  });

  test('is proven by what the broker did and by what came through the link, and leaves no connection', async () => {
    const link = () => cluster.environment.links.counters('clients>node1');
    const prepared = await observed(fault(), cluster.environment);
    const active = await injected(prepared);
    await eventually('every class was sent, and some more, and the broker has reacted to them', async () => {
      const { proven, figures } = await active.prove();
      return proven && (figures.packets ?? 0) >= brokenClasses.length;
    });
    const proof = await active.prove();
    // The embedded broker speaks MQTT 3.1.1 alone, or MQTT 5 too.
    const { classes = 0, classesWithoutSession = 0, packetsOfMqtt5 = 0 } = proof.figures;
    expect(proof.proven).toBe(true);
    expect(classes + classesWithoutSession).toBe(brokenClasses.length);
    expect(packetsOfMqtt5 > 0).toBe(classesWithoutSession === 0);
    expect(proof.observed.includes('no sessions of MQTT 5')).toBe(classesWithoutSession > 0);
    expect(proof.figures['closed: publish-qos-3']).toBeGreaterThan(0);
    expect((await active.suspects?.('node1', systemClock.nowMs()))?.length).toBeGreaterThan(0);
    expect(await cluster.environment.nodes.ping('node1', 2_000)).toBeUndefined();
    await active.heal();
    await active.heal();
    await prepared.release();
    await eventually('the link has no connection left', () => link().connectionsOpen === 0);
    expect(cluster.engine.takeCrashes()).toEqual([]);
  });

  test('is not proven when the packets go somewhere else', async () => {
    const { environment } = cluster;
    const elsewhere = { ...environment, network: { ...environment.network, entry: () => sink.address } };
    const prepared = await observed(fault(), elsewhere);
    const active = await injected(prepared);
    await eventually('some are sent', async () => ((await active.prove()).figures.packets ?? 0) > 5);
    expect(await active.prove()).toMatchObject({ proven: false, figures: { closed: 0, linkConnections: 0 } });
    await active.heal();
    await prepared.release();
  });
});
