import { clock, type Lifeline, type LifelineBar, type LifelineRow } from './lifeline.ts';
import { type Markup, markup } from './markup.ts';

const rowHeight = 32;
const axisHeight = 18;
/** Steps of a time axis, in milliseconds. */
const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000];
/** More do not fit the width of a phone. */
const mostTicks = 5;

/**
 * A lifeline as inline SVG, a row below the other, each with its name above its bars. Positions across are per cent, so that it takes
 * the width that there is and its text keeps its size.
 */
export function drawLifeline({ fromMs, toMs, rows }: Lifeline): Markup {
  const across = (ms: number): number => {
    const share = (ms - fromMs) / Math.max(1, toMs - fromMs);
    return Math.round(Math.min(1, Math.max(0, share)) * 10_000) / 100;
  };
  const bottom = rows.length * rowHeight;
  return markup`<svg class="lifeline" width="100%" height="${bottom + axisHeight}" role="img" aria-label="Lifeline from ${clock(fromMs)} to ${clock(toMs)}">
${ticks(fromMs, toMs).map(
  (ms) =>
    markup`<line class="tick" x1="${across(ms)}%" x2="${across(ms)}%" y1="0" y2="${bottom}"/><text class="axis" x="${across(ms)}%" y="${bottom + 13}" text-anchor="middle">${ms / 1_000} s</text>\n`,
)}${rows.map((row, index) => drawRow(row, index * rowHeight, across))}</svg>
`;
}

function drawRow({ name, bars, marks }: LifelineRow, top: number, across: (ms: number) => number): Markup {
  return markup`<text x="0" y="${top + 11}">${name}</text>
${bars.map((bar) => drawBar(bar, top + 16, across))}${marks.map(
  ({ atMs, what }) =>
    markup`<line class="mark" x1="${across(atMs)}%" x2="${across(atMs)}%" y1="${top + 13}" y2="${top + 29}"><title>${what}</title></line>\n`,
)}`;
}

function drawBar({ fromMs, toMs, kind, what }: LifelineBar, y: number, across: (ms: number) => number): Markup {
  const left = across(fromMs);
  const width = Math.round(100 * ((toMs === null ? 100 : across(toMs)) - left)) / 100;
  return markup`<rect class="${kind}" x="${left}%" y="${y}" width="${width}%" height="10"><title>${what}</title></rect>\n`;
}

/** Times in round numbers; those too near to an edge for their text are left out. */
function ticks(fromMs: number, toMs: number): number[] {
  const lengthMs = toMs - fromMs;
  const stepMs = steps.find((step) => lengthMs / step <= mostTicks) ?? Math.ceil(lengthMs / mostTicks);
  const first = Math.ceil((fromMs + lengthMs * 0.05) / stepMs);
  const last = Math.floor((toMs - lengthMs * 0.05) / stepMs);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * stepMs);
}
