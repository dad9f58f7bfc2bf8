import { describe, expect, test } from '@jest/globals';
import { liveness } from '../../src/checks/liveness.ts';
import type { ClientHistory } from '../../src/workload/flows/stream/facts.ts';
import type { Unserved } from '../../src/workload/flows/stream/unserved.ts';
import type { PathReport } from '../../src/workload/path-report.ts';
import { aHistory, expectNothing, features, findings, input, oneWay, theOne } from '../support/histories.ts';

const nodes = ['node1', 'node2', 'node3'];
const nothing = aHistory({});

/** Fresh clients were let in everywhere and heard from everywhere 50 ms after the heal, but for what `change` says. */
function paths(change: (from: string, to: string) => number | null | undefined = () => undefined): PathReport {
  const at = (from: string, to: string): number | null => {
    const changed = change(from, to);
    return changed === undefined ? 10_050 : changed;
  };
  return {
    startedMs: 10_000,
    endedMs: 40_000,
    accepted: nodes.map((node) => ({ node, atMs: at(node, 'accept') })),
    paths: nodes.flatMap((from) =>
      nodes.map((to) => ({ from, to, filter: 'exact' as const, atMs: at(from, to), acknowledged: 3, refused: false })),
    ),
  };
}

test('a cluster that is whole again after the heal is alive', () => {
  expectNothing(liveness, nothing, { paths: paths() });
});

test('a path that never delivers is a violation', () => {
  const broken = paths((from, to) => (from === 'node1' && to === 'node3' ? null : undefined));
  const finding = theOne(liveness, nothing, { paths: broken });
  expect(finding.what).toBe(
    'nothing published at node1 reached a fresh subscriber at node3 by an exact filter within 30 s of the heal',
  );
  expect(finding).toMatchObject({
    atMs: 10_000,
    facts: { from: 'node1', to: 'node3', deliveredAtMs: null, boundMs: 30_000 },
  });
});

test('a node that lets nobody in is one violation: the paths to and from it are silent for the same cause', () => {
  const broken = paths((from, to) => (from === 'node2' || to === 'node2' ? null : undefined));
  const seen = findings(liveness, nothing, { paths: broken });
  expect(seen.count).toBe(1);
  expect(seen.findings[0]?.what).toBe('node2 did not accept a fresh client within 30 s of the heal');
});

test('in time is in time to the millisecond, and one later is late', () => {
  const at = (ms: number) => paths((from, to) => (from === 'node1' && to === 'node2' ? 10_000 + ms : undefined));
  expectNothing(liveness, nothing, { paths: at(30_000) });
  expect(theOne(liveness, nothing, { paths: at(30_001) }).facts.deliveredAtMs).toBe(40_001);
});

test('what the minority side did before the heal does not matter: only fresh clients after it are asked', () => {
  expectNothing(liveness, oneWay({ offered: 9, notSent: [[1, 9]] }), { paths: paths() });
});

test('paths that nobody tried are not judged', () => {
  expect(liveness.run(input(nothing, { paths: null, features: features() }))).toEqual({
    applicable: false,
    why: 'the paths were not tried',
  });
});

test('what a cluster does while a fault could not be taken away is not its own doing', () => {
  const broken = paths(() => null);
  expect(liveness.run(input(nothing, { paths: broken, unhealed: ['partition on node1'] }))).toEqual({
    applicable: false,
    why: 'a fault could not be healed: partition on node1',
  });
});

test('a bound that was missed while this tool was starved shows nothing, and one that was kept is kept', () => {
  const starved = ['its workload event loop lagged 1 s at the 99th percentile'];
  expectNothing(liveness, nothing, { paths: paths(), starved });
  const broken = paths((from, to) => (from === 'node1' && to === 'node3' ? null : undefined));
  expect(liveness.run(input(nothing, { paths: broken, starved }))).toEqual({
    applicable: false,
    undecided: true,
    why: 'a bound was missed while its workload event loop lagged 1 s at the 99th percentile',
  });
});

test('a node that lets nobody in is one violation, and its clients are counted in it', () => {
  const broken = paths((from, to) => (from === 'node2' || to === 'node2' ? null : undefined));
  const clients = ['a', 'b'].map(
    (clientId): ClientHistory => ({
      ...{
        clientId,
        node: 'node2',
        role: 'publisher',
        stage: 'disconnected',
        absentSinceMs: 9_000,
        absentForMs: 30_000,
        attempts: 5,
      },
    }),
  );
  expect(theOne(liveness, aHistory({ clients }), { paths: broken }).facts).toMatchObject({
    node: 'node2',
    clientsNotServed: 2,
  });
});

describe('a client of the workload', () => {
  const client = (change: Partial<ClientHistory>): ReturnType<typeof aHistory> =>
    aHistory({
      clients: [
        {
          ...{ clientId: 'c', node: 'node2', role: 'subscriber', stage: 'serving', absentSinceMs: null, attempts: 1 },
          absentForMs: change.absentSinceMs ? 15_000 : 0,
          ...change,
        },
      ],
    });

  test('that is served at the end is alive, however often it had been away', () => {
    expectNothing(liveness, client({ attempts: 7 }), { paths: paths() });
  });

  test('that could not connect again is one violation with its attempts', () => {
    const finding = theOne(liveness, client({ stage: 'disconnected', absentSinceMs: 12_000, attempts: 80 }), {
      paths: paths(),
    });
    expect(finding).toMatchObject({
      what: 'c could not connect to node2 again by the end of the scenario; it sent 80 CONNECTs',
      atMs: 12_000,
      facts: { client: 'c', role: 'subscriber', node: 'node2', attempts: 80 },
    });
  });

  test('that got CONNACK and no SUBACK until the end is a violation', () => {
    const finding = theOne(liveness, client({ stage: 'connected', absentSinceMs: 12_000 }), { paths: paths() });
    expect(finding.what).toMatch(/^c was let in by node2 and its subscriptions were not granted by the end/);
  });

  test('that is let in and thrown out again and again is a violation, wherever it stands at the last moment', () => {
    const finding = theOne(liveness, client({ stage: 'serving', absentSinceMs: 12_000 }), { paths: paths() });
    expect(finding.what).toMatch(/^c was thrown out by node2 again and again/);
  });

  test('that has been away for a moment only, or while messages were still arriving, is none', () => {
    const away = { stage: 'disconnected', absentSinceMs: 12_000 } as const;
    expectNothing(liveness, client({ ...away, absentForMs: 14_999 }), { paths: paths() });
    expectNothing(liveness, client(away), { paths: paths(), stillArriving: true });
    theOne(liveness, client(away), { paths: paths() });
  });

  test('a publisher that could not come back is a violation too', () => {
    const gone = client({ role: 'publisher', stage: 'disconnected', absentSinceMs: 12_000 });
    expect(theOne(liveness, gone, { paths: paths() }).facts).toMatchObject({ role: 'publisher' });
  });
});

test('messages that a lasting connection never acknowledged are one violation; those of a lost connection are none', () => {
  expectNothing(liveness, oneWay({ offered: 9, unknown: [[8, 9]] }), { paths: paths() });
  const history = oneWay({ offered: 9, unknown: [[8, 9]], unanswered: [[8, 9]] });
  expect(theOne(liveness, history, { paths: paths() }).what).toBe(
    '2 messages of orders that publisher-0 wrote to node1 had no acknowledgement at the end, though the connection lasted and nothing had moved for 8 s',
  );
});

test('messages that came only when the subscriber reconnected were stuck', () => {
  const history = oneWay({ offered: 9 }, { stuck: [[3, 5]] });
  expect(theOne(liveness, history, { paths: paths() })).toMatchObject({
    what: '3 messages of orders came to subscriber at node2 only when it reconnected, after nothing had moved for 8 s',
    facts: { client: 'subscriber', stuck: 3, sequence: 3 },
  });
});

test('QoS 0 may lose any message, but a subscription that hears nothing at all after the heal is dead', () => {
  expectNothing(liveness, oneWay({ qos: 0, offered: 90 }, { missing: [[10, 60]] }), { paths: paths() });
  const silent = oneWay({ qos: 0, offered: 90 }, { missing: [[10, 90]], writtenInSilence: 70 });
  expect(theOne(liveness, silent, { paths: paths() }).what).toBe(
    'none of 70 messages of orders (QoS 0) written since the heal reached subscriber at node2 within 30 s',
  );
});

test('what never worked is a violation, whatever can be said of what came after', () => {
  const unserved: Unserved[] = [
    {
      ...{ why: 'not-granted', from: 'node1', to: 'node2', filter: 'exact', filterText: 'a', qos: 1 },
      ...{ written: 9, acknowledged: 9, waitedMs: 45_000, client: 'live-node2', flow: 'a' },
    },
  ];
  const late = paths(() => null);
  for (const around of [{ paths: null }, { unhealed: ['x'] }, { starved: ['y'] }])
    expect(findings(liveness, nothing, { paths: late, unserved, ...around }).count).toBe(1);
});

describe('what did not work before any fault', () => {
  const one: Unserved = {
    ...{ why: 'not-delivered', from: 'node1', to: 'node2', filter: 'wildcard', filterText: 'telemetry/#', qos: 0 },
    ...{ written: 40, acknowledged: 0, waitedMs: 30_000, client: 'live-node2', flow: 'telemetry from node1' },
  };
  const seen = (change: Partial<Unserved>) =>
    findings(liveness, nothing, { paths: paths(), unserved: [{ ...one, ...change }] }).findings.map(({ what }) => what);

  test('at QoS 0, where nothing is acknowledged', () => {
    expect(seen({})).toEqual([
      'before any fault, none of 40 messages of telemetry from node1 from node1 reached live-node2 at node2 by the filter telemetry/# within 30 s',
    ]);
  });

  test('for want of a SUBACK or of any acknowledgement', () => {
    expect(seen({ why: 'not-granted' })[0]).toContain('node2 sent no SUBACK to live-node2');
    expect(seen({ why: 'not-acknowledged', qos: 1 })[0]).toContain('node1 acknowledged none of 40 messages');
  });

  test('acknowledged messages are a loss and no matter of liveness, and a refusal is legal', () => {
    expect(seen({ qos: 1, acknowledged: 40 })).toEqual([]);
    expect(seen({ why: 'refused' })).toEqual([]);
  });
});
