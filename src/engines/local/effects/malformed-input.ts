import { Worker } from 'node:worker_threads';
import { distPath } from '../../../base/entries.ts';
import { messageOf } from '../../../base/error.ts';
import { remote } from '../../../base/thread-rpc.ts';
import type { Level } from '../../../faults/corpus/broken-class.ts';
import { brokenClasses } from '../../../faults/corpus.ts';
import { formatShare } from '../../../model/units.ts';
import { all, atLeast, type Proof, proofOf } from '../../proof.ts';
import { type BarrageTally, stageOf } from '../clients/barrage.ts';
import type { BarrageMethods } from '../clients/barrage-worker.ts';
import type { Reaction } from '../clients/delivery.ts';
import { isAlive, type ProcessStat } from '../cluster/proc.ts';
import type { LocalEffect } from '../effect.ts';
import type { FaultEnvironment, NodeControl } from '../environment.ts';
import { sum } from '../lanes/link-watch.ts';
import type { LinkCounters } from '../links/types.ts';

/** Servers must close on most of what they are sent, but do not: the embedded broker reacted to nine tenths, NATS 2.9 to a third. */
const leastReactions = 0.25;
/** Of the connections that were made, this share must have come through to the node. */
const leastArrived = 0.9;
/** Once every class has gone alone, this share of the rate must be sent. A machine that is too busy for it strikes less than was said. */
const leastPace = 0.5;
/** Before so much is due the pace says nothing. */
const leastDue = 100;
const versions: Readonly<Record<Level, string>> = { 4: '3.1.1', 5: '5' };
/** How often a node that is down is looked for again. */
const lookAgainMs = 250;

/** Clients send the nodes what no MQTT server may take, each class on connections of its own. */
export const malformedInput: LocalEffect<'malformed-input'> = {
  mechanisms: [{ name: 'clients', needs: [] }],
  async observe(effect, environment) {
    const { nodes, ratePerSecond, seeds } = effect;
    const barrages = remote<BarrageMethods>(new Worker(distPath('barrage-worker.js')), 'barrage');
    barrages.ended.addEventListener('abort', () => environment.broken(barrages.ended.reason), { once: true });
    let watching: NodeJS.Timeout | undefined;
    return {
      async inject(scope) {
        scope.undo({ type: 'ends-with-run', what: `broken packets to ${nodes.join(', ')}` }, async () => {
          clearInterval(watching);
          await barrages.call('stop');
        });
        const before = nodes.map((node) => linkCounters(node, environment));
        const lives = nodes.map((node) => new Lives(node, environment));
        await barrages.call(
          'start',
          nodes.map((node, i) => ({
            node,
            target: { ...environment.nodes.address(node), ...environment.network.entry(node) },
            seed: seeds[i] ?? '',
            ratePerSecond,
            processes: lives[i]?.processes ?? [],
          })),
        );
        watching = setInterval(() => {
          for (const life of lives.filter((one) => one.isAnother()))
            barrages
              .call('restarted', { node: life.node, processes: life.processes })
              .catch((error) => environment.logger.debug(messageOf(error)));
        }, lookAgainMs);
        return {
          mechanism: 'clients',
          async prove() {
            const tally = await barrages.call('tally');
            const through = nodes.map((node, i) => since(before[i], linkCounters(node, environment)));
            // Without links there is nobody else who could have counted.
            const arrived = through.every((one) => one === undefined)
              ? tally.connections
              : sum(through.map((one) => one?.connections ?? 0));
            return proofOfBarrage(tally, { arrived, bytes: sum(through.map((one) => one?.bytes ?? 0)) });
          },
          suspects: (node, atMs) => barrages.call('suspects', { node, atMs }),
        };
      },
      async release() {
        clearInterval(watching);
        await barrages.terminate();
      },
    };
  },
};

/** Pure. What the clients have counted, and what came through the links to the nodes. */
function proofOfBarrage(tally: BarrageTally, links: { readonly arrived: number; readonly bytes: number }): Proof {
  const settled = (reaction: Reaction): number => sum([...tally.byClass.values()].map((counts) => counts[reaction]));
  const [closed, answered, ignored] = [settled('closed'), settled('answered'), settled('ignored')];
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  const { sent, due } = tally.paced;
  const reacted = closed + answered;
  const sentClasses = tally.classes - tally.missing.length;
  const conditions = [
    all('classes of broken packets that were sent', sentClasses, tally.classes),
    atLeast(
      'connections that came through the links',
      share(links.arrived, tally.connections),
      leastArrived,
      formatShare,
    ),
    atLeast(
      'broken packets that the broker reacted to',
      share(reacted, reacted + ignored),
      leastReactions,
      formatShare,
    ),
    ...(due < leastDue ? [] : [atLeast('share of the rate that was sent', share(sent, due), leastPace, formatShare)]),
  ];
  const { first, 4: at4, 5: at5 } = tally.packetsAt;
  const tolerated = [...tally.byClass].filter(([, counts]) => counts.closed === 0).map(([name]) => name);
  const unreached = [...tally.refused].map(([level, why]) => {
    const names = brokenClasses.filter((broken) => stageOf(broken) === level).map(({ name }) => name);
    return { level, why, names };
  });
  const withheld = unreached.map(
    ({ level, why, names }) =>
      `; ${names.length} classes were not sent, because the broker has no sessions of MQTT ${versions[level]} (${why})`,
  );
  return proofOf(conditions, {
    observed: `${tally.packets} packets of ${sentClasses} classes on ${tally.connections} connections (${first} packets before a session, ${at4} in sessions of MQTT 3.1.1, ${at5} in sessions of MQTT 5); the broker closed ${closed} times, answered ${answered}, said nothing ${ignored}; ${links.arrived} connections came through the links${withheld.join('')}`,
    details: [
      ...(tolerated.length === 0 ? [] : [`; never closed on: ${tolerated.join(', ')}`]),
      ...unreached.map(({ level, names }) => `; of MQTT ${versions[level]} and not sent: ${names.join(', ')}`),
    ].join(''),
    figures: {
      packets: tally.packets,
      packetsBeforeSession: first,
      packetsOfMqtt311: at4,
      packetsOfMqtt5: at5,
      classes: sentClasses,
      classesWithoutSession: sum(unreached.map(({ names }) => names.length)),
      connections: tally.connections,
      packetBytes: tally.bytes,
      ...(due < leastDue ? {} : { shareOfRate: share(sent, due) }),
      closed,
      answered,
      ignored,
      unsent: tally.unsent,
      linkConnections: links.arrived,
      linkBytes: links.bytes,
      ...Object.fromEntries(
        [...tally.byClass].flatMap(([name, counts]) =>
          Object.entries(counts)
            .filter(([, count]) => count > 0)
            .map(([reaction, count]) => [`${reaction}: ${name}`, count]),
        ),
      ),
    },
  });
}

/** The processes of a node, looked up anew only when all that were known are gone. */
class Lives {
  readonly node: string;
  readonly #control: NodeControl;
  processes: readonly ProcessStat[];

  constructor(node: string, { nodes }: FaultEnvironment) {
    this.node = node;
    this.#control = nodes;
    this.processes = nodes.processes(node);
  }

  /** True when the node runs again, as other processes than before. */
  isAnother(): boolean {
    if (this.processes.some(isAlive)) return false;
    try {
      this.processes = this.#control.processes(this.node);
    } catch {
      // The whole cluster is gone.
      return false;
    }
    return this.processes.length > 0;
  }
}

function linkCounters(node: string, { network, links }: FaultEnvironment): LinkCounters | undefined {
  const [lane] = network.client(node);
  return links === undefined || lane === undefined ? undefined : links.counters(lane.linkId);
}

function since(
  before: LinkCounters | undefined,
  now: LinkCounters | undefined,
): { connections: number; bytes: number } | undefined {
  if (!before || !now) return undefined;
  return {
    connections: now.connectionsOpened - now.upstreamFailures - before.connectionsOpened + before.upstreamFailures,
    bytes: now.forward.bytesDelivered - before.forward.bytesDelivered,
  };
}
