import { z } from 'zod';
import { systemClock } from '../base/clock.ts';
import { formatCount } from '../base/count.ts';
import { ChaosError, messageOf } from '../base/error.ts';
import { renderComment } from '../report/comment.ts';
import { mostZipBytes, readReportZip } from '../report/read.ts';
import { compareWithBranch } from './against.ts';
import { artifactSource } from './artifact-source.ts';
import type { Octokit } from './octokit.ts';
import { marker, postComment } from './sticky-comment.ts';
import { legName } from './trigger.ts';
import type { Annotation, Workflow } from './workflow.ts';

/** A pull request gets no more comments than this, even if its runs give their reports many names. */
const mostComments = 20;

export type ForkCommentOptions = {
  /** A name, or a prefix and a star. */
  readonly artifactName: string;
  /** Undefined: made of the artifact's name. */
  readonly commentId: string | undefined;
  readonly owner: string;
  readonly repo: string;
  readonly serverUrl: string;
  readonly payload: unknown;
};

const eventSchema = z.object({
  repository: z.object({ id: z.int() }),
  workflow_run: z.object({
    id: z.int().positive(),
    event: z.string(),
    head_sha: z.string(),
    head_branch: z.string(),
    head_repository: z.object({ id: z.int(), owner: z.object({ login: z.string() }) }).nullable(),
  }),
});
type WorkflowRun = z.infer<typeof eventSchema>['workflow_run'];

/**
 * Posts the results of a finished run on its pull request. It is for runs of forks, whose own token may not do that. A stranger may have written the
 * artifact, so its size is limited, it is checked against the schema, and its text is escaped. The pull request is found only by GitHub's own event
 * and API. Resolves with the addresses of the comments.
 */
export async function commentForFork(
  options: ForkCommentOptions,
  { octokit, workflow }: { readonly octokit: Octokit; readonly workflow: Workflow },
): Promise<readonly string[]> {
  const parsed = eventSchema.safeParse(options.payload);
  if (!parsed.success)
    throw new ChaosError('usage', 'the event is not that of a finished workflow run', {
      hint: 'use this action in a workflow that runs "on: workflow_run"',
    });
  const { repository, workflow_run: run } = parsed.data;
  const { owner, repo } = options;
  if (run.event !== 'pull_request') {
    workflow.info(`run ${run.id} was for ${run.event}, so there is no pull request to comment on`);
    return [];
  }
  const isForeign = run.head_repository?.id !== repository.id;
  const pull = await pullRequestOf(octokit, options, run, repository.id);
  if (pull === undefined) {
    workflow.info(`no open pull request has ${run.head_sha.slice(0, 7)} as its head: closed, or pushed to since`);
    return [];
  }
  const artifacts = await octokit.paginate(octokit.rest.actions.listWorkflowRunArtifacts, {
    owner,
    repo,
    run_id: run.id,
    per_page: 100,
  });
  const reports = artifacts.filter(({ name, expired }) => !expired && matches(name, options.artifactName));
  if (reports.length === 0) workflow.info(`run ${run.id} has no artifact named ${options.artifactName}`);
  const urls: string[] = [];
  const source = artifactSource(octokit, options);
  for (const artifact of reports.slice(0, mostComments)) {
    const { id, name, size_in_bytes: bytes } = artifact;
    try {
      if (bytes > mostZipBytes) throw new ChaosError('report', `it has ${formatCount(bytes)} bytes`);
      const record = await readReportZip(await source.download(id));
      const against = await compareWithBranch(source, record, {
        ...{ name, branch: pull.baseRef, runId: run.id },
        wallMs: systemClock.wallMs(),
      });
      const leg = legName(options.commentId ?? name.replace(/^chaos-report-/, ''), []);
      const runUrl = `${options.serverUrl}/${owner}/${repo}/actions/runs/${run.id}`;
      const body = renderComment(record, {
        marker: marker({ id: leg, runId: run.id }),
        against,
        links: { run: runUrl, artifact: `${runUrl}/artifacts/${id}` },
        sha: run.head_sha,
        leg: reports.length > 1 ? leg : undefined,
        remark: isForeign ? 'Measured by a workflow of a fork: the figures are as that run reported them' : undefined,
        // Anybody who may push a branch can have written this report, and a run of Dependabot executes the code of dependencies.
        foreign: true,
      });
      // Up to 0.1.0 the name did not contain that of the workflow, and the matrix followed the job after a hyphen.
      const formerId = /^[^.]+\.(.+)$/.exec(leg)?.[1]?.replace('.', '-');
      const former = formerId === undefined ? {} : { formerId };
      const place = { owner, repo, number: pull.number, id: leg, runId: run.id, atMost: mostComments, ...former };
      const result = await postComment(octokit, place, body);
      if (result.kind === 'posted' || result.kind === 'newer') urls.push(result.url);
      else
        workflow.annotate(
          warning(
            `No comment for ${name}`,
            result.kind === 'failed' ? result.why : 'the token may not write: the job needs "pull-requests: write"',
          ),
        );
    } catch (error) {
      workflow.annotate(warning(`${name} was not read`, messageOf(error)));
    }
  }
  if (reports.length > mostComments)
    workflow.annotate(
      warning('Too many reports', `${reports.length - mostComments} of ${reports.length} were left out`),
    );
  return urls;
}

/** Only the pull request whose head is still the tested commit of the repository that GitHub says the run was of. */
async function pullRequestOf(
  octokit: Octokit,
  { owner, repo }: ForkCommentOptions,
  run: WorkflowRun,
  repositoryId: number,
): Promise<{ number: number; baseRef: string } | undefined> {
  const from = run.head_repository;
  if (from === null) return undefined;
  const { data } = await octokit.rest.pulls.list({
    owner,
    repo,
    state: 'open',
    head: `${from.owner.login}:${run.head_branch}`,
    per_page: 100,
  });
  const pull = data.find(
    ({ head, base }) => head.sha === run.head_sha && head.repo?.id === from.id && base.repo.id === repositoryId,
  );
  return pull && { number: pull.number, baseRef: pull.base.ref };
}

function matches(name: string, pattern: string): boolean {
  if (name.endsWith('.html')) return false;
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

function warning(title: string, message: string): Annotation {
  return { level: 'warning', title, message };
}
