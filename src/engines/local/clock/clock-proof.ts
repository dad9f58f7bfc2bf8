import { atLeast, type Condition, moreThan } from '../../proof.ts';
import type { ClockSample, ClockSource } from './clock-watch.ts';

/** What a node's wall clock was seen to do. */
export type SeenClock = {
  readonly proven: boolean;
  /** What must be so of this node. */
  readonly conditions: readonly Condition[];
  /** As a reader sees it: `Date header 5.0 s ahead in 31 of 31 answers`. */
  readonly observed: string;
  /** How many samples it rests on, how many of them were shifted as asked, and how far; 0 where there is none. */
  readonly samples: number;
  readonly samplesShifted: number;
  readonly shiftMs: number;
};

type Asked = { readonly offsetMs: number; readonly fromMs: number; readonly strobe: boolean };

/** A few samples may be late: an answer that waited, a log line that was kept back. */
const wantedShare = 0.9;
const wantedShareOfStrobe = 0.1;

/** How each source is to be taken. */
const sources = {
  'Date header': {
    unit: 'answers',
    /** Servers write the header anew once a second. */
    settleMs: 1_500,
    leastSamples: 3,
    /** A server that is busy may be late with it. */
    latenessMs: () => 150,
  },
  'log time stamps': {
    unit: 'lines',
    settleMs: 300,
    leastSamples: 1,
    /** A line may have been kept back before it was written. */
    latenessMs: (offsetMs: number) => Math.min(500, Math.max(50, Math.abs(offsetMs) / 5)),
  },
} as const satisfies Record<ClockSource, unknown>;

/**
 * Judges by what a node showed before and after `fromMs` (monotonic) whether its wall clock is shifted by `offsetMs`: by the first of
 * the sources that is fine enough for the offset and has shown something both before and after. With `strobe` it must have been seen
 * both shifted and not.
 */
export function judgeShift(samples: readonly ClockSample[], asked: Asked): SeenClock {
  const reasons: string[] = [];
  for (const source of ['Date header', 'log time stamps'] as const) {
    const { settleMs, leastSamples, latenessMs } = sources[source];
    const own = samples.filter((sample) => sample.source === source);
    const before = own.filter(({ atMs }) => atMs < asked.fromMs);
    const after = own.filter(({ atMs }) => atMs >= asked.fromMs + settleMs);
    const usual = estimate(before);
    const coarsestMs = Math.max(...own.map(({ resolutionMs }) => resolutionMs));
    const doubtMs = usual.doubtMs + latenessMs(asked.offsetMs);
    if (own.length === 0) reasons.push(`no ${source}`);
    else if (before.length === 0 || after.length < leastSamples)
      reasons.push(`too few ${source}: ${before.length} before and ${after.length} after`);
    // What is shifted and what is not must not look alike.
    else if (Math.abs(asked.offsetMs) <= 2 * doubtMs + coarsestMs) reasons.push(`${source} too coarse for this offset`);
    else return judge(source, after, usual.aheadMs, doubtMs, asked);
  }
  return {
    proven: false,
    conditions: [moreThan('samples of its wall clock that can tell this offset', 0, 0)],
    observed:
      samples.length === 0
        ? 'the node shows its wall clock nowhere: no Date header over HTTP, no time stamps in its log'
        : `what the node shows of its wall clock does not tell: ${reasons.join('; ')}`,
    samples: 0,
    samplesShifted: 0,
    shiftMs: 0,
  };
}

function judge(
  source: ClockSource,
  after: readonly ClockSample[],
  usualMs: number,
  doubtMs: number,
  { offsetMs, strobe }: Asked,
): SeenClock {
  const near = (shiftMs: number): ClockSample[] =>
    after.filter(({ aheadMs, resolutionMs }) => Math.abs(aheadMs - usualMs - shiftMs) <= resolutionMs / 2 + doubtMs);
  const shifted = near(offsetMs);
  const unmoved = near(0);
  const wanted = Math.ceil((strobe ? wantedShareOfStrobe : wantedShare) * after.length);
  const { unit } = sources[source];
  const conditions = [
    atLeast(`${unit} of ${after.length} with ${source} ${direction(offsetMs)}`, shifted.length, wanted),
    ...(strobe ? [atLeast(`${unit} of ${after.length} with ${source} as before`, unmoved.length, wanted)] : []),
  ];
  const shownMs = estimate(shifted.length > 0 ? shifted : after).aheadMs - usualMs;
  const parts = [
    ...(shifted.length > 0 ? [`${direction(shownMs)} in ${shifted.length}`] : []),
    ...(unmoved.length > 0 ? [`as before in ${unmoved.length}`] : []),
  ];
  return {
    proven: conditions.every(({ met }) => met),
    conditions,
    observed: `${source} ${parts.length > 0 ? parts.join(', ') : `${direction(shownMs)}, which was not asked, in all`} of ${after.length} ${unit}`,
    samples: after.length,
    samplesShifted: shifted.length,
    shiftMs: shifted.length > 0 ? Math.round(shownMs) : 0,
  };
}

/**
 * How far a clock is ahead by samples each of which says so to half its resolution: what all of them leave possible, which for whole
 * seconds looked at in many moments of the second is far narrower than one of them. Where they contradict each other, some are late.
 */
function estimate(samples: readonly ClockSample[]): { readonly aheadMs: number; readonly doubtMs: number } {
  const least = Math.max(...samples.map(({ aheadMs, resolutionMs }) => aheadMs - resolutionMs / 2));
  const most = Math.min(...samples.map(({ aheadMs, resolutionMs }) => aheadMs + resolutionMs / 2));
  if (least <= most) return { aheadMs: (least + most) / 2, doubtMs: (most - least) / 2 };
  const middle = [...samples].sort((a, b) => a.aheadMs - b.aheadMs)[samples.length >> 1];
  return { aheadMs: middle?.aheadMs ?? 0, doubtMs: (middle?.resolutionMs ?? 0) / 4 };
}

function direction(shiftMs: number): string {
  const ms = Math.abs(shiftMs);
  const amount = ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
  return `${amount} ${shiftMs < 0 ? 'behind' : 'ahead'}`;
}
