import type { Activity } from './connection.ts';

/** What to do about the silence of one connection. */
export type Care = 'nothing' | 'ping' | 'give up';

/**
 * When to send PINGREQ, and when to give a connection up that says nothing (MQTT 3.1.1 and 5, sections 3.1.2.10 and 3.12). Pure. A broker that is
 * there answers a PINGREQ at once, so a connection on which nothing is heard for one and a half times the interval is gone.
 */
export class KeepAlive {
  readonly intervalMs: number;
  #pingedMs: number | undefined;
  #lookedMs: number;

  /** `intervalMs` 0: none. */
  constructor(intervalMs: number, nowMs: number) {
    this.intervalMs = intervalMs;
    this.#lookedMs = nowMs;
  }

  /** How often to look; 0 when there is nothing to look after. */
  get everyMs(): number {
    return this.intervalMs / 4;
  }

  look(nowMs: number, { sentMs: lastSentMs, heardMs: lastHeardMs }: Activity): Care {
    if (this.intervalMs === 0) return 'nothing';
    // A process that did not run for a while has not heard what came meanwhile.
    const ran = nowMs - this.#lookedMs < this.everyMs * 2;
    this.#lookedMs = nowMs;
    if (this.#pingedMs !== undefined && lastHeardMs > this.#pingedMs) this.#pingedMs = undefined;
    if (this.#pingedMs !== undefined)
      return ran && nowMs - lastHeardMs >= this.intervalMs * 1.5 && nowMs - this.#pingedMs >= this.intervalMs / 2
        ? 'give up'
        : this.#pingOnlyToKeep(nowMs, lastSentMs);
    if (nowMs - lastSentMs < this.intervalMs / 2 && nowMs - lastHeardMs < this.intervalMs / 2) return 'nothing';
    this.#pingedMs = nowMs;
    return 'ping';
  }

  /** The broker may be slow, and the Client must not be silent for longer than the interval [MQTT-3.1.2-23, MQTT 5: -20]. */
  #pingOnlyToKeep(nowMs: number, lastSentMs: number): Care {
    return nowMs - lastSentMs >= this.intervalMs / 2 ? 'ping' : 'nothing';
  }
}
