import { expect, test } from '@jest/globals';
import { liveness } from '../../src/checks/liveness.ts';
import type { PathReport } from '../../src/workload/path-report.ts';
import { aHistory, expectNothing, features, findings, input, oneWay, theOne } from '../support/histories.ts';

const nodes = ['node1', 'node2', 'node3'];
const nothing = aHistory({});

/** Fresh clients were let in everywhere and heard from everywhere 50 ms after the heal, but for what `change` says. */
function paths(change: (from: string, to: string) => number | null | undefined = () => undefined): PathReport {
  const at = (from: string, to: string): number | null => {
    const changed = change(from, to);
    return changed === undefined ? 10_050 : changed;
  };
  return {
    startedMs: 10_000,
    endedMs: 40_000,
    accepted: nodes.map((node) => ({ node, atMs: at(node, 'accept') })),
    paths: nodes.flatMap((from) => nodes.map((to) => ({ from, to, atMs: at(from, to) }))),
  };
}

test('a cluster that is whole again after the heal is alive', () => {
  expectNothing(liveness, nothing, { paths: paths() });
});

test('a path that never delivers is a violation', () => {
  const broken = paths((from, to) => (from === 'node1' && to === 'node3' ? null : undefined));
  const finding = theOne(liveness, nothing, { paths: broken });
  expect(finding.what).toBe('nothing published at node1 reached a fresh subscriber at node3 within 30 s of the heal');
  expect(finding).toMatchObject({
    atMs: 10_000,
    facts: { from: 'node1', to: 'node3', deliveredAtMs: null, boundMs: 30_000 },
  });
});

test('a node that lets nobody in is a violation, and so is every path to and from it', () => {
  const broken = paths((from, to) => (from === 'node2' || to === 'node2' ? null : undefined));
  const seen = findings(liveness, nothing, { paths: broken });
  expect(seen.count).toBe(6);
  expect(seen.findings[0]?.what).toBe('node2 did not accept a fresh client within 30 s of the heal');
});

test('in time is in time to the millisecond, and one later is late', () => {
  const at = (ms: number) => paths((from, to) => (from === 'node1' && to === 'node2' ? 10_000 + ms : undefined));
  expectNothing(liveness, nothing, { paths: at(30_000) });
  expect(theOne(liveness, nothing, { paths: at(30_001) }).facts.deliveredAtMs).toBe(40_001);
});

test('what the minority side did before the heal does not matter: only fresh clients after it are asked', () => {
  expectNothing(liveness, oneWay({ offered: 9, notSent: [[1, 9]] }), { paths: paths() });
});

test('paths that nobody tried are not judged', () => {
  expect(liveness.run(input(nothing, { paths: null, features: features() }))).toEqual({
    applicable: false,
    why: 'the paths were not tried',
  });
});
