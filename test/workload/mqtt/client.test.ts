import { afterEach, describe, expect, test } from '@jest/globals';
import { nextWhenRefused } from '../../../src/workload/flows/stream/next-node.ts';
import type { Endpoint } from '../../../src/workload/mqtt/client.ts';
import type { Outcome, OutgoingMessage, Write } from '../../../src/workload/mqtt/messages.ts';
import { type Script, startScriptedBroker, until } from '../../support/scripted-broker.ts';
import { published, subscribed, type Watched, watchedClient } from './support.ts';

const me = 'client-0';
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function scene(
  script: Script,
  options: Partial<Parameters<typeof watchedClient>[0]> & { version?: 4 | 5; connect?: boolean } = {},
) {
  const { version = 4, connect = true, ...rest } = options;
  const broker = await startScriptedBroker(script, 'node1', version);
  closing.push(() => broker.close());
  const watched: Watched = watchedClient({
    clientId: me,
    session: 'persistent',
    endpoints: [broker.endpoint],
    ...rest,
  });
  const { client } = watched;
  closing.push(() => client.end());
  if (connect) {
    client.connect();
    await client.whenConnected(10_000);
  }
  const outcomes: (Outcome | undefined)[] = [];
  const writes: Write[][] = [];
  return {
    ...watched,
    broker,
    outcomes,
    writes,
    /** Publishes this many messages, whose payloads are their numbers from 0. */
    publish(count: number, qos: 0 | 1 | 2, more: Partial<OutgoingMessage> = {}): void {
      for (let i = 0; i < count; i++) {
        const nth = outcomes.push(undefined) - 1;
        writes.push([]);
        client.publish({
          topic: 't',
          payload: Buffer.from(String(nth)),
          qos,
          ...more,
          onWritten: (write) => writes[nth]?.push(write),
          onOutcome: (outcome) => {
            outcomes[nth] = outcome;
          },
        });
      }
    },
    /** [connection, payload, DUP, packet identifier] of each PUBLISH that the broker got. */
    heard: () =>
      broker
        .from(me, 'publish')
        .map(({ nth, packet }) => [nth, Number(packet.payload.toString()), packet.dup, packet.messageId]),
    acknowledged: () => outcomes.filter((outcome) => outcome?.kind === 'acknowledged').length,
  };
}

const numberOf = (packet: { payload: Buffer | string }): number => Number(packet.payload.toString());

describe.each([4, 5] as const)('what is unacknowledged when the connection is lost, MQTT level %d', (version) => {
  test.each([1, 2] as const)(
    'QoS %d: all of it is sent again in the original order, with DUP and the same packet identifier',
    async (qos) => {
      const s = await scene({ publish: (_, { nth }) => nth === 1 }, { version });
      s.publish(100, qos);
      await until('all have arrived', () => s.heard().length === 100);
      (await s.broker.peer(me, 1)).drop();
      await until('all are acknowledged', () => s.acknowledged() === 100);
      const [first, second] = [s.heard().slice(0, 100), s.heard().slice(100)];
      expect(second).toEqual(first.map(([, payload, , id]) => [2, payload, true, id]));
      expect(s.life).toEqual(['new session', 'closed by the broker', 'resumed']);
      expect(s.writes[7]).toMatchObject([
        { again: false, connection: 1, sessionPresent: false },
        { again: true, connection: 2, sessionPresent: true },
      ]);
      expect(s.breaches).toEqual([]);
    },
  );

  test('goes out in one burst: the broker has all of it before it answers anything', async () => {
    let heard = 0;
    const answers: (() => void)[] = [];
    const s = await scene(
      {
        publish: ({ messageId = 0 }, peer) => {
          if (peer.nth === 1) return true;
          heard++;
          answers.push(() => peer.send({ cmd: 'puback', messageId, reasonCode: 0 }));
          // One round trip: not one is answered before the last of them is here.
          if (heard === 100) for (const answer of answers) answer();
          return true;
        },
      },
      { version },
    );
    s.publish(100, 1);
    await until('all have arrived', () => s.heard().length === 100);
    (await s.broker.peer(me, 1)).drop();
    await until('all are acknowledged', () => s.acknowledged() === 100);
  });

  test('a copy that is never acknowledged does not silence the client', async () => {
    const s = await scene({ publish: (packet) => numberOf(packet) === 0 }, { version });
    s.publish(2, 1);
    await until('both have arrived', () => s.heard().length === 2);
    (await s.broker.peer(me, 1)).drop();
    await until('the copy has arrived', () => s.heard().some(([nth, payload]) => nth === 2 && payload === 0));
    s.publish(500, 1);
    await until('all others are acknowledged', () => s.acknowledged() === 501);
    expect(s.outcomes[0]).toBeUndefined();
    expect(s.client.freeSlots).toBe(99);
  });

  test('a link that is cut while it is sent again loses nothing, and new messages go behind it', async () => {
    const s = await scene(
      {
        publish: (packet, peer) => {
          if (peer.nth === 1) return true;
          // The second and third connection break in the midst of the burst.
          if (peer.nth < 4 && numberOf(packet) === 20 * peer.nth) return peer.drop();
          return false;
        },
      },
      { version },
    );
    s.publish(100, 1);
    await until('all have arrived', () => s.heard().length === 100);
    (await s.broker.peer(me, 1)).drop();
    s.publish(100, 1);
    await until('all are acknowledged', () => s.acknowledged() === 200);
    const last = s.heard().filter(([nth]) => nth === 4);
    const copies = last.filter(([, payload]) => Number(payload) < 100);
    expect(copies.map(([, payload]) => payload)).toEqual(
      copies.map(([, payload]) => payload).toSorted((a, b) => Number(a) - Number(b)),
    );
    expect(copies.every(([, , dup]) => dup === true)).toBe(true);
    expect(last.slice(0, copies.length)).toEqual(copies);
    expect(new Set(s.heard().map(([, payload]) => payload)).size).toBe(200);
    expect(s.breaches).toEqual([]);
  });

  test('a QoS 2 exchange after PUBREC goes on with PUBREL alone', async () => {
    const s = await scene({ pubrel: (_, peer) => peer.nth === 1 && peer.drop() }, { version });
    s.publish(1, 2);
    await until('it is acknowledged', () => s.acknowledged() === 1);
    expect(s.heard()).toEqual([[1, 0, false, 1]]);
    expect(s.broker.from(me, 'pubrel').map(({ nth, packet }) => [nth, packet.messageId])).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });

  test('where the broker kept no session, PUBREL is forgotten and PUBLISH begins anew, without DUP', async () => {
    const s = await scene(
      {
        connack: () => ({ sessionPresent: false }),
        publish: (packet, peer) => peer.nth === 1 && numberOf(packet) === 1,
        pubrel: (_, peer) => peer.nth === 1 && peer.drop(),
      },
      { version },
    );
    s.publish(2, 2);
    await until('both have an outcome', () => s.outcomes.every((outcome) => outcome !== undefined));
    expect(s.outcomes).toEqual([{ kind: 'forgotten' }, { kind: 'acknowledged', reasonCode: 0 }]);
    expect(s.heard().at(-1)).toEqual([2, 1, false, 2]);
    expect(s.writes[1]).toMatchObject([{ again: false }, { again: true, sessionPresent: false }]);
  });

  test('a caller may want it abandoned instead', async () => {
    const s = await scene({ publish: () => true }, { version, session: 'clean', publishesAgain: false });
    s.publish(1, 1);
    await until('it has arrived', () => s.heard().length === 1);
    (await s.broker.peer(me, 1)).drop();
    await until('it has an outcome', () => s.outcomes[0] !== undefined);
    expect(s.outcomes).toEqual([{ kind: 'abandoned' }]);
  });

  test('after a CONNECT without an answer nobody knows whose session it is: PUBCOMP promises nothing', async () => {
    const s = await scene(
      {
        connack: ({ nth }) => (nth === 2 ? 'drop' : nth === 3 ? { sessionPresent: true } : undefined),
        pubrel: (_, peer) => peer.nth === 1 && peer.drop(),
      },
      { version },
    );
    s.publish(1, 2);
    await until('it has an outcome', () => s.outcomes[0] !== undefined);
    expect(s.outcomes).toEqual([{ kind: 'forgotten' }]);
  });
});

describe('publishing', () => {
  test('an outcome for each: acknowledged, refused (MQTT 5), abandoned', async () => {
    const s = await scene(
      {
        publish: (packet, peer) => {
          const { messageId = 0, qos } = packet;
          if (numberOf(packet) === 0) return peer.send({ cmd: 'puback', messageId, reasonCode: 0x10 });
          if (numberOf(packet) === 3) return true;
          return peer.send({ cmd: qos === 1 ? 'puback' : 'pubrec', messageId, reasonCode: 0x97 });
        },
      },
      { version: 5 },
    );
    s.publish(2, 1);
    s.publish(1, 2);
    s.publish(1, 1);
    await until('three have an outcome', () => s.outcomes.filter(Boolean).length === 3);
    await s.client.end();
    expect(s.outcomes).toEqual([
      { kind: 'acknowledged', reasonCode: 0x10 },
      { kind: 'refused', by: 'puback', reasonCode: 0x97 },
      { kind: 'refused', by: 'pubrec', reasonCode: 0x97 },
      { kind: 'abandoned' },
    ]);
    expect(s.broker.from(me, 'pubrel')).toEqual([]);
  });

  test('no more than the broker’s Receive Maximum is in flight, copies too', async () => {
    let open = 0;
    let most = 0;
    const s = await scene(
      {
        connack: ({ nth }) => ({ properties: { receiveMaximum: nth === 1 ? 10 : 3 } }),
        publish: ({ messageId = 0 }, peer) => {
          if (peer.nth === 1) return true;
          most = Math.max(most, ++open);
          setImmediate(() => {
            open--;
            peer.send({ cmd: 'puback', messageId, reasonCode: 0 });
          });
          return true;
        },
      },
      { version: 5 },
    );
    s.publish(20, 1);
    await until('a window of them has arrived', () => s.heard().length === 10);
    expect(s.client.freeSlots).toBe(0);
    (await s.broker.peer(me, 1)).drop();
    await until('all are acknowledged', () => s.acknowledged() === 20);
    expect(most).toBe(3);
    expect(
      s
        .heard()
        .slice(10)
        .map(([, payload]) => payload),
    ).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  test('what the broker said that it cannot take is not sent', async () => {
    const s = await scene(
      { connack: () => ({ properties: { maximumPacketSize: 40, maximumQoS: 1, retainAvailable: false } }) },
      { version: 5 },
    );
    s.publish(1, 1, { payload: Buffer.alloc(40) });
    s.publish(1, 2);
    s.publish(1, 0, { retain: true });
    s.publish(1, 1);
    await until('the last is acknowledged', () => s.acknowledged() === 1);
    expect(s.outcomes).toEqual([
      { kind: 'not sent', why: 'packet too large' },
      { kind: 'not sent', why: 'qos not available' },
      { kind: 'not sent', why: 'retain not available' },
      { kind: 'acknowledged', reasonCode: 0 },
    ]);
    expect(s.heard()).toHaveLength(1);
  });

  test('QoS 0 needs a connection', async () => {
    const s = await scene({}, { connect: false });
    s.publish(1, 0);
    expect(s.outcomes).toEqual([{ kind: 'not sent', why: 'not connected' }]);
  });
});

describe('receiving', () => {
  test.each([4, 5] as const)(
    'a QoS 2 message comes once, with PUBREL, though PUBLISH came twice; level %d',
    async (version) => {
      const arrived: boolean[] = [];
      const s = await scene(
        {},
        {
          version,
          on: {
            arrived: (_, again) => arrived.push(again),
            acknowledging: ({ cmd }) => (cmd === 'pubrec' && arrived.length === 1 ? 'withhold' : 'send'),
          },
        },
      );
      const packet = {
        cmd: 'publish',
        topic: 'a',
        payload: Buffer.from('1'),
        qos: 2,
        retain: false,
        messageId: 9,
      } as const;
      const first = await s.broker.peer(me, 1);
      first.send({ ...packet, dup: false });
      await until('it has arrived', () => arrived.length === 1);
      expect(s.deliveries).toEqual([]);
      first.drop();
      const second = await s.broker.peer(me, 2);
      second.send({ ...packet, dup: true });
      await until('it was delivered', () => s.deliveries.length === 1);
      await until('the exchange has ended', () => s.broker.from(me, 'pubcomp').length === 1);
      expect(arrived).toEqual([false, true]);
      expect(s.breaches).toEqual([]);
    },
  );

  test('a QoS 1 message is acknowledged after the handler has returned, and not when the handler ended the connection', async () => {
    const s: Awaited<ReturnType<typeof scene>> = await scene(
      {},
      { on: { message: () => s.client.drop({ comeBack: false }) } },
    );
    (await s.broker.peer(me)).send({
      cmd: 'publish',
      topic: 'a',
      payload: 'x',
      qos: 1,
      dup: false,
      retain: false,
      messageId: 4,
    });
    await until('it was delivered', () => s.deliveries.length === 1);
    expect(s.client.isOnline).toBe(false);
    expect(s.broker.from(me, 'puback')).toEqual([]);
  });

  test('acknowledgements can be withheld and released later', async () => {
    const s = await scene({}, { on: { acknowledging: () => 'withhold' } });
    const peer = await s.broker.peer(me);
    for (const messageId of [4, 5])
      peer.send({ cmd: 'publish', topic: 'a', payload: 'x', qos: 1, dup: false, retain: false, messageId });
    await until('both were delivered', () => s.deliveries.length === 2);
    expect(s.broker.from(me, 'puback')).toEqual([]);
    s.client.releaseAcknowledgements();
    await until('both are acknowledged', () => s.broker.from(me, 'puback').length === 2);
    expect(s.broker.from(me, 'puback').map(({ packet }) => packet.messageId)).toEqual([4, 5]);
  });
});

describe('subscribing', () => {
  test('one code per filter', async () => {
    const s = await scene({ lacks: ['qos2'] });
    expect(await subscribed(s.client, { topic: 'a', qos: 1 }, { topic: 'b', qos: 2 })).toEqual([1, 1]);
    expect(await published(s.client, { topic: 'a', qos: 1 })).toEqual({ kind: 'acknowledged', reasonCode: 0 });
    await until('it came', () => s.deliveries.length === 1);
  });

  test('no codes when the connection ends first, or is not there', async () => {
    const s = await scene({ subscribe: (_, peer) => peer.drop() });
    expect(await subscribed(s.client, { topic: 'a', qos: 1 })).toBeUndefined();
    await s.client.leave();
    expect(await subscribed(s.client, { topic: 'a', qos: 1 })).toBeUndefined();
  });

  test('a SUBACK with too few codes is a breach, and what has no code was not granted', async () => {
    const s = await scene({
      subscribe: ({ messageId = 0 }, peer) => peer.send({ cmd: 'suback', messageId, granted: [1] }),
    });
    expect(await subscribed(s.client, { topic: 'a', qos: 1 }, { topic: 'b', qos: 1 })).toEqual([1, 0x80]);
    expect(s.breaches).toMatchObject([
      { clause: { v311: 'MQTT-3.8.4-5', v5: 'MQTT-3.8.4-6' }, bytesHex: '9003000101' },
    ]);
  });
});

describe('connections', () => {
  test('a lost connection is made again at once, then 250 ms apart; a refusal is no end', async () => {
    const attempts: number[] = [];
    const s = await scene(
      { connack: ({ nth }) => (nth === 2 || nth === 3 ? { returnCode: 3 } : undefined) },
      { on: { connecting: ({ atMs }) => attempts.push(atMs) } },
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    (await s.broker.peer(me, 1)).drop();
    await s.broker.peer(me, 4);
    await s.client.whenConnected(10_000);
    expect(s.life).toEqual([
      'new session',
      'closed by the broker',
      'refused 3',
      'refused',
      'refused 3',
      'refused',
      'resumed',
    ]);
    const [, second = 0, third = 0, fourth = 0] = attempts;
    // What is noted is the CONNECT, which leaves a moment after its attempt has begun.
    expect(third - second).toBeGreaterThanOrEqual(200);
    expect(fourth - third).toBeGreaterThanOrEqual(200);
  });

  test('it moves to another endpoint with its session’s state', async () => {
    const other = await startScriptedBroker({ connack: () => ({ sessionPresent: true }) }, 'node2');
    closing.push(() => other.close());
    const first = await startScriptedBroker({ publish: () => true });
    closing.push(() => first.close());
    const { client, life } = watchedClient({
      clientId: me,
      session: 'persistent',
      endpoints: [first.endpoint, other.endpoint],
      nextEndpoint: (current) => 1 - current,
    });
    closing.push(() => client.end());
    client.connect();
    await client.whenConnected(10_000);
    const outcome = published(client, { topic: 't', qos: 1 });
    await until('it has arrived', () => first.from(me, 'publish').length === 1);
    (await first.peer(me)).drop();
    expect(await outcome).toMatchObject({ kind: 'acknowledged' });
    expect(other.from(me, 'publish')[0]?.packet.dup).toBe(true);
    expect(life).toEqual(['new session', 'closed by the broker', 'resumed']);
    client.moveTo(0);
    client.drop();
    await first.peer(me, 2);
  });

  test('which endpoint comes next may depend on whether the last one had let it in', async () => {
    const other = await startScriptedBroker({}, 'node2');
    closing.push(() => other.close());
    const first = await startScriptedBroker({});
    closing.push(() => first.close());
    const { client } = watchedClient({
      clientId: me,
      session: 'persistent',
      endpoints: [first.endpoint, other.endpoint],
      nextEndpoint: nextWhenRefused(2),
    });
    closing.push(() => client.end());
    client.connect();
    // A lost connection is made again at the same node.
    (await first.peer(me)).drop();
    await first.peer(me, 2);
    // A node that refuses is left.
    await first.shut();
    await other.peer(me);
    await first.open();
    await other.shut();
    await first.peer(me, 3);
  });

  test('connect takes over from a connection that stays open until the broker closes it', async () => {
    const closed: number[] = [];
    const s = await scene({}, { on: { olderClosed: (attempt) => closed.push(attempt) } });
    s.client.connect();
    const second = await s.broker.peer(me, 2);
    await s.client.whenConnected(10_000);
    expect(s.life).toEqual(['new session', 'superseded', 'resumed']);
    expect(s.client.openConnections).toBe(1);
    (await s.broker.peer(me, 1)).drop();
    await until('the older one is closed', () => closed.length === 1);
    expect(closed).toEqual([1]);
    expect(second.nth).toBe(2);
    expect(s.client.isOnline).toBe(true);
  });

  test('silence keeps the socket open, and it can come back on it', async () => {
    const s = await scene({});
    s.client.goSilent();
    expect(s.client.isOnline).toBe(false);
    s.publish(1, 1);
    (await s.broker.peer(me)).send({ cmd: 'publish', topic: 'a', payload: 'x', qos: 0, dup: false, retain: false });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([s.heard(), s.deliveries, s.life]).toEqual([[], [], ['new session']]);
    s.client.comeBack();
    await until('it is acknowledged', () => s.acknowledged() === 1);
    await until('it was delivered', () => s.deliveries.length === 1);
  });

  test.each([4, 5] as const)('it leaves with DISCONNECT and returns with its session; level %d', async (version) => {
    const s = await scene({}, { version });
    await s.client.leave({ reasonCode: 4 });
    expect(s.broker.from(me, 'disconnect').map(({ packet }) => packet.reasonCode)).toEqual([
      version === 5 ? 4 : undefined,
    ]);
    expect(s.client.openConnections).toBe(0);
    s.client.connect();
    await s.client.whenConnected(10_000);
    expect(s.life).toEqual(['new session', 'left', 'resumed']);
  });

  test('a connect right after leave waits for the old connection to close', async () => {
    const s = await scene({});
    const left = s.client.leave();
    s.client.connect();
    await left;
    await s.client.whenConnected(10_000);
    expect(s.broker.heard.map(({ nth, packet }) => [nth, packet.cmd])).toEqual([
      [1, 'connect'],
      [1, 'disconnect'],
      [2, 'connect'],
    ]);
  });

  test('each attempt has its own will, and a caller can begin a new session', async () => {
    const s = await scene(
      {},
      { version: 5, will: (attempt) => ({ topic: `will/${attempt}`, payload: Buffer.from('w') }) },
    );
    s.client.drop({ comeBack: false });
    s.client.connect({ cleanStart: true });
    await s.client.whenConnected(10_000);
    s.client.drop();
    await s.broker.peer(me, 3);
    await s.client.whenConnected(10_000);
    expect(
      s.broker
        .from(me, 'connect')
        .map(({ packet }) => [packet.will?.topic, packet.clean, packet.properties?.sessionExpiryInterval]),
    ).toEqual([
      ['will/1', false, 3_600],
      ['will/2', true, 3_600],
      ['will/3', false, 3_600],
    ]);
  });

  test.each([4, 5] as const)(
    'endSession takes the session off the broker, and publishes nothing again; level %d',
    async (version) => {
      const s = await scene({ publish: () => true }, { version });
      s.publish(1, 1);
      await until('it has arrived', () => s.heard().length === 1);
      await s.client.endSession();
      expect(s.outcomes).toEqual([{ kind: 'abandoned' }]);
      expect(s.heard()).toHaveLength(1);
      expect(s.broker.from(me, 'connect').map(({ packet }) => packet.clean)).toEqual([false, true]);
      expect(s.broker.from(me, 'disconnect').map(({ packet }) => packet.properties?.sessionExpiryInterval)).toEqual([
        undefined,
        version === 5 ? 0 : undefined,
      ]);
      // It is no part of the client's life.
      expect(s.life).toEqual(['new session', 'left']);
    },
  );

  test('no CONNACK is an end within the deadline', async () => {
    const s = await scene({ connack: ({ nth }) => (nth === 1 ? 'silence' : undefined) }, { connect: false });
    s.client.connect();
    await s.client.whenConnected(20_000);
    expect(s.life).toEqual(['no CONNACK', 'new session']);
  });

  test('end always settles, and abort ends at once', async () => {
    const s = await scene({ connack: () => 'silence' }, { connect: false });
    s.client.connect();
    await s.client.end(100);
    expect(s.client.openConnections).toBe(0);

    const abort = new AbortController();
    const other = await scene({}, { signal: abort.signal });
    const waiting = published(other.client, { topic: 't', qos: 2 });
    abort.abort();
    expect(await waiting).toEqual({ kind: 'abandoned' });
    expect(other.life).toEqual(['new session', 'ended']);
    await expect(other.client.whenConnected(10)).rejects.toThrow('the client has ended');
  });

  test('endpoints of two versions are refused', () => {
    const endpoint: Endpoint = { node: 'a', host: 'localhost', port: 1, version: 4 };
    expect(() =>
      watchedClient({ clientId: me, session: 'clean', endpoints: [endpoint, { ...endpoint, version: 5 }] }),
    ).toThrow(RangeError);
  });
});
