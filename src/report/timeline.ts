import type { FaultRecord, PhaseRecord, ScenarioRecord, SeriesRecord, WindowRecord } from '../model/record.ts';
import { plain } from './escape.ts';

/** A chart with more points than this is pooled, so that a soak of a day takes no more space than one of ten minutes. */
const mostPoints = 600;

/**
 * What the charts of one scenario show, rounded to what is visible. Times are seconds since the run's start, latencies
 * milliseconds, rates messages a second, availability per cent; null where nothing was measured.
 */
export type Timeline = {
  /** Each point lasts from `from` to `to`. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly p50: readonly (number | null)[];
  readonly p99: readonly (number | null)[];
  readonly published: readonly number[];
  readonly delivered: readonly number[];
  readonly availability: readonly (number | null)[];
  readonly phases: readonly { readonly name: string; readonly from: number }[];
  readonly bands: readonly Band[];
  readonly marks: readonly Mark[];
  /** What the scenario expects of hold as a whole, drawn as lines. */
  readonly expected: { readonly p99: number | null; readonly availability: number | null };
  /** What was injected and observed, what the nodes used and what the broker said of itself, by name. */
  readonly series: readonly NamedSeries[];
  /** The longest time that one point pools; undefined if every window has its own point. */
  readonly pooled: number | undefined;
};

/** One measure: of several nodes, or injected and observed. */
export type NamedSeries = {
  /** Text from outside; of a counter its rate is shown, and the name says so. */
  readonly name: string;
  readonly lines: readonly {
    readonly line: string;
    readonly at: readonly number[];
    readonly value: readonly (number | null)[];
  }[];
};

/** The time for which faults were in force. */
export type Band = {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly proven: boolean;
};

/** A moment: something broke, or the cluster was steady again. */
export type Mark = { readonly at: number; readonly label: string; readonly kind: 'broke' | 'recovered' };

/** Undefined where nothing was measured. */
export function timelineOf(scenario: ScenarioRecord): Timeline | undefined {
  const windows = wholeWindows(scenario.windows.filter(({ phase }) => isCharted(phase)));
  const first = windows[0];
  const last = windows[windows.length - 1];
  if (!first || !last) return undefined;
  const span = { from: seconds(first.startMs), to: seconds(last.startMs + last.lengthMs) };
  const points = pool(windows);
  const expected = (name: ScenarioRecord['expectations'][number]['name']): number | null =>
    scenario.expectations.find((one) => one.name === name)?.expected ?? null;
  const availability = expected('availability');
  return {
    from: points.map(({ startMs }) => seconds(startMs)),
    to: points.map(({ endMs }) => seconds(endMs)),
    p50: points.map(({ p50Ms }) => digits(p50Ms)),
    p99: points.map(({ p99Ms }) => digits(p99Ms)),
    published: points.map(({ publishedPerSecond }) => Math.round(publishedPerSecond)),
    delivered: points.map(({ deliveredPerSecond }) => Math.round(deliveredPerSecond)),
    availability: points.map(({ share }) => percent(share)),
    phases: scenario.phases
      .filter(({ name }) => isCharted(name))
      .map(({ name, startMs }) => ({ name, from: seconds(startMs) })),
    bands: bandsOf(scenario.faults, span),
    marks: marksOf(scenario).filter(({ at }) => at >= span.from && at <= span.to),
    expected: { p99: expected('p99-latency'), availability: percent(availability) },
    series: namedSeries(scenario.series ?? [], span),
    pooled:
      points.length < windows.length ? Math.max(...points.map(({ startMs, endMs }) => endMs - startMs)) : undefined,
  };
}

/** Warm-up and drain are not under load. */
function isCharted(phase: PhaseRecord['name']): boolean {
  return phase === 'steady' || phase === 'hold' || phase === 'recover';
}

type Whole = Omit<WindowRecord, 'latency' | 'maxMs'>;

/** A change of phase may leave a window too short for a rate of its own: it is merged into the window before. */
function wholeWindows(windows: readonly WindowRecord[]): readonly Whole[] {
  const whole: Whole[] = [];
  for (const window of windows) {
    const before = whole[whole.length - 1];
    if (before && before.phase === window.phase && window.lengthMs < before.lengthMs / 2)
      whole[whole.length - 1] = {
        ...before,
        lengthMs: window.startMs + window.lengthMs - before.startMs,
        possible: before.possible + window.possible,
        done: before.done + window.done,
        published: before.published + window.published,
        delivered: before.delivered + window.delivered,
        p50Ms: before.p50Ms ?? window.p50Ms,
        p99Ms: highest([before.p99Ms, window.p99Ms]),
      };
    else whole.push(window);
  }
  return whole;
}

type Point = {
  readonly startMs: number;
  readonly endMs: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly publishedPerSecond: number;
  readonly deliveredPerSecond: number;
  readonly share: number | null;
};

/** Neighbours within a phase as one point: the mean of the rates, and the worst of the rest, so that a short outage is still visible in a day. */
function pool(windows: readonly Whole[]): readonly Point[] {
  const size = Math.ceil(windows.length / mostPoints);
  const groups: Whole[][] = [];
  for (const window of windows) {
    const group = groups[groups.length - 1];
    if (group && group.length < size && group[0]?.phase === window.phase) group.push(window);
    else groups.push([window]);
  }
  return groups.flatMap((group) => {
    const first = group[0];
    const last = group[group.length - 1];
    if (!first || !last) return [];
    const endMs = last.startMs + last.lengthMs;
    const perSecond = (count: (window: Whole) => number): number =>
      (1_000 * group.reduce((sum, window) => sum + count(window), 0)) / Math.max(1, endMs - first.startMs);
    const undone = highest(group.map(({ possible, done }) => (possible === 0 ? null : 1 - done / possible)));
    return {
      startMs: first.startMs,
      endMs,
      p50Ms: highest(group.map(({ p50Ms }) => p50Ms)),
      p99Ms: highest(group.map(({ p99Ms }) => p99Ms)),
      publishedPerSecond: perSecond(({ published }) => published),
      deliveredPerSecond: perSecond(({ delivered }) => delivered),
      share: undone === null ? null : 1 - undone,
    };
  });
}

/** The series by name, in the order of the record, within the time that is charted. */
function namedSeries(
  series: readonly SeriesRecord[],
  span: { readonly from: number; readonly to: number },
): NamedSeries[] {
  return [...new Set(series.map(({ name }) => name))].map((name) => {
    const own = series.filter((one) => one.name === name);
    const isCounter = own.some(({ kind }) => kind === 'counter');
    return {
      name: isCounter ? `${plain(name, 80)}, per second` : plain(name, 80),
      lines: own.map(({ line, points }) => {
        const values = (isCounter ? rates(points) : points)
          .map(([ms, value]) => [seconds(ms), Number(value.toPrecision(4))] as const)
          .filter(([at]) => at >= span.from && at <= span.to);
        const drawn = withGaps(values);
        return { line: plain(line, 60), at: drawn.map(([at]) => at), value: drawn.map(([, value]) => value) };
      }),
    };
  });
}

/** Where nothing was measured for much longer than between two points elsewhere, as of a node that was dead, there is a gap and not a line. */
function withGaps(
  points: readonly (readonly [at: number, value: number])[],
): readonly (readonly [number, number | null])[] {
  const steps = points.slice(1).map(([at], index) => at - (points[index]?.[0] ?? at));
  const usual = steps.toSorted((a, b) => a - b)[steps.length >> 1] ?? 0;
  return points.flatMap((point, index) => {
    const [at] = point;
    const before = points[index - 1]?.[0];
    const isGap = before !== undefined && points.length > 2 && at - before > 2.5 * usual;
    return isGap ? [[before + usual / 2, null] as const, point] : [point];
  });
}

/** What a counter grew by a second. Where it starts anew nothing is known. */
function rates(points: SeriesRecord['points']): SeriesRecord['points'] {
  return points.flatMap(([ms, value], index) => {
    const [beforeMs, before] = points[index - 1] ?? [ms, value];
    return ms <= beforeMs || value < before ? [] : [[ms, ((value - before) * 1_000) / (ms - beforeMs)] as const];
  });
}

/** Faults that began and ended at the same time are one band. */
function bandsOf(
  faults: readonly FaultRecord[],
  span: { readonly from: number; readonly to: number },
): readonly Band[] {
  const bands = new Map<string, Band>();
  for (const fault of faults) {
    const from = Math.max(span.from, tenths(fault.startMs));
    const to = Math.min(span.to, tenths(fault.endMs));
    // One that never began has no time.
    if (to <= from) continue;
    const label = `${plain(fault.kind, 40)} on ${plain(fault.target, 60)}${fault.proven ? '' : ' (not proven)'}`;
    const key = `${from} ${to} ${fault.proven}`;
    const same = bands.get(key);
    bands.set(key, { from, to, label: same ? `${same.label}, ${label}` : label, proven: fault.proven });
  }
  return [...bands.values()].sort((a, b) => a.from - b.from);
}

function marksOf(scenario: ScenarioRecord): readonly Mark[] {
  const { recoveryMs } = scenario.measures;
  const healMs = scenario.phases.find(({ name }) => name === 'recover')?.startMs;
  const broke = (ms: number, label: string): Mark => ({ at: tenths(ms), label, kind: 'broke' });
  const marks = [
    ...scenario.crashes.map(({ node, atMs }) => broke(atMs, `${plain(node, 40)} ended`)),
    ...scenario.violations.flatMap(({ invariant, examples }) =>
      examples.flatMap(({ atMs }) => (atMs === null ? [] : [broke(atMs, plain(invariant, 40))])),
    ),
    ...(recoveryMs === null || healMs === undefined || scenario.faults.length === 0
      ? []
      : [{ at: seconds(healMs + recoveryMs), label: 'recovered', kind: 'recovered' as const }]),
  ];
  return [...new Map(marks.map((mark) => [`${mark.at} ${mark.label}`, mark])).values()].sort((a, b) => a.at - b.at);
}

function highest(values: readonly (number | null)[]): number | null {
  return values.reduce((most, value) => (most === null || (value !== null && value > most) ? value : most), null);
}

function seconds(ms: number): number {
  return Math.round(ms) / 1_000;
}

function tenths(ms: number): number {
  return Math.round(ms / 100) / 10;
}

function digits(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(3));
}

/** Rounded down, as everywhere: 99.999% must not read as 100%. */
function percent(share: number | null): number | null {
  return share === null ? null : Math.floor(share * 1e4 + 1e-6) / 100;
}
