import { pollUntil } from '../../../base/clock.ts';
import { atLeast, proofOf } from '../../proof.ts';
import { requireDescriptors } from '../clients/descriptors.ts';
import { pace } from '../clients/pace.ts';
import { type ClientState, RawClient } from '../clients/raw-client.ts';
import { heldConnections, readTcpTable } from '../cluster/tcp-table.ts';
import type { LocalEffect } from '../effect.ts';
import type { FaultEnvironment } from '../environment.ts';
import { sum } from '../lanes/link-watch.ts';

/** Of the clients that came, this share must be seen at the node, or have been turned away by it. */
const leastSeen = 0.9;
/** A socket of the client, and the two of the link proxy. */
const descriptorsEach = 3;

/** Many clients connect at once, hold their connections idle, and leave at the heal. */
export const connectionStorm: LocalEffect<'connection-storm'> = {
  mechanisms: [{ name: 'clients', needs: [] }],
  async observe(effect, environment) {
    const { nodes, connections, ratePerSecond, clientIdPrefix: prefix } = effect;
    const { nodes: control, network, clock } = environment;
    const stop = new AbortController();
    const clients: RawClient[] = [];
    const asked = connections * nodes.length;
    const count = (state: ClientState): number => clients.filter((client) => client.state === state).length;
    const arrivals: Promise<void>[] = [];
    const leave = async (): Promise<void> => {
      stop.abort();
      await Promise.all(arrivals);
      await Promise.all(clients.map((client) => client.close()));
    };
    return {
      async inject(scope) {
        requireDescriptors(asked * descriptorsEach, `a storm of ${asked} connections`);
        scope.undo({ type: 'ends-with-run', what: `${asked} connections to ${nodes.join(', ')}` }, leave);
        const before = await heldBy(nodes, environment);
        for (const node of nodes) {
          const address = { ...control.address(node), ...network.entry(node) };
          let number = 0;
          arrivals.push(
            pace(
              ratePerSecond,
              () => {
                clients.push(new RawClient(address, `${prefix}x${clients.length}`));
                return ++number < connections;
              },
              { clock, signal: stop.signal },
            ),
          );
        }
        return {
          mechanism: 'clients',
          async prove() {
            const look = async () => ({
              held: (await heldBy(nodes, environment)) - before,
              refused: count('refused'),
            });
            const isSeen = ({ held, refused }: Awaited<ReturnType<typeof look>>): boolean =>
              held + refused >= asked * leastSeen;
            // The last of them may be on their way.
            const seen =
              (await pollUntil(
                async () => {
                  const now = await look();
                  return isSeen(now) ? now : undefined;
                },
                { withinMs: 2_000, everyMs: 100, clock },
              )) ?? (await look());
            const needed = [
              atLeast(
                "clients seen at the nodes' own ports or refused there",
                seen.held + seen.refused,
                Math.ceil(asked * leastSeen),
              ),
            ];
            return proofOf(needed, {
              observed: `${seen.held} connections more at the nodes' own ports than before (${before}), taken by their processes; of ${clients.length} clients ${count('accepted')} have a CONNACK, ${seen.refused} were refused, ${count('lost')} lost their connection`,
              figures: {
                connectionsAsked: asked,
                connectionsTried: clients.length,
                connectionsBefore: before,
                connectionsMore: seen.held,
                accepted: count('accepted'),
                refused: seen.refused,
                lost: count('lost'),
              },
            });
          },
        };
      },
      release: leave,
    };
  },
};

/** The kernel's count of connections that the nodes' processes hold at their MQTT ports. */
async function heldBy(nodes: readonly string[], { nodes: control }: FaultEnvironment): Promise<number> {
  const table = await readTcpTable();
  return sum(nodes.map((node) => heldConnections(control.address(node).port, table).length));
}
