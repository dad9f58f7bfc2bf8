/** An exact filter names the topic; a wildcard filter has `+` in the place of its last level. */
export type FilterKind = 'exact' | 'wildcard';

/** What is published at one node and subscribed to at another, or at the same one, by one kind of filter. */
export type Path = { readonly from: string; readonly to: string; readonly filter: FilterKind };

/** What fresh clients at every node saw: who accepted, and which paths delivered, and when. Monotonic milliseconds; null is never. */
export type PathReport = {
  readonly startedMs: number;
  readonly endedMs: number;
  readonly accepted: readonly { readonly node: string; readonly atMs: number | null }[];
  readonly paths: readonly PathSeen[];
};

export type PathSeen = Path & {
  readonly atMs: number | null;
  /** Messages that were acknowledged after the subscriber had got its SUBACK, until the first one arrived. */
  readonly acknowledged: number;
  /** The last SUBACK refused the filter, which a server may do. */
  readonly refused: boolean;
};

export function allPathsDeliver(report: PathReport): boolean {
  return report.accepted.every(({ atMs }) => atMs !== null) && report.paths.every(({ atMs }) => atMs !== null);
}

/** The paths on which messages were acknowledged and none arrived: the broker does not serve them. Nothing was shown of the others. */
export function unservedPaths(report: PathReport): PathSeen[] {
  return report.paths.filter(({ atMs, acknowledged }) => atMs === null && acknowledged >= leastAcknowledged);
}

/** So many acknowledged messages, none of which arrives, show that a path does not work. */
export const leastAcknowledged = 5;

export function samePath(a: Path): (b: Path) => boolean {
  return (b) => a.from === b.from && a.to === b.to && a.filter === b.filter;
}
