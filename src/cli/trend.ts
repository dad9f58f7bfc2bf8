import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { plural } from '../base/count.ts';
import { ChaosError, type ExitCode, exitCodes, messageOf } from '../base/error.ts';
import { version } from '../base/version.ts';
import type { RunRecord } from '../model/record.ts';
import { renderPage } from '../report/html.ts';
import { printMarkdown } from '../report/print-markdown.ts';
import { printText } from '../report/print-text.ts';
import { leftOutPart, type NamedRun, runsPart, trendSection } from '../report/sections/trend.ts';
import { whyUnfinished } from '../score/comparable.ts';
import { type Trend, trendsOf, withoutEvidence } from '../score/trend.ts';
import { kindOf, readReportAt } from './read-reports.ts';

export type TrendOptions = {
  readonly cwd: string;
  readonly folder: string;
  readonly format: 'text' | 'markdown' | 'html' | 'json';
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
};

type LeftOut = { readonly name: string; readonly why: string };

/** More are a slip: the folder of something else. */
const mostReports = 2_000;

/** Draws the history of the runs whose reports are in a folder, by dimension. */
export async function trendCommand(options: TrendOptions, out: (text: string) => void): Promise<ExitCode> {
  const { runs, leftOut } = await readRuns(options);
  const trends = trendsOf(runs);
  if (trends.length === 0)
    throw new ChaosError('usage', `no report in ${options.folder} can be drawn`, {
      hint: 'name a folder with reports, with folders that have a report.json each, or with zips of artifacts',
      problems: leftOut.map(({ name, why }) => ({ message: why, location: { file: name } })),
    });
  out(render(trends, leftOut, options));
  return exitCodes.pass;
}

function render(trends: readonly Trend<NamedRun>[], leftOut: readonly LeftOut[], options: TrendOptions): string {
  const rest = leftOutPart(leftOut);
  switch (options.format) {
    case 'json':
      return JSON.stringify({ trends: trends.map(trendRecord), leftOut }, null, 2);
    case 'text':
      return printText([...trends.flatMap(trendSection), ...rest], options);
    case 'markdown':
      return printMarkdown([...trends.flatMap((trend) => [...trendSection(trend), ...runsPart(trend)]), ...rest]).join(
        '\n\n',
      );
    case 'html':
      return renderPage(
        'Resilience over time',
        [...trends.map((trend) => ({ blocks: [...trendSection(trend), ...runsPart(trend)] })), { blocks: rest }],
        `chaos-action ${version}. Drawn from the report.json of each run, which holds every figure.`,
      );
  }
}

function trendRecord({ runs, older, series, newest }: Trend<NamedRun>) {
  const last = runs.at(-1)?.record;
  return {
    ...{ broker: last?.broker.name, plan: last?.plan, tiers: last?.tiers, nodes: last?.broker.nodes, older },
    runs: runs.map(({ name, record: { startedAt, seed, verdict, score, interval, dimensions } }) => ({
      ...{ report: name, startedAt, seed, verdict, score, interval, dimensions },
    })),
    newestAgainstTheOneBefore: newest && Object.fromEntries(series.map(({ id, call }) => [id, call])),
  };
}

async function readRuns({ cwd, folder }: TrendOptions): Promise<{ runs: NamedRun[]; leftOut: LeftOut[] }> {
  const runs: NamedRun[] = [];
  const leftOut: LeftOut[] = [];
  const seen = new Set<string>();
  for (const name of reportsIn(cwd, folder)) {
    try {
      const { record } = await readReportAt(cwd, name);
      const why = whyNotDrawn(record);
      const run = JSON.stringify([record.startedAt, record.seed, record.durationMs]);
      if (why !== undefined) leftOut.push({ name, why });
      // A run that is there once more, as a baseline or an artifact.
      else if (!seen.has(run)) runs.push({ name, record: withoutEvidence(record) });
      seen.add(run);
    } catch (error) {
      leftOut.push({ name, why: messageOf(error) });
    }
  }
  return { runs, leftOut };
}

function whyNotDrawn(record: RunRecord): string | undefined {
  if (record.sabotage !== undefined) return 'the run was sabotaged, and has no score';
  if (Number.isNaN(Date.parse(record.startedAt))) return 'its start is not a date';
  return whyUnfinished(record);
}

/** Reports and zips in the folder, and a report.json in each of its folders. */
function reportsIn(cwd: string, folder: string): string[] {
  const kind = kindOf(cwd, folder);
  if (kind !== 'folder')
    throw new ChaosError('usage', kind === 'file' ? `${folder} is a file` : `there is no ${folder}`, {
      hint: 'name a folder with reports',
    });
  const found = readdirSync(resolve(cwd, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = join(folder, entry.name);
    if (entry.isDirectory()) return kindOf(cwd, join(name, 'report.json')) === 'file' ? [name] : [];
    return /\.(json|zip)$/i.test(entry.name) && entry.name !== 'badge.json' ? [name] : [];
  });
  if (found.length > mostReports)
    throw new ChaosError('usage', `${folder} has ${plural(found.length, 'report')}; ${mostReports} are the most`);
  return found.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}
