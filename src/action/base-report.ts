import { messageOf } from '../base/error.ts';
import { readReportZip } from '../report/read.ts';
import type { RunRecord } from '../report/record.ts';

/** An artifact of the repository, as GitHub lists it. */
export type ArtifactInfo = {
  readonly id: number;
  readonly name: string;
  readonly sizeInBytes: number;
  readonly expired: boolean;
  readonly createdAt: string | null;
  readonly runId: number | null;
  readonly headBranch: string | null;
  readonly headSha: string | null;
  readonly repositoryId: number | null;
  readonly headRepositoryId: number | null;
};

export type ArtifactSource = {
  /** Those of this name, newest first, a hundred a page; pages count from 1. */
  list(name: string, page: number): Promise<readonly ArtifactInfo[]>;
  /** The zip, of `mostZipBytes` at the most. */
  download(artifact: ArtifactInfo): Promise<Uint8Array>;
};

export type BaseReport =
  | { readonly kind: 'found'; readonly record: RunRecord; readonly runId: number; readonly sha: string | null }
  | { readonly kind: 'none'; readonly why: string };

const pageSize = 100;
const mostPages = 3;
/** Reports that are fetched in search of a good one. */
const mostTries = 5;

/**
 * The newest good report of a branch: whole, scored, of the same tiers and the same plan. Only runs of the repository itself count: a
 * fork may have a branch of the same name. Rejects with what the source rejects with while listing.
 */
export async function findBaseReport(options: {
  readonly source: ArtifactSource;
  readonly name: string;
  readonly branch: string;
  readonly currentRunId: number;
  /** The run that is to be compared. */
  readonly head: Pick<RunRecord, 'tiers' | 'plan'>;
}): Promise<BaseReport> {
  const { source, name, branch, currentRunId, head } = options;
  const rejected: string[] = [];
  let listed = 0;
  for (let page = 1; page <= mostPages; page++) {
    const artifacts = await source.list(name, page);
    listed += artifacts.length;
    for (const artifact of artifacts) {
      const { runId, headBranch, headSha, repositoryId, headRepositoryId } = artifact;
      if (artifact.name !== name || artifact.expired || headBranch !== branch) continue;
      if (runId === null || runId === currentRunId) continue;
      if (repositoryId === null || repositoryId !== headRepositoryId) continue;
      const read = await tryRead(source, artifact, head);
      if (typeof read !== 'string') return { kind: 'found', record: read, runId, sha: headSha };
      rejected.push(`run ${runId}: ${read}`);
      if (rejected.length === mostTries) return none(name, branch, rejected);
    }
    if (artifacts.length < pageSize) break;
  }
  if (rejected.length > 0) return none(name, branch, rejected);
  const others =
    listed === 0 ? '' : `; ${listed} artifacts of that name are of other branches, of forks, of this run or expired`;
  return { kind: 'none', why: `${branch} has no artifact named ${name} yet${others}` };
}

/** The record, or why it is not one to compare with. */
async function tryRead(
  source: ArtifactSource,
  artifact: ArtifactInfo,
  head: Pick<RunRecord, 'tiers' | 'plan'>,
): Promise<RunRecord | string> {
  try {
    const record = await readReportZip(await source.download(artifact));
    if (record.partial || record.error !== null) return 'the run broke off';
    if (record.score === null) return 'it has no score';
    const of = ({ tiers, plan }: Pick<RunRecord, 'tiers' | 'plan'>): string =>
      plan === null ? `tier ${tiers.join(', ')}` : `plan ${plan}`;
    return of(record) === of(head) ? record : `it is of ${of(record)}, not of ${of(head)}`;
  } catch (error) {
    return messageOf(error);
  }
}

function none(name: string, branch: string, rejected: readonly string[]): BaseReport {
  return { kind: 'none', why: `no report named ${name} of ${branch} can be compared with (${rejected.join('; ')})` };
}
