import type { ClockSample, ClockSource } from './clock-watch.ts';

/** What a node's wall clock was seen to do. */
export type SeenClock = {
  readonly proven: boolean;
  /** As a reader sees it: `Date header 5.0 s ahead in 31 of 31 answers`. */
  readonly observed: string;
  /** How many samples it rests on, how many of them were shifted as asked, and how far at the median; 0 where there is none. */
  readonly samples: number;
  readonly samplesShifted: number;
  readonly shiftMs: number;
};

/** The finest and the coarsest difference from the asked offset that a sample may have. */
const toleranceMs = { least: 50, most: 950 } as const;
/** A few samples may be late: an answer that waited, a log line that was kept back. */
const wantedShare = 0.9;
const wantedShareOfStrobe = 0.1;
const units: Readonly<Record<ClockSource, string>> = { 'Date header': 'answers', 'log time stamps': 'lines' };
/** Servers write the Date header anew once a second. */
const settleMs: Readonly<Record<ClockSource, number>> = { 'Date header': 1_500, 'log time stamps': 300 };
const wantedSamples: Readonly<Record<ClockSource, number>> = { 'Date header': 3, 'log time stamps': 1 };

/**
 * Judges by what a node showed before and after `fromMs` (monotonic) whether its wall clock is shifted by `offsetMs`: by the first of
 * the sources that is fine enough for the offset and has shown something both before and after. With `strobe` it must have been seen
 * both shifted and not.
 */
export function judgeShift(
  samples: readonly ClockSample[],
  asked: { readonly offsetMs: number; readonly fromMs: number; readonly strobe: boolean },
): SeenClock {
  const reasons: string[] = [];
  for (const source of ['Date header', 'log time stamps'] as const) {
    const own = samples.filter((sample) => sample.source === source);
    const before = own.filter(({ atMs }) => atMs < asked.fromMs);
    const after = own.filter(({ atMs }) => atMs >= asked.fromMs + settleMs[source]);
    const tolerance = toleranceFor(asked.offsetMs, own);
    if (own.length === 0) reasons.push(`no ${source}`);
    else if (Math.abs(asked.offsetMs) <= 2 * tolerance)
      reasons.push(`the ${source} of whole seconds are too coarse for this offset`);
    else if (before.length === 0 || after.length < wantedSamples[source])
      reasons.push(`too few ${source}: ${before.length} before and ${after.length} after`);
    else return judge(source, before, after, asked, tolerance);
  }
  return {
    proven: false,
    observed: `not proven, the node shows its wall clock nowhere: ${reasons.join('; ')}`,
    samples: 0,
    samplesShifted: 0,
    shiftMs: 0,
  };
}

function judge(
  source: ClockSource,
  before: readonly ClockSample[],
  after: readonly ClockSample[],
  { offsetMs, strobe }: { readonly offsetMs: number; readonly strobe: boolean },
  tolerance: number,
): SeenClock {
  const usualMs = median(before.map(({ aheadMs }) => aheadMs));
  const shiftsMs = after.map(({ aheadMs }) => aheadMs - usualMs);
  const near = (wantedMs: number): number[] => shiftsMs.filter((shiftMs) => Math.abs(shiftMs - wantedMs) <= tolerance);
  const shifted = near(offsetMs);
  const unmoved = near(0);
  const wanted = (strobe ? wantedShareOfStrobe : wantedShare) * shiftsMs.length;
  const proven = shifted.length >= wanted && shifted.length > 0 && (!strobe || unmoved.length >= wanted);
  const shiftMs = median(shifted.length > 0 ? shifted : shiftsMs);
  const parts = [
    ...(shifted.length > 0 ? [`${direction(shiftMs)} in ${shifted.length}`] : []),
    ...(unmoved.length > 0 ? [`as before in ${unmoved.length}`] : []),
  ];
  const rest = parts.length === 0 ? `${direction(shiftMs)} at the median` : parts.join(', ');
  return {
    proven,
    observed: `${source} ${rest} of ${shiftsMs.length} ${units[source]}`,
    samples: shiftsMs.length,
    samplesShifted: shifted.length,
    shiftMs: Math.round(shiftMs),
  };
}

/** Half a second of doubt for whole seconds on either side of a comparison; otherwise a quarter of the offset, since lines may be kept back. */
function toleranceFor(offsetMs: number, samples: readonly ClockSample[]): number {
  if (samples.some(({ resolutionMs }) => resolutionMs >= 1_000)) return toleranceMs.most;
  return Math.min(toleranceMs.most, Math.max(toleranceMs.least, Math.abs(offsetMs) / 4));
}

function direction(shiftMs: number): string {
  const amount =
    Math.abs(shiftMs) < 1_000 ? `${Math.round(Math.abs(shiftMs))} ms` : `${(Math.abs(shiftMs) / 1_000).toFixed(1)} s`;
  return `${amount} ${shiftMs < 0 ? 'behind' : 'ahead'}`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
