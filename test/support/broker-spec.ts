import type { BrokerSpec } from '../../src/model/config.ts';

/** A broker that is ready as soon as it runs, with what a test says otherwise. */
export function brokerSpec(changes: Partial<BrokerSpec> = {}): BrokerSpec {
  return {
    name: 'small',
    needs: [],
    buildWithinMs: 10_000,
    start: 'sleep 60',
    env: {},
    files: {},
    fileModes: {},
    services: {},
    startOrder: 'together',
    ports: ['mqtt'],
    peerPorts: [],
    ready: { mqtt: false, withinMs: 120_000 },
    stop: 'SIGTERM',
    redeliverWithinMs: 8_000,
    stopWithinMs: 10_000,
    mqtt: { version: 4, transport: 'tcp' },
    links: 'proxy',
    knownIssues: [],
    secrets: [],
    ...changes,
  };
}
