import { describe, expect, test } from '@jest/globals';
import type { FeatureRecord } from '../../../src/model/record.ts';
import { mixed } from '../../../src/workload/flows/stream/mixed.ts';
import type { WorkloadPlan } from '../../../src/workload/flows/stream/plan.ts';
import { features } from '../../support/histories.ts';

function plan(count: number, can: FeatureRecord = features()): WorkloadPlan {
  const nodes = Array.from({ length: count }, (_, i) => `node${i + 1}`);
  return mixed({ nodes, features: can, ratePerSecond: 300, prefix: 'p' });
}

/** MQTT 3.1.1 section 4.7.1. */
function matches(filter: string, topic: string): boolean {
  const levels = topic.split('/');
  const wanted = filter.split('/');
  return (
    wanted.every((level, i) => level === '#' || (i < levels.length && (level === '+' || level === levels[i]))) &&
    (wanted.includes('#') || wanted.length === levels.length)
  );
}

const sizes = [1, 2, 3, 5];
const missing = [
  {},
  { qos2: 'closed' },
  { persistentSessions: 'no' },
  { qos2: 'closed', persistentSessions: 'no' },
] as const;
const variants = sizes.flatMap((count) =>
  missing.map((lacks) => [count, Object.keys(lacks).join(' or ') || 'nothing', lacks] as const),
);

describe.each(variants)('%i nodes without %s', (count, _, lacks) => {
  const made = plan(count, features(lacks));

  test('a flow’s id is its place, its topic and its publisher are its own', () => {
    expect(made.flows.map(({ id }) => id)).toEqual(made.flows.map((_flow, i) => i));
    expect(new Set(made.flows.map(({ topic }) => topic)).size).toBe(made.flows.length);
    expect(new Set([...made.flows, ...made.subscribers].map(({ clientId }) => clientId)).size).toBe(
      made.flows.length + made.subscribers.length,
    );
  });

  test('the flows of a subscription are those that its filter matches', () => {
    for (const { subscriptions } of made.subscribers) {
      for (const { filter, flows } of subscriptions)
        expect(flows).toEqual(made.flows.filter(({ topic }) => matches(filter, topic)).map(({ id }) => id));
    }
  });

  test('no client has two filters that match the same topic', () => {
    for (const { subscriptions } of made.subscribers) {
      const flows = subscriptions.flatMap((subscription) => subscription.flows);
      expect(new Set(flows).size).toBe(flows.length);
    }
  });

  test('every node has subscriptions to flows of its own and, if there are others, of others', () => {
    for (let i = 1; i <= count; i++) {
      const node = `node${i}`;
      const origins = made.subscribers
        .filter((subscriber) => subscriber.node === node)
        .flatMap(({ subscriptions }) => subscriptions.flatMap(({ flows }) => flows))
        .map((id) => made.flows[id]?.node);
      expect(origins).toContain(node);
      expect(origins.some((origin) => origin !== node)).toBe(count > 1);
    }
  });

  test('every node publishes to a subscriber at another one', () => {
    const crossing = made.subscribers.flatMap(({ node, subscriptions }) =>
      subscriptions.flatMap(({ flows }) => flows.map((id) => made.flows[id]?.node)).filter((from) => from !== node),
    );
    expect(new Set(crossing).size).toBe(count > 1 ? count : 0);
  });

  test('the rate is shared among the flows that somebody hears', () => {
    const used = new Set(made.subscribers.flatMap(({ subscriptions }) => subscriptions.flatMap(({ flows }) => flows)));
    for (const { id, ratePerSecond } of made.flows) expect(ratePerSecond > 0).toBe(used.has(id));
    expect(made.flows.reduce((sum, { ratePerSecond }) => sum + ratePerSecond, 0)).toBeCloseTo(300, 6);
  });

  test('asks for QoS 2 and for sessions only where the broker has them', () => {
    const qos = [...made.flows, ...made.subscribers.flatMap(({ subscriptions }) => subscriptions)].map((of) => of.qos);
    expect(qos.includes(2)).toBe(!('qos2' in lacks));
    expect(qos).toContain(1);
    expect(qos).toContain(0);
    const kept = !('persistentSessions' in lacks);
    expect(made.subscribers.some(({ session }) => session === 'persistent')).toBe(kept);
    expect(made.subscribers.some(({ roam }) => roam !== undefined)).toBe(kept);
  });
});

test('there is fan-out (one flow to a subscriber at every node) and fan-in (a flow of every node to one subscriber)', () => {
  const { flows, subscribers } = plan(3);
  const hears = (id: number) =>
    subscribers.filter(({ subscriptions }) => subscriptions.some((s) => s.flows.includes(id)));
  const broadcast = flows.find(({ name }) => name === 'fan-out');
  expect(hears(broadcast?.id ?? -1).map(({ node }) => node)).toEqual(['node1', 'node2', 'node3']);
  const gatherer = subscribers.find(({ clientId }) => clientId.endsWith('gatherer'));
  expect(gatherer?.subscriptions[0]?.flows.map((id) => flows[id]?.node)).toEqual(['node1', 'node2', 'node3']);
});
