import type { IPublishPacket, Packet } from 'mqtt-packet';
import type { Random } from '../base/random.ts';
import type { FlowKindName } from '../model/flow-kinds.ts';
import type { FeatureName } from '../model/record.ts';

/**
 * A defect that a man in the middle on the client links gives to any broker. It breaks one promise of MQTT, so that a check that does not
 * tell the sabotaged broker from the sound one is known to be blind. A sabotage does no I/O: it is told of each packet and answers with
 * what goes on instead.
 */
export type Sabotage = {
  readonly name: string;
  /** What it does, in one line. */
  readonly breaks: string;
  /** The id of the invariant that must name it. */
  readonly invariant: InvariantName;
  /** The protocol levels that it applies to: 4 is MQTT 3.1.1. */
  readonly versions: readonly (4 | 5)[];
  /** What the broker must be able to do; without it there is nothing to break. */
  readonly needs: readonly FeatureName[];
  /** The kind of flow whose traffic it strikes. */
  readonly flow: FlowKindName;
  /** A public report of a real broker with such a defect, as `owner/repository#number`; undefined where none is known. */
  readonly report?: string;
  /** One for all connections of a cluster, so that it can act on one connection because of another. The seed decides when it strikes. */
  create(random: Random): Saboteur;
};

/** The invariants of the tool that a man in the middle can break. The memory of a node is out of his reach. */
export type InvariantName =
  | 'integrity'
  | 'no-acknowledged-loss'
  | 'at-most-once'
  | 'exactly-once'
  | 'ordering'
  | 'delivered-qos'
  | 'session-state'
  | 'single-session'
  | 'retained-convergence'
  | 'will-once'
  | 'shared-delivery'
  | 'resend'
  | 'expiry'
  | 'protocol'
  | 'no-unprovoked-disconnect'
  | 'liveness';

/** Each hook answers with what goes on instead; undefined lets the packet pass as the bytes that it came in. */
export type Saboteur = {
  fromClient?(packet: Packet, peer: Peer): Instead | undefined;
  fromBroker?(packet: Packet, peer: Peer): Instead | undefined;
  /** Nothing has passed for a tenth of a second: what was held back need not wait any longer. */
  quiet?(peer: Peer): Instead | undefined;
  /** The client is gone without DISCONNECT; the connection to the broker is still open, and is closed afterwards. */
  clientLost?(peer: Peer): Instead | undefined;
  /** The broker has closed its side. `keep` leaves the client connected to nobody. */
  brokerLost?(peer: Peer): 'keep' | undefined;
};

/** What goes on instead of a packet. Nothing at all, `{}`, swallows it. A packet that is passed on as it came keeps its bytes. */
export type Instead = {
  readonly toClient?: readonly Outgoing[];
  readonly toBroker?: readonly Outgoing[];
  /** For another client that is connected now. */
  readonly toOther?: { readonly peer: Peer; readonly packets: readonly Outgoing[] };
  /** Ends the connection to one side or to both, after what was written. */
  readonly close?: 'client' | 'broker' | 'both';
};

/** Bytes are for what no encoder writes. */
export type Outgoing = Packet | Uint8Array;

/** A side of the man in the middle. */
export type Side = 'client' | 'broker';

/** One connection of a client to a node. */
export type Peer = {
  readonly clientId: string;
  readonly node: string;
  readonly version: 4 | 5;
  /** Clean session = 1, or clean start = 1. */
  readonly clean: boolean;
  /** Which connection of this client id it is, at any node; from 1. */
  readonly connection: number;
  /** False when the client has gone. */
  readonly isOpen: boolean;
  /** The same client id has connected again since. */
  readonly isTakenOver: boolean;
  /** The filters of the client's session with the QoS that was asked for. */
  readonly subscriptions: ReadonlyMap<string, number>;
  /**
   * What answers a PUBLISH that its receiver never sees: PUBACK or PUBREC. The rest of a QoS 2 exchange with its sender is led without the
   * saboteur. Empty at QoS 0.
   */
  acknowledge(publish: IPublishPacket, sender: Side): readonly Packet[];
  /** A delivery of the saboteur's own, at its QoS, with a packet id that no other has. What the client answers never reaches the broker. */
  deliver(publish: IPublishPacket): IPublishPacket;
};
