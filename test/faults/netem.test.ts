import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { pollUntil } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import type { PreparedFault } from '../../src/engines/injection.ts';
import { type Kernel, openKernel } from '../../src/engines/local/kernel.ts';
import { nftPackets, type Packets } from '../../src/engines/local/lanes/packets.ts';
import { Ledger, replay } from '../../src/engines/local/ledger.ts';
import { type Machine, probeMachine } from '../../src/engines/local/machine/machine.ts';
import { createShaper, qdiscHandle, rootQdiscs } from '../../src/engines/local/machine/qdisc.ts';
import { residue, takeInventory } from '../../src/engines/local/residue.ts';
import type { Proof } from '../../src/engines/proof.ts';
import type { Target } from '../../src/model/scenario.ts';
import { type EchoNetwork, echoNetwork } from '../support/echo-network.ts';
import { patienceMs } from '../support/eventually.ts';
import { type InForce, injected, names, observed, planned } from '../support/faults.ts';

// Delays and rates by the kernel's own netem. Where a kernel has none these tests are skipped by name, and what tc is told is tested all the same.

const machine: Machine = await probeMachine('auto');
const { netem, nft } = machine.offers;
const run = `netem-test-${process.pid}`;

describe('what tc is told', () => {
  /** Answers as a device without any discipline, and notes the rest. */
  const listening = (disciplines: readonly object[] = []) => {
    const told: string[] = [];
    const noted: string[] = [];
    const privileged: Parameters<typeof createShaper>[1] = {
      by: 'root',
      async run(program, args, input) {
        if (args.includes('show'))
          return JSON.stringify([{ kind: 'noqueue', handle: '0:', root: true }, ...disciplines]);
        told.push(...(input?.trim().split('\n') ?? [`${program} ${args.join(' ')}`]));
        return '';
      },
    };
    const note: Parameters<typeof createShaper>[2] = (undo) => {
      noted.push(JSON.stringify(undo));
      expect(told).toEqual([]);
      return () => noted.push('undone');
    };
    return { told, noted, privileged, note };
  };
  const handle = qdiscHandle(run);

  test('is one discipline that lets pass what has no class, and a netem for each class; the ledger knows before tc does', async () => {
    const { told, noted, privileged, note } = listening();
    const shaper = await createShaper(run, privileged, note);
    const one = await shaper.add({ delayMs: 100, jitterMs: 2.5 });
    const two = await shaper.add({ bytesPerSecond: 50_000 });
    await one.change({ delayMs: 200 });
    expect([one.id, two.id]).toEqual([`${handle}1`, `${handle}2`]);
    expect(told).toEqual([
      `qdisc add dev lo root handle ${handle} htb default 0 direct_qlen 100000`,
      `class add dev lo parent ${handle} classid ${handle}1 htb rate 100gbit quantum 60000`,
      `qdisc add dev lo parent ${handle}1 netem limit 100000 delay 100000us 2500us rate 0bit`,
      `class add dev lo parent ${handle} classid ${handle}2 htb rate 100gbit quantum 60000`,
      `qdisc add dev lo parent ${handle}2 netem limit 100000 rate 400000bit`,
      `qdisc change dev lo parent ${handle}1 netem limit 100000 delay 200000us rate 0bit`,
    ]);
    expect(noted).toEqual([`{"type":"qdisc","handle":"${handle}"}`]);
  });

  test('is nothing at all where somebody else shapes the device', async () => {
    const { told, noted, privileged, note } = listening([{ kind: 'tbf', handle: '8001:', root: true }]);
    await expect(createShaper(run, privileged, note)).rejects.toThrow(
      'the loopback device has a queueing discipline already, 8001:',
    );
    expect([told, noted]).toEqual([[], []]);
  });

  test('names a discipline by its run, with a number that the kernel gives to nobody by itself', () => {
    for (const id of [run, 'a', '20260101000000-1']) expect(qdiscHandle(id)).toMatch(/^[1-7][0-9a-f]{3}:$/);
    expect(qdiscHandle('a')).not.toBe(qdiscHandle('b'));
  });
});

if (!netem.available || !nft.available)
  test.skip(`the kernel delays packets: ${netem.available ? '' : netem.reason}`, () => {});
else
  describe('the kernel', () => {
    const oneWay: Target = { type: 'path', from: 'node1', to: 'node2' };
    const cluster: Target = { type: 'links', which: 'cluster' };
    let states: string;
    let kernel: Kernel;
    let network: EchoNetwork;
    let packets: Packets;
    let ledger: Ledger;
    const prepared: PreparedFault[] = [];
    const active: InForce[] = [];

    beforeAll(async () => {
      states = mkdtempSync(join(tmpdir(), 'chaos-test-'));
      ledger = Ledger.begin(run, states);
      kernel = await openKernel({ machine, run, nodes: names(2), ledger });
      network = await echoNetwork(names(2), ledger);
      const { table, shaper } = kernel;
      if (!table || !shaper) throw new Error('there is no table or no shaper');
      packets = nftPackets({
        links: network.environment.links,
        table,
        shaper,
        logger: silentLogger,
        redirected: false,
      });
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

    /** Takes every order and delays nothing. */
    const idle = (): Packets => ({ ...packets, shape: async () => ({ packets: async () => 1_000 }) });

    async function inject(
      kind: string,
      target: Target,
      parameters: Record<string, unknown>,
      by: Packets = packets,
    ): Promise<InForce> {
      const environment = { ...network.environment, packets: by };
      const ready = await observed(planned(kind, target, { parameters, nodes: network.nodes }), environment);
      prepared.push(ready);
      await environment.clock.sleep(4_000);
      const fault = await injected(ready);
      active.push(fault);
      return fault;
    }

    async function proofOf(fault: InForce): Promise<Proof | undefined> {
      let last: Proof | undefined;
      const holds = async () => {
        last = await fault.prove();
        return last.proven ? true : undefined;
      };
      await pollUntil(holds, { withinMs: patienceMs, everyMs: 500 });
      return last;
    }

    test.each([
      ['network-delay', { delay: '100ms' }],
      ['network-delay', { delay: '200ms', jitter: '100ms' }],
      ['bandwidth', { rate: '100KB/s' }],
    ])('does %s %j, which is proven as that of the proxies is; without it, it is not', async (kind, parameters) => {
      const fault = await inject(kind, cluster, parameters);
      expect(fault.mechanism).toBe('tc netem');
      expect(await proofOf(fault)).toEqual(expect.objectContaining({ proven: true }));
      await fault.heal();
      await fault.heal();
      await network.roundTripMs('node1', 'node2');

      const hollow = await inject(kind, cluster, parameters, idle());
      await network.environment.clock.sleep(2_000);
      expect(await hollow.prove()).toMatchObject({ proven: false });
    });

    test('is not proven by probes alone: packets of the broker must have gone through it', async () => {
      const aside: Packets = {
        ...packets,
        shape: async (lanes, asked, scope) => {
          await packets.shape?.(lanes, asked, scope);
          return { packets: async () => 0 };
        },
      };
      const fault = await inject('network-delay', cluster, { delay: '100ms' }, aside);
      await network.environment.clock.sleep(4_000);
      expect(await fault.prove()).toMatchObject({ proven: false, figures: { brokerPackets: 0 } });
    });

    test('delays one direction and no other', async () => {
      const fault = await inject('network-delay', oneWay, { delay: '500ms' });
      expect(await proofOf(fault)).toEqual(expect.objectContaining({ proven: true }));
      // An echo goes there and back, and so did the handshake: late once each, not twice, whichever end dialled.
      for (const [from, to] of [
        ['node1', 'node2'],
        ['node2', 'node1'],
      ] as const) {
        const tookMs = await network.roundTripMs(from, to);
        expect(tookMs).toBeGreaterThan(999);
        expect(tookMs).toBeLessThan(2_000);
      }
    });

    test('adds up two delays on one lane, and the heal of one leaves the other', async () => {
      const one = await inject('network-delay', oneWay, { delay: '200ms' });
      const two = await inject('network-delay', oneWay, { delay: '300ms' });
      expect(await network.roundTripMs('node1', 'node2')).toBeGreaterThan(499);
      await one.heal();
      expect(await proofOf(two)).toEqual(expect.objectContaining({ proven: true }));
    });

    test('does a delay and a rate that begin together, and a delay after a rate is nothing but a delay', async () => {
      const [delay, rate] = await Promise.all([
        inject('network-delay', cluster, { delay: '100ms' }),
        inject('bandwidth', cluster, { rate: '100KB/s' }),
      ]);
      expect(await proofOf(delay)).toEqual(expect.objectContaining({ proven: true }));
      expect(await proofOf(rate)).toEqual(expect.objectContaining({ proven: true }));
      await rate.heal();
      // The kernel keeps a rate that a change does not name.
      const shown = execFileSync('tc', ['qdisc', 'show', 'dev', 'lo'], { encoding: 'utf8' });
      expect(shown).toContain('delay 100ms');
      expect(shown).not.toContain('rate 800Kbit');
    });

    test('has the discipline of the run while the cluster stands, found by who looks for residue, and undone by the ledger alone', async () => {
      const own = `${run}-killed`;
      const other = Ledger.begin(own, states);
      await kernel.close();
      const look = () => takeInventory({ run: own, ledger: other, privileged: 'auto' });
      const before = await look();
      const { privileged } = machine;
      if (!privileged) throw new Error('netem without privileges');
      await createShaper(own, privileged, other.add.bind(other));
      const handle = qdiscHandle(own);
      expect(residue(before, await look(), own)).toEqual([`qdisc ${handle}`]);
      expect(residue(before, await look(), run)).toEqual([]);
      expect(await replay(own, states)).toEqual([
        `took the queueing discipline ${handle} off the loopback device (netem)`,
        'removed its state',
      ]);
      expect(await rootQdiscs(privileged)).toEqual([]);
    });
  });
