import { afterEach, describe, expect, test } from '@jest/globals';
import type { Mutant } from '../../src/embedded/mutants.ts';
import { Flow } from './flow.ts';
import { Cluster, eventually, type RawClient } from './support.ts';

/** What went wrong in an ordeal; the sound broker has none of it. */
type Findings = {
  lost: number;
  twiceQos2: number;
  twiceQos0: number;
  disordered: number;
  corrupt: number;
  linksStayDown: number;
  /** 1 when a wildcard filter at the other node got nothing at all. */
  wildcardIsDeaf: number;
};

const sound: Findings = {
  lost: 0,
  twiceQos2: 0,
  twiceQos0: 0,
  disordered: 0,
  corrupt: 0,
  linksStayDown: 0,
  wildcardIsDeaf: 0,
};

/** The fault by which a mutant of the links or of the journal must be told from the sound broker; for the others see mutant-spots.test.ts. */
const tells = {
  'ack-before-store': 'lost',
  'forget-outbox': 'lost',
  'reorder-after-reconnect': 'disordered',
  'redeliver-qos2': 'twiceQos2',
  'forget-session': 'lost',
  'never-redial': 'linksStayDown',
  'corrupt-forward': 'corrupt',
  'local-wildcards': 'wildcardIsDeaf',
  'duplicate-qos0': 'twiceQos0',
  'one-way-link': 'linksStayDown',
} as const satisfies Partial<Record<Mutant, keyof Findings>>;

let cluster: Cluster | undefined;
afterEach(() => cluster?.close());

/** Three flows of 200 messages a second from node1 to node2, a client that goes away, and each node killed once. */
async function ordeal(mutant?: Mutant): Promise<Findings> {
  const own = await Cluster.start(2, mutant);
  cluster = own;
  const [qos0, qos1, qos2] = await Promise.all([
    Flow.open(own, 1, 2, 0),
    Flow.open(own, 1, 2, 1),
    Flow.open(own, 1, 2, 2),
  ]);
  const flows = [qos0, qos1, qos2];
  let heardByWildcard = 0;
  const wildcard = await own.connected(2, { clientId: 'wildcard', clean: true });
  wildcard.on('message', () => {
    heardByWildcard += 1;
  });
  await wildcard.subscribeAsync('flow/1/+/#', { qos: 1 });
  const runUntilSent = async (more: number): Promise<void> => {
    const target = qos1.sent + more;
    await eventually('the load has run', () => qos1.sent >= target);
  };
  for (const flow of flows) flow.run(5);
  await eventually('QoS 0 arrives', () => qos0.arrived.length > 60);

  await qos1.leave(true);
  await runUntilSent(30);
  qos1.comeBack();
  await eventually('the subscriber is back', () => qos1.subscriber.connected);
  await runUntilSent(30);

  for (const number of [1, 2]) {
    await own.node(number).stop('SIGKILL');
    await own.node(number).start();
    await eventually('its clients are back', () =>
      flows.every(({ publisher, subscriber }) => publisher.connected && subscriber.connected),
    );
    await runUntilSent(30);
  }
  for (const flow of flows) flow.stop();
  const linksStayDown = await own.whole(mutant === 'never-redial' || mutant === 'one-way-link' ? 1500 : 10_000).then(
    () => 0,
    () => 1,
  );
  await Promise.all([qos1.settled(), qos2.settled()]);
  const quietMs = mutant === undefined ? 5000 : 500;
  await Promise.all([qos1.drained(quietMs), qos2.drained(quietMs)]);
  return {
    lost: qos1.lost().length + qos2.lost().length,
    twiceQos2: qos2.duplicates(),
    twiceQos0: qos0.duplicates(),
    disordered: qos1.inversions() + qos2.inversions() + qos0.inversions(),
    corrupt: flows.reduce((sum, { corrupt }) => sum + corrupt, 0),
    linksStayDown,
    wildcardIsDeaf: heardByWildcard === 0 ? 1 : 0,
  };
}

describe('one and the same ordeal', () => {
  test('leaves the sound broker without a fault', async () => {
    expect(await ordeal()).toEqual(sound);
  });

  test.each(Object.entries(tells))('finds out %s', async (mutant, fault) => {
    const findings = await ordeal(mutant as Mutant);
    expect(findings[fault]).toBeGreaterThan(0);
  });
});

describe('one connection', () => {
  /** Runs the same conversation with the sound broker and with the mutant. */
  async function both<T>(mutant: Mutant, size: number, talk: (own: Cluster) => Promise<T>): Promise<[T, T]> {
    const answers: T[] = [];
    for (const one of [undefined, mutant]) {
      const own = await Cluster.start(size, one);
      cluster = own;
      answers.push(await talk(own));
      await own.close();
    }
    return answers as [T, T];
  }

  const subscribed = async (own: Cluster, node: number, topic: string): Promise<RawClient> => {
    const client = await own.raw(node);
    await client.connect(`sub-${topic}`);
    client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 1 }] });
    await client.next('suback');
    return client;
  };
  const publish = (client: RawClient, topic: string, payload: string, qos: 0 | 1 | 2 = 0): void =>
    client.send({ cmd: 'publish', topic, payload, qos, dup: false, retain: false, messageId: 7 });
  /** What had come when a message came that was published after everything else. */
  const untilLast = async (subscriber: RawClient, publisher: RawClient, topic: string): Promise<string[]> => {
    publish(publisher, topic, 'last');
    await eventually('the last message arrives', () => textsOf(subscriber).includes('last'));
    return textsOf(subscriber);
  };
  const textsOf = ({ received }: RawClient): string[] =>
    received.flatMap((packet) => (packet.cmd === 'publish' ? [packet.payload.toString()] : []));

  test('own-broadcast delivers a QoS 0 message twice at the node that has it from its client', async () => {
    const told = await both('own-broadcast', 1, async (own) => {
      const subscriber = await subscribed(own, 1, 't');
      const publisher = await subscribed(own, 1, 'other');
      publish(publisher, 't', 'x');
      return (await untilLast(subscriber, publisher, 't')).filter((text) => text === 'x');
    });
    expect(told).toEqual([['x'], ['x', 'x']]);
  });

  test('keep-older-here leaves the older connection open', async () => {
    const told = await both('keep-older-here', 1, async (own) => {
      const older = await own.raw(1);
      await older.connect('c');
      const newer = await own.raw(1);
      await newer.connect('c');
      older.send({ cmd: 'pingreq' });
      await eventually('it is closed or answers', () => older.closed || older.received.length > 0);
      return older.closed;
    });
    expect(told).toEqual([true, false]);
  });

  test('keep-older-elsewhere leaves the older connection at another node open', async () => {
    const told = await both('keep-older-elsewhere', 2, async (own) => {
      const older = await own.raw(1);
      await older.connect('c', { clean: false });
      older.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 't', qos: 1 }] });
      await older.next('suback');
      const newer = await own.raw(2);
      await newer.connect('c', { clean: false });
      older.send({ cmd: 'pingreq' });
      await eventually('it is closed or answers', () => older.closed || older.received.length > 0);
      return older.closed;
    });
    expect(told).toEqual([true, false]);
  });

  test('no-will-on-timeout publishes no will of a client that fell silent', async () => {
    const told = await both('no-will-on-timeout', 1, async (own) => {
      const subscriber = await subscribed(own, 1, 'w');
      const silent = await own.raw(1);
      const will = { topic: 'w', payload: Buffer.from('will'), qos: 0, retain: false } as const;
      await silent.connect('silent', { keepalive: 1, will });
      await eventually('it is thrown out', () => silent.closed);
      const publisher = await subscribed(own, 1, 'other');
      return await untilLast(subscriber, publisher, 'w');
    });
    expect(told).toEqual([['will', 'last'], ['last']]);
  });

  test('count-pings-only throws out a client that publishes', async () => {
    const told = await both('count-pings-only', 1, async (own) => {
      const busy = await own.raw(1);
      await busy.connect('busy', { keepalive: 1 });
      const timer = setInterval(() => publish(busy, 't', 'x', 1), 100);
      const puback = (): number => busy.received.filter(({ cmd }) => cmd === 'puback').length;
      await eventually('it is thrown out or served for three seconds', () => busy.closed || puback() >= 30);
      clearInterval(timer);
      return busy.closed;
    });
    expect(told).toEqual([false, true]);
  });

  test('ignore-ping does not answer PINGREQ on a connection that has lasted', async () => {
    const told = await both('ignore-ping', 1, async (own) => {
      const client = await own.raw(1);
      await client.connect('c');
      await new Promise((resolve) => setTimeout(resolve, 1000));
      client.send({ cmd: 'pingreq' });
      publish(client, 't', 'x', 1);
      await eventually('PUBACK comes', () => client.received.some(({ cmd }) => cmd === 'puback'));
      return client.received.map(({ cmd }) => cmd);
    });
    expect(told).toEqual([['pingresp', 'puback'], ['puback']]);
  });

  test('mix-payloads forwards a payload of another message', async () => {
    const told = await both('mix-payloads', 2, async (own) => {
      const subscriber = await subscribed(own, 2, 't');
      const publisher = await subscribed(own, 1, 'other');
      for (let n = 1; n <= 50; n++) publish(publisher, 't', `${n}`);
      return (await untilLast(subscriber, publisher, 't')).slice(48, 50);
    });
    expect(told).toEqual([
      ['49', '50'],
      ['49', '49'],
    ]);
  });
});
