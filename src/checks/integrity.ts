import type { OddityKind } from '../workload/flows/stream/facts.ts';
import { IntervalSet } from '../workload/interval-set.ts';
import { type Check, checkOf, deliveries, dueMs, type Finding, found, messageFacts } from './check.ts';
import { subscriberFacts } from './connections.ts';

const meanings: Record<OddityKind, string> = {
  corrupt: 'a message arrived with a payload that its CRC-32 does not match',
  foreign: 'a message arrived that nobody published',
  invented: 'a message arrived with a sequence number that had not been published',
  unsubscribed: 'a message arrived on a topic that the client had not subscribed to',
};

/** Nothing arrives that was not published, as it was published, to a client that asked for it. Legal: messages of unknown outcome. */
export const integrity: Check = checkOf('stream', {
  id: 'integrity',
  statement: 'nothing corrupt, invented or unsubscribed arrives',
  clause: null,
  run(stream) {
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
    return found(count, findings);
  },
});
