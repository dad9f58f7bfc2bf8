import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { type Links, openLinks } from '../../src/engines/local/links/links.ts';
import { type LinkProbe, type ProbeDirection, startLinkProbe } from '../../src/engines/local/links/probe.ts';
import { eventually as eventuallyAsync } from '../support/eventually.ts';
import { eventually } from './peers.ts';

/** A probe of a link to nowhere: its lanes have an upstream of their own. */
async function withProbe(
  lanes: number,
  use: (world: { links: Links; probe: LinkProbe }) => Promise<void>,
): Promise<void> {
  const links = await openLinks({ seed: 'probe' });
  await links.open({ id: 'link', upstream: { host: '127.0.0.1', port: 9 } });
  const probe = await startLinkProbe(links, 'link', { lanes, intervalMs: 20 });
  try {
    await use({ links, probe });
  } finally {
    await probe.stop();
    await links.close();
  }
}

test('on a clean link everything arrives, and none of it is traffic', async () => {
  await withProbe(4, async ({ links, probe }) => {
    expect(probe.read().lanesUp).toBe(4);
    await eventually(() => probe.read().forward.arrived > 50 && probe.read().backward.arrived > 50, 'enough was sent');
    const { forward, backward, reconnects } = probe.read();
    for (const direction of [forward, backward]) {
      expect(direction.sent - direction.arrived).toBeLessThanOrEqual(4);
      expect(direction.bytesDelivered).toBe(direction.arrived * 16);
      expect(direction.loss?.lossShare).toBe(0);
    }
    expect(reconnects).toBe(0);
    expect(links.counters('link')).toMatchObject({ connectionsOpened: 0, forward: { bytesOffered: 0 } });
  });
});

test('a delay is seen in the direction that has it', async () => {
  await withProbe(4, async ({ links, probe }) => {
    await links.shape('link', 'forward', { delayMs: 100 });
    probe.mark();
    await eventually(() => probe.read().forward.arrived >= 20, 'enough has arrived');
    // A machine that is busy delays by itself: another window is looked at then.
    await eventuallyAsync('a window in which the one direction has the delay alone', async () => {
      const { forward, backward } = probe.read();
      const [slowMs, quickMs] = [forward.medianDelayMs ?? 0, backward.medianDelayMs ?? Number.NaN];
      if (slowMs >= 99 && slowMs < 200 && quickMs < 99) return true;
      probe.mark();
      await sleep(500);
      return false;
    });
    const { forward } = probe.read();
    expect(forward.minDelayMs).toBeGreaterThanOrEqual(99);
    expect(forward.delayOverTime.length).toBeGreaterThan(0);
    for (const { medianMs } of forward.delayOverTime) expect(medianMs).toBeGreaterThanOrEqual(99);
    expect(forward.loss?.lossShare).toBe(0);
  });
});

test('a delay that is longer than a segment is waited for is seen again and again', async () => {
  await withProbe(4, async ({ links, probe }) => {
    await links.shape('link', 'forward', { delayMs: 1_200 });
    probe.mark();
    // The first of each lane are measured in any case; it is those that follow.
    await sleep(6_000);
    probe.mark();
    await eventually(() => (probe.read().forward.medianDelayMs ?? 0) >= 1_199, 'a segment of this window was measured');
  });
});

test('losses are found within two points in either direction, while there is a delay', async () => {
  await withProbe(64, async ({ links, probe }) => {
    await links.shape('link', 'forward', { lossShare: 0.1, delayMs: 20 });
    await links.shape('link', 'backward', { lossShare: 0.3, delayMs: 20 });
    const off = ({ loss }: ProbeDirection, lossShare: number): number =>
      Math.abs((loss?.lossShare ?? Number.NaN) - lossShare);
    // A machine that is busy stalls segments too: another window is looked at then.
    await eventuallyAsync('a window in which both are within two points', async () => {
      probe.mark();
      await sleep(12_000);
      const { forward, backward } = probe.read();
      return off(forward, 0.1) < 0.02 && off(backward, 0.3) < 0.02 && (backward.loss?.transmissions ?? 0) > 1_000;
    });
  });
});

test('in a cut direction goes on being offered what does not arrive', async () => {
  await withProbe(4, async ({ links, probe }) => {
    await links.shape('link', 'forward', { cut: true });
    probe.mark();
    await eventually(() => probe.read().forward.sent >= 20, 'enough was offered');
    const { forward, backward } = probe.read();
    expect(forward).toMatchObject({ arrived: 0, bytesDelivered: 0, medianDelayMs: undefined });
    expect(forward.bytesOffered).toBeGreaterThanOrEqual(20 * 16);
    expect(backward.arrived).toBeGreaterThan(20);
    await links.clear('link');
    probe.mark();
    await eventually(() => probe.read().forward.arrived >= 20, 'it flows again');
  });
});

test('a probe can be stopped while its link is cut', async () => {
  await withProbe(2, async ({ links, probe }) => {
    await links.shape('link', 'forward', { cut: true });
    await links.shape('link', 'backward', { cut: true });
    await probe.stop();
    expect(probe.read().lanesUp).toBe(0);
  });
});

test('lanes that are reset come back by themselves', async () => {
  await withProbe(3, async ({ links, probe }) => {
    expect(await links.reset('link')).toBe(0);
    await eventually(() => probe.read().reconnects === 3 && probe.read().lanesUp === 3, 'all lanes are back');
    probe.mark();
    await eventually(() => probe.read().forward.arrived > 20 && probe.read().backward.arrived > 20, 'it flows again');
    expect(probe.read().reconnects).toBe(0);
  });
});
