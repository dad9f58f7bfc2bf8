import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from '@jest/globals';
import { reportFiles } from '../../src/action/report-files.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const temporary = temporaryFolders();

function report(folder: string): void {
  mkdirSync(join(folder, 'logs'), { recursive: true });
  mkdirSync(join(folder, 'metrics'));
  for (const name of ['report.json', 'report.md', 'report.html', 'junit.xml', 'badge.json'])
    writeFileSync(join(folder, name), name);
  for (const name of ['build.log', 'node1.log', 'node1.from-33554432.log'])
    writeFileSync(join(folder, 'logs', name), name);
  writeFileSync(join(folder, 'metrics', 'node1.jsonl'), '{}\n');
}

function taken(folder: string) {
  const { files, leftOut } = reportFiles(folder);
  return { files: files.map((file) => relative(folder, file)).sort(), leftOut };
}

const own = [
  'badge.json',
  'junit.xml',
  'logs/build.log',
  'logs/node1.from-33554432.log',
  'logs/node1.log',
  'metrics/node1.jsonl',
  'report.html',
  'report.json',
  'report.md',
];

test('all that the tool writes is uploaded, and the reports of each round', () => {
  const folder = temporary();
  report(folder);
  for (const round of ['base-1', 'head-1', 'base-2', 'head-2']) report(join(folder, round));
  const rounds = ['base-1', 'base-2', 'head-1', 'head-2'];
  expect(taken(folder)).toEqual({
    files: [...own, ...rounds.flatMap((round) => own.map((name) => join(round, name)))].sort(),
    leftOut: 0,
  });
});

test('a report that is still being written is not: its file has another name', () => {
  const folder = temporary();
  report(folder);
  writeFileSync(join(folder, 'report.json.part'), '{');
  expect(taken(folder)).toEqual({ files: own, leftOut: 0 });
});

test('what a broker puts beside it is left where it is, and counted', () => {
  const folder = temporary();
  const outside = temporary();
  writeFileSync(join(outside, 'key.log'), 'a secret of the machine');
  report(folder);
  // Links to a file, to a folder, and to the folder itself, which a walk would follow for ever.
  symlinkSync(join(outside, 'key.log'), join(folder, 'logs', 'node2.log'));
  linkSync(join(outside, 'key.log'), join(folder, 'logs', 'node3.log'));
  symlinkSync(outside, join(folder, 'base-1'));
  symlinkSync(folder, join(folder, 'logs', 'again'));
  // Names that the artifact service refuses, and with them the whole upload.
  writeFileSync(join(folder, 'logs', 'a:b.log'), '');
  writeFileSync(join(folder, 'core'), '');
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'data', 'report.json'), '');
  expect(taken(folder)).toEqual({ files: own, leftOut: 7 });
});

test('a folder of logs that is a link is not followed', () => {
  const folder = temporary();
  const outside = temporary();
  writeFileSync(join(outside, 'secret.log'), '');
  symlinkSync(outside, join(folder, 'logs'));
  writeFileSync(join(folder, 'report.json'), '{}');
  expect(taken(folder)).toEqual({ files: ['report.json'], leftOut: 1 });
});
