import type { Accounting } from '../model/record.ts';
import type { StreamFacts } from '../workload/flows/stream/facts.ts';
import { IntervalSet } from '../workload/interval-set.ts';
import { deliveries, lostOn } from './check.ts';
import { mayArriveAgain } from './duplicates.ts';

/**
 * Puts every message, and every delivery it is owed, in exactly one place.
 * Throws if the places do not add up: an accounting that is wrong must not be printed.
 */
export function account(stream: StreamFacts, stillArriving = false): Accounting {
  const totals = { published: 0, acknowledged: 0, unknown: 0, notSent: 0, unacknowledgeable: 0 };
  for (const flow of stream.flows) {
    const settled = { acknowledged: size(flow.acknowledged), unknown: size(flow.unknown), notSent: size(flow.notSent) };
    totals.published += flow.offered;
    totals.acknowledged += settled.acknowledged;
    totals.unknown += settled.unknown;
    totals.notSent += settled.notSent;
    const open = flow.offered - settled.acknowledged - settled.unknown - settled.notSent;
    const outcomes = [...flow.acknowledged, ...flow.unknown, ...flow.notSent];
    const settledOnce = IntervalSet.from(outcomes).within(1, flow.offered).size === flow.offered - open;
    if (flow.flow.qos === 0) totals.unacknowledgeable += open;
    if (!settledOnce || (flow.flow.qos > 0 && open !== 0))
      throw new Error(`${flow.flow.name}: ${open} of ${flow.offered} messages have no outcome, or two`);
  }

  let owed = 0;
  let delivered = 0;
  let lost = 0;
  const legallyUndelivered: Record<string, number> = {};
  const legalDuplicates: Record<string, number> = {};
  const add = (to: Record<string, number>, rule: string, count: number): void => {
    if (count > 0) to[rule] = (to[rule] ?? 0) + count;
  };
  for (const delivery of deliveries(stream)) {
    const { flow, subscription, qos, received } = delivery;
    owed += flow.offered;
    delivered += received.size;
    let missing = new IntervalSet();
    missing.addRange(1, flow.offered);
    missing = missing.minus(received);
    const excuse = (rule: string, allowed: IntervalSet): void => {
      add(legallyUndelivered, rule, missing.and(allowed).size);
      missing = missing.minus(allowed);
    };
    excuse('never written by the publisher', IntervalSet.from(flow.notSent));
    if (qos === 0) excuse('QoS 0 (section 4.3.1)', missing);
    const ended =
      subscription.session === 'clean'
        ? 'clean session ended before delivery (section 3.1.2.4)'
        : 'its client had to leave its session at a node that a fault had struck';
    excuse(ended, IntervalSet.from(subscription.sessionEnded));
    excuse('never acknowledged (outcome unknown)', IntervalSet.from(flow.unknown));
    excuse('its client was not subscribed at the end (see liveness)', IntervalSet.from(subscription.unreachable));
    if (stillArriving) excuse('still arriving when waiting was given up', missing);
    if (!stillArriving && missing.size !== lostOn(delivery).size)
      throw new Error(
        `${subscription.clientId}: ${missing.size} messages have no excuse, and ${lostOn(delivery).size} are owed`,
      );
    lost += missing.size;
    if (qos === 1) add(legalDuplicates, 'QoS 1 (section 4.3.2)', size(subscription.duplicated));
    else {
      const again = IntervalSet.from(subscription.duplicated).and(mayArriveAgain(flow, qos));
      add(
        legalDuplicates,
        qos === 2 ? 'QoS 2 published again after its session was lost' : 'QoS 0 granted to a message of a higher QoS',
        again.size,
      );
      const divided = IntervalSet.from(subscription.duplicated)
        .minus(again)
        .and(IntervalSet.from(subscription.divided));
      add(
        legalDuplicates,
        `QoS ${qos} of an older session, which its client had to leave at another node`,
        divided.size,
      );
    }
  }
  const legal = Object.values(legallyUndelivered).reduce((sum, count) => sum + count, 0);
  if (owed !== delivered + legal + lost)
    throw new Error(`of ${owed} deliveries owed ${delivered} + ${legal} + ${lost} are accounted for`);
  return { ...totals, owed, delivered, legallyUndelivered, lost, legalDuplicates };
}

function size(intervals: StreamFacts['flows'][number]['acknowledged']): number {
  return intervals.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}
