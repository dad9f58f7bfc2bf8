import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ChaosError, type Problem } from '../../src/base/error.ts';

/** A folder of its own with the given files; `remove` takes it away. */
export function workspace(files: Readonly<Record<string, string>> = {}): {
  readonly folder: string;
  write(name: string, text: string): string;
  remove(): void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'chaos-config-'));
  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return { folder, write, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The problems that an action ends with; none if it succeeds. */
export function problemsOf(action: () => unknown): readonly Problem[] {
  try {
    action();
    return [];
  } catch (error) {
    if (error instanceof ChaosError && error.code === 'config') return error.problems;
    throw error;
  }
}

/** `file:line  message | hint`, the way the tests compare problems. */
export function brief(problems: readonly Problem[]): string[] {
  return problems.map(({ location, message, hint }) => {
    const place =
      location === undefined
        ? ''
        : `${[location.file, location.line].filter((part) => part !== undefined).join(':')}  `;
    return `${place}${message}${hint === undefined ? '' : ` | ${hint}`}`;
  });
}
