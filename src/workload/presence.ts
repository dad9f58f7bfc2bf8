/** A client that was thrown out again sooner than this was not back. */
export const lastingMs = 500;

/** How far a client has come: `serving` is subscribed, or for a publisher connected. */
export type Stage = 'serving' | 'connected' | 'disconnected';

/** Where one client stands, for whoever waits for it and for liveness. Times are monotonic milliseconds. */
export class Presence {
  #stage: Stage = 'disconnected';
  #stageMs: number;
  /** When it last stopped serving, if it does not serve lastingly now. */
  #lostMs: number;
  #attempts = 0;

  constructor(nowMs: number) {
    this.#stageMs = nowMs;
    this.#lostMs = nowMs;
  }

  get stage(): Stage {
    return this.#stage;
  }

  /** How long it has been served by now; 0 while it is not. */
  servedForMs(nowMs: number): number {
    return this.#stage === 'serving' ? nowMs - this.#stageMs : 0;
  }

  /** CONNECTs that were sent since it was last served. */
  get attempts(): number {
    return this.#attempts;
  }

  /** A CONNECT is on its way. */
  attempt(nowMs: number): void {
    if (this.absentSinceMs(nowMs) === null) this.#attempts = 0;
    this.#attempts++;
  }

  enter(stage: Stage, nowMs: number): void {
    if (stage === this.#stage) return;
    if (this.#stage === 'serving' && nowMs - this.#stageMs >= lastingMs) {
      this.#lostMs = nowMs;
      this.#attempts = 0;
    }
    this.#stage = stage;
    this.#stageMs = nowMs;
  }

  /** Since when it has not been served lastingly; null while it is. */
  absentSinceMs(nowMs: number): number | null {
    return this.#stage === 'serving' && nowMs - this.#stageMs >= lastingMs ? null : this.#lostMs;
  }
}
