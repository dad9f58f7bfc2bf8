import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Target } from '../../src/model/scenario.ts';
import { eventually } from '../support/eventually.ts';
import { names, observed, planned } from '../support/faults.ts';
import { bootDirectCluster, type DirectCluster } from '../support/small-cluster.ts';

let cluster: DirectCluster;
const nodes = names(2);
beforeAll(async () => {
  cluster = await bootDirectCluster(nodes);
}, 60_000);
afterAll(() => cluster.close());

const all: Target = { type: 'choice', choice: 'all' };

describe('without link proxies (links: direct)', () => {
  test.each([
    ['malformed-input', { rate: '200/s' }],
    ['load', { rate: '200/s' }],
    ['connection-storm', { connections: 20, rate: '200/s' }],
    ['slow-consumer', { connections: 2, rate: '4MB/s' }],
  ] as const)('%s is done and proven by what its clients and the kernel see', async (kind, parameters) => {
    const prepared = await observed(planned(kind, all, { nodes, parameters }), cluster.environment);
    try {
      const active = await prepared.inject();
      await eventually('it is proven', async () => (await active.prove()).proven);
    } finally {
      await prepared.heal();
      await prepared.release();
    }
  });

  test.each([
    ['network-delay', { delay: '10ms' }],
    ['packet-loss', { loss: '10%' }],
    ['bandwidth', { rate: '64KiB/s' }],
    ['partition', {}],
    ['connection-reset', {}],
    ['rpc-fault', { method: '*', action: 'drop' }],
  ] as const)('%s is not offered', (kind, parameters) => {
    const { effect } = planned(kind, { type: 'links', which: 'cluster' }, { nodes, parameters });
    expect(cluster.engine.offers(effect, 'this cluster')).toEqual({
      reason: 'the cluster has no link proxies (broker.links: direct)',
    });
  });
});
