import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { pollUntil, systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import type { PreparedFault } from '../../src/engines/injection.ts';
import { judgeCalls } from '../../src/engines/local/effects/calls.ts';
import type { FaultEnvironment } from '../../src/engines/local/environment.ts';
import { Ledger } from '../../src/engines/local/ledger.ts';
import type { CallsSeen } from '../../src/engines/local/links/http2/link-calls.ts';
import { type Links, openLinks } from '../../src/engines/local/links/links.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import type { Target } from '../../src/model/scenario.ts';
import { idle } from '../support/echo-network.ts';
import { patienceMs } from '../support/eventually.ts';
import { type InForce, injected, observed, planned } from '../support/faults.ts';
import {
  buildPeers,
  type GrpcClient,
  type GrpcServer,
  type Job,
  type Result,
  startGrpcClient,
  startGrpcServer,
} from '../support/grpc-peers.ts';
import { noHost } from '../support/hosts.ts';

const nodes = ['node1', 'node2'];
const echo = '/chaos.Test/Echo';
const cluster: Target = { type: 'links', which: 'cluster' };
let folder: string;
let links: Links;
let port: number;
let server: GrpcServer;
let client: GrpcClient;
let environment: FaultEnvironment;
const prepared: PreparedFault[] = [];
const sockets: Socket[] = [];

// node1 calls node2, which calls nobody.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chaos-test-'));
  links = await openLinks({ seed: 'rpc' });
  const command = (await buildPeers(folder, ['JavaScript'])).get('JavaScript') ?? [];
  server = await startGrpcServer(command);
  const upstream = { host: '127.0.0.1', port: server.port };
  ({ port } = await links.open({ id: 'node1>node2', upstream }));
  await links.open({ id: 'node2>node1', upstream });
  client = startGrpcClient(command, port);
  const none = (): never => {
    throw new Error('a fault of links has no business with processes');
  };
  environment = {
    shape: { nodes },
    nodes: {
      processes: none,
      kill: none,
      start: none,
      signal: none,
      ping: none,
      address: none,
      connect: none,
      folder: none,
      httpUrls: none,
      logFile: none,
    },
    host: noHost(none),
    links,
    network: {
      path: (from, to) => [
        { linkId: `${from}>${to}`, direction: 'forward' },
        { linkId: `${to}>${from}`, direction: 'backward' },
      ],
      client: none,
      entry: none,
      past: async () => 0,
      remedy: '',
    },
    ledger: Ledger.begin('rpc-test', folder),
    clock: systemClock,
    logger: silentLogger,
    broken() {},
  };
});
afterEach(async () => {
  for (const fault of prepared.splice(0)) await fault.release();
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(async () => {
  await client.stop();
  await server.stop();
  await links.close();
  rmSync(folder, { recursive: true });
});

async function inject(parameters: Record<string, unknown>, where = environment, on = cluster): Promise<InForce> {
  const ready = await observed(planned('rpc-fault', on, { parameters, nodes }), where);
  prepared.push(ready);
  // What the steady phase is for a real run.
  await work({ count: 50 });
  return injected(ready);
}

const work = (job: Partial<Job> = {}): Promise<Result> =>
  client.work({ method: 'Echo', count: 200, concurrency: 200, deadlineMs: 60_000, ...job });

/** A call that is dropped ends with its deadline; for any other it must not be in the way. */
const patienceOf = ({ action }: { readonly action: string }): number => (action === 'drop' ? 1_000 : 60_000);

const actions = [
  {
    parameters: { action: 'delay', delay: '500ms' },
    observed: /^200 of 200 calls of \/chaos\.Test\/Echo \(100%\) answered after 500 ms or more, \d+(\.\d+)?% before/,
    felt: { OK: 200 },
  },
  {
    parameters: { action: 'drop' },
    observed:
      /^200 of 200 calls of \/chaos\.Test\/Echo \(100%\) kept from the server and not answered; 0 of 200 reached/,
    felt: { DEADLINE_EXCEEDED: 200 },
  },
  {
    parameters: { action: 'status', status: 'RESOURCE_EXHAUSTED', message: 'full' },
    observed: /^200 of 200 calls .* kept from the server and answered RESOURCE_EXHAUSTED; .* 30 of 30 other calls$/,
    felt: { RESOURCE_EXHAUSTED: 200 },
  },
] as const;

describe.each(actions)('$parameters.action', ({ parameters, observed, felt }) => {
  test('in force, it is proven by what was seen behind the proxy, and gone after the heal', async () => {
    const active = await inject({ method: echo, ...parameters });
    expect((await work({ deadlineMs: patienceOf(parameters) })).statuses).toEqual(felt);
    expect((await work({ method: 'Other', count: 30 })).statuses).toEqual({ OK: 30 });
    // The last of those that are late must be so for certain.
    await systemClock.sleep(550);
    const proof = await active.prove();
    expect(proof).toMatchObject({ proven: true, observed: expect.stringMatching(observed) });
    expect(proof.figures).toMatchObject({ callsSeen: 200, callsStruckByInjector: 200, otherCallsPassed: 30 });
    await active.heal();
    await active.heal();
    const healed = await work();
    expect(healed.statuses).toEqual({ OK: 200 });
  });

  test('of a share, it is proven by that share', async () => {
    const active = await inject({ method: echo, ...parameters, share: '40%' });
    // Few at a time: on a busy machine four hundred at once are late by themselves, and the proof says so.
    await work({ count: 400, concurrency: 40, deadlineMs: patienceOf(parameters) });
    await systemClock.sleep(550);
    const { proven, observed, figures } = await active.prove();
    expect({ proven, observed }).toEqual({ proven: true, observed });
    expect(figures).toMatchObject({ askedShare: 0.4, callsSeen: 400 });
    await active.heal();
  });

  test('with an injector that does nothing, it is not proven', async () => {
    const active = await inject({ method: echo, ...parameters }, { ...environment, links: idle(links) });
    expect((await work()).statuses).toEqual({ OK: 200 });
    await systemClock.sleep(550);
    expect(await active.prove()).toMatchObject({ proven: false });
    await active.heal();
  });
});

describe('without a call that it could strike, it is not proven and says why:', () => {
  test('another method', async () => {
    const active = await inject({ method: '/chaos.Test/Absent', action: 'drop' });
    await work({ count: 7 });
    expect(await active.prove()).toMatchObject({
      proven: false,
      observed:
        'calls of /chaos.Test/Absent that were seen: 0, needed more than 0; no call of /chaos.Test/Absent was seen; seen were /chaos.Test/Echo (7)',
    });
  });

  test('no gRPC at all', async () => {
    const active = await inject({ method: '*', action: 'drop' });
    expect(await active.prove()).toMatchObject({
      proven: false,
      observed: 'calls of * that were seen: 0, needed more than 0; no gRPC call was seen between the nodes',
    });
  });

  test('a client that speaks TLS', async () => {
    const active = await inject({ method: '*', action: 'drop' });
    const socket = connect({ host: '127.0.0.1', port }).on('error', () => {});
    sockets.push(socket);
    // The head of a handshake record.
    socket.write(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01]));
    const proof = await pollUntil(
      async () => {
        const looked = await active.prove();
        return looked.observed.includes('encrypted') ? looked : undefined;
      },
      { withinMs: patienceMs, everyMs: 20 },
    );
    expect(proof).toMatchObject({
      proven: false,
      observed:
        'calls of * that were seen: 0, needed more than 0; the connections are encrypted, so that no gRPC call can be read',
    });
  });
});

test('only calls from the struck node to the other are touched', async () => {
  const parameters = { method: '*', action: 'drop' };
  const active = await inject(parameters, environment, { type: 'path', from: 'node2', to: 'node1' });
  expect((await work()).statuses).toEqual({ OK: 200 });
  expect(await active.prove()).toMatchObject({ proven: false });
});

test('connections from before are reset once, before the steady phase, and the record says so', async () => {
  // Whoever read this connection last has stopped, so that it was made unread.
  await links.reset('node1>node2');
  await work();
  await work();
  const active = await inject({ method: '*', action: 'drop' });
  expect(active.mechanism).toBe(
    'link proxy, reads HTTP/2; 1 connection reset before the steady phase to be read from the start',
  );
});

describe('the proof', () => {
  const seen = (asked: number, passed: number, unavailable: number, touched: number): CallsSeen => ({
    connections: { read: 1, unread: 0, encrypted: 0, other: 0 },
    brokenOff: 0,
    byMethod: {},
    matched: { asked, passed, answeredByNobody: { UNAVAILABLE: unavailable }, ripe: 0, late: 0 },
    others: { asked: 0, passed: 0 },
    touched,
  });
  const rule = { method: '*', share: 0.5, action: { type: 'status', status: 14, message: '' } } as const;
  const judged = (...links: CallsSeen[]): boolean => judgeCalls(rule, [], links).proven;

  test.each([
    ['what was asked for', true, [seen(100, 52, 48, 48)]],
    ['far too few', false, [seen(100, 80, 20, 20)]],
    ['far too many', false, [seen(100, 10, 90, 90)]],
    ['calls that were kept and never answered', false, [seen(100, 52, 40, 48)]],
    ['an injector that says otherwise', false, [seen(100, 52, 48, 70)]],
    ['one link with the fault and one without', false, [seen(100, 50, 50, 50), seen(40, 40, 0, 0)]],
    ['a link with too few calls to tell', true, [seen(100, 50, 50, 50), seen(3, 3, 0, 0)]],
    ['a connection that broke', false, [{ ...seen(100, 52, 48, 48), brokenOff: 1 }]],
  ])('of %s: %p', (_, proven, links) => {
    expect(judged(...links)).toBe(proven);
  });
});

test('a proof that failed begins with what failed and its bound', () => {
  const calls: CallsSeen = {
    connections: { read: 1, unread: 0, encrypted: 0, other: 0 },
    brokenOff: 0,
    byMethod: {},
    matched: { asked: 100, passed: 80, answeredByNobody: { UNAVAILABLE: 20 }, ripe: 0, late: 0 },
    others: { asked: 0, passed: 0 },
    touched: 20,
  };
  const rule = { method: '*', share: 0.5, action: { type: 'status', status: 14, message: '' } } as const;
  expect(judgeCalls(rule, [], [calls]).observed).toMatch(
    /^calls of \* that were struck: 20%, needed 50% give or take 20%; /,
  );
});

describe('its parameters', () => {
  const parse = (parameters: Record<string, unknown>) => faultKinds.get('rpc-fault')?.parameters.safeParse(parameters);

  test.each([
    [
      { method: '/a.B/C', action: 'status', status: 8 },
      { status: 8, share: 1 },
    ],
    [{ method: '/a.B/*', action: 'status', status: '8' }, { status: 8 }],
    [
      { method: '*', action: 'status', status: 'ABORTED', share: '5%' },
      { status: 10, share: 0.05 },
    ],
    [
      { method: '*', action: 'delay' },
      { delay: 200, status: 14, share: 1 },
    ],
  ])('%j', (given, expected) => {
    expect(parse(given)).toMatchObject({ success: true, data: expected });
  });

  test.each([
    [{ action: 'drop' }, /is missing/],
    [{ method: 'proto.Cluster/ForwardPublish', action: 'drop' }, /no gRPC method/],
    [{ method: '/a.B', action: 'drop' }, /no gRPC method/],
    [{ method: '*', action: 'lose' }, /not one of delay, drop, status/],
    [{ method: '*', action: 'status', status: 'OK' }, /no gRPC status of an error/],
    [{ method: '*', action: 'status', status: 17 }, /no gRPC status of an error/],
  ])('%j is refused', (given, why) => {
    const result = parse(given);
    expect(result?.success).toBe(false);
    expect(result?.error?.issues[0]?.message).toMatch(why);
  });
});
