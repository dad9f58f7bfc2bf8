import { allDone } from '../../../base/all-done.ts';
import { within } from '../../../base/clock.ts';
import { atLeast, moreThan, proofOf } from '../../proof.ts';
import { pace } from '../clients/pace.ts';
import { RawClient } from '../clients/raw-client.ts';
import type { LocalEffect } from '../effect.ts';
import type { FaultEnvironment } from '../environment.ts';
import { sum } from '../lanes/link-watch.ts';

/** Messages of one publisher that are not acknowledged; a broker with more of them open is saturated. */
const window = 2_000;
/** Of what was to be sent, this share must have been, unless the broker is saturated. */
const leastSent = 0.9;
const subscribeWithinMs = 5_000;

type Pair = { readonly publisher: RawClient; readonly subscriber: RawClient; sent: number; held: boolean };

/** Further clients publish at QoS 1, one at each node, each to a subscriber at the next node, besides the workload that is measured. */
export const load: LocalEffect<'load'> = {
  mechanisms: [{ name: 'clients', needs: [] }],
  async observe(effect, environment) {
    const { nodes, subscribers, ratePerSecond, payloadBytes, clientIdPrefix: prefix } = effect;
    const { nodes: control, network, clock } = environment;
    const stop = new AbortController();
    const clients: RawClient[] = [];
    const pairs: Pair[] = [];
    const publishing: Promise<void>[] = [];
    const leave = async (): Promise<void> => {
      stop.abort();
      await Promise.all(publishing);
      await Promise.all(clients.map((client) => client.close()));
    };
    const client = (node: string, id: string): RawClient => {
      const made = new RawClient({ ...control.address(node), ...network.entry(node) }, id);
      clients.push(made);
      return made;
    };
    return {
      async inject(scope) {
        scope.undo({ type: 'ends-with-run', what: `load on ${nodes.join(', ')}` }, leave);
        const payload = Buffer.alloc(payloadBytes, 'load');
        await allDone(
          nodes.map(async (node, i) => {
            const topic = `chaos-load/${prefix}/${node}`;
            const pair: Pair = {
              publisher: client(node, `${prefix}p${i}`),
              subscriber: client(subscribers[i] ?? node, `${prefix}s${i}`),
              sent: 0,
              held: false,
            };
            pairs.push(pair);
            await within(pair.subscriber.subscribe(topic, 1), {
              withinMs: subscribeWithinMs,
              clock,
              signal: scope.signal,
            });
            publishing.push(
              pace(
                ratePerSecond,
                () => {
                  pair.held = pair.sent - pair.publisher.acknowledged >= window;
                  if (pair.publisher.state !== 'accepted' || pair.held) return true;
                  pair.publisher.publish(topic, payload, 1);
                  pair.sent++;
                  return true;
                },
                { clock, signal: stop.signal },
              ),
            );
          }),
        );
        const startedMs = clock.nowMs();
        const before = offeredBytes(nodes, environment);
        return {
          mechanism: 'clients',
          async prove() {
            const seconds = (clock.nowMs() - startedMs) / 1_000;
            const total = (pick: (pair: Pair) => number): number => sum(pairs.map(pick));
            const sent = total((pair) => pair.sent);
            const acknowledged = total(({ publisher }) => publisher.acknowledged);
            const delivered = total(({ subscriber }) => subscriber.received);
            const saturated = pairs.filter(({ held }) => held).length;
            const linkBytes = offeredBytes(nodes, environment) - before;
            const asked = ratePerSecond * nodes.length * seconds;
            const conditions = [
              ...(saturated > 0
                ? []
                : [
                    atLeast(
                      'messages a second that were published',
                      sent / seconds,
                      (asked * leastSent) / seconds,
                      whole,
                    ),
                  ]),
              moreThan('messages acknowledged by the broker', acknowledged, 0),
              moreThan('messages delivered', delivered, 0),
              // Where there are links, they have seen at least the payloads.
              ...(before < 0
                ? []
                : [
                    atLeast(
                      "bytes offered on the nodes' client links",
                      linkBytes,
                      sent * payloadBytes * leastSent,
                      whole,
                    ),
                  ]),
            ];
            return proofOf(conditions, {
              observed: `${perSecond(sent, seconds)} messages a second were published, ${perSecond(acknowledged, seconds)} acknowledged by the broker, ${perSecond(delivered, seconds)} delivered${saturated > 0 ? `; ${saturated} of ${pairs.length} publishers had to wait, ${window} messages unacknowledged` : ''}${before < 0 ? '' : `; ${linkBytes} bytes were offered on the nodes' client links`}`,
              figures: {
                askedPerSecond: ratePerSecond * nodes.length,
                sentPerSecond: sent / seconds,
                acknowledgedPerSecond: acknowledged / seconds,
                deliveredPerSecond: delivered / seconds,
                publishersSaturated: saturated,
                ...(before < 0 ? {} : { linkBytes }),
              },
            });
          },
        };
      },
      release: leave,
    };
  },
};

const whole = (value: number): string => value.toFixed(0);

function perSecond(count: number, seconds: number): string {
  return (count / seconds).toFixed(0);
}

/** What the proxies before the nodes read from clients, the workload's among them; negative where there are no proxies. */
function offeredBytes(nodes: readonly string[], { links, network }: FaultEnvironment): number {
  if (links === undefined) return -1;
  return nodes.reduce((total, node) => {
    const [lane] = network.client(node);
    return lane === undefined ? total : total + links.counters(lane.linkId).forward.bytesOffered;
  }, 0);
}
