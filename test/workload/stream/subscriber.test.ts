import { afterEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../../src/base/clock.ts';
import { account } from '../../../src/checks/accounting.ts';
import { noAcknowledgedLoss } from '../../../src/checks/no-acknowledged-loss.ts';
import { FaultsInForce } from '../../../src/workload/faults-in-force.ts';
import type { SubscriptionHistory } from '../../../src/workload/flows/stream/facts.ts';
import type { Qos } from '../../../src/workload/flows/stream/plan.ts';
import { Subscriber } from '../../../src/workload/flows/stream/subscriber.ts';
import { encodePayload, type Header } from '../../../src/workload/payload.ts';
import { Wire } from '../../../src/workload/wire.ts';
import { expectNothing } from '../../support/histories.ts';
import { oneFlow } from '../../support/plans.ts';
import { aPublish, type Script, startScriptedBroker, until } from '../../support/scripted-broker.ts';

const me = 'subscriber';
const run = 77;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

type Roam = { readonly onlineMs: number; readonly awayMs: number };

/** A subscriber to one flow at a scripted broker, which is the flow's publisher too. */
async function scene(
  script: Script = {},
  options: { session?: 'clean' | 'persistent'; qos?: Qos; roam?: Roam; subscribed?: boolean } = {},
) {
  const broker = await startScriptedBroker(script);
  closing.push(() => broker.close());
  const { session = 'persistent', qos = 1, roam } = options;
  const { recorder, flow, subscription, subscriber: plan } = oneFlow({ qos }, { session, ...(roam ? { roam } : {}) });
  const subscriber = new Subscriber({
    plan,
    recorder,
    endpoints: [broker.endpoint],
    run,
    wire: new Wire(new FaultsInForce()),
    nowMs: systemClock.nowMs,
  });
  closing.push(() => subscriber.end());
  let warmUps = 0;
  let markers = 0;
  const message = (sequence: number, header: Partial<Header> = {}): Buffer =>
    encodePayload(
      { run, flow: 0, kind: 'flow', sequence, sentNs: Math.round(systemClock.nowMs() * 1e6), ...header },
      40,
    );
  const made = {
    broker,
    subscriber,
    recorder,
    flow,
    subscription,
    message,
    /** So many messages fall due and are acknowledged; nothing is sent. */
    publish(count: number): void {
      for (let i = 0; i < count; i++) {
        const sequence = recorder.due(flow, systemClock.nowMs());
        recorder.written(flow, sequence, systemClock.nowMs());
        if (qos > 0) recorder.acknowledged(flow, sequence, systemClock.nowMs(), systemClock.nowMs());
      }
    },
    async send(
      payload: Buffer,
      change: Partial<Parameters<typeof aPublish>[2] & { topic: string }> = {},
    ): Promise<void> {
      const { topic = 't/0', ...rest } = change;
      (await broker.peer(me)).send(aPublish(topic, payload, { qos, ...rest }));
    },
    async deliver(...sequences: number[]): Promise<void> {
      for (const sequence of sequences) await made.send(message(sequence));
    },
    /** Waits until everything sent so far has been taken in: a foreign message comes last. */
    async takenIn(): Promise<void> {
      const before = recorder.history(systemClock.nowMs()).oddities.foreign.count;
      markers++;
      await made.send(Buffer.from('marker'));
      await until('all has been taken in', () => recorder.history(systemClock.nowMs()).oddities.foreign.count > before);
    },
    foreign: () => recorder.history(systemClock.nowMs()).oddities.foreign.count - markers,
    async warmUp(): Promise<void> {
      await made.send(message(++warmUps, { kind: 'warm-up' }));
      await until('the subscriber is ready', () => subscriber.ready);
    },
    seen: (): SubscriptionHistory => recorder.history(systemClock.nowMs()).subscriptions[0] as SubscriptionHistory,
    sessions: () => recorder.history(systemClock.nowMs()).sessions[0]?.connections,
    subscribes: () => broker.from(me, 'subscribe').map(({ nth }) => nth),
  };
  subscriber.connect();
  await broker.peer(me);
  if (options.subscribed !== false) await made.warmUp();
  return made;
}

describe('becoming ready', () => {
  test('takes a granted subscription and a message of each flow', async () => {
    const s = await scene({}, { subscribed: false });
    expect(s.subscriber.ready).toBe(false);
    expect(s.subscriber.missing.map(({ flow }) => flow.plan.name)).toEqual(['flow 0']);
    await s.warmUp();
    expect(s.subscriber.missing).toEqual([]);
    expect(s.broker.from(me, 'subscribe')[0]?.packet.subscriptions).toMatchObject([{ topic: 't/0', qos: 1 }]);
    expect(s.seen().received).toEqual([]);
  });

  test('a QoS that is granted lower than asked is what is owed', async () => {
    const s = await scene({ lacks: ['qos2'] }, { qos: 2 });
    expect(s.seen()).toMatchObject({ requestedQos: 2, grantedQos: 1 });
  });

  test('a refused subscription is asked for again', async () => {
    let refusals = 2;
    const s = await scene({
      subscribe: ({ messageId = 0 }, peer) =>
        refusals-- > 0 && peer.send({ cmd: 'suback', messageId, granted: [0x80] }),
    });
    expect(s.subscribes()).toEqual([1, 1, 1]);
  });

  test('a SUBACK that never came is asked for again on the next connection', async () => {
    const s = await scene({ subscribe: (_, peer) => peer.nth === 1 && peer.drop() }, { subscribed: false });
    await s.broker.peer(me, 2);
    await s.warmUp();
    expect(s.subscribes()).toEqual([1, 2]);
    expect(s.sessions()?.map(({ sessionPresent }) => sessionPresent)).toEqual([false, true]);
  });
});

describe('messages', () => {
  test('in order and once', async () => {
    const s = await scene();
    s.publish(4);
    await s.deliver(1, 2, 3, 4);
    await s.takenIn();
    expect(s.seen()).toMatchObject({ received: [[1, 4]], duplicated: [], overtaken: [] });
  });

  test('out of order', async () => {
    const s = await scene();
    s.publish(4);
    await s.deliver(1, 3, 2, 4);
    await s.takenIn();
    expect(s.seen()).toMatchObject({
      received: [[1, 4]],
      overtaken: [[2, 2]],
      overtakenExamples: [{ sequence: 2, after: 3 }],
    });
  });

  test('twice, with what the second copy looked like', async () => {
    const s = await scene();
    s.publish(2);
    await s.deliver(1, 2);
    await s.send(s.message(1), { dup: true, messageId: 123 });
    await s.takenIn();
    expect(s.seen()).toMatchObject({
      duplicated: [[1, 1]],
      duplicateExamples: [{ sequence: 1, dup: true, packetId: 123 }],
      overtaken: [],
    });
  });

  test('at QoS 2 in the order of their PUBLISH packets, whatever the order of the PUBRELs', async () => {
    const s = await scene({ publish: () => true }, { qos: 2 });
    s.publish(5);
    const peer = await s.broker.peer(me);
    const publish = (sequence: number) => s.send(s.message(sequence), { messageId: 100 + sequence });
    const release = (sequence: number) => peer.send({ cmd: 'pubrel', messageId: 100 + sequence });
    for (const sequence of [1, 2, 3]) await publish(sequence);
    for (const sequence of [2, 3, 1]) release(sequence);
    await until('three are delivered', () => s.seen().received.some(([, last]) => last === 3));
    expect(s.seen()).toMatchObject({ received: [[1, 3]], overtaken: [] });
    // The other way about: the PUBRELs in order, the PUBLISH packets not.
    for (const sequence of [5, 4]) await publish(sequence);
    for (const sequence of [4, 5]) release(sequence);
    await until('all are delivered', () => s.seen().received.some(([, last]) => last === 5));
    expect(s.seen()).toMatchObject({
      received: [[1, 5]],
      overtaken: [[4, 4]],
      overtakenExamples: [{ sequence: 4, after: 5 }],
    });
  });

  test('a QoS 2 PUBLISH repeated with its packet id before PUBREL is one message', async () => {
    const s = await scene({}, { qos: 2 });
    s.publish(1);
    const payload = s.message(1);
    const peer = await s.broker.peer(me);
    // The scripted broker answers each PUBREC with a PUBREL; both copies are on the way before that.
    peer.send(aPublish('t/0', payload, { qos: 2, messageId: 500 }));
    peer.send(aPublish('t/0', payload, { qos: 2, messageId: 500, dup: true }));
    await s.takenIn();
    expect(s.seen()).toMatchObject({ received: [[1, 1]], duplicated: [] });
  });

  test('a QoS 2 message published anew with another packet id is two', async () => {
    const s = await scene({}, { qos: 2 });
    s.publish(1);
    await s.deliver(1, 1);
    await s.takenIn();
    expect(s.seen().duplicated).toEqual([[1, 1]]);
  });

  test('corrupt, foreign, invented and unsubscribed ones are told apart', async () => {
    const s = await scene();
    s.publish(3);
    const broken = s.message(1);
    broken.writeUInt8(0, 35);
    await s.send(broken);
    await s.send(Buffer.from('hello'));
    await s.deliver(4, 0);
    await s.send(s.message(1), { topic: 't/other' });
    await s.send(s.message(1, { run: 78 }));
    await s.send(s.message(1, { flow: 5 }));
    await s.takenIn();
    const { oddities } = s.recorder.history(systemClock.nowMs());
    expect(s.foreign()).toBe(1);
    expect([oddities.corrupt.count, oddities.invented.count, oddities.unsubscribed.count]).toEqual([1, 2, 3]);
    expect(oddities.invented.examples[0]).toMatchObject({ clientId: me, node: 'node2', topic: 't/0' });
    expect(s.seen().received).toEqual([]);
  });
});

describe('a clean session that is cut off', () => {
  test('subscribes again, and is owed nothing of what was published meanwhile', async () => {
    const s = await scene({}, { session: 'clean' });
    s.publish(5);
    await s.deliver(1, 2, 3);
    await s.takenIn();
    (await s.broker.peer(me)).drop();
    await s.broker.peer(me, 2);
    s.publish(5);
    await until('it has subscribed again', () => s.subscriber.ready);
    s.publish(5);
    await s.deliver(13, 14, 15);
    await s.takenIn();
    expect(s.subscribes()).toEqual([1, 2]);
    expect(s.seen()).toMatchObject({
      received: [
        [1, 3],
        [13, 15],
      ],
      sessionEnded: [[4, 12]],
    });
    expectNothing(noAcknowledgedLoss, s.recorder.history(systemClock.nowMs()));
    expect(s.recorder.history(systemClock.nowMs()).sessions).toMatchObject([
      { clientId: me, role: 'subscriber', session: 'clean' },
    ]);
    expect(s.sessions()).toMatchObject([
      { sessionExpected: false, disconnectedMs: expect.any(Number) },
      { sessionExpected: false, disconnectedMs: null },
    ]);
  });

  test('several times in a row, once before it had subscribed again', async () => {
    const s = await scene({ subscribe: (_, peer) => peer.nth === 3 && peer.drop() }, { session: 'clean' });
    s.publish(2);
    await s.deliver(1, 2);
    await s.takenIn();
    for (const nth of [1, 2]) {
      (await s.broker.peer(me, nth)).drop();
      s.publish(5);
      await until('it is back', () => s.broker.from(me, 'connect').length > nth);
      s.publish(5);
    }
    await s.broker.peer(me, 4);
    await until('it has subscribed again', () => s.subscriber.ready);
    s.publish(3);
    await s.deliver(25);
    await s.takenIn();
    expect(account(s.recorder.history(systemClock.nowMs()))).toMatchObject({ owed: 25, delivered: 3, lost: 0 });
  });
});

test('a clean session that the broker claims to have kept is subscribed again all the same', async () => {
  const s = await scene({ connack: ({ nth }) => ({ sessionPresent: nth > 1 }) }, { session: 'clean' });
  (await s.broker.peer(me)).drop();
  await until('it has subscribed again', () => s.subscribes().length === 2);
});

describe('a persistent session', () => {
  test('that was kept is not subscribed again', async () => {
    const s = await scene();
    (await s.broker.peer(me)).drop();
    await s.broker.peer(me, 2);
    s.publish(1);
    await s.deliver(1);
    await s.takenIn();
    expect(s.subscribes()).toEqual([1]);
    expect(s.sessions()?.map(({ sessionPresent, sessionExpected }) => [sessionPresent, sessionExpected])).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  test('that was lost is subscribed again, and what it missed stays owed', async () => {
    const s = await scene({ connack: () => ({ sessionPresent: false }) });
    s.publish(2);
    await s.deliver(1, 2);
    await s.takenIn();
    (await s.broker.peer(me)).drop();
    s.publish(2);
    await s.broker.peer(me, 2);
    await until('it has subscribed again', () => s.subscribes().length === 2 && s.subscriber.ready);
    s.publish(1);
    await s.deliver(5);
    await s.takenIn();
    expect(s.seen()).toMatchObject({
      received: [
        [1, 2],
        [5, 5],
      ],
      sessionEnded: [],
    });
    await until('it is back to stay', () => s.recorder.absences(systemClock.nowMs()).length === 0);
    expect(account(s.recorder.history(systemClock.nowMs())).lost).toBe(2);
    expect(s.sessions()?.[1]).toMatchObject({ sessionPresent: false, sessionExpected: true });
  });

  test('is not lost by a CONNACK that refuses the client for now', async () => {
    const s = await scene({ connack: ({ nth }) => (nth === 2 ? { returnCode: 3 } : undefined) });
    (await s.broker.peer(me)).drop();
    await until('it is let in', () => s.sessions()?.length === 2);
    expect(s.broker.from(me, 'connect')).toHaveLength(3);
    expect(s.sessions()?.map(({ sessionPresent }) => sessionPresent)).toEqual([false, true]);
    expect(s.subscribes()).toEqual([1]);
  });

  test('each connection of it ends, even one that got a CONNACK and nothing else', async () => {
    const s = await scene();
    for (const nth of [1, 2, 3]) (await s.broker.peer(me, nth)).drop();
    await s.broker.peer(me, 4);
    await until('it is back', () => s.sessions()?.length === 4);
    expect(s.sessions()?.map(({ disconnectedMs }) => disconnectedMs === null)).toEqual([false, false, false, true]);
  });

  test('the end takes it off the broker', async () => {
    const s = await scene();
    await s.subscriber.end();
    expect(s.broker.from(me, 'connect').map(({ packet }) => packet.clean)).toEqual([false, true]);
  });
});

describe('roaming', () => {
  const roam = { onlineMs: 60, awayMs: 60 };
  const connects = (s: Awaited<ReturnType<typeof scene>>) => s.broker.from(me, 'connect').length;

  test('it takes its leave, comes back, and gets what was kept for it', async () => {
    const s = await scene({}, { roam });
    s.recorder.mark('steady', systemClock.nowMs(), 60_000);
    s.subscriber.startRoaming();
    await until('it has left twice', () => s.broker.from(me, 'disconnect').length >= 2);
    s.subscriber.settle();
    await until('it is back', () => connects(s) === s.broker.from(me, 'disconnect').length + 1);
    await until('it is let in', () => s.sessions()?.length === connects(s));
    expect(s.subscribes()).toEqual([1]);
    expect(
      s
        .sessions()
        ?.slice(1)
        .every(({ sessionPresent }) => sessionPresent),
    ).toBe(true);
    s.publish(1);
    await s.deliver(1);
    await s.takenIn();
    expect(s.seen().received).toEqual([[1, 1]]);
    // It left of its own will: the broker did not throw it out.
    expect(s.recorder.windows.all[0]?.reconnects).toBe(0);
  });

  test('settled, it stays at home', async () => {
    const s = await scene({}, { roam });
    s.subscriber.startRoaming();
    s.subscriber.settle();
    await systemClock.sleep(200);
    expect(connects(s)).toBe(1);
    expect(s.subscriber.client.isOnline).toBe(true);
  });

  test('settled while it is away, it comes home at once', async () => {
    const s = await scene({}, { roam: { onlineMs: 30, awayMs: 600_000 } });
    s.subscriber.startRoaming();
    await until('it has left', () => !s.subscriber.client.isOnline);
    s.subscriber.settle();
    await s.broker.peer(me, 2);
  });

  test('a QoS 2 message of which it has half is delivered once after its return', async () => {
    // No PUBREL follows on the first connection, but for the warm-up.
    const s = await scene(
      { pubrec: ({ messageId }, peer) => peer.nth === 1 && messageId === 900 },
      { qos: 2, roam: { onlineMs: 200, awayMs: 60 } },
    );
    s.publish(1);
    const first = await s.broker.peer(me, 1);
    first.send(aPublish('t/0', s.message(1), { qos: 2, messageId: 900 }));
    await until('it has half of the message', () =>
      s.broker.from(me, 'pubrec').some(({ packet }) => packet.messageId === 900),
    );
    s.subscriber.startRoaming();
    const back = await s.broker.peer(me, 2);
    expect(back).not.toBe(first);
    back.send({ cmd: 'pubrel', messageId: 900 });
    back.send({ cmd: 'pubrel', messageId: 900 });
    await s.takenIn();
    expect(s.seen()).toMatchObject({ received: [[1, 1]], duplicated: [] });
    s.subscriber.settle();
  });

  test('kept out by a fault it is not away: the broker is not excused, and it goes on roaming afterwards', async () => {
    const s = await scene({}, { roam: { onlineMs: 50, awayMs: 50 } });
    s.recorder.mark('hold', systemClock.nowMs(), 600_000);
    s.subscriber.startRoaming();
    await until('it has left', () => !s.subscriber.client.isOnline);
    await s.broker.shut();
    await until('it tries to come back', () => !s.subscriber.client.isOnline && s.subscriber.client.isWanted);
    // Longer than it would have stayed online.
    await systemClock.sleep(200);
    s.publish(10);
    const [window] = s.recorder.summaries({ histograms: false });
    expect(window).toMatchObject({ possible: 20, done: 10 });

    await s.broker.open();
    const before = connects(s);
    await until('it roams again', () => connects(s) >= before + 2);
    s.subscriber.settle();
    await until('it is home', () => s.subscriber.client.isOnline);
    s.publish(1);
    expect(s.recorder.summaries({ histograms: false })[0]?.possible).toBe(22);
  });

  test('cut off while it is online it comes back like any other, and that is a reconnect', async () => {
    const s = await scene({}, { roam: { onlineMs: 600_000, awayMs: 50 } });
    s.recorder.mark('hold', systemClock.nowMs(), 600_000);
    s.subscriber.startRoaming();
    (await s.broker.peer(me, 1)).drop();
    await s.broker.peer(me, 2);
    await until('it is back', () => s.recorder.windows.all[0]?.reconnects === 1);
  });

  test('it does not leave before its subscription is granted', async () => {
    const s = await scene({ subscribe: (_, peer) => peer.nth === 1 }, { roam, subscribed: false });
    await until('it has asked', () => s.subscribes().length === 1);
    s.subscriber.startRoaming();
    await systemClock.sleep(250);
    expect(s.broker.from(me, 'disconnect')).toEqual([]);
    (await s.broker.peer(me, 1)).drop();
    await until('it leaves from its next connection', () => s.broker.from(me, 'disconnect').length > 0);
  });

  test('ended while it is leaving or away it does not come back', async () => {
    const s = await scene({}, { roam });
    s.subscriber.startRoaming();
    await until('it is leaving', () => !s.subscriber.client.isOnline);
    await s.subscriber.end();
    const before = connects(s);
    await systemClock.sleep(300);
    expect(connects(s)).toBe(before);
    expect(s.broker.from(me, 'connect').at(-1)?.packet.clean).toBe(true);
  });
});
