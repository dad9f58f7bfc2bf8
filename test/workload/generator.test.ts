import { afterEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { account } from '../../src/checks/accounting.ts';
import { checks } from '../../src/checks/registry.ts';
import { noStreams } from '../../src/workload/flows/stream/facts.ts';
import { Generator, type GeneratorOptions } from '../../src/workload/generator.ts';
import { IntervalSet } from '../../src/workload/interval-set.ts';
import type { PathReport } from '../../src/workload/path-report.ts';
import { features, input } from '../support/histories.ts';
import { type Peer, type Script, startScriptedBroker } from '../support/scripted-broker.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const patience = { quietMs: 5_000, returnMs: 5_000, withinMs: 120_000 };

async function scene(script: Script = {}, more: Partial<GeneratorOptions> = {}) {
  const broker = await startScriptedBroker(script);
  closing.push(() => broker.close());
  const generator = new Generator(
    {
      endpoints: [broker.endpoint],
      features: features(),
      // The scripted broker knows no takeover and sends nothing again: the other kinds would find that.
      profile: 'stream',
      ratePerSecond: 200,
      payloadBytes: 40,
      deadlineMs: 2_000,
      redeliverWithinMs: 8_000,
      prefix: 'g',
      run: 5,
      seed: 'a',
      ...more,
    },
    systemClock.nowMs,
  );
  closing.push(() => generator.end());
  return { broker, generator };
}

/** The books, closed: what the streams have seen. */
function finished(generator: Generator) {
  const { history, windows } = generator.finish();
  return { history: history.facts.stream ?? noStreams, windows };
}

const allPathsWork: PathReport = { startedMs: 0, endedMs: 0, accepted: [], paths: [] };

/** What every check says: its id and how often it found something. */
function judged(history: Parameters<typeof account>[0], returnMs = 15_000): [string, number][] {
  return checks.flatMap((check) => {
    const result = check.run(input(history, { paths: allPathsWork, returnMs }));
    return result.applicable ? [[check.id, result.count] as [string, number]] : [];
  });
}

describe('the workload of a scenario', () => {
  test('at a sound broker is delivered in full, and no check has anything to say', async () => {
    const { generator } = await scene();
    await generator.warmUp(60_000);
    generator.start(1_000);
    await systemClock.sleep(400);
    generator.mark('hold', 1_000);
    await systemClock.sleep(400);
    generator.stop();
    expect(await generator.drain({ quietMs: 5_000, returnMs: 5_000, withinMs: 120_000 })).toMatchObject({
      outstanding: 0,
      unsettled: 0,
    });
    const { history, windows } = finished(generator);
    const totals = account(history);
    expect(totals.published).toBeGreaterThan(50);
    expect(totals).toMatchObject({ lost: 0, unknown: 0, notSent: 0 });
    expect(judged(history).filter(([, count]) => count > 0)).toEqual([]);
    expect(windows.map(({ phase }) => phase)).toEqual(expect.arrayContaining(['steady', 'hold']));
    expect(windows.reduce((sum, { published }) => sum + published, 0)).toBe(totals.published);
    expect(windows.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(totals.delivered);
  });

  test('at a broker that throws its clients out now and then loses nothing that was acknowledged to a session', async () => {
    const { generator, broker } = await scene();
    await generator.warmUp(60_000);
    generator.start(1_000);
    for (const clientId of ['g-durable-node1', 'g-live-node1', 'g-publisher-1', 'g-live-node1']) {
      await systemClock.sleep(150);
      (await broker.peer(clientId)).drop();
    }
    await systemClock.sleep(600);
    generator.stop();
    await generator.drain({ quietMs: 1_000, returnMs: 5_000, withinMs: 120_000 });
    const { history } = finished(generator);
    account(history);
    // What the scripted broker had sent and not got acknowledged it does not send again: only sessions may suffer from that.
    const clean = history.subscriptions.filter(({ session }) => session === 'clean');
    expect(judged({ ...history, subscriptions: clean, sessions: [] }).filter(([, count]) => count > 0)).toEqual([]);
  });

  test('is not over before a subscriber that is away at the end is back, or has had the time to come', async () => {
    const away = async (shut: boolean) => {
      const { generator, broker } = await scene();
      await generator.warmUp(60_000);
      generator.start(1_000);
      await systemClock.sleep(200);
      generator.stop();
      // Nothing is owed to anybody from here on.
      expect(await generator.drain({ quietMs: 5_000, returnMs: 5_000, withinMs: 120_000 })).toMatchObject({
        outstanding: 0,
        absent: 0,
      });
      const gatherer = await broker.peer('g-gatherer');
      if (shut) await broker.shut();
      else gatherer.drop();
      await systemClock.sleep(50);
      const { absent } = await generator.drain({ quietMs: 600, returnMs: shut ? 600 : 5_000, withinMs: 120_000 });
      const { clients } = finished(generator).history;
      return [absent > 0, clients.every(({ absentSinceMs }) => absentSinceMs === null)];
    };
    expect(await away(false)).toEqual([false, true]);
    expect(await away(true)).toEqual([true, false]);
  });

  test('at a broker that acknowledges what it throws away is found out', async () => {
    let seen = 0;
    const { generator } = await scene({
      publish: (packet, peer) =>
        packet.qos === 1 && packet.topic === 'g/commands/node1' && ++seen % 5 === 0
          ? peer.send({ cmd: 'puback', messageId: packet.messageId ?? 0 })
          : false,
    });
    await generator.warmUp(60_000);
    generator.start(1_000);
    await systemClock.sleep(600);
    generator.stop();
    const drain = await generator.drain({ quietMs: 500, returnMs: 5_000, withinMs: 120_000 });
    const { history } = finished(generator);
    expect(drain.outstanding).toBeGreaterThan(0);
    expect(account(history).lost).toBe(drain.outstanding);
    expect(judged(history).filter(([, count]) => count > 0)).toEqual([['no-acknowledged-loss', drain.outstanding]]);
  });
});

const acknowledged = (messageId = 0) => ({ cmd: 'puback', messageId }) as const;

describe('what does not work before any fault', () => {
  test('is named with what was acknowledged, and is no part of the workload', async () => {
    const { generator } = await scene({
      publish: ({ topic, messageId }, peer) => topic === 'g/commands/node1' && peer.send(acknowledged(messageId)),
    });
    const all = generator.watched;
    const unserved = await generator.warmUp(6_000);
    expect(unserved).toEqual([
      {
        ...{ why: 'not-delivered', from: 'node1', to: 'node1', filter: 'exact', filterText: 'commands/node1', qos: 1 },
        ...{ client: 'durable-node1', flow: 'commands from node1', waitedMs: 6_000 },
        ...{ written: expect.any(Number), acknowledged: expect.any(Number) },
      },
    ]);
    expect(unserved[0]?.acknowledged).toBeGreaterThanOrEqual(5);
    expect(generator.watched).toBe(all - 1);
    generator.start(1_000);
    await systemClock.sleep(300);
    generator.stop();
    expect(await generator.drain(patience)).toMatchObject({ outstanding: 0 });
    const { history } = finished(generator);
    expect(account(history).lost).toBe(0);
    expect(judged(history).filter(([, count]) => count > 0)).toEqual([]);
  });

  test('is not waited for again', async () => {
    const broken: Script = {
      publish: ({ topic, messageId }, peer) => topic.startsWith('g/gather') && peer.send(acknowledged(messageId)),
    };
    const unserved = await (await scene(broken)).generator.warmUp(6_000);
    expect(unserved.map(({ filterText }) => filterText)).toEqual(['gather/+']);
    // Longer than the test may take.
    expect(await (await scene(broken, { unserved })).generator.warmUp(600_000)).toEqual([]);
  });

  test('what fresh clients saw of a kind of filter concerns every filter of that kind on the same way', async () => {
    const path = { from: 'node1', to: 'node1', filter: 'wildcard', filterText: '+', client: null, flow: null } as const;
    const known = { ...path, why: 'not-delivered', qos: 1, written: 9, acknowledged: 9, waitedMs: 30_000 } as const;
    const { generator: without } = await scene({}, { unserved: [known] });
    expect(await without.warmUp(15_000)).toEqual([]);
    without.start(1_000);
    const { history } = finished(without);
    expect(history.subscriptions.map(({ filter }) => filter).filter((filter) => /[+#]/.test(filter))).toEqual([]);
  });

  test('a filter that is refused is legal, and the others of its client go on', async () => {
    const { generator } = await scene({
      subscribe: ({ subscriptions, messageId = 0 }, peer) =>
        subscriptions.some(({ topic }) => topic === 'g/broadcast') &&
        peer.send({
          cmd: 'suback',
          messageId,
          granted: subscriptions.map(({ topic }) => (topic === 'g/broadcast' ? 0x80 : 0)),
        }),
    });
    const unserved = await generator.warmUp(6_000);
    expect(unserved.map(({ why, filterText }) => [why, filterText])).toEqual([
      // The scripted broker keeps only what it grants itself.
      ...[['not-delivered', 'telemetry/#'] as const].filter(() => unserved.length > 1),
      ['refused', 'broadcast'],
    ]);
  });

  test('another kind whose clients do not get ready does not run, with the reason, and the streams do', async () => {
    const neverKept: Script = { publish: ({ retain, topic }) => retain && topic.startsWith('g-retained/') };
    const { generator } = await scene(neverKept, { profile: 'retained' });
    expect(await generator.warmUp(3_000)).toEqual([]);
    generator.start(1_000);
    generator.stop();
    await generator.drain(patience);
    const { facts, notRun } = generator.finish().history;
    expect(Object.keys(facts)).toEqual(['stream']);
    expect(notRun.retained).toMatch(
      /^its clients did not get ready: no PUBACK within 3000 ms for the retained topics /,
    );
  });

  test('where nothing is shown nothing is said: a publisher that is not let in is an error', async () => {
    const { generator } = await scene({
      connack: ({ clientId }) => (clientId === 'g-publisher-1' ? { returnCode: 3 } : undefined),
    });
    await expect(generator.warmUp(700)).rejects.toThrow(
      'no CONNACK within 700 ms for the publisher of commands from node1',
    );
  });
});

describe('a client that does not come back', () => {
  test('is waited for while it is between two connections, and then is no violation', async () => {
    const { generator, broker } = await scene();
    await generator.warmUp(15_000);
    generator.start(1_000);
    await systemClock.sleep(200);
    generator.stop();
    // It is let in and thrown out a few times, while nothing moves for longer than the quiet period.
    let refusals = 6;
    const draining = generator.drain({ quietMs: 200, returnMs: 15_000, withinMs: 120_000 });
    const dropping = async (): Promise<void> => {
      for (let nth = 1; refusals-- > 0; nth++) (await broker.peer('g-gatherer', nth)).drop();
    };
    await dropping();
    expect(await draining).toMatchObject({ absent: 0, unfinished: false });
    const { clients } = finished(generator).history;
    expect(clients.filter(({ absentSinceMs }) => absentSinceMs !== null)).toEqual([]);
  });

  test('because it gets CONNACK and no SUBACK is one violation, and what it missed is no loss of messages', async () => {
    let silent = false;
    const { generator, broker } = await scene({
      subscribe: (_, { clientId }) => silent && clientId === 'g-live-node1',
    });
    await generator.warmUp(15_000);
    generator.start(1_000);
    await systemClock.sleep(200);
    silent = true;
    (await broker.peer('g-live-node1')).drop();
    await systemClock.sleep(600);
    generator.stop();
    const drain = await generator.drain({ quietMs: 500, returnMs: 1_500, withinMs: 120_000 });
    expect(drain).toMatchObject({ absent: 1, unfinished: false });
    const { history } = finished(generator);
    expect(judged(history, 1_500).filter(([, count]) => count > 0)).toEqual([['liveness', 1]]);
    const { lost, legallyUndelivered } = account(history);
    expect(lost).toBe(0);
    expect(legallyUndelivered['its client was not subscribed at the end (see liveness)']).toBeGreaterThan(0);
  });
});

describe('a subscriber that misses something', () => {
  /** The broker stops delivering the commands of node1 to their subscriber; what it does with them then is up to the test. */
  async function missing(then: 'keeps them' | 'throws them away') {
    let stops = false;
    const kept: Parameters<Peer['send']>[0][] = [];
    const { generator, broker } = await scene({
      publish: (packet, peer) => {
        if (!stops || packet.topic !== 'g/commands/node1') return false;
        if (then === 'keeps them') kept.push({ ...packet, messageId: 40_000 + kept.length });
        return peer.send(acknowledged(packet.messageId));
      },
      connack: (peer) => {
        if (peer.clientId === 'g-durable-node1' && peer.nth > 1) setTimeout(() => kept.splice(0).map(peer.send), 50);
        return undefined;
      },
    });
    await generator.warmUp(15_000);
    generator.start(1_000);
    await systemClock.sleep(200);
    stops = true;
    await systemClock.sleep(400);
    generator.stop();
    const drain = await generator.drain({ quietMs: 400, returnMs: 5_000, withinMs: 120_000 });
    const { history } = finished(generator);
    const found = judged(history).filter(([, count]) => count > 0);
    return { drain, found, lost: account(history).lost, connects: broker.from('g-durable-node1', 'connect').length };
  }

  test('reconnects once with its session: what then arrives was stuck, and nothing is lost', async () => {
    const { drain, found, lost, connects } = await missing('keeps them');
    expect(drain).toMatchObject({ outstanding: 0, reconnected: 1 });
    expect([found, lost, connects]).toEqual([[['liveness', 1]], 0, 2]);
  });

  test('and what does not arrive then either is lost, and not stuck', async () => {
    const { drain, found, lost } = await missing('throws them away');
    expect(drain.outstanding).toBeGreaterThan(0);
    expect(found).toEqual([['no-acknowledged-loss', drain.outstanding]]);
    expect(lost).toBe(drain.outstanding);
  });
});

test('a clean subscriber that gets nothing any more after its reconnect is owed what was written since', async () => {
  let stops = false;
  const { generator, broker } = await scene({
    publish: ({ topic, messageId }, peer) => stops && topic === 'g/broadcast' && peer.send(acknowledged(messageId)),
  });
  await generator.warmUp(15_000);
  generator.start(1_000);
  await systemClock.sleep(300);
  stops = true;
  (await broker.peer('g-live-node1')).drop();
  await systemClock.sleep(1_000);
  generator.stop();
  await generator.drain({ quietMs: 400, returnMs: 5_000, withinMs: 120_000 });
  const { history } = finished(generator);
  const [broadcast] = history.subscriptions.filter(({ filter }) => filter === 'g/broadcast');
  const received = IntervalSet.from(broadcast?.received ?? []).size;
  const offered = history.flows[broadcast?.flow ?? 0]?.offered ?? 0;
  const { lost } = account(history);
  // 250 ms to connect again, and what was in flight: most of what it did not get is owed.
  expect(lost).toBeGreaterThan((offered - received) / 2);
});
