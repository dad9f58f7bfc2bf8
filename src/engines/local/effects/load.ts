import { allDone } from '../../../base/all-done.ts';
import { within } from '../../../base/clock.ts';
import type { EffectOf } from '../../../model/effects.ts';
import { atLeast, moreThan, type Proof, proofOf } from '../../proof.ts';
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
            const total = (pick: (pair: Pair) => number): number => sum(pairs.map(pick));
            return judgeLoad(effect, {
              seconds: Math.max(0.001, (clock.nowMs() - startedMs) / 1_000),
              sent: total((pair) => pair.sent),
              acknowledged: total(({ publisher }) => publisher.acknowledged),
              delivered: total(({ subscriber }) => subscriber.received),
              saturated: pairs.filter(({ held }) => held).length,
              linkBytes: before === undefined ? undefined : (offeredBytes(nodes, environment) ?? 0) - before,
            });
          },
        };
      },
      release: leave,
    };
  },
};

/** What came of the load; `linkBytes` where there are links. */
type LoadSeen = {
  readonly seconds: number;
  readonly sent: number;
  readonly acknowledged: number;
  readonly delivered: number;
  /** Publishers that had to wait for the broker. */
  readonly saturated: number;
  readonly linkBytes: number | undefined;
};

/** Pure. The rate was published, or the broker could not take it; it acknowledged and delivered; and the links have seen at least the payloads. */
export function judgeLoad(
  { ratePerSecond, payloadBytes, nodes }: Pick<EffectOf<'load'>, 'ratePerSecond' | 'payloadBytes' | 'nodes'>,
  { seconds, sent, acknowledged, delivered, saturated, linkBytes }: LoadSeen,
): Proof {
  const askedPerSecond = ratePerSecond * nodes.length;
  const sentPerSecond = sent / seconds;
  const published = 'messages a second that were published';
  const conditions = [
    ...(saturated > 0 ? [] : [atLeast(published, sentPerSecond, askedPerSecond * leastSent, whole)]),
    moreThan('messages acknowledged by the broker', acknowledged, 0),
    moreThan('messages delivered', delivered, 0),
    ...(linkBytes === undefined
      ? []
      : [atLeast("bytes offered on the nodes' client links", linkBytes, sent * payloadBytes * leastSent, whole)]),
  ];
  const perSecond = (count: number): string => whole(count / seconds);
  const waited = `; ${saturated} of ${nodes.length} publishers had to wait, ${window} messages unacknowledged`;
  return proofOf(conditions, {
    observed: `${perSecond(sent)} messages a second were published, ${perSecond(acknowledged)} acknowledged by the broker, ${perSecond(delivered)} delivered${saturated > 0 ? waited : ''}${linkBytes === undefined ? '' : `; ${linkBytes} bytes were offered on the nodes' client links`}`,
    figures: {
      askedPerSecond,
      sentPerSecond,
      acknowledgedPerSecond: acknowledged / seconds,
      deliveredPerSecond: delivered / seconds,
      publishersSaturated: saturated,
      ...(linkBytes === undefined ? {} : { linkBytes }),
    },
  });
}

function whole(value: number): string {
  return value.toFixed(0);
}

/** What the proxies before the nodes read from clients, the workload's among them; undefined where there are no proxies. */
function offeredBytes(nodes: readonly string[], { links, network }: FaultEnvironment): number | undefined {
  if (links === undefined) return undefined;
  return nodes.reduce((total, node) => {
    const [lane] = network.client(node);
    return lane === undefined ? total : total + links.counters(lane.linkId).forward.bytesOffered;
  }, 0);
}
