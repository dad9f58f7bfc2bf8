import { afterEach, describe, expect, test } from '@jest/globals';
import { type Mutant, mutants } from '../../src/embedded/mutants.ts';
import { Flow } from './flow.ts';
import { Cluster, eventually } from './support.ts';

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

/** The fault by which each mutant must be told from the sound broker. */
const tells: Record<Mutant, keyof Findings> = {
  'ack-before-store': 'lost',
  'forget-outbox': 'lost',
  'reorder-after-reconnect': 'disordered',
  'redeliver-qos2': 'twiceQos2',
  'forget-session': 'lost',
  'never-redial': 'linksStayDown',
  'corrupt-forward': 'corrupt',
  'local-wildcards': 'wildcardIsDeaf',
  'duplicate-qos0': 'twiceQos0',
};

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
  const linksStayDown = await own.whole(mutant === 'never-redial' ? 1500 : 10_000).then(
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

  test.each(Object.keys(mutants) as Mutant[])('finds out %s', async (mutant) => {
    const findings = await ordeal(mutant);
    expect(findings[tells[mutant]]).toBeGreaterThan(0);
  });
});
