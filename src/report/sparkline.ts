import type { Measured } from '../score/compare.ts';

const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const gap = '·';

/** Scores of 0 to 10, a character each; a dot for what was not measured. The scale is always 0 to 10, so that two lines can be compared. */
export function sparkline(values: readonly Pick<Measured, 'score'>[]): string {
  return values
    .map(({ score }) =>
      score === null ? gap : (levels[Math.min(levels.length - 1, Math.floor((score / 10) * levels.length))] ?? gap),
    )
    .join('');
}
