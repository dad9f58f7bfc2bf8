import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';
import { z } from 'zod';
import { formatCount } from '../base/count.ts';
import { ChaosError, messageOf } from '../base/error.ts';
import type { RunRecord } from '../model/record.ts';
import { plain } from './escape.ts';
import { runRecordSchema } from './schema.ts';

const mebibyte = 1_024 ** 2;
/** An artifact holds logs and metrics besides the report. */
export const mostZipBytes = 64 * mebibyte;
/** Each second of a run is a window of about 480 bytes: 19 hours. */
export const mostReportBytes = 32 * mebibyte;
const mostEntries = 10_000;

/** A report has 8 levels, and a repeated scenario one more: deeper nesting costs a parser fifty times its own size. */
const mostLevels = 32;
/** The cost of parsing depends on the number of values, not of bytes. A report of 32 MiB has 850,000 values, 12 for each window. */
const mostValues = 1_000_000;

/**
 * More than any run makes, and few enough to render: a section for each scenario, a line for each violation with the command that repeats
 * it. The schema does not have these limits, since more is not wrong.
 */
const most = {
  scenarios: 200,
  violations: 100,
  /** As many as there may be values: they are pooled where they are shown. */
  windows: mostValues,
  /** Items of any other list. */
  items: 1_000,
  /** Entries of an object: facts, figures, parameters. */
  entries: 200,
  /** The last lines of a node that ended are 64 KiB at most. */
  characters: 100_000,
} as const;

/** Problems of a report that are listed at most. */
const mostProblems = 3;

/**
 * The record in the artifact of a run: `report.json` in its zip. Meant for zips from anybody: whatever is wrong with one is a
 * ChaosError('report'). The texts in the record may still hold anything; renderers escape them.
 */
export async function readReportZip(zip: Uint8Array): Promise<RunRecord> {
  if (zip.byteLength > mostZipBytes) throw tooLarge('the zip', mostZipBytes);
  return readReport(await unzip(zip, 'report.json'));
}

/** The record in the bytes of a report.json, checked as that of `readReportZip`. */
export function readReport(json: Uint8Array): RunRecord {
  if (json.byteLength > mostReportBytes) throw tooLarge('report.json', mostReportBytes);
  measure(json);
  const value = parse(json);
  checkSize(value, '', '');
  return validated(value);
}

async function unzip(zip: Uint8Array, name: string): Promise<Uint8Array> {
  try {
    const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
    const file = await fromBufferPromise(bytes);
    if (file.entryCount > mostEntries) throw refused(`the zip has more than ${formatCount(mostEntries)} entries`);
    for await (const entry of file.eachEntry()) {
      if (entry.fileName !== name) continue;
      if (!entry.canDecodeFileData()) throw refused(`${name} is packed in a way that is not understood`);
      const { fileDataStart } = await file.readLocalFileHeaderPromise(entry, { minimal: true });
      const packed = bytes.subarray(fileDataStart, fileDataStart + entry.compressedSize);
      const content = entry.isCompressed() ? await inflate(packed, name) : packed;
      if (crc32(content) !== entry.crc32) throw refused(`${name} is damaged`);
      return content;
    }
  } catch (error) {
    if (error instanceof ChaosError) throw error;
    throw refused(`the zip cannot be read: ${plain(messageOf(error))}`, error);
  }
  throw refused(`the zip has no ${name}`);
}

/** Does not trust the size that the zip claims: it stops when more bytes come out than a report may have. */
async function inflate(packed: Uint8Array, name: string): Promise<Uint8Array> {
  try {
    return await promisify(inflateRaw)(packed, { maxOutputLength: mostReportBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(name, mostReportBytes);
    throw error;
  }
}

/** Counts levels and values in one pass over the text, before anything is built of it. */
function measure(json: Uint8Array): void {
  const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
  const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];
  let level = 0;
  let values = 1;
  let isText = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (byte === quote) isText = !isText;
    else if (isText && byte === backslash) at++;
    else if (isText) continue;
    else if (byte === comma) values++;
    else if (byte === openList || byte === openObject) {
      values++;
      level++;
      if (level > mostLevels) throw refused(`report.json is nested more than ${mostLevels} levels deep`);
    } else if (byte === closeList || byte === closeObject) level--;
    if (values > mostValues) throw refused(`report.json has more than ${formatCount(mostValues)} values`);
  }
}

function parse(json: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch (error) {
    throw refused(`report.json is not JSON: ${plain(messageOf(error), 200)}`, error);
  }
}

/** Runs before the schema, which looks at all keys of an object. `key` is the last part of `path`. */
function checkSize(value: unknown, path: string, key: string): void {
  const hold = (size: number, limit: number, what: string): void => {
    if (size <= limit) return;
    const where = path === '' ? 'report.json' : `${plain(path, 200)} in report.json`;
    throw refused(`${where} has more than ${formatCount(limit)} ${what}`);
  };
  if (typeof value === 'string') hold(value.length, most.characters, 'characters');
  if (typeof value !== 'object' || value === null) return;
  const entries = Object.entries(value);
  if (Array.isArray(value)) hold(entries.length, mostItems(key), 'items');
  else hold(entries.length, most.entries, 'entries');
  for (const [name, inner] of entries) {
    hold(name.length, most.characters, 'characters in a name');
    checkSize(inner, path === '' ? name : `${path}.${name}`, name);
  }
}

function mostItems(list: string): number {
  return list === 'scenarios' || list === 'violations' || list === 'windows' ? most[list] : most.items;
}

function validated(value: unknown): RunRecord {
  // Unlike parse, it stops at the first problem; there may be a million.
  if (runRecordSchema.validate(value)) return runRecordSchema.parse(value);
  const version = z.looseObject({ schemaVersion: z.unknown() }).safeParse(value).data?.schemaVersion;
  if (typeof version === 'number' && version !== 1)
    throw refused(`report.json has schema version ${version}; this is a reader of version 1`);
  const issues = runRecordSchema.safeParse(shortened(value)).error?.issues ?? [];
  const problems = issues.slice(0, mostProblems).map(({ path, message }) => {
    const where = plain(z.core.toDotPath(path), 200);
    return { message: where === '' ? message : `${where}: ${message}` };
  });
  const more = issues.length > problems.length ? ['and more'] : [];
  const told = [...problems.map(({ message }) => message), ...more].join('; ');
  throw new ChaosError(
    'report',
    `report.json does not follow its schema${told === '' ? ', in what follows the first items of a list' : `: ${told}`}`,
    { problems },
  );
}

/** With the first items of each list: enough to say what is wrong with them. */
function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 10).map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortened(inner)]));
}

function tooLarge(what: string, limitBytes: number): ChaosError {
  return refused(`${what} is larger than ${limitBytes / mebibyte} MiB`);
}

function refused(message: string, cause?: unknown): ChaosError {
  return new ChaosError('report', message, cause === undefined ? {} : { cause });
}
