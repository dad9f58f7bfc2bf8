import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { distPath } from '../src/base/entries.ts';
import type { BenchRow } from './row.ts';

const starts = 15;

/**
 * How soon the Action says its first word, copied alone into an empty folder as a runner has it, beside what Node itself takes to start.
 * CHAOS_NODE names another Node to start it with, such as the 24 that GitHub uses.
 */
export async function benchAction(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'chaos-bench-'));
  try {
    const dist = join(folder, 'dist');
    cpSync(dirname(distPath('cli.js')), dist, { recursive: true });
    const node = process.env.CHAOS_NODE ?? process.execPath;
    const action: number[] = [];
    const bare: number[] = [];
    // In turn, so that a busy moment of the machine hits both.
    for (let i = 0; i < starts; i++) {
      action.push(await firstWordMs(node, [join(dist, 'index.js')], folder));
      bare.push(await firstWordMs(node, ['-e', 'console.log(1)'], folder));
    }
    const first = median(action);
    const megabytes = sizeOf(dist) / 1e6;
    return [
      {
        name: `start of the Action to its first log line, median of ${starts}`,
        value: first,
        unit: 'ms',
        aim: 'under 250 on Node 24',
        met: first < 250,
      },
      { name: 'the same over the start of Node alone', value: first / median(bare), unit: 'ratio' },
      { name: 'dist/', value: megabytes, unit: 'MB', aim: 'under 6', met: megabytes < 6 },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** An input that is not a number ends the step as soon as it has begun. */
function firstWordMs(node: string, args: readonly string[], cwd: string): Promise<number> {
  const startMs = performance.now();
  const child = spawn(node, args, { cwd, env: { PATH: process.env.PATH, INPUT_NODES: 'none' } });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    let ms = Number.NaN;
    child.stdout.once('data', () => {
      ms = performance.now() - startMs;
    });
    child.once('close', () => resolve(ms));
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function sizeOf(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
