import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parser } from 'mqtt-packet';
import { systemClock } from '../../src/base/clock.ts';
import { createRandom } from '../../src/base/random.ts';
import { Barrage } from '../../src/engines/local/clients/barrage.ts';
import { brokenClasses } from '../../src/faults/corpus.ts';
import { eventually } from '../support/eventually.ts';
import { injected, names, observed, planned } from '../support/faults.ts';
import { openSink, type Sink } from '../support/sink.ts';
import { bootCluster, type SmallCluster } from '../support/small-cluster.ts';

const nodes = names(1);

describe('a barrage against a fragile broker', () => {
  /** Serves one well-formed CONNECT after another, and dies of the one packet that nobody tested: an UNSUBSCRIBE without a filter. */
  function fragileBroker(): Promise<{ server: Server; port: number; died(): boolean }> {
    let dead = false;
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => {});
      const packets = parser();
      packets.on('packet', (packet) => {
        if (packet.cmd === 'connect') socket.write(Buffer.from('20020000', 'hex'));
        if (packet.cmd !== 'unsubscribe' || packet.unsubscriptions.length > 0) return;
        dead = true;
        server.close();
        for (const open of sockets) open.resetAndDestroy();
      });
      packets.on('error', () => socket.destroy());
      socket.on('data', (data) => {
        try {
          packets.parse(data);
        } catch {
          socket.destroy();
        }
      });
    });
    return new Promise((resolve) =>
      server.listen(0, '127.0.0.1', () =>
        resolve({ server, port: (server.address() as { port: number }).port, died: () => dead }),
      ),
    );
  }

  test.each(['a', 'b', 'c'])('names the packet of which it died, in hex (seed %s)', async (seed) => {
    const broker = await fragileBroker();
    const barrage = new Barrage({
      target: { host: '127.0.0.1', port: broker.port, version: 4 },
      isAlive: () => !broker.died(),
      random: createRandom(seed),
      ratePerSecond: 500,
      clock: systemClock,
    });
    barrage.start();
    await eventually('it dies', () => broker.died());
    const [first] = barrage.suspects(systemClock.nowMs());
    // 0xa2, two bytes of packet id, and nothing else.
    expect(first).toMatch(
      /^unsubscribe-without-filter \(MQTT-3\.10\.3-2\), sent \d+ ms before, after an accepted CONNECT: a202[0-9a-f]{4}$/,
    );
    await barrage.stop();
    broker.server.close();
    const { packets } = barrage.tally();
    // Nothing is sent to the dead.
    expect(packets).toBeLessThanOrEqual(brokenClasses.length);
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
      classes: brokenClasses.filter(({ manner }) => manner === 'half-open'),
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
    planned('malformed-input', { type: 'choice', choice: 'all' }, { nodes, parameters: { rate: '1000/s' } });

  test('is planned by the seed, strikes no path of the workload, and says how much it sends', () => {
    expect(fault()).toMatchObject({
      target: 'node1',
      injected: `1000 broken packets a second of ${brokenClasses.length} classes to each node`,
      impact: { unavailableNodes: [], cutPaths: [] },
    });
  });

  test('is proven by what the broker did and by what came through the link, and leaves no connection', async () => {
    const link = () => cluster.environment.links.counters('clients>node1');
    const prepared = await observed(fault(), cluster.environment);
    const active = await injected(prepared);
    await eventually('every class was sent, and some more, and the broker has reacted to them', async () => {
      const { proven, figures } = await active.prove();
      return proven && (figures.packets ?? 0) >= brokenClasses.length * 3;
    });
    const proof = await active.prove();
    expect(proof).toMatchObject({ proven: true, figures: { classes: brokenClasses.length } });
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
