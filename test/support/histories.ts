import { expect } from '@jest/globals';
import type { Check, CheckInput, Finding } from '../../src/checks/check.ts';
import type { FeatureName, FeatureRecord } from '../../src/model/record.ts';
import type {
  ClientHistory,
  ConnectionHistory,
  DuplicateExample,
  FlowHistory,
  Oddity,
  OddityKind,
  OvertakenExample,
  SessionHistory,
  StreamFacts,
  SubscriptionHistory,
  WrongQosExample,
} from '../../src/workload/flows/stream/facts.ts';
import type { Qos } from '../../src/workload/flows/stream/plan.ts';
import type { History } from '../../src/workload/history.ts';
import { IntervalSet, type Intervals } from '../../src/workload/interval-set.ts';

/** Sequence numbers, one by one or as `[first, last]`. */
export type Numbers = readonly (number | readonly [first: number, last: number])[];

export function setOf(numbers: Numbers): IntervalSet {
  const set = new IntervalSet();
  for (const entry of numbers) {
    if (typeof entry === 'number') set.add(entry);
    else set.addRange(entry[0], entry[1]);
  }
  return set;
}

export function intervals(...numbers: Numbers): Intervals {
  return setOf(numbers).intervals();
}

function upTo(last: number): IntervalSet {
  const set = new IntervalSet();
  set.addRange(1, last);
  return set;
}

export type FlowShape = {
  readonly id?: number;
  readonly name?: string;
  readonly qos?: Qos;
  readonly offered: number;
  readonly unknown?: Numbers;
  readonly notSent?: Numbers;
  readonly resent?: Numbers;
  readonly resentWithoutSession?: Numbers;
  readonly unanswered?: Numbers;
  readonly acknowledgedAtMs?: FlowHistory['acknowledgedAtMs'];
  readonly packetIds?: FlowHistory['packetIds'];
};

/** A flow of `offered` messages, ten a second from 1,000 ms on, all of them acknowledged unless said otherwise. */
export function aFlow(shape: FlowShape): FlowHistory {
  const { id = 0, name = 'orders', qos = 1, offered, unknown = [], notSent = [], resent = [] } = shape;
  const { resentWithoutSession = [], unanswered = [], acknowledgedAtMs = [], packetIds = [] } = shape;
  const acknowledged = qos === 0 ? new IntervalSet() : upTo(offered).minus(setOf(unknown)).minus(setOf(notSent));
  return {
    flow: { id, name, topic: `t/${name}`, qos, node: 'node1', clientId: `publisher-${id}`, ratePerSecond: 10 },
    firstDueMs: 1_000,
    offered,
    acknowledged: acknowledged.intervals(),
    unknown: intervals(...unknown),
    notSent: intervals(...notSent),
    resent: intervals(...resent),
    resentWithoutSession: intervals(...resentWithoutSession),
    unanswered: intervals(...unanswered),
    acknowledgedAtMs,
    packetIds,
  };
}

export type SubscriptionShape = {
  readonly clientId?: string;
  readonly session?: 'clean' | 'persistent';
  readonly granted?: Qos;
  /** What never arrived; everything else that was written did. */
  readonly missing?: Numbers;
  readonly received?: Numbers;
  readonly sessionEnded?: Numbers;
  readonly unreachable?: Numbers;
  readonly stuck?: Numbers;
  readonly writtenInSilence?: number;
  readonly divided?: Numbers;
  readonly duplicated?: Numbers;
  readonly duplicateExamples?: readonly DuplicateExample[];
  readonly overtaken?: readonly OvertakenExample[];
  readonly wrongQos?: readonly WrongQosExample[];
};

export function aSubscription(to: FlowHistory, shape: SubscriptionShape = {}): SubscriptionHistory {
  const {
    clientId = 'subscriber',
    session = 'persistent',
    granted = to.flow.qos,
    missing = [],
    sessionEnded = [],
    unreachable = [],
    stuck = [],
    writtenInSilence = 0,
  } = shape;
  const { divided = [], duplicated = [], duplicateExamples = [], overtaken = [] } = shape;
  const received = shape.received
    ? setOf(shape.received)
    : upTo(to.offered).minus(IntervalSet.from(to.notSent)).minus(setOf(missing)).minus(setOf(sessionEnded));
  return {
    clientId,
    node: 'node2',
    filter: to.flow.topic,
    flow: to.flow.id,
    session,
    requestedQos: to.flow.qos,
    grantedQos: granted,
    received: received.intervals(),
    sessionEnded: intervals(...sessionEnded),
    unreachable: intervals(...unreachable),
    writtenInSilence,
    stuck: intervals(...stuck),
    divided: intervals(...divided),
    duplicated: intervals(...duplicated),
    duplicateExamples,
    overtaken: intervals(...overtaken.map(({ sequence }) => sequence)),
    overtakenExamples: overtaken,
    wrongQos: shape.wrongQos?.length ?? 0,
    wrongQosExamples: shape.wrongQos ?? [],
  };
}

/** One connection of a session: `due` holds how many messages of flow 0 had fallen due at its start and at its end. */
export function aConnection(
  shape: Partial<Omit<ConnectionHistory, 'due'>> & {
    readonly due?: readonly [atConnect: number, atDisconnect: number | null];
  },
): ConnectionHistory {
  const { due = [0, null], ...rest } = shape;
  return {
    node: 'node2',
    connectedMs: 500,
    disconnectedMs: null,
    sessionPresent: false,
    sessionExpected: false,
    subscribed: shape.sessionExpected === true,
    written: null,
    ...rest,
    due: [{ flow: 0, atConnect: due[0], atDisconnect: due[1] }],
  };
}

export function aSession(
  connections: readonly ConnectionHistory[],
  shape: Partial<Omit<SessionHistory, 'connections'>> = {},
): SessionHistory {
  return { clientId: 'subscriber', node: 'node2', role: 'subscriber', session: 'persistent', ...shape, connections };
}

export function aHistory(parts: {
  readonly flows?: readonly FlowHistory[];
  readonly subscriptions?: readonly SubscriptionHistory[];
  readonly sessions?: readonly SessionHistory[];
  readonly clients?: readonly ClientHistory[];
  readonly oddities?: Partial<Record<OddityKind, readonly Oddity[]>>;
}): StreamFacts {
  const { flows = [], subscriptions = [], sessions = [], clients = [], oddities = {} } = parts;
  const odd = (kind: OddityKind) => ({ count: oddities[kind]?.length ?? 0, examples: oddities[kind] ?? [] });
  return {
    flows,
    subscriptions,
    sessions,
    clients,
    oddities: {
      corrupt: odd('corrupt'),
      foreign: odd('foreign'),
      invented: odd('invented'),
      unsubscribed: odd('unsubscribed'),
    },
  };
}

/** One flow and one subscription to it. */
export function oneWay(flow: FlowShape, subscription: SubscriptionShape = {}): StreamFacts {
  const made = aFlow(flow);
  return aHistory({ flows: [made], subscriptions: [aSubscription(made, subscription)] });
}

/** A broker that can do everything but what is named, with what was seen of it. */
export function features(missing: Partial<Record<FeatureName, string>> = {}): FeatureRecord {
  const one = (name: FeatureName) => ({ available: missing[name] === undefined, seen: missing[name] ?? 'seen' });
  return {
    qos2: one('qos2'),
    mqtt5: one('mqtt5'),
    retained: one('retained'),
    wills: one('wills'),
    sharedSubscriptions: one('sharedSubscriptions'),
    persistentSessions: one('persistentSessions'),
    emptySessions: one('emptySessions'),
    sessionsMove: one('sessionsMove'),
    groupsSpan: one('groupsSpan'),
  };
}

/** The history of a workload that has streams only. */
export function ofStream(stream: StreamFacts): History {
  return { facts: { stream }, notRun: {} };
}

/** The input of a check: the history of a workload, or of one that has streams only. */
export function input(history: StreamFacts | History, around: Partial<Omit<CheckInput, 'history'>> = {}): CheckInput {
  return {
    mqttVersion: 4,
    history: 'facts' in history ? history : ofStream(history),
    features: features(),
    paths: null,
    livenessBoundMs: 30_000,
    isFreshCluster: true,
    unserved: [],
    quietMs: 8_000,
    returnMs: 15_000,
    starved: [],
    unhealed: [],
    stillArriving: false,
    ...around,
  };
}

/** What an applicable check found. */
export function findings(
  check: Check,
  history: StreamFacts | History,
  around: Partial<Omit<CheckInput, 'history'>> = {},
): { count: number; findings: readonly Finding[] } {
  const result = check.run(input(history, around));
  if (!result.applicable) throw new Error(`${check.id} is not applicable: ${result.why}`);
  return { count: result.count, findings: result.findings };
}

export function expectNothing(
  check: Check,
  history: StreamFacts | History,
  around: Partial<Omit<CheckInput, 'history'>> = {},
): void {
  expect(findings(check, history, around)).toEqual({ count: 0, findings: [] });
}

/** Exactly one violation, counted once and shown once. */
export function theOne(
  check: Check,
  history: StreamFacts | History,
  around: Partial<Omit<CheckInput, 'history'>> = {},
): Finding {
  const { count, findings: shown } = findings(check, history, around);
  expect(count).toBe(1);
  expect(shown).toHaveLength(1);
  return shown[0] as Finding;
}
