import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What started the workflow, from the environment of the runner and the file of the event. */
export type Trigger = {
  readonly event: string;
  /** The payload of the event, unchanged. */
  readonly payload: unknown;
  /** The cron line, of a schedule. */
  readonly schedule: string | undefined;
  readonly owner: string;
  readonly repo: string;
  readonly runId: number;
  readonly runAttempt: number;
  readonly runNumber: number;
  readonly workflow: string;
  /** The file name of the workflow without its extension; for a called workflow that of its caller. Empty if the runner does not give it. */
  readonly workflowFile: string;
  readonly job: string;
  /** `2` for the second use of the Action in the job, if its steps have no ids; undefined for the first. */
  readonly nth: string | undefined;
  readonly sha: string;
  /** The branch of this run; undefined for a tag or a pull request. */
  readonly branch: string | undefined;
  readonly pullRequest: PullRequest | undefined;
  readonly serverUrl: string;
  readonly workspace: string;
};

export type PullRequest = {
  readonly number: number;
  readonly headSha: string;
  readonly baseRef: string;
  readonly baseSha: string;
};

const pullRequestSchema = z.object({
  number: z.int().positive(),
  head: z.object({ sha: z.string() }),
  base: z.object({ ref: z.string(), sha: z.string() }),
});
const payloadSchema = z.object({
  schedule: z.string().optional().catch(undefined),
  pull_request: pullRequestSchema.optional().catch(undefined),
});

/** Reads the variables that every runner sets. If one is missing, as on other kinds of runners, a neutral value is used. */
export function readTrigger(env: Readonly<Record<string, string | undefined>>): Trigger {
  const payload = readPayload(env.GITHUB_EVENT_PATH);
  const { schedule, pull_request: pull } = payloadSchema.catch({}).parse(payload);
  const [owner = '', repo = ''] = (env.GITHUB_REPOSITORY ?? '').split('/');
  return {
    event: env.GITHUB_EVENT_NAME ?? '',
    payload,
    schedule,
    owner,
    repo,
    runId: Number(env.GITHUB_RUN_ID ?? 0),
    runAttempt: Number(env.GITHUB_RUN_ATTEMPT ?? 1),
    runNumber: Number(env.GITHUB_RUN_NUMBER ?? 0),
    workflow: env.GITHUB_WORKFLOW ?? '',
    workflowFile: /([^/@]+?)(?:\.ya?ml)?@/.exec(env.GITHUB_WORKFLOW_REF ?? '')?.[1] ?? '',
    job: env.GITHUB_JOB ?? '',
    nth: /^__.*_(\d+)$/.exec(env.GITHUB_ACTION ?? '')?.[1],
    sha: pull?.head.sha ?? env.GITHUB_SHA ?? '',
    branch: env.GITHUB_REF?.startsWith('refs/heads/') ? env.GITHUB_REF.slice('refs/heads/'.length) : undefined,
    pullRequest: pull
      ? { number: pull.number, headSha: pull.head.sha, baseRef: pull.base.ref, baseSha: pull.base.sha }
      : undefined,
    serverUrl: env.GITHUB_SERVER_URL ?? 'https://github.com',
    workspace: env.GITHUB_WORKSPACE ?? process.cwd(),
  };
}

/** The address of this run on GitHub. */
export function runUrl({ serverUrl, owner, repo, runId }: Trigger): string {
  return `${serverUrl}/${owner}/${repo}/actions/runs/${runId}`;
}

/**
 * The name of this job, unique in the repository: `ci.chaos` for the job `chaos` in ci.yml, `ci.chaos.nats-2.10` in a matrix. A job id
 * contains no dot, so the parts cannot be confused.
 */
export function identityOf({ workflowFile, job, nth }: Trigger, matrix: readonly string[]): string {
  const values = [...matrix, ...(nth === undefined ? [] : [nth])];
  return [
    // A dot in the file's name is replaced, like all characters that do not fit. A digest keeps the name unique.
    ...(workflowFile === '' ? [] : [nameOf([workflowFile.replaceAll('.', ' ')], false)]),
    nameOf([job || 'chaos'], false),
    ...(values.length === 0
      ? []
      : [
          nameOf(
            values,
            values.some((value) => value.includes('-')),
          ),
        ]),
  ].join('.');
}

/** The name of this job within its workflow: `chaos`, or `chaos-nats-2.10` in a matrix. */
export function legName(job: string, matrix: readonly string[]): string {
  return nameOf([job || 'chaos', ...matrix], matrix.length > 1 && matrix.some((value) => value.includes('-')));
}

/**
 * The parts as one word that fits artifact names and markers. If something had to be replaced, or the word is ambiguous, a digest keeps it
 * unique.
 */
function nameOf(parts: readonly string[], isAmbiguous: boolean): string {
  const raw = parts.join('-');
  const name = raw
    .replaceAll(/[^\w.-]+/g, '-')
    .replaceAll(/-{2,}/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 80);
  if (name === raw && !isAmbiguous) return name;
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 8);
  return name === '' ? digest : `${name}-${digest}`;
}

function readPayload(file: string | undefined): unknown {
  if (file === undefined || file === '') return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
