import type { Artifact, Comment, GitHubState, Identity, PullRequest, Run } from './github-state.ts';
import { shaOf } from './github-state.ts';
import { digestOf } from './results-service.ts';

/** The objects of the REST API and of event payloads: of each the fields that clients read, named and nested as GitHub does. */
export type View = Readonly<Record<string, unknown>>;

const server = 'https://github.com';

export function userView({ login, id, app }: Identity): View {
  return { login, id, type: app ? 'Bot' : 'User', html_url: `${server}/${app ? `apps/${app.slug}` : login}` };
}

export function repositoryView(github: GitHubState, fullName = github.repository.fullName): View {
  const [owner = '', name = ''] = fullName.split('/');
  return {
    id: github.repositoryId(fullName),
    name,
    full_name: fullName,
    owner: { login: owner, id: github.repositoryId(owner), type: 'Organization' },
    private: false,
    fork: fullName !== github.repository.fullName,
    html_url: `${server}/${fullName}`,
    default_branch: github.repository.defaultBranch,
  };
}

export function pullView(github: GitHubState, pull: PullRequest): View {
  const side = (fullName: string, ref: string, sha: string): View => ({
    label: `${fullName.split('/')[0]}:${ref}`,
    ref,
    sha,
    repo: repositoryView(github, fullName),
  });
  return {
    id: 500_000 + pull.number,
    number: pull.number,
    title: pull.title,
    state: pull.state,
    draft: false,
    html_url: `${server}/${github.repository.fullName}/pull/${pull.number}`,
    merge_commit_sha: mergeShaOf(pull),
    head: side(pull.headRepo, pull.headRef, pull.headSha),
    base: side(github.repository.fullName, pull.baseRef, pull.baseSha),
  };
}

/** The commit that GitHub makes of head and base: what GITHUB_SHA is in a pull request's workflow. */
export function mergeShaOf({ number, headSha, baseSha }: PullRequest): string {
  return shaOf(`merge of ${number} ${headSha} ${baseSha}`);
}

export function commentView(github: GitHubState, origin: string, comment: Comment): View {
  const { fullName } = github.repository;
  const { app } = comment.author;
  return {
    id: comment.id,
    url: `${origin}/repos/${fullName}/issues/comments/${comment.id}`,
    html_url: `${server}/${fullName}/pull/${comment.issue}#issuecomment-${comment.id}`,
    issue_url: `${origin}/repos/${fullName}/issues/${comment.issue}`,
    user: userView(comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: 'NONE',
    body: comment.body,
    performed_via_github_app: app ?? null,
  };
}

export function runView(github: GitHubState, run: Run): View {
  const ofThisRepository = github.pullRequests.filter(
    ({ headRepo, headSha }) => headRepo === github.repository.fullName && headSha === run.headSha,
  );
  const headRepository = [github.repository.fullName, ...github.pullRequests.map(({ headRepo }) => headRepo)].find(
    (fullName) => github.repositoryId(fullName) === run.headRepositoryId,
  );
  return {
    id: run.id,
    name: 'Chaos',
    path: '.github/workflows/chaos.yml',
    event: run.event,
    status: run.conclusion === null ? 'in_progress' : 'completed',
    conclusion: run.conclusion,
    run_number: 1,
    run_attempt: 1,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    html_url: `${server}/${github.repository.fullName}/actions/runs/${run.id}`,
    created_at: run.createdAt,
    repository: repositoryView(github),
    // Null when the fork is gone.
    head_repository: headRepository === undefined ? null : repositoryView(github, headRepository),
    // GitHub names no pull request of a fork here.
    pull_requests: ofThisRepository.map(({ number, headRef, headSha, baseRef, baseSha }) => ({
      number,
      head: { ref: headRef, sha: headSha },
      base: { ref: baseRef, sha: baseSha },
    })),
  };
}

export function artifactView(github: GitHubState, origin: string, artifact: Artifact): View {
  const url = `${origin}/repos/${github.repository.fullName}/actions/artifacts/${artifact.id}`;
  const run = github.run(artifact.runId);
  return {
    id: artifact.id,
    name: artifact.name,
    size_in_bytes: artifact.content.length,
    url,
    archive_download_url: `${url}/zip`,
    expired: artifact.expired,
    digest: digestOf(artifact.content),
    created_at: artifact.createdAt,
    updated_at: artifact.createdAt,
    expires_at: artifact.expiresAt,
    workflow_run: run && {
      id: run.id,
      repository_id: github.repository.id,
      head_repository_id: run.headRepositoryId,
      head_branch: run.headBranch,
      head_sha: run.headSha,
    },
  };
}
