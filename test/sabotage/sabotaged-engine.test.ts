import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { distPath } from '../../src/base/entries.ts';
import type { Engine } from '../../src/engines/engine.ts';
import { encode } from '../../src/sabotage/packets.ts';
import { SabotagedEngine } from '../../src/sabotage/sabotaged-engine.ts';
import type { Endpoint } from '../../src/workload/client.ts';
import { eventually } from '../support/eventually.ts';
import { connectPacket } from '../support/middle.ts';

/** Answers each client with a PINGRESP as soon as it has said something. */
let server: Server;
let sabotaged: SabotagedEngine;
let stopped: (number | undefined)[];
const threads: Worker[] = [];

const never = new AbortController().signal;

beforeEach(async () => {
  server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.write(encode({ cmd: 'pingresp' }, 4)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stopped = [];
  sabotaged = new SabotagedEngine(engine((server.address() as AddressInfo).port), {
    sabotage: 'ignore-ping',
    seed: 'x',
    startThread(workerData) {
      const thread = new Worker(distPath('relay-worker.js'), { workerData });
      threads.push(thread);
      return thread;
    },
  });
});

afterEach(async () => {
  await sabotaged.stop();
  server.close();
});

/** A cluster of two names for the same server. */
function engine(port: number): Engine {
  const unused = (): never => {
    throw new Error('nobody asks for it');
  };
  return {
    shape: { nodes: ['node1', 'node2'] },
    broken: new AbortController().signal,
    endpoints: ['node1', 'node2'].map((node) => ({ node, host: '127.0.0.1', port, version: 4, username: 'u' })),
    metricsUrls: [{ node: 'node1', url: 'http://localhost/metrics' }],
    async build() {},
    async boot() {},
    unfit: () => 'why',
    stop: async (withinMs) => void stopped.push(withinMs),
    offers: unused,
    observe: unused,
    usage: () => [],
    linksLag: async () => ({ p50Ms: 0, p99Ms: 1e6, maxMs: 1e6 }),
    takeCrashes: () => [],
    logsAround: (...asked) => [JSON.stringify(asked)],
    logsDuring: () => [],
    cutLogs: () => [],
    logsBetween: (from, to) => to - from,
  };
}

/** How many bytes come back from an endpoint until it says no more. */
async function answered({ host, port }: Endpoint, clientId: string): Promise<number> {
  const socket = connect({ host, port });
  socket.end(encode(connectPacket(clientId, 4), 4));
  let bytes = 0;
  for await (const chunk of socket) bytes += chunk.length;
  return bytes;
}

describe('an engine with a man in the middle', () => {
  test('gives clients other endpoints of the same nodes, which lead through the sabotage', async () => {
    expect(sabotaged.endpoints).toEqual([]);
    await sabotaged.boot(never);
    const { endpoints } = sabotaged;
    expect(endpoints).toMatchObject([
      { node: 'node1', host: '127.0.0.1', version: 4, username: 'u' },
      { node: 'node2', host: '127.0.0.1', version: 4, username: 'u' },
    ]);
    const ports = endpoints.map(({ port }) => port);
    expect(new Set([...ports, (server.address() as AddressInfo).port]).size).toBe(3);
    for (const endpoint of endpoints) expect(await answered(endpoint, 'c')).toBe(0);
    expect(sabotaged.changes).toBe(2);
    // A probe of the tool sees the broker as it is.
    for (const endpoint of endpoints) expect(await answered(endpoint, 'chaos-feature-1-qos2')).toBe(2);
    expect(sabotaged.changes).toBe(2);
  });

  test('goes on counting when a cluster is booted anew', async () => {
    for (const boot of [1, 2]) {
      await sabotaged.boot(never);
      for (const endpoint of sabotaged.endpoints) await answered(endpoint, 'c');
      expect(sabotaged.changes).toBe(2 * boot);
    }
  });

  test('stops the cluster first, then its own listeners', async () => {
    await sabotaged.boot(never);
    const [endpoint] = sabotaged.endpoints;
    await sabotaged.stop(7);
    await sabotaged.stop();
    expect(stopped).toEqual([7, undefined]);
    expect(sabotaged.endpoints).toEqual([]);
    await expect(answered(endpoint as Endpoint, 'c')).rejects.toThrow('ECONNREFUSED');
    expect(sabotaged.broken.aborted).toBe(false);
  });

  test('asks the engine for all the rest', async () => {
    await sabotaged.boot(never);
    expect(sabotaged.shape.nodes).toEqual(['node1', 'node2']);
    expect(sabotaged.metricsUrls.length).toBe(1);
    expect(sabotaged.unfit([])).toBe('why');
    expect(sabotaged.logsBetween(3, 10)).toBe(7);
    expect(sabotaged.logsAround(5, { lines: 1, naming: ['a'] })).toEqual(['[5,{"lines":1,"naming":["a"]}]']);
    // The later of the links' event loop and the relay's own.
    expect((await sabotaged.linksLag())?.p99Ms).toBe(1e6);
  });

  test('is broken when its thread ends though nobody has closed it', async () => {
    await sabotaged.boot(never);
    await threads.at(-1)?.terminate();
    await eventually('it is broken', () => sabotaged.broken.aborted);
    expect(String(sabotaged.broken.reason)).toContain('the relay thread ended');
  });
});
