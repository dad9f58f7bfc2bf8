import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChaosError, messageOf } from '../base/error.ts';
import type { RunRecord } from '../model/record.ts';
import { runFormats } from '../report/formats.ts';
import type { Comparison } from '../score/compare.ts';

/**
 * Writes every report of `record` into `folder`, those that hold all of it first. Each appears whole or not at all. Throws
 * ChaosError('report').
 */
export function writeReports(record: RunRecord, folder: string, comparison?: Comparison): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const { file, render } of Object.values(runFormats))
      writeWhole(join(folder, file), render(record, comparison));
  } catch (error) {
    throw unwritable(folder, error);
  }
}

/** Makes sure, before anything is started, that reports can be written into `folder`. Throws ChaosError('report') when not. */
export function prepareReports(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    // Not empty: a full disk still takes the name of a file.
    writeWhole(join(folder, '.writable'), 'the reports of chaos-action go here\n');
    rmSync(join(folder, '.writable'));
  } catch (error) {
    throw unwritable(folder, error);
  }
}

/** Where what was measured is put when its own folder takes nothing any more; undefined when there is no room there either. */
export function rescueReports(record: RunRecord): string | undefined {
  try {
    const folder = mkdtempSync(join(tmpdir(), 'chaos-report-'));
    writeReports(record, folder);
    return folder;
  } catch {
    return undefined;
  }
}

/** Writes a file that appears whole or not at all. */
export function writeWhole(file: string, text: string): void {
  try {
    writeFileSync(`${file}.part`, text);
    renameSync(`${file}.part`, file);
  } catch (error) {
    rmSync(`${file}.part`, { force: true });
    throw error;
  }
}

/** Why nothing can be written into `folder`. */
export function unwritable(folder: string, error: unknown): ChaosError {
  return new ChaosError('report', `the reports could not be written to ${folder}: ${reason(error)}`, {
    hint: 'make room or choose another folder with --out',
    cause: error,
  });
}

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC') return 'no space left on the device';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'EROFS') return 'the file system is read-only';
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'a part of that path is a file';
  return messageOf(error);
}
