import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export type ReportFiles = {
  /** Paths of the files to upload. */
  readonly files: readonly string[];
  /** How many entries of the folder are not uploaded: links, other folders, files with names that this tool does not give. */
  readonly leftOut: number;
};

const reports = ['report.json', 'report.md', 'report.html', 'junit.xml', 'badge.json'];
/** `node1.from-33554432.log` is a part of a long log. */
const logs = /^[\w-]+(?:\.from-\d+)?\.log$/;
const metrics = /^[\w-]+\.jsonl$/;
/** The folders of `compare: merge-base`, each with its own report. */
const round = /^(?:base|head)-\d+$/;

/**
 * The files of a report that this tool has written. A broker or a build may have put anything into the folder: a link to a file or a
 * folder of the machine, a link to itself, a name that the artifact service refuses. Such entries are neither followed nor uploaded.
 */
export function reportFiles(folder: string): ReportFiles {
  const files: string[] = [];
  let leftOut = 0;
  const take = (path: string, isOwn: boolean): void => {
    if (isOwn && isRegularFile(path)) files.push(path);
    else leftOut++;
  };
  const takeReport = (report: string, mayHoldRounds: boolean): void => {
    for (const name of entriesOf(report)) {
      const path = join(report, name);
      if (!isRealFolder(path)) take(path, reports.includes(name));
      else if (name === 'logs') for (const log of entriesOf(path)) take(join(path, log), logs.test(log));
      else if (name === 'metrics') for (const file of entriesOf(path)) take(join(path, file), metrics.test(file));
      else if (mayHoldRounds && round.test(name)) takeReport(path, false);
      else leftOut++;
    }
  };
  takeReport(folder, true);
  return { files, leftOut };
}

function entriesOf(folder: string): string[] {
  return readdirSync(folder).filter((name) => !name.endsWith('.part') && name !== '.run');
}

/** A file with more than one name (a hard link) may be a file of the machine under a name of ours. */
function isRegularFile(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isFile() === true && stat.nlink === 1;
}

function isRealFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
