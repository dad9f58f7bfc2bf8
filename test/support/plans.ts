import type { FlowPlan, Qos, SubscriberPlan, WorkloadPlan } from '../../src/workload/flows/stream/plan.ts';
import { type FlowRecord, Recorder, type SubscriptionRecord } from '../../src/workload/flows/stream/recorder.ts';

/** A flow from node1 of 100 messages a second. */
export function aFlowPlan(shape: Partial<FlowPlan> = {}): FlowPlan {
  const { id = 0 } = shape;
  return {
    id,
    name: `flow ${id}`,
    topic: `t/${id}`,
    qos: 1,
    node: 'node1',
    clientId: `publisher-${id}`,
    ratePerSecond: 100,
    ...shape,
  };
}

/** A subscriber at node2 to each of these flows' own topic. */
export function aSubscriberPlan(
  flows: readonly FlowPlan[],
  shape: Partial<Omit<SubscriberPlan, 'subscriptions'>> & { readonly qos?: Qos } = {},
): SubscriberPlan {
  const { qos, ...rest } = shape;
  return {
    clientId: 'subscriber',
    node: 'node2',
    session: 'persistent',
    ...rest,
    subscriptions: flows.map((flow) => ({ filter: flow.topic, qos: qos ?? flow.qos, flows: [flow.id] })),
  };
}

/** One flow, one subscriber, and the records of both. */
export function oneFlow(
  flow: Partial<FlowPlan> = {},
  subscriber: Parameters<typeof aSubscriberPlan>[1] = {},
  deadlineMs = 5_000,
): {
  plan: WorkloadPlan;
  recorder: Recorder;
  flow: FlowRecord;
  subscription: SubscriptionRecord;
  subscriber: SubscriberPlan;
} {
  const flowPlan = aFlowPlan(flow);
  const subscriberPlan = aSubscriberPlan([flowPlan], subscriber);
  const plan = { flows: [flowPlan], subscribers: [subscriberPlan] };
  const recorder = new Recorder(plan, deadlineMs);
  const [record] = recorder.flows;
  const subscription = record?.subscriptions[0];
  if (!record || !subscription) throw new Error('a plan of one flow has one flow and one subscription');
  return { plan, recorder, flow: record, subscription, subscriber: subscriberPlan };
}
