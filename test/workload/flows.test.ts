import { describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import type { FlowKindName } from '../../src/model/flow-kinds.ts';
import type { FeatureRecord } from '../../src/model/record.ts';
import type { Endpoint } from '../../src/workload/client.ts';
import { probeFeatures } from '../../src/workload/features.ts';
import { Generator } from '../../src/workload/generator.ts';
import type { FlowFacts, History } from '../../src/workload/history.ts';
import { findingsOf } from '../support/findings.ts';
import { needing } from '../support/needs.ts';
import { bootCluster } from '../support/small-cluster.ts';
import { startMosquitto } from './mqtt/support.ts';

/** Long enough for a message to expire while its subscriber is away. */
const runMs = 9_000;

/** All kinds side by side. */
async function historyOf(endpoints: readonly Endpoint[], features: FeatureRecord): Promise<History> {
  const generator = new Generator(
    {
      ...{ endpoints, features, profile: 'mixed', ratePerSecond: 300, payloadBytes: 40, deadlineMs: 5_000 },
      ...{ prefix: 'flows', run: 7, seed: 'flows' },
    },
    systemClock.nowMs,
  );
  try {
    expect(await generator.warmUp(30_000)).toEqual([]);
    generator.start(1_000);
    await systemClock.sleep(runMs);
    generator.mark('drain', 1_000);
    generator.stop();
    expect(await generator.drain({ quietMs: 8_000, returnMs: 15_000, withinMs: 90_000 })).toMatchObject({
      ...{ outstanding: 0, unsettled: 0, absent: 0, unfinished: false },
    });
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
      const history = await historyOf(engine.endpoints, features);
      const isThere = features.mqtt5.available && features.sharedSubscriptions.available;
      expectEvidence(history, isThere ? kinds : kinds.filter((kind) => !ofMqtt5.includes(kind)));
      expect(findingsOf(history)).toEqual([]);
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
