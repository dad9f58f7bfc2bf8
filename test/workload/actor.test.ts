import { afterEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { Actor, type ActorOptions, headerOf, isOwnEnd, standingOf, untilAll } from '../../src/workload/actor.ts';
import { FaultsInForce } from '../../src/workload/faults-in-force.ts';
import type { CloseReason } from '../../src/workload/mqtt/client.ts';
import { encodePayload } from '../../src/workload/payload.ts';
import { lastingMs } from '../../src/workload/presence.ts';
import { Wire } from '../../src/workload/wire.ts';
import { aPublish, type Script, type ScriptedBroker, startScriptedBroker, until } from '../support/scripted-broker.ts';

const me = 'actor';
const { nowMs } = systemClock;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function aBroker(script: Script = {}, node = 'node1', version: 4 | 5 = 4): Promise<ScriptedBroker> {
  const broker = await startScriptedBroker(script, node, version);
  closing.push(() => broker.close());
  return broker;
}

/** An actor with one filter, and what it told. */
function anActor(at: ActorOptions['at'], options: Partial<ActorOptions> = {}) {
  const wire = new Wire(new FaultsInForce());
  const told: string[] = [];
  const actor = new Actor(
    { nowMs, wire },
    {
      ...{ clientId: me, at, session: 'persistent', filters: [{ topic: 't/+', qos: 1 }] },
      ...options,
      on: {
        served: (grants, fresh) => told.push(`served ${grants} ${fresh ? 'anew' : 'as before'}`),
        filterRefused: (codes) => told.push(`refused ${codes}`),
        closed: ({ reason }) => told.push(reason),
        ...options.on,
      },
    },
  );
  closing.push(() => actor.client.end());
  return { actor, told, wire };
}

describe('an actor is served', () => {
  test('when what it subscribes to was granted, at what was granted', async () => {
    const broker = await aBroker({ lacks: ['qos2'] });
    const { actor, told } = anActor(broker.endpoint, {
      filters: [
        { topic: 't/1', qos: 2 },
        { topic: 't/2', qos: 0 },
      ],
    });
    expect([actor.isServed, actor.grants, actor.connections]).toEqual([false, undefined, 0]);
    actor.connect();
    await until('it is served', () => actor.isServed);
    expect([actor.grants, actor.connections, actor.presence.stage]).toEqual([[1, 0], 1, 'serving']);
    expect(told).toEqual(['served 1,0 anew']);
  });

  test('as soon as it is let in, when it subscribes to nothing', async () => {
    const broker = await aBroker();
    const { actor, told } = anActor(broker.endpoint, { filters: [] });
    actor.connect();
    await until('it is served', () => actor.isServed);
    expect(told).toEqual(['served  as before']);
    expect(broker.from(me, 'subscribe')).toEqual([]);
  });

  test('again without a SUBSCRIBE, when the broker has its session', async () => {
    const broker = await aBroker();
    const { actor, told } = anActor(broker.endpoint);
    actor.connect();
    await until('it is served', () => actor.isServed);
    const sinceMs = actor.servedSinceMs;
    (await broker.peer(me, 1)).drop();
    await until('it is served again', () => actor.connections === 2 && actor.isServed);
    expect(told).toEqual(['served 1 anew', 'closed by the broker', 'served 1 as before']);
    expect(broker.from(me, 'subscribe')).toHaveLength(1);
    expect(actor.servedSinceMs).toBeGreaterThan(sinceMs ?? Number.POSITIVE_INFINITY);
  });

  test('after another SUBSCRIBE, when the broker has lost its session', async () => {
    const broker = await aBroker({ connack: () => ({ sessionPresent: false }) });
    const { actor, told } = anActor(broker.endpoint);
    actor.connect();
    await until('it is served', () => actor.isServed);
    (await broker.peer(me, 1)).drop();
    await until('it is served again', () => actor.connections === 2 && actor.isServed);
    expect(told).toEqual(['served 1 anew', 'closed by the broker', 'served 1 anew']);
  });

  test('after a SUBSCRIBE of its own, when a broker claims to have a session that it never made', async () => {
    const broker = await aBroker({ connack: () => ({ sessionPresent: true }) });
    const { actor, told } = anActor(broker.endpoint);
    actor.connect();
    await until('it is served', () => actor.isServed);
    expect(told).toEqual(['served 1 anew']);
  });

  test('later, when a filter was refused at first: it asks again', async () => {
    let asked = 0;
    const broker = await aBroker({
      subscribe: ({ messageId = 0 }, peer) => ++asked === 1 && peer.send({ cmd: 'suback', granted: [0x80], messageId }),
    });
    const { actor, told } = anActor(broker.endpoint);
    actor.connect();
    await until('it was refused', () => told.length > 0);
    expect([actor.isServed, actor.presence.stage]).toEqual([false, 'connected']);
    await until('it is served', () => actor.isServed);
    expect(told).toEqual(['refused 128', 'served 1 anew']);
  });

  test('on the next connection, when the first one ended before SUBACK', async () => {
    const broker = await aBroker({ subscribe: (_, peer) => peer.nth === 1 && peer.drop() });
    const { actor, told } = anActor(broker.endpoint);
    actor.connect();
    await until('it is served', () => actor.isServed);
    expect(told).toEqual(['closed by the broker', 'served 1 anew']);
  });
});

describe('the end of a connection is written down', () => {
  test('with its node and how long it lasted, when the broker closed it', async () => {
    const broker = await aBroker();
    const { actor, wire } = anActor(broker.endpoint);
    actor.connect();
    await until('it is served', () => actor.isServed);
    (await broker.peer(me, 1)).drop();
    await until('it is back', () => actor.connections === 2);
    const { ends, endCount } = wire.facts();
    expect(endCount).toBe(1);
    expect(ends[0]).toMatchObject({ clientId: me, node: 'node1', how: 'closed by the broker', reasonCode: null });
    expect(ends[0]?.connectedForMs).toBeGreaterThanOrEqual(0);
  });

  test('with the reason code, when the broker sent DISCONNECT (MQTT 5)', async () => {
    const broker = await aBroker({}, 'node1', 5);
    const { actor, wire } = anActor(broker.endpoint);
    actor.connect();
    await until('it is served', () => actor.isServed);
    (await broker.peer(me, 1)).send({ cmd: 'disconnect', reasonCode: 0x97 });
    await until('it is back', () => actor.connections === 2);
    expect(wire.facts().ends).toMatchObject([{ how: 'DISCONNECT', reasonCode: 0x97 }]);
  });

  test.each<[string, (actor: Actor) => unknown]>([
    ['it disconnects', (actor) => actor.client.leave()],
    ['it drops its connection', (actor) => actor.client.drop({ comeBack: false })],
    ['it ends', (actor) => actor.client.end()],
  ])('but not when %s', async (_, act) => {
    const broker = await aBroker();
    const { actor, told, wire } = anActor(broker.endpoint);
    actor.connect();
    await until('it is served', () => actor.isServed);
    await act(actor);
    await until('its connection is closed', () => told.length === 2);
    expect(wire.facts().endCount).toBe(0);
  });

  test('but not when it gives cause, such as a takeover', async () => {
    const broker = await aBroker();
    const { actor, wire } = anActor(broker.endpoint, { isThrownOut: true });
    actor.connect();
    await until('it is served', () => actor.isServed);
    (await broker.peer(me, 1)).drop();
    await until('it is back', () => actor.connections === 2);
    expect(wire.facts().endCount).toBe(0);
  });

  test('but not when it was never let in', async () => {
    const broker = await aBroker({ connack: ({ nth }) => (nth === 1 ? { returnCode: 3 } : undefined) });
    const { actor, told, wire } = anActor(broker.endpoint);
    actor.connect();
    await until('it is served', () => actor.isServed);
    expect(told[0]).toBe('refused');
    expect(wire.facts().endCount).toBe(0);
  });
});

test('a breach is written down with the node where the actor is then', async () => {
  const [first, second] = [await aBroker(), await aBroker({}, 'node2')];
  const { actor, wire } = anActor([first.endpoint, second.endpoint]);
  actor.connect();
  await until('it is served', () => actor.isServed);
  actor.client.moveTo(1);
  (await first.peer(me)).drop();
  await until('it is served at the other node', () => actor.connections === 2 && actor.isServed);
  (await second.peer(me)).send({ ...aPublish('t/1', Buffer.from('x')), dup: true });
  await until('it was noted', () => wire.facts().breaches.length > 0);
  expect(wire.facts().breaches).toMatchObject([
    { clientId: me, node: 'node2', version: 4, clause: { v311: 'MQTT-3.3.1-2' } },
  ]);
});

describe('at the end', () => {
  test('a persistent session is taken off the broker', async () => {
    const broker = await aBroker();
    const { actor } = anActor(broker.endpoint);
    actor.connect();
    await until('it is served', () => actor.isServed);
    await actor.end();
    expect(broker.from(me, 'connect').map(({ packet }) => packet.clean)).toEqual([false, true]);
    expect(actor.isServed).toBe(false);
  });

  test('a clean one is gone with its connection', async () => {
    const broker = await aBroker();
    const { actor } = anActor(broker.endpoint, { session: 'clean' });
    actor.connect();
    await until('it is served', () => actor.isServed);
    await actor.end();
    expect(broker.from(me, 'connect')).toHaveLength(1);
  });
});

test.each<[CloseReason, boolean]>([
  ['left', true],
  ['dropped', true],
  ['superseded', true],
  ['ended', true],
  ['closed by the broker', false],
  ['DISCONNECT', false],
  ['keep alive', false],
  ['refused', false],
  ['no CONNACK', false],
  ['could not connect', false],
  ['unreadable', false],
])('an end by "%s" is the own one of a client: %s', (reason, isOwn) => {
  expect(isOwnEnd(reason)).toBe(isOwn);
});

describe('what is waited for', () => {
  test('is every actor that wants to be connected and is not lastingly served', async () => {
    const broker = await aBroker();
    const { actor } = anActor(broker.endpoint);
    expect(standingOf([actor], nowMs(), {})).toEqual({
      ...{ outstanding: 0, unsettled: 0, lastMovedMs: 0, absentSinceMs: [], arriving: 0 },
    });
    actor.connect();
    await until('it is served', () => actor.isServed);
    const servedMs = actor.servedSinceMs ?? 0;
    expect(standingOf([actor], servedMs, { outstanding: 3 })).toMatchObject({ outstanding: 3, arriving: 1 });
    expect(standingOf([actor], servedMs, {}).absentSinceMs).toHaveLength(1);
    expect(standingOf([actor], servedMs + lastingMs, {})).toMatchObject({ absentSinceMs: [], arriving: 0 });
  });

  test('comes about, or what is missing is said', async () => {
    let asked = 0;
    const options = { withinMs: 1, nowMs: () => asked, missing: () => 'the third one is missing' };
    await untilAll(() => ++asked === 2, { ...options, withinMs: 100 });
    await expect(untilAll(() => ++asked < 0, options)).rejects.toThrow('the third one is missing');
  });
});

describe('the header of a message', () => {
  const header = { run: 7, flow: 1, kind: 'flow', sequence: 3, sentNs: 1_000 } as const;

  test('of this run is read', () => {
    expect(headerOf({ payload: encodePayload(header, 64) }, 7)).toMatchObject({ flow: 1, sequence: 3 });
  });

  test('of another run, or of anything else, is none', () => {
    expect(headerOf({ payload: encodePayload(header, 64) }, 8)).toBeUndefined();
    expect(headerOf({ payload: Buffer.from('a payload of somebody else') }, 7)).toBeUndefined();
  });
});
