import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ChaosError, type ExitCode, exitCodes, messageOf } from '../base/error.ts';
import { suggest } from '../config/nearest.ts';
import { code, note, own, type PlainBlock, say, table } from '../report/document.ts';
import { scopeText } from '../report/format.ts';
import { printText } from '../report/print-text.ts';
import { scoreText } from '../report/sections/comparison.ts';
import { unwritable } from '../run/write-reports.ts';
import { compareRounds, type Scored } from '../score/compare.ts';
import { type ComparisonView, compareReports, likeForLike, readSide } from './compare.ts';
import { kindOf, type ReadReport, readReportAt } from './read-reports.ts';

type Place = {
  readonly cwd: string;
  /** Where the baselines are, relative to `cwd`. */
  readonly folder: string;
};

export type SaveOptions = Place & {
  readonly name: string;
  readonly reports: readonly string[];
  readonly force: boolean;
};

export type CompareBaselineOptions = Place &
  ComparisonView & { readonly name: string; readonly reports: readonly string[] };

export type ListBaselinesOptions = Place & { readonly json: boolean; readonly colour: boolean; readonly width: number };

/** A name is part of a file's name: it cannot lead out of the folder, hide, or have the mark that parts the runs of one baseline. */
const names = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
/** `main.json`, or `main@1.json` and `main@2.json` of a baseline of two runs. */
const fileNames = /^([A-Za-z0-9][A-Za-z0-9._-]{0,63}?)(?:@(\d{1,3}))?\.json$/;

/** Keeps the records of one or more runs under a name. Throws ChaosError('usage') if the name is taken, unless `force` is given. */
export async function saveBaseline(options: SaveOptions, out: (line: string) => void): Promise<ExitCode> {
  const { cwd, folder, name, reports, force } = options;
  checkName(name);
  const runs = await readSide(cwd, reports);
  likeForLike(runs);
  const before = filesOf(options, name);
  if (before.length > 0 && !force)
    throw new ChaosError('usage', `there is a baseline ${name} already`, {
      hint: '--force replaces it',
      location: { file: before[0] ?? folder },
    });
  for (const file of before) await checkReplaceable(cwd, file);
  const written = replace(options, before, runs);
  out(`saved ${written.join(', ')}`);
  return exitCodes.pass;
}

/** Prints the baselines of a folder, each with its score. */
export async function listBaselines(options: ListBaselinesOptions, out: (line: string) => void): Promise<ExitCode> {
  const { folder, json, colour, width } = options;
  const baselines: Summary[] = [];
  for (const name of namesIn(options)) baselines.push(await summaryOf(options, name));
  if (json) out(JSON.stringify({ folder, baselines }, null, 2));
  else if (baselines.length === 0) out(`there is no baseline in ${folder}`);
  else out(printText(listBlocks(baselines), { colour, width }));
  return exitCodes.pass;
}

/** Compares runs with a baseline; resolves with 1 for a regression, with 2 if it cannot be decided. */
export async function compareWithBaseline(
  options: CompareBaselineOptions,
  out: (line: string) => void,
): Promise<ExitCode> {
  const { cwd, folder, name, reports } = options;
  checkName(name);
  const files = filesOf(options, name);
  if (files.length === 0)
    throw new ChaosError('usage', `there is no baseline ${name} in ${folder}`, {
      hint: suggest(name, namesIn(options), 'baselines'),
    });
  return compareReports(await readSide(cwd, files), await readSide(cwd, reports), options, out);
}

function checkName(name: string): void {
  if (!names.test(name))
    throw new ChaosError('usage', `"${name}" cannot be the name of a baseline`, {
      hint: 'up to 64 letters, digits, dots, hyphens and underscores, a letter or a digit first',
    });
}

/** The files of a baseline, as they are named on the command line, in the order of their runs. */
function filesOf(place: Place, name: string): string[] {
  return entriesOf(place)
    .filter((entry) => entry.name === name)
    .sort((a, b) => a.run - b.run)
    .map(({ file }) => join(place.folder, file));
}

function namesIn(place: Place): string[] {
  return [...new Set(entriesOf(place).map(({ name }) => name))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
}

function entriesOf({ cwd, folder }: Place): { readonly name: string; readonly run: number; readonly file: string }[] {
  const kind = kindOf(cwd, folder);
  if (kind === 'nothing') return [];
  if (kind === 'file') throw new ChaosError('usage', `${folder} is a file`, { hint: 'name a folder with --folder' });
  return readdirSync(resolve(cwd, folder)).flatMap((file) => {
    const [, name, run = '0'] = fileNames.exec(file) ?? [];
    return name === undefined ? [] : [{ name, run: Number(run), file }];
  });
}

/** What is there under a name may be something else, such as a package.json. */
async function checkReplaceable(cwd: string, file: string): Promise<void> {
  const hint = 'remove it yourself, or save under another name';
  if (!lstatSync(resolve(cwd, file)).isFile())
    throw new ChaosError('usage', `${file} is not a plain file, and is not replaced`, { hint });
  try {
    await readReportAt(cwd, file);
  } catch (error) {
    throw new ChaosError('usage', `${file} is not a report, and is not replaced: ${messageOf(error)}`, { hint });
  }
}

/** Everything is written before anything is removed: a full disk costs no baseline. */
function replace({ cwd, folder, name }: SaveOptions, before: readonly string[], runs: readonly ReadReport[]): string[] {
  const files = runs.map((_, index) => join(folder, runs.length === 1 ? `${name}.json` : `${name}@${index + 1}.json`));
  const partOf = (file: string): string => `${resolve(cwd, file)}.part`;
  try {
    mkdirSync(resolve(cwd, folder), { recursive: true });
    for (const [index, file] of files.entries())
      writeFileSync(partOf(file), `${JSON.stringify(runs[index]?.record, null, 2)}\n`);
    for (const file of before) rmSync(resolve(cwd, file));
    for (const file of files) renameSync(partOf(file), resolve(cwd, file));
  } catch (error) {
    for (const file of files) rmSync(partOf(file), { force: true });
    throw unwritable(folder, error);
  }
  return files;
}

type Summary = {
  readonly name: string;
  readonly files: readonly string[];
} & (
  | { readonly error: string }
  | ({ readonly broker: string; readonly scope: string; readonly startedAt: string } & Scored)
);

async function summaryOf(place: Place, name: string): Promise<Summary> {
  const files = filesOf(place, name);
  try {
    const runs = await readSide(place.cwd, files);
    const records = runs.map(({ record }) => record);
    const last = records.at(-1);
    if (last === undefined) throw new ChaosError('internal', 'a baseline has a file');
    const { verdict, score, interval } = compareRounds(records, records).total.base;
    const startedAt =
      records
        .map((record) => record.startedAt)
        .sort()
        .at(-1) ?? '';
    return { name, files, broker: last.broker.name, scope: scopeText(last), startedAt, verdict, score, interval };
  } catch (error) {
    return { name, files, error: messageOf(error) };
  }
}

function listBlocks(baselines: readonly Summary[]): PlainBlock[] {
  const unreadable = baselines.flatMap((one) =>
    'error' in one ? [say`${one.name} cannot be read: ${one.error}`] : [],
  );
  const rows = baselines.flatMap((one) => {
    if ('error' in one) return [];
    const { name, files, broker, scope, startedAt, verdict } = one;
    return [
      [
        code(name),
        own(files.length),
        say`${broker}`,
        say`${scope}`,
        say`${startedAt}`,
        own(verdict),
        own(scoreText(one)),
      ],
    ];
  });
  const heads = ['broker', 'tier or plan', 'started', 'verdict', 'score'].map((head) => ({ head }));
  return [
    ...(rows.length === 0 ? [] : [table([{ head: 'baseline' }, { head: 'runs', kind: 'number' }, ...heads], rows)]),
    ...unreadable.map(note),
  ];
}
