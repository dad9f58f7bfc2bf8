import { IntervalSet } from '../../interval-set.ts';
import type { Qos } from './plan.ts';

/** What a delivery is owed at: the lower of the message's QoS and the granted one [MQTT-3.8.4-6]. */
export function effectiveQos(sentAt: Qos, grantedQos: Qos): Qos {
  return Math.min(sentAt, grantedQos) as Qos;
}

/**
 * The messages that a subscription is owed and has not got: acknowledged to their publisher, at QoS 1 or 2, and excused neither by the end of a
 * clean session nor because the client is not subscribed. The one answer for draining, for accounting and for the check of losses. Pure.
 */
export function owedAndMissing(delivery: {
  readonly qos: Qos;
  readonly acknowledged: IntervalSet;
  readonly received: IntervalSet;
  /** Asked only where something is missing. */
  readonly excused: () => readonly IntervalSet[];
}): IntervalSet {
  const { qos, acknowledged, received } = delivery;
  if (qos === 0 || acknowledged.size === 0) return new IntervalSet();
  const missing = acknowledged.minus(received);
  if (missing.size === 0) return missing;
  return delivery.excused().reduce((left, allowed) => left.minus(allowed), missing);
}
