import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { distPath } from '../../src/base/entries.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const temporary = temporaryFolders();
const root = join(distPath('.'), '..');

/** Nothing is fetched: a package that needs another one cannot be installed so. */
test('the package from npm is the bundle alone: it installs without the network and runs at once', () => {
  const folder = temporary();
  const npm = (...args: readonly string[]): string =>
    execFileSync('npm', [...args, '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: root, encoding: 'utf8' });
  const [{ filename, size }] = JSON.parse(npm('pack', '--json', '--pack-destination', folder));
  npm('install', '--offline', '--prefix', folder, join(folder, filename));
  expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['chaos-action']);
  expect(size).toBeLessThan(3_000_000);
  const program = join(folder, 'node_modules', '.bin', 'chaos-action');
  expect(execFileSync(program, ['list'], { cwd: folder, encoding: 'utf8' })).toContain('tier basic');
  expect(execFileSync(program, ['validate'], { cwd: folder, encoding: 'utf8' })).toContain('is valid');
});

test('dist/ holds the licence of each package in it, or says which has none', () => {
  const text = readFileSync(distPath('LICENSES.txt'), 'utf8');
  const without = [...text.matchAll(/((?:^\S+ \S+ \(.*\)\n)+)\nThe package has no licence text; it says (.*)\.$/gm)];
  expect(without.map(([, packages = '', licence]) => [packages.trim().replaceAll(/ \S+ /g, ' '), licence])).toEqual([
    ['@assemblyscript/loader (Apache-2.0)', 'Apache-2.0'],
    ['@nodable/entities (MIT)', 'MIT'],
  ]);
});
