import { afterEach, describe, expect, test } from '@jest/globals';
import type { IPublishPacket } from 'mqtt-packet';
import { FaultsInForce } from '../../../src/workload/faults-in-force.ts';
import type { FlowPlan } from '../../../src/workload/flows/stream/plan.ts';
import { Publisher, publishWindow } from '../../../src/workload/flows/stream/publisher.ts';
import { decodePayload } from '../../../src/workload/payload.ts';
import { Wire } from '../../../src/workload/wire.ts';
import { oneFlow } from '../../support/plans.ts';
import { type Script, type ScriptedBroker, startScriptedBroker, until } from '../../support/scripted-broker.ts';

const me = 'publisher-0';
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A publisher of one flow, connected to a scripted broker; its clock stands still unless it is moved. */
async function scene(
  script: Script,
  options: {
    flow?: Partial<FlowPlan>;
    persistent?: boolean;
    version?: 4 | 5;
    deadlineMs?: number;
    connect?: boolean;
  } = {},
) {
  const broker = await startScriptedBroker(script, 'node1', options.version ?? 4);
  closing.push(() => broker.close());
  const { recorder, flow } = oneFlow(options.flow);
  const clock = { nowMs: 0 };
  const publisher = new Publisher({
    flow,
    recorder,
    endpoints: [broker.endpoint],
    run: 77,
    wire: new Wire(new FaultsInForce()),
    payloadBytes: 40,
    deadlineMs: options.deadlineMs ?? 5_000,
    persistent: options.persistent ?? true,
    nowMs: () => clock.nowMs,
  });
  closing.push(() => publisher.end());
  publisher.start(0);
  publisher.connect();
  if (options.connect !== false) await until('the publisher is connected', () => publisher.ready);
  return {
    broker,
    publisher,
    recorder,
    flow,
    clock,
    /** This many messages fall due; the flow has 100 a second. */
    publish(count: number): void {
      clock.nowMs = (flow.offered + count - 1) * 10;
      publisher.tick();
    },
    settled: () => until('every operation is settled', () => publisher.unsettled === 0),
    outcomes: () => ({
      ok: flow.acknowledged.intervals(),
      info: flow.unknown.intervals(),
      fail: flow.notSent.intervals(),
    }),
    sessions: () => recorder.history(clock.nowMs).sessions[0]?.connections,
  };
}

const written = (broker: ScriptedBroker) =>
  broker.from(me, 'publish').map(({ nth, packet }) => [nth, sequenceOf(packet), packet.dup]);

function sequenceOf(packet: IPublishPacket): number {
  const decoded = decodePayload(packet.payload as Buffer);
  return decoded.ok ? decoded.header.sequence : Number.NaN;
}

describe('outcome ok', () => {
  test.each([1, 2] as const)('a QoS %d message that is acknowledged', async (qos) => {
    const s = await scene({}, { flow: { qos } });
    s.publish(3);
    await s.settled();
    expect(s.outcomes()).toEqual({ ok: [[1, 3]], info: [], fail: [] });
    expect(s.flow.resent.size).toBe(0);
    const sent = s.broker.from(me, 'publish').map(({ packet }) => [sequenceOf(packet), packet.messageId]);
    expect(s.flow.packetIds.of([1, 2, 3, 4])).toEqual(sent);
    const [first] = s.broker.from(me, 'publish');
    expect(first?.packet).toMatchObject({ topic: 't/0', qos, dup: false, retain: false });
    expect(decodePayload(first?.packet.payload as Buffer)).toEqual({
      ok: true,
      header: { run: 77, flow: 0, kind: 'flow', sequence: 1, sentNs: 0 },
    });
  });

  test('an MQTT 5 message that nobody subscribed to (0x10) was accepted all the same', async () => {
    const s = await scene(
      { publish: ({ messageId = 0 }, peer) => peer.send({ cmd: 'puback', messageId, reasonCode: 0x10 }) },
      { version: 5 },
    );
    s.publish(1);
    await s.settled();
    expect(s.outcomes()).toEqual({ ok: [[1, 1]], info: [], fail: [] });
  });

  test('at QoS 0 there is no outcome to wait for', async () => {
    const s = await scene({}, { flow: { qos: 0 }, persistent: false });
    s.publish(3);
    await until('all have arrived', () => written(s.broker).length === 3);
    expect(s.publisher.unsettled).toBe(0);
    expect(s.outcomes()).toEqual({ ok: [], info: [], fail: [] });
  });
});

describe('a connection that breaks before the acknowledgement', () => {
  const dropOnce = (sequence: number): Script => ({
    publish: (packet, peer) => {
      if (peer.nth > 1 || sequenceOf(packet) !== sequence) return false;
      peer.drop();
      return true;
    },
  });

  test('the message is written again with DUP, which the broker may take for the same one', async () => {
    const s = await scene(dropOnce(2));
    s.publish(3);
    await s.settled();
    expect(written(s.broker)).toEqual([
      [1, 1, false],
      [1, 2, false],
      ...(written(s.broker).some(([nth, sequence]) => nth === 1 && sequence === 3) ? [[1, 3, false]] : []),
      [2, 2, true],
      [2, 3, true],
    ]);
    expect(s.outcomes()).toEqual({ ok: [[1, 3]], info: [], fail: [] });
    expect(s.flow.resent.intervals()).toEqual([[2, 3]]);
    expect(s.flow.resentWithoutSession.size).toBe(0);
    expect(s.sessions()?.map(({ sessionPresent, sessionExpected }) => [sessionPresent, sessionExpected])).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  test.each([1, 2] as const)(
    'a QoS %d message written again to a broker that kept no session is a new publication',
    async (qos) => {
      const s = await scene({ ...dropOnce(1), connack: () => ({ sessionPresent: false }) }, { flow: { qos } });
      s.publish(1);
      await s.settled();
      expect(s.outcomes()).toEqual({ ok: [[1, 1]], info: [], fail: [] });
      expect([s.flow.resent.intervals(), s.flow.resentWithoutSession.intervals()]).toEqual([[[1, 1]], [[1, 1]]]);
    },
  );

  test('a publisher with a clean session can have no other', async () => {
    const s = await scene(dropOnce(1), { flow: { qos: 2 }, persistent: false });
    s.publish(1);
    await s.settled();
    expect(s.flow.resentWithoutSession.intervals()).toEqual([[1, 1]]);
    expect(s.recorder.history(0).sessions).toMatchObject([{ clientId: me, role: 'publisher', session: 'clean' }]);
    expect(s.sessions()).toMatchObject([{ sessionExpected: false }, { sessionExpected: false }]);
  });

  test.each([0, 1] as const)(
    'the history knows which QoS %d message was first written on which connection',
    async (qos) => {
      const s = await scene({}, { flow: { qos } });
      s.publish(3);
      await s.settled();
      (await s.broker.peer(me, 1)).drop();
      await until('the publisher is thrown out', () => !s.publisher.ready);
      await until('the publisher is back', () => s.publisher.ready);
      s.publish(2);
      await s.settled();
      expect(s.sessions()?.map(({ written }) => written)).toEqual([
        [1, 3],
        [4, 5],
      ]);
    },
  );

  test('reconnects are counted', async () => {
    const s = await scene(dropOnce(1));
    s.recorder.mark('hold', 0, 1_000);
    s.publish(1);
    await s.settled();
    expect(s.recorder.windows.all[0]?.reconnects).toBe(1);
  });
});

describe('a QoS 2 exchange interrupted at PUBREL', () => {
  const dropAtPubrel: Script['pubrel'] = (_, peer) => peer.nth === 1 && peer.drop();

  test('goes on where the session was kept: PUBREL alone, and the message is acknowledged', async () => {
    const s = await scene({ pubrel: dropAtPubrel }, { flow: { qos: 2 } });
    s.publish(1);
    await s.settled();
    expect(written(s.broker)).toEqual([[1, 1, false]]);
    expect(s.broker.from(me, 'pubrel').map(({ nth }) => nth)).toEqual([1, 2]);
    expect(s.outcomes()).toEqual({ ok: [[1, 1]], info: [], fail: [] });
    expect(s.flow.resent.size).toBe(0);
  });

  test('says nothing where the broker had forgotten it: its PUBCOMP is no acknowledgement', async () => {
    const s = await scene({ pubrel: dropAtPubrel, connack: () => ({ sessionPresent: false }) }, { flow: { qos: 2 } });
    s.publish(1);
    await s.settled();
    expect(s.outcomes()).toEqual({ ok: [], info: [[1, 1]], fail: [] });
    s.publish(1);
    await s.settled();
    expect(s.outcomes()).toEqual({ ok: [[2, 2]], info: [[1, 1]], fail: [] });
  });

  test('stays unknown though a later connection has a session again', async () => {
    const s = await scene(
      {
        pubrel: (_, peer) => peer.nth < 3 && peer.drop(),
        connack: ({ nth }) => ({ sessionPresent: nth === 3 }),
      },
      { flow: { qos: 2 } },
    );
    s.publish(1);
    await s.settled();
    expect(s.outcomes()).toEqual({ ok: [], info: [[1, 1]], fail: [] });
  });

  test('an MQTT 5 broker that does not know the packet id any more (0x92) may have delivered the message', async () => {
    const s = await scene(
      { pubrel: ({ messageId = 0 }, peer) => peer.send({ cmd: 'pubcomp', messageId, reasonCode: 0x92 }) },
      { flow: { qos: 2 }, version: 5 },
    );
    s.publish(1);
    await s.settled();
    expect(s.outcomes()).toEqual({ ok: [], info: [[1, 1]], fail: [] });
  });
});

describe('outcome info', () => {
  test('a message that was written and is not acknowledged when the books are closed', async () => {
    const s = await scene({ publish: (packet) => sequenceOf(packet) > 1 });
    s.publish(3);
    await until('the first is acknowledged', () => s.flow.acknowledged.size === 1);
    await until('all have arrived', () => written(s.broker).length === 3);
    s.publisher.settle(8_000);
    expect(s.outcomes()).toEqual({ ok: [[1, 1]], info: [[2, 3]], fail: [] });
    expect(s.publisher.unsettled).toBe(0);
  });

  test('an acknowledgement that comes after the books were closed changes nothing', async () => {
    const s = await scene({ publish: () => true });
    s.publish(1);
    await until('it has arrived', () => written(s.broker).length === 1);
    s.publisher.settle(8_000);
    const messageId = s.broker.from(me, 'publish')[0]?.packet.messageId ?? 0;
    (await s.broker.peer(me)).send({ cmd: 'puback', messageId });
    await until('the client has seen it', () => s.publisher.client.unsettled === 0);
    expect(s.outcomes()).toEqual({ ok: [], info: [[1, 1]], fail: [] });
  });
});

describe('outcome fail', () => {
  test('a message that could not be written before its deadline', async () => {
    const s = await scene({}, { deadlineMs: 1_000 });
    await s.broker.shut();
    await until('the client knows', () => !s.publisher.ready);
    s.publish(3);
    s.clock.nowMs = 1_015;
    s.publisher.stop();
    s.publisher.tick();
    expect(s.outcomes()).toEqual({ ok: [], info: [], fail: [[1, 2]] });
    await s.broker.open();
    await until('the client is back', () => s.publisher.ready);
    s.publisher.tick();
    await s.settled();
    expect(s.outcomes()).toEqual({ ok: [[3, 3]], info: [], fail: [[1, 2]] });
    expect(written(s.broker).map(([, sequence]) => sequence)).toEqual([3]);
  });

  test('a QoS 0 message too', async () => {
    const s = await scene({}, { flow: { qos: 0 }, deadlineMs: 1_000, persistent: false });
    await s.broker.shut();
    await until('the client knows', () => !s.publisher.ready);
    s.publish(2);
    s.publisher.settle(8_000);
    expect(s.outcomes()).toEqual({ ok: [], info: [], fail: [[1, 2]] });
  });

  test.each([
    [1, 'puback'],
    [2, 'pubrec'],
  ] as const)('a QoS %d message that an MQTT 5 broker refuses', async (qos, cmd) => {
    const s = await scene(
      {
        publish: (packet, peer) => {
          if (sequenceOf(packet) !== 2) return false;
          peer.send({ cmd, messageId: packet.messageId ?? 0, reasonCode: 0x97 });
          return true;
        },
      },
      { flow: { qos }, version: 5 },
    );
    s.publish(3);
    await s.settled();
    expect(s.outcomes()).toEqual({
      ok: [
        [1, 1],
        [3, 3],
      ],
      info: [],
      fail: [[2, 2]],
    });
  });

  test('but a refusal of the second copy says nothing about the first', async () => {
    const s = await scene(
      {
        publish: (packet, peer) => {
          if (peer.nth === 1) peer.drop();
          else peer.send({ cmd: 'puback', messageId: packet.messageId ?? 0, reasonCode: 0x97 });
          return true;
        },
      },
      { version: 5 },
    );
    s.publish(1);
    await s.settled();
    expect(s.outcomes()).toEqual({ ok: [], info: [[1, 1]], fail: [] });
  });
});

describe('open loop', () => {
  test('messages fall due whatever the broker does, and no more than a window of them is written', async () => {
    const s = await scene({ publish: () => true });
    s.publish(publishWindow + 50);
    await until('a window of them has arrived', () => written(s.broker).length === publishWindow);
    expect(s.flow.offered).toBe(publishWindow + 50);
    expect(s.publisher.unsettled).toBe(publishWindow + 50);
    s.publisher.settle(8_000);
    expect(s.outcomes()).toEqual({ ok: [], info: [[1, 100]], fail: [[101, 150]] });
  });

  test('an MQTT 5 broker’s Receive Maximum makes the window smaller', async () => {
    const s = await scene(
      { publish: () => true, connack: () => ({ properties: { receiveMaximum: 7 } }) },
      { version: 5 },
    );
    s.publish(20);
    await until('a window of them has arrived', () => written(s.broker).length === 7);
    s.publisher.settle(8_000);
    expect(s.outcomes()).toEqual({ ok: [], info: [[1, 7]], fail: [[8, 20]] });
  });

  test('after it was told to stop nothing falls due', async () => {
    const s = await scene({});
    s.publish(2);
    s.publisher.stop();
    s.clock.nowMs = 10_000;
    s.publisher.tick();
    expect(s.flow.offered).toBe(2);
  });

  test('the time stamp is that at which the message was due, however late it is written', async () => {
    const s = await scene({});
    s.clock.nowMs = 1_000;
    s.publisher.tick();
    await until('some have arrived', () => written(s.broker).length >= 2);
    const decoded = decodePayload(s.broker.from(me, 'publish')[1]?.packet.payload as Buffer);
    expect(decoded).toMatchObject({ header: { sequence: 2, sentNs: 10e6 } });
  });
});

describe('connections', () => {
  test('a client that is refused goes on trying, and the refusal is no lost session', async () => {
    const s = await scene({ connack: ({ nth }) => (nth === 2 || nth === 3 ? { returnCode: 3 } : undefined) });
    (await s.broker.peer(me, 1)).drop();
    await s.broker.peer(me, 4);
    await until('the client is back', () => s.publisher.ready);
    expect(s.sessions()?.map(({ sessionPresent, sessionExpected }) => [sessionPresent, sessionExpected])).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  test('after a first CONNECT without an answer nobody can tell whether there is a session', async () => {
    const s = await scene({ connack: ({ nth }) => (nth === 1 ? 'drop' : { sessionPresent: true }) });
    expect(s.sessions()).toMatchObject([{ sessionPresent: true, sessionExpected: null }]);
  });

  test('the end takes the session off the broker', async () => {
    const s = await scene({});
    await s.publisher.end();
    expect(s.broker.from(me, 'connect').map(({ packet }) => packet.clean)).toEqual([false, true]);
    expect(s.broker.from(me, 'disconnect').map(({ nth }) => nth)).toEqual([1, 2]);
  });

  test('warm-up messages are no part of the accounting', async () => {
    const s = await scene({});
    s.publisher.warmUp(1);
    await until('it has arrived', () => written(s.broker).length === 1);
    expect(s.flow.offered).toBe(0);
    expect(decodePayload(s.broker.from(me, 'publish')[0]?.packet.payload as Buffer)).toMatchObject({
      header: { kind: 'warm-up' },
    });
  });
});
