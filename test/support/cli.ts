import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { distPath } from '../../src/base/entries.ts';
import type { RunRecord } from '../../src/report/record.ts';

/** `chaos-action run` as a user starts it, in an empty folder; its exit code, what it printed, and its record if it wrote one. */
export async function runTool(
  args: readonly string[],
): Promise<{ code: number; stdout: string; stderr: string; record: RunRecord | undefined }> {
  const folder = mkdtempSync(join(tmpdir(), 'chaos-test-'));
  try {
    const result = await new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const options = { cwd: folder, maxBuffer: 64 * 1_024 * 1_024 };
      execFile(process.execPath, [distPath('cli.js'), 'run', ...args], options, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
      });
    });
    return { ...result, record: readRecord(join(folder, 'chaos-report', 'report.json')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readRecord(file: string): RunRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RunRecord;
  } catch {
    return undefined;
  }
}

/** The invariants that were violated, with their counts, over all scenarios. */
export function violated(record: RunRecord | undefined): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { violations } of record?.scenarios ?? [])
    for (const { invariant, count } of violations) counts[invariant] = (counts[invariant] ?? 0) + count;
  return counts;
}
