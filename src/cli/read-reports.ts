import { closeSync, fstatSync, openSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ChaosError, messageOf } from '../base/error.ts';
import type { RunRecord } from '../model/record.ts';
import { mostReportBytes, mostZipBytes, readReport, readReportZip } from '../report/read.ts';

/** A record, and where it was read. */
export type ReadReport = {
  readonly record: RunRecord;
  /** As it was named, with `report.json` where a folder was. */
  readonly name: string;
  /** Absolute, without links. */
  readonly path: string;
};

const whatToName = 'name a report.json, the folder of a run, or the zip of an artifact';

/**
 * Reads the report that a user named: a report.json, the folder that has one, or an artifact as GitHub zips it. It may come from anybody:
 * its size is limited and it is checked against the schema. Throws ChaosError('usage') with the file for whatever is wrong with it.
 */
export async function readReportAt(cwd: string, named: string): Promise<ReadReport> {
  const kind = kindOf(cwd, named);
  if (kind === 'nothing') throw new ChaosError('usage', `there is no ${named}`, { hint: whatToName });
  const isFolder = kind === 'folder';
  const name = isFolder ? join(named, 'report.json') : named;
  if (isFolder && kindOf(cwd, name) === 'nothing')
    throw new ChaosError('usage', `there is no report.json in ${named}`, { hint: whatToName });
  const path = realpathSync(resolve(cwd, name));
  try {
    const isZip = /\.zip$/i.test(name);
    const bytes = readBounded(path, isZip ? mostZipBytes : mostReportBytes);
    return { record: isZip ? await readReportZip(bytes) : readReport(bytes), name, path };
  } catch (error) {
    throw new ChaosError('usage', messageOf(error), { hint: whatToName, location: { file: name }, cause: error });
  }
}

/** What a path leads to. Throws ChaosError('usage') for what is neither a file nor a folder, such as a pipe, which nothing may ever be written to. */
export function kindOf(cwd: string, name: string): 'file' | 'folder' | 'nothing' {
  const stat = statSync(resolve(cwd, name), { throwIfNoEntry: false });
  if (stat === undefined) return 'nothing';
  if (stat.isDirectory()) return 'folder';
  if (stat.isFile()) return 'file';
  throw new ChaosError('usage', `${name} is neither a file nor a folder`, { hint: whatToName });
}

/** The size is asked before anything is read. */
function readBounded(path: string, mostBytes: number): Uint8Array {
  const file = openSync(path, 'r');
  try {
    if (fstatSync(file).size > mostBytes)
      throw new ChaosError('report', `the file is larger than ${mostBytes / 1024 ** 2} MiB`);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}
