import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { all, atLeast, atMost, moreThan, proofOf } from '../../proof.ts';
import type { LocalEffect } from '../effect.ts';
import { type FaultEnvironment, requireLinks } from '../environment.ts';
import { carriesTraffic, LinkWatch, lanesOf, median, sum } from '../lanes/link-watch.ts';
import { shape, shapers } from '../lanes/shape-lanes.ts';

/** The measured rate may be off by this share. */
const tolerance = 0.1;
/** netem counts headers and bare acknowledgements too, which are no payload, and many where a broker's packets are small. */
const headerShare = 0.3;

const measureWithinMs = 5_000;

/** Every direction of the struck links passes at most so many bytes a second, all its connections together. */
export const bandwidth: LocalEffect<'bandwidth'> = {
  mechanisms: shapers,
  async observe(effect, environment) {
    const { bytesPerSecond } = effect;
    const lanes = lanesOf(effect, environment);
    const gauges: Gauge[] = [];
    const closeAll = async (): Promise<void> => {
      await Promise.all(gauges.map((gauge) => gauge.close()));
    };
    let watch: LinkWatch;
    try {
      for (const { linkId, direction } of lanes)
        if (direction === 'forward') gauges.push(await openGauge(environment, linkId, bytesPerSecond));
      watch = await LinkWatch.start(environment, lanes, { lanes: 1, intervalMs: 100 });
    } catch (error) {
      await closeAll();
      throw error;
    }
    return {
      async inject(scope) {
        const { mechanism, packets } = await shape(environment, lanes, { bytesPerSecond }, scope);
        watch.mark();
        return {
          mechanism,
          async prove() {
            const shaped = await packets();
            const rates = await Promise.all(gauges.map((gauge) => gauge.measure()));
            const observed = median(rates) ?? 0;
            const trafficBytes = sum(watch.read().map(({ traffic }) => traffic.deliveredBytes));
            const least = bytesPerSecond * (1 - (shaped === undefined ? tolerance : headerShare));
            const most = bytesPerSecond * (1 + tolerance);
            const conditions = [
              all('links whose rate was measured', rates.filter((seen) => seen > 0).length, gauges.length),
              atMost('bytes a second on the fastest link', Math.max(0, ...rates), most, whole),
              atLeast('bytes a second on the slowest link', Math.min(...rates), least, whole),
              ...(await carriesTraffic(
                { what: "bytes of the broker's own that passed", amount: trafficBytes },
                effect,
                environment,
              )),
              ...(shaped === undefined ? [] : [moreThan("packets of the broker's own through netem", shaped, 0)]),
            ];
            return proofOf(conditions, {
              observed: `${Math.round(observed)} bytes a second at the median of ${rates.length} links, while ${trafficBytes} bytes of the broker's own passed${shaped === undefined ? '' : `, ${shaped} packets through netem`}`,
              figures: {
                injectedBytesPerSecond: bytesPerSecond,
                observedBytesPerSecond: observed,
                links: rates.length,
                brokerBytes: trafficBytes,
                ...(shaped === undefined ? {} : { brokerPackets: shaped }),
              },
            });
          },
        };
      },
      async release() {
        await watch.stop();
        await closeAll();
      },
    };
  },
};

const whole = (value: number): string => value.toFixed(0);

/** A connection of its own through a link, and how fast it is. */
type Gauge = {
  /** Bytes a second of half a second's worth and of what of the broker's own passed in that time; 0 when it does not arrive. */
  measure(): Promise<number>;
  close(): Promise<void>;
};

/** There before the fault is: what is opened later the kernel would not count among the struck. */
async function openGauge(environment: FaultEnvironment, linkId: string, bytesPerSecond: number): Promise<Gauge> {
  const { clock } = environment;
  const links = requireLinks(environment);
  const bytes = Math.max(4_344, Math.round(bytesPerSecond / 2));
  const sink = createServer();
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
  const entry = await links.openLane(linkId, { host: '127.0.0.1', port: (sink.address() as AddressInfo).port });
  return {
    async measure() {
      const client = connect({ host: '127.0.0.1', port: entry.port, noDelay: true });
      let late: NodeJS.Timeout | undefined;
      try {
        return await new Promise<number>((resolve) => {
          late = setTimeout(() => resolve(0), measureWithinMs);
          const traffic = (): number => links.counters(linkId).forward.bytesDelivered;
          client.on('error', () => resolve(0));
          let writtenMs = 0;
          client.once('connect', () => {
            writtenMs = clock.nowMs();
            client.write(Buffer.alloc(1));
          });
          sink.once('connection', (socket) => {
            let seen = -1;
            let [wayMs, before] = [0, 0];
            socket.on('error', () => {});
            socket.on('data', (data) => {
              if (seen < 0) {
                // The first byte says how long the way is, which a delay of another fault may make long.
                wayMs = clock.nowMs() - writtenMs;
                before = traffic();
                writtenMs = clock.nowMs();
                client.end(Buffer.alloc(bytes));
              }
              seen += data.length;
              if (seen < bytes) return;
              resolve(((bytes + traffic() - before) * 1_000) / Math.max(1, clock.nowMs() - writtenMs - wayMs));
            });
          });
        });
      } finally {
        clearTimeout(late);
        client.destroy();
      }
    },
    async close() {
      sink.close();
      await entry.close();
    },
  };
}
