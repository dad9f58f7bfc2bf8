import type { TrendLine, TrendRun } from './document.ts';
import { formatScore } from './format.ts';
import { type Markup, markup, nothing } from './markup.ts';
import { scoreText } from './sections/comparison.ts';
import { dateOf, trendText } from './sections/trend.ts';

/** Units of the drawing. A chart is shown about as wide as this in pixels, so that its text keeps its size. */
const width = 320;
const height = 118;
const plot = { left: 24, right: 312, top: 8, bottom: 96 } as const;

type Point = { readonly x: number; readonly y: number; readonly low: number; readonly high: number };

/**
 * Small multiples as inline SVG, one for each line: the scores of all runs at equal distances, the 95% interval as an area behind them. All have
 * the scale 0 to 10.
 */
export function drawTrends(runs: readonly TrendRun[], lines: readonly TrendLine[]): Markup {
  return markup`<div class="trends">\n${lines.map((line) => drawTrend(runs, line))}</div>
<p class="muted legend">Scores of 0 to 10, the oldest run left; the area is the 95% interval. Square: the run failed. Hollow: it was inconclusive. A gap: not measured. The figure is that of the newest run.</p>
`;
}

function drawTrend(runs: readonly TrendRun[], line: TrendLine): Markup {
  const points = pointsOf(line);
  const last = line.values.at(-1)?.score ?? null;
  return markup`<figure>
<figcaption>${line.name} <strong>${formatScore(last)}</strong></figcaption>
<svg class="trend" viewBox="0 0 ${width} ${height}" role="img" aria-label="${trendText(runs, line)}">
${[0, 5, 10].map((score) => markup`<line class="tick" x1="${plot.left}" x2="${plot.right}" y1="${yOf(score)}" y2="${yOf(score)}"/><text class="axis" x="${plot.left - 6}" y="${yOf(score) + 4}" text-anchor="end">${score}</text>\n`)}${dateLabels(runs)}${stretches(points).map(drawStretch)}${points.map((point, index) => (point === undefined ? nothing : drawPoint(point, runs[index], line.values[index])))}</svg>
</figure>
`;
}

function pointsOf({ values }: TrendLine): (Point | undefined)[] {
  return values.map(({ score, interval }, index) => {
    if (score === null) return undefined;
    const [low, high] = interval ?? [score, score];
    return { x: xOf(index, values.length), y: yOf(score), low: yOf(low), high: yOf(high) };
  });
}

/** Points in a row without a gap between them. */
function stretches(points: readonly (Point | undefined)[]): Point[][] {
  const found: Point[][] = [[]];
  for (const point of points) {
    if (point === undefined) found.push([]);
    else found.at(-1)?.push(point);
  }
  return found.filter((stretch) => stretch.length > 0);
}

function drawStretch(points: readonly Point[]): Markup {
  const path = (of: readonly (readonly [x: number, y: number])[]): string => of.map((one) => one.join(',')).join(' ');
  const [first] = points;
  if (first && points.length === 1)
    return markup`<line class="whisker" x1="${first.x}" x2="${first.x}" y1="${first.low}" y2="${first.high}"/>\n`;
  const area = [
    ...points.map(({ x, high }) => [x, high] as const),
    ...points.toReversed().map(({ x, low }) => [x, low] as const),
  ];
  return markup`<polygon class="range" points="${path(area)}"/><polyline class="scores" points="${path(points.map(({ x, y }) => [x, y]))}"/>\n`;
}

function drawPoint({ x, y }: Point, run: TrendRun | undefined, value: TrendLine['values'][number] | undefined): Markup {
  if (run === undefined || value === undefined) return nothing;
  const title = markup`<title>${run.startedAt}: ${scoreText(value)}, ${run.verdict}</title>`;
  // A shape of its own: not everybody sees red.
  return run.verdict === 'fail'
    ? markup`<rect class="fail" x="${rounded(x - 3.5)}" y="${rounded(y - 3.5)}" width="7" height="7">${title}</rect>\n`
    : markup`<circle class="${run.verdict}" cx="${x}" cy="${y}" r="3">${title}</circle>\n`;
}

function dateLabels(runs: readonly TrendRun[]): Markup {
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === undefined || last === undefined) return nothing;
  const label = (run: TrendRun, x: number, anchor: string): Markup =>
    markup`<text class="axis" x="${x}" y="${height - 6}" text-anchor="${anchor}">${dateOf(run)}</text>`;
  if (runs.length === 1) return markup`${label(first, xOf(0, 1), 'middle')}\n`;
  return markup`${label(first, plot.left, 'start')}${label(last, plot.right, 'end')}\n`;
}

function xOf(index: number, count: number): number {
  const inset = 5;
  const span = plot.right - plot.left - 2 * inset;
  return rounded(plot.left + inset + (count === 1 ? span / 2 : (span * index) / (count - 1)));
}

function yOf(score: number): number {
  return rounded(plot.bottom - ((plot.bottom - plot.top) * score) / 10);
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
