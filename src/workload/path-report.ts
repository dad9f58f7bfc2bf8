/** What fresh clients at every node saw: who accepted, and which node-to-node paths delivered, and when. Monotonic milliseconds; null is never. */
export type PathReport = {
  readonly startedMs: number;
  readonly endedMs: number;
  readonly accepted: readonly { readonly node: string; readonly atMs: number | null }[];
  readonly paths: readonly { readonly from: string; readonly to: string; readonly atMs: number | null }[];
};

export function allPathsDeliver(report: PathReport): boolean {
  return report.accepted.every(({ atMs }) => atMs !== null) && report.paths.every(({ atMs }) => atMs !== null);
}
