import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { pollUntil } from '../../src/base/clock.ts';
import type { PreparedFault } from '../../src/engines/injection.ts';
import type { FaultEnvironment } from '../../src/engines/local/environment.ts';
import { Ledger } from '../../src/engines/local/ledger.ts';
import type { Proof } from '../../src/engines/proof.ts';
import type { PlannedFault } from '../../src/faults/fault.ts';
import type { Target } from '../../src/model/scenario.ts';
import { type EchoNetwork, echoNetwork, withIdleLinks } from '../support/echo-network.ts';
import { eventually, eventuallyBelow, patienceMs } from '../support/eventually.ts';
import { type InForce, injected, names, observed, planned } from '../support/faults.ts';

const cluster: Target = { type: 'links', which: 'cluster' };
let states: string;
let network: EchoNetwork;
const prepared: PreparedFault[] = [];

beforeAll(async () => {
  states = mkdtempSync(join(tmpdir(), 'chaos-test-'));
  network = await echoNetwork(names(2), Ledger.begin('links-test', states));
});
afterEach(async () => {
  for (const fault of prepared.splice(0)) await fault.release();
  await network.environment.links.clear();
});
afterAll(async () => {
  await network.close();
  rmSync(states, { recursive: true });
});

async function inject(fault: PlannedFault, environment: FaultEnvironment = network.environment): Promise<InForce> {
  const ready = await observed(fault, environment);
  prepared.push(ready);
  // What a fault does is seen against what was before.
  await environment.clock.sleep(500);
  return injected(ready);
}

/** The proof as soon as it holds, or the last one when it never does: a machine that is busy needs a longer look. */
async function proofOf(fault: InForce, withinMs = patienceMs): Promise<Proof | undefined> {
  let last: Proof | undefined;
  await pollUntil(
    async () => {
      last = await fault.prove();
      return last.proven ? true : undefined;
    },
    { withinMs, everyMs: 500 },
  );
  return last;
}

const faults = [
  [
    'network-delay',
    { delay: '200ms' },
    'link proxy',
    /^one way \d+(\.\d+)? ms longer at the median .* bytes of the broker's own passed$/,
  ],
  [
    'packet-loss',
    { loss: '20%' },
    'link proxy, TCP model of loss',
    /^\d+(\.\d+)?% of \d+ probe transmissions, read from their stalls/,
  ],
  ['bandwidth', { rate: '64KiB/s' }, 'link proxy', /^\d+ bytes a second at the median of 2 links/],
  [
    'partition',
    {},
    'link proxy, bytes held',
    /^0 of \d+ bytes of the broker's own delivered; probes in 4 of 4 directions, 0 of \d+/,
  ],
  [
    'connection-reset',
    {},
    'link proxy, RST',
    /^\d+ connections of the broker's own reset, \d+ dialled again; \d+ probe connections saw a RST$/,
  ],
] as const;

describe.each(faults)('%s', (kind, parameters, mechanism, observed) => {
  const plan = () => planned(kind, cluster, { parameters, nodes: network.nodes });

  test('in force, it is proven by what others than the injector see, and healing twice is safe', async () => {
    const active = await inject(plan());
    expect(active.mechanism).toBe(mechanism);
    const proof = await proofOf(active);
    expect(proof).toMatchObject({ proven: true, observed: expect.stringMatching(observed) });
    for (const figure of Object.values(proof?.figures ?? {})) expect(figure).toEqual(expect.any(Number));
    await active.heal();
    await active.heal();
    // Traffic passes again as if nothing had been.
    await network.roundTripMs('node1', 'node2');
    await network.roundTripMs('node2', 'node1');
  });

  test('with an injector that does nothing, it is not proven', async () => {
    const active = await inject(plan(), withIdleLinks(network));
    await network.environment.clock.sleep(1_000);
    expect(await active.prove()).toMatchObject({ proven: false });
    await active.heal();
  });
});

test('a delay that follows another one is compared with the steady phase, not with the other delay', async () => {
  const { environment } = network;
  const ready: PreparedFault[] = [];
  for (const delay of ['100ms', '50ms'])
    ready.push(
      await observed(planned('network-delay', cluster, { parameters: { delay }, nodes: network.nodes }), environment),
    );
  prepared.push(...ready);
  await environment.clock.sleep(500);
  for (const one of ready) one.steadyIsOver();
  const [first, second] = ready;
  const before = await first?.inject();
  // Most of what the second has seen until it is injected is the first.
  await environment.clock.sleep(2_000);
  expect(await before?.prove()).toMatchObject({ proven: true });
  await first?.heal();
  await environment.clock.sleep(300);
  const after = second && (await injected(second));
  expect(after && (await proofOf(after))).toMatchObject({ proven: true });
  await second?.heal();
});

describe('small faults', () => {
  test.each([
    ['network-delay', { delay: '4ms' }],
    ['packet-loss', { loss: '2%' }],
  ])('are not proven by no effect at all: %s %p', async (kind, parameters) => {
    const fault = planned(kind, cluster, { parameters, nodes: network.nodes });
    const active = await inject(fault, withIdleLinks(network));
    await network.environment.clock.sleep(1_000);
    expect(await active.prove()).toMatchObject({ proven: false });
  });

  test('a delay of nothing is nothing to prove', async () => {
    const fault = planned('network-delay', cluster, { parameters: { delay: 0 }, nodes: network.nodes });
    const active = await inject(fault);
    await network.environment.clock.sleep(500);
    expect(await active.prove()).toMatchObject({ proven: false });
  });
});

test('jitter has a proof of its own: a delay without it does not do', async () => {
  const plan = planned('network-delay', cluster, {
    parameters: { delay: '100ms', jitter: '50ms' },
    nodes: network.nodes,
  });
  // What was before is looked at for half a second: when the machine stalls in it, another attempt has another one.
  await eventually('an attempt is proven', async () => {
    const jittered = await inject(plan);
    const proof = await proofOf(jittered, 10_000);
    await jittered.heal();
    return proof?.proven === true;
  });

  const { environment } = network;
  const steady: FaultEnvironment = {
    ...environment,
    links: {
      ...environment.links,
      shape: (id, direction, conditions) => environment.links.shape(id, direction, { ...conditions, jitterMs: 0 }),
    },
  };
  const plain = await inject(plan, steady);
  await environment.clock.sleep(2_000);
  expect(await plain.prove()).toMatchObject({ proven: false, figures: { injectedJitterMs: 50 } });
  await plain.heal();
});

test('a delay is felt on the struck path alone, and gone after the heal', async () => {
  const fault = planned(
    'network-delay',
    { type: 'path', from: 'node1', to: 'node2' },
    {
      parameters: { delay: '1s' },
      nodes: network.nodes,
    },
  );
  const active = await inject(fault);
  expect(await network.roundTripMs('node1', 'node2')).toBeGreaterThanOrEqual(1_000);
  await active.heal();
  await eventuallyBelow(1_000, 'a round trip after the heal', () => network.roundTripMs('node1', 'node2'));
});

test('a fault of client links leaves those between the nodes alone', async () => {
  const fault = planned('partition', { type: 'path', from: 'node1', to: 'node2' }, { nodes: network.nodes });
  const other = planned(
    'network-delay',
    { type: 'links', which: 'clients' },
    {
      parameters: { delay: '2s' },
      nodes: network.nodes,
    },
  );
  const active = await inject(other);
  await eventuallyBelow(2_000, 'a round trip between nodes', () => network.roundTripMs('node1', 'node2'));
  expect(fault.target).toBe('node1 -> node2');
  await active.heal();
});

test('a proof needs traffic of the broker’s own: without any, nothing is shown', async () => {
  const { links } = network.environment;
  // Counters that stand still: the link as a broker that says nothing would leave it.
  const still = { bytesOffered: 0, bytesDelivered: 0, bytesHeld: 0, bytesDiscarded: 0, segments: 0, segmentsLost: 0 };
  const silent: FaultEnvironment = {
    ...network.environment,
    links: { ...links, counters: (id) => ({ ...links.counters(id), forward: still, backward: still }) },
  };
  for (const [kind, parameters] of [
    ['partition', {}],
    ['network-delay', { delay: '50ms' }],
  ] as const) {
    const active = await inject(planned(kind, cluster, { parameters, nodes: network.nodes }), silent);
    await network.environment.clock.sleep(1_000);
    expect(await active.prove()).toMatchObject({ proven: false });
    await active.heal();
  }
});
