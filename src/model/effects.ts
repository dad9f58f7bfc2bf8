/** A directed pair of nodes. */
export type Path = { readonly from: string; readonly to: string };

/** Directed pairs of nodes, and nodes whose links with their clients are struck, both ways. */
export type OnLinks = { readonly paths: readonly Path[]; readonly clients: readonly string[] };

type OnNodes = { readonly nodes: readonly string[] };

/** What is done to gRPC calls (grpc.io, PROTOCOL-HTTP2). */
export type CallRule = {
  /** `/package.Service/Method`, `Method`, `/package.Service/*` or `*`. */
  readonly method: string;
  /** Of the calls that match, 0 to 1, each drawn on its own. */
  readonly share: number;
  readonly action: CallAction;
};

export type CallAction =
  /** Every frame of the answer comes so much later. */
  | { readonly type: 'delay'; readonly delayMs: number }
  /** The call neither arrives nor is answered. */
  | { readonly type: 'drop' }
  /** The call does not arrive, and is answered at once. */
  | { readonly type: 'status'; readonly status: number; readonly message: string };

/**
 * What a fault does to a cluster, as data: a kind of fault plans it, a dry run can print it, and an engine strikes it by the means that it
 * has. Every choice has been made.
 */
export type Effect =
  /** Bytes arrive later, one way in each struck direction. */
  | ({ readonly type: 'delay'; readonly delayMs: number; readonly jitterMs: number } & OnLinks)
  /** A share of the packets, 0 to 1, is lost in each struck direction. */
  | ({ readonly type: 'loss'; readonly lossShare: number } & OnLinks)
  /** All connections of a link together pass at most so many bytes a second in each direction. */
  | ({ readonly type: 'bandwidth'; readonly bytesPerSecond: number } & OnLinks)
  /** Nothing arrives and nothing is answered. */
  | ({ readonly type: 'cut' } & OnLinks)
  /** Every open connection is reset once. */
  | ({ readonly type: 'reset' } & OnLinks)
  | ({ readonly type: 'calls'; readonly rule: CallRule } & OnLinks)
  /** SIGKILL; the nodes stay down until the heal. */
  | ({ readonly type: 'kill' } & OnNodes)
  /** SIGKILL; the nodes are started again after the downtime. */
  | ({ readonly type: 'restart'; readonly downtimeMs: number } & OnNodes)
  /** SIGSTOP until the heal. */
  | ({ readonly type: 'pause' } & OnNodes)
  /** The wall clock is off by `offsetMs`, of either sign; with `strobeMs`, on and off. */
  | ({ readonly type: 'clock-skew'; readonly offsetMs: number; readonly strobeMs?: number | undefined } & OnNodes)
  /** The CPUs of the nodes are kept busy for a share of the time. */
  | ({ readonly type: 'cpu-stress'; readonly loadShare: number } & OnNodes)
  /** Each node may use a share of one CPU. */
  | ({ readonly type: 'cpu-quota'; readonly quotaShare: number } & OnNodes)
  /** Memory of the machine is taken until a share of it is left, up to a size. */
  | ({
      readonly type: 'memory-stress';
      readonly leftShare?: number | undefined;
      readonly mostBytes?: number | undefined;
    } & OnNodes)
  /** Each node may have so much more memory than it has when the fault begins. */
  | ({ readonly type: 'memory-limit'; readonly headroomBytes: number } & OnNodes)
  /** Files are written and synced without a pause where the nodes have their data. */
  | ({ readonly type: 'io-stress'; readonly writers: number; readonly fileBytes: number } & OnNodes)
  | ({ readonly type: 'disk-full' } & OnNodes)
  /** The nodes can open `spare` descriptors more, and no others. */
  | ({ readonly type: 'fd-exhaustion'; readonly spare: number } & OnNodes)
  /** Broken packets to each node; `seeds`, one for each, decide which. */
  | ({ readonly type: 'malformed-input'; readonly ratePerSecond: number; readonly seeds: readonly string[] } & OnNodes)
  /** Clients that connect to each node and hold their connections. */
  | ({
      readonly type: 'connection-storm';
      readonly connections: number;
      readonly ratePerSecond: number;
      readonly clientIdPrefix: string;
    } & OnNodes)
  /** Clients of each node that subscribe and do not read, and so many bytes a second for each of them. */
  | ({
      readonly type: 'slow-consumer';
      readonly connections: number;
      readonly bytesPerSecond: number;
      readonly payloadBytes: number;
      readonly clientIdPrefix: string;
    } & OnNodes)
  /** Further messages at QoS 1, from a publisher at each node to a subscriber at the node of the same place in `subscribers`. */
  | ({
      readonly type: 'load';
      readonly ratePerSecond: number;
      readonly payloadBytes: number;
      readonly subscribers: readonly string[];
      readonly clientIdPrefix: string;
    } & OnNodes)
  /** There is nothing that could be struck, and why: no engine offers it. */
  | { readonly type: 'nothing'; readonly why: string };

export type EffectType = Exclude<Effect['type'], 'nothing'>;
export type EffectOf<T extends EffectType> = Extract<Effect, { type: T }>;

/** Whether an engine can do an effect: by which mechanism, or why not. */
export type Offer = { readonly mechanism: string } | { readonly reason: string; readonly hint?: string | undefined };
