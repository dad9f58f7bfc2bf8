import type { IPublishPacket, Packet } from 'mqtt-packet';
import type { Mutant } from './mutants.ts';
import type { Stamp } from './stamp.ts';

/*
 * What a node knows, what can happen to it, and what the world hears of that. Types only, and the state of a new node.
 * Times named `nowMs` and `...AtMs` are of the clock of the node (clock.ts).
 */

export type Qos = 0 | 1 | 2;

/** The properties of a PUBLISH that a server passes on as they are [MQTT-3.3.2-4, -15, -16, -17, -20]. */
export type MessageProperties = Pick<
  NonNullable<IPublishPacket['properties']>,
  'payloadFormatIndicator' | 'contentType' | 'responseTopic' | 'correlationData' | 'userProperties'
>;

export type Message = {
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: Qos;
  readonly retain: boolean;
  readonly properties?: MessageProperties;
  /** The message expiry interval, from the moment of publication. */
  readonly lifetimeMs?: number;
  /** When the message expires. Set by the publication. */
  readonly expiresAtMs?: number;
};

export type Will = Message & {
  /** How long after the end of the connection it is published, if the session lasts as long [MQTT-3.1.3-9]. */
  readonly delayMs?: number;
};

/** A message on its way to one session, at the lower of the published and the granted QoS [MQTT-3.8.4-8]. */
export type Delivery = {
  readonly message: Message;
  readonly qos: 1 | 2;
  readonly retain: boolean;
  readonly subscriptionIds: readonly number[];
  /** The shared subscription that it is a token of. */
  readonly group?: string;
};

export type Subscription = {
  readonly qos: Qos;
  /** Whether the filter is one of a shared subscription: `$share/GROUP/FILTER`. */
  readonly shared: boolean;
  readonly noLocal: boolean;
  readonly retainAsPublished: boolean;
  readonly identifier: number | undefined;
};

/** What a client asked for in SUBSCRIBE. MQTT 3.1.1 has the filter and the QoS alone. */
export type SubscriptionRequest = {
  readonly filter: string;
  readonly qos: Qos;
  readonly shared?: boolean;
  readonly noLocal?: boolean;
  readonly retainAsPublished?: boolean;
  /** Retained messages: 0 on each SUBSCRIBE, 1 for a new subscription only, 2 never. */
  readonly retainHandling?: number;
  readonly identifier?: number;
};

/** What the client of a connection can take. */
export type ClientLimits = {
  readonly version: 4 | 5;
  readonly receiveMaximum: number;
  readonly maximumPacketBytes: number;
};

export type Session = {
  readonly clientId: string;
  /** How long the session outlasts its connection: 0 not at all, `Infinity` until it is asked for. */
  expiryMs: number;
  /** When it ends, while the client is away. */
  endsAtMs: number;
  /** When a client connected last. */
  claimedAt: Stamp;
  /** The same while it is connected; undefined while it is away. */
  connectedAt: Stamp | undefined;
  /** New only because a peer could not be asked, and the client has not said anything since: it may not know of it. */
  isTentative: boolean;
  limits: ClientLimits;
  will: Will | undefined;
  /** When the will of a connection that has ended is published; undefined while there is a connection. */
  willDueAtMs: number | undefined;
  readonly subscriptions: Map<string, Subscription>;
  /** Ids of QoS 2 messages taken from the client and not yet released by it [MQTT-4.3.3-2]. */
  readonly received: Set<number>;
  /** Sent and not acknowledged, in the order of sending, which is the order of sending again [MQTT-4.6.0-1]. */
  readonly inFlight: Map<number, Delivery>;
  /** Ids in flight that this connection has not carried yet. */
  readonly toResend: Set<number>;
  /** PUBREC had, PUBCOMP not, in the order of the PUBRECs [MQTT-4.6.0-4]. */
  readonly released: Set<number>;
  queue: Delivery[];
  /** By node, up to which of its messages the session has had all, where that is further than this node itself. */
  readonly seen: Map<string, Stamp>;
  /** The last message that the client published. */
  lastPublished: Position | undefined;
  lastId: number;
  /** Of the mutant reorder-after-reconnect; otherwise empty. */
  late: Delivery[];
};

/** A message by its stamp. The epoch is that of the node that published it. */
export type Position = { readonly stamp: Stamp; readonly epoch: string };

/** A message as it came to this node. */
export type Arrival = {
  readonly message: Message;
  readonly publisher: string | undefined;
  readonly stamp: Stamp;
  /** The peer that it came from; undefined: it began here. */
  readonly from: string | undefined;
  /** The shared subscriptions whose tokens are taken care of. */
  readonly groups: readonly string[];
  /** It is no message but the offer of a token for this shared subscription. */
  readonly offered?: string;
};

/** A session that was asked for (moves.ts). */
export type Move = {
  readonly clientId: string;
  readonly stamp: Stamp;
  /** The peers that have yet to answer, each with its deadline; and those that have a session, since when. */
  readonly unanswered: Map<string, number>;
  readonly found: Map<string, Stamp>;
  /** A peer was not asked or did not answer in time. */
  wasGivenUp: boolean;
  /** A peer has taken it, but it has not come there yet. */
  isComing: boolean;
  /** From whom it was taken; and how long a connection waits for it. */
  from: string | undefined;
  deadlineMs: number;
  /** A newer session of the client began. */
  isSuperseded: boolean;
  /** The connection that waits, and what its client has sent meanwhile. */
  connect: ConnectEvent | undefined;
  deferred: Event[];
  /** The messages since it was taken. */
  heard: Arrival[];
};

/** What one node tells the others. */
export type Item =
  | {
      readonly kind: 'message';
      readonly message: Message;
      readonly stamp: Stamp;
      /** The client id of the publisher, for the subscription option No Local. */
      readonly publisher?: string;
      /** The shared subscriptions whose tokens the sender takes care of. */
      readonly groups?: readonly string[];
      /** Of the same client, at another node: it is to be had first, so that their order is kept. */
      readonly after?: Position;
    }
  /** A retained message that the peer may lack; nobody subscribed to it is to hear of it. */
  | { readonly kind: 'retained'; readonly message: Message; readonly stamp: Stamp }
  /** The client has its session here now, so it has none elsewhere. */
  | { readonly kind: 'connected'; readonly clientId: string; readonly stamp: Stamp }
  /** Asks for the session of a client. */
  | { readonly kind: 'request'; readonly clientId: string; readonly stamp: Stamp }
  /** It is here, and was claimed then. */
  | { readonly kind: 'found'; readonly clientId: string; readonly stamp: Stamp; readonly claimedAt: Stamp }
  /** It is on its way to here. */
  | { readonly kind: 'coming'; readonly clientId: string; readonly stamp: Stamp }
  /** Takes it; `heard` says up to where the sender has had the messages of each node. */
  | {
      readonly kind: 'take';
      readonly clientId: string;
      readonly stamp: Stamp;
      readonly heard: Map<string, Stamp>;
    }
  /** The session, if there is one. The sender does not have it any more. */
  | {
      readonly kind: 'session';
      readonly clientId: string;
      readonly stamp: Stamp;
      readonly session: Session | undefined;
    }
  /** How many members of a group the sender has, and how many of them are connected. */
  | { readonly kind: 'members'; readonly filter: string; readonly live: number; readonly total: number }
  /** The token of a message: from now on the receiver takes care of it. */
  | { readonly kind: 'token'; readonly filter: string; readonly message: Message }
  /** A token for whoever has members. */
  | { readonly kind: 'offer'; readonly filter: string; readonly message: Message; readonly stamp: Stamp }
  /** Asks for the token of a message of the receiver. */
  | { readonly kind: 'claim'; readonly filter: string; readonly stamp: Stamp }
  | { readonly kind: 'grant'; readonly filter: string; readonly stamp: Stamp; readonly isGranted: boolean };

/** A shared subscription, as far as this node knows. */
export type Group = {
  readonly filter: string;
  readonly topicFilter: string;
  readonly members: Map<string, Subscription>;
  /** The members at each peer. */
  readonly remote: Map<string, { readonly live: number; readonly total: number }>;
  /** Tokens that no connected member can be given. */
  readonly waiting: Message[];
  turn: number;
};

export type Request = Extract<Item, { kind: 'request' | 'take' }> & { readonly peer: string };

export type Outbox = { nextSeq: number; readonly items: Map<number, Item> };

export type State = {
  readonly name: string;
  /** Made with the data folder: numbers of an outbox mean something only together with the epoch of its owner. */
  readonly epoch: string;
  mutant: Mutant | undefined;
  latest: Stamp;
  /** The latest time of an event, and what this clock is ahead of the monotonic one of the machine (clock.ts). */
  nowMs: number;
  clockOffsetMs: number | undefined;
  readonly sessions: Map<string, Session>;
  /** Filter -> client id -> subscription; filters without wildcards apart, where a topic is looked up and not searched. */
  readonly exactFilters: Map<string, Map<string, Subscription>>;
  readonly wildcardFilters: Map<string, Map<string, Subscription>>;
  /** Shared subscriptions by filter. */
  readonly groups: Map<string, Group>;
  /** Messages whose token was asked for, and tokens that were granted, with the time. */
  readonly claims: Map<string, Message>;
  readonly grants: Map<string, number>;
  /** The peers that can be reached now. */
  readonly linkedPeers: Set<string>;
  /** Since when the others cannot. */
  readonly linkLostAtMs: Map<string, number>;
  /** By node, this one included, the last of its messages that was had. */
  readonly heard: Map<string, Stamp>;
  /** Sessions that were asked for, by the text of the stamp; and by client id, for which of them a connection waits. */
  readonly moves: Map<string, Move>;
  readonly waiting: Map<string, string>;
  /** What peers want to take and cannot yet, by client id. */
  readonly parked: Map<string, Request[]>;
  /** An empty payload is a deletion, kept so that an older value from a peer cannot come back after it. */
  readonly retained: Map<string, { readonly message: Message; readonly stamp: Stamp }>;
  /** Unbounded: a peer away for long costs memory, and dropping instead would break the promise of the PUBACK. */
  readonly outboxes: Map<string, Outbox>;
  /** The last sequence number applied, by peer and epoch. */
  readonly inboxes: Map<string, number>;
  /** The epochs of the peers that were told everything, and of those whose members of groups are known. */
  readonly peerEpochs: Map<string, string>;
  readonly memberEpochs: Map<string, string>;
};

/** What an MQTT 5 client says in CONNECT, or was given in its place. */
export type ConnectOptions = {
  readonly expiryMs: number;
  readonly receiveMaximum: number;
  readonly maximumPacketBytes: number;
  /** The id that the server chose, because the client had none [MQTT-3.1.3-7]. */
  readonly assignedClientId: string | undefined;
  /** The keep alive that the server chose, because the client's was longer [MQTT-3.1.2-21]. */
  readonly serverKeepAliveS: number | undefined;
};

export type ConnectEvent = {
  readonly type: 'connect';
  readonly clientId: string;
  /** Clean session of MQTT 3.1.1, clean start of MQTT 5. */
  readonly clean: boolean;
  readonly will: Will | undefined;
  /** Undefined: MQTT 3.1.1. */
  readonly options?: ConnectOptions;
  readonly nowMs: number;
};

export type SubscribeEvent = {
  readonly type: 'subscribe';
  readonly clientId: string;
  readonly messageId: number;
  readonly filters: readonly SubscriptionRequest[];
  readonly nowMs: number;
};

/** Without a `messageId` nobody waits for an acknowledgement. */
export type PublishEvent = {
  readonly type: 'publish';
  readonly clientId: string;
  readonly messageId: number | undefined;
  readonly message: Message;
  readonly nowMs: number;
};

export type AcknowledgementEvent = {
  readonly type: 'pubrel' | 'puback' | 'pubrec' | 'pubcomp';
  readonly clientId: string;
  readonly messageId: number;
  /** From 0x80 on the client refuses the message. */
  readonly reasonCode?: number;
  readonly nowMs: number;
};

export type PeerItemEvent = {
  readonly type: 'peer-item';
  readonly peer: string;
  readonly epoch: string;
  readonly seq: number;
  readonly item: Item;
  /** The clock of the peer when it sent the item. */
  readonly sentAtMs: number;
  readonly nowMs: number;
};

export type PeerWelcomeEvent = {
  readonly type: 'peer-welcome';
  readonly peer: string;
  readonly epoch: string;
  readonly seq: number;
  readonly nowMs: number;
};

export type StartEvent = {
  readonly type: 'start';
  readonly peers: readonly string[];
  readonly mutant: Mutant | undefined;
  readonly clockOffsetMs?: number;
  readonly nowMs: number;
};

export type SessionEvent =
  | ConnectEvent
  | SubscribeEvent
  | PublishEvent
  | AcknowledgementEvent
  | {
      readonly type: 'disconnect';
      readonly clientId: string;
      /** Whether the will is due. */
      readonly abnormal: boolean;
      /** A session expiry that DISCONNECT puts in the place of that of CONNECT. */
      readonly expiryMs?: number;
      readonly nowMs: number;
    }
  | {
      readonly type: 'unsubscribe';
      readonly clientId: string;
      readonly messageId: number;
      readonly filters: readonly string[];
      readonly nowMs: number;
    }
  /** Of a mutant. */
  | { readonly type: 'remember-id'; readonly clientId: string; readonly messageId: number };

export type Event =
  | StartEvent
  | SessionEvent
  /** Something is due: see `nextDueAtMs`. */
  | { readonly type: 'tick'; readonly nowMs: number }
  | PeerItemEvent
  | PeerWelcomeEvent
  /** The peer cannot be reached any more. */
  | { readonly type: 'peer-lost'; readonly peer: string; readonly nowMs: number }
  | { readonly type: 'peer-confirm'; readonly peer: string; readonly seq: number }
  /** Of mutants: steps that no sound broker takes. */
  | { readonly type: 'forget-inbox'; readonly peer: string; readonly epoch: string }
  | { readonly type: 'late-backlog'; readonly count: number; readonly nowMs: number };

/** What the world is to hear of an event, once its record is written. */
export type Output =
  | { readonly kind: 'send'; readonly clientId: string; readonly packet: Packet }
  /** Another connection has taken the session over. */
  | { readonly kind: 'close'; readonly clientId: string }
  /** CONNACK with "server unavailable": the session cannot be had now. */
  | { readonly kind: 'refuse'; readonly clientId: string; readonly version: 4 | 5 }
  /** A session was replaced that held so many messages. */
  | { readonly kind: 'discarded'; readonly clientId: string; readonly count: number };

export function emptyState(name: string, epoch: string): State {
  return {
    name,
    epoch,
    mutant: undefined,
    latest: { wallMs: 0, counter: 0, node: name },
    nowMs: 0,
    clockOffsetMs: undefined,
    sessions: new Map(),
    exactFilters: new Map(),
    wildcardFilters: new Map(),
    groups: new Map(),
    claims: new Map(),
    grants: new Map(),
    linkedPeers: new Set(),
    linkLostAtMs: new Map(),
    heard: new Map(),
    moves: new Map(),
    waiting: new Map(),
    parked: new Map(),
    retained: new Map(),
    outboxes: new Map(),
    inboxes: new Map(),
    peerEpochs: new Map(),
    memberEpochs: new Map(),
  };
}
