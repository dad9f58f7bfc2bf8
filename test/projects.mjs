// Which project each suite is of. A suite that is not named here is a unit test: it starts no program and boots no cluster.
// `patient` suites take the CPU that is left; `together` suites run side by side, one more than there are cores, since a cluster also waits.
// `alone` suites load the machine or measure how busy it is, and would measure one another.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;

/** Paths are relative to test/. */
const named = {
  /** Programs, processes and sockets of this machine; no cluster. */
  process: {
    patient: [
      'action/merge-base.test.ts',
      'base/thread-rpc.test.ts',
      'cli/init.test.ts',
      'cli/list.test.ts',
      'cli/package.test.ts',
      'cli/report-commands.test.ts',
      'cli/validate.test.ts',
      'cluster/build.test.ts',
      'cluster/logs.test.ts',
      'cluster/node.test.ts',
      'cluster/peer-connections.test.ts',
      'cluster/proc.test.ts',
      'cluster/services.test.ts',
      'docs-pages.test.ts',
      'docs-tables.test.ts',
      'faults/host/host.test.ts',
      'faults/ledger.test.ts',
      'faults/reaper.test.ts',
      'faults/rollback.test.ts',
      'faults/vdso-process.test.ts',
      'github/comment-action.test.ts',
      'github/local-github.test.ts',
      'github/recorded.test.ts',
      'github/runner.test.ts',
      'metrics/dashboard.test.ts',
      'report/page.test.ts',
      'report/read.test.ts',
      'ui/live-server.test.ts',
      'run/claim-folder.test.ts',
      'run/session.test.ts',
      'sabotage/relay.test.ts',
      'sabotage/sabotaged-engine.test.ts',
    ],
    together: [
      'links/cut.test.ts',
      'links/links.test.ts',
      'workload/mqtt/client.test.ts',
      'workload/mqtt/transports.test.ts',
      'workload/mqtt/wire.test.ts',
      'workload/stream/publisher.test.ts',
      'workload/stream/subscriber.test.ts',
      'faults/links.test.ts',
      'faults/rpc-fault.test.ts',
      'workload/features.test.ts',
      'workload/flows.test.ts',
      'workload/generator.test.ts',
      'workload/paths.test.ts',
    ],
    alone: ['faults/stressor.test.ts', 'links/probe.test.ts', 'metrics/loop-lag.test.ts'],
  },
  /** Clusters of the embedded broker, and whole runs on them. */
  cluster: {
    patient: [],
    together: [
      'cli/bad-input.test.ts',
      'cli/clean.test.ts',
      'cli/run.test.ts',
      'cli/try-boot.test.ts',
      'cli/gameday.test.ts',
      'embedded/cluster.test.ts',
      'embedded/fsync.test.ts',
      'embedded/listeners.test.ts',
      'embedded/mqtt5-broker.test.ts',
      'faults/clients.test.ts',
      'faults/clock-skew.test.ts',
      'faults/direct-links.test.ts',
      'faults/kill-runs.test.ts',
      'faults/nodes.test.ts',
      'github/action.test.ts',
      'run/half-injected.test.ts',
      'workload/mqtt/agreement.test.ts',
      'brokers/malformed-input.test.ts',
      'selftest/quick.test.ts',
      'brokers/sabotage.test.ts',
      'brokers/unserved.test.ts',
      'embedded/mutants.test.ts',
      'embedded/relay.test.ts',
      'faults/fragile-broker.test.ts',
      'faults/malformed-input.test.ts',
      'run/threads.test.ts',
    ],
    alone: ['faults/resources.test.ts', 'run/idle-injectors.test.ts'],
  },
  /** Brokers and programs in other languages: nats-server, mosquitto, Go, Python. */
  brokers: {
    patient: [],
    together: [
      'brokers/clock-skew.test.ts',
      'brokers/grpc.test.ts',
      'brokers/malformed-mosquitto.test.ts',
      'brokers/nats.test.ts',
      'links/http2/grpc.test.ts',
      'workload/mqtt/mosquitto.test.ts',
    ],
    alone: [],
  },
  /** What asks the kernel: needs root or passwordless sudo. */
  privileged: {
    patient: [],
    together: [
      'engines/detours.test.ts',
      'engines/transparent.test.ts',
      'faults/netem.test.ts',
      'faults/packets.test.ts',
      'machine/kernel.test.ts',
      'machine/node-limits.test.ts',
      'machine/users.test.ts',
      'run/residue.test.ts',
    ],
    alone: [],
  },
};

/** Those that take longest, in this order. */
export const longest = [
  'selftest/quick.test.ts',
  'cli/run.test.ts',
  'faults/fragile-broker.test.ts',
  'brokers/unserved.test.ts',
  'brokers/grpc.test.ts',
  'machine/users.test.ts',
  'brokers/nats.test.ts',
  'github/action.test.ts',
  'faults/malformed-input.test.ts',
  'brokers/malformed-input.test.ts',
  'faults/clock-skew.test.ts',
  'run/threads.test.ts',
  'embedded/mutants.test.ts',
  'links/http2/grpc.test.ts',
  'cli/bad-input.test.ts',
  'workload/generator.test.ts',
  'workload/flows.test.ts',
  'faults/links.test.ts',
  'faults/kill-runs.test.ts',
  'action/merge-base.test.ts',
  'faults/rollback.test.ts',
  'github/recorded.test.ts',
  'github/local-github.test.ts',
  'github/comment-action.test.ts',
];

export const suitesOf = ({ patient, together, alone }) => [...patient, ...together, ...alone];

const suites = readdirSync(here, { recursive: true })
  .filter((file) => file.endsWith('.test.ts'))
  .sort();
const elsewhere = Object.values(named).flatMap(suitesOf);
const unknown = elsewhere.filter((suite, index) => !suites.includes(suite) || elsewhere.indexOf(suite) !== index);
if (unknown.length > 0)
  throw new Error(`test/projects.mjs names suites that do not exist, or twice: ${unknown.join(', ')}`);

/** Every suite is of exactly one project. */
export const projects = {
  unit: { patient: suites.filter((suite) => !elsewhere.includes(suite)), together: [], alone: [] },
  ...named,
};

export const pathOf = (suite) => join(here, suite);
