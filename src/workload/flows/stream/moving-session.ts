/** After a fault a cluster has this time to become one again; liveness gives it as much. Until then a session may exist twice. */
export const reunionMs = 30_000;

/** What a CONNACK means to a client that goes from node to node. */
export type Arrival = {
  /** It, or a CONNECT that it gave up, has been at another node since it was accepted last. */
  readonly hasMoved: boolean;
  /** A fault may have kept the node from the session that the client had: nobody can tell whether there ought to be one. */
  readonly isUndecided: boolean;
  /** It is not known to be the session that the client had: what that one held need not come, and may come late or twice. */
  readonly isRestarted: boolean;
};

/** Of a client that stays at its node. */
export const stayed: Arrival = { hasMoved: false, isUndecided: false, isRestarted: false };

/**
 * Where the session of a client may be that goes on to another node when its own refuses it or is dead. MQTT knows one server. A session that is at
 * a node which is dead or cannot be reached cannot move: then a new one is legal, and so are two of them until the nodes have found
 * each other. Without a fault, and where the node says that it has the session, nothing is excused. Times are monotonic milliseconds.
 */
export class MovingSession {
  readonly #deadlineMs: number;
  /** The node that accepted it last. */
  #at: string | undefined;
  /** When it last heard of that node. */
  #heardMs = 0;
  /** It has sent a CONNECT to another node since then. */
  #isElsewhere = false;
  #asking: string | undefined;
  /** Nodes that have left a CONNECT unanswered: they may act on it later. */
  readonly #unanswered = new Set<string>();
  /** There may be an older session of the client beside the one that it has. */
  #isDivided = false;

  /** An operation that a fault met may take `deadlineMs`. */
  constructor(deadlineMs: number) {
    this.#deadlineMs = deadlineMs;
  }

  connecting(node: string): void {
    if (this.#asking !== undefined) this.#unanswered.add(this.#asking);
    this.#asking = node;
    if (node !== this.#at) this.#isElsewhere = true;
  }

  refused(): void {
    this.#asking = undefined;
  }

  closed(lastHeardMs: number): void {
    this.#heardMs = lastHeardMs;
  }

  /** A node has accepted it. `wasFaulty` says whether any fault has been in force since a moment. */
  connected(node: string, sessionPresent: boolean, nowMs: number, wasFaulty: (sinceMs: number) => boolean): Arrival {
    const isFirst = this.#at === undefined;
    const hasMoved = !isFirst && (this.#isElsewhere || node !== this.#at);
    const isDoubtful = this.#isDivided || [...this.#unanswered].some((other) => other !== node);
    const withinMs = isDoubtful ? reunionMs : this.#deadlineMs;
    const isUndecided =
      !isFirst && (hasMoved || (isDoubtful && !sessionPresent)) && wasFaulty(this.#heardMs - withinMs);
    const isRestarted = isUndecided && (!sessionPresent || isDoubtful);
    this.#isDivided ||= isRestarted;
    this.#at = node;
    this.#heardMs = nowMs;
    this.#isElsewhere = false;
    this.#asking = undefined;
    return { hasMoved, isUndecided, isRestarted };
  }
}
