import type { IPublishPacket, ISubscribePacket, IUnsubscribePacket } from 'mqtt-packet';

export type Qos = 0 | 1 | 2;

/** How one message was written to a connection. */
export type Write = {
  /** 0 at QoS 0. */
  readonly packetId: number;
  /** It had been written before, to an earlier connection. */
  readonly again: boolean;
  /** What the CONNACK of this connection said. */
  readonly sessionPresent: boolean;
  /** Accepted connections of the client, counted from 1. */
  readonly connection: number;
  /** When the bytes were handed to the socket: monotonic milliseconds. */
  readonly atMs: number;
};

/** How the exchange of one message ended. */
export type Outcome =
  /** PUBACK or PUBCOMP. At MQTT 5 the reason code is below 0x80. At QoS 0: written. */
  | { readonly kind: 'acknowledged'; readonly reasonCode: number }
  /** PUBACK or PUBREC of MQTT 5 with a reason code that is an error. */
  | { readonly kind: 'refused'; readonly by: 'puback' | 'pubrec'; readonly reasonCode: number }
  /** The broker has forgotten the exchange after its PUBREC (session lost, or PUBCOMP 0x92): nobody knows whether the message was delivered. */
  | { readonly kind: 'forgotten' }
  /** Never written: larger than the broker's Maximum Packet Size, above its Maximum QoS, retained where it has no retained messages, or not connected at QoS 0. */
  | {
      readonly kind: 'not sent';
      readonly why: 'packet too large' | 'qos not available' | 'retain not available' | 'not connected';
    }
  /** The client ended first. It may have been written, see `onWritten`. */
  | { readonly kind: 'abandoned' };

/** A message to publish, and whom to tell. */
export type OutgoingMessage = {
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: Qos;
  readonly retain?: boolean;
  /** MQTT 5 only. */
  readonly properties?: NonNullable<IPublishPacket['properties']>;
  /** Each time that its PUBLISH is written. */
  readonly onWritten?: (write: Write) => void;
  /** Once. */
  readonly onOutcome?: (outcome: Outcome) => void;
};

/** One code per filter, in their order; undefined when the connection ended without an answer. */
export type Codes = readonly number[] | undefined;

export type SubscribeRequest = {
  /** At MQTT 5: `nl` No Local, `rap` Retain As Published, `rh` Retain Handling. */
  readonly filters: ISubscribePacket['subscriptions'];
  /** MQTT 5 only. */
  readonly properties?: NonNullable<ISubscribePacket['properties']>;
  /** Once. */
  readonly onAnswer?: (codes: Codes) => void;
};

export type UnsubscribeRequest = {
  readonly filters: readonly string[];
  /** MQTT 5 only. */
  readonly properties?: NonNullable<IUnsubscribePacket['properties']>;
  /** Once. MQTT 3.1.1 has no codes in UNSUBACK: all are 0. */
  readonly onAnswer?: (codes: Codes) => void;
};

/** A PUBLISH that came. */
export type Delivery = {
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: Qos;
  readonly dup: boolean;
  readonly retain: boolean;
  /** Undefined at QoS 0. */
  readonly packetId: number | undefined;
  readonly properties: IPublishPacket['properties'];
};
