import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ChaosError, type ExitCode, exitCodes, type Problem } from '../base/error.ts';
import { plain } from '../report/escape.ts';
import { printMarkdown } from '../report/print-markdown.ts';
import { printText } from '../report/print-text.ts';
import { comparisonSection, resultPart, sidesPart } from '../report/sections/comparison.ts';
import { differenceOf, whyUnfinished } from '../score/comparable.ts';
import { compareRounds, type Result, resultOf } from '../score/compare.ts';
import { kindOf, type ReadReport, readReportAt } from './read-reports.ts';

export type ComparisonView = {
  readonly json: boolean;
  readonly markdown: boolean;
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
};

export type CompareOptions = ComparisonView & {
  readonly cwd: string;
  /** The two sides as they stand on the command line, each a name or several with commas. */
  readonly sides: readonly string[];
  /** The runs of a side, one by one: they go before `sides`. */
  readonly base: readonly string[] | undefined;
  readonly head: readonly string[] | undefined;
};

/** More are a slip: a folder of something else. */
const mostRuns = 100;

const resultCodes: Readonly<Record<Result, ExitCode>> = {
  regression: exitCodes.fail,
  undecided: exitCodes.inconclusive,
  'no regression': exitCodes.pass,
};

/** Compares two sides of one or more runs; resolves with 1 for a regression, with 2 if it cannot be decided. */
export async function compareCommand(options: CompareOptions, out: (line: string) => void): Promise<ExitCode> {
  const { cwd } = options;
  const [base, head] = sidesOf(options);
  return compareReports(await readSide(cwd, base), await readSide(cwd, head), options, out);
}

/** Prints what the heads changed against the bases. Throws ChaosError('usage') with each run that is not comparable, and why. */
export function compareReports(
  bases: readonly ReadReport[],
  heads: readonly ReadReport[],
  { json, markdown, colour, width }: ComparisonView,
  out: (line: string) => void,
): ExitCode {
  likeForLike([...bases, ...heads]);
  const records = (side: readonly ReadReport[]) => side.map(({ record }) => record);
  const comparison = compareRounds(records(bases), records(heads));
  const result = resultOf(comparison);
  const blocks = [
    ...sidesPart(bases, heads),
    ...comparisonSection(comparison, { scenarios: 'all' }),
    ...resultPart(comparison),
  ];
  if (json)
    out(JSON.stringify({ result, base: bases.map(sideRecord), head: heads.map(sideRecord), ...comparison }, null, 2));
  else out(markdown ? printMarkdown(blocks).join('\n\n') : printText(blocks, { colour, width }));
  return resultCodes[result];
}

function sidesOf({ sides, base, head }: CompareOptions): [base: readonly string[], head: readonly string[]] {
  const [first, second, ...more] = sides;
  if (base !== undefined && head !== undefined && sides.length === 0) return [base, head];
  if (base === undefined && head === undefined && first !== undefined && second !== undefined && more.length === 0)
    return [[first], [second]];
  throw new ChaosError('usage', 'a comparison has two sides', {
    hint: 'compare BASE HEAD, each a report or several with commas; or compare --base A B --head C D',
  });
}

/** The runs of one side. Throws ChaosError('usage') for a run that is named twice, which would be counted twice. */
export async function readSide(cwd: string, named: readonly string[]): Promise<ReadReport[]> {
  const names = named.flatMap((one) => separated(cwd, one)).flatMap((one) => runsIn(cwd, one));
  if (names.length > mostRuns)
    throw new ChaosError('usage', `a side has ${names.length} runs; ${mostRuns} are the most that are compared`);
  const reports: ReadReport[] = [];
  for (const name of names) {
    const report = await readReportAt(cwd, name);
    if (reports.some(({ path }) => path === report.path))
      throw new ChaosError('usage', `${name} is named twice on one side`, { hint: 'name each run once' });
    reports.push(report);
  }
  return reports;
}

/** A comma parts names, but for one in the name of a file that exists. */
function separated(cwd: string, names: string): string[] {
  if (existsSync(resolve(cwd, names))) return [names];
  return names.split(',').filter((name) => name.trim() !== '');
}

/** A folder without a report of its own stands for the reports in its folders. */
function runsIn(cwd: string, name: string): string[] {
  if (kindOf(cwd, name) !== 'folder' || existsSync(resolve(cwd, name, 'report.json'))) return [name];
  const runs = readdirSync(resolve(cwd, name))
    .filter((entry) => existsSync(resolve(cwd, name, entry, 'report.json')))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((entry) => join(name, entry));
  return runs.length === 0 ? [name] : runs;
}

/** Throws ChaosError('usage') with each run that did not come to its end, or is not of the same thing as the first one, and why. */
export function likeForLike(runs: readonly ReadReport[]): void {
  const [first] = runs;
  const problems = runs.flatMap((one): Problem[] => {
    const location = { file: one.name };
    const unfinished = whyUnfinished(one.record);
    if (unfinished !== undefined) return [{ message: unfinished, hint: 'name runs that came to their end', location }];
    const different = first && differenceOf(one.record, first.record);
    if (!different) return [];
    return [
      {
        message: `this run is of ${plain(different.is)}, and ${first.name} of ${plain(different.isNot)}`,
        hint: 'name runs of the same broker, with the same configuration and the same scenarios',
        location,
      },
    ];
  });
  if (problems.length > 0) throw new ChaosError('usage', 'these runs cannot be compared', { problems });
}

function sideRecord({ name, record }: ReadReport) {
  const { startedAt, seed, verdict, score, interval, tool } = record;
  return { report: name, startedAt, seed, tool: tool.version, verdict, score, interval };
}
