import type { Endpoint } from './client.ts';
import type { FlowContext, Standing } from './flow-kind.ts';
import {
  type Accepted,
  Client,
  type ClientEvents,
  type ClientOptions,
  type Closed,
  type CloseReason,
} from './mqtt/client.ts';
import type { Codes, Delivery, Qos } from './mqtt/messages.ts';
import { type Decoded, decodePayload } from './payload.ts';
import { Presence } from './presence.ts';
import { WireTap } from './wire.ts';

export type Filter = { readonly topic: string; readonly qos: Qos };

export type ActorOptions = Omit<ClientOptions, 'endpoints' | 'nowMs' | 'on'> & {
  /** Where it connects; the next one of several after each `moveTo`. */
  readonly at: Endpoint | readonly [Endpoint, ...Endpoint[]];
  /** What it subscribes to, again whenever the broker has no session for it. */
  readonly filters?: readonly Filter[];
  /** The broker has cause to end its connections: it takes over from itself, or falls silent. */
  readonly isThrownOut?: boolean;
  readonly on?: ClientEvents & {
    /** Every filter was granted. `fresh` is false where the session still had them. */
    readonly served?: (grants: readonly Qos[], fresh: boolean, atMs: number) => void;
    /** Some filter was refused. */
    readonly filterRefused?: (codes: readonly number[]) => void;
  };
};

/** A node that is coming up may refuse a filter for a while. */
const askAgainMs = 250;

/** A client of a flow kind: it keeps its subscriptions, and knows where it stands. */
export class Actor {
  readonly client: Client;
  readonly presence: Presence;
  readonly clientId: string;
  readonly #options: ActorOptions;
  readonly #nowMs: () => number;
  readonly #tap: WireTap;
  #grants: readonly Qos[] | undefined;
  #servedSinceMs: number | undefined;
  #connections = 0;

  constructor(context: Pick<FlowContext, 'nowMs' | 'wire'>, options: ActorOptions) {
    const { at, filters: _, isThrownOut, on, ...rest } = options;
    this.#tap = new WireTap(context.wire, options.clientId, (isOne(at) ? at : at[0]).node, isThrownOut);
    this.#options = options;
    this.#nowMs = context.nowMs;
    this.clientId = options.clientId;
    this.presence = new Presence(context.nowMs());
    this.client = new Client({
      ...rest,
      endpoints: isOne(at) ? [at] : at,
      nowMs: context.nowMs,
      on: {
        ...on,
        connecting: (attempt) => {
          this.presence.attempt(attempt.atMs);
          this.#tap.connecting(attempt);
          on?.connecting?.(attempt);
        },
        connected: (accepted) => this.#connected(accepted),
        closed: (closed) => this.#closed(closed),
        breach: (breach) => {
          this.#tap.breach(breach);
          on?.breach?.(breach);
        },
      },
    });
  }

  /** CONNACK has let it in, and what it subscribes to was granted. */
  get isServed(): boolean {
    return this.#servedSinceMs !== undefined;
  }

  /** Since when it has been served without a break; undefined while it is not. */
  get servedSinceMs(): number | undefined {
    return this.#servedSinceMs;
  }

  /** Accepted connections so far. */
  get connections(): number {
    return this.#connections;
  }

  /** What the broker granted last, by filter; undefined before. */
  get grants(): readonly Qos[] | undefined {
    return this.#grants;
  }

  connect(): void {
    this.client.connect();
  }

  /** Disconnects for good, and takes a persistent session off the broker. */
  async end(): Promise<void> {
    await (this.#options.session === 'persistent' ? this.client.endSession() : this.client.end());
  }

  #connected(accepted: Accepted): void {
    const { filters = [], on } = this.#options;
    this.#connections++;
    this.#tap.connected(accepted);
    on?.connected?.(accepted);
    if (filters.length === 0 || (accepted.sessionPresent && this.#grants !== undefined)) {
      this.#serve(this.#grants ?? [], false, accepted.atMs);
      return;
    }
    this.presence.enter('connected', accepted.atMs);
    // The client sends what it has to send again first.
    queueMicrotask(() => this.#subscribe(accepted.connection));
  }

  #subscribe(connection: number): void {
    const { filters = [] } = this.#options;
    this.client.subscribe({
      filters: filters.map(({ topic, qos }) => ({ topic, qos })),
      onAnswer: (codes) => this.#answered(codes, connection),
    });
  }

  #answered(codes: Codes, connection: number): void {
    if (codes === undefined) return;
    if (codes.some((code) => code >= 0x80)) {
      this.#options.on?.filterRefused?.(codes);
      setTimeout(() => {
        if (this.client.isOnline && this.#connections === connection) this.#subscribe(connection);
      }, askAgainMs).unref();
      return;
    }
    this.#serve(codes as readonly Qos[], true, this.#nowMs());
  }

  #serve(grants: readonly Qos[], fresh: boolean, atMs: number): void {
    this.#grants = grants;
    this.#servedSinceMs = atMs;
    this.presence.enter('serving', atMs);
    this.#options.on?.served?.(grants, fresh, atMs);
  }

  #closed(closed: Closed): void {
    this.#servedSinceMs = undefined;
    this.presence.enter('disconnected', closed.atMs);
    this.#tap.closed(closed);
    this.#options.on?.closed?.(closed);
  }
}

/** Whether the client itself ended its connection, in one way or another. */
export function isOwnEnd(reason: CloseReason): boolean {
  return reason === 'left' || reason === 'dropped' || reason === 'superseded' || reason === 'ended';
}

/** What is to be waited for of these clients. */
export function standingOf(
  actors: Iterable<Actor>,
  nowMs: number,
  more: Partial<Omit<Standing, 'absentSinceMs' | 'arriving'>>,
): Standing {
  const presences = [...actors].filter(({ client }) => client.isWanted).map(({ presence }) => presence);
  return {
    outstanding: 0,
    unsettled: 0,
    lastMovedMs: 0,
    ...more,
    absentSinceMs: presences.flatMap((presence) => presence.absentSinceMs(nowMs) ?? []),
    arriving: presences.filter((presence) => presence.stage === 'serving' && presence.absentSinceMs(nowMs) !== null)
      .length,
  };
}

/** The header of a message of this run; undefined for anything else that arrives. */
export function headerOf(
  { payload }: Pick<Delivery, 'payload'>,
  run: number,
): Extract<Decoded, { ok: true }>['header'] | undefined {
  const decoded = decodePayload(payload);
  return decoded.ok && decoded.header.run === run ? decoded.header : undefined;
}

/** Waits until all of it is so; rejects with `missing()` after `withinMs`. */
export async function untilAll(
  isSo: () => boolean,
  options: { readonly withinMs: number; readonly nowMs: () => number; readonly missing: () => string },
): Promise<void> {
  const { nowMs, withinMs, missing } = options;
  for (const deadlineMs = nowMs() + withinMs; !isSo(); await sleep(20)) {
    if (nowMs() > deadlineMs) throw new Error(missing());
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function isOne(at: ActorOptions['at']): at is Endpoint {
  return !Array.isArray(at);
}
