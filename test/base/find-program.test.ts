import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { findProgram } from '../../src/base/find-program.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const temporary = temporaryFolders();

function program(folder: string, name: string, mode = 0o755): string {
  const file = join(folder, name);
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, mode);
  return file;
}

test('a name is looked for in the folders of PATH, in their order', () => {
  const [first, second] = [temporary(), temporary()];
  const inSecond = program(second, 'broker');
  expect(findProgram('broker', `${first}:${second}`)).toBe(inSecond);
  const inFirst = program(first, 'broker');
  expect(findProgram('broker', `${first}:${second}`)).toBe(inFirst);
});

test('a file that cannot be executed, a folder and an empty entry of PATH are no programs', () => {
  const folder = temporary();
  program(folder, 'notes', 0o644);
  mkdirSync(join(folder, 'sub'));
  for (const name of ['notes', 'sub', 'absent']) expect(findProgram(name, `:${folder}`)).toBeUndefined();
});

test('a whole path is looked for where it says', () => {
  const file = program(temporary(), 'broker');
  expect(findProgram(file, '')).toBe(file);
  expect(findProgram(`${file}-2`, '')).toBeUndefined();
});
