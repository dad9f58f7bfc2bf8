import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ChaosError } from '../../src/base/error.ts';
import { prepareReports, rescueReports, writeReports } from '../../src/run/write-reports.ts';
import { rejection } from '../support/eventually.ts';
import { passingRun } from '../support/records.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const temporary = temporaryFolders();
const thrown = (action: () => void) => rejection(Promise.resolve().then(action));

describe('reports', () => {
  test('are written into a folder that is made for them', () => {
    const folder = join(temporary(), 'a', 'b');
    const record = passingRun();
    writeReports(record, folder);
    expect(readdirSync(folder).sort()).toEqual(['badge.json', 'junit.xml', 'report.html', 'report.json', 'report.md']);
    expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toEqual(record);
    expect(readFileSync(join(folder, 'report.md'), 'utf8')).toContain('# ');
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toMatch(/^<!doctype html>/);
    expect(readFileSync(join(folder, 'junit.xml'), 'utf8')).toContain('<testsuites ');
    expect(JSON.parse(readFileSync(join(folder, 'badge.json'), 'utf8'))).toMatchObject({ schemaVersion: 1 });
  });

  test('replace those of before', () => {
    const folder = temporary();
    writeReports({ ...passingRun(), seed: 'first' }, folder);
    writeReports({ ...passingRun(), seed: 'second' }, folder);
    expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toMatchObject({ seed: 'second' });
  });

  test('a folder that can not be: what is in the way and what to do', async () => {
    const file = join(temporary(), 'a-file');
    writeFileSync(file, '');
    for (const attempt of [writeReports.bind(undefined, passingRun(), file), prepareReports.bind(undefined, file)]) {
      const error = await thrown(attempt);
      expect(error).toBeInstanceOf(ChaosError);
      expect(error).toMatchObject({
        code: 'report',
        exitCode: 4,
        message: `the reports could not be written to ${file}: a part of that path is a file`,
        hint: 'make room or choose another folder with --out',
      });
    }
  });

  test('one that cannot be written leaves no piece of itself', async () => {
    const folder = temporary();
    writeReports({ ...passingRun(), seed: 'first' }, folder);
    rmSync(join(folder, 'report.md'));
    mkdirSync(join(folder, 'report.md', 'in the way'), { recursive: true });
    expect(await thrown(() => writeReports({ ...passingRun(), seed: 'second' }, folder))).toMatchObject({
      code: 'report',
    });
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('a folder that can be written to is prepared and left empty', () => {
    const folder = join(temporary(), 'new');
    prepareReports(folder);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('what was measured is kept in a folder of its own when its place takes nothing', () => {
    const record = passingRun();
    const folder = rescueReports(record);
    try {
      expect(JSON.parse(readFileSync(join(folder ?? '', 'report.json'), 'utf8'))).toEqual(record);
    } finally {
      if (folder !== undefined && existsSync(folder)) rmSync(folder, { recursive: true });
    }
  });
});
