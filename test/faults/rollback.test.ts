import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PreparedFault } from '../../src/engines/injection.ts';
import { readVdso } from '../../src/engines/local/clock/vdso/process.ts';
import { clockSkewRefusal } from '../../src/engines/local/clock/vdso/skew.ts';
import { Ledger } from '../../src/engines/local/ledger.ts';
import { NotRolledBack } from '../../src/engines/scope.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import { type Brittle, brittleEnvironment, type Failure, PlannedFailure } from '../support/brittle-environment.ts';
import { type EchoNetwork, echoNetwork } from '../support/echo-network.ts';
import { eventually } from '../support/eventually.ts';
import { names, observed, planned } from '../support/faults.ts';
import { type ScriptedBroker, startScriptedBroker } from '../support/scripted-broker.ts';
import { openSink, type Sink } from '../support/sink.ts';

// Each kind of fault, each of whose steps fails once: what had been done is not in force any more when the injection has rejected.

const nodes = names(2);
/** Processes that do nothing, and do not end by the signal that a file size limit sends. */
const pids = new Map<string, number>();
let root: string;
let network: EchoNetwork;
let broker: ScriptedBroker;
/** Takes broken packets too. */
let sink: Sink;
let runs = 0;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'chaos-test-'));
  network = await echoNetwork(nodes, Ledger.begin('echo', join(root, 'states')));
  broker = await startScriptedBroker();
  sink = await openSink();
  for (const node of nodes) {
    const child = spawn('sh', ['-c', "trap '' XFSZ; echo; exec sleep 600"], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(child.stdout, 'data');
    pids.set(node, child.pid ?? 0);
  }
});
afterAll(async () => {
  for (const pid of pids.values()) process.kill(pid, 'SIGKILL');
  for (const mounted of mounts) execFileSync('umount', [mounted]);
  await broker.close();
  await sink.close();
  await network.close();
  rmSync(root, { recursive: true });
});

/** Data folders that disk-full may fill; undefined where this user may not mount them. */
const mounts: string[] = [];
function smallDisk(node: string): string | undefined {
  const folder = join(root, `disk-${node}`);
  if (mounts.includes(folder)) return folder;
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'chaos-test', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  mounts.push(folder);
  return folder;
}

type Case = { readonly parameters?: Record<string, unknown>; readonly how?: 'packets' | 'disk' };
const cases: readonly (readonly [kind: string, name: string, Case])[] = [
  ['network-delay', 'by the links', { parameters: { delay: '50ms' } }],
  ['network-delay', 'by netem', { parameters: { delay: '50ms' }, how: 'packets' }],
  ['packet-loss', 'by the links', { parameters: { loss: '10%' } }],
  ['packet-loss', 'by nft', { parameters: { loss: '10%' }, how: 'packets' }],
  ['bandwidth', 'by the links', { parameters: { rate: '1MB/s' } }],
  ['bandwidth', 'by netem', { parameters: { rate: '1MB/s' }, how: 'packets' }],
  ['partition', 'by the links', {}],
  ['partition', 'by nft', { how: 'packets' }],
  ['connection-reset', '', {}],
  ['rpc-fault', '', { parameters: { method: '*', action: 'drop' } }],
  ['kill', '', {}],
  // What would happen after the injection does not happen meanwhile: only the steps of the injection are made to fail.
  ['restart', '', { parameters: { downtime: '1h' } }],
  ['pause', '', {}],
  ['clock-skew', '', { parameters: { offset: '+5s' } }],
  ['cpu-stress', '', { parameters: { load: '50%' } }],
  ['cpu-quota', '', { parameters: { quota: '50%' } }],
  ['memory-stress', '', { parameters: { size: '64MiB' } }],
  ['memory-limit', '', {}],
  ['io-stress', '', { parameters: { writers: 1 } }],
  ['disk-full', 'by a ballast', { how: 'disk' }],
  ['disk-full', 'by a limit', {}],
  ['fd-exhaustion', '', {}],
  ['malformed-input', '', { parameters: { rate: '50/s' } }],
  ['connection-storm', '', { parameters: { connections: 3, rate: '200/s' } }],
  ['slow-consumer', '', { parameters: { connections: 1, rate: '1KB/s', payload: '100B' } }],
  ['load', '', { parameters: { rate: '20/s' } }],
];

test('every kind has its case', () => {
  expect([...new Set(cases.map(([kind]) => kind))].sort()).toEqual([...faultKinds.keys()].sort());
});

type Attempt = {
  readonly machine: Brittle;
  readonly prepared: PreparedFault;
  readonly outcome: unknown;
  /** Everything, seen by all means. */
  readonly inForce: () => Promise<string[]>;
};

/** Injects the fault once, with these failures on the way; `use` is told what came of it. */
async function attempt(
  kind: string,
  { parameters = {}, how }: Case,
  failures: readonly Failure[],
  use: (attempt: Attempt) => Promise<void>,
): Promise<ReturnType<Brittle['stepsDone']>> {
  const run = `rollback-${++runs}`;
  const machine = brittleEnvironment(network.environment, {
    pids,
    run,
    endpoint: kind === 'malformed-input' ? { ...broker.endpoint, ...sink.address } : broker.endpoint,
    folder: join(root, run),
    dataFolder: how === 'disk' ? (node) => smallDisk(node) ?? '' : undefined,
    withPackets: how === 'packets',
  });
  const own = readVdso(process.pid).image;
  const inForce = async (): Promise<string[]> => [
    ...(await machine.inForce()),
    ...[...pids].flatMap(([node, pid]) => (readVdso(pid).image.equals(own) ? [] : [`${node} has another clock`])),
    ...nodes.flatMap((node) =>
      ['.chaos-action-ballast', '.chaos-action-io']
        .map((name) => join(machine.environment.nodes.folder(node), name))
        .filter((folder) => existsSync(folder)),
    ),
  ];
  const target = faultKinds.get(kind)?.strikes === 'links' ? ({ type: 'links', which: 'cluster' } as const) : all;
  const prepared = await observed(planned(kind, target, { parameters, nodes }), machine.environment);
  try {
    machine.count(failures);
    const outcome = await prepared.inject().catch((error: unknown) => error);
    const steps = machine.stepsDone();
    await use({ machine, prepared, outcome, inForce });
    return steps;
  } finally {
    machine.mend();
    await prepared.heal();
    await prepared.release();
  }
}
const all = { type: 'nodes', nodes } as const;

const gone = (inForce: Attempt['inForce']) =>
  eventually('nothing is in force', async () => (await inForce()).length === 0);

describe.each(cases)('%s %s', (kind, _, one) => {
  const lacksVdso = kind === 'clock-skew' ? clockSkewRefusal() : undefined;
  const skipped =
    lacksVdso ?? (one.how === 'disk' && !smallDiskIsAllowed() ? 'this user may not mount a tmpfs' : undefined);
  if (skipped !== undefined) {
    test.skip(`cannot be done here: ${skipped}`, () => {});
    return;
  }
  const stepsOf = (): ReturnType<typeof attempt> =>
    attempt(kind, one, [], async ({ prepared, outcome, inForce }) => {
      expect(outcome).toMatchObject({ mechanism: expect.any(String) });
      await prepared.heal();
      await gone(inForce);
    });

  test('whose injection fails at any step is rolled back', async () => {
    const steps = await stepsOf();
    expect(steps).not.toEqual([]);
    for (const [i, how] of steps.entries()) {
      const step = i + 1;
      for (const when of how === 'wholly' ? (['before'] as const) : (['before', 'after'] as const))
        await attempt(kind, one, [{ step, when }], async ({ prepared, outcome, inForce }) => {
          expect(outcome).toBeInstanceOf(PlannedFailure);
          expect({ step, when, left: await inForce() }).toEqual({ step, when, left: [] });
          await prepared.heal();
          expect(await inForce()).toEqual([]);
        });
    }
  }, 300_000);

  test('whose rollback fails too says so, and the heal takes back what is left', async () => {
    const steps = await stepsOf();
    for (let step = 1; step <= steps.length; step++) {
      const failures: Failure[] = [
        { step, when: 'after' },
        { step: step + 1, when: 'before' },
      ];
      await attempt(kind, one, failures, async ({ machine, prepared, outcome, inForce }) => {
        if (outcome instanceof NotRolledBack) {
          expect(outcome.message).toContain(`step ${step} failed after it was done; what had been done`);
          expect(outcome.message).toContain(`step ${step + 1} failed before it was done`);
        } else {
          expect(outcome).toBeInstanceOf(PlannedFailure);
          expect({ step, left: await inForce() }).toEqual({ step, left: [] });
        }
        machine.mend();
        await prepared.heal();
        expect({ step, left: await inForce() }).toEqual({ step, left: [] });
      });
    }
  }, 300_000);
});

function smallDiskIsAllowed(): boolean {
  return process.getuid?.() === 0;
}
