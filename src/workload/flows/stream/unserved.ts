import { type FilterKind, type PathReport, type PathSeen, unservedPaths } from '../../path-report.ts';
import type { Qos } from './plan.ts';

/**
 * Something that the workload asks for and that did not work before any fault: it is a finding of the scenario that saw it first, and
 * no part of the workload afterwards.
 */
export type Unserved = {
  readonly why:
    | 'not-delivered' // granted, acknowledged, and nothing arrived
    | 'not-granted' // no SUBACK came
    | 'refused' // the SUBACK refused the filter, which is legal
    | 'not-acknowledged'; // no message of the publisher was acknowledged
  readonly from: string;
  readonly to: string;
  readonly filter: FilterKind;
  /** The filter as the client asked for it, without the part that is unique to the scenario. */
  readonly filterText: string;
  readonly qos: Qos;
  /** Messages written, and acknowledged, while the subscription was granted. None are acknowledged at QoS 0. */
  readonly written: number;
  readonly acknowledged: number;
  readonly waitedMs: number;
  /** The workload's client and flow, without the part that is unique to the scenario; null for what fresh clients tried. */
  readonly client: string | null;
  readonly flow: string | null;
};

export function filterKindOf(filter: string): FilterKind {
  return /[+#]/.test(filter) ? 'wildcard' : 'exact';
}

/** Whether a later scenario would meet the same: the same filter of the same client for the same flow. */
export function sameUnserved(a: Unserved): (b: Unserved) => boolean {
  return (b) =>
    a.client === b.client && a.flow === b.flow && a.filterText === b.filterText && a.from === b.from && a.to === b.to;
}

/** What fresh clients saw not to work: what was acknowledged and not delivered, and what the broker refuses. */
export function unservedByPaths(report: PathReport): Unserved[] {
  const unserved = (why: 'not-delivered' | 'refused', { from, to, filter, acknowledged }: PathSeen): Unserved => ({
    ...{ why, from, to, filter, acknowledged },
    filterText: filter === 'wildcard' ? '+' : from,
    qos: 1,
    written: acknowledged,
    waitedMs: Math.round(report.endedMs - report.startedMs),
    client: null,
    flow: null,
  });
  return [
    ...unservedPaths(report).map((path) => unserved('not-delivered', path)),
    ...report.paths.filter(({ atMs, refused }) => atMs === null && refused).map((path) => unserved('refused', path)),
  ];
}
