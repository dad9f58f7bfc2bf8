import { existsSync, realpathSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { ChaosError, type ExitCode, exitCodes } from '../base/error.ts';
import { suggest } from '../config/nearest.ts';
import { type FormatName, formatNames, reportFormats, runFormats } from '../report/formats.ts';
import { renderSummary } from '../report/table.ts';
import { claimFolder } from '../run/claim-folder.ts';
import { prepareReports, unwritable, writeWhole } from '../run/write-reports.ts';
import { type ReadReport, readReportAt } from './read-reports.ts';

export type ReportOptions = {
  readonly cwd: string;
  /** A report.json, a folder that has one, or the zip of an artifact. */
  readonly report: string;
  /** Names of formats. Without any: all that a run writes into `out`, and the text of the terminal without `out`. */
  readonly formats: readonly string[] | undefined;
  /** The folder to write to. */
  readonly out: string | undefined;
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
};

/** Renders a report once more, from its report.json alone: one format on stdout, or several into a folder. */
export async function reportCommand(options: ReportOptions, out: (text: string) => void): Promise<ExitCode> {
  const formats = options.formats?.map(formatNamed);
  const read = await readReportAt(options.cwd, options.report);
  if (options.out !== undefined) {
    for (const line of writeInto(options.out, read, formats ?? (Object.keys(runFormats) as FormatName[]), options))
      out(line);
    return exitCodes.pass;
  }
  const [format = 'text', ...more] = formats ?? [];
  if (more.length > 0)
    throw new ChaosError('usage', 'only one format can be printed on stdout', {
      hint: 'name a folder with --out, or one format',
    });
  out(
    format === 'text'
      ? renderSummary(read.record, { colour: options.colour, width: options.width })
      : reportFormats[format].render(read.record).replace(/\n$/, ''),
  );
  return exitCodes.pass;
}

function formatNamed(name: string): FormatName {
  const found = formatNames.find((one) => one === name);
  if (found === undefined)
    throw new ChaosError('usage', `there is no format "${name}"`, { hint: suggest(name, formatNames, 'formats') });
  return found;
}

/** One line for each file. The record itself is never written over: it may have been made by a later version, with fields that are not known here. */
function writeInto(
  folder: string,
  { record, path }: ReadReport,
  formats: readonly FormatName[],
  { cwd }: ReportOptions,
): string[] {
  const target = resolve(cwd, folder);
  prepareReports(target);
  const release = claimFolder(target);
  try {
    return formats.map((format) => {
      const { file, render } = reportFormats[format];
      const to = join(target, file);
      const shown = relative(cwd, to);
      if (existsSync(to) && realpathSync(to) === path) return `${shown} is the source, and stays as it is`;
      const text = render(record);
      try {
        writeWhole(to, text);
      } catch (error) {
        throw unwritable(folder, error);
      }
      return `wrote ${shown}`;
    });
  } finally {
    release();
  }
}
