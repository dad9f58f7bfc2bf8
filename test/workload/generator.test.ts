import { afterEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { account } from '../../src/checks/accounting.ts';
import { checks } from '../../src/checks/registry.ts';
import { Generator } from '../../src/workload/generator.ts';
import { features, input } from '../support/histories.ts';
import { type Script, startScriptedBroker } from '../support/scripted-broker.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function scene(script: Script = {}) {
  const broker = await startScriptedBroker(script);
  closing.push(() => broker.close());
  const generator = new Generator(
    {
      endpoints: [broker.endpoint],
      features: features(),
      profile: 'mixed',
      ratePerSecond: 200,
      payloadBytes: 40,
      deadlineMs: 2_000,
      prefix: 'g',
      run: 5,
    },
    systemClock.nowMs,
  );
  closing.push(() => generator.end());
  return { broker, generator };
}

/** What every check says: its id and how often it found something. */
function judged(history: Parameters<typeof account>[0]): [string, number][] {
  return checks.flatMap((check) => {
    const result = check.run(input(history));
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
    expect(await generator.drain({ quietMs: 5_000, withinMs: 120_000 })).toMatchObject({
      outstanding: 0,
      unsettled: 0,
    });
    const { history, windows } = generator.finish();
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
    await generator.drain({ quietMs: 1_000, withinMs: 120_000 });
    const { history } = generator.finish();
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
      expect(await generator.drain({ quietMs: 5_000, withinMs: 120_000 })).toMatchObject({ outstanding: 0, absent: 0 });
      const gatherer = await broker.peer('g-gatherer');
      if (shut) await broker.shut();
      else gatherer.drop();
      await systemClock.sleep(50);
      const { absent } = await generator.drain({ quietMs: shut ? 600 : 5_000, withinMs: 120_000 });
      const { subscriptions } = generator.finish().history;
      return [absent > 0, subscriptions.every(({ connectedAtEnd }) => connectedAtEnd)];
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
    const drain = await generator.drain({ quietMs: 500, withinMs: 120_000 });
    const { history } = generator.finish();
    expect(drain.outstanding).toBeGreaterThan(0);
    expect(account(history).lost).toBe(drain.outstanding);
    expect(judged(history).filter(([, count]) => count > 0)).toEqual([['no-acknowledged-loss', drain.outstanding]]);
  });
});

test('warm-up names what does not arrive', async () => {
  const { generator } = await scene({
    publish: (packet, peer) =>
      packet.topic === 'g/commands/node1' && peer.send({ cmd: 'puback', messageId: packet.messageId ?? 0 }),
  });
  await expect(generator.warmUp(700)).rejects.toThrow(
    'no message arrived within 700 ms for: commands from node1 at g-durable-node1',
  );
});
