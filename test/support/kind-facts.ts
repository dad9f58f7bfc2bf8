import type { FlowKindName } from '../../src/model/flow-kinds.ts';
import type { ExpiringMessage, ExpiringSession } from '../../src/workload/flows/expiry/facts.ts';
import type { Takeover } from '../../src/workload/flows/handover/facts.ts';
import type { Break, Pending } from '../../src/workload/flows/inflight/facts.ts';
import type { RetainedReading, RetainedTopic, RetainedWrite } from '../../src/workload/flows/retained/facts.ts';
import type { SharedGroup, SharedMember } from '../../src/workload/flows/shared/facts.ts';
import type { Leave } from '../../src/workload/flows/unsubscribe/facts.ts';
import type { Will, WillFacts } from '../../src/workload/flows/will/facts.ts';
import type { FlowFacts, History } from '../../src/workload/history.ts';
import type { ClientBreach, UnprovokedEnd, WireFacts } from '../../src/workload/wire.ts';
import { intervals, type Numbers } from './histories.ts';

/*
 * Facts of the flow kinds other than streams. Each builder makes something legal; a test says what is different about its own.
 */

/** The history of a workload of one flow kind. */
export function ofKind<K extends FlowKindName>(kind: K, facts: FlowFacts[K]): History {
  return { facts: { [kind]: facts }, notRun: {} };
}

/** The history of a workload of which only the connections were looked at. */
export function ofWire(wire: Partial<WireFacts>): History {
  return { facts: {}, wire: { breaches: [], breachCounts: [], ends: [], endCount: 0, ...wire }, notRun: {} };
}

/** A write of a retained topic by the writer at node1, acknowledged 10 ms after it. */
export function aWrite(sequence: number, shape: Partial<RetainedWrite> = {}): RetainedWrite {
  const writtenMs = 1_000 * sequence;
  return {
    ...{ sequence, deletes: false, node: 'node1', clientId: 'writer-1', writtenMs, acknowledgedMs: writtenMs + 10 },
    ...shape,
  };
}

export function aTopic(last: readonly RetainedWrite[], topic = 't/state'): RetainedTopic {
  const newest = last.at(-1);
  return { topic, nodes: ['node1'], writes: newest?.sequence ?? 0, deletions: newest?.deletes ? 1 : 0, last };
}

/** What a fresh subscriber at a node saw, topic by topic. */
export function aReading(node: string, ...seen: readonly number[]): RetainedReading {
  return { node, clientId: `reader-${node}`, subscribedMs: 60_000, endedMs: 61_000, attempts: 1, seen };
}

/** Its client closed its socket at 5,000 ms, and observer 0, at its node, saw it once. */
export function aWill(shape: Partial<Will> = {}): Will {
  return {
    ...{ number: 1, clientId: 'mortal', node: 'node1', topic: 't/will', qos: 1, end: 'drop' },
    ...{ connectedMs: 1_000, endedMs: 5_000, dueMs: 5_000, struck: false, returnedInTime: false },
    ...{ watchedBy: [0], seen: [{ observer: 0, copies: 1, firstMs: 5_020 }] },
    ...shape,
  };
}

/** Wills with an observer at each of two nodes. */
export function ofWills(...wills: readonly Will[]): History {
  const observers: WillFacts['observers'] = [
    { clientId: 'observer-1', node: 'node1' },
    { clientId: 'observer-2', node: 'node2' },
  ];
  return ofKind('will', { observers, wills });
}

type GroupShape = Partial<Pick<SharedGroup, 'qos' | 'offered' | 'members' | 'twiceExamples' | 'writtenMs'>> & {
  readonly [Set in 'acknowledged' | 'received' | 'twice' | 'publishedAgain' | 'sessionEnded']?: Numbers;
};

export function aMember(clientId: string, shape: Partial<SharedMember> = {}): SharedMember {
  return { clientId, node: 'node1', isServed: true, connections: 1, ...shape };
}

/** A group of two members. All messages, ten a second from 1,000 ms on, were acknowledged and received once. */
export function aGroup(shape: GroupShape = {}): SharedGroup {
  const { qos = 1, offered = 20, twiceExamples = [] } = shape;
  const { writtenMs = Array.from({ length: offered }, (_, i) => [i + 1, 1_000 + i * 100] as const) } = shape;
  const { members = [aMember('member-1'), aMember('member-2', { node: 'node2' })] } = shape;
  const { acknowledged = [[1, offered]], received = [[1, offered]], twice = [] } = shape;
  const { publishedAgain = [], sessionEnded = [] } = shape;
  return {
    ...{ filter: '$share/g/t/work', topic: 't/work', publisher: 'giver', publisherNode: 'node1' },
    ...{ qos, members, offered, writtenMs, twiceExamples },
    acknowledged: intervals(...acknowledged),
    received: intervals(...received),
    twice: intervals(...twice),
    publishedAgain: intervals(...publishedAgain),
    sessionEnded: intervals(...sessionEnded),
  };
}

/** The newer connection, at node2, was accepted at 2,000 ms; the older one, at node1, was closed 5 ms later. Both were watched until 60,000 ms. */
export function aTakeover(shape: Partial<Takeover> = {}): Takeover {
  return {
    ...{ clientId: 'mover', olderNode: 'node1', newerNode: 'node2', olderConnectedMs: 1_000, newerConnectedMs: 2_000 },
    ...{ olderClosedMs: 2_005, olderAnsweredMs: null, watchedUntilMs: 60_000, struck: false },
    ...shape,
  };
}

/** A QoS 1 message that was not acknowledged, and came again as it has to. */
export function aPending(shape: Partial<Pending> = {}): Pending {
  return {
    ...{ packetId: 7, qos: 1, waitingFor: 'publish', topic: 't/slow', sequence: 3 },
    again: { atMs: 3_010, packet: 'publish', dup: true, same: true },
    maybeReceived: false,
    ...shape,
  };
}

/** A subscriber broke off at 2,000 ms and was back in its session from 3,000 ms to 33,000 ms. */
export function aBreak(pending: readonly Pending[], shape: Partial<Break> = {}): Break {
  return {
    ...{ clientId: 'breaker', node: 'node1', brokeOffMs: 2_000, returnedMs: 3_000, lastedMs: 30_000 },
    ...{ sessionPresent: true, struck: false, pending },
    ...shape,
  };
}

/** A message with an interval of 10 s. It was written at 1,000 ms; its subscriber came back at 5,000 ms and got it with 6 s left. */
export function anExpiringMessage(shape: Partial<ExpiringMessage> = {}): ExpiringMessage {
  return {
    ...{
      sequence: 1,
      publisher: 'sender',
      publisherNode: 'node1',
      clientId: 'sleeper',
      node: 'node2',
      topic: 't/brief',
    },
    ...{ expirySeconds: 10, writtenMs: 1_000, acknowledgedMs: 1_000, returnedMs: 5_000, struck: false },
    delivery: { atMs: 5_000, remainingSeconds: 6 },
    ...shape,
  };
}

/** A session with an interval of 10 s. Its client left at 1,000 ms, came back at 5,000 ms, and had it still. */
export function anExpiringSession(shape: Partial<ExpiringSession> = {}): ExpiringSession {
  return {
    ...{ clientId: 'sleeper', node: 'node2', expirySeconds: 10, disconnectedMs: 1_000, returnedMs: 5_000 },
    ...{ connectedMs: 5_010, sessionPresent: true, struck: false },
    ...shape,
  };
}

/** A subscriber left its topic at 2,000 ms and nothing arrived until it came back at 8,000 ms. */
export function aLeave(shape: Partial<Leave> = {}): Leave {
  return {
    ...{ clientId: 'leaver', node: 'node2', topic: 't/left', publisher: 'talker', publisherNode: 'node1' },
    ...{ unsubackMs: 2_000, endedMs: 8_000, struck: false, arrived: [], arrivedCount: 0 },
    ...shape,
  };
}

/** A QoS 0 PUBLISH with DUP set, seen by an MQTT 3.1.1 client. */
export function aBreach(shape: Partial<ClientBreach> = {}): ClientBreach {
  return {
    ...{ clientId: 'reader', node: 'node1', version: 4, bytesHex: '3806', atMs: 4_000 },
    ...{ clause: { v311: 'MQTT-3.3.1-2', v5: 'MQTT-3.3.1-2' }, what: 'sent a QoS 0 PUBLISH with DUP set' },
    ...shape,
  };
}

export function anEnd(shape: Partial<UnprovokedEnd> = {}): UnprovokedEnd {
  return {
    ...{ clientId: 'reader', node: 'node1', atMs: 9_000, how: 'closed by the broker', reasonCode: null },
    connectedForMs: 8_000,
    ...shape,
  };
}
