import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What started the workflow, as the runner tells it in its environment and the event's file. */
export type Trigger = {
  readonly event: string;
  /** The event's payload as it is. */
  readonly payload: unknown;
  /** The cron line, of a schedule. */
  readonly schedule: string | undefined;
  readonly owner: string;
  readonly repo: string;
  readonly runId: number;
  readonly runAttempt: number;
  readonly runNumber: number;
  readonly workflow: string;
  /** The workflow's file without folder and ending; of a called workflow that of its caller. Empty where the runner does not say it. */
  readonly workflowFile: string;
  readonly job: string;
  /** `2` for the second use of the Action in the job, if its steps have no ids; undefined for the first. */
  readonly nth: string | undefined;
  readonly sha: string;
  /** The branch that this run is of; undefined for a tag or a pull request. */
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

/** Reads the variables that every runner sets; where one is missing (a workflow runner of another kind), a neutral value stands in. */
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

/** Where this run is seen on GitHub. */
export function runUrl({ serverUrl, owner, repo, runId }: Trigger): string {
  return `${serverUrl}/${owner}/${repo}/actions/runs/${runId}`;
}

/**
 * A name that this leg has among all of the repository: `ci.chaos` of the job `chaos` in ci.yml, `ci.chaos.nats-2.10` in a matrix. Job ids
 * have no dot, so that each part ends where it seems to.
 */
export function identityOf({ workflowFile, job, nth }: Trigger, matrix: readonly string[]): string {
  const values = [...matrix, ...(nth === undefined ? [] : [nth])];
  return [
    // A dot in the file's name is replaced, as all that does not fit, and a digest tells it from others.
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

/** A name that this leg of the job has for itself: `chaos`, or `chaos-nats-2.10` in a matrix. */
export function legName(job: string, matrix: readonly string[]): string {
  return nameOf([job || 'chaos', ...matrix], matrix.length > 1 && matrix.some((value) => value.includes('-')));
}

/** The parts as one word that is fit for artifact names and markers; where something had to be replaced or it is ambiguous, a digest tells it from others. */
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
