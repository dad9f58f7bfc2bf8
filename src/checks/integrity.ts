import { formatMs } from '../model/units.ts';
import { noStreams, type OddityKind, type StreamFacts } from '../workload/flows/stream/facts.ts';
import { settledMs, type UnsubscribeFacts } from '../workload/flows/unsubscribe/facts.ts';
import { IntervalSet } from '../workload/interval-set.ts';
import { type Check, type Clause, deliveries, dueMs, type Finding, found, messageFacts } from './check.ts';
import { subscriberFacts } from './connections.ts';

const meanings: Record<OddityKind, string> = {
  corrupt: 'a message arrived with a payload that its CRC-32 does not match',
  foreign: 'a message arrived that nobody published',
  invented: 'a message arrived with a sequence number that had not been published',
  unsubscribed: 'a message arrived on a topic that the client had not subscribed to',
};

const afterUnsubscribe: Clause = { v311: 'MQTT-3.10.4-2', v5: 'MQTT-3.10.4-2' };

/**
 * Nothing arrives that was not published, as it was published, to a client that asked for it. Legal: messages of unknown outcome; after UNSUBACK,
 * messages that were published before it or soon after, since other nodes have to hear of it.
 */
export const integrity: Check = {
  id: 'integrity',
  statement: 'nothing corrupt, invented or unsubscribed arrives',
  clause: null,
  run({ history: { facts } }) {
    const { stream = noStreams, unsubscribe } = facts;
    const parts = [oddities(stream), neverWritten(stream), afterLeaving(unsubscribe)];
    return found(
      parts.reduce((sum, { count }) => sum + count, 0),
      parts.flatMap(({ findings }) => findings),
    );
  },
};

type Part = { readonly count: number; readonly findings: readonly Finding[] };

function oddities(stream: StreamFacts): Part {
  let count = 0;
  const findings: Finding[] = [];
  for (const kind of Object.keys(meanings) as OddityKind[]) {
    const { count: seen, examples } = stream.oddities[kind];
    count += seen;
    for (const { atMs, clientId, node, topic, detail } of examples.slice(0, 3))
      findings.push({
        what: `${meanings[kind]}: ${clientId} at ${node} got ${detail}`,
        atMs,
        facts: { ...subscriberFacts(stream, { clientId, node }, atMs), topic },
      });
  }
  return { count, findings };
}

function neverWritten(stream: StreamFacts): Part {
  let count = 0;
  const findings: Finding[] = [];
  for (const { flow, subscription, received } of deliveries(stream)) {
    const unsent = IntervalSet.from(flow.notSent).and(received);
    count += unsent.size;
    for (const sequence of unsent.first(3)) {
      findings.push({
        what: `message ${sequence} of ${flow.flow.name} reached ${subscription.clientId} though it was never written to a connection, or was refused`,
        atMs: dueMs(flow, sequence),
        facts: {
          ...messageFacts(stream, flow, sequence),
          ...subscriberFacts(stream, subscription, dueMs(flow, sequence)),
        },
      });
    }
  }
  return { count, findings };
}

function afterLeaving({ leaves }: UnsubscribeFacts = { leaves: [] }): Part {
  const broken = leaves.filter(({ struck, arrivedCount }) => !struck && arrivedCount > 0);
  return {
    count: broken.reduce((sum, { arrivedCount }) => sum + arrivedCount, 0),
    findings: broken.map((leave) => {
      const [first] = leave.arrived;
      const { clientId, node, topic, publisher, publisherNode, unsubackMs, arrivedCount } = leave;
      const afterMs = Math.round((first?.writtenMs ?? unsubackMs) - unsubackMs);
      return {
        what: `${clientId} at ${node} got ${arrivedCount === 1 ? 'a message' : `${arrivedCount} messages`} of ${topic} that ${publisher} wrote at ${publisherNode} later than ${formatMs(settledMs)} after UNSUBACK: the first one was written ${formatMs(afterMs)} after it`,
        atMs: first?.atMs ?? unsubackMs,
        facts: {
          ...{ client: clientId, role: 'subscriber', node, topic, publisher, publisherNode },
          ...{ sequence: first?.sequence ?? null, unsubackAtMs: unsubackMs, writtenAtMs: first?.writtenMs ?? null },
          arrived: arrivedCount,
        },
        clause: afterUnsubscribe,
      };
    }),
  };
}
