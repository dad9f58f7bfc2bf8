import { allDone } from '../../../base/all-done.ts';
import { within } from '../../../base/clock.ts';
import { atLeast, moreThan, proofOf } from '../../proof.ts';
import { requireDescriptors } from '../clients/descriptors.ts';
import { pace } from '../clients/pace.ts';
import { RawClient } from '../clients/raw-client.ts';
import { heldConnections, readTcpTable, type TcpSocket } from '../cluster/tcp-table.ts';
import type { LocalEffect } from '../effect.ts';
import type { FaultEnvironment } from '../environment.ts';
import { sum } from '../lanes/link-watch.ts';

const descriptorsEach = 3;
const subscribeWithinMs = 5_000;
/** Of the consumers, this share must be stuck at the broker, or have been thrown out by it. */
const leastStuck = 0.9;
/** A queue that stands still is looked at twice. */
const betweenLooksMs = 300;

/** Clients subscribe to a busy topic of their own and never read, so that what the broker has for them has nowhere to go. */
export const slowConsumer: LocalEffect<'slow-consumer'> = {
  mechanisms: [{ name: 'clients', needs: [] }],
  async observe(effect, environment) {
    const { nodes, connections, bytesPerSecond, payloadBytes, clientIdPrefix: prefix } = effect;
    const { nodes: control, network, clock } = environment;
    const stop = new AbortController();
    const consumers: RawClient[] = [];
    const publishers: RawClient[] = [];
    const publishing: Promise<void>[] = [];
    const asked = connections * nodes.length;
    let publishedBytes = 0;
    const leave = async (): Promise<void> => {
      stop.abort();
      await Promise.all(publishing);
      await Promise.all([...publishers, ...consumers].map((client) => client.close()));
    };
    return {
      async inject(scope) {
        requireDescriptors((asked + nodes.length) * descriptorsEach, `${asked} slow consumers`);
        scope.undo({ type: 'ends-with-run', what: `slow consumers at ${nodes.join(', ')}` }, leave);
        const others = (await lookAt(nodes, environment)).held;
        const subscribed = (
          await allDone(
            nodes.map(async (node, place) => {
              const address = { ...control.address(node), ...network.entry(node) };
              const topic = `chaos-slow/${prefix}/${node}`;
              const own = Array.from(
                { length: connections },
                (_, i) => new RawClient(address, `${prefix}x${place}x${i}`),
              );
              consumers.push(...own);
              const granted =
                (await within(Promise.all(own.map((client) => client.subscribe(topic, 0))), {
                  withinMs: subscribeWithinMs,
                  clock,
                  signal: scope.signal,
                })) ?? [];
              for (const client of own) client.stopReading();
              const publisher = new RawClient(address, `${prefix}p${place}`);
              publishers.push(publisher);
              const payload = Buffer.alloc(payloadBytes, 'slow');
              publishing.push(
                pace(
                  bytesPerSecond / payloadBytes,
                  () => {
                    // A broker that takes no more is not pressed through our own memory.
                    if (publisher.state !== 'accepted' || publisher.unsentBytes > 1_048_576) return true;
                    publisher.publish(topic, payload, 0);
                    publishedBytes += payload.length;
                    return true;
                  },
                  { clock, signal: stop.signal },
                ),
              );
              return granted.filter((isGranted) => isGranted).length;
            }),
          )
        ).reduce((total, count) => total + count, 0);
        const came = [...(await lookAt(nodes, environment)).held].filter((socket) => !others.has(socket));
        return {
          mechanism: 'clients',
          async prove() {
            const first = await lookAt(nodes, environment);
            await clock.sleep(betweenLooksMs);
            const second = await lookAt(nodes, environment);
            const stuck = [...second.queues].filter(([socket]) => (first.queues.get(socket) ?? 0) > 0);
            const stuckBytes = sum(stuck.map(([, queueBytes]) => queueBytes));
            // Those that the broker has thrown out are missing among the connections that came with them.
            const ended = came.filter((socket) => !second.held.has(socket)).length;
            const conditions = [
              atLeast('slow consumers that had subscribed', subscribed, Math.ceil(asked * leastStuck)),
              moreThan('bytes published for each', publishedBytes, 0),
              atLeast(
                'connections that stood still or were ended',
                stuck.length + ended,
                Math.ceil(asked * leastStuck),
              ),
            ];
            return proofOf(conditions, {
              observed: `${stuck.length} connections of the nodes stood still with ${stuckBytes} bytes that could not be sent, ${ended} were ended by the broker, of ${subscribed} that had subscribed; ${publishedBytes} bytes were published for each`,
              figures: {
                consumers: asked,
                subscribed,
                connectionsStuck: stuck.length,
                stuckBytes,
                connectionsEnded: ended,
                publishedBytes,
              },
            });
          },
        };
      },
      release: leave,
    };
  },
};

/** The kernel's view of the connections at the nodes' MQTT ports, and which have bytes that nobody takes. */
async function lookAt(
  nodes: readonly string[],
  { nodes: control }: FaultEnvironment,
): Promise<{ held: ReadonlySet<string>; queues: ReadonlyMap<string, number> }> {
  const table = await readTcpTable();
  const held = nodes.flatMap((node) => heldConnections(control.address(node).port, table));
  return {
    held: new Set(held.map(keyOf)),
    queues: new Map(
      held
        .filter(({ sendQueueBytes }) => sendQueueBytes > 0)
        .map((connection) => [keyOf(connection), connection.sendQueueBytes]),
    ),
  };
}

function keyOf({ localPort, remotePort }: TcpSocket): string {
  return `${localPort}/${remotePort}`;
}
