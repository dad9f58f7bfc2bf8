import type { FlowPlan, Profile, Qos, SubscriberPlan } from './plan.ts';

/**
 * The everyday mix: every QoS that the broker has, within a node and across nodes, fan-out, fan-in, and a persistent session
 * that goes away and comes back. Every flow has the same share of the rate.
 */
export const mixed: Profile = ({ nodes, features, ratePerSecond, prefix }) => {
  const flows: Omit<FlowPlan, 'id' | 'ratePerSecond' | 'clientId'>[] = [];
  const flow = (name: string, topic: string, qos: Qos, node: string): number =>
    flows.push({ name, topic: `${prefix}/${topic}`, qos, node }) - 1;
  const next = (index: number): string => nodes[(index + 1) % nodes.length] as string;
  const exactly: Qos = features.qos2.available ? 2 : 1;

  const telemetry = nodes.map((node) => flow(`telemetry from ${node}`, `telemetry/${node}`, 0, node));
  const commands = nodes.map((node) => flow(`commands from ${node}`, `commands/${node}`, 1, node));
  const orders = nodes.map((node) => flow(`orders from ${node}`, `orders/${node}`, exactly, node));
  const gathered = nodes.map((node) => flow(`fan-in from ${node}`, `gather/${node}`, 1, node));
  const broadcast = flow('fan-out', 'broadcast', 1, nodes[0] as string);
  const last = nodes[nodes.length - 1] as string;
  const mail = [flow('mail at QoS 1', 'mail/once', 1, last), flow('mail at QoS 2', 'mail/exactly', exactly, last)];

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
  subscribers.push({
    clientId: `${prefix}-gatherer`,
    node: next(0),
    session,
    subscriptions: [{ filter: `${prefix}/gather/+`, qos: 1, flows: gathered }],
  });
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
