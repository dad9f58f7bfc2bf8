import { messageOf } from '../base/error.ts';
import type { RunRecord } from '../model/record.ts';
import type { Against } from '../report/step-summary.ts';
import { compareRounds } from '../score/compare.ts';
import { type ArtifactSource, findBaseReport } from './base-report.ts';

const dayMs = 86_400_000;
/** A base of this age or older may come from another runner image or other dependencies. */
const oldDays = 30;

/** Compares a run with the last good report of a branch, made of the same tiers. Never rejects: if it cannot compare, it answers with the reason. */
export async function compareWithBranch(
  source: ArtifactSource,
  record: RunRecord,
  {
    name,
    branch,
    runId,
    wallMs,
  }: { readonly name: string; readonly branch: string; readonly runId: number; readonly wallMs: number },
): Promise<Against> {
  if (record.error) return { kind: 'none', why: 'the run was interrupted' };
  try {
    const found = await findBaseReport({ source, name, branch, currentRunId: runId, head: record });
    if (found.kind === 'none') return found;
    const days = found.createdAt === null ? 0 : Math.floor((wallMs - Date.parse(found.createdAt)) / dayMs);
    const label = [
      `${branch} at ${found.sha?.slice(0, 7) ?? 'an unknown commit'}, run ${found.runId}`,
      ...(found.record.verdict === 'fail' ? ['which failed'] : []),
      ...(days >= oldDays ? [`${days} days ago`] : []),
    ].join(', ');
    const warning =
      days >= oldDays
        ? `the newest report of ${branch} that can be compared with is ${days} days old (run ${found.runId}): a schedule or a run on each push makes newer ones`
        : undefined;
    return { kind: 'base', label, warning, comparison: compareRounds([found.record], [record]) };
  } catch (error) {
    const refused = /not accessible by integration/i.test(messageOf(error));
    const hint = refused ? ': the token needs the permission "actions: read"' : '';
    return { kind: 'none', why: `the reports of ${branch} could not be looked at (${messageOf(error)})${hint}` };
  }
}
