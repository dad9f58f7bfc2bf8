import { formatMs } from '../config/units.ts';
import { type Check, type Finding, found } from './check.ts';

/** After the heal the cluster is whole again: every node accepts a fresh client, and what is published at any node arrives at any other. */
export const liveness: Check = {
  id: 'liveness',
  statement: 'after the heal every node accepts and every node-to-node path delivers within the bound',
  clause: null,
  run({ history, paths, livenessBoundMs }) {
    if (!paths) return { applicable: false, why: 'the paths were not tried' };
    const findings: Finding[] = [];
    const late = (atMs: number | null): boolean => atMs === null || atMs - paths.startedMs > livenessBoundMs;
    const bound = `within ${formatMs(livenessBoundMs)} of the heal`;
    for (const { node, atMs } of paths.accepted) {
      if (late(atMs))
        findings.push({
          what: `${node} did not accept a fresh client ${bound}`,
          atMs: paths.startedMs,
          facts: { node, acceptedAtMs: atMs, boundMs: livenessBoundMs },
        });
    }
    for (const { from, to, atMs } of paths.paths) {
      if (late(atMs))
        findings.push({
          what: `nothing published at ${from} reached a fresh subscriber at ${to} ${bound}`,
          atMs: paths.startedMs,
          facts: { from, to, deliveredAtMs: atMs, boundMs: livenessBoundMs },
        });
    }
    const absent = new Map(
      history.subscriptions
        .filter(({ connectedAtEnd }) => !connectedAtEnd)
        .map(({ clientId, node }) => [clientId, node]),
    );
    for (const [client, node] of absent)
      findings.push({
        what: `${client} could not connect to ${node} again by the end of the scenario`,
        atMs: null,
        facts: { client, node },
      });
    return found(findings.length, findings);
  },
};
