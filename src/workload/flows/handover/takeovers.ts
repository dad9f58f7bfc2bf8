import { Actor } from '../../actor.ts';
import type { Endpoint } from '../../client.ts';
import type { FlowContext } from '../../flow-kind.ts';
import type { Takeover } from './facts.ts';

/** The older connection has this time before the newer one comes, and both have it afterwards. */
const [olderAloneMs, bothMs] = [400, 2_500];
/** So many older connections that were not closed are watched; then no more are made. */
const mostWatched = 3;
const keepAliveSeconds = 2;

type Older = {
  readonly actor: Actor;
  readonly takeover: Omit<Takeover, 'watchedUntilMs' | 'struck'>;
  closedMs: number | null;
  answeredMs: number | null;
};

/** One client id that connects while an older connection of its own is alive, again and again. */
export class Takeovers {
  readonly #context: FlowContext;
  readonly #clientId: string;
  readonly #endpoints: readonly [older: Endpoint, newer: Endpoint];
  readonly #done: Older[] = [];
  /** The connection that is the newest of the client id. */
  #newest: { readonly actor: Actor; readonly node: string; readonly connectedMs: number } | undefined;
  #connecting: Actor | undefined;
  #timer: NodeJS.Timeout | undefined;
  #turn = 0;
  #isStopped = false;

  constructor(
    context: FlowContext,
    { clientId, endpoints }: { readonly clientId: string; readonly endpoints: readonly [Endpoint, Endpoint] },
  ) {
    this.#context = context;
    this.#clientId = clientId;
    this.#endpoints = endpoints;
  }

  start(): void {
    this.#connect();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  get facts(): Takeover[] {
    const { nowMs, deadlineMs, faults } = this.#context;
    return this.#done.map(({ takeover, closedMs, answeredMs }) => ({
      ...takeover,
      olderClosedMs: closedMs,
      olderAnsweredMs: answeredMs,
      watchedUntilMs: nowMs(),
      // The nodes have to tell each other of the newer connection.
      struck: faults.any(takeover.newerConnectedMs - deadlineMs, takeover.newerConnectedMs + deadlineMs),
    }));
  }

  /** Older connections that are still open. */
  get open(): number {
    return this.#done.filter(({ closedMs }) => closedMs === null).length;
  }

  async end(): Promise<void> {
    this.stop();
    const all = [...this.#done.map(({ actor }) => actor), this.#newest?.actor, this.#connecting];
    await Promise.all(all.map((actor) => actor?.client.end()));
  }

  /** The next connection of the client id, at the other of its two nodes. */
  #connect(): void {
    if (this.#done.filter(({ closedMs }) => closedMs === null).length >= mostWatched) return;
    const at = this.#endpoints[this.#turn++ % 2] as Endpoint;
    const actor = new Actor(this.#context, {
      ...{ clientId: this.#clientId, at, session: 'clean', keepAliveSeconds, isThrownOut: true },
      on: {
        connected: ({ atMs }) => this.#connected(actor, at.node, atMs),
        closed: ({ atMs }) => this.#closed(actor, atMs),
        received: ({ cmd }, atMs) => {
          const older = this.#done.find((one) => one.actor === actor);
          if (older && cmd === 'pingresp') older.answeredMs = atMs;
        },
      },
    });
    this.#connecting = actor;
    actor.connect();
  }

  #connected(actor: Actor, node: string, atMs: number): void {
    const older = this.#newest;
    this.#connecting = undefined;
    this.#newest = { actor, node, connectedMs: atMs };
    if (older?.actor.client.isOnline) {
      this.#done.push({
        actor: older.actor,
        closedMs: null,
        answeredMs: null,
        takeover: {
          clientId: this.#clientId,
          olderNode: older.node,
          newerNode: node,
          olderConnectedMs: older.connectedMs,
          newerConnectedMs: atMs,
          olderClosedMs: null,
          olderAnsweredMs: null,
        },
      });
    }
    this.#connectAfter(older ? bothMs : olderAloneMs);
  }

  /** What the broker closed does not come back: it would take over itself. */
  #closed(actor: Actor, atMs: number): void {
    actor.client.drop({ comeBack: false });
    const older = this.#done.find((one) => one.actor === actor);
    if (older) older.closedMs ??= atMs;
    if (this.#newest?.actor === actor) this.#newest = undefined;
    if (this.#connecting !== actor) return;
    this.#connecting = undefined;
    this.#connectAfter(olderAloneMs);
  }

  #connectAfter(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#isStopped) this.#timer = setTimeout(() => this.#connect(), ms);
  }
}
