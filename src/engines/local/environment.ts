import type { Clock } from '../../base/clock.ts';
import { ChaosError } from '../../base/error.ts';
import type { Logger } from '../../base/logger.ts';
import type { ClusterShape } from '../../model/cluster.ts';
import type { Path } from '../../model/effects.ts';
import type { HeldMqtt, MqttPingTarget } from './cluster/mqtt-ping.ts';
import type { ProcessStat } from './cluster/proc.ts';
import type { HostControl } from './host/control.ts';
import type { Packets } from './lanes/packets.ts';
import type { Ledger } from './ledger.ts';
import type { Links } from './links/links.ts';
import type { Direction } from './links/types.ts';
import type { NodeLimits } from './machine/node-limits.ts';

/** All that a fault may touch: the nodes and links of this run, and the ledger. */
export type FaultEnvironment = {
  readonly shape: ClusterShape;
  readonly nodes: NodeControl;
  readonly host: HostControl;
  /** Absent where nothing stands between nodes and clients (broker.links: direct). */
  readonly links: Links | undefined;
  readonly network: NetworkMap;
  /** Absent without privileges: then the link proxies do what they can. */
  readonly packets?: Packets | undefined;
  /** Absent without privileges or cgroups. */
  readonly limits?: NodeLimits | undefined;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly logger: Logger;
  /** To be told when a thread of the tool has ended that nobody has ended: the run cannot go on. */
  readonly broken: (why: ChaosError) => void;
};

export type NodeControl = {
  /** The node's live processes. */
  processes(node: string): ProcessStat[];
  /** SIGKILL to all of them; resolves when none is left. */
  kill(node: string): Promise<void>;
  /** Starts the node; does not wait until it is ready. */
  start(node: string): void;
  /** Sends a signal to each of its processes; which. */
  signal(node: string, name: NodeJS.Signals): ProcessStat[];
  /** What is wrong with the node's own MQTT port, past the proxies; undefined when it answers. */
  ping(node: string, withinMs: number): Promise<string | undefined>;
  /** Addresses at which the node itself answers over HTTP, as its configuration names them; empty when it names none. */
  httpUrls(node: string): readonly string[];
  /** The file that holds the node's output, from all of its starts. */
  logFile(node: string): string;
  /** Opens an MQTT connection to the node's own port and keeps it; resolves with what was wrong when it is not served. */
  connect(node: string, withinMs: number): Promise<HeldMqtt | string>;
  /** Where its data live. */
  folder(node: string): string;
  /** The node's own MQTT port, past the proxies, and how a client names itself there. */
  address(node: string): MqttPingTarget;
};

/** One direction of one proxy. */
export type Lane = { readonly linkId: string; readonly direction: Direction };

/** Which proxies carry what. */
export type NetworkMap = {
  /** Every lane that carries what `from` sends to `to`: forth on connections that it dialled, back on those it accepted. */
  path(from: string, to: string): Lane[];
  /** Both directions between the clients and a node. */
  client(node: string): Lane[];
  /** Where clients reach a node: the front of its link, or its own port where there are no links. */
  entry(node: string): { readonly host: string; readonly port: number };
  /** How many connections the nodes of these paths have to peer ports of one another past every proxy just now, whoever dialled. */
  past(paths: readonly Path[]): Promise<number>;
  /** What to do when what the nodes send one another does not go through the proxies. */
  readonly remedy: string;
};

/** The links, for an effect on them; in a cluster without any none is offered (offers.ts). */
export function requireLinks({ links }: Pick<FaultEnvironment, 'links'>): Links {
  if (links === undefined) throw new ChaosError('internal', 'the cluster has no link proxies (broker.links: direct)');
  return links;
}

/** The limits, for an effect on them; without any none is offered. */
export function requireLimits({ limits }: Pick<FaultEnvironment, 'limits'>): NodeLimits {
  if (limits === undefined) throw new ChaosError('internal', 'the nodes have no cgroups of their own');
  return limits;
}
