import { expect, test } from '@jest/globals';
import { matches } from '../../../src/engines/local/links/http2/grpc.ts';
import { rpcFault } from '../../../src/faults/kinds/rpc-fault.ts';

const join = '/proto.ClusterService/Join';

test.each([
  ['*', true],
  ['/proto.ClusterService/*', true],
  ['/proto.ClusterService/Join', true],
  ['Join', true],
  ['oin', false],
  ['Joins', false],
  ['/proto.ClusterService/Leave', false],
  ['/proto.Cluster/*', false],
])('the method %s is Join of the cluster: %p', (pattern, isIt) => {
  expect(matches(pattern, join)).toBe(isIt);
});

test.each(['*', 'ForwardPublish', '/proto.ClusterService/ForwardPublish', '/proto.ClusterService/*'])(
  'the method may be written as %s',
  (method) => {
    expect(rpcFault.parameters.safeParse({ method, action: 'drop' }).success).toBe(true);
  },
);

test.each(['', 'two words', 'proto.ClusterService/Join', '/Join', '/proto.ClusterService/'])(
  'and not as "%s"',
  (method) => {
    const { error } = rpcFault.parameters.safeParse({ method, action: 'drop' });
    expect(error?.issues[0]?.message).toContain('is no gRPC method');
  },
);
