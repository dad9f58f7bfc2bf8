import type {
  IPubackPacket,
  IPubcompPacket,
  IPublishPacket,
  IPubrecPacket,
  IPubrelPacket,
  ISubscribePacket,
  IUnsubscribePacket,
} from 'mqtt-packet';
import type { Finding } from './breach.ts';
import type { Codes, Delivery, Outcome, OutgoingMessage, SubscribeRequest, UnsubscribeRequest } from './messages.ts';

/** One message of QoS 1 or 2 on its way to the broker. */
export type Exchange = {
  readonly message: OutgoingMessage;
  readonly packetId: number;
  /** How often its PUBLISH was written. Whoever writes it counts. */
  writes: number;
  /** PUBREC has come, and the broker may have begun a new session since, which this client does not know. */
  inDoubt?: boolean;
};

export type Acknowledgement = (IPubackPacket | IPubrecPacket | IPubrelPacket | IPubcompPacket) & {
  readonly messageId: number;
};

/** What a session wants done, in this order. */
export type Output =
  | {
      readonly type: 'publish';
      readonly packet: IPublishPacket;
      readonly message: OutgoingMessage;
      /** Undefined at QoS 0. */
      readonly exchange: Exchange | undefined;
    }
  | { readonly type: 'request'; readonly packet: ISubscribePacket | IUnsubscribePacket }
  /** To be sent unless somebody withholds it. */
  | { readonly type: 'acknowledge'; readonly packet: Acknowledgement }
  | { readonly type: 'outcome'; readonly message: OutgoingMessage; readonly outcome: Outcome }
  | { readonly type: 'answer'; readonly request: SubscribeRequest | UnsubscribeRequest; readonly codes: Codes }
  /** A PUBLISH came; `again` where it is a copy of one that is not acknowledged yet. */
  | { readonly type: 'arrived'; readonly delivery: Delivery; readonly again: boolean }
  /** A message for the application: at QoS 2 with its PUBREL. */
  | { readonly type: 'deliver'; readonly delivery: Delivery }
  | { readonly type: 'breach'; readonly finding: Finding };
