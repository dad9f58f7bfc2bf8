import type { FeatureRecord } from '../model/record.ts';

/**
 * Pure. Whether the nodes are one server in the sense of MQTT 5.0. Nodes of which each has a shared group of its own are joined by bridges: a
 * group does not span them, and a bridge need not pass on the properties of a message, such as its expiry. Unknown counts as yes.
 */
export function isOneServer({ groupsSpan }: Pick<FeatureRecord, 'groupsSpan'>): boolean {
  return groupsSpan?.available !== false;
}
