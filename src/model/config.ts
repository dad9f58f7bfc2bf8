import type { ProfileName } from './flow-kinds.ts';
import type { Topology } from './topology.ts';

/** What chaos.yml and its preset say about one broker, validated, with every default filled in. Templates are not yet rendered. */
export type BrokerSpec = {
  readonly name: string;
  /** Programs that have to be there, by a name on the PATH or a whole path. */
  readonly needs: readonly Need[];
  /** Shell command run once in the project's folder before anything boots. */
  readonly build?: string | undefined;
  readonly buildWithinMs: number;
  /** Liquid template of the command that runs one node in the foreground. */
  readonly start: string;
  /** Liquid templates by name. */
  readonly env: Readonly<Record<string, string>>;
  /** Liquid template of the command run for each node before its first start. */
  readonly prepare?: string | undefined;
  /** Liquid template of the command run for each node in turn when all are ready. */
  readonly join?: string | undefined;
  readonly startOrder: StartOrder;
  /** Liquid template of the folder that the commands of a node run in; absent means the project's. */
  readonly workingDirectory?: string | undefined;
  /** Helper processes of the whole cluster by name. */
  readonly services: Readonly<Record<string, ServiceSpec>>;
  /** Liquid templates by file name, written into the node's own folder. */
  readonly files: Readonly<Record<string, string>>;
  /** Permissions of files by name; the others are made as usual. */
  readonly fileModes: Readonly<Record<string, number>>;
  /** Names of the TCP ports of a node; `mqtt` is always among them. Each that peers use has a link proxy a directed pair. */
  readonly ports: readonly string[];
  /** The ports that nodes use among themselves, those reached through `peers` and so through the link proxies. */
  readonly peerPorts: readonly string[];
  readonly ready: ReadySpec & { readonly mqtt: boolean };
  /** Liquid template of the address that answers in Prometheus' text format. */
  readonly metrics?: string | undefined;
  readonly stop: 'SIGTERM' | 'SIGINT' | 'SIGQUIT' | 'SIGKILL';
  readonly stopWithinMs: number;
  /** The longest that the broker waits before it sends an unacknowledged message again: silence that is shorter shows no loss. */
  readonly redeliverWithinMs: number;
  readonly mqtt: {
    readonly version: 4 | 5;
    readonly transport: 'tcp' | 'ws';
    /** WebSocket only; absent means the usual one. */
    readonly path?: string | undefined;
    /** Absent: not over TLS. */
    readonly tls?: TlsSpec | undefined;
    readonly username?: string | undefined;
    readonly password?: string | undefined;
  };
  readonly links: 'proxy' | 'transparent' | 'direct';
  /** Which nodes are linked; a full mesh where nothing is said. */
  readonly topology?: Topology | undefined;
  /** Whether the nodes call each other by gRPC; undefined when nobody has said. */
  readonly grpc?: boolean | undefined;
  readonly knownIssues: readonly KnownIssue[];
  /** Values that must never be printed (from `${NAME}` in secrets' places). */
  readonly secrets: readonly string[];
};

/** A program, and how to get it. */
export type Need = { readonly program: string; readonly get: string };

/** When a process counts as ready: all that is said must hold. */
export type ReadySpec = {
  /** Liquid template of an address that answers 200. */
  readonly http?: string | undefined;
  /** Text that a line of its output holds. */
  readonly log?: string | undefined;
  /** Liquid template of a command that exits with 0. */
  readonly command?: string | undefined;
  readonly withinMs: number;
};

/** When a node is started: with the others, when the one before it is ready, or so long after the one before it. */
export type StartOrder = 'together' | 'one-by-one' | { readonly everyMs: number };

/** A process that the whole cluster needs beside its nodes, such as a directory of names. No fault strikes it. */
export type ServiceSpec = {
  /** Liquid template of the command that runs it in the foreground. */
  readonly start: string;
  readonly env: Readonly<Record<string, string>>;
  readonly ports: readonly string[];
  readonly ready: ReadySpec;
};

/** How clients trust the nodes. */
export type TlsSpec = {
  /** Liquid template of the file that holds the authority; absent means the machine's own authorities. */
  readonly ca?: string | undefined;
  /** Absent means the address that clients connect to. */
  readonly serverName?: string | undefined;
  /** False: any certificate is taken. */
  readonly verify: boolean;
};

export type KnownIssue = {
  readonly invariant: string;
  /** Scenario name; absent means all. */
  readonly scenario?: string | undefined;
  /** Applies only to violations of clients of this role; absent means both. */
  readonly role?: 'publisher' | 'subscriber' | undefined;
  /** Applies only to violations of the client of this name, without the part that is random in each run; `*` stands for anything. */
  readonly client?: string | undefined;
  readonly why: string;
};

export type Config = {
  readonly broker: BrokerSpec;
  readonly nodes: number;
  readonly workload: {
    readonly profile: ProfileName;
    readonly ratePerSecond: number;
    readonly payloadBytes: number;
  };
  readonly score: { readonly failBelow?: number | undefined };
  /** Of each log, at most so many bytes are kept. */
  readonly logs: { readonly keepBytes: number };
  /** The folder that build and start commands run from. */
  readonly folder: string;
  /** The preset that was taken, if one was. */
  readonly preset?: string | undefined;
  /** The chaos.yml it came from, if there was one. */
  readonly file?: string | undefined;
  /** Nothing was configured at all: it is the broker that comes with the tool. */
  readonly isDefault: boolean;
};
