import type { FeatureRecord } from '../../../model/record.ts';
import type { FlowPlan, Profile, Qos, SubscriberPlan } from './plan.ts';

/** Whether a client that comes to another node finds its session there. */
export function sessionsMove({ persistentSessions, sessionsMove }: FeatureRecord): boolean {
  return persistentSessions.available && sessionsMove?.available === true;
}

/**
 * The everyday mix: every QoS that the broker has, within a node and across nodes, fan-out, fan-in, a persistent session that
 * goes away and comes back, and clients of each node that go on to another one. Every flow has the same share of the rate.
 */
export const mixed: Profile = ({ nodes, features, ratePerSecond, prefix }) => {
  const flows: Omit<FlowPlan, 'id' | 'ratePerSecond' | 'clientId'>[] = [];
  const flow = (name: string, topic: string, qos: Qos, node: string, how: Pick<FlowPlan, 'moves'> = {}): number =>
    flows.push({ name, topic: `${prefix}/${topic}`, qos, node, ...how }) - 1;
  const next = (index: number): string => nodes[(index + 1) % nodes.length] as string;
  const exactly: Qos = features.qos2.available ? 2 : 1;

  const telemetry = nodes.map((node) => flow(`telemetry from ${node}`, `telemetry/${node}`, 0, node));
  const commands = nodes.map((node) => flow(`commands from ${node}`, `commands/${node}`, 1, node));
  const orders = nodes.map((node) => flow(`orders from ${node}`, `orders/${node}`, exactly, node));
  const gathered = nodes.map((node) => flow(`fan-in from ${node}`, `gather/${node}`, 1, node));
  const broadcast = flow('fan-out', 'broadcast', 1, nodes[0] as string);
  const last = nodes[nodes.length - 1] as string;
  const mail = [flow('mail at QoS 1', 'mail/once', 1, last), flow('mail at QoS 2', 'mail/exactly', exactly, last)];
  // Of a single node there is no other one to go to.
  const moving = nodes.flatMap((node, index) =>
    nodes.length > 1
      ? [flow(`moving from ${node}`, `moving/${node}`, index % 2 === 0 ? exactly : 1, node, { moves: true })]
      : [],
  );

  const at = <T>(list: readonly T[], index: number): T => list[(index + list.length) % list.length] as T;
  const session = features.persistentSessions.available ? 'persistent' : 'clean';
  const subscribers: SubscriberPlan[] = [];
  nodes.forEach((node, index) => {
    subscribers.push({
      clientId: `${prefix}-live-${node}`,
      node,
      session: 'clean',
      subscriptions: [
        { filter: `${prefix}/telemetry/#`, qos: 0, flows: telemetry },
        { filter: `${prefix}/broadcast`, qos: 1, flows: [broadcast] },
      ],
    });
    // Each durable subscriber hears its own node and the one before it.
    const near = [...new Set([index, (index + nodes.length - 1) % nodes.length])];
    subscribers.push({
      clientId: `${prefix}-durable-${node}`,
      node,
      session,
      subscriptions: near.flatMap((from) => [
        { filter: `${prefix}/commands/${at(nodes, from)}`, qos: 1 as const, flows: [at(commands, from)] },
        { filter: `${prefix}/orders/${at(nodes, from)}`, qos: exactly, flows: [at(orders, from)] },
      ]),
    });
  });
  const ofMoving = { filter: `${prefix}/moving/+`, qos: exactly, flows: moving };
  subscribers.push({
    clientId: `${prefix}-gatherer`,
    node: next(0),
    session,
    subscriptions: [
      { filter: `${prefix}/gather/+`, qos: 1, flows: gathered },
      ...(moving.length > 0 ? [ofMoving] : []),
    ],
  });
  if (moving.length > 0)
    for (const node of nodes) {
      subscribers.push({
        clientId: `${prefix}-mover-${node}`,
        node,
        session: sessionsMove(features) ? 'persistent' : 'clean',
        subscriptions: [ofMoving],
        moves: true,
      });
    }
  if (session === 'persistent') {
    subscribers.push({
      clientId: `${prefix}-roamer`,
      node: nodes[0] as string,
      session,
      subscriptions: [{ filter: `${prefix}/mail/#`, qos: exactly, flows: mail }],
      roam: { onlineMs: 2_000, awayMs: 1_500 },
    });
  }

  const used = new Set(subscribers.flatMap((s) => s.subscriptions.flatMap((subscription) => subscription.flows)));
  return {
    flows: flows.map((made, id) => ({
      ...made,
      id,
      clientId: `${prefix}-publisher-${id}`,
      ratePerSecond: used.has(id) ? ratePerSecond / used.size : 0,
    })),
    subscribers,
  };
};
