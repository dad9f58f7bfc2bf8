import { tmpdir } from 'node:os';
import { expect, test } from '@jest/globals';
import { renderDryRun } from '../../src/cli/dry-run.ts';
import { loadAll } from '../../src/config/load-all.ts';
import { faultKinds } from '../../src/faults/registry.ts';

const dryRun = (seed: string, { json = false, nodes = 3, names = ['node-kill', 'network-delay'] } = {}) => {
  const loaded = loadAll({ cwd: tmpdir(), env: {}, preset: 'embedded', faultKinds, names, overrides: { nodes } });
  return renderDryRun({ ...loaded, seed }, { json });
};

test('a dry run says of each fault when it strikes, what, and how hard', () => {
  expect(dryRun('7')).toMatch(
    /^seed 7: 3 nodes of embedded, 300 messages a second\nnode-kill: steady .+\n {2}at 0 ms kill on node\d: SIGKILL, down until the heal\nnetwork-delay: .+\n {2}at 0 ms network-delay on links\.cluster: 100 ms each way$/,
  );
});

test('the same seed says the same, and as JSON it has the effects that the engine is given', () => {
  expect(dryRun('7', { json: true })).toBe(dryRun('7', { json: true }));
  const { scenarios } = JSON.parse(dryRun('7', { json: true }));
  expect(scenarios).toMatchObject([
    {
      name: 'node-kill',
      skipped: null,
      faults: [{ kind: 'kill', effect: { type: 'kill', nodes: [expect.any(String)] } }],
    },
    { name: 'network-delay', faults: [{ effect: { type: 'delay', delayMs: 100, jitterMs: 0, clients: [] } }] },
  ]);
  expect(scenarios[1].faults[0].effect.paths).toHaveLength(6);
});

test('another seed chooses other nodes', () => {
  const killed = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((seed) => /kill on (node\d)/.exec(dryRun(seed))?.[1]);
  expect(new Set(killed).size).toBeGreaterThan(1);
});

test('a scenario that the cluster makes impossible is skipped for the reason that a run gives', () => {
  const why = 'there is no link between nodes: the cluster has one node';
  expect(dryRun('7', { nodes: 1 })).toContain(`network-delay: skipped: ${why}`);
  expect(JSON.parse(dryRun('7', { nodes: 1, json: true })).scenarios).toMatchObject([
    { skipped: null },
    { skipped: why, faults: [] },
  ]);
});
