import { describe, expect, test } from '@jest/globals';
import { shapeOf } from '../../src/config/template.ts';
import { localOffer } from '../../src/engines/local/offers.ts';
import { whySkipped } from '../../src/faults/possible.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import type { DescribedCluster } from '../../src/model/cluster.ts';
import type { FaultSpec, Target } from '../../src/model/scenario.ts';
import { leastParameters } from '../support/faults.ts';

const three: DescribedCluster = {
  nodes: 3,
  broker: { links: 'proxy', peerPorts: ['cluster'], grpc: undefined, mqtt: { version: 4, transport: 'tcp' } },
};
const one = { ...three, nodes: 1 };
const direct: DescribedCluster = { ...three, broker: { ...three.broker, links: 'direct' } };
const portless: DescribedCluster = { ...three, broker: { ...three.broker, peerPorts: [] } };

const cluster: Target = { type: 'links', which: 'cluster' };
const clients: Target = { type: 'links', which: 'clients' };
const any: Target = { type: 'choice', choice: 'any' };

function fault(kind: string, on: Target, own: Record<string, unknown> = {}): FaultSpec {
  const parameters = faultKinds
    .get(kind)
    ?.parameters.parse({ ...leastParameters[kind], ...own }) as FaultSpec['parameters'];
  return { kind, on, atMs: 0, parameters, location: { file: 'mine.yml' } };
}

/** As `validate` and a dry run ask: of the configuration alone. */
function notPossible(spec: FaultSpec, cluster: DescribedCluster): string | undefined {
  return whySkipped([spec], shapeOf(cluster), (effect) => localOffer(effect, { cluster }));
}

const kindsOf = (strikes: 'links' | 'nodes') =>
  [...faultKinds.values()].filter((kind) => kind.strikes === strikes).map(({ kind }) => kind);

const alone = 'there is no link between nodes: the cluster has one node';
const proxyless = 'the cluster has no link proxies (broker.links: direct)';

describe('a fault of links', () => {
  test.each(kindsOf('links'))('between nodes: %s needs two nodes, a port that they meet at, and proxies', (kind) => {
    for (const on of [cluster, any, { type: 'path', from: 'node1', to: 'node2' }] as const) {
      const spec = fault(kind, on);
      expect(notPossible(spec, three)).toBeUndefined();
      expect(notPossible(spec, one)).toBe(alone);
      expect(notPossible(spec, portless)).toBe('there is no link between nodes: broker.peer-ports names no port');
      expect(notPossible(spec, direct)).toBe(proxyless);
    }
  });

  test.each(kindsOf('links'))('between clients and nodes: %s needs proxies alone', (kind) => {
    const spec = fault(kind, clients);
    for (const where of [three, one, portless]) expect(notPossible(spec, where)).toBeUndefined();
    expect(notPossible(spec, direct)).toBe(proxyless);
  });

  test('that cuts nothing is not possible; one that cuts something is', () => {
    const ring = fault('partition', cluster, { shape: 'ring' });
    expect(notPossible(ring, { ...three, nodes: 2 })).toBe('a ring needs at least three nodes');
    expect(notPossible(ring, three)).toBeUndefined();
    const everyone: Target = { type: 'choice', choice: 'all' };
    expect(notPossible(fault('partition', everyone), three)).toBe(
      'nothing is cut, all nodes are on one side: node1+node2+node3',
    );
    expect(notPossible(fault('partition', { type: 'choice', choice: 'minority' }), three)).toBeUndefined();
  });

  test('of gRPC calls is not possible where the broker makes none', () => {
    const mute = { ...three, broker: { ...three.broker, grpc: false } };
    expect(notPossible(fault('rpc-fault', cluster), mute)).toMatch(/^no gRPC call is made/);
    expect(notPossible(fault('network-delay', cluster), mute)).toBeUndefined();
  });
});

test.each([{ transport: 'ws' }, { transport: 'tcp', tls: { verify: true } }] as const)(
  'broken packets go over plain TCP only, not over %o; other clients speak it too',
  (mqtt) => {
    const where = { ...three, broker: { ...three.broker, mqtt: { version: 4, ...mqtt } } } as const;
    expect(notPossible(fault('malformed-input', any), where)).toMatch(/^broken packets are sent over plain TCP only/);
    for (const kind of ['connection-storm', 'slow-consumer', 'load', 'kill'])
      expect(notPossible(fault(kind, any), where)).toBeUndefined();
  },
);

test.each(kindsOf('nodes'))('a fault of nodes, %s, needs no links and no peers', (kind) => {
  for (const where of [three, one, portless, direct]) expect(notPossible(fault(kind, any), where)).toBeUndefined();
});
