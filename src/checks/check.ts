import type { FlowKindName } from '../model/flow-kinds.ts';
import type { FeatureRecord, LostRecord } from '../model/record.ts';
import type { FlowHistory, StreamFacts, SubscriptionHistory } from '../workload/flows/stream/facts.ts';
import { effectiveQos, owedAndMissing } from '../workload/flows/stream/owed.ts';
import type { Qos } from '../workload/flows/stream/plan.ts';
import type { Unserved } from '../workload/flows/stream/unserved.ts';
import type { FlowFacts, History } from '../workload/history.ts';
import { IntervalSet } from '../workload/interval-set.ts';
import type { PathReport } from '../workload/path-report.ts';
import { interruptionFacts } from './connections.ts';

/** An invariant: one file, one line in registry.ts. Pure: the same stream gives the same findings. */
export type Check = {
  readonly id: string;
  readonly statement: string;
  /** What it rests on in each version of MQTT; null where it is this tool's own. */
  readonly clause: Clause | null;
  run(input: CheckInput): CheckResult;
};

/**
 * Normative statements by their numbers, separated by commas: MQTT 3.1.1 (OASIS Standard, 29 October 2014) and
 * MQTT 5.0 (OASIS Standard, 7 March 2019). The same rule has another number in each, and the same number another rule.
 */
export type Clause = {
  /** Null for what only MQTT 5 has; the check then looks at MQTT 5 clients. */ readonly v311: string | null;
  readonly v5: string;
};
export type MqttVersion = 4 | 5;

/**
 * A check of what one flow kind has seen: it gets the facts of that kind. It is not applicable where the kind did not run.
 */
export function checkOf<K extends FlowKindName>(
  kind: K,
  { run, ...check }: Omit<Check, 'run'> & { run(facts: FlowFacts[K], input: CheckInput): CheckResult },
): Check {
  return {
    ...check,
    run(input) {
      const { facts, notRun } = input.history;
      const own = facts[kind];
      if (own === undefined)
        return { applicable: false, why: notRun[kind] ?? `the workload has no flows of the kind ${kind}` };
      return run(own, input);
    },
  };
}

export type CheckInput = {
  /** The protocol level that the workload speaks: 4 is MQTT 3.1.1. */
  readonly mqttVersion: MqttVersion;
  readonly history: History;
  readonly features: FeatureRecord;
  /** What fresh clients saw after the heal; null when nobody looked. */
  readonly paths: PathReport | null;
  /** All of that, where `paths` is only the part of it that is judged. */
  readonly allPaths?: PathReport | undefined;
  /** How long after the heal every node must accept and every path deliver. */
  readonly livenessBoundMs: number;
  /** What did not work before any fault and was found out in this scenario. */
  readonly unserved: readonly Unserved[];
  /** Nothing moved for so long before a message was called missing. */
  readonly quietMs: number;
  /** A client that was not served for so long at the end could not come back. */
  readonly returnMs: number;
  /** Event loops of this tool that stood still after the heal, for long enough to be the cause of what was late. */
  readonly starved: readonly string[];
  /** No scenario has run on this cluster before: no fault of an earlier one can still have an effect. */
  readonly isFreshCluster: boolean;
  /** Faults that could not be healed: what the cluster does afterwards is not its own doing. */
  readonly unhealed: readonly string[];
  /** Draining was given up while messages were still coming: what is missing is late and not yet lost. */
  readonly stillArriving: boolean;
};

export type CheckResult =
  | {
      readonly applicable: true;
      readonly count: number;
      readonly findings: readonly Finding[];
      /** All that was lost, where the invariant is about loss. */
      readonly lost?: readonly LostRecord[] | undefined;
    }
  | {
      readonly applicable: false;
      readonly why: string;
      /** There was something to look at, and this run cannot tell what it means: its scenario decides nothing. */
      readonly undecided?: boolean;
    };

/** One violation; times are monotonic milliseconds. */
export type Finding = {
  readonly what: string;
  readonly atMs: number | null;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
  /** What this one rests on, where it is not all that its check rests on. */
  readonly clause?: Clause;
};

/** Findings shown of each invariant; all of them are counted. */
export const findingLimit = 10;

export function found(count: number, findings: readonly Finding[]): CheckResult {
  return { applicable: true, count, findings: findings.slice(0, findingLimit) };
}

/** A subscription's stream with its flow's, as sets. */
export type Delivery = {
  readonly flow: FlowHistory;
  readonly subscription: SubscriptionHistory;
  /** The lower of the flow's QoS and the granted one [MQTT-3.8.4-6]. */
  readonly qos: Qos;
  readonly received: IntervalSet;
};

export function deliveries(stream: StreamFacts): Delivery[] {
  return stream.subscriptions.flatMap((subscription) => {
    const flow = stream.flows[subscription.flow];
    if (!flow) return [];
    const qos = effectiveQos(flow.flow.qos, subscription.grantedQos);
    return [{ flow, subscription, qos, received: IntervalSet.from(subscription.received) }];
  });
}

/** What a subscription is owed and never got. */
export function lostOn({ flow, subscription, qos, received }: Delivery): IntervalSet {
  return owedAndMissing({
    qos,
    acknowledged: IntervalSet.from(flow.acknowledged),
    received,
    excused: () => [IntervalSet.from(subscription.sessionEnded), IntervalSet.from(subscription.unreachable)],
  });
}

/** When a message was due to be published: flows are open loop, so their rate tells. A flow without a rate has no messages but its first. */
export function dueMs({ firstDueMs, flow: { ratePerSecond } }: FlowHistory, sequence: number): number {
  return ratePerSecond > 0 ? firstDueMs + ((sequence - 1) * 1_000) / ratePerSecond : firstDueMs;
}

/** What the stream knows of one message, as facts for a reader. */
export function messageFacts(stream: StreamFacts, flow: FlowHistory, sequence: number): Finding['facts'] {
  const everybody = { ...stream, subscriptions: stream.witnesses ?? stream.subscriptions };
  const saw = deliveries(everybody).filter((delivery) => delivery.flow === flow);
  const names = (wanted: boolean): string =>
    saw
      .filter(({ received }) => received.has(sequence) === wanted)
      .map(({ subscription }) => subscription.clientId)
      .join(', ') || 'none';
  return {
    flow: flow.flow.name,
    topic: flow.flow.topic,
    qos: flow.flow.qos,
    sequence,
    publisher: flow.flow.clientId,
    publisherNode: flow.flow.node,
    ...interruptionFacts(stream, 'publisher', flow.flow.clientId, dueMs(flow, sequence)),
    outcome: outcomeOf(flow, sequence),
    dueAtMs: dueMs(flow, sequence),
    acknowledgedAtMs: acknowledgedAtMs(flow, sequence),
    packetId: flow.packetIds.find(([of]) => of === sequence)?.[1] ?? null,
    sentAgain: IntervalSet.from(flow.resent).has(sequence),
    receivedBy: names(true),
    notReceivedBy: names(false),
  };
}

/** Null for a message that was never acknowledged, and for no other. */
function acknowledgedAtMs(flow: FlowHistory, sequence: number): number | string | null {
  if (!IntervalSet.from(flow.acknowledged).has(sequence)) return null;
  return flow.acknowledgedAtMs.find(([of]) => of === sequence)?.[1] ?? 'not kept, the message is too old';
}

function outcomeOf(flow: FlowHistory, sequence: number): string {
  if (IntervalSet.from(flow.acknowledged).has(sequence)) return 'ok';
  if (IntervalSet.from(flow.unknown).has(sequence)) return 'info';
  if (IntervalSet.from(flow.notSent).has(sequence)) return 'fail';
  return flow.flow.qos === 0 ? 'sent at QoS 0' : 'open';
}
