import { formatCount } from '../base/count.ts';
import { messageOf } from '../base/error.ts';
import type { RunRecord } from '../model/record.ts';
import { plain } from '../report/escape.ts';
import { mostZipBytes, readReportZip } from '../report/read.ts';
import { differenceOf, type Identity, whyUnfinished } from '../score/comparable.ts';

/** The requests to GitHub: `GET /repos/{owner}/{repo}/actions/artifacts` and `.../{artifact_id}/zip`. */
export type ArtifactSource = {
  /** Artifacts with this name, newest first, 100 a page; the first page is 1. */
  list(name: string, page: number): Promise<readonly ArtifactInfo[]>;
  /** Its zip. */
  download(id: number): Promise<Uint8Array>;
};

/** As GitHub answers: any field about the run may be missing. */
export type ArtifactInfo = {
  readonly id: number;
  readonly name: string;
  readonly sizeInBytes: number;
  readonly expired: boolean;
  /** ISO 8601. */
  readonly createdAt: string | null;
  readonly runId: number | null;
  readonly headBranch: string | null;
  readonly headSha: string | null;
  readonly repositoryId: number | null;
  readonly headRepositoryId: number | null;
};

export type BaseReport =
  | {
      readonly kind: 'found';
      readonly record: RunRecord;
      readonly runId: number;
      readonly sha: string | null;
      readonly createdAt: string | null;
    }
  | { readonly kind: 'none'; readonly why: string };

const pageLength = 100;
/** Artifacts that are looked at: a month of nightly and weekly reports may lie between two of a tier that runs on each push. */
const defaultTries = 40;
const mostPages = 3;
/** Reasons that are listed; the others are counted. */
const mostReasons = 5;

/**
 * The newest good report of a branch: of a complete run with a score. Only runs on the repository's own branch count, since a fork may have a
 * branch of the same name. If there is none, one sentence says what was looked at, including failed requests and unreadable reports. Throws
 * only the reason of the signal.
 */
export async function findBaseReport(options: {
  readonly source: ArtifactSource;
  /** The artifact's name, the same for each run of the same job. */
  readonly name: string;
  readonly branch: string;
  /** The run itself: an earlier attempt of it cannot be its base. */
  readonly currentRunId: number;
  /** Artifacts that are downloaded at most. */
  readonly mostTries?: number;
  readonly signal?: AbortSignal;
  /** The run that is to be compared. The base must be of the same broker, as configured, and of the same tiers or plan. */
  readonly head?: Identity;
}): Promise<BaseReport> {
  const { source, name, branch, currentRunId, mostTries = defaultTries, signal, head } = options;
  const unfit: string[] = [];
  let listed = 0;
  let tries = 0;
  const none = (why: string): BaseReport => ({ kind: 'none', why });
  for (let page = 1; page <= mostPages; page++) {
    signal?.throwIfAborted();
    let artifacts: readonly ArtifactInfo[];
    try {
      artifacts = await source.list(name, page);
    } catch (error) {
      signal?.throwIfAborted();
      return none(`the artifacts of this repository could not be listed: ${reasonOf(error)}`);
    }
    listed += artifacts.length;
    for (const artifact of artifacts) {
      const { runId, headSha: sha, createdAt } = artifact;
      if (runId === null || runId === currentRunId || !isOfBranch(artifact, name, branch)) continue;
      if (tries === mostTries) return none(noneFit(branch, unfit));
      if (artifact.sizeInBytes <= mostZipBytes) tries++;
      const record = await readGood(source, artifact, head).catch((error: unknown) => plain(messageOf(error)));
      signal?.throwIfAborted();
      if (typeof record !== 'string') return { kind: 'found', record, runId, sha, createdAt };
      unfit.push(`${record} (run ${runId})`);
    }
    if (artifacts.length < pageLength) break;
  }
  if (unfit.length > 0) return none(noneFit(branch, unfit));
  if (listed === 0) return none(`this repository has no artifact named ${name} yet`);
  return none(`no artifact named ${name} is of another run on ${branch} (${formatCount(listed)} looked at)`);
}

function isOfBranch(artifact: ArtifactInfo, name: string, branch: string): boolean {
  return (
    artifact.name === name &&
    !artifact.expired &&
    artifact.headBranch === branch &&
    artifact.repositoryId !== null &&
    artifact.repositoryId === artifact.headRepositoryId
  );
}

/** The record, or why it cannot be compared. */
async function readGood(
  source: ArtifactSource,
  { id, sizeInBytes }: ArtifactInfo,
  head: Identity | undefined,
): Promise<RunRecord | string> {
  if (sizeInBytes > mostZipBytes) return 'the artifact is too large';
  const record = await readReportZip(await source.download(id));
  const unfinished = whyUnfinished(record);
  if (unfinished !== undefined) return unfinished;
  if (record.score === null) return 'nothing was scored';
  const different = head && differenceOf(record, head);
  return different ? `it is of ${plain(different.is)}, not of ${plain(different.isNot)}` : record;
}

function noneFit(branch: string, unfit: readonly string[]): string {
  const told = unfit.slice(0, mostReasons);
  const others = unfit.length - told.length;
  const reasons = [...told, ...(others === 0 ? [] : [`and ${formatCount(others)} more`])].join('; ');
  return `no report of ${branch} can be compared with (${formatCount(unfit.length)} looked at): ${reasons}`;
}

function reasonOf(error: unknown): string {
  const needs = (error as { status?: unknown } | null)?.status === 403 ? ' (the token needs `actions: read`)' : '';
  return `${plain(messageOf(error))}${needs}`;
}
