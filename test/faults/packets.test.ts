import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import { pollUntil } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import type { PreparedFault } from '../../src/engines/injection.ts';
import type { FaultEnvironment } from '../../src/engines/local/environment.ts';
import { type Kernel, openKernel } from '../../src/engines/local/kernel.ts';
import { nftPackets, type Packets } from '../../src/engines/local/lanes/packets.ts';
import { Ledger } from '../../src/engines/local/ledger.ts';
import { probeMachine, requireOffers } from '../../src/engines/local/machine/machine.ts';
import { tableName } from '../../src/engines/local/machine/nft.ts';
import type { Proof } from '../../src/engines/proof.ts';
import type { Target } from '../../src/model/scenario.ts';
import { type EchoNetwork, echoNetwork } from '../support/echo-network.ts';
import { patienceMs } from '../support/eventually.ts';
import { type InForce, injected, names, observed, planned } from '../support/faults.ts';
import { nft } from '../support/kernel.ts';
import { needing } from '../support/needs.ts';

const test = needing('nft and root');

/** The same faults as without privileges, done to real packets: what they promise must be the same. */
const oneWay: Target = { type: 'path', from: 'node1', to: 'node2' };
const cluster: Target = { type: 'links', which: 'cluster' };
const run = `packets-test-${process.pid}`;
let states: string;
let kernel: Kernel;
let network: EchoNetwork;
let packets: Packets;
const prepared: PreparedFault[] = [];
const active: InForce[] = [];

beforeAll(async () => {
  const machine = await probeMachine('auto');
  requireOffers(machine, ['nft'], 'this test');
  states = mkdtempSync(join(tmpdir(), 'chaos-test-'));
  const ledger = Ledger.begin(run, states);
  kernel = await openKernel({ machine, run, nodes: names(2), ledger });
  network = await echoNetwork(names(2), ledger);
  const { table, shaper } = kernel;
  if (!table) throw new Error('there is no table');
  packets = nftPackets({ links: network.environment.links, table, shaper, logger: silentLogger, redirected: false });
});
afterEach(async () => {
  for (const fault of active.splice(0)) await fault.heal();
  for (const fault of prepared.splice(0)) await fault.release();
});
afterAll(async () => {
  await network.close();
  await kernel.close();
  rmSync(states, { recursive: true });
});

const rules = (): string => nft('list', 'table', 'inet', tableName(run));

/** Takes every order, counts as the kernel counts, and drops nothing. */
const idle = (): Packets => ({ ...packets, drop: (lanes, _share, scope) => packets.drop(lanes, 0, scope) });

async function inject(
  kind: string,
  target: Target,
  parameters: Record<string, unknown> = {},
  by: Packets = packets,
): Promise<InForce> {
  const environment: FaultEnvironment = { ...network.environment, packets: by };
  const ready = await observed(planned(kind, target, { parameters, nodes: network.nodes }), environment);
  prepared.push(ready);
  await environment.clock.sleep(500);
  const fault = await injected(ready);
  active.push(fault);
  return fault;
}

/** The proof as soon as it holds, or the last one when it never does. */
async function proofOf(fault: InForce): Promise<Proof | undefined> {
  let last: Proof | undefined;
  await pollUntil(
    async () => {
      last = await fault.prove();
      return last.proven ? true : undefined;
    },
    { withinMs: patienceMs, everyMs: 500 },
  );
  return last;
}

const faults = [
  [
    'packet-loss',
    { loss: '20%' },
    /^\d+(\.\d+)?% of \d+ packets dropped, \d+ in all; \d+(\.\d+)?% of \d+ probe segments stalled; TCP sent \d+ segments again/,
  ],
  [
    'partition',
    {},
    /^\d+ packets of the broker's own dropped, 0 passed, and 0 of its bytes read at the far end; 0 of 2 links answer a SYN; probes in 4 of 4 directions, 0 of \d+ bytes delivered$/,
  ],
] as const;

describe.each(faults)('%s of real packets', (kind, parameters, observed) => {
  test('in force, it is proven by what others than the injector see, and the heal takes every rule away', async () => {
    const fault = await inject(kind, cluster, parameters);
    expect(fault.mechanism).toBe('nft drop of real packets');
    expect(await proofOf(fault)).toMatchObject({ proven: true, observed: expect.stringMatching(observed) });
    expect(rules()).toMatch(/chain drop_\d/);
    await fault.heal();
    await fault.heal();
    expect(rules()).not.toMatch(/drop_\d/);
    await network.roundTripMs('node1', 'node2');
    await network.roundTripMs('node2', 'node1');
  });

  test('with an injector that does nothing, it is not proven', async () => {
    const fault = await inject(kind, cluster, parameters, idle());
    await network.environment.clock.sleep(2_000);
    expect(await fault.prove()).toMatchObject({ proven: false });
  });
});

test('a small loss is not proven by no loss at all', async () => {
  const fault = await inject('packet-loss', cluster, { loss: '2%' }, idle());
  await network.environment.clock.sleep(2_000);
  expect(await fault.prove()).toMatchObject({ proven: false });
});

test('one direction is struck and not the other: nothing passes one way, and the rules name that way alone', async () => {
  const fault = await inject('partition', oneWay);
  expect(await proofOf(fault)).toMatchObject({ proven: true, figures: { directions: 2, links: 2, linksAnswering: 0 } });
});

test('two faults at once have rules of their own, and the heal of one leaves the other in force', async () => {
  const loss = await inject('packet-loss', cluster, { loss: '20%' });
  const cut = await inject('partition', oneWay);
  await loss.heal();
  expect(await proofOf(cut)).toMatchObject({ proven: true });
  await cut.heal();
  await network.roundTripMs('node1', 'node2');
});
