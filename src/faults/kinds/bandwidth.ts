import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { z } from 'zod';
import { rate } from '../../config/zod-units.ts';
import type { FaultEnvironment, Lane } from '../environment.ts';
import type { FaultKind } from '../fault.ts';
import { noImpact } from '../fault.ts';
import { LinkWatch, lanesOf, median, sum } from '../link-watch.ts';
import { shape, shapers } from '../shape-lanes.ts';
import { chooseLinks } from '../targets.ts';

type Parameters = { readonly rate: number };

/** The measured rate may be off by this share. */
const tolerance = 0.1;

/** Every direction of the struck links passes at most so many bytes a second, all its connections together. */
export const bandwidth: FaultKind<Parameters> = {
  kind: 'bandwidth',
  summary: 'each direction of the struck links passes at most so many bytes a second',
  strikes: 'links',
  mechanisms: shapers,
  parameters: z.strictObject({ rate }),
  plan({ rate: bytesPerSecond }, target, cluster, random) {
    const struck = chooseLinks(target, cluster, random);
    return {
      kind: 'bandwidth',
      target: struck.text,
      injected: `at most ${bytesPerSecond} bytes a second`,
      impact: noImpact,
      async prepare(environment) {
        const lanes = lanesOf(struck, environment);
        const watch = await LinkWatch.start(environment, lanes, { lanes: 1, intervalMs: 100 });
        return {
          async inject() {
            const { mechanism, heal } = await shape(environment, lanes, { bytesPerSecond }, 'bandwidth');
            watch.mark();
            return {
              mechanism,
              async prove() {
                const forward = lanes.filter(({ direction }) => direction === 'forward');
                const rates = await Promise.all(forward.map((lane) => measureRate(environment, lane, bytesPerSecond)));
                const observed = median(rates) ?? 0;
                const trafficBytes = sum(watch.read().map(({ traffic }) => traffic.deliveredBytes));
                return {
                  proven:
                    rates.length > 0 &&
                    rates.every((seen) => Math.abs(seen - bytesPerSecond) <= bytesPerSecond * tolerance) &&
                    trafficBytes > 0,
                  observed: `${Math.round(observed)} bytes a second at the median of ${rates.length} links, while ${trafficBytes} bytes of the broker's own passed`,
                  figures: {
                    injectedBytesPerSecond: bytesPerSecond,
                    observedBytesPerSecond: observed,
                    links: rates.length,
                    brokerBytes: trafficBytes,
                  },
                };
              },
              heal,
            };
          },
          release: () => watch.stop(),
        };
      },
    };
  },
};

/** Sends half a second's worth through a connection of its own on the link, and counts with it what of the broker's own passed in that time. */
async function measureRate(
  { links, clock }: FaultEnvironment,
  { linkId }: Lane,
  bytesPerSecond: number,
): Promise<number> {
  const bytes = Math.max(4_344, Math.round(bytesPerSecond / 2));
  const sink = createServer();
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
  const entry = await links.openLane(linkId, { host: '127.0.0.1', port: (sink.address() as AddressInfo).port });
  const client = connect({ host: '127.0.0.1', port: entry.port });
  try {
    return await new Promise<number>((resolve) => {
      const startedMs = clock.nowMs();
      const traffic = (): number => links.counters(linkId).forward.bytesDelivered;
      const before = traffic();
      const timer = setTimeout(() => resolve(0), 5_000);
      client.on('error', () => resolve(0));
      client.end(Buffer.alloc(bytes));
      sink.on('connection', (socket) => {
        let seen = 0;
        socket.on('error', () => {});
        socket.on('data', (data) => {
          seen += data.length;
          if (seen < bytes) return;
          clearTimeout(timer);
          resolve(((bytes + traffic() - before) * 1_000) / (clock.nowMs() - startedMs));
        });
      });
    });
  } finally {
    client.destroy();
    sink.close();
    await entry.close();
  }
}
