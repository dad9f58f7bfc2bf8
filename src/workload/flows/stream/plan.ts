import type { FeatureRecord } from '../../../model/record.ts';

export type Qos = 0 | 1 | 2;

/** One publisher, one topic, one QoS: the unit of order (MQTT 3.1.1 section 4.6) and of accounting. */
export type FlowPlan = {
  /** Below 65,536; its place in the plan. */
  readonly id: number;
  readonly name: string;
  readonly topic: string;
  readonly qos: Qos;
  /** The node its publisher is connected to. */
  readonly node: string;
  readonly clientId: string;
  readonly ratePerSecond: number;
  /** Its publisher goes on to another node when its own refuses it or is dead. */
  readonly moves?: true;
};

export type SubscriberPlan = {
  readonly clientId: string;
  readonly node: string;
  readonly session: 'clean' | 'persistent';
  readonly subscriptions: readonly SubscriptionPlan[];
  /** It leaves and returns for as long as the publishers run. */
  readonly roam?: { readonly onlineMs: number; readonly awayMs: number };
  /** It goes on to another node when its own refuses it or is dead. It subscribes to flows whose publishers do so too, and to no others. */
  readonly moves?: true;
};

export type SubscriptionPlan = {
  readonly filter: string;
  readonly qos: Qos;
  /** Ids of the flows that its filter matches. */
  readonly flows: readonly number[];
};

export type WorkloadPlan = { readonly flows: readonly FlowPlan[]; readonly subscribers: readonly SubscriberPlan[] };

/** Makes the flows of one scenario; `prefix` is unique to it and begins every topic and client id. */
export type Profile = (options: {
  readonly nodes: readonly string[];
  readonly features: FeatureRecord;
  readonly ratePerSecond: number;
  readonly prefix: string;
}) => WorkloadPlan;
