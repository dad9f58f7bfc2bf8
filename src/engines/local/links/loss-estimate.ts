import { retransmittedAfterMs, timeoutMs } from './behaviours/loss.ts';

/** One small segment that was sent alone: nothing was under way before it on its connection. */
export type ProbeSample = {
  readonly sentMs: number;
  /** Absent if it has not arrived by the time up to which it was watched. */
  readonly arrivedMs?: number | undefined;
  /** Until when it was watched, if it was given up before the end of the window (its connection was reset). */
  readonly watchedUntilMs?: number | undefined;
};

export type LossEstimate = {
  /** Transmissions, first and repeated, whose fate is known. */
  readonly transmissions: number;
  readonly lostTransmissions: number;
  /** NaN when nothing is known. */
  readonly lossShare: number;
};

/**
 * Reads the share of lost transmissions from when segments arrived, knowing nothing but TCP's retransmission times.
 *
 * The n-th transmission of a segment is made at a known time after the first (0, 200, 600, 1400 ms ...). It arrived if the
 * segment was there before half of the next timeout had passed beyond the usual delay; otherwise it was lost. Half is the
 * tolerance: delays that vary by less than 100 ms are not mistaken for losses.
 *
 * A segment that is under way when the window ends is more likely than others one that suffers losses, so that leaving it out
 * would make the estimate too small, and waiting for it could take for ever. Therefore transmissions are counted, not segments,
 * and each when its fate is decided, a moment fixed before the fate is known. What a window contains then does not depend on how
 * its draws fall (optional stopping), and the estimate has no bias, wherever the window ends.
 */
export function estimateLoss(
  samples: Iterable<ProbeSample>,
  options: {
    readonly baseDelayMs: number;
    readonly endMs: number;
    /** How many transmissions of a segment are looked at; all of them when absent. */
    readonly transmissions?: number;
  },
): LossEstimate {
  const mostTransmissions = options.transmissions ?? Number.POSITIVE_INFINITY;
  let transmissions = 0;
  let lostTransmissions = 0;
  for (const { sentMs, arrivedMs = Number.POSITIVE_INFINITY, watchedUntilMs = options.endMs } of samples) {
    for (let losses = 0; losses < mostTransmissions; losses++) {
      const decidedMs = sentMs + options.baseDelayMs + retransmittedAfterMs(losses) + timeoutMs(losses) / 2;
      if (decidedMs > Math.min(watchedUntilMs, options.endMs)) break;
      transmissions++;
      if (arrivedMs <= decidedMs) break;
      lostTransmissions++;
    }
  }
  return { transmissions, lostTransmissions, lossShare: lostTransmissions / transmissions };
}
