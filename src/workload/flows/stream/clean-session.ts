import { IntervalSet, type Intervals } from '../../interval-set.ts';

/** The shortest time for which a message is taken to be in flight, where no fault is in force. */
export const shortestFlightMs = 1_000;
/** A new subscription may take this long to reach the other nodes, where no fault is in force. MQTT knows one server only: at the subscriber's own node it takes no time. */
export const propagationMs = 1_000;

/**
 * What a clean session does not have to deliver because its connection ended (MQTT 3.1.1, 3.1.2.4). The excuse has two bounds. It begins
 * with what was in flight when the connection ended, and it ends with what was written before the SUBACK of the next connection. At
 * another node it ends with the first message that shows that the new subscription is known there, at the latest after a bound.
 */
export class CleanSession {
  readonly #excused = new IntervalSet();
  readonly #isSameNode: boolean;
  /** From the end of a session on: the last sequence number before the gap, and where it ends as far as that is known. */
  #gap:
    | {
        readonly after: number;
        readonly back?: { readonly writtenBefore: number; readonly allowedMs: number; upTo: number; untilMs: number };
      }
    | undefined;

  constructor(options: { readonly isSameNode: boolean }) {
    this.#isSameNode = options.isSameNode;
  }

  /** The connection ended when messages up to `written` had been written; those from `inFlightFrom` on may have been in flight. */
  ended(at: {
    readonly written: number;
    readonly inFlightFrom: number;
    readonly received: IntervalSet;
    readonly acknowledged: IntervalSet;
    readonly resent: IntervalSet;
  }): void {
    if (this.#gap && !this.#gap.back) return;
    this.#close();
    // A message whose successor arrived was not in flight: it had been lost before.
    this.#excused.addRange(Math.max(at.received.max + 1, at.inFlightFrom), at.written);
    const due = new IntervalSet();
    due.addRange(1, at.written);
    const missing = due.minus(at.received);
    for (const underWay of [missing.minus(at.acknowledged), missing.and(at.resent)])
      for (const [first, last] of underWay.intervals()) this.#excused.addRange(first, last);
    this.#gap = { after: at.written };
  }

  /**
   * SUBACK: the next session is subscribed. Messages up to `written` had been written to a connection by then. Other nodes have
   * `allowedMs` to hear of it.
   */
  subscribed(written: number, nowMs: number, allowedMs: number): void {
    if (!this.#gap || this.#gap.back) return;
    const { after } = this.#gap;
    this.#gap = { after, back: { writtenBefore: written, allowedMs, upTo: written, untilMs: nowMs + allowedMs } };
    if (this.#isSameNode) this.#close();
  }

  /** A message was written to a connection of its publisher; `isPossible` is false while a fault keeps the nodes from each other. */
  written(sequence: number, nowMs: number, isPossible: boolean): void {
    const back = this.#gap?.back;
    if (!back) return;
    if (!isPossible) back.untilMs = nowMs + back.allowedMs;
    if (nowMs < back.untilMs) back.upTo = sequence;
    else this.#close();
  }

  /** A message arrived. One that was written before the SUBACK does not show that the new subscription works. */
  received(sequence: number): void {
    const back = this.#gap?.back;
    if (!back || sequence <= back.writtenBefore) return;
    back.upTo = Math.min(back.upTo, sequence - 1);
    this.#close();
  }

  /** What is excused so far. `unreachable` is what fell due since the end of a session that no SUBACK has followed yet. */
  look(offered: number): { readonly sessionEnded: Intervals; readonly unreachable: Intervals } {
    const excused = IntervalSet.from(this.#excused.intervals());
    const unreachable = new IntervalSet();
    if (this.#gap?.back) excused.addRange(this.#gap.after + 1, this.#gap.back.upTo);
    else if (this.#gap) unreachable.addRange(this.#gap.after + 1, offered);
    return { sessionEnded: excused.intervals(), unreachable: unreachable.intervals() };
  }

  #close(): void {
    if (this.#gap?.back) this.#excused.addRange(this.#gap.after + 1, this.#gap.back.upTo);
    this.#gap = undefined;
  }
}
