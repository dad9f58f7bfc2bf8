import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { distPath } from '../base/entries.ts';

/**
 * The folder of what ships with the tool. Code that runs from its sources takes the folder at the top of the repository, since
 * dist/ may be older than an edited preset or scenario.
 */
export function shippedFolder(name: 'brokers' | 'scenarios' | 'selftest'): string {
  const here = fileURLToPath(import.meta.url);
  return here.endsWith('.ts') ? join(dirname(here), '..', '..', name) : distPath(name);
}

/** Names of the presets, without `.yml`. */
export function presetNames(folder: string = shippedFolder('brokers')): string[] {
  return namesIn(folder);
}

/** A preset's name and what it is, which is the first comment of its file. */
export function presetSummaries(folder: string = shippedFolder('brokers')): { name: string; summary: string }[] {
  return presetNames(folder).map((name) => {
    const first = readFileSync(join(folder, `${name}.yml`), 'utf8').split('\n', 1)[0] ?? '';
    return { name, summary: first.startsWith('#') ? first.replace(/^#+\s*/, '') : '' };
  });
}

/** The folder of the plans that ship. */
export function plansFolder(): string {
  return join(shippedFolder('scenarios'), 'plans');
}

/** Names of the plans of a folder, without `.yml`. */
export function planNames(folder: string = plansFolder()): string[] {
  return namesIn(folder);
}

function namesIn(folder: string): string[] {
  return yamlFiles(folder).map((file) => basename(file).replace(/\.ya?ml$/, ''));
}

/** The YAML files of a folder, in order of name; none if there is no such folder. */
export function yamlFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(folder, entry.name))
    .sort();
}
