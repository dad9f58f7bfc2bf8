/**
 * How the client ended the connection that the will belongs to: by DISCONNECT, by closing its socket, by silence until the keepalive was
 * over, because a second connection of its client id took over, or by DISCONNECT with reason code 4 (MQTT 5, 3.14.2.1), which asks for the will.
 */
export type WillEnd = 'disconnect' | 'drop' | 'silence' | 'takeover' | 'disconnect-with-will';

/** What became of every will. Each connection of a will client has a will of its own, with a number of its own. */
export type WillFacts = {
  readonly observers: readonly WillObserver[];
  readonly wills: readonly Will[];
};

export type WillObserver = { readonly clientId: string; readonly node: string };

export type Will = {
  /** Counts from 1; it is in the will's payload. */
  readonly number: number;
  readonly clientId: string;
  readonly node: string;
  readonly topic: string;
  readonly qos: 0 | 1 | 2;
  readonly end: WillEnd;
  /** When CONNACK accepted the connection, and when the client ended it. */
  readonly connectedMs: number;
  readonly endedMs: number;
  /** From when on it was due: the end, and what of the keepalive and of the will delay was still to pass. */
  readonly dueMs: number;
  /** A fault may have touched its connection, its node or its broker's notice of the end: nothing is said of it. */
  readonly struck: boolean;
  /** MQTT 5: the client came back with its session before the will delay was over, so that it must not be sent [MQTT-3.1.3-9]. */
  readonly returnedInTime: boolean;
  /** Observers, by their place in `observers`, that were subscribed at its node without a break from before its end to the end of the scenario. */
  readonly watchedBy: readonly number[];
  /** What arrived of it. */
  readonly seen: readonly { readonly observer: number; readonly copies: number; readonly firstMs: number }[];
};
