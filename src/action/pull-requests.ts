import { type Octokit, statusOf } from './octokit.ts';

/** The open pull request whose head is this commit, or the reason why none was found. Rejects if the request to GitHub fails. */
export async function pullRequestOfCommit(
  octokit: Octokit,
  { owner, repo, sha }: { readonly owner: string; readonly repo: string; readonly sha: string },
): Promise<number | string> {
  try {
    const { data } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({ owner, repo, commit_sha: sha });
    const found = data.find(({ state, head }) => state === 'open' && head.sha === sha)?.number;
    return found ?? `commit ${sha.slice(0, 7)} is not the head of an open pull request`;
  } catch (error) {
    if (statusOf(error) === 403) return 'the token may not look for pull requests: it needs "pull-requests: write"';
    if (statusOf(error) === 404 || statusOf(error) === 422) return `GitHub does not know commit ${sha.slice(0, 7)}`;
    throw error;
  }
}
