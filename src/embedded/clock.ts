/**
 * The clock of a node: milliseconds that run as the monotonic clock of the machine does, so that a change of the wall
 * clock neither ends a session nor expires a message. It goes on over a restart of the process. After a restart of the
 * machine it goes on from the wall clock, or from the last reading that is known if that is later.
 */
export class NodeClock {
  private offsetMs: number;

  /** `offsetMs` is that of the last run, if there was one. */
  constructor(offsetMs: number | undefined) {
    this.offsetMs = offsetMs ?? Date.now() - monotonicMs();
  }

  /** From here on not before `latestMs`, the last reading that left a trace. */
  continueFrom(latestMs: number): void {
    if (this.nowMs() >= latestMs) return;
    this.offsetMs = Math.max(Date.now(), latestMs) - monotonicMs();
  }

  nowMs(): number {
    return Math.round(monotonicMs() + this.offsetMs);
  }

  get offset(): number {
    return this.offsetMs;
  }
}

function monotonicMs(): number {
  return Number(process.hrtime.bigint() / 1000n) / 1000;
}
