import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/workload/path-report.ts
function allPathsDeliver(report) {
  return report.accepted.every(({ atMs }) => atMs !== null) && report.paths.every(({ atMs }) => atMs !== null);
}
function unservedPaths(report) {
  return report.paths.filter(({ atMs, acknowledged }) => atMs === null && acknowledged >= leastAcknowledged);
}
var leastAcknowledged = 5;
function samePath(a) {
  return (b) => a.from === b.from && a.to === b.to && a.filter === b.filter;
}

// src/workload/flows/stream/unserved.ts
function filterKindOf(filter) {
  return /[+#]/.test(filter) ? "wildcard" : "exact";
}
function sameUnserved(a) {
  return (b) => a.client === b.client && a.flow === b.flow && a.filterText === b.filterText && a.from === b.from && a.to === b.to;
}
function unservedByPaths(report) {
  const unserved = (why, { from, to, filter, acknowledged }) => ({
    ...{ why, from, to, filter, acknowledged },
    filterText: filter === "wildcard" ? "+" : from,
    qos: 1,
    written: acknowledged,
    waitedMs: Math.round(report.endedMs - report.startedMs),
    client: null,
    flow: null
  });
  return [
    ...unservedPaths(report).map((path) => unserved("not-delivered", path)),
    ...report.paths.filter(({ atMs, refused }) => atMs === null && refused).map((path) => unserved("refused", path))
  ];
}

export {
  allPathsDeliver,
  leastAcknowledged,
  samePath,
  filterKindOf,
  sameUnserved,
  unservedByPaths
};
