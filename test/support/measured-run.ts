import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunRecord } from '../../src/model/record.ts';
import { runTool, type ToolResult } from './tool.ts';

/** `chaos-action run` in an empty folder, with the record that it wrote, if it wrote one. */
export async function measuredRun(
  ...args: readonly string[]
): Promise<ToolResult & { readonly record: RunRecord | undefined }> {
  const folder = mkdtempSync(join(tmpdir(), 'chaos-test-'));
  try {
    return {
      ...(await runTool(folder, 'run', ...args)),
      record: readRecord(join(folder, 'chaos-report', 'report.json')),
    };
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
