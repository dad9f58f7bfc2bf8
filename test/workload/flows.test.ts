import { describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import type { FlowKindName, ProfileName } from '../../src/model/flow-kinds.ts';
import type { FeatureRecord } from '../../src/model/record.ts';
import type { Endpoint } from '../../src/workload/client.ts';
import { probeFeatures } from '../../src/workload/features.ts';
import { noStreams } from '../../src/workload/flows/stream/facts.ts';
import { Generator } from '../../src/workload/generator.ts';
import type { FlowFacts, History } from '../../src/workload/history.ts';
import { IntervalSet } from '../../src/workload/interval-set.ts';
import { eventually } from '../support/eventually.ts';
import { findingsOf } from '../support/findings.ts';
import { needing } from '../support/needs.ts';
import { bootCluster, bootClusterSpeaking } from '../support/small-cluster.ts';
import { startMosquitto } from './mqtt/support.ts';

/** Long enough for a message to expire while its subscriber is away. */
const runMs = 9_000;

/** What a workload has seen, of all kinds side by side unless another profile is asked for. */
async function historyOf(
  endpoints: readonly Endpoint[],
  features: FeatureRecord,
  {
    profile = 'mixed',
    meanwhile = () => systemClock.sleep(runMs),
    redeliverWithinMs = 8_000,
    isWhole = true,
  }: {
    profile?: ProfileName;
    meanwhile?: (generator: Generator) => Promise<void>;
    redeliverWithinMs?: number;
    /** Whether all that is owed arrives. */
    isWhole?: boolean;
  } = {},
): Promise<History> {
  const generator = new Generator(
    {
      ...{
        endpoints,
        features,
        profile,
        ratePerSecond: 300,
        payloadBytes: 40,
        deadlineMs: 5_000,
        redeliverWithinMs,
      },
      ...{ prefix: 'flows', run: 7, seed: 'flows' },
    },
    systemClock.nowMs,
  );
  try {
    expect(await generator.warmUp(30_000)).toEqual([]);
    generator.start(1_000);
    await meanwhile(generator);
    generator.mark('drain', 1_000);
    generator.stop();
    const drained = await generator.drain({ quietMs: redeliverWithinMs, returnMs: 15_000, withinMs: 90_000 });
    if (isWhole) expect(drained).toMatchObject({ outstanding: 0, unsettled: 0, absent: 0, unfinished: false });
    return generator.finish().history;
  } finally {
    await generator.end();
  }
}

/** What each kind has to have done for its check to have seen anything. */
const evidence: { readonly [K in Exclude<FlowKindName, 'stream'>]: (facts: FlowFacts[K]) => Record<string, number> } = {
  retained: ({ topics, readings }) => ({
    topics: topics.length,
    deletions: topics.reduce((sum, { deletions }) => sum + deletions, 0),
    // One of each is there whatever the seed decides: otherwise a broker that keeps what was deleted might not be seen to.
    leftDeleted: topics.filter(({ last }) => last.at(-1)?.deletes === true).length,
    leftWritten: topics.filter(({ last }) => last.at(-1)?.deletes === false).length,
    readings: readings.length,
  }),
  will: ({ wills }) => ({
    ...Object.fromEntries(
      ['disconnect', 'drop', 'silence', 'takeover'].map((end) => [end, wills.filter((one) => one.end === end).length]),
    ),
    seen: wills.filter(({ seen }) => seen.length > 0).length,
  }),
  shared: ({ groups }) => ({
    groups: groups.length,
    offered: Math.min(...groups.map(({ offered }) => offered)),
    breaks:
      groups.reduce((sum, { members }) => sum + members.reduce((all, one) => all + one.connections - 1, 0), 0) +
      (groups[0]?.members.length === 1 ? 1 : 0),
  }),
  handover: ({ takeovers }) => ({ takeovers: takeovers.filter(({ olderClosedMs }) => olderClosedMs !== null).length }),
  inflight: ({ breaks }) => ({
    publish: breaks
      .flatMap(({ pending }) => pending)
      .filter(({ waitingFor, again }) => waitingFor === 'publish' && again).length,
    pubrel: breaks.flatMap(({ pending }) => pending).filter(({ waitingFor, again }) => waitingFor === 'pubrel' && again)
      .length,
  }),
  expiry: ({ messages, sessions }) => ({
    expired: messages.filter(({ delivery }) => delivery === null).length,
    delivered: messages.filter(({ delivery }) => delivery !== null).length,
    sessions: sessions.length,
  }),
  unsubscribe: ({ leaves }) => ({ leaves: leaves.length }),
};

function expectEvidence({ facts }: History, kinds: readonly (keyof typeof evidence)[]): void {
  const seen = kinds.flatMap((kind) => {
    const own = facts[kind];
    if (own === undefined) return [`${kind} did not run`];
    const counts = (evidence[kind] as (facts: unknown) => Record<string, number>)(own);
    return Object.entries(counts).flatMap(([name, count]) => (count > 0 ? [] : [`${kind}: no ${name}`]));
  });
  expect(seen).toEqual([]);
}

/**
 * mosquitto 2.0.11 forgets the Receive Maximum of a client that comes back to its session and completes QoS 2 exchanges: with a Receive
 * Maximum of 4 a plain socket got 12 messages that it had not acknowledged.
 */
const knownOfMosquitto =
  /^protocol: node1 sent \d+ PUBLISH packets .* where Receive Maximum is 4, to flows-inflight-breaker-1/;

const kinds = Object.keys(evidence) as (keyof typeof evidence)[];
/** What MQTT 3.1.1 does not have; a broker that has no MQTT 5 is not asked for it. */
const ofMqtt5: readonly (keyof typeof evidence)[] = ['shared', 'expiry'];

describe('each flow kind does what it is there for, and no check has anything to say of a sound broker', () => {
  test('a cluster of the embedded broker', async () => {
    const { engine, close } = await bootCluster(['node1', 'node2', 'node3']);
    try {
      const [endpoint, another] = engine.endpoints;
      const features = await probeFeatures(endpoint as Endpoint, another);
      // It is one server: a group has its members at all nodes.
      expect(features).toMatchObject({ sessionsMove: { available: true }, groupsSpan: { available: true } });
      const history = await historyOf(engine.endpoints, features);
      const isThere = features.mqtt5.available && features.sharedSubscriptions.available;
      expectEvidence(history, isThere ? kinds : kinds.filter((kind) => !ofMqtt5.includes(kind)));
      expect(findingsOf(history)).toEqual([]);
    } finally {
      await close();
    }
  });

  test('a subscriber that breaks off waits for what comes again: a broker that has forgotten it is not excused', async () => {
    const { engine, close } = await bootClusterSpeaking('{ version: 5 }', ['node1'], 'forget-publish');
    try {
      const features = await probeFeatures(engine.endpoints[0] as Endpoint, undefined);
      // Its Receive Maximum is used up by what the broker has forgotten, so that nothing else comes.
      const redeliverWithinMs = 3_000;
      const history = await historyOf(engine.endpoints, features, {
        ...{ profile: 'inflight', redeliverWithinMs, isWhole: false },
      });
      expect(findingsOf(history, redeliverWithinMs).filter((finding) => finding.startsWith('resend'))).not.toEqual([]);
    } finally {
      await close();
    }
  });

  test('clients of a killed node come back at another one', async () => {
    const { engine, environment, close } = await bootCluster(['node1', 'node2', 'node3']);
    const { nodes } = environment;
    try {
      const [endpoint, another] = engine.endpoints;
      const features = await probeFeatures(endpoint as Endpoint, another);
      const history = await historyOf(engine.endpoints, features, {
        profile: 'stream',
        async meanwhile(generator) {
          await systemClock.sleep(1_000);
          generator.impactBegins(1, { unavailableNodes: ['node1'], cutPaths: [] });
          await nodes.kill('node1');
          await systemClock.sleep(2_000);
          nodes.start('node1');
          await eventually('node1 is back', async () => (await nodes.ping('node1', 1_000)) === undefined);
          generator.impactEnds(1);
          generator.mark('recover', 1_000);
          await systemClock.sleep(1_000);
        },
      });
      expect(findingsOf(history)).toEqual([]);
      const { flows, sessions, subscriptions } = history.facts.stream ?? noStreams;
      const placesOf = (clientId: string) =>
        sessions.find((session) => session.clientId === clientId)?.connections.map(({ node }) => node);
      const publisher = flows.find(({ flow }) => flow.moves && flow.node === 'node1')?.flow.clientId ?? '';
      expect(placesOf('flows-mover-node1')).toEqual(['node1', 'node2']);
      expect(placesOf(publisher)).toEqual(['node1', 'node2']);
      // The others were served all the time.
      expect(placesOf('flows-mover-node2')).toEqual(['node2']);
      // The session of the dead node could not move, and what the subscriber was owed at the other node has come.
      const moved = subscriptions.filter(({ clientId }) => clientId === 'flows-mover-node1');
      expect(moved.some(({ divided }) => divided.length > 0)).toBe(true);
      for (const { received, flow } of moved)
        expect(IntervalSet.from(received).max).toBe(IntervalSet.from(flows[flow]?.acknowledged ?? []).max);
    } finally {
      await close();
    }
  });

  needing('mosquitto').each([4, 5] as const)('mosquitto, protocol level %d', async (version) => {
    const { port, close } = await startMosquitto((at) => `listener ${at} 127.0.0.1\nallow_anonymous true\n`);
    try {
      const endpoint: Endpoint = { node: 'node1', host: '127.0.0.1', port, version };
      const history = await historyOf([endpoint], await probeFeatures(endpoint));
      expectEvidence(history, kinds);
      expect(findingsOf(history).filter((finding) => !knownOfMosquitto.test(finding))).toEqual([]);
    } finally {
      await close();
    }
  });
});
