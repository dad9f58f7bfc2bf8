import {
  allowedValues,
  type RetainedFacts,
  type RetainedReading,
  type RetainedTopic,
} from '../workload/flows/retained/facts.ts';
import { type Check, type Clause, checkOf, type Finding, found } from './check.ts';

const deleted: Clause = { v311: 'MQTT-3.3.1-10, MQTT-3.3.1-11', v5: 'MQTT-3.3.1-6, MQTT-3.3.1-7' };

/**
 * When everything is quiet, a fresh subscriber at any node gets the last value that was written to a retained topic, and none where the
 * last write deleted it. Legal: either value where the last write was not acknowledged, as long as all nodes say the same. A reading that
 * is wrong is made again with another client until the time is over, so that a cluster may take its time to agree.
 */
export const retainedConvergence: Check = checkOf('retained', {
  id: 'retained-convergence',
  statement: 'when all is quiet, fresh subscribers at every node get the last value of a retained topic',
  clause: {
    v311: 'MQTT-3.3.1-5, MQTT-3.3.1-6',
    v5: 'MQTT-3.3.1-5, MQTT-3.3.1-9',
  },
  run(facts, { unhealed }) {
    if (unhealed.length > 0) return { applicable: false, why: `a fault could not be healed: ${unhealed.join(', ')}` };
    if (facts.readings.length === 0) return { applicable: false, why: 'no fresh subscriber could read the topics' };
    const findings = facts.topics.flatMap((topic, index) => findingsOf(facts, topic, index));
    return found(findings.length, findings);
  },
});

function findingsOf({ readings }: RetainedFacts, topic: RetainedTopic, index: number): Finding[] {
  const allowed = allowedValues(topic);
  const wrong = readings.filter(({ seen }) => !allowed.includes(seen[index] ?? 0));
  const first = wrong[0];
  if (first) return [asFinding(topic, index, readings, stale(topic, first, index, wrong))];
  const values = new Set(readings.map(({ seen }) => seen[index] ?? 0));
  if (values.size < 2) return [];
  const said = readings.map(({ node, seen }) => `${node} ${valueText(seen[index] ?? 0)}`).join(', ');
  return [asFinding(topic, index, readings, `${topic.topic} has more than one value when all is quiet: ${said}`)];
}

function stale(
  topic: RetainedTopic,
  { seen }: RetainedReading,
  index: number,
  wrong: readonly RetainedReading[],
): string {
  const nodes = wrong.map(({ node }) => node).join(', ');
  const got = seen[index] ?? 0;
  const newest = topic.last.at(-1);
  const should =
    newest?.deletes === true && newest.acknowledgedMs !== null
      ? `, which was deleted by write ${newest.sequence}`
      : ` instead of write ${newest?.sequence ?? 0}`;
  return `a fresh subscriber at ${nodes} got ${valueText(got)} of the retained topic ${topic.topic}${should}`;
}

function valueText(sequence: number): string {
  return sequence === 0 ? 'no message' : `write ${sequence}`;
}

function asFinding(topic: RetainedTopic, index: number, readings: readonly RetainedReading[], what: string): Finding {
  const newest = topic.last.at(-1);
  const reading = readings.find(({ seen }) => !allowedValues(topic).includes(seen[index] ?? 0)) ?? readings[0];
  return {
    what,
    atMs: reading?.subscribedMs ?? null,
    facts: {
      topic: topic.topic,
      client: reading?.clientId ?? null,
      role: 'subscriber',
      writer: newest?.clientId ?? null,
      writerNode: newest?.node ?? null,
      lastWrite: newest?.sequence ?? null,
      lastWriteDeletes: newest?.deletes ?? null,
      writtenAtMs: newest?.writtenMs ?? null,
      acknowledgedAtMs: newest?.acknowledgedMs ?? null,
      readings: readings.map(({ node, seen }) => `${node}: ${valueText(seen[index] ?? 0)}`).join(', '),
      attempts: reading?.attempts ?? null,
    },
    ...(newest?.deletes === true ? { clause: deleted } : {}),
  };
}
