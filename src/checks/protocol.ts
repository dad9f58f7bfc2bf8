import { type ClientBreach, ruleOf, type WireFacts } from '../workload/wire.ts';
import { type Check, type Finding, found } from './check.ts';

/**
 * What the broker sends is well formed, and its packet ids and flags are right. The workload's own client checks each packet byte by byte.
 * Legal: whatever the standard leaves open. A rule of which the text is not certain is not checked.
 */
export const protocol: Check = {
  id: 'protocol',
  statement: 'what the broker sends is well formed, with the right flags and packet ids',
  clause: null,
  run({ history: { wire } }) {
    if (!wire) return { applicable: false, why: 'no client of the workload checked the packets' };
    const findings = wire.breachCounts.flatMap(([rule, count]) => ofRule(wire, rule, count));
    return found(
      wire.breachCounts.reduce((sum, [, count]) => sum + count, 0),
      findings,
    );
  },
};

/** One finding for each rule: its first example. */
function ofRule({ breaches }: WireFacts, rule: string, count: number): Finding[] {
  const first = breaches.find((breach) => ruleOf(breach) === rule);
  return first ? [asFinding(first, count)] : [];
}

function asFinding({ clientId, node, what, atMs, bytesHex, clause }: ClientBreach, count: number): Finding {
  return {
    what: `${node} ${what}, to ${clientId}${count === 1 ? '' : `; ${count} packets broke this rule`}`,
    atMs,
    facts: { client: clientId, role: 'subscriber', node, bytes: bytesHex, times: count },
    clause: { v311: clause.v311, v5: clause.v5 ?? clause.v311 ?? '' },
  };
}
