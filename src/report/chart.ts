import type { ScenarioRecord, WindowRecord } from '../model/record.ts';
import { mermaidText } from './escape.ts';

/** More points than this are pooled, so that the chart stays readable. A pool shows its highest latency. */
const mostPoints = 45;

/**
 * The p99 latency of a scenario over time as a Mermaid xychart, with the time of the faults shaded; undefined if there is nothing to
 * draw. A second in which nothing arrived has no latency: the line keeps its value there, and the note says so.
 */
export function latencyChart(
  scenario: ScenarioRecord,
): { readonly chart: string; readonly note: string | undefined } | undefined {
  const windows = scenario.windows.filter(
    (window) => window.phase === 'steady' || window.phase === 'hold' || window.phase === 'recover',
  );
  const first = windows[0];
  const pools = pool(windows);
  if (!first || scenario.faults.length === 0) return undefined;
  const measured = pools.flatMap((one) => (one.p99Ms === null ? [] : [one.p99Ms]));
  const top = Math.max(...measured);
  if (measured.length < 2 || pools.length < 2) return undefined;
  const from = Math.min(...scenario.faults.map((fault) => fault.startMs));
  const to = Math.max(...scenario.faults.map((fault) => fault.endMs));
  const second = (ms: number): number => Math.round((ms - first.startMs) / 100) / 10;
  const faults = [...new Set(scenario.faults.map((fault) => fault.kind))].join(', ');
  const shade = pools.map((one) => (one.endMs > from && one.startMs < to ? digits(top) : 0));
  const chart = [
    '```mermaid',
    '---',
    'config:',
    '  xyChart:',
    '    height: 300',
    '    width: 900',
    '    titleFontSize: 16',
    '    xAxis:',
    '      labelFontSize: 11',
    '  themeVariables:',
    '    xyChart:',
    '      plotColorPalette: "#f6d5d0, #1f6feb"',
    '---',
    'xychart-beta',
    `  title "${mermaidText(`p99 latency, fault (${faults}) from ${second(from)} s to ${second(to)} s`)}"`,
    // Categories and not a range: on a range a bar would be wider than its second.
    `  x-axis "seconds since the start of ${first.phase}" [${pools.map((one) => second(one.startMs)).join(', ')}]`,
    `  y-axis "p99 in ms" 0 --> ${digits(top)}`,
    `  bar [${shade.join(', ')}]`,
    `  line [${held(pools).join(', ')}]`,
    '```',
  ].join('\n');
  const silent = pools.filter((one) => one.p99Ms === null);
  const note =
    silent.length === 0
      ? undefined
      : `Nothing arrived at ${spans(silent, second)}: no latency was measured there, and the line keeps the value before.`;
  return { chart, note };
}

type Pool = { readonly startMs: number; readonly endMs: number; readonly p99Ms: number | null };

/** Pools of equal length, in whole seconds: the windows of recover are shorter, and the axis has no lengths. */
function pool(windows: readonly WindowRecord[]): Pool[] {
  const [first, last] = [windows[0], windows.at(-1)];
  if (!first || !last) return [];
  const spanMs = last.startMs + last.lengthMs - first.startMs;
  const lengthMs = 1_000 * Math.max(1, Math.ceil(spanMs / 1_000 / mostPoints));
  return Array.from({ length: Math.ceil(spanMs / lengthMs) }, (_, index) => {
    const startMs = first.startMs + index * lengthMs;
    const latencies = windows
      .filter((window) => window.startMs >= startMs && window.startMs < startMs + lengthMs)
      .flatMap((window) => (window.p99Ms === null ? [] : [window.p99Ms]));
    return { startMs, endMs: startMs + lengthMs, p99Ms: latencies.length === 0 ? null : Math.max(...latencies) };
  });
}

/** An xychart cannot have gaps, so a value is kept until the next one. */
function held(pools: readonly Pool[]): number[] {
  let value = pools.find((one) => one.p99Ms !== null)?.p99Ms ?? 0;
  return pools.map((one) => {
    value = one.p99Ms ?? value;
    return digits(value);
  });
}

function spans(silent: readonly Pool[], second: (ms: number) => number): string {
  const joined: { startMs: number; endMs: number }[] = [];
  for (const one of silent) {
    const before = joined[joined.length - 1];
    if (before && one.startMs - before.endMs < 1) before.endMs = one.endMs;
    else joined.push({ startMs: one.startMs, endMs: one.endMs });
  }
  return joined.map((span) => `${second(span.startMs)} s to ${second(span.endMs)} s`).join(', ');
}

function digits(ms: number): number {
  return Number(ms.toPrecision(3));
}
