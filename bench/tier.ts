import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { distPath } from '../src/base/entries.ts';
import type { RunRecord } from '../src/model/record.ts';
import type { BenchRow } from './row.ts';

/** The wall clock of the basic tier on the embedded cluster, from the shell, over the sum of its phases. */
export async function benchTier(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'chaos-bench-'));
  try {
    const startMs = performance.now();
    const exit = await promisify(execFile)(
      process.execPath,
      [distPath('cli.js'), 'run', '--broker', 'embedded', '--out', folder],
      { cwd: folder },
    ).then(
      () => 0,
      (error: { code: number }) => error.code,
    );
    const wallMs = performance.now() - startMs;
    const record = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as RunRecord;
    const phasesMs = record.scenarios
      .flatMap(({ phases }) => phases)
      .reduce((sum, { startMs: from, endMs: to }) => sum + to - from, 0);
    const ratio = wallMs / phasesMs;
    return [
      {
        name: `basic tier, embedded cluster, exit code ${exit}, verdict ${record.verdict}`,
        value: wallMs / 1_000,
        unit: 's',
        aim: 'under 120',
        met: wallMs < 120_000,
      },
      {
        name: 'its wall clock over the sum of its phases',
        value: ratio,
        unit: 'ratio',
        aim: 'at most 1.2',
        met: ratio <= 1.2,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
