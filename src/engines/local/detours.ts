import { type Clock, pollUntil } from '../../base/clock.ts';
import { ChaosError } from '../../base/error.ts';
import type { Logger } from '../../base/logger.ts';
import type { BrokerSpec } from '../../model/config.ts';
import { formatMs } from '../../model/units.ts';
import type { ClusterNode } from './cluster/node.ts';
import { type PeerConnection, peerConnections, socketInodes } from './cluster/peer-connections.ts';
import { readTcpTable } from './cluster/tcp-table.ts';
import type { PacketCount } from './machine/nft.ts';

/** So long after the boot the tool looks for nodes that bypass the proxies. */
const watchMs = 10_000;

const whatToDo = [
  'broker.peer-ports must name the ports at which nodes dial one another',
  'if the nodes join later than that, let broker.ready wait for it (ready.log: what a node writes when it has joined)',
  'or use links: proxy',
];

/** What stands now: the nodes, and each one's ports by name. */
export type Standing = {
  readonly nodes: readonly ClusterNode[];
  readonly ports: ReadonlyMap<string, Readonly<Record<string, number>>>;
};

export type DetoursOptions = {
  readonly broker: Pick<BrokerSpec, 'links' | 'ports' | 'peerPorts'>;
  readonly names: readonly string[];
  readonly clock: Clock;
  readonly logger: Logger;
  standing(): Standing;
};

/** Finds connections between nodes that bypass the link proxies: faults of links would not reach them. */
export class Detours {
  readonly #options: DetoursOptions;

  constructor(options: DetoursOptions) {
    this.#options = options;
  }

  /** What a user can do about nodes that bypass the proxies. */
  get remedy(): string {
    return this.#options.broker.links === 'transparent'
      ? 'broker.peer-ports must name every port at which the nodes dial one another'
      : 'if the nodes dial one another at addresses that they tell each other, use broker.links: transparent, which leads those through the proxies too';
  }

  get #hasPeerLinks(): boolean {
    const { broker, names } = this.#options;
    return broker.links !== 'direct' && names.length > 1 && broker.peerPorts.length > 0;
  }

  /** Connections to ports that links were made for, and that the links do not carry. */
  async past(): Promise<PeerConnection[]> {
    if (!this.#hasPeerLinks) return [];
    // To find a node's processes takes longer than to see that there is nobody at its ports but the proxies.
    return (await this.#hasStranger()) ? (await this.#direct()).filter((one) => this.#isPeerPort(one)) : [];
  }

  /** Whether somebody other than this process is connected to a node's peer port. */
  async #hasStranger(): Promise<boolean> {
    const { broker, names, standing } = this.#options;
    const own = socketInodes([process.pid]);
    const { ports: portsOf } = standing();
    const ports = new Set(names.flatMap((name) => broker.peerPorts.map((port) => portsOf.get(name)?.[port])));
    const established = (await readTcpTable()).filter(({ state }) => state === 'established');
    // What is redirected has another far end than the one that dialled believes.
    const ends = new Set(established.map(({ localPort, remotePort }) => `${localPort}/${remotePort}`));
    return established.some(
      ({ localPort, remotePort, inode }) =>
        ports.has(remotePort) && !own.has(inode) && ends.has(`${remotePort}/${localPort}`),
    );
  }

  /** Looks for a while after the boot, since nodes may join late. Only a warning: what strikes no link is judged all the same. */
  async watch(signal: AbortSignal): Promise<void> {
    const { clock, logger } = this.#options;
    if (!this.#hasPeerLinks) return;
    await pollUntil(
      async () => {
        const [first, ...more] = await this.past();
        if (first === undefined) return undefined;
        logger.warn(
          `${first.from} is connected to ${first.to} at its own ${this.#portName(first)} port ${first.port}, past the link proxies${more.length === 0 ? '' : `, and ${more.length} more connections are`}: faults of links between nodes cannot be proven; ${this.remedy}`,
        );
        return true;
      },
      { withinMs: watchMs, everyMs: 1_000, clock, signal },
    );
  }

  /**
   * Waits, with transparent links, until the nodes have dialled one another through the proxies: a cluster whose nodes bypass them would
   * look as if it withstood everything. Nodes may be ready before they join.
   * @throws ChaosError `cluster` where they do not within `withinMs`, or bypass them.
   */
  async requireRedirected(
    counters: () => Promise<ReadonlyMap<string, PacketCount> | undefined>,
    { withinMs, signal }: { readonly withinMs: number; readonly signal: AbortSignal },
  ): Promise<void> {
    const { broker, clock } = this.#options;
    if (broker.links !== 'transparent' || !this.#hasPeerLinks) return;
    const redirected = await pollUntil(
      async () => {
        const counted = await counters();
        const past = counted?.get('past')?.packets ?? 0;
        if (past > 0)
          throw new ChaosError('cluster', `links: transparent: ${past} packets of nodes went past the proxies`, {
            hint: 'chaos-action doctor says what this machine can do; or use links: proxy',
          });
        return (counted?.get('redirected')?.packets ?? 0) > 0 ? true : undefined;
      },
      { withinMs, everyMs: 200, clock, signal },
    );
    if (redirected) return;
    throw new ChaosError(
      'cluster',
      `links: transparent: within ${formatMs(withinMs)} of being ready no node dialled a peer at its peer ports (${broker.peerPorts.join(', ')})`,
      { hint: [...(await this.#elsewhere()), ...whatToDo].join('; ') },
    );
  }

  /** Which other ports the nodes use among themselves, as something to try. */
  async #elsewhere(): Promise<string[]> {
    const ports = (await this.#direct())
      .filter((one) => !this.#isPeerPort(one))
      .map((one) => this.#portName(one) ?? `${one.port}, which broker.ports does not name`);
    return ports.length === 0 ? [] : [`the nodes are connected at ${[...new Set(ports)].join(', ')}`];
  }

  /** Connections that nodes have to one another with no proxy in between. */
  async #direct(): Promise<PeerConnection[]> {
    const table = await readTcpTable();
    const { nodes } = this.#options.standing();
    return peerConnections(
      new Map(nodes.map((node) => [node.name, socketInodes(node.processes().map(({ pid }) => pid))])),
      table,
    );
  }

  #portName({ to, port }: PeerConnection): string | undefined {
    const { broker, standing } = this.#options;
    return broker.ports.find((name) => standing().ports.get(to)?.[name] === port);
  }

  #isPeerPort(connection: PeerConnection): boolean {
    return this.#options.broker.peerPorts.includes(this.#portName(connection) ?? '');
  }
}
