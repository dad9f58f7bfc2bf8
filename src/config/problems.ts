import { styleText } from 'node:util';
import { ChaosError, type Location, type Problem } from '../base/error.ts';
import { printable } from '../base/printable.ts';

/** Throws all problems as one error, if there are any: file by file, in the order of their lines. */
export function throwProblems(found: readonly Problem[]): void {
  const problems = inFileOrder(found);
  const [first, ...others] = problems;
  if (first === undefined) return;
  const files = new Set(problems.map((problem) => problem.location?.file).filter((file) => file !== undefined));
  const message =
    others.length === 0 ? first.message : `${problems.length} problems in ${[...files].join(', ') || 'the settings'}`;
  throw new ChaosError('config', message, {
    problems,
    ...(others.length === 0 && first.hint !== undefined ? { hint: first.hint } : {}),
    ...(others.length === 0 && first.location !== undefined ? { location: first.location } : {}),
  });
}

/** Those that follow are mostly of the same kind. */
const mostShown = 50;

/** `chaos.yml:4:7  broker.prest is not a known key`, with its hint on a line of its own. */
export function formatProblems(problems: readonly Problem[], colour = false): string[] {
  const dim = (text: string): string => (colour ? styleText('dim', text, { validateStream: false }) : text);
  const lines = problems.slice(0, mostShown).flatMap((problem) => {
    const lines = [printable(problemLine(problem))];
    if (problem.hint !== undefined) lines.push(dim(`    ${printable(problem.hint)}`));
    return lines;
  });
  return problems.length > mostShown ? [...lines, `and ${problems.length - mostShown} more problems`] : lines;
}

function problemLine(problem: Problem): string {
  return problem.location === undefined ? problem.message : `${showLocation(problem.location)}  ${problem.message}`;
}

export function showLocation(location: Location): string {
  return [location.file, location.line, location.column].filter((part) => part !== undefined).join(':');
}

function inFileOrder(problems: readonly Problem[]): readonly Problem[] {
  const files = problems.map((problem) => problem.location?.file);
  const rank = ({ location }: Problem): readonly number[] => [
    location === undefined ? files.length : files.indexOf(location.file),
    location?.line ?? 0,
    location?.column ?? 0,
  ];
  return problems.toSorted((a, b) => {
    const [ofA, ofB] = [rank(a), rank(b)];
    return ofA.map((value, index) => value - (ofB[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
  });
}
