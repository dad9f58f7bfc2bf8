import type { Grade, RunRecord } from '../model/record.ts';

/**
 * badge.json, for an endpoint badge of shields.io. After a pass it shows `9.8 Excellent` in the colour of the grade. A fail says so and is red at
 * any score. Other verdicts are grey.
 */
export function renderBadge(record: RunRecord): string {
  return `${JSON.stringify({ schemaVersion: 1, label: 'resilience', ...face(record) })}\n`;
}

const gradeColours: Readonly<Record<Grade, string>> = {
  Excellent: 'brightgreen',
  Good: 'green',
  Fair: 'yellow',
  'Needs Improvement': 'orange',
};

function face({ sabotage, verdict, score, grade }: RunRecord): { readonly message: string; readonly color: string } {
  if (sabotage) return { message: 'sabotaged', color: 'lightgrey' };
  if (verdict === 'fail') return { message: score === null ? 'fail' : `fail, ${oneDigit(score)}`, color: 'red' };
  if (verdict === 'pass' && score !== null && grade !== null)
    return { message: `${oneDigit(score)} ${grade}`, color: gradeColours[grade] };
  return { message: verdict === 'pass' ? 'pass, not measured' : verdict, color: 'lightgrey' };
}

/** Rounded down: 8.97 is Good, and `9.0 Good` would read as a mistake. */
function oneDigit(score: number): string {
  return (Math.floor(score * 10 + 1e-6) / 10).toFixed(1);
}
